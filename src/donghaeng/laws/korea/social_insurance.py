"""사회보험료: what a person pays a month (국민연금법 §88; 국민건강보험법 §69–§76; 노인장기요양보험법 §9 …).

Only the own share. What a household pays together (지역가입자 건강보험료) is a fact: its formula was not read.
Who earns nothing pays nothing here: he or she is a dependant of somebody insured (피부양자), is billed with the
household, or need not contribute (납부예외). The support for small workplaces (두루누리) is not computed.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Money,
    Rate,
    Role,
    Rounding,
    fact,
    round_down,
    rule,
)

insured_as_employee = fact(
    PERSON,
    bool,
    default=True,
    label=(
        "직장가입자(사업장가입자, 고용보험 피보험자)",
        "Insured through the employer",
    ),
    question=(
        "직장을 통해 4대 보험에 가입되어 있나요?",
        "Is this person insured through the employer?",
    ),
    citation="국민연금법 §3①6; 국민건강보험법 §69④",
)
first_employed_after_65 = fact(
    PERSON,
    bool,
    label=("65세 이후에 새로 고용됨", "Newly employed after the age of 65"),
    question=(
        "지금의 일자리에 65세가 지나서 새로 고용되었나요?",
        "Did the present employment begin after the age of 65?",
    ),
    citation="고용산재보험료징수법 §13③",
)
regional_health_premium = fact(
    HOUSEHOLD,
    Money,
    period=MONTH,
    default=0,
    field="bills.regional_health_insurance",
    label=("고지된 지역 건강보험료", "Health insurance contribution billed to the household"),
    question=(
        "지역가입자로 고지되는 건강보험료는 한 달에 얼마인가요?",
        "How much health insurance is the household billed for a month?",
    ),
    citation="국민건강보험법 §69⑤, §76③",
)
medical_aid_received = fact(
    HOUSEHOLD,
    bool,
    default=False,
    field="receipts.medical_aid",
    label=("의료급여를 받고 있음", "Receives medical aid"),
    question=("지금 의료급여를 받고 있나요?", "Does the household receive medical aid now?"),
    citation="국민건강보험법 §5①1",
)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("직장의 보수월액", "Wages that are insured through the employer"),
    citation="국민연금법 §3①6; 국민건강보험법 §70①",
)
def insured_earnings(earnings: Money, insured_as_employee: bool) -> Money:
    """What somebody earns who is insured through the employer."""
    if earnings == 0 or not insured_as_employee:
        return 0
    return earnings


@rule(
    entity=PERSON,
    period=MONTH,
    label=("국민연금 소득월액", "Income for the national pension"),
    citation="국민연금법 §3①3, §6, §8, §9",
)
def pension_income(
    age: Count, insured_earnings: Money, earnings: Money, business_income: Money
) -> Money:
    """From 18 to 59: insured wages, or else all income from work and business (지역가입자)."""
    if age < 18 or age >= 60:
        return 0
    if insured_earnings > 0:
        return insured_earnings
    return earnings + business_income


@rule(
    entity=PERSON,
    period=MONTH,
    label=("기준소득월액", "Standard monthly income"),
    citation="국민연금법 §3①5; 시행령 §5①, §5⑤",
    history="limits from July to June",
)
def pension_base(
    pension_income: Money,
    pension_income_within_from: Money,
    pension_income_within_to: Money,
    pension_income_lower_limit: Money,
    pension_income_upper_limit: Money,
) -> Money:
    """Within the limits without the part below 1,000 won; outside, the limit itself."""
    if pension_income == 0:
        return 0
    if pension_income_within_from <= pension_income <= pension_income_within_to:
        return round_down(pension_income, to=1000)
    if pension_income < pension_income_lower_limit:
        return pension_income_lower_limit
    if pension_income > pension_income_upper_limit:
        return pension_income_upper_limit
    return round_down(pension_income, to=1000)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    role=Role.CONTRIBUTION,
    label=("국민연금 보험료(본인 부담)", "National pension contribution (own share)"),
    citation="국민연금법 §88③, §88④, §117; 국고금 관리법 §47①",
    history="4.5 % to 2025; 4.75 % in 2026, 5 % in 2027 (법률 20903 부칙 §4)",
)
def national_pension(
    pension_base: Money, insured_earnings: Money, pension_rate: Rate, pension_own_rate: Rate
) -> Money:
    """Half of it for employees (기여금), all of it for everybody else (지역가입자)."""
    if pension_base == 0:
        return 0
    if insured_earnings > 0:
        return pension_base * pension_rate
    return pension_base * pension_own_rate


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    label=(
        "보수월액보험료(사업주 부담 포함)",
        "Health insurance contribution with the employer's half",
    ),
    citation="국민건강보험법 §69④1, §69⑥, §73①, §107; 시행령 §32, §44①",
)
def health_premium(
    insured_earnings: Money,
    medical_aid_received: bool,
    health_insurance_rate: Rate,
    health_premium_within_from: Money,
    health_premium_within_to: Money,
    health_premium_lower_limit: Money,
    health_premium_upper_limit: Money,
) -> Money:
    """보수월액 at the rate of the year, between the limits; who receives medical aid is not insured."""
    if insured_earnings == 0 or medical_aid_received:
        return 0
    premium = insured_earnings * health_insurance_rate
    if health_premium_within_from <= premium <= health_premium_within_to:
        return min(premium, health_premium_within_to)
    return min(max(premium, health_premium_lower_limit), health_premium_upper_limit)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    role=Role.CONTRIBUTION,
    label=("건강보험료(본인 부담)", "Health insurance contribution (own share)"),
    citation="국민건강보험법 §76①, §107; 국고금 관리법 §47①",
)
def health_insurance(health_premium: Money) -> Money:
    """An employee's half. Without wages 0: dependant, or billed with the household."""
    return health_premium / 2


