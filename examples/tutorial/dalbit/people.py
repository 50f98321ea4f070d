"""Who is who: facts, relations, units and aggregations of the invented town of Dalbit."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    YEAR,
    Count,
    Day,
    Enumeration,
    Money,
    any_over,
    children_by,
    count_over,
    fact,
    max_over,
    min_over,
    of,
    of_oldest,
    relation,
    rule,
    sum_over,
    unit,
)


class Zone(Enumeration):
    """Where in the town a household lives."""

    RIVER = "river", "강변", "River side", "강변동"
    HILL = "hill", "언덕", "Hill side"


class Tenure(Enumeration):
    """How a household lives in its home."""

    OWNED = "owned", "자가", "Owned"
    RENTED = "rented", "임차", "Rented"
    FREE_USE = "free_use", "무상", "Lived in without rent"


zone = fact(HOUSEHOLD, Zone, label=("동네", "Part of town"))
tenure = fact(HOUSEHOLD, Tenure, field="housing.tenure", label=("거주 형태", "Tenure"))
rent = fact(HOUSEHOLD, Money, period=MONTH, default=0, field="housing.rent", label=("월세", "Rent"))
bonus_of_year = fact(
    HOUSEHOLD, Money, period=YEAR, default=0, label=("연간 상여", "Bonus of a year")
)
birth_date = fact(
    PERSON,
    Day,
    label=("생년월일", "Date of birth"),
    question=("생년월일이 언제인가요?", "What is the date of birth?"),
)
moved_in = fact(PERSON, Day, default="2020-01-01", label=("전입일", "Living here since"))
earnings = fact(PERSON, Money, period=MONTH, range=(0, 100_000_000), label=("근로소득", "Earnings"))
away = fact(PERSON, bool, default=False, label=("부재", "Lives elsewhere"))
family = fact(PERSON, Count, default=0, range=(0, 9), label=("가족 번호", "Number of the family"))

spouse = relation(label=("배우자", "Spouse"), symmetric=True)
parent = relation(label=("부모", "Parent"))


@rule(entity=PERSON, label=("주민 여부", "Counts as a resident"), citation="달빛시 조례 §2")
def resident(away: bool) -> bool:
    """Whoever lives elsewhere does not count."""
    return not away


residents = unit(member="resident")  # one such unit in a household
families = unit(number="family")  # there may be several in a household

household_size = count_over(residents, label=("주민 수", "Residents"))
adults = count_over(residents, "adult", label=("성인 수", "Adults"))
household_earnings = sum_over(residents, "earnings", label=("가구 근로소득", "Earnings together"))
largest_earnings = max_over(
    HOUSEHOLD, "earnings", period=MONTH, label=("가장 큰 근로소득", "Largest earnings")
)
youngest_age = min_over(residents, "age", value_type=Count, label=("최연소", "Age of the youngest"))
has_senior = any_over(residents, "senior", label=("노인 있음", "With a senior"))
earnings_of_oldest = of_oldest(
    residents,
    "earnings",
    born="birth_date",
    otherwise=0,
    period=MONTH,
    label=("최연장자의 근로소득", "Earnings of the oldest"),
)
# These are seen by each person: of the spouse, of the own children, of the own family.
spouse_earnings = of(
    spouse, "earnings", otherwise=0, period=MONTH, label=("배우자 소득", "Earnings of the spouse")
)
children = count_over(children_by("parent"), label=("자녀 수", "Children"))
family_earnings = sum_over(families, "earnings", label=("가족 소득", "Earnings of the family"))
