"""``donghaeng schema NAME``: the JSON Schema of an input file."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from donghaeng.rules import BadInput
from donghaeng.rules.faults import nearest

from .options import Date, LawFile, open_law
from .output import print_json

OF_HOUSEHOLDS = ("household", "cases", "parameters", "reform")
OF_AN_INDEX = ("index", "programmes", "decisions", "changes")
NAMES = (*OF_HOUSEHOLDS, *OF_AN_INDEX)


def show(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(NAMES)}.")],
    date: Date = "",
    law: LawFile = None,
) -> None:
    """Print the JSON Schema of an input file.

    Example: donghaeng schema household > household.schema.json
    """
    from donghaeng.household import schema
    from donghaeng.rules import schemas

    if name not in NAMES:
        raise BadInput(
            f"no schema {name!r}", remedy=nearest(name, NAMES) or f"one of {', '.join(NAMES)}"
        )
    if name in OF_AN_INDEX:
        print_json(_of_an_index(name))
    elif name in ("household", "cases"):
        opened = open_law(date, law)
        household = schema.household_schema(opened)
        print_json(household if name == "household" else schema.cases_schema(household))
    else:
        print_json(schemas.parameters_schema() if name == "parameters" else schemas.reform_schema())


def _of_an_index(name: str) -> dict[str, Any]:
    """The schema of an index file or of a file that belongs to one."""
    from pydantic import BaseModel

    from donghaeng.index.framework import Index
    from donghaeng.index.plan.decisions import Decisions
    from donghaeng.index.plan.register import Register
    from donghaeng.index.whatif.changes import Changes

    models: dict[str, type[BaseModel]]
    models = {"index": Index, "programmes": Register, "decisions": Decisions, "changes": Changes}
    return models[name].model_json_schema()