@rule(
    name="long_term_care",
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    role=Role.CONTRIBUTION,
    label=("장기요양보험료(본인 부담)", "Long-term care contribution (own share)"),
    citation="노인장기요양보험법 §9①, §11, §64; 시행령 §4",
    history="to 2022 the rate was one of the health contribution",
    valid_until="2022-12-31",
)
def long_term_care_until_2022(health_premium: Money, care_rate_of_premium: Rate) -> Money:
    """Half of the health contribution at the rate of the decree."""
    if health_premium == 0:
        return 0
    return health_premium * care_rate_of_premium / 2


@rule(
    name="long_term_care",
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    role=Role.CONTRIBUTION,
    label=("장기요양보험료(본인 부담)", "Long-term care contribution (own share)"),
    citation="노인장기요양보험법 §9①, §11, §64; 시행령 §4",
    history="since 2023 the rate is one of the income, set against the health rate",
    valid_from="2023-01-01",
    valid_until="2026-11-26",
)
def long_term_care_since_2023(
    health_premium: Money, care_rate_of_income: Rate, health_insurance_rate: Rate
) -> Money:
    """Half of the health contribution at 장기요양보험료율 ÷ 건강보험료율."""
    if health_premium == 0:
        return 0
    return health_premium * care_rate_of_income / health_insurance_rate / 2


@rule(
    name="long_term_care",
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    role=Role.CONTRIBUTION,
    label=("장기요양보험료(본인 부담)", "Long-term care contribution (own share)"),
    citation="노인장기요양보험법 §9① (개정 법률 21690), §11, §64; 시행령 §4",
    history="the ratio is rounded to four places since 2026-11-27 (법률 21690)",
    valid_from="2026-11-27",
)
def long_term_care(health_premium: Money, care_ratio: Rate) -> Money:
    """The same with the ratio of the two rates rounded at its fifth decimal place."""
    if health_premium == 0:
        return 0
    return health_premium * care_ratio / 2


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    role=Role.CONTRIBUTION,
    label=("고용보험료(본인 부담)", "Employment insurance contribution (own share)"),
    citation="고용산재보험료징수법 §13②, §13③; 시행령 §12①2",
    history="1.3 % → 1.6 % (2019-10-01) → 1.8 % (2022-07-01, 대통령령 32302); a half is the employee's",
)
def employment_insurance(
    insured_earnings: Money,
    age: Count,
    first_employed_after_65: bool,
    unemployment_benefit_rate: Rate,
) -> Money:
    """Half of the rate for 실업급여. No article on fractions was found: below one won is dropped."""
    if insured_earnings == 0:
        return 0
    if age >= 65 and first_employed_after_65:
        return 0
    return insured_earnings * unemployment_benefit_rate / 2
