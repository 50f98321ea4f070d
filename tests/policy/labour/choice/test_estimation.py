"""An estimate finds the truth that the choices were made by, and says how far off it may be."""

from dataclasses import replace

import numpy
import pytest
from scipy import stats

from donghaeng.policy.labour.choice import estimate, estimate_with_exponents
from donghaeng.policy.labour.choice.simulation import predicted
from donghaeng.rules.faults import BadInput

from .town import TRUTH, model, town

SETS = 50


def test_known_parameters_are_found_within_three_standard_errors_in_fifty_towns() -> None:
    found = [estimate(model(), town(2_000, seed)[0]) for seed in range(1, SETS + 1)]
    off = numpy.array([each.parameters - TRUTH for each in found])
    errors = numpy.array([each.standard_errors for each in found])
    # What the fifty towns find together is within 3 of its own standard errors, for each of nine parameters.
    together = off.std(axis=0, ddof=1) / numpy.sqrt(SETS)
    assert (numpy.abs(off.mean(axis=0)) < 3 * together).all()
    # In one town, one of nine normal distances lies beyond 3 standard errors with at most 9 x 0.0027 = 2.4 %:
    # of fifty towns in 1.2, and in more than 4 less than once in a hundred times.
    assert (numpy.abs(off / errors) > 3).any(axis=1).sum() <= 4
    # All at once, with what they have in common: a chi-square of 50 x 9 degrees of freedom.
    distance = sum(
        gap @ numpy.linalg.solve(each.covariance, gap) for gap, each in zip(off, found, strict=True)
    )
    low, high = stats.chi2(SETS * TRUTH.size).ppf([0.001, 0.999])
    assert low < distance < high


def test_a_utility_in_logarithms_is_found_as_well() -> None:
    logs = {"income_exponent": 0.0, "leisure_exponent": 0.0}
    truth = numpy.array([1.5, 0.3, 2.0, 0.5, -0.4, 0.8, 0.5, 0.9, 0.6])
    choices, _ = town(8_000, 5, truth, **logs)
    found = estimate(model(**logs), choices)
    distance = (found.parameters - truth) / found.standard_errors
    # Nine at once: their squared distance is that of a chi-square with nine degrees of freedom.
    off = found.parameters - truth
    assert off @ numpy.linalg.solve(found.covariance, off) < stats.chi2(9).ppf(0.999)
    assert numpy.abs(distance).max() < 3


def test_at_the_maximum_the_mean_of_each_term_is_the_observed_one() -> None:
    choices, _ = town(500, seed=9)
    found = estimate(model(), choices)
    at_work = choices.weight @ (choices.chosen > 0) / choices.weight.sum()
    shares = (
        choices.weight @ predicted(found, choices.income, choices.covariates) / choices.weight.sum()
    )
    assert 1 - shares[0] == pytest.approx(at_work, abs=1e-8)
    assert found.log_likelihood > found.log_likelihood_even
    assert found.log_likelihood_even == pytest.approx(-500 * numpy.log(6))


def test_the_scale_of_weights_does_not_matter() -> None:
    choices, _ = town(300, seed=4)
    one = estimate(model(), choices)
    other = estimate(model(), replace(choices, weight=1000 * choices.weight))
    assert one.parameters == pytest.approx(other.parameters, rel=1e-6)
    assert one.standard_errors == pytest.approx(other.standard_errors, rel=1e-6)


def test_rows_that_repeat_each_other_are_no_new_information_when_clustered() -> None:
    choices, _ = town(300, seed=4)
    one = estimate(model(), choices)
    twice = replace(
        choices,
        **{
            name: numpy.concatenate([getattr(choices, name)] * 2)
            for name in ("income", "earnings", "chosen", "weight", "treated", "head")
        },
        covariates={name: numpy.tile(of, 2) for name, of in choices.covariates.items()},
        groups={},
    )
    naive = estimate(model(), twice)
    clustered = estimate(model(), twice, clusters=numpy.tile(numpy.arange(300), 2))
    assert clustered.parameters == pytest.approx(one.parameters, rel=1e-6)
    assert clustered.standard_errors == pytest.approx(one.standard_errors, rel=1e-5)
    assert naive.standard_errors == pytest.approx(one.standard_errors / 2**0.5, rel=1e-5)


def test_income_that_does_not_please_is_reported() -> None:
    choices, _ = town(2_000, seed=6)
    assert estimate(model(), choices).income_always_pleases > 0.95
    disliking = numpy.array([-1.2, 0.0, 6.0, -3.0, 0.0, 0.8, 0.5, 0.9, 0.6])
    choices, _ = town(2_000, 6, disliking)
    assert estimate(model(), choices).income_always_pleases < 0.5


def test_what_has_no_estimate_is_refused() -> None:
    choices, _ = town(300, seed=4)
    same = {**choices.covariates, "children": choices.covariates["female"]}
    with pytest.raises(BadInput, match=r"do not tell .*leisure_.* apart"):
        estimate(model(), replace(choices, covariates=same))
    nobody = {**choices.covariates, "children": numpy.zeros(300)}
    with pytest.raises(BadInput, match="leisure_children: is the same at every point"):
        estimate(model(), replace(choices, covariates=nobody))
    with pytest.raises(BadInput, match="has 6 columns for 3 points of hours"):
        estimate(model(hours=[0, 20, 40]), choices)
    idle = replace(choices, chosen=numpy.zeros(300, dtype=numpy.int64))
    with pytest.raises(BadInput, match="predict choices with certainty"):
        estimate(model(), idle)


def test_exponents_that_fit_best_are_no_further_from_the_data_than_the_true_ones() -> None:
    logs = {"income_exponent": 0.0, "leisure_exponent": 0.0}
    truth = numpy.array([1.5, 0.3, 2.0, 0.5, -0.4, 0.8, 0.5, 0.9, 0.6])
    choices, _ = town(1_500, 5, truth, **logs)
    choices = replace(choices, weight=numpy.ones(1_500))
    best = estimate_with_exponents(model(income_exponent=0.5, leisure_exponent=0.5), choices)
    true, quadratic = estimate(model(**logs), choices), estimate(model(), choices)
    assert best.log_likelihood >= max(true.log_likelihood, quadratic.log_likelihood) - 1e-6
    # Twice the difference to the truth is that of a chi-square with two degrees of freedom, if at all.
    assert 2 * (best.log_likelihood - true.log_likelihood) < stats.chi2(2).ppf(0.999)


def test_one_group_of_which_nobody_works_predicts_with_certainty() -> None:
    choices, _ = town(400, seed=4)
    idle = numpy.where(choices.covariates["female"] == 1, 0, choices.chosen)
    with pytest.raises(BadInput, match=r"leisure_female.* predict choices with certainty"):
        estimate(model(), replace(choices, chosen=idle))
