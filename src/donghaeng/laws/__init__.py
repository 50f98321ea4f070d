"""Laws as rules: ``korea`` for the country, ``seoul`` for what the city adds. Another city adds a folder.

Files here are law, written in the language of ``donghaeng.rules``; they know no arrays.
"""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from donghaeng.rules import Book, Law

FOLDER = Path(__file__).parent


@cache
def book() -> Book:
    """The law that ships with the program: the country's and the city's."""
    return Book.open(FOLDER / "korea", FOLDER / "seoul")


def law_on(day: str | datetime.date) -> Law:
    """The shipped law in force on a day.

    Args:
        day: ``2024-07-15``, ``2024-07`` (its first day) or a date.

    Raises:
        BadInput: where ``day`` is no date or lies outside the law.

    >>> law_on("2024-07").rules["livelihood_benefit"].citation
    '국민기초생활 보장법 §8②, §8③'
    """
    return book().on(day)
