"""안심소득, since 2024-09-05 서울디딤돌소득: half of what is missing to 85 % of median income.

The operating guide (운영지침) is not published. What is not printed is a declared choice between
readings (``parameters/safety_income.yaml``); nothing here decides it.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    Day,
    Money,
    Rate,
    Role,
    Table,
    fact,
    round_down,
    round_nearest,
    round_up,
    rule,
)

from .terms import (
    AmountRounding,
    AssetRise,
    Earnings,
    Interaction,
    OtherBenefits,
    Stage,
)

PILOT = "서울 안심소득 시범사업(2022–2025), 시 공고"

stage = fact(
    HOUSEHOLD,
    Stage,
    default=Stage.NOT_ENROLLED,
    field="programmes.safety_income.stage",
    label=("안심소득 참여 단계", "Stage of the pilot"),
    citation=PILOT,
)
since = fact(
    HOUSEHOLD,
    Day,
    default="2022-07-01",
    field="programmes.safety_income.since",
    label=("안심소득 참여 시작", "In the pilot since"),
    citation=PILOT,
)


@rule(
    entity=HOUSEHOLD,
    role=Role.FLAG,
    label=("안심소득 종료 뒤의 시나리오", "Computed as a scenario after the programme ended"),
    citation=PILOT,
    valid_from="2022-07-01",
)
def programme_ended(stage: Stage, assessment_day: Day, safety_income_last_day: Table) -> bool:
    """Whether the stage had ended; for a hypothesis, the last of the stages."""
    if stage == Stage.NOT_ENROLLED:
        return False
    if stage == Stage.STAGE_1:
        return assessment_day > safety_income_last_day[1]
    if stage == Stage.STAGE_2:
        return assessment_day > safety_income_last_day[2]
    if stage == Stage.STAGE_3:
        return assessment_day > safety_income_last_day[3]
    return assessment_day > max(safety_income_last_day[1], safety_income_last_day[2])


@rule(
    entity=HOUSEHOLD,
    role=Role.FLAG,
    label=("안심소득 지급 시작 전", "Before the first month of payment"),
    citation=PILOT,
    valid_from="2022-07-01",
)
def before_participation(
    stage: Stage, since: Day, assessment_day: Day, safety_income_first_day: Table
) -> bool:
    """Whether the household's months have not begun; a hypothesis has always begun."""
    if stage == Stage.NOT_ENROLLED or stage == Stage.HYPOTHESIS:
        return False
    if stage == Stage.STAGE_1 and assessment_day < safety_income_first_day[1]:
        return True
    if stage == Stage.STAGE_2 and assessment_day < safety_income_first_day[2]:
        return True
    if stage == Stage.STAGE_3 and assessment_day < safety_income_first_day[3]:
        return True
    return assessment_day < since


@rule(
    entity=HOUSEHOLD,
    label=("안심소득 재산 심사 금액", "Property that the asset test looks at"),
    citation=PILOT,
    valid_from="2022-07-01",
)
def tested_property(
    home_value: Money,
    deposit: Money,
    general_property: Money,
    financial_property: Money,
    vehicles_converted_in_full: Money,
    vehicles_like_general_property: Money,
) -> Money:
    """All property of the household. Whether debts are taken off is not printed: they are not."""
    vehicles = vehicles_converted_in_full + vehicles_like_general_property
    return home_value + deposit + general_property + financial_property + vehicles


