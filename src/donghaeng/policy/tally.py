"""Weighted totals that can be added up from partition to partition, with what their errors need.

A total's error comes from the spread of the units that were drawn: households, clusters within strata
(with-replacement formula of the ultimate cluster; Wolter 2007, section 2.4) or synthetic replicates. Clusters
are numbered within strata; the only unit of a stratum is compared with the mean of all units. Each partition
gives sums by unit, or the sum and the square where a household is the unit; they merge exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from donghaeng.rules.faults import BadInput

from .design_keys import Sampling

Array = np.ndarray


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error and degrees of freedom; no error where the design gives none."""

    value: float
    standard_error: float | None = None
    freedom: int | None = None

    def interval(self, level: float = 0.95) -> tuple[float, float] | None:
        """Both ends by Student's t; ``None`` where there is no standard error."""
        from scipy.special import stdtrit

        if self.standard_error is None or not self.freedom:
            return None
        reach = float(stdtrit(self.freedom, (1 + level) / 2)) * self.standard_error
        return self.value - reach, self.value + reach


@dataclass
class Tally:
    """Weighted totals of named quantities.

    Attributes:
        sampling: which unit varies.
        names: the quantities, in the order of the columns of ``sums`` and ``squares``.
        sums: by unit (stratum code, unit code): weighted totals, (quantities,).
        squares: by stratum: sums of squares of the households' weighted values; only where the
            household is the unit.
        rows: by stratum: households.
    """

    sampling: Sampling
    names: tuple[str, ...]
    sums: dict[tuple[int, int], Array] = field(default_factory=dict)
    squares: dict[int, Array] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)

    def add(
        self, rows: Sequence[Array | None], weight: Array, stratum: Array | None, unit: Array | None
    ) -> None:
        """Add households.

        Args:
            rows: values of each quantity, (households,); ``None`` where all are zero. The same array twice
                is counted once.
            weight: of each household.
            stratum, unit: codes of (households,); ``None`` where there is one stratum, or where each
                household is a unit.
        """
        distinct = {id(row): row for row in rows if row is not None}
        place_of = {key: place for place, key in enumerate(distinct)}
        place = np.array([-1 if row is None else place_of[id(row)] for row in rows])
        weighted = np.empty((len(distinct), len(weight)))
        for target, row in zip(weighted, distinct.values(), strict=True):
            np.multiply(row, weight, out=target)
        if stratum is None and unit is None:
            self._add((0, 0), _spread(weighted.sum(axis=1), place))
            self._add_rows(0, weighted, place)
            return
        alike = np.zeros(len(weight), np.int64)
        strata, units = (alike if codes is None else codes for codes in (stratum, unit))
        of_stratum, which = np.unique(strata, return_inverse=True)
        of_unit, member = np.unique(units, return_inverse=True)
        cell, shape = which * len(of_unit) + member, (len(of_stratum), len(of_unit))
        there = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
        totals = np.stack(
            [np.bincount(cell, weights=row, minlength=there.size) for row in weighted]
        ).reshape(len(weighted), *shape)
        for upper, lower in np.argwhere(there > 0):
            key = int(of_stratum[upper]), int(of_unit[lower])
            self._add(key, _spread(totals[:, upper, lower], place))
        for number, code in enumerate(of_stratum):
            part = weighted if len(of_stratum) == 1 else weighted[:, which == number]
            self._add_rows(int(code), part, place)

    def _add(self, key: tuple[int, int], sums: Array) -> None:
        self.sums[key] = self.sums.get(key, 0.0) + sums

    def _add_rows(self, code: int, weighted: Array, place: Array) -> None:
        """The number of a stratum's households, and their squares where the household is the unit."""
        self.rows[code] = self.rows.get(code, 0) + weighted.shape[1]
        if self.sampling is Sampling.HOUSEHOLDS:
            squares = np.einsum("qh,qh->q", weighted, weighted)
            self.squares[code] = self.squares.get(code, 0.0) + _spread(squares, place)

    def merge(self, other: Tally) -> None:
        """Add what another partition counted.

        Raises:
            BadInput: where it counted other things.
        """
        if (other.sampling, other.names) != (self.sampling, self.names):
            raise BadInput("two partitions counted different quantities")
        for key, sums in other.sums.items():
            self._add(key, sums)
        for code, squares in other.squares.items():
            self.squares[code] = self.squares.get(code, 0.0) + squares
        for code, rows in other.rows.items():
            self.rows[code] = self.rows.get(code, 0) + rows

    def estimate(self, **coefficients: float) -> Estimate:
        """A sum of quantities times coefficients, such as ``estimate(reform=1, baseline=-1)``.

        Where the household is the unit, the squares are of single quantities: differences are quantities
        of their own then.
        """
        vector = np.zeros(len(self.names))
        for name, coefficient in coefficients.items():
            vector[self.names.index(name)] = coefficient
        value = float(sum(sums @ vector for sums in self.sums.values()))
        if self.sampling is Sampling.HOUSEHOLDS:
            if np.count_nonzero(vector) != 1:
                return Estimate(value)
            return self._of_households(value, vector)
        units: dict[int, list[float]] = {}
        for (stratum, _), sums in sorted(self.sums.items()):
            units.setdefault(stratum, []).append(float(sums @ vector))
        if self.sampling is Sampling.REPLICATES:
            return between_replicates(np.array(units[0]) * len(units[0]))
        middle = value / len(self.sums)
        variance = 0.0
        for totals in units.values():
            alone = len(totals) == 1
            spread = np.array(totals) - (middle if alone else np.mean(totals))
            variance += len(totals) / max(len(totals) - 1, 1) * float(spread @ spread)
        freedom = len(self.sums) - len(units)
        return Estimate(value, float(np.sqrt(variance)), freedom) if freedom else Estimate(value)

    def _of_households(self, value: float, vector: Array) -> Estimate:
        place = int(np.flatnonzero(vector)[0])
        households = sum(self.rows.values())
        middle = sum(float(self.sums[(code, 0)][place]) for code in self.rows) / households
        variance = 0.0
        for code, rows in self.rows.items():
            total = float(self.sums[(code, 0)][place])
            if rows == 1:
                variance += (total - middle) ** 2
                continue
            spread = float(self.squares[code][place]) - total * total / rows
            variance += rows / (rows - 1) * max(spread, 0.0)
        error = abs(float(vector[place])) * float(np.sqrt(variance))
        freedom = households - len(self.rows)
        return Estimate(value, error, freedom) if freedom else Estimate(value)

    @property
    def single(self) -> int:
        """How many strata have a single unit, where there are several strata."""
        units: Mapping[int, int] = self.rows
        if self.sampling is not Sampling.HOUSEHOLDS:
            units = Counter(stratum for stratum, _ in self.sums)
        return sum(count == 1 for count in units.values()) if len(units) > 1 else 0


def _spread(figures: Array, place: Array) -> Array:
    """The figure of each quantity from those of the distinct rows; zero where a row is nothing."""
    return np.where(place >= 0, figures[np.maximum(place, 0)], 0.0) if len(figures) else place * 0.0


def between_replicates(values: Array) -> Estimate:
    """The mean of one figure a replicate, with the error between them: (1 + 1/R) times their variance.

    Each replicate was made from its own draw of the source survey, so that their spread holds the survey's error
    and that of making people; the mean of R of them adds 1/R of it (Rubin 1987, *Multiple Imputation*, 3.1).
    """
    count = len(values)
    if count < 2:
        return Estimate(float(values.mean()))
    variance = (1 + 1 / count) * float(values.var(ddof=1))
    return Estimate(float(values.mean()), float(np.sqrt(variance)), count - 1)
