"""The files of a simulation: one JSON, a report in each language, tables for programs and spreadsheets."""

from __future__ import annotations

import json

from donghaeng.language import LANGUAGES
from donghaeng.reports.documents import page, pdf

from ..results import Simulation
from .data import flat_tables
from .document import More, simulation_document
from .workbook import simulation_workbook

DATA = "simulation.json"


def simulation_json(simulation: Simulation) -> str:
    """The result for programs: the same to the letter for the same question."""
    return json.dumps(simulation.as_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def simulation_files(simulation: Simulation, more: More | None = None) -> dict[str, str | bytes]:
    """Every file by its path within the folder of results; ``more`` is a section of the reports."""
    files: dict[str, str | bytes] = {DATA: simulation_json(simulation)}
    for table in flat_tables(simulation):
        files[f"tables/{table.name}.parquet"] = table.parquet()
        files[f"tables/{table.name}.csv"] = table.csv()
    for language in LANGUAGES:
        html = page(simulation_document(simulation, language, more))
        files[f"report.{language}.html"] = html
        files[f"report.{language}.pdf"] = pdf(html)
        files[f"report.{language}.xlsx"] = simulation_workbook(simulation, language)
    return files
