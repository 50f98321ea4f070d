"""The uncertainty of the parameters carried through: many draws of them, and what each gives."""

from __future__ import annotations

import numpy
from scipy.special import ndtr, ndtri

from donghaeng.rules.faults import BadInput

from .parameters import Parameter
from .settings import Settings

LARGEST_COUNT = 100_000


def draws(settings: Settings, seed: int, count: int) -> tuple[Settings, ...]:
    """The settings ``count`` times with parameters drawn as they are known.

    Entries are drawn independently of each other; nothing is published on how they go together. The
    numbers depend on seed and draw alone: more draws begin with the same ones.

    Raises:
        BadInput: while something was not published: then there is nothing to draw from.
    """
    if not 0 < count <= LARGEST_COUNT:
        raise BadInput(f"{count} draws are not possible", remedy=f"1 to {LARGEST_COUNT:,}")
    if settings.gaps:
        raise BadInput(
            f"no interval can be given: {settings.gaps[0]}",
            field=settings.name,
            remedy="settings that state a standard error, a spread or a range",
        )
    key = numpy.array([seed, 0], dtype=numpy.uint64)
    random = numpy.random.Generator(numpy.random.Philox(key=key))
    even = random.random((count, len(settings.parameters)))
    return tuple(_with_values(settings, row.tolist()) for row in even)


def drawn_value(parameter: Parameter, even: float) -> float:
    """The value at probability ``even`` of the distribution that a parameter is drawn from.

    >>> half = Parameter(value=0.5, range=(0.0, 1.0), source="-", status="assumed")
    >>> drawn_value(half, 0.25)
    0.25
    """
    low, high = parameter.ends
    if parameter.range is not None:
        return low + (high - low) * even
    deviation = parameter.deviation
    if deviation is None:
        raise BadInput(f"no interval can be given: {parameter.gap}")
    below = ndtr((low - parameter.value) / deviation)
    above = ndtr((high - parameter.value) / deviation)
    value = parameter.value + deviation * ndtri(below + (above - below) * even)
    return float(numpy.clip(value, low, high))


def _with_values(settings: Settings, even: list[float]) -> Settings:
    """The settings with every parameter at its probability, taken in the order of ``parameters``."""
    left = iter(even)

    def drawn(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        return tuple(
            each.model_copy(update={"value": drawn_value(each, next(left))}) for each in parameters
        )

    changed: dict[str, object] = {}
    if hours := settings.elasticities:
        update = {"substitution": drawn(hours.substitution), "income": drawn(hours.income)}
        changed["elasticities"] = hours.model_copy(update=update)
    if work := settings.participation:
        update = {"participation": drawn(work.participation), "income": drawn(work.income)}
        changed["participation"] = work.model_copy(update=update)
    if pilot := settings.pilot:
        update = {"differences": drawn(pilot.differences)}
        changed["pilot"] = pilot.model_copy(update=update)
    return settings.model_copy(update=changed)
