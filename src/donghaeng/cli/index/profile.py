"""``donghaeng index profile``: one unit, where it stands, what is strong and what is weak in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput
from donghaeng.rules.faults import nearest

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_table
from .common import File, open_build

if TYPE_CHECKING:
    from donghaeng.index.chain import Build
    from donghaeng.index.results.strengths import Standing


def profile(
    file: File,
    unit: Annotated[str, typer.Argument(help="Code of the unit.")],
    period: Annotated[str, typer.Option("--period", help="The last one where not given.")] = "",
    count: Annotated[int, typer.Option("--count", help="How many strengths and weaknesses.")] = 5,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Show one unit: the score of every area, and the indicators in which it stands best and worst.

    Units are not ranked here on health or deaths: such indicators are in neither list.

    Example: donghaeng index profile examples/index/districts/index.yaml 11110 --lang en
    """
    built = open_build(file)
    chosen = _period(built, period)
    if unit not in built.panel.units:
        known = built.panel.units
        raise BadInput(f"there is no unit {unit!r}", remedy=nearest(unit, known) or known[0])
    words = Words(lang.value)
    best, worst = _standings(built, unit, chosen, count)
    row = built.panel.row(unit, chosen)
    areas = [
        (built.tree.codes[place], float(built.scores[row, place]), float(built.ranks[row, place]))
        for place in reversed(built.tree.groups)
    ]
    if format is Format.JSON:
        print_json(
            {
                "unit": unit,
                "period": chosen,
                "nodes": [
                    {"node": code, "score": _known(score), "rank": _known(rank)}
                    for code, score, rank in areas
                ],
                "strengths": [_as_json(each) for each in best],
                "weaknesses": [_as_json(each) for each in worst],
            }
        )
        return
    typer.echo(f"{words.label(built.index.units.members[unit].label.pair)} {chosen}".strip())
    print_table(
        "",
        [words("Area"), words("Score"), words("Rank")],
        [
            (
                words.label(built.index.label_of(code).pair),
                words("no figure") if score != score else f"{score:.2f}",
                "" if rank != rank or _sensitive(built, code) else f"{rank:.0f}",
            )
            for code, score, rank in areas
        ],
        numeric=[1, 2],
    )
    for title, standings in ((words("Stands best in"), best), (words("Stands worst in"), worst)):
        typer.echo("")
        print_table(
            title,
            [words("Indicator"), words("Own figure"), words("Rank"), words("Units with it")],
            [
                (
                    words.label(built.index.label_of(each.indicator).pair),
                    f"{each.value:.6g}",
                    f"{each.rank}",
                    f"{each.of}",
                )
                for each in standings
            ],
            numeric=[1, 2, 3],
        )


def _period(built: Build, period: str) -> str:
    periods = built.panel.periods
    if period and period not in periods:
        raise BadInput(f"there is no period {period!r}", remedy=f"one of {', '.join(periods)}")
    return period or periods[-1]


def _standings(
    built: Build, unit: str, period: str, count: int
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Best and worst indicators, by rank among the units; none where there is one unit only."""
    from donghaeng.index.results.strengths import strengths_and_weaknesses

    if len(built.panel.units) == 1:
        return (), ()
    columns = [
        place for place, each in enumerate(built.context.indicators) if each.sensitive is None
    ]
    name = "denominated" if any(s.name == "denominated" for s in built.data_sets) else "raw"
    rows = built.panel.period_slices[built.panel.periods.index(period)]
    found = strengths_and_weaknesses(
        built.table(name)[rows][:, columns],
        built.panel.units.index(unit),
        [built.context.codes[place] for place in columns],
        direction=built.context.direction[columns],
        count=count,
    )
    return found.strengths, found.weaknesses


def _sensitive(built: Build, code: str) -> bool:
    """Whether a node holds an indicator on which units are not ranked; the top holds many others."""
    return code != built.index.top and any(
        each.sensitive is not None and code in built.index.ancestors(name)
        for name, each in built.index.indicators.items()
    )


def _known(value: float) -> float | None:
    return None if value != value else value


def _as_json(standing: Standing) -> dict[str, Any]:
    return {
        "indicator": standing.indicator,
        "value": standing.value,
        "rank": standing.rank,
        "of": standing.of,
        "shared_with": standing.shared_with,
    }
