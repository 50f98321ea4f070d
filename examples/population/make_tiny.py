"""Make up the 400 households of ``examples/population/tiny``: nobody was asked, nothing is estimated from them.

    python examples/population/make_tiny.py examples/population/tiny

Ages, earnings, rents and savings are drawn at random so that every kind of household is there. What is
recorded as received is drawn too, so that the report has something to compare.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import numpy as np
import polars as pl

from donghaeng.laws import book
from donghaeng.population.schema import schema_of
from donghaeng.population.store import write_tables
from donghaeng.population.store.manifest import Manifest, PopulationKind

HOUSEHOLDS = 400
DAY = datetime.date(2024, 6, 30)
# The eight kinds, and how many of 100 there are: ages of the adults, children, whether a couple.
KINDS = (
    ((30,), 0, False, 18),
    ((72,), 0, False, 14),
    ((75, 74), 0, True, 13),
    ((48, 46), 0, True, 12),
    ((41, 39), 1, True, 8),
    ((42, 40), 2, True, 8),
    ((38,), 1, False, 15),
    ((55, 28), 0, False, 12),
)


def main(target: Path) -> None:
    """Write the population to ``target``."""
    random = np.random.default_rng(5)
    shares = np.array([kind[3] for kind in KINDS], float)
    households: list[dict[str, object]] = []
    persons: list[dict[str, object]] = []
    for number in range(1, HOUSEHOLDS + 1):
        kind = KINDS[random.choice(len(KINDS), p=shares / shares.sum())]
        members = people(number, kind, random)
        persons += members
        households.append(household(number, members, random))
    write_tables(
        target,
        schema_of(book()),
        pl.DataFrame(households),
        pl.DataFrame(persons, infer_schema_length=None),
        manifest(),
        replace=True,
    )


def people(
    number: int, kind: tuple[object, ...], random: np.random.Generator
) -> list[dict[str, object]]:
    """The persons of a household: adults first, then children of the first of them."""
    adults, children, couple, _ = kind
    assert isinstance(adults, tuple)
    found = []
    for place, centre in enumerate(adults, start=1):
        age = int(np.clip(centre + random.integers(-9, 10), 19, 95))
        working = random.random() < (0.15 if age >= 65 else 0.75)
        found.append(person(number, place, age, working, random))
    if couple:
        found[0]["spouse"], found[1]["spouse"] = 2, 1
    for _ in range(int(str(children))):
        child = person(number, len(found) + 1, int(random.integers(1, 17)), False, random)
        child["first_parent"] = 1
        child["second_parent"] = 2 if couple else None
        found.append(child)
    return found


def person(
    number: int, place: int, age: int, working: bool, random: np.random.Generator
) -> dict[str, object]:
    """One person; earnings are log-normal around 2.2 million won a month."""
    earned = int(random.lognormal(14.6, 0.6)) // 10_000 * 10_000 if working else 0
    return {
        "household_id": number,
        "person": place,
        "birth_date": datetime.date(DAY.year - age, int(random.integers(1, 7)), 15).isoformat(),
        "earnings": earned,
        "wages_year": 12 * earned,
        "last_year_wages": 12 * earned,
        "never_married": False,
        "first_employed_after_65": False,
        "work_obstacle": "none",
        "spouse": None,
        "first_parent": None,
        "second_parent": None,
    }


def household(
    number: int, members: list[dict[str, object]], random: np.random.Generator
) -> dict[str, object]:
    """Home, savings and what was received."""
    tenure = random.choice(["owned", "jeonse", "monthly_rent"], p=[0.4, 0.2, 0.4])
    poor = sum(int(str(member["earnings"])) for member in members) < 600_000
    home = int(random.lognormal(18.6, 0.6)) // 10**6 * 10**6 if tenure == "owned" else 0
    deposit = {"jeonse": 120_000_000, "monthly_rent": 10_000_000}.get(str(tenure), 0)
    saved = int(random.lognormal(15.6, 1.2)) // 10_000 * 10_000
    return {
        "household_id": number,
        "weight": round(float(random.uniform(800, 1_600)), 1),
        "region": "seoul",
        "tenure": str(tenure),
        "home_value": home,
        "general_property": 0,
        "deposit": deposit,
        "monthly_rent": 450_000 if tenure == "monthly_rent" else 0,
        "financial_property": saved,
        "assets_on_june_1": home + deposit + saved,
        "supporters_exist": False,
        "received_livelihood_benefit": 400_000 if poor and random.random() < 0.4 else 0,
    }


def manifest() -> Manifest:
    """What the population says of itself."""
    return Manifest(
        title="400 made-up households (지어낸 400가구)",
        kind=PopulationKind.SURVEY,
        reference_day=DAY,
        households=0,
        persons=0,
        weight_note="drawn at random; they are of no survey",
        design_note="none: the households are made up",
        columns=(),
        approximations=(
            "Every household is made up by examples/population/make_tiny.py to show the program; no figure says "
            "anything of any city.",
        ),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
