"""주거급여의 분리 지급: rent of a recipient's child who lives apart (주거급여법 §7의2).

§7의2② leaves the standards to the minister. His notice was not read for them: what it would decide
is a gap here, and the amount is computed where it does not matter.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    count_over,
    fact,
    of,
    rule,
)

from .household_unit import benefit_unit, first_parent, second_parent, spouse
from .terms import Region

lives_apart_from_parents = fact(
    PERSON,
    bool,
    default=False,
    field="separate_home.lives_apart",
    label=(
        "취학·구직 등으로 부모와 따로 삶",
        "Lives apart from the parents, for school or work",
    ),
    citation="주거급여법 §7의2①",
)
youth_never_married = fact(
    PERSON,
    bool,
    default=True,
    field="separate_home.never_married",
    label=("미혼", "Never married"),
    citation="주거급여법 §7의2①",
)
separate_region = fact(
    PERSON,
    Region,
    field="separate_home.region",
    label=("따로 사는 집의 지역", "Region of the separate home"),
    question=("따로 사는 집은 어느 시·도에 있나요?", "In which region is the separate home?"),
    citation="주거급여법 §7의2①, §7③",
)
separate_special_city = fact(
    PERSON,
    bool,
    default=False,
    field="separate_home.special_city",
    label=(
        "따로 사는 집이 수도권 밖 특례시(창원)에 있음",
        "Separate home in a special case city outside the capital area",
    ),
    citation="주거급여 실시에 관한 고시",
)
separate_rent = fact(
    PERSON,
    Money,
    period=MONTH,
    field="separate_home.monthly_rent",
    label=("따로 사는 집의 월차임", "Monthly rent of the separate home"),
    question=(
        "따로 사는 집의 월세는 한 달에 얼마인가요?",
        "How much is the rent of the separate home a month?",
    ),
    citation="주거급여 실시에 관한 고시 §7②",
)
separate_deposit = fact(
    PERSON,
    Money,
    field="separate_home.deposit",
    label=("따로 사는 집의 임차보증금", "Deposit of the separate home"),
    question=(
        "따로 사는 집의 보증금은 얼마인가요?",
        "How much is the deposit of the separate home?",
    ),
    citation="주거급여 실시에 관한 고시 §7②",
)

first_parent_in_unit = of(
    first_parent,
    "in_benefit_unit",
    otherwise=False,
    value_type=bool,
    label=("부모가 가구원임", "A parent counts in the household"),
)
second_parent_in_unit = of(
    second_parent,
    "in_benefit_unit",
    otherwise=False,
    value_type=bool,
    label=("부모(두 번째)가 가구원임", "The second parent counts in the household"),
)
spouse_in_file = of(
    spouse,
    "in_benefit_unit",
    otherwise=False,
    value_type=bool,
    label=("배우자가 가구원임", "The spouse counts in the household"),
)


@rule(
    name="youth_apart",
    entity=PERSON,
    label=("분리 지급 대상 청년가구원", "Young person paid separately"),
    citation="주거급여법 §7의2",
    history="before §7의2 the Act knew no separate payment",
    valid_until="2023-10-18",
)
def youth_apart_before_2023_10() -> bool:
    """None in the Act; what the notices paid before was not read."""
    return False


@rule(
    name="youth_apart",
    entity=PERSON,
    label=("분리 지급 대상 청년가구원", "Young person paid separately"),
    citation="주거급여법 §7의2①",
    history="in force since 2023-10-19 (법률 19390)",
    valid_from="2023-10-19",
)
def youth_apart(
    lives_apart_from_parents: bool,
    youth_never_married: bool,
    in_benefit_unit: bool,
    spouse_in_file: bool,
    first_parent_in_unit: bool,
    second_parent_in_unit: bool,
    age: Count,
    youth_apart_from_age: Count,
    youth_apart_below_age: Count,
) -> bool:
    """An unmarried child of a recipient, from 19 to 29, who lives elsewhere."""
    if not lives_apart_from_parents or not in_benefit_unit:
        return False
    if not first_parent_in_unit and not second_parent_in_unit:
        return False
    if spouse_in_file or not youth_never_married:
        return False
    return youth_apart_from_age <= age < youth_apart_below_age


youths_apart = count_over(
    benefit_unit,
    "youth_apart",
    label=("분리 지급 대상 청년가구원 수", "Young persons paid separately"),
)


@rule(
    entity=HOUSEHOLD,
    label=("임차급여 가구원 수", "Persons in the home whose rent is paid"),
    citation="주거급여법 §7의2①",
)
def persons_in_home(
    benefit_unit_size: Count, youths_apart: Count, youth_leaves_the_home: bool
) -> Count:
    """가구원 수, without those whose rent is paid apart."""
    if youths_apart == 0 or not youth_leaves_the_home:
        return benefit_unit_size
    return max(benefit_unit_size - youths_apart, 0)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("따로 사는 집의 기준임대료", "Base rent of the separate home"),
    citation="주거급여법 §7③, §7의2",
    valid_from="2023-10-19",
)
def separate_base_rent(
    separate_region: Region,
    separate_special_city: bool,
    rent_zone_of_region: Table,
    base_rent_table: Table,
) -> Money:
    """기준임대료 for one person where the young person lives."""
    zone = rent_zone_of_region[separate_region]
    if separate_special_city:
        zone = min(zone, 3)
    return base_rent_table[zone, 1]


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.UP_10,
    role=Role.BENEFIT,
    label=("청년 주거급여 분리지급", "Housing benefit of a young person living apart"),
    citation="주거급여법 §7의2; 주거급여 실시에 관한 고시 §7",
    history="in force since 2023-10-19 (법률 19390)",
    valid_from="2023-10-19",
)
def youth_housing_benefit(
    youth_apart: bool,
    housing_entitled: bool,
    separate_rent: Money,
    separate_deposit: Money,
    separate_base_rent: Money,
    recognised_income: Money,
    livelihood_line: Money,
    deposit_rent_rate: Rate,
    own_share_rate: Rate,
    own_share_part_of_the_youth: Rate,
    excess_rent_rule: bool,
    excess_rent_multiple: Count,
    least_housing_benefit: Money,
) -> Money:
    """The rent of the separate home up to the base rent there, less a part of the own share."""
    if not youth_apart or not housing_entitled:
        return 0
    rent = separate_rent + separate_deposit * deposit_rent_rate
    if rent == 0:
        return 0
    if rent > separate_base_rent * excess_rent_multiple and excess_rent_rule:
        return least_housing_benefit
    amount = min(rent, separate_base_rent)
    if recognised_income > livelihood_line:
        excess = recognised_income - livelihood_line
        amount -= excess * own_share_rate * own_share_part_of_the_youth
    return max(amount, least_housing_benefit)
