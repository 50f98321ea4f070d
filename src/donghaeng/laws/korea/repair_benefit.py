"""주거급여, 수선유지급여 (주거급여법 §8; 시행규칙 §6; 주거급여 실시에 관한 고시 §19–§25)."""

from donghaeng.rules import (
    HOUSEHOLD,
    YEAR,
    Enumeration,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    fact,
    rule,
)

from .terms import Tenure


class RepairScope(Enumeration):
    """보수범위, found by the points of an inspection (고시 §19①)."""

    NONE = "none", "수선 대상으로 조사되지 않음", "no repair found necessary"
    MINOR = "minor", "경보수", "minor repair"
    MEDIUM = "medium", "중보수", "medium repair"
    MAJOR = "major", "대보수", "major repair"


repair_scope = fact(
    HOUSEHOLD,
    RepairScope,
    default=RepairScope.NONE,
    field="housing.repair_scope",
    label=("주택조사로 정해진 보수범위", "Repair found necessary by the inspection"),
    citation="주거급여 실시에 관한 고시 §19①",
)
on_island_without_road = fact(
    HOUSEHOLD,
    bool,
    default=False,
    field="housing.island_without_road",
    label=(
        "육로로 갈 수 없는 섬(제주 본섬 제외)에 거주",
        "Lives on an island without a road to it, other than Jeju",
    ),
    citation="연도별 주거급여 선정기준 및 최저보장수준(국토교통부 고시)",
)


@rule(
    entity=HOUSEHOLD,
    period=YEAR,
    rounding=Rounding.DOWN,
    role=Role.BENEFIT,
    label=("주거급여(수선유지급여) 한도", "Housing benefit (repair), most in a repair cycle"),
    citation="주거급여법 §8; 주거급여 실시에 관한 고시 §19, §22",
    history="10 % more on islands since 2018 (고시 2017-528); middle line 35 %, later 40 % of the median",
)
def repair_benefit(
    tenure: Tenure,
    repair_scope: RepairScope,
    on_island_without_road: bool,
    housing_entitled: bool,
    recognised_income: Money,
    livelihood_line: Money,
    median_income: Money,
    repair_cost: Table,
    repair_middle_ratio: Rate,
    repair_share: Table,
    island_addition: Rate,
) -> Money:
    """What the repair may cost, once in a cycle: 100, 90 or 80 % by income. Not money a month."""
    if tenure != Tenure.OWNED or repair_scope == RepairScope.NONE:
        return 0
    if not housing_entitled:
        return 0
    if recognised_income <= livelihood_line:
        share = repair_share[1]
    elif recognised_income <= median_income * repair_middle_ratio:
        share = repair_share[2]
    else:
        share = repair_share[3]
    cost = repair_cost[repair_scope] * share
    if on_island_without_road:
        return cost * (1 + island_addition)
    return cost
