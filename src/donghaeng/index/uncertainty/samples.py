"""Points of the unit cube, in blocks of a fixed size that can be made in any order.

A block depends on the seed and its number alone. So any number of threads makes the same points, a
run can be taken up where it stopped, and no more than a few blocks are ever in memory.

Two kinds: independent uniform numbers (for intervals and ranks; error falls with the root of the
number of draws), and the scrambled Sobol sequence (for sensitivity; error of smooth outputs falls
nearly with the number of draws itself; Owen 1998, Joe and Kuo 2008).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from donghaeng.index.arrays import FloatArray
from donghaeng.rules.faults import BadInput

# Rows of a block. A power of two keeps each block of the Sobol sequence evenly spread.
BLOCK = 4_096
MOST_SEED = 2**64


def generator(seed: int, block: int, stream: int = 0) -> np.random.Generator:
    """The generator of one block: Philox with the seed and the block as its key.

    ``stream`` sets the counter apart for a second use of the same block, such as errors in the data.
    """
    if not 0 <= seed < MOST_SEED:
        raise BadInput(f"a seed of {seed}", remedy="a whole number from 0 to 2^64 - 1")
    key = np.array([seed, block], dtype=np.uint64)
    counter = np.array([0, 0, 0, stream], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=counter))


def independent_block(
    seed: int, block: int, columns: int, rows: int = BLOCK, stream: int = 0
) -> FloatArray:
    """Independent uniform numbers of one block, shape (rows, columns), in [0, 1).

    >>> bool((independent_block(7, 3, 2) == independent_block(7, 3, 2)).all())
    True
    """
    return generator(seed, block, stream).random((rows, columns))


def sobol_block(seed: int, block: int, columns: int, rows: int = BLOCK) -> FloatArray:
    """Points ``block x rows`` to ``(block + 1) x rows - 1`` of a scrambled Sobol sequence.

    Shape (rows, columns), in [0, 1). Every block of the same seed is a part of the same sequence.
    """
    require_power_of_two(rows)
    if columns > qmc.Sobol.MAXDIM:
        raise BadInput(
            f"{columns} uncertain columns",
            remedy=f"the Sobol sequence has {qmc.Sobol.MAXDIM}; draw independent samples",
        )
    engine = qmc.Sobol(columns, scramble=True, rng=np.random.default_rng(seed))
    if block:
        engine.fast_forward(block * rows)
    points: FloatArray = engine.random(rows)
    return points


@dataclass(frozen=True)
class SaltelliBlock:
    """A part of a Saltelli design: two independent samples, and one with each choice exchanged.

    ``a`` and ``b`` have shape (rows, columns); ``groups`` holds the columns of each choice.
    """

    a: FloatArray
    b: FloatArray
    groups: tuple[tuple[int, ...], ...]

    def exchanged(self, choice: int) -> FloatArray:
        """A with the columns of one choice from B (Saltelli's AB_i)."""
        mixed = self.a.copy()
        columns = list(self.groups[choice])
        mixed[:, columns] = self.b[:, columns]
        return mixed

    def stacked(self) -> FloatArray:
        """A, B and every exchanged sample, one below the other: ((choices + 2) x rows, columns)."""
        exchanged = [self.exchanged(choice) for choice in range(len(self.groups))]
        return np.concatenate([self.a, self.b, *exchanged])


@dataclass(frozen=True)
class SaltelliDesign:
    """The radial design of Saltelli et al. (2010) over a scrambled Sobol sequence, block by block.

    A point of the sequence has twice as many columns as there are uncertain ones: the first half is
    the row of A, the second that of B. ``groups`` names the columns of each choice, so that a set of
    weights counts as one choice. With ``independent``, rows are independent uniform numbers instead.

    Raises:
        BadInput: where the groups do not cover columns 0, 1, … once each.
    """

    groups: tuple[tuple[int, ...], ...]
    seed: int
    independent: bool = False

    def __post_init__(self) -> None:
        columns = sorted(column for group in self.groups for column in group)
        if not columns or columns != list(range(len(columns))) or not all(self.groups):
            raise BadInput(
                f"groups {self.groups} of columns", remedy="each column from 0 on in one group"
            )
        if not 0 <= self.seed < MOST_SEED:
            raise BadInput(f"a seed of {self.seed}", remedy="a whole number from 0 to 2^64 - 1")

    @property
    def columns(self) -> int:
        return sum(len(group) for group in self.groups)

    def block(self, block: int, rows: int = BLOCK) -> SaltelliBlock:
        """Rows ``block x rows`` to ``(block + 1) x rows - 1`` of the design."""
        make = independent_block if self.independent else sobol_block
        points = make(self.seed, block, 2 * self.columns, rows)
        return SaltelliBlock(points[:, : self.columns], points[:, self.columns :], self.groups)


def require_power_of_two(count: int) -> None:
    """Refuse a number of draws that leaves a Sobol sequence unbalanced."""
    if count < 1 or count & (count - 1):
        raise BadInput(f"{count} draws", remedy="a power of two, such as 1024")
