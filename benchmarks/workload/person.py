"""What each person pays: four insurances and an income tax."""

from donghaeng.rules import (
    MONTH,
    PERSON,
    Count,
    Money,
    Rate,
    Rounding,
    Schedule,
    by_brackets,
    rule,
)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("연금보험료", "Pension contribution"),
    citation="benchmark",
)
def pension(wage: Money, pension_floor: Money, pension_ceiling: Money, pension_rate: Rate) -> Money:
    if wage == 0:
        return 0
    return min(max(wage, pension_floor), pension_ceiling) * pension_rate


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("건강보험료", "Health contribution"),
    citation="benchmark",
)
def health(wage: Money, health_ceiling: Money, health_rate: Rate) -> Money:
    return min(wage, health_ceiling) * health_rate


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("장기요양보험료", "Care contribution"),
    citation="benchmark",
)
def care(health: Money, care_rate: Rate) -> Money:
    return health * care_rate


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("고용보험료", "Employment contribution"),
    citation="benchmark",
)
def employment(wage: Money, employment_rate: Rate) -> Money:
    return wage * employment_rate


@rule(entity=PERSON, period=MONTH, label=("사회보험료", "Insurance"), citation="benchmark")
def insurance(pension: Money, health: Money, care: Money, employment: Money) -> Money:
    return pension + health + care + employment


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("근로소득공제", "Wage deduction"),
    citation="benchmark",
)
def wage_deduction(wage: Money, wage_deduction_rates: Schedule) -> Money:
    return by_brackets(wage, wage_deduction_rates)


@rule(entity=PERSON, period=MONTH, label=("과세표준", "Taxable income"), citation="benchmark")
def taxable_income(
    wage: Money,
    other_income: Money,
    wage_deduction: Money,
    insurance: Money,
    personal_allowance: Money,
) -> Money:
    return max(wage - wage_deduction + other_income - insurance - personal_allowance, 0)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("소득세", "Income tax"),
    citation="benchmark",
)
def tax(taxable_income: Money, tax_rates: Schedule) -> Money:
    return by_brackets(taxable_income, tax_rates)


@rule(entity=PERSON, period=MONTH, label=("소득", "Income"), citation="benchmark")
def income(wage: Money, other_income: Money) -> Money:
    return wage + other_income


@rule(entity=PERSON, label=("아동", "Child"), citation="benchmark")
def child(age: Count, child_age_limit: Count) -> bool:
    return age < child_age_limit
