"""소득세 on wages: rates and tax credits (소득세법 §55, §59, §59의2, §59의4⑨; 국고금 관리법 §47).

The tax of a person whose only income is wages (연말정산). Taken off are what the statute gives by itself
and the contributions that are told; not taken off are what rests on receipts (보장성보험료, 의료비, 교육비,
기부금, 주택자금, 신용카드, 월세, 연금계좌) and the reliefs of the 조세특례제한법.
"""

from donghaeng.rules import (
    PERSON,
    YEAR,
    Count,
    Day,
    Money,
    Rate,
    Role,
    Rounding,
    Schedule,
    Table,
    by_brackets,
    children_by,
    count_over,
    of,
    rule,
)

from .household_unit import spouse


@rule(
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN,
    label=("근로소득세액공제 한도", "Limit of the tax credit for wages"),
    citation="소득세법 §59②",
    history="the fourth step, above 120 million won: tax years from 2023 (법률 19196 부칙 §15)",
)
def employment_credit_limit_year(
    gross_wages_year: Money,
    employment_credit_limit: Table,
    employment_credit_limit_from: Table,
    employment_credit_limit_slope: Table,
) -> Money:
    """740,000 won, falling in three steps with the wages to 660,000, 500,000 and 200,000."""
    if gross_wages_year <= employment_credit_limit_from[2]:
        return employment_credit_limit[1]
    if gross_wages_year <= employment_credit_limit_from[3]:
        above = gross_wages_year - employment_credit_limit_from[2]
        falling = employment_credit_limit[1] - above * employment_credit_limit_slope[2]
        return max(falling, employment_credit_limit[2])
    if gross_wages_year <= employment_credit_limit_from[4]:
        above = gross_wages_year - employment_credit_limit_from[3]
        falling = employment_credit_limit[2] - above * employment_credit_limit_slope[3]
        return max(falling, employment_credit_limit[3])
    above = gross_wages_year - employment_credit_limit_from[4]
    falling = employment_credit_limit[3] - above * employment_credit_limit_slope[4]
    return max(falling, employment_credit_limit[4])


@rule(
    name="is_credit_child",
    entity=PERSON,
    label=("자녀세액공제 대상", "Child for the child tax credit"),
    citation="소득세법 §59의2①, §53⑤",
    history="every child to 2018; a lower age since 2019 (법률 15225 부칙 §1), 8 since 2023 (19196)",
    valid_until="2025-12-31",
)
def is_credit_child_until_2025(
    is_dependant_child: bool, age_at_year_end: Count, child_credit_age: Count
) -> bool:
    """A dependent child who reaches the age within the year."""
    return is_dependant_child and age_at_year_end >= child_credit_age


@rule(
    name="is_credit_child",
    entity=PERSON,
    label=("자녀세액공제 대상", "Child for the child tax credit"),
    citation="소득세법 §59의2①, §53⑤; 법률 21548 부칙 §2",
    history="13, reached by steps from 9 in 2026; not for those born in 2017 (법률 21548 부칙 §2)",
    valid_from="2026-01-01",
)
def is_credit_child(
    is_dependant_child: bool,
    birth_date: Day,
    age_at_year_end: Count,
    child_credit_age: Count,
    child_credit_full_age: Count,
    child_credit_steps_not_from: Day,
    child_credit_steps_not_to: Day,
) -> bool:
    """Who was born in 2017 keeps the child allowance, and the steps do not hold."""
    if not is_dependant_child:
        return False
    if child_credit_steps_not_from <= birth_date <= child_credit_steps_not_to:
        return age_at_year_end >= child_credit_full_age
    return age_at_year_end >= child_credit_age


@rule(
    entity=PERSON,
    label=("올해 태어난 공제대상자녀", "Dependent child born this year"),
    citation="소득세법 §59의2③",
)
def is_born_this_year(is_dependant_child: bool, age_at_year_end: Count) -> bool:
    """Adoption of this year is not looked for."""
    return is_dependant_child and age_at_year_end == 0


@rule(
    entity=PERSON,
    label=("6세 이하의 공제대상자녀", "Dependent child of 6 or younger"),
    citation="소득세법 §59의2② (법률 15225 전)",
)
def is_young_child(is_dependant_child: bool, age_at_year_end: Count) -> bool:
    """For the additional credit that ended with 2017; a day at 6 within the year is enough (§53⑤)."""
    return is_dependant_child and age_at_year_end <= 6


