"""Cost and spread from recorded receipt: against statsmodels, and found again on simulated surveys."""

import math

import numpy
import pytest
import statsmodels.api as sm

from donghaeng.policy.take_up import Link, claims, fit, model
from donghaeng.rules.faults import BadInput


def survey(rows=3_000, seed=1, information=1.0):
    random = numpy.random.default_rng(seed)
    amounts = numpy.exp(random.normal(11, 1, rows)) * (random.random(rows) < 0.9)
    rule = model(information, 50_000, 0.8)
    taken = claims(rule, amounts, numpy.arange(rows), seed=seed, benefit="aid")
    return amounts, taken


@pytest.mark.parametrize(("link", "oracle"), [("probit", sm.Probit), ("logit", sm.Logit)])
def test_the_estimate_is_that_of_statsmodels(link, oracle):
    amounts, taken = survey()
    entitled = amounts > 0
    found = fit(amounts, taken, link=Link(link))
    design = sm.add_constant(numpy.log(amounts[entitled]))
    other = oracle(taken[entitled].astype(float), design).fit(disp=0, tol=1e-12)
    assert [found.intercept, found.slope] == pytest.approx(other.params, rel=1e-6)
    assert found.standard_errors == pytest.approx(other.bse, rel=1e-5)
    assert found.log_likelihood == pytest.approx(other.llf, rel=1e-10)
    assert found.rows == entitled.sum()
    # The delta method once more, by numerical derivatives of exp(−a/b).
    a, b = other.params
    step = 1e-6
    of_a = (math.exp(-(a + step) / b) - math.exp(-(a - step) / b)) / (2 * step)
    of_b = (math.exp(-a / (b + step)) - math.exp(-a / (b - step))) / (2 * step)
    gradient = numpy.array([of_a, of_b])
    assert found.cost_error == pytest.approx(
        math.sqrt(gradient @ other.cov_params() @ gradient), rel=1e-4
    )


def test_errors_clustered_by_household_are_those_of_statsmodels():
    amounts, taken = survey(rows=1_500)
    entitled = amounts > 0
    households = numpy.arange(1_500) // 3
    found = fit(amounts, taken, household_id=households)
    design = sm.add_constant(numpy.log(amounts[entitled]))
    probit = sm.Probit(taken[entitled].astype(float), design)
    other = probit.fit(
        disp=0,
        cov_type="cluster",
        cov_kwds={"groups": households[entitled], "use_correction": False},
    )
    clusters = len(numpy.unique(households[entitled]))
    assert found.clusters == clusters
    correction = math.sqrt(clusters / (clusters - 1))
    assert found.standard_errors == pytest.approx(other.bse * correction, rel=1e-5)


def test_weights_count_a_row_as_often_as_they_say():
    amounts, taken = survey(rows=400)
    weights = 1.0 + numpy.arange(400) % 3
    often = numpy.repeat(numpy.arange(400), weights.astype(int))
    weighted = fit(amounts, taken, weights=weights)
    repeated = fit(amounts[often], taken[often])
    assert weighted.cost == pytest.approx(repeated.cost, rel=1e-6)
    assert weighted.spread == pytest.approx(repeated.spread, rel=1e-6)


@pytest.mark.parametrize("information", [1.0, 0.8])
def test_cost_and_spread_are_found_again_within_their_errors(information):
    z = []
    for seed in range(40):
        amounts, taken = survey(rows=4_000, seed=seed, information=information)
        found = fit(amounts, taken, information=information)
        z.append(
            [(found.cost - 50_000) / found.cost_error, (found.spread - 0.8) / found.spread_error]
        )
    # 40 standardised errors: mean 0 with error 1/√40 = 0.16, deviation 1 with error 0.11.
    assert numpy.abs(numpy.mean(z, axis=0)).max() < 0.55
    assert numpy.all((numpy.std(z, axis=0) > 0.6) & (numpy.std(z, axis=0) < 1.4))


def test_an_estimate_becomes_the_model_that_the_settings_take():
    found = fit(*survey())
    rule = found.model("month", "simulated")
    assert (rule.cost.value, rule.spread.value) == (found.cost, found.spread)
    assert rule.cost.status.value == "estimated"


@pytest.mark.parametrize(
    ("amounts", "received", "message"),
    [
        ([1.0, 2.0], [True, True], "of 2 rows entitled, all received"),
        ([1.0, 2.0], [False, False], "of 2 rows entitled, nobody received"),
        ([0.0, 0.0], [True, False], "of 0 rows entitled, nobody is entitled"),
        ([1.0, 2.0, 3.0, 4.0], [True, True, False, True], "receipt does not rise with the amount"),
        ([1.0, 2.0, 3.0, 4.0], [False, False, True, True], "one amount separates"),
    ],
)
def test_receipt_that_tells_nothing_of_a_cost_is_refused(amounts, received, message):
    with pytest.raises(BadInput, match=message):
        fit(numpy.array(amounts), numpy.array(received))
