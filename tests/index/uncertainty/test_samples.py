"""Samples: the same points for whoever makes them, in whatever order."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import qmc

from donghaeng.index.uncertainty.samples import (
    SaltelliDesign,
    generator,
    independent_block,
    sobol_block,
)
from donghaeng.rules.faults import BadInput


def test_blocks_of_a_sobol_sequence_put_together_are_the_sequence() -> None:
    whole = qmc.Sobol(5, scramble=True, rng=np.random.default_rng(11)).random(512)
    blocks = [sobol_block(11, block, 5, 128) for block in (3, 0, 2, 1)]
    assert_array_equal(np.concatenate([blocks[1], blocks[3], blocks[2], blocks[0]]), whole)


def test_every_block_of_a_sobol_sequence_is_evenly_spread() -> None:
    # A (0, m, 1)-net in each column: 64 points, one in each interval of 1/64.
    places = np.sort((sobol_block(3, 5, 4, 64) * 64).astype(int), axis=0)
    assert_array_equal(places, np.tile(np.arange(64)[:, None], 4))


def test_independent_blocks_differ_by_seed_block_and_stream_and_by_nothing_else() -> None:
    block = independent_block(7, 1, 3, rows=100)
    assert_array_equal(block, independent_block(7, 1, 3, rows=100))
    for other in (
        independent_block(8, 1, 3, rows=100),
        independent_block(7, 2, 3, rows=100),
        independent_block(7, 1, 3, rows=100, stream=1),
    ):
        assert not np.isin(block, other).any()


def test_independent_numbers_are_uniform() -> None:
    drawn = np.concatenate([independent_block(1, block, 2) for block in range(25)])
    # 102,400 numbers: the standard error of the mean is 0.0009.
    assert_allclose(drawn.mean(axis=0), 0.5, atol=0.004)
    assert_allclose(drawn.var(axis=0), 1 / 12, atol=0.002)
    assert abs(np.corrcoef(drawn.T)[0, 1]) < 0.013


def test_an_exchanged_sample_takes_one_choice_from_b_and_the_rest_from_a() -> None:
    block = SaltelliDesign(((0, 2), (1,)), seed=4).block(0, 8)
    first, second = block.exchanged(0), block.exchanged(1)
    assert_array_equal(first[:, [0, 2]], block.b[:, [0, 2]])
    assert_array_equal(first[:, 1], block.a[:, 1])
    assert_array_equal(second[:, 1], block.b[:, 1])
    assert_array_equal(second[:, [0, 2]], block.a[:, [0, 2]])
    assert_array_equal(block.stacked(), np.concatenate([block.a, block.b, first, second]))


@pytest.mark.parametrize("groups", [(), ((0,), (2,)), ((0,), (0, 1)), ((0,), ())])
def test_groups_that_leave_a_column_out_or_take_it_twice_are_refused(
    groups: tuple[tuple[int, ...], ...],
) -> None:
    with pytest.raises(BadInput, match="each column from 0 on in one group"):
        SaltelliDesign(groups, seed=1)


def test_what_cannot_be_a_sample_is_refused() -> None:
    with pytest.raises(BadInput, match="a power of two"):
        sobol_block(1, 0, 2, 100)
    with pytest.raises(BadInput, match="draw independent samples"):
        sobol_block(1, 0, 30_000, 4)
    with pytest.raises(BadInput, match="a seed of -1"):
        generator(-1, 0)
    with pytest.raises(BadInput, match="a seed of -1"):
        SaltelliDesign(((0,),), seed=-1)
