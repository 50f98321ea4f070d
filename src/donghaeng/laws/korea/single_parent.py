"""한부모가족 아동양육비 (한부모가족지원법 §12①4, §12②, §12③; 시행규칙 §6)."""

from donghaeng.rules import (
    MONTH,
    PERSON,
    Count,
    Day,
    Money,
    Role,
    Table,
    fact,
    months_between,
    of,
    rule,
)

from .household_unit import first_parent, second_parent
from .terms import School

never_married = fact(
    PERSON,
    bool,
    label=("미혼(법률상 혼인 기록 없음)", "Never married"),
    question=("결혼한 적이 없는 미혼 한부모인가요?", "Has the single parent never been married?"),
    citation="한부모가족지원법 §12③1",
)
first_parent_never_married = of(
    first_parent,
    "never_married",
    otherwise=False,
    value_type=bool,
    label=("부모가 미혼", "The parent was never married"),
)
second_parent_never_married = of(
    second_parent,
    "never_married",
    otherwise=False,
    value_type=bool,
    label=("다른 부모가 미혼", "The second parent was never married"),
)


@rule(
    entity=PERSON,
    label=("아동양육비 지급 연령", "Of the age of the child-raising allowance"),
    citation="한부모가족지원법 §12⑤, 시행규칙 §6",
    history="while in high school, under 22, since 2024",
)
def single_parent_allowance_age(
    birth_date: Day,
    assessment_day: Day,
    school_now: School,
    single_parent_child_age: Count,
    single_parent_student_age: Count,
    single_parent_allowance_in_high_school: bool,
) -> bool:
    """To the month before that of the 18th birthday; then as long as in high school."""
    months = months_between(birth_date, assessment_day)
    if months < 12 * single_parent_child_age:
        return True
    if months >= 12 * single_parent_student_age or school_now != School.HIGH:
        return False
    return single_parent_allowance_in_high_school


@rule(
    name="single_parent_allowance",
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("한부모가족 아동양육비", "Child-raising allowance for single parents"),
    citation="한부모가족지원법 §12①4, 시행규칙 §6",
    history="lines and amounts before 2022 not found; beside basic livelihood since 2021-04-21 (§12②)",
    valid_until="2021-12-31",
)
def single_parent_allowance_until_2021(
    child_in_single_parent_family: bool,
    single_parent_allowance_age: bool,
    single_parent_allowance_before_2022: Money,
) -> Money:
    """Not known to us for any child of a single parent."""
    if not child_in_single_parent_family or not single_parent_allowance_age:
        return 0
    return single_parent_allowance_before_2022


@rule(
    name="single_parent_allowance",
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("한부모가족 아동양육비", "Child-raising allowance for single parents"),
    citation="한부모가족지원법 §12①4, §12②, 시행규칙 §6",
    history="beside 기초생활보장 benefits (§12② 단서) since 2021-04-21",
    valid_from="2022-01-01",
)
def single_parent_allowance_since_2022(
    child_in_single_parent_family: bool,
    single_parent_allowance_age: bool,
    family_of_child_within_line: bool,
    child_of_single_parent: bool,
    age_of_single_parent: Count,
    birth_date: Day,
    assessment_day: Day,
    youth_single_parent_age: Count,
    single_parent_amount: Money,
    youth_single_parent_amount: Table,
) -> Money:
    """For each child; of 청소년 한부모 more, by whether the child is under two."""
    if not child_in_single_parent_family or not single_parent_allowance_age:
        return 0
    if not family_of_child_within_line:
        return 0
    if child_of_single_parent and age_of_single_parent <= youth_single_parent_age:
        months = months_between(birth_date, assessment_day)
        return youth_single_parent_amount[0 if months < 24 else 2]
    return single_parent_amount


@rule(
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("한부모가족 추가 아동양육비", "Addition to the allowance for single parents"),
    citation="한부모가족지원법 §12③, 시행규칙 §6",
    valid_from="2022-01-01",
)
def single_parent_addition(
    single_parent_allowance: Money,
    child_of_single_parent: bool,
    age_of_single_parent: Count,
    birth_date: Day,
    assessment_day: Day,
    first_parent_is_single: bool,
    first_parent_never_married: bool,
    second_parent_never_married: bool,
    youth_single_parent_age: Count,
    young_single_parent_age: Count,
    single_parent_small_child_age: Count,
    single_parent_child_age: Count,
    young_single_parent_addition: Money,
    small_child_addition: Money,
) -> Money:
    """25 to 34: each child under 18; 미혼, 조손: up to five; 청소년 한부모 have their own amount."""
    if single_parent_allowance == 0:
        return 0
    months = months_between(birth_date, assessment_day)
    small = months <= 12 * single_parent_small_child_age + 11
    if not child_of_single_parent:
        return small_child_addition if small else 0
    if age_of_single_parent <= youth_single_parent_age:
        return 0
    if age_of_single_parent <= young_single_parent_age:
        if months >= 12 * single_parent_child_age:
            return 0
        return young_single_parent_addition
    if not small:
        return 0
    if first_parent_is_single:
        return small_child_addition if first_parent_never_married else 0
    return small_child_addition if second_parent_never_married else 0
