"""The laws that the tests of the compiled execution run."""

from functools import cache

from donghaeng import laws
from donghaeng.kernel import Kernel
from donghaeng.rules import Book, Law
from tests.foreign.laws import ireland

from .agreement import FORMS, computed

DAYS = {
    "korea and seoul": (
        "2015-07",
        "2019-01",
        "2022-08",
        "2023-03",
        "2024-07",
        "2026-07",
        "2027-12",
    ),
    "ireland": ("2022-03", "2024-05", "2025-07"),
}
LAWS = [(country, day) for country, days in DAYS.items() for day in days]


def book_of(country: str) -> Book:
    """The book of a country."""
    return laws.book() if country == "korea and seoul" else ireland()


@cache
def law_of(country: str, day: str) -> Law:
    """The law of a country on a day."""
    return book_of(country).on(day)


@cache
def kernels_of(country: str, day: str) -> tuple[Kernel, ...]:
    """Every rule and aggregation of the law, in each form; compiled when first run."""
    law = law_of(country, day)
    return tuple(Kernel(law, computed(law), form) for form in FORMS)
