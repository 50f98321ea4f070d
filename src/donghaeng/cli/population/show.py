"""``donghaeng population show``: what is in a stored population."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_paragraphs, print_table
from .import_table import origin_word

if TYPE_CHECKING:
    from donghaeng.population.store import Population


def show(
    folder: Annotated[Path, typer.Argument(help="A stored population.")],
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Print rows, weights, columns with their origin, approximations and partitions of a stored population.

    Example: donghaeng population show survey --lang en
    """
    from donghaeng.population.store import Population

    population = Population.open(folder)
    words = Words(lang.value)
    weights = population.household_column("weight")
    if format is Format.JSON:
        print_json(population.manifest.model_dump(mode="json") | {"weights": _weights(weights)})
        return
    _print_summary(population, weights, words)
    rows = [
        (
            words("households") if each.table == "households" else words("persons"),
            each.name,
            origin_word(each.origin.value, words),
        )
        for each in population.manifest.columns
    ]
    print_table("", [words("Table"), words("Column"), words("Origin")], rows)
    manifest = population.manifest
    korean = manifest.details.get("approximations_ko") if words.language == "ko" else None
    said = korean or manifest.approximations
    if said:
        typer.echo()
        print_paragraphs(said)
    typer.echo()
    _print_partitions(population, words)


def _weights(weights: Any) -> dict[str, float]:
    return {
        "sum": float(weights.sum()),
        "least": float(weights.min()),
        "largest": float(weights.max()),
    }


def _print_summary(population: Population, weights: Any, words: Words) -> None:
    manifest = population.manifest
    korean = manifest.details.get("title_ko") if words.language == "ko" else None
    title = korean or manifest.title
    kind = words("synthetic people") if manifest.synthetic else words("a survey")
    typer.echo(
        words(
            "{title} ({kind}), {day}",
            title=title,
            kind=kind,
            day=manifest.reference_day.isoformat(),
        )
    )
    typer.echo(
        words(
            "{households} households, {persons} persons",
            households=f"{manifest.households:,}",
            persons=f"{manifest.persons:,}",
        )
    )
    if manifest.rows_in is not None:
        typer.echo(
            words(
                "{read} households were read; {refused} were refused",
                read=f"{manifest.rows_in:,}",
                refused=f"{manifest.rows_refused:,}",
            )
        )
    typer.echo(
        words(
            "Weights: sum {sum}, from {least} to {largest} ({note})",
            sum=f"{weights.sum():,.1f}",
            least=f"{weights.min():,.2f}",
            largest=f"{weights.max():,.2f}",
            note=manifest.weight_note,
        )
    )
    typer.echo(words("Survey design: {note}", note=manifest.design_note))
    typer.echo()


def _print_partitions(population: Population, words: Words) -> None:
    sizes: dict[int, list[int]] = {}
    for each in population.manifest.partitions:
        counted = sizes.setdefault(each.size, [0, 0, 0])
        for place, amount in enumerate((1, each.households, each.bytes)):
            counted[place] += amount
    print_table(
        "",
        [words("Persons in the household"), words("Files"), words("Households"), words("Bytes")],
        [
            (str(size), *(f"{each:,}" for each in counted))
            for size, counted in sorted(sizes.items())
        ],
        numeric=[0, 1, 2, 3],
    )
