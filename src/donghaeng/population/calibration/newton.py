"""Weights that meet the constraints and stay nearest to the old ones: Newton's method on the dual.

The weights are w = d·F(x'λ), and the λ that meet the constraints minimise Σ d·∫F(x'λ) − t'λ, which is convex.
A line search on it makes every step a descent, so the method finds the weights whenever they exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy
from scipy import sparse

from donghaeng.rules.faults import BadInput

from .constraints import Constraints
from .distances import Bounds, Distance, FloatArray, checked_bounds, ratio
from .infeasible import explain_infeasible

ROUNDS = 100
TOLERANCE = 1e-9
SHORTEST = 2.0**-40
FLAT = (
    1e-12  # eigenvalues below it, relative to the largest, belong to margins that repeat each other
)


@dataclass(frozen=True)
class Solution:
    """New weights, shape (n,), and how many rounds they took."""

    weights: FloatArray
    rounds: int


def calibrate_weights(
    constraints: Constraints,
    weights: FloatArray,
    *,
    distance: Distance,
    bounds: Bounds | None = None,
    tolerance: float = TOLERANCE,
    rounds: int = ROUNDS,
) -> Solution:
    """The weights nearest to ``weights`` that meet the constraints.

    Args:
        constraints: of shape (households, targets).
        weights: shape (households,), above 0.
        distance: what nearest means.
        bounds: of the ratio of weights, for the distances that have them.
        tolerance: largest deviation from a total, as a share of it.
        rounds: of Newton's method.

    Raises:
        BadInput: where the constraints cannot be met, naming the margin and the nearest figure that can; where
            the linear distance gives a weight that is not above 0; for weights that are none.
    """
    checked_bounds(distance, bounds)
    old = checked_weights(weights, constraints.parts.shape[0])
    scale = scale_of(constraints, old)
    parts = (constraints.parts @ sparse.diags(1 / scale)).tocsr()
    totals = constraints.totals / scale
    at = numpy.zeros(len(totals))
    now = ratio(distance, bounds, parts @ at)
    for done in range(rounds + 1):
        gradient = parts.T @ (old * now.value) - totals
        if numpy.abs(gradient).max(initial=0) <= tolerance:
            return Solution(_positive(old * now.value, distance), done)
        with numpy.errstate(over="ignore", invalid="ignore"):  # where there is no end, λ has none
            step = _direction(parts, old * now.slope, gradient)
            found = _descend(parts, old, totals, distance, bounds, at, step, gradient, now.integral)
        if found is None:
            break
        at, now = found
    raise explain_infeasible(constraints, old, distance, bounds, done)


def scale_of(constraints: Constraints, weights: FloatArray) -> FloatArray:
    """What a deviation from each total is measured in: the total, or what is there where it is 0."""
    size = numpy.asarray(abs(constraints.parts).T @ weights)
    totals = numpy.abs(constraints.totals)
    return numpy.where(totals > 0, totals, numpy.where(size > 0, size, 1.0))


def checked_weights(weights: FloatArray, rows: int) -> FloatArray:
    """``weights`` as floats, each above 0.

    Raises:
        BadInput: with how many are not, and the first rows.
    """
    given = numpy.asarray(weights, dtype=numpy.float64)
    if given.shape != (rows,):
        raise BadInput(f"{given.size} weights for {rows} households", field="weight")
    wrong = numpy.flatnonzero(~((given > 0) & numpy.isfinite(given)))
    if len(wrong):
        shown = ", ".join(f"row {row} is {given[row]:g}" for row in wrong[:3])
        raise BadInput(
            f"{len(wrong):,} of {rows:,} are no weight: {shown}",
            field="weight",
            remedy="a number above 0",
        )
    return given


def _direction(parts: Any, slope: FloatArray, gradient: FloatArray) -> FloatArray:
    """Newton's direction; margins that repeat each other leave it determined up to what does not matter."""
    curvature = (parts.T @ sparse.diags(slope) @ parts).toarray()
    values, vectors = numpy.linalg.eigh(curvature)
    floor = max(float(values[-1]) * FLAT, numpy.finfo(numpy.float64).tiny)
    direction: FloatArray = -(vectors @ ((vectors.T @ gradient) / numpy.maximum(values, floor)))
    return direction


def _descend(
    parts: Any,
    old: FloatArray,
    totals: FloatArray,
    distance: Distance,
    bounds: Bounds | None,
    at: FloatArray,
    step: FloatArray,
    gradient: FloatArray,
    integral: FloatArray,
) -> tuple[FloatArray, Any] | None:
    """The first of the step, half of it, a quarter … that brings the dual down; None where none does."""
    before = float(old @ integral - totals @ at)
    slope = float(gradient @ step)
    noise = 1e-14 * (float(old @ numpy.abs(integral)) + float(numpy.abs(totals) @ numpy.abs(at)))
    length = 1.0
    while length >= SHORTEST:
        there = at + length * step
        new = ratio(distance, bounds, parts @ there)
        after = float(old @ new.integral - totals @ there)
        if numpy.isfinite(after) and after <= before + 1e-4 * length * slope + noise:
            return there, new
        length /= 2
    return None


def _positive(weights: FloatArray, distance: Distance) -> FloatArray:
    wrong = numpy.flatnonzero(weights <= 0)
    if len(wrong):
        raise BadInput(
            f"the {distance} distance gives {len(wrong):,} weights that are not above 0, the first "
            f"in row {wrong[0]} ({weights[wrong[0]]:,.4g})",
            field="distance",
            remedy="exponential, or a distance with bounds whose lower one is above 0",
        )
    return weights
