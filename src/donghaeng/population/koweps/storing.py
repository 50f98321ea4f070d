"""An imported survey is written as a population, with everything that was assumed in its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from donghaeng.population.schema import Schema
from donghaeng.population.store import write_tables
from donghaeng.population.store.manifest import Manifest, PopulationKind
from donghaeng.rules.faults import BadInput

from .column_map import ColumnMap
from .importing import Imported


def store(
    imported: Imported,
    columns: ColumnMap,
    schema: Schema,
    folder: Path,
    *,
    files: Iterable[Path] = (),
    replace: bool = False,
) -> None:
    """Write the population to ``folder``; it appears whole or not at all.

    Args:
        files: the survey's files; the manifest keeps their names and hashes, not what stands in them.

    Raises:
        BadInput: where no household is left, or the folder cannot be written.
    """
    if not len(imported.households):
        raise BadInput(
            f"no household is left: {imported.households_refused:,} were refused",
            file=str(folder),
            remedy=_first(imported),
        )
    manifest = Manifest(
        title=columns.survey.en,
        kind=PopulationKind.SURVEY,
        reference_day=columns.reference_day,
        households=len(imported.households),
        persons=len(imported.persons),
        weight_note=columns.weight_note.en,
        design_note=columns.design_note.en,
        columns=imported.origins,
        approximations=tuple(each.en for each in imported.approximations),
        sources={file.name: _hash(file) for file in files},
        rows_in=imported.households_in,
        rows_refused=imported.households_refused,
        details={
            "persons_in": imported.persons_in,
            "persons_refused": imported.persons_refused,
            "not_known": [asdict(each) for each in imported.not_known],
            "refused": [asdict(each) for each in imported.refused],
            "approximations_ko": [each.ko for each in imported.approximations],
        },
    )
    write_tables(folder, schema, imported.households, imported.persons, manifest, replace=replace)


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _first(imported: Imported) -> str:
    if not imported.refused:
        return ""
    first = imported.refused[0]
    return f"first: {first.file}, row {first.row}, {first.column}: {first.reason}"
