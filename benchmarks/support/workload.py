"""The 24-variable workload: its law, its made-up households, its parameters for the peers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from donghaeng.rules import Book, HouseholdFacts, Law

FOLDER = Path(__file__).parent.parent / "workload"
DATE = "2024-07"
OUTPUTS = (
    "household_insurance",
    "household_tax",
    "safety_income",
    "minimum_benefit",
    "child_allowance",
    "disposable_income",
)
COMPARED = 10_000
SEED = 20240701
SHARES = {1: 0.36, 2: 0.28, 3: 0.18, 4: 0.125, 5: 0.035, 6: 0.02}  # mean 2.255
RICHEST = 10**9
LARGEST_ASSETS = 9 * 10**10

Array = np.ndarray


@dataclass(frozen=True)
class Households:
    """Columns, household after household."""

    sizes: Array
    household: dict[str, Array]
    person: dict[str, Array]

    @property
    def count(self) -> int:
        return len(self.sizes)

    @property
    def persons(self) -> int:
        return int(self.sizes.sum())

    @property
    def owner(self) -> Array:
        """The household of each person."""
        return np.repeat(np.arange(self.count), self.sizes)

    def facts(self) -> list[HouseholdFacts]:
        """The same households, one by one."""
        starts = np.cumsum(self.sizes) - self.sizes
        return [
            HouseholdFacts(
                str(place),
                {name: int(column[place]) for name, column in self.household.items()},
                [
                    {name: int(column[row]) for name, column in self.person.items()}
                    for row in range(starts[place], starts[place] + self.sizes[place])
                ],
            )
            for place in range(self.count)
        ]


@cache
def law() -> Law:
    """The benchmark law on the day of the measurements."""
    return Book.open(FOLDER).on(DATE)


def households(count: int, seed: int = SEED) -> Households:
    """Made-up households; the first ones differ with ``count``."""
    random = np.random.default_rng(seed)
    sizes = random.choice(list(SHARES), count, p=list(SHARES.values()))
    persons = int(sizes.sum())
    slot = np.arange(persons) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    age = np.where(slot < 2, random.integers(20, 95, persons), random.integers(0, 30, persons))
    works = (age >= 19) & (random.random(persons) < 0.6)
    has_more = random.random(persons) < 0.2

    def won(mean: float, spread: float, length: int, most: int) -> Array:
        return np.minimum(np.exp(random.normal(mean, spread, length)), most).astype(np.int64)

    return Households(
        sizes.astype(np.int64),
        {
            "general_assets": won(18.0, 1.5, count, LARGEST_ASSETS),
            "financial_assets": won(16.0, 1.5, count, LARGEST_ASSETS),
        },
        {
            "age": age,
            "wage": np.where(works, won(14.8, 0.8, persons, RICHEST), 0),
            "other_income": np.where(has_more, won(13.0, 1.0, persons, RICHEST), 0),
        },
    )


def one_by_one(given: Households) -> dict[str, Array]:
    """The outputs as the explained evaluation gives them: what every engine must return."""
    answers = [law().evaluate(facts, OUTPUTS) for facts in given.facts()]
    return {name: np.array([int(answer[name]) for answer in answers], np.int64) for name in OUTPUTS}


@dataclass(frozen=True)
class Parameters:
    """The numbers of the law for the peers: won, rates as whole numerator and denominator."""

    won: dict[str, int]
    rates: dict[str, tuple[int, int]]
    medians: tuple[int, ...]
    # (thresholds, steps of the rate as numerators, common denominator)
    schedules: dict[str, tuple[tuple[int, ...], tuple[int, ...], int]]


def parameters() -> Parameters:
    """The parameters in force, read from the law."""
    values: dict[str, Any] = {n: v.cells for n, v in law().in_force.items()}
    result = Parameters({}, {}, tuple(values["median_incomes"].values()), {})
    for name, cells in values.items():
        if name == "median_incomes":
            continue
        cell = cells[()]
        if isinstance(cell, int):
            result.won[name] = cell
        elif isinstance(cell, Fraction):
            result.rates[name] = (cell.numerator, cell.denominator)
        else:
            scale = int(np.lcm.reduce([rate.denominator for rate in cell.rates]))
            before = [Fraction(0), *cell.rates]
            steps = [int((b - a) * scale) for a, b in zip(before, cell.rates, strict=False)]
            result.schedules[name] = (tuple(cell.thresholds), tuple(steps), scale)
    return result
