"""한부모가족: the line and the 소득인정액 of the family (한부모가족지원법 §5, §5의2②; 시행규칙 §3)."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Enumeration,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    children_by,
    fact,
    of,
    rule,
    sum_over,
)

from .household_unit import first_parent, second_parent, spouse


class SingleParentAssessment(Enumeration):
    """Where the 소득인정액 of a single-parent family comes from (시행규칙 §3)."""

    AS_BASIC_LIVELIHOOD = (
        "as_basic_livelihood",
        "국민기초생활 보장법의 방법으로 산정",
        "computed as for basic livelihood",
    )
    AS_ASSESSED = "as_assessed", "보장기관이 조사한 금액", "as the office has assessed it"


family_property_income = fact(
    PERSON,
    Money,
    period=MONTH,
    label=(
        "한부모가족만의 재산 소득환산액",
        "Income imputed from the property of the single-parent family alone",
    ),
    question=(
        "함께 사는 다른 가족을 뺀 한부모가족만의 재산은 한 달 소득으로 얼마로 환산되나요?",
        "What monthly income does the property of the single-parent family alone count as?",
    ),
    citation="한부모가족지원법 §5②, 시행규칙 §3",
)
single_parent_assessed_income = fact(
    PERSON,
    Money,
    period=MONTH,
    label=(
        "보장기관이 조사한 한부모가족 소득인정액",
        "Recognised income of the single-parent family as assessed by the office",
    ),
    question=(
        "보장기관이 조사한 한부모가족의 소득인정액은 얼마인가요?",
        "What recognised income has the office found for the single-parent family?",
    ),
    citation="한부모가족지원법 시행규칙 §3",
)


# The line, and the income of the family: the parent and the children of the Act (§5②).


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.LINE,
    rounding=Rounding.NEAREST,
    label=("한부모가족 복지급여 선정기준", "Line of the benefits for single-parent families"),
    citation="한부모가족지원법 §5, 시행규칙 §3",
    history="a share of the median income by yearly notice; before 2022 not found",
    valid_from="2022-01-01",
)
def single_parent_line(median_income: Money, single_parent_line_rate: Rate) -> Money:
    """By the persons of the household, where the whole household is the family."""
    return median_income * single_parent_line_rate


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.NEAREST,
    label=("한부모가족의 선정기준", "Line of the person's own family"),
    citation="한부모가족지원법 §5②, 시행규칙 §3",
)
def single_parent_family_line(
    age: Count,
    single_parent_family_size: Count,
    median_income_table: Table,
    single_parent_line_rate: Rate,
    youth_single_parent_line_rate: Rate,
    youth_single_parent_age: Count,
) -> Money:
    """By the persons of the family; 청소년 한부모 (24 at most) have a line of their own."""
    median = median_income_table[min(max(single_parent_family_size, 1), 7)]
    if single_parent_family_size > 7:
        step = median_income_table[7] - median_income_table[6]
        median += (single_parent_family_size - 7) * step
    if age <= youth_single_parent_age:
        return median * youth_single_parent_line_rate
    return median * single_parent_line_rate


@rule(
    entity=PERSON,
    period=MONTH,
    label=("개인의 소득평가액", "Assessed income of the person"),
    citation="한부모가족지원법 시행규칙 §3; 국민기초생활 보장법 §6의3①",
)
def person_assessed_income(
    in_benefit_unit: bool,
    assessed_work_income: Money,
    other_income: Money,
    counted_basic_pension: Money,
    medical_expenses: Money,
) -> Money:
    """The person's part of the 소득평가액, which may be below 0 for medical expenses."""
    if not in_benefit_unit:
        return 0
    return assessed_work_income + other_income + counted_basic_pension - medical_expenses


@rule(
    entity=PERSON,
    period=MONTH,
    label=("한부모가족 자녀의 소득", "Income of a child of the family"),
    citation="한부모가족지원법 §5②",
)
def income_as_child(child_of_single_parent: bool, person_assessed_income: Money) -> Money:
    """A child beyond the age of the Act is left out."""
    return person_assessed_income if child_of_single_parent else 0


