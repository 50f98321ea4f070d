"""What a household has in hand in a month: its income, the cash benefits of the country, contributions."""

from donghaeng.rules import HOUSEHOLD, MONTH, PERSON, Money, rule, sum_over

ADDED_UP = "이 계산이 다루는 금액의 합계"


@rule(
    entity=PERSON,
    period=MONTH,
    label=("받는 소득(급여 제외)", "Income before the benefits of this law"),
    citation=ADDED_UP,
)
def cash_income(
    earnings: Money,
    business_income: Money,
    property_income: Money,
    national_pension_received: Money,
    public_transfers: Money,
    private_transfers: Money,
) -> Money:
    """Whatever comes in a month that this law does not compute itself."""
    market = earnings + business_income + property_income
    return market + national_pension_received + public_transfers + private_transfers


household_cash_income = sum_over(
    HOUSEHOLD,
    "cash_income",
    label=(
        "가구가 받는 소득(급여 제외)",
        "Income of the household before the benefits of this law",
    ),
)

# 주거급여 and 기초연금 of the household.


@rule(
    name="separate_housing_benefit",
    entity=PERSON,
    period=MONTH,
    label=("따로 사는 청년의 주거급여", "Housing benefit of somebody living apart"),
    citation="주거급여법 §7의2",
    valid_until="2023-10-18",
)
def separate_housing_benefit_before_2023_10() -> Money:
    """§7의2 is in force since 2023-10-19."""
    return 0


@rule(
    name="separate_housing_benefit",
    entity=PERSON,
    period=MONTH,
    label=("따로 사는 청년의 주거급여", "Housing benefit of somebody living apart"),
    citation="주거급여법 §7의2",
    valid_from="2023-10-19",
)
def separate_housing_benefit(youth_housing_benefit: Money) -> Money:
    """Paid to the young person, a part of the household's 주거급여."""
    return youth_housing_benefit


separate_housing_benefits = sum_over(
    HOUSEHOLD,
    "separate_housing_benefit",
    label=("따로 사는 청년의 주거급여 합계", "Housing benefits of those living apart"),
)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    label=("가구의 주거급여", "Housing benefits of the household"),
    citation="주거급여법 §5, §7, §7의2",
)
def housing_benefits(housing_benefit: Money, separate_housing_benefits: Money) -> Money:
    """임차급여 and what is paid apart; what is paid as repairs is no cash."""
    return housing_benefit + separate_housing_benefits


household_basic_pension = sum_over(
    HOUSEHOLD,
    "counted_basic_pension",
    label=("가구의 기초연금 합계", "Basic pensions of the household"),
    citation="기초연금법 §5",
)

# The other monthly cash benefits of the country: one more is one more line in other_benefits_of_person.


@rule(
    name="benefits_of_child",
    entity=PERSON,
    period=MONTH,
    label=("아동수당·부모급여", "Child allowance and parental benefit"),
    citation=ADDED_UP,
    valid_until="2018-08-31",
)
def benefits_of_child_until_2018_08() -> Money:
    """아동수당 began in 2018-09."""
    return 0


@rule(
    name="benefits_of_child",
    entity=PERSON,
    period=MONTH,
    label=("아동수당·부모급여", "Child allowance and parental benefit"),
    citation=ADDED_UP,
    valid_from="2018-09-01",
    valid_until="2021-12-31",
)
def benefits_of_child_until_2021(child_allowance: Money) -> Money:
    """아동수당 alone; 영아수당 began in 2022."""
    return child_allowance


@rule(
    name="benefits_of_child",
    entity=PERSON,
    period=MONTH,
    label=("아동수당·부모급여", "Child allowance and parental benefit"),
    citation=ADDED_UP,
    valid_from="2022-01-01",
    valid_until="2025-12-31",
)
def benefits_of_child_until_2025(child_allowance: Money, parental_benefit: Money) -> Money:
    """아동수당 and 부모급여 (영아수당 in 2022)."""
    return child_allowance + parental_benefit


@rule(
    name="benefits_of_child",
    entity=PERSON,
    period=MONTH,
    label=("아동수당·부모급여", "Child allowance and parental benefit"),
    citation=ADDED_UP,
    valid_from="2026-01-01",
)
def benefits_of_child(
    child_allowance: Money, child_allowance_addition: Money, parental_benefit: Money
) -> Money:
    """With the addition by where the child lives."""
    return child_allowance + child_allowance_addition + parental_benefit


@rule(
    name="benefits_of_single_parents_child",
    entity=PERSON,
    period=MONTH,
    label=("한부모가족 아동양육비와 추가분", "Allowance for single parents with its addition"),
    citation=ADDED_UP,
    valid_until="2021-12-31",
)
def benefits_of_single_parents_child_until_2021(single_parent_allowance: Money) -> Money:
    """The additions of these years were not read, nor were the amounts."""
    return single_parent_allowance


@rule(
    name="benefits_of_single_parents_child",
    entity=PERSON,
    period=MONTH,
    label=("한부모가족 아동양육비와 추가분", "Allowance for single parents with its addition"),
    citation=ADDED_UP,
    valid_from="2022-01-01",
)
def benefits_of_single_parents_child(
    single_parent_allowance: Money, single_parent_addition: Money
) -> Money:
    """아동양육비 and 추가 아동양육비."""
    return single_parent_allowance + single_parent_addition


@rule(
    entity=PERSON,
    period=MONTH,
    label=("그 밖의 현금급여(개인)", "Other cash benefits of the person"),
    citation=ADDED_UP,
)
def other_benefits_of_person(
    disability_pension: Money,
    disability_allowance: Money,
    benefits_of_child: Money,
    benefits_of_single_parents_child: Money,
) -> Money:
    """What is paid every month for a person, beside 기초생활보장 and 기초연금."""
    disability = disability_pension + disability_allowance
    return disability + benefits_of_child + benefits_of_single_parents_child


other_cash_benefits = sum_over(
    HOUSEHOLD,
    "other_benefits_of_person",
    label=("가구의 그 밖의 현금급여", "Other cash benefits of the household"),
    citation=ADDED_UP,
)

# What the household pays.


@rule(
    entity=PERSON,
    period=MONTH,
    label=("사회보험료(본인 부담) 합계", "Social insurance of the person, own share"),
    citation=ADDED_UP,
)
def contributions_of_person(
    national_pension: Money,
    health_insurance: Money,
    long_term_care: Money,
    employment_insurance: Money,
) -> Money:
    """국민연금, 건강보험, 장기요양보험, 고용보험."""
    return national_pension + health_insurance + long_term_care + employment_insurance


contributions_of_persons = sum_over(
    HOUSEHOLD,
    "contributions_of_person",
    label=("가구원의 사회보험료 합계", "Social insurance of all persons"),
)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    label=("가구의 사회보험료", "Social insurance of the household"),
    citation=ADDED_UP,
)
def household_contributions(
    contributions_of_persons: Money, regional_health_premium: Money
) -> Money:
    """With what is billed to the household (지역가입자)."""
    return contributions_of_persons + regional_health_premium
