"""Standard errors against a real bootstrap of households, and against formulas of surveys."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from donghaeng.inequality import (
    BY_NAME,
    Design,
    Distribution,
    Measure,
    Redistribution,
    Singletons,
    difference,
    gini,
    mean,
    measure,
    median,
    ratio,
    relative_line,
    weighted_mean,
    weighted_total,
)
from donghaeng.inequality.sums import FloatArray
from donghaeng.rules.faults import BadInput
from tests.inequality.people import Households, bootstrap, sample

WITHIN = 0.05


def plain_gini(income: FloatArray, weight: FloatArray) -> float:
    """Of households in order of income, not as the package computes it."""
    reached, had = np.cumsum(weight), np.cumsum(weight * income)
    trapezes = weight * (had - weight * income / 2)
    return float(1 - 2 * trapezes.sum() / (reached[-1] * had[-1]))


def ordered(income: FloatArray) -> tuple[FloatArray, FloatArray]:
    order = np.argsort(income)
    return order, income[order]


def test_the_error_of_a_difference_is_that_of_a_paired_bootstrap_of_households() -> None:
    households = sample(700)
    people = households.weight * households.persons
    (before, poor_first), (after, then) = (
        ordered(y) for y in (households.income, households.reform)
    )

    def change(times: FloatArray) -> float:
        drawn = times * people
        return plain_gini(then, drawn[after]) - plain_gini(poor_first, drawn[before])

    drawn = bootstrap(700, 6_000, change)
    found = difference(
        gini(Distribution.of(households.reform, people)),
        gini(Distribution.of(households.income, people)),
    )
    design = Design(people)
    assert found.standard_error(design) == pytest.approx(drawn, rel=WITHIN)
    # Two samples that have nothing to do with each other would have a far larger error.
    apart = np.hypot(
        *(
            gini(Distribution.of(y, people)).standard_error(design)
            for y in (households.income, households.reform)
        )
    )
    assert found.standard_error(design) < apart / 3


def test_persons_in_clusters_have_the_error_of_a_bootstrap_of_clusters() -> None:
    households = sample(400)
    member = households.of_persons
    income, weight = households.income[member], households.weight[member]
    order, sorted_income = ordered(income)

    def of_persons(times: FloatArray) -> float:
        return plain_gini(sorted_income, (times[member] * weight)[order])

    found = gini(Distribution.of(income, weight)).standard_error(Design(weight, cluster=member))
    assert found == pytest.approx(bootstrap(400, 6_000, of_persons), rel=WITHIN)


# ---- every measure, for longer ----------------------------------------------------------------------


def all_measures(households: Households, weight: FloatArray) -> dict[str, Measure]:
    """Of incomes before, and each one's difference; the line moves with the median."""
    before, after = (Distribution.of(y, weight) for y in (households.income, households.reform))
    line, line_after = (relative_line(each, 0.6) for each in (before, after))
    found: dict[str, Measure] = {}
    for name in BY_NAME:
        found[name] = measure(name, before, line=line)
        found[f"{name}, difference"] = difference(
            measure(name, after, line=line_after), found[name]
        )
    found["rate, ratio with the anchored line"] = ratio(
        measure("poverty_rate", after, line=line), found["poverty_rate"]
    )
    parts = Redistribution.of(households.income, households.reform, weight)
    found |= {
        part: getattr(parts, part)
        for part in ("total", "reynolds_smolensky", "reranking", "kakwani", "average_rate")
    }
    return found


# Of these the bootstrap follows the accidents of one sample around the median, the line or a decile, and is off
# by a tenth and more itself; they are held against many samples instead.
AT_A_POINT = {
    *("median", "d9_d1", "d9_d5", "d5_d1", "wolfson", "middle_class", "middle_class_oecd"),
    *("poverty_rate", "poverty_gap", "poverty_severity", "median_gap", "sen", "sen_shorrocks_thon"),
    "watts",
}


@pytest.mark.soak
def test_what_needs_no_density_has_the_error_of_the_paired_bootstrap() -> None:
    count = 4_000
    households = sample(count, seed=3)
    people = households.weight * households.persons
    found = all_measures(households, people)

    def values(times: FloatArray) -> FloatArray:
        drawn = all_measures(households, people * times)
        return np.array([drawn[name].value for name in found])

    errors = bootstrap(count, 3_000, values)
    design = Design(people)
    ratios = {
        name: each.standard_error(design) / error
        for (name, each), error in zip(found.items(), errors, strict=True)
        if name.removesuffix(", difference") not in AT_A_POINT
    }
    assert off_by_more(ratios) == {}


