"""How the rows were drawn, and what a measure's standard error is under that design.

The usual formula of the "ultimate cluster" (Hansen, Hurwitz and Madow 1953; Wolter 2007, section 2.4):
whole clusters are taken as drawn with replacement within each stratum, whatever was drawn inside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy
from numpy.typing import NDArray

from donghaeng.rules.faults import BadInput

from .distribution import Figures, checked_weights
from .sums import FloatArray, IndexArray, total

Codes = NDArray[Any]


class Singletons(StrEnum):
    """What a stratum with a single cluster adds to the variance. ``label`` is its name in the catalogue."""

    REFUSE = "refuse"
    CENTRE = "centre"
    CERTAINTY = "certainty"

    @property
    def label(self) -> str:
        return SINGLETON_LABELS[self]


SINGLETON_LABELS = {
    Singletons.REFUSE: "a stratum with a single cluster is refused",
    Singletons.CENTRE: "a single cluster is compared with the mean of all clusters",
    Singletons.CERTAINTY: "a single cluster was sure to be drawn and adds nothing",
}


@dataclass(frozen=True, eq=False, init=False)
class Design:
    """The weights, and for each row its stratum and its cluster (n,); codes of any kind, no gaps.

    Without ``cluster`` each row is a cluster: one row a household. Where rows are persons, the cluster is
    the household at least, as its members share one income. ``weights`` are those with which the
    measures are taken: of persons, or of households times their persons.

    >>> persons = Design([1, 1, 1], cluster=["a", "a", "b"])
    >>> persons.standard_error(numpy.array([0.2, 0.2, -0.4])), persons.clusters
    (0.8, 2)
    """

    weights: FloatArray
    stratum: Codes | None = None
    cluster: Codes | None = None
    singletons: Singletons = Singletons.REFUSE

    def __init__(
        self,
        weights: Figures,
        stratum: Any = None,
        cluster: Any = None,
        singletons: Singletons = Singletons.REFUSE,
    ) -> None:
        rows = len(weights)
        object.__setattr__(self, "weights", checked_weights(weights, rows))
        object.__setattr__(self, "stratum", _codes(stratum, rows, "stratum"))
        object.__setattr__(self, "cluster", _codes(cluster, rows, "cluster"))
        object.__setattr__(self, "singletons", singletons)
        if self.clusters < 2:
            raise BadInput("a standard error needs two clusters at least", field="cluster")

    @cached_property
    def _clusters(self) -> tuple[int, IndexArray | None]:
        """How many clusters there are, and the number of each row's."""
        if self.cluster is None:
            return len(self.weights), None
        return numbered(self.cluster)

    @cached_property
    def _strata(self) -> tuple[int, IndexArray | None]:
        """How many strata there are, and the number of each cluster's."""
        if self.stratum is None:
            return 1, None
        count, of_row = numbered(self.stratum)
        clusters, cluster = self._clusters
        if cluster is None:
            return count, of_row
        found = numpy.zeros(clusters, dtype=numpy.int64)
        found[cluster] = of_row
        split = cluster[found[cluster] != of_row]
        if len(split):
            raise BadInput(
                f"{len(numpy.unique(split)):,} clusters lie in two strata or more",
                field="cluster",
                remedy="number the clusters of each stratum differently",
            )
        return count, found

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return self._clusters[0]

    @property
    def strata(self) -> int:
        """How many strata there are."""
        return self._strata[0]

    @property
    def freedom(self) -> int:
        """Degrees of freedom: clusters less strata."""
        return self.clusters - self.strata

    def variance(self, influence: FloatArray) -> float:
        """The variance of an estimate with this ``influence`` (n,), one figure a row.

        Sum over strata of c/(c - 1) times the squared deviations of the clusters' weighted totals.
        Raises BadInput for another number of rows, and for a single cluster under REFUSE.
        """
        if influence.shape != self.weights.shape:
            raise BadInput(
                f"an influence of {len(influence):,} rows in a design of {len(self.weights):,}"
            )
        totals: FloatArray = self.weights * influence
        count, of_row = self._clusters
        if of_row is not None:
            totals = numpy.asarray(numpy.bincount(of_row, weights=totals, minlength=count))
        strata, stratum = self._strata
        if stratum is None:
            return count / (count - 1) * total((totals - total(totals) / count) ** 2)
        size = numpy.bincount(stratum, minlength=strata).astype(float)
        single = size == 1
        if self.singletons is Singletons.REFUSE and single.any():
            raise BadInput(
                f"{int(single.sum()):,} strata have a single cluster",
                field="stratum",
                remedy="join them with others, or choose centre or certainty",
            )
        middle = numpy.bincount(stratum, weights=totals, minlength=strata) / size
        factor = size / numpy.maximum(size - 1, 1)
        if self.singletons is Singletons.CENTRE:
            middle[single] = total(totals) / count
        return total(factor[stratum] * (totals - middle[stratum]) ** 2)

    def standard_error(self, influence: FloatArray) -> float:
        """The root of ``variance``."""
        return float(numpy.sqrt(self.variance(influence)))


def _codes(codes: Any, rows: int, field: str) -> Codes | None:
    if codes is None:
        return None
    found = numpy.asarray(codes)
    if found.shape != (rows,):
        raise BadInput(f"one code a row is needed: {found.shape} for {rows:,} rows", field=field)
    if found.dtype.kind == "f" and not numpy.isfinite(found).all():
        raise BadInput("a code is missing", field=field)
    return found


def numbered(codes: Codes) -> tuple[int, IndexArray]:
    """How many different codes there are, and the number of each row's, from 0.

    >>> numbered(numpy.array([7, 7, 9]))
    (2, array([0, 0, 1]))
    """
    if bool((codes[1:] >= codes[:-1]).all()):  # as tables of persons are: no sorting
        number = numpy.zeros(len(codes), dtype=numpy.int64)
        numpy.cumsum(codes[1:] != codes[:-1], out=number[1:])
        return int(number[-1]) + 1, number
    different, number = numpy.unique(codes, return_inverse=True)
    return len(different), number.astype(numpy.int64, copy=False)
