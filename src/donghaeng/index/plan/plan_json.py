"""The action plan and the proposed order for programs that read JSON."""

from __future__ import annotations

from typing import Any

from donghaeng.language import Words

from .action_plan import ActionPlan, Line, Sum
from .priorities import Place, Priorities
from .priorities_report import reasons
from .register import Amount


def plan_json(plan: ActionPlan) -> dict[str, Any]:
    """The plan: what is not known is null, and named in ``missing``."""
    return {
        "index": plan.index.id,
        "year": plan.year,
        "citation": ["§6①", "§6②", "§6③"],
        "in_basic_plan": plan.in_basic_plan,
        "missing_contents": [item.article for item in plan.missing_contents()],
        "lines": [_line(each) for each in plan.lines],
        "indicators_without_a_name": plan.placeholders,
        "sums": [_sum(each) for each in plan.sums],
        "total": _sum(plan.total),
    }


def priorities_json(order: Priorities, languages: dict[str, Words]) -> dict[str, Any]:
    """The order, with the reasons of each place in every language."""
    record = order.record
    return {
        "index": order.build.index.id,
        "year": order.year,
        "citation": ["§8①2", "§10②"],
        "proposal": True,
        "weights": {criterion.value: weight for criterion, weight in order.weights.items()},
        "places": [_place(each, order, languages) for each in order.places],
        "decisions": None
        if record is None
        else [each.model_dump(mode="json") for each in record.decisions],
        "last_hash": None if record is None else record.last_hash,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "area": line.area,
        "programme": line.programme,
        "indicator": line.indicator,
        "latest": line.latest,
        "latest_period": line.latest_period,
        "target": line.target,
        "target_period": line.target_period,
        "budget": _amount(line.budget),
        "spent": _amount(line.spent),
        "first": line.first,
        "missing": [what.value for what in line.missing],
    }


def _amount(amount: Amount | None) -> dict[str, Any] | None:
    return None if amount is None else amount.model_dump(mode="json")


def _sum(each: Sum) -> dict[str, Any]:
    nothing = each.of == 0 and each.not_known > 0
    return {
        "area": each.area,
        "won": None if nothing else each.known,
        "programmes_known": each.of,
        "programmes_not_known": each.not_known,
    }


def _place(place: Place, order: Priorities, languages: dict[str, Words]) -> dict[str, Any]:
    return {
        "programme": place.programme,
        "proposed": place.proposed,
        "best": place.best,
        "worst": place.worst,
        "score": [place.score.low, place.score.high],
        "criteria": {name.value: [each.low, each.high] for name, each in place.criteria.items()},
        "low_index": place.low_index,
        "reasons": {name: reasons(place, order, words) for name, words in languages.items()},
        "decision": None if place.decision is None else place.decision.model_dump(mode="json"),
    }
