"""Why no weights meet the margins: the total that cannot be met, and the nearest figure that can.

A linear programme finds the weights within the bounds that leave the least sum of relative deviations. Such
a solution leaves few totals unmet, and what it gives for them is the nearest that can be had beside the rest.
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
    totals = constraints.totals
    reached = nearest_totals(constraints, weights, distance, bounds)
    apart = numpy.abs(reached - totals) / numpy.maximum(numpy.abs(totals), 1)
    within = (
        f"with ratios of weights from {bounds.lower:g} to {bounds.upper:g}"
        if bounds is not None
        else "with weights above 0"
        if distance is Distance.EXPONENTIAL
        else "with any weights"
    )
    unmet = numpy.flatnonzero(apart > UNMET)
    if not len(unmet):
        return BadInput(
            f"all margins can be met {within}, but {rounds} rounds do not get there",
            field="rounds",
            remedy="more rounds, a wider tolerance or wider bounds",
        )
    worst = int(apart.argmax())
    target = constraints.targets[worst]
    others = (
        "all others can be met beside it"
        if len(unmet) == 1
        else f"{len(unmet) - 1} more cannot be met beside it"
    )
    return BadInput(
        f"{within}, {target.name} cannot be {target.total:,.10g}; the nearest reachable figure is "
        f"{reached[worst]:,.10g}, and {others}",
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
