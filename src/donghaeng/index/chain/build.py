"""Building an index: every step once, with its data set, its ledger, and the scores and ranks at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy

from donghaeng.index.aggregation.user_function import Rule
from donghaeng.index.arrays import FloatArray
from donghaeng.index.framework import steps
from donghaeng.index.framework.index_file import Index
from donghaeng.index.framework.vocabulary import LARGEST
from donghaeng.index.hierarchy import Tree, effective_weights
from donghaeng.index.imputation import Pooled, rubin
from donghaeng.index.panel import Panel
from donghaeng.index.results.ranks import EQUAL_SCORES, rank
from donghaeng.rules.faults import BadInput, nearest

from .aggregating import aggregate, nominal_weights, tree_of
from .context import Context, Figures
from .data_sets import DataSet, Leading
from .denominating import denomination_entries, divide
from .imputing import how, impute
from .ledger import Entry, changed_cells, column_entry
from .normalising import Scaled, normalise
from .screening_out import screen_out, screening_entries
from .treating import treat_outliers, treatment_entries
from .weighing import weigh


@dataclass(frozen=True)
class Build:
    """An index as it was built.

    ``scores`` (rows, nodes) are those of every node of ``tree``, the indicators first; with a multiple
    imputation they are pooled by Rubin's rules (``pooled``), and with missing figures carried as bounds
    ``lower`` and ``upper`` hold the worst and the best case and ``scores`` are NaN where they differ.
    """

    context: Context
    tree: Tree
    weights: FloatArray
    data_sets: tuple[DataSet, ...]
    ledger: tuple[Entry, ...]
    scores: FloatArray
    scaled: Scaled | None = None
    pooled: Pooled | None = None
    lower: FloatArray | None = None
    upper: FloatArray | None = None

    @property
    def index(self) -> Index:
        """The index file."""
        return self.context.index

    @property
    def panel(self) -> Panel:
        """The figures it was built from."""
        return self.context.panel

    @cached_property
    def effective_weights(self) -> FloatArray:
        """The part of each node in the top, (nodes,)."""
        return effective_weights(self.tree, self.weights)

    @cached_property
    def ranks(self) -> FloatArray:
        """Ranks of each node within its period, 1 for the highest; NaN where there is one unit only."""
        found = numpy.full(self.scores.shape, numpy.nan)
        if len(self.panel.units) > 1:
            for rows in self.panel.period_slices:
                found[rows] = rank(self.scores[rows], tolerance=EQUAL_SCORES)
        return found

    def data_set(self, name: str) -> DataSet:
        """A data set by its name."""
        return next(each for each in self.data_sets if each.name == name)

    def table(self, name: str) -> FloatArray:
        """A data set as one table (rows, columns): of several the mean, of bounds what is certain."""
        found = self.data_set(name)
        if found.leading is Leading.TABLES:
            mean: FloatArray = found.values.mean(axis=0)
            return mean
        if found.leading is Leading.BOUNDS:
            worst, best = found.values
            return numpy.where(worst == best, worst, numpy.nan)
        return found.values

    def score(self, unit: str, period: str, node: str) -> float:
        """The score of one node."""
        return float(self.scores[self.panel.row(unit, period), self.tree.place(node)])


def build(index: Index, panel: Panel, rules: Mapping[str, Rule] | None = None) -> Build:
    """Carry out every step of ``index`` on the figures of ``panel``.

    Args:
        rules: functions of your own that put the children of a node together, by the code of the node:
            (values (..., rows, children), weights (..., children)) -> (..., rows). They go before the
            methods of the file.

    Raises:
        BadInput: where a step cannot be carried out on these figures, or a rule is for no node.
    """
    for code in rules or {}:
        if code not in index.nodes:
            raise BadInput(f"there is no node {code!r}", remedy=nearest(code, index.nodes))
    context = Context(index, panel, rules or {})
    figures = Figures(panel.values)
    data_sets = [DataSet("raw", index.columns, panel.values)]
    ledger = [
        column_entry("read", code, "in the data, not in the index") for code in panel.not_used
    ]
    tree = tree_of(context, index.aggregation.aggregate)
    weights = nominal_weights(tree)
    scaled = None
    for step in index.steps:
        if isinstance(step, steps.Weigh):
            weights, entries = weigh(step.weigh, tree, figures.values, context)
            ledger += entries
            continue
        if isinstance(step, steps.Aggregate):
            break
        before = figures
        if isinstance(step, steps.Normalise):
            scaled = normalise(step.normalise, figures, context)
            figures = scaled.figures
        else:
            figures = carry_out(step, figures, context)
        _refuse_too_large(figures.values, index.columns, context, f"steps.{step.step}")
        ledger += _entries(step, before, figures, context)
        data_sets.append(_data_set(step.result, index.columns, figures, data_sets))
    nodes = aggregate(tree, figures.values, weights, context)
    _refuse_too_large(nodes, tree.codes, context, "steps.aggregate")
    leading = _leading(figures)
    data_sets.append(DataSet("aggregated", tree.codes, nodes, leading))
    if weights.ndim > 1:  # of several completed tables, each with weights of its own
        weights = weights.mean(axis=0)
    return _result(context, tree, weights, tuple(data_sets), tuple(ledger), nodes, leading, scaled)


def _refuse_too_large(
    values: FloatArray, codes: tuple[str, ...], context: Context, field: str
) -> None:
    """What runs over later would be missing in the end, and nobody would know."""
    too_large = numpy.abs(values) > LARGEST
    if too_large.any():
        *_, row, column = numpy.argwhere(too_large)[0]
        where = " ".join(part for part in (codes[column], *context.panel.rows[row]) if part)
        raise BadInput(
            f"{where} becomes {values[too_large][0]:g}, larger than any figure",
            field=field,
            remedy="look at its figures and at its denominator",
        )


def carry_out(step: steps.StepPart, figures: Figures, context: Context) -> Figures:
    """The figures after one step before aggregation; also for a leading axis of draws."""
    if isinstance(step, steps.Denominate):
        return divide(figures, context)
    if isinstance(step, steps.Impute):
        return impute(step.impute, figures, context)
    if isinstance(step, steps.Screen):
        return screen_out(step.screen, figures, context)
    if isinstance(step, steps.Treat):
        return treat_outliers(step.treat, figures, context)
    if isinstance(step, steps.Normalise):
        return normalise(step.normalise, figures, context).figures
    raise BadInput(f"{step.step} is not a step that changes figures")


def _entries(
    step: steps.StepPart, before: Figures, after: Figures, context: Context
) -> list[Entry]:
    """What a step did, for the ledger; of several tables or bounds the first stands for all."""
    first = Figures(_one(before.values), kept=before.kept)
    if isinstance(step, steps.Denominate):
        return denomination_entries(context)
    if isinstance(step, steps.Screen):
        return screening_entries(step.screen, first, context)
    if isinstance(step, steps.Treat):
        return treatment_entries(step.treat, first, context)
    if isinstance(step, steps.Impute):
        entries = changed_cells("impute", "", first.values, _summary(after), context)
        return [
            Entry(
                e.step,
                e.unit,
                e.period,
                e.indicator,
                e.before,
                e.after,
                how(step.impute, e.indicator, context),
            )
            for e in entries
        ]
    assert isinstance(step, steps.Normalise)
    return [
        column_entry("normalise", code, (each.normalise or step.normalise).method)
        for code, each in zip(context.codes, context.indicators, strict=True)
    ]


def _summary(figures: Figures) -> FloatArray:
    """One table (rows, columns): the mean of several completed ones; of bounds, nothing is known."""
    if figures.observed is not None:
        return figures.observed
    return figures.values.mean(axis=0) if figures.values.ndim > 2 else figures.values


def _one(values: FloatArray) -> FloatArray:
    first: FloatArray = values[(0,) * (values.ndim - 2)]
    return first


def _leading(figures: Figures) -> Leading | None:
    if figures.observed is not None:
        return Leading.BOUNDS
    return Leading.TABLES if figures.values.ndim > 2 else None


def _data_set(
    name: str, columns: tuple[str, ...], figures: Figures, others: list[DataSet]
) -> DataSet:
    """A data set under its name; a second one of the same step gets a number."""
    same = sum(each.name.rstrip("0123456789_") == name for each in others)
    unique = f"{name}_{same + 1}" if same else name
    return DataSet(unique, columns, figures.values, _leading(figures))


def _result(
    context: Context,
    tree: Tree,
    weights: FloatArray,
    data_sets: tuple[DataSet, ...],
    ledger: tuple[Entry, ...],
    nodes: FloatArray,
    leading: Leading | None,
    scaled: Scaled | None,
) -> Build:
    """The scores: as they are, pooled, or between their bounds."""
    if leading is Leading.TABLES:
        pooled = rubin(nodes, numpy.zeros(nodes.shape))
        return Build(context, tree, weights, data_sets, ledger, pooled.estimate, scaled, pooled)
    if leading is Leading.BOUNDS:
        worst, best = nodes
        certain = numpy.where(worst == best, worst, numpy.nan)
        return Build(
            context, tree, weights, data_sets, ledger, certain, scaled, lower=worst, upper=best
        )
    return Build(context, tree, weights, data_sets, ledger, nodes, scaled)
