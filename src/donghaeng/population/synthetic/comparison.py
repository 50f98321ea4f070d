"""Ten joint tables of the city, and how far they are from those of the survey.

Distances between two tables of shares p and q: total variation, half the sum of |p - q| (the share that would
have to change cell); Hellinger, the root of 1 - sum of sqrt(p q); and the largest difference of a cell. A
survey was asked in another year of households of other sizes and ages, so a second set of distances is from
the survey weighted to the city's households by size and age of head: what is left there is the model's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from . import cells as c
from .money import Money
from .people import People
from .respondents import Respondents

Array = np.ndarray
BINS = 240  # classes of the logarithm of income, from which fifths are made
LARGEST_LOG = 24.0
FIFTHS = 5
ASSETS = (50_000_000, 150_000_000, 300_000_000, 600_000_000)
ADULT = 15
NO_YES = ("no", "yes")
LEVELS: Mapping[str, tuple[str, ...]] = {
    "size": ("1", "2", "3", "4+"),
    "age of head": ("under 35", "35-49", "50-64", "65-74", "75+"),
    "head works": NO_YES,
    "tenure": ("owned", "jeonse", "monthly rent", "other"),
    "income fifth": ("first", "second", "third", "fourth", "fifth"),
    "assets": ("under 50m", "50-150m", "150-300m", "300-600m", "600m+"),
    "debts": NO_YES,
    "age": ("15-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+"),
    "national pension": NO_YES,
    "disability": NO_YES,
}


@dataclass(frozen=True)
class JointTable:
    """Two traits, counted over households or over persons of 15 and older."""

    row: str
    column: str
    of_persons: bool = False

    @property
    def name(self) -> str:
        return f"{self.row} × {self.column}"

    @property
    def shape(self) -> tuple[int, int]:
        """Levels as they are counted; income in fine classes, made to fifths at the end."""
        rows = BINS if self.row == "income fifth" else len(LEVELS[self.row])
        return rows, len(LEVELS[self.column])


TABLES = (
    JointTable("size", "tenure"),
    JointTable("age of head", "tenure"),
    JointTable("age of head", "head works"),
    JointTable("income fifth", "tenure"),
    JointTable("income fifth", "size"),
    JointTable("income fifth", "assets"),
    JointTable("tenure", "assets"),
    JointTable("tenure", "debts"),
    JointTable("age", "national pension", True),
    JointTable("age", "disability", True),
)
FRAME = JointTable("size", "age of head")


@dataclass(frozen=True)
class Traits:
    """The level of every trait, of households and of persons; ``weight`` and ``person_weight`` beside them."""

    households: Mapping[str, Array]
    persons: Mapping[str, Array]
    weight: Array
    person_weight: Array

    def counted(self, table: JointTable) -> Array:
        """The weighted table, of the table's shape."""
        source = self.persons if table.of_persons else self.households
        weight = self.person_weight if table.of_persons else self.weight
        row, column = source[table.row], source[table.column]
        known = (row >= 0) & (column >= 0)
        rows, columns = table.shape
        cell = row[known] * columns + column[known]
        return np.bincount(cell, weight[known], rows * columns).reshape(rows, columns)

    def all_counted(self) -> dict[str, Array]:
        """Every table, and the frame of size and age of head."""
        return {table.name: self.counted(table) for table in (*TABLES, FRAME)}


def traits_of_drawn(people: People, money: Money) -> Traits:
    """The traits of drawn households, all with weight one."""
    count, age = people.rows.count, people.age.astype(np.int64)
    works = (money.earnings + money.business_income) > 0
    income = money.earnings + money.business_income + money.national_pension
    income = income + money.property_income + money.public_transfers + money.private_transfers
    income = income.sum(axis=0)
    assets = money.home_value + money.deposit + money.financial_property
    adult = age >= ADULT
    households = {
        "size": c.class_of_size(np.full(count, people.rows.size)),
        "age of head": c.class_of_head(age[0]),
        "head works": works[0].astype(np.int64),
        "tenure": money.tenure.astype(np.int64),
        "income fifth": income_class(income),
        "assets": class_of_assets(assets + money.general_property + money.car_value),
        "debts": (money.debts > 0).astype(np.int64),
    }
    persons = {
        "age": c.class_of_worker(age[adult]),
        "national pension": (money.national_pension[adult] > 0).astype(np.int64),
        "disability": people.disabled[adult].astype(np.int64),
    }
    return Traits(households, persons, np.ones(count), np.ones(int(adult.sum())))


