"""Facts and sums of the benchmark law. Illustrative: it is the law of no country."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Money,
    count_over,
    fact,
    sum_over,
    unit,
)

age = fact(PERSON, Count, label=("나이", "Age"), range=(0, 120))
wage = fact(PERSON, Money, period=MONTH, label=("근로소득", "Wage"), range=(0, 1_000_000_000))
other_income = fact(
    PERSON, Money, period=MONTH, label=("그 밖의 소득", "Other income"), range=(0, 1_000_000_000)
)
general_assets = fact(
    HOUSEHOLD, Money, label=("일반재산", "General assets"), range=(0, 100_000_000_000)
)
financial_assets = fact(
    HOUSEHOLD, Money, label=("금융재산", "Financial assets"), range=(0, 100_000_000_000)
)

children_unit = unit(member="child")
household_size = count_over(HOUSEHOLD, label=("가구원 수", "Household size"))
children = count_over(children_unit, label=("아동 수", "Children"))
household_income = sum_over(HOUSEHOLD, "income", label=("가구 소득", "Household income"))
household_insurance = sum_over(
    HOUSEHOLD, "insurance", label=("가구 사회보험료", "Household insurance")
)
household_tax = sum_over(HOUSEHOLD, "tax", label=("가구 소득세", "Household tax"))
