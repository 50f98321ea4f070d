"""What may be uncertain in an index: choices between methods, weights, structure, and the data's own error."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .steps import Step
from .vocabulary import Code, Number, Part, Positive, Whole


class Skip(Part):
    """The step is left out in the draw."""

    skip: Literal["denominate", "impute", "screen", "treat"]


class StepChoice(Part):
    """One of several forms of a step, e.g. of the normalisation."""

    kind: Literal["step"]
    among: tuple[Step | Skip, ...] = Field(min_length=2)
    chances: tuple[Positive, ...] | None = None

    @model_validator(mode="after")
    def _fitting(self) -> StepChoice:
        if self.chances is not None and len(self.chances) != len(self.among):
            raise ValueError("give as many chances as there are forms")
        steps = {each.skip if isinstance(each, Skip) else each.step for each in self.among}
        if len(steps) != 1:
            raise ValueError(f"the forms belong to different steps: {', '.join(sorted(steps))}")
        return self

    @property
    def step(self) -> str:
        """The step whose form is uncertain."""
        first = self.among[0]
        return first.skip if isinstance(first, Skip) else first.step


class WeightNoise(Part):
    """Each weight w becomes w + w * factor * U(-1, 1)."""

    kind: Literal["weight_noise"]
    factor: Annotated[float, Field(gt=0, le=1)]
    children_of: tuple[Code, ...] = Field(default=(), description="All nodes where empty.")


class WeightShares(Part):
    """The shares of the children follow a Dirichlet law about their weights; `concentration` is how closely.

    With equal weights and a concentration of as many as there are children, all shares are equally likely.
    """

    kind: Literal["weight_shares"]
    concentration: Positive
    children_of: tuple[Code, ...] = ()


class WeightExperts(Part):
    """Each draw takes the weights of one expert of the panel (step `weigh`)."""

    kind: Literal["weight_experts"]


class Parameter(Part):
    """A number within the options of a step, drawn from an interval, e.g. `treat.most_points`."""

    kind: Literal["parameter"]
    of: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$", description="step.word")
    low: Number
    high: Number
    whole: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Parameter:
        if not self.low < self.high:
            raise ValueError("low has to be below high")
        return self


class DataError(Part):
    """Every figure is drawn within its own measurement error, interval or bounds."""

    kind: Literal["data_error"]
    indicators: tuple[Code, ...] = Field(
        default=(), description="All that declare one where empty."
    )


class LeaveOut(Part):
    """One of these indicators or areas is left out in the draw, or none."""

    kind: Literal["leave_out"]
    among: tuple[Code, ...] = Field(min_length=1)
    none: bool = True


UncertainChoice = Annotated[
    StepChoice | WeightNoise | WeightShares | WeightExperts | Parameter | DataError | LeaveOut,
    Field(discriminator="kind"),
]


class Uncertainty(Part):
    """What `index audit` draws from."""

    draws: Whole = Field(default=10_000, ge=2, le=100_000_000)
    seed: Whole = 0
    choices: dict[Code, UncertainChoice] = Field(min_length=1)
