"""재산의 소득환산액 of the basic pension (기초연금법 §2-4; 시행령 §3; 시행규칙 §3, §4).

What the household has is taken as the person's and the spouse's. Where others live with them and some
of it is theirs, ``elderly_hold_household_property`` says so, and the couple's own property is asked.
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
    count_over,
    fact,
    of,
    rule,
)

from .household_unit import spouse
from .terms import Region


class BasicPensionRegion(Enumeration):
    """적용지역 of the basic property amount (고시 §8)."""

    METROPOLIS = "metropolis", "대도시", "metropolis"
    CITY = "city", "중소도시", "city"
    COUNTY = "county", "농어촌", "rural county"


elderly_hold_household_property = fact(
    HOUSEHOLD,
    bool,
    default=True,
    field="assets.of_elderly",
    label=(
        "가구의 재산이 모두 어르신 본인과 배우자의 것임",
        "All property of the household is the old person's and the spouse's",
    ),
    citation="기초연금법 §2-4",
)
own_general_property = fact(
    PERSON,
    Money,
    field="own_assets.general",
    label=(
        "본인의 일반재산(집·보증금·자동차 포함)",
        "Own general property, with home, deposit and vehicles",
    ),
    question=("본인 이름의 집, 보증금, 땅은 얼마인가요?", "What are home, deposit, land worth?"),
    citation="기초연금법 시행령 §3①1",
)
own_financial_property = fact(
    PERSON,
    Money,
    field="own_assets.financial",
    label=("본인의 금융재산", "Own financial property"),
    question=("본인 이름의 예금, 보험은 얼마인가요?", "How much is in own savings and insurance?"),
    citation="기초연금법 시행령 §3①2",
)
own_debts = fact(
    PERSON,
    Money,
    default=0,
    field="own_assets.debts",
    label=("본인의 부채", "Own debts"),
    citation="기초연금법 시행규칙 §4①3",
)
club_memberships = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.memberships",
    label=("어르신 부부의 골프·콘도 등 회원권", "Golf, resort and like memberships of the couple"),
    citation="기초연금법 시행규칙 §4①4가",
)
large_engine_vehicle = fact(
    HOUSEHOLD,
    bool,
    default=False,
    field="assets.large_engine",
    label=("배기량 3,000cc 이상 자동차가 있음", "Has a vehicle of 3,000 cc or more"),
    citation="기초연금법 시행규칙 §4①4나, 고시 §11",
)
luxury_vehicle_value = fact(
    HOUSEHOLD,
    Money,
    field="assets.luxury_vehicles",
    label=(
        "가액 전부를 소득으로 보는 고급자동차의 가액(고시 §11)",
        "Value of the vehicles that count in full",
    ),
    question=(
        "4천만 원이 넘는 자동차(10년 넘은 차, 생업용은 빼고)는 얼마인가요?",
        "What are vehicles over 40 million won worth (not older than ten years, not for work)?",
    ),
    citation="기초연금법 시행규칙 §4①4나, 고시 §11",
)
persons_listed = count_over(
    HOUSEHOLD, label=("함께 적은 사람 수", "Persons listed together"), citation="기초연금법 §2-4"
)
spouse_general_property = of(
    spouse,
    "own_general_property",
    otherwise=0,
    label=("배우자의 일반재산", "The spouse's general property"),
)
spouse_financial_property = of(
    spouse,
    "own_financial_property",
    otherwise=0,
    label=("배우자의 금융재산", "The spouse's financial property"),
)
spouse_debts = of(spouse, "own_debts", otherwise=0, label=("배우자의 부채", "The spouse's debts"))


@rule(
    name="basic_pension_region",
    entity=HOUSEHOLD,
    label=("기초연금 기본재산액 지역 구분", "Region class for the basic pension"),
    citation="기초연금법 시행규칙 §4①1, 고시 §8",
    valid_until="2021-12-31",
)
def basic_pension_region_until_2021(region: Region, rural_county: bool) -> BasicPensionRegion:
    """대도시: the capital and the metropolitan cities, their 군 too. 농어촌: the 군 of a 도."""
    if region in (
        Region.SEOUL,
        Region.BUSAN,
        Region.DAEGU,
        Region.INCHEON,
        Region.GWANGJU,
        Region.DAEJEON,
        Region.ULSAN,
    ):
        return BasicPensionRegion.METROPOLIS
    if rural_county and region != Region.SEJONG:
        return BasicPensionRegion.COUNTY
    return BasicPensionRegion.CITY


@rule(
    name="basic_pension_region",
    entity=HOUSEHOLD,
    label=("기초연금 기본재산액 지역 구분", "Region class for the basic pension"),
    citation="기초연금법 시행규칙 §4①1, 고시 §8",
    history="특례시 are 대도시 since 2022",
    valid_from="2022-01-01",
)
def basic_pension_region(
    region: Region, in_special_city: bool, rural_county: bool
) -> BasicPensionRegion:
    """As before, and 특례시 are 대도시."""
    if in_special_city or region in (
        Region.SEOUL,
        Region.BUSAN,
        Region.DAEGU,
        Region.INCHEON,
        Region.GWANGJU,
        Region.DAEJEON,
        Region.ULSAN,
    ):
        return BasicPensionRegion.METROPOLIS
    if rural_county and region != Region.SEJONG:
        return BasicPensionRegion.COUNTY
    return BasicPensionRegion.CITY


@rule(
    name="luxury_vehicles",
    entity=HOUSEHOLD,
    label=("고급자동차", "Vehicles that count in full for the basic pension"),
    citation="기초연금법 시행규칙 §4①4나, 고시 §11①",
    valid_until="2023-12-31",
)
def luxury_vehicles_until_2023(
    vehicles_converted_in_full: Money,
    large_engine_vehicle: bool,
    luxury_vehicle_value: Money,
    luxury_vehicle_least_value: Money,
) -> Money:
    """Of 3,000 cc or more, or worth 40 million won or more; asked only where there may be one."""
    if vehicles_converted_in_full == 0:
        return 0
    if vehicles_converted_in_full < luxury_vehicle_least_value and not large_engine_vehicle:
        return 0
    return min(luxury_vehicle_value, vehicles_converted_in_full)


@rule(
    name="luxury_vehicles",
    entity=HOUSEHOLD,
    label=("고급자동차", "Vehicles that count in full for the basic pension"),
    citation="기초연금법 시행규칙 §4①4나, 고시 §11①",
    history="the criterion of 3,000 cc was dropped in 2024",
    valid_from="2024-01-01",
)
def luxury_vehicles(
    vehicles_converted_in_full: Money,
    luxury_vehicle_value: Money,
    luxury_vehicle_least_value: Money,
) -> Money:
    """Worth 40 million won or more; asked only where there may be one."""
    if vehicles_converted_in_full < luxury_vehicle_least_value:
        return 0
    return min(luxury_vehicle_value, vehicles_converted_in_full)


@rule(
    entity=PERSON,
    label=("재산을 나누어 보아야 함", "Property has to be told apart"),
    citation="기초연금법 §2-4",
)
def others_hold_property(
    persons_listed: Count, with_spouse: bool, elderly_hold_household_property: bool
) -> bool:
    """Others live with the person or couple, and some of the household's property is theirs."""
    couple = 2 if with_spouse else 1
    return persons_listed > couple and not elderly_hold_household_property


