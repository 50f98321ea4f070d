"""Small cities for tests: a few districts of a shipped city, made smaller; and a survey of made-up people."""

import csv
import shutil
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from donghaeng.laws import book
from donghaeng.population.schema import Schema, Table, schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import Manifest, PopulationKind
from donghaeng.population.synthetic import open_city, synthesize
from donghaeng.population.synthetic.city import City

MONEY = (
    "earnings",
    "business_income",
    "national_pension_received",
    "property_income",
    "private_transfers",
)
PROPERTY = (
    "home_value",
    "deposit",
    "monthly_rent",
    "financial_property",
    "general_property",
    "debts",
    "car_value",
)


@cache
def schema() -> Schema:
    return schema_of(book())


def town(folder: Path, districts: int = 2, smaller: int = 20) -> City:
    """The first districts of Seoul with every cell divided by ``smaller``."""
    source = open_city("seoul")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("city.yaml", "moments.yaml"):
        shutil.copy(source.folder / name, folder / name)
    kept = source.districts[:districts]
    with (folder / "margins.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["table", "district", "category", "value"])
        for table, categories in source.tables.items():
            for category, values in categories.items():
                for district, value in zip(source.districts, values, strict=True):
                    if district in kept:
                        writer.writerow([table, district, category, int(value) // smaller])
    return open_city(str(folder))


def asked_people(folder: Path, households: int = 2_000) -> Population:
    """A survey of made-up people, its money in whole units of 10,000 won as surveys ask for it."""
    city = town(folder / "city", districts=1, smaller=12)
    synthesize(city, book(), schema(), folder / "drawn", seed=77, workers=1)
    drawn, people = Population.open(folder / "drawn").tables(schema())
    rng = np.random.default_rng(5)
    chosen = rng.choice(len(drawn), min(households, len(drawn)), replace=False)
    homes = drawn[np.sort(chosen)].drop("replicate", "district")
    people = people.join(homes.select("household_id"), "household_id", "semi")
    homes = homes.with_columns(
        (pl.col(name) // 10_000 * 10_000 for name in PROPERTY),
        weight=pl.Series(rng.uniform(200, 900, len(homes))),
        region=pl.lit("seoul"),
    )
    people = people.with_columns(pl.col(name) // 10_000 * 10_000 for name in MONEY)
    manifest = Manifest(
        title="Made-up people",
        kind=PopulationKind.SURVEY,
        reference_day=city.file.reference_day,
        households=0,
        persons=0,
        weight_note="",
        design_note="",
        columns=(),
    )
    write_tables(folder / "survey", schema(), homes, people, manifest)
    return Population.open(folder / "survey")


def money_of(population: Population) -> np.ndarray:
    """One row a household: its recorded amounts, those of persons added up; (households, amounts)."""
    rows = []
    for part in population.partitions:
        columns = [part.household(name).astype(np.int64) for name in PROPERTY]
        for name in MONEY:
            if part.holds(Table.PERSONS, name):
                columns.append(part.person(name).sum(axis=0))
        rows.append(np.stack(columns, axis=1))
    return np.concatenate(rows)
