"""Who is a dependant for the income tax, and who claims them (소득세법 §50, §53; 시행령 §106).

Looked for are the spouse, children (by the parents that they name) and parents of 60 and more, wherever
they live. Brothers and sisters, grandchildren, foster children and other recipients of basic livelihood
(§50①3 나목 in part, 다목, 라목, 마목) are not looked for.
"""

from donghaeng.rules import (
    PERSON,
    YEAR,
    Count,
    Money,
    children_by,
    max_over,
    of,
    rule,
    sum_over,
)

from .household_unit import first_parent, second_parent, spouse


@rule(
    entity=PERSON,
    label=("기본공제의 소득 요건", "Income low enough to be a dependant"),
    citation="소득세법 §50①2, §50①3",
    history="wages of up to 5 million won alone: since the settlement for 2015 (법률 13558 부칙 §4)",
)
def has_low_income(
    gross_wages_year: Money,
    other_income_year: Money,
    total_income_year: Money,
    dependant_wage_limit: Money,
    dependant_income_limit: Money,
) -> bool:
    """소득금액 of at most 1 million, or nothing but wages of at most 5 million."""
    if other_income_year == 0 and gross_wages_year <= dependant_wage_limit:
        return True
    return total_income_year <= dependant_income_limit


@rule(
    entity=PERSON,
    label=("사람", "A person"),
    citation="소득세법 §53④",
)
def is_somebody(age_at_year_end: Count) -> bool:
    """Holds of everybody: seen through the relation it tells whether there is a spouse."""
    return age_at_year_end >= 0


is_married = of(
    spouse, "is_somebody", otherwise=False, value_type=bool, label=("배우자 있음", "Has a spouse")
)
spouse_has_low_income = of(
    spouse,
    "has_low_income",
    otherwise=True,
    value_type=bool,
    label=("배우자의 소득 요건", "Income of the spouse low enough to be a dependant"),
)
spouse_income_year = of(
    spouse,
    "total_income_year",
    otherwise=0,
    period=YEAR,
    label=("배우자의 종합소득금액", "Income of the spouse in the year"),
)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("한 사람분의 인적공제", "Personal deduction for one person"),
    citation="소득세법 §50①, §51①1, §51①2",
)
def own_deductions_year(
    age_at_year_end: Count,
    disabled: bool,
    basic_deduction: Money,
    senior_deduction_age: Count,
    senior_deduction: Money,
    disability_deduction: Money,
) -> Money:
    """기본공제 1.5 million, 경로우대 1 million at 70, 장애인 2 million."""
    amount = basic_deduction
    if age_at_year_end >= senior_deduction_age:
        amount += senior_deduction
    if disabled:
        amount += disability_deduction
    return amount


spouse_deductions_year = of(
    spouse,
    "own_deductions_year",
    otherwise=0,
    period=YEAR,
    label=("배우자의 인적공제", "Personal deduction for the spouse"),
)


@rule(
    entity=PERSON,
    label=("직계비속인 부양가족", "Dependant as a child"),
    citation="소득세법 §50①3나; 시행령 §106②1",
)
def is_dependant_child(
    age_at_year_end: Count,
    disabled: bool,
    has_low_income: bool,
    spouse_has_low_income: bool,
    dependant_child_age: Count,
) -> bool:
    """20 or younger, or disabled, with a low income; a spouse who earns goes before the parents."""
    if age_at_year_end > dependant_child_age and not disabled:
        return False
    return has_low_income and spouse_has_low_income


@rule(
    entity=PERSON,
    label=("직계존속인 부양가족", "Dependant as a parent"),
    citation="소득세법 §50①3가; 시행령 §106②1",
)
def is_dependant_parent(
    age_at_year_end: Count,
    disabled: bool,
    has_low_income: bool,
    spouse_has_low_income: bool,
    dependant_parent_age: Count,
) -> bool:
    """60 or older, or disabled, with a low income; a spouse who earns goes before the children."""
    if age_at_year_end < dependant_parent_age and not disabled:
        return False
    return has_low_income and spouse_has_low_income


@rule(
    entity=PERSON,
    period=YEAR,
    label=("직계비속으로서의 인적공제", "Personal deduction as a child"),
    citation="소득세법 §50①3나, §51①",
)
def deductions_as_child_year(is_dependant_child: bool, own_deductions_year: Money) -> Money:
    """What the parent who claims the child takes off."""
    return own_deductions_year if is_dependant_child else 0


@rule(
    entity=PERSON,
    period=YEAR,
    label=("직계존속으로서의 인적공제", "Personal deduction as a parent"),
    citation="소득세법 §50①3가, §51①",
)
def deductions_as_parent_year(is_dependant_parent: bool, own_deductions_year: Money) -> Money:
    """What the child who claims the parent takes off."""
    return own_deductions_year if is_dependant_parent else 0


