"""Indicators: what is counted, where it comes from, how it is treated, and who answers for it."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field, field_validator, model_validator

from .options import AggregationMethod, ImputationMethod, NormalisationMethod, Treatment
from .vocabulary import (
    Better,
    Code,
    IndicatorKind,
    Label,
    Naming,
    Number,
    Part,
    Period,
    Positive,
    Sensitive,
    Weight,
)


class Definition(Part):
    """What exactly is counted. A part that is not known is left out; `index lint` lists it."""

    numerator: str | None = None
    denominator: str | None = None
    threshold: str | None = Field(
        default=None, description="From which value on somebody counts, with its number and unit."
    )
    population: str | None = None
    narrows: tuple[str, ...] = Field(
        default=(),
        description="Terms of whose population this one is a part, such as an age group.",
    )
    scope: str | None = Field(
        default=None, description="Whose help or money is counted: state, city, private."
    )
    as_of: str | None = Field(default=None, description="The day or period the figure is about.")
    no_threshold: bool = Field(
        default=False,
        description="Nothing is compared with a limit here, so no threshold is missing.",
    )


class Source(Part):
    """Where the figures are published."""

    agency: str
    table: str | None = Field(default=None, description="Official number of the table.")
    address: str | None = None
    retrieved: datetime.date | None = None
    note: str | None = None


class MeasurementError(Part):
    """How far a figure may lie from what it measures.

    Exactly one of the three; a count has none (`measurement_error: none`). Bounds that the data
    table gives for a single figure go before it.
    """

    standard_error: Positive | None = Field(
        default=None, description="In the unit of the indicator."
    )
    relative: Positive | None = Field(default=None, description="Standard error / value.")
    half_width: Positive | None = Field(
        default=None, description="Half the width of a uniform interval, as rounding makes it."
    )
    source: str | None = None

    @model_validator(mode="after")
    def _one(self) -> MeasurementError:
        given = [self.standard_error, self.relative, self.half_width]
        if sum(value is not None for value in given) != 1:
            raise ValueError("give exactly one of standard_error, relative and half_width")
        return self


class GoalpostsOf(Part):
    """Between which two values an indicator is measured; `high` and `truncate` go before the method's."""

    lower: Number
    upper: Number
    high: Number | None = Field(default=None, description="What the better goalpost becomes.")
    truncate: bool | None = None

    @model_validator(mode="after")
    def _ordered(self) -> GoalpostsOf:
        if not self.lower < self.upper:
            raise ValueError("lower has to be below upper")
        return self


class Column(Part):
    """What indicators and denominators have in common: a column of the data table."""

    label: Label
    unit: str | None = Field(default=None, description="None where it is not known.")
    source: Source | None = None
    note: str | None = None
    period: Period | None = Field(
        default=None, description="In a cross-section: the period of this column, if it is another."
    )


class Denominator(Column):
    """A figure by which others are divided."""


class Indicator(Column):
    """One indicator."""

    parent: Code
    weight: Weight = 1.0
    better: Better = Better.HIGHER
    direction_status: Literal["declared", "inferred"] = Field(
        default="declared", description="'inferred' where the direction is read from the name only."
    )
    direction_reason: str | None = None
    naming: Naming = Naming.NAMED
    title_verified: bool = Field(
        default=True, description="false where the official title is not confirmed."
    )
    kind: IndicatorKind | None = None
    definition: Definition = Definition()
    terms: tuple[str, ...] = Field(default=(), description="Terms of the register that it uses.")
    period: Period | None = Field(
        default=None,
        description="In a cross-section: the period of this indicator, if it is another.",
    )
    denominator: Code | None = None
    scale: Positive = Field(default=1.0, description="The figure is x / (denominator / scale).")
    goalposts: GoalpostsOf | None = None
    limits: tuple[Number | None, Number | None] | None = Field(
        default=None, description="Lowest and highest possible value, for honest bounds."
    )
    base_period: Period | None = None
    target: Number | None = None
    target_period: Period | None = Field(default=None, description="When the target is to be met.")
    impute: ImputationMethod | None = Field(
        default=None, description="Another method than that of the step; likewise the next two."
    )
    treat: Treatment | None = None
    normalise: NormalisationMethod | None = None
    measurement_error: MeasurementError | Literal["none"] | None = Field(
        default=None, description="'none' for a count; left out where it is not known."
    )
    concerns: tuple[Code, ...] = Field(
        default=(), description="Groups of people concerned, declared in `people`."
    )
    correlates_with: tuple[Code, ...] = Field(
        default=(), description="Indicators that measure nearly the same."
    )
    department: str | None = None
    programme: Code | None = Field(default=None, description="The programme that moves it.")
    sensitive: Sensitive | None = None

    @field_validator("limits")
    @classmethod
    def _ordered(
        cls, limits: tuple[float | None, float | None] | None
    ) -> tuple[float | None, float | None] | None:
        low, high = limits or (None, None)
        if low is not None and high is not None and not low < high:
            raise ValueError("the lowest possible value has to be below the highest")
        return limits


class Node(Part):
    """An area, pillar or the index itself: what its children make together."""

    label: Label
    short: Label | None = Field(default=None, description="For charts.")
    parent: Code | None = None
    weight: Weight = 1.0
    given: bool = Field(
        default=False,
        description="Its figures are published and stand in the data table under its code; they are "
        "not computed from what is under it.",
    )
    aggregate: AggregationMethod | None = Field(
        default=None, description="Another method than that of the step `aggregate`."
    )
    target: Number | None = None
    target_period: Period | None = None
    note: str | None = None
