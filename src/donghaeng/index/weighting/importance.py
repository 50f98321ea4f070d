"""What a child really does to a composite: the part of its variance that goes with the child.

Source: Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo or science?, Journal of the Royal
Statistical Society A 176, 609-634. The main effect, or correlation ratio, eta^2 = V(E(y | x)) / V(y), set
beside the nominal weights: a child may weigh much and matter little.
"""

from __future__ import annotations

from enum import StrEnum

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FloatArray
from .correlation import pairwise_correlation

BANDWIDTHS = numpy.geomspace(0.05, 2.0, 20)  # as a share of the range of x
SMOOTHNESS = numpy.geomspace(1e-8, 1e4, 60)
MOST_ROWS_OF_KERNEL = 1_000
INNER_KNOTS = 10


class Smoother(StrEnum):
    """How E(y | x) is estimated."""

    KERNEL = "kernel"
    """Local linear regression, its bandwidth by leaving one out: as in the paper."""

    SPLINE = "spline"
    """A penalised cubic spline, its smoothness by generalised cross-validation: for many rows."""


def linear_importance(values: FloatArray, composite: FloatArray) -> FloatArray:
    """r^2 of each child with the composite, (..., children): eta^2 if the relation is a straight line.

    Args:
        values: (..., rows, children).
        composite: (..., rows).

    >>> linear_importance(numpy.array([[1.0], [2.0], [3.0]]), numpy.array([2.0, 4.0, 6.0])).tolist()
    [1.0]
    """
    values, composite = numpy.broadcast_arrays(values, composite[..., None])
    table = numpy.concatenate([values, composite[..., :1]], axis=-1)
    squared: FloatArray = pairwise_correlation(table)[..., -1, :-1] ** 2
    return squared


def nonlinear_importance(
    values: FloatArray, composite: FloatArray, *, smoother: Smoother = Smoother.KERNEL
) -> FloatArray:
    """eta^2 of each child, (..., children), in 0..1, from a smooth curve through the rows that have both.

    Missing where child or composite does not vary, or fewer than four rows have both. A child with two or
    three different values is not smoothed: its group means are the exact E(y | x).

    Raises:
        BadInput: more than 1,000 rows for the kernel (its cost grows with their square).
    """
    values = numpy.asarray(values, dtype=numpy.float64)
    lead = numpy.broadcast_shapes(values.shape[:-2], composite.shape[:-1])
    rows, children = values.shape[-2:]
    if Smoother(smoother) is Smoother.KERNEL and rows > MOST_ROWS_OF_KERNEL:
        raise BadInput(f"{rows} rows for a kernel", remedy=f"smoother={Smoother.SPLINE.value!r}")
    values = numpy.broadcast_to(values, (*lead, rows, children))
    composite = numpy.broadcast_to(composite, (*lead, rows))
    result = numpy.empty((*lead, children))
    for place in numpy.ndindex(*lead, children):
        x, y = values[(*place[:-1], slice(None), place[-1])], composite[place[:-1]]
        both = ~numpy.isnan(x) & ~numpy.isnan(y)
        result[place] = _correlation_ratio(x[both], y[both], Smoother(smoother))
    return result


def _correlation_ratio(x: FloatArray, y: FloatArray, smoother: Smoother) -> float:
    if x.size < 4 or numpy.ptp(x) == 0.0 or numpy.ptp(y) == 0.0:
        return float("nan")
    different, group = numpy.unique(x, return_inverse=True)
    if different.size <= 3:
        means = numpy.bincount(group, y) / numpy.bincount(group)
        fitted = means[group]
    else:
        unit = (x - different[0]) / (different[-1] - different[0])
        fitted = _kernel(unit, y) if smoother is Smoother.KERNEL else _spline(unit, y)
    return float(min(1.0, fitted.var() / y.var()))


def _kernel(x: FloatArray, y: FloatArray) -> FloatArray:
    """Local linear fit at each x (0..1) with Gaussian weights; the bandwidth that best foretells each y."""
    away = x[None, :] - x[:, None]
    best, least = numpy.full(y.size, y.mean()), numpy.inf
    for bandwidth in BANDWIDTHS:
        near = numpy.exp(-0.5 * (away / bandwidth) ** 2)
        first = (near * away).sum(axis=1, keepdims=True)
        second = (near * away**2).sum(axis=1, keepdims=True)
        total = near.sum(axis=1, keepdims=True)
        line = near * (second - first * away)
        sums = line.sum(axis=1, keepdims=True)
        # A point with no neighbour in reach has no slope there: its local mean.
        alone = sums <= 1e-12 * total * bandwidth**2
        hat = numpy.where(alone, near / total, line / numpy.where(alone, 1.0, sums))
        left_out = 1.0 - numpy.diagonal(hat)
        if (left_out < 1e-9).any():
            continue  # some point is foretold by itself alone
        fitted = hat @ y
        error = float((((y - fitted) / left_out) ** 2).sum())
        if error < least:
            best, least = fitted, error
    return best


def _spline(x: FloatArray, y: FloatArray) -> FloatArray:
    """Penalised cubic spline at each x (0..1) with knots at quantiles; smoothness by cross-validation."""
    from scipy.interpolate import BSpline

    inner = numpy.unique(numpy.quantile(x, numpy.linspace(0.0, 1.0, INNER_KNOTS + 2)[1:-1]))
    inner = inner[(inner > 0.0) & (inner < 1.0)]
    knots = numpy.concatenate([numpy.zeros(4), inner, numpy.ones(4)])
    basis = BSpline.design_matrix(x, knots, 3).toarray()
    size = basis.shape[1]
    # The second derivative is straight between knots: two Gauss points integrate its square exactly.
    edges = numpy.concatenate([[0.0], inner, [1.0]])
    middle, half = (edges[1:] + edges[:-1]) / 2.0, (edges[1:] - edges[:-1]) / 2.0
    points = numpy.concatenate([middle - half / numpy.sqrt(3.0), middle + half / numpy.sqrt(3.0)])
    bend = BSpline(knots, numpy.eye(size), 3)(points, nu=2)
    penalty = (bend * numpy.concatenate([half, half])[:, None]).T @ bend
    gram = basis.T @ basis
    gram += 1e-10 * numpy.trace(gram) / size * numpy.eye(size)
    root = numpy.linalg.inv(numpy.linalg.cholesky(gram))
    rough, turn = numpy.linalg.eigh(root @ penalty @ root.T)
    table = basis @ root.T @ turn
    coefficients = table.T @ y
    shrunk = 1.0 / (1.0 + SMOOTHNESS[:, None] * x.size * numpy.maximum(rough, 0.0))
    fitted = (coefficients * shrunk) @ table.T
    free = shrunk.sum(axis=1)
    error = ((y - fitted) ** 2).sum(axis=1) / numpy.maximum(1.0 - free / x.size, 1e-9) ** 2
    best: FloatArray = fitted[error.argmin()]
    return best
