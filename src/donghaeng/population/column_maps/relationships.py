"""Heads, numbers of persons, spouses and parents, from the relationship to the head."""

from __future__ import annotations

import polars as pl

from ..check.violations import Fault
from ..schema import HOUSEHOLD_ID, PERSON
from .cells import Cells
from .column_map import Relationship

HEAD, KIN = "head", "kin"
SPOUSE, FIRST_PARENT, SECOND_PARENT = "spouse", "first_parent", "second_parent"
CHILD, PARENT, PARENT_OF_SPOUSE = "child", "parent", "parent_of_spouse"

RELATIONS = (SPOUSE, FIRST_PARENT, SECOND_PARENT)


def numbered(
    persons: pl.DataFrame, cells: Cells, relationship: Relationship | None
) -> pl.DataFrame:
    """The persons with their number: the head is 1, the others follow as they are listed.

    With a relationship also ``spouse``, ``first_parent`` and ``second_parent`` as far as its codes say:
    head and spouse of each other; a child of the head has the head as first and the spouse as second parent;
    two parents (of head or spouse) are a couple. Where two persons are the spouse, or more than two the
    parents, nothing follows.

    Every other relationship to the head leaves these empty: nobody.

    Args:
        persons: with ``household_id``, in the order of the file.
        cells: where households without a head, or with several, are noted.
    """
    if relationship is None:
        return persons.with_columns(
            pl.int_range(1, pl.len() + 1).over(HOUSEHOLD_ID).cast(pl.Int64).alias(PERSON)
        )
    kin = pl.lit("")
    for word in (HEAD, SPOUSE, CHILD, PARENT, PARENT_OF_SPOUSE):
        met = cells.holds(relationship.column, getattr(relationship, word))
        kin = pl.when(met).then(pl.lit(word)).otherwise(kin)
    persons = persons.with_columns(kin.alias(KIN))
    _note_heads(persons, cells, relationship)
    is_head = (pl.col(KIN) == HEAD).cast(pl.Int64)
    # Those listed before the head move one place back.
    heads_until_here = is_head.cum_sum().over(HOUSEHOLD_ID)
    place = pl.int_range(1, pl.len() + 1).over(HOUSEHOLD_ID)
    number = pl.when(is_head == 1).then(1).otherwise(place + 1 - heads_until_here)
    persons = persons.with_columns(number.cast(pl.Int64).alias(PERSON))
    return (_related(persons) if relationship.says_of_relatives else persons).drop(KIN)


def _note_heads(persons: pl.DataFrame, cells: Cells, relationship: Relationship) -> None:
    heads = (pl.col(KIN) == HEAD).sum().over(HOUSEHOLD_ID)
    first = pl.int_range(pl.len()).over(HOUSEHOLD_ID) == 0
    for fault, wrong in ((Fault.NO_HEAD, heads == 0), (Fault.SEVERAL_HEADS, heads > 1)):
        met = persons.select((wrong & first).fill_null(False)).to_series()
        cells.note(fault, relationship.column, met)


def _related(persons: pl.DataFrame) -> pl.DataFrame:
    def numbers(kin: str) -> pl.Expr:
        return pl.col(PERSON).filter(pl.col(KIN) == kin)

    def one(kin: str) -> pl.Expr:
        return pl.when(numbers(kin).len() == 1).then(numbers(kin).min()).over(HOUSEHOLD_ID)

    def of_two(kin: str, which: pl.Expr) -> pl.Expr:
        return pl.when(numbers(kin).len() <= 2).then(which).over(HOUSEHOLD_ID)

    def couple(kin: str) -> pl.Expr:
        both = pl.when(numbers(kin).len() == 2).then(numbers(kin).sum()).over(HOUSEHOLD_ID)
        return both - pl.col(PERSON)

    def second(kin: str) -> pl.Expr:
        return pl.when(numbers(kin).len() == 2).then(numbers(kin).max()).over(HOUSEHOLD_ID)

    is_kin = {kin: pl.col(KIN) == kin for kin in (HEAD, SPOUSE, CHILD, PARENT, PARENT_OF_SPOUSE)}
    spouse = one(SPOUSE)
    first = {kin: of_two(kin, numbers(kin).min()) for kin in (PARENT, PARENT_OF_SPOUSE)}
    head = pl.lit(1, pl.Int64)
    return persons.with_columns(
        pl.when(is_kin[HEAD])
        .then(spouse)
        .when(is_kin[SPOUSE] & spouse.is_not_null())
        .then(head)
        .when(is_kin[PARENT])
        .then(couple(PARENT))
        .when(is_kin[PARENT_OF_SPOUSE])
        .then(couple(PARENT_OF_SPOUSE))
        .alias(SPOUSE),
        pl.when(is_kin[CHILD])
        .then(head)
        .when(is_kin[HEAD])
        .then(first[PARENT])
        .when(is_kin[SPOUSE] & spouse.is_not_null())
        .then(first[PARENT_OF_SPOUSE])
        .alias(FIRST_PARENT),
        pl.when(is_kin[CHILD])
        .then(spouse)
        .when(is_kin[HEAD])
        .then(second(PARENT))
        .when(is_kin[SPOUSE] & spouse.is_not_null())
        .then(second(PARENT_OF_SPOUSE))
        .alias(SECOND_PARENT),
    )
