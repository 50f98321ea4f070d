"""What the verbs share: the file argument, the head of an answer in JSON, a household by its id."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from donghaeng.rules import HouseholdFacts, Law

from ..options import require_one

File = Annotated[
    str,
    typer.Argument(
        help="Household file: .yaml, .json, .ndjson, or - for NDJSON on standard input."
    ),
]
Chosen = Annotated[str, typer.Option("--household", help="Id, where the file holds several.")]


def header(law: Law) -> dict[str, Any]:
    """The day and the law that every answer in JSON begins with."""
    return {"date": law.day.isoformat(), "law": law.hash}


def choose(households: list[HouseholdFacts], wanted: str) -> HouseholdFacts:
    """The household that is wanted; the first where none is named.

    Raises:
        BadInput: where it is not in the file.
    """
    by_id = {each.id: each for each in households}
    return by_id[require_one(list(by_id), wanted, "household")]
