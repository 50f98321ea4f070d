"""Notches: each lies at the exact won at which one won more makes disposable income jump."""

from __future__ import annotations

from typing import Any

import pytest

from donghaeng.household import read_households
from donghaeng.household.curve import Curve, curve
from donghaeng.household.notches import LEAST_JUMP, Notch
from donghaeng.laws import law_on
from donghaeng.rules import Book, HouseholdFacts, Law
from tests.rules.laws import IMPORTS, parameter

from .files import hh1, saved
from .town import alone, read, town_on

MILLION = 1_000_000
FACTS = """\
earnings = fact(PERSON, Money, period=MONTH, range=(0, 100_000_000), label=("근로소득", "Earnings"))
income = sum_over(HOUSEHOLD, "earnings", label=("소득", "Income"))
"""
TOTAL = """
@rule(entity=HOUSEHOLD, period=MONTH, role=Role.TOTAL, label=("합계", "Total"), citation="Act")
def total_{name}(income: Money, {arguments}) -> Money:
    return income + {added}
"""


def benefit(name: str, body: str, takes: str = "") -> str:
    """A monthly benefit that takes the income and the limits of the body."""
    return (
        f"\n@rule(entity=HOUSEHOLD, period=MONTH, role=Role.BENEFIT, rounding=Rounding.DOWN,"
        f' label=("{name}", "{name}"), citation="Act §{name}")\n'
        f"def {name}(income: Money{takes}) -> Money:\n    return {body}\n"
    )


def law_of(rules: str, numbers: dict[str, int], total: tuple[str, ...], more: str = "") -> Law:
    """A law whose disposable income is the income and the benefits of ``total``."""
    added = TOTAL.format(
        name="disposable",
        arguments=", ".join(f"{name}: Money" for name in total),
        added=" + ".join(total),
    )
    text = "".join(parameter(name, "money/month", value) for name, value in numbers.items())
    return Book(
        {"town/law.py": IMPORTS + FACTS + rules + added, "town/numbers.yaml": text + more}
    ).on("2024-07-01")


def cliffs(*, steps: dict[str, tuple[int, int]]) -> Law:
    """Each benefit of ``steps`` pays its amount (or takes it, below 0) up to its limit."""
    rules, numbers = "", {}
    for name, (limit, amount) in steps.items():
        numbers |= {f"{name}_limit": limit, f"{name}_amount": abs(amount)}
        paid = f"{name}_amount if income {'<=' if amount > 0 else '>'} {name}_limit else 0"
        rules += benefit(name, paid, f", {name}_limit: Money, {name}_amount: Money")
    return law_of(rules, numbers, tuple(steps))


def followed(law: Law, stop: int = 2 * MILLION, step: int = 100_000, **asked: Any) -> Curve:
    return curve(law, HouseholdFacts("hh", {}, [{}]), stop=stop, step=step, **asked)


def told(notches: tuple[Notch, ...]) -> list[tuple[int, int, dict[str, int]]]:
    """The last won before it, the change, and the change of each cause."""
    return [
        (each.earnings, each.change, {cause.name: cause.change for cause in each.causes})
        for each in notches
    ]


@pytest.mark.parametrize("limit", [1, 99_999, 100_000, 100_001, 1_234_567, 1_999_999])
def test_a_cliff_lies_at_the_last_won_that_is_paid_for(limit: int) -> None:
    found = followed(cliffs(steps={"grant": (limit, 50_000)}))
    # One won more is earned, 50,000 are lost.
    assert told(found.notches) == [(limit, -49_999, {"grant": -50_000})]
    (notch,) = found.notches
    assert (notch.system, notch.regimes) == ("present", ())
    assert (notch.causes[0].citation, notch.causes[0].label) == ("Act §grant", ("grant", "grant"))


def test_a_benefit_that_begins_is_a_notch_upwards() -> None:
    found = followed(cliffs(steps={"bonus": (700_000, -40_000)}))
    assert told(found.notches) == [(700_000, 40_001, {"bonus": 40_000})]


