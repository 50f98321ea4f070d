"""``donghaeng policy compare``: computed entitlement against what a survey recorded as received."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words

from ..options import Date, Form, Format, Lang, Language, LawFile, Regimes, open_law, split
from ..output import print_json, print_paragraphs, print_table

if TYPE_CHECKING:
    from donghaeng.policy.comparison import BenefitComparison, Blocker, Hindrance
    from donghaeng.policy.reform_files import Assumptions
    from donghaeng.policy.scenario import Scenario

Folder = Annotated[Path, typer.Argument(help="Folder of a population that recorded receipts.")]
Assume = Annotated[
    Path | None,
    typer.Option("--assume", help="Overlay of assumptions (.yaml) for what is not known."),
]
Benefits = Annotated[
    list[str] | None,
    typer.Option("--benefit", help="A benefit by its name; may be repeated. All where none is."),
]
Why = Annotated[
    bool,
    typer.Option("--why", help="Also count the amounts that keep out who receives a benefit."),
]


def compare(
    population: Folder,
    date: Date = "",
    assume: Assume = None,
    benefit: Benefits = None,
    why: Why = False,
    law: LawFile = None,
    regime: Regimes = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Compare who is entitled under the law of a day with who received, and say what is undetermined.

    Nothing is filled in silently: with --assume the assumptions are printed with their reasons.

    Example: donghaeng policy compare koweps --date 2016-07 --assume examples/policy/koweps_2016_assumptions.yaml
    """
    from donghaeng.policy.comparison import compare as compare_with_receipt
    from donghaeng.policy.comparison import (
        find_blockers,
        find_hindrances,
        find_open_inputs,
        recorded_benefits,
    )
    from donghaeng.policy.reform_files import read_assumptions
    from donghaeng.policy.scenario import baseline
    from donghaeng.population.store import Population

    stored = Population.open(population)
    read = open_law(date or stored.manifest.reference_day.isoformat(), law)
    overlay = read_assumptions(assume) if assume else None
    scenario = baseline(read.under_regimes(split(regime)), overlay, file=str(assume or ""))
    wanted = tuple(split(benefit)) or recorded_benefits(stored, scenario)
    comparisons = compare_with_receipt(stored, scenario, wanted)
    blockers = find_blockers(stored, scenario, wanted)
    hindrances = find_hindrances(stored, scenario, wanted) if why else None
    if format is Format.JSON:
        document = _document(scenario, overlay, wanted, comparisons, blockers, hindrances)
        behind = find_open_inputs(stored, scenario, wanted)
        print_json({**document, "not_known": [asdict(each) for each in behind]})
        return
    words = Words(lang.value)
    _print_groups(comparisons, words)
    _print_amounts(comparisons, words)
    _print_blockers(blockers, words)
    if hindrances is not None:
        _print_hindrances(hindrances, words)
    _print_readings(scenario, wanted, words)
    if overlay is not None:
        _print_assumptions(overlay, words)


def _document(
    scenario: Scenario,
    overlay: Assumptions | None,
    wanted: tuple[str, ...],
    comparisons: list[BenefitComparison],
    blockers: list[Blocker],
    hindrances: list[Hindrance] | None,
) -> dict[str, object]:
    return {
        "kind": "simulation",
        "day": scenario.law.day.isoformat(),
        "law": scenario.law.hash,
        "readings": _readings(scenario, wanted),
        "assumptions": None if overlay is None else overlay.model_dump(mode="json"),
        "benefits": [
            {
                **asdict(each),
                "agreement": each.agreement(weighted=False),
                "agreement_weighted": each.agreement(weighted=True),
            }
            for each in comparisons
        ],
        "undetermined_because": [asdict(each) for each in blockers],
        "kept_out_by": None if hindrances is None else [asdict(each) for each in hindrances],
    }


def _readings(scenario: Scenario, wanted: tuple[str, ...]) -> dict[str, str]:
    """The reading that is taken of each question that is open and that nobody named."""
    in_force = scenario.law.in_force
    return {name: in_force[name].default for name in scenario.law.open_choices(wanted)}


