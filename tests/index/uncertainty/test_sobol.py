"""Sobol indices against closed forms, and against SALib on the same evaluations."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from SALib.analyze import sobol as salib

from donghaeng.index.arrays import FloatArray
from donghaeng.index.uncertainty.convergence import Stop, draws_for_share
from donghaeng.index.uncertainty.intervals import Interval
from donghaeng.index.uncertainty.samples import SaltelliDesign
from donghaeng.index.uncertainty.sobol import Doubt, Doubtful, Estimator, sobol_indices
from donghaeng.index.uncertainty.sobol_sums import FirstOrder
from donghaeng.rules.faults import BadInput

from .functions import Known, g_function, g_known, ishigami, ishigami_known

THREE = ((0,), (1,), (2,))
FOUR = (*THREE, (3,))
KNOWN = [
    pytest.param(ishigami, ishigami_known(), THREE, id="ishigami"),
    pytest.param(g_function, g_known(), FOUR, id="g-function"),
]


def linear(points: FloatArray) -> FloatArray:
    return points @ np.array([3.0, 4.0])


@pytest.mark.parametrize("first_order", FirstOrder)
@pytest.mark.parametrize(("function", "known", "groups"), KNOWN)
def test_indices_reach_the_closed_form(
    function: object, known: Known, groups: tuple[tuple[int, ...], ...], first_order: FirstOrder
) -> None:
    found = sobol_indices(
        function,  # type: ignore[arg-type]
        SaltelliDesign(groups, seed=1),
        Stop.at(32_768),
        Estimator(first_order),
    )
    assert_allclose(found.first.estimate[:, 0], known.first, atol=0.005)
    assert_allclose(found.total.estimate[:, 0], known.total, atol=0.005)
    assert_allclose(found.variance, known.variance, rtol=0.005)


def test_the_textbook_figures_of_ishigami_are_the_closed_form() -> None:
    # Saltelli et al. (2008): S = 0.3139, 0.4424, 0 and ST = 0.5576, 0.4424, 0.2437.
    known = ishigami_known()
    assert_allclose(known.first, [0.3139, 0.4424, 0], atol=5e-5)
    assert_allclose(known.total, [0.5576, 0.4424, 0.2437], atol=5e-5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_estimator_is_that_of_salib_on_the_same_evaluations(seed: int) -> None:
    draws, choices = 256, 4
    design = SaltelliDesign(FOUR, seed)
    found = sobol_indices(g_function, design, Stop.at(draws))
    block = design.block(0, draws)
    samples = [block.a, *(block.exchanged(choice) for choice in range(choices)), block.b]
    outputs = np.stack([g_function(sample) for sample in samples], axis=1).ravel()
    problem = {"num_vars": choices, "names": list("abcd"), "bounds": [[0, 1]] * choices}
    theirs = salib.analyze(problem, outputs, calc_second_order=False)
    # SALib divides the variance by n, COINr and this package by n - 1, over A and B together.
    divisor = (2 * draws - 1) / (2 * draws)
    assert_allclose(found.first.estimate[:, 0], theirs["S1"] * divisor, rtol=1e-12)
    assert_allclose(found.total.estimate[:, 0], theirs["ST"] * divisor, rtol=1e-12)
    # Both resample rows; SALib's half-width is 1.96 standard deviations, ours between percentiles.
    half = (found.first.high - found.first.low)[:, 0] / 2
    assert_allclose(half, theirs["S1_conf"], rtol=0.25)


def test_the_uncentred_estimator_is_that_of_coinr() -> None:
    # COINr 1.1.14: Si = mean(yB (yABi - yA))/Var, STi = sum((yA - yABi)²)/(2 N Var), Var with n - 1.
    draws, design = 128, SaltelliDesign(THREE, seed=9)
    block = design.block(0, draws)
    shifted = lambda points: 100 + ishigami(points)  # noqa: E731
    a, b = shifted(block.a), shifted(block.b)
    variance = np.concatenate([a, b]).var(ddof=1)
    found = sobol_indices(shifted, design, Stop.at(draws), Estimator(FirstOrder.SALTELLI_UNCENTRED))
    for choice in range(3):
        exchanged = shifted(block.exchanged(choice))
        first = np.mean(b * (exchanged - a)) / variance
        total = np.sum((a - exchanged) ** 2) / (2 * draws * variance)
        assert_allclose(found.first.estimate[choice, 0], first, rtol=1e-10)
        assert_allclose(found.total.estimate[choice, 0], total, rtol=1e-10)


def test_a_set_of_columns_is_one_choice() -> None:
    # Ishigami with x1 and x3 as one choice: nothing is left to interact, so S = ST = 1 - S2.
    found = sobol_indices(ishigami, SaltelliDesign(((0, 2), (1,)), seed=1), Stop.at(16_384))
    second = ishigami_known().first[1]
    assert_allclose(found.first.estimate[:, 0], [1 - second, second], atol=0.01)
    assert_allclose(found.total.estimate[:, 0], [1 - second, second], atol=0.01)
    assert_allclose(found.interaction, 0, atol=0.01)


def test_each_output_has_the_indices_it_would_have_alone() -> None:
    design, stop = SaltelliDesign(((0,), (1,), (2,)), seed=6), Stop.at(512)
    both = lambda points: np.stack([ishigami(points), 5 - points[:, 2]], axis=1)  # noqa: E731
    together = sobol_indices(both, design, stop)
    alone = sobol_indices(ishigami, design, stop)
    assert_allclose(together.first.estimate[:, :1], alone.first.estimate, rtol=1e-12)
    assert_allclose(together.total.estimate[:, :1], alone.total.estimate, rtol=1e-12)
    assert_allclose(together.total.estimate[:, 1], [0, 0, 1], atol=0.03)
    assert_allclose(together.mean[1], 4.5, atol=0.001)


@pytest.mark.parametrize("interval", Interval)
@pytest.mark.parametrize("threads", [2, 3])
def test_any_number_of_threads_gives_the_same_bits(threads: int, interval: Interval) -> None:
    design, stop = SaltelliDesign(FOUR, seed=3), Stop(0.01, 1024, 32_768)
    one = sobol_indices(g_function, design, stop, Estimator(interval=interval))
    more = sobol_indices(g_function, design, stop, Estimator(interval=interval), threads=threads)
    for ours, theirs in ((one.first, more.first), (one.total, more.total)):
        assert_array_equal(ours.estimate, theirs.estimate)
        assert_array_equal(ours.low, theirs.low)
        assert_array_equal(ours.high, theirs.high)


def test_doubling_ends_with_what_the_last_number_of_draws_gives_at_once() -> None:
    design = SaltelliDesign(FOUR, seed=3)
    # From 4 draws on, so that in the end a batch holds more draws than a block.
    doubled = sobol_indices(g_function, design, Stop(0, 4, 8_192))
    at_once = sobol_indices(g_function, design, Stop.at(8_192))
    assert [round_.draws for round_ in doubled.rounds] == [4 * 2**k for k in range(12)]
    assert_allclose(doubled.first.estimate, at_once.first.estimate, rtol=1e-12, atol=1e-14)
    assert_allclose(doubled.total.low, at_once.total.low, rtol=1e-10)


def test_draws_are_doubled_until_every_interval_is_narrow_enough() -> None:
    found = sobol_indices(ishigami, SaltelliDesign(THREE, seed=2), Stop(0.03, 256, 65_536))
    assert found.converged
    assert max(found.first.half_width, found.total.half_width) <= 0.03
    assert len(found.rounds) > 2
    for earlier in found.rounds[:-1]:
        assert max(earlier.first_half_width, earlier.total_half_width) > 0.03
    assert found.evaluations == found.draws * 5
    assert_allclose(found.total.estimate[:, 0], ishigami_known().total, atol=0.03)


def test_a_run_that_stays_too_wide_says_so() -> None:
    found = sobol_indices(ishigami, SaltelliDesign(THREE, seed=2), Stop(0.001, 128, 512))
    assert not found.converged
    assert found.draws == 512


def test_a_hundred_draws_leave_first_indices_uninformative() -> None:
    found = sobol_indices(ishigami, SaltelliDesign(THREE, seed=2), Stop.at(128))
    assert found.first.half_width > 0.1
    assert not found.converged


def test_progress_counts_draws_up_to_the_most() -> None:
    seen: list[tuple[int, int]] = []
    sobol_indices(
        linear,
        SaltelliDesign(((0,), (1,)), seed=1),
        Stop(0, 64, 256),
        progress=lambda done, most: seen.append((done, most)),
    )
    assert seen == [(64, 256), (128, 256), (192, 256), (256, 256)]


def test_an_output_without_variance_has_no_indices_and_is_named() -> None:
    outputs = lambda points: np.stack(  # noqa: E731
        [linear(points), np.full(len(points), 0.1), np.full(len(points), np.nan)], axis=1
    )
    found = sobol_indices(outputs, SaltelliDesign(((0,), (1,)), seed=1), Stop.at(512))
    assert np.isfinite(found.first.estimate[:, 0]).all()
    assert np.isnan(found.first.estimate[:, 1:]).all()
    assert found.doubts == (Doubtful(Doubt.NO_VARIANCE, 1), Doubtful(Doubt.NO_VARIANCE, 2))
    assert np.isfinite(found.first.half_width)


def test_indices_that_break_the_sum_rules_are_doubted() -> None:
    # No function of its point can do this: with choice 0 exchanged the output moves against B, so that
    # B (AB_0 - A) is -B² and the first index of choice 0 near -1.
    def evaluate(points: FloatArray) -> FloatArray:
        if len(points) < 4 * 1024:  # the first guess of the mean
            return points[:, 0]
        a, b, *_ = points.reshape(4, -1, 2)[..., 0]
        return np.concatenate([a, b, a - b, a])

    found = sobol_indices(evaluate, SaltelliDesign(((0,), (1,)), seed=1), Stop.at(1024))
    assert Doubtful(Doubt.NEGATIVE_FIRST, 0, 0) in found.doubts


def test_true_indices_raise_no_doubt() -> None:
    found = sobol_indices(g_function, SaltelliDesign(FOUR, seed=1), Stop.at(1024))
    assert found.doubts == ()


@pytest.mark.parametrize("fault", [np.nan, np.inf])
def test_a_draw_that_cannot_be_computed_stops_the_run(fault: float) -> None:
    def sometimes(points: FloatArray) -> FloatArray:
        return np.where(points[:, 0] > 0.99, fault, linear(points))

    with pytest.raises(BadInput, match="output 0 has no finite value in some draws"):
        sobol_indices(sometimes, SaltelliDesign(((0,), (1,)), seed=1), Stop.at(1024))


def test_outputs_of_another_length_are_refused() -> None:
    with pytest.raises(BadInput, match="one row a draw"):
        sobol_indices(lambda points: points[:3, 0], SaltelliDesign(((0,),), seed=1), Stop.at(64))


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(BadInput, match="1000 draws"):
        Stop.at(1000)
    with pytest.raises(BadInput, match="the smaller number first"):
        Stop(0.1, 2048, 1024)
    with pytest.raises(BadInput, match="tolerance of nan"):
        Stop(float("nan"))
    with pytest.raises(BadInput, match="level 95"):
        Estimator(level=95)
    with pytest.raises(BadInput, match="10 resamples"):
        Estimator(resamples=10)
    with pytest.raises(BadInput, match="both between 0 and 1"):
        draws_for_share(0)


def test_the_draws_that_a_probability_takes() -> None:
    # 1.959964² · 0.25/0.031² = 999.3
    assert draws_for_share(0.031) == 1000
