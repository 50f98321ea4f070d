"""A form that a step takes in a draw, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import ValidationError

from donghaeng.index.framework import steps
from donghaeng.index.framework.uncertain import LeaveOut, Parameter, Skip, StepChoice
from donghaeng.rules.faults import BadInput, nearest

# What is counted where a number is drawn, and where the step that it is about is left out.
DRAWN, LEFT_OUT = "drawn", "left out with its step"
# What a form is called whose options are all the usual ones.
USUAL = "as usual"


@dataclass(frozen=True)
class Setting:
    """One form of a step: ``step`` is None where it is left out.

    ``taken`` holds the drawn value of each choice about the step, and says by itself which form it is;
    ``forms`` (choice, form) says it in words. ``countable`` is false where a number is drawn from an interval,
    so that hardly two draws take the same form.
    """

    step: steps.StepPart | None = field(compare=False)
    taken: tuple[tuple[str, float], ...] = ()
    forms: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    countable: bool = True

    @property
    def choice(self) -> str:
        """The choices that the form comes from; empty where nothing is open."""
        return " + ".join(name for name, _ in self.taken)

    @property
    def form(self) -> str:
        """The form in words."""
        return " + ".join(form for _, form in self.forms)


def form_name(choice: object, value: float) -> str:
    """What a drawn value of a choice stands for, in words of the index file."""
    if isinstance(choice, StepChoice):
        form = choice.among[int(value)]
        if isinstance(form, Skip):
            return "skip"
        said = form.options.model_dump(mode="json", exclude_defaults=True)
        method = [str(said.pop("method"))] if "method" in said else []
        return ", ".join([*method, *(f"{word} {told}" for word, told in said.items())]) or USUAL
    if isinstance(choice, LeaveOut):
        return choice.among[int(value)] if value < len(choice.among) else "none"
    if isinstance(choice, Parameter):
        return f"{choice.of} {round(choice.low) + int(value) if choice.whole else value:g}"
    return f"expert {int(value) + 1}"


def with_parameter(
    step: steps.StepPart, choice: Parameter, value: float, name: str
) -> steps.StepPart:
    """A step with another number for one of its words."""
    word = choice.of.partition(".")[2]
    told = step.options
    if word not in type(told).model_fields:
        raise BadInput(
            f"{step.step} has no {word!r} in the form {getattr(told, 'method', '')!r}",
            field=f"uncertainty.choices.{name}",
            remedy=nearest(word, type(told).model_fields),
        )
    number: float | int = round(choice.low) + int(value) if choice.whole else value
    try:
        new = type(told).model_validate({**told.model_dump(), word: number})
    except ValidationError as error:
        raise BadInput(
            f"{choice.of} cannot be {number:g}: {error.errors()[0]['msg']}",
            field=f"uncertainty.choices.{name}",
        ) from None
    return step.model_copy(update={step.step: new})
