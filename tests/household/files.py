"""Household files for the tests: the one of the issue, and changes of it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from donghaeng.household import Answer, Undetermined, assess, read_households
from donghaeng.laws import law_on

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "examples"
JULY_2024 = "2024-07"
GONE = object()  # as a value in `hh1`: the field is left out

HH1 = """\
households:
- id: hh1
  region: seoul                 # 시도 by name or code; optional district
  programmes: [safety_income]   # or {name: safety_income, stage: 1, since: 2022-07}
  housing: {tenure: monthly_rent, deposit: 10_000_000, monthly_rent: 450_000}
  assets: {general: 0, financial: 5_000_000, vehicles: [], debts: 0}
  persons:
  - {id: p1, birth_date: 1990-05-01, earnings: 0}      # won a month
"""
PLAIN: dict[str, Any] = {
    "id": "hh1",
    "region": "seoul",
    "programmes": ["safety_income"],
    "housing": {"tenure": "monthly_rent", "deposit": 10_000_000, "monthly_rent": 450_000},
    "assets": {"general": 0, "financial": 5_000_000, "vehicles": [], "debts": 0},
    "persons": [{"id": "p1", "birth_date": "1990-05-01", "earnings": 0}],
}


def person(identity: Any = "p1", **facts: Any) -> dict[str, Any]:
    """A person of 34 without earnings, with ``facts`` laid over."""
    plain = {"id": identity, "birth_date": "1990-05-01", "earnings": 0} | facts
    return {key: value for key, value in plain.items() if value is not GONE}


def hh1(**changes: Any) -> dict[str, Any]:
    """The household of the issue; ``housing__deposit=1`` changes what stands inside ``housing``."""
    household = copy.deepcopy(PLAIN)
    for path, value in changes.items():
        *folders, last = path.split("__")
        below = household
        for folder in folders:
            below = below.setdefault(folder, {})
        if value is GONE:
            del below[last]
        else:
            below[last] = value
    return household


def in_stage(stage: int, since: str = "2022-07", **changes: Any) -> dict[str, Any]:
    """The household of the issue as a real participant."""
    return hh1(programmes=[{"name": "safety_income", "stage": stage, "since": since}], **changes)


def saved(folder: Path, *households: Any, name: str = "households.json") -> Path:
    """A file with these households."""
    file = folder / name
    file.write_text(json.dumps({"households": households}), encoding="utf-8")
    return file


def answered(
    folder: Path, household: dict[str, Any], date: str = JULY_2024, *regimes: str
) -> Answer:
    """The answer for one household."""
    law = law_on(date)
    (answer,) = assess(law, read_households(law, saved(folder, household)), regimes=regimes)
    return answer


def open_result(answer: Answer, name: str) -> Undetermined:
    """Why a result cannot be said."""
    (found,) = [each for each in answer.undetermined if each.name == name]
    return found


def assumed(answer: Answer, kind: str) -> dict[str, dict[str, str]]:
    """The assumptions of one kind by name (and person)."""
    plain = [each.as_json() for each in answer.assumptions]
    return {
        ".".join(filter(None, (each.get("person"), each["name"]))): each
        for each in plain
        if each["kind"] == kind
    }