children_named = count_over(children_by("first_parent"), label=("자녀 수", "Children"))
credit_children = count_over(
    children_by("first_parent"),
    "is_credit_child",
    label=("자녀세액공제 대상 자녀 수", "Children for the child tax credit"),
)
newborn_children = count_over(
    children_by("first_parent"),
    "is_born_this_year",
    label=("올해 태어난 자녀 수", "Children born this year"),
)
young_credit_children = count_over(
    children_by("first_parent"),
    "is_young_child",
    label=("6세 이하 자녀 수", "Children of 6 or younger"),
)
spouse_children_named = of(
    spouse,
    "children_named",
    otherwise=0,
    value_type=Count,
    label=("배우자의 자녀 수", "Children of the spouse"),
)
spouse_credit_children = of(
    spouse,
    "credit_children",
    otherwise=0,
    value_type=Count,
    label=("배우자의 자녀세액공제 대상 자녀 수", "Children of the spouse for the credit"),
)
spouse_newborn_children = of(
    spouse,
    "newborn_children",
    otherwise=0,
    value_type=Count,
    label=("올해 태어난 배우자의 자녀 수", "Children of the spouse born this year"),
)
spouse_young_credit_children = of(
    spouse,
    "young_credit_children",
    otherwise=0,
    value_type=Count,
    label=("배우자의 6세 이하 자녀 수", "Children of the spouse of 6 or younger"),
)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("자녀세액공제(양육)", "Child tax credit for the number of children"),
    citation="소득세법 §59의2①",
    history="15, 30, +30 → 15, 35, +30 in 2024 (19933) → 25, 55, +40 (10,000 won) from 2025 (20615)",
)
def children_credit_year(
    claims_own_dependants: bool,
    claims_dependants_of_spouse: bool,
    credit_children: Count,
    spouse_credit_children: Count,
    child_tax_credit: Table,
    further_child_tax_credit: Money,
) -> Money:
    """For whoever claims the children; a step for each beyond two."""
    if not claims_own_dependants:
        return 0
    children = credit_children
    if claims_dependants_of_spouse:
        children += spouse_credit_children
    if children == 0:
        return 0
    further = max(children - 2, 0) * further_child_tax_credit
    return child_tax_credit[min(max(children, 1), 2)] + further


@rule(
    entity=PERSON,
    period=YEAR,
    label=("자녀세액공제(출산)", "Child tax credit for a birth"),
    citation="소득세법 §59의2③",
    history="by order of birth since 2017 (법률 14389 부칙 §13)",
)
def birth_credit_year(
    claims_own_dependants: bool,
    claims_dependants_of_spouse: bool,
    children_named: Count,
    spouse_children_named: Count,
    newborn_children: Count,
    spouse_newborn_children: Count,
    birth_tax_credit: Table,
) -> Money:
    """300,000 for a first child, 500,000 for a second, 700,000 for each further one of this year."""
    if not claims_own_dependants:
        return 0
    born = newborn_children
    children = children_named
    if claims_dependants_of_spouse:
        born += spouse_newborn_children
        children += spouse_children_named
    if born == 0:
        return 0
    before = children - born
    first = 1 if before <= 0 else 0
    second = 1 if before <= 1 and children >= 2 else 0
    third = max(born - first - second, 0)
    return first * birth_tax_credit[1] + second * birth_tax_credit[2] + third * birth_tax_credit[3]


@rule(
    name="child_credits_year",
    entity=PERSON,
    period=YEAR,
    label=("자녀세액공제", "Child tax credits"),
    citation="소득세법 §59의2",
    valid_until="2017-12-31",
)
def child_credits_until_2017(
    children_credit_year: Money,
    birth_credit_year: Money,
    claims_own_dependants: bool,
    claims_dependants_of_spouse: bool,
    young_credit_children: Count,
    spouse_young_credit_children: Count,
    young_child_tax_credit: Money,
) -> Money:
    """To 2017 also for each child of 6 or younger beyond the first."""
    amount = children_credit_year + birth_credit_year
    if not claims_own_dependants:
        return amount
    young = young_credit_children
    if claims_dependants_of_spouse:
        young += spouse_young_credit_children
    if young <= 1:
        return amount
    return amount + max(young - 1, 0) * young_child_tax_credit


@rule(
    name="child_credits_year",
    entity=PERSON,
    period=YEAR,
    label=("자녀세액공제", "Child tax credits"),
    citation="소득세법 §59의2",
    history="§59의2② (children of 6 or younger) deleted from 2018 (법률 15225)",
    valid_from="2018-01-01",
)
def child_credits_year(children_credit_year: Money, birth_credit_year: Money) -> Money:
    """For the number of children and for a birth in the year."""
    return children_credit_year + birth_credit_year


@rule(
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN_10,
    role=Role.CONTRIBUTION,
    label=(
        "근로소득에 대한 소득세(증빙이 필요한 공제 전)",
        "Income tax on wages (before deductions that rest on receipts)",
    ),
    citation="소득세법 §55①, §59, §59의2, §59의4⑨, §61; 국고금 관리법 §47①",
    history="brackets: 법률 12420, 14389 (2017), 15225 (2018), 17757 (2021), 19196 (2023)",
)
def income_tax_year(
    gross_wages_year: Money,
    taxable_income_year: Money,
    insurance_contributions_year: Money,
    employment_credit_limit_year: Money,
    child_credits_year: Money,
    income_tax_brackets: Schedule,
    employment_credit_brackets: Schedule,
    standard_tax_credit: Money,
) -> Money:
    """The better of 표준세액공제 and the deduction of insurance contributions (§52①, §59의4⑨)."""
    if gross_wages_year == 0 or taxable_income_year == 0:
        return 0
    limit = employment_credit_limit_year
    tax = by_brackets(taxable_income_year, income_tax_brackets)
    tax = tax - min(by_brackets(tax, employment_credit_brackets), limit) - standard_tax_credit
    if insurance_contributions_year > 0:
        rest = max(taxable_income_year - insurance_contributions_year, 0)
        other = by_brackets(rest, income_tax_brackets)
        tax = min(tax, other - min(by_brackets(other, employment_credit_brackets), limit))
    if tax <= 0:
        return 0
    return max(tax - child_credits_year, 0)


@rule(
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN,
    role=Role.CONTRIBUTION,
    label=("개인지방소득세", "Local income tax"),
    citation="지방세법 §103의13①",
)
def local_income_tax_year(income_tax_year: Money, local_income_tax_rate: Rate) -> Money:
    """A tenth of the income tax, withheld with it."""
    if income_tax_year == 0:
        return 0
    return income_tax_year * local_income_tax_rate
