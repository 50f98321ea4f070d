"""Oracle of 국민기초생활보장: lines, 소득인정액, 생계급여, 주거급여(임차급여).

Written from the statutes and the facts alone, independently of the rules engine.
All amounts are won a month (property: won).  A result of None means "the facts
give no number".  A year before 2015 raises ValueError; 2015 means from July.
Statute citations: 법 = 국민기초생활 보장법, 시행령 = its decree.
"""

from fractions import Fraction
from math import ceil, floor

from . import tables

BENEFITS = ("livelihood", "medical", "housing", "education")
REGIONS = ("seoul", "gyeonggi", "metropolitan", "other")
REGIONS_BEFORE_2023 = ("large_city", "city", "rural", None)  # None: not named in the notice
CAR_KINDS = ("passenger", "small_van_or_truck")
PERSON_KEYS = {
    "earnings",
    "business_income",
    "property_income",
    "transfer_income",
    "excluded_transfers",
    "war_veterans_allowance",
    "rehabilitation_earnings",
    "age",
    "disabled",
    "student",
}


# ---- small checks ---------------------------------------------------------


def _check_year(year):
    if type(year) is not int:
        raise ValueError("a year is a whole number")
    if year < tables.FIRST_YEAR:
        raise ValueError("no standard median income before 2015-07")


def _check_size(size):
    if type(size) is not int or size < 1:
        raise ValueError("a household has at least one person")


def _check_amounts(*amounts):
    for amount in amounts:
        if type(amount) not in (int, Fraction) or amount < 0:
            raise ValueError(f"not a whole won or fraction of 0 or more: {amount!r}")


def _nearest_won(amount):
    """Nearest won, half up (facts §3.1)."""
    return floor(amount + Fraction(1, 2))


# ---- median income and the lines ------------------------------------------


def median_income(*, year, size):
    """기준 중위소득 (법 §2-11, §6의2).

    From 8 persons on: 7 persons + (n - 7) x (7 persons - 6 persons) (facts §2).
    """
    _check_year(year)
    _check_size(size)
    if year > tables.LAST_YEAR:
        return None
    row = tables.MEDIAN_INCOME[year]
    if size <= 7:
        return row[size - 1]
    six, seven = row[5], row[6]
    return seven + (size - 7) * (seven - six)


def line(*, benefit, year, size):
    """선정기준: 생계 법 §8②, 의료 §12의3②, 주거 주거급여법 §5①, 교육 법 §12③.

    1-7 persons: median x ratio to the nearest won, half up, unless another
    figure was published (2023).  From 8 persons on: the 7-person line plus
    (n - 7) x (7-person line - 6-person line), both as published (facts §3.1);
    the livelihood notice of 2022 prints a step of its own.
    """
    if benefit not in BENEFITS:
        raise ValueError(f"unknown benefit {benefit!r}")
    _check_year(year)
    _check_size(size)
    if year > tables.LAST_YEAR:
        return None
    if size <= 7:
        if (benefit, year, size) in tables.PUBLISHED_LINES:
            return tables.PUBLISHED_LINES[(benefit, year, size)]
        ratio = Fraction(tables.RATIO_PERCENT[year][benefit], 100)
        return _nearest_won(median_income(year=year, size=size) * ratio)
    six = line(benefit=benefit, year=year, size=6)
    seven = line(benefit=benefit, year=year, size=7)
    step = tables.PUBLISHED_STEPS.get((benefit, year), seven - six)
    return seven + (size - 7) * step


# ---- recognised income ------------------------------------------------------


