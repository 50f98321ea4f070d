"""Everything that was asked of an index with other figures, as one result."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from donghaeng.index.chain import Build

from .budget import BestUse, Spending
from .effect import Effect
from .gradients import Gradients
from .least_change import Aim, LeastChange
from .recomputing import Basis

# Said with every result, in whatever form it is given.
ARITHMETIC = (
    "This is arithmetic: what the rule of the index gives if the figures were these. "
    "It is not an estimate of what a policy does."
)


@dataclass(frozen=True)
class Answer:
    """What was asked; a part that was not asked for is None."""

    build: Build
    row: int
    basis: Basis
    effect: Effect | None = None
    gradients: Gradients | None = None
    aim: Aim | None = None
    least: tuple[LeastChange, ...] = ()
    best: BestUse | None = None
    spending: Spending | None = None


def as_json(answer: Answer, arithmetic: dict[str, str]) -> dict[str, Any]:
    """The answer for a program; ``arithmetic`` is :data:`ARITHMETIC` in each language."""
    unit, period = answer.build.panel.rows[answer.row]
    found: dict[str, Any] = {
        "kind": "arithmetic",
        "causal": False,
        "note": arithmetic,
        "index": answer.build.index.id,
        "unit": unit,
        "period": period,
        "basis": answer.basis.value,
    }
    if answer.effect is not None:
        found["effect"] = _effect(answer.effect)
    if answer.gradients is not None:
        found["gradients"] = _gradients(answer.gradients)
    if answer.aim is not None:
        found["target"] = {
            "node": answer.aim.node,
            "now": answer.aim.now,
            "target": answer.aim.target,
            "least_changes": [_least(each) for each in answer.least],
        }
    if answer.best is not None:
        found["budget"] = _best(answer.best, answer.spending)
    return found


def _effect(effect: Effect) -> dict[str, Any]:
    panel = effect.build.panel
    return {
        "moves": [
            {
                "unit": panel.rows[move.row][0],
                "period": panel.rows[move.row][1],
                "indicator": panel.columns[move.column],
                "before": _number(move.before),
                "after": move.after,
                "lower": move.lower,
                "upper": move.upper,
                "why": move.why,
                "source": move.source,
                "programme": move.programme or None,
                "won": move.won or None,
            }
            for move in effect.moves
        ],
        "nodes": [
            {
                "unit": each.unit,
                "period": each.period,
                "node": each.node,
                "before": _number(each.before),
                "after": {
                    "held": _number(each.held),
                    "re_estimated": _number(each.re_estimated),
                },
                "between": None if each.between is None else list(map(_number, each.between)),
            }
            for each in effect.nodes()
        ],
        "ranks": [asdict(each) for each in effect.rank_moves()],
        "others_changed": {basis.value: effect.others(basis) for basis in Basis},
    }


def _gradients(found: Gradients) -> dict[str, Any]:
    return {
        "node": found.node,
        "indicators": [
            {
                "indicator": code,
                "figure": _number(found.figures[place]),
                "per_unit": _number(found.per_unit[place]),
                "per_percent": _number(found.per_percent[place]),
                "below": _number(found.below[place]),
                "above": _number(found.above[place]),
                "kink": bool(found.kinked[place]),
                "exact": bool(found.exact[place]),
            }
            for place, code in enumerate(found.codes)
        ],
    }


def _least(each: LeastChange) -> dict[str, Any]:
    return {
        "indicator": each.code,
        "reached": each.reached,
        "before": _number(each.before),
        "figure": _number(each.figure),
        "change": _number(each.change),
        "percent": _number(each.percent),
        "attainable": _number(each.attainable),
    }


def _best(best: BestUse, spending: Spending | None) -> dict[str, Any]:
    responses = () if spending is None else spending.responses
    return {
        "node": best.node,
        "method": best.method.value,
        "won": best.budget,
        "programmes": best.won,
        "left": best.left,
        "before": best.before,
        "after": best.after,
        "responses": [each.model_dump(mode="json", exclude_none=True) for each in responses],
    }


def _number(value: float) -> float | None:
    return None if value != value or abs(value) == float("inf") else float(value)
