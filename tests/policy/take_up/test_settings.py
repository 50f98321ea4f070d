"""Settings files: read whole, or refused with the field; nothing has a default."""

from pathlib import Path

import pytest

from donghaeng import law_on
from donghaeng.policy.take_up import Everyone, Model, Recorded, Share, read_take_up, take_up_text
from donghaeng.population.schema import schema_of
from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Role

EXAMPLES = Path(__file__).parents[3] / "examples" / "policy" / "take_up"
GOOD = """
title: {ko: 신청, en: Claiming}
seed: 1
benefits:
  livelihood_benefit:
    who: model
    per: month
    information: {value: 0.9, source: a, status: assumed}
    cost: {value: 60_000, source: b, status: assumed}
    spread: {value: 0.8, source: c, status: estimated}
  housing_benefit: {who: recorded, column: received_housing_benefit}
  basic_pension: {who: everyone, source: d, status: assumed}
  earned_income_credit: {who: share, share: {value: 0.7, source: e, status: press}}
"""


def read(tmp_path, text):
    file = tmp_path / "take_up.yaml"
    file.write_text(text, encoding="utf-8")
    return read_take_up(file)


def test_a_file_says_for_each_benefit_who_receives_it(tmp_path):
    settings = read(tmp_path, GOOD)
    kinds = [type(each) for each in settings.benefits.values()]
    assert kinds == [Model, Recorded, Everyone, Share]
    assert settings.of("livelihood_benefit").cost.value == 60_000


def test_settings_that_are_written_are_read_as_they_were(tmp_path):
    settings = read(tmp_path, GOOD)
    assert read(tmp_path, take_up_text(settings)) == settings


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("per: month", "", r"livelihood_benefit\.per: is missing"),
        ("value: 0.9, source: a,", "value: 0.9,", r"information\.source: is missing"),
        ("value: 0.9", "value: 1.9", r"information\.value: .*less than or equal to 1"),
        ("value: 0.8", "value: .nan", r"spread\.value: .*finite"),
        ("status: press", "status: presse", r"share\.status: 'presse' is not known.*'press'"),
        ("who: everyone", "who: everybody", r"basic_pension"),
        ("cost:", "costs:", "unknown field 'costs'.*'cost'"),
        ("seed: 1", "", "seed: is missing"),
    ],
)
def test_what_is_not_right_is_refused_with_its_field(tmp_path, written, instead, message):
    with pytest.raises(BadInput, match=message):
        read(tmp_path, GOOD.replace(written, instead, 1))


def test_a_benefit_that_is_not_stated_has_no_take_up(tmp_path):
    settings = read(tmp_path, GOOD)
    with pytest.raises(
        BadInput, match=r"take-up of 'housing_benefits' is not stated.*did you mean"
    ):
        settings.of("housing_benefits")


def test_settings_are_checked_against_the_benefits_of_the_law_and_their_periods(tmp_path):
    settings = read(tmp_path, GOOD)
    periods = dict.fromkeys(settings.benefits, "month")
    settings.check(periods)
    with pytest.raises(BadInput, match=r"livelihood_benefit\.per: the cost is per month.*per year"):
        settings.check({**periods, "livelihood_benefit": "year"})
    del periods["housing_benefit"]
    with pytest.raises(BadInput, match="'housing_benefit' is no benefit of this law"):
        settings.check(periods)


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_examples_name_benefits_of_the_law_and_columns_of_a_population(file):
    law = law_on("2024-07")
    periods = {n: r.period.value for n, r in law.rules.items() if r.role is Role.BENEFIT}
    settings = read_take_up(file)
    settings.check(periods)
    schema = schema_of(law.book)
    for claiming in settings.benefits.values():
        if isinstance(claiming, Recorded):
            assert claiming.column in {**schema.households, **schema.persons}
