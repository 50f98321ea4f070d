"""장애인연금: 기초급여 and 부가급여 (장애인연금법 §4–§7, §15②; 시행령 §2, §4–§6, 별표 1)."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Enumeration,
    Money,
    Rate,
    Role,
    Rounding,
    Table,
    fact,
    of,
    round_up,
    rule,
)

from .household_unit import spouse
from .terms import Absence


class DisabilityIncomeClass(Enumeration):
    """소득 수준 by which the supplement of the disability pension differs (시행령 별표 1)."""

    LIVELIHOOD_OR_MEDICAL = (
        "livelihood_or_medical",
        "생계·의료급여 수급자",
        "recipients of livelihood benefit or medical aid",
    )
    NEAR_POOR = "near_poor", "주거·교육급여 수급자와 차상위계층", "up to half of the median income"
    ABOVE = "above", "차상위 초과", "above half of the median income"


meets_pension_severity = fact(
    PERSON,
    bool,
    label=(
        "장애인연금의 중증장애인(종전 1급, 2급, 3급 중복)",
        "Severe in the sense of the disability pension",
    ),
    question=(
        "장애인연금법의 중증장애인(종전 1급, 2급, 3급 중복)에 해당하나요?",
        "Is the disability severe in the sense of the disability pension (former grade 1, 2, or "
        "3 with another)?",
    ),
    citation="장애인연금법 §2-1, 시행령 §2",
)
occupational_pension_of_spouse = of(
    spouse,
    "occupational_pension",
    otherwise=False,
    value_type=bool,
    label=("배우자의 직역연금", "Public service pension of the spouse"),
)


@rule(
    entity=HOUSEHOLD,
    label=(
        "생계·의료급여 수급자",
        "Recipient of livelihood benefit or medical aid",
    ),
    citation="국민기초생활 보장법 §7①1, §7①3",
)
def recipient_of_livelihood_or_medical_aid(
    livelihood_benefit: Money, medical_aid_received: bool, medical_aid: bool
) -> bool:
    """Who is entitled to one of the two, or is known to receive medical aid."""
    if livelihood_benefit > 0 or medical_aid_received:
        return True
    return medical_aid


@rule(
    entity=HOUSEHOLD,
    label=("수급자 또는 차상위계층", "Up to half of the median income"),
    citation="국민기초생활 보장법 §2-10, 시행령 §3",
)
def near_poor_household(
    benefit_unit_size: Count, recognised_income: Money, education_line: Money
) -> bool:
    """소득인정액 of up to 50 % of the median: with it everybody who gets one of the four benefits."""
    return benefit_unit_size > 0 and recognised_income <= education_line


@rule(
    entity=PERSON,
    label=("부가급여 소득 수준", "Income class of the supplement"),
    citation="장애인연금법 §7, 시행령 별표 1",
)
def disability_income_class(
    absence: Absence,
    recipient_of_livelihood_or_medical_aid: bool,
    near_poor_household: bool,
) -> DisabilityIncomeClass:
    """A person in a 보장시설 is a recipient; all others as their household."""
    if absence == Absence.INSTITUTION or recipient_of_livelihood_or_medical_aid:
        return DisabilityIncomeClass.LIVELIHOOD_OR_MEDICAL
    if near_poor_household:
        return DisabilityIncomeClass.NEAR_POOR
    return DisabilityIncomeClass.ABOVE


@rule(
    entity=PERSON,
    label=("장애인연금을 받을 수 있는 중증장애인", "May get the disability pension"),
    citation="장애인연금법 §2-1, §4①, §4③, §15②",
)
def disability_pension_candidate(
    severe_disability: bool,
    age: Count,
    absence: Absence,
    occupational_pension: bool,
    occupational_pension_of_spouse: bool,
    meets_pension_severity: bool,
) -> bool:
    """18 or older and severe; not with a 직역연금 in the couple, nor while the payment is suspended."""
    if not severe_disability or age < 18:
        return False
    if absence not in (Absence.NONE, Absence.INSTITUTION):
        return False
    if occupational_pension or occupational_pension_of_spouse:
        return False
    return meets_pension_severity


@rule(
    entity=PERSON,
    label=("기초급여를 받을 수 있는 사람", "May get the basic amount"),
    citation="장애인연금법 §6⑤",
)
def disability_basic_candidate(disability_pension_candidate: bool, age: Count) -> bool:
    """From 65 the basic pension takes the place of the basic amount."""
    return disability_pension_candidate and age < 65


basic_candidate_of_spouse = of(
    spouse,
    "disability_basic_candidate",
    otherwise=False,
    value_type=bool,
    label=("배우자도 기초급여 대상", "The spouse may get the basic amount too"),
)


@rule(
    entity=PERSON,
    period=MONTH,
    role=Role.LINE,
    rounding=Rounding.DOWN,
    label=("장애인연금 선정기준액", "Disability pension line"),
    citation="장애인연금법 §4①, 시행령 §4",
)
def disability_pension_line(
    severe_disability: bool,
    age: Count,
    has_spouse: bool,
    disability_single_line: Money,
    disability_couple_ratio: Rate,
) -> Money:
    """선정기준액 by whether there is a spouse; 0 for those whom the law does not concern."""
    if not severe_disability or age < 18:
        return 0
    if has_spouse:
        return disability_single_line * disability_couple_ratio
    return disability_single_line


@rule(
    name="disability_standard_amount",
    entity=PERSON,
    period=MONTH,
    label=("기초급여액", "Standard basic amount"),
    citation="장애인연금법 §6①",
    history="200,000 won since 2014-07, with the prices since; 250,000 won since 2018-09-01 (15541)",
    valid_until="2019-03-31",
)
def disability_standard_amount_2015(disability_basic_general: Money) -> Money:
    """기초급여액, the same for all."""
    return disability_basic_general


@rule(
    name="disability_standard_amount",
    entity=PERSON,
    period=MONTH,
    label=("기초급여액", "Standard basic amount"),
    citation="장애인연금법 §6①2 (법률 16259)",
    history="more for recipients of livelihood benefit and medical aid since 2019-04-01",
    valid_from="2019-04-01",
    valid_until="2019-12-31",
)
def disability_standard_amount_2019(
    disability_income_class: DisabilityIncomeClass,
    disability_basic_recipients: Money,
    disability_basic_general: Money,
) -> Money:
    """300,000 won for recipients of livelihood benefit and medical aid."""
    if disability_income_class == DisabilityIncomeClass.LIVELIHOOD_OR_MEDICAL:
        return disability_basic_recipients
    return disability_basic_general


@rule(
    name="disability_standard_amount",
    entity=PERSON,
    period=MONTH,
    label=("기초급여액", "Standard basic amount"),
    citation="장애인연금법 §6①3 (법률 16869)",
    history="more for all recipients and 차상위계층 since 2020-01 (부칙 §2)",
    valid_from="2020-01-01",
    valid_until="2020-12-31",
)
def disability_standard_amount_2020(
    disability_income_class: DisabilityIncomeClass,
    disability_basic_recipients: Money,
    disability_basic_general: Money,
) -> Money:
    """300,000 won for recipients of the four benefits and 차상위계층."""
    if disability_income_class == DisabilityIncomeClass.ABOVE:
        return disability_basic_general
    return disability_basic_recipients


@rule(
    name="disability_standard_amount",
    entity=PERSON,
    period=MONTH,
    label=("기초급여액", "Standard basic amount"),
    citation="장애인연금법 §6①4, §6②, §6⑥",
    history="300,000 won for all since 2021, with the prices of January to December since",
    valid_from="2021-01-01",
)
def disability_standard_amount_2021(disability_basic_general: Money) -> Money:
    """기초급여액, the same for all."""
    return disability_basic_general


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    label=("부부 감액 뒤 기초급여액", "Basic amount after the reduction for couples"),
    citation="장애인연금법 §6③",
)
def disability_basic_of_one(
    disability_standard_amount: Money,
    basic_candidate_of_spouse: bool,
    disability_couple_reduction: Rate,
) -> Money:
    """A fifth less for each where both of a couple get it."""
    if basic_candidate_of_spouse:
        return disability_standard_amount * (1 - disability_couple_reduction)
    return disability_standard_amount


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("장애인연금 기초급여", "Basic amount of the disability pension"),
    citation="장애인연금법 §6③–§6⑤, 시행령 §5②, §5③",
)
def disability_basic_amount(
    disability_basic_candidate: bool,
    basic_candidate_of_spouse: bool,
    disability_basic_of_one: Money,
    disability_income_at_most: Money,
    disability_income: Money,
    disability_pension_line: Money,
    disability_least_basic: Money,
) -> Money:
    """Near the line only what is missing to it, in steps of 20,000 won (couple: 40,000), rounded up."""
    if not disability_basic_candidate:
        return 0
    full = disability_basic_of_one
    together = 2 * full if basic_candidate_of_spouse else full
    if disability_income_at_most + together < disability_pension_line:
        return full
    if disability_income > disability_pension_line:
        return 0
    missing = disability_pension_line - disability_income
    if basic_candidate_of_spouse:
        if disability_income + together <= disability_pension_line:
            return full
        reduced = max(round_up(missing, to=40_000), 2 * disability_least_basic)
        return min(reduced, together) / 2
    if disability_income + together < disability_pension_line:
        return full
    return min(max(round_up(missing, to=20_000), disability_least_basic), full)


@rule(
    entity=PERSON,
    period=MONTH,
    label=("장애인연금 부가급여", "Supplement of the disability pension"),
    citation="장애인연금법 §7, 시행령 §6, 별표 1",
    history="the present amounts since January 2024 (대통령령 34155, 부칙 §2)",
)
def disability_supplement(
    disability_pension_candidate: bool,
    age: Count,
    absence: Absence,
    disability_income_at_most: Money,
    disability_income: Money,
    disability_pension_line: Money,
    disability_income_class: DisabilityIncomeClass,
    disability_standard_amount: Money,
    disability_supplement_18_to_64: Table,
    disability_supplement_from_65: Table,
    disability_supplement_in_institution: Money,
) -> Money:
    """From 65 recipients of livelihood benefit and medical aid get the basic amount on top."""
    if not disability_pension_candidate:
        return 0
    if disability_income_at_most > disability_pension_line:
        if disability_income > disability_pension_line:
            return 0
    if absence == Absence.INSTITUTION:
        return disability_supplement_in_institution
    if age < 65:
        return disability_supplement_18_to_64[disability_income_class]
    supplement = disability_supplement_from_65[disability_income_class]
    if disability_income_class == DisabilityIncomeClass.LIVELIHOOD_OR_MEDICAL:
        return disability_standard_amount + supplement
    return supplement


@rule(
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("장애인연금", "Disability pension"),
    citation="장애인연금법 §5",
)
def disability_pension(disability_basic_amount: Money, disability_supplement: Money) -> Money:
    """기초급여 + 부가급여."""
    return disability_basic_amount + disability_supplement
