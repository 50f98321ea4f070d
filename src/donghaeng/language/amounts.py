"""Amounts, numbers and dates as they are written in each language."""

from __future__ import annotations

import datetime

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def number_text(value: int) -> str:
    """A whole number with separators.

    >>> number_text(1234567)
    '1,234,567'
    """
    return f"{value:,}"


def money_text(value: int, language: str) -> str:
    """An amount of won.

    >>> money_text(713102, "ko"), money_text(713102, "en")
    ('713,102원', '713,102 won')
    """
    return f"{value:,}원" if language == "ko" else f"{value:,} won"


def date_text(day: datetime.date, language: str) -> str:
    """A day in words.

    >>> date_text(datetime.date(2024, 7, 1), "ko"), date_text(datetime.date(2024, 7, 1), "en")
    ('2024년 7월 1일', '1 July 2024')
    """
    if language == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def large_money_text(value: float, language: str) -> str:
    """An amount of won to three or four places that count, in the units in which people say it.

    >>> large_money_text(1042331266, "ko"), large_money_text(1042331266, "en")
    ('10억 4,233만 원', '1.04 billion won')
    >>> large_money_text(-220_540.9, "ko"), large_money_text(-220_540.9, "en")
    ('−220,541원', '−220,541 won')
    """
    size, sign = abs(round(value)), "−" if round(value) < 0 else ""
    return sign + (_korean_units(size) if language == "ko" else _english_units(size))


def _korean_units(size: int) -> str:
    """조, 억 and 만: the two largest, so that what is left out is less than one part in ten thousand."""
    units = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
    for place, (unit, name) in enumerate(units[:-1]):
        below, below_name = units[place + 1]
        whole, rest = divmod(round(size / below), unit // below)
        if whole:
            return f"{whole:,}{name} {rest:,}{below_name} 원" if rest else f"{whole:,}{name} 원"
    return f"{round(size / 10**4):,}만 원" if size >= 10**7 else f"{size:,}원"


def _english_units(size: int) -> str:
    for unit, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        # What would be rounded to a thousand of one unit is one of the next.
        if size >= max(unit * 0.9995, 10**6):
            scaled = size / unit
            digits = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{scaled:,.{digits}f} {name} won"
    return f"{size:,} won"
