"""What work keeps: effective marginal and participation tax rates of main earners, before and after."""

from __future__ import annotations

from donghaeng.reports.document_parts import Part, Picture, Section, Table

from ..results import Rates
from ..tax_rates import RAISE
from .charts import tax_rates
from .leads import lead_of
from .reader import FEWEST, NONE, Reader


def work_section(reader: Reader, *, pictures: bool = True) -> Section | None:
    """Both rates; nothing where nobody earns."""
    words = reader.words
    if not reader.simulation.rates:
        return None
    lead = words(
        "The effective marginal tax rate is the part of {raise_} more a month that a household does not keep; "
        "the participation tax rate the part of all that the main earner earns, against not working. Both are of "
        "the benefits and contributions of a month. Work itself is not assumed to change.",
        raise_=reader.money(RAISE),
    )
    parts: list[Part] = [*lead_of(reader, lead)]
    titles = {
        "marginal_rate": words("Effective marginal tax rates"),
        "participation_rate": words("Participation tax rates"),
    }
    for name, title in titles.items():
        rates = tuple(each for each in reader.simulation.rates if each.name == name)
        if not rates:
            continue
        parts.append(_table(reader, rates, title))
        if pictures and any(each.grouping == "decile" for each in rates):
            parts.append(Picture(*tax_rates(reader, name)))
    return Section(reader.titled(words("What work keeps")), tuple(parts))


def _table(reader: Reader, rates: tuple[Rates, ...], title: str) -> Table:
    words = reader.words
    return Table(
        reader.titled(title),
        (
            words("Tenth of incomes"),
            words("Households in the data"),
            words("Mean before (%)"),
            words("Mean after (%)"),
            words("Change (points)"),
            words("Above 50 %, before"),
            words("Above 50 %, after"),
            words("Above 80 %, before"),
            words("Above 80 %, after"),
            words("100 % or more, before"),
            words("100 % or more, after"),
        ),
        tuple(_row(reader, each) for each in rates),
        numeric=tuple(range(1, 11)),
    )


def _row(reader: Reader, rates: Rates) -> tuple[str, ...]:
    head = (reader.words(rates.label), reader.count(rates.rows))
    if rates.rows < FEWEST:
        return (*head, *(NONE,) * 9)
    shares = [
        reader.plain(each, reader.percent)
        for compared in (rates.above_half, rates.above_four_fifths, rates.full_or_more)
        for each in (compared.before, compared.after)
    ]
    return (*head, *reader.three(rates.mean, reader.percent), *shares)
