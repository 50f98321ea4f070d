"""A parameter found so that the simulated difference in heads' work equals a stated one, if there is one such."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy
from scipy.optimize import brentq

from donghaeng.rules.faults import BadInput

from .parameters import Parameter, Status
from .respond import respond
from .response import Response
from .settings import Settings
from .workers import Workers

# Where the difference is computed before a root is sought: a second solution closer than this is not seen.
STEPS = 64


class Calibrates(StrEnum):
    """Which elasticity of participation is found."""

    PARTICIPATION = "participation"
    INCOME = "income"


@dataclass(frozen=True)
class Target:
    """Heads' work, treated less control, in percentage points, and between what it may lie.

    >>> Target(-10.4, -14.0, -10.0, "press on the pilot, 2025-12-23").points
    -10.4
    """

    points: float
    low: float
    high: float
    source: str

    def __post_init__(self) -> None:
        if not -100 <= self.low <= self.points <= self.high <= 100:
            raise BadInput("a target lies between its two ends, in points", field="target")


@dataclass(frozen=True)
class Calibrated:
    """Settings with the value that was found, and the difference that they give."""

    settings: Settings
    value: float
    low: float
    high: float
    points: float


def difference_in_points(response: Response, workers: Workers) -> float:
    """Treated heads' work under the reform less what it is without, in percentage points.

    Without the reform the treated would work as they do now: that is their control.

    Raises:
        BadInput: where no head is treated.
    """
    rows = workers.treated & workers.head
    if not rows.any():
        raise BadInput("no head of a household is in the treated cell", field="treated")
    return response.change("treated heads", rows).points


def calibrate(
    settings: Settings,
    workers: Workers,
    target: Target,
    *,
    which: Calibrates,
    between: tuple[float, float],
) -> Calibrated:
    """The settings with one elasticity for all such that treated heads' work differs by the target.

    The two ends of the target are met as well; they are the range of the parameter that was found.

    Args:
        between: the least and the most that the elasticity may be.

    Raises:
        BadInput: where no value between the two gives the target, or more than one does.
    """
    section = settings.participation
    if section is None:
        raise BadInput("the settings have no elasticity of participation", field=settings.name)

    def settings_with(found: Parameter) -> Settings:
        changed = section.model_copy(update={which.value: (found,)})
        return settings.model_copy(update={"participation": changed})

    def difference(value: float) -> float:
        return difference_in_points(respond(settings_with(_found(value)), workers), workers)

    field = f"participation.{which.value}"
    value, *ends = (
        find_parameter(difference, points, between, field)
        for points in (target.points, target.low, target.high)
    )
    low, high = min(*ends, value), max(*ends, value)
    found = settings_with(_found(value, (low, high), target.source))
    return Calibrated(found, value, low, high, difference(value))


def find_parameter(
    difference: Callable[[float], float], target: float, between: tuple[float, float], field: str
) -> float:
    """The one value between two at which ``difference`` equals the target.

    Raises:
        BadInput: where there is none, with what is reached; where there are several, with all of them.

    >>> round(find_parameter(lambda value: -3 * value, -1.5, (0.0, 2.0), "slope"), 9)
    0.5
    """
    low, high = between
    if not low < high:
        raise BadInput(f"{low:g} .. {high:g} is no range", field=field)
    values = numpy.linspace(low, high, STEPS + 1).tolist()
    reached = [difference(value) for value in values]
    gaps = [points - target for points in reached]
    solutions: list[float] = [value for value, gap in zip(values, gaps, strict=True) if gap == 0]
    for left, right, a, b in zip(values, values[1:], gaps, gaps[1:], strict=False):
        if a * b < 0:
            solutions.append(float(brentq(lambda value: difference(value) - target, left, right)))
    if not solutions:
        raise BadInput(
            f"no value from {low:g} to {high:g} gives {target:g} points: "
            f"from {min(reached):.2f} to {max(reached):.2f} are reached",
            field=field,
            remedy="a wider range, another target, or another parameter",
        )
    if len(solutions) > 1:
        several = ", ".join(f"{value:.4g}" for value in sorted(solutions)[:5])
        raise BadInput(
            f"{len(solutions)} values give {target:g} points: {several}",
            field=field,
            remedy="a narrower range that holds one of them",
        )
    (solution,) = solutions
    return solution


def _found(value: float, ends: tuple[float, float] | None = None, source: str = "") -> Parameter:
    """A calibrated value for everyone, known to lie between the values that meet the target's ends."""
    return Parameter(
        value=value,
        range=ends or (value, value),
        source=f"calibrated to {source or 'a target'}",
        status=Status.CALIBRATED,
    )
