"""One thing at a time: each alternative of each choice alone, and each indicator and node left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.framework.uncertain import (
    LeaveOut,
    Parameter,
    StepChoice,
    Uncertainty,
    WeightExperts,
)
from donghaeng.index.hierarchy import composite
from donghaeng.index.uncertainty.distributions import Discrete
from donghaeng.index.uncertainty.forms import form_name
from donghaeng.index.uncertainty.samples import independent_block
from donghaeng.index.uncertainty.settings import TABLES
from donghaeng.index.uncertainty.study import Study, study_of

from .moves import Moved, moved
from .subject import Subject

# Draws of a choice that has no alternatives to try one by one.
DRAWS = 512
# Keeps these draws apart from those of the study.
STREAM = 6
# The ends of an interval; a column of the unit cube never reaches 1.
LOW, HIGH = 0.0, 1 - 2.0**-53


@dataclass(frozen=True)
class Alternative:
    """One alternative of one choice, everything else as in the file; ``draws`` is 1 for a single form."""

    choice: str
    form: str
    draws: int
    moved: Moved


@dataclass(frozen=True)
class LeftOut:
    """An indicator or node without weight; ``alone`` where it is the only child, so its parent goes too."""

    node: str
    parent: str
    alone: bool
    moved: Moved


def alternatives(subject: Subject, seed: int) -> tuple[Alternative, ...]:
    """Each alternative of each choice by itself.

    Raises:
        BadInput: where one cannot be carried out.
    """
    declared = subject.index.uncertainty
    assert declared is not None
    found = []
    for name, choice in declared.choices.items():
        alone = subject.index.model_copy(
            update={"uncertainty": Uncertainty(choices={name: choice}, seed=declared.seed)}
        )
        study = study_of(alone, subject.panel)
        for form, points in _points(study, name, choice, seed):
            scores = _over_tables(study, points)
            found.append(Alternative(name, form, len(points), moved(subject, scores)))
    return tuple(found)


def _points(study: Study, name: str, choice: object, seed: int) -> list[tuple[str, FloatArray]]:
    """The points (draws, columns of the choice) of each alternative."""
    own = study.choices.choices[study.choices.names.index(name)].distribution
    if isinstance(own, Discrete):
        ends = numpy.cumsum(own.probabilities)
        middles = ends - numpy.array(own.probabilities) / 2
        assert isinstance(choice, StepChoice | Parameter | LeaveOut | WeightExperts)
        return [
            (form_name(choice, float(place)), numpy.full((1, 1), middle))
            for place, middle in enumerate(middles)
        ]
    if isinstance(choice, Parameter):
        return [
            (f"{choice.of} {value:g}", numpy.full((1, 1), point))
            for value, point in ((choice.low, LOW), (choice.high, HIGH))
        ]
    return [("drawn", independent_block(seed, 0, own.columns, DRAWS, stream=STREAM))]


def _over_tables(study: Study, points: FloatArray) -> FloatArray:
    """The index of every row at ``points`` of the one choice; the mean over tables of an imputation."""
    if TABLES not in study.choices.names:
        return study.drawn(points, top_only=True).scores[..., 0]
    tables = study.choices.choices[-1].distribution
    assert isinstance(tables, Discrete)
    count = len(tables.probabilities)
    middles = (numpy.arange(count) + 0.5) / count
    of_table = [
        study.drawn(
            numpy.column_stack([points, numpy.full(len(points), middle)]), top_only=True
        ).scores[..., 0]
        for middle in middles
    ]
    mean: FloatArray = numpy.mean(of_table, axis=0)
    return mean


def left_out(subject: Subject) -> tuple[LeftOut, ...]:
    """Every indicator and node but the top with a weight of zero, its siblings taking its place."""
    tree, weights = subject.tree, subject.build.weights
    nodes = range(len(tree.codes) - 1)
    varied = numpy.broadcast_to(weights, (len(nodes), len(weights))).copy()
    varied[nodes, nodes] = 0.0
    scores = numpy.mean([composite(tree, table, varied) for table in subject.tables], axis=0)
    return tuple(
        LeftOut(
            tree.codes[node],
            tree.codes[tree.parents[node]],
            len(tree.children[tree.parents[node]]) == 1,
            moved(subject, scores[node]),
        )
        for node in nodes
    )
