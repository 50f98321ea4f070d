"""Totals add up from partition to partition, and their errors are those of the design."""

from __future__ import annotations

import numpy as np
import pytest

from donghaeng.inequality import Design, Singletons
from donghaeng.policy.design_keys import Sampling
from donghaeng.policy.sample import Sample
from donghaeng.policy.sweep.totals import Totals
from donghaeng.policy.tally import Estimate, Tally, between_replicates
from donghaeng.rules import BadInput

RANDOM = np.random.default_rng(7)
WEIGHT = RANDOM.uniform(0.5, 2.0, 40)
VALUE = RANDOM.normal(10.0, 4.0, 40)
STRATUM = np.repeat([0, 1], 20)
CLUSTER = np.repeat(np.arange(8), 5)


def counted(
    sampling: Sampling,
    stratum: np.ndarray | None,
    unit: np.ndarray | None,
    parts: int,
) -> Estimate:
    """The total of VALUE, counted in so many parts and merged."""
    whole = Tally(sampling, ("ones", "value"))
    for rows in np.array_split(RANDOM.permutation(40), parts):
        part = Tally(sampling, ("ones", "value"))
        codes = [None if each is None else each[rows] for each in (stratum, unit)]
        part.add([np.ones(len(rows)), VALUE[rows]], WEIGHT[rows], codes[0], codes[1])
        whole.merge(part)
    return whole.estimate(value=1)


@pytest.mark.parametrize("parts", [1, 2, 7])
@pytest.mark.parametrize(
    ("sampling", "stratum", "unit"),
    [
        (Sampling.HOUSEHOLDS, None, None),
        (Sampling.HOUSEHOLDS, STRATUM, None),
        (Sampling.CLUSTERS, None, CLUSTER),
        (Sampling.CLUSTERS, STRATUM, CLUSTER),
    ],
)
def test_the_error_of_a_total_is_that_of_the_ultimate_cluster(
    sampling: Sampling, stratum: np.ndarray | None, unit: np.ndarray | None, parts: int
) -> None:
    """Against the formula for the whole sample at once (inequality.Design, tested on its own)."""
    found = counted(sampling, stratum, unit, parts)
    design = Design(WEIGHT, stratum, unit)
    assert found.value == pytest.approx(WEIGHT @ VALUE, rel=1e-14)
    assert found.standard_error == pytest.approx(design.standard_error(VALUE), rel=1e-10)
    assert found.freedom == design.freedom


LONELY = np.array([0] * 19 + [5] + [1] * 19 + [6])
AGAIN = np.tile(np.repeat([1, 2, 3, 4], 5), 2)  # numbered anew in each stratum


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize(
    ("sampling", "stratum", "unit"),
    [
        (Sampling.HOUSEHOLDS, LONELY, None),
        (Sampling.CLUSTERS, LONELY, CLUSTER),
        (Sampling.CLUSTERS, STRATUM, AGAIN),
        (Sampling.CLUSTERS, LONELY, AGAIN),
    ],
)
def test_clusters_lie_in_strata_and_the_only_one_is_compared_with_the_mean_of_all(
    sampling: Sampling, stratum: np.ndarray, unit: np.ndarray | None, parts: int
) -> None:
    """The tally, the sweep's totals, the sample and the design that is told so: one answer."""
    nested = (
        None if unit is None else np.array([f"{s} {u}" for s, u in zip(stratum, unit, strict=True)])
    )
    design = Design(WEIGHT, stratum, nested, Singletons.CENTRE)
    columns = {"weight": WEIGHT, "persons": np.ones(40), "stratum": stratum}
    if unit is not None:
        columns["cluster"] = unit
    answers = (
        counted(sampling, stratum, unit, parts),
        Totals(sampling, WEIGHT, stratum, unit).total(VALUE),
        Sample(columns, {}, {}, (), sampling, (0, 0.0)).total(VALUE),
    )
    for found in answers:
        assert found.value == pytest.approx(WEIGHT @ VALUE, rel=1e-14)
        assert found.standard_error == pytest.approx(design.standard_error(VALUE), rel=1e-10)
        assert found.freedom == design.freedom


