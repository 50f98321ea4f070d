"""장려금의 가구원 구성과 재산 (조세특례제한법 §100의3, §100의4; 시행령 §100의2, §100의4).

An application of May rests on the family at the end of the year before and on the property on 1 June of
that year. The family is taken as it is on the day that is asked about; a child without a parent in the
household (a grandchild, a brother or sister) is nobody's 부양자녀 here.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    PERSON,
    Count,
    Day,
    Enumeration,
    Money,
    age_in_years,
    children_by,
    count_over,
    fact,
    of,
    rule,
)

from .household_unit import first_parent, second_parent, spouse


class CreditFamily(Enumeration):
    """가구원 구성 (조세특례제한법 §100의3⑤)."""

    SINGLE = "single", "단독가구", "single person"
    SINGLE_EARNER = "single_earner", "홑벌이 가구", "one earner"
    DUAL_EARNER = "dual_earner", "맞벌이 가구", "two earners"


class CreditAssets(Enumeration):
    """What the property of the household leaves of a credit (조세특례제한법 §100의3①4, §100의5④)."""

    FULL = "full", "전액", "the whole credit"
    HALF = "half", "100분의 50", "half of it"
    NONE = "none", "없음", "nothing"


assets_on_june_1 = fact(
    HOUSEHOLD,
    Money,
    field="assets.on_june_1",
    label=(
        "작년 6월 1일의 가구원 재산 합계(빚을 빼지 않음)",
        "Property of all on 1 June of last year, debts not taken off",
    ),
    question=(
        "작년 6월 1일에 가족 모두의 집, 땅, 전세금, 자동차, 예금은 모두 얼마였나요? (빚은 빼지 않습니다)",
        "What were home, land, deposit, cars and savings of the whole family worth on 1 June of last "
        "year (without taking off debts)?",
    ),
    citation="조세특례제한법 §100의3①4; 시행령 §100의4③, ④, ⑧",
)
owned_two_homes = fact(
    HOUSEHOLD,
    bool,
    default=False,
    label=(
        "작년 6월 1일에 두 채 이상의 주택을 소유",
        "Owned two homes or more on 1 June of last year",
    ),
    citation="조세특례제한법 §100의3①3 (삭제 2016.12.20)",
)
late_application = fact(
    HOUSEHOLD,
    bool,
    default=False,
    label=("장려금을 기한 후에 신청함", "Applied for the credit after the time of May"),
    citation="조세특례제한법 §100의6⑧",
)


has_first_parent = of(
    first_parent,
    "born_by_income_year_end",
    otherwise=False,
    value_type=bool,
    label=("부모와 함께 있음", "Has a parent in the household"),
)
has_second_parent = of(
    second_parent,
    "born_by_income_year_end",
    otherwise=False,
    value_type=bool,
    label=("두 부모와 함께 있음", "Has a second parent in the household"),
)


@rule(
    entity=PERSON,
    label=("부양자녀", "Dependent child"),
    citation="조세특례제한법 §100의4①, ③, ④; 시행령 §100의2③",
)
def dependent_child(
    has_first_parent: bool,
    has_second_parent: bool,
    born_by_income_year_end: bool,
    birth_date: Day,
    income_year_first_day: Day,
    severe_disability: bool,
    low_income_amount: bool,
    dependent_child_age: Count,
) -> bool:
    """Below 18 on one day of the tax year at least, or with a severe disability, and of low income."""
    if not has_first_parent and not has_second_parent:
        return False
    if not born_by_income_year_end:
        return False
    if (
        age_in_years(birth_date, income_year_first_day) >= dependent_child_age
        and not severe_disability
    ):
        return False
    return low_income_amount


@rule(
    entity=PERSON,
    label=("부양자녀(부모 한 사람만 가구에 있음)", "Dependent child with one parent here"),
    citation="조세특례제한법 §100의4①1",
)
def dependent_child_of_one(
    has_first_parent: bool, has_second_parent: bool, dependent_child: bool
) -> bool:
    """Counted with the spouse of that parent as well: 거주자(그 배우자를 포함한다)의 자녀."""
    if has_first_parent and has_second_parent:
        return False
    return dependent_child


@rule(
    entity=PERSON,
    label=("부양받는 직계존속의 요건", "Fits as a dependent parent"),
    citation="조세특례제한법 §100의3⑤2나",
)
def dependent_elder(
    age_at_income_year_end: Count,
    severe_disability: bool,
    low_income_amount: bool,
    dependent_elder_age: Count,
    elder_of_any_age_if_disabled: bool,
) -> bool:
    """70 or older, or with a severe disability, and of low income."""
    if age_at_income_year_end >= dependent_elder_age:
        return low_income_amount
    if not severe_disability:
        return False
    return elder_of_any_age_if_disabled and low_income_amount


first_parent_dependent = of(
    first_parent,
    "dependent_elder",
    otherwise=False,
    value_type=bool,
    label=("부양받는 부모", "Parent who is supported"),
)
second_parent_dependent = of(
    second_parent,
    "dependent_elder",
    otherwise=False,
    value_type=bool,
    label=("부양받는 부모(두 번째)", "Second parent who is supported"),
)


@rule(
    entity=PERSON,
    label=("부양하는 부모 있음", "Supports a parent"),
    citation="조세특례제한법 §100의3⑤2나",
)
def supports_parent(first_parent_dependent: bool, second_parent_dependent: bool) -> bool:
    """A parent in the household fits as a dependent 직계존속."""
    return first_parent_dependent or second_parent_dependent


first_parent_supports_parent = of(
    first_parent,
    "supports_parent",
    otherwise=False,
    value_type=bool,
    label=("부양받는 조부모", "Grandparent who is supported"),
)
second_parent_supports_parent = of(
    second_parent,
    "supports_parent",
    otherwise=False,
    value_type=bool,
    label=("부양받는 조부모(두 번째 부모의)", "The same, of the second parent"),
)
children_by_first_parent = count_over(
    children_by("first_parent"),
    "dependent_child",
    label=("부양자녀 수(첫 번째 부모로서)", "Dependent children, named as first parent"),
)
children_by_second_parent = count_over(
    children_by("second_parent"),
    "dependent_child",
    label=("부양자녀 수(두 번째 부모로서)", "Dependent children, named as second parent"),
)
children_of_one_by_first_parent = count_over(
    children_by("first_parent"),
    "dependent_child_of_one",
    label=("혼자 키운 부양자녀 수", "Dependent children with this parent only"),
)
children_of_one_by_second_parent = count_over(
    children_by("second_parent"),
    "dependent_child_of_one",
    label=("혼자 키운 부양자녀 수(두 번째 부모로서)", "The same, named as second parent"),
)


@rule(
    entity=PERSON,
    label=("배우자에게도 세는 부양자녀 수", "Dependent children whom the spouse counts too"),
    citation="조세특례제한법 §100의4①1",
)
def children_of_one(
    children_of_one_by_first_parent: Count, children_of_one_by_second_parent: Count
) -> Count:
    """The children of this person who have no other parent in the household."""
    return children_of_one_by_first_parent + children_of_one_by_second_parent


spouse_children_of_one = of(
    spouse,
    "children_of_one",
    otherwise=0,
    value_type=Count,
    label=("배우자의 부양자녀 수", "Dependent children of the spouse alone"),
)
had_spouse = of(
    spouse,
    "born_by_income_year_end",
    otherwise=False,
    value_type=bool,
    label=("배우자 있음", "Has a spouse"),
)


@rule(
    entity=PERSON,
    label=("부양자녀의 수", "Number of dependent children"),
    citation="조세특례제한법 §100의4①1, §100의29①",
)
def dependent_children(
    children_by_first_parent: Count,
    children_by_second_parent: Count,
    spouse_children_of_one: Count,
) -> Count:
    """One's own and those of the spouse, each once."""
    return children_by_first_parent + children_by_second_parent + spouse_children_of_one


