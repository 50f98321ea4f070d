"""자녀장려금 (조세특례제한법 §100의27–§100의31): what an application in May of the year is paid."""

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
    fact,
    max_over,
    rule,
)

from .credit_household import CreditAssets, CreditFamily

child_tax_credit_taken = fact(
    HOUSEHOLD,
    Money,
    period=YEAR,
    default=0,
    field="last_year.child_tax_credit",
    range=(0, 1_000_000_000),
    label=("작년 소득세에서 받은 자녀세액공제", "Child tax credit taken in last year's income tax"),
    citation="조세특례제한법 §100의30②; 시행령 §100의31②",
)
livelihood_excludes_child_credit = fact(
    HOUSEHOLD,
    bool,
    label=(
        "생계급여를 받아 자녀장려금에서 제외됨",
        "Excluded from the child credit because of the livelihood benefit",
    ),
    question=(
        "신청하는 사람이 생계급여를 받았나요?",
        "Did the applicant receive the livelihood benefit?",
    ),
    citation="조세특례제한법 §100의28②2 (삭제 2018.12.24)",
)


@rule(
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN,
    label=("자녀장려금 산정액(감액 전)", "Child credit before reductions"),
    citation="조세특례제한법 §100의28①, ②1, §100의29; 시행령 §100의28, 별표 11의2",
)
def child_credit_by_formula_year(
    dependent_child: bool,
    dependent_children: Count,
    couple_earnings_year: Money,
    couple_total_income_year: Money,
    credit_family: CreditFamily,
    professional_practice: bool,
    spouse_professional_practice: bool,
    child_credit_income_limit: Money,
    child_credit_maximum: Money,
    child_credit_plateau_end_of_one: Money,
    child_credit_plateau_end_of_two: Money,
    child_credit_phase_out_rate_of_one: Rate,
    child_credit_phase_out_rate_of_two: Rate,
    credit_formula_for_table: bool,
    child_credit_from_table: Money,
) -> Money:
    """For each dependent child; level, then falling with 총급여액 등, as if this person applied."""
    if dependent_child or dependent_children == 0 or couple_earnings_year == 0:
        return 0
    if couple_total_income_year >= child_credit_income_limit:
        return 0
    if professional_practice or spouse_professional_practice:
        return 0
    if not credit_formula_for_table:
        return child_credit_from_table
    if credit_family == CreditFamily.DUAL_EARNER:
        above = max(couple_earnings_year - child_credit_plateau_end_of_two, 0)
        less = above * child_credit_phase_out_rate_of_two
    else:
        above = max(couple_earnings_year - child_credit_plateau_end_of_one, 0)
        less = above * child_credit_phase_out_rate_of_one
    return dependent_children * max(child_credit_maximum - less, 0)


@rule(
    name="child_credit_exclusion",
    entity=HOUSEHOLD,
    label=("생계급여 수급으로 인한 제외", "Exclusion of those with the livelihood benefit"),
    citation="조세특례제한법 §100의28②2 (법률 12173, 삭제 2018.12.24)",
    valid_until="2018-12-31",
)
def child_credit_exclusion_until_2018(livelihood_excludes_child_credit: bool) -> bool:
    """Whoever received the livelihood benefit could not apply."""
    return livelihood_excludes_child_credit


@rule(
    name="child_credit_exclusion",
    entity=HOUSEHOLD,
    label=("생계급여 수급으로 인한 제외", "Exclusion of those with the livelihood benefit"),
    citation="조세특례제한법 §100의28② (법률 16009)",
    history="deleted by 법률 16009, applications from 2019 on",
    valid_from="2019-01-01",
)
def child_credit_exclusion_since_2019() -> bool:
    """Nobody is excluded any more."""
    return False


