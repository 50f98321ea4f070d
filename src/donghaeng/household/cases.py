"""Officials' own cases: facts and the amounts that should come out, as YAML, run by a command.

A case file::

    cases:
    - name: 1인 가구, 소득 없음, 2024년 7월
      date: 2024-07
      source: Korea Herald 2024-09-05
      household:
        id: hh1
        region: seoul
        programmes: [safety_income]
        persons: [{id: p1, birth_date: 1990-05-01, earnings: 0}]
      expect: {safety_income: 947090, livelihood_benefit: null}

``article`` names the article that the case shows and ``quote`` its words; both are for readers.
``null`` expects that the amount cannot be determined; ``{lowest: ..., highest: ...}`` expects bounds
over the readings of the law.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from donghaeng.rules import BadInput, Law
from donghaeng.rules.faults import nearest

from .answer import Answer
from .assess import TOTAL, Assessor
from .reading import read_document, read_household

FIELDS = ("name", "article", "quote", "date", "source", "regimes", "household", "expect")


@dataclass(frozen=True)
class Outcome:
    """What one expectation came to."""

    case: str
    variable: str
    expected: Any
    found: Any

    @property
    def holds(self) -> bool:
        """Whether the law gives what was expected."""
        return bool(self.expected == self.found)


def run_cases(file: str | Path, law_on: Callable[[str], Law]) -> list[Outcome]:
    """Every expectation of a case file against the law of its date.

    Raises:
        BadInput: with file and field, where the file is not a list of cases.
    """
    name = str(file)
    document = read_document(file)
    cases = document.get("cases") if isinstance(document, dict) else None
    if not isinstance(cases, list) or not cases:
        raise BadInput("has no list of cases", file=name, remedy="cases: [{name: ..., date: ...}]")
    outcomes = []
    for place, case in enumerate(cases):
        outcomes += _run(case, f"cases[{place}]", name, law_on)
    return outcomes


def _run(case: Any, where: str, file: str, law_on: Callable[[str], Law]) -> list[Outcome]:
    if not isinstance(case, dict):
        raise BadInput("is not a case", file=file, field=where, remedy=f"with {', '.join(FIELDS)}")
    for key in case:
        if key not in FIELDS:
            raise BadInput(
                f"unknown field {key!r}", file=file, field=where, remedy=nearest(str(key), FIELDS)
            )
    for key in ("name", "date", "household", "expect"):
        if key not in case:
            raise BadInput(f"{key} is missing", file=file, field=where)
    if not isinstance(case["expect"], dict) or not case["expect"]:
        raise BadInput("expects nothing", file=file, field=f"{where}.expect")
    regimes, expected = case.get("regimes") or [], dict(case["expect"])
    persons = expected.pop("persons", {})
    if not (isinstance(regimes, list) and all(isinstance(word, str) for word in regimes)):
        raise BadInput(
            "is not a list of names", file=file, field=f"{where}.regimes", remedy="[no_deduction]"
        )
    if not (isinstance(persons, dict) and all(isinstance(p, dict) for p in persons.values())):
        raise BadInput(
            "maps persons to amounts",
            file=file,
            field=f"{where}.expect.persons",
            remedy="{p1: {age: 34}}",
        )
    law = law_on(case["date"])
    household = read_household(law, case["household"], file, f"{where}.household")
    names = [*expected, *(name for values in persons.values() for name in values)]
    totals = [name.removeprefix(TOTAL) for name in law.rules if name.startswith(TOTAL)]
    known = [*law.variables, *totals]
    for variable in names:
        if variable not in known:
            raise BadInput(
                f"unknown variable {variable!r}",
                file=file,
                field=f"{where}.expect",
                remedy=nearest(str(variable), known),
            )
    shown = [variable if variable in law.variables else TOTAL + variable for variable in names]
    answer = Assessor(law, regimes, shown, everything=False).answer(household)
    title = str(case["name"])
    outcomes = [
        Outcome(title, variable, value, _found(answer, variable, value))
        for variable, value in expected.items()
    ]
    for person, values in persons.items():
        if person not in answer.persons:
            raise BadInput(f"{person!r} is nobody here", file=file, field=f"{where}.expect.persons")
        outcomes += [
            Outcome(title, f"{person}.{variable}", value, answer.persons[person].get(variable))
            for variable, value in values.items()
        ]
    return outcomes


def _found(answer: Answer, variable: str, expected: Any) -> Any:
    if variable in answer.totals:
        spread = answer.total(variable)
        if isinstance(expected, dict):
            return spread and {"lowest": spread.lowest, "highest": spread.highest}
        return spread and spread.single
    if isinstance(expected, dict):
        open_spread = next((u.spread for u in answer.undetermined if u.name == variable), None)
        return open_spread and {"lowest": open_spread.lowest, "highest": open_spread.highest}
    for shelf in (answer.amounts, answer.yearly, answer.lines, answer.flags):
        if variable in shelf:
            return shelf[variable]
    return None
