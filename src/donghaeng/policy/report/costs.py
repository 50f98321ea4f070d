"""What it costs: benefits and contributions before and after, and the cost under each reading of the law."""

from __future__ import annotations

from donghaeng.reports.document_parts import Paragraph, Part, Picture, Section, Table

from ..results import Amount, Reading
from .charts import cost_by_reading
from .leads import lead_of
from .reader import Reader

PERIODS = {"month": "month", "year": "year"}


def costs_section(reader: Reader) -> Section:
    """Every benefit and contribution that somebody receives or pays."""
    words = reader.words
    amounts = [each for each in reader.simulation.amounts if _there(each)]
    amounts.sort(key=lambda each: -abs(each.total.change.value))
    nothing = [
        reader.label_of(each.label) for each in reader.simulation.amounts if not _there(each)
    ]
    lead = words(
        "What the reform costs is the change of {income}, in a month. Amounts of a year, such as income tax, are "
        "listed as they are computed for the year. A benefit that another replaces keeps its own line; the last "
        "lines lead from there to the cost.",
        income=reader.label_of(reader.simulation.income_label),
    )
    parts: list[Part] = [*lead_of(reader, lead), _table(reader, amounts)]
    if nothing:
        parts.append(Paragraph(words("Nothing of: {labels}", labels=", ".join(nothing))))
    return Section(reader.titled(words("Benefits and contributions")), tuple(parts))


def _there(amount: Amount) -> bool:
    return bool(amount.total.before.value or amount.total.after.value)


def _table(reader: Reader, amounts: list[Amount]) -> Table:
    words = reader.words
    return Table(
        reader.titled(words("Totals and recipients before and after")),
        (
            words("Benefit or contribution"),
            words("Per"),
            words("Before (million won)"),
            words("After (million won)"),
            words("Change (million won)"),
            words("Counted in"),
            words("Recipients before"),
            words("Recipients after"),
            words("Undetermined (households)"),
        ),
        (*(_row(reader, each) for each in amounts), *_closing_rows(reader)),
        numeric=tuple(range(1, 9)),
    )


def _closing_rows(reader: Reader) -> tuple[tuple[str, ...], ...]:
    """From the lines of a month to the cost: what they add up to, what is replaced, what is left in hand."""
    words, budget = reader.words, reader.simulation.budget
    told = (
        (words("All lines of a month, less contributions"), budget.listed),
        (words("Replaced by another benefit, and in no line above"), budget.unlisted),
        (words("What households have in hand: the cost"), budget.cost),
    )
    return tuple(
        (label, words("month"), "", "", reader.millions(each.value), "", "", "", "")
        for label, each in told
    )


def _row(reader: Reader, amount: Amount) -> tuple[str, ...]:
    words = reader.words
    return (
        reader.label_of(amount.label),
        words(PERIODS.get(amount.period, amount.period)),
        *reader.three(amount.total, reader.millions),
        words("persons") if amount.of_persons else words("households"),
        reader.count(amount.recipients.before.value),
        reader.count(amount.recipients.after.value),
        reader.count(amount.undetermined),
    )


def readings_section(reader: Reader, *, pictures: bool = True) -> Section | None:
    """The figures under every reading of what no source settles; nothing where they all agree."""
    words, readings = reader.words, reader.simulation.readings
    if len(readings) < 2:
        return None
    names = [reading_name(reader, number) for number in range(len(readings))]
    lead = words(
        "No published source settles these questions. Each line is one way to answer them; the first is the one "
        "behind all other figures."
    )
    questions = tuple(
        Paragraph(reader.label_of(label), f"{number}.")
        for number, label in enumerate(_questions(readings), start=1)
    )
    rows = tuple(
        _reading_row(reader, name, reading) for name, reading in zip(names, readings, strict=True)
    )
    table = Table(
        reader.titled(words("Figures under each reading")),
        (
            words("Reading"),
            words("Answers"),
            words("Cost (million won a month)"),
            words("Have more (%)"),
            words("Have less (%)"),
            *(words(each.label) for each in readings[0].measures),
        ),
        rows,
        numeric=tuple(range(2, 5 + len(readings[0].measures))),
    )
    parts: tuple[Part, ...] = (Paragraph(lead), *questions, table)
    if pictures:
        parts = (*parts, Picture(*cost_by_reading(reader, names)))
    return Section(reader.titled(words("Readings of the law")), parts)


def reading_name(reader: Reader, number: int) -> str:
    """A number for a reading, by which the table and the chart name it."""
    if number == 0:
        return reader.words("Reading {number} (main)", number=1)
    return reader.words("Reading {number}", number=number + 1)


def _questions(readings: tuple[Reading, ...]) -> list[tuple[str, str]]:
    found = {regime.name: regime.label for each in readings for regime in each.regimes}
    return list(found.values())


def _reading_row(reader: Reader, name: str, reading: Reading) -> tuple[str, ...]:
    answers = "; ".join(reader.label_of(regime.word_label) for regime in reading.regimes)
    return (
        name,
        answers,
        reader.change(reading.cost, reader.millions),
        reader.plain(reading.gaining, reader.percent),
        reader.plain(reading.losing, reader.percent),
        *(
            reader.plain(
                each.compared.after, reader.share if each.name == "poverty_rate" else reader.ratio
            )
            for each in reading.measures
        ),
    )
