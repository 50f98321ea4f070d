"""Small populations for tests: made-up households in which every fact of the law is given."""

from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import polars as pl

from donghaeng.laws import book
from donghaeng.population.schema import RECEIVED, Column, Meaning, Schema, Table, schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import Manifest, PopulationKind
from donghaeng.rules import HouseholdFacts, Law
from donghaeng.rules.terms import Entity, Kind

DAY = datetime.date(2024, 6, 30)
SIZES = (1, 1, 1, 2, 2, 3, 4)


def manifest(**changed: Any) -> Manifest:
    """What a population of tests says of itself."""
    said: dict[str, Any] = {
        "title": "made-up households",
        "kind": PopulationKind.SURVEY,
        "reference_day": DAY,
        "households": 0,
        "persons": 0,
        "weight_note": "made up",
        "design_note": "each household is drawn by itself",
        "columns": (),
    }
    return Manifest(**{**said, **changed})


def tables(
    count: int, seed: int, lacking: float = 0.0, first: int = 1
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Households and persons; with ``lacking``, that share of the cells is empty."""
    schema, draw = schema_of(book()), random.Random(seed)
    households: list[dict[str, Any]] = []
    persons: list[dict[str, Any]] = []
    for number in range(first, first + count):
        size = draw.choice(SIZES)
        row = {"household_id": number, "weight": round(draw.uniform(0.5, 2.0), 3)}
        row |= _facts(schema, Table.HOUSEHOLDS, draw, lacking) | {"stage": "none"}
        row["district"] = 11110 + 30 * draw.randrange(3)
        households.append(row)
        couple = size >= 2 and draw.random() < 0.7
        for person in range(1, size + 1):
            persons.append(_person(schema, draw, lacking, number, person, couple))
    return (
        pl.DataFrame(households, infer_schema_length=None),
        pl.DataFrame(persons, infer_schema_length=None),
    )


def population(
    folder: Path, count: int, seed: int = 1, lacking: float = 0.0, **said: Any
) -> Population:
    """A stored population of made-up households."""
    households, persons = tables(count, seed, lacking)
    write_tables(folder, schema_of(book()), households, persons, manifest(**said))
    return Population.open(folder)


def _person(
    schema: Schema, draw: random.Random, lacking: float, number: int, person: int, couple: bool
) -> dict[str, Any]:
    row: dict[str, Any] = {"household_id": number, "person": person}
    row |= _facts(schema, Table.PERSONS, draw, lacking)
    age = draw.randrange(20, 90) if person <= 2 else draw.randrange(0, 30)
    row["birth_date"] = datetime.date(2023 - age, draw.randrange(1, 13), draw.randrange(1, 29))
    works = 20 <= age < 70 and draw.random() < 0.6
    row["earnings"] = draw.randrange(0, 500) * 10_000 if works else 0
    row["wages_year"] = row["last_year_wages"] = row["earnings"] * 12
    row["absence"] = "none"
    row["spouse"] = 3 - person if couple and person <= 2 else None
    row["first_parent"] = 1 if person > 2 else None
    row["second_parent"] = 2 if person > 2 and couple else None
    return row


def _facts(schema: Schema, table: Table, draw: random.Random, lacking: float) -> dict[str, Any]:
    return {
        name: None if draw.random() < lacking else _value(column, draw)
        for name, column in schema.of(table).items()
        if column.meaning is Meaning.FACT and not name.startswith(RECEIVED)
    }


def _value(column: Column, draw: random.Random) -> Any:
    if column.kind is Kind.FLAG:
        return draw.random() < 0.05
    if column.kind is Kind.CHOICE:
        assert column.choices is not None
        return draw.choice(list(column.choices)).word
    if column.kind is Kind.DAY:
        return datetime.date(2023, 7, 1)
    if column.kind is Kind.MONEY and column.default is None:
        return draw.choice((0, 0, 100_000, 500_000, 30_000_000))
    return column.default if column.default is not None else draw.randrange(0, 2000)


def facts_of(law: Law, households: pl.DataFrame, persons: pl.DataFrame) -> list[HouseholdFacts]:
    """The same households as explained evaluation takes them."""
    found = []
    by_household = {key[0]: frame for key, frame in persons.group_by("household_id")}
    for row in households.iter_rows(named=True):
        people = []
        members = by_household[row["household_id"]].sort("person")
        for person in members.iter_rows(named=True):
            people.append(_as_facts(law, Entity.PERSON, person) | _relations(law, person))
        found.append(
            HouseholdFacts(
                str(row["household_id"]),
                _as_facts(law, Entity.HOUSEHOLD, row),
                people,
                [str(person + 1) for person in range(len(people))],
            )
        )
    return found


def _as_facts(law: Law, entity: Entity, row: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, fact in law.facts.items():
        value = row.get(name)
        if fact.entity is not entity or value is None:
            continue
        facts[name] = fact.choices.from_word(value) if fact.choices else value
    return facts


def _relations(law: Law, row: dict[str, Any]) -> dict[str, Any]:
    """A person without a spouse has no entry for one."""
    return {name: row[name] - 1 for name in law.relations if row.get(name) is not None}
