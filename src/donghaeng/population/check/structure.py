"""How the rows of the two tables belong together: households and their persons, spouses and parents."""

from __future__ import annotations

import numpy as np
import polars as pl

from donghaeng.rules.terms import LARGEST_HOUSEHOLD

from ..schema import HOUSEHOLD_ID, PERSON, Meaning, Schema
from .violations import Fault, Findings

Array = np.ndarray
# Room for a household's persons in a number that orders all persons: person numbers end at 60.
ROOM = 64


def check_structure(
    schema: Schema, households: Findings, persons: Findings, of: pl.DataFrame, who: pl.DataFrame
) -> None:
    """Find what is wrong between rows.

    Args:
        households, persons: where findings are noted.
        of: the household table as read, with the position of each row as ``at``.
        who: the person table as read, with ``at``.
    """
    ids = of.filter(pl.col(HOUSEHOLD_ID).is_not_null())
    known = ids.unique(HOUSEHOLD_ID, keep="first", maintain_order=True)
    if known.height < ids.height:
        _twice(households, ids)
    people = who.filter(pl.col(HOUSEHOLD_ID).is_not_null())
    sizes = people.group_by(HOUSEHOLD_ID).agg(pl.len().alias("size"))
    joined = known.join(sizes, HOUSEHOLD_ID, "left", maintain_order="left")
    households.add(Fault.NO_PERSONS, HOUSEHOLD_ID, joined.filter(pl.col("size").is_null())["at"])
    many = joined.filter(pl.col("size") > LARGEST_HOUSEHOLD)
    households.add(Fault.TOO_MANY_PERSONS, HOUSEHOLD_ID, many["at"], many["size"])
    if joined["size"].sum() < people.height:
        stray = people.join(known, HOUSEHOLD_ID, "anti", maintain_order="left")
        persons.add(Fault.NO_HOUSEHOLD, HOUSEHOLD_ID, stray["at"])
    numbered = people.filter(pl.col(PERSON).is_not_null())
    if numbered.height:
        _check_numbers(schema, households, persons, known, numbered)


def _twice(households: Findings, ids: pl.DataFrame) -> None:
    first = pl.col("at").first().over(HOUSEHOLD_ID)
    repeated = ids.with_columns(first.alias("first")).filter(pl.col("at") != pl.col("first"))
    rows = households.source.rows.gather(repeated["first"])
    households.add(Fault.DUPLICATE_HOUSEHOLD, HOUSEHOLD_ID, repeated["at"], rows)


def _check_numbers(
    schema: Schema,
    households: Findings,
    persons: Findings,
    known: pl.DataFrame,
    people: pl.DataFrame,
) -> None:
    """The numbers of the persons in each household are 1, 2, 3 ..., and what points at them finds them."""
    people = _in_order(people)
    household = people[HOUSEHOLD_ID].to_numpy()
    person = people[PERSON].to_numpy()
    at = people["at"].to_numpy()
    starts = np.ones(len(household), bool)
    starts[1:] = household[1:] != household[:-1]
    step = np.diff(person, prepend=0)
    step[starts] = person[starts]
    repeated = np.flatnonzero(~starts & (step == 0))
    rows = persons.source.rows.gather(at[repeated - 1])
    persons.add(Fault.DUPLICATE_PERSON, PERSON, pl.Series(at[repeated]), rows)
    gaps = np.flatnonzero(~starts & (step > 1))
    before = pl.Series(person[gaps - 1])
    persons.add(Fault.GAP_IN_NUMBERS, PERSON, pl.Series(at[gaps]), before)
    headless = pl.DataFrame({HOUSEHOLD_ID: household[starts & (person != 1)]})
    if headless.height:
        found = known.join(headless, HOUSEHOLD_ID, "semi", maintain_order="left")
        households.add(Fault.NO_HEAD, HOUSEHOLD_ID, found["at"])
    keys = (np.cumsum(starts) - 1) * ROOM + person
    _check_relations(schema, persons, people, keys, person)


def _in_order(people: pl.DataFrame) -> pl.DataFrame:
    """The persons by household and number; most files hold them so, and sorting millions takes seconds."""
    step, number = people[HOUSEHOLD_ID].diff(), people[PERSON].diff()
    ordered = ((step > 0) | ((step == 0) & (number >= 0))).fill_null(True).all()
    return people if ordered else people.sort(HOUSEHOLD_ID, PERSON, maintain_order=True)


def _check_relations(
    schema: Schema, persons: Findings, people: pl.DataFrame, keys: Array, person: Array
) -> None:
    at = people["at"].to_numpy()
    parents = []
    for column in schema.persons.values():
        if column.meaning is not Meaning.RELATION or column.name not in people.columns:
            continue
        pointed = people[column.name].fill_null(0).to_numpy()
        rows = np.flatnonzero(pointed > 0)
        oneself = rows[pointed[rows] == person[rows]]
        persons.add(Fault.POINTS_AT_ONESELF, column.name, pl.Series(at[oneself]))
        rows = rows[pointed[rows] != person[rows]]
        wanted = keys[rows] - person[rows] + pointed[rows]
        target = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[target] == wanted
        persons.add(Fault.POINTS_NOWHERE, column.name, pl.Series(at[rows[~there]]))
        if column.symmetric:
            rows, target = rows[there], target[there]
            other = pointed[target] != person[rows]
            seen = pl.Series(pointed[rows[other]])
            persons.add(Fault.NOT_RETURNED, column.name, pl.Series(at[rows[other]]), seen)
        else:
            parents.append((column.name, pointed))
    for place, (name, second) in enumerate(parents):
        for _, first in parents[:place]:
            same = np.flatnonzero((second > 0) & (second == first))
            persons.add(Fault.SAME_PARENTS, name, pl.Series(at[same]))
