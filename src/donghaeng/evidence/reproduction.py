"""A published series, recomputed from what was published, with what the rounding of its parts leaves open.

A figure is *reproduced* where the range that follows from the printed parts meets the range of what the
printed figure may have been. Where an element of the rule was chosen because it fits that very figure, this
shows nothing about the rule, and the verdict is *consistent with an inferred rule*.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .input_files import range_of, value_of
from .kinds import Uncertainty
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

COMPOSITE_LABEL = ("종합지수", "Composite index")
ELEMENT_FIELDS = set(Element.model_fields)


class Verdict(StrEnum):
    """What can be said of a printed figure. ``label`` is its name in the catalogue."""

    REPRODUCED = "reproduced"
    CONSISTENT_WITH_INFERRED_RULE = "consistent_with_inferred_rule"
    NOT_REPRODUCED = "not_reproduced"
    NOT_CHECKABLE = "not_checkable"

    @property
    def label(self) -> str:
        return VERDICT_LABELS[self]


VERDICT_LABELS = {
    Verdict.REPRODUCED: "reproduced",
    Verdict.CONSISTENT_WITH_INFERRED_RULE: "consistent with an inferred rule",
    Verdict.NOT_REPRODUCED: "not reproduced from what was published",
    Verdict.NOT_CHECKABLE: "not checkable",
}


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

    ``figure`` is its address, such as 2024.composite. ``exact`` is what the rule gives for the parts as they were
    printed, ``recomputed`` what it may give before they were rounded; ``off_by`` how far the print lies
    above (below: negative) all of that. ``missing`` names the parts that were not published, as far as they have
    names, and ``implied`` is what these would have to be on average.
    """

    figure: str
    label: tuple[str, str]
    period: str
    published: Print | None
    rests_on: tuple[Element, ...]
    verdict: Verdict = Verdict.NOT_CHECKABLE
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

    @property
    def as_printed(self) -> bool:
        """Whether the parts, taken as they were printed, give a result that rounds to the printed figure."""
        if self.exact is None or self.published is None or self.printed is None:
            return False
        return self.exact in self.printed.range(self.published.rounding)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        published = self.published
        return {
            "figure": self.figure,
            "label": {"ko": self.label[0], "en": self.label[1]},
            "printed": published.printed if published else None,
            "released": published.released.isoformat()
            if published and published.released
            else None,
            "source": published.source if published else None,
            "verdict": self.verdict.value,
            "recomputed": float(self.exact) if self.exact is not None else None,
            "exact": str(self.exact) if self.exact is not None else None,
            "interval": self.recomputed.as_json() | {"about": Uncertainty.ROUNDING.value}
            if self.recomputed
            else None,
            "off_by": float(self.off_by),
            "tried": [
                {"alternative": each.alternative.value, "fits": each.fits} | each.found.as_json()
                for each in self.tried
            ],
            "rests_on": [
                element.model_dump(mode="json", include=ELEMENT_FIELDS) for element in self.rests_on
            ],
            "missing": list(self.missing),
            "missing_count": self.missing_count,
            "implied": self.implied.as_json() if self.implied else None,
        }


def reproduce(series: Series) -> list[Reproduced]:
    """The verdict on every printed figure of the series, in the order of the file."""
    return [
        *(found for edition in series.series for found in _composites(series, edition)),
        *(found for edition in series.series for found in _areas(series, edition)),
        *(found for indicator in series.indicators for found in _ratios(series, indicator)),
    ]


def _judged(
    case: Reproduced, exact: Fraction, found: Range, tried: tuple[Tried, ...] = ()
) -> Reproduced:
    """The case with what was recomputed; the verdict where a figure was printed to compare it with."""
    case = replace(case, exact=exact, recomputed=found, tried=tried)
    if case.published is None:
        return case
    target = read_printed(case.published.printed).range(case.published.rounding)
    if not found.meets(target):
        return replace(case, verdict=Verdict.NOT_REPRODUCED, off_by=target.distance(found))
    inferred = any(case.figure in element.inferred_from for element in case.rests_on)
    return replace(
        case,
        verdict=Verdict.CONSISTENT_WITH_INFERRED_RULE if inferred else Verdict.REPRODUCED,
    )


# The composite.


