"""Which single figure could turn a rise into a fall, within its own uncertainty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.rules.faults import BadInput

# The change (draws,) of the index at figures (draws, figures).
ChangeOf = Callable[[FloatArray], FloatArray]

# Places on the way from the figure to its bound at which the change is looked at, and halvings after.
STEPS, HALVINGS = 16, 48


@dataclass(frozen=True)
class Turning:
    """What each figure alone can do to the sign of the change; arrays of shape (figures,).

    ``change`` is the change at the figures as they stand and ``sign`` its sign. ``turns`` says whether
    the figure can bring it to zero within its interval; ``at`` is the nearest value that does (NaN
    where none does), ``distance`` how far it is from the figure, and ``share`` which part of the way to
    its bound that is. ``at_low`` and ``at_high`` are the
    changes with the figure at its bounds.
    """

    change: float
    sign: int
    turns: FlagArray
    at: FloatArray
    distance: FloatArray
    share: FloatArray
    at_low: FloatArray
    at_high: FloatArray

    @property
    def order(self) -> list[int]:
        """The figures that can turn the sign: first those that need the least of their interval."""
        return sorted(np.flatnonzero(self.turns).tolist(), key=lambda place: self.share[place])


def sign_turning(
    change: ChangeOf, figures: FloatArray, low: FloatArray, high: FloatArray
) -> Turning:
    """Move one figure at a time through its interval, and look where the change becomes zero.

    The change is looked at in 16 places to either side and then halved down to the last digits, so the
    nearest turning point is found wherever the change does not turn and turn back between two of them
    (it never does where the index moves one way with each figure). Uncertainty of several figures
    together is for `change`.

    Args:
        change: the index of the later period less that of the earlier one, as a function of figures
            (n, figures); figures of both periods may be among them.
        figures: the figures as they stand, with the bounds of their intervals: each (figures,).

    Raises:
        BadInput: where a figure lies outside its interval, or the change has no value in it.

    >>> rise = lambda figures: figures[:, 0] + figures[:, 1] - 10
    >>> found = sign_turning(rise, np.array([7.0, 5.0]), np.array([4.0, 4.0]), np.array([9.0, 6.0]))
    >>> found.change, found.turns, found.at.round(9), found.distance.round(9)
    (2.0, array([ True, False]), array([ 5., nan]), array([-2., nan]))
    """
    require_intervals(figures, low, high)
    size = float(change_at(change, figures[None, :])[0])
    sign = int(np.sign(size))
    ways = [turning_towards(change, figures, bound, sign) for bound in (low, high)]
    (share_low, at_low), (share_high, at_high) = ways
    # Of the two sides, the one whose turning point is nearer to the figure.
    distances = np.stack([share_low * (low - figures), share_high * (high - figures)])
    away = np.where(np.isnan(distances), np.inf, np.abs(distances))
    side, place = away.argmin(axis=0), np.arange(len(figures))
    distance, share = distances[side, place], np.stack([share_low, share_high])[side, place]
    return Turning(
        size, sign, ~np.isnan(distance), figures + distance, distance, share, at_low, at_high
    )


def turning_towards(
    change: ChangeOf, figures: FloatArray, bound: FloatArray, sign: int
) -> tuple[FloatArray, FloatArray]:
    """How far each figure must go towards its bound (NaN if in vain), and the change at the bound."""
    count = len(figures)
    places = np.arange(1, STEPS + 1) / STEPS
    figure = np.repeat(np.arange(count), STEPS)
    changes = change_at(change, moved(figures, bound, figure, np.tile(places, count)))
    changes = changes.reshape(count, STEPS)
    turned = (changes * sign <= 0) & (bound != figures)[:, None]
    if not sign:
        turned[:] = False  # no change has no sign to turn
    able = np.flatnonzero(turned.any(axis=1))
    after = places[turned[able].argmax(axis=1)]
    before = after - 1 / STEPS
    for _ in range(HALVINGS if len(able) else 0):
        between = (before + after) / 2
        over = change_at(change, moved(figures, bound, able, between)) * sign <= 0
        before, after = np.where(over, before, between), np.where(over, between, after)
    share = np.full(count, np.nan)
    share[able] = after
    return share, changes[:, -1]


def moved(
    figures: FloatArray, bound: FloatArray, figure: WholeArray, share: FloatArray
) -> FloatArray:
    """Rows of figures, each with one of them moved part of the way to its bound."""
    rows = np.tile(figures, (len(figure), 1))
    rows[np.arange(len(figure)), figure] += share * (bound - figures)[figure]
    return rows


def change_at(change: ChangeOf, figures: FloatArray) -> FloatArray:
    """The change at rows of figures, which must have a value."""
    found = np.asarray(change(figures), dtype=np.float64)
    if found.shape != (len(figures),) or not np.isfinite(found).all():
        raise BadInput(
            "the change has no finite value within the intervals of the figures",
            remedy="intervals in which the index can be computed",
        )
    return found


def require_intervals(figures: FloatArray, low: FloatArray, high: FloatArray) -> None:
    """Refuse figures that are not numbers or lie outside their intervals."""
    if not figures.ndim == 1 or not figures.shape == low.shape == high.shape:
        raise BadInput(
            f"figures of shape {figures.shape} with bounds {low.shape} and {high.shape}",
            remedy="one lower and one upper bound for each figure",
        )
    fine = (low <= figures) & (figures <= high) & np.isfinite(low) & np.isfinite(high)
    if not fine.all():
        place = int(np.flatnonzero(~fine)[0])
        raise BadInput(
            f"figure {place} is {figures[place]} with an interval from {low[place]} to"
            f" {high[place]}",
            remedy="a finite interval that holds the figure",
        )
