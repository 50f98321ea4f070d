"""주거급여, 임차급여 (주거급여법 §5, §7; 주거급여 실시에 관한 고시 §7, §9)."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    Count,
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

monthly_rent = fact(
    HOUSEHOLD,
    Money,
    period=MONTH,
    default=0,
    field="housing.monthly_rent",
    label=("월차임", "Monthly rent"),
    question=("월세는 한 달에 얼마인가요?", "How much is the rent a month?"),
    citation="주거급여 실시에 관한 고시 §7",
)


@rule(
    entity=HOUSEHOLD,
    label=("급지", "Rent zone"),
    citation="주거급여법 §7③",
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
    benefit_unit_size: Count,
    rent_zone: Count,
    base_rent_table: Table,
    large_household_rent_step: Rate,
) -> Money:
    """The highest rent that counts, by zone and number of persons."""
    if benefit_unit_size <= 7:
        return base_rent_table[rent_zone, min(max(benefit_unit_size, 1), 6)]
    steps = round_down(benefit_unit_size - 6, to=2)
    return base_rent_table[rent_zone, 6] * (1 + steps * large_household_rent_step / 2)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.UP_10,
    role=Role.BENEFIT,
    label=("주거급여(임차급여)", "Housing benefit (rent)"),
    citation="주거급여법 §5①, §7; 주거급여 실시에 관한 고시 §7, §9",
)
def housing_benefit(
    tenure: Tenure,
    deposit: Money,
    monthly_rent: Money,
    benefit_unit_size: Count,
    recognised_income: Money,
    housing_line: Money,
    livelihood_line: Money,
    base_rent: Money,
    deposit_rent_rate: Rate,
    own_share_rate: Rate,
    free_use_rent_share: Rate,
    excess_rent_multiple: Count,
    least_housing_benefit: Money,
) -> Money:
    """The rent up to the base rent, less 30 % of the income above the livelihood line."""
    if benefit_unit_size == 0 or tenure in (Tenure.OWNED, Tenure.OTHER):
        return 0
    if recognised_income > housing_line:
        return 0
    if tenure == Tenure.FREE_USE:
        rent = base_rent * free_use_rent_share
    else:
        rent = monthly_rent + deposit * deposit_rent_rate
    own_share = max(recognised_income - livelihood_line, 0) * own_share_rate
    amount = min(rent, base_rent) - own_share
    if amount <= 0:
        return 0
    if rent > base_rent * excess_rent_multiple:
        return least_housing_benefit
    return max(amount, least_housing_benefit)
