"""Benefit of the doubt: each row is scored with the weights that are best for it (a linear programme).

Source: Melyn and Moesen (1991); Cherchye, Moesen, Rogge and Van Puyenbroeck (2007), Social Indicators
Research 82, 111-145. Row i gets the non-negative weights that maximise its own weighted sum, under the
condition that no row, scored with the same weights, exceeds one. A score below one says that a peer does
better whatever the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FloatArray
from .availability import checked_weights
from .faults import refuse


@dataclass(frozen=True)
class BenefitOfTheDoubtResult:
    """Scores, and the weights and shares that each row chose.

    The score is unique; the weights need not be: where several sets are equally good, one of them is here.
    """

    scores: FloatArray
    """(..., rows), in 0..1; missing where a row has no child."""

    weights: FloatArray
    """(..., rows, children), per unit of the child; zero for a child that is missing."""

    shares: FloatArray
    """(..., rows, children): what part of the row's score comes from each child; they sum to one."""


@dataclass(frozen=True)
class Bounds:
    """How far the weights of a child may go, each an array (children,) or nothing.

    The bounds on weights are on the weights themselves (of children on one scale); the bounds on shares are
    on the part of the row's own score that comes from the child, and do not depend on units.
    """

    lower_weight: FloatArray | None = None
    upper_weight: FloatArray | None = None
    lower_share: FloatArray | None = None
    upper_share: FloatArray | None = None

    def check(self, children: int) -> None:
        """Refuse bounds of another length, negative, crossed, or that no shares can meet."""
        for name, bound in vars(self).items():
            if bound is not None and (bound.shape != (children,) or not (bound >= 0.0).all()):
                raise BadInput(
                    f"{name} has not one number of 0 or more for each of {children} children",
                    field=name,
                )
        for kind in ("weight", "share"):
            low, high = getattr(self, f"lower_{kind}"), getattr(self, f"upper_{kind}")
            if low is not None and high is not None and (low > high).any():
                child = int((low > high).argmax())
                raise BadInput(f"the lower {kind} of child {child} is above its upper one")
        if self.lower_share is not None and self.lower_share.sum() > 1.0 + 1e-9:
            raise BadInput(
                f"the lower shares sum to {self.lower_share.sum():g}", remedy="at most 1"
            )
        if self.upper_share is not None and self.upper_share.sum() < 1.0 - 1e-9:
            raise BadInput(
                f"the upper shares sum to {self.upper_share.sum():g}", remedy="at least 1"
            )


FREE = Bounds()


def benefit_of_the_doubt(
    values: FloatArray, weights: FloatArray, *, share_spread: float | None = None
) -> FloatArray:
    """The scores alone, in the form of every other rule: (..., rows).

    ``weights`` are not used where ``share_spread`` is not given. Where it is, the share of each child lies
    between (1 - spread) and (1 + spread) times its nominal weight (all of them scaled to one).

    >>> rows = numpy.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]])
    >>> benefit_of_the_doubt(rows, numpy.ones(2)).round(12).tolist()
    [1.0, 1.0, 0.8]
    """
    weights = checked_weights(weights)
    if share_spread is None:
        return best_weights(values).scores
    if not 0.0 <= share_spread <= 1.0:
        raise BadInput(f"share_spread is {share_spread:g}", remedy="a number from 0 to 1")
    if not (weights.sum(axis=-1) > 0.0).all():
        raise BadInput("the nominal weights sum to zero", field="weights")
    lead = numpy.broadcast_shapes(values.shape[:-2], weights.shape[:-1])
    values = numpy.broadcast_to(values, (*lead, *values.shape[-2:]))
    weights = numpy.broadcast_to(weights, (*lead, weights.shape[-1]))
    scores = numpy.empty(values.shape[:-1])
    for draw in numpy.ndindex(*lead):
        nominal = weights[draw] / weights[draw].sum()
        bounds = Bounds(
            lower_share=nominal * (1.0 - share_spread), upper_share=nominal * (1.0 + share_spread)
        )
        scores[draw] = best_weights(values[draw], bounds=bounds).scores
    return scores


def best_weights(values: FloatArray, *, bounds: Bounds = FREE) -> BenefitOfTheDoubtResult:
    """The best weights of each row and the scores that they give.

    A missing child gets no weight in its own row and adds nothing to the row where others judge it. Upper
    shares are scaled up where those of the children that are there could not sum to one.

    Args:
        values: (..., rows, children), zero or more; higher is better.
        bounds: on weights or on shares.

    Raises:
        NonPositive: a value is below zero.
        BadInput: bounds that contradict each other, or that cannot be met (the row is named).
    """
    refuse(values < 0.0, values, "benefit of the doubt", "of 0 or more")
    bounds.check(values.shape[-1])
    weights = numpy.zeros(values.shape)
    for draw in numpy.ndindex(*values.shape[:-2]):
        weights[draw] = _best_of_table(values[draw], bounds)
    missing = numpy.isnan(values)
    parts = weights * numpy.where(missing, 0.0, values)
    scores = numpy.where(missing.all(axis=-1), numpy.nan, parts.sum(axis=-1))
    with numpy.errstate(invalid="ignore", divide="ignore"):
        shares = numpy.where(scores[..., None] > 0.0, parts / scores[..., None], numpy.nan)
    return BenefitOfTheDoubtResult(scores, weights, shares)


