"""What the rungs of labour supply say about a reform, side by side; every figure is simulated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from donghaeng.rules.declarations import Label

from ..labour import Rung, Settings, Touched
from ..results import Simulation
from ..tally import Estimate

FORMAT = "donghaeng-labour-1"


@dataclass(frozen=True)
class Expected:
    """An expected figure under a response.

    Attributes:
        value: under the stated parameters.
        of_people: its error from the sampling of people, or between synthetic replicates; ``None`` where the
            figure is told without.
        of_parameters: both ends of the interval from what is known of the parameters; ``None`` where
            something was not published.
    """

    value: float
    of_people: Estimate | None = None
    of_parameters: tuple[float, float] | None = None

    def as_json(self) -> dict[str, Any]:
        """For programs: the value, the interval of people and that of the parameters."""
        people = self.of_people and self.of_people.interval()
        return {
            "value": _number(self.value),
            "of_people": list(people) if people else None,
            "of_parameters": list(self.of_parameters) if self.of_parameters else None,
        }


@dataclass(frozen=True)
class OfGroup:
    """Main earners of a tenth of incomes or a kind of household.

    ``points`` is the change of those at work, in percentage points of all main earners of the group;
    ``earnings_percent`` that of their earnings together; ``earnings`` in won a month for each of them.
    """

    grouping: str
    key: str
    rows: int
    points: Expected
    earnings_percent: Expected
    earnings: Expected


@dataclass(frozen=True)
class OfMeasure:
    """A measure of the distribution: the present law, the reform if nobody responds, and with the response."""

    name: str
    label: str
    before: float
    static: float
    expected: Expected
    change: Expected
    of_response: Expected


@dataclass(frozen=True)
class RungAnswer:
    """What one rung says.

    Attributes:
        settings: every value, source and gap behind it.
        everyone: all main earners.
        treated_heads: points of heads whose household has more at present earnings, ``None`` without any.
        cost: won a month: change of disposable incomes less that of earnings, against the present law.
        of_response: what the response adds to the cost if nobody responds.
        incomes: change of disposable incomes, against the present law.
        touched: rows that a bound touched.
        not_known: main earners at work who stay as they are, because a figure is not known.
        no_interval: what was not published, so that there is no interval of the parameters.
    """

    settings: Settings
    name: str
    label: Label
    rungs: tuple[Rung, ...]
    left_out: tuple[Label, ...]
    everyone: OfGroup
    treated_heads: Expected | None
    groups: tuple[OfGroup, ...]
    cost: Expected
    of_response: Expected
    incomes: Expected
    measures: tuple[OfMeasure, ...]
    touched: Touched
    not_known: int
    no_interval: str
    draws: int


@dataclass(frozen=True)
class Behaviour:
    """A simulation and what rungs of labour supply say about it.

    Attributes:
        static: the simulation in which nobody responds.
        static_cost: won a month.
        earners: main earners at work in the data.
        without_work: households in the data in which nobody works now: entry is not simulated for them.
        weight_without_work: for how many households these stand.
        self_employed, weight_self_employed: households without wages that have income from a business: left out
            of every response.
        treated: households in the data that have more under the reform at present earnings, the self-employed
            apart.
        other_earners: households in the data whose main earner is not the head.
    """

    static: Simulation
    static_cost: Estimate
    rungs: tuple[RungAnswer, ...]
    earners: int
    without_work: int
    weight_without_work: float
    self_employed: int
    weight_self_employed: float
    treated: int
    other_earners: int

    @property
    def label(self) -> str:
        """What every figure is, in the words of the catalogue."""
        return self.static.label

    def as_json(self) -> dict[str, Any]:
        """Every figure; that of the static simulation stands in its own file."""
        static = self.static
        return {
            "format": FORMAT,
            "kind": self.label,
            "title": list(static.title),
            "day": static.day.isoformat(),
            "law": static.law_hash,
            "reform": static.reform_hash,
            "population": static.population,
            "engine": static.engine,
            "static_cost": Expected(self.static_cost.value, self.static_cost).as_json(),
            "earners": self.earners,
            "not_simulated": {
                "nobody_works": self.without_work,
                "weight": self.weight_without_work,
                "self_employed": self.self_employed,
                "weight_self_employed": self.weight_self_employed,
            },
            "treated": self.treated,
            "main_earner_is_not_head": self.other_earners,
            "rungs": [_rung(each) for each in self.rungs],
        }


def _rung(answer: RungAnswer) -> dict[str, Any]:
    touched = answer.touched
    return {
        "name": answer.name,
        "label": list(answer.label),
        "rungs": [rung.value for rung in answer.rungs],
        "everyone": _group(answer.everyone),
        "treated_heads_points": answer.treated_heads and answer.treated_heads.as_json(),
        "cost": answer.cost.as_json(),
        "of_response": answer.of_response.as_json(),
        "incomes": answer.incomes.as_json(),
        "measures": [
            {
                "name": each.name,
                "before": _number(each.before),
                "static": _number(each.static),
                "expected": each.expected.as_json(),
                "change": each.change.as_json(),
                "of_response": each.of_response.as_json(),
            }
            for each in answer.measures
        ],
        "groups": [_group(each) for each in answer.groups],
        "touched": {
            "net_of_tax_floor": touched.net_of_tax_floor,
            "income_floor": touched.income_floor,
            "largest_change": touched.largest_change,
            "largest_factor": touched.hours,
            "probability": touched.probability,
        },
        "not_known": answer.not_known,
        "no_interval": answer.no_interval,
        "draws": answer.draws,
        "left_out": [list(each) for each in answer.left_out],
        "settings": answer.settings.model_dump(mode="json", exclude_defaults=True),
    }


def _group(of: OfGroup) -> dict[str, Any]:
    return {
        "grouping": of.grouping,
        "key": of.key,
        "rows": of.rows,
        "points": of.points.as_json(),
        "earnings_percent": of.earnings_percent.as_json(),
        "earnings": of.earnings.as_json(),
    }


def _number(value: float) -> float | None:
    return None if value != value else value
