"""Settings files: read whole, or refused with the field; nothing has a default."""

from pathlib import Path

import pytest

from donghaeng.policy.take_up import Everyone, Model, Recorded, Share, read_take_up
from donghaeng.rules.faults import BadInput

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
    settings.require(tuple(settings.benefits))


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
    with pytest.raises(BadInput, match=r"take-up of 'housing_benefits' is not stated.*did you mean"):
        settings.of("housing_benefits")
    with pytest.raises(BadInput, match="'livelihood_benefit' is no benefit of this law"):
        settings.require(("housing_benefit", "basic_pension", "earned_income_credit"))


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_examples_are_read(file):
    assert read_take_up(file).benefits
