"""The step `aggregate`: the tree of the index with the method of each node, and its weights."""

from __future__ import annotations

import numpy

from donghaeng.index.aggregation import methods
from donghaeng.index.aggregation.faults import NonPositive
from donghaeng.index.aggregation.mazziotta_pareto import Penalty
from donghaeng.index.arrays import FloatArray
from donghaeng.index.framework import options
from donghaeng.index.hierarchy import Node, Tree, aggregate_tree
from donghaeng.rules.faults import BadInput

from .context import Context

MEANS: dict[str, type[methods.Aggregator]] = {
    "arithmetic": methods.Arithmetic,
    "geometric": methods.Geometric,
    "harmonic": methods.Harmonic,
    "median": methods.Median,
}


def tree_of(context: Context, step: options.AggregationMethod) -> Tree:
    """The part of the tree that is computed: from the leaves up to the top."""
    index = context.index
    leaves = [Node(code, _parent(context, code), _weight(context, code)) for code in index.leaves]
    inner = [code for code in index.nodes if not index.is_given(code)]

    def step_of(code: str) -> options.AggregationMethod:
        return index.nodes[code].aggregate or step

    filled = {ancestor for code in index.leaves for ancestor in index.ancestors(code)}
    nodes = [
        Node(
            code,
            index.nodes[code].parent,
            index.nodes[code].weight,
            _rule(code, step_of(code), context),
            step_of(code).least_available or 0.0,
        )
        for code in inner
        if code in filled
    ]
    return Tree.of([*leaves, *nodes])


def _rule(code: str, method: options.AggregationMethod, context: Context) -> methods.Aggregator:
    """The rule of a node: the user's own function where there is one, or that of the file."""
    if code in context.rules:
        return methods.UserFunction(context.rules[code])
    return _among(aggregator(method), method, context)


def aggregate(tree: Tree, values: FloatArray, weights: FloatArray, context: Context) -> FloatArray:
    """Every node of every row: (..., rows, nodes), the leaves first.

    Raises:
        BadInput: where a mean meets a figure that it cannot take.
    """
    try:
        nodes = aggregate_tree(tree, values[..., context.leaves], weights)
        _refuse_constant(tree, nodes)
        return nodes
    except NonPositive as fault:
        unit, period = context.panel.rows[fault.row]
        what = fault.child or "the mean of its children"
        raise BadInput(
            f"{fault.rule} at {fault.group} needs values {fault.limit}; {what} is {fault.value:g}",
            field=f"{unit} {period}".strip(),
            remedy="normalise to a range above zero, e.g. low: 1, or take another mean",
        ) from None


def _refuse_constant(tree: Tree, nodes: FloatArray) -> None:
    """A child that is the same everywhere has no scale of its own, and would vanish from such a node."""
    for group in tree.groups:
        rule = tree.methods[group]
        rule = rule.rule if isinstance(rule, methods.WithinPeriods) else rule
        scaled = isinstance(rule, methods.AdjustedMazziottaPareto) or (
            isinstance(rule, methods.MazziottaPareto) and rule.standardise
        )
        if not scaled:
            continue
        for child in tree.children[group]:
            column = nodes[..., child]
            spread = numpy.fmax.reduce(column, axis=-1) - numpy.fmin.reduce(column, axis=-1)
            if (spread == 0).any():
                raise BadInput(
                    f"{tree.codes[child]} is the same everywhere, so it cannot be standardised",
                    field=f"nodes.{tree.codes[group]}",
                    remedy="leave it out, or take another mean",
                )


def aggregator(method: options.AggregationMethod) -> methods.Aggregator:
    """The rule that the options of a file name."""
    if isinstance(method, options.Mean):
        return MEANS[method.method]()
    if isinstance(method, options.GeneralisedMean):
        return methods.Generalised(method.power)
    if isinstance(method, options.OrderedAverage):
        return methods.OrderedWeighted(method.order_weights)
    if isinstance(method, options.MeanMinimum):
        return methods.MeanMin(method.unbalance, method.smoothness)
    if isinstance(method, options.Copeland):
        return methods.Copeland()
    if isinstance(method, options.BenefitOfDoubt):
        return methods.BenefitOfTheDoubt(method.share_spread)
    penalty = Penalty.DOWN if method.penalty == "minus" else Penalty.UP
    if method.adjusted:
        return methods.AdjustedMazziottaPareto(penalty=penalty)
    return methods.MazziottaPareto(penalty, method.standardise)


def _among(
    rule: methods.Aggregator, method: options.AggregationMethod, context: Context
) -> methods.Aggregator:
    """The rule among the rows with which it compares each: all of them, or those of the same period."""
    periods = len(context.panel.periods)
    if periods == 1 or getattr(method, "over", options.Over.PANEL) is options.Over.PANEL:
        return rule
    return methods.WithinPeriods(rule, periods)


def nominal_weights(tree: Tree) -> FloatArray:
    """The weights beside the names, (nodes,)."""
    return numpy.array(tree.nominal_weights, dtype=numpy.float64)


def _parent(context: Context, code: str) -> str | None:
    index = context.index
    return index.indicators[code].parent if code in index.indicators else index.nodes[code].parent


def _weight(context: Context, code: str) -> float:
    index = context.index
    return (index.indicators[code] if code in index.indicators else index.nodes[code]).weight
