"""Choices that depend on each other: how to draw them, and how to draw some given the others.

Points are points of the unit cube, as everywhere; what is dependent is how they are spread in it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from donghaeng.index.arrays import FloatArray
from donghaeng.rules.faults import BadInput

from .distributions import LEAST_UNIFORM


class Dependence(ABC):
    """How the columns of the unit cube are spread together."""

    @property
    @abstractmethod
    def columns(self) -> int:
        """How many columns a point has."""

    @abstractmethod
    def draw_given(
        self, known: Sequence[int], points: FloatArray, uniform: FloatArray
    ) -> FloatArray:
        """Points that keep the known columns of ``points`` and draw the others given them.

        Both arrays have shape (draws, columns); ``uniform`` holds independent uniform numbers.
        """

    def draw(self, uniform: FloatArray) -> FloatArray:
        """Points drawn from independent uniform numbers, both of shape (draws, columns)."""
        return self.draw_given((), uniform, uniform)


@dataclass(frozen=True)
class Independent(Dependence):
    """Columns that do not depend on each other."""

    count: int

    @property
    def columns(self) -> int:
        return self.count

    def draw_given(
        self, known: Sequence[int], points: FloatArray, uniform: FloatArray
    ) -> FloatArray:
        drawn = uniform.copy()
        drawn[:, list(known)] = points[:, list(known)]
        return drawn


@dataclass(frozen=True)
class GaussianCopula(Dependence):
    """Columns as dependent as normal variables with these correlations.

    >>> tied = GaussianCopula(((1.0, 0.9), (0.9, 1.0)))
    >>> tied.draw_given([0], np.array([[0.5, 0.1]]), np.array([[0.3, 0.5]]))
    array([[0.5, 0.5]])
    """

    correlation: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        matrix = np.array(self.correlation)
        square = matrix.ndim == 2 and len(matrix) == len(matrix.T)
        if not square or not np.allclose(matrix, matrix.T) or not np.allclose(np.diag(matrix), 1):
            raise BadInput(
                "not a correlation matrix", remedy="square, symmetric, 1 on the diagonal"
            )
        if np.linalg.eigvalsh(matrix)[0] <= 1e-10:
            raise BadInput(
                "correlations that no variables can have, or that make one follow from the others",
                remedy="a positive definite matrix",
            )

    @property
    def columns(self) -> int:
        return len(self.correlation)

    def draw_given(
        self, known: Sequence[int], points: FloatArray, uniform: FloatArray
    ) -> FloatArray:
        matrix, given = np.array(self.correlation), list(known)
        free = [column for column in range(self.columns) if column not in set(given)]
        noise = special.ndtri(np.clip(uniform[:, free], LEAST_UNIFORM, 1 - LEAST_UNIFORM))
        spread, centre = matrix[np.ix_(free, free)], np.zeros(1)
        if given:
            across = matrix[np.ix_(free, given)]
            slopes = np.linalg.solve(matrix[np.ix_(given, given)], across.T)
            inside = np.clip(points[:, given], LEAST_UNIFORM, 1 - LEAST_UNIFORM)
            centre, spread = special.ndtri(inside) @ slopes, spread - across @ slopes
        drawn = points.copy()
        drawn[:, free] = special.ndtr(centre + noise @ np.linalg.cholesky(spread).T)
        return drawn


@dataclass(frozen=True)
class JointAlternatives(Dependence):
    """Discrete choices of which some combinations do not go together.

    ``combinations`` lists those that can be, each with the place of one alternative of every choice;
    ``probabilities`` how likely each is; ``alternatives`` how many each choice has. A point stands in the
    middle of its alternatives' intervals, so that `Discrete.of(k)` gives their places back.

    A z-score cannot go into a geometric mean: choose among the three that are left.

    >>> pair = JointAlternatives((2, 2), ((0, 0), (0, 1), (1, 0)), (1 / 3, 1 / 3, 1 / 3))
    >>> pair.draw_given([0], np.array([[0.75, 0.0]]), np.array([[0.9, 0.9]]))
    array([[0.75, 0.25]])
    """

    alternatives: tuple[int, ...]
    combinations: tuple[tuple[int, ...], ...]
    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        places = np.array(self.combinations)
        if (
            places.shape != (len(self.combinations), len(self.alternatives))
            or np.any(places < 0)
            or np.any(places >= np.array(self.alternatives))
            or len(set(self.combinations)) < len(self.combinations)
        ):
            raise BadInput(
                "combinations that do not fit the choices",
                remedy="one place of each choice, from 0 to below its alternatives; none twice",
            )
        share = np.array(self.probabilities)
        if share.shape != (len(places),) or np.any(share <= 0) or abs(share.sum() - 1) > 1e-9:
            raise BadInput(
                f"probabilities {list(self.probabilities)}",
                remedy="one above 0 for each combination, that sum to 1",
            )

    @property
    def columns(self) -> int:
        return len(self.alternatives)

    def draw_given(
        self, known: Sequence[int], points: FloatArray, uniform: FloatArray
    ) -> FloatArray:
        places, given = np.array(self.combinations), list(known)
        count = np.array(self.alternatives)
        at = np.floor(points[:, given] * count[given]).astype(np.int64)
        possible = (at[:, None, :] == places[None, :, given]).all(axis=-1)
        ends = np.cumsum(possible * np.array(self.probabilities), axis=1)
        # One uniform number a draw, of a column that is not known, chooses the whole combination.
        free = [column for column in range(self.columns) if column not in set(given)]
        wanted = uniform[:, free[:1]] * ends[:, -1:] if free else ends[:, -1:] / 2
        chosen = np.argmax(ends > wanted, axis=1)
        drawn: FloatArray = (places[chosen] + 0.5) / count
        return drawn


@dataclass(frozen=True)
class SideBySide(Dependence):
    """Sets of columns that depend on each other within a set, but not across sets."""

    parts: tuple[Dependence, ...]

    @property
    def columns(self) -> int:
        return sum(part.columns for part in self.parts)

    def draw_given(
        self, known: Sequence[int], points: FloatArray, uniform: FloatArray
    ) -> FloatArray:
        drawn, start = [], 0
        for part in self.parts:
            own = slice(start, start + part.columns)
            given = [column - start for column in known if own.start <= column < own.stop]
            drawn.append(part.draw_given(given, points[:, own], uniform[:, own]))
            start = own.stop
        return np.concatenate(drawn, axis=1)
