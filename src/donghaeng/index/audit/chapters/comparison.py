"""The chapters on added value, on significance, and on one city over years."""

from __future__ import annotations

from donghaeng.charts.composite import CompositePoint, composite_chart
from donghaeng.reports.document_parts import Paragraph, Part, Picture, Section, Table

from ..audit import Audit
from ..over_years import Intervals, OverYears
from ..reader import KINDS, Reader
from ..significance import Change, Significance

BASE = 100.0


def added_value_chapter(audit: Audit, reader: Reader) -> Section | None:
    """How far the ranks of the index lie from those of each area."""
    words = reader.words
    if not audit.added_value:
        return None
    few = any(each.fifth_places for each in audit.added_value)
    rows = tuple(
        (
            reader.name(each.node),
            f"{each.compared}",
            reader.share(each.share),
            *((reader.share(each.fifth),) if few else ()),
        )
        for each in audit.added_value
    )
    heads = [
        words("Area"),
        words("Units"),
        words("Rank at least {places} places away", places=audit.added_value[0].places),
    ]
    if few:
        places = audit.added_value[0].fifth_places
        heads.append(words("At least {places} places (a fifth of the units)", places=places))
    said = words("An index adds something where its ranks are not those of one of its areas.")
    table = Table(
        words("Units whose rank in the index differs from that in the area"),
        tuple(heads),
        rows,
        numeric=(1, 2, 3),
    )
    return Section(words("5. Added value"), (Paragraph(said), table))


def significance_chapter(audit: Audit, reader: Reader) -> Section | None:
    """Whether differences are larger than their uncertainty."""
    words, told = reader.words, audit.significance
    if told is None:
        return None
    parts: list[Part] = [Paragraph(_measured(told, reader))]
    if told.pairs:
        parts.insert(0, Paragraph(_pairs(told, reader)))
    parts.append(
        Table(
            words("Each unit and the one after it"),
            (
                words("Unit"),
                words("Next"),
                words("Difference of scores"),
                words("Draws in which it is above"),
                *((words("p, all pairs allowed for"),) if told.measured else ()),
            ),
            tuple(
                (
                    reader.unit(each.first),
                    reader.unit(each.second),
                    reader.change(each.difference),
                    reader.share(each.above),
                    *((reader.cell(each.adjusted, 3),) if told.measured else ()),
                )
                for each in told.neighbours
            ),
            numeric=(2, 3, 4),
        )
    )
    if told.changes:
        parts.append(_changes(told.changes, reader))
    return Section(words("6. Significance"), tuple(parts))


def _pairs(told: Significance, reader: Reader) -> str:
    return reader.words(
        "Of {pairs} pairs of units, {unsettled} have no order that holds in 95 % of the draws.",
        pairs=f"{told.pairs:,}",
        unsettled=f"{told.unsettled:,}",
    )


def _measured(told: Significance, reader: Reader) -> str:
    if not told.measured:
        return reader.words(
            "No error of measurement is declared, so nothing is said of significance: shares of draws only say "
            "how far an order rests on choices of method."
        )
    return reader.words(
        "By the errors of measurement alone, {count} of {pairs} pairs differ (5 %, Holm, normal errors).",
        count=f"{told.significant:,}",
        pairs=f"{told.pairs:,}",
    )


def over_years_chapter(audit: Audit, reader: Reader) -> Section | None:
    """One city: levels and changes with their intervals, and what could turn a sign."""
    words, told = reader.words, audit.over_years
    if told is None:
        return None
    parts: list[Part] = [Paragraph(words("One city has no ranks: what counts is its change."))]
    if told.intervals:
        parts.append(_composite(told, reader))
    if told.intervals:
        parts.append(_levels(told.intervals, reader))
        if told.signs:
            parts.append(_changes_by_kind(told.intervals, reader))
    if told.signs:
        parts += _turners(told, reader)
    return Section(words("5. Over the years"), tuple(parts))