def common_weights(values: FloatArray) -> BenefitOfTheDoubtResult:
    """One set of weights for all rows of a table (rows, children): as near to the frontier as can be.

    It maximises the sum of the scores under the condition that none exceeds one. No row scores higher than
    with its own best weights: a row that scores much lower owes its place to weights that fit it alone.
    """
    from scipy.optimize import linprog

    refuse(values < 0.0, values, "benefit of the doubt", "of 0 or more")
    missing = numpy.isnan(values)
    known = numpy.where(missing, 0.0, values)
    scale = _scale(known)
    table = known / scale
    answer = linprog(
        -table.sum(axis=0), A_ub=_frontier(table), b_ub=numpy.ones(len(_frontier(table)))
    )
    weights = numpy.broadcast_to(answer.x / scale, values.shape)
    scores = numpy.where(missing.all(axis=-1), numpy.nan, (weights * known).sum(axis=-1))
    with numpy.errstate(invalid="ignore", divide="ignore"):
        shares = numpy.where(scores[:, None] > 0.0, weights * known / scores[:, None], numpy.nan)
    return BenefitOfTheDoubtResult(scores, weights, shares)


def _best_of_table(values: FloatArray, bounds: Bounds) -> FloatArray:
    """The best weights of each row of one table: (rows, children)."""
    missing = numpy.isnan(values)
    known = numpy.where(missing, 0.0, values)
    scale = _scale(known)  # the solver works on columns that reach one, whatever their unit
    table = known / scale
    frontier = _frontier(table)
    return numpy.array(
        [
            _best_of_row(row, table[row], missing[row], frontier, scale, bounds)
            for row in range(len(table))
        ]
    ).reshape(values.shape)


def _best_of_row(
    number: int,
    row: FloatArray,
    missing: numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.bool_]],
    frontier: FloatArray,
    scale: FloatArray,
    bounds: Bounds,
) -> FloatArray:
    from scipy.optimize import linprog

    if missing.all() or not row.any():
        return numpy.zeros(row.size)
    low = numpy.zeros(row.size) if bounds.lower_weight is None else bounds.lower_weight * scale
    high = (
        numpy.full(row.size, numpy.inf)
        if bounds.upper_weight is None
        else bounds.upper_weight * scale
    )
    low, high = numpy.where(missing, 0.0, low), numpy.where(missing, 0.0, high)
    limits = [frontier, *_share_limits(row, missing, bounds)]
    answer = linprog(
        -row,
        A_ub=numpy.vstack(limits),
        b_ub=numpy.concatenate([numpy.ones(len(frontier)), numpy.zeros(sum(map(len, limits[1:])))]),
        bounds=numpy.column_stack([low, high]),
    )
    if answer.x is None:
        raise BadInput(
            f"no weights of row {number} meet the bounds of the benefit of the doubt",
            field="bounds",
            remedy="wider bounds",
        )
    found: FloatArray = numpy.maximum(answer.x, 0.0) / scale
    return found


def _share_limits(
    row: FloatArray,
    missing: numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.bool_]],
    bounds: Bounds,
) -> list[FloatArray]:
    """Rows A with A w <= 0: each child's part of the score within its shares of the score."""
    own = numpy.diag(row)[~missing]
    limits = []
    if bounds.lower_share is not None:
        low = bounds.lower_share[~missing]
        limits.append(numpy.outer(low, row) - own)
    if bounds.upper_share is not None:
        high = bounds.upper_share[~missing]
        high = high / min(1.0, high.sum()) if high.sum() > 0.0 else numpy.ones(high.size)
        limits.append(own - numpy.outer(high, row))
    return limits


def _scale(known: FloatArray) -> FloatArray:
    largest = known.max(axis=0, initial=0.0)
    return numpy.where(largest > 0.0, largest, 1.0)


def _frontier(table: FloatArray) -> FloatArray:
    """The rows that no other row equals or exceeds in every child: the only ones that can bind.

    With weights of zero or more a row that is exceeded everywhere never has the higher sum.
    """
    rows = numpy.unique(table, axis=0)
    rows = rows[numpy.argsort(-rows.sum(axis=1), kind="stable")]
    kept: list[FloatArray] = []
    for row in rows:  # the greater sum first: nothing later exceeds what is kept
        if not kept or not (numpy.array(kept) >= row).all(axis=1).any():
            kept.append(row)
    return numpy.array(kept).reshape(-1, table.shape[1])
