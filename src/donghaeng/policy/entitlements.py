"""What everybody of a population is entitled to of one benefit, with what the population recorded of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from donghaeng.population.schema import RECEIVED, Table
from donghaeng.population.store import Partition, Population
from donghaeng.rules.faults import BadInput, nearest

from .evaluation import Evaluation, check_recorded, draw_keys
from .households import Households
from .row_weights import row_weights
from .scenario import Scenario, amounts_of
from .take_up import Calibrated, Estimate, Model, TakeUp, calibrate, fit
from .take_up.calibration import Parameter

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Entitlements:
    """One row a household, or a person where the benefit is a person's; all arrays of shape (rows,).

    Attributes:
        period: of the amounts.
        amount: won a period; 0 where nothing is due.
        weight: households (persons) that a row stands for.
        received: whether the benefit was recorded; ``None`` where the population does not say.
        left_out: rows whose entitlement (or receipt, where it is recorded) is not known, and their weight.
    """

    benefit: str
    period: str
    amount: Array
    weight: Array
    household_id: Array
    received: Array | None
    left_out: tuple[int, float]

    @property
    def entitled(self) -> float:
        """How many are entitled."""
        return float(self.weight[self.amount > 0].sum())


def entitlements(
    population: Population, scenario: Scenario, benefit: str, form: str = "numpy"
) -> Entitlements:
    """What is due of ``benefit``, other benefits being claimed as the scenario says.

    Raises:
        BadInput: where the law has no such benefit, or nobody's entitlement is known.
    """
    rules = scenario.law.rules
    known = amounts_of(scenario.law)
    if benefit not in known:
        raise BadInput(
            f"{benefit!r} is no benefit of this law",
            field="benefit",
            remedy=nearest(benefit, known) or f"one of {', '.join(known)}",
        )
    check_recorded(population, scenario)
    evaluation = Evaluation(scenario, (benefit,), form)
    parts = [_of(partition, evaluation, scenario, benefit) for partition in population.partitions]
    recorded = all(part[3] is not None for part in parts)
    amount, weight, ids, sure = (
        np.concatenate([part[place] for part in parts]) for place in (0, 1, 2, 4)
    )
    received = np.concatenate([part[3] for part in parts]) if recorded else None
    if not sure.any():
        raise BadInput("nobody's entitlement can be determined", field=benefit)
    return Entitlements(
        benefit,
        rules[benefit].period.value,
        amount[sure].astype(np.float64),
        weight[sure],
        ids[sure],
        None if received is None else received[sure],
        (int((~sure).sum()), float(weight[~sure].sum())),
    )


def _of(
    partition: Partition, evaluation: Evaluation, scenario: Scenario, benefit: str
) -> tuple[Array, Array, Array, Array | None, Array]:
    """Amount, weight, household, receipt and whether all of it is known, of each row."""
    households = Households(partition, scenario.assumed)
    values, known = evaluation.run(households).entitlement(benefit)
    sure = np.ones(values.shape, bool) if known is None else known
    table = Table.PERSONS if values.ndim == 2 else Table.HOUSEHOLDS
    found = partition.column(table, RECEIVED + benefit)
    received = None
    if found is not None:
        received = (found[0] > 0).ravel()
        sure = sure if found[1] is None else sure & found[1]
    ids, _ = draw_keys(households, values)
    weight = row_weights(partition, table)
    return values.ravel(), weight.ravel(), ids, received, sure.ravel()


def calibrated_take_up(
    settings: TakeUp, due: Entitlements, caseload: float, parameter: Parameter, source: str
) -> tuple[TakeUp, Calibrated]:
    """The settings with the cost, or the information, at which ``caseload`` are expected to claim.

    Raises:
        BadInput: where the benefit is not claimed by a model, or no value gives the caseload.
    """
    found = calibrate(
        model_of(settings, due),
        due.amount,
        due.weight,
        caseload,
        parameter=parameter,
        source=source,
    )
    return _with(settings, due.benefit, found.model), found


def fitted_take_up(
    settings: TakeUp, due: Entitlements, source: str
) -> tuple[TakeUp, Estimate, Model]:
    """The settings with cost and spread estimated from recorded receipt; information stays as stated.

    Raises:
        BadInput: where receipt is not recorded, or does not tell a cost of claiming.
    """
    stated = model_of(settings, due)
    if due.received is None:
        raise BadInput(
            f"the population does not record {RECEIVED}{due.benefit}",
            field="fit",
            remedy="--caseload, with where it comes from",
        )
    found = fit(
        due.amount,
        due.received,
        weights=due.weight,
        household_id=due.household_id,
        information=stated.information.value,
    )
    estimated = found.model(stated.per, source)
    kept = {"information": stated.information, "application": stated.application}
    model = estimated.model_copy(update=kept)
    return _with(settings, due.benefit, model), found, model


def model_of(settings: TakeUp, due: Entitlements) -> Model:
    """The model by which the benefit is claimed.

    Raises:
        BadInput: where it is claimed in another way.
    """
    claiming = settings.of(due.benefit)
    if not isinstance(claiming, Model):
        raise BadInput(
            f"is claimed as {claiming.who!r}: only a model has a cost and information to find",
            field=f"benefits.{due.benefit}",
            remedy="who: model, with cost, information and spread to start from",
        )
    return claiming


def _with(settings: TakeUp, benefit: str, model: Model) -> TakeUp:
    return settings.model_copy(update={"benefits": {**settings.benefits, benefit: model}})
