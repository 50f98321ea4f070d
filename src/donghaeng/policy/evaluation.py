"""A scenario computed for the households of a partition: entitlement, claims, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from donghaeng.kernel import Kernel
from donghaeng.population.schema import HOUSEHOLD_ID, PERSON, Table
from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity

from .households import Households, Values
from .scenario import Scenario
from .staging import tail, touched
from .take_up import Recorded, TakeUp, claims

Array = np.ndarray
# More rules than this are run with the kernel of the whole law, which is compiled already.
FEW_RULES = 60


@dataclass
class Evaluation:
    """The kernels that compute ``wanted`` of a scenario, one after the other.

    The first computes everything as if all who are entitled received. Then, benefit after benefit in the order
    of the law, claims are drawn and what rests on the benefit is computed again with what is received.

    Attributes:
        scenario: what is computed.
        wanted: results.
        form: of the kernel: ``numba`` or ``numpy``.
        extra: results that somebody else needs (what a reform takes from the baseline).
    """

    scenario: Scenario
    wanted: tuple[str, ...]
    form: str = "numba"
    extra: tuple[str, ...] = ()
    _steps: list[_Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        law = self.scenario.law
        everything = tuple(dict.fromkeys((*self.wanted, *self.extra)))
        claimed = claimed_in_order(law, self.scenario.take_up, everything)
        tails = [(benefits, tail(law, (), everything, benefits)) for benefits in claimed]
        taken = [name for _, each in tails for name in each.taken]
        first = tuple(dict.fromkeys((*everything, *(b for each in claimed for b in each), *taken)))
        self._steps.append(_Step((), Kernel(law, first, self.form)))
        for place, (benefits, _) in enumerate(tails):
            needed = {name for _, later in tails[place + 1 :] for name in later.taken}
            needed |= {name for later, _ in tails[place + 1 :] for name in later}
            again = touched(law, benefits, (*everything, *needed))
            wanted = tuple(
                name
                for name in dict.fromkeys((*everything, *sorted(needed)))
                if name in again and name not in benefits
            )
            narrowed = tail(law, (), wanted, benefits)
            if wanted:
                self._steps.append(_Step(benefits, Kernel(narrowed.law, wanted, self.form)))
            else:
                self._steps.append(_Step(benefits, None))

    def run(self, households: Households, choices: Mapping[str, str] | None = None) -> Evaluated:
        """Every result; benefits as they are received, entitlements beside them.

        Args:
            choices: a reading of the law other than the scenario's own.
        """
        households = households.where(fixed=self.scenario.facts)
        entitled: dict[str, Values] = {}
        for step in self._steps:
            if step.claimed:
                received = {}
                for benefit in step.claimed:
                    entitled[benefit] = households.columns[benefit]
                    received[benefit] = self.received(households, benefit)
                households = households.where(received)
            if step.kernel is not None:
                households = households.computed(step.kernel, step.law(choices))
        return Evaluated(households, entitled)

    def received(self, households: Households, benefit: str) -> Values:
        """What is received of a benefit: the entitlement of those who claim."""
        take_up = self.scenario.take_up
        assert take_up is not None
        values, known = households.columns[benefit]
        claiming = take_up.of(benefit)
        ids, person = draw_keys(households, values)
        stored = None
        if isinstance(claiming, Recorded):
            table = Table.PERSONS if values.ndim == 2 else Table.HOUSEHOLDS
            found = households.stored(table, claiming.column)
            if found is None:
                raise _not_recorded(benefit, claiming.column, table)
            recorded, sure = found
            stored = recorded.ravel()
            if sure is not None:
                stored = np.where(sure, recorded, 0).ravel()
                known = sure if known is None else known & sure
        claimed = claims(
            claiming,
            values.ravel().astype(np.float64),
            ids,
            seed=take_up.seed,
            benefit=benefit,
            person=person,
            received=None if stored is None else stored.astype(np.float64),
        )
        return np.where(claimed.reshape(values.shape), values, 0), known


@dataclass
class _Step:
    """Benefits that are claimed first, and the kernel of what rests on them."""

    claimed: tuple[str, ...]
    kernel: Kernel | None
    laws: dict[tuple[tuple[str, str], ...], Law] = field(default_factory=dict)

    def law(self, choices: Mapping[str, str] | None) -> Law | None:
        """The kernel's law under a reading; the same object for the same reading."""
        if not choices or self.kernel is None:
            return None
        key = tuple(sorted(choices.items()))
        if key not in self.laws:
            law = self.kernel.law
            named = {n: w for n, w in key if n in law.in_force and w in law.in_force[n].regimes}
            self.laws[key] = law.under(**named)
        return self.laws[key]


