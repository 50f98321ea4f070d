"""The result file of a policy simulation, as far as it says what an indicator would be."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from donghaeng.index.framework.reading import read_model
from donghaeng.index.framework.vocabulary import Code, Number, Part, Period


class SimulatedFigure(Part):
    """What a simulation gives for one indicator."""

    indicator: Code
    unit: Code
    period: Period
    value: Number
    lower: Number | None = None
    upper: Number | None = None
    kind: Literal["simulation"]
    source: str | None = None

    @model_validator(mode="after")
    def _ordered(self) -> SimulatedFigure:
        if (self.lower is None) != (self.upper is None):
            raise ValueError("give both lower and upper, or neither")
        low = self.value if self.lower is None else self.lower
        high = self.value if self.upper is None else self.upper
        if not low <= self.value <= high:
            raise ValueError("the value has to lie from lower to upper")
        return self


class SimulationResult(Part):
    """A result file: the figures of one simulation."""

    figures: tuple[SimulatedFigure, ...] = Field(min_length=1)
    label: str | None = None
    law: str | None = Field(default=None, description="Hash of the law that was simulated.")


def read_simulation(path: str | Path) -> SimulationResult:
    """The figures of a result file.

    Raises:
        BadInput: with file and field.
    """
    return read_model(path, SimulationResult)
