"""What a publication is made of: the index, its figures, and what goes with them.

The same material is read from the files of whoever publishes, and again from a published folder; everything
else in the folder follows from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import polars

from donghaeng.charts.boundaries import Boundary, boundaries_of
from donghaeng.evidence.input_files import read_file
from donghaeng.evidence.reproduction_files import Series
from donghaeng.index.chain.build import Build, build
from donghaeng.index.framework.index_file import Data, Index
from donghaeng.index.framework.reading import read_index
from donghaeng.index.panel import panel_of
from donghaeng.rules.faults import BadInput
from donghaeng.sources.observations import SCHEMA, read_observations, read_wide

from .calendar import Calendar, Edition, read_calendar

INDEX, CALENDAR, SERIES, PROGRAMMES = (
    "index.yaml",
    "calendar.yaml",
    "reproduction.yaml",
    "programmes.yaml",
)
FIGURES, TRENDS, BOUNDARIES = "data/figures.csv", "data/trends.csv", "data/boundaries.json"
EARLIER_INDEX, EARLIER_FIGURES = "previous/index.yaml", "previous/figures.csv"

Read = TypeVar("Read")


@dataclass(frozen=True)
class Earlier:
    """The edition before: its index and figures, and the hash of its manifest."""

    index: Index
    figures: polars.DataFrame
    edition: str
    manifest_sha256: str


@dataclass(frozen=True)
class Material:
    """Everything from which a publication follows.

    ``figures`` and ``trends`` are long tables (``donghaeng.sources.observations``). ``at`` is the time of
    publication, which stands on the pages and in the catalogue and in no figure. ``audited`` asks for the
    documents of the audit.
    """

    index: Index
    figures: polars.DataFrame
    at: datetime
    edition: str
    languages: tuple[str, ...] = ("ko", "en")
    trends: polars.DataFrame | None = None
    calendar: Calendar | None = None
    series_text: str | None = None
    programmes_text: str | None = None
    boundaries: tuple[Boundary, ...] = ()
    earlier: Earlier | None = None
    series: Series | None = None
    under_embargo: bool = False
    audited: bool = True

    @cached_property
    def build(self) -> Build:
        """The index as it is built from the figures.

        Raises:
            BadInput: where it cannot be built.
        """
        return build(self.index, panel_of(self.index, self.figures, FIGURES))

    @property
    def release(self) -> Edition | None:
        """The edition as the calendar has it."""
        return None if self.calendar is None else self.calendar.edition(self.edition)


def used_figures(index: Index, figures: polars.DataFrame) -> polars.DataFrame:
    """The rows of a long table that the index is computed from or shows, in the order of their keys."""
    wanted = {
        code: index.indicators[code].period for code in index.columns if code in index.indicators
    }
    wanted |= {code: None for code in index.columns if code not in index.indicators}
    wanted |= {code: each.period for code, each in index.denominators.items()}
    rows = figures.filter(polars.col("indicator").is_in(list(wanted)))
    if index.periods.mode == "cross_section":
        usual = index.periods.cross_section
        of_code = {code: period or usual for code, period in wanted.items()}
        expected = polars.col("indicator").replace_strict(of_code, return_dtype=polars.String)
        rows = rows.filter(polars.col("period") == expected)
    return rows.select(SCHEMA.names()).sort("indicator", "period", "unit")


def as_published(index: Index) -> Index:
    """The index with the names that its files have in the folder."""
    publication = index.publication
    if publication is not None:
        calendar = CALENDAR if publication.calendar else None
        publication = publication.model_copy(update={"calendar": calendar})
    return index.model_copy(
        update={
            "data": Data(file=FIGURES),
            "published": SERIES if index.published else None,
            "programmes": PROGRAMMES if index.programmes else None,
            "publication": publication,
        }
    )


def gather(
    file: Path,
    *,
    at: datetime | None,
    now: datetime,
    edition: str = "",
    languages: tuple[str, ...] = ("ko", "en"),
    trends: Path | None = None,
    calendar: Path | None = None,
    boundaries: tuple[Boundary, ...] = (),
    earlier: Earlier | None = None,
    under_embargo: bool = False,
    audited: bool = True,
) -> Material:
    """The material of a publication from an index file and what it names.

    Args:
        at: time of publication; that of the release, or ``now`` where there is no calendar, if none is given.
        edition: which edition of the calendar; the one about the last period if none is named.

    Raises:
        BadInput: where a file is not right.
    """
    index, folder = read_index(file), file.parent
    figures = _figures(index, folder)
    named = index.publication.calendar if index.publication else None
    calendar = calendar or (folder / named if named else None)
    known = read_calendar(calendar) if calendar else None
    last = index.periods.cross_section or str(figures["period"].max() or "")
    release = None
    if known is not None:
        release = known.edition(edition) if edition else known.edition_of(last)
    moment = at or now
    published = as_published(index)
    if known is not None and published.publication is not None:
        told = published.publication.model_copy(update={"calendar": CALENDAR})
        published = published.model_copy(update={"publication": told})
    if at is None and release is not None:
        moment = release.release
    series = folder / index.published if index.published else None
    return Material(
        index=published,
        figures=used_figures(index, figures),
        at=moment.replace(microsecond=0),
        edition=release.id if release else edition or index.version,
        languages=languages,
        trends=None if trends is None else read_observations(trends),
        calendar=known,
        series_text=None if series is None else _text(series),
        series=None if series is None else read_file(series, Series),
        programmes_text=_text(folder / index.programmes) if index.programmes else None,
        boundaries=boundaries,
        earlier=earlier,
        under_embargo=under_embargo,
        audited=audited,
    )


def _figures(index: Index, folder: Path) -> polars.DataFrame:
    path = folder / index.data.file
    if index.data.layout == "long":
        return read_observations(path)
    columns = [*index.columns, *index.denominators]
    return read_wide(path, unit=index.data.unit, period=index.data.period or "", indicators=columns)


def read_material(folder: Path, languages: tuple[str, ...], at: datetime, edition: str) -> Material:
    """The material that a published folder holds, whatever its index file names as files.

    Raises:
        BadInput: where it cannot be read.
    """
    index = as_published(read_index(folder / INDEX))
    series = folder / SERIES
    return Material(
        index=index,
        figures=read_observations(folder / FIGURES),
        at=at,
        edition=edition,
        languages=languages,
        trends=_if_there(folder / TRENDS, read_observations),
        calendar=_if_there(folder / CALENDAR, read_calendar),
        series_text=_if_there(series, _text),
        series=_if_there(series, lambda file: read_file(file, Series)),
        programmes_text=_if_there(folder / PROGRAMMES, _text),
        boundaries=_if_there(folder / BOUNDARIES, _boundaries) or (),
    )


def with_earlier(material: Material, folder: Path, edition: str, manifest: str) -> Material:
    """The material with the earlier edition that a published folder keeps."""
    earlier = Earlier(
        index=read_index(folder / EARLIER_INDEX),
        figures=read_observations(folder / EARLIER_FIGURES),
        edition=edition,
        manifest_sha256=manifest,
    )
    return replace(material, earlier=earlier)


def boundaries_text(boundaries: tuple[Boundary, ...]) -> str:
    """The boundaries that were drawn, as GeoJSON, each with the code of its unit."""
    features = [
        {
            "type": "Feature",
            "properties": {"unit": each.key},
            "geometry": {"type": "MultiPolygon", "coordinates": each.polygons},
        }
        for each in boundaries
    ]
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, separators=(",", ":")) + "\n"


def by_unit(boundaries: tuple[Boundary, ...], index: Index, file: str) -> tuple[Boundary, ...]:
    """The boundaries of the units of an index, found by code or by Korean or English name.

    Raises:
        BadInput: for a unit without a boundary.
    """
    found = {each.key: each for each in boundaries}
    placed = []
    for code, unit in sorted(index.units.members.items()):
        key = next((k for k in (unit.label.ko, unit.label.en, code) if k in found), None)
        if key is None:
            raise BadInput(
                f"has no boundary for {unit.label.ko} ({code})",
                file=file,
                remedy="name the property that holds the names: --boundary-key name",
            )
        placed.append(replace(found[key], key=code))
    return tuple(placed)


def _boundaries(file: Path) -> tuple[Boundary, ...]:
    return boundaries_of(json.loads(_text(file)), "unit", str(file))


def _if_there(file: Path, read: Callable[[Path], Read]) -> Read | None:
    return read(file) if file.is_file() else None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(file)) from None
    except UnicodeDecodeError:
        raise BadInput("is not text in UTF-8", file=str(file)) from None
