"""Weighted totals of all households with the error of the design, prepared once for many of them."""

from __future__ import annotations

import numpy as np

from ..design_keys import Sampling
from ..tally import Estimate, between_replicates

Array = np.ndarray


class Totals:
    """Totals of columns (n,) of the same households; the figures of ``Tally.estimate``.

    Args:
        stratum, unit: codes (n,); ``None`` where there is one stratum, or where each household is a unit.
    """

    def __init__(
        self, sampling: Sampling, weight: Array, stratum: Array | None, unit: Array | None
    ) -> None:
        self.weight = weight
        self._replicated = sampling is Sampling.REPLICATES
        self._unit: Array | None = None
        self._stratum: Array | None = None
        rows = len(weight)
        if unit is not None or self._replicated:
            codes = np.zeros((2, rows), np.int64)
            for place, given in enumerate((None if self._replicated else stratum, unit)):
                if given is not None:
                    codes[place] = given
            keys, place_of = np.unique(codes, axis=1, return_inverse=True)
            self._unit, rows = place_of.ravel(), keys.shape[1]
            stratum = keys[0]
        self._units = rows
        if stratum is not None:
            self._stratum = np.unique(stratum, return_inverse=True)[1].ravel()
        self._sizes = np.array([rows]) if self._stratum is None else np.bincount(self._stratum)

    def total(self, values: Array) -> Estimate:
        """The weighted total of ``values`` (n,)."""
        weighted = values * self.weight
        if self._unit is not None:
            weighted = np.bincount(self._unit, weights=weighted, minlength=self._units)
        if self._replicated:
            return between_replicates(weighted * self._units)
        value, freedom = float(weighted.sum()), self._units - len(self._sizes)
        if not freedom:
            return Estimate(value)
        if (
            self._stratum is None
        ):  # einsum, as the threads of a dot product would wait for one another
            sums, squares = np.array([value]), np.array([np.einsum("h,h->", weighted, weighted)])
        else:
            sums = np.bincount(self._stratum, weights=weighted)
            squares = np.bincount(self._stratum, weights=weighted * weighted)
        spread = np.maximum(squares - sums * sums / self._sizes, 0.0)
        alone = (
            self._sizes == 1
        )  # the only unit of a stratum is compared with the mean of all units
        spread[alone] = (sums[alone] - value / self._units) ** 2
        variance = float((self._sizes / np.maximum(self._sizes - 1, 1) * spread).sum())
        return Estimate(value, float(np.sqrt(variance)), freedom)
