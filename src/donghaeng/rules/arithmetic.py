"""The exact operations that a rule may use beside ``+ - * /``: rounding, dates, schedules.

Every function here has its counterpart in the compiled kernel; the two agree exactly.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from .terms import Way


def quotient(left: int | Fraction, right: int | Fraction) -> Fraction:
    """``left / right`` without loss: what ``/`` means in a law.

    >>> quotient(1, 3)
    Fraction(1, 3)
    """
    if type(left) is int and type(right) is int:
        return Fraction(left, right)
    exact: Fraction = left / right  # type: ignore[assignment]  # one of them is a fraction
    return exact


def round_down(amount: int | Fraction, to: int = 1) -> int:
    """The largest multiple of ``to`` not above ``amount`` (절사).

    >>> round_down(Fraction(10999, 10)), round_down(1099, to=10)
    (1099, 1090)
    """
    return amount.numerator // (amount.denominator * to) * to


def round_up(amount: int | Fraction, to: int = 1) -> int:
    """The smallest multiple of ``to`` not below ``amount`` (올림).

    >>> round_up(1091, to=10)
    1100
    """
    return -(-amount.numerator // (amount.denominator * to)) * to


def round_nearest(amount: int | Fraction, to: int = 1) -> int:
    """The nearest multiple of ``to``; a half goes up (반올림).

    >>> round_nearest(Fraction(5, 2)), round_nearest(795405, to=10)
    (3, 795410)
    """
    double = 2 * amount.denominator * to
    return (2 * amount.numerator + amount.denominator * to) // double * to


def rounded(amount: int | Fraction, way: Way, to: int) -> int:
    """``amount`` rounded ``way`` to a multiple of ``to``."""
    if to == 1 and type(amount) is int:
        return amount
    if way is Way.DOWN:
        return round_down(amount, to)
    return round_up(amount, to) if way is Way.UP else round_nearest(amount, to)


def age_in_years(birth_date: datetime.date, on: datetime.date) -> int:
    """Full years of age (만 나이) on a day. Who was born on 29 February completes a year on 1 March
    (민법 §160③: the last month has no such day, so the period ends with its last day).

    >>> age_in_years(datetime.date(2000, 2, 29), datetime.date(2001, 2, 28))
    0
    """
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def age_in_months(birth_date: datetime.date, on: datetime.date) -> int:
    """Full months of age on a day.

    >>> age_in_months(datetime.date(2024, 1, 31), datetime.date(2024, 2, 29))
    0
    """
    months = (on.year - birth_date.year) * 12 + on.month - birth_date.month
    return months - (on.day < birth_date.day)


def months_between(start: datetime.date, end: datetime.date) -> int:
    """Calendar months from the month of ``start`` to the month of ``end``; days do not count.

    >>> months_between(datetime.date(2022, 7, 11), datetime.date(2025, 7, 1))
    36
    """
    return (end.year - start.year) * 12 + end.month - start.month


def per_month(amount_of_year: int | Fraction) -> Fraction:
    """A twelfth of a year's amount: the one declared way from a year to a month.

    >>> per_month(1_200_001)
    Fraction(1200001, 12)
    """
    return amount_of_year / Fraction(12)


class Schedule:
    """Brackets: from each threshold on, the part of an amount above it is taken at the bracket's rate.

    ``rates`` and ``thresholds`` are sorted and of one length; the first threshold is the start.
    """

    __slots__ = ("rates", "thresholds")

    def __init__(self, thresholds: Sequence[int], rates: Sequence[Fraction | int]) -> None:
        self.thresholds = tuple(thresholds)
        self.rates = tuple(Fraction(rate) for rate in rates)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Schedule)
            and self.thresholds == other.thresholds
            and self.rates == other.rates
        )

    def __hash__(self) -> int:
        return hash((self.thresholds, self.rates))

    def __repr__(self) -> str:
        return f"Schedule({list(self.thresholds)}, {[str(rate) for rate in self.rates]})"


def by_brackets(amount: int | Fraction, schedule: Schedule) -> Fraction:
    """The sum over brackets of (part of ``amount`` in the bracket) × (its rate). Exact.

    >>> by_brackets(1_500, Schedule([0, 1_000], [Fraction(6, 100), Fraction(15, 100)]))
    Fraction(135, 1)
    """
    total = Fraction(0)
    before = Fraction(0)
    for threshold, rate in zip(schedule.thresholds, schedule.rates, strict=True):
        if amount > threshold:
            total += (rate - before) * (amount - threshold)
        before = rate
    return total
