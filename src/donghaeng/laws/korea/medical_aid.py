"""의료급여 (국민기초생활 보장법 §12의3; 의료급여법 §3①1; 의료급여법 시행령 §3).

Recipients by other acts (의료급여법 §3①2–10: disaster, adoption, merit, North Korean residents and so
on) are recognised person by person and are not computed here.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    PERSON,
    Count,
    Enumeration,
    Money,
    Role,
    any_over,
    fact,
    rule,
)

from .household_unit import benefit_unit
from .livelihood import WorkObstacle


class MedicalAidClass(Enumeration):
    """수급권자의 구분: the first class pays less of its own."""

    NONE = "none", "해당 없음", "none"
    CLASS_1 = "class_1", "1종", "first class"
    CLASS_2 = "class_2", "2종", "second class"


listed_illness = fact(
    PERSON,
    bool,
    default=False,
    label=(
        "고시된 결핵·희귀난치성·중증질환",
        "Tuberculosis, rare or severe illness listed by the minister",
    ),
    citation="의료급여법 시행령 §3②1다",
)


@rule(
    entity=HOUSEHOLD,
    role=Role.BENEFIT,
    label=("의료급여", "Medical aid"),
    citation="국민기초생활 보장법 §12의3②; 의료급여법 §3①1",
)
def medical_aid(
    benefit_unit_size: Count,
    recognised_income: Money,
    medical_line: Money,
    support_to_be_had: bool,
    imputed_support: Money,
) -> bool:
    """Income up to the line, and no 부양의무자 who is able to support; 부양비 is added while it counts."""
    if benefit_unit_size == 0 or recognised_income > medical_line:
        return False
    if support_to_be_had:
        return False
    return recognised_income + imputed_support <= medical_line


@rule(
    entity=PERSON,
    label=("1종 사유가 없는 가구원", "Member without a reason for the first class"),
    citation="의료급여법 시행령 §3②1가",
)
def without_reason_for_class_1(
    age: Count, severe_disability: bool, work_obstacle: WorkObstacle
) -> bool:
    """18–64, no 중증장애, and none of the reasons 4) to 7)."""
    if age < 18 or age >= 65 or severe_disability:
        return False
    return work_obstacle == WorkObstacle.NONE


unit_without_reason_for_class_1 = any_over(
    benefit_unit,
    "without_reason_for_class_1",
    label=(
        "1종 사유가 없는 가구원이 있음",
        "A member without a reason for the first class",
    ),
    citation="의료급여법 시행령 §3②1가",
)


@rule(
    entity=HOUSEHOLD,
    label=("의료급여 종별(세대)", "Class of medical aid of the household"),
    citation="의료급여법 시행령 §3②1가, §3④1",
    history="text of 2025-12; §3② was amended on 2016-06-30 and 2023-01-01 (대통령령 27275, 32865)",
)
def medical_aid_class(medical_aid: bool, unit_without_reason_for_class_1: bool) -> MedicalAidClass:
    """1종 where the household consists only of persons for whom a reason holds; else 2종."""
    if not medical_aid:
        return MedicalAidClass.NONE
    if unit_without_reason_for_class_1:
        return MedicalAidClass.CLASS_2
    return MedicalAidClass.CLASS_1


@rule(
    entity=PERSON,
    label=("의료급여 종별(개인)", "Class of medical aid of the person"),
    citation="의료급여법 시행령 §3②1다, §3④1",
    history="text of 2025-12; §3② was amended on 2016-06-30 and 2023-01-01 (대통령령 27275, 32865)",
)
def medical_aid_class_of_person(
    in_benefit_unit: bool, listed_illness: bool, medical_aid_class: MedicalAidClass
) -> MedicalAidClass:
    """A person with a listed illness is 1종 also in a household of 2종."""
    if not in_benefit_unit:
        return MedicalAidClass.NONE
    if medical_aid_class == MedicalAidClass.CLASS_2 and listed_illness:
        return MedicalAidClass.CLASS_1
    return medical_aid_class
