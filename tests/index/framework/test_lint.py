"""What readers of an index would have to guess: every rule with an indicator that has it and one that has not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from donghaeng.index.framework import read_index
from donghaeng.index.framework.lint import Rule, lint

from ..small import document, index, label

EXAMPLES = Path(__file__).parents[3] / "examples" / "index"
# An indicator about which nothing has to be guessed.
COMPLETE: dict[str, Any] = {
    "label": {"ko": "빈곤율", "en": "Poverty rate"},
    "parent": "living",
    "unit": "percent",
    "better": "lower",
    "kind": "outcome",
    "definition": {
        "numerator": "Residents below the line",
        "denominator": "Residents",
        "threshold": "60 percent of the median income",
        "population": "All residents",
        "scope": "State and city",
        "as_of": "2024",
    },
    "source": {"agency": "Office of statistics"},
    "measurement_error": "none",
}


def changed(**changes: Any) -> dict[str, Any]:
    """The complete indicator with other words; a `definition` is changed word by word, None takes one away."""
    definition = COMPLETE["definition"] | changes.pop("definition", {})
    entry = COMPLETE | {"definition": definition} | changes
    entry["definition"] = {key: value for key, value in definition.items() if value is not None}
    return {key: value for key, value in entry.items() if value is not None}


def found(folder: Path, *entries: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    """Rule and code of each finding about ``one``, ``two``, …; the health area stays complete."""
    codes = ("one", "two", "three")
    indicators = dict(zip(codes, entries, strict=False))
    indicators["doctors"] = changed(parent="health")
    linted = lint(index(folder, indicators=indicators, **changes))
    return [(finding.rule.value, finding.code) for finding in linted.findings]


def rules(folder: Path, **changes: Any) -> list[str]:
    return [rule for rule, _ in found(folder, changed(**changes))]


def test_an_indicator_that_says_everything_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, COMPLETE) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"title_verified": False}, Rule.TITLE_NOT_CONFIRMED),
        ({"definition": {"threshold": None}}, Rule.MISSING_THRESHOLD),
        ({"definition": {"threshold": "the usual line"}}, Rule.MISSING_THRESHOLD),
        ({"definition": {"threshold": "the line of 2024"}}, Rule.MISSING_THRESHOLD),
        ({"definition": {"population": None}}, Rule.NO_POPULATION),
        ({"definition": {"numerator": None}}, Rule.NO_NUMERATOR),
        ({"definition": {"denominator": None}}, Rule.NO_DENOMINATOR),
        ({"definition": {"scope": None}, "kind": "output"}, Rule.NO_SCOPE),
        ({"definition": {"as_of": None}}, Rule.NO_DATE),
        ({"source": None}, Rule.NO_SOURCE),
        ({"unit": None}, Rule.NO_UNIT),
        ({"kind": None}, Rule.NO_KIND),
        ({"measurement_error": None}, Rule.NO_ERROR),
        ({"better": "higher"}, Rule.DIRECTION_AGAINST_NAME),
        ({"direction_status": "inferred"}, Rule.DIRECTION_INFERRED),
        ({"target": 5}, Rule.TARGET_WITHOUT_DATE),
    ],
)
def test_what_is_not_said_is_found_and_nothing_else(
    tmp_path: Path, changes: dict[str, Any], rule: Rule
) -> None:
    assert rules(tmp_path, **changes) == [rule.value]


@pytest.mark.parametrize(
    "changes",
    [
        {"definition": {"threshold": None, "no_threshold": True}},
        {"definition": {"threshold": "소득 50만원 이하"}},
        {"definition": {"threshold": "the line of 2024: 1,200,000 won"}},
        {"target": 5, "target_period": "2030"},
        {"measurement_error": {"relative": 0.02}},
        # A rate of deaths counts people, whoever helps them.
        {"definition": {"scope": None}},
    ],
)
def test_what_is_said_in_another_way_is_no_finding(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert rules(tmp_path, **changes) == []


def test_the_place_of_a_name_that_is_not_known_is_one_finding(tmp_path: Path) -> None:
    placeholder = {"label": label("Unnamed"), "parent": "living", "naming": "placeholder"}
    assert found(tmp_path, COMPLETE, placeholder) == [("name-not-known", "two")]


# ---- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("korean", "english", "better"),
    [
        ("자살률", "Suicide rate", "lower"),
        ("자살 예방 사업 참여율", "Participation in suicide prevention", "higher"),
        ("자살고위험군 관리율", "High suicide risk managed", "higher"),
        ("우울감 경험률", "Depressed mood", "lower"),
        ("기부 경험률", "Experience of donating", "higher"),
        ("범죄예방 CCTV 설치율", "Crime-prevention cameras installed", "higher"),
        ("교통약자의 보행 교통사고 발생률", "Pedestrian accidents", "lower"),
        ("청년 주거비 과부담 가구 비율", "Youth housing-cost overburden", "lower"),
        ("위기가구 지원율", "Households in crisis supported", "higher"),
        # The Korean name says nothing of the kind, so the English one is looked at.
        ("가", "Support for victims of violence", "higher"),
        ("가", "Number of deaths on the road", "lower"),
        ("가", "Unmet need for support", "lower"),
    ],
)
def test_a_name_says_its_direction(tmp_path: Path, korean: str, english: str, better: str) -> None:
    names = {"ko": korean, "en": english}
    other = {"higher": "lower", "lower": "higher"}[better]
    assert "direction-against-name" not in rules(tmp_path, label=names, better=better)
    assert "direction-against-name" in rules(tmp_path, label=names, better=other)


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_name_that_says_nothing_of_the_kind_fits_any_direction(
    tmp_path: Path, better: str
) -> None:
    names = {"ko": "어린이집 정원", "en": "Places in day care"}
    assert "direction-against-name" not in rules(tmp_path, label=names, better=better)


@pytest.mark.parametrize(
    ("korean", "unit", "volume"),
    [
        ("주거상향 지원 규모", "호", True),
        ("상담 건수", "cases", True),
        ("도서관 수", None, True),
        ("지니계수", "index from 0 to 1", False),
        ("삶의 만족도 점수", "points", False),
        ("자원봉사 참여율", "%", False),
        ("의사 수", "per 1,000 residents", False),
    ],
)
def test_a_volume_is_no_outcome(
    tmp_path: Path, korean: str, unit: str | None, volume: bool
) -> None:
    names = {"ko": korean, "en": "It"}
    said = rules(tmp_path, label=names, unit=unit, better="higher")
    assert ("volume-as-outcome" in said) is volume
    said = rules(tmp_path, label=names, unit=unit, better="higher", kind="output")
    assert "volume-as-outcome" not in said


@pytest.mark.parametrize(
    ("unit", "share"),
    [
        ("percent", True),
        ("deaths per 100,000 residents", True),
        ("명/천명당", True),
        ("micrograms per cubic metre, annual mean", False),
        ("㎍/㎥", False),
        ("persons", False),
    ],
)
def test_a_share_needs_a_denominator_and_a_concentration_does_not(
    tmp_path: Path, unit: str, share: bool
) -> None:
    entry = {"unit": unit, "label": label("It"), "definition": {"denominator": None}}
    assert ("no-denominator" in rules(tmp_path, kind="output", **entry)) is share


# ---- what the city council said ------------------------------------------------------------------


def test_a_small_trader_in_crisis_without_a_number_is_found(tmp_path: Path) -> None:
    trader = changed(
        label={
            "ko": "위기 소상공인 발굴지원 규모",
            "en": "Small traders in crisis found and helped",
        },
        unit="명",
        kind="output",
        better="higher",
        definition={"threshold": "매출이 크게 준 소상공인", "denominator": None},
    )
    assert found(tmp_path, trader) == [("missing-threshold", "one")]
    trader["definition"]["threshold"] = "전년 같은 달보다 매출이 20% 넘게 준 소상공인"
    assert found(tmp_path, trader) == []


TERM = {"교통약자": {"label": {"ko": "교통약자", "en": "Mobility-impaired people"}}}


def mobility(name: str, better: str, population: str, **definition: Any) -> dict[str, Any]:
    return changed(
        label={"ko": name, "en": name},
        better=better,
        terms=["교통약자"],
        definition={"population": population, **definition},
    )


def test_people_of_one_term_who_are_defined_in_two_ways_are_found(tmp_path: Path) -> None:
    accidents = mobility("교통약자의 보행 교통사고 발생률", "lower", "장애인과 65세 이상 주민")
    satisfaction = mobility(
        "교통약자의 교통수단 이용만족도", "higher", "장애인, 임산부, 65세 이상 주민"
    )
    assert found(tmp_path, accidents, satisfaction, terms=TERM) == [
        ("two-populations", "one"),
        ("two-populations", "two"),
    ]
    satisfaction["definition"]["population"] = "장애인과 65세 이상 주민"
    assert found(tmp_path, accidents, satisfaction, terms=TERM) == []


def test_the_register_of_terms_decides_which_population_is_meant(tmp_path: Path) -> None:
    declared = {"교통약자": TERM["교통약자"] | {"population": "장애인과 65세 이상 주민"}}
    accidents = mobility("교통약자의 보행 교통사고 발생률", "lower", "장애인과 65세 이상 주민")
    satisfaction = mobility("교통약자의 교통수단 이용만족도", "higher", "장애인")
    assert found(tmp_path, accidents, satisfaction, terms=declared) == [("two-populations", "two")]


def test_a_part_of_a_population_is_declared_as_one(tmp_path: Path) -> None:
    declared = {"교통약자": TERM["교통약자"] | {"population": "장애인과 65세 이상 주민"}}
    older = mobility(
        "교통약자의 교통수단 이용만족도", "higher", "65세 이상 주민", narrows=["교통약자"]
    )
    assert found(tmp_path, older, terms=declared) == []


def test_a_term_in_a_name_that_is_not_declared_is_found(tmp_path: Path) -> None:
    entry = mobility("교통약자의 교통수단 이용만족도", "higher", "장애인")
    del entry["terms"]
    assert found(tmp_path, entry, terms=TERM) == [("undeclared-term", "one")]
    entry["label"] = {"ko": "이용만족도", "en": "Satisfaction of mobility-impaired people"}
    assert found(tmp_path, entry, terms=TERM) == [("undeclared-term", "one")]
    entry["label"] = {"ko": "이용만족도", "en": "Satisfaction"}
    assert found(tmp_path, entry, terms=TERM) == []


def test_help_of_different_givers_in_one_area_is_found(tmp_path: Path) -> None:
    crisis = changed(
        label={"ko": "위기가구 지원율", "en": "Households in crisis supported"},
        better="higher",
        definition={"scope": "국가, 민간, 서울시 지원"},
    )
    saving = changed(
        label={"ko": "저소득층 자산형성 유지율", "en": "Asset-building retention"},
        better="higher",
        definition={"scope": "서울시 지원"},
    )
    assert found(tmp_path, crisis, saving) == [("different-scopes", "one, two")]
    assert found(tmp_path, crisis, saving | {"parent": "health"}) == [
        ("different-scopes", "two, doctors")
    ]
    saving["definition"]["scope"] = crisis["definition"]["scope"]
    assert found(tmp_path, crisis, saving) == []


def test_the_share_of_volume_and_effect_is_counted(tmp_path: Path) -> None:
    entries = document()["indicators"]
    entries["income"]["kind"] = "outcome"
    entries["rent"]["kind"] = "input"
    linted = lint(index(tmp_path, indicators=entries))
    assert linted.kinds == {"input": 1, "output": 0, "outcome": 1, "": 1}


# ---- the examples --------------------------------------------------------------------------------


def of_example(name: str) -> dict[str, list[str]]:
    by_rule: dict[str, list[str]] = {}
    for finding in lint(read_index(EXAMPLES / name / "index.yaml")).findings:
        by_rule.setdefault(finding.rule.value, []).append(finding.code)
    return by_rule


def test_the_published_index_of_seoul_keeps_the_place_of_23_names() -> None:
    findings = of_example("seoul")
    assert len(findings["name-not-known"]) == 23
    assert len(findings["missing-threshold"]) == 27
    assert findings["different-scopes"] == ["crisis_households, asset_building"]


def test_the_districts_have_no_findings_about_terms_names_or_denominators() -> None:
    assert set(of_example("districts")) <= {"no-scope", "no-measurement-error", "missing-threshold"}
    assert of_example("districts")["missing-threshold"] == [
        "older_on_basic_livelihood",
        "depressed_mood",
    ]
