"""What kind of figure a figure is. The kind is its type, so that two kinds are not compared by mistake.

An *effect* comes from an assignment and names its protocol; an *association* and a *description* come
from observation; a *simulation* from a model; a *published* figure from a source; a *recomputed* one
from what was published. A share among those who took part is a description, however it is worded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Self

from donghaeng.rules.faults import BadInput

Value = Fraction | int | float


class Kind(StrEnum):
    """What a figure is evidence of. ``label`` is its name in the catalogue."""

    EFFECT = "effect"
    ASSOCIATION = "association"
    DESCRIPTION = "description"
    SIMULATION = "simulation"
    PUBLISHED = "published"
    RECOMPUTED = "recomputed"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.EFFECT: "effect, from an assignment",
    Kind.ASSOCIATION: "association",
    Kind.DESCRIPTION: "description",
    Kind.SIMULATION: "simulation",
    Kind.PUBLISHED: "published",
    Kind.RECOMPUTED: "recomputed from what was published",
}


class Uncertainty(StrEnum):
    """What an interval is about. ``label`` is its name in the catalogue."""

    SAMPLING = "sampling"
    MODELLING = "modelling"
    ROUNDING = "rounding"
    REPLICATES = "replicates"

    @property
    def label(self) -> str:
        return UNCERTAINTY_LABELS[self]


UNCERTAINTY_LABELS = {
    Uncertainty.SAMPLING: "sampling",
    Uncertainty.MODELLING: "choices of modelling",
    Uncertainty.ROUNDING: "rounding of what was printed",
    Uncertainty.REPLICATES: "differences between synthetic replicates",
}


@dataclass(frozen=True)
class Interval:
    """Both ends, what they are about, and at which level; rounding has no level, for it is certain."""

    low: Value
    high: Value
    about: Uncertainty
    level: float | None = None

    def __post_init__(self) -> None:
        if not (_is_number(self.low) and _is_number(self.high) and self.low <= self.high):
            raise BadInput(
                "an interval has two ends, the lower one first", field=f"{self.low}, {self.high}"
            )
        if (self.level is None) != (self.about is Uncertainty.ROUNDING):
            raise BadInput(
                f"an interval of {self.about.value} "
                + ("has no level" if self.level is not None else "says its level"),
                field="level",
                remedy="0.95 for sampling, modelling and replicates; none for rounding",
            )
        if self.level is not None and not 0 < self.level < 1:
            raise BadInput("a level lies between 0 and 1", field="level", remedy="0.95")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with its unit, its source and, where there is one, its interval.

    It always is of one of the six kinds below.

    >>> Description(value=4.8, unit="%", source="city, 2023-12-20").kind.value
    'description'
    """

    value: Value
    unit: str
    source: str
    interval: Interval | None = None
    kind: ClassVar[Kind]

    def __post_init__(self) -> None:
        if not hasattr(type(self), "kind"):
            raise TypeError("a figure is of a kind: Effect, Association, Description, …")
        if not _is_number(self.value):
            raise BadInput(f"{self.value!r} is not a number", field="value")
        if not self.source.strip():
            raise BadInput("a figure names its source", field="source")
        if self.interval and not self.interval.low <= self.value <= self.interval.high:
            raise BadInput("the value lies outside its interval", field="interval")

    def compared_with(self, other: Self) -> Comparison:
        """This figure less another of the same kind and unit.

        The interval of the difference is given only where it follows: for two intervals of
        rounding. Of two sampling intervals it does not follow without their dependence.

        Raises:
            BadInput: for two kinds, two units, or two kinds of interval.
        """
        one_kind((self, other))
        first, second = self.interval, other.interval
        interval = None
        if first and second and first.about is Uncertainty.ROUNDING:
            low, high = first.low - second.high, first.high - second.low
            interval = Interval(low, high, Uncertainty.ROUNDING)
        return Comparison(self, other, self.value - other.value, interval)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        interval = self.interval and {
            "low": float(self.interval.low),
            "high": float(self.interval.high),
            "about": self.interval.about.value,
            "level": self.interval.level,
        }
        return {
            "kind": self.kind.value,
            "value": float(self.value),
            "unit": self.unit,
            "source": self.source,
            "interval": interval,
        }


@dataclass(frozen=True)
class Comparison:
    """A difference between two figures of one kind."""

    first: Figure
    second: Figure
    difference: Value
    interval: Interval | None


@dataclass(frozen=True, kw_only=True)
class Effect(Figure):
    """What an assignment caused: it names the protocol under which households were assigned."""

    kind: ClassVar[Kind] = Kind.EFFECT
    protocol: str

    def __post_init__(self) -> None:
        if not self.protocol.strip():
            raise BadInput(
                "an effect names the protocol of its assignment",
                field="protocol",
                remedy="without an assignment it is an association or a description",
            )
        super().__post_init__()

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"protocol": self.protocol}


@dataclass(frozen=True, kw_only=True)
class Association(Figure):
    """What goes together, with no assignment."""

    kind: ClassVar[Kind] = Kind.ASSOCIATION


@dataclass(frozen=True, kw_only=True)
class Description(Figure):
    """What was counted or measured, such as a share among those who took part."""

    kind: ClassVar[Kind] = Kind.DESCRIPTION


@dataclass(frozen=True, kw_only=True)
class Simulation(Figure):
    """What a model says."""

    kind: ClassVar[Kind] = Kind.SIMULATION


@dataclass(frozen=True, kw_only=True)
class Published(Figure):
    """What a source printed."""

    kind: ClassVar[Kind] = Kind.PUBLISHED


@dataclass(frozen=True, kw_only=True)
class Recomputed(Figure):
    """What follows from what was printed."""

    kind: ClassVar[Kind] = Kind.RECOMPUTED


def one_kind(figures: Iterable[Figure]) -> Kind:
    """The one kind of all figures of a table, a chart or a comparison.

    Raises:
        BadInput: where kinds, units or kinds of interval are mixed, or there is no figure.

    >>> one_kind([Simulation(value=1, unit="won", source="law")]).value
    'simulation'
    """
    shown = list(figures)
    kinds = sorted({figure.kind.value for figure in shown})
    units = sorted({figure.unit for figure in shown})
    intervals = sorted({figure.interval.about.value for figure in shown if figure.interval})
    for field, found in (("kind", kinds), ("unit", units), ("interval", intervals)):
        if len(found) > 1:
            raise BadInput(
                f"{' and '.join(found)} are not put side by side",
                field=field,
                remedy=f"one comparison holds figures of one {field}",
            )
    if not shown:
        raise BadInput("there is no figure to compare")
    return Kind(kinds[0])


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float, Fraction)):
        return False
    return math.isfinite(value)
