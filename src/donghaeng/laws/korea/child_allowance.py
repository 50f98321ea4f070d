"""아동수당 (아동수당법 §4①, §4⑥, §4⑦, §10①, §13①; 시행령 §2②)."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Day,
    Enumeration,
    Money,
    Role,
    Table,
    fact,
    months_between,
    rule,
)

from .terms import Region


class DepopulationArea(Enumeration):
    """인구감소지역 as the decree on the child allowance tells them apart (시행령 §2②)."""

    NONE = "none", "인구감소지역 아님", "not a depopulation area"
    LISTED = "listed", "인구감소지역", "depopulation area"
    FAVOURED = (
        "favoured",
        "복지부장관이 고시한 인구감소지역",
        "depopulation area named in the ministry's notice",
    )


child_allowance_suspended = fact(
    PERSON,
    bool,
    default=False,
    label=(
        "아동수당 지급 정지 사유(90일 이상 국외 체류, 행방불명, 거주불명)",
        "Abroad for 90 days or more, or missing (child allowance suspended)",
    ),
    citation="아동수당법 §13①",
)
# Outside the capital area every place gets an addition, so that its size has to be asked. Inside it
# only a few outlying districts do, and not being in one of them is usual.
depopulation_area = fact(
    HOUSEHOLD,
    DepopulationArea,
    field="depopulation_area",
    label=("인구감소지역 여부", "Depopulation area"),
    question=(
        "사시는 시·군·구가 인구감소지역인가요?",
        "Is the district where you live a depopulation area?",
    ),
    citation="아동수당법 §4⑥, 시행령 §2②",
)
capital_depopulation_area = fact(
    HOUSEHOLD,
    DepopulationArea,
    default=DepopulationArea.NONE,
    field="depopulation_area",
    label=("인구감소지역 여부(인천·경기)", "Depopulation area (in Incheon and Gyeonggi)"),
    citation="아동수당법 §4⑥, 시행령 §2②1",
)
paid_in_local_vouchers = fact(
    HOUSEHOLD,
    bool,
    field="child_allowance_in_local_vouchers",
    label=("아동수당을 지역사랑상품권으로 지급받음", "Child allowance paid in local gift vouchers"),
    question=(
        "아동수당을 지역사랑상품권으로 받으시나요?",
        "Is the child allowance paid in local gift vouchers?",
    ),
    citation="아동수당법 §4⑦, §10③",
)


@rule(
    name="child_allowance_age_reached",
    entity=PERSON,
    label=("아동수당 지급 연령", "Of the age of the child allowance"),
    citation="아동수당법 §4①, §10①",
    history="under 6 since 2018-09, under 7 since 2019-09, under 8 since 2022-01",
    valid_from="2018-09-01",
    valid_until="2025-12-31",
)
def child_allowance_age_until_2025(
    birth_date: Day, assessment_day: Day, child_allowance_age: Count
) -> bool:
    """From the month of birth to the month before the month of the birthday."""
    return months_between(birth_date, assessment_day) < 12 * child_allowance_age


@rule(
    name="child_allowance_age_reached",
    entity=PERSON,
    label=("아동수당 지급 연령", "Of the age of the child allowance"),
    citation="아동수당법 §4①, §10①, 법률 제21489호 부칙 §2",
    history="a year more every year until under 13 in 2030; who was born in 2017 keeps it 2026–2029",
    valid_from="2026-01-01",
)
def child_allowance_age_since_2026(
    birth_date: Day,
    assessment_day: Day,
    child_allowance_age: Count,
    child_allowance_kept_from: Day,
    child_allowance_kept_until: Day,
) -> bool:
    """부칙 §2②: of those born in 2017 the age is not asked, January to December."""
    if child_allowance_kept_from <= birth_date <= child_allowance_kept_until:
        return True
    return months_between(birth_date, assessment_day) < 12 * child_allowance_age


@rule(
    name="child_allowance",
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("아동수당", "Child allowance"),
    citation="구 아동수당법 §4 (법률 제15539호)",
    history="with an income and property test until 2018-12",
    valid_from="2018-09-01",
    valid_until="2018-12-31",
)
def child_allowance_with_income_test(
    child_allowance_age_reached: bool, tested_child_allowance: Money
) -> Money:
    """The test (90 % of households) and the reduction near its line have not been read."""
    if not child_allowance_age_reached:
        return 0
    return tested_child_allowance


@rule(
    name="child_allowance",
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("아동수당", "Child allowance"),
    citation="아동수당법 §4①, §10①, §13①",
    history="without an income test: in force on 2019-04-01, paid back to 2019-01 (법률 제16249호 부칙 §3)",
    valid_from="2019-01-01",
)
def child_allowance_for_all(
    child_allowance_age_reached: bool,
    child_allowance_suspended: bool,
    child_allowance_amount: Money,
) -> Money:
    """매월 10만원, whatever the income; suspended during a long stay abroad."""
    if not child_allowance_age_reached or child_allowance_suspended:
        return 0
    return child_allowance_amount


@rule(
    entity=HOUSEHOLD,
    label=("아동수당 추가 지급 지역", "Area of the addition to the child allowance"),
    citation="아동수당법 §4⑥, 시행령 §2②1",
    valid_from="2026-01-01",
)
def child_allowance_area(
    region: Region,
    depopulation_area: DepopulationArea,
    capital_depopulation_area: DepopulationArea,
) -> DepopulationArea:
    """Seoul has none; in Incheon and Gyeonggi few live in one; elsewhere it is asked."""
    if region == Region.SEOUL:
        return DepopulationArea.NONE
    if region in (Region.INCHEON, Region.GYEONGGI):
        return capital_depopulation_area
    return depopulation_area


@rule(
    entity=PERSON,
    period=MONTH,
    label=("아동수당 지역 추가 지급액", "Addition to the child allowance by region"),
    citation="아동수당법 §4⑥, 시행령 §2②",
    valid_from="2026-01-01",
)
def regional_addition(
    region: Region,
    child_allowance_area: DepopulationArea,
    depopulation_addition: Table,
    non_capital_addition: Money,
) -> Money:
    """인구감소지역 by their kind; other places outside 수도권 the smaller amount."""
    if region == Region.SEOUL:
        return 0
    if child_allowance_area != DepopulationArea.NONE:
        return depopulation_addition[child_allowance_area]
    if region in (Region.INCHEON, Region.GYEONGGI):
        return 0
    return non_capital_addition


@rule(
    name="child_allowance_addition",
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("아동수당 추가 지급", "Addition to the child allowance"),
    citation="아동수당법 §4⑥, 시행령 §2②",
    history="in force on 2026-03-27, paid back to 2026-01 (법률 제21489호 부칙 §4①)",
    valid_from="2026-01-01",
    valid_until="2026-03-26",
)
def child_allowance_addition_paid_back(child_allowance: Money, regional_addition: Money) -> Money:
    """What a child who gets the allowance gets more by where it lives."""
    if child_allowance == 0:
        return 0
    return regional_addition


@rule(
    name="child_allowance_addition",
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("아동수당 추가 지급", "Addition to the child allowance"),
    citation="아동수당법 §4⑥, §4⑦, 시행령 §2②",
    history="§4⑦ since 2026-03-27 (대통령령 제36224호 부칙 §2), not paid back",
    valid_from="2026-03-27",
)
def child_allowance_addition_with_vouchers(
    child_allowance: Money,
    region: Region,
    regional_addition: Money,
    child_allowance_area: DepopulationArea,
    paid_in_local_vouchers: bool,
    voucher_addition: Money,
) -> Money:
    """By where the child lives; more in a 인구감소지역 that pays in 지역사랑상품권."""
    if child_allowance == 0 or region == Region.SEOUL:
        return 0
    if child_allowance_area == DepopulationArea.NONE or not paid_in_local_vouchers:
        return regional_addition
    return regional_addition + voucher_addition
