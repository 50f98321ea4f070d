"""실제소득 and 소득평가액 (국민기초생활 보장법 §6의3①; 시행령 §5, §5의2).

Not income, and so nowhere below (시행령 §5②): what is not paid regularly, such as severance pay, 근로장려금
and 자녀장려금; childcare and school money; what a municipality pays beyond the act (법 §43⑤). What the office
itself found to be earned (시행령 §5③) is entered as earnings.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Day,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    age_in_years,
    fact,
    rule,
    sum_over,
)

from .household_unit import benefit_unit
from .terms import School

earnings = fact(
    PERSON,
    Money,
    period=MONTH,
    label=("근로소득", "Earnings from work"),
    question=("한 달에 일해서 버는 돈은 얼마인가요?", "How much do you earn from work in a month?"),
    citation="국민기초생활 보장법 시행령 §5①1",
)
business_income = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("사업소득", "Business income"),
    citation="국민기초생활 보장법 시행령 §5①2",
)
property_income = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("재산소득", "Income from property"),
    citation="국민기초생활 보장법 시행령 §5①3",
)
public_transfers = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("그 밖의 공적이전소득", "Public transfers other than the two pensions"),
    citation="국민기초생활 보장법 시행령 §5①4다",
)
excluded_transfers = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=(
        "공적이전소득 중 소득평가액에서 빼는 수당(1호–5호)",
        "Part of the public transfers that is not counted (items 1 to 5)",
    ),
    citation="국민기초생활 보장법 시행령 §5의2 1호–5호",
)
war_veterans_allowance = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("공적이전소득 중 참전명예수당", "Part of the public transfers: war veterans' allowance"),
    citation="국민기초생활 보장법 시행령 §5의2 6호",
)
private_transfers = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("산정되는 사적이전소득", "Regular support from others, as far as it counts"),
    citation="국민기초생활 보장법 시행령 §5①4가",
)
basic_pension_received = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("받고 있는 기초연금", "Basic pension received"),
    citation="국민기초생활 보장법 시행령 §5①4다",
)
medical_expenses = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("만성질환 등의 지속적 의료비", "Lasting medical expenses"),
    citation="국민기초생활 보장법 시행령 §5의2 7호",
)
rehabilitation_earnings = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=(
        "근로소득 중 장애인 직업재활사업 소득",
        "Part of the earnings: from vocational rehabilitation",
    ),
    citation="국민기초생활 보장법 시행령 §5의2 8호",
)
self_support_earnings = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=(
        "근로소득 중 자활기업·자활근로 소득",
        "Part of the earnings: from a self-support enterprise or self-support work",
    ),
    citation="국민기초생활 보장법 시행령 §5의2 9호",
)
disabled = fact(
    PERSON,
    bool,
    default=False,
    label=("등록장애인", "Registered disability"),
    citation="국민기초생활 보장법 시행령 §5의2 10호",
)
student = fact(
    PERSON,
    bool,
    default=False,
    label=("학생", "Student"),
    citation="국민기초생활 보장법 시행령 §5의2 10호",
)


@rule(
    entity=PERSON,
    label=("만 나이", "Age in full years"),
    citation="민법 §158",
)
def age(birth_date: Day, assessment_day: Day) -> Count:
    """Full years on the day that is asked about."""
    return max(age_in_years(birth_date, assessment_day), 0)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("근로·사업소득", "Income from work and business"),
    citation="국민기초생활 보장법 시행령 §5①1, §5①2",
)
def work_income(earnings: Money, business_income: Money) -> Money:
    """The two kinds of income from which the decree deducts."""
    return earnings + business_income


@rule(
    entity=PERSON,
    label=("학생 여부(10호)", "In education"),
    citation="국민기초생활 보장법 시행령 §5의2 10호",
)
def in_education(student: bool, school: School) -> bool:
    """학생: said so, or a school is named."""
    return student or school != School.NONE


@rule(
    entity=PERSON,
    period=MONTH,
    label=("직업재활사업 소득(8호)", "Income from vocational rehabilitation"),
    citation="국민기초생활 보장법 시행령 §5의2 8호",
)
def rehabilitation_income(
    work_income: Money, disabled: bool, rehabilitation_earnings: Money
) -> Money:
    """What a person with a disability has from 직업재활사업, as a part of the income from work."""
    if work_income == 0 or not disabled:
        return 0
    return min(rehabilitation_earnings, work_income)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("근로·사업소득 정액 공제", "Flat deduction from income from work"),
    citation="국민기초생활 보장법 시행령 §5의2 12호",
    history="the amounts are set by the ministry's yearly guide (사업안내)",
)
def flat_earnings_deduction(
    work_income: Money,
    rehabilitation_income: Money,
    age: Count,
    disabled: bool,
    youth_deduction_age_limit: Count,
    youth_flat_deduction: Money,
    disabled_flat_deduction: Money,
    elderly_deduction_age: Count,
    elderly_flat_deduction: Money,
) -> Money:
    """The largest of the flat amounts that the person's situation gives, before the 30 %."""
    if work_income == rehabilitation_income:
        return 0
    if not disabled and age < 18:
        return 0
    youth = youth_flat_deduction if 18 <= age <= youth_deduction_age_limit else 0
    disability = disabled_flat_deduction if disabled else 0
    elderly = elderly_flat_deduction if age >= elderly_deduction_age else 0
    return min(work_income - rehabilitation_income, max(youth, disability, elderly))


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    role=Role.INCOME,
    label=("근로·사업소득 평가액", "Income from work after deduction"),
    citation="국민기초생활 보장법 시행령 §5의2 8호–11호",
    history=(
        "9호: 30 % since 2019-10-24; 11호: up to 10 % until 2019, up to 30 % since 2020-01-01 "
        "(대통령령 30258)"
    ),
)
def assessed_work_income(
    work_income: Money,
    rehabilitation_income: Money,
    self_support_earnings: Money,
    flat_earnings_deduction: Money,
    age: Count,
    disabled: bool,
    in_education: bool,
    rehabilitation_deduction: Rate,
    self_support_deduction: Rate,
    special_earnings_deduction: Rate,
    general_earnings_deduction: Rate,
) -> Money:
    """8호, then 10호 (students, the disabled, the old, those of 18–24) or 9호 and 11호 (all others)."""
    if work_income == 0:
        return 0
    rehabilitation = rehabilitation_income * (1 - rehabilitation_deduction)
    rest = work_income - rehabilitation_income - flat_earnings_deduction
    if age >= 65 or 18 <= age <= 24 or disabled or in_education:
        return rehabilitation + rest * (1 - special_earnings_deduction)
    if self_support_deduction == general_earnings_deduction:
        return rest * (1 - general_earnings_deduction)
    self_support = min(self_support_earnings, rest)
    other = rest - self_support
    return self_support * (1 - self_support_deduction) + other * (1 - general_earnings_deduction)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("산정되는 공적이전소득", "Public transfers that count"),
    citation="국민기초생활 보장법 시행령 §5①4다, §5의2 1호–6호",
    history="6호: up to 20 % of the median income of one person",
)
def counted_public_transfers(
    public_transfers: Money,
    excluded_transfers: Money,
    war_veterans_allowance: Money,
    median_income_table: Table,
    war_veterans_share: Rate,
) -> Money:
    """Public transfers without the allowances of 1호 to 5호, and 참전명예수당 above its limit."""
    if public_transfers == 0:
        return 0
    honour = min(war_veterans_allowance, median_income_table[1] * war_veterans_share)
    return max(public_transfers - excluded_transfers - honour, 0)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("그 밖의 실제소득(기초연금 제외)", "Other income, without the basic pension"),
    citation="국민기초생활 보장법 시행령 §5①3, §5①4",
)
def other_income(
    property_income: Money,
    national_pension_received: Money,
    counted_public_transfers: Money,
    private_transfers: Money,
) -> Money:
    """재산소득 and 이전소득 as far as they count."""
    transfers = national_pension_received + counted_public_transfers + private_transfers
    return property_income + transfers


