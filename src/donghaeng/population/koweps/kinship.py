"""Who is whose spouse and parent, from the survey's codes of the relation to the head."""

from __future__ import annotations

import polars as pl

from donghaeng.population.schema import HOUSEHOLD_ID, PERSON

from .column_map import Relationships
from .values import among


def kinship(persons: pl.DataFrame, kin: Relationships) -> pl.DataFrame:
    """Spouse, first and second parent of each person, as the number of the other; null for nobody.

    Args:
        persons: ``household_id``, ``person`` and the columns that ``kin`` names. Where two persons of a
            household have the same code, the first stands for it.
    """
    people = persons.select(HOUSEHOLD_ID, PERSON, kin.code, kin.birth_year, kin.marital_status)
    bearers = people.unique([HOUSEHOLD_ID, kin.code], keep="first", maintain_order=True)
    spouse_of = {**kin.spouses, **{second: first for first, second in kin.spouses.items()}}
    people = _pointing(people, bearers, kin, "spouse", spouse_of)
    parents = kin.parents_of()
    for place, name in enumerate(("first_parent", "second_parent")):
        codes = {code: pair[place] for code, pair in parents.items()}
        people = _pointing(people, bearers, kin, name, codes)
    married = among(kin.marital_status, kin.married).fill_null(False)
    people = people.with_columns(
        pl.when(married & among("spouse:status", kin.married)).then("spouse").alias("spouse")
    )
    for name in ("first_parent", "second_parent"):
        gap = pl.col(kin.birth_year) - pl.col(f"{name}:year")
        people = people.with_columns(pl.when(gap >= kin.least_age_gap).then(name).alias(name))
    # Only one parent here: who is there is the first.
    people = people.with_columns(
        first_parent=pl.coalesce("first_parent", "second_parent"),
        second_parent=pl.when(pl.col("first_parent").is_not_null()).then("second_parent"),
    )
    # A pair holds both ways: of two persons with one code only the first has a spouse.
    back = people.select(
        HOUSEHOLD_ID, pl.col(PERSON).alias("spouse"), pl.col("spouse").alias("back")
    )
    people = people.join(back, [HOUSEHOLD_ID, "spouse"], "left", maintain_order="left")
    mutual = pl.col("back") == pl.col(PERSON)
    return people.select(
        pl.when(mutual).then("spouse").alias("spouse"), "first_parent", "second_parent"
    )


def _pointing(
    people: pl.DataFrame,
    bearers: pl.DataFrame,
    kin: Relationships,
    name: str,
    codes: dict[int, int],
) -> pl.DataFrame:
    """``people`` with the number, birth year and status of the person of the code that theirs points to."""
    wanted = (
        pl.col(kin.code).cast(pl.Int64).replace_strict(codes, default=None, return_dtype=pl.Int64)
    )
    others = bearers.select(
        HOUSEHOLD_ID,
        pl.col(kin.code).cast(pl.Int64).alias("wanted"),
        pl.col(PERSON).alias(name),
        pl.col(kin.birth_year).alias(f"{name}:year"),
        pl.col(kin.marital_status).alias(f"{name}:status"),
    )
    joined = people.with_columns(wanted=wanted).join(
        others, [HOUSEHOLD_ID, "wanted"], "left", maintain_order="left"
    )
    return joined.drop("wanted")
