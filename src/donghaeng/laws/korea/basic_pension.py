"""기초연금: who gets it, and what is paid (기초연금법 §3, §8, §14, §16, §24; 시행령 §4, §11).

In the order of the Act: the line (선정기준액), who is entitled, the reduction of a couple, the reduction
near the line, what is paid. Elsewhere: the amount before reductions (§5–§7, ``basic_pension_amount.py``),
the ceiling near the line (``basic_pension_ceiling.py``), the income and property of the couple
(``basic_pension_income.py``, ``basic_pension_property.py``).
§24: in each amount, what is below ten won is dropped. The special rule of 법률 12617 부칙 §5 (half the amount
for some who were excluded by §3③ in 2014) is not here.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Money,
    Rate,
    Role,
    Rounding,
    fact,
    max_over,
    of,
    rule,
)

from .household_unit import spouse
from .terms import Absence

claims_basic_pension = fact(
    PERSON,
    bool,
    default=True,
    label=("기초연금을 신청함", "Claims the basic pension"),
    citation="기초연금법 §10①, §14①",
)
occupational_pension = fact(
    PERSON,
    bool,
    default=False,
    label=(
        "직역연금(공무원·사학·군인·별정우체국) 수급권자 또는 시행령 §5의 일시금 수령자",
        "Has an occupational pension (civil servants, private schools, forces, postal agencies)",
    ),
    citation="기초연금법 §3③, 시행령 §5",
)
basic_pension_suspended = fact(
    PERSON,
    bool,
    label=("기초연금 지급 정지 사유가 있음", "Payment of the basic pension is suspended"),
    question=(
        "60일 이상 계속 해외에 있거나, 금고 이상의 형으로 수용되었거나, 사망한 것으로 추정되나요?",
        "Abroad for 60 days without a break, serving a prison sentence, or presumed dead?",
    ),
    citation="기초연금법 §16①",
)
# §3: the line, and who is entitled


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("본인의 기초연금 선정기준액", "The person's line of the basic pension"),
    citation="기초연금법 §3①, 시행령 §4②",
)
def own_basic_pension_line(
    age: Count,
    with_spouse: bool,
    basic_pension_age: Count,
    basic_pension_single_line: Money,
    basic_pension_couple_ratio: Rate,
) -> Money:
    """선정기준액, × 160 % with a spouse of whatever age; 0 before 65, where it decides nothing."""
    if age < basic_pension_age:
        return 0
    if with_spouse:
        return basic_pension_single_line * basic_pension_couple_ratio
    return basic_pension_single_line


highest_basic_pension_line = max_over(
    HOUSEHOLD,
    "own_basic_pension_line",
    period=MONTH,
    label=("가구의 가장 높은 선정기준액", "Highest line in the household"),
    citation="기초연금법 §3①",
)


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.LINE,
    label=("기초연금 선정기준액", "Basic pension line"),
    citation="기초연금법 §3①, 시행령 §4②",
)
def basic_pension_line(highest_basic_pension_line: Money) -> Money:
    """The line that is printed: of a couple where there is one; 0 where nobody has reached 65."""
    return highest_basic_pension_line


spouse_occupational_pension = of(
    spouse,
    "occupational_pension",
    otherwise=False,
    value_type=bool,
    label=("배우자가 직역연금 수급권자", "The spouse has an occupational pension"),
    citation="기초연금법 §3③",
)


@rule(
    entity=PERSON,
    label=("기초연금 수급권자", "Entitled to the basic pension"),
    citation="기초연금법 §3①, §3③, §10①",
)
def entitled_to_basic_pension(
    age: Count,
    claims_basic_pension: bool,
    occupational_pension: bool,
    spouse_occupational_pension: bool,
    basic_pension_recognised_income: Money,
    own_basic_pension_line: Money,
    basic_pension_age: Count,
) -> bool:
    """65 or older, has claimed, nobody of the couple with an occupational pension, income in line."""
    if age < basic_pension_age or not claims_basic_pension:
        return False
    if occupational_pension or spouse_occupational_pension:
        return False
    return basic_pension_recognised_income <= own_basic_pension_line


spouse_entitled_to_basic_pension = of(
    spouse,
    "entitled_to_basic_pension",
    otherwise=False,
    value_type=bool,
    label=("배우자도 기초연금 수급권자", "The spouse is entitled to the basic pension, too"),
    citation="기초연금법 §8①",
)

# §8①: a couple who are both entitled


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    label=("부부 감액 뒤 기초연금액", "Basic pension after the reduction of a couple"),
    citation="기초연금법 §8①, §24",
)
def basic_pension_of_couple(
    basic_pension_before_reductions: Money,
    spouse_entitled_to_basic_pension: bool,
    basic_pension_couple_reduction: Rate,
) -> Money:
    """20 % less for each where both are entitled."""
    if basic_pension_before_reductions == 0:
        return 0
    if spouse_entitled_to_basic_pension:
        return basic_pension_before_reductions * (1 - basic_pension_couple_reduction)
    return basic_pension_before_reductions


spouse_basic_pension = of(
    spouse,
    "basic_pension_of_couple",
    otherwise=0,
    period=MONTH,
    label=("부부 감액 뒤 배우자의 기초연금액", "The spouse's amount after the couple's reduction"),
    citation="기초연금법 §8①",
)

# §8②–④, 시행령 §11: near the line; §14, §16: what is paid


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    label=("감액 뒤 기초연금액", "Basic pension after reductions"),
    citation="기초연금법 §8, §24, 시행령 §11",
)
def basic_pension_after_reductions(
    basic_pension_of_couple: Money,
    spouse_entitled_to_basic_pension: bool,
    spouse_basic_pension: Money,
    basic_pension_ceiling: Money,
    basic_pension_least: Money,
) -> Money:
    """The amount up to the ceiling; a couple's ceiling is shared by their amounts (시행령 §11⑤)."""
    if not spouse_entitled_to_basic_pension:
        return min(basic_pension_of_couple, basic_pension_ceiling)
    together = basic_pension_of_couple + spouse_basic_pension
    if together <= basic_pension_ceiling:
        return basic_pension_of_couple
    divisor = max(together, basic_pension_least, 1)
    share = basic_pension_ceiling * basic_pension_of_couple / divisor
    return max(share, basic_pension_least)


@rule(
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("기초연금", "Basic pension"),
    citation="기초연금법 §3, §5, §8, §14, §16",
)
def basic_pension(
    entitled_to_basic_pension: bool,
    absence: Absence,
    basic_pension_suspended: bool,
    basic_pension_after_reductions: Money,
) -> Money:
    """What is paid for the month to whoever is entitled, where payment is not suspended."""
    if not entitled_to_basic_pension:
        return 0
    if absence in (Absence.ABROAD, Absence.DETAINED, Absence.MISSING_PERSON):
        return 0 if basic_pension_suspended else basic_pension_after_reductions
    return basic_pension_after_reductions


@rule(
    entity=PERSON,
    period=MONTH,
    label=("소득으로 보는 기초연금", "Basic pension that counts as income"),
    citation="국민기초생활 보장법 시행령 §5①4다",
)
def counted_basic_pension(
    claims_basic_pension: bool, basic_pension_received: Money, basic_pension: Money
) -> Money:
    """What is received; where nothing is said of that, what is due to whoever has claimed."""
    if not claims_basic_pension:
        return 0
    if basic_pension_received > 0:
        return basic_pension_received
    return basic_pension
