"""서울런: the city's online lectures and mentoring, for learners of 6 to 24 in households with small means.

There is no published table of lines and no published guide: the groups and shares are those the city
announced. By which income a household is compared is not printed; it is taken to be the 소득인정액, from
which the certificates of 기초생활수급자 and 차상위계층 follow.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Enumeration,
    Money,
    Role,
    Rounding,
    Table,
    count_over,
    fact,
    rule,
)

from ..korea.terms import Region

ANNOUNCED = "서울런 지원 대상(서울시 발표)"


class SeoulLearnLine(Enumeration):
    """The share of median income up to which a household's learners are admitted."""

    FIFTY_PERCENT = "fifty_percent", "중위소득 50% 이하", "up to 50 % of median income"
    SIXTY_PERCENT = "sixty_percent", "중위소득 60% 이하", "up to 60 % of median income"
    EIGHTY_PERCENT = (
        "eighty_percent",
        "중위소득 80% 이하와 함께 발표된 대상",
        "up to 80 % of median income, and the groups announced with it",
    )


out_of_school_youth = fact(
    PERSON,
    bool,
    default=False,
    field="seoul_learn.out_of_school",
    label=("학교 밖 청소년", "Young person out of school"),
    citation=ANNOUNCED,
)
multicultural_family_child = fact(
    PERSON,
    bool,
    default=False,
    field="seoul_learn.multicultural_family",
    label=("다문화가족 자녀", "Child of a multicultural family"),
    citation=ANNOUNCED,
)
north_korean_youth = fact(
    PERSON,
    bool,
    default=False,
    field="seoul_learn.from_north_korea",
    label=("북한이탈 청소년", "Young person from North Korea"),
    citation=ANNOUNCED,
)
north_korean_parent = fact(
    PERSON,
    bool,
    default=False,
    field="seoul_learn.parent_from_north_korea",
    label=("북한이탈주민 자녀", "Child of somebody from North Korea"),
    citation=ANNOUNCED,
)
veterans_family = fact(
    PERSON,
    bool,
    default=False,
    field="seoul_learn.veterans_family",
    label=("국가보훈대상자", "Recognised by the state for merit, or of such a family"),
    citation=ANNOUNCED,
)
left_care = fact(
    PERSON,
    bool,
    default=False,
    field="seoul_learn.left_care",
    label=("자립준비청년", "Young adult who grew up in care"),
    citation=ANNOUNCED,
)
veterans_grandchild = fact(
    PERSON,
    bool,
    default=False,
    field="seoul_learn.veterans_grandchild",
    label=("국가보훈대상자 손자녀", "Grandchild of somebody recognised for merit"),
    citation=ANNOUNCED,
)
local_children_centre = fact(
    PERSON,
    bool,
    default=False,
    field="seoul_learn.local_children_centre",
    label=("지역아동센터 이용", "Goes to a local children's centre"),
    citation=ANNOUNCED,
)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.NEAREST,
    label=("서울런 소득 기준", "Income line of Seoul Learn"),
    citation=ANNOUNCED,
    history="50 % of median income from 2021-08-27, 60 % from 2024-07-01; 80 % announced for 2026",
    valid_from="2021-08-27",
)
def seoul_learn_line(
    median_income: Money, seoul_learn_step: SeoulLearnLine, seoul_learn_ratio: Table
) -> Money:
    """No table of amounts was published; 50 % to the nearest won is 교육급여 선정기준."""
    return median_income * seoul_learn_ratio[seoul_learn_step]


@rule(
    entity=PERSON,
    label=("서울런 학습자 연령·거주", "Of the age of Seoul Learn, and in Seoul"),
    citation=ANNOUNCED,
    valid_from="2021-08-27",
)
def seoul_learn_age(
    region: Region, age: Count, seoul_learn_youngest: Count, seoul_learn_oldest: Count
) -> bool:
    """6 to 24, living in Seoul."""
    return region == Region.SEOUL and seoul_learn_youngest <= age <= seoul_learn_oldest


minors = count_over(
    HOUSEHOLD,
    "minor",
    label=("19세 미만 자녀 수", "Persons under 19"),
    citation="민법 §4",
)


@rule(entity=PERSON, label=("19세 미만", "Under 19"), citation="민법 §4")
def minor(age: Count, age_of_majority: Count) -> bool:
    """미성년자."""
    return age < age_of_majority


# Groups that are admitted without a line of income.


@rule(
    name="seoul_learn_group",
    entity=PERSON,
    label=("서울런 대상 집단", "In a group that Seoul Learn admits"),
    citation=ANNOUNCED,
    valid_from="2021-08-27",
    valid_until="2022-02-24",
)
def seoul_learn_group_at_first(out_of_school_youth: bool, multicultural_family_child: bool) -> bool:
    """학교 밖 청소년, 다문화가족 자녀."""
    return out_of_school_youth or multicultural_family_child


