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
def total_present(former_benefits: Money) -> Money:
    """The cash benefits of the present system that this law computes or was told of."""
    return former_benefits


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
    safety_income: Money,
    safety_income_make_up: Money,
    former_benefits: Money,
    interaction_of_stage: Interaction,
) -> Money:
    """What the household has in hand, by the reading of how the benefits go together."""
    if stage == Stage.NOT_ENROLLED or before_participation:
        return former_benefits
    if interaction_of_stage == Interaction.REPLACES_CASH_BENEFITS:
        return safety_income + safety_income_make_up
    return former_benefits + safety_income


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.TOTAL,
    label=("처분가능소득(현행 제도)", "Disposable income under the present system"),
    citation=ADDED_UP,
)
def total_disposable(household_cash_income: Money, total_present: Money) -> Money:
    return household_cash_income + total_present


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.TOTAL,
    label=("처분가능소득(안심소득이 있을 때)", "Disposable income with the pilot"),
    citation=ADDED_UP,
    valid_from="2022-07-01",
)
def total_disposable_with_safety_income(
    household_cash_income: Money, total_with_safety_income: Money
) -> Money:
    return household_cash_income + total_with_safety_income
