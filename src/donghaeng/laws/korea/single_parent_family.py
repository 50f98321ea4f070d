"""한부모가족: who is a single parent, and which children (한부모가족지원법 §4, §5①, §5의2②; 시행규칙 §2)."""

from donghaeng.rules import (
    HOUSEHOLD,
    PERSON,
    Count,
    Day,
    any_over,
    children_by,
    count_over,
    fact,
    months_between,
    of,
    rule,
)

from .household_unit import first_parent, second_parent, spouse
from .terms import Absence, School

lasting_loss_of_work_capacity = fact(
    PERSON,
    bool,
    label=(
        "정신·신체 장애로 장기간 노동능력 상실",
        "Lasting loss of the capacity to work because of a disability",
    ),
    question=(
        "장애 때문에 오랫동안(6개월 이상) 일할 수 없는 상태인가요?",
        "Is the person unable to work for a long time (six months or more) because of a disability?",
    ),
    citation="한부모가족지원법 §4 1호 나목",
)
raised_by_grandparent = fact(
    PERSON,
    bool,
    default=False,
    label=(
        "부모의 부양을 받지 못하여 조부모가 양육하는 아동",
        "Child raised by a grandparent because the parents cannot",
    ),
    citation="한부모가족지원법 §5의2②, 시행규칙 §3의2",
)


@rule(
    entity=PERSON,
    label=("노동능력을 상실한 배우자", "Spouse who cannot work"),
    citation="한부모가족지원법 §4 1호 나목",
)
def cannot_support(
    in_benefit_unit: bool, severe_disability: bool, lasting_loss_of_work_capacity: bool
) -> bool:
    """Asked only of a spouse at home with a severe disability."""
    if not in_benefit_unit or not severe_disability:
        return False
    return lasting_loss_of_work_capacity


@rule(
    entity=PERSON,
    label=("배우자로서 부양함", "Supports the family as a spouse"),
    citation="한부모가족지원법 §4 1호 나목–마목, 시행규칙 §2",
)
def supports_as_spouse(absence: Absence, cannot_support: bool) -> bool:
    """수용, 병역, 생사 불명·가출 and lasting loss of the capacity to work leave the other one alone."""
    if absence in (Absence.DETAINED, Absence.MILITARY, Absence.MISSING_PERSON):
        return False
    return not cannot_support


has_supporting_spouse = of(
    spouse,
    "supports_as_spouse",
    otherwise=False,
    value_type=bool,
    label=("부양하는 배우자 있음", "Has a spouse who supports the family"),
)
spouse_cannot_support = of(
    spouse,
    "cannot_support",
    otherwise=False,
    value_type=bool,
    label=("배우자가 노동능력을 상실함", "The spouse cannot work"),
)
spouse_at_home = of(
    spouse,
    "in_benefit_unit",
    otherwise=False,
    value_type=bool,
    label=("배우자가 함께 생활함", "The spouse lives here"),
)
first_parent_at_home = of(
    first_parent,
    "in_benefit_unit",
    otherwise=False,
    value_type=bool,
    label=("부모가 함께 생활함", "A parent lives here"),
)
second_parent_at_home = of(
    second_parent,
    "in_benefit_unit",
    otherwise=False,
    value_type=bool,
    label=("다른 부모가 함께 생활함", "The second parent lives here"),
)
first_parent_has_support = of(
    first_parent,
    "has_supporting_spouse",
    otherwise=False,
    value_type=bool,
    label=("부모에게 부양하는 배우자 있음", "The parent has a spouse who supports"),
)
second_parent_has_support = of(
    second_parent,
    "has_supporting_spouse",
    otherwise=False,
    value_type=bool,
    label=("다른 부모에게 부양하는 배우자 있음", "The second parent has a spouse who supports"),
)
first_parent_with_disabled_spouse = of(
    first_parent,
    "spouse_cannot_support",
    otherwise=False,
    value_type=bool,
    label=("부모의 배우자가 노동능력을 상실함", "The parent's spouse cannot work"),
)
second_parent_with_disabled_spouse = of(
    second_parent,
    "spouse_cannot_support",
    otherwise=False,
    value_type=bool,
    label=("다른 부모의 배우자가 노동능력을 상실함", "The second parent's spouse cannot work"),
)


