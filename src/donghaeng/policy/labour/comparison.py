"""Rungs side by side: for each the change of work, hours and earnings, with its interval or why it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy

from donghaeng.evidence.kinds import Interval, Simulation, Uncertainty
from donghaeng.rules.faults import BadInput

from .draws import draws
from .respond import respond
from .response import Change, Response, Touched
from .settings import Rung, Settings
from .workers import Workers

LEVEL = 0.95
# Fewer draws do not show the ends of an interval of 95 %.
FEWEST_DRAWS = 40


@dataclass(frozen=True)
class Drawn:
    """A response under the stated values, and the changes of all people and of groups in every draw.

    ``gap`` says why there are no draws; it is empty where there are.
    """

    response: Response
    by: str | None
    changes: tuple[tuple[Change, ...], ...]
    gap: str


@dataclass(frozen=True)
class Row:
    """One rung for one group. A figure is None where it does not follow from what is known.

    ``mean_points`` is the mean of ``points`` over the draws, which differs from the figure of the stated
    values where these do not lie in the middle of what is drawn.
    """

    rungs: tuple[Rung, ...]
    name: str
    group: str
    work_before: Simulation | None
    work_after: Simulation | None
    points: Simulation | None
    mean_points: float | None
    hours_percent: Simulation | None
    earnings_percent: Simulation | None
    touched: Touched
    no_interval: str


def respond_with_draws(
    settings: Settings, workers: Workers, *, seed: int, count: int, by: str | None = None
) -> Drawn:
    """The response, and its changes under ``count`` draws of the parameters.

    Raises:
        BadInput: as ``respond``, and for fewer than 40 draws.
    """
    response = respond(settings, workers)
    if settings.gaps or not settings.parameters:
        reason = "; ".join(settings.gaps) or "no parameter is uncertain"
        return Drawn(response, by, (), reason)
    return drawn(response, (respond(each, workers) for each in draws(settings, seed, count)), by)


def drawn(response: Response, under: Iterable[Response], by: str | None = None) -> Drawn:
    """A response with those under draws of its parameters, of which only the changes are kept.

    Raises:
        BadInput: for fewer than 40 draws.
    """
    changes = tuple(each.changes(by) for each in under)
    if len(changes) < FEWEST_DRAWS:
        raise BadInput(f"{len(changes)} draws give no interval", remedy=f"at least {FEWEST_DRAWS}")
    return Drawn(response, by, changes, "")


def compare(*answers: Drawn) -> tuple[Row, ...]:
    """One row for each rung and group, group by group, so that rungs stand below each other.

    A figure is that of the stated values. With draws, its interval goes from their 2.5th to their 97.5th
    percentile; without, ``no_interval`` says what is missing.

    Raises:
        BadInput: for answers by different labels.
    """
    if len({answer.by for answer in answers}) > 1:
        raise BadInput("answers by different labels are not put side by side", field="by")
    rows = [row for answer in answers for row in _rows(answer)]
    order = list(dict.fromkeys(row.group for row in rows))
    return tuple(sorted(rows, key=lambda row: order.index(row.group)))


def _rows(answer: Drawn) -> Iterable[Row]:
    response = answer.response
    for position, stated in enumerate(response.changes(answer.by)):
        under = [changes[position] for changes in answer.changes]
        figure = _figures(stated, under, f"labour supply: {response.name}")
        yield Row(
            rungs=response.rungs,
            name=response.name,
            group=stated.group,
            work_before=figure(lambda change: change.work_before, "%"),
            work_after=figure(lambda change: change.work_after, "%"),
            points=figure(lambda change: change.points, "points"),
            mean_points=float(numpy.mean([each.points for each in under])) if under else None,
            hours_percent=figure(lambda change: change.hours_percent, "%"),
            earnings_percent=figure(lambda change: change.earnings_percent, "%"),
            touched=response.touched,
            no_interval=answer.gap,
        )


def _figures(
    stated: Change, under: list[Change], source: str
) -> Callable[[Callable[[Change], float], str], Simulation | None]:
    def figure(of: Callable[[Change], float], unit: str) -> Simulation | None:
        value = of(stated)
        if numpy.isnan(value):
            return None
        if not under:
            return Simulation(value=value, unit=unit, source=source)
        values = [of(change) for change in under]
        low, high = numpy.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
        # A stated value may lie at the very end of its range.
        interval = Interval(min(low, value), max(high, value), Uncertainty.MODELLING, LEVEL)
        return Simulation(value=value, unit=unit, source=source, interval=interval)

    return figure
