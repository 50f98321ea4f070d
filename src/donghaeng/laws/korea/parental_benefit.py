"""부모급여, 영아수당 until 2022 (아동수당법 §4⑤, §10④; 시행령 §2①, §10의2)."""

from donghaeng.rules import (
    MONTH,
    PERSON,
    Day,
    Money,
    Role,
    Table,
    fact,
    months_between,
    rule,
)

daycare = fact(
    PERSON,
    bool,
    default=False,
    label=("어린이집 이용(보육서비스 이용권)", "In daycare (paid by the childcare voucher)"),
    citation="아동수당법 §10④, 시행령 §10의2",
)


@rule(
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("영아수당", "Infant allowance"),
    renamed={"2023-01-01": ("부모급여", "Parental benefit")},
    citation="아동수당법 §4⑤, §10④, 시행령 §2①, §10의2",
    history="for births from 2022-01-01 (법률 제18579호 부칙 §4); amounts by notice until 2023 (부칙 §6)",
    valid_from="2022-01-01",
)
def parental_benefit(
    birth_date: Day,
    assessment_day: Day,
    parental_benefit_births_from: Day,
    child_allowance_suspended: bool,
    daycare: bool,
    parental_benefit_amount: Table,
    daycare_voucher: Table,
) -> Money:
    """Under two, by year of age, to the month before the birthday; with a voucher the rest in cash."""
    months = months_between(birth_date, assessment_day)
    if birth_date < parental_benefit_births_from or months >= 24:
        return 0
    if child_allowance_suspended:
        return 0
    age = 0 if months < 12 else 1
    amount = parental_benefit_amount[age]
    if not daycare:
        return amount
    return max(amount - daycare_voucher[age], 0)
