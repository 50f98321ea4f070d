"""A printed figure, and everything that it may have been before it was rounded.

"130.6" may have been anything from 130.55 to 130.65. Whether the upper end belongs to it depends on
how a half was rounded, which is seldom said; so ``nearest`` takes both ends in, and only a convention
that was said narrows it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from donghaeng.rules.faults import BadInput

from .ranges import Range


class Rounded(StrEnum):
    """How a figure was rounded to its last printed digit."""

    NEAREST = "nearest"  # a half either way: both ends belong
    HALF_UP = "half_up"  # 반올림: a half away from zero
    HALF_EVEN = "half_even"  # a half to the even digit
    DOWN = "down"  # 절사: toward zero
    UP = "up"  # 올림: away from zero
    EXACT = "exact"  # a count: nothing was rounded


# Words that stand for a power of ten after a number. Won are printed in units of ten thousand too.
SCALES = {
    "trillion": 12,
    "tn": 12,
    "조": 12,
    "billion": 9,
    "bn": 9,
    "억": 8,
    "million": 6,
    "mn": 6,
    "만": 4,
    "thousand": 3,
    "k": 3,
    "천": 3,
}
# A root was widened outward by less than this, and is not widened again when it is written.
WIDENED = Fraction(1, 10**30)
PERCENT = ("%", "퍼센트", "percent", "per cent")
POINTS = ("%p", "%포인트", "퍼센트포인트", "포인트", "pp", "percentage points")
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
SCALE = r"(?:trillion|billion|million|thousand|tn|bn|mn|k)(?![A-Za-z])|조|억|만|천"
PART = re.compile(rf"\s*(?P<number>{NUMBER})(?:(?P<gap>\s*)(?P<scale>{SCALE}))?")
BEFORE = re.compile(
    r"\s*(?P<about>약|대략|about|around|approximately|roughly|~|≈)?\s*(?P<currency>[₩$€£¥]|KRW)?"
    r"\s*(?P<sign>[+\-−])?\s*(?P<second>[₩$€£¥])?",
    re.IGNORECASE,
)
REMEDY = (
    "one number as it was printed: 130.6, 3,001호, 17.7 %, 약 3.5배, ₩14.7655 tn, 14조 7655억원"
)


@dataclass(frozen=True)
class Printed:
    """A figure as it was printed.

    ``step`` is the value of one unit in its last counted digit, ``unit`` what stands behind it, and
    ``approximate`` says that a word such as 약 stands before it.
    """

    text: str
    value: Fraction
    step: Fraction
    unit: str
    approximate: bool = False

    @property
    def is_percent(self) -> bool:
        return self.unit.lower() in PERCENT

    @property
    def is_points(self) -> bool:
        return self.unit.lower() in POINTS

    def range(self, rounded: Rounded = Rounded.NEAREST) -> Range:
        """Everything that was rounded to this figure.

        >>> r = read_printed("130.6").range()
        >>> float(r.low), float(r.high)
        (130.55, 130.65)
        """
        half = self.step / 2
        if rounded is Rounded.EXACT:
            return Range.exactly(self.value)
        if rounded is Rounded.NEAREST:
            return Range(self.value - half, self.value + half)
        if rounded is Rounded.HALF_EVEN:
            odd = bool(self.value / self.step % 2)
            return Range(self.value - half, self.value + half, odd, odd)
        if self.value == 0:
            reach = half if rounded is Rounded.HALF_UP else self.step
            if rounded is Rounded.UP:
                return Range.exactly(0)
            return Range(-reach, reach, True, True)
        size = abs(self.value)
        if rounded is Rounded.HALF_UP:
            before = Range(size - half, size + half, high_open=True)
        elif rounded is Rounded.DOWN:
            before = Range(size, size + self.step, high_open=True)
        else:
            before = Range(size - self.step, size, low_open=True)
        return before if self.value > 0 else -before

    def like(self, value: Fraction) -> str:
        """``value`` written as this figure was: as many digits, the same signs and unit.

        >>> read_printed("+65.9 %").like(Fraction(1968, 30))
        '+65.6 %'
        """
        before = BEFORE.match(self.text)
        place, scale, word = before.end() if before else 0, 0, ""
        while part := PART.match(self.text, place):
            scale = SCALES.get((part["scale"] or "").lower(), 0)
            place, word = part.end(), (part["gap"] or "") + (part["scale"] or "")
        about, currency, plus = "", "", ""
        if before:
            about = before["about"] + " " if before["about"] else ""
            currency = before["currency"] or before["second"] or ""
            plus = "+" if before["sign"] == "+" else ""
        rounded = round_to(value, self.step)
        sign = "−" if rounded < 0 else plus
        number = fixed_text(abs(rounded) / 10**scale, max(0, decimals(self.step / 10**scale)))
        return f"{about}{sign}{currency}{number}{word}{self.text[place:]}"


def read_printed(text: str) -> Printed:
    """A figure as it was printed.

    Raises:
        BadInput: where it is not one number with what may stand around it.

    >>> read_printed("₩14.7655 tn").value == 14_765_500_000_000
    True
    """
    before = BEFORE.match(text)
    place = before.end() if before else 0
    value, step = Fraction(0), Fraction(0)
    last_scale = zeros = 0
    while part := PART.match(text, place):
        digits = part["number"].replace(",", "")
        scale = SCALES.get((part["scale"] or "").lower(), 0)
        amount = Fraction(digits) * 10**scale
        # 14조 7655억: a later part is smaller than one unit of the part before it.
        if step and (amount >= step or step != 10**last_scale):
            raise BadInput(f"{text!r} is not one number", remedy=REMEDY)
        step = Fraction(10) ** (scale - len(digits.partition(".")[2]))
        value += amount
        place, last_scale = part.end(), scale
        zeros = len(digits) - len(digits.rstrip("0"))
    unit = text[place:].strip()
    if not step or re.search(r"\d", unit) or len(text) > 80:
        raise BadInput(f"{text!r} is not one number", remedy=REMEDY)
    approximate = bool(before and before["about"])
    if approximate and step >= 1:
        step *= 10 ** min(zeros, max(0, len(str(int(value / step))) - 2))
    negative = bool(before and before["sign"] in ("-", "−"))
    return Printed(text.strip(), -value if negative else value, step, unit, approximate)


def round_to(value: Fraction, step: Fraction) -> Fraction:
    """``value`` to the nearest multiple of ``step``, a half away from zero.

    >>> round_to(Fraction(25, 10), Fraction(1)), round_to(Fraction(-25, 10), Fraction(1))
    (Fraction(3, 1), Fraction(-3, 1))
    """
    steps = math.floor(abs(value) / step + Fraction(1, 2))
    return steps * step if value >= 0 else -steps * step


def decimals(step: Fraction) -> int:
    """How many digits after the point a step of a power of ten asks for.

    >>> decimals(Fraction(1, 100)), decimals(Fraction(10))
    (2, -1)
    """
    return -round(math.log10(step))


def fixed_text(value: Fraction, places: int) -> str:
    """A number with that many digits after the point and separators, a half away from zero.

    >>> fixed_text(Fraction(-123456, 100), 1)
    '−1,234.6'
    """
    scaled = abs(round_to(value, Fraction(1, 10**places))) * 10**places
    whole, rest = divmod(int(scaled), 10**places)
    sign = "−" if value < 0 and scaled else ""
    return f"{sign}{whole:,}" + (f".{rest:0{places}d}" if places else "")


def short_text(value: Fraction, places: int) -> str:
    """At most that many digits after the point, without zeros at the end.

    >>> short_text(Fraction(11124, 100), 3), short_text(Fraction(100), 3)
    ('111.24', '100')
    """
    text = fixed_text(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def range_text(found: Range, places: int) -> str:
    """Both ends, rounded outward to at most that many digits.

    >>> range_text(read_printed("111.24").range(), 2)
    '[111.23, 111.25]'
    """
    scale = 10**places
    low = Fraction(math.floor(found.low * scale + WIDENED), scale)
    high = Fraction(math.ceil(found.high * scale - WIDENED), scale)
    return f"[{short_text(low, places)}, {short_text(high, places)}]"
