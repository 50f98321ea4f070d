"""Who works, how unequal, how poor, who is entitled: the city beside published figures."""

from dataclasses import replace

import numpy as np
import pytest

from donghaeng.laws import book
from donghaeng.population.synthetic import prepared
from donghaeng.population.synthetic.fitting import fit
from donghaeng.population.synthetic.moments import read_moments
from donghaeng.population.synthetic.respondents import respondents_of
from donghaeng.population.synthetic.targets import Knob, Standing, Target, measured
from donghaeng.rules import BadInput

from .towns import schema, town


@pytest.fixture(scope="module")
def figures(from_moments):
    report, _ = from_moments
    return {each.name: each for each in report.targets}


def _work(population):
    """Couples and of how many both work; people alone and how many work; counted from the stored columns."""
    couples = both = alone = working = 0
    for part in population.partitions:
        works = (part.person("earnings") + part.person("business_income")) > 0
        if part.size == 1:
            alone, working = alone + part.count, working + works[0].sum()
            continue
        couple = part.person("spouse")[0] == 1
        couples, both = couples + couple.sum(), both + (couple & works[0] & works[1]).sum()
    return both / couples, working / alone


def test_two_earners_and_work_of_those_alone_are_as_published(from_moments):
    two_earners, alone = _work(from_moments[1])
    assert two_earners == pytest.approx(0.482, abs=0.02)
    assert alone == pytest.approx(0.633, abs=0.02)


def test_the_report_counts_what_the_columns_hold(from_moments, figures):
    two_earners, alone = _work(from_moments[1])
    assert figures[Target.TWO_EARNERS].met == pytest.approx(two_earners, abs=1e-9)
    assert figures[Target.WORKING_ALONE].met == pytest.approx(alone, abs=1e-9)


def test_inequality_and_poverty_are_near_the_published(figures):
    # A town of 2 districts has errors of its own, so a little more is allowed than for the city.
    assert figures[Target.GINI].met == pytest.approx(0.323, abs=0.03)
    assert figures[Target.POVERTY].met == pytest.approx(0.149, abs=0.05)
    assert figures[Target.LIVELIHOOD].met < 1.5 * 0.081
    assert figures[Target.BASIC_PENSION].met == pytest.approx(0.6, abs=0.1)


def test_every_target_is_printed_with_its_distance_and_source(from_moments, small_city):
    report, _ = from_moments
    plain = report.as_json()["targets"]
    assert {each["name"] for each in plain} == set(read_moments(small_city.folder).targets)
    for each in plain:
        assert each["source"] != "assumed"
        assert each["distance"] == pytest.approx(each["met"] - each["asked"], abs=1e-4)
        assert each["near"] == (abs(each["distance"]) <= each["within"])


def test_what_is_calibrated_says_so(from_moments):
    report, _ = from_moments
    for knob in Knob:
        assert any(note.startswith(knob.value) and "calibrated" in note for note in report.assumed)


def test_figures_by_hand():
    # Four couples and one alone. Market incomes by the root of the size: couples 2, 2, 2, 2 times sqrt 2,
    # so that each has 2 with weight 2; the one alone 8 with weight 1. Mean 24 / 9; all pairs that differ:
    # 2 * 8 * 1 * 6 = 96; Gini = 96 / (2 * 81 * 24 / 9) = 2/9.
    def rows(size, count, market, works):
        flags = np.full(count, works)
        couple = np.full(count, size == 2)
        zero, unknown = np.zeros(count), np.full(count, np.nan)
        return Standing(
            np.full(count, size), zero, zero, couple, couple & flags, flags,
            np.full(count, float(market)), zero, zero, unknown, unknown, unknown, unknown,
        )  # fmt: skip

    standing = Standing.joined(
        [rows(2, 3, 2 * 2**0.5, True), rows(2, 1, 2 * 2**0.5, False), rows(1, 1, 8, False)]
    )
    found = measured(standing)
    assert found == {
        Target.TWO_EARNERS: 0.75,
        Target.WORKING_ALONE: 0.0,
        Target.MARKET_GINI: pytest.approx(2 / 9),
    }


def test_couples_of_a_survey_keep_their_correlation(small_city, survey):
    """A survey in which one of a couple stays at home gives a correlation below nought."""
    asked = respondents_of(survey, schema(), "seoul")
    published = prepared(small_city, book(), 1).model
    people = dict(asked.persons)
    head, spouse = people["head"] == 1, people["spouse of head"] == 1
    works = np.zeros(asked.count, bool)
    works[asked.of[head]] = people["earnings"][head] + people["business_income"][head] > 0
    earnings = people["earnings"].copy()
    business = people["business_income"].copy()
    earnings[spouse] = np.where(works[asked.of[spouse]], 0, 2_000_000)
    business[spouse] = 0
    opposed = replace(asked, persons=people | {"earnings": earnings, "business_income": business})
    assert fit(opposed, published, 1).couples.mean() < -0.5
    assert abs(fit(asked, published, 1).couples.mean()) < 0.4


def test_a_target_that_nobody_knows_is_refused(tmp_path):
    city = town(tmp_path / "town", smaller=60)
    file = city.folder / "moments.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  poverty: {", "  povrety: {"), encoding="utf-8")
    with pytest.raises(BadInput, match="poverty"):
        read_moments(city.folder)