def assessed_income(*, year, persons):
    """소득평가액 (법 §6의3①; 시행령 §5, §5의2).

    From 2020 on, of each person's earned and business income: half of what a person
    with a disability has from vocational rehabilitation (8호); of the rest first the
    largest flat amount that the person's situation gives (12호: youth from 18 on,
    disabled, old), then 30 % (9호, 10호 and 11호), cut below one won.  Before 2020 the
    flat amounts and the rate of 11호 are not known: None if someone has such
    income, unless a student under 18 without a disability (10호 alone), or a person
    with a disability whose whole income from work is from rehabilitation (8호 alone).
    Transfers count without the allowances of items 1-5 and without the war veterans'
    allowance up to 20 % of the median income of one person (6호), cut below one won.
    Income from property counts in full; medical expenses (7호) are not asked here.
    """
    _check_year(year)
    if year > tables.LAST_YEAR:
        return None
    total = Fraction(0)
    for person in persons:
        unknown_keys = set(person) - PERSON_KEYS
        if unknown_keys:
            raise ValueError(f"unknown keys {unknown_keys!r}")
        earnings = person.get("earnings", 0)
        business_income = person.get("business_income", 0)
        property_income = person.get("property_income", 0)
        transfer_income = person.get("transfer_income", 0)
        _check_amounts(earnings, business_income, property_income, transfer_income)
        age = person["age"]

        work = earnings + business_income
        disabled, student = person.get("disabled", False), person.get("student", False)
        rehabilitation = 0
        if disabled:
            rehabilitation = min(work, person.get("rehabilitation_earnings", 0))
        rest = work - rehabilitation
        only_item_10 = age < 18 and student and not disabled
        if rest > 0 and year < tables.GENERAL_DEDUCTION_FROM and not only_item_10:
            return None
        flat = 0
        if rest > 0 and year >= tables.GENERAL_DEDUCTION_FROM:
            youth_limit, youth_flat, old_from = tables.flat_deductions(year)
            flats = [0]
            if 18 <= age <= youth_limit:
                flats.append(youth_flat)
            if disabled:
                flats.append(tables.FLAT_DISABLED)
            if age >= old_from:
                flats.append(tables.FLAT_OLD)
            flat = min(rest, max(flats))
        counted_work = rehabilitation * (1 - tables.REHABILITATION_DEDUCTION)
        counted_work += (rest - flat) * (1 - tables.WORK_DEDUCTION)
        total += floor(counted_work)

        ceiling = median_income(year=year, size=1) * tables.WAR_VETERANS_SHARE
        honour = min(person.get("war_veterans_allowance", 0), ceiling)
        counted = transfer_income - person.get("excluded_transfers", 0) - honour
        total += floor(max(counted, 0)) + property_income
    return floor(total)


def property_conversion(
    *,
    year,
    region,
    residential,
    general,
    financial,
    deposit,
    debts,
    vehicles_converted,
    vehicles_as_general,
):
    """재산의 소득환산액 (법 §6의3②; 시행령 §5의4①; facts §3.2), from 2023 on.

    residential: value of the household's own home.  deposit: the household's
    own rent deposit, also residential (0 if it is none).  Residential property
    above the limit counts as general; this split comes first.  Then the basic
    property amount and the debts are taken off residential, then general, then
    financial property (less the living reserve), never off cars.  The sum is cut
    below one won, once.

    Before 2023 there are three classes of region, and the result is known of vehicles, and
    of general property where the class has a basic amount (2017, 2020 on): nothing is left
    above it, or the rates are known (2020 on). The limit of residential property and the
    living reserve are not known (None).
    """
    _check_year(year)
    if region not in (REGIONS if year >= tables.PROPERTY_FROM else REGIONS_BEFORE_2023):
        raise ValueError(f"unknown region {region!r}")
    _check_amounts(
        residential,
        general,
        financial,
        deposit,
        debts,
        vehicles_converted,
        vehicles_as_general,
    )
    if year > tables.LAST_YEAR:
        return None
    if year < tables.PROPERTY_FROM:
        unknown = residential + deposit + financial
        general += vehicles_as_general
        if unknown + general + vehicles_converted == 0:
            return 0
        if unknown > 0:
            return None
        left = 0
        if general > 0:
            if year == 2017:
                amounts = tables.BASIC_PROPERTY_2017
            elif year >= 2020:
                amounts = tables.BASIC_PROPERTY_2020_TO_2022
            else:
                return None
            if region is None:
                return None
            left = max(0, general - amounts[region] - debts)
        if left + vehicles_converted == 0:
            return 0  # at whatever rate
        if year < tables.CONVERSION_RATES_FROM:
            return None
        return floor(left * tables.RATE_GENERAL + vehicles_converted * tables.RATE_VEHICLE)

    # 1. what belongs to which kind
    home = residential + deposit
    limit = tables.RESIDENTIAL_LIMIT[region]
    home_within_limit = min(home, limit)
    home_above_limit = home - home_within_limit
    other = general + vehicles_as_general + home_above_limit
    money = max(0, financial - tables.LIVING_RESERVE)

    # 2. basic property amount and debts, in the order of deduction
    to_deduct = tables.BASIC_PROPERTY[region] + debts
    taken = min(home_within_limit, to_deduct)
    home_left = home_within_limit - taken
    to_deduct -= taken
    taken = min(other, to_deduct)
    other_left = other - taken
    to_deduct -= taken
    money_left = max(0, money - to_deduct)

    # 3. conversion
    converted = (
        home_left * tables.RATE_RESIDENTIAL
        + other_left * tables.RATE_GENERAL
        + money_left * tables.RATE_FINANCIAL
        + vehicles_converted * tables.RATE_VEHICLE
    )
    return floor(converted)