income_of_first_children = sum_over(
    children_by("first_parent"),
    "income_as_child",
    label=("자녀의 소득", "Income of the children"),
)
income_of_second_children = sum_over(
    children_by("second_parent"),
    "income_as_child",
    label=("자녀의 소득(두 번째 부모로서)", "Income of the children as their second parent"),
)
income_of_spouse = of(
    spouse,
    "person_assessed_income",
    otherwise=0,
    period=MONTH,
    label=("배우자의 소득", "Income of the spouse"),
)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("한부모가족의 소득평가액", "Assessed income of the single-parent family"),
    citation="한부모가족지원법 §5②, 시행규칙 §3",
)
def single_parent_family_income(
    person_assessed_income: Money,
    income_of_first_children: Money,
    income_of_second_children: Money,
    income_of_spouse: Money,
) -> Money:
    """Of the parent and the children of the Act, where others live in the household."""
    children = income_of_first_children + income_of_second_children
    return max(person_assessed_income + children + income_of_spouse, 0)


@rule(
    entity=PERSON,
    label=("한부모가족 소득인정액이 기준 이하", "Family's recognised income within the line"),
    citation="한부모가족지원법 §5, 시행규칙 §3",
    history="the notice's way of assessing was read only in a copy of the guide of 2026",
)
def single_parent_family_within_line(
    single_parent: bool,
    single_parent_assessment: SingleParentAssessment,
    single_parent_assessed_income: Money,
    single_parent_family_line: Money,
    single_parent_family_size: Count,
    benefit_unit_size: Count,
    recognised_income: Money,
    single_parent_family_income: Money,
    converted_property: Money,
    debts: Money,
    family_property_income: Money,
) -> bool:
    """소득인정액 of the household where it is the family; else the property is the family's own.

    Without debts the family's property counts for no more than that of the whole household.
    """
    if not single_parent:
        return False
    if single_parent_assessment == SingleParentAssessment.AS_ASSESSED:
        return single_parent_assessed_income <= single_parent_family_line
    if single_parent_family_size >= benefit_unit_size:
        return recognised_income <= single_parent_family_line
    if single_parent_family_income > single_parent_family_line:
        return False
    income = single_parent_family_income
    if debts == 0 and income + converted_property <= single_parent_family_line:
        return True
    return income + family_property_income <= single_parent_family_line


# What a child sees of the parent whose family it belongs to.

first_parent_within_line = of(
    first_parent,
    "single_parent_family_within_line",
    otherwise=False,
    value_type=bool,
    label=("부모의 가족이 기준 이하", "Family of the parent within the line"),
)
second_parent_within_line = of(
    second_parent,
    "single_parent_family_within_line",
    otherwise=False,
    value_type=bool,
    label=("다른 부모의 가족이 기준 이하", "Family of the second parent within the line"),
)
age_of_first_parent = of(
    first_parent,
    "age",
    otherwise=0,
    value_type=Count,
    label=("부모의 나이", "Age of the parent"),
)
age_of_second_parent = of(
    second_parent,
    "age",
    otherwise=0,
    value_type=Count,
    label=("다른 부모의 나이", "Age of the second parent"),
)


@rule(
    entity=PERSON,
    label=("한부모의 나이", "Age of the single parent"),
    citation="한부모가족지원법 §4 1의2호, §12③2",
)
def age_of_single_parent(
    first_parent_is_single: bool, age_of_first_parent: Count, age_of_second_parent: Count
) -> Count:
    """Of the parent whose family the child belongs to."""
    return age_of_first_parent if first_parent_is_single else age_of_second_parent


@rule(
    entity=PERSON,
    label=("아동의 가족이 기준 이하", "The child's family is within the line"),
    citation="한부모가족지원법 §5, §5의2②, 시행규칙 §3",
    valid_from="2022-01-01",
)
def family_of_child_within_line(
    child_of_single_parent: bool,
    first_parent_is_single: bool,
    first_parent_within_line: bool,
    second_parent_within_line: bool,
    recognised_income: Money,
    single_parent_line: Money,
) -> bool:
    """조손가족: the household's income and line."""
    if not child_of_single_parent:
        return recognised_income <= single_parent_line
    return first_parent_within_line if first_parent_is_single else second_parent_within_line
