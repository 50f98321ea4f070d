"""The best use of a sum of money, if the programmes move indicators as somebody states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.chain import Build
from donghaeng.rules.faults import BadInput

from .changes import Changes, Response
from .moves import response_cell, within_limits
from .recomputing import Basis, Cells, Recomputation
from .spending_search import search

# How far the score that the linear programme promises may lie from the recomputed one.
AGREES = 1e-9


class Method(StrEnum):
    """How the best use was found."""

    LINEAR = "linear"  # a linear programme, its solution recomputed and equal: no use is better
    SEARCH = "search"  # by recomputed gains, step by step: no better use was found near it


@dataclass(frozen=True)
class BestUse:
    """How much each programme gets, in whole won, and what the node comes to."""

    method: Method
    node: str
    basis: Basis
    budget: int
    won: dict[str, int]
    before: float
    after: float

    @property
    def left(self) -> int:
        """What moves nothing more under the stated responses."""
        return self.budget - sum(self.won.values())


@dataclass(frozen=True)
class Spending:
    """Stated responses as a function from won to the score of one node at one row."""

    again: Recomputation
    row: int
    node: int
    programmes: tuple[str, ...]
    responses: tuple[Response, ...]
    owner: WholeArray
    """(responses,) the place of the programme of each."""

    cells: Cells
    cell: WholeArray
    """(responses,) the place of the figure that each moves."""

    @property
    def most(self) -> WholeArray:
        """(programmes,) won beyond which nothing moves."""
        caps = numpy.zeros(len(self.programmes), dtype=numpy.int64)
        numpy.maximum.at(caps, self.owner, [each.up_to_won for each in self.responses])
        return caps

    def figures(self, won: FloatArray) -> FloatArray:
        """(uses, cells): the figures after (uses, programmes) won."""
        build = self.again.build
        start = build.panel.values[self.cells.rows, self.cells.columns]
        figures = numpy.tile(start, (len(won), 1))
        for place, response in enumerate(self.responses):
            spent = numpy.minimum(won[:, self.owner[place]], response.up_to_won)
            figures[:, self.cell[place]] += spent * response.per_one_won
        for place, column in enumerate(self.cells.columns):
            code = build.panel.columns[column]
            figures[:, place] = within_limits(build.index, code, figures[:, place])
        return figures

    def scores(self, won: FloatArray) -> FloatArray:
        """(uses,): the score of the node after (uses, programmes) won; NaN where it has none."""
        figures = self.figures(numpy.asarray(won, dtype=numpy.float64))
        return self.again.of_row(self.row, self.cells, figures, strict=False)[:, self.node]


def spending_of(
    build: Build, changes: Changes, row: int, node: str, basis: Basis = Basis.HELD
) -> Spending:
    """The responses of a file on one node.

    Raises:
        BadInput: no response, or one that names what is not there.
    """
    if not changes.responses:
        raise BadInput(
            "nothing is stated about what money moves",
            field="responses",
            remedy="programme, indicator, by, per_won, up_to_won, kind and source of each",
        )
    programmes = tuple(dict.fromkeys(each.programme for each in changes.responses))
    places = [response_cell(each, changes, build.index, build.panel) for each in changes.responses]
    unique = list(dict.fromkeys(places))
    rows, columns = zip(*unique, strict=True)
    return Spending(
        Recomputation(build, basis),
        row,
        build.tree.place(node),
        programmes,
        changes.responses,
        numpy.array([programmes.index(each.programme) for each in changes.responses]),
        Cells(numpy.array(rows), numpy.array(columns)),
        numpy.array([unique.index(place) for place in places]),
    )


def best_use(spending: Spending, budget: int) -> BestUse:
    """How ``budget`` won raise the node most: every programme gets whole won, none more than it can use.

    Where the score is linear in the money (checked by recomputing each response in full, in half, and all
    together) a linear programme gives the best use. Otherwise it is searched for by recomputed gains.

    Raises:
        BadInput: a budget that is not above zero, or a node without a score.
    """
    if budget <= 0:
        raise BadInput("has to be above zero", field="--budget")
    before = float(spending.scores(numpy.zeros((1, len(spending.programmes))))[0])
    if numpy.isnan(before):
        raise BadInput("the node has no score to start from", field="--budget")
    won = _by_linear_programme(spending, budget, before)
    method = Method.LINEAR
    if won is None:
        won = search(spending.scores, numpy.minimum(spending.most, budget), budget)
        method = Method.SEARCH
    after = float(spending.scores(won[None].astype(numpy.float64))[0])
    named = {
        code: int(each) for code, each in zip(spending.programmes, won, strict=True) if each > 0
    }
    node = spending.again.build.tree.codes[spending.node]
    return BestUse(method, node, spending.again.basis, budget, named, before, after)


def _by_linear_programme(spending: Spending, budget: int, before: float) -> WholeArray | None:
    """The best use where the score is linear in the money up to each limit; None where it is not."""
    limits = numpy.array([each.up_to_won for each in spending.responses], dtype=numpy.float64)
    gains = _gains(spending, limits, before)
    if gains is None:
        return None
    from scipy.optimize import linprog

    # Won of each programme, then the part of it that each response can use.
    programmes, responses = len(spending.programmes), len(limits)
    within = numpy.zeros((1 + responses, programmes + responses))
    within[0, :programmes] = 1
    for place, owner in enumerate(spending.owner):
        within[1 + place, programmes + place] = 1
        within[1 + place, owner] = -1
    useful = numpy.zeros(programmes)
    numpy.maximum.at(useful, spending.owner, numpy.where(gains > 0, limits, 0.0))
    solved = linprog(
        # Gains of one won are tiny; the solver has tolerances that are not.
        numpy.concatenate([numpy.zeros(programmes), -gains / max(float(gains.max()), 1e-300)]),
        A_ub=within,
        b_ub=numpy.concatenate([[float(budget)], numpy.zeros(responses)]),
        bounds=[(0, most) for most in useful] + [(0, limit) for limit in limits],
        method="highs-ds",
    )
    if solved.status != 0:
        return None
    # Corners of this programme are whole won: its matrix is one of ones in intervals.
    won: WholeArray = numpy.rint(solved.x[:programmes]).astype(numpy.int64)
    if won.sum() > budget:
        return None
    promised = before + float((gains * numpy.minimum(won[spending.owner], limits)).sum(initial=0.0))
    reached = float(spending.scores(won[None].astype(numpy.float64))[0])
    return won if abs(reached - promised) <= AGREES * max(1.0, abs(promised)) else None


def _gains(spending: Spending, limits: FloatArray, before: float) -> FloatArray | None:
    """What one won of each response adds; None where that is no straight line."""
    count = len(limits)
    build = spending.again.build
    start = build.panel.values[spending.cells.rows, spending.cells.columns]
    by = numpy.array([each.by / each.per_won for each in spending.responses]) * limits
    uses = numpy.concatenate(
        [numpy.eye(count), numpy.eye(count) / 2, numpy.ones((2, count)) * [[1.0], [0.5]]]
    )
    figures = numpy.tile(start, (len(uses), 1))
    for place in range(count):
        figures[:, spending.cell[place]] += uses[:, place] * by[place]
    for place, column in enumerate(spending.cells.columns):
        code = build.panel.columns[column]
        figures[:, place] = within_limits(build.index, code, figures[:, place])
    scores = spending.again.of_row(spending.row, spending.cells, figures, strict=False)
    added = scores[:, spending.node] - before
    full = added[:count]
    expected = uses @ full
    if not numpy.all(numpy.abs(added - expected) <= AGREES * max(1.0, abs(before))):
        return None
    gains: FloatArray = full / limits
    for programme in range(len(spending.programmes)):
        own = spending.owner == programme
        if (gains[own] > 0).any() and (gains[own] < 0).any():
            return None  # money that both raises and lowers: what is given cannot be taken in part
    return numpy.maximum(gains, 0.0)  # what only lowers the score gets nothing
