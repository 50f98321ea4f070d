"""Weights from principal components: the first component alone, or rotated factors.

Rows that lack a value are left out (listwise), as COINr and the OECD Handbook do; the result says how many
rows are used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FlagArray, FloatArray, WholeArray
from ..coherence.components import varimax


@dataclass(frozen=True)
class PrincipalComponent:
    """The first principal component of standardised columns."""

    loadings: FloatArray
    """(..., children): a vector of length one. Its sign is arbitrary; here the sum is not negative."""

    eigenvalues: FloatArray
    """(..., children), descending."""

    rows_used: WholeArray
    """(...): rows without a missing value."""

    @property
    def explained(self) -> FloatArray:
        """(...): the share of all variance that the component carries."""
        share: FloatArray = self.eigenvalues[..., 0] / self.eigenvalues.sum(axis=-1)
        return share


@dataclass(frozen=True)
class FactorWeights:
    """Weights from rotated factors."""

    weights: FloatArray
    """(children,), summing to one."""

    factors: WholeArray
    """(children,): the factor to which each child belongs."""

    loadings: FloatArray
    """(children, factors), after rotation."""

    explained: FloatArray
    """(factors,): the variance that each factor carries after rotation, as a share of all factors kept."""

    eigenvalues: FloatArray
    """(children,), descending, before rotation."""

    rows_used: int


def first_component(values: FloatArray) -> PrincipalComponent:
    """The first principal component; its raw loadings are COINr's PCA weights.

    They can be negative, and then they are no weights: an index refuses them, and the child that points the
    other way should be looked at.

    Raises:
        BadInput: fewer than three complete rows, or a column that does not vary over them.

    >>> first_component(numpy.array([[1.0, 2], [2, 1], [3, 4], [4, 3]])).loadings.round(4).tolist()
    [0.7071, 0.7071]
    """
    correlation, rows = _correlation(values)
    eigenvalues, vectors = numpy.linalg.eigh(correlation)
    first = vectors[..., -1]
    sign = numpy.where(first.sum(axis=-1, keepdims=True) < 0.0, -1.0, 1.0)
    return PrincipalComponent(first * sign, eigenvalues[..., ::-1], rows)


def factor_weights(
    values: FloatArray, *, factors: int | None = None, smallest_eigenvalue: float = 1.0
) -> FactorWeights:
    """Weights from varimax-rotated principal factors (Nicoletti, Scarpetta and Boylaud 2000; OECD 2008).

    Args:
        values: (rows, children) of one table.
        factors: how many to keep; where not given, those with an eigenvalue above ``smallest_eigenvalue``.

    Raises:
        BadInput: as :func:`first_component`; or a number of factors that there cannot be.
    """
    correlation, rows = _correlation(values)
    eigenvalues, vectors = numpy.linalg.eigh(correlation)
    eigenvalues, vectors = eigenvalues[::-1], vectors[:, ::-1]
    kept = max(1, int((eigenvalues > smallest_eigenvalue).sum())) if factors is None else factors
    if not 1 <= kept <= len(eigenvalues):
        raise BadInput(f"{kept} factors of {len(eigenvalues)} children", field="factors")
    unrotated = vectors[:, :kept] * numpy.sqrt(numpy.maximum(eigenvalues[:kept], 0.0))
    loadings, _ = varimax(unrotated)
    weights, belongs = weights_from_loadings(loadings)
    carried = (loadings**2).sum(axis=0)
    return FactorWeights(
        weights, belongs, loadings, carried / carried.sum(), eigenvalues, int(rows)
    )


def weights_from_loadings(loadings: FloatArray) -> tuple[FloatArray, WholeArray]:
    """The weights that rotated loadings (children, factors) give, and the factor of each child.

    The squared loading over the variance of its factor is the child's weight within the factor. A child
    belongs to the factor in which that is highest; it weighs that times the factor's share of the variance;
    all are scaled to sum to one.
    """
    squared = loadings**2
    carried = squared.sum(axis=0)
    within = squared / carried
    belongs = within.argmax(axis=1)
    raw = within[numpy.arange(len(loadings)), belongs] * carried[belongs]
    return raw / raw.sum(), belongs


def _correlation(values: FloatArray) -> tuple[FloatArray, WholeArray]:
    """The correlation matrix (..., children, children) over complete rows, and their number."""
    complete: FlagArray = numpy.logical_not(numpy.isnan(values).any(axis=-1))
    rows = complete.sum(axis=-1)
    if (rows < 3).any():
        raise BadInput(
            f"{int(rows.min())} rows without a missing value", remedy="3 at least: impute first"
        )
    used = numpy.where(complete[..., None], values, 0.0)
    mean = used.sum(axis=-2, keepdims=True) / rows[..., None, None]
    away = numpy.where(complete[..., None], values - mean, 0.0)
    spread = numpy.sqrt((away**2).sum(axis=-2, keepdims=True))
    constant = numpy.argwhere(spread <= 1e-13 * numpy.abs(mean) * numpy.sqrt(rows)[..., None, None])
    if constant.size:
        raise BadInput(f"column {constant[0][-1]} does not vary over the complete rows")
    scaled = away / spread
    correlation: FloatArray = numpy.swapaxes(scaled, -1, -2) @ scaled
    return correlation, rows
