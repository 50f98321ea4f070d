"""The tree of an index, and its computation from the indicators up to the top, draw by draw at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy

from donghaeng.rules.faults import BadInput, nearest

from .aggregation.availability import checked_weights, weighted_sum, where_enough_available
from .aggregation.faults import NonPositive
from .aggregation.methods import Aggregator, Arithmetic
from .arrays import FloatArray, WholeArray

NO_PARENT = -1


@dataclass(frozen=True)
class Node:
    """One indicator or one group, as a file names it."""

    code: str
    parent: str | None
    weight: float = 1.0
    method: Aggregator = field(default_factory=Arithmetic)
    least_available: float = 0.0


@dataclass(frozen=True)
class Tree:
    """Indicators in the order of their columns, then the groups, each after its children; the top is last.

    Made by :meth:`of`, which checks it. ``method`` and ``least_available`` say how a group is made of its
    children; an indicator has no children. An indicator may stand right under any group.
    """

    codes: tuple[str, ...]
    parents: tuple[int, ...]
    """Place of the parent among the nodes; :data:`NO_PARENT` for the top."""

    levels: tuple[int, ...]
    """1 for an indicator; a group stands one above its highest child."""

    methods: tuple[Aggregator, ...]
    least_available: tuple[float, ...]
    nominal_weights: tuple[float, ...]
    indicators: int
    """How many of the first nodes are indicators."""

    @classmethod
    def of(cls, nodes: Sequence[Node]) -> Tree:
        """The tree of ``nodes``: those without children are indicators and keep their order.

        Raises:
            BadInput: a code twice, an unknown parent, no top or several, a cycle, a weight that is negative
                or not a number, a group whose weights sum to zero.
        """
        named = {node.code: node for node in nodes}
        if len(named) < len(nodes):
            codes = [node.code for node in nodes]
            twice = next(code for code in codes if codes.count(code) > 1)
            raise BadInput(f"node {twice!r} stands in the tree twice", field=twice)
        _check_parents(named)
        level = _levels(named)
        leaves = [node for node in nodes if level[node.code] == 1]
        groups = sorted(
            (node for node in nodes if level[node.code] > 1), key=lambda node: level[node.code]
        )
        ordered = [*leaves, *groups]
        place = {node.code: number for number, node in enumerate(ordered)}
        tree = cls(
            codes=tuple(node.code for node in ordered),
            parents=tuple(NO_PARENT if n.parent is None else place[n.parent] for n in ordered),
            levels=tuple(level[node.code] for node in ordered),
            methods=tuple(node.method for node in ordered),
            least_available=tuple(node.least_available for node in ordered),
            nominal_weights=tuple(node.weight for node in ordered),
            indicators=len(leaves),
        )
        _check_weights(tree)
        return tree

    @property
    def groups(self) -> range:
        """Places of the groups, each after its children."""
        return range(self.indicators, len(self.codes))

    @property
    def top(self) -> int:
        """Place of the top."""
        return len(self.codes) - 1

    @cached_property
    def children(self) -> tuple[WholeArray, ...]:
        """Places of the children of each node; empty for an indicator."""
        parents = numpy.array(self.parents)
        return tuple(numpy.flatnonzero(parents == place) for place in range(len(self.codes)))

    @property
    def weights(self) -> FloatArray:
        """The nominal weights, (nodes,); that of the top has no effect."""
        return numpy.array(self.nominal_weights, dtype=numpy.float64)

    def place(self, code: str) -> int:
        """Where the node ``code`` stands."""
        if code not in self.codes:
            raise BadInput(f"no node {code!r} in the tree", remedy=nearest(code, self.codes))
        return self.codes.index(code)


def aggregate_tree(tree: Tree, values: FloatArray, weights: FloatArray | None = None) -> FloatArray:
    """Every node of every row: (..., rows, nodes), the indicators first, as they came.

    Args:
        tree: with the rule of each group.
        values: (..., rows, indicators), normalised, all pointing the same way.
        weights: (..., nodes); the nominal ones of the tree where not given.

    Raises:
        BadInput: shapes that do not fit.
        NonPositive: a mean cannot take a value; the fault names the group, the child and the row.

    >>> tree = Tree.of([Node("a", "top"), Node("b", "top"), Node("top", None)])
    >>> aggregate_tree(tree, numpy.array([[1.0, 3.0]])).tolist()
    [[1.0, 3.0, 2.0]]
    """
    weights = _fitting_weights(tree, values, weights)
    lead = numpy.broadcast_shapes(values.shape[:-2], weights.shape[:-1])
    rows, nodes = values.shape[-2], len(tree.codes)
    # One node after the other in memory: each is written and read as one piece.
    scores = numpy.empty((nodes, *lead, rows))
    table = numpy.moveaxis(scores, 0, -1)
    table[..., : tree.indicators] = values
    for group in tree.groups:
        children = tree.children[group]
        below = values[..., children] if children[-1] < tree.indicators else table[..., children]
        scores[group] = _score(tree, group, below, weights[..., children])
    return table


def composite(tree: Tree, values: FloatArray, weights: FloatArray | None = None) -> FloatArray:
    """The top of every row alone, (..., rows): the fast way for many draws of weights.

    Where every rule is an arithmetic mean and nothing is missing, the top is one product of the values and
    the effective weights, however deep the tree. Otherwise as :func:`aggregate_tree`.

    >>> tree = Tree.of([Node("a", "top"), Node("b", "top"), Node("top", None)])
    >>> composite(tree, numpy.array([[1.0, 3.0]]), numpy.array([[1.0, 1, 1], [3, 1, 1]])).tolist()
    [[2.0], [1.5]]
    """
    weights = _fitting_weights(tree, values, weights)
    linear = all(isinstance(tree.methods[group], Arithmetic) for group in tree.groups)
    if linear and not numpy.isnan(values).any():
        effective = effective_weights(tree, weights)[..., : tree.indicators]
        if not numpy.isnan(effective).any():  # no group whose children all weigh nothing
            return weighted_sum(values, effective)
    return aggregate_tree(tree, values, weights)[..., tree.top]


def effective_weights(tree: Tree, weights: FloatArray | None = None) -> FloatArray:
    """The part of each node in the top: the product of the scaled weights on its way up, (..., nodes).

    Those of the indicators sum to one, and so do those of any cut through the tree. Below a group whose
    children all weigh nothing they are missing.
    """
    weights = checked_weights(tree.weights if weights is None else weights)
    effective = numpy.ones(weights.shape)
    for group in reversed(tree.groups):
        children = tree.children[group]
        own = weights[..., children]
        total = own.sum(axis=-1, keepdims=True)
        with numpy.errstate(invalid="ignore", divide="ignore"):
            effective[..., children] = effective[..., group, None] * (own / total)
    return effective


def _score(tree: Tree, group: int, below: FloatArray, weights: FloatArray) -> FloatArray:
    """The score of one group from its children (..., rows, children)."""
    try:
        score = tree.methods[group](below, weights)
    except NonPositive as fault:
        codes = [tree.codes[child] for child in tree.children[group]]
        raise fault.inside(tree.codes[group], codes) from None
    return where_enough_available(score, below, least_available=tree.least_available[group])


def _fitting_weights(tree: Tree, values: FloatArray, weights: FloatArray | None) -> FloatArray:
    """``weights`` checked against the tree and the values against its indicators."""
    if values.shape[-1] != tree.indicators:
        raise BadInput(f"{values.shape[-1]} columns for {tree.indicators} indicators")
    weights = tree.weights if weights is None else numpy.asarray(weights, dtype=numpy.float64)
    if weights.shape[-1] != len(tree.codes):
        raise BadInput(f"{weights.shape[-1]} weights for {len(tree.codes)} nodes", field="weights")
    return weights


def _check_parents(named: dict[str, Node]) -> None:
    for node in named.values():
        if node.parent is not None and node.parent not in named:
            raise BadInput(
                f"the parent of {node.code!r}, {node.parent!r}, is not in the tree",
                field=node.code,
                remedy=nearest(node.parent, named),
            )
    tops = [code for code, node in named.items() if node.parent is None]
    if len(tops) > 1:
        raise BadInput(f"{len(tops)} nodes have no parent: {', '.join(tops)}", remedy="one top")
    for code in named:
        way = [code]
        while (parent := named[way[-1]].parent) is not None:
            if parent in way:
                cycle = [*way[way.index(parent) :], parent]
                raise BadInput(f"the tree runs in a circle: {' > '.join(cycle)}", field=code)
            way.append(parent)
    if not tops:
        raise BadInput("the tree has no nodes")


def _levels(named: dict[str, Node]) -> dict[str, int]:
    """1 for a node without children; otherwise one above the highest child."""
    level = dict.fromkeys(named, 1)
    for node in named.values():
        below, height = node, 1
        while below.parent is not None:
            height += 1
            level[below.parent] = max(level[below.parent], height)
            below = named[below.parent]
    return level


def _check_weights(tree: Tree) -> None:
    for code, weight in zip(tree.codes, tree.nominal_weights, strict=True):
        if not (weight >= 0.0 and numpy.isfinite(weight)):
            raise BadInput(
                f"the weight of {code!r} is {weight:g}", field=code, remedy="a number of 0 or more"
            )
    for group in tree.groups:
        if not tree.weights[tree.children[group]].sum() > 0.0:
            raise BadInput(
                f"the weights below {tree.codes[group]!r} sum to zero",
                field=tree.codes[group],
                remedy="one child at least with a weight above 0",
            )