def _title(each: BenefitComparison, words: Words) -> str:
    unit = words("households") if each.unit.value == "households" else words("persons")
    return f"{words.label(each.label)} ({unit})"


def _print_groups(comparisons: list[BenefitComparison], words: Words) -> None:
    heads = [
        words("Benefit"),
        words("Entitled and receiving"),
        words("Entitled only"),
        words("Receiving only"),
        words("Neither"),
        words("Undetermined, receiving"),
        words("Undetermined, not receiving"),
    ]
    print_table(
        words("Simulated entitlement and recorded receipt, rows of the survey"),
        heads,
        [
            (_title(each, words), *(f"{tally.rows:,}" for tally in each.groups.values()))
            for each in comparisons
        ],
        numeric=range(1, len(heads)),
    )
    print_table(
        words("The same, weighted (thousands)"),
        heads,
        [
            (
                _title(each, words),
                *(f"{tally.weight / 1000:,.0f}" for tally in each.groups.values()),
            )
            for each in comparisons
        ],
        numeric=range(1, len(heads)),
    )


def _print_amounts(comparisons: list[BenefitComparison], words: Words) -> None:
    def won(amount: float | None) -> str:
        return "–" if amount is None else f"{amount:,.0f}"

    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.1%}"

    rows = []
    for each in comparisons:
        both = each.mean_of_both or (None, None)
        rows.append(
            (
                _title(each, words),
                won(each.computed_mean),
                won(each.received_mean),
                won(both[0]),
                won(both[1]),
                share(each.agreement(weighted=False)),
                share(each.agreement(weighted=True)),
            )
        )
    heads = [
        words("Benefit"),
        words("Mean computed"),
        words("Mean received"),
        words("Computed, of both"),
        words("Received, of both"),
        words("Agreement"),
        words("Agreement, weighted"),
    ]
    print_table(
        words("Weighted means in won, and agreement among those determined"),
        heads,
        rows,
        numeric=range(1, len(heads)),
    )


def _print_blockers(blockers: list[Blocker], words: Words) -> None:
    if not blockers:
        return
    kinds = {
        "fact": words("fact"),
        "parameter": words("number of the law"),
        "regime": words("reading of the law"),
    }
    print_table(
        words("Undetermined because this is not known (the first thing that is met)"),
        ["", words("Kind"), words("Not known"), words("Households"), words("Weighted")],
        [
            (
                each.benefit,
                kinds[each.kind.value],
                f"{words.label(each.label)} ({each.name})",
                f"{each.households:,}",
                f"{each.weight:,.0f}",
            )
            for each in blockers
        ],
        numeric=(3, 4),
    )


def _print_hindrances(hindrances: list[Hindrance], words: Words) -> None:
    print_table(
        words("Receiving only: how many would be entitled if this amount alone were nothing"),
        ["", words("Amount"), words("Rows"), words("Of"), words("Weighted")],
        [
            (
                each.benefit,
                f"{words.label(each.label)} ({each.fact})",
                f"{each.rows:,}",
                f"{each.of:,}",
                f"{each.weight:,.0f}",
            )
            for each in hindrances
        ],
        numeric=(2, 3, 4),
    )


def _print_readings(scenario: Scenario, wanted: tuple[str, ...], words: Words) -> None:
    readings = _readings(scenario, wanted)
    if readings:
        typer.echo(words("Readings taken where the law is open:"))
        print_paragraphs(f"{name}: {word}" for name, word in readings.items())


def _print_assumptions(overlay: Assumptions, words: Words) -> None:
    typer.echo(words("Assumed: {title}", title=words.label(overlay.assumptions.pair)))
    stated = {**overlay.parameters, **overlay.facts}
    print_paragraphs(
        f"{name} = {value}: {overlay.reasons.get(name, words('no reason is given'))}"
        for name, value in stated.items()
    )