def test_the_only_cluster_of_a_stratum_by_hand() -> None:
    """Clusters of totals 1, 3 in one stratum and 8 in another; the mean of all is 4.

    2/(2 - 1) times (1 - 2)^2 + (3 - 2)^2 is 4, and (8 - 4)^2 is 16: together 20.
    """
    tally = Tally(Sampling.CLUSTERS, ("value",))
    values = [np.array([1.0, 3.0, 8.0])]
    tally.add(values, np.ones(3), np.array([1, 1, 2]), np.array([1, 2, 1]))
    assert tally.estimate(value=1).standard_error == pytest.approx(20.0**0.5)
    assert tally.single == 1


def test_where_every_stratum_has_one_unit_there_is_no_error() -> None:
    both = np.array([1, 2])
    tally = Tally(Sampling.HOUSEHOLDS, ("value",))
    tally.add([np.array([1.0, 3.0])], np.ones(2), both, None)
    columns = {"weight": np.ones(2), "persons": np.ones(2), "stratum": both}
    sample = Sample(columns, {}, {}, (), Sampling.HOUSEHOLDS, (0, 0.0))
    assert tally.estimate(value=1) == sample.total(np.array([1.0, 3.0])) == Estimate(4.0)


def test_replicates_differ_by_what_the_survey_and_the_making_of_people_add() -> None:
    """Totals 10, 12, 14 of three replicates, each a third: 30, 36, 42 for everybody; (1 + 1/3) of 36 is 48."""
    tally = Tally(Sampling.REPLICATES, ("value",))
    tally.add([np.array([4.0, 6.0, 12.0, 14.0])], np.ones(4), None, np.array([0, 0, 1, 2]))
    found = tally.estimate(value=1)
    assert found.value == 36.0
    assert found.standard_error == pytest.approx(48.0**0.5)
    assert found.freedom == 2


def test_an_interval_is_students() -> None:
    """T of 2 degrees of freedom at 95 % is 4.30265."""
    ends = Estimate(36.0, 2.0, 2).interval()
    assert ends == pytest.approx((36 - 2 * 4.302652730, 36 + 2 * 4.302652730))
    assert Estimate(36.0).interval() is None


def test_one_replicate_has_no_error() -> None:
    assert between_replicates(np.array([5.0])) == Estimate(5.0)


def test_two_partitions_that_counted_different_things_are_not_added() -> None:
    with pytest.raises(BadInput, match="different"):
        Tally(Sampling.HOUSEHOLDS, ("one",)).merge(Tally(Sampling.HOUSEHOLDS, ("other",)))


def test_a_difference_of_two_quantities_has_an_error_where_units_are_kept() -> None:
    tally = Tally(Sampling.CLUSTERS, ("before", "after"))
    rows = [np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 5.0])]
    tally.add(rows, np.ones(3), None, np.array([0, 1, 2]))
    found = tally.estimate(after=1, before=-1)
    # Changes 1, 0, 2 of three clusters: mean 1, 3/2 times the squares 0 + 1 + 1 is 3.
    assert found.value == 3.0
    assert found.standard_error == pytest.approx(3.0**0.5)


def test_nothing_is_zero_and_the_same_figures_twice_are_two_quantities() -> None:
    tally = Tally(Sampling.HOUSEHOLDS, ("nothing", "one", "again"))
    row = np.array([1.0, 3.0])
    tally.add([None, row, row], np.array([2.0, 1.0]), None, None)
    assert tally.estimate(nothing=1).value == tally.estimate(nothing=1).standard_error == 0.0
    # 2 and 3, around 2.5: 2/(2 - 1) times (0.25 + 0.25) is 1.
    assert tally.estimate(one=1) == tally.estimate(again=1) == Estimate(5.0, 1.0, 1)