@pytest.mark.soak
def test_every_measure_and_difference_has_the_error_that_it_has_from_sample_to_sample() -> None:
    values, variances = [], []
    for seed in range(1_500):
        households = sample(1_500, seed=10 + seed)
        people = households.weight * households.persons
        found, design = all_measures(households, people), Design(people)
        values.append([each.value for each in found.values()])
        variances.append([each.standard_error(design) ** 2 for each in found.values()])
    ratios = np.sqrt(np.mean(variances, axis=0)) / np.std(values, axis=0)
    assert off_by_more(dict(zip(found, ratios.tolist(), strict=True))) == {}


def off_by_more(ratios: dict[str, float]) -> dict[str, float]:
    """The errors that are not what they should be."""
    return {name: round(r, 3) for name, r in ratios.items() if abs(r - 1) > WITHIN}


# ---- formulas ---------------------------------------------------------------------------------------


def test_the_error_of_a_mean_is_that_of_the_textbook() -> None:
    income = sample(50).income
    found = mean(Distribution.of(income)).standard_error(Design(np.ones(50)))
    assert found == pytest.approx(stats.sem(income))


def test_strata_leave_out_the_differences_between_them() -> None:
    # Totals 1, 3 | 10, 14: 2/1 (1 + 1) + 2/1 (4 + 4) = 20. Without strata mean 7, 4/3 (36 + 16 + 9 + 49).
    values, ones = [1, 3, 10, 14], [1, 1, 1, 1]
    whole = weighted_total(values, ones)
    assert whole.standard_error(Design(ones, stratum=list("aabb"))) ** 2 == pytest.approx(20)
    assert whole.standard_error(Design(ones)) ** 2 == pytest.approx(4 / 3 * 110)


def test_rows_of_a_cluster_count_together_in_any_order() -> None:
    # Totals 4, 24: 2/1 (100 + 100) = 400.
    values, ones = [1, 10, 3, 14], [1, 1, 1, 1]
    design = Design(ones, cluster=[7, 9, 7, 9])
    assert (design.clusters, design.strata, design.freedom) == (2, 1, 1)
    assert weighted_total(values, ones).standard_error(design) == pytest.approx(20)


def test_a_single_cluster_in_a_stratum_is_refused_unless_its_treatment_is_named() -> None:
    values, ones, strata = [1, 3, 10], [1, 1, 1], list("aab")
    whole = weighted_total(values, ones)
    with pytest.raises(BadInput, match="1 strata have a single cluster"):
        whole.standard_error(Design(ones, strata))
    # 2/1 (1 + 1) = 4; the mean of all clusters is 14/3, (10 - 14/3)² = 256/9.
    certain = Design(ones, strata, singletons=Singletons.CERTAINTY)
    centred = Design(ones, strata, singletons=Singletons.CENTRE)
    assert whole.standard_error(certain) ** 2 == pytest.approx(4)
    assert whole.standard_error(centred) ** 2 == pytest.approx(4 + 256 / 9)


def test_people_outside_of_a_district_count_as_clusters_that_could_have_been_in_it() -> None:
    # Shares 1 of 2 within the first two of four: influence ±1/4 there; 4/3 × 2/16.
    ones = np.ones(4)
    here = np.array([1.0, 1.0, 0.0, 0.0])
    found = weighted_mean([1, 0, 1, 1], here)
    assert found.value == 0.5
    assert found.standard_error(Design(ones)) ** 2 == pytest.approx(4 / 3 * 2 / 16)


def test_an_interval_takes_student_s_t_with_clusters_less_strata() -> None:
    income = sample(12).income
    low, high = mean(Distribution.of(income)).interval(Design(np.ones(12)))
    expected = stats.t.interval(0.95, 11, income.mean(), stats.sem(income))
    assert (low, high) == pytest.approx(expected)


def test_an_interval_of_the_median_holds_the_true_one_as_often_as_it_says() -> None:
    inside, draws = 0, 600
    for seed in range(draws):
        income = np.random.Generator(np.random.Philox(key=seed)).lognormal(0, 0.6, 400)
        low, high = median(Distribution.of(income)).interval(Design(np.ones(400)))
        inside += low <= 1 <= high
    # 0.95 ± 3 √(0.95 × 0.05 / 600)
    assert 0.923 < inside / draws < 0.977
