"""What a response means for incomes: each household at work and not at work, by probability; nothing is drawn."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from donghaeng.inequality import MeasureName
from donghaeng.population.schema import CLUSTER

from ..design_keys import Sampling
from ..labour import Response, expected, outcome_rows
from ..sample import Sample, measured_values
from .earners import Earners

Array = np.ndarray
MEASURES = (MeasureName.POVERTY_RATE, MeasureName.GINI)
READING = 0


@dataclass(frozen=True, eq=False)
class Expectation:
    """A response and the incomes of its two outcomes.

    Attributes:
        at_work: (households,) disposable income under the reform if the main earner works as the response says.

    An income that is not known must not be needed: hold such rows first.
    """

    earners: Earners
    response: Response
    at_work: Array

    @cached_property
    def amounts(self) -> Array:
        """(households, 2), in the order of ``Response.outcomes``."""
        return np.stack([self.at_work, self.earners.idle], axis=1)

    @cached_property
    def earned(self) -> Array:
        """The expected change of the main earner's earnings, won a month."""
        change: Array = self.response.expected_earnings - self.response.earnings_before
        return change

    @cached_property
    def incomes(self) -> Array:
        """The expected change of disposable income against the present law, won a month."""
        change: Array = expected(self.response.outcomes, self.amounts) - self.earners.before
        return change

    @property
    def cost(self) -> Array:
        """What each household receives more and pays less: change of income less that of earnings.

        Where nobody responds it is the change of disposable income.
        """
        net: Array = self.incomes - self.earned
        return net

    def sample(self, first: Array) -> Sample:
        """Households once for each outcome that may come about, with their share of the weight.

        The mean of two incomes would hide the poor one. ``before`` is ``first``, ``after`` the outcome.
        """
        own = self.earners.sample
        rows, incomes, weight = self._rows
        columns = {name: values[rows] for name, values in own.columns.items()}
        columns["weight"] = weight
        sampling = own.sampling
        if sampling is Sampling.HOUSEHOLDS and len(rows) > own.count:
            columns[CLUSTER], sampling = (
                rows,
                Sampling.CLUSTERS,
            )  # both rows are one household drawn
        return dataclasses.replace(
            own,
            columns=columns,
            before={READING: first[rows]},
            after={READING: incomes},
            readings=(READING,),
            sampling=sampling,
        )

    def measures(self) -> dict[MeasureName, float]:
        """Measures over all outcomes, without errors."""
        own = self.earners.sample
        rows, incomes, weight = self._rows
        return measured_values(
            MEASURES, incomes / own.scale[rows], weight * own.columns["persons"][rows]
        )

    @cached_property
    def _rows(self) -> tuple[Array, Array, Array]:
        """The household, the income and the weight of every outcome that may come about."""
        own = self.earners.sample
        incomes, weight = outcome_rows(own.weight, self.response.outcomes, self.amounts)
        inside = weight > 0
        rows = np.repeat(np.arange(own.count), self.amounts.shape[1])
        return rows[inside], incomes[inside], weight[inside]


def held(response: Response, rows: Array) -> Response:
    """The response with flagged rows as they are without it."""
    if not rows.any():
        return response
    return dataclasses.replace(
        response,
        work_after=np.where(rows, response.work_before, response.work_after),
        earnings_at_work=np.where(rows, response.earnings_before, response.earnings_at_work),
    )
