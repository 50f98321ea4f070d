"""The people of a survey as arrays, from a stored population; only those of the city's region where they are
enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from donghaeng.rules.faults import BadInput, nearest

from ..schema import HOUSEHOLD_ID, PERSON, WEIGHT, Schema
from ..store import Population

Array = np.ndarray
ENOUGH = 600  # households of the region from which the region alone is taken
NEEDED_OF_HOUSEHOLDS = ("tenure", "financial_property", "general_property")
NEEDED_OF_PERSONS = ("sex", "birth_date", "earnings")


@dataclass(frozen=True)
class Respondents:
    """A survey. Person arrays are (persons,), household arrays (households,); nan is not known.

    ``of`` is the row of each person's household. ``held`` names the columns that the survey has.
    """

    title: str
    households: Mapping[str, Array]
    persons: Mapping[str, Array]
    of: Array
    weight: Array
    held: frozenset[str]
    whole: bool

    @property
    def count(self) -> int:
        return len(self.weight)

    def summed(self, values: Array) -> Array:
        """The sum over the members of each household."""
        return np.bincount(self.of, np.nan_to_num(values), minlength=self.count)

    def of_head(self, values: Array) -> Array:
        """The value of the head of each household."""
        result = np.full(self.count, np.nan)
        head = self.persons["head"] == 1
        result[self.of[head]] = values[head]
        return result


def respondents_of(population: Population, schema: Schema, region: str) -> Respondents:
    """The respondents of a stored survey: of the region where at least 600 of its households were asked, else
    all.

    Raises:
        BadInput: where the population is synthetic itself, or lacks a column that the model needs.
    """
    place = str(population.folder)
    if population.manifest.synthetic:
        raise BadInput("is synthetic", file=place, remedy="a survey that was asked of people")
    households, persons = population.tables(schema)
    for table, needed in ((households, NEEDED_OF_HOUSEHOLDS), (persons, NEEDED_OF_PERSONS)):
        for name in needed:
            if name not in table.columns or table[name].is_null().all():
                remedy = nearest(name, table.columns) or "import it, or leave --survey out"
                raise BadInput(f"the survey has no {name!r}", file=place, remedy=remedy)
    own = households
    if "region" in households.columns:
        own = households.filter(pl.col("region") == region)
    whole = len(own) < ENOUGH
    if not whole:
        households = own
        persons = persons.join(households.select(HOUSEHOLD_ID), HOUSEHOLD_ID, "semi")
    return _arrays(population, households, persons, whole)


def _arrays(
    population: Population, households: pl.DataFrame, persons: pl.DataFrame, whole: bool
) -> Respondents:
    if "absence" in persons.columns:
        at_home = pl.col("absence").is_null() | (pl.col("absence") == "none")
        persons = persons.filter(at_home | (pl.col(PERSON) == 1))
    rows = households.select(HOUSEHOLD_ID).with_row_index("row")
    persons = persons.join(rows, HOUSEHOLD_ID, "left", maintain_order="left")
    of = persons["row"].to_numpy().astype(np.int64)
    day = population.manifest.reference_day
    born = persons["birth_date"]
    of_year = born.dt.month().cast(pl.Int32) * 100 + born.dt.day().cast(pl.Int32)
    later = of_year > day.month * 100 + day.day
    age = (day.year - born.dt.year() - later.cast(pl.Int32)).cast(pl.Float64)
    number = _numbers(persons)
    people = {
        "age": age.fill_null(float("nan")).to_numpy(),
        "woman": (persons["sex"] == "female").cast(pl.Float64).fill_null(float("nan")).to_numpy(),
        "head": (persons[PERSON] == 1).cast(pl.Float64).to_numpy(),
        "earnings": number("earnings"),
        "business_income": number("business_income"),
        "national_pension": number("national_pension_received"),
        "property_income": number("property_income"),
        "public_transfers": number("public_transfers"),
        "private_transfers": number("private_transfers"),
        "disabled": number("disabled"),
        "severe": number("severe_disability"),
    }
    if "spouse" in persons.columns:
        of_head = (persons["spouse"] == 1) & (persons[PERSON] != 1)
        people["spouse of head"] = of_head.fill_null(False).cast(pl.Float64).to_numpy()
    else:
        people["spouse of head"] = np.zeros(len(persons))
    school = "school" in persons.columns
    people["in_education"] = (
        (
            persons["school"].is_in(["elementary", "middle", "high", "higher"]).fill_null(False)
            if school
            else pl.Series([False] * len(persons))
        )
        .cast(pl.Float64)
        .to_numpy()
    )
    amount = _numbers(households)
    kept = {
        name: amount(name)
        for name in (
            "deposit",
            "monthly_rent",
            "home_value",
            "financial_property",
            "general_property",
            "debts",
            "car_value",
        )
    }
    kept["recipient"] = _recipient(households)
    for word in ("owned", "jeonse", "monthly_rent"):
        flags = (households["tenure"] == word).cast(pl.Float64)
        kept[f"tenure:{word}"] = flags.fill_null(float("nan")).to_numpy()
    kept["size"] = np.bincount(of, minlength=len(households)).astype(float)
    held = frozenset(
        name for name, values in {**people, **kept}.items() if not np.isnan(values).all()
    )
    return Respondents(
        population.manifest.title,
        kept,
        people,
        of,
        households[WEIGHT].to_numpy().astype(float),
        held,
        whole,
    )


def _numbers(table: pl.DataFrame) -> Callable[[str], Array]:
    def column(name: str) -> Array:
        if name not in table.columns:
            return np.full(len(table), np.nan)
        return table[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()

    return column


def _recipient(households: pl.DataFrame) -> Array:
    """Whether the household receives a basic livelihood benefit, by the fact or by what was received."""
    flags = np.full(len(households), np.nan)
    for name in ("received_livelihood_benefit", "received_housing_benefit"):
        if name in households.columns:
            received = households[name].cast(pl.Float64).fill_null(0).to_numpy() > 0
            flags = np.where(np.isnan(flags), received, np.maximum(flags, received))
    if "basic_livelihood_recipient" in households.columns:
        said = households["basic_livelihood_recipient"].cast(pl.Float64).fill_null(np.nan)
        flags = np.where(np.isnan(said.to_numpy()), flags, said.to_numpy())
    return flags
