"""``donghaeng index publish``: a folder that anyone can serve, read and compute again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..options import Form, Format
from ..output import print_json
from .common import File, Out

if TYPE_CHECKING:
    from donghaeng.charts.boundaries import Boundary
    from donghaeng.index.publication.material import Earlier, Material


class Languages(StrEnum):
    """In which languages the pages are written."""

    BOTH = "both"
    KOREAN = "ko"
    ENGLISH = "en"


def publish(
    file: File,
    out: Out,
    lang: Annotated[
        Languages, typer.Option("--lang", help="Languages of the pages: both, ko or en.")
    ] = Languages.BOTH,
    at: Annotated[
        str,
        typer.Option(
            "--at",
            help="Time of publication with its zone (2026-08-04T10:00:00+09:00); that of the "
            "release calendar, or now, where none is given.",
        ),
    ] = "",
    edition: Annotated[
        str, typer.Option("--edition", help="The edition, as the release calendar has it.")
    ] = "",
    calendar: Annotated[
        Path | None, typer.Option("--calendar", help="A release calendar (YAML).")
    ] = None,
    under_embargo: Annotated[
        bool,
        typer.Option(
            "--under-embargo", help="Publish before the release, with a notice on the pages."
        ),
    ] = False,
    previous: Annotated[
        Path | None,
        typer.Option("--previous", help="The edition before, published: its revisions are shown."),
    ] = None,
    trends: Annotated[
        Path | None,
        typer.Option("--trends", help="Further years of single figures, as a long table."),
    ] = None,
    boundaries: Annotated[
        Path | None,
        typer.Option("--boundaries", help="GeoJSON or TopoJSON of the units, for a true map."),
    ] = None,
    boundary_key: Annotated[
        str,
        typer.Option("--boundary-key", help="Property with the name or code of each unit."),
    ] = "name",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list the files that would be written.")
    ] = False,
    audit: Annotated[
        bool, typer.Option("--audit/--no-audit", help="With the documents of the audit.")
    ] = True,
    threads: Annotated[
        int,
        typer.Option("--threads", min=1, help="Threads for the draws; no figure depends on it."),
    ] = 1,
    format: Form = Format.TABLE,
) -> None:
    """Write the publication: pages, charts, tables, catalogue and the manifest by which it is verified.

    Refused before the release of the edition unless --under-embargo.

    Example: donghaeng index publish examples/index/seoul/index.yaml --out publication
    """
    from donghaeng.evidence.manifests import NAME
    from donghaeng.index.publication.calendar import check_embargo
    from donghaeng.index.publication.material import gather
    from donghaeng.sources.whole_folders import write_folder

    now = datetime.now(UTC)
    moment = _moment(at) if at else None
    material = gather(
        file,
        at=moment,
        now=now,
        edition=edition,
        languages=("ko", "en") if lang is Languages.BOTH else (lang.value,),
        trends=trends,
        calendar=calendar,
        boundaries=_boundaries(file, boundaries, boundary_key),
        earlier=None if previous is None else _earlier(previous),
        under_embargo=under_embargo,
        audited=audit,
    )
    if material.release is not None:
        check_embargo(material.release, moment or now, under_embargo)
    words = Words("en" if lang is Languages.ENGLISH else "ko")
    published = _made(file, material, threads, words)
    sizes = {path: len(content) for path, content in published.items()}
    if not dry_run:
        write_folder(out, published, mark=NAME)
    if format is Format.JSON:
        said = {"out": str(out), "written": not dry_run, "files": sizes}
        print_json(said)
        return
    if dry_run:
        for path, size in sizes.items():
            typer.echo(f"{size:>10,}  {path}")
        typer.echo(words("{count} files would be written", count=len(sizes)))
        return
    typer.echo(words("{count} files written to {folder}", count=len(sizes), folder=out))
    typer.echo(words("Check it with `donghaeng index verify {folder}`", folder=out))


def _made(file: Path, material: Material, threads: int, words: Words) -> Mapping[str, bytes]:
    """The files, with a word on standard error for each part, and faults with the file's name."""
    from donghaeng.index.publication.publish import publish as make

    try:
        return make(material, lambda part: announce(part, words), threads).files
    except BadInput as fault:
        raise BadInput(
            fault.message, file=fault.file or str(file), field=fault.field, remedy=fault.remedy
        ) from None


def announce(part: str, words: Words) -> None:
    """Say on standard error which part of the work begins."""
    name, _, language = part.partition(" ")
    said = {
        "build": words("Building the index"),
        "draws": words("Drawing the uncertain choices"),
        "tables": words("Writing the tables"),
        "audit": words("Auditing the index"),
        "pages": words("Drawing charts and pages ({language})", language=language),
    }
    typer.echo(said[name], err=True)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment
    except ValueError:
        pass
    raise BadInput(
        f"{text!r} is no moment with its zone", field="--at", remedy="2026-08-04T10:00:00+09:00"
    )


def _boundaries(file: Path, boundaries: Path | None, key: str) -> tuple[Boundary, ...]:
    if boundaries is None:
        return ()
    from donghaeng.charts.boundaries import read_boundaries
    from donghaeng.index.framework import read_index
    from donghaeng.index.publication.material import by_unit

    return by_unit(read_boundaries(boundaries, key), read_index(file), str(boundaries))


def _earlier(folder: Path) -> Earlier:
    """The edition before, from its published folder.

    Raises:
        BadInput: where it is no publication, or not what its manifest says.
    """
    from donghaeng.evidence.manifests import check_manifest
    from donghaeng.index.publication.manifest import read_publication_manifest
    from donghaeng.index.publication.material import Earlier, read_material

    manifest = read_publication_manifest(folder)
    if not check_manifest(folder, manifest).none:
        raise BadInput(
            "is not what its manifest says",
            file=str(folder),
            remedy=f"donghaeng index verify {folder}",
        )
    material: Material = read_material(folder, manifest.languages, manifest.at, manifest.edition)
    return Earlier(material.index, material.figures, manifest.edition, manifest.hash)
