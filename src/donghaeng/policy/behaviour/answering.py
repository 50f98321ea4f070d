"""Rungs of labour supply on a finished run: what people would do, what it costs, and the distribution then."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from donghaeng.inequality import DEFINITIONS, MeasureName
from donghaeng.rules.faults import BadInput

from ..labour import (
    Calibrates,
    Response,
    Settings,
    draws,
    read_shipped,
    respond,
    shipped_names,
)
from ..labour.labels import Labels
from ..labour.response import Change
from ..labour.settings import NotKnown, Rung
from ..portable import PortablePlan
from ..question import Question, plan_of
from ..results import Simulation
from ..runs import Executors, Progress, processes, run, this_process
from ..sample import Compared, Sample
from ..simulate import simulate
from ..tally import Estimate
from .earners import LABELS, Earners, labels_asked
from .earnings_runs import EarningsRuns
from .expectation import MEASURES, READING, Expectation, held
from .incomes import Incomes, incomes_at, incomes_under_draws, reach
from .pilot_target import calibrated_to_pilot
from .results import Behaviour, Expected, OfGroup, OfMeasure, RungAnswer

Array = np.ndarray
GROUPINGS = ("decile", "family_type")
EVERYONE = "all"
Key = tuple[str, ...]  # names a figure of which an interval is told
NO_UNCERTAINTY = "no parameter is uncertain"


def behave(
    question: Question,
    rungs: Sequence[Settings],
    folder: Path,
    *,
    executors: Executors = processes,
    progress: Progress | None = None,
    to_pilot: Calibrates | None = None,
    not_known: NotKnown | None = None,
    seed: int = 1,
    count: int = 100,
) -> Behaviour:
    """The simulation in which nobody responds, and what each rung says beside it.

    Args:
        rungs: one or more; none is taken for granted.
        folder: of the run, which goes on where it was stopped.
        to_pilot: an elasticity of participation that is calibrated to the pilot, for each rung that has one;
            these stand beside the others.
        not_known: what is done with main earners of whom a figure is not known, whatever the rungs say.
        seed, count: of the draws of parameters of which the uncertainty was published.

    Raises:
        BadInput: without a rung; for a rung that these people cannot answer; as ``simulate`` does.
    """
    check_rungs(rungs)
    static = simulate(question, folder, executors=executors, progress=progress)
    return answered(
        static,
        question,
        rungs,
        folder,
        executors=executors,
        to_pilot=to_pilot,
        not_known=not_known,
        seed=seed,
        count=count,
    )


def answered(
    static: Simulation,
    question: Question,
    rungs: Sequence[Settings],
    folder: Path,
    *,
    executors: Executors = processes,
    to_pilot: Calibrates | None = None,
    not_known: NotKnown | None = None,
    seed: int = 1,
    count: int = 100,
) -> Behaviour:
    """What each rung says beside ``static``, whose run is done in ``folder``.

    Raises:
        BadInput: as ``behave`` does.
    """
    check_rungs(rungs)
    earners, runs = finished(question, folder, executors)
    sample, workers = earners.sample, earners.workers
    cost = next(each for each in static.readings if each.main).cost
    asked = [*rungs]
    if to_pilot is not None:
        having = [each for each in rungs if each.participation is not None] or [*rungs]
        asked += [calibrated_to_pilot(each, earners, to_pilot) for each in having]
    return Behaviour(
        static=static,
        static_cost=cost,
        rungs=tuple(
            _Answering(each, earners, runs, not_known, seed, count).answer(cost) for each in asked
        ),
        earners=int(workers.works.sum()),
        without_work=int(earners.without_work.sum()),
        weight_without_work=float(sample.weight[earners.without_work].sum()),
        self_employed=int(earners.self_employed.sum()),
        weight_self_employed=float(sample.weight[earners.self_employed].sum()),
        treated=int(workers.treated.sum()),
        other_earners=int((workers.works & ~workers.head).sum()),
    )


def rungs_offered() -> tuple[str, ...]:
    """The rungs that ship and that a population can answer: all but the choice of hours, which nobody records.

    >>> "pilot_by_income" in rungs_offered(), "discrete_choice" in rungs_offered()
    (True, False)
    """
    return tuple(
        name for name in shipped_names() if Rung.DISCRETE_CHOICE not in read_shipped(name).rungs
    )


def check_rungs(rungs: Sequence[Settings]) -> None:
    """Refuse what cannot be answered before anything is computed.

    Raises:
        BadInput: for no rung, two of one name, a label that a run does not know, or a choice of hours: no
            population records hours.
    """
    if not rungs:
        raise BadInput("no response of work is taken for granted", field="rungs")
    names = [each.name for each in rungs]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"{name!r} is named twice", field="rungs")
    for each in rungs:
        if Rung.DISCRETE_CHOICE in each.rungs:
            raise BadInput(
                "a choice of hours is estimated from hours of work, which no population records; "
                "earnings alone do not tell a low wage from few hours",
                field=f"labour supply {each.name}",
                remedy="another rung, or donghaeng.policy.labour.choice with your own survey of hours",
            )
        for label in labels_asked(each):
            if label not in LABELS:
                raise BadInput(
                    f"asks for the label {label!r}; of main earners a run knows {', '.join(LABELS)}",
                    field=f"labour supply {each.name}",
                )


def finished(
    question: Question, folder: Path, executors: Executors
) -> tuple[Earners, EarningsRuns]:
    """The main earners of a run that is done in ``folder``, and the means to run it at other earnings."""
    plan = plan_of(question)
    portable = PortablePlan.of(plan)
    done = run(portable, question.population, folder, this_process)
    earners = Earners.of(Sample.of(done, plan.sampling))
    return earners, EarningsRuns(portable, question.population, done, folder, executors)


class _Answering:
    """One rung on the main earners."""

    def __init__(
        self,
        settings: Settings,
        earners: Earners,
        runs: EarningsRuns,
        not_known: NotKnown | None,
        seed: int,
        count: int,
    ) -> None:
        self.stated, self.earners = settings, earners
        self.settings = earners.settled(settings)
        self.no_interval = "; ".join(settings.gaps) or (
            "" if settings.parameters else NO_UNCERTAINTY
        )
        self.drawn = () if self.no_interval else draws(self.settings, seed, count)
        response = respond(self.settings, earners.workers)
        at_work = incomes_at(earners, runs, response)
        self.path: Incomes | None = None
        self.held = earners.lacking_for(settings) | np.isnan(at_work)
        if self.drawn and settings.elasticities is not None:
            self.path = incomes_under_draws(earners, runs, self.under_draws())
            self.held |= self.path.lacking
        self.refuse(not_known)
        self.expectation = self.expecting(response, at_work)
        self.reaches = self.reached()

    def refuse(self, not_known: NotKnown | None) -> None:
        """Refuse main earners of whom a figure is not known, unless somebody says that they stay."""
        stated = self.stated.bounds.not_known if self.stated.bounds else NotKnown.REFUSE
        if self.held.any() and (not_known or stated) is NotKnown.REFUSE:
            raise BadInput(
                f"of {int(self.held.sum()):,} main earners a rate or an income is not known",
                field=f"labour supply {self.stated.name}",
                remedy="--not-known unchanged leaves them as they are, and counts them",
            )

    def expecting(self, response: Response, at_work: Array) -> Expectation:
        """What a response means; whoever is held stays with what the simulation says."""
        at_work = np.where(self.held, self.earners.after, at_work)
        return Expectation(self.earners, held(response, self.held), at_work)

    def under_draws(self) -> Iterable[Response]:
        return (respond(each, self.earners.workers) for each in self.drawn)

    def reached(self) -> dict[Key, tuple[float, float]]:
        """How far the interval of each figure reaches, from the draws of the parameters."""
        if not self.drawn:
            return {}
        found: dict[Key, list[float]] = {}
        for response in self.under_draws():
            at_work = self.earners.after
            if self.path is not None:
                at_work = self.path.at(np.nan_to_num(response.earnings_at_work))
            for key, value in self.plain(self.expecting(response, at_work)).items():
                found.setdefault(key, []).append(value)
        stated = self.plain(self.expectation)
        return {key: reach(stated[key], np.array(values)) for key, values in found.items()}

    def answer(self, static: Estimate) -> RungAnswer:
        """Every figure, where the reform costs ``static`` if nobody responds."""
        stated, response = self.stated, self.expectation.response
        more = self.expectation.cost - (self.earners.after - self.earners.before)
        heads = self.heads()
        groups = tuple(self.groups())
        return RungAnswer(
            settings=stated,
            name=stated.name,
            label=(stated.label.ko, stated.label.en),
            rungs=stated.rungs,
            left_out=tuple((each.ko, each.en) for each in stated.left_out),
            everyone=groups[0],
            treated_heads=heads,
            groups=groups[1:],
            cost=self.expected(self.beside(static, self.expectation.cost), ("cost",)),
            of_response=self.expected(self.earners.sample.total(more), ("cost",)),
            incomes=self.expected(self.beside(static, self.expectation.incomes), ("incomes",)),
            measures=tuple(self.measures()),
            touched=response.touched,
            not_known=int(self.held.sum()),
            no_interval=self.no_interval,
            draws=len(self.drawn),
        )

    # Figures with their errors

    def beside(self, static: Estimate, values: Array) -> Estimate:
        """The total of ``values`` as the static total and what the response adds to it.

        Where it adds nothing, it is the static total with its error.
        """
        sample = self.earners.sample
        added = values - (self.earners.after - self.earners.before)
        if not added.any():
            return static
        return dataclasses.replace(
            sample.total(values), value=static.value + sample.total(added).value
        )

    def expected(self, estimate: Estimate, key: Key) -> Expected:
        """A figure with its error of people, and the interval of the parameters around it."""
        if key not in self.reaches:
            return Expected(estimate.value, estimate)
        low, high = self.reaches[key]
        return Expected(estimate.value, estimate, (estimate.value + low, estimate.value + high))

    def groups(self) -> list[OfGroup]:
        """All main earners, then those of each group."""
        response, sample = self.expectation.response, self.earners.sample
        moved = 100 * (response.work_after - response.work_before)
        found = []
        for grouping, of in self.groupings().items():
            places, count = of.codes, len(of.names)
            points = sample.means(moved, places, count, sample.weight)
            earned = sample.means(self.expectation.earned, places, count, sample.weight)
            for change in self.changes(grouping):
                place = of.names.index(change.group)
                key = (grouping, change.group)
                percent = Estimate(change.earnings_percent)
                found.append(
                    OfGroup(
                        grouping,
                        change.group,
                        change.rows,
                        self.expected(points[place], ("points", *key)),
                        self.expected(percent, ("earnings_percent", *key)),
                        self.expected(earned[place], ("earnings", *key)),
                    )
                )
        return found

    def groupings(self) -> dict[str, Labels]:
        sample, groups = self.earners.sample, self.earners.workers.groups
        everyone = Labels((EVERYONE,), np.zeros(sample.count, np.int64))
        return {EVERYONE: everyone, **{grouping: groups[grouping] for grouping in GROUPINGS}}

    def changes(self, grouping: str) -> tuple[Change, ...]:
        return self.expectation.response.changes(None if grouping == EVERYONE else grouping)

    def heads(self) -> Expected | None:
        """Points of the heads of households that have more at present earnings: the pilot's comparison."""
        workers, response = self.earners.workers, self.expectation.response
        weight = np.where(workers.treated & workers.head, workers.weight, 0.0)
        if not weight.any():
            return None
        moved = 100 * (response.work_after - response.work_before)
        return self.expected(self.earners.sample.mean(moved, weight), ("heads",))

    def measures(self) -> list[OfMeasure]:
        """Poverty and inequality against the present law, and against the reform if nobody responds."""
        earners = self.earners
        against = self._compared(earners.before), self._compared(earners.after)
        found = []
        for name in MEASURES:
            before, static = against[0][name], against[1][name]
            key = ("measure", name.value)
            found.append(
                OfMeasure(
                    name.value,
                    DEFINITIONS[name].label,
                    before.before.value,
                    static.before.value,
                    self.expected(before.after, key),
                    self.expected(before.change, key),
                    self.expected(static.change, key),
                )
            )
        return found

    def _compared(self, first: Array) -> Mapping[MeasureName, Compared]:
        return self.expectation.sample(first).compared(MEASURES, READING)

    # Figures without errors, for draws

    def plain(self, expectation: Expectation) -> dict[Key, float]:
        """Every figure of which an interval is told."""
        response, workers = expectation.response, self.earners.workers
        figures: dict[Key, float] = {
            ("cost",): float(workers.weight @ expectation.cost),
            ("incomes",): float(workers.weight @ expectation.incomes),
        }
        for grouping in (EVERYONE, *GROUPINGS):
            by = None if grouping == EVERYONE else grouping
            for change in response.changes(by):
                key = (grouping, change.group)
                figures[("points", *key)] = change.points
                figures[("earnings_percent", *key)] = change.earnings_percent
                figures[("earnings", *key)] = change.earnings
        heads = workers.treated & workers.head
        if heads.any():
            figures[("heads",)] = response.change("heads", heads).points
        for name, value in expectation.measures().items():
            figures[("measure", name.value)] = value
        return figures
