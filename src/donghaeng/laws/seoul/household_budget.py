"""What a household has in hand in a month, under the present system and with the pilot."""

from donghaeng.rules import HOUSEHOLD, MONTH, Money, Role, rule

from .terms import Interaction, Stage

ADDED_UP = "이 계산이 다루는 급여의 합계"


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.TOTAL,
    label=("현행 제도에서 받는 현금급여 합계", "Cash benefits under the present system"),
    citation="이 계산이 다루는 급여의 합계",
)
def total_present(
    livelihood_benefit: Money,
    housing_benefits: Money,
    household_basic_pension: Money,
    other_cash_benefits: Money,
    counted_seoul_basic_security: Money,
    youth_allowance_received: Money,
    youth_rent_support_received: Money,
    housing_voucher_received: Money,
) -> Money:
    """The monthly cash benefits of the present system that this law computes or was told of."""
    country = livelihood_benefit + housing_benefits + household_basic_pension + other_cash_benefits
    youth = youth_allowance_received + youth_rent_support_received
    return country + counted_seoul_basic_security + youth + housing_voucher_received


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.TOTAL,
    label=("안심소득이 있을 때의 현금급여 합계", "Cash benefits with the pilot"),
    citation="서울시 설명자료 2022-07-04",
    valid_from="2022-07-01",
)
def total_with_safety_income(
    stage: Stage,
    before_participation: bool,
    total_present: Money,
    former_benefits: Money,
    safety_income: Money,
    safety_income_make_up: Money,
    interaction_of_stage: Interaction,
) -> Money:
    """What the pilot replaces is replaced, and made up where it was more; all else goes on."""
    if stage == Stage.NOT_ENROLLED or before_participation:
        return total_present
    if interaction_of_stage == Interaction.REPLACES_CASH_BENEFITS:
        return total_present - former_benefits + safety_income + safety_income_make_up
    return total_present + safety_income


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.TOTAL,
    label=("처분가능소득(현행 제도)", "Disposable income under the present system"),
    citation=ADDED_UP,
)
def total_disposable(
    household_cash_income: Money, total_present: Money, household_contributions: Money
) -> Money:
    """Income and benefits of the month, less social insurance; yearly taxes and credits apart."""
    return household_cash_income + total_present - household_contributions


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.TOTAL,
    label=("처분가능소득(안심소득이 있을 때)", "Disposable income with the pilot"),
    citation=ADDED_UP,
    valid_from="2022-07-01",
)
def total_disposable_with_safety_income(
    household_cash_income: Money, total_with_safety_income: Money, household_contributions: Money
) -> Money:
    """The same with the pilot."""
    return household_cash_income + total_with_safety_income - household_contributions
