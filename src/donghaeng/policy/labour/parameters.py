"""A parameter of behaviour: its value, for whom, where it comes from, and how well it is known."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from donghaeng.evidence.input_files import Entry

Real = Annotated[float, Field(strict=True, ge=-1e9, le=1e9, allow_inf_nan=False)]
Positive = Annotated[float, Field(strict=True, gt=0, le=1e9, allow_inf_nan=False)]
Sentence = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Status(StrEnum):
    """On what a value rests."""

    PUBLISHED = "published"
    PUBLISHED_WEAK = "published_weak"
    ASSUMED = "assumed"
    ESTIMATED = "estimated"
    CALIBRATED = "calibrated"

    @property
    def label(self) -> str:
        return STATUS_LABELS[self]


STATUS_LABELS = {
    Status.PUBLISHED: "published",
    Status.PUBLISHED_WEAK: "published, in a weak source only",
    Status.ASSUMED: "assumed",
    Status.ESTIMATED: "estimated from the survey",
    Status.CALIBRATED: "calibrated",
}


class Parameter(Entry):
    """A value for those whom ``where`` describes, and exactly one statement of how well it is known.

    ``standard_error`` is that of an estimate (drawn from a normal distribution), ``spread`` the standard
    deviation between several estimates (likewise), ``range`` two ends (drawn evenly between them), and
    ``gap`` says what was not published: then no interval can be given. ``at_least`` and ``at_most``
    limit what is drawn: a normal distribution is cut off there.

    Attributes:
        value: the parameter, in the unit of its rung (an elasticity, or percentage points).
        where: label of a group -> the values that it may have; empty means everyone.

    >>> Parameter(value=0.27, spread=0.16, source="a review of 18 countries", status="published").value
    0.27
    """

    value: Real
    where: dict[Name, tuple[str, ...]] = Field(default_factory=dict)
    standard_error: Positive | None = None
    spread: Positive | None = None
    range: tuple[Real, Real] | None = None
    gap: Sentence | None = None
    at_least: Real | None = None
    at_most: Real | None = None
    source: Sentence
    status: Status

    @model_validator(mode="after")
    def _is_known_in_one_way(self) -> Self:
        ways = (self.standard_error, self.spread, self.range, self.gap)
        if sum(way is not None for way in ways) != 1:
            raise ValueError(
                "exactly one of standard_error, spread, range and gap says how well a value is known "
                "(a gap names what was not published; then there is no interval)"
            )
        low, high = self.ends
        if not low <= self.value <= high:
            raise ValueError(f"the value {self.value:g} lies outside {low:g} .. {high:g}")
        if any(not values for values in self.where.values()):
            raise ValueError("a group has at least one value")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """Between what the parameter may lie."""
        if self.range is not None:
            return self.range
        low = float("-inf") if self.at_least is None else self.at_least
        high = float("inf") if self.at_most is None else self.at_most
        return low, high

    @property
    def deviation(self) -> float | None:
        """The standard deviation of the normal distribution it is drawn from, if it is."""
        return self.standard_error if self.standard_error is not None else self.spread
