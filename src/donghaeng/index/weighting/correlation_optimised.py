"""Weights for which the composite correlates with its children as wished.

Sources: Becker, Saisana, Paruolo and Vandecasteele (2017), Ecological Indicators 80, 12-22, in its linear form.
COINr's ``get_opt_weights`` has the same two objectives; here the search goes on until it stands still, and the
correlations that are reported are those of the weights that are returned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.rules.faults import BadInput

from ..aggregation.means import arithmetic
from ..arrays import FloatArray

# Weights from e^-15 to e^15 of the first child's: what would be below is as good as zero.
WIDEST = 15.0
STARTS = 8
STEP = 1e-6

Composite = Callable[[FloatArray], FloatArray]
"""Weights (draws, children) in, composite (draws, rows) out."""


class Objective(StrEnum):
    """What is wished of the correlations between the composite and its children."""

    BALANCE = "balance"
    """They stand to each other as the importance given (all alike where none is)."""

    HIGHEST = "highest"
    """Their sum is as large as it can be (COINr: ``infomax``)."""


@dataclass(frozen=True)
class OptimisedWeights:
    """Weights, and what they achieve."""

    weights: FloatArray
    """(children,), summing to one."""

    correlations: FloatArray
    """(children,): of each child with the composite of these weights."""

    target: FloatArray | None
    """(children,): the share of all correlation that each child was to have; None for HIGHEST."""

    largest_gap: float
    """The largest distance of a child's share of all correlation from its target; missing for HIGHEST."""

    converged: bool
    """The search stood still. A gap that remains is then due to the data: no weights do better nearby."""


def correlation_optimised(
    values: FloatArray,
    *,
    importance: FloatArray | None = None,
    objective: Objective = Objective.BALANCE,
    composite: Composite | None = None,
) -> OptimisedWeights:
    """Weights of the children of a table (rows, children) that reach the objective as nearly as can be.

    Args:
        values: (rows, children); correlations are Pearson's, over the rows that have both.
        importance: (children,), above zero; only ratios matter. For BALANCE only.
        objective: see :class:`Objective`.
        composite: what the weights make, where it is not the arithmetic mean of the children (for example
            the top of the whole tree).

    Raises:
        BadInput: a child that does not vary; an importance that is not above zero.
    """
    children = values.shape[-1]
    target = None
    if Objective(objective) is Objective.BALANCE:
        target = _target(importance, children)
    make = composite or (lambda weights: arithmetic(values, weights))
    spread = numpy.nanmax(values, axis=0) - numpy.nanmin(values, axis=0)
    if not (spread > 0.0).all():
        raise BadInput(f"child {int((~(spread > 0.0)).argmax())} does not vary")

    def correlations(logarithms: FloatArray) -> FloatArray:
        return _correlations(values, make(_weights(logarithms)))

    free, converged = _search(correlations, target, children)
    weights = _weights(free[None])[0]
    reached = correlations(free[None])[0]
    gap = numpy.nan if target is None else numpy.abs(reached / reached.sum() - target).max()
    return OptimisedWeights(weights, reached, target, float(gap), converged)


def _search(
    correlations: Composite, target: FloatArray | None, children: int
) -> tuple[FloatArray, bool]:
    """The best of several searches from different weights: its logarithms, and whether it stood still."""
    from scipy.optimize import least_squares

    if children == 1:
        return numpy.zeros(0), True

    def distance(many: FloatArray) -> FloatArray:
        r = correlations(many)
        if target is None:
            return numpy.asarray(1.0 - r.mean(axis=-1, keepdims=True))
        total = r.sum(axis=-1, keepdims=True)
        # Where correlations cancel out there is no share to speak of: steer away from there.
        return numpy.where(total > 1e-6, r / numpy.maximum(total, 1e-6) - target, 1.0)

    def slope(one: FloatArray) -> FloatArray:
        moved = numpy.concatenate(
            [one + STEP * numpy.eye(one.size), one - STEP * numpy.eye(one.size)]
        )
        away = distance(moved)
        return (away[: one.size] - away[one.size :]).T / (2.0 * STEP)

    random = numpy.random.Generator(numpy.random.Philox(key=children))
    starts = random.normal(size=(STARTS, children - 1)) * (numpy.arange(STARTS) > 0)[:, None]
    found = [
        least_squares(
            lambda one: distance(one[None])[0], start, slope, bounds=(-WIDEST, WIDEST),
            xtol=1e-14, ftol=1e-14, gtol=1e-14, max_nfev=2_000,
        )
        for start in starts
    ]  # fmt: skip
    best = min(found, key=lambda answer: float(answer.cost))
    return best.x, bool(best.status > 0)


def _weights(logarithms: FloatArray) -> FloatArray:
    """Weights (draws, children) summing to one from logarithms (draws, children - 1); the first has 0."""
    free = numpy.concatenate([numpy.zeros((len(logarithms), 1)), logarithms], axis=1)
    raw = numpy.exp(free - free.max(axis=1, keepdims=True))
    weights: FloatArray = raw / raw.sum(axis=1, keepdims=True)
    return weights


def _correlations(values: FloatArray, composites: FloatArray) -> FloatArray:
    """Pearson's r of each child (rows, children) with each composite (draws, rows): (draws, children)."""
    both = ~numpy.isnan(values) & ~numpy.isnan(composites)[..., None]
    count = both.sum(axis=-2, keepdims=True)
    child = numpy.where(both, values, 0.0)
    child = numpy.where(both, child - child.sum(axis=-2, keepdims=True) / count, 0.0)
    whole = numpy.where(both, composites[..., None], 0.0)
    whole = numpy.where(both, whole - whole.sum(axis=-2, keepdims=True) / count, 0.0)
    product = (child * whole).sum(axis=-2)
    with numpy.errstate(invalid="ignore"):  # a child that does not vary has no correlation
        r: FloatArray = product / numpy.sqrt((child**2).sum(axis=-2) * (whole**2).sum(axis=-2))
    return r


def _target(importance: FloatArray | None, children: int) -> FloatArray:
    wished = numpy.ones(children) if importance is None else numpy.asarray(importance, float)
    if wished.shape != (children,) or not (numpy.isfinite(wished) & (wished > 0.0)).all():
        raise BadInput(
            f"the importance is not one number above 0 for each of {children} children",
            field="importance",
        )
    target: FloatArray = wished / wished.sum()
    return target