@rule(
    entity=PERSON,
    label=("가구원 구성", "Kind of family"),
    citation="조세특례제한법 §100의3⑤",
    history="a 직계존속 of 70 in 2호나 for applications of 2018 on (press); of 2017 not read",
)
def credit_family(
    had_spouse: bool,
    credit_earnings_year: Money,
    spouse_credit_earnings: Money,
    dependent_children: Count,
    supports_parent: bool,
    first_parent_supports_parent: bool,
    second_parent_supports_parent: bool,
    elder_makes_one_earner: bool,
    dual_earner_threshold: Money,
) -> CreditFamily:
    """As the law sees this person as an applicant; a couple is 맞벌이 where each earned 3,000,000 won."""
    if had_spouse:
        if credit_earnings_year < dual_earner_threshold:
            return CreditFamily.SINGLE_EARNER
        if spouse_credit_earnings < dual_earner_threshold:
            return CreditFamily.SINGLE_EARNER
        return CreditFamily.DUAL_EARNER
    if dependent_children > 0:
        return CreditFamily.SINGLE_EARNER
    if supports_parent or first_parent_supports_parent or second_parent_supports_parent:
        if elder_makes_one_earner:
            return CreditFamily.SINGLE_EARNER
    return CreditFamily.SINGLE


@rule(
    name="credit_assets",
    entity=HOUSEHOLD,
    label=("가구원 재산에 따른 지급", "What the property leaves of a credit"),
    citation="조세특례제한법 §100의3①3, §100의3①4, §100의5④ (법률 12173)",
    history="주택 요건 deleted by 법률 14390 (2016.12.20)",
    valid_until="2016-12-31",
)
def credit_assets_until_2016(
    owned_two_homes: bool,
    assets_on_june_1: Money,
    credit_half_assets: Money,
    credit_asset_limit: Money,
) -> CreditAssets:
    """One home at most; below the limit; half from the upper band on. Debts are not taken off."""
    if owned_two_homes:
        return CreditAssets.NONE
    if assets_on_june_1 < credit_half_assets:
        return CreditAssets.FULL
    if assets_on_june_1 < credit_asset_limit:
        return CreditAssets.HALF
    return CreditAssets.NONE


@rule(
    name="credit_assets",
    entity=HOUSEHOLD,
    label=("가구원 재산에 따른 지급", "What the property leaves of a credit"),
    citation="조세특례제한법 §100의3①4, §100의5④; 시행령 §100의4③, ④, ⑧",
    valid_from="2017-01-01",
)
def credit_assets_since_2017(
    assets_on_june_1: Money, credit_half_assets: Money, credit_asset_limit: Money
) -> CreditAssets:
    """Below the limit; half from the upper band on. Debts are not taken off."""
    if assets_on_june_1 < credit_half_assets:
        return CreditAssets.FULL
    if assets_on_june_1 < credit_asset_limit:
        return CreditAssets.HALF
    return CreditAssets.NONE
