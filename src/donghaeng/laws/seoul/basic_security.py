"""서울형 기초보장: what the city pays to households that national basic livelihood leaves out.

Neither the ordinance nor the guide was read: lines and greatest amounts are those the city announced.
How the amount falls with income is not printed: it is known for households whose 소득평가액 is 0. Not here:
what is asked of how long somebody has lived in Seoul, 해산·장제급여, and the deduction of 2024 for young
single parents.
"""

from donghaeng.rules import HOUSEHOLD, MONTH, Count, Money, Rate, Role, Rounding, rule

from ..korea.terms import Region

ANNOUNCED = "서울형 기초보장제도 선정기준(서울시 발표)"


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.NEAREST,
    label=("서울형 기초보장 소득 기준", "Income line of Seoul basic security"),
    citation=ANNOUNCED,
    history="45 % of median income in 2021-05, 47 % in 2023, 48 % since 2024",
)
def seoul_basic_security_line(median_income: Money, seoul_basic_security_ratio: Rate) -> Money:
    """A share of 기준 중위소득: 1,148,166 won for one person in 2025."""
    return median_income * seoul_basic_security_ratio


# 재산


@rule(
    entity=HOUSEHOLD,
    label=("서울형 기초보장에서 볼 수 있는 재산", "All property that may count"),
    citation=ANNOUNCED,
)
def seoul_basic_security_property(
    home_value: Money,
    deposit: Money,
    general_property: Money,
    financial_property: Money,
    vehicles_at_full_value: Money,
    vehicles_as_general_property: Money,
) -> Money:
    """Every kind, before debts."""
    vehicles = vehicles_at_full_value + vehicles_as_general_property
    return home_value + deposit + general_property + financial_property + vehicles


@rule(
    entity=HOUSEHOLD,
    label=("서울형 기초보장 재산 기준 충족", "Property within the limit of Seoul basic security"),
    citation=ANNOUNCED,
    history="135,000,000 won in 2021-05; 155,000,000 won in 2025",
)
def seoul_basic_security_property_test(
    seoul_basic_security_property: Money,
    debts: Money,
    vehicles_at_full_value: Money,
    vehicles_as_general_property: Money,
    seoul_basic_security_property_limit: Money,
    seoul_basic_security_gross_property: bool,
) -> bool:
    """Whether debts and a vehicle for work are taken off matters only where they decide."""
    if seoul_basic_security_property <= seoul_basic_security_property_limit:
        return True
    taken_off = debts + vehicles_at_full_value + vehicles_as_general_property
    if seoul_basic_security_property - taken_off > seoul_basic_security_property_limit:
        return False
    return not seoul_basic_security_gross_property


# 수급 대상


@rule(
    entity=HOUSEHOLD,
    label=("맞춤형 급여 수급 가구", "Gets national basic livelihood benefits"),
    citation=ANNOUNCED,
)
def national_basic_livelihood(
    livelihood_benefit: Money, housing_entitled: bool, seoul_basic_security_beside_housing: bool
) -> bool:
    """생계·의료·주거급여: the line of 의료급여 is below the one of 주거급여."""
    if livelihood_benefit > 0:
        return True
    return housing_entitled and not seoul_basic_security_beside_housing


# 급여


@rule(
    name="seoul_basic_security_most",
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.UP,
    label=("서울형 기초보장 생계급여 최대액", "Greatest amount of Seoul basic security"),
    citation=ANNOUNCED,
    valid_until="2024-12-31",
)
def seoul_basic_security_most_until_2024(
    livelihood_line: Money, seoul_basic_security_share: Rate
) -> Money:
    """Half of 생계급여 선정기준: 356,551 and 589,218 won for one and two persons in 2024."""
    return livelihood_line * seoul_basic_security_share


@rule(
    name="seoul_basic_security_most",
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.UP_10,
    label=("서울형 기초보장 생계급여 최대액", "Greatest amount of Seoul basic security"),
    citation=ANNOUNCED,
    history="up to ten won since 2025: fits the four amounts that were printed",
    valid_from="2025-01-01",
)
def seoul_basic_security_most(livelihood_line: Money, seoul_basic_security_share: Rate) -> Money:
    """Half of 생계급여 선정기준: 382,730 and 975,650 won for one and four persons in 2025."""
    return livelihood_line * seoul_basic_security_share


@rule(
    name="seoul_basic_security",
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("서울형 기초보장(생계급여)", "Seoul basic security"),
    citation=ANNOUNCED,
    history="since 2013-07; the amounts before 2024 were not read",
    valid_until="2023-12-31",
)
def seoul_basic_security_until_2023(
    region: Region,
    benefit_unit_size: Count,
    assessed_income: Money,
    seoul_basic_security_line: Money,
    national_basic_livelihood: bool,
    seoul_basic_security_property_test: bool,
    seoul_basic_security_before_2024: Money,
) -> Money:
    """Nothing above the line or the limit, or beside the national benefits; else not known to us."""
    if region != Region.SEOUL or benefit_unit_size == 0:
        return 0
    if assessed_income > seoul_basic_security_line or national_basic_livelihood:
        return 0
    if not seoul_basic_security_property_test:
        return 0
    return seoul_basic_security_before_2024


@rule(
    name="seoul_basic_security",
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("서울형 기초보장(생계급여)", "Seoul basic security"),
    citation=ANNOUNCED,
    history="income and property are tested apart (2025, press)",
    valid_from="2024-01-01",
)
def seoul_basic_security(
    region: Region,
    benefit_unit_size: Count,
    assessed_income: Money,
    recognised_income: Money,
    seoul_basic_security_line: Money,
    seoul_basic_security_tests_apart: bool,
    national_basic_livelihood: bool,
    seoul_basic_security_property_test: bool,
    wealthy_supporter: bool,
    seoul_basic_security_most: Money,
    seoul_basic_security_with_income: Money,
) -> Money:
    """소득평가액 within the line, property within the limit, no 부양의무자 of high income or property."""
    if region != Region.SEOUL or benefit_unit_size == 0:
        return 0
    if assessed_income > seoul_basic_security_line or national_basic_livelihood:
        return 0
    if recognised_income > seoul_basic_security_line and not seoul_basic_security_tests_apart:
        return 0
    if not seoul_basic_security_property_test or wealthy_supporter:
        return 0
    return seoul_basic_security_most if assessed_income == 0 else seoul_basic_security_with_income


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    label=("합계에 넣는 서울형 기초보장", "Seoul basic security as it is added up"),
    citation=ANNOUNCED,
)
def counted_seoul_basic_security(
    seoul_basic_security_received: Money, seoul_basic_security: Money
) -> Money:
    """What is received; where nothing is said of that, what is due."""
    if seoul_basic_security_received > 0:
        return seoul_basic_security_received
    return seoul_basic_security
