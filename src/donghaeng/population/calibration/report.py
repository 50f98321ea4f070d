"""What calibration did: margins asked, before and met, and what it did to the weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
import polars as pl

from .constraints import Constraints
from .distances import FloatArray

QUANTILES = (0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0)


@dataclass(frozen=True)
class MarginLine:
    """One total. ``deviation`` is met less asked, as a share of what is asked (of 1 where that is 0)."""

    margin: str
    category: str
    asked: float
    before: float
    met: float
    deviation: float


@dataclass(frozen=True)
class WeightSpread:
    """How unequal weights are.

    ``effective`` is the effective sample size (Σw)²/Σw², ``design_effect`` the number of rows over it: what
    unequal weights alone cost (Kish 1965).
    """

    rows: int
    total: float
    effective: float
    design_effect: float


@dataclass(frozen=True)
class CalibrationReport:
    """The margins, the distribution of the ratio of new to old weight, and the weights before and after."""

    method: str
    rounds: int
    lines: tuple[MarginLine, ...]
    ratios: tuple[tuple[float, float], ...]
    before: WeightSpread
    after: WeightSpread
    notes: tuple[str, ...] = ()

    @property
    def largest_deviation(self) -> float:
        """Over all totals, without its sign."""
        return max((abs(line.deviation) for line in self.lines), default=0.0)

    def table(self) -> pl.DataFrame:
        """One row a total: margin, category, asked, before, met, deviation."""
        return pl.DataFrame([vars(line) for line in self.lines])


def report_on(
    constraints: Constraints, old: FloatArray, new: FloatArray, method: str, rounds: int
) -> CalibrationReport:
    """The report on weights that went from ``old`` to ``new``."""
    asked, before, met = constraints.totals, constraints.met(old), constraints.met(new)
    deviation = (met - asked) / numpy.where(asked != 0, numpy.abs(asked), 1.0)
    figures = zip(constraints.targets, asked, before, met, deviation, strict=True)
    ratios = numpy.quantile(new / old, QUANTILES)
    return CalibrationReport(
        method=method,
        rounds=rounds,
        lines=tuple(
            MarginLine(target.margin, ", ".join(target.cell), *map(float, rest))
            for target, *rest in figures
        ),
        ratios=tuple(zip(QUANTILES, map(float, ratios), strict=True)),
        before=spread_of(old),
        after=spread_of(new),
    )


def spread_of(weights: FloatArray) -> WeightSpread:
    """How unequal ``weights`` are.

    >>> spread_of(numpy.array([1.0, 3.0]))
    WeightSpread(rows=2, total=4.0, effective=1.6, design_effect=1.25)
    """
    total = float(weights.sum())
    effective = total**2 / float(weights @ weights)
    return WeightSpread(len(weights), total, effective, len(weights) / effective)
