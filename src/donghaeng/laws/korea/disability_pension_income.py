"""소득인정액 of the disability pension (장애인연금법 §2-5 to §2-7; 시행령 §3; 시행규칙 §2–§4).

It counts the person and the spouse only. What the minister sets and was not read is a gap, so each
rule asks for it only where it can change the outcome: `disability_income_at_most` leaves every
deduction out, and where even that is small enough, no deduction needs to be known.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Enumeration,
    Money,
    Rate,
    Rounding,
    Table,
    children_by,
    count_over,
    fact,
    of,
    rule,
)

from .household_unit import spouse
from .terms import Region


class DisabilityPropertyArea(Enumeration):
    """지역 구분 of the basic property amount of the disability pension."""

    METROPOLIS = "metropolis", "대도시", "large cities"
    SPECIAL_CITY = "special_city", "특례시", "special case cities"
    SEJONG = "sejong", "세종", "Sejong"
    CITY = "city", "중소도시", "other cities"
    COUNTY = "county", "농어촌(군)", "counties"


fully_counted_property = fact(
    PERSON,
    Money,
    default=0,
    label=(
        "가액 전부가 소득으로 환산되는 회원권과 고급자동차(일반재산·자동차와 따로 적음)",
        "Memberships and luxury vehicles counted in full (not entered among the other property)",
    ),
    citation="장애인연금법 시행규칙 §4②4",
)

listed_persons = count_over(HOUSEHOLD, label=("함께 적힌 사람 수", "Persons of the household"))


@rule(entity=PERSON, label=("18세 미만", "Under 18"), citation="장애인연금법 §4①")
def under_eighteen(age: Count) -> bool:
    """Not yet of the age from which a person may have a pension and property of the own."""
    return age < 18


young_children_as_first_parent = count_over(
    children_by("first_parent"),
    "under_eighteen",
    label=("18세 미만 자녀 수", "Own children under 18"),
)
young_children_as_second_parent = count_over(
    children_by("second_parent"),
    "under_eighteen",
    label=("18세 미만 자녀 수(두 번째 부모)", "Own children under 18, as second parent"),
)


@rule(
    entity=PERSON, label=("18세 미만 자녀 수", "Own young children"), citation="장애인연금법 §2-7"
)
def young_children(
    young_children_as_first_parent: Count, young_children_as_second_parent: Count
) -> Count:
    return young_children_as_first_parent + young_children_as_second_parent


young_children_of_spouse = of(
    spouse,
    "young_children",
    otherwise=0,
    value_type=Count,
    label=("배우자의 18세 미만 자녀 수", "The spouse's young children"),
)


@rule(
    entity=PERSON,
    label=("가구 재산이 본인과 배우자의 것", "The household's property is the couple's"),
    citation="장애인연금법 §2-7",
)
def household_property_is_the_couples(
    listed_persons: Count,
    has_spouse: bool,
    young_children: Count,
    young_children_of_spouse: Count,
) -> bool:
    """Where nobody lives with them but children under 18; else the own part is asked for."""
    couple = 2 if has_spouse else 1
    return listed_persons <= couple + max(young_children, young_children_of_spouse)


@rule(
    entity=HOUSEHOLD,
    label=("가구의 일반재산과 자동차", "General property and vehicles of the household"),
    citation="장애인연금법 시행규칙 §3①1, §3①3",
)
def household_general_property(
    home_value: Money,
    deposit: Money,
    general_property: Money,
    vehicles_converted_in_full: Money,
    vehicles_like_general_property: Money,
) -> Money:
    """Home, deposit, other property and every vehicle that is not a luxury one."""
    vehicles = vehicles_converted_in_full + vehicles_like_general_property
    return home_value + deposit + general_property + vehicles


general_property_of_spouse = of(
    spouse,
    "own_general_property",
    otherwise=0,
    label=("배우자 소유의 일반재산", "General property of the spouse"),
)
financial_property_of_spouse = of(
    spouse,
    "own_financial_property",
    otherwise=0,
    label=("배우자 명의의 금융재산", "Financial property of the spouse"),
)
debts_of_spouse = of(
    spouse, "own_debts", otherwise=0, label=("배우자 명의의 부채", "Debts of the spouse")
)
fully_counted_property_of_spouse = of(
    spouse,
    "fully_counted_property",
    otherwise=0,
    label=("배우자의 회원권과 고급자동차", "Memberships and luxury vehicles of the spouse"),
)


@rule(
    entity=PERSON,
    label=("본인과 배우자의 일반재산", "General property of the couple"),
    citation="장애인연금법 시행규칙 §3①1, §3①3",
)
def couple_general_property(
    household_general_property: Money,
    household_property_is_the_couples: bool,
    own_general_property: Money,
    general_property_of_spouse: Money,
) -> Money:
    if household_general_property == 0 or household_property_is_the_couples:
        return household_general_property
    return own_general_property + general_property_of_spouse


@rule(
    entity=PERSON,
    label=("본인과 배우자의 금융재산", "Financial property of the couple"),
    citation="장애인연금법 시행규칙 §3①2",
)
def couple_financial_property(
    financial_property: Money,
    household_property_is_the_couples: bool,
    own_financial_property: Money,
    financial_property_of_spouse: Money,
) -> Money:
    if financial_property == 0 or household_property_is_the_couples:
        return financial_property
    return own_financial_property + financial_property_of_spouse


@rule(
    entity=PERSON,
    label=("본인과 배우자의 부채", "Debts of the couple"),
    citation="장애인연금법 시행규칙 §4②3",
)
def couple_debts(
    debts: Money,
    household_property_is_the_couples: bool,
    own_debts: Money,
    debts_of_spouse: Money,
) -> Money:
    if debts == 0 or household_property_is_the_couples:
        return debts
    return own_debts + debts_of_spouse


@rule(
    entity=HOUSEHOLD,
    label=("장애인연금 기본재산액 지역 구분", "Region class of the disability pension"),
    citation="장애인연금법 시행규칙 §4②1",
)
def disability_property_area(
    region: Region, in_special_city: bool, rural_county: bool
) -> DisabilityPropertyArea:
    """대도시, 중소도시, 농어촌; where a special case city and 세종 belong was not read."""
    if region in (
        Region.SEOUL,
        Region.BUSAN,
        Region.DAEGU,
        Region.INCHEON,
        Region.GWANGJU,
        Region.DAEJEON,
        Region.ULSAN,
    ):
        return DisabilityPropertyArea.METROPOLIS
    if region == Region.SEJONG:
        return DisabilityPropertyArea.SEJONG
    if in_special_city:
        return DisabilityPropertyArea.SPECIAL_CITY
    return DisabilityPropertyArea.COUNTY if rural_county else DisabilityPropertyArea.CITY


@rule(
    entity=PERSON,
    label=("환산 대상 재산", "Property that is converted"),
    citation="장애인연금법 시행규칙 §4②1–3",
)
def disability_net_property(
    couple_general_property: Money,
    couple_financial_property: Money,
    couple_debts: Money,
    disability_property_area: DisabilityPropertyArea,
    disability_basic_property: Table,
    disability_financial_reserve: Money,
) -> Money:
    """Each kind above its own amount (what is left of one is not taken off the other), less debts."""
    if couple_general_property + couple_financial_property <= couple_debts:
        return 0
    general = 0
    if couple_general_property > 0:
        basic = disability_basic_property[disability_property_area]
        general = max(couple_general_property - basic, 0)
    financial = 0
    if couple_financial_property > 0:
        financial = max(couple_financial_property - disability_financial_reserve, 0)
    return max(general + financial - couple_debts, 0)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("회원권과 고급자동차의 소득환산액", "Income from property counted in full"),
    citation="장애인연금법 시행규칙 §4②4",
)
def disability_fully_converted(
    fully_counted_property: Money,
    fully_counted_property_of_spouse: Money,
    disability_full_value_rate: Rate,
) -> Money:
    """The whole value, every month."""
    return (fully_counted_property + fully_counted_property_of_spouse) * disability_full_value_rate


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("재산의 소득환산액(장애인연금)", "Income imputed from property (disability pension)"),
    citation="장애인연금법 §2-7, 시행규칙 §4",
    history="4 % a year since 2015-10-01 (보건복지부령 357); the rate before was not read",
)
def disability_converted_property(
    disability_net_property: Money,
    disability_fully_converted: Money,
    disability_conversion_rate: Rate,
) -> Money:
    """Net property × 4 % ÷ 12, and what counts in full."""
    if disability_net_property == 0:
        return disability_fully_converted
    return disability_net_property * disability_conversion_rate + disability_fully_converted


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("근로소득 공제 뒤 소득(장애인연금)", "Income after deduction (disability pension)"),
    citation="장애인연금법 §2-6, 시행령 §3, 시행규칙 §2",
)
def disability_own_income(
    earnings: Money,
    business_income: Money,
    other_income: Money,
    disability_earnings_deduction: Money,
    disability_earnings_rate: Rate,
) -> Money:
    """Earnings less what the minister takes off; basic pension and allowances do not count (§2-3, 4)."""
    income = business_income + other_income
    if earnings == 0:
        return income
    rest = max(earnings - disability_earnings_deduction, 0)
    return income + rest * (1 - disability_earnings_rate)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("공제 전 소득(장애인연금)", "Income before deduction (disability pension)"),
    citation="장애인연금법 시행령 §3",
)
def disability_full_income(work_income: Money, other_income: Money) -> Money:
    return work_income + other_income


disability_own_income_of_spouse = of(
    spouse,
    "disability_own_income",
    otherwise=0,
    period=MONTH,
    label=("배우자의 공제 뒤 소득", "Income of the spouse after deduction"),
)
disability_full_income_of_spouse = of(
    spouse,
    "disability_full_income",
    otherwise=0,
    period=MONTH,
    label=("배우자의 공제 전 소득", "Income of the spouse before deduction"),
)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("장애인연금 소득인정액", "Recognised income of the disability pension"),
    citation="장애인연금법 §2-5",
)
def disability_income(
    disability_own_income: Money,
    disability_own_income_of_spouse: Money,
    disability_converted_property: Money,
) -> Money:
    """소득평가액 and 재산의 소득환산액 of the person and the spouse."""
    income = disability_own_income + disability_own_income_of_spouse
    return income + disability_converted_property


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.UP,
    label=("장애인연금 소득인정액의 상한", "Recognised income before any deduction"),
    citation="장애인연금법 §2-5",
)
def disability_income_at_most(
    disability_full_income: Money,
    disability_full_income_of_spouse: Money,
    household_general_property: Money,
    financial_property: Money,
    disability_fully_converted: Money,
    disability_conversion_rate: Rate,
) -> Money:
    """With nothing taken off, and all of the household's property: the true one is never above it."""
    income = disability_full_income + disability_full_income_of_spouse + disability_fully_converted
    holdings = household_general_property + financial_property
    if holdings == 0:
        return income
    return income + holdings * disability_conversion_rate
