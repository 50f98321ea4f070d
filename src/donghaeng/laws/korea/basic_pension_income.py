"""소득평가액 and 소득인정액 of the basic pension (기초연금법 §2-4; 시행령 §2; 시행규칙 §2).

Only the person and the spouse count, whoever else lives in the household. The notice (고시) is
「기초연금 지급대상자 선정기준액, 기준연금액 및 소득인정액 산정 세부기준에 관한 고시」. No article says what
becomes of parts below one won in the income: they are dropped where a rate is applied, as for the
livelihood benefit.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Money,
    Rate,
    Rounding,
    fact,
    of,
    rule,
)

from .household_unit import spouse

interest_income = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("재산소득 가운데 이자소득", "Interest, as a part of the income from property"),
    citation="기초연금법 시행령 §2①3가",
)
child_home_value = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="housing.child_home_value",
    label=(
        "자녀가 소유한 집에 살 때 그 집의 시가표준액",
        "Value of the home, where it belongs to a child",
    ),
    citation="기초연금법 시행령 §2②",
)


@rule(
    entity=PERSON,
    label=("배우자 있음으로 셈", "Counts as somebody's spouse"),
    citation="기초연금법 §2-4",
)
def counts_as_spouse() -> bool:
    """Whoever is named as a spouse counts, of whatever age."""
    return True


with_spouse = of(
    spouse,
    "counts_as_spouse",
    otherwise=False,
    value_type=bool,
    label=("배우자가 있음", "Has a spouse"),
    citation="기초연금법 §2-4",
)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("기초연금의 근로소득", "Earnings for the basic pension"),
    citation="기초연금법 시행규칙 §2①1, 고시 §6",
)
def basic_pension_earnings(
    earnings: Money,
    basic_pension_earnings_deduction: Money,
    basic_pension_earnings_share_off: Rate,
) -> Money:
    """근로소득 less 기본공제, then less 30 % of the rest; each of a couple separately (고시 §6②)."""
    if earnings == 0:
        return 0
    rest = max(earnings - basic_pension_earnings_deduction, 0)
    return rest * (1 - basic_pension_earnings_share_off)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("기초연금의 재산소득", "Income from property for the basic pension"),
    citation="기초연금법 시행령 §2①3, 고시 §6의2",
)
def basic_pension_property_income(
    property_income: Money, interest_income: Money, basic_pension_interest_free: Money
) -> Money:
    """재산소득 as the file gives it; 40,000 won a month come off what of it is said to be interest."""
    interest = min(interest_income, property_income)
    if interest == 0:
        return property_income
    return property_income - min(interest, basic_pension_interest_free)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("기초연금의 본인 소득", "The person's own income for the basic pension"),
    citation="기초연금법 시행령 §2①, 시행규칙 §2①",
)
def basic_pension_own_income(
    basic_pension_earnings: Money,
    business_income: Money,
    basic_pension_property_income: Money,
    national_pension_received: Money,
    public_transfers: Money,
) -> Money:
    """근로, 사업, 재산, 공적이전소득. Support from others (사적이전소득) is not among them."""
    return (
        basic_pension_earnings
        + business_income
        + basic_pension_property_income
        + national_pension_received
        + public_transfers
    )


spouse_basic_pension_income = of(
    spouse,
    "basic_pension_own_income",
    otherwise=0,
    period=MONTH,
    label=("기초연금의 배우자 소득", "The spouse's income for the basic pension"),
    citation="기초연금법 §2-4",
)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("무료임차소득", "Income imputed from living in a child's home"),
    citation="기초연금법 시행령 §2②, 시행규칙 §2②, 고시 §4",
)
def free_rent_income(
    child_home_value: Money, free_rent_least_value: Money, free_rent_rate: Rate
) -> Money:
    """0.78 % a year of a child's home that is worth 600 million won or more, by twelve."""
    if child_home_value == 0 or child_home_value < free_rent_least_value:
        return 0
    return child_home_value * free_rent_rate


@rule(
    entity=PERSON,
    period=MONTH,
    label=("기초연금의 소득인정액", "Recognised income for the basic pension"),
    citation="기초연금법 §2-4",
)
def basic_pension_recognised_income(
    basic_pension_own_income: Money,
    spouse_basic_pension_income: Money,
    free_rent_income: Money,
    basic_pension_converted_property: Money,
) -> Money:
    """소득평가액 + 재산의 소득환산액 of the person and the spouse."""
    income = basic_pension_own_income + spouse_basic_pension_income + free_rent_income
    return income + basic_pension_converted_property
