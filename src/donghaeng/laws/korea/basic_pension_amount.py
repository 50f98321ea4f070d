"""The amount of the basic pension before reductions (기초연금법 §5–§7; 시행령 §7–§10).

기준연금액 for nearly all; less for who has a national pension of more than 150 % of it.
"""

from donghaeng.rules import HOUSEHOLD, MONTH, PERSON, Money, Rate, Rounding, fact, rule

national_pension_family_part = fact(
    PERSON,
    Money,
    period=MONTH,
    default=0,
    label=("국민연금 가운데 부양가족연금액", "Dependants' part of the national pension"),
    citation="기초연금법 §6①",
)
full_basic_pension_anyway = fact(
    PERSON,
    bool,
    default=False,
    label=(
        "국민연금이 유족·장애연금이거나, 지급 정지 등 시행령 §9②의 사유가 있음",
        "The national pension is a survivor's or disability pension, or is suspended",
    ),
    citation="기초연금법 §5⑦1, §5⑦2가·라, 시행령 §9②",
)
entitled_to_disability_pension = fact(
    PERSON,
    bool,
    label=("장애인연금 수급권자", "Entitled to the disability pension"),
    question=(
        "장애인연금을 받을 권리가 있나요?",
        "Is this person entitled to a disability pension?",
    ),
    citation="기초연금법 §5⑦2나",
)
basic_livelihood_recipient = fact(
    HOUSEHOLD,
    bool,
    label=("국민기초생활보장 수급자", "Receives a basic livelihood benefit"),
    question=(
        "생계·주거·의료·교육급여 가운데 하나라도 받고 있나요?",
        "Does the household receive a livelihood, housing, medical or education benefit?",
    ),
    citation="기초연금법 §5⑦2다, 시행령 §9①",
)
redistribution_benefit = fact(
    PERSON,
    Money,
    period=MONTH,
    label=(
        "소득재분배급여금액(연계퇴직연금이 있으면 그 절반을 더한 금액)",
        "Redistributive part of the national pension",
    ),
    question=(
        "국민연금공단이 알려 준 소득재분배급여금액(A급여액)은 얼마인가요?",
        "What is the redistributive part that the National Pension Service has stated?",
    ),
    citation="기초연금법 §5⑤2, §5⑥2, 시행령 §7",
)

# §5②, §5③, §5의2: the reference amount


@rule(
    name="basic_pension_reference",
    entity=PERSON,
    period=MONTH,
    label=("기준연금액", "Reference amount"),
    citation="기초연금법 §5②",
    valid_until="2019-03-31",
)
def basic_pension_reference_until_2019(basic_pension_reference_amount: Money) -> Money:
    """기준연금액, one for all."""
    return basic_pension_reference_amount


@rule(
    name="basic_pension_reference",
    entity=PERSON,
    period=MONTH,
    label=("기준연금액", "Reference amount"),
    citation="기초연금법 §5②, §5의2①",
    history="300,000 won for low incomes, 2019-04-01 (법률 16241) to 2020-12-31 (법률 16868 부칙 §2)",
    valid_from="2019-04-01",
    valid_until="2020-12-31",
)
def basic_pension_reference_with_low_incomes(
    basic_pension_recognised_income: Money,
    own_low_income_line: Money,
    basic_pension_reference_amount: Money,
    basic_pension_low_income_amount: Money,
) -> Money:
    """The higher amount up to 저소득자 선정기준액, the general one above it."""
    if basic_pension_recognised_income <= own_low_income_line:
        return basic_pension_low_income_amount
    return basic_pension_reference_amount


@rule(
    name="basic_pension_reference",
    entity=PERSON,
    period=MONTH,
    label=("기준연금액", "Reference amount"),
    citation="기초연금법 §5②, §5③",
    history="300,000 won for all in 2021 (§5③), with the price index since",
    valid_from="2021-01-01",
)
def basic_pension_reference(basic_pension_reference_amount: Money) -> Money:
    """기준연금액, one for all."""
    return basic_pension_reference_amount


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("본인의 저소득자 선정기준액", "The person's line of low incomes"),
    citation="기초연금법 §5의2②, 시행령 §4②",
    valid_from="2019-04-01",
    valid_until="2020-12-31",
)
def own_low_income_line(
    with_spouse: bool, basic_pension_low_income_line: Money, basic_pension_couple_ratio: Rate
) -> Money:
    """저소득자 선정기준액, × 160 % with a spouse."""
    if with_spouse:
        return basic_pension_low_income_line * basic_pension_couple_ratio
    return basic_pension_low_income_line


# §5④–⑦, §6, §7: the amount by the national pension


@rule(
    entity=PERSON,
    period=MONTH,
    label=("국민연금 급여액등", "National pension that counts for the amount"),
    citation="기초연금법 §6①",
)
def national_pension_for_basic_pension(
    national_pension_received: Money, national_pension_family_part: Money
) -> Money:
    """The monthly pension without 부양가족연금액."""
    if national_pension_received == 0:
        return 0
    return max(national_pension_received - national_pension_family_part, 0)


@rule(
    entity=PERSON,
    label=("기준연금액을 그대로 받음", "Gets the reference amount as it is"),
    citation="기초연금법 §5⑦, §6①, 시행령 §9",
)
def gets_reference_amount(
    national_pension_for_basic_pension: Money,
    basic_pension_reference: Money,
    full_basic_pension_anyway: bool,
    basic_livelihood_recipient: bool,
    severe_disability: bool,
    entitled_to_disability_pension: bool,
    basic_pension_full_up_to: Rate,
) -> bool:
    """No national pension or one up to 150 %, basic livelihood, disability pension, and other cases."""
    if national_pension_for_basic_pension <= basic_pension_reference * basic_pension_full_up_to:
        return True
    if full_basic_pension_anyway or basic_livelihood_recipient:
        return True
    return severe_disability and entitled_to_disability_pension


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    label=("국민연금을 고려한 기초연금액", "Amount that takes account of the national pension"),
    citation="기초연금법 §5⑤, §7, §24",
)
def basic_pension_by_formula(
    basic_pension_reference: Money,
    redistribution_benefit: Money,
    basic_pension_redistribution_share: Rate,
    basic_pension_supplement_share: Rate,
) -> Money:
    """(기준연금액 − 2/3 × 소득재분배급여금액, not below 0) + half of 기준연금액, at most 기준연금액."""
    less = redistribution_benefit * basic_pension_redistribution_share
    supplement = basic_pension_reference * basic_pension_supplement_share
    amount = max(basic_pension_reference - less, 0) + supplement
    return min(amount, basic_pension_reference)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    label=("감액 전 기초연금액", "Basic pension before reductions"),
    citation="기초연금법 §5, §6, §24, 시행령 §10",
)
def basic_pension_before_reductions(
    entitled_to_basic_pension: bool,
    gets_reference_amount: bool,
    basic_pension_reference: Money,
    national_pension_for_basic_pension: Money,
    basic_pension_by_formula: Money,
    basic_pension_graded_up_to: Rate,
    basic_pension_graded_sum: Rate,
) -> Money:
    """With a national pension over 150 % and up to 200 %: 250 % less that pension, if that is more."""
    if not entitled_to_basic_pension:
        return 0
    if gets_reference_amount:
        return basic_pension_reference
    pension = national_pension_for_basic_pension
    if pension > basic_pension_reference * basic_pension_graded_up_to:
        return basic_pension_by_formula
    graded = basic_pension_reference * basic_pension_graded_sum - pension
    return max(graded, basic_pension_by_formula)