@rule(
    name="seoul_learn_group",
    entity=PERSON,
    label=("서울런 대상 집단", "In a group that Seoul Learn admits"),
    citation=ANNOUNCED,
    history="한부모가족 자녀 and 북한이탈 청소년 since 2022-02-25",
    valid_from="2022-02-25",
    valid_until="2024-06-30",
)
def seoul_learn_group_since_2022(
    out_of_school_youth: bool,
    multicultural_family_child: bool,
    north_korean_youth: bool,
    child_in_single_parent_family: bool,
    family_of_child_within_line: bool,
    seoul_learn_single_parent_line: bool,
) -> bool:
    """A child of a single parent within the line of 한부모가족지원법 (법정 한부모)."""
    if out_of_school_youth or multicultural_family_child or north_korean_youth:
        return True
    if not child_in_single_parent_family:
        return False
    return not seoul_learn_single_parent_line or family_of_child_within_line


@rule(
    name="seoul_learn_group",
    entity=PERSON,
    label=("서울런 대상 집단", "In a group that Seoul Learn admits"),
    citation=ANNOUNCED,
    history="국가보훈대상자, 북한이탈주민 자녀 and 자립준비청년 since 2024-07-01",
    valid_from="2024-07-01",
)
def seoul_learn_group_since_2024(
    out_of_school_youth: bool,
    multicultural_family_child: bool,
    north_korean_youth: bool,
    north_korean_parent: bool,
    veterans_family: bool,
    left_care: bool,
    child_in_single_parent_family: bool,
    family_of_child_within_line: bool,
    seoul_learn_single_parent_line: bool,
) -> bool:
    """The groups from before with those that the city added."""
    if out_of_school_youth or multicultural_family_child or north_korean_youth:
        return True
    if north_korean_parent or veterans_family or left_care:
        return True
    if not child_in_single_parent_family:
        return False
    return not seoul_learn_single_parent_line or family_of_child_within_line


@rule(
    name="seoul_learn_eligible",
    entity=PERSON,
    role=Role.BENEFIT,
    label=("서울런", "Seoul Learn"),
    citation=ANNOUNCED,
    valid_from="2021-08-27",
    valid_until="2025-12-31",
)
def seoul_learn_eligible_until_2025(
    seoul_learn_age: bool,
    seoul_learn_group: bool,
    recognised_income: Money,
    seoul_learn_line: Money,
) -> bool:
    """A learner of one of the groups, or of a household with income up to the line."""
    if not seoul_learn_age:
        return False
    return seoul_learn_group or recognised_income <= seoul_learn_line


@rule(
    name="seoul_learn_eligible",
    entity=PERSON,
    role=Role.BENEFIT,
    label=("서울런", "Seoul Learn"),
    citation=ANNOUNCED,
    history="80 % of median income and further groups were announced for 2026; in force or not: not found",
    valid_from="2026-01-01",
)
def seoul_learn_eligible(
    seoul_learn_age: bool,
    seoul_learn_group: bool,
    recognised_income: Money,
    seoul_learn_line: Money,
    seoul_learn_step: SeoulLearnLine,
    veterans_grandchild: bool,
    local_children_centre: bool,
    minor: bool,
    minors: Count,
    seoul_learn_large_family: Count,
    seoul_learn_two_children: bool,
) -> bool:
    """The step of 2026 would add 보훈 손자녀, users of 지역아동센터 and families with many children."""
    if not seoul_learn_age:
        return False
    if seoul_learn_group or recognised_income <= seoul_learn_line:
        return True
    if seoul_learn_step != SeoulLearnLine.EIGHTY_PERCENT:
        return False
    if veterans_grandchild or local_children_centre:
        return True
    if not minor or minors <= 1:
        return False
    return minors >= seoul_learn_large_family or seoul_learn_two_children


@rule(
    entity=PERSON,
    label=(
        "서울런 다자녀 시범 신청 가능(선착순 800명)",
        "May apply to the pilot for large families (800 places, first come)",
    ),
    citation="서울런 다자녀 시범사업(서울시 발표, 2025-08)",
    valid_from="2025-08-01",
    valid_until="2025-12-31",
)
def seoul_learn_pilot_possible(
    seoul_learn_age: bool,
    seoul_learn_eligible: bool,
    minor: bool,
    minors: Count,
    recognised_income: Money,
    median_income: Money,
    seoul_learn_large_family: Count,
) -> bool:
    """Three children or more, up to 100 % of median income: by quota, so no entitlement."""
    if not seoul_learn_age or seoul_learn_eligible:
        return False
    if not minor or minors < seoul_learn_large_family:
        return False
    return recognised_income <= median_income
