"""A family of reforms in stages: the baseline, what the reform does anyway, what the swept parameters decide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from donghaeng.kernel import Kernel
from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput, LawFault
from donghaeng.rules.terms import Role

from ..evaluation import Evaluated, Evaluation, ReformEvaluation
from ..households import Households
from ..question import Question, plan_of
from ..reform_files import Reform
from ..scenario import Scenario, amounts_of, reformed
from ..staging import tail, touched
from .again import FromStart, LaidOut, Variant
from .values import Point, at, swept_parameter, written

Array = np.ndarray


@dataclass(frozen=True)
class Family:
    """Reforms that differ in the values of some parameters.

    Attributes:
        before: the present system.
        reform: what all of them change.
        file: of the reform; the files that it names stand beside it.
    """

    before: Scenario
    reform: Reform
    file: Path

    def at(self, point: Point) -> Scenario:
        """One of them, as ``simulate`` takes it.

        Raises:
            BadInput: for values with which the law cannot be computed exactly.
        """
        try:
            return reformed(self.before, at(self.reform, point), self.file)
        except LawFault as fault:
            if not point:
                raise
            raise self.refused(point, fault) from None

    def refused(self, point: Point, fault: LawFault) -> BadInput:
        """What is wrong with a point."""
        values = ", ".join(f"{name} = {written(value)}" for name, value in point.items())
        remedy = "rates of fewer digits need smaller numbers"
        return BadInput(fault.message, file=str(self.file), field=values, remedy=remedy)


class Stages:
    """The kernels of a family, and households kept between its stages.

    Attributes:
        income: variable of disposable income.
        benefits: those that the swept parameters decide.
        after: the reform at ``start``, under the main reading.
    """

    def __init__(
        self, population: Population, family: Family, start: Point, form: str = "auto"
    ) -> None:
        self.family = family
        scenario = family.at(start)
        for name in start:
            swept_parameter(scenario.law, name)
        question = Question(
            population, family.before, scenario, income=family.reform.income, form=form
        )
        plan = plan_of(question)
        self.income, self.readings, self.form = plan.income, plan.readings, plan.form
        self.sampling = plan.sampling
        self.before, self.after = plan.before, plan.after
        behind = self.after.law.links.parameters_behind((self.income,))
        for name in start:
            if name not in behind:
                raise BadInput(f"{name!r} decides nothing of {self.income}", field="parameters")
        self._build(tuple(start), plan.reread)

    def _build(self, names: tuple[str, ...], reread: bool) -> None:
        law, before, form = self.after.law, self.before, self.form
        benefits = [name for name in amounts_of(law) if law.rules[name].role is Role.BENEFIT]
        again = touched(law, names, (self.income, *benefits))
        self.benefits = tuple(name for name in benefits if name in again)
        results = (self.income, *self.benefits)
        claimed = self.after.take_up.benefits if self.after.take_up is not None else {}
        # Where claims are drawn of what is swept, the swept part cannot be told from the rest.
        self.kernel: Kernel | None = None
        needed = results
        if names and set(claimed).isdisjoint(again):
            part = tail(law, names, results)
            self._law = part.law
            self.kernel = Kernel(part.law, part.again, form)
            needed = (self.income, *part.taken)
        choices = tuple(dict.fromkeys(name for each in self.readings for name in each))
        self._reform = ReformEvaluation(before, self.after, needed, form, choices)
        extra = (*self._reform.taken, *needed)
        self._again: ReformEvaluation | None = None
        if reread:
            self._again = ReformEvaluation(before, before, (self.income,), form, choices)
            extra += self._again.taken
        self._baseline = Evaluation(
            before, (self.income,), form, tuple(n for n in extra if n in before.law.variables)
        )

    def kept(self) -> LaidOut | FromStart:
        """Where households are kept, none as yet."""
        if self.kernel is None:
            return FromStart(self.income, self.benefits, self.readings[0])
        return LaidOut(self.kernel, self.income, self.benefits)

    def keep(
        self, kept: LaidOut | FromStart, households: Households, rows: Array | None = None
    ) -> Evaluated:
        """Compute what no point changes and keep it for ``rows``; the baseline is given back."""
        before = self._baseline.run(households, self.readings[0])
        if isinstance(kept, FromStart):
            kept.add(households, before, rows)
        else:
            kept.add(self._reform.run(households, before, self.readings[0]).households, rows)
        return before

    def known(self, households: Households, before: Evaluated) -> Array:
        """Where income is known under every reading, before and after."""
        known = np.ones(households.count, bool)
        for number, reading in enumerate(self.readings):
            first = before
            if number and self._again is not None:
                first = self._again.run(households, before, reading)
            for evaluated in (first, self._reform.run(households, before, reading)):
                flags = evaluated.result(self.income)[1]
                if flags is not None:
                    known &= flags
        return known

    def variant(self, point: Point) -> Variant:
        """What differs at a point.

        Raises:
            BadInput: for a value with which the law cannot be computed exactly.
        """
        if self.kernel is not None:
            values = {name: written(value) for name, value in point.items()}
            text = yaml.safe_dump({"parameters": values})
            try:
                return self._law.with_parameters(text, "point")
            except LawFault as fault:
                raise self.family.refused(point, fault) from None
        scenario = self.family.at(point).under(self.readings[0])
        results = (self.income, *self.benefits)
        return ReformEvaluation(self.before, scenario, results, self.form)
