"""``donghaeng schema NAME``: the JSON Schema of an input file."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from donghaeng.rules import BadInput
from donghaeng.rules.faults import nearest

from .options import Date, LawFile, open_law
from .output import print_json

NAMES = ("household", "cases", "parameters", "reform", "index", "calendar")


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
    if name in ("index", "calendar"):
        print_json(_index_schema(name))
    elif name in ("household", "cases"):
        opened = open_law(date, law)
        household = schema.household_schema(opened)
        print_json(household if name == "household" else schema.cases_schema(household))
    else:
        print_json(schemas.parameters_schema() if name == "parameters" else schemas.reform_schema())


def _index_schema(name: str) -> dict[str, Any]:
    """The schema of an index file, or of the release calendar of an index."""
    from donghaeng.index.framework import Index
    from donghaeng.index.publication.calendar import Calendar

    model = Index if name == "index" else Calendar
    return model.model_json_schema()
