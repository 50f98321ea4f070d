"""Where the foreign laws stand."""

from functools import cache
from pathlib import Path

from donghaeng.rules import Book, Law

FOLDER = Path(__file__).parent


@cache
def ireland() -> Book:
    """The family payments of Ireland."""
    return Book.open(FOLDER / "ireland")


def ireland_on(day: str) -> Law:
    """The family payments of Ireland on a day."""
    return ireland().on(day)
