"""주거급여, 임차급여 (주거급여법 §5, §7; 주거급여 실시에 관한 고시 §6–§9)."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    Count,
    Enumeration,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    fact,
    round_down,
    rule,
)

from .terms import Region, Tenure


class RentCase(Enumeration):
    """특례 in which the rent counts as 60 % of the base rent (고시 §8①, §9①2·3)."""

    NONE = "none", "해당 없음", "none"
    FACILITY = "facility", "임차료가 발생하는 거주시설·사회복지시설", "facility that charges rent"
    HOSPITAL = (
        "hospital",
        "가구원 전체 입원으로 계약서 확인 불가",
        "all persons in hospital, lease cannot be seen",
    )
    SURVEY_PENDING = (
        "survey_pending",
        "계약 변경 신고 후 주택조사 지연",
        "lease changed, housing survey not done yet",
    )


monthly_rent = fact(
    HOUSEHOLD,
    Money,
    period=MONTH,
    field="housing.monthly_rent",
    label=("월차임", "Monthly rent"),
    question=("월세는 한 달에 얼마인가요?", "How much is the rent a month?"),
    citation="주거급여 실시에 관한 고시 §7②",
)
rent_case = fact(
    HOUSEHOLD,
    RentCase,
    default=RentCase.NONE,
    field="housing.rent_case",
    label=("임차급여 지급 특례", "Special case of the rent"),
    citation="주거급여 실시에 관한 고시 §8①, §9①2, §9①3",
)
gives_in_return = fact(
    HOUSEHOLD,
    bool,
    default=True,
    field="housing.gives_in_return",
    label=(
        "임차료 대신 현물·노동 등 대가를 줌(사용대차 확인서)",
        "Gives goods or work instead of rent (confirmed in writing)",
    ),
    question=(
        "월세 대신 물건이나 일로 집값을 치르시나요?",
        "Do you give goods or work in place of a rent?",
    ),
    citation="주거급여 실시에 관한 고시 §9①1, §9②",
)
lease_within_family = fact(
    HOUSEHOLD,
    bool,
    default=False,
    field="housing.lease_within_family",
    label=(
        "인정되지 않는 가족과의 임대차계약",
        "Lease with close family, which does not count",
    ),
    question=(
        "부모나 자녀, 그 배우자에게서 집을 빌리셨나요?",
        "Is the landlord a parent or child of yours, or their spouse?",
    ),
    citation="주거급여 실시에 관한 고시 §6③",
)


@rule(
    name="housing_entitled",
    entity=HOUSEHOLD,
    label=("주거급여 수급권자", "Entitled to the housing benefit"),
    citation="주거급여법 §5①, §5② (법률 제15358호로 삭제되기 전)",
    history="§5②, the test of 부양의무자, deleted 2018-10-01 (법률 15358)",
    valid_until="2018-09-30",
)
def housing_entitled_before_2018_10(
    benefit_unit_size: Count,
    recognised_income: Money,
    housing_line: Money,
    supporter_excludes: bool,
) -> bool:
    """Income up to the line, and nobody obliged who is able to support."""
    if benefit_unit_size == 0 or supporter_excludes:
        return False
    return recognised_income <= housing_line


@rule(
    name="housing_entitled",
    entity=HOUSEHOLD,
    label=("주거급여 수급권자", "Entitled to the housing benefit"),
    citation="주거급여법 §5①",
    history="§5②, the test of 부양의무자, deleted 2018-10-01 (법률 15358)",
    valid_from="2018-10-01",
)
def housing_entitled(
    benefit_unit_size: Count, recognised_income: Money, housing_line: Money
) -> bool:
    """소득인정액 up to 주거급여 선정기준."""
    if benefit_unit_size == 0:
        return False
    return recognised_income <= housing_line


@rule(
    name="rent_zone",
    entity=HOUSEHOLD,
    label=("급지", "Rent zone"),
    citation="주거급여법 §7③",
    history="특례시 exist since 2022-01-13 (지방자치법)",
    valid_until="2021-12-31",
)
def rent_zone_before_2022(region: Region, rent_zone_of_region: Table) -> Count:
    """1급지 Seoul to 4급지."""
    return rent_zone_of_region[region]


@rule(
    name="rent_zone",
    entity=HOUSEHOLD,
    label=("급지", "Rent zone"),
    citation="주거급여법 §7③",
    history="특례시 exist since 2022-01-13 (지방자치법); taken from the table of 2022 on",
    valid_from="2022-01-01",
)
def rent_zone(region: Region, in_special_city: bool, rent_zone_of_region: Table) -> Count:
    """1급지 Seoul to 4급지; a special case city outside the capital area is in the third."""
    if in_special_city:
        return min(rent_zone_of_region[region], 3)
    return rent_zone_of_region[region]


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("기준임대료", "Base rent"),
    citation="주거급여법 §7③",
    history="7 persons as 6; 8–9 persons 10 % more, and 10 % more for every two further (고시 2019-427)",
)
def base_rent(
    persons_in_home: Count,
    rent_zone: Count,
    base_rent_table: Table,
    large_household_rent_step: Rate,
) -> Money:
    """The highest rent that counts, by zone and number of persons."""
    if persons_in_home <= 7:
        return base_rent_table[rent_zone, min(max(persons_in_home, 1), 6)]
    steps = round_down(persons_in_home - 6, to=2)
    return base_rent_table[rent_zone, 6] * (1 + steps * large_household_rent_step / 2)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.UP_10,
    role=Role.BENEFIT,
    label=("주거급여(임차급여)", "Housing benefit (rent)"),
    citation="주거급여법 §5①, §7; 주거급여 실시에 관한 고시 §6–§9",
    history="a rent above five times the base rent: the least amount only (고시 2020-627 §7①3)",
)
def housing_benefit(
    tenure: Tenure,
    rent_case: RentCase,
    gives_in_return: bool,
    lease_within_family: bool,
    deposit: Money,
    monthly_rent: Money,
    housing_entitled: bool,
    youths_apart: Count,
    recognised_income: Money,
    livelihood_line: Money,
    base_rent: Money,
    deposit_rent_rate: Rate,
    own_share_rate: Rate,
    own_share_part_of_the_home: Rate,
    free_use_rent_share: Rate,
    excess_rent_rule: bool,
    excess_rent_multiple: Count,
    least_housing_benefit: Money,
) -> Money:
    """The rent up to the base rent, less 30 % of the income above the livelihood line."""
    if tenure in (Tenure.OWNED, Tenure.OTHER):
        return 0
    if not housing_entitled:
        return 0
    if rent_case != RentCase.NONE:
        rent = base_rent * free_use_rent_share
    elif tenure == Tenure.FREE_USE:
        if not gives_in_return:
            return 0
        rent = base_rent * free_use_rent_share
    else:
        if lease_within_family:
            return 0
        rent = deposit * deposit_rent_rate
        if tenure == Tenure.MONTHLY_RENT:
            rent += monthly_rent
        if rent == 0:
            return 0
        if rent > base_rent * excess_rent_multiple and excess_rent_rule:
            return least_housing_benefit
    amount = min(rent, base_rent)
    if recognised_income > livelihood_line:
        own_share = (recognised_income - livelihood_line) * own_share_rate
        amount -= own_share if youths_apart == 0 else own_share * own_share_part_of_the_home
    return max(amount, least_housing_benefit)
