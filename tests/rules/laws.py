"""Small laws for tests, written out as text.

``book`` puts rule text and parameter text into the two files ``town/law.py`` and
``town/numbers.yaml``. The first line of the law file imports the words of the language: line 1 of a
test's text is line 2 of the file.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import pytest

from donghaeng.rules import Book, HouseholdFacts, Law, LawFault

LAW = "town/law.py"
NUMBERS = "town/numbers.yaml"
WORDS = (
    "Money Rate Count Day Enumeration Role Rounding PERSON HOUSEHOLD POINT MONTH YEAR Table Schedule "
    "fact relation unit children_by rule sum_over count_over any_over max_over min_over of_oldest of "
    "round_down round_up round_nearest by_brackets per_month age_in_years age_in_months months_between"
)
IMPORTS = f"from donghaeng.rules import {', '.join(WORDS.split())}\n"
# The head of a rule that needs nothing but a name, a citation and its period.
MONTHLY = '@rule(entity=HOUSEHOLD, period=MONTH, label=("급여", "Benefit"), citation="Act §1")'
STATE = '@rule(entity=HOUSEHOLD, label=("상태", "State"), citation="Act §1")'
ROUNDED = MONTHLY[:-1] + ", rounding=Rounding.DOWN)"

FACTS = """\
class Colour(Enumeration):
    RED = "red", "빨강", "Red"
    BLUE = "blue", "파랑", "Blue"
    GREEN = "green", "초록", "Green"

income = fact(HOUSEHOLD, Money, period=MONTH, label=("소득", "Income"), range=(-1_000_000_000, 1_000_000_000))
rent = fact(HOUSEHOLD, Money, period=MONTH, label=("월세", "Rent"))
bonus = fact(HOUSEHOLD, Money, period=YEAR, label=("상여", "Bonus"))
wealth = fact(HOUSEHOLD, Money, label=("재산", "Wealth"))
rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"), range=(1, 9))
farm = fact(HOUSEHOLD, bool, label=("농가", "Farm"))
city = fact(HOUSEHOLD, bool, label=("도시", "City"))
colour = fact(HOUSEHOLD, Colour, label=("색", "Colour"))
since = fact(HOUSEHOLD, Day, label=("시작", "Since"))
"""


def text(written: str) -> str:
    """``written`` without its common indentation and the line break before its first line."""
    return textwrap.dedent(written.removeprefix("\n"))


def book(law: str = "", numbers: str = "", files: Mapping[str, str] | None = None) -> Book:
    """A book of one law file and one parameter file, and of ``files`` beside them."""
    return Book({LAW: IMPORTS + text(law), NUMBERS: text(numbers), **(files or {})})


def law_of(law: str = "", numbers: str = "", day: str = "2024-07-01") -> Law:
    """The law in force on ``day``."""
    return book(law, numbers).on(day)


def household(*persons: dict[str, Any], **facts: Any) -> HouseholdFacts:
    """A household of ``persons`` (one of whom nothing is known where none is given)."""
    return HouseholdFacts("hh", facts, list(persons) or [{}])


def body_law(
    arguments: str, body: str, returns: str = "Money", head: str = "", numbers: str = ""
) -> Law:
    """A law with the facts of ``FACTS`` and one rule ``answer`` of ``arguments`` and ``body``."""
    default = MONTHLY if returns == "Money" else STATE
    lines = textwrap.indent(text(body).rstrip(), "    ")
    function = f"def answer({arguments}) -> {returns}:\n{lines}\n"
    return law_of(f"{FACTS}\n{head or default}\n{function}", numbers)


def answer(law: Law, *persons: dict[str, Any], name: str = "answer", **facts: Any) -> Any:
    """What ``name`` is for a household; a choice given by its word is looked up."""
    for key, value in facts.items():
        choices = law.variables[key].choices
        if choices and isinstance(value, str):
            facts[key] = choices.from_word(value)
    return law.evaluate(household(*persons, **facts), [name])[name]


def refused(law: str = "", numbers: str = "", day: str = "2024-07-01", **files: str) -> LawFault:
    """The fault with which the law is refused, at loading or at linking."""
    with pytest.raises(LawFault) as caught:
        book(law, numbers, files).on(day)
    fault = caught.value
    place = re.escape(f"{fault.file}:{fault.line}: ") if fault.line else ""
    assert re.match(place, str(fault)), "the place stands first in the line that is shown"
    assert "\n" not in str(fault)
    return fault


def line_of(law: str, part: str) -> int:
    """The line of the law file of ``law`` on which ``part`` stands."""
    return text(law)[: text(law).index(part)].count("\n") + 2


def parameter(
    name: str = "number",
    unit: str = "money",
    value: object = 1,
    status: str = "official",
    extra: str = "",
    entry: str = "",
) -> str:
    """One parameter with one value from 2020 on, on one line of a parameter file."""
    return (
        f"{name}: {{label: {{ko: 수, en: Number}}, unit: {unit}, citation: Act §2, {extra}"
        f"values: {{2020-01-01: {{value: {value}, status: {status}, source: gazette{entry}}}}}}}\n"
    )
