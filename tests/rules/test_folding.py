"""Of a branch that nobody takes, nothing is read."""

from __future__ import annotations

import pytest

from donghaeng.laws import law_on
from donghaeng.rules import Law
from donghaeng.rules.folding import parameters_read

INCOME = "total_disposable_with_safety_income"


@pytest.fixture
def law() -> Law:
    return law_on("2024-07")


def stage(law: Law, word: str) -> dict[str, object]:
    choices = law.facts["stage"].choices
    assert choices is not None
    return {"stage": choices.from_word(word)}


def test_with_nothing_fixed_every_parameter_behind_a_result_may_be_read(law: Law) -> None:
    assert parameters_read(law, [INCOME], {}) == law.links.parameters_behind([INCOME])


def test_nobody_in_the_pilot_means_that_none_of_its_parameters_is_read(law: Law) -> None:
    read = parameters_read(law, [INCOME], stage(law, "none"))
    assert not {name for name in read if name.startswith("safety_income")}
    assert "livelihood_line_table" in read


def test_a_hypothesis_is_not_asked_about_later_stages_or_a_rise_of_property(law: Law) -> None:
    """The law's own words: a hypothesis takes the list of stage 1, and is always within its months."""
    read = parameters_read(law, [INCOME], stage(law, "hypothesis"))
    assert "safety_income_interaction" in read
    assert "safety_income_earnings" in read
    assert "safety_income_interaction_later" not in read
    assert "safety_income_asset_rise" not in read


def test_what_is_not_read_changes_nothing(law: Law) -> None:
    """Each open choice, for everybody in stage 3: those that are not read give the same income."""
    read = parameters_read(law, [INCOME], stage(law, "3"))
    assert "safety_income_interaction_later" in read
    assert "safety_income_interaction" not in read
