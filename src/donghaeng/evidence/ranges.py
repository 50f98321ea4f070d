"""Exact arithmetic with ranges: what a result may be when each input is known only within two ends.

All ends are fractions; nothing is rounded on the way. Every function takes each input once, so that
a range is as narrow as the inputs allow (Moore, *Interval Analysis*, 1966: the ends are attained
where no variable occurs twice). Roots are not fractions: a geometric mean is widened outward in the
44th digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from typing import Any

# Decimal rounds ln and exp correctly in the 50th digit; what is widened outward is far more than that.
DIGITS = 50
WIDENED = Fraction(1, 10**44)

Exact = Fraction | int


@dataclass(frozen=True)
class Range:
    """All numbers between two ends; an open end does not belong to it.

    >>> Range(Fraction(1), Fraction(2)) + 1
    Range(low=Fraction(2, 1), high=Fraction(3, 1), low_open=False, high_open=False)
    """

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError(f"no number lies between {self.low} and {self.high}")

    @classmethod
    def exactly(cls, value: Exact) -> Range:
        """The range of one number that is known."""
        return cls(Fraction(value), Fraction(value))

    @property
    def middle(self) -> Fraction:
        """Half-way between the ends."""
        return (self.low + self.high) / 2

    def as_json(self) -> dict[str, Any]:
        """For programs: both ends as numbers and as the fractions that they are."""
        return {
            "low": float(self.low),
            "high": float(self.high),
            "exact": [str(self.low), str(self.high)],
            "open": [self.low_open, self.high_open],
        }

    def __contains__(self, value: Exact) -> bool:
        above = self.low < value or (self.low == value and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))

    def meets(self, other: Range) -> bool:
        """Whether some number lies in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and low in self and low in other)

    def distance(self, other: Range) -> Fraction:
        """How far above ``other`` this range lies at the least (below: negative); 0 where they touch."""
        if self.low > other.high:
            return self.low - other.high
        return min(self.high - other.low, Fraction(0))

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Range | Exact) -> Range:
        second = _range(other)
        return Range(
            self.low + second.low,
            self.high + second.high,
            self.low_open or second.low_open,
            self.high_open or second.high_open,
        )

    def __sub__(self, other: Range | Exact) -> Range:
        return self + -_range(other)

    def __mul__(self, other: Range | Exact) -> Range:
        second = _range(other)
        corners = [
            (a * b, _open(a, a_open, b, b_open))
            for a, a_open in ((self.low, self.low_open), (self.high, self.high_open))
            for b, b_open in ((second.low, second.low_open), (second.high, second.high_open))
        ]
        low, high = min(value for value, _ in corners), max(value for value, _ in corners)
        # An end belongs to the product where one of the corners that reach it does.
        low_open = all(is_open for value, is_open in corners if value == low)
        high_open = all(is_open for value, is_open in corners if value == high)
        return Range(low, high, low_open, high_open)

    def __truediv__(self, other: Range | Exact) -> Range:
        """Raises ZeroDivisionError where the divisor may be zero or as near to it as one likes."""
        return self * _range(other).reciprocal()

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Exact) -> Range:
        return -self + other

    def __rtruediv__(self, other: Exact) -> Range:
        return self.reciprocal() * other

    def reciprocal(self) -> Range:
        """One divided by it.

        Raises:
            ZeroDivisionError: where the divisor may be zero or as near to it as one likes.
        """
        if self.low <= 0 <= self.high:
            raise ZeroDivisionError("the divisor may be zero")
        return Range(1 / self.high, 1 / self.low, self.high_open, self.low_open)


def _range(value: Range | Exact) -> Range:
    return value if isinstance(value, Range) else Range.exactly(value)


def _open(a: Fraction, a_open: bool, b: Fraction, b_open: bool) -> bool:
    """Whether the product of two ends is not reached; a zero that is reached makes it reached."""
    reached = (a == 0 and not a_open) or (b == 0 and not b_open)
    return (a_open or b_open) and not reached


def weighted_mean(values: Sequence[Range], weights: Sequence[Range]) -> Range:
    """What the weighted arithmetic mean may be, weights being known within ranges too.

    Args:
        values: the ranges of the parts.
        weights: one for each part, none below zero, not all of them zero.

    Raises:
        ValueError: where there is not one weight a part, one may be negative, or all may be zero.

    >>> hundred, rose = Range.exactly(100), Range.exactly(130)
    >>> weighted_mean([hundred, rose], [Range.exactly(2), Range.exactly(1)]).middle
    Fraction(110, 1)
    """
    if len(values) != len(weights) or not values:
        raise ValueError("every part has one weight")
    if min(weight.low for weight in weights) < 0:
        raise ValueError("a weight is not negative")
    if sum(weight.low for weight in weights) <= 0:
        raise ValueError("not all weights may be zero")
    counted = [value for value, weight in zip(values, weights, strict=True) if weight.low > 0]
    return Range(
        _lowest_mean([value.low for value in values], weights),
        -_lowest_mean([-value.high for value in values], weights),
        any(value.low_open for value in counted),
        any(value.high_open for value in counted),
    )


def _lowest_mean(points: Sequence[Fraction], weights: Sequence[Range]) -> Fraction:
    """The least weighted mean: for some cut, points below it weigh most and points above it least."""
    ordered = sorted(zip(points, weights, strict=True), key=lambda pair: pair[0])
    means = []
    for cut in range(len(ordered) + 1):
        chosen = [
            weight.high if place < cut else weight.low for place, (_, weight) in enumerate(ordered)
        ]
        products = (w * point for w, (point, _) in zip(chosen, ordered, strict=True))
        means.append(sum(products, Fraction(0)) / sum(chosen))
    return min(means)


def weighted_geometric_mean(values: Sequence[Range], weights: Sequence[Range]) -> Range:
    """What the weighted geometric mean may be, widened outward in the 44th digit.

    Raises:
        ValueError: as ``weighted_mean``, and where a value may be zero or less.
    """
    if min(value.low for value in values) <= 0:
        raise ValueError("a geometric mean takes values above zero")
    mean = weighted_mean([_logarithm(value) for value in values], weights)
    return Range(_exponential(mean.low, down=True), _exponential(mean.high, down=False))


def weighted_harmonic_mean(values: Sequence[Range], weights: Sequence[Range]) -> Range:
    """What the weighted harmonic mean may be.

    Raises:
        ValueError: as ``weighted_mean``, and where a value may be zero or less.
    """
    if min(value.low for value in values) <= 0:
        raise ValueError("a harmonic mean takes values above zero")
    return weighted_mean([value.reciprocal() for value in values], weights).reciprocal()


def _logarithm(value: Range) -> Range:
    with localcontext(prec=DIGITS):
        low, high = _decimal(value.low, down=True).ln(), _decimal(value.high, down=False).ln()
    return Range(Fraction(low) - WIDENED, Fraction(high) + WIDENED)


def _exponential(value: Fraction, down: bool) -> Fraction:
    with localcontext(prec=DIGITS):
        power = Fraction(_decimal(value, down).exp())
    return power * (1 - WIDENED if down else 1 + WIDENED)


def _decimal(value: Fraction, down: bool) -> Decimal:
    with localcontext(prec=DIGITS, rounding=ROUND_FLOOR if down else ROUND_CEILING):
        return Decimal(value.numerator) / Decimal(value.denominator)
