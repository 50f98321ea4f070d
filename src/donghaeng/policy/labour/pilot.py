"""The rung of the pilot: the published difference between treatment and control in heads' work.

The difference, in percentage points, is applied to heads of households whom the reform newly reaches;
nobody else responds, as no significant fall was published for other members. With the share P of a cell
at work and the difference d, those at work stay with (P + d / 100) / P. A cell of which fewer work than
the difference asks for cannot fall by it; its rows are counted as touched by the bound of probability.
"""

from __future__ import annotations

import numpy

from .extensive import WorkResponse, moved, share_at_work
from .settings import Pilot
from .workers import Workers


def pilot_response(workers: Workers, settings: Pilot) -> WorkResponse:
    """Whether people work if the reform moves heads as the pilot did.

    Raises:
        BadInput: where a treated head belongs to no group for which a difference is stated.
    """
    answers = workers.treated & workers.head
    heads = workers.taken(answers)
    difference = heads.values_of(settings.differences, "pilot.differences") / 100
    share = share_at_work(heads, heads.cells(settings.cells))
    target = share + difference
    cannot_enter = (difference > 0) & ~heads.works & ~(heads.earnings > 0)
    after = moved(heads.works, share, numpy.clip(target, 0.0, 1.0))
    work_after = workers.works.astype(numpy.float64)
    work_after[answers] = numpy.where(cannot_enter, 0.0, after)
    nobody = numpy.zeros(workers.rows, numpy.bool_)
    at_bound, not_known = nobody.copy(), nobody.copy()
    at_bound[answers] = (target < 0) | (target > 1)
    not_known[answers] = cannot_enter
    return WorkResponse(
        work_after=work_after,
        at_net_of_tax_floor=nobody,
        at_income_floor=nobody,
        at_largest_change=nobody,
        at_probability_bound=at_bound,
        not_known=not_known,
    )
