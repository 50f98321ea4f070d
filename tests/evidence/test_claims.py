"""Claims: sentences whose numbers hold or not, and whose wording says more than their evidence."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from donghaeng.evidence.claim_files import Claim, ClaimFile, Verdict
from donghaeng.evidence.claims import (
    CheckedClaim,
    Formula,
    Obstacle,
    check_claim,
    check_claims,
    common_denominators,
)
from donghaeng.evidence.input_files import read_file
from donghaeng.evidence.rounding import read_printed

SEOUL = Path(__file__).resolve().parents[2] / "examples" / "index" / "seoul"


def claim(kind: str, stated: str | None, **fields: Any) -> Claim:
    least = {
        "id": "one",
        "about": {"ko": "문장", "en": "a sentence"},
        "text": None,
        "kind": kind,
        "stated": stated,
        "comparison": "none",
        "claimed": "description",
        "supported": "description",
        "source": None,
        "date": None,
        "status": "press",
    }
    return Claim.model_validate(
        least
        | ({"counted": {"ko": "가구", "en": "households"}} if kind == "share" else {})
        | fields
    )


def change(
    first: Any, second: Any, stated: str, kind: str = "percent_change", **more: Any
) -> CheckedClaim:
    return check_claim(claim(kind, stated, **{"from": first, "to": second}, **more))


# The published sentences of Seoul.


@pytest.fixture(scope="module")
def index() -> dict[str, CheckedClaim]:
    read = read_file(SEOUL / "claims_index.yaml", ClaimFile)
    return {each.claim.id: each for each in check_claims(read.claims)}


@pytest.fixture(scope="module")
def release() -> dict[str, CheckedClaim]:
    read = read_file(SEOUL / "claims_2023-09-26.yaml", ClaimFile)
    return {each.claim.id: each for each in check_claims(read.claims)}


def test_from_3001_to_4969_is_not_65_9_percent(index: dict[str, CheckedClaim]) -> None:
    # 4969/3001 - 1 = 1968/3001 = 65.578 %; 65.85 % is the least that is printed 65.9 %.
    found = index["housing_moves_2023"]
    assert found.verdict is Verdict.DOES_NOT_HOLD
    assert found.found is not None
    assert found.found.low == found.found.high == Fraction(196800, 3001)
    assert found.off_by == Fraction("65.85") - Fraction(196800, 3001)
    assert (found.correct, found.matches) == ("+65.6 %", ())


def test_the_growth_of_17_7_percent_follows_from_the_printed_composites(
    index: dict[str, CheckedClaim],
) -> None:
    found = index["growth_2024"]
    assert found.verdict is Verdict.HOLDS
    assert found.found is not None
    assert found.found.low == 100 * (Fraction("130.55") / Fraction("111.05") - 1)
    assert found.found.high == 100 * (Fraction("130.65") / Fraction("110.95") - 1)
    # From 111.24, which the areas give, it would be 17.4 %.
    assert change("111.240", "130.60", "17.7 %").correct == "17.4 %"


def test_a_growth_of_8_percent_follows_from_the_budget_and_its_increase(
    index: dict[str, CheckedClaim],
) -> None:
    # 1.0883 / (14.7655 - 1.0883) = 1.0883 / 13.6772 = 7.957 %.
    found = index["budget_growth_2025"]
    assert found.verdict is Verdict.HOLDS
    assert found.found is not None
    assert float(found.found.middle) == pytest.approx(7.957, abs=0.001)
    assert check_claim(
        claim("percent_change", "7.96 %", change="1.0883 tn", to="14.7655 tn")
    ).verdict is (Verdict.HOLDS)


def test_a_share_without_its_denominator_is_not_checkable(index: dict[str, CheckedClaim]) -> None:
    found = index["budget_share_2025"]
    assert (found.verdict, found.missing) == (Verdict.NOT_CHECKABLE, ("denominator",))


def test_461_admissions_are_462_in_the_source(release: dict[str, CheckedClaim]) -> None:
    found = release["admissions"]
    assert (found.verdict, found.off_by, found.correct) == (Verdict.DOES_NOT_HOLD, -1, "462명")


def test_shares_among_households_paid_are_not_effects(release: dict[str, CheckedClaim]) -> None:
    for name in ("work_interim", "exit_interim", "exit_year_1"):
        assert release[name].arithmetic is Verdict.HOLDS
        assert release[name].verdict is Verdict.CAUSAL_WITHOUT_ASSIGNMENT


def test_three_printed_shares_tell_their_denominator(release: dict[str, CheckedClaim]) -> None:
    # 23 = 4.8 %, 56 = 11.7 % and 104 = 21.8 % fit 477 and 478 only, and not the 484 households paid.
    found = common_denominators(release.values())
    assert found["안심소득 1단계 지원가구(1차년도 최종)"] == (477, 478)
    assert release["work_year_1"].verdict is Verdict.DOES_NOT_HOLD
    assert release["work_year_1"].denominators == (476, 478)


def test_a_comparison_of_unlike_groups_is_told(release: dict[str, CheckedClaim]) -> None:
    found = release["exit_against_housing_benefit"]
    assert found.arithmetic is Verdict.HOLDS  # 4.3 / 0.83 = 5.2
    assert found.wording == (Verdict.CAUSAL_WITHOUT_ASSIGNMENT, Verdict.NOT_COMPARABLE)


def test_take_up_is_a_gap(release: dict[str, CheckedClaim]) -> None:
    found = release["take_up"]
    assert found.arithmetic is Verdict.NOT_CHECKABLE
    assert found.missing == ("stated", "numerator", "denominator")


def test_the_comparison_group_stands_beside_a_change(release: dict[str, CheckedClaim]) -> None:
    beside = release["medical"].beside
    assert beside is not None
    assert beside.low == 0  # 108.5 to 108.5
    assert beside.high == 100 * (Fraction("109.5") / Fraction("107.5") - 1)


def test_every_shipped_claim_has_the_verdict_that_its_file_expects(
    index: dict[str, CheckedClaim], release: dict[str, CheckedClaim]
) -> None:
    for each in (*index.values(), *release.values()):
        assert each.claim.expected is each.verdict, each.claim.id


# Each kind.


@pytest.mark.parametrize(
    ("kind", "stated", "fields", "verdict"),
    [
        ("percent_change", "-26 %", {"from": "6.96", "to": "5.15"}, "holds"),
        ("percent_change", "50 %", {"from": 4, "change": 2}, "holds"),
        ("ratio", "약 3.5배", {"from": 122, "to": 431}, "holds"),
        ("ratio", "353 %", {"from": 122, "to": 431}, "holds"),
        ("ratio", "2.5배", {"from": 122, "to": 431}, "does_not_hold"),
        ("difference", "₩1.0883 tn", {"from": "13.6772 tn", "to": "14.7655 tn"}, "holds"),
        ("percentage_point", "3.8%p", {"from": "4.8 %", "to": "8.6 %"}, "holds"),
        ("percentage_point", "79 %p", {"from": "4.8 %", "to": "8.6 %"}, "does_not_hold"),
        ("share", "67.8 %", {"numerator": 782, "denominator": 1154}, "holds"),
        ("share", "0.678", {"numerator": 782, "denominator": 1154}, "holds"),
        ("share", "65.8 %", {"numerator": 782, "denominator": 1154}, "does_not_hold"),
        ("level", "462", {"value": 462}, "holds"),
        ("level", "461", {"value": 462}, "does_not_hold"),
        ("sum", "50", {"parts": [12, 6, 10, 8, 9, 5]}, "holds"),
        ("sum", "51", {"parts": [12, 6, 10, 8, 9, 5]}, "does_not_hold"),
        ("comparison", "lower", {"from": "40 %", "to": "28 %"}, "holds"),
        ("comparison", "higher", {"from": "40 %", "to": "28 %"}, "does_not_hold"),
        ("comparison", "same", {"from": 3, "to": 3}, "holds"),
        ("comparison", "same", {"from": "4.8 %", "to": "4.8 %"}, "not_checkable"),
        ("comparison", "higher", {"from": "4.8 %", "to": "4.9 %"}, "not_checkable"),
    ],
)
def test_each_kind_of_claim(kind: str, stated: str, fields: dict[str, Any], verdict: str) -> None:
    assert check_claim(claim(kind, stated, **fields)).verdict.value == verdict


def test_a_difference_within_rounding_does_not_decide_a_comparison() -> None:
    found = change("4.8 %", "4.8 %", "higher", kind="comparison")
    assert (found.verdict, found.obstacle) == (Verdict.NOT_CHECKABLE, Obstacle.WITHIN_ROUNDING)


@pytest.mark.parametrize(
    ("found", "formula"),
    [
        (change(100, 150, "33.3 %"), Formula.PERCENT_OF_LATER),
        (change("4.8 %", "8.6 %", "3.8 %"), Formula.DIFFERENCE),  # percentage points
        (change(122, 431, "353 %"), Formula.RATIO_AS_PERCENT),
        (change(100, 150, "-50 %"), Formula.WITHOUT_SIGN),
        (change(122, 431, "2.5배", kind="ratio"), Formula.TIMES_MORE),
        (change(100, 400, "0.25배", kind="ratio"), Formula.INVERSE_RATIO),
        (change("4.8 %", "8.6 %", "79 %p", kind="percentage_point"), Formula.PERCENT_CHANGE),
        (
            check_claim(claim("share", "25.0 %", numerator=20, denominator=100)),
            Formula.PART_TO_REST,
        ),
        (check_claim(claim("share", "80.0 %", numerator=20, denominator=100)), Formula.REST),
        (
            check_claim(claim("share", "16.7 %", numerator=20, denominator=100)),
            Formula.PART_OF_BOTH,
        ),
    ],
)
def test_a_wrong_figure_is_recognised_as_what_it_would_be_right_for(
    found: CheckedClaim, formula: Formula
) -> None:
    assert found.verdict is Verdict.DOES_NOT_HOLD
    assert formula in found.matches


def test_digits_may_have_been_cut_off() -> None:
    assert change(3, 4, "33 %").verdict is Verdict.HOLDS
    # 2/3 is 66.66…: printed 67, or 66 where digits are cut off.
    assert change(3, 5, "66 %").verdict is Verdict.DOES_NOT_HOLD
    assert change(3, 5, "66 %", rounding="down").verdict is Verdict.HOLDS


@pytest.mark.parametrize(
    ("first", "second"), [(0, 5), ("0.0", "5.0"), (-5, 5)], ids=["zero", "nearly zero", "negative"]
)
def test_a_percentage_of_nothing_is_not_checkable(first: Any, second: Any) -> None:
    found = change(first, second, "100 %")
    assert (found.verdict, found.obstacle) == (Verdict.NOT_CHECKABLE, Obstacle.NO_BASE)


@pytest.mark.parametrize(
    ("kind", "fields", "missing"),
    [
        ("percent_change", {}, ("from", "to")),
        ("percent_change", {"to": 5}, ("from",)),
        ("percent_change", {"change": 5}, ("from",)),
        ("difference", {"from": 5}, ("to",)),
        ("share", {"numerator": 5}, ("denominator",)),
        ("sum", {"parts": [1, None]}, ("parts[1]",)),
        ("level", {}, ("value",)),
    ],
)
def test_a_gap_is_named(kind: str, fields: dict[str, Any], missing: tuple[str, ...]) -> None:
    found = check_claim(claim(kind, "5 %", **fields))
    assert (found.verdict, found.missing) == (Verdict.NOT_CHECKABLE, missing)


def test_a_missing_denominator_is_narrowed_by_the_share() -> None:
    # 23/0.0485 = 474.2 and 23/0.0475 = 484.2.
    assert check_claim(claim("share", "4.8 %", numerator=23)).denominators == (475, 484)


# Wording.


@pytest.mark.parametrize(
    ("claimed", "supported", "wording"),
    [
        ("effect", "description", (Verdict.CAUSAL_WITHOUT_ASSIGNMENT,)),
        ("effect", "association", (Verdict.CAUSAL_WITHOUT_ASSIGNMENT,)),
        ("effect", "simulation", (Verdict.CAUSAL_WITHOUT_ASSIGNMENT,)),
        ("association", "description", (Verdict.ANOTHER_KIND,)),
        ("description", "simulation", (Verdict.ANOTHER_KIND,)),
        ("description", "association", ()),
        ("description", "description", ()),
        (None, "description", ()),
    ],
)
def test_wording_against_evidence(
    claimed: str | None, supported: str, wording: tuple[Verdict, ...]
) -> None:
    assert change(1, 2, "100 %", claimed=claimed, supported=supported).wording == wording


CONTROL = {"group": {"ko": "비교집단", "en": "comparison group"}}


def test_an_effect_with_assignment_and_comparison_group_stands() -> None:
    found = check_claim(
        claim(
            "percentage_point",
            "-12 %p",
            **{"from": "40 %", "to": "28 %"},
            comparison=CONTROL,
            claimed="effect",
            supported="effect",
            assignment="AEA RCT Registry 10958",
        )
    )
    assert (found.verdict, found.wording) == (Verdict.HOLDS, ())


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"comparison": CONTROL}, "names the protocol"),
        ({"assignment": "AEA RCT Registry 10958"}, "never an effect"),
    ],
)
def test_a_file_cannot_declare_a_share_among_those_treated_an_effect(
    fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        claim("share", "4.8 %", numerator=23, supported="effect", **fields)


def test_an_unexpected_verdict_is_a_finding() -> None:
    found = change(100, 150, "50 %", expected="does_not_hold")
    assert found.verdict is Verdict.HOLDS
    assert found.is_finding
    assert not change(100, 150, "50 %").is_finding
    assert not change(None, 150, "50 %").is_finding  # a gap is told, and is no fault


# Rounded inputs never make a right figure wrong, nor a wrong one right.

TRUE = st.decimals("0.5", "5000", places=4)
PLACES = st.integers(0, 3)


def printed(value: Fraction, places: int) -> str:
    step = Decimal(1).scaleb(-places)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(step, ROUND_HALF_UP))


@given(TRUE, TRUE, PLACES, PLACES, PLACES)
def test_a_true_change_printed_from_true_values_always_holds(
    first: Decimal, second: Decimal, a: int, b: int, c: int
) -> None:
    true = 100 * (Fraction(second) / Fraction(first) - 1)
    found = change(
        printed(Fraction(first), a), printed(Fraction(second), b), printed(true, c) + " %"
    )
    assert found.arithmetic is not Verdict.DOES_NOT_HOLD
    if found.found is not None:
        assert true in found.found


@given(TRUE, TRUE, st.decimals(-100, 300, places=1))
def test_a_claim_holds_only_where_some_true_values_would_be_printed_so(
    first: Decimal, second: Decimal, stated: Decimal
) -> None:
    texts = printed(Fraction(first), 0), printed(Fraction(second), 0)
    assume(int(texts[0]) > 0)
    found = change(*texts, f"{stated} %")
    low = 100 * ((Fraction(texts[1]) - Fraction(1, 2)) / (Fraction(texts[0]) + Fraction(1, 2)) - 1)
    high = 100 * ((Fraction(texts[1]) + Fraction(1, 2)) / (Fraction(texts[0]) - Fraction(1, 2)) - 1)
    may_be = read_printed(str(stated)).range()
    assert (found.verdict is Verdict.HOLDS) == (low <= may_be.high and may_be.low <= high)


@given(st.integers(1, 400), st.integers(0, 600), st.integers(0, 3))
def test_the_true_denominator_is_among_those_that_fit(part: int, rest: int, places: int) -> None:
    stated = printed(Fraction(100 * part, part + rest), places)
    assume(float(stated) > 0)
    fits = check_claim(claim("share", stated + " %", numerator=part)).denominators
    if fits is not None:
        assert fits[0] <= part + rest <= fits[1]


# Files that are not right.


@pytest.mark.parametrize(
    ("kind", "stated", "fields", "message"),
    [
        ("percent_change", "3.5배", {"from": 1, "to": 2}, "stated in %"),
        ("percentage_point", "3.5배", {"from": 1, "to": 2}, "stated in %p"),
        ("comparison", "more", {"from": 1, "to": 2}, "one of higher, lower, same"),
        ("share", "5 %", {"from": 1}, "share takes numerator, denominator, not from"),
        ("percent_change", "5 %", {"from": 1, "to": 2, "change": 1}, "the third follows"),
        ("difference", "5", {"from": "3호", "to": "4명"}, "명 and 호"),
        ("percent_change", "5 %", {"from": 1.5, "to": 2}, "in quotes"),
        ("percent_change", "5 %", {"from": True, "to": 2}, "in quotes"),
        ("percent_change", "5 %", {"from": 10**40, "to": 2}, "larger than any count"),
        ("percent_change", "five", {"from": 1, "to": 2}, "not one number"),
        (
            "ratio",
            "5배",
            {"comparison": {"group": CONTROL["group"], "numerator": 3}},
            "ratio takes from, to, change, not numerator",
        ),
        ("ratio", "5배", {"comparison": CONTROL | {"comparable": False}}, "says why"),
    ],
)
def test_a_claim_that_is_not_right_is_refused(
    kind: str, stated: str, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        claim(kind, stated, **fields)