def _composites(series: Series, edition: Edition) -> Iterator[Reproduced]:
    figure = f"{edition.period}.{COMPOSITE}"
    rests_on = tuple(each for each in series.elements() if each is not series.rule.indicators)
    note = edition.note.pair if edition.note else None
    numbers = [edition.areas.get(area.id) for area in series.areas]
    known = [number for number in numbers if number is not None]
    absent = tuple(
        area.id for area, number in zip(series.areas, numbers, strict=True) if number is None
    )
    for place, published in enumerate(edition.composite):
        case = Reproduced(figure, COMPOSITE_LABEL, edition.period, published, rests_on, note=note)
        if absent:
            yield replace(case, missing=absent, missing_count=len(absent))
            continue
        mean = MEANS[series.rule.aggregation.method]
        values, weights = [range_of(number) for number in known], area_weights(series)
        exact = mean(
            [Range.exactly(value_of(number)) for number in known],
            [Range.exactly(weight.middle) for weight in weights],
        ).middle
        found = mean(values, weights)
        tried = (
            *_other_means(series, values, weights, published),
            *_other_prints(found, published, edition.composite[:place]),
        )
        yield _judged(case, exact, found, tried)


def area_weights(series: Series) -> list[Range]:
    """The weight of each area, in the order of ``series.areas``."""
    values = series.rule.weights.values
    if isinstance(values, str):
        return [Range.exactly(area.indicators or 0) for area in series.areas]
    return [range_of(values[area.id]) for area in series.areas]


def _other_means(
    series: Series, values: list[Range], weights: list[Range], published: Print
) -> Iterator[Tried]:
    """What else people compute of the same parts."""
    target = read_printed(published.printed).range(published.rounding)
    positive = min(value.low for value in values) > 0
    alike = [Range.exactly(1) for _ in values]
    for way, chosen in (("equal", alike), ("weighted", weights)):
        for method, mean in MEANS.items():
            is_declared = way == "weighted" and method is series.rule.aggregation.method
            if is_declared or (method is not Mean.ARITHMETIC and not positive):
                continue
            found = mean(values, chosen)
            yield Tried(Alternative(f"{way}_{method.value}"), found, found.meets(target))


def _other_prints(found: Range, published: Print, earlier: tuple[Print, ...]) -> Iterator[Tried]:
    """How else the same result may have come to be printed so."""
    printed = read_printed(published.printed)
    yield Tried(Alternative.CUT_OFF, found, found.meets(printed.range(Rounded.DOWN)))
    for other in earlier:
        before = read_printed(other.printed)
        if before.step > printed.step:
            reached = found.meets(before.range(other.rounding))
            may_have_been = before.range(other.rounding)
            yield Tried(
                Alternative.REPRINT, may_have_been, reached and before.value == printed.value
            )


# Areas from their indicators: as a rule some are not published, and what these must have been is told.


def _areas(series: Series, edition: Edition) -> Iterator[Reproduced]:
    rule = series.rule
    by_mean = rule.weights.values == BY_COUNT and rule.aggregation.method is Mean.ARITHMETIC
    if edition.period == series.base or rule.indicators is None or not by_mean:
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
        case = Reproduced(
            f"{edition.period}.{area.id}",
            area.label.pair,
            edition.period,
            Print(printed=printed, released=None, source=edition.source),
            tuple(series.elements()),
        )
        absent, total = area.indicators - len(ratios), sum(ratios[1:], ratios[0])
        if absent > 0:
            implied = (area.indicators * range_of(printed) - total) / absent
            yield replace(case, missing_count=absent, implied=implied)
        else:
            mean = total / area.indicators
            yield _judged(case, mean.middle, mean)


# Indicators from their values.


def base_year_ratio(indicator: Indicator, base: str, period: str) -> Range | None:
    """100 times the value of a period over that of the base year; None where it is not defined."""
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
    for period in dict.fromkeys((*indicator.values, *indicator.printed)):
        if period == series.base:
            continue
        first, value = indicator.values.get(series.base), indicator.values.get(period)
        found = base_year_ratio(indicator, series.base, period)
        years = ((series.base, first), (period, value))
        missing = tuple(year for year, number in years if number is None)
        for published in indicator.printed.get(period, (None,)):
            case = Reproduced(
                f"{period}.{indicator.id}",
                indicator.label.pair,
                period,
                published,
                (element,),
                missing=missing,
                missing_count=len(missing),
                note=indicator.note.pair if indicator.note else None,
            )
            if found is None or first is None or value is None:
                yield case
            else:
                yield _judged(case, 100 * value_of(value) / value_of(first), found)
