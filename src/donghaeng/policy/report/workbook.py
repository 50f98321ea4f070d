"""A simulation as a workbook: the answer in words, then every flat table with numbers as numbers."""

from __future__ import annotations

from donghaeng.language import Words
from donghaeng.reports.document_parts import Paragraph
from donghaeng.reports.tabular import Cell, Report, Section, Table
from donghaeng.reports.tabular.workbook import workbook

from ..results import Simulation
from .data import FlatTable, flat_tables
from .document import answer_document

SHEETS = {
    "budget": "Budget",
    "amounts": "Benefits and contributions",
    "groups": "Who gains and who loses",
    "measures": "Measures",
    "rates": "Tax rates",
    "receipts": "Receipt",
    "readings": "Readings",
    "not_official": "Not official",
    "assumed": "What is assumed",
}


def simulation_workbook(simulation: Simulation, language: str) -> bytes:
    """The file; columns bear the names of the JSON, so that figures can be found again."""
    words = Words(language)
    document = answer_document(simulation, language)
    answer = document.sections[0]
    said = tuple(
        f"{part.heading} {part.text}".strip()
        for part in answer.parts
        if isinstance(part, Paragraph)
    )
    note = words(
        "Columns bear the names of simulation.json. Money is won, of the period that the row names; "
        "shares are of 1."
    )
    sections = [Section(answer.title, said), Section(words("Tables"), (note,))]
    sections += [
        Section(words(SHEETS[table.name]), (), _sheet(table, words))
        for table in flat_tables(simulation)
    ]
    return workbook(
        Report(
            document.title,
            language,
            (document.notice,),
            tuple(sections),
            (*document.about, document.foot),
        )
    )


def _sheet(table: FlatTable, words: Words) -> Table:
    kind = words(str(table.rows[0][0]))
    rows = tuple((Cell(kind), *(_cell(value) for value in row[1:])) for row in table.rows)
    return Table(words(SHEETS[table.name]), table.columns, rows)


def _cell(value: str | int | float | bool | None) -> Cell:
    if value is None:
        return Cell("", gap=True)
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, str):
        return Cell(value)
    return Cell(f"{value:g}", value)
