"""Whether what belongs together goes together, at every level of the index.

Correlations need not be influence, and a sound index may hold indicators that go apart: what is found
here are questions to its authors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.coherence.components import principal_components
from donghaeng.index.coherence.correlation import correlate
from donghaeng.index.coherence.flags import (
    Flag,
    flag_areas,
    flag_denominators,
    flag_indicators,
)
from donghaeng.index.coherence.reliability import Deletion, cronbach_alpha
from donghaeng.index.weighting import Smoother, linear_importance, nonlinear_importance
from donghaeng.index.weighting.importance import MOST_ROWS_OF_KERNEL

from .subject import Subject

# Fewer rows than this say nothing about what goes together.
LEAST_ROWS = 5


@dataclass(frozen=True)
class Related:
    """One pair: its correlation, p-value, and the rows that have both."""

    node: str
    with_node: str
    correlation: float
    p_value: float
    rows: int


@dataclass(frozen=True)
class Weighed:
    """A child of a node: what it is meant to count there, and how much of the node goes with it.

    ``nominal`` is its share of the weights of the node and ``in_index`` of those of the whole index.
    ``linear`` is r² with the node and ``nonlinear`` the main effect eta² (Paruolo, Saisana and Saltelli 2013);
    ``effective`` is its share of the sum of ``nonlinear`` over the children. ``contribution`` is the mean
    share of the node's score that it makes, where the node is an arithmetic mean.
    """

    node: str
    parent: str
    nominal: float
    in_index: float
    linear: float
    nonlinear: float
    effective: float
    contribution: float


@dataclass(frozen=True)
class Component:
    """A principal component of the children of a node: its share of the variance, and their loadings."""

    eigenvalue: float
    explained: float
    loadings: tuple[float, ...]


@dataclass(frozen=True)
class Family:
    """The children of one node together.

    ``alpha`` is Cronbach's with the rows that each pair shares (pairwise deletion, ``fewest_rows`` to
    ``most_rows``), ``alpha_listwise`` with the ``complete_rows`` only; ``without`` is alpha when that child is
    dropped. Components rest on complete rows.
    """

    node: str
    children: tuple[str, ...]
    alpha: float
    alpha_listwise: float
    without: tuple[float, ...]
    fewest_rows: int
    most_rows: int
    complete_rows: int
    components: tuple[Component, ...]
    above_one: int


@dataclass(frozen=True)
class Coherence:
    """Correlations, families and weights in one period; ``rows`` are the units."""

    period: str
    rows: int
    correlations: tuple[Related, ...]
    families: tuple[Family, ...]
    weights: tuple[Weighed, ...]
    flags: tuple[Flag, ...]


def coherence(subject: Subject) -> Coherence | None:
    """The section on coherence; None where there are too few units to say anything."""
    scores = subject.scores[subject.rows]
    known = int((~numpy.isnan(scores[:, subject.tree.top])).sum())
    if known < LEAST_ROWS:
        return None
    return Coherence(
        subject.period,
        known,
        _correlations(subject, scores),
        tuple(_family(subject, scores, group) for group in subject.tree.groups),
        tuple(each for group in subject.tree.groups for each in _weights(subject, scores, group)),
        _flags(subject, scores),
    )


def _correlations(subject: Subject, scores: FloatArray) -> tuple[Related, ...]:
    """Every node with every group: its own line upwards, and all others."""
    tree = subject.tree
    table = correlate(scores)
    return tuple(
        Related(
            tree.codes[node],
            tree.codes[group],
            float(table.coefficients[node, group]),
            float(table.p_values[node, group]),
            int(table.rows[node, group]),
        )
        for node in range(len(tree.codes))
        for group in tree.groups
        if node != group
    )


def _family(subject: Subject, scores: FloatArray, group: int) -> Family:
    tree = subject.tree
    children = tree.children[group]
    values = scores[:, children]
    pairwise = cronbach_alpha(values)
    listwise = cronbach_alpha(values, deletion=Deletion.LISTWISE)
    found = principal_components(values)
    return Family(
        tree.codes[group],
        tuple(tree.codes[child] for child in children),
        float(pairwise.alpha),
        float(listwise.alpha),
        tuple(float(each) for each in pairwise.without),
        int(pairwise.fewest_rows),
        int(pairwise.most_rows),
        int(found.rows_kept),
        tuple(
            Component(
                float(found.eigenvalues[place]),
                float(found.explained[place]),
                tuple(float(each) for each in found.loadings[:, place]),
            )
            for place in range(len(children))
        ),
        int(found.kaiser_count),
    )


def _weights(subject: Subject, scores: FloatArray, group: int) -> list[Weighed]:
    tree, weights = subject.tree, subject.build.weights
    children = tree.children[group]
    values, node = scores[:, children], scores[:, group]
    smoother = Smoother.SPLINE if len(scores) > MOST_ROWS_OF_KERNEL else Smoother.KERNEL
    linear = linear_importance(values, node)
    curved = nonlinear_importance(values, node, smoother=smoother)
    shares = weights[children] / weights[children].sum()
    made = _contributions(subject, values, shares, group)
    whole = numpy.nansum(curved)
    return [
        Weighed(
            tree.codes[child],
            tree.codes[group],
            float(shares[place]),
            float(subject.build.effective_weights[child]),
            float(linear[place]),
            float(curved[place]),
            float(curved[place] / whole) if whole > 0 else float("nan"),
            float(made[place]),
        )
        for place, child in enumerate(children)
    ]


def _contributions(
    subject: Subject, values: FloatArray, shares: FloatArray, group: int
) -> FloatArray:
    """The mean share of each child in the score of the node; NaN where that is no arithmetic mean."""
    from donghaeng.index.aggregation.methods import Arithmetic

    if not isinstance(subject.tree.methods[group], Arithmetic):
        return numpy.full(len(shares), numpy.nan)
    known = ~numpy.isnan(values)
    parts = numpy.where(known, values, 0.0) * shares
    total = parts.sum(axis=1, keepdims=True)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        made = numpy.where(total > 0, parts / total, numpy.nan)
    rows = ~numpy.isnan(made).any(axis=1)
    return made[rows].mean(axis=0) if rows.any() else numpy.full(len(shares), numpy.nan)


def _flags(subject: Subject, scores: FloatArray) -> tuple[Flag, ...]:
    """What stands out at each level: the nodes whose parents stand there, with these parents."""
    tree = subject.tree
    found: list[Flag] = []
    for level in sorted({tree.levels[group] for group in tree.groups}):
        parents = [group for group in tree.groups if tree.levels[group] == level]
        nodes = [place for place, parent in enumerate(tree.parents) if parent in parents]
        names = [tree.codes[node] for node in nodes]
        areas = [tree.codes[tree.parents[node]] for node in nodes]
        found += flag_indicators(scores[:, nodes], names, areas)
        found += flag_areas(
            scores[:, nodes],
            names,
            areas,
            scores[:, parents],
            [tree.codes[parent] for parent in parents],
        )
    denominators = list(subject.index.denominators)
    if denominators:
        # As they are after division: an indicator that still follows a denominator may measure size.
        codes = subject.context.codes
        found += flag_denominators(
            subject.build.data_set("denominated").values[subject.rows][:, : len(codes)]
            if any(each.name == "denominated" for each in subject.build.data_sets)
            else subject.panel.values[subject.rows][:, : len(codes)],
            codes,
            subject.panel.denominator_figures[subject.rows],
            denominators,
        )
    return tuple(found)