# A child is counted once: for the parent that is named first, and through that parent for the couple.
children_deductions_year = sum_over(
    children_by("first_parent"),
    "deductions_as_child_year",
    period=YEAR,
    label=("자녀의 인적공제", "Personal deductions for the children"),
)
children_income_year = max_over(
    children_by("first_parent"),
    "total_income_year",
    period=YEAR,
    label=("자녀의 가장 많은 종합소득금액", "Largest income among the children"),
)
second_children_income_year = max_over(
    children_by("second_parent"),
    "total_income_year",
    period=YEAR,
    label=(
        "자녀(두 번째 부모)의 가장 많은 종합소득금액",
        "Largest income among the other children",
    ),
)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("부모를 공제할 자녀의 종합소득금액", "Income of the child who claims this parent"),
    citation="소득세법 시행령 §106②2",
)
def claiming_child_income_year(
    children_income_year: Money, second_children_income_year: Money
) -> Money:
    """Of several children, the one with the largest income claims the parent."""
    return max(children_income_year, second_children_income_year)


first_parent_deductions_year = of(
    first_parent,
    "deductions_as_parent_year",
    otherwise=0,
    period=YEAR,
    label=("부모의 인적공제", "Personal deduction for a parent"),
)
second_parent_deductions_year = of(
    second_parent,
    "deductions_as_parent_year",
    otherwise=0,
    period=YEAR,
    label=("두 번째 부모의 인적공제", "Personal deduction for the second parent"),
)
first_parent_claim_year = of(
    first_parent,
    "claiming_child_income_year",
    otherwise=0,
    period=YEAR,
    label=("부모를 공제할 사람의 소득", "Income of who claims the parent"),
)
second_parent_claim_year = of(
    second_parent,
    "claiming_child_income_year",
    otherwise=0,
    period=YEAR,
    label=("두 번째 부모를 공제할 사람의 소득", "Income of who claims the second parent"),
)


@rule(
    entity=PERSON,
    period=YEAR,
    label=("부모의 인적공제 합계", "Personal deductions for the own parents"),
    citation="소득세법 §50①3가; 시행령 §106②2",
)
def parents_deductions_year(
    total_income_year: Money,
    first_parent_deductions_year: Money,
    second_parent_deductions_year: Money,
    first_parent_claim_year: Money,
    second_parent_claim_year: Money,
) -> Money:
    """The own parents of 60 and more, unless a brother or sister here earns more."""
    amount = first_parent_deductions_year
    if amount > 0 and total_income_year < first_parent_claim_year:
        amount = 0
    if second_parent_deductions_year > 0 and total_income_year >= second_parent_claim_year:
        amount += second_parent_deductions_year
    return amount


spouse_children_deductions_year = of(
    spouse,
    "children_deductions_year",
    otherwise=0,
    period=YEAR,
    label=("배우자 자녀의 인적공제", "Personal deductions for the children of the spouse"),
)
spouse_parents_deductions_year = of(
    spouse,
    "parents_deductions_year",
    otherwise=0,
    period=YEAR,
    label=("배우자 부모의 인적공제", "Personal deductions for the parents of the spouse"),
)


@rule(
    entity=PERSON,
    label=("자기 부양가족을 공제함", "Claims the own dependants"),
    citation="소득세법 §50③; 시행령 §106②2",
)
def claims_own_dependants(total_income_year: Money, spouse_income_year: Money) -> bool:
    """Where nothing else is told, who has the larger income claims; of equals, each the own."""
    return total_income_year >= spouse_income_year


@rule(
    entity=PERSON,
    label=("배우자의 부양가족을 공제함", "Claims the dependants of the spouse"),
    citation="소득세법 §50①3, §50③; 시행령 §106②2",
)
def claims_dependants_of_spouse(total_income_year: Money, spouse_income_year: Money) -> bool:
    """Those of the spouse too, where the own income is the larger."""
    return total_income_year > spouse_income_year


@rule(
    entity=PERSON,
    period=YEAR,
    label=("부양가족의 인적공제", "Personal deductions for dependants"),
    citation="소득세법 §50①3, §51①1, §51①2",
)
def dependants_deductions_year(
    claims_own_dependants: bool,
    claims_dependants_of_spouse: bool,
    children_deductions_year: Money,
    parents_deductions_year: Money,
    spouse_children_deductions_year: Money,
    spouse_parents_deductions_year: Money,
) -> Money:
    """Children and parents of the couple, each claimed by one of the two."""
    if not claims_own_dependants:
        return 0
    amount = children_deductions_year + parents_deductions_year
    if claims_dependants_of_spouse:
        amount += spouse_children_deductions_year + spouse_parents_deductions_year
    return amount
