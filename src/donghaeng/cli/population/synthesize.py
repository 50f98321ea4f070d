"""``donghaeng population synthesize``: a whole city of people who do not exist, met to its published margins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_paragraphs, print_table

if TYPE_CHECKING:
    from donghaeng.population.synthetic.comparison import Comparison, Distance
    from donghaeng.population.synthetic.report import LevelMet, MarginMet, Report, TargetMet

City = Annotated[
    str, typer.Option("--city", help="A city that comes with the program, or a folder of one.")
]
Seed = Annotated[int, typer.Option("--seed", help="Number that decides every draw.")]
Folder = Annotated[Path, typer.Option("--output", "-o", help="Folder of the new population.")]
Survey = Annotated[
    Path | None,
    typer.Option(
        "--survey", help="An imported survey from which incomes and property are modelled."
    ),
]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a population that is there.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that draw.")]


def synthesize(
    output: Folder,
    city: City = "seoul",
    seed: Seed = 1,
    survey: Survey = None,
    workers: Workers = 2,
    replace: Replace = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Draw every household of a city, so that its published margins are met.

    Incomes, homes and property are modelled: from your survey, or from published moments. Prints margins
    asked and met, joint tables beside the survey's, and all that is assumed.

    Example: donghaeng population synthesize --city seoul --seed 1 -o seoul
    """
    from donghaeng.laws import book
    from donghaeng.population.schema import schema_of
    from donghaeng.population.store import Population
    from donghaeng.population.synthetic import open_city
    from donghaeng.population.synthetic import synthesize as make

    law, place = book(), open_city(city)
    words = Words(lang.value)
    with _Bar(words("Drawing households")) as progress:
        report = make(
            place,
            law,
            schema_of(law),
            output,
            seed=seed,
            survey=None if survey is None else Population.open(survey),
            workers=workers,
            replace_folder=replace,
            progress=progress,
        )
    if format is Format.JSON:
        print_json({"out": str(output), **report.as_json()})
        return
    _print(report, words.label((place.file.label["ko"], place.file.label["en"])), words)
    typer.echo(words("Written: {file}", file=output))


