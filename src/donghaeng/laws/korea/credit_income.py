"""장려금의 소득: 총급여액 등, 연간 총소득, 소득금액 (조세특례제한법 §100의3–§100의5; 시행령 §100의3, §100의6).

An application of May rests on the tax year before it. Income of an employer who does not count, of rented
property or of a business without registration (시행령 §100의6②) belongs to the other income.
"""

from donghaeng.rules import (
    PERSON,
    YEAR,
    Count,
    Day,
    Money,
    Rate,
    age_in_years,
    fact,
    of,
    rule,
)

from .household_unit import spouse

last_year_wages = fact(
    PERSON,
    Money,
    period=YEAR,
    field="last_year.wages",
    range=(0, 10_000_000_000),
    label=("작년 총급여액", "Wages of last year"),
    question=(
        "작년 한 해 동안 일하고 받은 급여는 모두 얼마인가요? (비과세 제외)",
        "How much were your wages in the whole of last year (without what is not taxed)?",
    ),
    citation="조세특례제한법 §100의3⑤3나",
)
last_year_business_income = fact(
    PERSON,
    Money,
    period=YEAR,
    default=0,
    field="last_year.business_income",
    range=(0, 10_000_000_000),
    label=("작년 사업소득(업종별 조정률을 곱한 금액)", "Business income of last year, adjusted"),
    citation="조세특례제한법 시행령 §100의3①4, §100의6①",
)
last_year_other_income = fact(
    PERSON,
    Money,
    period=YEAR,
    default=0,
    field="last_year.other_income",
    range=(0, 10_000_000_000),
    label=(
        "작년의 이자·배당·연금 등 총급여액 등에 들지 않는 소득(비과세 제외)",
        "Interest, dividends, pensions and other income of last year",
    ),
    citation="조세특례제한법 시행령 §100의3①",
)
last_year_income_amount = fact(
    PERSON,
    Money,
    period=YEAR,
    field="last_year.income_amount",
    range=(0, 10_000_000_000),
    label=("작년 소득금액의 합계액", "Income amount of last year, after the deductions of tax law"),
    question=(
        "소득금액증명에 적힌 작년 소득금액은 모두 얼마인가요?",
        "Which income amount does the tax office certify for last year?",
    ),
    citation="조세특례제한법 §100의3⑤2나, §100의4①3",
)
professional_practice = fact(
    PERSON,
    bool,
    default=False,
    label=("작년에 전문직 사업을 함", "Practised a listed profession on own account last year"),
    citation="조세특례제한법 시행령 §100의2④1, §100의28",
)


@rule(
    entity=PERSON,
    label=("작년 말에 태어나 있었음", "Was born by the end of last year"),
    citation="조세특례제한법 §100의4③",
)
def born_by_income_year_end(birth_date: Day, income_year_last_day: Day) -> bool:
    """Whoever was born after the end of the tax year does not belong to the family of that year."""
    return age_in_years(birth_date, income_year_last_day) >= 0


@rule(
    entity=PERSON,
    label=("작년 말 만 나이", "Age at the end of last year"),
    citation="조세특례제한법 §100의3⑤, §100의4③",
)
def age_at_income_year_end(birth_date: Day, income_year_last_day: Day) -> Count:
    """Full years on 31 December of the tax year (과세기간 종료일)."""
    return max(age_in_years(birth_date, income_year_last_day), 0)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("총급여액 등", "Earnings that the credits are reckoned by"),
    citation="조세특례제한법 §100의3⑤3; 근로기준법 §64①",
)
def credit_earnings_year(
    age_at_income_year_end: Count,
    last_year_wages: Money,
    last_year_business_income: Money,
    least_working_age: Count,
) -> Money:
    """Wages and adjusted business income; nobody below 15 may be employed, so nothing is asked of them."""
    if age_at_income_year_end < least_working_age:
        return 0
    return last_year_wages + last_year_business_income


@rule(
    entity=PERSON,
    period=YEAR,
    label=("연간 총소득", "Whole income of last year"),
    citation="조세특례제한법 §100의3①2; 시행령 §100의3①",
)
def credit_total_income_year(credit_earnings_year: Money, last_year_other_income: Money) -> Money:
    """총급여액 등 and all other income that is not free of tax."""
    return credit_earnings_year + last_year_other_income


@rule(
    entity=PERSON,
    label=("연간 소득금액 100만원 이하", "Income amount of 1,000,000 won at most"),
    citation="조세특례제한법 §100의3⑤2나1), §100의4①3; 소득세법 §47①",
)
def low_income_amount(
    age_at_income_year_end: Count,
    last_year_wages: Money,
    last_year_business_income: Money,
    last_year_other_income: Money,
    last_year_income_amount: Money,
    least_working_age: Count,
    wage_deduction_of_small_wages: Rate,
    dependent_income_limit: Money,
) -> bool:
    """Wages count after 근로소득공제; the certified amount is asked for only where that leaves it open."""
    wages = 0 if age_at_income_year_end < least_working_age else last_year_wages
    of_wages = wages * (1 - wage_deduction_of_small_wages)
    if of_wages > dependent_income_limit:
        return False
    if (
        last_year_business_income == 0
        and of_wages + last_year_other_income <= dependent_income_limit
    ):
        return True
    return last_year_income_amount <= dependent_income_limit


spouse_credit_earnings = of(
    spouse,
    "credit_earnings_year",
    otherwise=0,
    period=YEAR,
    label=("배우자의 총급여액 등", "Earnings of the spouse"),
)
spouse_credit_total_income = of(
    spouse,
    "credit_total_income_year",
    otherwise=0,
    period=YEAR,
    label=("배우자의 연간 총소득", "Whole income of the spouse"),
)
spouse_professional_practice = of(
    spouse,
    "professional_practice",
    otherwise=False,
    value_type=bool,
    label=("배우자의 전문직 사업", "The spouse practised a listed profession"),
)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("부부의 총급여액 등", "Earnings of the couple"),
    citation="조세특례제한법 §100의5③",
)
def couple_earnings_year(credit_earnings_year: Money, spouse_credit_earnings: Money) -> Money:
    """The credit is reckoned by what the applicant and the spouse earned together."""
    return credit_earnings_year + spouse_credit_earnings


@rule(
    entity=PERSON,
    period=YEAR,
    label=("부부의 연간 총소득의 합계액", "Whole income of the couple"),
    citation="조세특례제한법 §100의3①2",
)
def couple_total_income_year(
    credit_total_income_year: Money, spouse_credit_total_income: Money
) -> Money:
    """거주자(그 배우자를 포함한다): grown children and parents in the household do not count."""
    return credit_total_income_year + spouse_credit_total_income
