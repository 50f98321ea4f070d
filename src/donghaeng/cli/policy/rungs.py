"""Rungs of labour supply as the commands name them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.rules import BadInput

if TYPE_CHECKING:
    from donghaeng.policy.labour import Settings, settings


class Lacking(StrEnum):
    """What is done with main earners of whom a figure is not known."""

    REFUSE = "refuse"
    UNCHANGED = "unchanged"


NotKnown = Annotated[
    Lacking | None,
    typer.Option(
        "--not-known",
        help="Main earners of whom a figure is not known; as the rungs say if left out.",
    ),
]


def treatment(not_known: Lacking | None) -> settings.NotKnown | None:
    """The option as the settings name it."""
    from donghaeng.policy.labour.settings import NotKnown as Stated

    return None if not_known is None else Stated(not_known.value)


def read_rungs(named: list[str] | None, option: str) -> list[Settings]:
    """The settings that the option names: a file where there is one, else a rung that ships.

    Raises:
        BadInput: for none, with the names of those that can be answered; for what cannot be read or answered.
    """
    from donghaeng.policy.behaviour import check_rungs, rungs_offered
    from donghaeng.policy.labour import read_settings, read_shipped

    if not named:
        raise BadInput(
            "no rung of labour supply is taken for granted",
            field=option,
            remedy=f"one or more of {', '.join(rungs_offered())}, or a file",
        )
    rungs = [
        read_settings(name) if name.endswith((".yaml", ".yml")) else read_shipped(name)
        for name in named
    ]
    check_rungs(rungs)
    return rungs
