"""The action plan of a year: lines, sums of what is known, and gaps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from donghaeng.index.framework import Index
from donghaeng.index.plan.action_plan import ActionPlan, Missing, Sum, action_plan
from donghaeng.index.plan.plan_json import plan_json
from donghaeng.index.plan.plan_report import plan_report
from donghaeng.index.plan.register import Content, Register, read_register

from .. import small
from ..whatif.seoul import FOLDER, seoul


def plan_of_seoul(year: str = "2025") -> ActionPlan:
    build = seoul()
    register = read_register(FOLDER / "programmes.yaml", build.index)
    return action_plan(build.index, register, year, build.panel)


def won(amount: int) -> dict[str, Any]:
    return {"won": amount, "status": "official", "source": "budget book"}


def register(**programmes: dict[str, Any]) -> Register:
    filled = {
        code: {"label": small.label(code), **programme} for code, programme in programmes.items()
    }
    return Register.model_validate({"programmes": filled})


def index_with_targets(folder: Path) -> Index:
    indicators = small.document()["indicators"]
    indicators["income"] |= {"target": 25, "target_period": "2026"}
    indicators["rent"] |= {"target": 4}
    return small.index(folder, indicators=indicators)


def test_every_programme_and_every_named_indicator_of_seoul_has_a_line() -> None:
    plan = plan_of_seoul()
    # Three programmes, and 27 indicators with a name of which one has a programme.
    assert len(plan.lines) == 3 + 26
    assert plan.count(Missing.PROGRAMME) == 26
    assert plan.count(Missing.INDICATOR) == 2
    assert plan.count(Missing.BUDGET) == 2
    assert sum(plan.placeholders.values()) == 23
    assert plan.missing_contents() == list(Content)


def test_the_latest_figure_stands_beside_its_indicator() -> None:
    line = next(each for each in plan_of_seoul().lines if each.indicator == "housing_moves")
    assert (line.latest, line.latest_period) == (4969.0, "2023")


def test_sums_hold_only_what_is_known_and_say_how_much_is_not() -> None:
    plan = plan_of_seoul()
    assert plan.total == Sum(None, 19_800_000_000, 1, 2)
    education = next(each for each in plan.sums if each.area == "education")
    assert education == Sum("education", 19_800_000_000, 1, 0)
    said = plan_json(plan)
    livelihood = next(each for each in said["sums"] if each["area"] == "livelihood")
    assert livelihood["won"] is None  # not 0: nothing is known
    assert said["total"]["won"] == 19_800_000_000


def test_a_budget_is_counted_once_however_many_indicators_it_is_to_move(tmp_path: Path) -> None:
    index = index_with_targets(tmp_path)
    programmes = register(
        grants={"area": "living", "indicators": ["income", "rent"], "budget": {"2026": won(7)}},
        clinics={"area": "health", "indicators": ["doctors"], "budget": {"2026": won(5)}},
    )
    plan = action_plan(index, programmes, "2026")
    assert plan.total == Sum(None, 12, 2, 0)
    amounts = [None if line.budget is None else line.budget.won for line in plan.lines]
    assert amounts == [7, None, 5]


def test_a_target_without_a_date_is_a_gap_and_so_is_no_target(tmp_path: Path) -> None:
    index = index_with_targets(tmp_path)
    plan = action_plan(index, register(grants={"area": "living", "indicators": ["income"]}), "2026")
    missing = {line.indicator: line.missing for line in plan.lines}
    assert missing["income"] == (Missing.DEPARTMENT, Missing.BUDGET)
    assert missing["rent"] == (Missing.PROGRAMME, Missing.TARGET_DATE)
    assert missing["doctors"] == (Missing.PROGRAMME, Missing.TARGET)


def test_a_year_outside_of_the_basic_plan_is_said(tmp_path: Path) -> None:
    index = index_with_targets(tmp_path)
    text = {"text": small.label("Aims")}
    programmes = Register.model_validate(
        {
            "basic_plan": {"first_year": "2024", "contents": {"direction": text}},
            "programmes": {"grants": {"label": small.label("Grants")}},
        }
    )
    plan = action_plan(index, programmes, "2027")
    assert plan.in_basic_plan
    assert len(plan.missing_contents()) == 7
    late = action_plan(index, programmes, "2028")
    assert not late.in_basic_plan
    assert "lies outside" in plan_report(late, "en").sections[0].paragraphs[0]


def test_the_report_shows_gaps_as_gaps_in_both_languages() -> None:
    for language, said in (("en", "not known"), ("ko", "알려지지 않음")):
        report = plan_report(plan_of_seoul(), language)
        actions = report.sections[1].table
        assert actions is not None
        first = actions.rows[0]
        assert first[7].text == said
        assert first[7].gap
        assert first[7].number is None


def test_the_money_that_the_city_prints_is_told_apart_from_the_sum() -> None:
    paragraphs = plan_report(plan_of_seoul(), "en").sections[2].paragraphs
    assert any("14,765,500,000,000 won" in each and "no sum" in each for each in paragraphs)
