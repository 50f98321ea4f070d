"""The model: cells that are never thin, estimates that other programs find too, honest replicates."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.laws import book
from donghaeng.population.synthetic import prepared
from donghaeng.population.synthetic.cells import LEAST, PENSIONER, WORKER, Cells, joined
from donghaeng.population.synthetic.comparison import TABLES, compared, distance, in_fifths
from donghaeng.population.synthetic.fitting import Sample, _amount, _chance, fit
from donghaeng.population.synthetic.model import SCORES, Amount, Chance, Source
from donghaeng.population.synthetic.respondents import respondents_of
from donghaeng.population.synthetic.variables import INCOME, OWNER, VARIABLES, Variable
from donghaeng.rules import BadInput

from .towns import schema


@given(st.lists(st.integers(0, 90), min_size=WORKER.count, max_size=WORKER.count))
def test_no_group_of_cells_is_thin_and_groups_are_runs(counts):
    counts = np.array(counts)
    if counts.sum() < LEAST:
        with pytest.raises(BadInput, match="fewer than 30"):
            joined(WORKER, counts)
        return
    group = joined(WORKER, counts)
    assert np.bincount(group, counts).min() >= LEAST
    assert (np.diff(group) >= 0).all()
    assert set(group) == set(range(group.max() + 1))


def test_a_thin_cell_is_joined_to_the_one_that_shares_more_traits():
    cells = Cells("c", (("a", 2), ("b", 3)))
    # The cell of 5 stands between (0, 2) and (1, 1); it shares its first trait with the latter.
    assert joined(cells, np.array([40, 40, 31, 5, 50, 60])).tolist() == [0, 1, 2, 3, 3, 4]
    # In the middle it shares as much with both, and goes to the one with fewer.
    assert joined(cells, np.array([40, 5, 31, 50, 50, 60])).tolist() == [0, 1, 1, 2, 3, 4]


def test_no_fitted_cell_rests_on_fewer_than_thirty(small_city, survey):
    asked = respondents_of(survey, schema(), "seoul")
    model = prepared(small_city, book(), 1, asked).model
    assert model.source is Source.SURVEY
    assert model.thinnest >= LEAST
    fitted = [
        part for part in (*model.chances.values(), *model.amounts.values()) if len(part.respondents)
    ]
    assert len(fitted) > 20
    for part in fitted:
        assert part.respondents.min() >= LEAST
        assert len(part.respondents) == part.base.shape[1]


def _simulated(rows=4_000):
    rng = np.random.default_rng(3)
    cell = rng.integers(0, PENSIONER.count, rows)
    x = {INCOME: rng.normal(1, 0.5, rows), OWNER: rng.integers(0, 2, rows).astype(float)}
    return rng, cell, x


def test_a_chance_is_the_logistic_regression_that_statsmodels_finds():
    rng, cell, x = _simulated()
    logit = 0.2 * cell - 1 + 0.8 * x[INCOME] - 0.5 * x[OWNER]
    y = (rng.random(len(cell)) < 1 / (1 + np.exp(-logit))).astype(float)
    variable = Variable("v", PENSIONER, (INCOME, OWNER))
    weights = np.ones((1, len(cell)))
    chance = _chance(variable, Sample(y, cell, x, np.arange(len(cell))), weights)
    design = np.column_stack([np.eye(PENSIONER.count)[cell], x[INCOME], x[OWNER]])
    oracle = sm.Logit(y, design).fit(disp=0)
    assert chance.slopes[0] == pytest.approx(oracle.params[-2:], abs=0.01)
    assert chance.base[0] == pytest.approx(oracle.params[:-2], abs=0.03)


def test_an_amount_is_the_weighted_regression_that_statsmodels_finds():
    rng, cell, x = _simulated()
    weight = rng.uniform(0.5, 2, len(cell))
    y = np.exp(12 + 0.1 * cell + 0.4 * x[INCOME] + rng.normal(0, 0.7, len(cell)))
    variable = Variable("v", PENSIONER, (INCOME, OWNER), True, True)
    amount, (_, left) = _amount(
        variable, Sample(y, cell, x, np.arange(len(cell))), np.stack([weight, weight])
    )
    design = np.column_stack([np.eye(PENSIONER.count)[cell], x[INCOME], x[OWNER]])
    oracle = sm.WLS(np.log(y), design, weights=weight).fit()
    assert amount.slopes[1] == pytest.approx(oracle.params[-2:], abs=1e-4)
    assert amount.base[1] == pytest.approx(oracle.params[:-2], abs=1e-3)
    assert amount.spread.mean() == pytest.approx(0.7, abs=0.03)
    assert left.std() == pytest.approx(1, abs=0.01)


def test_amounts_come_out_with_the_quantiles_of_the_survey():
    # One group, spread 1: the score at a normal score of -3.5, ..., 3.5 is read off the shape.
    shape = np.where(SCORES < 0, 3 * SCORES, SCORES)[None, :]
    amount = Amount(
        "a", "c", np.zeros(1, int), np.zeros((1, 1)), np.zeros((1, 0)), np.ones((1, 1)), shape
    )
    z = np.array([-2.0, 0.0, 1.5])
    rows = np.zeros(3, int)
    assert amount.logs(rows, rows, {}, z).tolist() == pytest.approx([-6.0, 0.0, 1.5])


def test_a_chance_of_its_cell_and_replicate_is_used():
    base = np.log(np.array([[0.25, 0.5], [0.75, 0.9]]) / (1 - np.array([[0.25, 0.5], [0.75, 0.9]])))
    chance = Chance("c", "c", np.array([0, 0, 1]), base, np.zeros((2, 0)))
    logit = chance.logit(np.array([0, 1, 1]), np.array([1, 0, 2]), {})
    assert 1 / (1 + np.exp(-logit)) == pytest.approx([0.25, 0.75, 0.9])


def test_replicates_spread_as_the_survey_s_own_error(small_city, survey):
    """The Bayesian bootstrap of a share has the variance p (1 - p) / n for equal weights."""
    asked = respondents_of(survey, schema(), "seoul")
    published = prepared(small_city, book(), 1).model
    spreads, errors = [], []
    for seed in range(6):
        model = fit(asked, published, seed)
        share = 1 / (1 + np.exp(-model.chances["disabled"].base))
        n = model.chances["disabled"].respondents
        spreads.append(share.var(axis=0, ddof=1))
        # Unequal weights: the effective number is (sum w)^2 / sum w^2
        w = asked.weight[asked.of]
        effective = n * (w.sum() ** 2 / (w**2).sum()) / len(w)
        errors.append(share.mean(axis=0) * (1 - share.mean(axis=0)) / effective)
    ratio = np.mean(spreads) / np.mean(errors)
    assert 0.6 < ratio < 1.8  # members of a household share its draw, so a little above one


def test_published_levels_are_met_by_the_town(from_moments):
    report, population = from_moments
    asked = {each.name: each for each in report.levels}
    assert {"owned", "jeonse", "earnings: amount", "debts"} <= set(asked)
    # the town is small and each level has its own error: a few per cent
    for each in report.levels:
        assert each.source
        if not each.name.endswith("amount"):
            assert each.met == pytest.approx(each.asked, rel=0.06)
    owned = sum((part.household("tenure") == 0).sum() for part in population.partitions)
    assert owned / population.households == pytest.approx(0.441, abs=0.02)


def test_each_replicate_of_published_moments_meets_its_own_draw(small_city):
    model = prepared(small_city, book(), 1).model
    base = model.chances["owned"].base[:, 0]
    assert len(np.unique(base)) == 24
    assert model.source is Source.PUBLISHED
    assert set(model.published) == {each.name for each in VARIABLES}


def test_ten_tables_are_compared_and_near_a_survey_of_the_same_people(from_survey):
    report, _ = from_survey
    assert len(report.tables) == len(TABLES) == 10
    for each in report.tables:
        assert each.city.sum() == pytest.approx(1)
        assert each.distance is not None
        assert 0 <= each.distance_of_same_people.total_variation < 0.12
    plain = report.as_json()
    assert plain["tables"][0]["survey"]["total_variation"] >= 0


def test_distances_by_hand():
    # p = (1/2, 1/2), q = (1/4, 3/4): half of 1/4 + 1/4, and sqrt(1 - (sqrt(1/8) + sqrt(3/8)))
    found = distance(np.array([0.5, 0.5]), np.array([0.25, 0.75]))
    assert found.total_variation == 0.25
    assert found.hellinger == pytest.approx(np.sqrt(1 - np.sqrt(1 / 8) - np.sqrt(3 / 8)))
    assert found.largest == 0.25


def test_fifths_divide_what_lies_across_a_bound():
    fine = np.zeros((240, 1))
    fine[3], fine[9] = 3, 7  # 30 % and 70 % of all
    # the first fifth is all from class 3, the second half from it and half from class 9
    assert in_fifths(fine)[:, 0].tolist() == pytest.approx([2, 2, 2, 2, 2])
    two = np.zeros((240, 2))
    two[3, 0], two[9, 1] = 3, 7
    assert in_fifths(two)[1].tolist() == pytest.approx([1, 1])


def test_tables_without_a_survey_stand_alone():
    counts = {table.name: np.ones(table.shape) for table in TABLES}
    assert all(each.distance is None for each in compared(counts, None))


def test_a_survey_without_a_needed_column_is_refused(tmp_path, survey):
    from donghaeng.population.store import Population, write_tables

    homes, people = survey.tables(schema())
    write_tables(tmp_path / "lacking", schema(), homes.drop("tenure"), people, survey.manifest)
    with pytest.raises(BadInput, match="has no 'tenure'"):
        respondents_of(Population.open(tmp_path / "lacking"), schema(), "seoul")


def test_a_synthetic_population_is_no_survey(from_moments):
    with pytest.raises(BadInput, match="is synthetic"):
        respondents_of(from_moments[1], schema(), "seoul")
