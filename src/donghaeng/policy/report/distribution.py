"""Poverty, inequality and polarisation before and after, with where each measure is defined."""

from __future__ import annotations

from donghaeng.inequality import MeasureName, NonPositive
from donghaeng.inequality.nonpositive import RULE_LABELS
from donghaeng.reports.document_parts import Paragraph, Part, Picture, Section, Table

from ..results import Distributional
from .charts import measures_before_and_after
from .leads import lead_of
from .reader import Reader

IN_WON = (MeasureName.MEAN, MeasureName.MEDIAN)
SHARES = (
    MeasureName.POVERTY_RATE,
    MeasureName.MIDDLE_CLASS,
    MeasureName.MIDDLE_CLASS_OECD,
    f"anchored_{MeasureName.POVERTY_RATE}",
)


def distribution_section(reader: Reader, *, pictures: bool = True) -> Section:
    """Every measure with its change, then where it is defined."""
    words, measures = reader.words, reader.simulation.measures
    lead = words(
        "Of persons, by disposable income in a month divided by the square root of the persons in the household. "
        "The poverty line is half of the median, before and after each by itself. Intervals in brackets: "
        "{interval}; that of a change is of the same households before and after.",
        interval=reader.interval,
    )
    table = Table(
        reader.titled(words("Measures before and after")),
        (words("Measure"), words("Before"), words("After"), words("Change"), words("Unit of it")),
        tuple(_row(reader, each) for each in measures),
        numeric=(1, 2, 3, 4),
    )
    parts: list[Part] = [*lead_of(reader, lead), *_touched(reader), table]
    if pictures:
        parts.append(Picture(*measures_before_and_after(reader)))
    return Section(reader.titled(words("Poverty, inequality, polarisation")), tuple(parts))


def _touched(reader: Reader) -> list[Paragraph]:
    """How many incomes of zero or less a rule changed, and in which measures; nothing where none was."""
    words = reader.words
    found: dict[tuple[str, int], list[str]] = {}
    for each in reader.simulation.measures:
        if each.touched_rows:
            found.setdefault((each.rule, each.touched_rows), []).append(words(each.label))
    return [
        Paragraph(
            words(
                "Of {rows} households in the data an income before or after is touched: {rule} ({measures}).",
                rows=reader.count(rows),
                rule=words(RULE_LABELS[NonPositive(rule)]),
                measures=", ".join(labels),
            )
        )
        for (rule, rows), labels in found.items()
    ]


def _row(reader: Reader, measure: Distributional) -> tuple[str, ...]:
    words = reader.words
    label, write, unit = words(measure.label), reader.ratio, ""
    if measure.name in IN_WON:
        write, unit = reader.count, words("won a month")
    elif measure.name in SHARES:
        write, unit = reader.percent, words("% of people")
    if measure.compared.note:
        unit = words("not defined for these incomes")
    return (label, *reader.three(measure.compared, write), unit or words("index"))


def defined(reader: Reader, measure: Distributional) -> str:
    return reader.words(
        "{measure}: {citation}; {rule}.",
        measure=reader.words(measure.label),
        citation=measure.citation,
        rule=reader.words(RULE_LABELS[NonPositive(measure.rule)]),
    )