unit_work_income = sum_over(
    benefit_unit, "work_income", label=("가구 근로·사업소득", "Household income from work")
)
unit_assessed_work_income = sum_over(
    benefit_unit,
    "assessed_work_income",
    label=("가구 근로·사업소득 평가액", "Household income from work after deduction"),
)
unit_other_income = sum_over(
    benefit_unit, "other_income", label=("가구의 그 밖의 소득", "Other income of the household")
)
unit_basic_pension = sum_over(
    benefit_unit,
    "counted_basic_pension",
    label=("가구의 기초연금", "Basic pension of the household"),
)
unit_medical_expenses = sum_over(
    benefit_unit,
    "medical_expenses",
    label=("가구의 지속적 의료비", "Lasting medical expenses of the household"),
)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.INCOME,
    label=("소득평가액", "Assessed income"),
    citation="국민기초생활 보장법 §6의3①, 시행령 §5의2",
)
def assessed_income(
    unit_assessed_work_income: Money,
    unit_other_income: Money,
    unit_basic_pension: Money,
    unit_medical_expenses: Money,
) -> Money:
    """실제소득 less the deductions of the decree; never below 0."""
    income = unit_assessed_work_income + unit_other_income + unit_basic_pension
    return max(income - unit_medical_expenses, 0)
