"""Child Benefit of Ireland, in cent a month; here for the engine's sake, from public descriptions.

Left out: disability instead of education, habitual residence, the double months and the grant for a
newborn child that budgets have added.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Day,
    Money,
    Role,
    Rounding,
    Table,
    age_in_years,
    children_by,
    fact,
    relation,
    rule,
    sum_over,
)

from .terms import Education

ACT = "Social Welfare Consolidation Act 2005, Part 4 (Child Benefit)"

birth_date = fact(PERSON, Day, label=("생년월일", "Date of birth"), citation=ACT)
education = fact(PERSON, Education, label=("교육", "Education"), citation=ACT)
born_together = fact(
    PERSON,
    Count,
    default=1,
    range=(1, 9),
    label=("함께 태어난 아이 수", "Children born together, this one counted"),
    citation=ACT,
)
claimant = relation(label=("급여를 청구하는 사람", "Who claims for this child"))


@rule(
    entity=PERSON,
    role=Role.FLAG,
    label=("급여를 받는 아동", "Qualified child"),
    citation="Social Welfare Consolidation Act 2005 s. 219",
    history="18-year-olds in full-time education since 2024-05-01",
)
def qualified_child(
    birth_date: Day,
    education: Education,
    assessment_day: Day,
    child_age_limit: Count,
    student_age_limit: Count,
) -> bool:
    """Every child below 16; above it, whoever is in full-time education, up to the limit."""
    age = age_in_years(birth_date, assessment_day)
    if age < 0:
        return False
    if age < child_age_limit:
        return True
    return age < student_age_limit and education == Education.FULL_TIME


@rule(
    entity=PERSON,
    period=MONTH,
    label=("아동 한 명의 급여", "Child Benefit for this child"),
    citation="Social Welfare Consolidation Act 2005 s. 221",
    rounding=Rounding.NEAREST,
)
def benefit_for_child(
    qualified_child: bool,
    born_together: Count,
    child_benefit_amount: Money,
    multiple_birth_rate: Table,
) -> Money:
    """One and a half times the amount for each of twins, twice for each of three or more."""
    if not qualified_child:
        return 0
    return child_benefit_amount * multiple_birth_rate[min(born_together, 3)]


child_benefit = sum_over(
    children_by("claimant"),
    "benefit_for_child",
    label=("아동수당", "Child Benefit paid to this person"),
    citation=ACT,
)
household_child_benefit = sum_over(
    HOUSEHOLD,
    "child_benefit",
    label=("가구의 아동수당", "Child Benefit of the household"),
    citation=ACT,
)
