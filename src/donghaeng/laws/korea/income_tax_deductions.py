"""From wages to taxable income: 근로소득공제, 인적공제, 연금보험료공제 (소득세법 §47, §50, §51, §51의3)."""

from donghaeng.rules import (
    PERSON,
    YEAR,
    Count,
    Day,
    Money,
    Rounding,
    Schedule,
    age_in_years,
    by_brackets,
    fact,
    rule,
)

wages_year = fact(
    PERSON,
    Money,
    period=YEAR,
    label=("올해의 총급여액", "Wages of the year that is asked about"),
    question=(
        "올해 1년 동안 받는 급여(비과세 제외)는 모두 얼마인가요?",
        "What are all taxable wages of this calendar year together?",
    ),
    citation="소득세법 §20②, §47①",
)
other_income_year = fact(
    PERSON,
    Money,
    period=YEAR,
    default=0,
    label=("근로소득 외의 소득금액(연)", "Income of the year other than wages, after expenses"),
    citation="소득세법 §50①2, §50①3",
)
pension_contributions_year = fact(
    PERSON,
    Money,
    period=YEAR,
    default=0,
    label=("올해 낸 연금보험료", "Contributions to the public pension paid this year"),
    citation="소득세법 §51의3①",
)
insurance_contributions_year = fact(
    PERSON,
    Money,
    period=YEAR,
    default=0,
    label=(
        "올해 낸 건강·장기요양·고용보험료(근로자 부담)",
        "Own health, care and employment insurance contributions paid this year",
    ),
    citation="소득세법 §52①",
)
womens_deduction = fact(
    PERSON,
    bool,
    default=False,
    label=(
        "부녀자공제 요건(배우자가 있는 여성, 또는 부양가족이 있는 여성 세대주)",
        "A woman who is married, or heads a household with dependants",
    ),
    citation="소득세법 §51①3",
)


@rule(
    entity=PERSON,
    label=("과세기간 종료일의 나이", "Age at the end of the tax year"),
    citation="소득세법 §53④, §53⑤",
)
def age_at_year_end(birth_date: Day, tax_year_end: Day) -> Count:
    """Full years on 31 December: who reaches an age within the year has it for the whole year."""
    return max(age_in_years(birth_date, tax_year_end), 0)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("총급여액", "Wages of the year"),
    citation="소득세법 §20②; 근로기준법 §64①",
)
def gross_wages_year(age_at_year_end: Count, wages_year: Money) -> Money:
    """총급여액. Below 15 nobody may be employed: 0, and nothing is asked."""
    if age_at_year_end < 15:
        return 0
    return wages_year


@rule(
    name="employment_income_deduction",
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN,
    label=("근로소득공제", "Deduction for wages"),
    citation="소득세법 §47①",
    history="whether there was a limit before 2020 was not read",
    valid_until="2019-12-31",
)
def employment_income_deduction_until_2019(
    gross_wages_year: Money,
    employment_deduction_brackets: Schedule,
    employment_deduction_limit_from: Money,
    employment_deduction_limit: Money,
) -> Money:
    """The brackets; open for wages for which a limit of 20 million would have counted."""
    if gross_wages_year <= employment_deduction_limit_from:
        return by_brackets(gross_wages_year, employment_deduction_brackets)
    return employment_deduction_limit


@rule(
    name="employment_income_deduction",
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN,
    label=("근로소득공제", "Deduction for wages"),
    citation="소득세법 §47①",
    history="at most 20 million won since 2020 (법률 16834 부칙 §2)",
    valid_from="2020-01-01",
)
def employment_income_deduction(
    gross_wages_year: Money,
    employment_deduction_brackets: Schedule,
    employment_deduction_limit: Money,
) -> Money:
    """70 % to 5 million, then 40, 15, 5 and 2 %; at most 20 million. A part of a won is dropped."""
    deduction = by_brackets(gross_wages_year, employment_deduction_brackets)
    return min(deduction, employment_deduction_limit)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("근로소득금액", "Income from wages"),
    citation="소득세법 §20②, §47",
)
def employment_income_year(gross_wages_year: Money, employment_income_deduction: Money) -> Money:
    """총급여액 less 근로소득공제; the deduction is never more than the wages (§47③)."""
    if gross_wages_year == 0:
        return 0
    return max(gross_wages_year - employment_income_deduction, 0)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("종합소득금액(알려 준 것)", "Income of the year, as far as it is told"),
    citation="소득세법 §14②",
)
def total_income_year(employment_income_year: Money, other_income_year: Money) -> Money:
    """근로소득금액 and what is told of other income: it decides who claims a dependant."""
    return employment_income_year + other_income_year


@rule(
    entity=PERSON,
    period=YEAR,
    label=("인적공제", "Personal deductions"),
    citation="소득세법 §50, §51",
)
def personal_deductions_year(
    employment_income_year: Money,
    own_deductions_year: Money,
    is_married: bool,
    spouse_has_low_income: bool,
    spouse_deductions_year: Money,
    children_deductions_year: Money,
    dependants_deductions_year: Money,
    womens_deduction: bool,
    single_parent_deduction: Money,
    womens_deduction_amount: Money,
    womens_deduction_income_limit: Money,
) -> Money:
    """Self, spouse, dependants; 한부모 before 부녀자; never more than the income (§51④)."""
    amount = own_deductions_year
    if amount >= employment_income_year:
        return employment_income_year
    if is_married and spouse_has_low_income:
        amount += spouse_deductions_year
    amount += dependants_deductions_year
    if not is_married and children_deductions_year > 0:
        amount += single_parent_deduction
    elif womens_deduction and employment_income_year <= womens_deduction_income_limit:
        amount += womens_deduction_amount
    return min(amount, employment_income_year)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("종합소득 과세표준(보험료공제 전)", "Taxable income before insurance contributions"),
    citation="소득세법 §14②, §51의3",
)
def taxable_income_year(
    employment_income_year: Money,
    personal_deductions_year: Money,
    pension_contributions_year: Money,
) -> Money:
    """근로소득금액 less 인적공제 and 연금보험료공제."""
    if employment_income_year == 0:
        return 0
    return max(employment_income_year - personal_deductions_year - pension_contributions_year, 0)
