"""Whether every choice of the section `uncertainty` is about something that the index has."""

from __future__ import annotations

from donghaeng.rules.faults import BadInput

from .declared import require
from .index_file import Index
from .positivity import check_positive
from .step_checks import check_steps
from .uncertain import (
    DataError,
    LeaveOut,
    Parameter,
    Skip,
    StepChoice,
    WeightNoise,
    WeightShares,
)


def check_choices(index: Index, file: str) -> None:
    """Refuse a choice that names what is not there, or a form that could not be carried out.

    Raises:
        BadInput: for the first one.
    """
    if index.uncertainty is None:
        return
    names = [step.step for step in index.steps]
    for name, choice in index.uncertainty.choices.items():
        field = f"uncertainty.choices.{name}"
        if isinstance(choice, StepChoice):
            require(choice.step, names, "step", file, field)
            _check_forms(index, choice, file, field)
        elif isinstance(choice, Parameter):
            require(choice.of.partition(".")[0], names, "step", file, f"{field}.of")
        elif isinstance(choice, WeightNoise | WeightShares):
            for code in choice.children_of:
                require(code, index.nodes, "node", file, f"{field}.children_of")
        elif isinstance(choice, LeaveOut):
            known = [*index.indicators, *index.nodes]
            for code in choice.among:
                require(code, known, "indicator or node", file, f"{field}.among")
        elif isinstance(choice, DataError):
            for code in choice.indicators:
                require(code, index.columns, "indicator", file, f"{field}.indicators")


def _check_forms(index: Index, choice: StepChoice, file: str, field: str) -> None:
    """Each form is looked at as if the file named it."""
    for place, form in enumerate(choice.among):
        replaced = tuple(
            each if each.step != choice.step else form
            for each in index.steps
            if not (each.step == choice.step and isinstance(form, Skip))
        )
        trial = index.model_copy(update={"steps": replaced, "uncertainty": None})
        try:
            check_steps(trial, file)
            check_positive(trial, file)
        except BadInput as fault:
            raise BadInput(
                fault.message, file=file, field=f"{field}.among.{place}", remedy=fault.remedy
            ) from None