def car_as_general_property(*, year, kind, engine_cc, years, value):
    """Whether a car without a special use counts as general property (시행령 §5의4①1; facts §3.2).

    A passenger car up to 1,600 cc (below 2,000 from 2025 on), a van or truck up to
    1,000 cc (a small one from 2026 on); and ten years old, or worth less than
    2,000,000 won (5,000,000: passenger cars from 2025, small vans from 2026 on).
    Before 2023 the value is not known: None where it decides.
    """
    _check_year(year)
    if kind not in CAR_KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    passenger = kind == "passenger"
    if passenger:
        small = engine_cc < 2_000 if year >= 2025 else engine_cc <= 1_600
    else:
        small = True if year >= 2026 else engine_cc <= 1_000
    if not small:
        return False
    if years >= 10:
        return True
    if year < 2023:
        return None
    relaxed = year >= (2025 if passenger else 2026)
    return value < (5_000_000 if relaxed else 2_000_000)


def recognised_income(*, assessed, converted):
    """소득인정액 = 소득평가액 + 재산의 소득환산액 (법 §2-9)."""
    if assessed is None or converted is None:
        return None
    return assessed + converted


# ---- benefits ---------------------------------------------------------------


def livelihood_benefit(*, year, size, recognised):
    """생계급여 = line - 소득인정액; 0 above the line (법 §8②③).  No rounding."""
    threshold = line(benefit="livelihood", year=year, size=size)
    if threshold is None or recognised is None:
        return None
    if recognised > threshold:
        return 0
    return threshold - recognised


def base_rent(*, year, zone, size, allow_unverified=False):
    """기준임대료 (주거급여법 §7③; facts §3.3), exact; None where not known.

    7 persons as 6; 8-9 persons 110 %, 10-11 persons 120 % ... of the 6-person
    rent, not rounded here (the facts give no rounding of the addition).
    """
    _check_year(year)
    _check_size(size)
    if zone not in (1, 2, 3, 4):
        raise ValueError("zones are 1 to 4")
    if year > tables.LAST_YEAR:
        return None
    row_size = min(size, 6)
    thousand = tables.BASE_RENT[year].get(row_size, (None,) * 4)[zone - 1]
    if thousand is None and allow_unverified:
        unverified = tables.BASE_RENT_UNVERIFIED.get(year, {})
        thousand = unverified.get(row_size, (None,) * 4)[zone - 1]
    if thousand is None:
        return None
    rent = Fraction(thousand * 1000)
    if size >= 8:
        steps = (size - 6) // 2  # 8-9: 1, 10-11: 2, ...
        rent += rent * Fraction(10, 100) * steps
    return rent


def housing_benefit(
    *,
    year,
    zone,
    size,
    recognised,
    deposit,
    monthly_rent,
    free_use=False,
    allow_unverified=False,
):
    """임차급여 (주거급여법 §5①, §7; 주거급여 실시에 관한 고시 §6-§9).

    Actual rent = monthly rent + deposit x 4 % / 12; in free use 60 % of the base
    rent.  Benefit = min(actual, base rent), above the livelihood line less 30 %
    of (소득인정액 - livelihood line); rounded up to 10 won; 10,000 where that is
    less (고시 §7④: "산정금액이 1만원 미만인 경우에는 1만원", so also where the own
    share leaves nothing).  0 above the housing line, and where no rent is paid
    (§6①).  Actual rent above five times the base rent: 10,000 only, by 고시
    2020-627 (2020-09-10); 2018-309 has no such rule, what held in 2019 and up to
    September 2020 was not read (None).  Without 부양의무자 (tested to 2018-09).
    """
    housing_line = line(benefit="housing", year=year, size=size)
    livelihood_line = line(benefit="livelihood", year=year, size=size)
    _check_amounts(deposit, monthly_rent)
    base = base_rent(year=year, zone=zone, size=size, allow_unverified=allow_unverified)
    if housing_line is None or recognised is None:
        return None
    if recognised > housing_line:
        return 0
    if not free_use and deposit + monthly_rent == 0:
        return 0
    if base is None:
        return None

    if free_use:
        actual = base * Fraction(60, 100)
    else:
        actual = monthly_rent + deposit * Fraction(4, 100) / 12
    if actual > 5 * base:
        if year in (2019, 2020):
            return None
        if year > 2020:
            return 10_000

    own_share = Fraction(0)
    if recognised > livelihood_line:
        own_share = Fraction(30, 100) * (recognised - livelihood_line)
    amount = min(actual, base) - own_share
    return max(10_000, ceil(amount / 10) * 10)
