"""``donghaeng index trace``: from a published figure back to its source cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..options import Form, Format, Lang, Language
from ..output import print_json
from .common import open_build

if TYPE_CHECKING:
    from donghaeng.index.trace import Traced


STEPS = {
    "source": "source",
    "denominate": "divided",
    "impute": "filled in",
    "screen": "left out",
    "treat": "outlier drawn in",
    "normalise": "put on one scale",
    "aggregate": "put together",
    "pool": "pooled",
}


def trace(
    folder: Annotated[Path, typer.Argument(help="A publication, or an index file.")],
    address: Annotated[str, typer.Argument(help="2024.housing, or unit.period.node.")],
    depth: Annotated[int, typer.Option("--depth", help="How many steps to print.")] = 99,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Print figure, formula, indicators and source cells; each step is evaluated again.

    Exit status 1 where a step does not give the figure that stands there.

    Example: donghaeng index trace publication 2024.housing
    """
    from donghaeng.index.trace import trace as follow

    if depth < 1:
        raise BadInput(f"{depth} steps", field="--depth", remedy="1 or more")
    traced = follow(open_build(_index_file(folder)), address)
    differs = None
    if folder.is_dir():
        from donghaeng.index.publication.published_figures import differs_from_published

        differs = differs_from_published(folder, traced.address, traced.value)
    if format is Format.JSON:
        published = None if differs is None else differs.stands
        print_json(_as_json(traced) | {"published_otherwise": published})
    else:
        words = Words(lang.value)
        _print(traced, words, 0, depth)
        typer.echo(
            words("Every step was evaluated again and gives the same figure.")
            if traced.equal
            else words("A step does not give the figure that stands there.")
        )
        if differs is not None:
            typer.echo(
                words(
                    "{file}  {address}: {stands} stands there, {comes_out} comes out",
                    file=differs.file,
                    address=differs.address,
                    stands=differs.stands,
                    comes_out=differs.comes_out,
                )
            )
    if not traced.equal or differs is not None:
        raise typer.Exit(1)


def _index_file(path: Path) -> Path:
    """The index file that was named, or that of a publication."""
    if not path.is_dir():
        return path
    file = path / "index.yaml"
    if not file.is_file():
        raise BadInput(
            "holds no index.yaml", file=str(path), remedy="a publication, or an index file"
        )
    return file


def _print(traced: Traced, words: Words, level: int, depth: int) -> None:
    """A figure, and under it what it was made of."""
    if level >= depth:
        return
    value = words("no figure") if traced.value != traced.value else f"{traced.value!r}"
    typer.echo(f"{'  ' * level}{traced.address}  {words.label(traced.label)}  {value}")
    sign = "←" if traced.step == "source" else "=" if traced.equal_here else "≠"
    step = words(STEPS[traced.step])
    typer.echo(f"{'  ' * level}  {sign} {step}: {traced.formula.said(words)}")
    if not traced.equal_here:
        again = words("no figure") if traced.again != traced.again else f"{traced.again!r}"
        typer.echo(f"{'  ' * level}    {words('evaluated again: {value}', value=again)}")
    for part in traced.parts:
        _print(part, words, level + 1, depth)


def _as_json(traced: Traced) -> dict[str, Any]:
    def number(value: float) -> float | None:
        return None if value != value else value

    return {
        "address": traced.address,
        "label": {"ko": traced.label[0], "en": traced.label[1]},
        "step": traced.step,
        "value": number(traced.value),
        "formula": traced.formula.said(),
        "evaluated_again": number(traced.again),
        "equal": traced.equal_here,
        "parts": [_as_json(part) for part in traced.parts],
    }
