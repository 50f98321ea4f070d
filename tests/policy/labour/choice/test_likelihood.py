"""The likelihood against statsmodels, and its derivatives against finite differences."""

from dataclasses import replace

import numpy
import pytest
from scipy.optimize import approx_fprime
from statsmodels.discrete.conditional_models import ConditionalLogit

from donghaeng.policy.labour.choice import estimate
from donghaeng.policy.labour.choice.likelihood import Likelihood
from donghaeng.policy.labour.choice.utility import box_cox, term_names, terms
from donghaeng.rules.faults import BadInput

from .town import TRUTH, model, town


def likelihood(rows: int = 200) -> Likelihood:
    choices, _ = town(rows, seed=1)
    columns = terms(model(), choices.income, choices.covariates)
    return Likelihood(columns, choices.chosen, choices.weight)


@pytest.mark.parametrize("scale", [0.0, 0.5, 1.0])
def test_the_gradient_is_that_of_finite_differences(scale: float) -> None:
    here = likelihood()
    numeric = approx_fprime(scale * TRUTH, here.value, 1e-7)
    assert here.gradient(scale * TRUTH) == pytest.approx(numeric, rel=1e-4, abs=1e-3)


def test_the_hessian_is_that_of_finite_differences_of_the_gradient() -> None:
    here, step = likelihood(), 1e-6
    columns = [
        (here.gradient(TRUTH + step * unit) - here.gradient(TRUTH - step * unit)) / (2 * step)
        for unit in numpy.eye(TRUTH.size)
    ]
    assert here.hessian(TRUTH) == pytest.approx(numpy.stack(columns), rel=1e-5, abs=1e-4)
    assert (numpy.linalg.eigvalsh(here.hessian(TRUTH)) <= 1e-9).all()


def test_the_likelihood_and_its_maximum_are_those_of_statsmodels() -> None:
    choices, _ = town(400, seed=2)
    even = numpy.ones(choices.rows)
    columns = terms(model(), choices.income, choices.covariates)
    rows, points, count = columns.shape
    chose = numpy.eye(points)[choices.chosen].ravel()
    oracle = ConditionalLogit(
        chose, columns.reshape(-1, count), groups=numpy.repeat(numpy.arange(rows), points)
    )
    here = Likelihood(columns, choices.chosen, even)
    assert here.value(TRUTH) == pytest.approx(oracle.loglike(TRUTH), rel=1e-12)
    assert here.gradient(TRUTH) == pytest.approx(oracle.score(TRUTH), rel=1e-9, abs=1e-9)

    ours = estimate(model(), replace(choices, weight=even))
    assert oracle.score(ours.parameters) == pytest.approx(numpy.zeros(count), abs=1e-6)
    theirs = oracle.fit(start_params=ours.parameters, method="bfgs", disp=0)
    assert ours.parameters == pytest.approx(theirs.params, rel=1e-6)
    assert ours.log_likelihood == pytest.approx(theirs.llf, rel=1e-12)


def test_a_weight_counts_a_row_as_often() -> None:
    choices, _ = town(50, seed=3)
    columns = terms(model(), choices.income, choices.covariates)
    weighted = Likelihood(columns, choices.chosen, numpy.full(50, 3.0))
    thrice = Likelihood(
        numpy.repeat(columns, 3, axis=0), numpy.repeat(choices.chosen, 3), numpy.ones(150)
    )
    assert weighted.value(TRUTH) == pytest.approx(thrice.value(TRUTH))
    assert weighted.gradient(TRUTH) == pytest.approx(thrice.gradient(TRUTH))


def test_terms_by_hand() -> None:
    # 40 of 80 hours worked, 2 million won, one child, female: Y = 2, L = 1/2.
    income = numpy.full((1, 6), 2e6)
    covariates = {"female": numpy.array([1.0]), "children": numpy.array([2.0])}
    row = terms(model(), income, covariates)[0, 4]
    by_name = dict(zip(term_names(model()), row.tolist(), strict=True))
    assert by_name == pytest.approx(
        {
            "income": 2,
            "income_squared": 4,
            "leisure": 0.5,
            "leisure_squared": 0.25,
            "income_leisure": 1,
            "leisure_female": 0.5,
            "leisure_children": 1,
            "fixed_cost": -1,
            "fixed_cost_children": -2,
        }
    )
    # In logarithms: ln 2, ln 1/2.
    logs = terms(model(income_exponent=0, leisure_exponent=0), income, covariates)[0, 4]
    assert logs[:3] == pytest.approx([numpy.log(2), numpy.log(2) ** 2, numpy.log(0.5)])
    assert box_cox(numpy.array([9.0]), 0.5) == pytest.approx([4.0])
    assert box_cox(numpy.array([9.0]), 1e-17) == pytest.approx([numpy.log(9)])


def test_incomes_without_a_logarithm_and_unknown_covariates_are_refused() -> None:
    income = numpy.array([[0.0, 1, 1, 1, 1, 1]])
    with pytest.raises(BadInput, match="0 or less"):
        terms(model(income_exponent=0), income, {})
    with pytest.raises(BadInput, match="did you mean 'femal'"):
        terms(model(), income, {"femal": numpy.zeros(1), "children": numpy.zeros(1)})
