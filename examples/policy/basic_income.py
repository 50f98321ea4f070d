"""A basic income: the same amount for every person of the household, whatever else it has."""

from donghaeng.rules import HOUSEHOLD, MONTH, Count, Money, Role, rule


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("기본소득", "Basic income"),
    citation="정책 대안(법령 아님)",
)
def basic_income(listed_persons: Count, basic_income_amount: Money) -> Money:
    """The amount for each person."""
    return listed_persons * basic_income_amount


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.TOTAL,
    label=("처분가능소득(기본소득이 있을 때)", "Disposable income with a basic income"),
    citation="정책 대안(법령 아님)",
)
def total_disposable_with_safety_income(
    household_cash_income: Money,
    total_with_safety_income: Money,
    household_contributions: Money,
    basic_income: Money,
) -> Money:
    """The same as before, and the basic income on top of it."""
    return household_cash_income + total_with_safety_income - household_contributions + basic_income
