"""Every file of a publication, as it follows from its material.

The same material gives the same files, to the byte, with the same version of the program. So whoever has the
folder can make it again, and see whether it is what it says.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import yaml

from donghaeng.evidence.manifests import NAME as MANIFEST
from donghaeng.evidence.reproduction import Reproduced, reproduce
from donghaeng.index.framework.reading import index_text
from donghaeng.language import Words
from donghaeng.sources.safe_cells import csv_text

from . import catalogue, data_package
from .calendar import Calendar, check_corrections
from .data_tables import data_tables
from .documents import audit_documents
from .draws import Drawn, draw
from .exchange import SCORES, sdmx_files
from .manifest import manifest_of
from .material import (
    BOUNDARIES,
    CALENDAR,
    EARLIER_FIGURES,
    EARLIER_INDEX,
    FIGURES,
    INDEX,
    PROGRAMMES,
    SERIES,
    Material,
    boundaries_text,
)
from .nodes import figures_by_address
from .page import Page, language_choice
from .pictures import WIDTHS, Picture, Pictures
from .published_figures import ADDRESSES
from .result_tables import result_tables
from .revisions import Revisions, revision_tables, revisions_json, revisions_of
from .tables import Table

# Tables that stand there as Parquet too.
PARQUET = (FIGURES, SCORES)
REVISIONS = "results/revisions.json"
REPRODUCTION = "results/reproduction.json"
OFFERED = ("csv", "parquet", "xml", "json", "yaml")
# Said when a part of the work begins: which part.
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Published:
    """The files of a publication by path, and the tables among them with what their columns mean."""

    files: Mapping[str, bytes]
    tables: tuple[Table, ...] = field(repr=False)


def publish(material: Material, progress: Progress | None = None, threads: int = 1) -> Published:
    """Every file of the publication, its manifest last.

    Raises:
        BadInput: where the index cannot be built, or a correction names a figure that is not in it.
    """
    said = progress or (lambda part: None)
    said("build")
    build = material.build
    if material.release is not None:
        check_corrections(material.release, figures_by_address(build))
    said("draws")
    drawn = draw(build, threads=threads)
    revised = revisions_of(material)
    reproduced = reproduce(material.series) if material.series is not None else []
    said("tables")
    tables = [*data_tables(material), *result_tables(build, drawn, reproduced)]
    if revised is not None:
        tables += revision_tables(revised)
    files = _sources(material)
    files |= {table.path: csv_text(table.frame).encode() for table in tables}
    files |= {
        table.path.replace(".csv", ".parquet"): _parquet(table)
        for table in tables
        if table.path in PARQUET
    }
    files[ADDRESSES] = _addresses(material)
    if revised is not None:
        files[REVISIONS] = revisions_json(revised).encode()
    if reproduced:
        figures = [each.as_json() for each in reproduced]
        files[REPRODUCTION] = (json.dumps(figures, ensure_ascii=False, indent=2) + "\n").encode()
    scores = next(table for table in tables if table.path == SCORES)
    files |= sdmx_files(material, scores)
    offered = sorted(path for path in files if path.rpartition(".")[2] in OFFERED)
    hashes = {path: hashlib.sha256(files[path]).hexdigest() for path in files}
    files[data_package.NAME] = data_package.data_package(material, tables, hashes).encode()
    described = catalogue.dcat(material, {path: hashes[path] for path in offered})
    files |= {path: text.encode() for path, text in described.items()}
    said("audit")
    documents = audit_documents(material, threads)
    for language in material.languages:
        said(f"pages {language}")
        files |= _pages(material, drawn, revised, reproduced, language, offered, list(documents))
    files |= documents
    files["index.html"] = language_choice(material).encode()
    files[MANIFEST] = manifest_of(material, files).text().encode()
    return Published(dict(sorted(files.items())), tuple(tables))


def _sources(material: Material) -> dict[str, bytes]:
    """What the publication was made from, beside its tables of figures."""
    files = {INDEX: index_text(material.index)}
    if material.calendar is not None:
        files[CALENDAR] = _calendar_text(material.calendar)
    if material.series_text is not None:
        files[SERIES] = material.series_text
    if material.programmes_text is not None:
        files[PROGRAMMES] = material.programmes_text
    if material.boundaries:
        files[BOUNDARIES] = boundaries_text(material.boundaries)
    if material.earlier is not None:
        files[EARLIER_INDEX] = index_text(material.earlier.index)
        files[EARLIER_FIGURES] = csv_text(material.earlier.figures)
    return {path: text.encode() for path, text in files.items()}


def _calendar_text(calendar: Calendar) -> str:
    said = calendar.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)


def _parquet(table: Table) -> bytes:
    packed = io.BytesIO()
    table.frame.write_parquet(packed, compression="uncompressed")
    return packed.getvalue()


def _addresses(material: Material) -> bytes:
    """Every figure of the index by its address; null where there is none."""
    figures = figures_by_address(material.build)
    said = {address: None if x != x else x for address, x in figures.items()}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _pages(
    material: Material,
    drawn: Drawn | None,
    revised: Revisions | None,
    reproduced: list[Reproduced],
    language: str,
    offered: list[str],
    documents: list[str],
) -> dict[str, bytes]:
    """The page of one language, with its charts."""
    words = Words(language)
    pictures = Pictures(material, drawn, words).all()
    files = _chart_files(pictures, language)
    own = [path for path in documents if f".{language}." in path or path.endswith(".json")]
    page = Page(
        material=material,
        drawn=drawn,
        reproduced=reproduced,
        revisions=revised,
        pictures=pictures,
        words=words,
        files=(*offered, data_package.NAME, catalogue.DCAT_JSON, catalogue.DCAT_TURTLE, MANIFEST),
        documents=tuple(own),
        description=catalogue.schema_org(material, language, offered),
    )
    return files | {f"{language}/index.html": page.html().encode()}


def _chart_files(pictures: list[Picture], language: str) -> dict[str, bytes]:
    files = {}
    for each in pictures:
        path = f"charts/{language}/{each.name}"
        for suffix, chart in zip(WIDTHS, (each.wide, each.narrow), strict=True):
            name = f"{path}.{suffix}.svg" if suffix else f"{path}.svg"
            files[name] = chart.svg.encode()
        files[f"{path}.csv"] = (each.wide.csv() + "\n").encode()
        files[f"{path}.txt"] = f"{each.wide.title}\n\n{each.wide.alternative}\n".encode()
    return files