@dataclass(frozen=True)
class Evaluated:
    """Households with every result, and the entitlements of which only a part is claimed."""

    households: Households
    entitlements: Mapping[str, Values]
    _changed: dict[int, Households] = field(default_factory=dict)

    def changed(self, scenario: Scenario) -> Households:
        """These households with what a reform decides of everybody; the same object each time."""
        key = id(scenario)
        if key not in self._changed:
            self._changed[key] = self.households.where(fixed=scenario.facts)
        return self._changed[key]

    def result(self, name: str) -> Values:
        """A result as it is received."""
        return self.households.columns[name]

    def entitlement(self, name: str) -> Values:
        """A benefit as it is due."""
        return self.entitlements.get(name) or self.households.columns[name]


def claimed_in_order(
    law: Law, take_up: TakeUp | None, wanted: Iterable[str]
) -> list[tuple[str, ...]]:
    """Benefits with settings of take-up, those together that do not rest on each other, in order."""
    if take_up is None:
        return []
    behind = law.order([*wanted, *take_up.benefits])
    ranked: list[tuple[str, ...]] = []
    for name in behind:
        if name not in take_up.benefits:
            continue
        if ranked and not any(name in touched(law, [other], [name]) for other in ranked[-1]):
            ranked[-1] = (*ranked[-1], name)
        else:
            ranked.append((name,))
    return ranked


def check_recorded(population: Population, scenario: Scenario) -> None:
    """Refuse take-up as it was recorded where it was not, before anything is computed.

    Raises:
        BadInput: naming the first benefit and the column that the population lacks.
    """
    take_up = scenario.take_up
    for benefit, claiming in take_up.benefits.items() if take_up else ():
        if isinstance(claiming, Recorded):
            of_person = scenario.law.rules[benefit].entity is Entity.PERSON
            table = Table.PERSONS if of_person else Table.HOUSEHOLDS
            if not population.holds(table, claiming.column):
                raise _not_recorded(benefit, claiming.column, table)


def _not_recorded(benefit: str, column: str, table: Table) -> BadInput:
    return BadInput(
        f"the population has no column {column!r} of {table.value}, by which {benefit} is to be claimed",
        field=f"take-up, benefits.{benefit}.column",
        remedy="a column of the population, or another way of take-up",
    )


def draw_keys(households: Households, values: Array) -> tuple[Array, Array | None]:
    """The household (and person) that a row's draws hang on."""
    found = households.stored(Table.HOUSEHOLDS, HOUSEHOLD_ID)
    assert found is not None
    ids = found[0].astype(np.int64)
    if values.ndim == 1:
        return ids, None
    size = values.shape[0]
    person = households.stored(Table.PERSONS, PERSON)
    numbers = np.repeat(np.arange(1, size + 1), len(ids)) if person is None else person[0].ravel()
    return np.tile(ids, size), numbers.astype(np.int64)


@dataclass
class ReformEvaluation:
    """A reform computed on top of its baseline: only what it changes, where that is little.

    Where many rules are touched, or take-up is another, or claims come after what changes, everything is
    computed again with the kernels of the whole law; parameters are passed as arrays, so nothing is compiled
    for other numbers.
    """

    before: Scenario
    after: Scenario
    wanted: tuple[str, ...]
    form: str = "numba"
    open_choices: tuple[str, ...] = ()
    few: int = FEW_RULES

    def __post_init__(self) -> None:
        law, changed = self.after.law, {*self.after.changed, *self.open_choices}
        again = touched(law, changed, self.wanted)
        claimed = set(self.before.take_up.benefits) if self.before.take_up else set()
        same_claims = self.after.take_up is self.before.take_up
        self.short = same_claims and len(again) <= self.few and claimed.isdisjoint(again)
        self.taken: tuple[str, ...] = ()
        self._tail: _Step | None = None
        self._whole: Evaluation | None = None
        if self.short:
            part = tail(law, changed, self.wanted)
            self.taken = tuple(name for name in part.taken if name in self.before.law.variables)
            if part.again:
                self._tail = _Step((), Kernel(part.law, part.again, self.form))
        else:
            self._whole = Evaluation(self.after, self.wanted, self.form)

    def run(
        self,
        households: Households,
        before: Evaluated,
        choices: Mapping[str, str] | None = None,
        columns: Mapping[str, Values] | None = None,
    ) -> Evaluated:
        """The results of the reform.

        Args:
            households: as they are stored.
            before: the baseline of the same households, with :attr:`taken` among its results.
            choices: a reading of the law other than the scenario's own.
            columns: facts that are others than those stored.
        """
        if self._whole is not None:
            return self._whole.run(households.where(columns), choices)
        changed = before.changed(self.after)
        if columns:
            changed = changed.where(columns)
        if self._tail is not None and self._tail.kernel is not None:
            changed = changed.computed(self._tail.kernel, self._tail.law(choices))
        return Evaluated(changed, before.entitlements)
