"""복지 사각지대: who is entitled by the computation and was not recorded as receiving."""

from __future__ import annotations

from donghaeng.reports.document_parts import Paragraph, Section, Table

from ..results import Receipt
from ..row_weights import WeightOf
from .costs import PERIODS
from .reader import Reader


def receipts_section(reader: Reader) -> Section | None:
    """Entitlement against recorded receipt; nothing where the population records none."""
    words, receipts = reader.words, reader.simulation.receipts
    if not receipts:
        return None
    lead = words(
        "Entitlement is computed under the present system, receipt is what the population records. A difference "
        "is not yet a fault of anybody: facts may be missing, old or wrongly recorded, and days differ."
    )
    table = Table(
        reader.titled(words("Entitled and receiving, before the reform")),
        (
            words("Benefit"),
            words("Per"),
            words("Counted in"),
            words("Entitled, receives"),
            words("Entitled, does not receive"),
            words("Receives, not entitled"),
            words("Neither"),
            words("Not known"),
            words("Due and not received (million won)"),
        ),
        tuple(_row(reader, each) for each in receipts),
        numeric=tuple(range(1, 9)),
    )
    paragraphs = [Paragraph(lead)]
    if any(each.weight is WeightOf.PERSON for each in receipts):
        paragraphs.append(
            Paragraph(
                words(
                    "Persons are counted with the weight that the population gives each of them, households and "
                    "money with the weight of the household."
                )
            )
        )
    return Section(
        reader.titled(words("Entitled and not receiving (복지 사각지대)")), (*paragraphs, table)
    )


def _row(reader: Reader, receipt: Receipt) -> tuple[str, ...]:
    words = reader.words
    return (
        reader.label_of(receipt.label),
        words(PERIODS.get(receipt.period, receipt.period)),
        words("persons") if receipt.of_persons else words("households"),
        reader.full(receipt.entitled_and_receiving, reader.count),
        reader.full(receipt.entitled_and_not_receiving, reader.count),
        reader.full(receipt.receiving_and_not_entitled, reader.count),
        reader.plain(receipt.neither, reader.count),
        reader.plain(receipt.not_known, reader.count),
        reader.full(receipt.not_received, reader.millions),
    )
