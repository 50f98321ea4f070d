"""The laws that the tests of the compiled execution run."""

from functools import cache

from donghaeng import laws
from donghaeng.kernel import Kernel
from donghaeng.rules import Book, Law
from tests.foreign.laws import ireland

from .agreement import FORMS, computed

COUNTRIES = ("korea and seoul", "ireland")
# The pilot's first summer, with many gaps; today; and another country.
LAWS = [
    ("korea and seoul", "2022-08"),
    ("korea and seoul", "2026-07"),
    ("ireland", "2022-03"),
    ("ireland", "2025-07"),
]
# The soak compiles more of them, which takes a minute or two each.
EVERY_LAW = [
    *LAWS,
    *(("korea and seoul", day) for day in ("2015-07", "2018-11", "2020-06", "2023-03", "2027-12")),
    ("ireland", "2024-05"),
]


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
