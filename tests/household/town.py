"""The law of an invented town, small enough to be worked on the fingers, in the words that the room looks for.

Its cliffs, gaps and open readings stand at known places, whatever becomes of the shipped law.
"""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from donghaeng.household import Answer, assess
from donghaeng.household.reading import read_household
from donghaeng.rules import Book, HouseholdFacts, Law
from tests.rules.laws import IMPORTS

RULES = """\
class Place(Enumeration):
    RIVER = "river", "강변", "River side"
    HILL = "hill", "언덕", "Hill side"

class Reading(Enumeration):
    NARROW = "narrow", "좁게", "Narrow"
    WIDE = "wide", "넓게", "Wide"

class Rest(Enumeration):
    DROPPED = "dropped", "버림", "Dropped"
    KEPT = "kept", "둠", "Kept"

place = fact(HOUSEHOLD, Place, label=("동네", "Part of town"))
rent = fact(HOUSEHOLD, Money, period=MONTH, field="housing.rent", label=("월세", "Rent"),
            question=("월세가 얼마인가요?", "How much is the rent?"))
savings = fact(HOUSEHOLD, Money, default=0, field="assets.savings", label=("저축", "Savings"))
alms = fact(HOUSEHOLD, Money, period=MONTH, default=0, field="receipts.alms", label=("구호금", "Alms"))
birth_date = fact(PERSON, Day, label=("생년월일", "Date of birth"))
earnings = fact(PERSON, Money, period=MONTH, range=(0, 100_000_000), label=("근로소득", "Earnings"),
                question=("한 달에 얼마를 버나요?", "How much is earned in a month?"))
spouse = relation(label=("배우자", "Spouse"), symmetric=True)
first_parent = relation(label=("부모", "Parent"), field="parents[0]")
second_parent = relation(label=("부모(두 번째)", "Second parent"), field="parents[1]")

income = sum_over(HOUSEHOLD, "earnings", label=("가구 소득", "Income"))
children = count_over(HOUSEHOLD, "child", label=("자녀 수", "Children"))
children_of_one = count_over(children_by("first_parent"), "child", label=("자녀", "Children of one"))
pensions = sum_over(HOUSEHOLD, "pension", label=("연금 합계", "Pensions together"))
dues = sum_over(HOUSEHOLD, "contribution", label=("보험료 합계", "Contributions together"))
grants = sum_over(HOUSEHOLD, "parent_grant", label=("부모수당 합계", "Parents' grants together"))

@rule(entity=PERSON, label=("나이", "Age"), citation="조례 §1")
def age(birth_date: Day, assessment_day: Day) -> Count:
    return age_in_years(birth_date, assessment_day)

@rule(entity=PERSON, label=("자녀", "Child"), citation="조례 §1")
def child(age: Count) -> bool:
    return age < 8

@rule(entity=PERSON, period=MONTH, role=Role.BENEFIT, label=("노령연금", "Pension"), citation="조례 §2")
def pension(age: Count, pension_age: Count, pension_amount: Money) -> Money:
    return pension_amount if age >= pension_age else 0

@rule(entity=PERSON, period=MONTH, role=Role.BENEFIT, label=("부모수당", "Parents' grant"), citation="조례 §3")
def parent_grant(children_of_one: Count, grant_amount: Money) -> Money:
    return grant_amount * children_of_one

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.LINE, label=("생계선", "Line"), citation="조례 §4")
def line(line_amount: Money) -> Money:
    return line_amount

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.BENEFIT, label=("생계지원", "Support"), citation="조례 §4")
def support(line: Money, income: Money) -> Money:
    return max(line - income, 0)

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.BENEFIT, rounding=Rounding.DOWN,
      label=("월세지원", "Rent help"), citation="조례 §5")
def rent_help(rent: Money, place: Place, rent_ceiling: Table, rent_reading: Reading) -> Money:
    ceiling = rent_ceiling[place]
    if rent_reading == Reading.NARROW:
        return min(rent, ceiling) / 2
    return min(rent, ceiling)

@rule(entity=HOUSEHOLD, period=YEAR, role=Role.BENEFIT, rounding=Rounding.DOWN,
      label=("겨울지원", "Winter grant"), citation="조례 §6")
def winter_grant_year(savings: Money, winter_amount: Money, winter_rest: Rest) -> Money:
    if savings > 0:
        return 0
    return winter_amount if winter_rest == Rest.KEPT else round_down(winter_amount, to=1_000)

@rule(entity=HOUSEHOLD, role=Role.BENEFIT, label=("진료카드", "Medical card"), citation="조례 §7")
def medical_card(income: Money, card_limit: Money) -> bool:
    return income <= card_limit

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.BENEFIT, label=("새 실험", "Trial"), citation="조례 §8")
def trial(trial_amount: Money) -> Money:
    return trial_amount

@rule(entity=PERSON, period=MONTH, role=Role.CONTRIBUTION, rounding=Rounding.DOWN_10,
      label=("보험료", "Contribution"), citation="조례 §9")
def contribution(earnings: Money, contribution_share: Rate) -> Money:
    return earnings * contribution_share

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.BENEFIT, label=("신설수당", "New grant"), citation="조례 §10",
      valid_from="2025-06-01")
def new_grant(new_amount: Money) -> Money:
    return new_amount

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.BENEFIT, label=("옛수당", "Old grant"), citation="조례 §11",
      valid_until="2025-07-31")
def old_grant(new_amount: Money) -> Money:
    return new_amount

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.TOTAL, label=("합계", "Total"), citation="합계")
def total_present(support: Money, rent_help: Money, pensions: Money, grants: Money, alms: Money) -> Money:
    return support + rent_help + pensions + grants + alms

@rule(entity=HOUSEHOLD, period=MONTH, role=Role.TOTAL, label=("처분가능소득", "Disposable"), citation="합계")
def total_disposable(total_present: Money, income: Money, dues: Money) -> Money:
    return income + total_present - dues
"""

