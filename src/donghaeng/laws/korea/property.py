"""재산의 소득환산액 and 소득인정액 (국민기초생활 보장법 §2-9, §6의3②; 시행령 §5의3, §5의4)."""

from donghaeng.rules import HOUSEHOLD, MONTH, Money, Rate, Role, Rounding, Table, fact, rule

from .terms import PropertyRegion, Region, Tenure

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
vehicles_at_full_value = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.vehicles",
    items=("value", {"treatment": "full"}),
    label=("가액 전부가 소득으로 환산되는 자동차", "Vehicles converted in full"),
    citation="국민기초생활 보장법 시행령 §5의4①3",
)
vehicles_as_general_property = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.vehicles",
    items=("value", {"treatment": "general"}),
    label=("일반재산으로 보는 자동차", "Vehicles treated as general property"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
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


@rule(
    entity=HOUSEHOLD,
    label=("기본재산액 지역 구분", "Region class of the basic property amount"),
    citation="국민기초생활 보장법 시행령 §5의4①1가",
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
    label=("주거용재산", "Residential property"),
    citation="국민기초생활 보장법 시행령 §5의4②",
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
    vehicles_as_general_property: Money,
    home_value: Money,
    deposit: Money,
    residential_property: Money,
) -> Money:
    """Other general property, vehicles treated so, and what a home is worth above the limit."""
    above_limit = home_value + deposit - residential_property
    return general_property + vehicles_as_general_property + above_limit


@rule(
    entity=HOUSEHOLD,
    label=("환산 대상 주거용재산", "Residential property that is converted"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
)
def net_residential_property(
    residential_property: Money,
    property_region: PropertyRegion,
    basic_property: Table,
    debts: Money,
) -> Money:
    """Residential property above the basic amount and debts: they are taken off here first."""
    if residential_property == 0:
        return 0
    return max(residential_property - basic_property[property_region] - debts, 0)


@rule(
    entity=HOUSEHOLD,
    label=("환산 대상 일반재산", "General property that is converted"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
)
def net_general_property(
    counted_general_property: Money,
    residential_property: Money,
    property_region: PropertyRegion,
    basic_property: Table,
    debts: Money,
) -> Money:
    """General property above what is left of the basic amount and debts."""
    if counted_general_property == 0:
        return 0
    left = max(basic_property[property_region] + debts - residential_property, 0)
    return max(counted_general_property - left, 0)


@rule(
    entity=HOUSEHOLD,
    label=("환산 대상 금융재산", "Financial property that is converted"),
    citation="국민기초생활 보장법 시행령 §5의4①2",
)
def net_financial_property(
    financial_property: Money,
    counted_general_property: Money,
    residential_property: Money,
    property_region: PropertyRegion,
    basic_property: Table,
    debts: Money,
    living_reserve: Money,
) -> Money:
    """Financial property above the living reserve and above what is still left to be taken off."""
    if financial_property == 0:
        return 0
    property_before = residential_property + counted_general_property
    left = max(basic_property[property_region] + debts - property_before, 0)
    return max(financial_property - living_reserve - left, 0)


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
    vehicles_at_full_value: Money,
    residential_conversion_rate: Rate,
    general_conversion_rate: Rate,
    financial_conversion_rate: Rate,
    vehicle_conversion_rate: Rate,
) -> Money:
    """Each kind of property at its monthly rate; nothing is taken off vehicles."""
    net = net_residential_property + net_general_property + net_financial_property
    if net + vehicles_at_full_value == 0:
        return 0
    return (
        net_residential_property * residential_conversion_rate
        + net_general_property * general_conversion_rate
        + net_financial_property * financial_conversion_rate
        + vehicles_at_full_value * vehicle_conversion_rate
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