@rule(
    entity=HOUSEHOLD,
    role=Role.FLAG,
    label=("안심소득 재산 기준 충족", "Within the property limit of the pilot"),
    citation=PILOT,
    valid_from="2022-07-01",
)
def safety_income_asset_test(tested_property: Money, safety_income_asset_limit: Money) -> bool:
    """A yes or no: property is not converted to income."""
    return tested_property <= safety_income_asset_limit


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.INCOME,
    label=("안심소득 소득평가액", "Income that the pilot compares"),
    citation=PILOT,
    valid_from="2022-07-01",
)
def safety_income_income(
    unit_work_income: Money,
    unit_assessed_work_income: Money,
    unit_other_income: Money,
    unit_medical_expenses: Money,
    former_benefits: Money,
    other_cash_benefits: Money,
    interaction_of_stage: Interaction,
    safety_income_other_benefits: OtherBenefits,
    safety_income_earnings: Earnings,
) -> Money:
    """Income of the household; benefits only where a reading counts them."""
    counted = interaction_of_stage == Interaction.COUNTS_THEM_AS_INCOME
    benefits = former_benefits if counted else 0
    if other_cash_benefits > 0:
        if safety_income_other_benefits == OtherBenefits.COUNTED_AS_INCOME:
            benefits += other_cash_benefits
    if safety_income_earnings == Earnings.NO_DEDUCTION or unit_work_income == 0:
        return unit_work_income + unit_other_income + benefits
    assessed = unit_assessed_work_income + unit_other_income - unit_medical_expenses
    return max(assessed, 0) + benefits


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("안심소득", "Safety Income"),
    renamed={"2024-09-05": ("서울디딤돌소득", "Seoul Stepping Stone Income")},
    citation=PILOT,
    valid_from="2022-07-01",
    history="renamed 서울디딤돌소득 on 2024-09-05; stages 1 and 2 ended 2025-06, stage 3 2025-03",
)
def safety_income(
    stage: Stage,
    before_participation: bool,
    safety_income_asset_test: bool,
    median_income: Money,
    safety_income_income: Money,
    safety_income_line_ratio: Rate,
    safety_income_share: Rate,
    safety_income_rounding: AmountRounding,
    safety_income_asset_rise: AssetRise,
) -> Money:
    """Half of the gap between 85 % of median income and the household's income."""
    if stage == Stage.NOT_ENROLLED or before_participation:
        return 0
    if not safety_income_asset_test:
        if stage == Stage.HYPOTHESIS or safety_income_asset_rise == AssetRise.STOPS_PAYMENT:
            return 0
    line = median_income * safety_income_line_ratio
    if safety_income_income >= line:
        return 0
    # Both bounds are seen by the kernel, which then computes rates of many digits in whole numbers.
    gap = max(line - max(safety_income_income, 0), 0)
    half_the_gap = gap * safety_income_share
    if safety_income_rounding == AmountRounding.UP_TO_10_WON:
        return round_up(half_the_gap, to=10)
    return round_nearest(half_the_gap, to=10)


@rule(
    entity=HOUSEHOLD,
    role=Role.FLAG,
    label=("안심소득 0원인 달(자격은 유지)", "A month of 0 won; the entitlement stays"),
    citation=PILOT,
    valid_from="2022-07-01",
)
def safety_income_zero_month(
    stage: Stage, before_participation: bool, safety_income_asset_test: bool, safety_income: Money
) -> bool:
    """Income above the line: nothing is paid this month, and the participation goes on."""
    if stage == Stage.NOT_ENROLLED or before_participation or not safety_income_asset_test:
        return False
    return safety_income == 0


@rule(
    entity=HOUSEHOLD,
    role=Role.FLAG,
    label=("선정 당시 소득 기준 충족", "Within the income limit at entry"),
    citation=PILOT,
    valid_from="2022-07-01",
)
def safety_income_entry_test(
    stage: Stage,
    median_income: Money,
    safety_income_income: Money,
    safety_income_asset_test: bool,
    safety_income_entry_ratio: Table,
) -> bool:
    """50 % of median income in stages 1 and 3, 85 % in stage 2; a hypothesis takes the widest."""
    if not safety_income_asset_test:
        return False
    if stage == Stage.STAGE_1:
        return safety_income_income <= median_income * safety_income_entry_ratio[1]
    if stage == Stage.STAGE_3:
        return safety_income_income <= median_income * safety_income_entry_ratio[3]
    return safety_income_income <= median_income * safety_income_entry_ratio[2]


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.LINE,
    label=("안심소득 기준선(중위소득 85%)", "Line of the pilot (85 % of median income)"),
    citation=PILOT,
    valid_from="2022-07-01",
)
def safety_income_line(median_income: Money, safety_income_line_ratio: Rate) -> Money:
    """The line as it is printed, without the part below one won."""
    return round_down(median_income * safety_income_line_ratio)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("안심소득 보전액", "Amount that makes up a loss"),
    citation="서울시 설명자료 2022-07-04",
    valid_from="2022-07-01",
)
def safety_income_make_up(
    stage: Stage,
    before_participation: bool,
    safety_income: Money,
    former_benefits: Money,
    interaction_of_stage: Interaction,
) -> Money:
    """Where the pilot would pay less than the benefits it replaces, the difference."""
    if stage == Stage.NOT_ENROLLED or before_participation:
        return 0
    if interaction_of_stage != Interaction.REPLACES_CASH_BENEFITS:
        return 0
    return max(former_benefits - safety_income, 0)
