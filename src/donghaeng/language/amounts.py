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