@rule(
    entity=PERSON,
    label=("기초연금의 일반재산", "General property for the basic pension"),
    citation="기초연금법 시행령 §3①1, 시행규칙 §3①",
)
def basic_pension_general_property(
    others_hold_property: bool,
    own_general_property: Money,
    spouse_general_property: Money,
    home_value: Money,
    deposit: Money,
    general_property: Money,
    vehicles_converted_in_full: Money,
    vehicles_like_general_property: Money,
    luxury_vehicles: Money,
) -> Money:
    """Home, deposit, other property and vehicles at their value, without those that count in full."""
    if others_hold_property:
        return own_general_property + spouse_general_property
    vehicles = vehicles_converted_in_full + vehicles_like_general_property - luxury_vehicles
    return home_value + deposit + general_property + vehicles


@rule(
    entity=PERSON,
    label=("기초연금의 금융재산", "Financial property for the basic pension"),
    citation="기초연금법 시행령 §3①2",
)
def basic_pension_financial_property(
    others_hold_property: bool,
    own_financial_property: Money,
    spouse_financial_property: Money,
    financial_property: Money,
) -> Money:
    """금융재산 of the person and the spouse."""
    if others_hold_property:
        return own_financial_property + spouse_financial_property
    return financial_property


@rule(
    entity=PERSON,
    label=("기초연금의 부채", "Debts for the basic pension"),
    citation="기초연금법 시행규칙 §4①3",
)
def basic_pension_debts(
    others_hold_property: bool, own_debts: Money, spouse_debts: Money, debts: Money
) -> Money:
    """부채 of the person and the spouse."""
    if others_hold_property:
        return own_debts + spouse_debts
    return debts


@rule(
    entity=PERSON,
    label=("기본재산액을 뺀 일반재산", "General property above the basic amount"),
    citation="기초연금법 시행규칙 §4①1",
)
def basic_pension_net_general(
    basic_pension_general_property: Money,
    basic_pension_region: BasicPensionRegion,
    basic_pension_property_free: Table,
) -> Money:
    """일반재산 less 기본재산액, not below 0: what is left of it is not carried to savings."""
    if basic_pension_general_property == 0:
        return 0
    return max(
        basic_pension_general_property - basic_pension_property_free[basic_pension_region], 0
    )


@rule(
    entity=PERSON,
    label=("2,000만 원을 뺀 금융재산", "Financial property above 20 million won"),
    citation="기초연금법 시행규칙 §4①2, 고시 §9",
)
def basic_pension_net_financial(
    basic_pension_financial_property: Money, basic_pension_financial_free: Money
) -> Money:
    """금융재산 less 20 million won for the person or couple, not below 0."""
    return max(basic_pension_financial_property - basic_pension_financial_free, 0)


@rule(
    entity=PERSON,
    label=("가액 전부를 소득으로 보는 재산", "Property that counts in full"),
    citation="기초연금법 시행규칙 §4①4",
)
def basic_pension_luxury(
    club_memberships: Money, others_hold_property: bool, luxury_vehicles: Money
) -> Money:
    """회원권 and 고급자동차; debts are not taken off them."""
    if others_hold_property:
        return club_memberships
    return club_memberships + luxury_vehicles


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("기초연금의 재산의 소득환산액", "Income imputed from property for the basic pension"),
    citation="기초연금법 시행규칙 §4",
    history="5 % a year until 2015-09-30, 4 % since (보건복지부령 358)",
)
def basic_pension_converted_property(
    basic_pension_net_general: Money,
    basic_pension_net_financial: Money,
    basic_pension_debts: Money,
    basic_pension_luxury: Money,
    basic_pension_conversion_rate: Rate,
    basic_pension_luxury_rate: Rate,
) -> Money:
    """What is above the two amounts, less debts, × 4 % ÷ 12; and luxury in full each month."""
    net = max(basic_pension_net_general + basic_pension_net_financial - basic_pension_debts, 0)
    return net * basic_pension_conversion_rate + basic_pension_luxury * basic_pension_luxury_rate
