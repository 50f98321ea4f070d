"""The change of every node between two periods, as contributions of its indicators that add up to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy

from donghaeng.index.aggregation import methods
from donghaeng.index.arrays import FloatArray
from donghaeng.index.chain.build import Build
from donghaeng.index.hierarchy import Tree

from .contributions import Contributions, Mean, change_contributions
from .shapley import shapley_contributions

# A generalised mean is decomposed in closed form, with its power.
POWERS: dict[type[methods.Aggregator], float] = {
    methods.Arithmetic: 1.0,
    methods.Geometric: 0.0,
    methods.Harmonic: -1.0,
}
# Of these a row is computed from itself alone, so that it can be decomposed by itself.
BY_ROW = (*POWERS, methods.Generalised, methods.Median, methods.OrderedWeighted, methods.MeanMin)


# Beyond this many mixtures of before and after (the order of 12 indicators) orders are sampled: the parts
# still add up exactly, and the standard error of the split is known.
MOST_MIXTURES = 1 << 12


@dataclass(frozen=True)
class NodeChange:
    """The change of one node of every unit between two periods.

    ``found`` has units as its leading axis and an entry for each indicator of ``codes``.
    """

    earlier: str
    later: str
    node: str
    units: tuple[str, ...]
    codes: tuple[str, ...]
    found: Contributions


def changes(build: Build) -> tuple[list[NodeChange], list[str]]:
    """Every node of every unit from each period to the next, and the nodes that cannot be decomposed.

    A node that looks at all units at once (Copeland, benefit of the doubt, Mazziotta-Pareto) has no
    contributions of its own indicators alone: the others move it too.
    """
    done: list[NodeChange] = []
    left: list[str] = []
    panel, tree = build.panel, build.tree
    if build.data_sets[-1].leading is not None or len(panel.periods) < 2:
        return done, left
    values = build.data_sets[-1].values
    for group in reversed(tree.groups):
        leaves = _leaves(tree, group)
        if not all(isinstance(tree.methods[node], BY_ROW) for node in _groups(tree, group)):
            left.append(tree.codes[group])
            continue
        codes = tuple(tree.codes[leaf] for leaf in leaves)
        slices = panel.period_slices
        for number, (earlier, later) in enumerate(
            zip(panel.periods[:-1], panel.periods[1:], strict=True)
        ):
            before, after = (values[slices[place]][:, leaves] for place in (number, number + 1))
            found = _decomposed(build, group, leaves, before, after)
            done.append(NodeChange(earlier, later, tree.codes[group], panel.units, codes, found))
    return done, left


def _decomposed(
    build: Build, group: int, leaves: list[int], before: FloatArray, after: FloatArray
) -> Contributions:
    """In closed form where every node is a generalised mean, by Shapley's values otherwise."""
    tree = build.tree
    powers = {node: _power(tree.methods[node]) for node in _groups(tree, group)}
    if all(power is not None for power in powers.values()):
        return change_contributions(_mean(build, group, leaves, powers), before, after)
    score = partial(_score, build, group, leaves)
    areas = [tree.codes[tree.parents[leaf]] for leaf in leaves]
    return shapley_contributions(
        score, before, after, areas=areas, orders=200, most_mixtures=MOST_MIXTURES
    )


def _power(method: methods.Aggregator) -> float | None:
    if isinstance(method, methods.Generalised):
        return method.power
    return POWERS.get(type(method))


def _mean(build: Build, group: int, leaves: list[int], powers: dict[int, float | None]) -> Mean:
    """A node as a tree of means over the columns of ``leaves``."""
    tree = build.tree
    children = [int(child) for child in tree.children[group]]
    return Mean(
        tuple(
            leaves.index(child) if child < tree.indicators else _mean(build, child, leaves, powers)
            for child in children
        ),
        tuple(float(build.weights[child]) for child in children),
        power=float(powers[group] or 0.0),
        least_share=tree.least_available[group],
    )


def _score(build: Build, group: int, leaves: list[int], values: FloatArray) -> FloatArray:
    """The score of one node from values (..., leaves): shape (...)."""
    tree = build.tree
    scores = {leaf: values[..., place] for place, leaf in enumerate(leaves)}
    for node in sorted(_groups(tree, group)):
        children = tree.children[node]
        below = numpy.stack([scores[int(child)] for child in children], axis=-1)
        flat = below.reshape(-1, len(children))
        score = tree.methods[node](flat, build.weights[children])
        known = (~numpy.isnan(flat)).mean(axis=-1)
        score = numpy.where(known < tree.least_available[node], numpy.nan, score)
        scores[node] = score.reshape(below.shape[:-1])
    return scores[group]


def _groups(tree: Tree, group: int) -> list[int]:
    """A node and every node under it that has children."""
    found = [group]
    for child in tree.children[group]:
        if child >= tree.indicators:
            found += _groups(tree, int(child))
    return found


def _leaves(tree: Tree, group: int) -> list[int]:
    """The indicators under a node."""
    return sorted(
        int(child)
        for node in _groups(tree, group)
        for child in tree.children[node]
        if child < tree.indicators
    )
