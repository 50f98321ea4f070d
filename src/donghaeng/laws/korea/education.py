"""교육급여: 교육활동지원비 of a school year (국민기초생활 보장법 §12, §12의2; 시행령 §16).

What a pupil of a school without free tuition gets beside it (입학금, 수업료, 교과서비: as billed) is not
computed.
"""

from donghaeng.rules import PERSON, YEAR, Enumeration, Money, Role, Table, rule

from .terms import School


class SchoolLevel(Enumeration):
    """학교급: the three levels for which 교육활동지원비 is set."""

    ELEMENTARY = "elementary", "초", "elementary"
    MIDDLE = "middle", "중", "middle"
    HIGH = "high", "고", "high"


@rule(
    entity=PERSON,
    label=("교육급여 수급권자", "Entitled to the education benefit"),
    citation="국민기초생활 보장법 §12①, §12③, §12의2; 시행령 §16①",
    history="부양의무자 are not looked at (§12의2)",
)
def education_benefit_entitled(
    in_benefit_unit: bool,
    school_now: School,
    recognised_income: Money,
    education_line: Money,
) -> bool:
    """A pupil of 초·중·고 in a household with income up to 교육급여 선정기준."""
    if not in_benefit_unit or recognised_income > education_line:
        return False
    return school_now not in (School.NONE, School.HIGHER)


@rule(
    entity=PERSON,
    period=YEAR,
    role=Role.BENEFIT,
    label=("교육급여(교육활동지원비)", "Education benefit (support for school activities)"),
    citation="국민기초생활 보장법 §12①, §12의2; 교육급여 고시(교육부)",
    history="one amount a year; until 2020 separate parts (학용품비, 부교재비 and others), not read",
)
def education_benefit_year(
    education_benefit_entitled: bool, school_now: School, education_activity_support: Table
) -> Money:
    """교육활동지원비 by kind of school, once a year."""
    if not education_benefit_entitled:
        return 0
    if school_now == School.ELEMENTARY:
        return education_activity_support[SchoolLevel.ELEMENTARY]
    if school_now == School.MIDDLE:
        return education_activity_support[SchoolLevel.MIDDLE]
    return education_activity_support[SchoolLevel.HIGH]
