"""A law of another country on the same engine: family payments of Ireland, worked by hand.

All amounts are in cent. The comment beside each case is the sum as one does it on paper.
"""

import datetime

import pytest

from donghaeng.kernel import Batch, Kernel
from donghaeng.rules import Book, HouseholdFacts, LawFault, is_missing
from donghaeng.rules.terms import Status

from .laws import ireland, ireland_on


def person(day, born, *, education="none", **more):
    education = {member.word: member for member in ireland_on(day).enumerations["Education"]}[
        education
    ]
    return {"birth_date": datetime.date.fromisoformat(born), "education": education, **more}


def family(day, *, adults, children):
    """One or two adults (income, hours a fortnight) with children that the first claims for."""
    persons = [
        person(day, "1985-03-02", weekly_income=income, hours_a_fortnight=hours)
        for income, hours in adults
    ]
    if len(persons) == 2:
        persons[0]["partner"], persons[1]["partner"] = 1, 0
    for child in children:
        persons.append({"weekly_income": 0, "claimant": 0, **child})
    return HouseholdFacts("family", {}, persons)


def answer(day, household, *names):
    """Values in explained evaluation, after both compiled forms have given the same."""
    law = ireland_on(day)
    values = law.evaluate(household, names)
    for form in ("numpy", "numba"):
        outputs = Kernel(law, tuple(law.rules) + tuple(law.aggregations), form).run(
            Batch.from_households(law, [household])
        )
        for name, value in values.items():
            column, known = outputs.column(name)
            listed = value if isinstance(value, list) else [value]
            assert known.tolist() == [not is_missing(each) for each in listed]
            assert column.tolist() == [0 if is_missing(each) else int(each) for each in listed]
    return values if len(names) > 1 else values[names[0]]


@pytest.mark.parametrize(
    ("day", "born", "education", "amount"),
    [
        ("2024-03-01", "2008-03-02", "none", 14_000),  # 16 tomorrow
        ("2024-03-01", "2008-03-01", "none", 0),  # 16 today
        ("2024-03-01", "2008-03-01", "full_time", 14_000),
        ("2024-03-01", "2008-03-01", "part_time", 0),
        ("2024-04-30", "2006-05-01", "full_time", 14_000),  # 18 tomorrow
        ("2024-04-30", "2006-04-30", "full_time", 0),  # 18: the limit is still 18
        ("2024-05-01", "2006-04-30", "full_time", 14_000),  # 18: the limit is 19 from today
        ("2024-05-01", "2005-05-02", "full_time", 14_000),  # 19 tomorrow
        ("2024-05-01", "2005-05-01", "full_time", 0),  # 19 today
        ("2024-05-01", "2024-05-02", "none", 0),  # not born yet
    ],
)
def test_a_child_is_paid_for_up_to_the_age_limit(day, born, education, amount):
    household = family(day, adults=[(0, 0)], children=[person(day, born, education=education)])
    assert answer(day, household, "household_child_benefit") == amount


def test_children_born_together():
    day = "2024-07-01"
    twins = [person(day, "2020-01-01", born_together=2) for _ in range(2)]
    triplets = [person(day, "2018-01-01", born_together=3) for _ in range(3)]
    quadruplet = person(day, "2016-01-01", born_together=4)
    household = family(day, adults=[(0, 0)], children=[*twins, *triplets, quadruplet])
    values = answer(day, household, "benefit_for_child", "child_benefit", "household_child_benefit")
    # 2 × 210 + 3 × 280 + 280 = 1,540 euro
    assert values["benefit_for_child"] == [0, 21_000, 21_000, 28_000, 28_000, 28_000, 28_000]
    assert values["child_benefit"] == [154_000, 0, 0, 0, 0, 0, 0]
    assert values["household_child_benefit"] == 154_000


def test_a_child_that_nobody_claims_for_brings_nothing():
    day = "2024-07-01"
    household = HouseholdFacts("h", {}, [person(day, "2020-01-01", weekly_income=0)])
    assert answer(day, household, "household_child_benefit") == 0


