"""The proposed order: by stated weights, with ranges where something is unknown, and reasons in words."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from donghaeng.index.plan.criteria import Criterion, Range
from donghaeng.index.plan.decisions import Decisions
from donghaeng.index.plan.plan_json import priorities_json
from donghaeng.index.plan.priorities import EQUAL, Place, Priorities, priorities
from donghaeng.index.plan.priorities_report import priorities_report, reasons
from donghaeng.index.plan.register import Register, read_register
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

from .. import small
from ..whatif.seoul import FOLDER, seoul
from .test_action_plan import register, won

LATEST = 2  # the row of Seoul in 2024


def order(programmes: Register, **more: Any) -> Priorities:
    return priorities(seoul(), programmes, "2025", LATEST, **more)


def places(found: Priorities) -> dict[str, Place]:
    return {each.programme: each for each in found.places}


def known(area: str, budget: int, people: int, kind: str = "description") -> dict[str, Any]:
    evidence: dict[str, Any] = {"kind": kind, "source": "report"}
    if kind == "effect":
        evidence["protocol"] = "protocol.yaml"
    return {
        "area": area,
        "budget": {"2025": won(budget)},
        "reach": {"2025": {"people": people, "status": "official", "source": "register"}},
        "evidence": evidence,
    }


def test_need_is_half_the_level_and_half_the_trend_among_the_areas() -> None:
    found = places(order(register(ties={"area": "cohesion"}, homes={"area": "housing"})))
    # 2024: health 156.5 the highest, cohesion 95.6 the lowest. Since 2023: health +36.4, housing -4.8.
    # cohesion: level 1; trend (36.4 - -2.3) / (36.4 - -4.8)
    assert found["ties"].criteria[Criterion.NEED].low == pytest.approx(0.5 + 38.7 / 41.2 / 2)
    # housing: level (156.5 - 120.3) / 60.9; trend 1
    assert found["homes"].criteria[Criterion.NEED].low == pytest.approx(36.2 / 60.9 / 2 + 0.5)


def test_everything_known_gives_one_place_each() -> None:
    found = order(
        register(
            ties=known("cohesion", 100, 1000, "effect"),
            clinics=known("health", 400, 500),
            homes=known("housing", 200, 250),
        )
    )
    by_code = places(found)
    assert [each.programme for each in found.places] == ["ties", "homes", "clinics"]
    assert all(each.certain for each in found.places)
    ties = by_code["ties"]
    # need 0.9697, reach 1000/1000, cost 1 - 100/400, evidence 1
    assert ties.score.low == pytest.approx((0.5 + 38.7 / 41.2 / 2 + 1 + 0.75 + 1) / 4)


def test_weights_decide_and_are_stated() -> None:
    programmes = register(ties=known("cohesion", 400, 10), clinics=known("health", 100, 1000))
    need_only = order(programmes, weights=dict.fromkeys(Criterion, 0.0) | {Criterion.NEED: 1.0})
    cost_only = order(programmes, weights=dict.fromkeys(Criterion, 0.0) | {Criterion.COST: 1.0})
    assert need_only.places[0].programme == "ties"
    assert cost_only.places[0].programme == "clinics"
    table = priorities_report(cost_only, "en").sections[2].table
    assert table is not None
    assert [row[1].number for row in table.rows] == [0.0, 0.0, 1.0, 0.0]


def test_the_unknown_is_a_range_of_places_and_never_comes_first_for_being_unknown() -> None:
    found = places(
        order(
            register(ties=known("cohesion", 100, 1000), unknown={}, clinics=known("health", 400, 9))
        )
    )
    assert found["unknown"].score == Range(0.0, 1.0)
    assert (found["unknown"].best, found["unknown"].worst) == (1, 3)
    assert found["unknown"].proposed == 3
    assert found["ties"].best == 1
    assert not found["ties"].certain  # the unknown one could be before it


def test_equal_programmes_share_a_place() -> None:
    same = known("housing", 100, 10)
    found = order(register(one=same, two=dict(same)))
    assert [each.proposed for each in found.places] == [1, 1]


RANGE = some.tuples(some.integers(0, 4), some.integers(0, 4)).map(
    lambda ends: Range(min(ends) / 4, max(ends) / 4)
)


@settings(max_examples=50)
@given(ranges=some.lists(RANGE, min_size=2, max_size=4))
def test_best_and_worst_are_what_any_value_of_the_unknown_gives(ranges: list[Range]) -> None:
    from donghaeng.index.plan.priorities import _place

    scores = {f"p{number}": each for number, each in enumerate(ranges)}
    for code in scores:
        place = _place(code, scores, {}, None, None, None)
        seen = []
        for values in itertools.product(*((each.low, each.high) for each in ranges)):
            of = dict(zip(scores, values, strict=True))
            seen.append(1 + sum(of[other] > of[code] for other in scores))
        assert (place.best, place.worst) == (min(seen), max(seen))
        assert place.best <= place.proposed <= place.worst


def test_a_low_index_asks_for_its_cause_and_then_for_money_or_a_new_design() -> None:
    causes: dict[str, dict[str, Any]] = {
        "unknown": {},
        "demand": {"cause": {"kind": "demand", "source": "survey 2025"}},
        "design": {"cause": {"kind": "design", "source": "site visit"}},
    }
    said = {}
    for code, cause in causes.items():
        found = order(register(**{code: {"area": "cohesion", **cause}}))
        assert found.places[0].low_index  # 95.6 < 100
        said[code] = " ".join(reasons(found.places[0], found, Words("en")))
    assert "its cause is to be found first" in said["unknown"]
    assert "more budget is the answer" in said["demand"]
    assert "survey 2025" in said["demand"]
    assert "a new design is the answer" in said["design"]
    above = order(register(learn={"area": "education"}))
    assert not above.places[0].low_index


def test_every_place_has_its_reasons_in_both_languages() -> None:
    found = order(read_register(FOLDER / "programmes.yaml", seoul().index))
    said = priorities_json(found, {each: Words(each) for each in ("ko", "en")})
    for place in said["places"]:
        assert len(place["reasons"]["ko"]) == len(place["reasons"]["en"]) >= 4
    learn = next(each for each in said["places"] if each["programme"] == "seoul_learn")
    assert "19,800,000,000원" in " ".join(learn["reasons"]["ko"])
    assert "111.3" in learn["reasons"]["en"][0]
    assert said["citation"] == ["§8①2", "§10②"]


def test_what_the_committee_decided_stands_beside_the_proposal() -> None:
    record = Decisions.model_validate(
        {
            "decisions": [
                {
                    "date": "2026-05-01",
                    "programme": "homes",
                    "proposed_place": 1,
                    "decided_place": 2,
                    "verdict": "changed",
                    "reason": small.label("The other is more urgent."),
                }
            ]
        }
    )
    found = order(register(homes={"area": "housing"}, ties={"area": "cohesion"}), record=record)
    report = priorities_report(found, "en")
    texts = [cell.text for row in report.sections[0].table.rows for cell in row]  # type: ignore[union-attr]
    assert "2 (changed)" in texts
    assert report.sections[-1].title == "What the committee decided"


def test_a_decision_on_nothing_and_weights_that_say_nothing_are_refused() -> None:
    record = Decisions.model_validate(
        {
            "decisions": [
                {
                    "date": "2026-05-01",
                    "programme": "home",
                    "proposed_place": 1,
                    "decided_place": 1,
                    "verdict": "accepted",
                }
            ]
        }
    )
    programmes = register(homes={"area": "housing"})
    with pytest.raises(BadInput, match="homes"):
        order(programmes, record=record)
    with pytest.raises(BadInput, match="one is above 0"):
        order(programmes, weights=dict.fromkeys(EQUAL, 0.0))
