"""What a household could ask for: what it is entitled to beyond what it says it receives."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from donghaeng import BadInput, HouseholdFacts, law_on
from donghaeng.household import Answer, assess

from .town import alone, answered, read

READ = ("wide", "kept")  # with these readings every amount of the town is one number
ENTITLED = {  # of Ann, who earns 500,000 won: 700,000 − 500,000, the rent, and below the card's limit
    "support": 200_000,
    "rent_help": 200_000,
    "winter_grant_year": 150_500,
    "medical_card": True,
}


def claims(answer: Answer) -> dict[str, tuple[Any, Any]]:
    """What is entitled and what is received, by name."""
    assert answer.could_ask is not None
    return {claim.name: (claim.entitled, claim.received) for claim in answer.could_ask}


def asked(receipts: Any, **changes: Any) -> dict[str, tuple[Any, Any]]:
    return claims(answered(alone(receipts=receipts, **changes), *READ))


def test_it_could_ask_for_what_it_is_entitled_to_beyond_what_it_receives() -> None:
    assert asked(ENTITLED | {"support": 150_000}) == {"support": (200_000, 150_000)}


def test_what_is_not_named_is_not_received() -> None:
    assert asked({"support": 200_000}) == {
        "rent_help": (200_000, 0),
        "winter_grant_year": (150_500, 0),
        "medical_card": (True, False),
    }
    assert set(asked({})) == set(ENTITLED)
    assert asked(ENTITLED | {"rent_help": None}) == {"rent_help": (200_000, 0)}


@pytest.mark.parametrize("support", [200_000, 200_001, 900_000])
def test_it_cannot_ask_for_what_it_receives_already(support: int) -> None:
    assert asked(ENTITLED | {"support": support}) == {}


def test_where_nothing_is_said_of_receipts_nothing_is_concluded() -> None:
    answer = answered(alone(), *READ)
    assert answer.could_ask is None
    assert "could_ask" not in answer.as_json()


def test_the_claims_stand_in_the_order_of_the_law_with_their_article() -> None:
    answer = answered(alone(receipts={}), *READ)
    assert answer.could_ask is not None
    assert [claim.citation for claim in answer.could_ask] == [f"조례 §{n}" for n in (4, 5, 6, 7)]
    assert answer.as_json()["could_ask"][0] == {
        "name": "support",
        "entitled": 200_000,
        "received": 0,
    }


@pytest.mark.parametrize(
    ("received", "claimed"),
    [(True, {}), (False, {"medical_card": (True, False)})],
)
def test_an_entitlement_other_than_money_is_received_or_not(
    received: bool, claimed: dict[str, Any]
) -> None:
    assert asked(ENTITLED | {"medical_card": received}) == claimed


def test_who_has_no_right_to_the_card_is_not_sent_to_ask_for_it() -> None:
    rich = [{"id": "ann", "birth_date": "1980-03-10", "earnings": 900_001}]
    assert "medical_card" not in asked({}, persons=rich)
    assert "medical_card" not in asked({"medical_card": True}, persons=rich)


def test_what_two_persons_are_entitled_to_is_compared_together() -> None:
    old = [{"id": name, "birth_date": "1950-01-01", "earnings": 0} for name in ("ann", "bob")]
    assert asked({"pension": 300_000}, persons=old)["pension"] == (600_000, 300_000)
    assert "pension" not in asked({"pension": 600_000}, persons=old)


def test_a_trial_that_only_pays_whom_it_drew_cannot_be_asked_for() -> None:
    answer = answered(alone(receipts={}), *READ)
    assert answer.amounts["trial"] == 55_000
    assert "trial" not in claims(answer)


def test_what_cannot_be_determined_is_not_claimed() -> None:
    on_the_hill = alone(place="hill", receipts={})  # the ceiling of the hill is a gap
    assert "rent_help" not in claims(answered(on_the_hill, *READ))
    unknown = alone(receipts={}, persons=[{"id": "ann", "birth_date": "1980-03-10"}])
    assert set(claims(answered(unknown, *READ))) == {"rent_help", "winter_grant_year"}


def test_a_receipt_that_the_law_counts_itself_stays_a_fact() -> None:
    household = read(alone(receipts={"alms": 7_000, "support": 1}))
    assert household.household["alms"] == 7_000
    assert household.receipts == {"support": 1}
    given = answered(alone(receipts={"alms": 7_000}), *READ)
    without = answered(alone(), *READ)
    assert given.total("present").lowest == without.total("present").lowest + 7_000


@pytest.mark.parametrize(
    ("receipts", "field", "said"),
    [
        ({"suport": 1}, "suport", "'support'"),
        ({"alm": 1}, "alm", "'alms'"),
        ({"total_present": 1}, "total_present", "unknown field"),
        ({"support": -1}, "support", "-1 is not whole won"),
        ({"support": 0.5}, "support", "0.5 is not whole won"),
        ({"support": "5"}, "support", "'5' is not whole won"),
        ({"support": True}, "support", "True is not whole won"),
        ({"support": 100_000_000_001}, "support", "not whole won"),
        ({"medical_card": 1}, "medical_card", "1 is not a flag"),
        ({"medical_card": "yes"}, "medical_card", "'yes' is not a flag"),
    ],
    ids=str,
)
def test_a_receipt_that_makes_no_sense_is_refused_in_one_line(
    receipts: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read(alone(receipts=receipts))
    assert caught.value.field == f"household.receipts.{field}"
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_receipts_that_are_no_mapping_are_refused() -> None:
    with pytest.raises(BadInput) as caught:
        read(alone(receipts=["support"]))
    assert caught.value.field == "household.receipts"


def test_a_pension_that_a_person_is_said_to_receive_is_received() -> None:
    """Of 2024, 267,840 won each: 334,810 less 20 %, cut to ten won (기초연금법 §8①)."""
    law = law_on("2024-07")
    spouses = [
        {"birth_date": datetime.date(1948, 1, 1), "earnings": 0, "spouse": 1},
        {"birth_date": datetime.date(1950, 1, 1), "earnings": 0, "spouse": 0},
    ]
    household = {
        "region": law.enumerations["Region"].from_word("busan"),
        "tenure": law.enumerations["Tenure"].from_word("free_use"),
        "general_property": 0,
        "financial_property": 0,
    }

    def claimed(*received: int) -> tuple[Any, Any] | None:
        persons = [
            told | {"basic_pension_received": amount}
            for told, amount in zip(spouses, received, strict=True)
        ]
        facts = HouseholdFacts("couple", household, persons, receipts={})
        return claims(assess(law, [facts])[0]).get("basic_pension")

    assert claimed(267_840, 267_840) is None
    assert claimed(267_840, 0) == (535_680, 267_840)