SMALL = "2015-06-01"


@pytest.mark.parametrize(
    ("day", "adults", "children", "weekly"),
    [
        # 2022, one child: (551 − 400) × 60 % = 90.60 → 91 euro
        ("2022-07-01", [(40_000, 38)], 1, 9_100),
        # 2023, three children: (793 − 550) × 60 % = 145.80 → 146 euro
        ("2023-07-01", [(55_000, 40)], 3, 14_600),
        # 37 hours are too few; 20 + 18 of a couple are enough: (692 − 300 − 100) × 60 % = 175.20
        ("2023-07-01", [(40_000, 37)], 2, 0),
        ("2023-07-01", [(30_000, 20), (10_000, 18)], 2, 17_600),
        # (591 − 590.99) × 60 % = 0.006 → 1 euro, but 20 euro at least; at the limit nothing
        ("2023-07-01", [(59_099, 38)], 1, 2_000),
        ("2023-07-01", [(59_100, 38)], 1, 0),
        # (591 − 541) × 60 % = 30 euro exactly: nothing to round up
        ("2023-07-01", [(54_100, 38)], 1, 3_000),
        # a cent less: 30.006 → 31 euro
        ("2023-07-01", [(54_099, 38)], 1, 3_100),
        # the limit of eight holds for nine: (1358 − 358) × 60 % = 600 euro
        ("2023-07-01", [(35_800, 38)], 9, 60_000),
        # no child, no payment
        ("2023-07-01", [(0, 80)], 0, 0),
    ],
)
def test_working_family_payment_of_a_week(day, adults, children, weekly):
    household = family(day, adults=adults, children=[person(day, SMALL)] * children)
    assert answer(day, household, "household_weekly_payment") == weekly
    assert answer(day, household, "weekly_payment")[0] == weekly


def test_a_month_is_a_twelfth_of_52_weeks():
    day = "2022-07-01"
    household = family(day, adults=[(40_000, 38)], children=[person(day, SMALL)])
    values = answer(day, household, "working_family_payment", "family_payments")
    # 91 × 52 / 12 = 394.333… → 394.33 euro; with 140 euro for the child 534.33
    assert values == {"working_family_payment": 39_433, "family_payments": 53_433}


def test_the_limits_of_2025_are_a_declared_gap():
    law = ireland_on("2025-07-01")
    household = family("2025-07-01", adults=[(40_000, 38)], children=[person("2025-07-01", SMALL)])
    values = answer("2025-07-01", household, "household_child_benefit", "working_family_payment")
    assert values["household_child_benefit"] == 14_000
    assert values["working_family_payment"].blockers == {"parameter:family_income_limit[1]"}
    # without enough hours the limit is not asked for
    idle = family("2025-07-01", adults=[(40_000, 0)], children=[person("2025-07-01", SMALL)])
    assert law.evaluate(idle, ["working_family_payment"])["working_family_payment"] == 0


def test_no_figure_claims_more_than_was_read():
    statuses = {
        dated.status
        for parameter in ireland().declared.parameters.values()
        for dated in parameter.values
    }
    assert Status.OFFICIAL not in statuses
    assert all(dated.source for p in ireland().declared.parameters.values() for dated in p.values)


def test_weeks_and_months_are_never_added():
    """The engine refuses what the scheme would never add: an amount of a week and one of a month."""
    wrong = """
from donghaeng.rules import HOUSEHOLD, MONTH, Money, rule


@rule(entity=HOUSEHOLD, period=MONTH, label=("합", "sum"), citation="none")
def wrong(household_child_benefit: Money, household_weekly_payment: Money) -> Money:
    return household_child_benefit + household_weekly_payment
"""
    with pytest.raises(LawFault, match=r"money a month \+ money"):
        Book({**ireland().sources, "ireland/wrong.py": wrong}).on("2024-07-01")
