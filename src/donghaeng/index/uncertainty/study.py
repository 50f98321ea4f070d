"""An index with its uncertain choices: from points of the unit cube to scores of every draw.

A draw settles every choice: which form each step takes, the weights, the error of each figure, what is
left out. Draws that take a step in the same form from the same figures share its work, and what no
choice can change is done once for the whole study. Nothing is skipped: a choice that cannot be carried
out, or was not carried out in every draw, stops the study with its name, and the count of every form
that was carried out is kept (``Executed``).
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.chain.aggregating import nominal_weights, tree_of
from donghaeng.index.chain.build import carry_out
from donghaeng.index.chain.context import Context, Figures
from donghaeng.index.chain.weighing import weigh
from donghaeng.index.framework import steps
from donghaeng.index.framework.index_file import Index
from donghaeng.index.hierarchy import Tree, aggregate_tree, composite
from donghaeng.index.panel import Panel
from donghaeng.rules.faults import BadInput

from .distributions import Choices
from .settings import Setting, Settled, Terms, terms_of

# Cells (draws x rows x columns) that are worked on at once: where every draw has figures of its own, and
# where they have the same ones.
CELLS_AT_ONCE, SHARED_CELLS_AT_ONCE = 2**20, 2**24

Forms = Counter[tuple[str, str]]


@dataclass
class Executed:
    """How many draws were carried through each form of each choice: ``forms`` counts (choice, form)."""

    forms: Forms = field(default_factory=Counter)


@dataclass(frozen=True)
class Drawn:
    """The scores of some draws, and the forms that they were carried through."""

    scores: FloatArray
    forms: Forms


@dataclass(frozen=True)
class Study:
    """Everything that the draws share. ``scores`` may be called from several threads."""

    context: Context
    terms: Terms
    executed: Executed = field(default_factory=Executed)
    _memory: dict[tuple[Setting | int, ...], _State] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def index(self) -> Index:
        """The index file."""
        return self.context.index

    @property
    def choices(self) -> Choices:
        """The choices as distributions over columns of the unit cube."""
        return self.terms.choices

    @cached_property
    def tree(self) -> Tree:
        """The tree with the methods of the file."""
        return tree_of(self.context, self.index.aggregation.aggregate)

    def top_scores(self, sample: FloatArray) -> FloatArray:
        """The index of every row in every draw: (draws, rows).

        Args:
            sample: (draws, ``choices.columns``), each from 0 up to but not 1.

        Raises:
            BadInput: where a choice cannot be carried out in a draw.
        """
        return self._noted(self.drawn(sample, top_only=True))[..., 0]

    def scores(self, sample: FloatArray) -> FloatArray:
        """Every node of every row in every draw: (draws, rows, nodes), nodes as in ``tree``."""
        return self._noted(self.drawn(sample))

    def drawn(self, sample: FloatArray, *, top_only: bool = False) -> Drawn:
        """The scores of every draw with what was carried out, which is not added to ``executed``."""
        settled = self.terms.settle(sample)
        rows, columns = self.context.panel.values.shape
        nodes = 1 if top_only else len(self.tree.codes)
        work = _Work(settled, numpy.empty((len(sample), rows, nodes)), top_only)
        cells = SHARED_CELLS_AT_ONCE if settled.figures is None else CELLS_AT_ONCE
        size = max(16, cells // (rows * columns))
        for start in range(0, len(sample), size):
            draws = numpy.arange(start, min(start + size, len(sample)))
            figures = Figures(self.context.panel.values)
            if settled.figures is not None:
                figures = Figures(settled.figures(draws))
                work.forms.update(settled.data_errors_of(draws))
            self._run(0, _State(figures), draws, (), work)
        self._require_every_choice(work)
        return Drawn(work.found, work.forms)

    def _noted(self, drawn: Drawn) -> FloatArray:
        with self._lock:
            self.executed.forms.update(drawn.forms)
        return drawn.scores

    def _require_every_choice(self, work: _Work) -> None:
        """Every choice was carried out once in every draw, or the study stops."""
        draws = len(work.found)
        for name in self.choices.names:
            times = sum(count for (choice, _), count in work.forms.items() if choice == name)
            if times != draws:
                raise BadInput(
                    f"was carried out {times} times in {draws} draws",
                    field=f"uncertainty.choices.{name}",
                    remedy="one step of the index that the choice is about",
                )

    def _run(
        self,
        place: int,
        state: _State,
        draws: WholeArray,
        path: tuple[Setting | int, ...],
        work: _Work,
    ) -> None:
        """Carry ``draws`` through the steps from ``place`` on; they have the same ``path`` behind them."""
        step = self.index.steps[place]
        for setting, members in work.settled.forms_of(step, draws):
            own = state.of(numpy.searchsorted(draws, members))
            work.forms.update({(name, form): len(members) for name, form in setting.forms if name})
            if isinstance(step, steps.Aggregate):
                self._aggregate(setting, own, members, work)
                continue
            onward = (*path, setting)
            after = self._after(setting, own, onward)
            tables = work.settled.tables(setting)
            if isinstance(step, steps.Impute):
                work.forms.update(work.settled.tables_of(setting, members))
            if tables is None:
                self._run(place + 1, after, members, onward, work)
                continue
            for table in numpy.unique(tables[members]):
                of_table = members[tables[members] == table]
                one = after.table(int(table)).of(numpy.searchsorted(members, of_table))
                self._run(place + 1, one, of_table, (*onward, int(table)), work)

    def _after(self, setting: Setting, state: _State, path: tuple[Setting | int, ...]) -> _State:
        """One step in one form; from the memory of the study where other draws may take the same way."""
        few = all(isinstance(each, int) or each.countable for each in path)
        if not state.shared or not few:
            return self._carried_out(setting, state)
        with self._lock:
            known = self._memory.get(path)
        if known is None:
            known = self._carried_out(setting, state)
            with self._lock:
                self._memory[path] = known
        return known

    def _carried_out(self, setting: Setting, state: _State) -> _State:
        if setting.step is None:
            return state
        try:
            if isinstance(setting.step, steps.Weigh):
                return replace(state, weights=self._weighed(setting.step, state.figures))
            after = carry_out(setting.step, state.figures, self.context)
        except BadInput as fault:
            raise self._stopped(setting, fault) from None
        if after.observed is not None:
            bounds = BadInput("missing figures carried as bounds have no single score to draw")
            raise self._stopped(setting, bounds)
        return replace(state, figures=after)

    def _weighed(self, step: steps.Weigh, figures: Figures) -> FloatArray:
        """The weights that a step gives: (nodes,), or (draws, nodes) where draws have own figures."""
        if figures.values.ndim == 2:
            return weigh(step.weigh, self.tree, figures.values, self.context)[0]
        return numpy.stack(
            [weigh(step.weigh, self.tree, own, self.context)[0] for own in figures.values]
        )

    def _aggregate(self, setting: Setting, state: _State, draws: WholeArray, work: _Work) -> None:
        """The nodes of ``draws``, each with its own weights."""
        assert isinstance(setting.step, steps.Aggregate)
        tree = tree_of(self.context, setting.step.aggregate)
        base = nominal_weights(tree) if state.weights is None else state.weights
        leaves = state.figures.values[..., self.context.leaves]
        weights = work.settled.weights(base, draws, tree)
        work.forms.update(work.settled.weights_of(draws))
        try:
            if work.top_only:
                work.found[draws, :, 0] = composite(tree, leaves, weights)
            else:
                work.found[draws] = aggregate_tree(tree, leaves, weights)
        except BadInput as fault:
            raise self._stopped(setting, fault) from None

    @staticmethod
    def _stopped(setting: Setting, fault: BadInput) -> BadInput:
        where = f"uncertainty.choices.{setting.choice}" if setting.choice else fault.field
        form = f"{setting.form} " if setting.choice else ""
        return BadInput(
            f"{form}could not be carried out in a draw: {fault.message}",
            file=fault.file,
            field=where,
            remedy=fault.remedy,
        )


@dataclass(frozen=True)
class _State:
    """Where draws stand between two steps: their figures, and the weights if a step gave them.

    Figures are (rows, columns) for all of them, or (draws, rows, columns); weights (nodes,) or
    (draws, nodes).
    """

    figures: Figures
    weights: FloatArray | None = None

    @property
    def shared(self) -> bool:
        """Whether all draws have the same figures."""
        return self.figures.values.ndim == 2

    def of(self, chosen: WholeArray) -> _State:
        """The state of some of the draws."""
        if self.shared:
            return self
        kept, weights = self.figures.kept, self.weights
        figures = Figures(self.figures.values[chosen], kept=None if kept is None else kept[chosen])
        return _State(figures, weights if weights is None or weights.ndim == 1 else weights[chosen])

    def table(self, table: int) -> _State:
        """The state with one completed table of a multiple imputation."""
        return _State(Figures(self.figures.values[table], kept=self.figures.kept), self.weights)


@dataclass(frozen=True)
class _Work:
    """One call: what its draws settled, where their scores go, and the forms carried out."""

    settled: Settled
    found: FloatArray
    top_only: bool
    forms: Forms = field(default_factory=Counter)


def study_of(index: Index, panel: Panel) -> Study:
    """The study that the section `uncertainty` of an index describes.

    Raises:
        BadInput: where there is none, or a choice has nothing to vary.
    """
    if index.uncertainty is None:
        raise BadInput("says nothing of what is uncertain", field="uncertainty")
    context = Context(index, panel)
    return Study(context, terms_of(context))
