"""A published series, recomputed from what was published, with what the rounding of its parts leaves open.

A figure is *reproduced* where the range that follows from the printed parts meets the range of what the printed figure
may have been. Where an element of the rule was chosen because it fits that very figure, this shows nothing
about the rule, and the verdict is *consistent with an inferred rule*.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .input_files import range_of
from .ranges import Range, weighted_geometric_mean, weighted_harmonic_mean, weighted_mean
from .reproduction_files import (
    BY_COUNT,
    COMPOSITE,
    Edition,
    Element,
    Indicator,
    Mean,
    Print,
    Series,
)
from .rounding import Printed, Rounded, read_printed

MEANS = {
    Mean.ARITHMETIC: weighted_mean,
    Mean.GEOMETRIC: weighted_geometric_mean,
    Mean.HARMONIC: weighted_harmonic_mean,
}


class Verdict(StrEnum):
    """What can be said of a printed figure."""

    REPRODUCED = "reproduced"
    CONSISTENT_WITH_INFERRED_RULE = "consistent_with_inferred_rule"
    NOT_REPRODUCED = "not_reproduced"
    NOT_CHECKABLE = "not_checkable"


class Alternative(StrEnum):
    """Another way in which a figure may have come about. ``label`` is its name in the catalogue."""

    EQUAL_ARITHMETIC = "equal_arithmetic"
    EQUAL_GEOMETRIC = "equal_geometric"
    EQUAL_HARMONIC = "equal_harmonic"
    WEIGHTED_ARITHMETIC = "weighted_arithmetic"
    WEIGHTED_GEOMETRIC = "weighted_geometric"
    WEIGHTED_HARMONIC = "weighted_harmonic"
    CUT_OFF = "cut_off"
    REPRINT = "reprint"

    @property
    def label(self) -> str:
        return ALTERNATIVE_LABELS[self]


ALTERNATIVE_LABELS = {
    Alternative.EQUAL_ARITHMETIC: "arithmetic mean, all areas alike",
    Alternative.EQUAL_GEOMETRIC: "geometric mean, all areas alike",
    Alternative.EQUAL_HARMONIC: "harmonic mean, all areas alike",
    Alternative.WEIGHTED_ARITHMETIC: "arithmetic mean, weighted",
    Alternative.WEIGHTED_GEOMETRIC: "geometric mean, weighted",
    Alternative.WEIGHTED_HARMONIC: "harmonic mean, weighted",
    Alternative.CUT_OFF: "the same rule, digits cut off",
    Alternative.REPRINT: "an earlier, coarser print with zeros added",
}


@dataclass(frozen=True)
class Tried:
    """An alternative, what it gives, and whether it would be printed as the figure was."""

    alternative: Alternative
    found: Range
    fits: bool


@dataclass(frozen=True)
class Reproduced:
    """One printed figure with its verdict.

    ``figure`` is its address, such as 2024.composite. ``exact`` is what the rule gives for the parts as they were printed,
    ``recomputed`` what it may give before they were rounded; ``off_by`` how far the print lies above (below:
    negative) all of that. ``missing`` names the parts that were not published, and ``implied`` is what these
    would have to be on average.
    """

    figure: str
    label: tuple[str, str]
    period: str
    published: Print | None
    verdict: Verdict
    rests_on: tuple[Element, ...]
    exact: Fraction | None = None
    recomputed: Range | None = None
    off_by: Fraction = Fraction(0)
    tried: tuple[Tried, ...] = ()
    missing: tuple[str, ...] = ()
    missing_count: int = 0
    implied: Range | None = None
    note: tuple[str, str] | None = None

    @property
    def printed(self) -> Printed | None:
        return read_printed(self.published.printed) if self.published else None


def reproduce(series: Series) -> list[Reproduced]:
    """The verdict on every printed figure of the series, in the order of the file."""
    return [
        *(found for edition in series.series for found in _composites(series, edition)),
        *(found for edition in series.series for found in _areas(series, edition)),
        *(found for indicator in series.indicators for found in _ratios(series, indicator)),
    ]


# The composite.


def _composites(series: Series, edition: Edition) -> Iterator[Reproduced]:
    figure = f"{edition.period}.{COMPOSITE}"
    rests_on = tuple(each for each in series.elements() if each is not series.rule.indicators)
    absent = tuple(area.id for area in series.areas if edition.areas.get(area.id) is None)
    for place, published in enumerate(edition.composite):
        if absent:
            yield Reproduced(
                figure,
                series.title.pair,
                edition.period,
                published,
                Verdict.NOT_CHECKABLE,
                rests_on,
                missing=absent,
                missing_count=len(absent),
            )
            continue
        values = [range_of(edition.areas[area.id] or 0) for area in series.areas]
        weights = area_weights(series)
        mean = MEANS[series.rule.aggregation.method]
        middles = [Range.exactly(value.middle) for value in values]
        exact = mean(middles, [Range.exactly(weight.middle) for weight in weights]).middle
        found = mean(values, weights)
        earlier = edition.composite[:place]
        tried = tuple(_alternatives(series, values, weights, published, found, earlier))
        yield _judge(
            figure, series.title.pair, edition.period, published, rests_on, exact, found, tried
        )


def area_weights(series: Series) -> list[Range]:
    """The weight of each area, in the order of ``series.areas``."""
    values = series.rule.weights.values
    if values == BY_COUNT:
        return [Range.exactly(area.indicators or 0) for area in series.areas]
    return [range_of(values[area.id]) for area in series.areas]


def _alternatives(
    series: Series,
    values: list[Range],
    weights: list[Range],
    published: Print,
    declared: Range,
    earlier: tuple[Print, ...],
) -> Iterator[Tried]:
    """What else people compute of the same parts, and how else the same result may have been printed."""
    printed = read_printed(published.printed)
    target = printed.range(published.rounding)
    positive = min(value.low for value in values) > 0
    alike = [Range.exactly(1) for _ in values]
    for way, chosen in (("equal", alike), ("weighted", weights)):
        for method, mean in MEANS.items():
            as_declared = way == "weighted" and method is series.rule.aggregation.method
            if as_declared or (method is not Mean.ARITHMETIC and not positive):
                continue
            found = mean(values, chosen)
            yield Tried(Alternative(f"{way}_{method.value}"), found, found.meets(target))
    yield Tried(Alternative.CUT_OFF, declared, declared.meets(printed.range(Rounded.DOWN)))
    for other in earlier:
        before = read_printed(other.printed)
        if before.step > printed.step:
            may_have_been = before.range(other.rounding)
            fits = before.value == printed.value and declared.meets(may_have_been)
            yield Tried(Alternative.REPRINT, may_have_been, fits)


def _judge(
    figure: str,
    label: tuple[str, str],
    period: str,
    published: Print,
    rests_on: tuple[Element, ...],
    exact: Fraction,
    found: Range,
    tried: tuple[Tried, ...] = (),
    note: tuple[str, str] | None = None,
) -> Reproduced:
    target = read_printed(published.printed).range(published.rounding)
    if not found.meets(target):
        verdict = Verdict.NOT_REPRODUCED
    elif any(figure in element.inferred_from for element in rests_on):
        verdict = Verdict.CONSISTENT_WITH_INFERRED_RULE
    else:
        verdict = Verdict.REPRODUCED
    return Reproduced(
        figure,
        label,
        period,
        published,
        verdict,
        rests_on,
        exact,
        found,
        target.distance(found),
        tried,
        note=note,
    )


# Areas from their indicators: as a rule some are not published, and what these must have been is told.


def _areas(series: Series, edition: Edition) -> Iterator[Reproduced]:
    if edition.period == series.base or series.rule.indicators is None:
        return
    for area in series.areas:
        printed = edition.areas.get(area.id)
        ratios = [
            ratio
            for indicator in series.indicators
            if indicator.area == area.id
            and (ratio := base_year_ratio(indicator, series.base, edition.period))
        ]
        if not ratios or area.indicators is None or not isinstance(printed, str):
            continue
        figure = f"{edition.period}.{area.id}"
        published = Print(printed=printed, released=None, source=edition.source)
        rests_on = tuple(series.elements())
        absent = area.indicators - len(ratios)
        total = sum(ratios[1:], ratios[0])
        if absent > 0:
            yield Reproduced(
                figure,
                area.label.pair,
                edition.period,
                published,
                Verdict.NOT_CHECKABLE,
                rests_on,
                missing_count=absent,
                implied=(area.indicators * range_of(printed) - total) / absent,
            )
        else:
            mean = total / area.indicators
            yield _judge(
                figure, area.label.pair, edition.period, published, rests_on, mean.middle, mean
            )


# Indicators from their values.


def base_year_ratio(indicator: Indicator, base: str, period: str) -> Range | None:
    """100 times the value of a period over that of the base year; None where one was not published."""
    first, value = indicator.values.get(base), indicator.values.get(period)
    if first is None or value is None:
        return None
    try:
        return 100 * (range_of(value) / range_of(first))
    except ZeroDivisionError:
        return None


def _ratios(series: Series, indicator: Indicator) -> Iterator[Reproduced]:
    element = series.rule.indicators
    if element is None:
        return
    note = indicator.note.pair if indicator.note else None
    for period in dict.fromkeys((*indicator.values, *indicator.printed)):
        if period == series.base:
            continue
        figure = f"{period}.{indicator.id}"
        found = base_year_ratio(indicator, series.base, period)
        missing = tuple(
            f"{indicator.id} {year}"
            for year in (series.base, period)
            if indicator.values.get(year) is None
        )
        for published in indicator.printed.get(period, (None,)):
            if found is None or published is None:
                yield Reproduced(
                    figure,
                    indicator.label.pair,
                    period,
                    published,
                    Verdict.NOT_CHECKABLE,
                    (element,),
                    found.middle if found else None,
                    found,
                    missing=missing,
                    missing_count=len(missing),
                    note=note,
                )
            else:
                yield _judge(
                    figure,
                    indicator.label.pair,
                    period,
                    published,
                    (element,),
                    found.middle,
                    found,
                    note=note,
                )
