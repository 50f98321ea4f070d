"""``donghaeng law``: what the law says, how complete it is, what changed, and whether it gives what it should."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from donghaeng.language import LANGUAGES, Words
from donghaeng.rules import BadInput, Law, is_missing
from donghaeng.rules.declarations import Fact, Rule
from donghaeng.rules.difference import spell_value
from donghaeng.rules.faults import nearest
from donghaeng.rules.graph import needs
from donghaeng.rules.parameters import Parameter

from .options import Date, Form, Format, Lang, Language, LawFile, Reforms, open_law
from .output import print_json, print_table

app = typer.Typer(
    no_args_is_help=True, help="The law: list, show, graph, check, diff, test, bundle."
)


@app.command("list")
def list_variables(
    date: Date = "",
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
) -> None:
    """List every rule in force on a day.

    Example: donghaeng law list --date 2024-07
    """
    opened, words = open_law(date, law), Words(lang.value)
    rules = sorted(opened.rules.values(), key=lambda rule: (rule.place.file, rule.place.line))
    if format is Format.JSON:
        print_json([_rule_json(rule) for rule in rules])
        return
    rows = [
        (
            rule.name,
            words.label(rule.label),
            rule.entity.value,
            rule.period.value,
            rule.role.value,
            rule.citation,
        )
        for rule in rules
    ]
    columns = ["Name", "Label", "Entity", "Period", "Role", "Citation"]
    print_table("", [words(column) for column in columns], rows)


def _rule_json(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "label": dict(zip(LANGUAGES, rule.label, strict=True)),
        "entity": rule.entity.value,
        "kind": rule.kind.value,
        "period": rule.period.value,
        "role": rule.role.value,
        "citation": rule.citation,
        "history": rule.history,
        "rounding": rule.rounding.name if rule.rounding else None,
        "valid_from": rule.valid_from and rule.valid_from.isoformat(),
        "valid_until": rule.valid_until and rule.valid_until.isoformat(),
        "needs": list(rule.arguments),
        "place": f"{rule.place.file}:{rule.place.line}",
    }


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name of a rule, fact or parameter.")],
    date: Date = "",
    generated: Annotated[
        bool, typer.Option("--generated", help="Print the generated array code.")
    ] = False,
    form: Annotated[
        str, typer.Option("--form", help="numba or numpy, with --generated.")
    ] = "numba",
    lane: Annotated[
        bool, typer.Option("--incomplete", help="The code for households that lack a fact.")
    ] = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
) -> None:
    """Show a rule with its source, or a parameter with its history.

    Example: donghaeng law show livelihood_benefit --date 2024-07
    """
    opened, words = open_law(date, law), Words(lang.value)
    if generated:
        from donghaeng.kernel.kernel import Kernel, Lane

        typer.echo(Kernel(opened, [name], form).generated(Lane(facts=lane)).source)
        return
    if name in opened.parameters:
        _show_parameter(opened.parameters[name], words, format)
        return
    if name not in opened.variables:
        known = [*opened.variables, *opened.parameters]
        raise BadInput(f"nothing is named {name!r} on {opened.day}", remedy=nearest(name, known))
    declaration = opened.variables[name]
    source = opened.book.text_of(declaration)
    if format is Format.JSON:
        plain = _rule_json(declaration) if isinstance(declaration, Rule) else {"name": name}
        print_json(
            {
                **plain,
                "label": dict(zip(LANGUAGES, declaration.label, strict=True)),
                "source": source,
            }
        )
        return
    typer.echo(f"{words.label(declaration.label)} ({name})")
    typer.echo(f"{declaration.citation}  {declaration.place.file}:{declaration.place.line}")
    if isinstance(declaration, Rule) and declaration.history:
        typer.echo(declaration.history)
    if isinstance(declaration, Fact) and declaration.question:
        typer.echo(words.label(declaration.question))
    typer.echo("")
    typer.echo(source)


def _show_parameter(parameter: Parameter, words: Words, format: Format) -> None:
    rows = [
        (
            dated.start.isoformat(),
            ", ".join(map(str, key)),
            _value(cell, dated.regimes),
            dated.status_at(key).value if not dated.regimes else dated.status.value,
            dated.source,
        )
        for dated in parameter.values
        for key, cell in dated.cells.items()
    ]
    if format is Format.JSON:
        print_json(
            {
                "name": parameter.name,
                "label": dict(zip(LANGUAGES, parameter.label, strict=True)),
                "unit": parameter.kind.value,
                "period": parameter.period,
                "citation": parameter.citation,
                "note": parameter.note,
                "values": [
                    dict(zip(("from", "key", "value", "status", "source"), row, strict=True))
                    for row in rows
                ],
            }
        )
        return
    typer.echo(f"{words.label(parameter.label)} ({parameter.name})")
    typer.echo(f"{parameter.citation}  {parameter.file}:{parameter.line}")
    if parameter.note:
        typer.echo(parameter.note)
    columns = [words(column) for column in ("From", "Key", "Value", "Status", "Source")]
    print_table("", columns, rows, numeric=[2])


def _value(cell: Any, regimes: tuple[str, ...]) -> str:
    if regimes:
        chosen = "" if is_missing(cell) else f"{cell}: "
        return f"{chosen}{' | '.join(regimes)}"
    return "gap" if is_missing(cell) else spell_value(cell)


@app.command()
def graph(
    name: Annotated[str, typer.Argument(help="Name of a variable.")],
    date: Date = "",
    dot: Annotated[bool, typer.Option("--dot", help="Print Graphviz text.")] = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
) -> None:
    """Show what a variable rests on, down to facts and parameters.

    Example: donghaeng law graph livelihood_benefit --date 2024-07
    """
    opened, words = open_law(date, law), Words(lang.value)
    opened.require([name])
    edges = [
        (variable, need)
        for variable in opened.order([name])
        for need in needs(opened.variables[variable])
    ]
    if format is Format.JSON:
        print_json({"root": name, "edges": [list(edge) for edge in edges]})
    elif dot:
        lines = "\n".join(f'  "{need}" -> "{variable}";' for variable, need in edges)
        typer.echo(f"digraph law {{\n  rankdir=LR;\n{lines}\n}}")
    else:
        _print_tree(opened, words, name)


def _print_tree(law: Law, words: Words, root: str) -> None:
    told: set[str] = set()
    stack = [(root, 0)]
    while stack:
        name, depth = stack.pop()
        declaration = law.variables.get(name)
        label = (
            declaration.label
            if declaration
            else law.parameters[name].label
            if name in law.parameters
            else ("", "")
        )
        again = name in told and declaration is not None and bool(needs(declaration))
        typer.echo(f"{'  ' * depth}{name}  {words.label(label)}{' …' if again else ''}")
        told.add(name)
        if declaration is not None and not again:
            stack.extend((need, depth + 1) for need in reversed(needs(declaration)))


@app.command()
def check(
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
) -> None:
    """Check the law of every date, and say which benefit can be computed in which year.

    Example: donghaeng law check --format json
    """
    from donghaeng.household.check import check as run

    opened = open_law("", law)
    cells, words = run(opened.book), Words(lang.value)
    if format is Format.JSON:
        print_json({"law": opened.hash, "benefits": [cell.as_json() for cell in cells]})
        return
    years = sorted({cell.year for cell in cells})
    signs = {"complete": "●", "partial": "◐", "gap": "○"}
    benefits = {cell.benefit: words.label(cell.label) for cell in cells}
    found = {(cell.benefit, cell.year): signs[cell.coverage.value] for cell in cells}
    rows = [(benefits[name], *(found.get((name, year), "") for year in years)) for name in benefits]
    print_table("", [words("Benefit"), *(str(year)[2:] for year in years)], rows)
    typer.echo(words("● complete  ◐ partly: some numbers are not known  ○ not computable"))


@app.command()
def diff(
    date: Date,
    to: Annotated[str, typer.Option("--to", help="Another day to compare with.")] = "",
    reform: Reforms = None,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
) -> None:
    """Show what is different between two days, or between a law and its reform.

    Example: donghaeng law diff --date 2023-07 --to 2024-07
    """
    words = Words(lang.value)
    before = open_law(date, law)
    if not to and not reform:
        raise BadInput("nothing to compare with", remedy="--to 2025-07, or --reform FILE")
    changes = before.diff(open_law(to or date, law, reform))
    if format is Format.JSON:
        print_json([vars(change) for change in changes])
        return
    rows = [
        (change.name, words.label(change.label), change.before, change.after) for change in changes
    ]
    print_table(
        "", [words(column) for column in ("Name", "Label", "Before", "After")], rows, numeric=[2, 3]
    )


@app.command()
def test(
    files: Annotated[list[Path], typer.Argument(help="Cases as YAML; one file or several.")],
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
    law: LawFile = None,
    reform: Reforms = None,
) -> None:
    """Run an official's own cases: facts, and the amounts that should come out.

    Example: donghaeng law test examples/cases/*.yaml
    """
    from donghaeng.household.cases import run_cases

    outcomes = [
        outcome
        for file in files
        for outcome in run_cases(file, lambda date: open_law(str(date), law, reform))
    ]
    failed = [outcome for outcome in outcomes if not outcome.holds]
    if format is Format.JSON:
        print_json([{**vars(outcome), "holds": outcome.holds} for outcome in outcomes])
    else:
        words = Words(lang.value)
        columns = [words(column) for column in ("Case", "Variable", "Expected", "Found", "Holds")]
        rows = [
            (
                o.case,
                o.variable,
                str(o.expected),
                str(o.found),
                words("yes") if o.holds else words("no"),
            )
            for o in outcomes
        ]
        print_table("", columns, rows, numeric=[2, 3])
        typer.echo(
            words("{held} of {all} hold", held=len(outcomes) - len(failed), all=len(outcomes))
        )
    raise typer.Exit(1 if failed else 0)


@app.command()
def bundle(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.")],
    date: Date = "",
    reform: Reforms = None,
    law: LawFile = None,
) -> None:
    """Write the law of a day into one file that answers alike anywhere.

    Example: donghaeng law bundle --date 2024-07 -o law-2024-07.json
    """
    opened = open_law(date, law, reform)
    try:
        opened.bundle().write(output)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(output)) from None
    typer.echo(opened.hash)
