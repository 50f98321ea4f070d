"""부양의무자: persons outside the household who are obliged to support (국민기초생활 보장법 §2-5, §8의2).

They are the parents and children of whoever applies, and their spouses. 생계급여 (since 2021-10 for a
high income or property only) and 의료급여 look at them; 주거급여 (since 2018-10) and 교육급여 do not.
What a supporter can give rests on amounts of property that a notice sets and that were not read
(시행령 §5의6①3): the finding of the office is a fact.
"""

from donghaeng.rules import HOUSEHOLD, MONTH, YEAR, Enumeration, Money, fact, rule


class SupportFinding(Enumeration):
    """What the office found of the persons obliged to support, taken together."""

    UNABLE = "unable", "부양능력 없음(법 §8의2①)", "not able to support"
    WEAK = "weak", "부양능력 미약(시행령 §5의6①4)", "able to give a part"
    UNAVAILABLE = (
        "unavailable",
        "부양을 받을 수 없음(법 §8의2②·③)",
        "support cannot be had from them",
    )
    ABLE = "able", "부양능력 있음", "able to support"


supporters_exist = fact(
    HOUSEHOLD,
    bool,
    field="supporters.exist",
    label=("부양의무자 있음", "There are persons obliged to support"),
    question=(
        "따로 사는 부모나 자녀, 또는 그 배우자가 있나요?",
        "Is there a parent or child who lives elsewhere, or a spouse of theirs?",
    ),
    citation="국민기초생활 보장법 §2-5",
)
support_finding = fact(
    HOUSEHOLD,
    SupportFinding,
    field="supporters.finding",
    label=("부양능력 조사 결과", "What was found of those obliged to support"),
    question=(
        "따로 사는 부모나 자녀가 부양할 수 있다고 조사되었나요, 아니면 부양할 수 없거나 부양을 받을 "
        "수 없다고 조사되었나요?",
        "Was it found that the parents or children who live elsewhere are able to support, or not?",
    ),
    citation="국민기초생활 보장법 §8의2, 시행령 §5의6",
)
support_due = fact(
    HOUSEHOLD,
    Money,
    period=MONTH,
    field="supporters.support_due",
    label=("부양비(정해진 정기 지원액)", "Imputed support as it was set"),
    question=(
        "부양의무자가 다달이 지원해야 한다고 정해진 금액은 얼마인가요?",
        "What amount a month was set that those obliged to support have to give?",
    ),
    citation="국민기초생활 보장법 시행령 §5의6①4다",
)
supporters_income_year = fact(
    HOUSEHOLD,
    Money,
    period=YEAR,
    default=0,
    field="supporters.income_year",
    label=("부양의무자의 가장 많은 연 소득", "Largest yearly income of a supporter"),
    question=(
        "따로 사는 부모나 자녀 가운데 소득이 가장 많은 사람은 한 해에 얼마를 버나요?",
        "What is the largest income of a year among the parents and children who live elsewhere?",
    ),
    citation="국민기초생활 보장법 §8의2①",
)
supporters_property = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="supporters.property",
    label=("부양의무자의 가장 많은 재산", "Largest property of a supporter"),
    question=(
        "따로 사는 부모나 자녀 가운데 재산이 가장 많은 사람의 재산은 얼마인가요?",
        "What is the largest property among the parents and children who live elsewhere?",
    ),
    citation="국민기초생활 보장법 §8의2①",
)


@rule(
    entity=HOUSEHOLD,
    label=("부양의무자의 부양을 받을 수 있음", "Supporters are there and able"),
    citation="국민기초생활 보장법 §8의2, §12의3②; 시행령 §5의6①",
)
def support_to_be_had(supporters_exist: bool, support_finding: SupportFinding) -> bool:
    """부양의무자가 있고 부양능력이 있음. 부양능력 미약 counts as none while support is given (4호)."""
    if not supporters_exist:
        return False
    return support_finding == SupportFinding.ABLE


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    label=("부양비", "Imputed support"),
    citation="국민기초생활 보장법 시행령 §5①4나, §5의6①4다",
    history="no longer counted from 2026 (secondary); its yearly rates were not read",
)
def imputed_support(
    supporters_exist: bool,
    support_finding: SupportFinding,
    support_due: Money,
    imputed_support_counts: bool,
) -> Money:
    """부양비: what supporters of small means are taken to give each month."""
    if not imputed_support_counts or not supporters_exist:
        return 0
    if support_finding != SupportFinding.WEAK:
        return 0
    return support_due


@rule(
    entity=HOUSEHOLD,
    label=("고소득·고재산 부양의무자", "A supporter of high income or property"),
    citation="국민기초생활 보장법 §8②, §8의2①3",
    history="above 100 m won a year or 900 m won; from 2025 above 130 m or 1,200 m (secondary)",
    valid_from="2021-10-01",
)
def wealthy_supporter(
    supporters_income_year: Money,
    supporters_property: Money,
    support_finding: SupportFinding,
    supporter_income_limit: Money,
    supporter_property_limit: Money,
) -> bool:
    """Above one of the two limits the test of §8의2 still applies: support must be to be had."""
    if supporters_income_year <= supporter_income_limit:
        if supporters_property <= supporter_property_limit:
            return False
    return support_finding == SupportFinding.ABLE