@rule(
    entity=PERSON,
    label=("한부모가족지원법의 아동", "Child under the Act on single-parent families"),
    citation="한부모가족지원법 §4 5호",
)
def young_enough_for_single_parent_family(
    birth_date: Day,
    assessment_day: Day,
    school_now: School,
    student: bool,
    single_parent_child_age: Count,
    single_parent_student_age: Count,
) -> bool:
    """Under 18, at school under 22; years of military service are not added here."""
    months = months_between(birth_date, assessment_day)
    if months < 12 * single_parent_child_age:
        return True
    if months >= 12 * single_parent_student_age:
        return False
    return student or school_now != School.NONE


@rule(
    entity=PERSON,
    label=("한부모의 자녀", "Child of a single parent"),
    citation="한부모가족지원법 §4 1호, §4 5호, §5①",
)
def child_of_single_parent(
    in_benefit_unit: bool,
    young_enough_for_single_parent_family: bool,
    first_parent_at_home: bool,
    second_parent_at_home: bool,
    first_parent_has_support: bool,
    second_parent_has_support: bool,
    first_parent_with_disabled_spouse: bool,
    second_parent_with_disabled_spouse: bool,
) -> bool:
    """One parent at home, without a spouse who supports; two parents only where one cannot work."""
    if not in_benefit_unit or not young_enough_for_single_parent_family:
        return False
    if first_parent_at_home and second_parent_at_home:
        return first_parent_with_disabled_spouse or second_parent_with_disabled_spouse
    if first_parent_at_home:
        return not first_parent_has_support
    return second_parent_at_home and not second_parent_has_support


@rule(
    entity=PERSON,
    label=("조손가족의 아동", "Child in a grandparent's family"),
    citation="한부모가족지원법 §5의2②",
)
def child_of_grandparent_family(
    in_benefit_unit: bool,
    young_enough_for_single_parent_family: bool,
    first_parent_at_home: bool,
    second_parent_at_home: bool,
    raised_by_grandparent: bool,
) -> bool:
    """No parent at home, and one of the grounds for which a grandparent raises the child."""
    if not in_benefit_unit or not young_enough_for_single_parent_family:
        return False
    if first_parent_at_home or second_parent_at_home:
        return False
    return raised_by_grandparent


@rule(
    entity=PERSON,
    label=("한부모가족·조손가족의 아동", "Child in a single-parent or grandparent family"),
    citation="한부모가족지원법 §5, §5의2②",
)
def child_in_single_parent_family(
    child_of_single_parent: bool, child_of_grandparent_family: bool
) -> bool:
    """A child for whom the benefits of the Act are paid."""
    return child_of_single_parent or child_of_grandparent_family


single_parent_family = any_over(
    HOUSEHOLD,
    "child_in_single_parent_family",
    label=("한부모가족", "Single-parent family"),
    citation="한부모가족지원법 §4 2호, §5, §5의2②",
)


children_of_first = count_over(
    children_by("first_parent"),
    "child_of_single_parent",
    label=("한부모가족의 자녀 수", "Children of the single parent"),
)
children_of_second = count_over(
    children_by("second_parent"),
    "child_of_single_parent",
    label=("한부모가족의 자녀 수(두 번째 부모로서)", "Children as their second parent"),
)


@rule(
    entity=PERSON,
    label=("한부모가족 가구원 수", "Persons in the single-parent family"),
    citation="한부모가족지원법 §5①, §5②",
)
def single_parent_family_size(
    children_of_first: Count, children_of_second: Count, spouse_at_home: bool
) -> Count:
    """The parent, the children of the Act, and a spouse at home who cannot work."""
    parents = 2 if spouse_at_home else 1
    return parents + children_of_first + children_of_second


@rule(
    entity=PERSON,
    label=("첫 번째로 적은 부모가 한부모", "The parent who is named first is the single parent"),
    citation="한부모가족지원법 §4 1호",
)
def first_parent_is_single(
    first_parent_at_home: bool,
    second_parent_at_home: bool,
    first_parent_with_disabled_spouse: bool,
) -> bool:
    """Of the two parents of a child of a single parent, the one whose family it is."""
    if first_parent_at_home and second_parent_at_home:
        return first_parent_with_disabled_spouse
    return first_parent_at_home


@rule(
    entity=PERSON,
    label=("한부모", "Single parent"),
    citation="한부모가족지원법 §4 1호",
)
def single_parent(children_of_first: Count, children_of_second: Count) -> bool:
    """모 또는 부 who raises a child of the Act alone."""
    return children_of_first + children_of_second > 0
