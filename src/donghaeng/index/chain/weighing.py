"""The step `weigh`: how much each child counts in its parent, as given, judged, or found in the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy

from donghaeng.index import weighting
from donghaeng.index.aggregation.benefit_of_the_doubt import Bounds
from donghaeng.index.arrays import FloatArray
from donghaeng.index.framework import options
from donghaeng.index.hierarchy import Tree
from donghaeng.rules.faults import BadInput

from .aggregating import nominal_weights
from .context import Context
from .ledger import Entry, column_entry

# From the figures of the children (rows, children) to their weights and what is to be said of them.
Finder = Callable[[FloatArray], tuple[FloatArray, str]]


def weigh(
    step: options.WeightingMethod, tree: Tree, values: FloatArray, context: Context
) -> tuple[FloatArray, list[Entry]]:
    """Weights of every node of the tree, (..., nodes), and what is to be said of them.

    Args:
        values: normalised figures (..., rows, columns); each of several tables has weights of its own
            where they are found in the figures. What is said is said of the first.

    Raises:
        BadInput: where the method gives no weights: a negative loading, figures that do not vary.
    """
    if isinstance(step, options.NominalWeights):
        return nominal_weights(tree), []
    if isinstance(step, options.EqualWeights):
        return numpy.ones(len(tree.codes)), []
    if isinstance(step, options.BudgetAllocation | options.AnalyticHierarchy):
        return _of_panel(step, tree)
    tables = values[..., context.leaves].reshape(-1, values.shape[-2], len(context.leaves))
    found = [_found(_finder(step), step.nodes, tree, table) for table in tables]
    weights = numpy.stack([weights for weights, _ in found])
    return weights.reshape(*values.shape[:-2], -1), found[0][1]


# ---- found in the figures ---------------------------------------------------------------------------


def _finder(
    step: options.StatisticalWeights | options.OptimisedWeights | options.BenefitOfDoubtWeights,
) -> Finder:
    if isinstance(step, options.OptimisedWeights):
        objective = weighting.Objective(step.aim)
        return lambda values: _optimised(values, objective)
    if isinstance(step, options.BenefitOfDoubtWeights):
        return lambda values: _of_doubt(values, step)
    return {
        "principal_component": _principal_component,
        "factor": _factor,
        "entropy": lambda values: (weighting.entropy_weights(values), "entropy"),
        "critic": lambda values: (weighting.critic_weights(values), "CRITIC"),
    }[step.method]


def _found(
    find: Finder, nodes: Iterable[str], tree: Tree, leaves: FloatArray
) -> tuple[FloatArray, list[Entry]]:
    """Weights node by node, each from its children as the weights below make them."""
    weights = nominal_weights(tree)
    entries = []
    scores = numpy.full((len(leaves), len(tree.codes)), numpy.nan)
    scores[:, : tree.indicators] = leaves
    for group in tree.groups:
        children, code = tree.children[group], tree.codes[group]
        if (not nodes or code in nodes) and len(children) > 1:
            try:
                weights[children], said = find(scores[:, children])
            except BadInput as fault:
                raise BadInput(fault.message, field=f"nodes.{code}", remedy=fault.remedy) from None
            _check(weights[children], [tree.codes[child] for child in children], code)
            entries.append(column_entry("weigh", code, said))
        scores[:, group] = tree.methods[group](scores[:, children], weights[children])
    return weights, entries


def _check(weights: FloatArray, children: list[str], code: str) -> None:
    for child, weight in zip(children, weights, strict=True):
        if not weight >= 0:
            raise BadInput(
                f"{child} would weigh {weight:.4g}: it points the other way",
                field=f"nodes.{code}",
                remedy="look at its direction, or take it out of the node",
            )
    if not weights.sum() > 0:
        raise BadInput("all weights are zero", field=f"nodes.{code}")


def _principal_component(values: FloatArray) -> tuple[FloatArray, str]:
    found = weighting.first_component(values)
    said = f"first component: {float(found.explained):.4g} of the variance, {int(found.rows_used)} rows"
    return found.loadings, said


def _factor(values: FloatArray) -> tuple[FloatArray, str]:
    found = weighting.factor_weights(values)
    return found.weights, f"{len(found.explained)} rotated factors, {found.rows_used} rows"


def _optimised(values: FloatArray, objective: weighting.Objective) -> tuple[FloatArray, str]:
    found = weighting.correlation_optimised(values, objective=objective)
    if not found.converged:
        raise BadInput("the search for weights did not come to an end", remedy="another method")
    reached = ", ".join(f"{correlation:.4g}" for correlation in found.correlations)
    return found.weights, f"correlations with the node: {reached}"


def _of_doubt(values: FloatArray, step: options.BenefitOfDoubtWeights) -> tuple[FloatArray, str]:
    children = values.shape[-1]
    bounds = Bounds(
        lower_share=numpy.full(children, step.least), upper_share=numpy.full(children, step.most)
    )
    found = weighting.benefit_of_the_doubt_weights(values, bounds=bounds)
    return found.weights, f"mean of the best weights of {len(found.experts)} units"


# ---- judged by a panel ------------------------------------------------------------------------------


def expert_weights(step: options.WeightingMethod, tree: Tree) -> list[FloatArray]:
    """The weights of each expert of a panel, (nodes,) each; none where there is no panel."""
    if not isinstance(step, options.BudgetAllocation | options.AnalyticHierarchy):
        return []
    sets = [nominal_weights(tree) for _ in step.experts]
    for children, panel in _panels(step, tree):
        for own, weights in zip(sets, panel.experts, strict=True):
            own[children] = weights
    return sets


def _of_panel(
    step: options.BudgetAllocation | options.AnalyticHierarchy, tree: Tree
) -> tuple[FloatArray, list[Entry]]:
    weights = nominal_weights(tree)
    entries = []
    for children, panel in _panels(step, tree):
        weights[children] = panel.weights
        said = f"{len(panel.experts)} experts"
        if isinstance(panel, weighting.PairwiseWeights):
            said += f", consistency ratio {panel.consistency_ratio:.4g}"
        if len(panel.experts) > 1:
            spread = ", ".join(f"{each:.4g}" for each in panel.spread)
            said += f", standard deviation between them {spread}"
        parent = tree.codes[tree.parents[int(children[0])]]
        entries.append(column_entry("weigh", parent, said))
    return weights, entries


def _panels(
    step: options.BudgetAllocation | options.AnalyticHierarchy, tree: Tree
) -> list[tuple[list[int], weighting.PanelWeights]]:
    """The judgement of the panel for each node that it judged: places of the children, and weights."""
    judged = _judged(step, tree)
    if not judged:
        raise BadInput("the experts judge no node of this index", field="steps.weigh.experts")
    found = []
    for group in judged:
        children = [int(child) for child in tree.children[group]]
        codes = [tree.codes[child] for child in children]
        if isinstance(step, options.BudgetAllocation):
            points = [[given.get(code, 0.0) for code in codes] for given in step.experts.values()]
            panel = weighting.budget_allocation(numpy.array(points), budget=None)
        else:
            panel = weighting.pairwise_weights(
                numpy.stack(
                    [
                        _comparisons(given, tree.codes[group], codes)
                        for given in step.experts.values()
                    ]
                ),
                largest_ratio=step.most_inconsistent,
            )
        found.append((children, panel))
    return found


def _judged(step: options.BudgetAllocation | options.AnalyticHierarchy, tree: Tree) -> list[int]:
    """The nodes about whose children the experts say something; each expert about the same ones."""
    by_expert = {}
    for name, given in step.experts.items():
        unknown = [code for code in given if code not in tree.codes]
        if unknown:
            raise BadInput(
                f"there is no {unknown[0]!r} in the tree", field=f"steps.weigh.experts.{name}"
            )
        if isinstance(step, options.BudgetAllocation):
            by_expert[name] = {tree.parents[tree.place(code)] for code in given}
        else:
            by_expert[name] = {tree.place(code) for code in given}
    everyone = set.union(*by_expert.values())
    for name, nodes in by_expert.items():
        if nodes != everyone:
            code = tree.codes[min(everyone - nodes)]
            raise BadInput(
                f"says nothing of {code}, of which others do", field=f"steps.weigh.experts.{name}"
            )
    return sorted(everyone)


def _comparisons(
    given: dict[str, dict[str, dict[str, float]]], node: str, codes: list[str]
) -> FloatArray:
    """The matrix of comparisons of one expert at one node; each pair is given once, either way round."""
    matrix = numpy.full((len(codes), len(codes)), numpy.nan)
    numpy.fill_diagonal(matrix, 1.0)
    for first, others in given[node].items():
        for second, times in others.items():
            for code in (first, second):
                if code not in codes:
                    raise BadInput(f"{code!r} is no child of {node}", field=f"nodes.{node}")
            i, j = codes.index(first), codes.index(second)
            matrix[i, j], matrix[j, i] = times, 1 / times
    missing = numpy.argwhere(numpy.isnan(matrix))
    if len(missing):
        i, j = missing[0]
        raise BadInput(
            f"{codes[i]} and {codes[j]} are not compared",
            field=f"nodes.{node}",
            remedy="every pair once",
        )
    return matrix
