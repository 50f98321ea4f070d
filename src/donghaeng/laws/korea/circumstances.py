"""What several laws ask about a person: school, degree of disability, the national pension."""

from donghaeng.rules import MONTH, PERSON, Money, fact

from .terms import School

school = fact(
    PERSON,
    School,
    default=School.NONE,
    label=("다니는 학교", "School attended"),
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