class _Bar:
    """A bar on standard error where somebody watches."""

    def __init__(self, title: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self.shown = Progress(console=console, transient=True, disable=not console.is_terminal)
        self.task = self.shown.add_task(title, total=None)

    def __enter__(self) -> Callable[[int, int], None]:
        self.shown.start()
        return lambda done, total: self.shown.update(self.task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self.shown.stop()


def _print(report: Report, title: str, words: Words) -> None:
    model = words("the survey") if report.source == "survey" else words("published moments")
    typer.echo(
        words(
            "{city}, synthetic: {households} households, {persons} persons. Incomes, homes and "
            "property are modelled from: {model}.",
            city=title,
            households=f"{report.households:,}",
            persons=f"{report.persons:,}",
            model=model,
        )
    )
    if report.thinnest:
        typer.echo(
            words(
                "The thinnest cell that was fitted has {count} respondents.", count=report.thinnest
            )
        )
    print_table(
        words("Margins"),
        [
            words("Margin"),
            words("Cells"),
            words("Asked"),
            words("Met"),
            words("Largest deviation"),
        ],
        [_margin(each, words) for each in report.margins],
        numeric=(1, 2, 3, 4),
    )
    if report.levels:
        print_table(
            words("Published levels"),
            [words("Level"), words("Asked"), words("Met"), words("Source")],
            [_level(each, words) for each in report.levels],
            numeric=(1, 2),
        )
    if report.targets:
        print_table(
            words("Published figures of the distribution"),
            [words("Figure"), words("Asked"), words("Met"), words("Distance"), "", words("Source")],
            [_target(each, words) for each in report.targets],
            numeric=(1, 2, 3),
        )
    traits = _traits(words)
    if report.tables and report.tables[0].survey is not None:
        print_table(
            words("Joint tables beside the survey's"),
            [
                words("Table"),
                words("Total variation"),
                words("Hellinger"),
                words("Largest cell"),
                words("Total variation, same sizes and ages"),
            ],
            [_table(each, traits) for each in report.tables],
            numeric=(1, 2, 3, 4),
        )
    typer.echo(words("Assumed, because no figure was found:"))
    print_paragraphs(report.assumed)


def _margin(each: MarginMet, words: Words) -> tuple[str, ...]:
    names = {
        "households by size and district": words("households by size and district"),
        "one-person households by age and district": words(
            "one-person households by age and district"
        ),
        "elderly living alone by benefit status and district": words(
            "elderly living alone by benefit status and district"
        ),
        "persons by age and district": words("persons by age and district"),
    }
    return (
        names[each.name],
        f"{each.cells:,}",
        f"{each.asked:,}",
        f"{each.met:,}",
        f"{each.largest:.2%}",
    )


def _level(each: LevelMet, words: Words) -> tuple[str, ...]:
    name, _, kind = each.name.partition(": ")
    label = _variables(words)[name]
    if kind:
        label = words("{name}, mean in won", name=label)
    amount = each.asked > 1
    asked, met = (f"{value:,.0f}" if amount else f"{value:.1%}" for value in (each.asked, each.met))
    return label, asked, met, words("assumed") if each.source == "assumed" else each.source


def _target(each: TargetMet, words: Words) -> tuple[str, ...]:
    money = each.asked > 1_000

    def shown(value: float, sign: str = "") -> str:
        return f"{value / 10_000:{sign},.0f}" if money else f"{value:{sign}.3f}"

    label = _targets(words)[each.name.value]
    name = words("{name}, ten thousand won a year", name=label) if money else label
    state = words("near") if each.near else words("off")
    if each.set_by:
        state = words("{state}, calibrated", state=state)
    asked, met, distance = shown(each.asked), shown(each.met), shown(each.distance, "+")
    return name, asked, met, distance, state, each.source


def _targets(words: Words) -> dict[str, str]:
    """The figures of the distribution, by their name."""
    return {
        "couples of whom both work": words("couples of whom both work"),
        "living alone and in work": words("living alone and in work"),
        "Gini of market income": words("Gini of market income"),
        "Gini of disposable income": words("Gini of disposable income"),
        "poverty": words("relative poverty, half of the median"),
        "poverty of 66 and older": words("relative poverty of 66 and older"),
        "S80/S20": words("S80/S20"),
        "income of households": words("income of households"),
        "income of the lowest fifth of households": words("income of the lowest fifth"),
        "income of the highest fifth of households": words("income of the highest fifth"),
        "income of households of one": words("income of households of one"),
        "assets held by the lowest fifth": words("share of assets of the lowest fifth"),
        "assets held by the highest fifth": words("share of assets of the highest fifth"),
        "65 and older entitled to the basic pension": words(
            "entitled to the basic pension, of 65 and older"
        ),
        "households entitled to the livelihood benefit": words(
            "entitled to the livelihood benefit, of households"
        ),
        "households of one entitled to the livelihood benefit": words(
            "entitled to the livelihood benefit, of households of one"
        ),
    }


def _variables(words: Words) -> dict[str, str]:
    """What the model draws, by its name."""
    return {
        "recipient": words("receives basic livelihood"),
        "disabled": words("registered disability"),
        "severe": words("severe, of the disabled"),
        "working": words("in work"),
        "self_employed": words("self-employed, of those in work"),
        "earnings": words("earnings a month"),
        "business_income": words("business income a month"),
        "national_pension": words("national pension a month"),
        "owned": words("owns the home"),
        "jeonse": words("jeonse, of those who do not own"),
        "renting": words("rent, of the others"),
        "home_value": words("value of the home"),
        "jeonse_deposit": words("jeonse deposit"),
        "rent_deposit": words("deposit of a rented home"),
        "monthly_rent": words("rent a month"),
        "financial_property": words("savings"),
        "general_property": words("other property"),
        "debts": words("debts"),
        "car_value": words("car"),
        "property_income": words("income from property a month"),
        "public_transfers": words("other public transfers a month"),
        "private_transfers": words("support of family a month"),
    }


def _traits(words: Words) -> dict[str, str]:
    """The traits of the joint tables, by their name."""
    return {
        "size": words("size of household"),
        "age of head": words("age of the head"),
        "head works": words("the head works"),
        "tenure": words("tenure"),
        "income fifth": words("fifth of income"),
        "assets": words("assets"),
        "debts": words("debts"),
        "age": words("age"),
        "national pension": words("national pension"),
        "disability": words("disability"),
    }


def _table(each: Comparison, names: dict[str, str]) -> tuple[str, ...]:
    found, alike = each.distance, each.distance_of_same_people
    assert found is not None
    assert alike is not None
    return (
        f"{names[each.table.row]} × {names[each.table.column]}",
        *_distances(found),
        f"{alike.total_variation:.3f}",
    )


def _distances(found: Distance) -> tuple[str, ...]:
    return f"{found.total_variation:.3f}", f"{found.hellinger:.3f}", f"{found.largest:.3f}"