MONEY = "unit: money, period: month"
NUMBERS = f"""\
pension_age: {{label: {{ko: 연금 나이, en: Pension age}}, unit: count, citation: 조례 §2, values: {{
  2024-01-01: {{value: 65, status: official, source: 고시}}}}}}
pension_amount: {{label: {{ko: 연금액, en: Amount of the pension}}, {MONEY}, citation: 조례 §2, values: {{
  2024-01-01: {{value: 300_000, status: official, source: 고시}}}}}}
grant_amount: {{label: {{ko: 부모수당액, en: Amount of the grant}}, {MONEY}, citation: 조례 §3, values: {{
  2024-01-01: {{value: 100_000, status: official, source: 고시}}}}}}
line_amount: {{label: {{ko: 생계선 금액, en: Amount of the line}}, {MONEY}, citation: 조례 §4, values: {{
  2024-01-01: {{value: 700_000, status: official, source: 고시}},
  2025-01-01: {{value: 760_000, status: press, source: 신문}}}}}}
rent_ceiling: {{label: {{ko: 월세 상한, en: Ceiling}}, {MONEY}, citation: 조례 §5, keys: {{place: [river, hill]}},
  values: {{2024-01-01: {{value: {{river: 300_000, hill: gap}}, status: official, source: 고시}}}}}}
rent_reading: {{label: {{ko: 월세 해석, en: How the rent is read}}, unit: choice, citation: 조례 §5, values: {{
  2024-01-01: {{regimes: [narrow, wide], status: unverified, source: 조례}}}}}}
winter_amount: {{label: {{ko: 겨울지원액, en: Winter amount}}, unit: money, period: year, citation: 조례 §6,
  values: {{2024-01-01: {{value: 150_500, status: official, source: 고시}}}}}}
winter_rest: {{label: {{ko: 끝수, en: The rest}}, unit: choice, citation: 조례 §6, values: {{
  2024-01-01: {{regimes: [dropped, kept], status: unverified, source: 조례}}}}}}
card_limit: {{label: {{ko: 카드 기준, en: Limit of the card}}, {MONEY}, citation: 조례 §7, values: {{
  2024-01-01: {{value: 900_000, status: official, source: 고시}}}}}}
trial_amount: {{label: {{ko: 실험 금액, en: Amount of the trial}}, {MONEY}, citation: 조례 §8, values: {{
  2024-01-01: {{value: 55_000, status: official, source: 고시}}}}}}
contribution_share: {{label: {{ko: 보험료율, en: Share}}, unit: rate, citation: 조례 §9, values: {{
  2024-01-01: {{value: 5%, status: official, source: 고시}}}}}}
new_amount: {{label: {{ko: 신설수당액, en: Amount of the new grant}}, {MONEY}, citation: 조례 §10, values: {{
  2024-01-01: {{value: 20_000, status: official, source: 고시}}}}}}
"""
CHAPTER = """\
label: {ko: 강마을 조례, en: Ordinances of a town}
first_day: 2024-01-01
last_day: 2026-12-31
not_covered: [{ko: 장례비, en: Funeral grant}, {ko: "<i>땔감</i>", en: "<i>Firewood</i>"}]
"""
FILES = {"town/law.py": IMPORTS + RULES, "town/numbers.yaml": NUMBERS, "town/law.yaml": CHAPTER}
ALONE: dict[str, Any] = {
    "id": "hh",
    "place": "river",
    "housing": {"rent": 200_000},
    "persons": [{"id": "ann", "birth_date": "1980-03-10", "earnings": 500_000}],
}


@cache
def town() -> Book:
    """The law of the town through its years."""
    return Book(FILES)


def town_on(day: Any = "2024-07-01") -> Law:
    """The law of the town on a day."""
    return town().on(day)


def saved_town(folder: Path) -> Path:
    """The law of the town as a folder that ``--law`` opens."""
    for path, text in FILES.items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "town"


def alone(**changes: Any) -> dict[str, Any]:
    """Ann, who earns 500,000 won and pays 200,000 of rent; ``changes`` replace whole fields."""
    return copy.deepcopy(ALONE) | copy.deepcopy(changes)


def read(household: dict[str, Any], law: Law | None = None) -> HouseholdFacts:
    """A household of the town as the program reads it."""
    return read_household(law or town_on(), copy.deepcopy(household), "town.yaml", "household")


def answered(household: dict[str, Any], *regimes: str, law: Law | None = None) -> Answer:
    """The answer for one household of the town."""
    law = law or town_on()
    (answer,) = assess(law, [read(household, law)], regimes=regimes)
    return answer