@pytest.mark.parametrize("second", [1_234_568, 1_240_000, 1_299_999])
def test_two_cliffs_in_one_step_are_two_notches(second: int) -> None:
    law = cliffs(steps={"first": (1_234_567, 50_000), "second": (second, 30_000)})
    assert told(followed(law).notches) == [
        (1_234_567, -49_999, {"first": -50_000}),
        (second, -29_999, {"second": -30_000}),
    ]


def test_two_cliffs_in_one_step_that_cancel_out_are_seen() -> None:
    law = cliffs(steps={"ends": (1_210_000, 50_000), "begins": (1_290_000, -50_000)})
    assert told(followed(law).notches) == [
        (1_210_000, -49_999, {"ends": -50_000}),
        (1_290_000, 50_001, {"begins": 50_000}),
    ]


def test_two_benefits_that_end_at_one_won_are_one_notch_with_two_causes() -> None:
    law = cliffs(steps={"a": (800_000, 50_000), "b": (800_000, 20_000)})
    assert told(followed(law).notches) == [(800_000, -69_999, {"a": -50_000, "b": -20_000})]


def test_a_kink_without_a_jump_is_no_notch() -> None:
    # Falls won for won up to 712,345, then nothing; half of what lies above 1,250,003 comes back.
    rules = benefit("support", "max(line - income, 0)", ", line: Money")
    rules += benefit("half", "max(income - other, 0) / 2", ", other: Money")
    law = law_of(rules, {"line": 712_345, "other": 1_250_003}, ("support", "half"))
    assert followed(law).notches == ()


def test_a_kink_and_a_cliff_in_one_step() -> None:
    rules = benefit("support", "max(line - income, 0)", ", line: Money")
    rules += benefit("grant", "amount if income <= limit else 0", ", limit: Money, amount: Money")
    numbers = {"line": 730_000, "limit": 770_000, "amount": 15_000}
    law = law_of(rules, numbers, ("support", "grant"))
    assert told(followed(law).notches) == [(770_000, -14_999, {"grant": -15_000})]


def test_a_step_of_rounding_is_no_notch() -> None:
    for amount, notches in ((LEAST_JUMP, 0), (LEAST_JUMP + 1, 1), (5_000, 1)):
        law = cliffs(steps={"grant": (654_321, amount)})
        assert len(followed(law).notches) == notches
    rules = benefit("support", "round_down(max(line - income, 0), to=1_000)", ", line: Money")
    law = law_of(rules, {"line": 300_000}, ("support",))
    assert followed(law, stop=400_000).notches == ()


def test_what_lies_outside_the_curve_is_not_told() -> None:
    law = cliffs(steps={"grant": (500_000, 50_000)})
    assert followed(law, start=500_001).notches == ()
    assert followed(law, stop=500_000).notches == ()
    assert len(followed(law, start=500_000, stop=500_001, step=1).notches) == 1


def test_a_coarse_step_finds_the_same_won_as_a_fine_one() -> None:
    law = cliffs(steps={"a": (333_333, 50_000), "b": (1_111_111, 30_000)})
    fine, coarse = followed(law, step=10_000), followed(law, step=MILLION)
    assert fine.notches == coarse.notches


def test_an_entitlement_other_than_money_ends_at_its_won_without_a_change_of_money() -> None:
    found = curve(town_on(), read(alone()), stop=MILLION, regimes=["wide"])
    # 진료카드 up to 900,000 won; the support falls won for won and the contribution by ten won.
    assert [
        (n.earnings, n.change, n.causes[0].name, n.causes[0].change) for n in found.notches
    ] == [(900_000, 0, "medical_card", -1)]


