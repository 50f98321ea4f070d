"""개별가구: who counts as the household (국민기초생활 보장법 §2-8, 시행령 §2)."""

from donghaeng.rules import (
    HOUSEHOLD,
    PERSON,
    Day,
    Role,
    count_over,
    fact,
    of,
    relation,
    rule,
    unit,
)

from .terms import Absence, Region

region = fact(
    HOUSEHOLD,
    Region,
    label=("거주 지역", "Region of residence"),
    question=("어느 시·도에 사시나요?", "In which region do you live?"),
)
rural_county = fact(
    HOUSEHOLD,
    bool,
    default=False,
    field="housing.rural_county",
    label=("도의 군(농어촌) 거주", "Lives in a county of a province"),
    question=("사시는 곳이 도의 군인가요?", "Do you live in a county of a province?"),
    citation="지방자치법 §2①2",
)
birth_date = fact(
    PERSON,
    Day,
    label=("생년월일", "Date of birth"),
    question=("생년월일이 언제인가요?", "What is the date of birth?"),
)
absence = fact(
    PERSON,
    Absence,
    default=Absence.NONE,
    label=("가구에서 제외되는 사유", "Reason for not counting in the household"),
    citation="국민기초생활 보장법 시행령 §2②",
)
spouse = relation(label=("배우자", "Spouse"), symmetric=True)
first_parent = relation(label=("부모", "Parent"), field="parents[0]")
second_parent = relation(label=("부모(두 번째)", "Second parent"), field="parents[1]")


@rule(
    entity=PERSON,
    role=Role.FLAG,
    label=("가구원 여부", "Counts in the household unit"),
    citation="국민기초생활 보장법 시행령 §2②",
)
def in_benefit_unit(absence: Absence) -> bool:
    """Whoever the decree does not exclude belongs to the unit."""
    return absence == Absence.NONE


benefit_unit = unit(member="in_benefit_unit")
benefit_unit_size = count_over(
    benefit_unit,
    label=("가구원 수", "Persons in the household unit"),
    citation="국민기초생활 보장법 시행령 §2",
)


@rule(
    entity=PERSON,
    label=("가구 안의 사람", "Somebody of the household"),
    citation="민법 §779",
)
def in_household() -> bool:
    """Holds for everybody; seen through a relation it says whether there is such a person."""
    return True


has_spouse = of(
    spouse, "in_household", otherwise=False, value_type=bool, label=("배우자 있음", "Has a spouse")
)
