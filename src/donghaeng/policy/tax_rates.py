"""What work keeps: the effective marginal and the participation tax rate of the main earner.

The effective marginal tax rate is one less the part of a raise that the household keeps; the participation tax
rate one less the part of all earnings that it keeps, against not working at all. Both are of one month: what a
month's benefits and contributions do. Income tax and credits of the year follow later and are not in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .households import Households, Values

Array = np.ndarray
EARNINGS = "earnings"
# Won a month: large against steps of ten won, small against earnings.
RAISE = 100_000


@dataclass(frozen=True)
class MainEarner:
    """The person with the highest earnings of each household, the first of equals.

    Attributes:
        slot: (households,).
        earnings: of that person, won a month; 0 where nobody earns.
        known: where all earnings of the household are known.
    """

    slot: Array
    earnings: Array
    known: Array


def main_earner(earnings: Values) -> MainEarner:
    """Who earns most in each household."""
    values, known = earnings
    slot = np.argmax(values, axis=0)
    highest = np.take_along_axis(values, slot[None, :], axis=0)[0]
    sure = np.ones(values.shape[1], bool) if known is None else np.logical_and.reduce(known, axis=0)
    return MainEarner(slot, highest, sure)


def earnings_of_main(earnings: Values, earner: MainEarner, amount: Array) -> Values:
    """Everybody's earnings where the main earner earns ``amount`` instead."""
    values, known = earnings
    changed = values.copy()
    np.put_along_axis(changed, earner.slot[None, :], amount[None, :], axis=0)
    return changed, known


def with_earnings(
    households: Households, earnings: Values, earner: MainEarner, amount: Array
) -> Households:
    """The same households where the main earner earns ``amount`` instead."""
    return households.where({EARNINGS: earnings_of_main(earnings, earner, amount)})


def marginal_rate(income: Array, raised: Array) -> Array:
    """The effective marginal tax rate, (households,): 1 - (income with the raise - income) / raise.

    >>> marginal_rate(np.array([1_000_000]), np.array([1_030_000]))
    array([0.7])
    """
    kept: Array = (raised - income) / RAISE
    return 1.0 - kept


def participation_rate(income: Array, without_work: Array, earnings: Array) -> Array:
    """The participation tax rate, (households,): 1 - (income - income without work) / earnings; NaN without any.

    >>> participation_rate(np.array([1_500_000]), np.array([900_000]), np.array([1_000_000]))
    array([0.4])
    """
    earned = np.where(earnings > 0, earnings, np.nan)
    kept: Array = (income - without_work) / earned
    return 1.0 - kept
