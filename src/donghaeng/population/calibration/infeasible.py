"""Why no weights meet the margins: the total that cannot be met, and the nearest figure that can.

A total may be out of reach by itself: more than all weights at their upper bound give, or less than all at
their lower. Otherwise the margins contradict each other within the bounds; a linear programme then finds the
weights that leave the least sum of relative deviations, which leaves few totals unmet.
"""

from __future__ import annotations

import numpy
from scipy import optimize, sparse

from donghaeng.rules.faults import BadInput

from .constraints import Constraints
from .distances import Bounds, Distance, FloatArray

UNMET = 1e-7


def explain_infeasible(
    constraints: Constraints,
    weights: FloatArray,
    distance: Distance,
    bounds: Bounds | None,
    rounds: int,
) -> BadInput:
    """One line on what cannot be met; or that the method has not come to its end, where all can."""
    within = _limits(distance, bounds)
    totals = constraints.totals
    low, high = reach_alone(constraints, weights, distance, bounds)
    nearest = numpy.clip(totals, low, high)
    unmet = _unmet(nearest, totals)
    if len(unmet):
        worst = unmet[0]
        whatever = "whatever the other margins"
        return _refusal(constraints, worst, nearest[worst], within, whatever, len(unmet))
    reached = nearest_totals(constraints, weights, distance, bounds)
    unmet = _unmet(reached, totals)
    if len(unmet):
        worst = unmet[0]
        return _refusal(
            constraints, worst, reached[worst], within, "beside the other margins", len(unmet)
        )
    return BadInput(
        f"all margins can be met {within}, but {rounds} rounds do not get there",
        field="rounds",
        remedy="more rounds, a wider tolerance or wider bounds",
    )


def reach_alone(
    constraints: Constraints,
    weights: FloatArray,
    distance: Distance,
    bounds: Bounds | None,
) -> tuple[FloatArray, FloatArray]:
    """The least and the greatest figure of each total, whatever becomes of the others."""
    above = numpy.asarray(constraints.parts.maximum(0).T @ weights)
    below = numpy.asarray(constraints.parts.minimum(0).T @ weights)
    if bounds is not None:
        upper, lower = bounds.upper, bounds.lower
        return lower * above + upper * below, upper * above + lower * below
    free = numpy.full(len(above), numpy.inf)
    no_end_up, no_end_down = numpy.where(above > 0, free, 0.0), numpy.where(below < 0, -free, 0.0)
    if distance is Distance.LINEAR:
        any_way = (above > 0) | (below < 0)
        return numpy.where(any_way, -free, 0.0), numpy.where(any_way, free, 0.0)
    return no_end_down, no_end_up


def _unmet(reached: FloatArray, totals: FloatArray) -> list[int]:
    """The places of totals that are not met, the farthest first."""
    apart = numpy.abs(reached - totals) / numpy.maximum(numpy.abs(totals), 1)
    return [int(place) for place in numpy.argsort(-apart, kind="stable") if apart[place] > UNMET]


def _limits(distance: Distance, bounds: Bounds | None) -> str:
    if bounds is not None:
        return f"with ratios of weights from {bounds.lower:g} to {bounds.upper:g}"
    return "with any weights" if distance is Distance.LINEAR else "with weights above 0"


def _refusal(
    constraints: Constraints, worst: int, figure: float, within: str, how: str, unmet: int
) -> BadInput:
    target = constraints.targets[worst]
    more = f", and {unmet - 1} more cannot be met" if unmet > 1 else ""
    return BadInput(
        f"{within}, {target.name} cannot be {target.total:,.10g}; {how} the nearest reachable "
        f"figure is {figure:,.10g}{more}",
        field="margins",
        remedy="wider bounds, fewer categories, or totals of one source and day",
    )


def nearest_totals(
    constraints: Constraints,
    weights: FloatArray,
    distance: Distance,
    bounds: Bounds | None,
) -> FloatArray:
    """The totals nearest to those asked, by the sum of relative deviations, shape (targets,).

    Households with the same part in every total are one variable of the programme.
    """
    parts, mass = _patterns(constraints, weights)
    totals = constraints.totals
    number = len(totals)
    if bounds is not None:
        limits = [(bounds.lower * each, bounds.upper * each) for each in mass]
    elif distance is Distance.LINEAR:
        limits = [(None, None)] * len(mass)
    else:
        limits = [(0, None)] * len(mass)
    one = sparse.identity(number)
    relative = 1 / numpy.maximum(numpy.abs(totals), 1)
    # Rows in the unit of their total, weights in the unit of their mass: figures near 1 for the solver.
    scaled = sparse.diags(relative) @ parts.T @ sparse.diags(mass)
    per_mass = [
        (None if low is None else low / own, None if high is None else high / own)
        for (low, high), own in zip(limits, mass, strict=True)
    ]
    solved = optimize.linprog(
        numpy.concatenate([numpy.zeros(len(mass)), numpy.ones(2 * number)]),
        A_eq=sparse.hstack([scaled, one, -one], format="csr"),
        b_eq=totals * relative,
        bounds=per_mass + [(0, None)] * (2 * number),
        method="highs",
    )
    if solved.x is None:
        raise BadInput(f"the margins could not be examined: {solved.message}", field="margins")
    reached: FloatArray = (scaled @ solved.x[: len(mass)]) / relative
    return reached


def _patterns(
    constraints: Constraints, weights: FloatArray
) -> tuple[sparse.csr_matrix, FloatArray]:
    """The different rows of ``parts``, and the weight of the households that have each."""
    parts = constraints.parts.tocsr()
    parts.sum_duplicates()
    first: dict[tuple[bytes, bytes], int] = {}
    row_of: list[int] = []
    pattern = numpy.empty(parts.shape[0], dtype=numpy.int64)
    for row, (start, end) in enumerate(zip(parts.indptr[:-1], parts.indptr[1:], strict=True)):
        key = parts.indices[start:end].tobytes(), parts.data[start:end].tobytes()
        place = first.setdefault(key, len(row_of))
        if place == len(row_of):
            row_of.append(row)
        pattern[row] = place
    mass: FloatArray = numpy.bincount(pattern, weights).astype(numpy.float64)
    return parts[row_of], mass
