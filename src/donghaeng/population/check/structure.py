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
    known, known_at = _each_once(households, of.filter(pl.col(HOUSEHOLD_ID).is_not_null()))
    people = _in_order(who.filter(pl.col(HOUSEHOLD_ID).is_not_null()))
    household = people[HOUSEHOLD_ID].to_numpy()
    starts = _changes(household)
    firsts = np.flatnonzero(starts)
    sizes = np.diff(firsts, append=len(household))
    place = np.searchsorted(known, household[firsts])
    there = place < len(known)
    there[there] = known[place[there]] == household[firsts][there]
    at = people["at"].to_numpy()
    persons.add(Fault.NO_HOUSEHOLD, HOUSEHOLD_ID, pl.Series(at[np.repeat(~there, sizes)]))
    inhabited = np.zeros(len(known), bool)
    inhabited[place[there]] = True
    households.add(Fault.NO_PERSONS, HOUSEHOLD_ID, pl.Series(known_at[~inhabited]))
    many = np.flatnonzero(there & (sizes > LARGEST_HOUSEHOLD))
    households.add(
        Fault.TOO_MANY_PERSONS,
        HOUSEHOLD_ID,
        pl.Series(known_at[place[many]]),
        pl.Series(sizes[many]),
    )
    if len(firsts):
        person = people[PERSON].fill_null(0).to_numpy()
        headless = ~np.logical_or.reduceat(person == 1, firsts) & there
        headless &= np.logical_or.reduceat(person > 0, firsts)
        found = np.flatnonzero(headless)
        households.add(Fault.NO_HEAD, HOUSEHOLD_ID, pl.Series(known_at[place[found]]))
        _check_numbers(schema, persons, people.filter(pl.col(PERSON).is_not_null()))


def _each_once(households: Findings, ids: pl.DataFrame) -> tuple[Array, Array]:
    """The ids in order, each once, and the position of the first row of each; repeated rows are noted."""
    number, at = ids[HOUSEHOLD_ID].to_numpy(), ids["at"].to_numpy()
    if np.any(number[1:] < number[:-1]):
        order = np.argsort(number, kind="stable")
        number, at = number[order], at[order]
    first = _changes(number)
    if not first.all():
        repeated = np.flatnonzero(~first)
        before = np.maximum.accumulate(np.where(first, np.arange(len(first)), 0))[repeated]
        rows = households.source.rows.gather(at[before])
        households.add(Fault.DUPLICATE_HOUSEHOLD, HOUSEHOLD_ID, pl.Series(at[repeated]), rows)
    return number[first], at[first]


def _changes(values: Array) -> Array:
    """Flags of the values that differ from the one before; the first does."""
    changes = np.ones(len(values), bool)
    changes[1:] = values[1:] != values[:-1]
    return changes


def _in_order(people: pl.DataFrame) -> pl.DataFrame:
    """The persons by household and number; most files hold them so, and sorting millions takes seconds."""
    household, person = people[HOUSEHOLD_ID].to_numpy(), people[PERSON].fill_null(0).to_numpy()
    step = np.diff(household)
    ordered = np.all((step > 0) | ((step == 0) & (np.diff(person) >= 0)))
    return people if ordered else people.sort(HOUSEHOLD_ID, PERSON, maintain_order=True)


def _check_numbers(schema: Schema, persons: Findings, people: pl.DataFrame) -> None:
    """The numbers of the persons in each household are 1, 2, 3 ..., and what points at them finds them."""
    household, person = people[HOUSEHOLD_ID].to_numpy(), people[PERSON].to_numpy()
    at = people["at"].to_numpy()
    starts = _changes(household)
    step = np.diff(person, prepend=0)
    repeated = np.flatnonzero(~starts & (step == 0))
    rows = persons.source.rows.gather(at[repeated - 1])
    persons.add(Fault.DUPLICATE_PERSON, PERSON, pl.Series(at[repeated]), rows)
    gaps = np.flatnonzero(~starts & (step > 1))
    before = pl.Series(person[gaps - 1])
    persons.add(Fault.GAP_IN_NUMBERS, PERSON, pl.Series(at[gaps]), before)
    keys = (np.cumsum(starts) - 1) * ROOM + person
    _check_relations(schema, persons, people, keys, person)


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
