"""재산의 소득환산액 and 소득인정액 (국민기초생활 보장법 §2-9, §6의3②; 시행령 §5의3, §5의4).

Debts that count: deposits owed to tenants, loans of banks, public bodies and mutual aid associations, private
loans that a court confirmed (시행령 §5의4①1나, 고시). Property given away counts with its kind (§5의3①4).
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    Enumeration,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    fact,
    rule,
)

from .terms import PropertyRegion, Region, Tenure


class PropertyClass(Enumeration):
    """지역 구분 of the basic property amount until 2022 (고시 제2013-172호 2가)."""

    LARGE_CITY = "large_city", "대도시", "large city"
    CITY = "city", "중소도시", "city of a province"
    RURAL = "rural", "농어촌", "county of a province"


home_value = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.home",
    label=("사는 집의 가액(자가)", "Value of the home that is owned and lived in"),
    citation="국민기초생활 보장법 시행령 §5의3①1가",
)
general_property = fact(
    HOUSEHOLD,
    Money,
    field="assets.general",
    label=("일반재산(사는 집과 보증금 제외)", "General property other than the home"),
    question=(
        "집과 보증금 말고 토지, 건물 같은 재산은 얼마인가요?",
        "What is other land or property worth?",
    ),
    citation="국민기초생활 보장법 시행령 §5의3①1",
)
financial_property = fact(
    HOUSEHOLD,
    Money,
    field="assets.financial",
    label=("금융재산", "Financial property"),
    question=("예금, 보험 같은 금융재산은 얼마인가요?", "How much is in savings and insurance?"),
    citation="국민기초생활 보장법 시행령 §5의3①2",
)
debts = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.debts",
    label=("부채", "Debts"),
    citation="국민기초생활 보장법 시행령 §5의4①1나",
)
tenure = fact(
    HOUSEHOLD,
    Tenure,
    field="housing.tenure",
    label=("거주 형태", "Housing tenure"),
    question=(
        "집은 자가, 전세, 월세 가운데 무엇인가요?",
        "Do you own, or rent by deposit or month?",
    ),
    citation="주거급여법 §7①",
)
deposit = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="housing.deposit",
    label=("임차보증금", "Rent deposit"),
    citation="국민기초생활 보장법 시행령 §5의3①1다",
)
in_special_city = fact(
    HOUSEHOLD,
    bool,
    default=False,
    field="housing.special_city",
    label=("수도권 밖 특례시(창원) 거주", "Lives in a special case city outside the capital area"),
    citation="주거급여 실시에 관한 고시",
)
asset_building_savings = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.asset_building_savings",
    label=(
        "금융재산 중 자산형성지원 저축",
        "Part of the financial property: savings of the asset-building support",
    ),
    citation="국민기초생활 보장법 시행령 §5의4①2, §21의2③",
)


@rule(
    entity=HOUSEHOLD,
    label=("기본재산액 지역 구분", "Region class of the basic property amount"),
    citation="국민기초생활 보장법 시행령 §5의4①1가",
    history="four classes since 2023; until 2022 three (property_class)",
)
def property_region(region: Region, in_special_city: bool) -> PropertyRegion:
    """The four classes since 2023."""
    if region == Region.SEOUL:
        return PropertyRegion.SEOUL
    if region == Region.GYEONGGI:
        return PropertyRegion.GYEONGGI
    if in_special_city or region in (
        Region.BUSAN,
        Region.DAEGU,
        Region.INCHEON,
        Region.GWANGJU,
        Region.DAEJEON,
        Region.ULSAN,
        Region.SEJONG,
    ):
        return PropertyRegion.METROPOLITAN
    return PropertyRegion.OTHER


@rule(
    entity=HOUSEHOLD,
    label=("기본재산액 지역 구분(2022년까지)", "Region class of the basic property until 2022"),
    citation="고시 제2013-172호 2가",
    valid_until="2022-12-31",
)
def property_class(
    region: Region, rural_county: bool, property_class_of_sejong: PropertyClass
) -> PropertyClass:
    """대도시: 특별시·광역시 with their 군; 중소도시: 도의 시; 농어촌: 도의 군."""
    if region in (
        Region.SEOUL,
        Region.BUSAN,
        Region.DAEGU,
        Region.INCHEON,
        Region.GWANGJU,
        Region.DAEJEON,
        Region.ULSAN,
    ):
        return PropertyClass.LARGE_CITY
    if region == Region.SEJONG:
        return property_class_of_sejong
    return PropertyClass.RURAL if rural_county else PropertyClass.CITY


@rule(
    name="basic_property_amount",
    entity=HOUSEHOLD,
    label=("기본재산액", "Basic property amount of the household"),
    citation="국민기초생활 보장법 §6의3②, 시행령 §5의4①1가",
    valid_until="2022-12-31",
)
def basic_property_amount_by_class(
    property_class: PropertyClass, basic_property_by_class: Table
) -> Money:
    """Three classes of region; the number of persons does not matter."""
    return basic_property_by_class[property_class]


@rule(
    entity=HOUSEHOLD,
    label=("기본재산액", "Basic property amount of the household"),
    citation="국민기초생활 보장법 §6의3②, 시행령 §5의4①1가",
    history="four classes of region in place of three since 2023-01-01",
    valid_from="2023-01-01",
)
def basic_property_amount(property_region: PropertyRegion, basic_property: Table) -> Money:
    """Four classes of region; the number of persons does not matter."""
    return basic_property[property_region]


@rule(
    name="residential_property",
    entity=HOUSEHOLD,
    label=("주거용재산", "Residential property"),
    citation="국민기초생활 보장법 시행령 §5의4②; 재산의 소득환산율 고시 §2",
    valid_until="2022-12-31",
)
def residential_property_by_class(
    home_value: Money,
    deposit: Money,
    property_class: PropertyClass,
    residential_limit_by_class: Table,
) -> Money:
    """The home and the rent deposit, up to the limit of the region class."""
    home = home_value + deposit
    if home == 0:
        return 0
    return min(home, residential_limit_by_class[property_class])


@rule(
    entity=HOUSEHOLD,
    label=("주거용재산", "Residential property"),
    citation="국민기초생활 보장법 시행령 §5의4②; 재산의 소득환산율 고시 §2",
    history="limits by the four classes of region since 2023-01-01",
    valid_from="2023-01-01",
)
def residential_property(
    home_value: Money,
    deposit: Money,
    property_region: PropertyRegion,
    residential_property_limit: Table,
) -> Money:
    """The home and the rent deposit, up to the limit of the region."""
    home = home_value + deposit
    if home == 0:
        return 0
    return min(home, residential_property_limit[property_region])


@rule(
    entity=HOUSEHOLD,
    label=("일반재산", "General property"),
    citation="국민기초생활 보장법 시행령 §5의3①1, §5의4①1",
)
def counted_general_property(
    general_property: Money,
    vehicles_like_general_property: Money,
    home_value: Money,
    deposit: Money,
    residential_property: Money,
) -> Money:
    """Other general property, vehicles treated so, and what a home is worth above the limit."""
    above_limit = home_value + deposit - residential_property
    return general_property + vehicles_like_general_property + above_limit


@rule(
    entity=HOUSEHOLD,
    label=("환산 대상 주거용재산", "Residential property that is converted"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
)
def net_residential_property(
    residential_property: Money, basic_property_amount: Money, debts: Money
) -> Money:
    """Residential property above the basic amount and debts: they are taken off here first."""
    if residential_property == 0:
        return 0
    return max(residential_property - basic_property_amount - debts, 0)


@rule(
    entity=HOUSEHOLD,
    label=("환산 대상 일반재산", "General property that is converted"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
)
def net_general_property(
    counted_general_property: Money,
    residential_property: Money,
    basic_property_amount: Money,
    debts: Money,
) -> Money:
    """General property above what is left of the basic amount and debts."""
    if counted_general_property == 0:
        return 0
    left = max(basic_property_amount + debts - residential_property, 0)
    return max(counted_general_property - left, 0)


@rule(
    entity=HOUSEHOLD,
    label=("환산 대상 금융재산", "Financial property that is converted"),
    citation="국민기초생활 보장법 시행령 §5의4①1 후단, §5의4①2",
)
def net_financial_property(
    financial_property: Money,
    asset_building_savings: Money,
    counted_general_property: Money,
    residential_property: Money,
    basic_property_amount: Money,
    debts: Money,
    living_reserve: Money,
) -> Money:
    """Financial property above the living reserve and above what is still left to be taken off."""
    if financial_property == 0:
        return 0
    property_before = residential_property + counted_general_property
    left = max(basic_property_amount + debts - property_before, 0)
    if financial_property <= living_reserve + left:
        return 0
    return max(financial_property - living_reserve - left - asset_building_savings, 0)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.INCOME,
    rounding=Rounding.DOWN,
    label=("재산의 소득환산액", "Income imputed from property"),
    citation="국민기초생활 보장법 §6의3②, 시행령 §5의4",
)
def converted_property(
    net_residential_property: Money,
    net_general_property: Money,
    net_financial_property: Money,
    vehicles_converted_in_full: Money,
    residential_conversion_rate: Rate,
    general_conversion_rate: Rate,
    financial_conversion_rate: Rate,
    vehicle_conversion_rate: Rate,
) -> Money:
    """Each kind of property at its monthly rate; nothing is taken off vehicles."""
    net = net_residential_property + net_general_property + net_financial_property
    if net + vehicles_converted_in_full == 0:
        return 0
    return (
        net_residential_property * residential_conversion_rate
        + net_general_property * general_conversion_rate
        + net_financial_property * financial_conversion_rate
        + vehicles_converted_in_full * vehicle_conversion_rate
    )


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.INCOME,
    label=("소득인정액", "Recognised income"),
    citation="국민기초생활 보장법 §2-9",
)
def recognised_income(assessed_income: Money, converted_property: Money) -> Money:
    """소득평가액 + 재산의 소득환산액."""
    return assessed_income + converted_property
