"""생계급여 (국민기초생활 보장법 §8)."""

from donghaeng.rules import HOUSEHOLD, MONTH, Count, Money, Role, fact, rule

supporter_excludes = fact(
    HOUSEHOLD,
    bool,
    default=False,
    field="supporter_excludes",
    label=(
        "부양의무자 때문에 생계급여에서 제외됨",
        "Excluded from the livelihood benefit because of a person obliged to support",
    ),
    question=(
        "따로 사는 부모나 자녀가 소득이나 재산이 아주 많은가요?",
        "Does a parent or child who lives elsewhere have a very high income or property?",
    ),
    citation="국민기초생활 보장법 §8②, §8의2",
)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.BENEFIT,
    label=("생계급여", "Livelihood benefit"),
    citation="국민기초생활 보장법 §8②, §8③",
    history="맞춤형 급여 since 2015-07-01 (법률 12933)",
)
def livelihood_benefit(
    benefit_unit_size: Count,
    livelihood_line: Money,
    recognised_income: Money,
    supporter_excludes: bool,
) -> Money:
    """What is missing between the recognised income and the line."""
    if benefit_unit_size == 0 or supporter_excludes:
        return 0
    if recognised_income > livelihood_line:
        return 0
    return livelihood_line - recognised_income
