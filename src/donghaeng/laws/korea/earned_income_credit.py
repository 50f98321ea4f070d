"""근로장려금 (조세특례제한법 §100의2–§100의13): what an application in May of the year is paid.

Of several persons of a household who may apply, one is the applicant whom they agree on (시행령 §100의7④):
the household's amount is the largest. The half-yearly payment (§100의5②) is not in it.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    PERSON,
    YEAR,
    Count,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    max_over,
    rule,
)

from .credit_household import CreditAssets, CreditFamily


@rule(
    entity=PERSON,
    label=("단독가구의 나이 요건", "Age that a single person must have"),
    citation="조세특례제한법 §100의3①1 (삭제 2018.12.24)",
    history="60, 50, 40 and 30 years for applications of 2015, 2016, 2017 and 2018; none since",
)
def old_enough_for_credit(
    credit_family: CreditFamily,
    age_at_income_year_end: Count,
    severe_disability: bool,
    single_applicant_age: Count,
    disabled_applicant_of_any_age: bool,
) -> bool:
    """Only a single person had to have an age; a severe disability stood in its place."""
    if credit_family != CreditFamily.SINGLE or age_at_income_year_end >= single_applicant_age:
        return True
    if not severe_disability:
        return False
    return disabled_applicant_of_any_age


@rule(
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN,
    label=("근로장려금 산정액(재산·기한 후 감액 전)", "Earned income credit before reductions"),
    citation="조세특례제한법 §100의3①, ②3, §100의5①, ③, ⑤; 시행령 §100의2④1, 별표 11",
)
def earned_income_credit_by_formula_year(
    dependent_child: bool,
    couple_earnings_year: Money,
    couple_total_income_year: Money,
    credit_family: CreditFamily,
    old_enough_for_credit: bool,
    professional_practice: bool,
    spouse_professional_practice: bool,
    earned_income_credit_income_limit: Table,
    earned_income_credit_phase_in_end: Table,
    earned_income_credit_plateau_end: Table,
    earned_income_credit_maximum: Table,
    earned_income_credit_phase_in_rate: Table,
    earned_income_credit_phase_out_rate: Table,
    credit_formula_for_table: bool,
    earned_income_credit_from_table: Money,
) -> Money:
    """Rising, level, falling with 총급여액 등, as if this person applied; in whole won."""
    if dependent_child or couple_earnings_year == 0:
        return 0
    if couple_total_income_year >= earned_income_credit_income_limit[credit_family]:
        return 0
    if not old_enough_for_credit or professional_practice or spouse_professional_practice:
        return 0
    if not credit_formula_for_table:
        return earned_income_credit_from_table
    if couple_earnings_year < earned_income_credit_phase_in_end[credit_family]:
        return couple_earnings_year * earned_income_credit_phase_in_rate[credit_family]
    above = max(couple_earnings_year - earned_income_credit_plateau_end[credit_family], 0)
    amount = earned_income_credit_maximum[credit_family]
    return max(amount - above * earned_income_credit_phase_out_rate[credit_family], 0)


@rule(
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN,
    label=("근로장려금(감액 후)", "Earned income credit after reductions"),
    citation="조세특례제한법 §100의3①4, §100의5④, §100의7②",
)
def reduced_earned_income_credit_year(
    earned_income_credit_by_formula_year: Money,
    credit_assets: CreditAssets,
    late_application: bool,
    credit_share_of_half_assets: Rate,
    late_application_share: Rate,
) -> Money:
    """Half where the property reaches the upper band; a part less where the application was late."""
    if earned_income_credit_by_formula_year == 0 or credit_assets == CreditAssets.NONE:
        return 0
    amount = earned_income_credit_by_formula_year
    if credit_assets == CreditAssets.HALF:
        amount = amount * credit_share_of_half_assets
    if late_application:
        amount = amount * late_application_share
    return amount


@rule(
    name="applicant_earned_income_credit_year",
    entity=PERSON,
    period=YEAR,
    label=("이 사람이 신청할 때의 근로장려금", "Earned income credit if this person applies"),
    citation="조세특례제한법 §100의7 (법률 12173)",
    history="whether small amounts were rounded up before 법률 14390 was not read",
    valid_until="2016-12-31",
)
def applicant_earned_income_credit_until_2016(reduced_earned_income_credit_year: Money) -> Money:
    """The amount as it is reckoned."""
    return reduced_earned_income_credit_year


@rule(
    name="applicant_earned_income_credit_year",
    entity=PERSON,
    period=YEAR,
    label=("이 사람이 신청할 때의 근로장려금", "Earned income credit if this person applies"),
    citation="조세특례제한법 §100의7③ (법률 14390, 15227, 16009)",
    history="a credit that a reduction brings below 30,000 won is 30,000 won (법률 14390)",
    valid_from="2017-01-01",
    valid_until="2019-12-31",
)
def applicant_earned_income_credit_until_2019(
    earned_income_credit_by_formula_year: Money,
    reduced_earned_income_credit_year: Money,
    least_reduced_credit: Money,
) -> Money:
    """Only what was reduced is lifted to 30,000 won."""
    if reduced_earned_income_credit_year == 0:
        return 0
    if reduced_earned_income_credit_year == earned_income_credit_by_formula_year:
        return reduced_earned_income_credit_year
    return max(reduced_earned_income_credit_year, least_reduced_credit)


@rule(
    name="applicant_earned_income_credit_year",
    entity=PERSON,
    period=YEAR,
    label=("이 사람이 신청할 때의 근로장려금", "Earned income credit if this person applies"),
    citation="조세특례제한법 §100의7③",
    history="below 15,000 won nothing; 100,000 and 30,000 won at least (법률 16835)",
    valid_from="2020-01-01",
)
def applicant_earned_income_credit_since_2020(
    reduced_earned_income_credit_year: Money,
    couple_earnings_year: Money,
    credit_family: CreditFamily,
    earned_income_credit_phase_in_end: Table,
    earned_income_credit_plateau_end: Table,
    least_credit: Money,
    least_credit_of_phase_in: Money,
    least_credit_of_phase_out: Money,
) -> Money:
    """Nothing below 15,000 won; 100,000 won at least while rising, 30,000 won while falling."""
    if reduced_earned_income_credit_year < least_credit:
        return 0
    if couple_earnings_year < earned_income_credit_phase_in_end[credit_family]:
        return max(reduced_earned_income_credit_year, least_credit_of_phase_in)
    if couple_earnings_year < earned_income_credit_plateau_end[credit_family]:
        return reduced_earned_income_credit_year
    return max(reduced_earned_income_credit_year, least_credit_of_phase_out)


largest_earned_income_credit = max_over(
    HOUSEHOLD,
    "applicant_earned_income_credit_year",
    period=YEAR,
    label=("가장 큰 근로장려금", "Largest earned income credit"),
    citation="조세특례제한법 §100의6④; 시행령 §100의7④",
)


@rule(
    entity=HOUSEHOLD,
    period=YEAR,
    role=Role.BENEFIT,
    label=("근로장려금", "Earned income credit"),
    citation="조세특례제한법 §100의3, §100의5, §100의6④, §100의7",
    history="자영업자 too since applications of 2015 (법률 12173)",
)
def earned_income_credit_year(largest_earned_income_credit: Money) -> Money:
    """One applicant a household, whom the persons agree on: the largest credit."""
    return largest_earned_income_credit