def traits_of_survey(survey: Respondents) -> Traits:
    """The traits of the respondents; what was not asked is -1."""
    homes, people = survey.households, survey.persons
    head_age = survey.of_head(people["age"])
    work = ("earnings", "business_income", "national_pension")
    other = ("property_income", "public_transfers", "private_transfers")
    income = sum(survey.summed(people[name]) for name in (*work, *other))
    assets = np.zeros(survey.count)
    for name in ("home_value", "deposit", "financial_property", "general_property", "car_value"):
        assets = assets + np.nan_to_num(homes[name])
    tenure = np.full(survey.count, 3)
    for place, word in enumerate(("owned", "jeonse", "monthly_rent")):
        tenure[homes[f"tenure:{word}"] == 1] = place
    tenure[np.isnan(homes["tenure:owned"])] = -1
    works = (np.nan_to_num(people["earnings"]) + np.nan_to_num(people["business_income"])) > 0
    adult = people["age"] >= ADULT
    households = {
        "size": c.class_of_size(homes["size"].astype(np.int64)),
        "age of head": _known(c.class_of_head(np.nan_to_num(head_age)), head_age),
        "head works": np.nan_to_num(survey.of_head(works * 1.0)).astype(np.int64),
        "tenure": tenure,
        "income fifth": income_class(np.asarray(income)),
        "assets": class_of_assets(assets),
        "debts": _known((np.nan_to_num(homes["debts"]) > 0).astype(np.int64), homes["debts"]),
    }
    pension, disabled = people["national_pension"][adult], people["disabled"][adult]
    persons = {
        "age": c.class_of_worker(people["age"][adult]),
        "national pension": _known((np.nan_to_num(pension) > 0).astype(np.int64), pension),
        "disability": _known(np.nan_to_num(disabled).astype(np.int64), disabled),
    }
    return Traits(households, persons, survey.weight, survey.weight[survey.of][adult])


def _known(levels: Array, values: Array) -> Array:
    return np.where(np.isnan(values), -1, levels)


def income_class(income: Array) -> Array:
    """The fine class of a monthly income in won: nought is class 0."""
    logs = np.log1p(np.maximum(income, 0)) * (BINS / LARGEST_LOG)
    level: Array = np.minimum(logs.astype(np.int64), BINS - 1)
    return level


def class_of_assets(assets: Array) -> Array:
    """The band of all property in won, debts not taken off."""
    return np.searchsorted(ASSETS, assets, side="right")


def in_fifths(fine: Array) -> Array:
    """A table by fine classes of income, (BINS, k), as one by fifths of its own total, (5, k).

    A class that lies across a bound is divided between the fifths in proportion.
    """
    ends = np.cumsum(fine.sum(axis=1)) / fine.sum()
    starts = np.concatenate([[0.0], ends[:-1]])
    result = np.zeros((FIFTHS, fine.shape[1]))
    for fifth in range(FIFTHS):
        low, high = fifth / FIFTHS, (fifth + 1) / FIFTHS
        inside = np.clip(np.minimum(ends, high) - np.maximum(starts, low), 0, None)
        share = np.divide(inside, ends - starts, out=np.zeros(BINS), where=ends > starts)
        result[fifth] = share @ fine
    return result


@dataclass(frozen=True)
class Comparison:
    """One table of the city beside that of the survey, as shares of all; (rows, columns)."""

    table: JointTable
    city: Array
    survey: Array | None = None
    same_people: Array | None = None

    @property
    def distance(self) -> Distance | None:
        """From the survey as it is."""
        return None if self.survey is None else distance(self.city, self.survey)

    @property
    def distance_of_same_people(self) -> Distance | None:
        """From the survey weighted to the city's households by size and age of head."""
        return None if self.same_people is None else distance(self.city, self.same_people)


@dataclass(frozen=True)
class Distance:
    """How far two tables of shares are apart."""

    total_variation: float
    hellinger: float
    largest: float


def distance(p: Array, q: Array) -> Distance:
    """Distances of two tables of shares.

    >>> distance(np.array([0.5, 0.5]), np.array([1.0, 0.0])).total_variation
    0.5
    """
    overlap = min(float(np.sqrt(p * q).sum()), 1.0)
    return Distance(
        float(np.abs(p - q).sum() / 2), float(np.sqrt(1 - overlap)), float(np.abs(p - q).max())
    )


def compared(counts: Mapping[str, Array], survey: Respondents | None) -> tuple[Comparison, ...]:
    """The ten tables of the city, beside the survey's where there is one."""
    if survey is None:
        return tuple(Comparison(table, _shares(table, counts[table.name])) for table in TABLES)
    asked = traits_of_survey(survey)
    alike = _weighted_alike(asked, survey, counts[FRAME.name])
    return tuple(
        Comparison(
            table,
            _shares(table, counts[table.name]),
            _shares(table, asked.counted(table)),
            _shares(table, alike.counted(table)),
        )
        for table in TABLES
    )


def _weighted_alike(asked: Traits, survey: Respondents, frame: Array) -> Traits:
    own = asked.counted(FRAME)
    ratio = np.divide(frame / frame.sum(), own / own.sum(), out=np.ones(own.shape), where=own > 0)
    head = np.maximum(asked.households[FRAME.column], 0)
    factor = ratio[asked.households[FRAME.row], head]
    adult = survey.persons["age"] >= ADULT
    return Traits(
        asked.households,
        asked.persons,
        asked.weight * factor,
        asked.person_weight * factor[survey.of][adult],
    )


def _shares(table: JointTable, counts: Array) -> Array:
    whole = in_fifths(counts) if table.row == "income fifth" else counts
    shares: Array = whole / whole.sum()
    return shares


def added(parts: Iterable[Mapping[str, Array]]) -> dict[str, Array]:
    """Tables of several parts of the city as those of the whole."""
    total: dict[str, Array] = {}
    for part in parts:
        for name, values in part.items():
            total[name] = total[name] + values if name in total else values
    return total
