"""Draws that belong to a household: the published generator, uniform, and the same wherever they are made."""

import numpy
import pytest
from scipy import stats

from donghaeng.policy.take_up import uniform_pairs
from donghaeng.policy.take_up.keyed_draws import ROWS_AT_ONCE, philox
from donghaeng.rules.faults import BadInput


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0,) * 4, (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        (
            (0xFFFFFFFF,) * 4,
            (0xFFFFFFFF, 0xFFFFFFFF),
            (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
        ),
        (  # digits of pi
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_the_generator_gives_the_words_that_its_authors_published(counter, key, words):
    # Known answers of philox4x32 with ten rounds, from the authors' Random123 library.
    given = tuple(numpy.array([word], dtype=numpy.uint64) for word in counter)
    assert tuple(int(word[0]) for word in philox(given, key)) == words


def test_draws_are_uniform_and_independent_of_each_other():
    first, second = uniform_pairs(numpy.arange(200_000), seed=5, purpose="livelihood_benefit")
    for draws in (first, second):
        assert stats.kstest(draws, "uniform").pvalue > 0.001
        counts, _ = numpy.histogram(draws, bins=1000, range=(0, 1))
        assert stats.chisquare(counts).pvalue > 0.001
    cells, _, _ = numpy.histogram2d(first, second, bins=20, range=[[0, 1], [0, 1]])
    assert stats.chisquare(cells.ravel()).pvalue > 0.001
    # Neighbouring ids are as independent as distant ones: the correlation's error is 1/sqrt(n).
    assert abs(numpy.corrcoef(first[:-1], first[1:])[0, 1]) < 4 / numpy.sqrt(200_000)


def test_another_purpose_seed_or_person_gives_independent_draws():
    ids = numpy.arange(50_000)
    one, _ = uniform_pairs(ids, seed=1, purpose="a")
    others = [
        uniform_pairs(ids, seed=1, purpose="b")[0],
        uniform_pairs(ids, seed=2, purpose="a")[0],
        uniform_pairs(ids, seed=1, purpose="a", person=numpy.ones(50_000, dtype=int))[0],
    ]
    for other in others:
        assert abs(numpy.corrcoef(one, other)[0, 1]) < 4 / numpy.sqrt(50_000)


def test_a_household_draws_the_same_in_any_order_and_any_part_of_the_table():
    ids = numpy.random.default_rng(3).permutation(ROWS_AT_ONCE + 100)
    whole = numpy.column_stack(uniform_pairs(ids, seed=9, purpose="x"))
    parts = [numpy.column_stack(uniform_pairs(p, seed=9, purpose="x")) for p in numpy.split(ids, 4)]
    assert numpy.array_equal(whole, numpy.concatenate(parts))


def test_large_ids_do_not_fall_together_with_small_ones():
    small, _ = uniform_pairs(numpy.array([1]), seed=1, purpose="x")
    large, _ = uniform_pairs(numpy.array([1 + 2**32]), seed=1, purpose="x")
    assert small[0] != large[0]


def test_no_households_make_no_draws():
    first, second = uniform_pairs(numpy.array([], dtype=numpy.int64), seed=1, purpose="x")
    assert len(first) == len(second) == 0


@pytest.mark.parametrize(
    ("ids", "message"),
    [([1.5], "household_id: is not one whole number"), ([-1], "household_id: row 0 is negative")],
)
def test_ids_that_are_none_are_refused(ids, message):
    with pytest.raises(BadInput, match=message):
        uniform_pairs(numpy.array(ids), seed=1, purpose="x")
