"""The files of a simulation: one JSON, a report in each language, tables for programs and spreadsheets."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

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


def simulation_files(
    simulation: Simulation, more: More | None = None, *, processes: bool = False
) -> dict[str, str | bytes]:
    """Every file by its path within the folder of results.

    Args:
        more: a section of the reports.
        processes: set each language in a process of its own; worth it where there is a second core.
    """
    files: dict[str, str | bytes] = {DATA: simulation_json(simulation)}
    for table in flat_tables(simulation):
        files[f"tables/{table.name}.parquet"] = table.parquet()
        files[f"tables/{table.name}.csv"] = table.csv()
    if processes and more is None:
        with ProcessPoolExecutor(len(LANGUAGES), get_context("spawn")) as pool:
            reports = list(pool.map(partial(_reports, simulation), LANGUAGES))
    else:
        reports = [_reports(simulation, language, more) for language in LANGUAGES]
    for each in reports:
        files |= each
    return files


def _reports(
    simulation: Simulation, language: str, more: More | None = None
) -> dict[str, str | bytes]:
    html = page(simulation_document(simulation, language, more))
    return {
        f"report.{language}.html": html,
        f"report.{language}.pdf": pdf(html),
        f"report.{language}.xlsx": simulation_workbook(simulation, language),
    }
