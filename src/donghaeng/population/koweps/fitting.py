"""Households and their persons fitted together: ids, heads, numbers, weights; what does not fit is refused."""

from __future__ import annotations

import polars as pl

from donghaeng.population.schema import HOUSEHOLD_ID, PERSON

from .column_map import ColumnMap
from .refusals import HOUSEHOLD_FILE, PERSON_FILE, Refusals

HEAD = "is the head"


def fitted(
    households: pl.DataFrame, persons: pl.DataFrame, columns: ColumnMap, refusals: Refusals
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both tables with ``household_id``; persons with ``person`` (1 is the head) and whether they head.

    Rows that have no household stay out of the result; all others stay in, also where they are refused.
    """
    households = _with_id(households, HOUSEHOLD_FILE, columns, refusals)
    persons = _with_id(persons, PERSON_FILE, columns, refusals)
    _check_persons(households, persons, columns, refusals)
    persons = persons.join(households, HOUSEHOLD_ID, "semi", maintain_order="left")
    code, head = columns.relationships.code, columns.relationships.head
    persons = persons.with_columns(pl.col(code).eq_missing(head).alias(HEAD)).sort(
        HOUSEHOLD_ID,
        HEAD,
        columns.keys.person,
        descending=[False, True, False],
        maintain_order=True,
    )
    place = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(HOUSEHOLD_ID)
    persons = persons.with_columns(place.alias(PERSON))
    _check_households(households, persons, columns, refusals)
    return households.unique(HOUSEHOLD_ID, keep="first", maintain_order=True), persons


def _with_id(
    table: pl.DataFrame, file: str, columns: ColumnMap, refusals: Refusals
) -> pl.DataFrame:
    key = pl.col(columns.keys.household)
    whole = key.is_not_null() & (key == key.floor()) & (key >= 0)
    table = table.with_columns(pl.when(whole).then(key).cast(pl.Int64).alias(HOUSEHOLD_ID))
    lacking = pl.col(HOUSEHOLD_ID).is_null()
    refusals.add(file, table, lacking, columns.keys.household, "no number of a household")
    return table.filter(~lacking)


def _check_persons(
    households: pl.DataFrame, persons: pl.DataFrame, columns: ColumnMap, refusals: Refusals
) -> None:
    keys = columns.keys
    number, weight = pl.col(keys.person), pl.col(keys.person_weight)
    known = households[HOUSEHOLD_ID].unique().implode()
    checks = (
        (
            number.is_null() | pl.struct(HOUSEHOLD_ID, keys.person).is_duplicated(),
            keys.person,
            "no number of its own in the household",
        ),
        (
            ~pl.col(HOUSEHOLD_ID).is_in(known),
            keys.household,
            "the household is not among the households",
        ),
        (
            weight.is_null() | (weight <= 0),
            keys.person_weight,
            "the weight is missing or not above zero",
        ),
    )
    for wrong, column, reason in checks:
        refusals.add(PERSON_FILE, persons, wrong, column, reason)


def _check_households(
    households: pl.DataFrame, persons: pl.DataFrame, columns: ColumnMap, refusals: Refusals
) -> None:
    size = columns.keys.size
    twice = pl.col(HOUSEHOLD_ID).is_duplicated()
    refusals.add(
        HOUSEHOLD_FILE, households, twice, columns.keys.household, "the number stands there twice"
    )
    members = persons.group_by(HOUSEHOLD_ID).agg(
        pl.len().alias("members"), pl.col(HEAD).sum().alias("heads")
    )
    households = households.join(members, HOUSEHOLD_ID, "left", maintain_order="left")
    found = pl.col("members").fill_null(0)
    refusals.add(
        HOUSEHOLD_FILE,
        households,
        found.ne_missing(pl.col(size)),
        size,
        "not the number of its persons",
    )
    refusals.add(
        HOUSEHOLD_FILE,
        households,
        (found > 0) & (pl.col("heads") != 1),
        columns.relationships.code,
        "not one head among its persons",
    )
