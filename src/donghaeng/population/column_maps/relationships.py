"""Heads, numbers of persons, spouses and parents, from the relationship to the head."""

from __future__ import annotations

import polars as pl

from ..check.violations import Fault
from ..schema import HOUSEHOLD_ID, PERSON
from .cells import Cells
from .column_map import Relationship, WithoutHead

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
    if relationship.without_head is WithoutHead.NEXT:
        persons = _with_acting_heads(persons, cells)
    _note_heads(persons, cells, relationship)
    # Those listed before the head move one place back.
    place = pl.int_range(1, pl.len() + 1).over(HOUSEHOLD_ID)
    of_head = pl.when(pl.col(KIN) == HEAD).then(place).min().over(HOUSEHOLD_ID)
    number = pl.when(place == of_head).then(1).when(place < of_head).then(place + 1)
    persons = persons.with_columns(number.otherwise(place).cast(pl.Int64).alias(PERSON))
    return (_related(persons) if relationship.says_of_relatives else persons).drop(KIN)


def _with_acting_heads(persons: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    """Where the head is not there, the spouse stands in, or the person listed first, of whom nothing follows.

    The spouse's parents then are the head's, and the children, taken as the spouse's too, the head's.
    """
    kin = pl.col(KIN)
    headless = (kin == HEAD).sum().over(HOUSEHOLD_ID) == 0
    has_spouse = (kin == SPOUSE).sum().over(HOUSEHOLD_ID) == 1
    first = pl.int_range(pl.len()).over(HOUSEHOLD_ID) == 0
    promoted = (
        pl.when(kin == SPOUSE)
        .then(pl.lit(HEAD))
        .when(kin == PARENT_OF_SPOUSE)
        .then(pl.lit(PARENT))
        .when(kin == CHILD)
        .then(pl.lit(CHILD))
        .otherwise(pl.lit(""))
    )
    alone = pl.when(first).then(pl.lit(HEAD)).otherwise(pl.lit(""))
    cells.acting_heads = int(persons.select((headless & first).sum()).item())
    return persons.with_columns(
        pl.when(~headless).then(kin).when(has_spouse).then(promoted).otherwise(alone).alias(KIN)
    )


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
