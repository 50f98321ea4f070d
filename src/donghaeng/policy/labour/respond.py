"""The answer of one settings file on the people: no response, elasticities, participation, both, or the pilot.

How elasticities and participation are combined: both are measured at unchanged earnings, under the
baseline and under the reform, and neither is computed from what the other gives. Expected earnings are

    P1 x earnings x factor of hours,

so that the change has exactly two parts, (P1 - P0) x earnings before, of those who enter or leave, and
P1 x (earnings at work after - before), of those who stay. A person who leaves counts no hours, and nobody's
response is the input of another response, which is how two responses could otherwise build each other up.
"""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from .arrays import FlagArray
from .extensive import WorkResponse, work_response
from .intensive import HoursResponse, hours_response
from .pilot import pilot_response
from .response import Response, Touched
from .settings import NotKnown, Rung, Settings
from .workers import Workers


def respond(settings: Settings, workers: Workers) -> Response:
    """The response of every row, under the values that the settings state.

    Raises:
        BadInput: for discrete choice, which is answered from an estimate (``choice.respond_by_choice``);
            for groups without a value; for unknown figures, if the settings refuse them.
    """
    if Rung.DISCRETE_CHOICE in settings.rungs:
        raise BadInput(
            "a discrete choice is estimated from a survey before it responds",
            field="rungs",
            remedy="elasticities, participation or pilot, or an estimate",
        )
    bounds, hours, work = settings.bounds, _same_hours(workers), _same_work(workers)
    if bounds and settings.elasticities:
        hours = hours_response(workers, settings.elasticities, bounds)
    if bounds and settings.participation:
        work = work_response(workers, settings.participation, bounds)
    if settings.pilot:
        work = pilot_response(workers, settings.pilot)
    not_known = hours.not_known | work.not_known
    if not bounds or bounds.not_known is NotKnown.REFUSE:
        _refuse(not_known)
    return Response(
        rungs=settings.rungs,
        name=settings.name,
        weight=workers.weight,
        groups=workers.groups,
        work_before=workers.works.astype(numpy.float64),
        work_after=work.work_after,
        earnings_before=numpy.where(workers.works, workers.earnings, 0.0),
        earnings_at_work=workers.earnings * hours.factor,
        hours_before=numpy.where(workers.works, workers.hours, 0.0),
        hours_at_work=workers.hours * hours.factor,
        touched=Touched(
            net_of_tax_floor=int((hours.at_net_of_tax_floor | work.at_net_of_tax_floor).sum()),
            income_floor=int((hours.at_income_floor | work.at_income_floor).sum()),
            largest_change=int((hours.at_largest_change | work.at_largest_change).sum()),
            hours=int(hours.at_most_hours.sum()),
            probability=int(work.at_probability_bound.sum()),
            not_known=int(not_known.sum()),
        ),
    )


def _same_hours(workers: Workers) -> HoursResponse:
    nobody = numpy.zeros(workers.rows, numpy.bool_)
    return HoursResponse(numpy.ones(workers.rows), nobody, nobody, nobody, nobody, nobody)


def _same_work(workers: Workers) -> WorkResponse:
    nobody = numpy.zeros(workers.rows, numpy.bool_)
    now = workers.works.astype(numpy.float64)
    return WorkResponse(now, nobody, nobody, nobody, nobody, nobody)


def _refuse(not_known: FlagArray) -> None:
    if not_known.any():
        raise BadInput(
            f"{int(not_known.sum())} rows have figures that are not known; "
            f"the first is row {int(numpy.argmax(not_known))}",
            field="workers",
            remedy="fill them in, or state `not_known: unchanged` to leave them as they are",
        )