READING = """
class Reading(Enumeration):
    NARROW = "narrow", "좁게", "Narrow"
    WIDE = "wide", "넓게", "Wide"

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.BENEFIT, label=("실험", "Trial"), citation="Act §trial")
def trial(income: Money, reading: Reading, narrow_limit: Money, wide_limit: Money, amount: Money) -> Money:
    limit = narrow_limit if reading == Reading.NARROW else wide_limit
    return amount if income <= limit else 0
"""


def with_pilot(narrow: int, wide: int) -> Law:
    """A pilot of 60,000 won up to a limit that can be read in two ways; nothing else is paid."""
    choice = (
        "reading: {label: {ko: 해석, en: Reading}, unit: choice, citation: Act, values: {2020-01-01: "
        "{regimes: [narrow, wide], status: unverified, source: gazette}}}\n"
    )
    pilot = TOTAL.format(
        name="disposable_with_safety_income", arguments="trial: Money", added="trial"
    )
    rules = READING + benefit("nothing", "0") + pilot
    numbers = {"narrow_limit": narrow, "wide_limit": wide, "amount": 60_000}
    return law_of(rules, numbers, ("nothing",), choice)


def test_a_notch_of_the_pilot_names_the_reading_under_which_it_lies_there() -> None:
    found = followed(with_pilot(1_010_000, 1_090_000)).notches
    assert [(each.earnings, each.system, each.change, each.regimes) for each in found] == [
        (1_010_000, "pilot", -59_999, ("narrow",)),
        (1_090_000, "pilot", -59_999, ("wide",)),
    ]
    assert [[(c.name, c.change) for c in each.causes] for each in found] == [
        [("trial", -60_000)],
        [("trial", -60_000)],
    ]


def test_a_notch_under_all_readings_is_told_once_and_names_none() -> None:
    (notch,) = followed(with_pilot(1_050_000, 1_050_000)).notches
    assert (notch.earnings, notch.system, notch.regimes) == (1_050_000, "pilot", ())


# The shipped law.


@pytest.fixture(scope="module")
def renting(tmp_path_factory: pytest.TempPathFactory) -> tuple[Law, HouseholdFacts]:
    law = law_on("2026-07")
    household = hh1(programmes=[], supporters={"exist": False})
    (read_one,) = read_households(law, saved(tmp_path_factory.mktemp("notches"), household))
    return law, read_one


def test_every_notch_of_the_shipped_law_lies_at_its_won(
    renting: tuple[Law, HouseholdFacts],
) -> None:
    law, household = renting
    found = curve(law, household, stop=3 * MILLION, step=250_000).notches
    assert found
    for notch in found:
        below, at = curve(
            law, household, start=notch.earnings, stop=notch.earnings + 1, step=1
        ).points
        if notch.system == "present" and notch.change:
            assert at.present - below.present == notch.change
            assert abs(notch.change - 1) > LEAST_JUMP
            for cause in notch.causes:
                if cause.name in at.benefits:
                    benefits = (each.benefits[cause.name].lowest for each in (below, at))
                    first, second = benefits
                    assert second - first == cause.change


def test_medical_aid_ends_at_the_won_of_its_line(renting: tuple[Law, HouseholdFacts]) -> None:
    # 40 % of 2,564,238 in 2026 is 1,025,695. A single person of 36: 70 % of earnings are counted, and
    # 15,000,000 won of property lie below the basic property of Seoul.
    law, household = renting
    (end,) = [
        notch
        for notch in curve(law, household, stop=2 * MILLION, step=500_000).notches
        if [cause.name for cause in notch.causes] == ["medical_aid"]
    ]
    for earned, holds in ((end.earnings, True), (end.earnings + 1, False)):
        facts = HouseholdFacts(
            "hh", household.household, [{**household.persons[0], "earnings": earned}], ["p1"]
        )
        values = law.evaluate(facts, ["medical_aid", "recognised_income", "medical_line"])
        assert values["medical_aid"] is holds
        assert (values["recognised_income"] <= values["medical_line"]) is holds
