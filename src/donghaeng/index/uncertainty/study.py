"""An index with its uncertain choices: from points of the unit cube to scores of every draw.

A draw settles every choice: which form each step takes, the weights, the error of each figure, what is
left out. Draws that take a step in the same form from the same figures share its work, and what no
choice can change is done once for the whole study. Nothing is skipped: a choice that cannot be carried
out stops the study, and the count of every form that was carried out is kept (``Executed``).
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
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

# Cells (draws x rows x columns) that are worked on at once where every draw has figures of its own.
CELLS_AT_ONCE = 2**20


@dataclass
class Executed:
    """How many draws went through each form of each step, and which forms changed nothing.

    ``forms`` counts draws by (choice, form). ``differs`` says, for each choice between forms of a step,
    whether two of its forms ever gave different figures from the same ones.
    """

    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    differs: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """Everything that the draws share. ``scores`` may be called from several threads."""

    context: Context
    terms: Terms
    executed: Executed = field(default_factory=Executed)
    _memory: dict[tuple[object, ...], Figures] = field(default_factory=dict, repr=False)
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
        return self._evaluated(sample, top_only=True)[..., 0]

    def scores(self, sample: FloatArray) -> FloatArray:
        """Every node of every row in every draw: (draws, rows, nodes), nodes as in ``tree``."""
        return self._evaluated(sample, top_only=False)

    def _evaluated(self, sample: FloatArray, top_only: bool) -> FloatArray:
        settled = self.terms.settle(sample)
        rows, columns = self.context.panel.values.shape
        nodes = 1 if top_only else len(self.tree.codes)
        found = numpy.empty((len(sample), rows, nodes))
        size = len(sample)
        if settled.figures is not None:
            size = max(16, CELLS_AT_ONCE // (rows * columns))
        for start in range(0, len(sample), size):
            draws = numpy.arange(start, min(start + size, len(sample)))
            figures = Figures(self.context.panel.values)
            if settled.figures is not None:
                figures = Figures(settled.figures(draws))
            self._run(0, figures, draws, (), _Work(settled, found, top_only))
        with self._lock:
            self.executed.forms.update(settled.counted())
        return found

    def _run(
        self,
        place: int,
        figures: Figures,
        draws: WholeArray,
        path: tuple[object, ...],
        work: _Work,
    ) -> None:
        """Carry ``draws`` through the steps from ``place`` on; they have the same ``path`` behind them."""
        step = self.index.steps[place]
        shared = figures.values.ndim == 2
        for setting, members in work.settled.forms_of(step, draws):
            own = figures
            if not shared:
                chosen = numpy.searchsorted(draws, members)
                own = Figures(
                    figures.values[chosen],
                    kept=None if figures.kept is None else figures.kept[chosen],
                )
            if isinstance(step, steps.Weigh):  # carried out where the weights are needed
                self._run(place + 1, own, members, (*path, setting), work)
                continue
            if isinstance(step, steps.Aggregate):
                self._aggregate(setting, own, members, path, work)
                continue
            onward = (*path, setting)
            after = self._step(setting, own, onward, shared)
            tables = work.settled.tables(setting)
            if tables is not None:
                for table in numpy.unique(tables[members]):
                    of_table = members[tables[members] == table]
                    one = self._table(after, int(table), of_table, members, shared)
                    self._run(place + 1, one, of_table, (*onward, int(table)), work)
                continue
            self._run(place + 1, after, members, onward, work)

    def _step(
        self, setting: Setting, figures: Figures, path: tuple[object, ...], shared: bool
    ) -> Figures:
        """One step in one form; from the memory of the study where no draw has figures of its own."""
        if not shared:
            return self._carried_out(setting, figures)
        with self._lock:
            known = self._memory.get(path)
        if known is None:
            known = self._carried_out(setting, figures)
            with self._lock:
                self._note_difference(setting, path, known)
                self._memory[path] = known
        return known

    def _carried_out(self, setting: Setting, figures: Figures) -> Figures:
        if setting.step is None:
            return figures
        try:
            return carry_out(setting.step, figures, self.context)
        except BadInput as fault:
            raise self._stopped(setting, fault) from None

    def _aggregate(
        self,
        setting: Setting,
        figures: Figures,
        draws: WholeArray,
        path: tuple[object, ...],
        work: _Work,
    ) -> None:
        """The nodes of ``draws``, each with its own weights."""
        assert isinstance(setting.step, steps.Aggregate)
        tree = tree_of(self.context, setting.step.aggregate)
        weights = work.settled.weights(self._weights(tree, figures, path), draws, tree)
        leaves = figures.values[..., self.context.leaves]
        try:
            if work.top_only:
                work.found[draws, :, 0] = composite(tree, leaves, weights)
            else:
                work.found[draws] = aggregate_tree(tree, leaves, weights)
        except BadInput as fault:
            raise self._stopped(setting, fault) from None

    def _weights(self, tree: Tree, figures: Figures, path: tuple[object, ...]) -> FloatArray:
        """Weights before they are drawn: those of the form of `weigh` taken, or those beside the names."""
        step = next(
            (
                taken.step
                for taken in path
                if isinstance(taken, Setting) and isinstance(taken.step, steps.Weigh)
            ),
            None,
        )
        if step is None:
            return nominal_weights(tree)
        if figures.values.ndim == 2:
            return weigh(step.weigh, tree, figures.values, self.context)[0]
        return numpy.stack(
            [weigh(step.weigh, tree, values, self.context)[0] for values in figures.values]
        )

    @staticmethod
    def _table(
        figures: Figures, table: int, wanted: WholeArray, members: WholeArray, shared: bool
    ) -> Figures:
        """One completed table of a multiple imputation, for the draws that take it."""
        values = figures.values[table]
        if shared:
            return Figures(values, kept=figures.kept)
        chosen = numpy.searchsorted(members, wanted)
        return Figures(values[chosen], kept=None if figures.kept is None else figures.kept[chosen])

    def _note_difference(
        self, setting: Setting, path: tuple[object, ...], figures: Figures
    ) -> None:
        """Remember whether the forms of a choice make any difference."""
        if not setting.choice:
            return
        others = [
            known
            for key, known in self._memory.items()
            if key[:-1] == path[:-1] and isinstance(key[-1], Setting)
        ]
        different = any(
            not numpy.array_equal(known.values, figures.values, equal_nan=True) for known in others
        )
        self.executed.differs[setting.choice] = (
            self.executed.differs.get(setting.choice, False) or different
        )

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
class _Work:
    """One call: what its draws settled, and where their scores go."""

    settled: Settled
    found: FloatArray
    top_only: bool


def study_of(index: Index, panel: Panel) -> Study:
    """The study that the section `uncertainty` of an index describes.

    Raises:
        BadInput: where there is none, or a choice has nothing to vary.
    """
    if index.uncertainty is None:
        raise BadInput("says nothing of what is uncertain", field="uncertainty")
    context = Context(index, panel)
    return Study(context, terms_of(context))
