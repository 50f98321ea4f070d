"""The file of a published series: what was printed, the rule that is tried, and where each element of it is from.

An element of the rule is *published* (it names its source), *assumed* (stated beforehand, in words) or
*inferred* (it was chosen because it fits the figures that ``inferred_from`` names, such as ``2024.composite``).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from donghaeng.rules.faults import nearest

from .input_files import Entry, Number, PrintedText, Text, range_of
from .rounding import Rounded

COMPOSITE = "composite"
BY_COUNT = "by_count"

# A year may be written without quotes.
Period = Annotated[
    str,
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
    Field(min_length=1),
    WithJsonSchema({"type": ["string", "integer"]}),
]
Id = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]


class Standing(StrEnum):
    """Where an element of the rule is from. ``label`` is its name in the catalogue."""

    PUBLISHED = "published"
    ASSUMED = "assumed"
    INFERRED = "inferred"

    @property
    def label(self) -> str:
        return STANDING_LABELS[self]


STANDING_LABELS = {
    Standing.PUBLISHED: "as published",
    Standing.ASSUMED: "assumed, not published",
    Standing.INFERRED: "inferred from the figures themselves",
}


class Mean(StrEnum):
    """How areas become the composite."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"


class Element(Entry):
    """One element of the rule, in words, with where it is from."""

    text: Text
    status: Standing
    source: str | None = None
    inferred_from: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check_standing(self) -> Self:
        if self.status is Standing.PUBLISHED and not self.source:
            raise ValueError("a published element of the rule names its source")
        if (self.status is Standing.INFERRED) != bool(self.inferred_from):
            raise ValueError(
                "an inferred element, and no other, names the figures that it was chosen to fit "
                "(inferred_from: [2024.composite])"
            )
        return self


class Weights(Element):
    """The weight of each area: its count of indicators, or numbers of their own."""

    values: Literal["by_count"] | dict[Id, Number]


class Aggregation(Element):
    """The mean that makes the composite."""

    method: Mean


class Ratio(Element):
    """How an indicator is normalised: 100 times its value over that of the base year."""

    method: Literal["base_year_ratio"]


class Rule(Entry):
    """The rule by which the series is tried. ``counts`` says where the counts of indicators are from."""

    counts: Element | None = None
    weights: Weights
    aggregation: Aggregation
    indicators: Ratio | None = None


class Area(Entry):
    """One area; ``indicators`` is how many it has, where that is known."""

    id: Id
    label: Text
    indicators: int | None = Field(None, ge=1)


class Print(Entry):
    """One figure as one release printed it; a figure may be printed again later."""

    printed: PrintedText
    released: datetime.date | None
    source: str | None
    rounding: Rounded = Rounded.NEAREST
    note: Text | None = None


class Edition(Entry):
    """What was published about one period."""

    period: Period
    areas: dict[Id, Number | None]
    source: str | None
    note: Text | None = None
    composite: tuple[Print, ...]


class Indicator(Entry):
    """What was published about one indicator: values by period, and its index where it was printed."""

    id: Id
    label: Text
    area: Id
    unit: str
    values: dict[Period, Number | None]
    printed: dict[Period, tuple[Print, ...]] = Field(default_factory=dict)
    source: str | None
    note: Text | None = None


class Series(Entry):
    """A published index over periods."""

    title: Text
    base: Period
    areas: tuple[Area, ...] = Field(min_length=1)
    rule: Rule
    series: tuple[Edition, ...] = Field(min_length=1)
    indicators: tuple[Indicator, ...] = ()

    def figures(self) -> Iterator[str]:
        """The id of every figure that can be tried: 2024.composite, 2024.housing, 2024.housing_moves."""
        for edition in self.series:
            yield f"{edition.period}.{COMPOSITE}"
            for area in edition.areas:
                yield f"{edition.period}.{area}"
        for indicator in self.indicators:
            for period in dict.fromkeys((*indicator.values, *indicator.printed)):
                yield f"{period}.{indicator.id}"

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        """Each id stands once, and every area that is named is one of them."""
        areas = [area.id for area in self.areas]
        ids = [*areas, *(indicator.id for indicator in self.indicators), COMPOSITE]
        for name in ids:
            if ids.count(name) > 1:
                raise ValueError(f"the id {name!r} stands there twice")
        periods = [edition.period for edition in self.series]
        for period in periods:
            if periods.count(period) > 1:
                raise ValueError(f"the period {period!r} stands there twice")
        named = [("indicators", indicator.area) for indicator in self.indicators]
        named += [(f"series {each.period}", area) for each in self.series for area in each.areas]
        if self.rule.weights.values != BY_COUNT:
            named += [("rule.weights.values", area) for area in self.rule.weights.values]
        for place, area in named:
            if area not in areas:
                raise ValueError(f"{place}: no area {area!r} ({_remedy(area, areas)})")
        for each in self.areas:
            named_here = sum(indicator.area == each.id for indicator in self.indicators)
            if each.indicators is not None and named_here > each.indicators:
                raise ValueError(f"areas: {each.id} has fewer indicators than stand in the file")
        return self

    @model_validator(mode="after")
    def _check_weights(self) -> Self:
        """Every area has a weight; none is negative, not all are zero."""
        values = self.rule.weights.values
        if values == BY_COUNT and self.rule.counts is None:
            raise ValueError("rule.counts: weights by count say where the counts are from")
        for area in self.areas:
            if values == BY_COUNT and area.indicators is None:
                raise ValueError(f"areas: {area.id} has no count of indicators, and weighs by it")
            if isinstance(values, dict) and area.id not in values:
                raise ValueError(f"rule.weights.values: {area.id} has no weight")
        if isinstance(values, dict):
            lows = [range_of(weight).low for weight in values.values()]
            if min(lows) < 0 or sum(lows) <= 0:
                raise ValueError("rule.weights.values: weights are not negative and not all zero")
        return self

    @model_validator(mode="after")
    def _check_values(self) -> Self:
        """A geometric or harmonic mean takes values above zero."""
        method = self.rule.aggregation.method
        if method is not Mean.ARITHMETIC:
            for edition in self.series:
                for area, number in edition.areas.items():
                    if number is not None and range_of(number).low <= 0:
                        raise ValueError(
                            f"series {edition.period}.{area}: a {method.value} mean takes values above zero"
                        )
        return self

    @model_validator(mode="after")
    def _check_inferences(self) -> Self:
        known = list(self.figures())
        for element in self.elements():
            for figure in element.inferred_from:
                if figure not in known:
                    raise ValueError(f"rule: no figure {figure!r} ({_remedy(figure, known)})")
        return self

    def elements(self) -> list[Element]:
        """Every element of the rule."""
        rule = self.rule
        all_of = (rule.counts, rule.weights, rule.aggregation, rule.indicators)
        return [element for element in all_of if element is not None]


def _remedy(name: str, known: list[str]) -> str:
    return nearest(name, known) or f"one of {', '.join(known[:12])}"
