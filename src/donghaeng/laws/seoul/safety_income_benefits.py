"""안심소득 and other benefits: what is not paid beside it, and how it stops.

Which kinds, in which stage, is in ``parameters/safety_income.yaml``. What the city's statement of 2022-07-04
does not name is paid beside it; whether it counts as income is a reading that nothing printed settles.
"""

from donghaeng.rules import HOUSEHOLD, MONTH, Count, Money, Table, fact, rule

from .terms import Interaction, ReplacedBenefit, Stage

PILOT = "서울 안심소득 시범사업(2022–2025), 시 공고"

youth_allowance_received = fact(
    HOUSEHOLD,
    Money,
    period=MONTH,
    default=0,
    field="receipts.youth_allowance",
    label=("받고 있는 청년수당", "Youth allowance received"),
    citation=PILOT,
)
youth_rent_support_received = fact(
    HOUSEHOLD,
    Money,
    period=MONTH,
    default=0,
    field="receipts.youth_rent_support",
    label=("받고 있는 청년월세", "Youth rent support received"),
    citation=PILOT,
)
housing_voucher_received = fact(
    HOUSEHOLD,
    Money,
    period=MONTH,
    default=0,
    field="receipts.housing_voucher",
    label=("받고 있는 서울형 주택바우처", "Seoul housing voucher received"),
    citation=PILOT,
)
seoul_basic_security_received = fact(
    HOUSEHOLD,
    Money,
    period=MONTH,
    default=0,
    field="receipts.seoul_basic_security",
    label=("받고 있는 서울형 기초보장", "Seoul basic security received"),
    citation=PILOT,
)


# How it stands to other benefits: which kinds, in which stage, is in the parameters.


@rule(
    entity=HOUSEHOLD,
    label=("급여 관계를 보는 단계", "Stage whose list of benefits counts"),
    citation="서울시 설명자료 2022-07-04",
    valid_from="2022-07-01",
)
def stage_of_interaction(stage: Stage) -> Count:
    """A hypothesis takes the list of stage 1, the one that the city stated."""
    if stage == Stage.STAGE_2:
        return 2
    return 3 if stage == Stage.STAGE_3 else 1


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    label=("안심소득에서 대체되는 급여 합계", "Benefits that are not paid beside the pilot's"),
    citation="서울시 설명자료 2022-07-04",
    valid_from="2022-07-01",
)
def former_benefits(
    stage_of_interaction: Count,
    livelihood_benefit: Money,
    housing_benefits: Money,
    household_basic_pension: Money,
    youth_allowance_received: Money,
    youth_rent_support_received: Money,
    housing_voucher_received: Money,
    counted_seoul_basic_security: Money,
    safety_income_not_beside: Table,
) -> Money:
    """The six kinds: 생계·주거급여, 서울형 기초보장, 청년수당, 청년월세, 주택바우처, 기초연금."""
    total = 0
    number = stage_of_interaction
    if livelihood_benefit > 0 and safety_income_not_beside[number, ReplacedBenefit.LIVELIHOOD]:
        total += livelihood_benefit
    if housing_benefits > 0 and safety_income_not_beside[number, ReplacedBenefit.HOUSING]:
        total += housing_benefits
    if (
        household_basic_pension > 0
        and safety_income_not_beside[number, ReplacedBenefit.BASIC_PENSION]
    ):
        total += household_basic_pension
    if (
        youth_allowance_received > 0
        and safety_income_not_beside[number, ReplacedBenefit.YOUTH_ALLOWANCE]
    ):
        total += youth_allowance_received
    if (
        youth_rent_support_received > 0
        and safety_income_not_beside[number, ReplacedBenefit.YOUTH_RENT_SUPPORT]
    ):
        total += youth_rent_support_received
    if (
        housing_voucher_received > 0
        and safety_income_not_beside[number, ReplacedBenefit.HOUSING_VOUCHER]
    ):
        total += housing_voucher_received
    if (
        counted_seoul_basic_security > 0
        and safety_income_not_beside[number, ReplacedBenefit.SEOUL_BASIC_SECURITY]
    ):
        total += counted_seoul_basic_security
    return total


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    label=("안심소득에서 공제되는 급여 합계", "Benefits that go on and are deducted in full"),
    citation="서울 안심소득 시범사업 공고",
    valid_from="2022-07-01",
)
def deducted_benefits(
    stage_of_interaction: Count,
    livelihood_benefit: Money,
    housing_benefits: Money,
    household_basic_pension: Money,
    youth_allowance_received: Money,
    youth_rent_support_received: Money,
    housing_voucher_received: Money,
    counted_seoul_basic_security: Money,
    safety_income_deducted: Table,
) -> Money:
    """기초연금, 청년수당, 청년월세, 주택바우처. The others are suspended; 서울형 기초보장 is not known."""
    total = 0
    number = stage_of_interaction
    if livelihood_benefit > 0 and safety_income_deducted[number, ReplacedBenefit.LIVELIHOOD]:
        total += livelihood_benefit
    if housing_benefits > 0 and safety_income_deducted[number, ReplacedBenefit.HOUSING]:
        total += housing_benefits
    if (
        household_basic_pension > 0
        and safety_income_deducted[number, ReplacedBenefit.BASIC_PENSION]
    ):
        total += household_basic_pension
    if (
        youth_allowance_received > 0
        and safety_income_deducted[number, ReplacedBenefit.YOUTH_ALLOWANCE]
    ):
        total += youth_allowance_received
    if (
        youth_rent_support_received > 0
        and safety_income_deducted[number, ReplacedBenefit.YOUTH_RENT_SUPPORT]
    ):
        total += youth_rent_support_received
    if (
        housing_voucher_received > 0
        and safety_income_deducted[number, ReplacedBenefit.HOUSING_VOUCHER]
    ):
        total += housing_voucher_received
    if (
        counted_seoul_basic_security > 0
        and safety_income_deducted[number, ReplacedBenefit.SEOUL_BASIC_SECURITY]
    ):
        total += counted_seoul_basic_security
    return total


@rule(
    entity=HOUSEHOLD,
    label=("다른 급여와의 관계", "How the pilot stands to other benefits"),
    citation="서울시 설명자료 2022-07-04",
    valid_from="2022-07-01",
)
def interaction_of_stage(
    stage: Stage,
    safety_income_interaction: Interaction,
    safety_income_interaction_later: Interaction,
) -> Interaction:
    """The list of six was stated for stage 1; later stages are a reading of their own."""
    if stage == Stage.STAGE_2 or stage == Stage.STAGE_3:
        return safety_income_interaction_later
    return safety_income_interaction


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    label=("안심소득으로 실제 지급하는 금액", "What the pilot pays out"),
    citation="서울 안심소득 시범사업 공고",
    valid_from="2022-07-01",
)
def safety_income_payment(
    stage: Stage,
    before_participation: bool,
    safety_income: Money,
    safety_income_make_up: Money,
    deducted_benefits: Money,
    interaction_of_stage: Interaction,
) -> Money:
    """The amount with what makes up a loss, less the benefits that go on and are deducted from it."""
    if stage == Stage.NOT_ENROLLED or before_participation:
        return 0
    if interaction_of_stage != Interaction.REPLACES_CASH_BENEFITS:
        return safety_income
    return max(safety_income + safety_income_make_up - deducted_benefits, 0)
