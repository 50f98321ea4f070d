"""``donghaeng schema NAME``: the JSON Schema of an input file."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer

from donghaeng.rules import BadInput
from donghaeng.rules.faults import nearest

from .options import Date, LawFile, open_law
from .output import print_json

# Files that are a model: where the model stands. It is imported only when its schema is asked for.
MODELS = {
    "index": ("donghaeng.index.framework", "Index"),
    "claims": ("donghaeng.evidence.claim_files", "ClaimFile"),
    "reproduction": ("donghaeng.evidence.reproduction_files", "Series"),
    "programmes": ("donghaeng.index.plan.register", "Register"),
    "decisions": ("donghaeng.index.plan.decisions", "Decisions"),
    "changes": ("donghaeng.index.whatif.changes", "Changes"),
    "calendar": ("donghaeng.index.publication.calendar", "Calendar"),
    "population-map": ("donghaeng.population.column_maps", "ColumnMap"),
    "margins": ("donghaeng.population.calibration.margins", "Margins"),
    "uprating": ("donghaeng.population.uprating", "Factors"),
    "take-up": ("donghaeng.policy.take_up.settings", "TakeUp"),
}
NAMES = ("household", "cases", "parameters", "reform", "population", *MODELS)


def show(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(NAMES)}.")],
    date: Date = "",
    law: LawFile = None,
) -> None:
    """Print the JSON Schema of an input file.

    Example: donghaeng schema household > household.schema.json
    """
    if name not in NAMES:
        raise BadInput(
            f"no schema {name!r}", remedy=nearest(name, NAMES) or f"one of {', '.join(NAMES)}"
        )
    if name in ("household", "cases"):
        from donghaeng.household import schema

        household = schema.household_schema(open_law(date, law))
        print_json(household if name == "household" else schema.cases_schema(household))
    elif name == "population":
        from donghaeng.population import documentation
        from donghaeng.population.schema import schema_of

        print_json(documentation.json_schema(schema_of(open_law(date, law).book)))
    else:
        print_json(_of_model(*MODELS[name]) if name in MODELS else _of_rules(name))


def _of_rules(name: str) -> dict[str, Any]:
    from donghaeng.rules import schemas

    return schemas.parameters_schema() if name == "parameters" else schemas.reform_schema()


def _of_model(module: str, name: str) -> dict[str, Any]:
    from donghaeng.index.framework.schema import file_schema

    return file_schema(getattr(import_module(module), name))
