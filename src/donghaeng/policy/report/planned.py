"""What a simulation would compute, before anything is computed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from donghaeng.language import Words

from ..partition_run import Kernels
from ..plan import Plan
from ..question import Question, plan_of
from ..results import FORMAT
from ..telling import EVERYONE, changes_of


@dataclass(frozen=True)
class Planned:
    """A question with its plan; ``short`` where the reform is computed on top of the baseline."""

    question: Question
    plan: Plan
    short: bool

    def as_json(self) -> dict[str, Any]:
        """The plan for programs."""
        people, plan = self.question.population, self.plan
        return {
            "format": FORMAT,
            "kind": "plan",
            "day": plan.day.isoformat(),
            "baseline": {"law": plan.before.law.hash, "label": list(plan.before.label)},
            "reform": {"law": plan.after.law.hash, "label": list(plan.after.label)},
            "changes": list(changes_of(plan.before, plan.after)),
            "readings": [dict(reading) for reading in plan.readings],
            "income": plan.income,
            "households": people.manifest.households,
            "persons": people.manifest.persons,
            "partitions": len(people.manifest.partitions),
            "synthetic": people.manifest.synthetic,
            "sampling": plan.sampling.value,
            "form": plan.form,
            "kernels": "short" if self.short else "whole",
        }

    def lines(self, words: Words) -> list[tuple[str, str]]:
        """The plan for people: what, and its value."""
        plan, manifest = self.plan, self.question.population.manifest
        take_up = [
            words.label(EVERYONE)
            if each.take_up is None
            else words.label((each.take_up.title.ko, each.take_up.title.en))
            for each in (plan.before, plan.after)
        ]
        return [
            (words("Day of the law"), plan.day.isoformat()),
            (words("Baseline"), f"{words.label(plan.before.label)} ({plan.before.law.hash[:12]})"),
            (words("Reform"), f"{words.label(plan.after.label)} ({plan.after.law.hash[:12]})"),
            *((words("Change"), each) for each in changes_of(plan.before, plan.after)),
            (words("Take-up"), " → ".join(take_up)),
            (words("Income"), plan.income),
            (words("Readings"), f"{len(plan.readings)}"),
            (words("Population"), f"{manifest.title} ({words(plan_label(manifest.synthetic))})"),
            (words("Households"), f"{manifest.households:,}"),
            (words("Persons"), f"{manifest.persons:,}"),
            (words("Partitions"), f"{len(manifest.partitions)}"),
            (words("Standard errors"), words(plan.sampling.label)),
            (
                words("Kernels"),
                words("short: the reform is computed on top of the baseline")
                if self.short
                else words("whole: the reform is computed from the beginning"),
            ),
        ]


def planned(question: Question) -> Planned:
    """The plan of a question.

    Raises:
        BadInput: for a law or a reform that does not fit.
    """
    plan = plan_of(question)
    # The plain form needs no compiler; which part of the law is run does not depend on the form.
    return Planned(question, plan, Kernels(dataclasses.replace(plan, form="numpy")).after.short)


def plan_label(synthetic: bool) -> str:
    """What the figures would be."""
    return "simulation (synthetic)" if synthetic else "simulation"
