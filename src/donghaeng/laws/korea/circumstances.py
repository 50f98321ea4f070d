"""What several laws ask about a person: school, degree of disability, the national pension."""

from donghaeng.rules import MONTH, PERSON, Count, Money, fact, rule

from .terms import School

school = fact(
    PERSON,
    School,
    default=School.NONE,
    label=("다니는 학교", "School attended"),
    citation="초·중등교육법 §2",
)
# The same field once more: of whom may well go to school, it is asked.
school_of_pupil = fact(
    PERSON,
    School,
    field="school",
    label=("다니는 학교", "School attended"),
    question=(
        "초등학교, 중학교, 고등학교 가운데 어디에 다니나요?",
        "Which school does the child go to: elementary, middle or high?",
    ),
    citation="초·중등교육법 §2",
)
severe_disability = fact(
    PERSON,
    bool,
    default=False,
    label=("장애의 정도가 심한 장애인", "Severe disability"),
    citation="장애인복지법 시행규칙 §2, 별표 1",
)
national_pension_received = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("받고 있는 국민연금", "National pension received"),
    citation="국민연금법 §50",
)


@rule(
    entity=PERSON,
    label=("다니는 학교", "School attended"),
    citation="초·중등교육법 §2, §13",
)
def school_now(age: Count, school: School, school_of_pupil: School) -> School:
    """From 6 to 18 the school is asked for; who is younger or older goes to none unless one is named."""
    if 6 <= age <= 18:
        return school_of_pupil
    return school
