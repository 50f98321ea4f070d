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
