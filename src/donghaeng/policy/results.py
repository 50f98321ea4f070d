"""What a simulation gives: one object that tables, files and reports are made of."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from donghaeng.rules.declarations import Label

from .sample import Compared
from .tally import Estimate

FORMAT = "donghaeng-simulation-1"


@dataclass(frozen=True)
class Amount:
    """A benefit or contribution: totals of its period (month or year) and how many receive or pay it."""

    name: str
    label: Label
    role: str
    period: str
    of_persons: bool
    total: Compared
    recipients: Compared
    undetermined: float


@dataclass(frozen=True)
class Budget:
    """What the reform costs in a month: the change of all incomes, and who gains or loses.

    ``listed`` is the change of all monthly benefits less contributions, as their lines have it; ``unlisted`` is
    what is left of the cost: above all benefits that another replaces, which keep their line and are not paid.
    """

    households: Estimate
    persons: Estimate
    cost: Estimate
    gaining: Estimate
    losing: Estimate
    gained: Estimate
    lost: Estimate
    listed: Estimate
    unlisted: Estimate


@dataclass(frozen=True)
class Group:
    """Households of one kind that gain or lose.

    ``grouping`` is decile, family_type, age or district; ``key`` names the group in it. Shares are of the
    group's households; ``mean_change`` is won a month over all of them, ``mean_gain`` and ``mean_loss`` over
    those that gain or lose (not a number where nobody does).
    """

    grouping: str
    key: str
    label: str
    rows: int
    households: float
    gaining: Estimate
    losing: Estimate
    mean_change: Estimate
    mean_gain: Estimate
    mean_loss: Estimate
    mean_before: Estimate


@dataclass(frozen=True)
class Distributional:
    """A measure of the distribution before and after, and its change."""

    name: str
    label: str
    citation: str
    rule: str
    compared: Compared


@dataclass(frozen=True)
class Rates:
    """Tax rates of main earners in a group: their mean before and after, and how many are above a bound."""

    name: str
    grouping: str
    key: str
    label: str
    rows: int
    mean: Compared
    above_half: Compared
    above_four_fifths: Compared
    full_or_more: Compared


@dataclass(frozen=True)
class Receipt:
    """A benefit's computed entitlement against what was recorded as received."""

    name: str
    label: Label
    period: str
    of_persons: bool
    entitled_and_receiving: Estimate
    entitled_and_not_receiving: Estimate
    receiving_and_not_entitled: Estimate
    neither: Estimate
    not_known: Estimate
    not_received: Estimate


@dataclass(frozen=True)
class Regime:
    """A question that no published source settles, and the answer that a reading gives to it."""

    name: str
    label: Label
    word: str
    word_label: Label


@dataclass(frozen=True)
class Reading:
    """The figures under one reading of what no published source settles.

    ``regimes`` tell it from the others; ``alike`` readings, this one counted, give the same incomes everywhere.
    """

    main: bool
    regimes: tuple[Regime, ...]
    alike: int
    cost: Estimate
    gaining: Estimate
    losing: Estimate
    measures: tuple[Distributional, ...]


@dataclass(frozen=True)
class Listed:
    """A parameter that is not official, or a fact that is assumed."""

    name: str
    label: Label
    status: str
    value: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Simulation:
    """A simulation: what was computed, of whom, under which law, and every figure.

    ``single_strata`` have a single unit, which is compared with the mean of all units. ``seconds`` are of this
    run and not in the JSON, which is the same to the letter whenever it is computed; ``reform_text`` is the
    reform file as it was read.
    """

    title: Label
    baseline: Label
    note: Label | None
    day: datetime.date
    law_hash: str
    reform_hash: str
    population: str
    population_title: str
    synthetic: bool
    sampling: str
    weight_note: str
    design_note: str
    single_strata: int
    reference_day: datetime.date
    income: str
    income_label: Label
    take_up_before: Label
    take_up_after: Label
    households_in: int
    households_used: int
    households_undetermined: int
    weight_undetermined: float
    changes: tuple[str, ...]
    amounts: tuple[Amount, ...]
    budget: Budget
    groups: tuple[Group, ...]
    measures: tuple[Distributional, ...]
    rates: tuple[Rates, ...]
    receipts: tuple[Receipt, ...]
    readings: tuple[Reading, ...]
    not_official: tuple[Listed, ...]
    assumed: tuple[Listed, ...]
    approximations: tuple[str, ...]
    approximations_ko: tuple[str, ...] = ()
    gaps: tuple[Listed, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    engine: str = ""
    reform_text: str = ""

    @property
    def label(self) -> str:
        """What every figure is, in the words of the catalogue."""
        return "simulation (synthetic)" if self.synthetic else "simulation"

    def as_json(self) -> dict[str, Any]:
        """Every figure with its kind, error and interval."""
        content = _json(self)
        assert isinstance(content, dict)
        content.pop("seconds")
        return {"format": FORMAT, "kind": self.label, **content}


def _json(value: Any) -> Any:
    if isinstance(value, Estimate):
        ends = value.interval()
        figure: dict[str, Any] = {"value": _number(value.value)}
        if value.standard_error is not None and ends is not None:
            figure |= {
                "standard_error": _number(value.standard_error),
                "low": _number(ends[0]),
                "high": _number(ends[1]),
            }
        return figure
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _json(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, (list, tuple)):
        return [_json(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _json(each) for key, each in value.items()}
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> float | None:
    return None if value != value else value