def _composite(told: OverYears, reader: Reader) -> Picture:
    """The median with its interval: the interval of the draws need not hold the index as built."""
    words, whole = reader.words, told.intervals[0]
    points = [
        CompositePoint(level.period, level.median, level.low, level.high)
        for level in whole.levels
        if level.node == reader.index.top
    ]
    drawn = composite_chart(
        points,
        words("90 % of the draws, {kind}", kind=words(KINDS[whole.kind])),
        reader.sheet(words("The index: median of the draws")),
        base=BASE,
    )
    return Picture(drawn.svg, drawn.title, drawn.alternative)


def _levels(intervals: tuple[Intervals, ...], reader: Reader) -> Table:
    """The index and its areas, with an interval for each kind of uncertainty."""
    words = reader.words
    rows = []
    for place, level in enumerate(intervals[0].levels):
        others = [each.levels[place] for each in intervals]
        rows.append(
            (
                reader.name(level.node),
                level.period,
                reader.cell(level.value),
                reader.cell(level.median),
                *(reader.interval(each.low, each.high) for each in others),
            )
        )
    return Table(
        words("The index and its areas: 90 % of the draws"),
        (
            words("Index or area"),
            words("Period"),
            words("As built"),
            words("Median"),
            *(words(KINDS[each.kind]) for each in intervals),
        ),
        tuple(rows),
        numeric=tuple(range(2, 4 + len(intervals))),
    )


def _changes_by_kind(intervals: tuple[Intervals, ...], reader: Reader) -> Table:
    """The changes, with an interval and the share of draws that rose for each kind of uncertainty."""
    words = reader.words
    rows = []
    for place, change in enumerate(intervals[0].changes):
        found: list[str] = []
        for each in intervals:
            other = each.changes[place]
            found += [reader.interval(other.low, other.high), reader.share(other.rose, 1)]
        periods = f"{change.before} → {change.after}"
        rows.append((reader.name(change.node), periods, reader.change(change.difference), *found))
    heads: list[str] = []
    for each in intervals:
        heads += [words(KINDS[each.kind]), words("rose in")]
    return Table(
        words("Changes: 90 % of the draws, and the share of draws in which it rose"),
        (words("Index or area"), words("Periods"), words("As built"), *heads),
        tuple(rows),
        numeric=tuple(range(2, 3 + len(heads))),
    )


def _changes(changes: tuple[Change, ...], reader: Reader) -> Table:
    words = reader.words
    tested = any(each.adjusted == each.adjusted for each in changes)
    return Table(
        words("Changes of each unit"),
        (
            words("Unit"),
            words("Periods"),
            words("As built"),
            words("90 % of the draws"),
            words("Rose in"),
            words("95 % interval of that share"),
            *((words("p, all pairs allowed for"),) if tested else ()),
        ),
        tuple(
            (
                reader.unit(each.unit),
                f"{each.before} → {each.after}",
                reader.change(each.difference),
                reader.interval(each.low, each.high),
                reader.share(each.rose, 1),
                f"[{reader.share(each.rose_low, 1)}, {reader.share(each.rose_high, 1)}]",
                *((reader.cell(each.adjusted, 3),) if tested else ()),
            )
            for each in changes
        ),
        numeric=(2, 3, 4, 5, 6),
    )


def _turners(told: OverYears, reader: Reader) -> list[Part]:
    words = reader.words
    said = words(
        "Each figure of the later period by itself: what its own error allows, the value at which the change of "
        "the index would be zero (between a tenth of the figure and ten times it), and the change without it."
    )
    rows = [
        (
            reader.name(each.figure),
            f"{sign.before} → {sign.after}",
            reader.number(each.value),
            reader.interval(each.low, each.high) if each.high > each.low else words("not declared"),
            words("yes") if each.turns else words("no"),
            reader.number(each.turning_point)
            if each.turning_point == each.turning_point
            else words("none"),
            reader.change(each.without),
        )
        for sign in told.signs
        for each in sign.turners
        if each.period == sign.after
    ]
    table = Table(
        words("What could turn the sign"),
        (
            words("Figure"),
            words("Periods"),
            words("Value"),
            words("Its own error"),
            words("Turns the sign within it"),
            words("No change at"),
            words("Change without it"),
        ),
        tuple(rows),
        numeric=(2, 3, 5, 6),
    )
    return [Paragraph(said), table]
