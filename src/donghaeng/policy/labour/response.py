"""What a rung of labour supply says about every row, and how many rows its bounds touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy

from donghaeng.rules.faults import BadInput

from .arrays import FlagArray, FloatArray
from .labels import Labels, labels_of
from .settings import Rung


@dataclass(frozen=True)
class Touched:
    """Rows that a bound touched, by bound, and rows left as they are because a figure is not known."""

    net_of_tax_floor: int = 0
    income_floor: int = 0
    largest_change: int = 0
    hours: int = 0
    probability: int = 0
    not_known: int = 0

    @property
    def total(self) -> int:
        """Touched by a bound; a row may count under several."""
        floors = self.net_of_tax_floor + self.income_floor
        return floors + self.largest_change + self.hours + self.probability


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
    groups: Mapping[str, Labels]
    work_before: FloatArray
    work_after: FloatArray
    earnings_before: FloatArray
    earnings_at_work: FloatArray
    hours_before: FloatArray
    hours_at_work: FloatArray
    touched: Touched

    @property
    def outcomes(self) -> FloatArray:
        """Probability of working and of not working, (n, 2), for ``consequences``."""
        return numpy.stack([self.work_after, 1 - self.work_after], axis=1)

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
        return self._changes(labels_of(self.groups, by, "by"))

    def change(self, group: str, rows: FlagArray) -> Change:
        """The weighted change of the rows that are flagged.

        Raises:
            BadInput: where no row is.
        """
        found = self._changes(Labels(("others", group), rows.astype(numpy.int64)))
        if not found or found[-1].group != group:
            raise BadInput("there is nobody in this group", field=group)
        return found[-1]

    def _changes(self, of: Labels) -> tuple[Change, ...]:
        count = len(of.names)
        rows = numpy.bincount(of.codes, minlength=count)

        def sums(values: FloatArray) -> FloatArray:
            return numpy.bincount(of.codes, self.weight * values, count).astype(numpy.float64)

        people = sums(numpy.ones(self.weight.size))
        work_before, work_after = sums(self.work_before), sums(self.work_after)
        moved = sums(self.work_after - self.work_before)
        hours = sums(self.hours_before), sums(self.expected_hours)
        expected = self.expected_earnings
        earnings = sums(self.earnings_before), sums(expected)
        more = sums(expected - self.earnings_before)
        return tuple(
            Change(
                group=of.names[i],
                rows=int(rows[i]),
                people=float(people[i]),
                work_before=float(100 * work_before[i] / people[i]),
                work_after=float(100 * work_after[i] / people[i]),
                points=float(100 * moved[i] / people[i]),
                hours_percent=_percent(hours[0][i], hours[1][i]),
                earnings_percent=_percent(earnings[0][i], earnings[1][i]),
                earnings=float(more[i] / people[i]),
            )
            for i in numpy.flatnonzero(rows)
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
    return float(100 * (after / before - 1)) if before > 0 else float("nan")
