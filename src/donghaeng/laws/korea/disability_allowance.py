"""장애수당 and 장애아동수당 (장애인복지법 §49, §50; 시행령 §30, §33)."""

from donghaeng.rules import MONTH, PERSON, Count, Enumeration, Money, Role, Table, rule

from .terms import Absence, School


class DisabilityLevel(Enumeration):
    """장애 정도 by which the allowance for children differs."""

    PENSION_SEVERE = (
        "pension_severe",
        "중증(장애인연금의 중증장애인 요건)",
        "severe in the sense of the disability pension",
    )
    SEVERE = "severe", "그 밖의 심한 장애", "severe otherwise"
    OTHER = "other", "심하지 않은 장애", "not severe"


class DisabilityAllowanceClass(Enumeration):
    """급여 종류와 보장시설 by which the allowance differs."""

    LIVELIHOOD_OR_MEDICAL = (
        "livelihood_or_medical",
        "생계·의료급여 수급자",
        "recipients of livelihood benefit or medical aid",
    )
    OTHERS_AT_HOME = (
        "others_at_home",
        "주거·교육급여 수급자와 차상위계층",
        "recipients of housing or education benefit, and up to half of the median income",
    )
    INSTITUTION = "institution", "보장시설 수급자", "recipients in an institution"


@rule(
    entity=PERSON,
    label=("장애 정도", "Degree of disability"),
    citation="장애인복지법 §50①, 장애인연금법 §2-1",
)
def disability_level(severe_disability: bool, meets_pension_severity: bool) -> DisabilityLevel:
    """Only who is severe is asked whether the pension's requirements are met."""
    if not severe_disability:
        return DisabilityLevel.OTHER
    return DisabilityLevel.PENSION_SEVERE if meets_pension_severity else DisabilityLevel.SEVERE


@rule(
    entity=PERSON,
    label=("장애수당 구분", "Class of the disability allowance"),
    citation="장애인복지법 시행령 §33①",
)
def disability_allowance_class(
    absence: Absence, recipient_of_livelihood_or_medical_aid: bool
) -> DisabilityAllowanceClass:
    if absence == Absence.INSTITUTION:
        return DisabilityAllowanceClass.INSTITUTION
    if recipient_of_livelihood_or_medical_aid:
        return DisabilityAllowanceClass.LIVELIHOOD_OR_MEDICAL
    return DisabilityAllowanceClass.OTHERS_AT_HOME


@rule(
    entity=PERSON,
    label=("장애(아동)수당 대상", "May get the disability allowance"),
    citation="장애인복지법 §49①, §50①; 시행령 §30①, §30②",
)
def disability_allowance_candidate(
    disabled: bool, severe_disability: bool, absence: Absence, near_poor_household: bool
) -> bool:
    """Registered, and 수급자 or 차상위계층; in a 보장시설 one is a recipient."""
    if not disabled and not severe_disability:
        return False
    if absence == Absence.INSTITUTION:
        return True
    return absence == Absence.NONE and near_poor_household


@rule(
    entity=PERSON,
    label=("장애아동수당 나이", "Of the age of the allowance for children"),
    citation="장애인복지법 시행령 §30②1",
    history="present text since 2019-12-31; the one before was not read",
)
def of_disability_child_age(age: Count, school_now: School, disability_pension: Money) -> bool:
    """Under 18, or up to 20 at a school and without the disability pension."""
    if age < 18:
        return True
    if age > 20 or school_now not in (School.ELEMENTARY, School.MIDDLE, School.HIGH):
        return False
    return disability_pension == 0


@rule(
    entity=PERSON,
    period=MONTH,
    label=("장애아동수당", "Disability allowance for children"),
    citation="장애인복지법 §50①, 시행령 §30②, §33①",
)
def disability_child_allowance(
    disability_allowance_candidate: bool,
    of_disability_child_age: bool,
    disability_level: DisabilityLevel,
    disability_allowance_class: DisabilityAllowanceClass,
    disability_child_allowance_table: Table,
) -> Money:
    """By degree of disability, by benefit, and lower in an institution."""
    if not disability_allowance_candidate or not of_disability_child_age:
        return 0
    return disability_child_allowance_table[disability_level, disability_allowance_class]


@rule(
    entity=PERSON,
    period=MONTH,
    label=("장애수당(18세 이상)", "Disability allowance for adults"),
    citation="장애인복지법 §49, 시행령 §30①, §33①",
)
def disability_adult_allowance(
    disability_allowance_candidate: bool,
    of_disability_child_age: bool,
    disability_level: DisabilityLevel,
    absence: Absence,
    disability_adult_allowance_at_home: Money,
    disability_adult_allowance_in_institution: Money,
) -> Money:
    """Not beside the allowance for children, nor for those whom the pension law calls severe (§49②)."""
    if not disability_allowance_candidate or of_disability_child_age:
        return 0
    if disability_level == DisabilityLevel.PENSION_SEVERE:
        return 0
    if absence == Absence.INSTITUTION:
        return disability_adult_allowance_in_institution
    return disability_adult_allowance_at_home


@rule(
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("장애(아동)수당", "Disability allowance"),
    citation="장애인복지법 §49, §50",
)
def disability_allowance(
    disability_child_allowance: Money, disability_adult_allowance: Money
) -> Money:
    """One of the two."""
    return disability_child_allowance + disability_adult_allowance
