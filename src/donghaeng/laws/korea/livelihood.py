"""생계급여 and who is able to work (국민기초생활 보장법 §8, §9⑤; 시행령 §7)."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Enumeration,
    Money,
    Role,
    fact,
    rule,
)


class WorkObstacle(Enumeration):
    """Why a person of 18–64 is not able to work, or is not asked to (의료급여법 시행령 §3②1가)."""

    NONE = "none", "없음", "none"
    FOUND_UNABLE = (
        "found_unable",
        "근로능력평가에서 근로능력이 없다고 판정됨",
        "found unable to work by the assessment",
    )
    HINDERED = "hindered", "근로가 곤란하다고 정해진 사람", "named by the minister as hindered"
    CARER = "carer", "가구원을 양육·간병함", "cares for a member of the household"
    PREGNANT = "pregnant", "임신 중이거나 분만 후 6개월 미만", "pregnant, or gave birth recently"
    SERVICE = "service", "병역의무 이행 중", "in compulsory service"


supporter_excludes = fact(
    HOUSEHOLD,
    bool,
    default=False,
    field="supporter_excludes",
    label=(
        "부양의무자 때문에 생계급여에서 제외됨",
        "Excluded from the livelihood benefit because of a person obliged to support",
    ),
    question=(
        "따로 사는 부모나 자녀가 소득이나 재산이 아주 많은가요?",
        "Does a parent or child who lives elsewhere have a very high income or property?",
    ),
    citation="국민기초생활 보장법 §8②, §8의2",
)
work_obstacle = fact(
    PERSON,
    WorkObstacle,
    label=("일하기 어려운 사유", "Why not able to work"),
    question=(
        "질병, 돌봄, 임신처럼 일하기 어려운 사유가 인정되었나요?",
        "Was it recognised that illness, caring or pregnancy keeps the person from work?",
    ),
    citation="국민기초생활 보장법 시행령 §7①; 의료급여법 시행령 §3②1가",
)


@rule(
    name="livelihood_benefit",
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("생계급여", "Livelihood benefit"),
    citation="국민기초생활 보장법 §8②, §8③",
    history="맞춤형 급여 since 2015-07-01 (법률 12933); every 부양의무자 counted until 2021-09",
    valid_until="2021-09-30",
)
def livelihood_benefit_with_supporters(
    benefit_unit_size: Count,
    livelihood_line: Money,
    recognised_income: Money,
    supporter_excludes: bool,
) -> Money:
    """What is missing to the line, unless a 부양의무자 was found able to support."""
    if benefit_unit_size == 0 or supporter_excludes:
        return 0
    if recognised_income > livelihood_line:
        return 0
    return livelihood_line - recognised_income


@rule(
    name="livelihood_benefit",
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("생계급여", "Livelihood benefit"),
    citation="국민기초생활 보장법 §8②, §8③",
    history="since 2021-10 (day unverified) a 부양의무자 counts only with a high income or property",
    valid_from="2021-10-01",
)
def livelihood_benefit(
    benefit_unit_size: Count,
    livelihood_line: Money,
    recognised_income: Money,
    supporter_excludes: bool,
    wealthy_supporter: bool,
) -> Money:
    """What is missing between the recognised income and the line."""
    if benefit_unit_size == 0 or supporter_excludes:
        return 0
    if recognised_income > livelihood_line:
        return 0
    if wealthy_supporter:
        return 0
    return livelihood_line - recognised_income


@rule(
    entity=PERSON,
    label=("근로능력이 있는 수급자", "Recipient who is able to work"),
    citation="국민기초생활 보장법 §9⑤, 시행령 §7①",
    history="the office may put the condition off (시행령 §8②)",
)
def able_to_work_recipient(
    in_benefit_unit: bool,
    age: Count,
    severe_disability: bool,
    work_obstacle: WorkObstacle,
    livelihood_benefit: Money,
) -> bool:
    """18–64, 중증장애인 and those found unable excepted: 생계급여 may be given on condition."""
    if not in_benefit_unit or livelihood_benefit == 0:
        return False
    if age < 18 or age > 64 or severe_disability:
        return False
    return work_obstacle not in (WorkObstacle.FOUND_UNABLE, WorkObstacle.HINDERED)
