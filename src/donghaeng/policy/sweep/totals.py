"""Weighted totals of all households with the error of the design, prepared once for many of them."""

from __future__ import annotations

import numpy as np

from donghaeng.inequality import Design, Singletons

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
        self._replicate: tuple[int, Array] | None = None
        self._design: Design | None = None
        if sampling is Sampling.REPLICATES:
            place = np.zeros(len(weight), np.int64)
            if unit is not None:
                place = np.unique(unit, return_inverse=True)[1].astype(np.int64)
            self._replicate = int(place.max()) + 1, place
            return
        if unit is not None and stratum is not None:  # numbers may begin anew in each stratum
            unit = np.unique(np.stack([stratum, unit]), axis=1, return_inverse=True)[1].ravel()
        units = len(weight) if unit is None else len(np.unique(unit))
        if units > 1:
            self._design = Design(weight, stratum, unit, Singletons.CERTAINTY)

    def total(self, values: Array) -> Estimate:
        """The weighted total of ``values`` (n,)."""
        if self._replicate is not None:
            count, place = self._replicate
            sums = np.bincount(place, weights=values * self.weight, minlength=count)
            return between_replicates(sums * count)
        value = float(values @ self.weight)
        if self._design is None or self._design.freedom < 1:
            return Estimate(value)
        error = self._design.standard_error(values.astype(np.float64, copy=False))
        return Estimate(value, error, self._design.freedom)
