"""What a rung of labour supply says about every row, and how many rows its bounds touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy

from donghaeng.rules.faults import BadInput, nearest

from .arrays import FlagArray, FloatArray, LabelArray
from .settings import Rung


@dataclass(frozen=True)
class Touched:
    """Rows that a bound touched, by bound, and rows left as they are because a figure is not known."""

    net_of_tax_floor: int = 0
    income_floor: int = 0
    hours: int = 0
    probability: int = 0
    not_known: int = 0

    @property
    def total(self) -> int:
        """Touched by a bound; a row may count under several."""
        return self.net_of_tax_floor + self.income_floor + self.hours + self.probability


@dataclass(frozen=True)
class Response:
    """One row a person, all arrays of shape (n,).

    Attributes:
        work_before, work_after: probability of working; before it is 0 or 1 as observed, after it is the
            probability for a person observed so.
        earnings_before: won a month, 0 for those who do not work.
        earnings_at_work: won a month if at work under the reform. Of discrete choice: expected, given work.
        hours_before, hours_at_work: hours a week likewise.
        touched: how many rows the bounds touched.
    """

    rungs: tuple[Rung, ...]
    name: str
    weight: FloatArray
    groups: Mapping[str, LabelArray]
    work_before: FloatArray
    work_after: FloatArray
    earnings_before: FloatArray
    earnings_at_work: FloatArray
    hours_before: FloatArray
    hours_at_work: FloatArray
    touched: Touched

    @property
    def expected_earnings(self) -> FloatArray:
        """Won a month under the reform: 0 when not at work."""
        return _expected(self.work_after, self.earnings_at_work)

    @property
    def expected_hours(self) -> FloatArray:
        """Hours a week under the reform."""
        return _expected(self.work_after, self.hours_at_work)

    def changes(self, by: str | None = None) -> tuple[Change, ...]:
        """The change of all people, or of each group of one label, in the order of their names.

        Raises:
            BadInput: for a label that the people do not have.
        """
        if by is None:
            return (self.change("all", numpy.ones(self.weight.size, numpy.bool_)),)
        if by not in self.groups:
            raise BadInput(
                f"the people have no label {by!r}",
                field="by",
                remedy=nearest(by, self.groups) or f"one of {', '.join(self.groups) or 'none'}",
            )
        groups = self.groups[by]
        return tuple(self.change(str(name), groups == name) for name in numpy.unique(groups))

    def change(self, group: str, rows: FlagArray) -> Change:
        """The weighted change of the rows that are flagged."""
        weight = self.weight[rows]

        def mean(values: FloatArray) -> float:
            return float(weight @ values[rows] / weight.sum()) if weight.size else float("nan")

        return Change(
            group=group,
            rows=int(rows.sum()),
            people=float(weight.sum()),
            work_before=100 * mean(self.work_before),
            work_after=100 * mean(self.work_after),
            points=100 * mean(self.work_after - self.work_before),
            hours_percent=_percent(mean(self.hours_before), mean(self.expected_hours)),
            earnings_percent=_percent(mean(self.earnings_before), mean(self.expected_earnings)),
            earnings=mean(self.expected_earnings - self.earnings_before),
        )


@dataclass(frozen=True)
class Change:
    """Weighted figures of a group; NaN where they do not follow from what is known.

    Attributes:
        work_before, work_after: people at work, in percent.
        points: their difference, in percentage points.
        hours_percent, earnings_percent: change of all hours and earnings together, in percent.
        earnings: change of earnings, in won a month for each person.
    """

    group: str
    rows: int
    people: float
    work_before: float
    work_after: float
    points: float
    hours_percent: float
    earnings_percent: float
    earnings: float


def _expected(probability: FloatArray, at_work: FloatArray) -> FloatArray:
    """Nobody who certainly does not work needs known earnings."""
    return numpy.where(probability > 0, probability * at_work, 0.0)


def _percent(before: float, after: float) -> float:
    return 100 * (after / before - 1) if before > 0 else float("nan")
