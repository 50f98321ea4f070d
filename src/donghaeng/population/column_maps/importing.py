"""A survey's tables as a population, by a column map: every row is taken, left out by the map, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from donghaeng.rules.faults import BadInput

from ..check import Checked, check_tables
from ..check.values import read_column
from ..check.violations import Findings
from ..reading import SurveyTable, read_survey
from ..schema import HOUSEHOLD_ID, Column, Schema, Table
from .agreement import check_agreement
from .cells import MEMBER_NUMBER, Cells
from .column_map import MEMBER, ColumnMap, ColumnSource, of_member
from .relationships import RELATIONS, numbered

AT = "row of the household"


@dataclass(frozen=True)
class Files:
    """The files of a survey and how they are read; ``persons`` is ``None`` where members are wide columns."""

    households: Path
    persons: Path | None = None
    households_sheet: str = ""
    persons_sheet: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Imported:
    """What a map made of a survey.

    ``left_out`` counts the rows of each table that the map does not take (``only``), ``changed`` the amounts
    below zero that the map has as zero or not known, ``relations`` what followed from the relationship,
    ``acting_heads`` the households in which somebody stands in for a head who is not there.
    """

    checked: Checked
    left_out: dict[Table, int]
    changed: dict[str, int]
    relations: tuple[str, ...]
    acting_heads: int


def import_survey(found: ColumnMap, schema: Schema, files: Files, map_name: str) -> Imported:
    """Read a survey by its map.

    Raises:
        BadInput: where the map does not agree with the schema or the files, or a file cannot be read.
    """
    check_agreement(found, schema, map_name)
    _check_files(found, files, map_name)
    households = read_survey(
        files.households,
        columns=found.household_columns(),
        sheet=files.households_sheet,
        encoding=files.encoding,
    )
    if files.persons is None:
        persons = lengthened(households, found)
    else:
        persons = read_survey(
            files.persons,
            columns=found.person_columns(),
            sheet=files.persons_sheet,
            encoding=files.encoding,
        )
    return import_tables(found, schema, households, persons)


def import_tables(
    found: ColumnMap, schema: Schema, households: SurveyTable, persons: SurveyTable
) -> Imported:
    """As :func:`import_survey`, of tables that were read."""
    day = found.survey.reference_day
    of, who = Findings(Table.HOUSEHOLDS, households), Findings(Table.PERSONS, persons)
    of_id, who_id = found.households.id, found.persons.household or found.households.id
    taken = Cells(of, day).meets(found.households.only)
    others = _ids(schema, households, of_id).filter(~taken).drop_nulls()
    elsewhere = _ids(schema, persons, who_id).is_in(others.implode()).fill_null(False)
    stays = Cells(who, day).meets(found.persons.only) & ~elsewhere
    left_out = {Table.HOUSEHOLDS: int((~taken).sum()), Table.PERSONS: int((~stays).sum())}
    of.source, who.source = households.rows_where(taken), persons.rows_where(stays)
    of_cells, who_cells = Cells(of, day), Cells(who, day)
    mapped_of = _mapped(schema.households, found.households.columns, of_cells, of_id)
    mapped_who = _mapped(schema.persons, found.persons.columns, who_cells, who_id)
    mapped_who = numbered(mapped_who, who_cells, found.persons.relationship)
    checked = check_tables(
        schema,
        replace(of.source, frame=mapped_of),
        replace(who.source, frame=mapped_who),
        earlier=(of, who),
    )
    named = replace(checked, violations=_members_named(checked.violations))
    relations = tuple(name for name in RELATIONS if name in mapped_who.columns)
    changed = {**of_cells.changed, **who_cells.changed}
    return Imported(named, left_out, changed, relations, who_cells.acting_heads)


def _check_files(found: ColumnMap, files: Files, map_name: str) -> None:
    if found.persons.wide and files.persons is not None:
        raise BadInput(
            "takes the persons from the household file",
            file=map_name,
            field="persons.members",
            remedy="name one file, or say persons.household",
        )
    if not found.persons.wide and files.persons is None:
        raise BadInput(
            "takes the persons from a file of their own",
            file=map_name,
            field="persons.household",
            remedy="name the file of persons after that of households",
        )


def _ids(schema: Schema, table: SurveyTable, name: str) -> pl.Series:
    return read_column(schema.households[HOUSEHOLD_ID], table.frame[name])[0]


def _mapped(
    known: Mapping[str, Column], columns: Mapping[str, ColumnSource], cells: Cells, id_column: str
) -> pl.DataFrame:
    """The columns of a population, row by row as the survey's."""
    ids = cells.findings.source.frame[id_column].alias(HOUSEHOLD_ID)
    return pl.DataFrame(
        [ids, *(cells.column(known[name], source) for name, source in columns.items())]
    )


def lengthened(households: SurveyTable, found: ColumnMap) -> SurveyTable:
    """A row for each member of each household, from columns that stand member after member.

    The columns keep ``{member}`` in their name; which member a row is stands beside them.
    """
    wide = found.member_columns()
    parts, notes = [], {}
    for number in range(1, found.persons.members + 1):
        of_this = households.frame.select(
            pl.int_range(pl.len()).alias(AT),
            pl.lit(number).alias(MEMBER_NUMBER),
            pl.col(found.households.id),
            *(pl.col(of_member(name, number)).alias(name) for name in wide),
        )
        parts.append(of_this.filter(pl.col(found.persons.present).is_not_null()))
    for name in wide:
        if of_member(name, 1) in households.notes:
            notes[name] = households.notes[of_member(name, 1)]
    frame = pl.concat(parts, how="vertical_relaxed").sort(AT, MEMBER_NUMBER)
    rows = households.rows.gather(frame[AT])
    return SurveyTable(households.name, frame.drop(AT), rows, notes)


def _members_named(violations: pl.DataFrame) -> pl.DataFrame:
    """The column of the member instead of that of all members."""
    number = pl.col("other").cast(pl.String)
    named = pl.col("column").str.replace(MEMBER, number, literal=True)
    of_all = pl.col("column").str.contains(MEMBER, literal=True) & number.is_not_null()
    return violations.with_columns(pl.when(of_all).then(named).otherwise("column").alias("column"))