@rule(
    entity=PERSON,
    period=YEAR,
    rounding=Rounding.DOWN,
    label=("자녀장려금(감액 후)", "Child credit after reductions"),
    citation="조세특례제한법 §100의30②, §100의31①; 시행령 §100의31②",
)
def reduced_child_credit_year(
    child_credit_by_formula_year: Money,
    child_credit_exclusion: bool,
    credit_assets: CreditAssets,
    late_application: bool,
    child_tax_credit_taken: Money,
    credit_share_of_half_assets: Rate,
    late_application_share: Rate,
    child_tax_credit_is_deducted: bool,
) -> Money:
    """Reduced as the 근로장려금 is; then less the 자녀세액공제 that was taken for the same year."""
    if child_credit_by_formula_year == 0 or child_credit_exclusion:
        return 0
    if credit_assets == CreditAssets.NONE:
        return 0
    amount = child_credit_by_formula_year
    if credit_assets == CreditAssets.HALF:
        amount = amount * credit_share_of_half_assets
    if late_application:
        amount = amount * late_application_share
    if child_tax_credit_taken == 0:
        return amount
    return max(amount - child_tax_credit_taken, 0) if child_tax_credit_is_deducted else 0


@rule(
    name="applicant_child_credit_year",
    entity=PERSON,
    period=YEAR,
    label=("이 사람이 신청할 때의 자녀장려금", "Child credit if this person applies"),
    citation="조세특례제한법 §100의31 (법률 12173)",
    valid_until="2016-12-31",
)
def applicant_child_credit_until_2016(reduced_child_credit_year: Money) -> Money:
    """The amount as it is reckoned."""
    return reduced_child_credit_year


@rule(
    name="applicant_child_credit_year",
    entity=PERSON,
    period=YEAR,
    label=("이 사람이 신청할 때의 자녀장려금", "Child credit if this person applies"),
    citation="조세특례제한법 §100의31② (법률 14390, 16009)",
    history="30,000 won at least where something is left (법률 14390)",
    valid_from="2017-01-01",
    valid_until="2019-12-31",
)
def applicant_child_credit_until_2019(
    reduced_child_credit_year: Money, least_reduced_credit: Money
) -> Money:
    """30,000 won at least where the reductions leave something."""
    if reduced_child_credit_year == 0:
        return 0
    return max(reduced_child_credit_year, least_reduced_credit)


@rule(
    name="applicant_child_credit_year",
    entity=PERSON,
    period=YEAR,
    label=("이 사람이 신청할 때의 자녀장려금", "Child credit if this person applies"),
    citation="조세특례제한법 §100의31②",
    history="nothing where the earnings are too small for a 근로장려금 of 15,000 won (법률 16835)",
    valid_from="2020-01-01",
)
def applicant_child_credit_since_2020(
    reduced_child_credit_year: Money,
    couple_earnings_year: Money,
    earned_income_credit_phase_in_rate: Table,
    least_credit: Money,
    least_reduced_credit: Money,
) -> Money:
    """30,000 won at least; nothing where §100의5①2가 would give less than 15,000 won."""
    if reduced_child_credit_year == 0:
        return 0
    rate = earned_income_credit_phase_in_rate[CreditFamily.SINGLE_EARNER]
    if couple_earnings_year * rate < least_credit:
        return 0
    return max(reduced_child_credit_year, least_reduced_credit)


largest_child_credit = max_over(
    HOUSEHOLD,
    "applicant_child_credit_year",
    period=YEAR,
    label=("가장 큰 자녀장려금", "Largest child credit"),
    citation="조세특례제한법 §100의31①; 시행령 §100의7④",
)


@rule(
    entity=HOUSEHOLD,
    period=YEAR,
    role=Role.BENEFIT,
    label=("자녀장려금", "Child credit"),
    citation="조세특례제한법 §100의28, §100의29, §100의30②, §100의31",
    history="since applications of 2015 (법률 12173 부칙 §34)",
)
def child_credit_year(largest_child_credit: Money) -> Money:
    """One applicant a household, whom the persons agree on: the largest credit."""
    return largest_child_credit
