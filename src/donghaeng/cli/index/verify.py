"""``donghaeng index verify``: is a publication what it says?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language
from ..output import print_json
from .publish import announce

if TYPE_CHECKING:
    from donghaeng.index.publication.comparison import Difference
    from donghaeng.index.publication.verify import Verification

# So many differences of each file are printed.
SHOWN = 10


def verify(
    folder: Annotated[Path, typer.Argument(help="A published folder.")],
    threads: Annotated[
        int,
        typer.Option("--threads", min=1, help="Threads for the draws; no figure depends on it."),
    ] = 1,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Check every file against the manifest, and compute every figure again from the sources in the folder.

    Exit status 1 where something is not what it says, 2 where the folder is no publication.

    Example: donghaeng index verify publication
    """
    from donghaeng.index.publication.verify import verify as check

    words = Words(lang.value)
    found = check(folder, lambda part: announce(part, words), threads)
    if format is Format.JSON:
        print_json(_as_json(found))
    else:
        _print(found, words)
    if not found.sound:
        raise typer.Exit(1)


def _print(found: Verification, words: Words) -> None:
    changes = found.changes
    kinds = (
        (words("Missing: {file}"), changes.missing),
        (words("Changed: {file}"), changes.changed),
        (words("Not in the manifest: {file}"), changes.added),
    )
    for said, paths in kinds:
        for path in paths:
            typer.echo(said.format(file=path))
    _print_differences(found, words)
    if found.fault:
        typer.echo(words("It cannot be computed again: {fault}", fault=found.fault))
    if found.not_compared:
        typer.echo(
            words(
                "{count} pages, charts and documents were made by version {version} with other tools or fonts, "
                "and are checked by their hash only.",
                count=len(found.not_compared),
                version=found.manifest.program,
            )
        )
    if found.sound:
        typer.echo(
            words(
                "Sound: {files} files, {figures} figures computed again, edition {edition}.",
                files=found.files,
                figures=f"{found.figures:,}",
                edition=found.manifest.edition,
            )
        )
    else:
        count = len(changes.missing) + len(changes.changed) + len(changes.added)
        typer.echo(
            words(
                "Not sound: {files} files are not what the manifest says, {differences} differences.",
                files=count,
                differences=len(found.differences),
            )
        )


def _print_differences(found: Verification, words: Words) -> None:
    """The first few of each file, the scores before all."""
    by_file: dict[str, list[Difference]] = {}
    for each in found.differences:
        by_file.setdefault(each.file, []).append(each)
    for file, differences in by_file.items():
        for each in differences[:SHOWN]:
            typer.echo(
                words(
                    "{file}  {address}: {stands} stands there, {comes_out} comes out",
                    file=file,
                    address=each.address,
                    stands=each.stands,
                    comes_out=each.comes_out,
                )
            )
        if len(differences) > SHOWN:
            more = len(differences) - SHOWN
            typer.echo(words("{file}  … and {count} more (`--format json`)", file=file, count=more))


def _as_json(found: Verification) -> dict[str, Any]:
    return {
        "sound": found.sound,
        "edition": found.manifest.edition,
        "program": found.manifest.program,
        "files": found.files,
        "figures": found.figures,
        "missing": list(found.changes.missing),
        "changed": list(found.changes.changed),
        "added": list(found.changes.added),
        "differences": [
            {
                "file": each.file,
                "address": each.address,
                "stands": each.stands,
                "comes_out": each.comes_out,
            }
            for each in found.differences
        ],
        "not_compared": list(found.not_compared),
        "fault": found.fault or None,
    }
