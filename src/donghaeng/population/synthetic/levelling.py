"""Move a model from published moments until it meets its levels and targets.

A pilot of some thousand households is drawn again and again, always with the same random numbers. After each
draw the intercepts are moved to the levels of each replicate, and the knobs to the targets of the whole city.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from .city import City
from .drawing import Drawing
from .model import Amount, Model
from .money import draw_money
from .people import draw_people
from .plan import Plan, rows_at
from .targets import Knob, Standing, Target, measured, standing_of_drawn
from .variables import ALONE

Array = np.ndarray
PILOT = 2_500  # households of a replicate in the pilot draw
ROUNDS = 14
CLOSE = 0.002
CLOSE_TO_TARGET = 0.003
STEEPNESS = 0.13  # of the share of couples of whom both work, by the correlation of their scores


@dataclass
class _Pilot(Drawing):
    """A drawing that notes the expected level of everything in each replicate."""

    levels: dict[str, tuple[Array, Array]] = field(default_factory=dict)

    def logits(self, name: str, replicate: Array, cell: Array, x: Mapping[str, Array]) -> Array:
        logits = super().logits(name, replicate, cell, x)
        self.note(name, replicate, 1 / (1 + np.exp(-logits)))
        return logits

    def logs(
        self, name: str, replicate: Array, cell: Array, x: Mapping[str, Array], z: Array
    ) -> Array:
        logs = super().logs(name, replicate, cell, x, z)
        self.note(f"{name}: amount", replicate, np.exp(np.minimum(logs, 23.0)))
        return logs

    def note(self, name: str, replicate: Array, values: Array) -> None:
        count = self.model.replicates
        sums = np.bincount(replicate, values, count)
        rows = np.bincount(replicate, minlength=count)
        old = self.levels.get(name, (np.zeros(count), np.zeros(count)))
        self.levels[name] = (old[0] + sums, old[1] + rows)


def levelled(
    model: Model,
    levels: Mapping[str, Array],
    knobs: Mapping[Knob, tuple[Target, float]],
    city: City,
    plan: Plan,
    seed: int,
) -> Model:
    """Move intercepts and knobs until the pilot meets the levels (replicates,) and the targets."""
    for _ in range(ROUNDS):
        rng = np.random.Generator(np.random.Philox(key=[seed, 2**42]))
        pilot = _Pilot(model, rng)
        standing = _drawn(pilot, city, plan)
        model, worst = _moved(model, levels, pilot.levels)
        found = measured(standing)
        far = 0.0
        for knob, (target, value) in knobs.items():
            model = _turned(model, knob, value, found[target])
            far = max(far, abs(found[target] - value))
        if worst < CLOSE and far < CLOSE_TO_TARGET:
            break
    return model


def _drawn(pilot: _Pilot, city: City, plan: Plan) -> Standing:
    wanted = PILOT * plan.replicates
    parts = []
    for each in plan.sizes:
        # A small city's households are taken again and again, each time with other draws.
        count = max(round(wanted * each.count / plan.households), 1)
        index = np.linspace(0, each.count - 1, count).astype(np.int64)
        rows = replace(
            rows_at(plan, each.size, index), replicate=np.arange(len(index)) % plan.replicates
        )
        people = draw_people(rows, city.file.families, plan.reference_day, pilot)
        parts.append(standing_of_drawn(people, draw_money(people, pilot)))
    return Standing.joined(parts)


def _moved(
    model: Model, levels: Mapping[str, Array], seen: Mapping[str, tuple[Array, Array]]
) -> tuple[Model, float]:
    """The model with its intercepts moved, and the furthest that one was moved."""
    worst = 0.0
    chances, amounts = dict(model.chances), dict(model.amounts)
    for name, target in levels.items():
        sums, rows = seen[name]
        if not rows.all():
            continue
        found = sums / rows
        if name in chances:
            aim = np.clip(target, 1e-6, 1 - 1e-6)
            by = np.log(aim / (1 - aim)) - np.log(found / (1 - found))
            chances[name] = chances[name].moved(by)
        else:
            by = np.log(target / found)
            amounts[name.split(":")[0]] = amounts[name.split(":")[0]].moved(by)
        worst = max(worst, float(np.abs(by).max()))
    return replace(model, chances=chances, amounts=amounts), worst


def _turned(model: Model, knob: Knob, value: float, found: float) -> Model:
    """The model with one knob turned from what was found towards the value."""
    if knob is Knob.COUPLES:
        couples = np.clip(model.couples + (value - found) / STEEPNESS, -0.9, 0.9)
        return replace(model, couples=couples)
    if knob is Knob.ALONE:
        chance = model.chances["working"]
        slopes = chance.slopes.copy()
        by = np.log(value / (1 - value)) - np.log(found / (1 - found))
        slopes[:, chance.regressors.index(ALONE)] += by
        chances = {**model.chances, "working": replace(chance, slopes=slopes)}
        return replace(model, chances=chances)
    amounts = dict(model.amounts)
    for name in ("earnings", "business_income"):
        amounts[name] = _spread(amounts[name], (value / found) ** 2)
    return replace(model, amounts=amounts)


def _spread(amount: Amount, by: float) -> Amount:
    return replace(amount, spread=amount.spread * by)
