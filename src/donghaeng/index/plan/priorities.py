"""A proposed order of programmes (Ordinance §8①2, §10②): by need, reach, cost and evidence, with reasons.

It is a proposal to the committee. What is not known leaves a range of places, not a guess.
"""

from __future__ import annotations

from dataclasses import dataclass

from donghaeng.index.chain import Build
from donghaeng.rules.faults import BadInput, nearest

from .criteria import AreaState, Criterion, Range, area_states, base_of, cost, evidence, need, reach
from .decisions import Decision, Decisions
from .register import Programme, Register

EQUAL = dict.fromkeys(Criterion, 1.0)


@dataclass(frozen=True)
class Place:
    """The place of one programme: ``proposed``, and from ``best`` to ``worst`` whatever the unknown is.

    ``state`` is that of its area, ``low_index`` whether that lies below the base of the index (the rule
    for a low index then asks for its cause), ``decision`` what the committee decided last.
    """

    programme: str
    proposed: int
    best: int
    worst: int
    score: Range
    criteria: dict[Criterion, Range]
    state: AreaState | None
    low_index: bool
    decision: Decision | None

    @property
    def certain(self) -> bool:
        """Whether the place is the same whatever the unknown is."""
        return self.best == self.worst


@dataclass(frozen=True)
class Priorities:
    """The proposed order, with the weights that it rests on."""

    build: Build
    register: Register
    year: str
    base: float | None
    weights: dict[Criterion, float]
    places: tuple[Place, ...]
    record: Decisions | None

    def programme(self, place: Place) -> Programme:
        """The entry of the register."""
        return self.register.programmes[place.programme]


def priorities(
    build: Build,
    register: Register,
    year: str,
    row: int,
    weights: dict[Criterion, float] = EQUAL,
    record: Decisions | None = None,
) -> Priorities:
    """Order the programmes of a register by the weighted mean of their criteria.

    The order is that of the lower end of each range, which holds whatever the unknown is; equal ones
    share a place.

    Args:
        year: of budgets and of the people concerned.
        row: the unit and period whose areas tell the need.

    Raises:
        BadInput: weights that say nothing, or a decision on a programme that is not in the register.
    """
    total = sum(weights.values())
    if min(weights.values()) < 0 or total <= 0:
        raise BadInput("weights are 0 or more, and one is above 0", field="--weight")
    _check_record(register, record)
    states, base = area_states(build, row), base_of(build)
    criteria = {
        code: {
            Criterion.NEED: need(each, states),
            Criterion.REACH: reach(each, register, year),
            Criterion.COST: cost(each, register, year),
            Criterion.EVIDENCE: evidence(each),
        }
        for code, each in register.programmes.items()
    }
    scores = {
        code: Range(
            # Rounded, so that equal ones stay equal whatever they were summed from.
            round(sum(weights.get(c, 0.0) * r.low for c, r in ranges.items()) / total, 12),
            round(sum(weights.get(c, 0.0) * r.high for c, r in ranges.items()) / total, 12),
        )
        for code, ranges in criteria.items()
    }
    decided = {} if record is None else record.latest()
    places = [
        _place(code, scores, criteria[code], states.get(each.area or ""), base, decided.get(code))
        for code, each in register.programmes.items()
    ]
    places.sort(key=lambda each: (each.proposed, each.programme))
    return Priorities(build, register, year, base, weights, tuple(places), record)


def _place(
    code: str,
    scores: dict[str, Range],
    criteria: dict[Criterion, Range],
    state: AreaState | None,
    base: float | None,
    decision: Decision | None,
) -> Place:
    own = scores[code]
    others = [score for name, score in scores.items() if name != code]
    return Place(
        code,
        proposed=1 + sum(each.low > own.low for each in others),
        best=1 + sum(each.low > own.high for each in others),
        worst=1 + sum(each.high > own.low for each in others),
        score=own,
        criteria=criteria,
        state=state,
        low_index=state is not None and base is not None and state.score < base,
        decision=decision,
    )


def _check_record(register: Register, record: Decisions | None) -> None:
    for each in () if record is None else record.decisions:
        if each.programme not in register.programmes:
            raise BadInput(
                f"decides on {each.programme!r}, which is not in the register",
                field="decisions",
                remedy=nearest(each.programme, register.programmes),
            )
