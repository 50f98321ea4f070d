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
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy

from donghaeng.index.aggregation.user_function import Rule
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
from .forms import Setting
from .settings import Settled, Terms, terms_of

# Cells (draws x rows x columns) that are worked on at once: where every draw has figures of its own, and
# where they have the same ones.
CELLS_AT_ONCE, SHARED_CELLS_AT_ONCE = 2**20, 2**24

Forms = Counter[tuple[str, str]]
# The forms, and the completed tables, that draws have behind them: which figures they have follows from it.
Path = tuple["Setting | int", ...]


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
    _memory: dict[Path, _State] = field(default_factory=dict, repr=False)
    _weights: dict[Path, FloatArray] = field(default_factory=dict, repr=False)
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
        path: Path,
        work: _Work,
    ) -> None:
        """Carry ``draws`` through the steps from ``place`` on; they have the same ``path`` behind them."""
        step = self.index.steps[place]
        for setting, members in work.settled.forms_of(step, draws):
            own = state.of(numpy.searchsorted(draws, members))
            work.forms.update({(name, form): len(members) for name, form in setting.forms if name})
            if isinstance(step, steps.Aggregate):
                self._aggregate(setting, own, members, (*path, setting), work)
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

    def _after(self, setting: Setting, state: _State, path: Path) -> _State:
        """One step in one form; from the memory of the study where other draws may take the same way."""
        if not state.shared or not _returns(path):
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
        if isinstance(setting.step, steps.Weigh):
            return replace(state, weighing=(setting, state.figures))
        try:
            after = carry_out(setting.step, state.figures, self.context)
        except BadInput as fault:
            raise self._stopped(setting, fault) from None
        if after.observed is not None:
            bounds = BadInput("missing figures carried as bounds have no single score to draw")
            raise self._stopped(setting, bounds)
        return replace(state, figures=after)

    def _aggregate(
        self, setting: Setting, state: _State, draws: WholeArray, path: Path, work: _Work
    ) -> None:
        """The nodes of ``draws``, each with its own weights."""
        assert isinstance(setting.step, steps.Aggregate)
        tree = tree_of(self.context, setting.step.aggregate)
        base = self._weights_before(tree, state, path)
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

    def _weights_before(self, tree: Tree, state: _State, path: Path) -> FloatArray:
        """Weights before they are drawn: those of the step `weigh`, or those beside the names.

        They are found with the rule of aggregation of the draw, as weights of higher nodes may depend on it.
        """
        if state.weighing is None:
            return nominal_weights(tree)
        setting, figures = state.weighing
        if figures.values.ndim > 2:
            return numpy.stack([self._weighed(setting, tree, own) for own in figures.values])
        if not _returns(path):
            return self._weighed(setting, tree, figures.values)
        with self._lock:
            known = self._weights.get(path)
        if known is None:
            known = self._weighed(setting, tree, figures.values)
            with self._lock:
                self._weights[path] = known
        return known

    def _weighed(self, setting: Setting, tree: Tree, values: FloatArray) -> FloatArray:
        """The weights of a form of `weigh`, (nodes,), from figures (rows, columns)."""
        assert isinstance(setting.step, steps.Weigh)
        try:
            return weigh(setting.step.weigh, tree, values, self.context)[0]
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


def _returns(path: Path) -> bool:
    """Whether other draws may come the same way: none does where a number was drawn from an interval."""
    return all(isinstance(each, int) or each.countable for each in path)


@dataclass(frozen=True)
class _State:
    """Where draws stand between two steps: their figures, and how and from what they will be weighed.

    Figures are (rows, columns) for all of them, or (draws, rows, columns).
    """

    figures: Figures
    weighing: tuple[Setting, Figures] | None = None

    @property
    def shared(self) -> bool:
        """Whether all draws have the same figures."""
        return self.figures.values.ndim == 2

    def of(self, chosen: WholeArray) -> _State:
        """The state of some of the draws."""
        return self if self.shared else self._with(chosen)

    def table(self, table: int) -> _State:
        """The state with one completed table of a multiple imputation."""
        return replace(self, figures=_some(self.figures, table, kept=False))

    def _with(self, chosen: WholeArray) -> _State:
        weighing = self.weighing
        if weighing is not None and weighing[1].values.ndim > 2:
            weighing = (weighing[0], _some(weighing[1], chosen))
        return _State(_some(self.figures, chosen), weighing)


def _some(figures: Figures, chosen: WholeArray | int, *, kept: bool = True) -> Figures:
    """Figures of some of the draws; ``kept`` where the rows kept differ between them."""
    rows = figures.kept
    if kept and rows is not None and rows.ndim > 1:
        rows = rows[chosen]
    return Figures(figures.values[chosen], kept=rows)


@dataclass(frozen=True)
class _Work:
    """One call: what its draws settled, where their scores go, and the forms carried out."""

    settled: Settled
    found: FloatArray
    top_only: bool
    forms: Forms = field(default_factory=Counter)


def study_of(index: Index, panel: Panel, rules: Mapping[str, Rule] | None = None) -> Study:
    """The study that the section `uncertainty` of an index describes.

    Args:
        rules: functions of your own for nodes, as in ``build``; no choice about the step `aggregate`
            changes these nodes.

    Raises:
        BadInput: where there is none, or a choice has nothing to vary.
    """
    if index.uncertainty is None:
        raise BadInput("says nothing of what is uncertain", field="uncertainty")
    context = Context(index, panel, rules or {})
    return Study(context, terms_of(context))
