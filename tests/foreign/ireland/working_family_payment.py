"""Working Family Payment of Ireland: 60 % of what a working family's week lacks to its limit.

The scheme counts weeks. An amount of a week stands here as a state of the day (``POINT``), in cent;
what a month brings is the weekly amount times 52/12, a rate per month that is declared as a
parameter, so that no week is ever added to a month. Left out: children above 18 in education,
which income counts, and that a payment stays fixed for 52 weeks.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    POINT,
    Count,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    children_by,
    count_over,
    fact,
    max_over,
    of,
    relation,
    round_up,
    rule,
    unit,
)

ACT = "Social Welfare Consolidation Act 2005, Part 6 (Working Family Payment)"

weekly_income = fact(
    PERSON,
    Money,
    period=POINT,
    range=(0, 10_000_000),
    label=("주 평균 소득", "Average weekly assessable income"),
    citation=ACT,
)
hours_a_fortnight = fact(
    PERSON,
    Count,
    default=0,
    range=(0, 336),
    label=("2주 근로시간", "Hours of employment in two weeks"),
    citation=ACT,
)
partner = relation(label=("배우자·동거인", "Spouse, civil partner or cohabitant"), symmetric=True)

own_children = count_over(
    children_by("claimant"),
    "qualified_child",
    label=("청구하는 아동 수", "Qualified children of this person"),
)
children_of_partner = of(
    partner,
    "own_children",
    otherwise=0,
    value_type=Count,
    label=("배우자의 아동 수", "Qualified children of the partner"),
)
income_of_partner = of(
    partner, "weekly_income", otherwise=0, label=("배우자 소득", "Weekly income of the partner")
)
hours_of_partner = of(
    partner,
    "hours_a_fortnight",
    otherwise=0,
    value_type=Count,
    label=("배우자 근로시간", "Hours of the partner"),
)


@rule(
    entity=PERSON,
    role=Role.FLAG,
    label=("근로시간 요건", "Works enough hours for the payment"),
    citation=ACT,
)
def works_enough(
    hours_a_fortnight: Count, hours_of_partner: Count, hours_needed_a_fortnight: Count
) -> bool:
    """38 hours in two weeks; a couple's hours are added."""
    return hours_a_fortnight + hours_of_partner >= hours_needed_a_fortnight


@rule(
    entity=PERSON,
    period=POINT,
    role=Role.LINE,
    label=("주 소득 한도", "Weekly income limit of the family"),
    citation=ACT,
)
def weekly_limit(
    own_children: Count, children_of_partner: Count, family_income_limit: Table
) -> Money:
    """By number of children; from the eighth on the limit stays. 0 where there is no child."""
    children = own_children + children_of_partner
    if children == 0:
        return 0
    return family_income_limit[min(max(children, 1), 8)]


@rule(
    entity=PERSON,
    period=POINT,
    label=("주당 근로가족급여", "Working Family Payment a week, to this person's family"),
    citation=ACT,
)
def weekly_payment(
    works_enough: bool,
    weekly_limit: Money,
    weekly_income: Money,
    income_of_partner: Money,
    family_payment_share: Rate,
    smallest_family_payment: Money,
) -> Money:
    """60 % of the difference, up to a whole euro, and 20 euro at least."""
    income = weekly_income + income_of_partner
    if not works_enough or income >= weekly_limit:
        return 0
    share = (weekly_limit - income) * family_payment_share
    return max(round_up(share, to=100), smallest_family_payment)


family = unit(member="works_enough")
household_weekly_payment = max_over(
    family,
    "weekly_payment",
    label=("가구의 주당 근로가족급여", "Working Family Payment of the household a week"),
)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("월 환산 근로가족급여", "Working Family Payment, as an amount of a month"),
    citation="52 weeks are 12 months; no rule of the scheme",
    rounding=Rounding.NEAREST,
)
def working_family_payment(household_weekly_payment: Money, weeks_of_a_month: Rate) -> Money:
    """A household is one family here: the couple's payment is the same seen from either."""
    return household_weekly_payment * weeks_of_a_month


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.TOTAL,
    label=("가족 급여 합계", "Family payments of a month"),
    citation=ACT,
)
def family_payments(household_child_benefit: Money, working_family_payment: Money) -> Money:
    """What the household receives in a month of both."""
    return household_child_benefit + working_family_payment
