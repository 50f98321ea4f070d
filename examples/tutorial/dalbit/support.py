"""Rules of the invented town of Dalbit: one for each construct of the language."""

from donghaeng.rules import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    Count,
    Day,
    Enumeration,
    Money,
    Rate,
    Role,
    Rounding,
    Schedule,
    Table,
    age_in_years,
    by_brackets,
    months_between,
    per_month,
    round_down,
    round_nearest,
    rule,
)

from .people import Tenure, Zone


class RentShare(Enumeration):
    """Which rent the share is taken of: the ordinance can be read both ways."""

    OF_THE_RENT = "of_the_rent", "실제 월세의 비율", "A share of the rent itself"
    OF_THE_CEILING = "of_the_ceiling", "기준 월세의 비율", "A share of the ceiling"


@rule(entity=PERSON, label=("만 나이", "Age in full years"), citation="달빛시 조례 §3")
def age(birth_date: Day, assessment_day: Day) -> Count:
    return max(age_in_years(birth_date, assessment_day), 0)


@rule(entity=PERSON, label=("성인", "Adult"), citation="달빛시 조례 §3")
def adult(age: Count, adult_age: Count) -> bool:
    return age >= adult_age


@rule(entity=PERSON, label=("노인", "Senior"), citation="달빛시 조례 §3")
def senior(age: Count, senior_age: Count) -> bool:
    return senior_age <= age < 150


@rule(entity=PERSON, label=("거주 개월", "Months in the town"), citation="달빛시 조례 §3")
def months_here(moved_in: Day, assessment_day: Day) -> Count:
    return max(months_between(moved_in, assessment_day), 0)


@rule(
    entity=PERSON,
    period=MONTH,
    rounding=Rounding.DOWN_10,
    label=("기여금", "Contribution"),
    citation="달빛시 조례 §4",
)
def contribution(
    earnings: Money, spouse_earnings: Money, adult: bool, contribution_brackets: Schedule
) -> Money:
    """Brackets; nothing where the spouse has more and pays already."""
    if not adult:
        return 0
    paid = by_brackets(earnings, contribution_brackets)
    return 0 if spouse_earnings > earnings else paid


@rule(entity=HOUSEHOLD, period=MONTH, label=("월 소득", "Income"), citation="달빛시 조례 §5")
def monthly_income(household_earnings: Money, bonus_of_year: Money) -> Money:
    """A twelfth of the yearly bonus counts, without the part below one won."""
    income = household_earnings
    income += round_down(per_month(bonus_of_year))
    return income


@rule(entity=HOUSEHOLD, label=("차등 대상", "Reduced ceiling"), citation="달빛시 조례 §6②")
def reduced_ceiling(zone: Zone, tenure: Tenure, has_senior: bool) -> bool:
    if tenure in (Tenure.OWNED, Tenure.FREE_USE):
        return True
    return zone == Zone.HILL and not has_senior


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.UP_10,
    role=Role.BENEFIT,
    label=("월세 지원금", "Rent support"),
    citation="달빛시 조례 §6①",
)
def rent_support(
    zone: Zone,
    household_size: Count,
    rent: Money,
    monthly_income: Money,
    reduced_ceiling: bool,
    rent_ceiling: Table,
    rent_line: Money,
    rent_share: Rate,
    rent_share_reading: RentShare,
) -> Money:
    """A share of the rent up to a ceiling, less what the income exceeds the line by."""
    ceiling = rent_ceiling[zone, min(max(household_size, 1), 4)]
    if reduced_ceiling:
        ceiling = ceiling / 2
    if rent == 0:
        return 0
    elif rent_share_reading == RentShare.OF_THE_CEILING:
        amount = ceiling * rent_share
    else:
        amount = min(rent, ceiling) * rent_share
    excess = max(monthly_income - rent_line, 0)
    return max(amount - excess, 0)


# Two versions of one rule side by side, each under its dates.


@rule(
    name="transport_discount",
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("교통비 할인", "Transport discount"),
    citation="달빛시 조례 §7",
    valid_until="2024-12-31",
)
def transport_discount_until_2024(senior: bool, transport_amount: Money) -> Money:
    return transport_amount if senior else 0


@rule(
    name="transport_discount",
    entity=PERSON,
    period=MONTH,
    role=Role.BENEFIT,
    label=("교통비 할인", "Transport discount"),
    renamed={"2026-01-01": ("이동 지원금", "Mobility support")},
    citation="달빛시 조례 §7 (개정 2025-01-01)",
    history="children of the town as well since 2025",
    valid_from="2025-01-01",
)
def transport_discount(
    senior: bool, adult: bool, months_here: Count, transport_amount: Money, transport_half: Rate
) -> Money:
    if senior:
        return transport_amount
    if adult or months_here < 12:
        return 0
    return round_nearest(transport_amount * transport_half, to=100)
