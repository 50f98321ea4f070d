"""Storing what a column map made of a survey, with what was approximated, assumed, refused and left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from donghaeng.evidence.input_files import Text
from donghaeng.rules.faults import BadInput

from ..schema import CLUSTER, STRATUM, WEIGHT, Schema, Table
from ..store import write_tables
from ..store.manifest import ColumnOrigin, Manifest, Origin, PopulationKind
from .column_map import ColumnMap, ColumnSource
from .importing import Files, Imported

KINSHIP = Text(
    ko="배우자와 부모는 가구주와의 관계에서 따온 것입니다. 가구주의 자녀는 배우자의 자녀로, 부모 두 사람은 "
    "부부로 보며, 다른 관계에서는 배우자도 부모도 없는 것으로 둡니다.",
    en="Spouses and parents follow from the relationship to the head: a child of the head is taken as the "
    "spouse's child too, two parents as a couple, and of any other relationship nobody follows.",
)
FIRST_IS_HEAD = Text(
    ko="처음 적힌 사람을 가구주로 봅니다.", en="The person listed first is taken as the head."
)


def store(
    imported: Imported,
    found: ColumnMap,
    schema: Schema,
    files: Files,
    map_file: Path,
    folder: Path,
    *,
    replace: bool = False,
) -> None:
    """Write the population to ``folder``, whole or not at all.

    Raises:
        BadInput: where no household is left, or the folder is there already.
    """
    checked = imported.checked
    if checked.households.is_empty():
        raise BadInput(
            "no household is left",
            file=files.households.name,
            remedy="see what --dry-run says is refused",
        )
    manifest = manifest_of(imported, found, files, map_file)
    write_tables(folder, schema, checked.households, checked.persons, manifest, replace=replace)


def manifest_of(imported: Imported, found: ColumnMap, files: Files, map_file: Path) -> Manifest:
    """What the stored population says of itself."""
    said = sentences(imported, found)
    tallies, weight = imported.checked.tallies, found.households.columns[WEIGHT]
    note = weight.approximation.en if weight.approximation else ""
    design = [name for name in (STRATUM, CLUSTER) if name in found.households.columns]
    return Manifest(
        title=found.survey.name.en,
        kind=PopulationKind.SURVEY,
        reference_day=found.survey.reference_day,
        households=0,
        persons=0,
        weight_note=note or f"{' + '.join(weight.columns)} of the survey",
        design_note=" and ".join(design) or "no strata or clusters are recorded",
        columns=tuple(origins(imported, found)),
        approximations=tuple(text.en for text in said),
        sources={file.name: _hash(file) for file in _sources(files, map_file)},
        rows_in=tallies[Table.HOUSEHOLDS].rows,
        rows_refused=tallies[Table.HOUSEHOLDS].refused,
        details={
            "title_ko": found.survey.name.ko,
            "approximations_ko": [text.ko for text in said],
            "source": found.survey.source,
            "rows": {table.value: rows(imported, table) for table in Table},
            "changed": imported.changed,
        },
    )


def rows(imported: Imported, table: Table) -> dict[str, int]:
    """Rows of a table: read = left out by the map + refused + stored."""
    tally, left_out = imported.checked.tallies[table], imported.left_out[table]
    return {
        "read": tally.rows + left_out,
        "left_out": left_out,
        "refused": tally.refused,
        "stored": tally.right,
    }


def origins(imported: Imported, found: ColumnMap) -> Iterator[ColumnOrigin]:
    """Where each column comes from."""
    for table, columns in _columns(found):
        for name, source in columns.items():
            note = source.approximation.en if source.approximation else ""
            origin = Origin(source.origin.value)
            yield ColumnOrigin(table=table.value, name=name, origin=origin, note=note)
    for name in imported.relations:
        yield ColumnOrigin(
            table=Table.PERSONS.value, name=name, origin=Origin.APPROXIMATED, note=KINSHIP.en
        )


def approximations(imported: Imported, found: ColumnMap) -> Iterator[tuple[str, Text]]:
    """Every approximation and assumption, with its column (empty where it concerns several)."""
    for _, columns in _columns(found):
        for name, source in columns.items():
            if source.approximation is not None:
                yield name, source.approximation
    for name, count in imported.changed.items():
        if count:
            yield name, _changed(_source(found, name), count)
    relationship = found.persons.relationship
    if relationship is None:
        yield "", FIRST_IS_HEAD
    elif relationship.says_of_relatives:
        yield "", KINSHIP
    if imported.acting_heads:
        yield "", _acting_heads(imported.acting_heads)


def sentences(imported: Imported, found: ColumnMap) -> list[Text]:
    """What a reader of any result has to know: approximations with their column, and what is not known."""
    said = [
        Text(ko=f"{name}: {text.ko}", en=f"{name}: {text.en}") if name else text
        for name, text in approximations(imported, found)
    ]
    gaps = [
        Text(ko=f"알 수 없음: {text.ko}", en=f"Not known: {text.en}")
        for text in found.survey.not_known
    ]
    return said + gaps


def _acting_heads(count: int) -> Text:
    return Text(
        ko=f"가구주가 함께 살지 않는 {count:,}가구에서는 배우자를, 배우자가 없으면 처음 적힌 사람을 "
        "가구주로 봅니다.",
        en=f"In {count:,} households the head is not among the persons: the spouse, or else the person listed "
        "first, is taken as the head.",
    )


def _changed(source: ColumnSource, count: int) -> Text:
    if source.negative.value == "zero":
        return Text(
            ko=f"0보다 작은 값 {count:,}개를 0으로 두었습니다.",
            en=f"{count:,} amounts below zero were set to zero.",
        )
    return Text(
        ko=f"0보다 작은 값 {count:,}개를 모름으로 두었습니다.",
        en=f"{count:,} amounts below zero count as not known.",
    )


def _columns(found: ColumnMap) -> tuple[tuple[Table, dict[str, ColumnSource]], ...]:
    return (
        (Table.HOUSEHOLDS, found.households.columns),
        (Table.PERSONS, found.persons.columns),
    )


def _source(found: ColumnMap, name: str) -> ColumnSource:
    return found.households.columns.get(name) or found.persons.columns[name]


def _sources(files: Files, map_file: Path) -> list[Path]:
    return [files.households, *([files.persons] if files.persons else []), map_file]


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
