"""One city over years: did the index rise, and by how much, as far as the draws can say.

There are no ranks of one city. Each draw holds the index and its areas in every period, computed with
the same choices and the same errors in the data, so that what periods share cancels in their change.

For more draws than memory holds, `rank_counts.RankCounts` with periods as units counts the pairs, and
`score_histogram.Histogram` of the change its quantiles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.rules.faults import BadInput

from .intervals import Bounded


@dataclass(frozen=True)
class Change:
    """How each node (the index, its areas) changed between two periods; everything (nodes,).

    ``rose`` is the share of draws in which it rose, with the interval that comes of having only so many
    draws (Wilson, 95 %); ``size`` is the median change with the interval asked for. NaN where the node
    has no value.
    """

    rose: Bounded
    fell: Bounded
    same: FloatArray
    size: Bounded
    draws: int


def period_intervals(draws: FloatArray, level: float = 0.9) -> Bounded:
    """Median and interval of each node in each period, (periods, nodes).

    Args:
        draws: shape (draws, periods, nodes).

    >>> found = period_intervals(np.arange(101.0)[:, None, None])
    >>> [round(float(bound[0, 0]), 9) for bound in (found.low, found.estimate, found.high)]
    [5.0, 50.0, 95.0]
    """
    require_complete(draws)
    return middle(draws, level)


def change_between(draws: FloatArray, before: int, after: int, level: float = 0.9) -> Change:
    """The change of each node from one period to another (places on the axis of periods).

    Args:
        draws: shape (draws, periods, nodes).

    Raises:
        BadInput: where a node has a value in some draws and not in others.

    >>> index = np.array([[[100.0], [104.0]], [[100.0], [101.0]], [[100.0], [99.0]], [[100.0], [102.0]]])
    >>> float(change_between(index, 0, 1).rose.estimate[0])
    0.75
    """
    periods = draws.shape[1]
    if not (-periods <= before < periods and -periods <= after < periods):
        raise BadInput(f"periods {before} and {after} of {periods}", remedy="places from 0")
    require_complete(draws)
    change = draws[:, after] - draws[:, before]
    missing = np.isnan(change[0])
    rose, fell = ((side > 0).sum(axis=0) for side in (change, -change))
    return Change(
        share_of_draws(rose, len(change), missing),
        share_of_draws(fell, len(change), missing),
        np.where(missing, np.nan, (len(change) - rose - fell) / len(change)),
        middle(change, level),
        len(change),
    )


def middle(values: FloatArray, level: float) -> Bounded:
    """The median over the first axis, and the interval that leaves as much out at either end."""
    if not 0 < level < 1:
        raise BadInput(f"an interval of level {level}", remedy="between 0 and 1")
    tail = (1 - level) / 2
    low, estimate, high = np.quantile(values, [tail, 0.5, 1 - tail], axis=0)
    return Bounded(estimate, low, high)


def share_of_draws(count: WholeArray, draws: int, missing: FlagArray) -> Bounded:
    """The share of draws, with Wilson's interval of 95 % (it holds at shares of 0 and 1 too)."""
    share = np.where(missing, np.nan, count / draws)
    deviate = float(special.ndtri(0.975))
    weight = deviate**2 / draws
    centre = (share + weight / 2) / (1 + weight)
    reach = np.sqrt(share * (1 - share) * weight + weight**2 / 4) / (1 + weight)
    return Bounded(share, np.maximum(centre - reach, 0), np.minimum(centre + reach, 1))


def require_complete(draws: FloatArray) -> None:
    """Refuse draws of another shape, none at all, or with values that only some draws have."""
    if draws.ndim != 3 or not len(draws):
        raise BadInput(f"draws of shape {draws.shape}", remedy="(draws, periods, nodes)")
    missing = np.isnan(draws)
    if np.isinf(draws).any() or np.any(missing != missing[0]):
        raise BadInput(
            "a node has no finite value in some of the draws",
            remedy="settle the choices so that every draw can be computed",
        )
