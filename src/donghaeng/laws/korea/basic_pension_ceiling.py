"""소득역전방지: near the line, what is paid does not lift recipients above others (기초연금법 §8②–④; 시행령 §11).

Written as a ceiling: for the person alone, or for both together where both of a couple are entitled.
"""

from donghaeng.rules import MONTH, PERSON, Money, Rate, Rounding, round_up, rule


@rule(
    entity=PERSON,
    period=MONTH,
    label=("선정기준액까지 남은 금액", "What is left up to the line"),
    citation="기초연금법 §8②, 시행령 §11①②",
)
def basic_pension_room(
    own_basic_pension_line: Money, basic_pension_recognised_income: Money
) -> Money:
    """선정기준액에서 소득인정액을 뺀 금액."""
    return max(own_basic_pension_line - basic_pension_recognised_income, 0)


@rule(
    name="basic_pension_ceiling_at_line",
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("선정기준액에 따른 지급 한도", "Ceiling by the line, for one or for both together"),
    citation="기초연금법 §8②, 시행령 §11①②",
    history="20,000-won steps, 40,000 for a couple, until 2018-08-31",
    valid_until="2018-08-31",
)
def basic_pension_ceiling_in_steps(
    basic_pension_room: Money,
    spouse_entitled_to_basic_pension: bool,
    basic_pension_step: Money,
    basic_pension_couple_step: Money,
) -> Money:
    """What is left up to the line, rounded up to whole steps, at least one step."""
    step = basic_pension_couple_step if spouse_entitled_to_basic_pension else basic_pension_step
    return max(round_up(basic_pension_room / step) * step, step)


@rule(
    name="basic_pension_ceiling_at_line",
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("선정기준액에 따른 지급 한도", "Ceiling by the line, for one or for both together"),
    citation="기초연금법 §8②, 시행령 §11①②, 부칙(대통령령 29124) §2",
    history="steps as before, but at least 10 % of 기준연금액 (couple 20 %), 2018-09 to 2018-12",
    valid_from="2018-09-01",
    valid_until="2018-12-31",
)
def basic_pension_ceiling_late_2018(
    basic_pension_room: Money,
    spouse_entitled_to_basic_pension: bool,
    basic_pension_reference: Money,
    basic_pension_step: Money,
    basic_pension_couple_step: Money,
    basic_pension_least_share: Rate,
    basic_pension_couple_least_share: Rate,
) -> Money:
    """The least share up to one step; above it what is left, rounded up to whole steps."""
    if spouse_entitled_to_basic_pension:
        if basic_pension_room <= basic_pension_couple_step:
            return basic_pension_reference * basic_pension_couple_least_share
        return round_up(basic_pension_room / basic_pension_couple_step) * basic_pension_couple_step
    if basic_pension_room <= basic_pension_step:
        return basic_pension_reference * basic_pension_least_share
    return round_up(basic_pension_room / basic_pension_step) * basic_pension_step


@rule(
    name="basic_pension_ceiling_at_line",
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("선정기준액에 따른 지급 한도", "Ceiling by the line, for one or for both together"),
    citation="기초연금법 §8②, 시행령 §11①②",
    history="to the won since 2019-01-01",
    valid_from="2019-01-01",
)
def basic_pension_ceiling_at_line(
    basic_pension_room: Money,
    spouse_entitled_to_basic_pension: bool,
    basic_pension_reference: Money,
    basic_pension_least_share: Rate,
    basic_pension_couple_least_share: Rate,
) -> Money:
    """What is left up to the line, at least 10 % of 기준연금액, 20 % for a couple."""
    if spouse_entitled_to_basic_pension:
        return max(basic_pension_room, basic_pension_reference * basic_pension_couple_least_share)
    return max(basic_pension_room, basic_pension_reference * basic_pension_least_share)


@rule(
    name="basic_pension_ceiling",
    entity=PERSON,
    period=MONTH,
    label=("기초연금 지급 한도", "Ceiling of what is paid, for one or for both together"),
    citation="기초연금법 §8②",
    valid_until="2019-03-31",
)
def basic_pension_ceiling_until_2019(basic_pension_ceiling_at_line: Money) -> Money:
    """Only the line of all."""
    return basic_pension_ceiling_at_line


@rule(
    name="basic_pension_ceiling",
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("기초연금 지급 한도", "Ceiling of what is paid, for one or for both together"),
    citation="기초연금법 §8②, §8③, 시행령 §11③④",
    valid_from="2019-04-01",
    valid_until="2020-12-31",
)
def basic_pension_ceiling_with_low_incomes(
    basic_pension_ceiling_at_line: Money,
    basic_pension_recognised_income: Money,
    own_low_income_line: Money,
    spouse_entitled_to_basic_pension: bool,
    basic_pension_reference_amount: Money,
    basic_pension_couple_ratio: Rate,
) -> Money:
    """With the 300,000 won, also what is left to 저소득자 선정기준액 and 기준연금액 together."""
    if basic_pension_recognised_income > own_low_income_line:
        return basic_pension_ceiling_at_line
    general = basic_pension_reference_amount
    if spouse_entitled_to_basic_pension:
        general = basic_pension_reference_amount * basic_pension_couple_ratio
    low_ceiling = own_low_income_line + general - basic_pension_recognised_income
    return min(basic_pension_ceiling_at_line, max(low_ceiling, 0))


@rule(
    name="basic_pension_ceiling",
    entity=PERSON,
    period=MONTH,
    label=("기초연금 지급 한도", "Ceiling of what is paid, for one or for both together"),
    citation="기초연금법 §8②",
    valid_from="2021-01-01",
)
def basic_pension_ceiling(basic_pension_ceiling_at_line: Money) -> Money:
    """Only the line of all."""
    return basic_pension_ceiling_at_line


@rule(
    name="basic_pension_least",
    entity=PERSON,
    period=MONTH,
    label=("부부 한 사람의 최저 지급액", "Least amount for one of a couple"),
    citation="기초연금법 시행령 §11⑤",
    valid_until="2018-08-31",
)
def basic_pension_least_until_2018(basic_pension_step: Money) -> Money:
    """One step of 20,000 won."""
    return basic_pension_step


@rule(
    name="basic_pension_least",
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    label=("부부 한 사람의 최저 지급액", "Least amount for one of a couple"),
    citation="기초연금법 시행령 §11⑤, 법 §24",
    valid_from="2018-09-01",
)
def basic_pension_least(basic_pension_reference: Money, basic_pension_least_share: Rate) -> Money:
    """10 % of 기준연금액."""
    return basic_pension_reference * basic_pension_least_share
