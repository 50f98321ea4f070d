"""Oracle of 기초연금: recognised income, who is entitled, and each person's amount.

Written from the act (법), its decree (영), its rule (규칙) and the facts alone, in fractions,
independently of the rules engine.  One household is one person without a spouse or a couple.

    basic_pension(year=2026, month=7, region_size="large", persons=[...], **property) -> Result

year, month: from 2015-01 on; earlier raises ValueError.
region_size: "large" (대도시), "medium" (중소도시), "rural" (농어촌), 고시 §8.
persons: one or two dicts, the second is the spouse (also one below 65).  Keys, all but age optional:
    age                         full years
    earnings                    근로소득 a month (영 §2①1)
    business_income             사업소득 (영 §2①2)
    interest                    이자소득 (영 §2①3가)
    private_pension             연금소득 (영 §2①3나)
    public_transfers            공적이전소득 other than the two below, as far as it counts (영 §2①4)
    national_pension            노령연금 or 분할연금 a month without 부양가족연금액; of a linked pension
                                연계노령연금 + 연계퇴직연금 (법 §6①)
    dependants_addition         부양가족연금액: counts as income, not in the 150 % and 200 % tests
    redistribution              소득재분배급여금액 or A급여액 (법 §5⑤2); None: not known
    linked_retirement           연계퇴직연금액, a part of national_pension (법 §5⑥2나)
    disability_pension          entitled under 장애인연금법 §4 (법 §5⑦2나)
    basic_livelihood            수급자 of 국민기초생활 보장법 (법 §5⑦2다; 영 §9①)
    standard_ground             another ground of 법 §5⑦2가, 라 (suspended pension and the like)
    occupational_pension        own pension of 법 §3③ (shuts out both spouses)
property (won, all optional, of both spouses together):
    general                     일반재산 with rent deposits and cars that count there (규칙 §4①1)
    financial                   금융재산 (규칙 §4①2)
    debts                       부채 (규칙 §4①3)
    full_value                  회원권 and cars that count in full a month (규칙 §4①4)
    child_house                 시가표준액 of a child's house that one lives in for nothing (영 §2②)
cut_to_won (default True): what a rate gives is cut below one won: the earnings of each spouse, which 고시
    §6② reckons apart, the child's house, and 재산의 소득환산액.  The rules name no rounding of them;
    False keeps the fraction.

Result: recognised (None: not known), line, low_income_line (None: none in force), standard_amount,
entitled (a flag a person or None), amounts (won a person, 0 where not entitled, or None).

Not covered: 법 부칙 §5 (half the amount for some of those whom §3③ shuts out), 영 §4③ (a spouse
without a registration number), and how 별표 1 of the decree computes 소득재분배급여금액.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

FIRST = (2015, 1)

# --------------------------------------------------------------------------
# 선정기준액 of a single person (법 §3①, 영 §4); a couple has 160 % (영 §4②).  Facts §4: official 2023,
# 2026; press 2015-2022, 2024; secondary 2025.
# --------------------------------------------------------------------------
LINE = {
    2015: 930_000,
    2016: 1_000_000,
    2017: 1_190_000,
    2018: 1_310_000,
    2019: 1_370_000,
    2020: 1_480_000,
    2021: 1_690_000,
    2022: 1_800_000,
    2023: 2_020_000,
    2024: 2_130_000,
    2025: 2_280_000,
    2026: 2_470_000,
}
COUPLE = Fraction(160, 100)

# --------------------------------------------------------------------------
# 기준연금액 (법 §5②③, 부칙 <12617> §7): from this month on.  April to March until 2019, since 2020
# from January (법률 16240, 16868 부칙 §3).
# --------------------------------------------------------------------------
STANDARD_AMOUNT = (
    ((2014, 7), 200_000),  # 법률 12617 부칙 §7, official
    ((2015, 4), 202_600),  # press
    ((2016, 4), 204_010),  # press
    ((2017, 4), 206_050),  # press
    ((2018, 4), 209_960),  # press
    ((2018, 9), 250_000),  # 법률 15536, official
    ((2019, 4), 253_750),  # press
    ((2020, 1), 254_760),  # press
    ((2021, 1), 300_000),  # §5③, official
    ((2022, 1), 307_500),  # official
    ((2023, 1), 323_180),  # derived, press
    ((2024, 1), 334_810),  # press
    ((2025, 1), 342_510),  # derived, press
    ((2026, 1), 349_700),  # official
    ((2027, 1), None),
)

# --------------------------------------------------------------------------
# 저소득자 (법 §5의2, in force 2019-04 to 2020-12: 법률 16241 부칙 §1, 16868 부칙 §2): standard amount,
# and 저소득자 선정기준액 of a single person (press); a couple 160 % (영 §4②).
# --------------------------------------------------------------------------
LOW_INCOME_AMOUNT = 300_000
LOW_INCOME_LINE = {2019: 50_000, 2020: 380_000}
LOW_INCOME_FROM = (2019, 4)
LOW_INCOME_UNTIL = (2020, 12)

# --------------------------------------------------------------------------
# Income (규칙 §2; 고시 §4, §6, §6의2).
# --------------------------------------------------------------------------
EARNINGS_DEDUCTION = {
    2015: 520_000,  # press
    2016: 560_000,  # derived
    2017: 600_000,  # press
    2018: None,
    2019: None,
    2020: 960_000,  # press
    2021: 980_000,  # press
    2022: 1_030_000,  # press
    2023: 1_080_000,  # official
    2024: 1_100_000,  # official
    2025: 1_120_000,  # secondary
    2026: 1_160_000,  # official
}
FURTHER_DEDUCTION = Fraction(30, 100)
INTEREST_DEDUCTION = 40_000
CHILD_HOUSE_FROM = 600_000_000
CHILD_HOUSE_RATE = Fraction(78, 10_000)  # a year, 규칙 §2②

# --------------------------------------------------------------------------
# Property (규칙 §4; 고시 §8, §9).
# --------------------------------------------------------------------------
BASIC_PROPERTY = {"large": 135_000_000, "medium": 85_000_000, "rural": 72_500_000}  # since 2015-01
FINANCIAL_DEDUCTION = 20_000_000
CONVERSION_BEFORE = Fraction(5, 100)  # a year, 보건복지부령 238
CONVERSION = Fraction(4, 100)  # a year, 보건복지부령 358
CONVERSION_SINCE = (2015, 10)

# --------------------------------------------------------------------------
# Amounts (법 §5-§8; 영 §10, §11).
# --------------------------------------------------------------------------
AGE = 65
REDISTRIBUTION_SHARE = Fraction(2, 3)
ADDITION = Fraction(1, 2)
COUPLE_REDUCTION = Fraction(20, 100)
LEAST_SHARE = Fraction(10, 100)
STEP, COUPLE_STEP = 20_000, 40_000
REVERSAL_NEW = (2018, 9)  # 대통령령 29124
REVERSAL_WITHOUT_STEPS = (2019, 1)  # 대통령령 29124 부칙 §2: steps until 2018-12-31

PERSON_KEYS = {
    *("age", "earnings", "business_income", "interest", "private_pension", "public_transfers"),
    *("national_pension", "dependants_addition", "redistribution", "linked_retirement"),
    *("disability_pension", "basic_livelihood", "standard_ground", "occupational_pension"),
}


@dataclass(frozen=True)
class Result:
    """What the act gives one household in one month."""

    recognised: int | Fraction | None
    line: int | None
    low_income_line: int | None
    standard_amount: int | None
    entitled: tuple[bool | None, ...]
    amounts: tuple[int | None, ...]


# ---- what holds in a month ----------------------------------------------------


def line(*, year, couple):
    """선정기준액 (법 §3①; 영 §4②④: a calendar year)."""
    single = LINE.get(year)
    if single is None:
        return None
    return int(single * COUPLE) if couple else single


def low_income_line(*, year, month, couple):
    """저소득자 선정기준액 (법 §5의2②; 영 §4②④, 대통령령 29660 부칙 §2); None outside its months."""
    if not LOW_INCOME_FROM <= (year, month) <= LOW_INCOME_UNTIL:
        return None
    single = LOW_INCOME_LINE[year]
    return int(single * COUPLE) if couple else single


def standard_amount(*, year, month):
    """기준연금액 of 법 §5②③, without §5의2."""
    found = None
    for since, amount in STANDARD_AMOUNT:
        if since <= (year, month):
            found = amount
    return found


# ---- recognised income ----------------------------------------------------------


def assessed_income(*, year, persons, child_house=0, cut_to_won=False):
    """소득평가액 (법 §2-4; 규칙 §2; 고시 §4, §6, §6의2) of both spouses together, exact or cut.

    Of each one's earnings the basic amount is taken off, and 30 % of the rest; of each one's
    interest 40,000.  A child's house of 600 million and more counts 0.78 % a year.
    """
    whole = floor if cut_to_won else Fraction
    deduction = EARNINGS_DEDUCTION.get(year)
    total = Fraction(0)
    for person in persons:
        earnings = person.get("earnings", 0)
        if earnings > 0:
            if deduction is None:
                return None
            total += whole(max(earnings - deduction, 0) * (1 - FURTHER_DEDUCTION))
        total += max(person.get("interest", 0) - INTEREST_DEDUCTION, 0)
        total += person.get("business_income", 0) + person.get("private_pension", 0)
        total += person.get("public_transfers", 0)
        total += person.get("national_pension", 0) + person.get("dependants_addition", 0)
    if child_house >= CHILD_HOUSE_FROM:
        total += whole(child_house * CHILD_HOUSE_RATE / 12)
    return total


def converted_property(*, year, month, region_size, general=0, financial=0, debts=0, full_value=0):
    """재산의 소득환산액 (규칙 §4), exact.

    (general - basic amount, at least 0) + (financial - 20 million, at least 0) - debts, at least 0,
    times the rate of a year, by 12; plus what counts in full.
    """
    general_left = max(general - BASIC_PROPERTY[region_size], 0)
    financial_left = max(financial - FINANCIAL_DEDUCTION, 0)
    net = max(general_left + financial_left - debts, 0)
    rate = CONVERSION if (year, month) >= CONVERSION_SINCE else CONVERSION_BEFORE
    return net * rate / 12 + full_value


# ---- amounts ----------------------------------------------------------------------


def amount_before_reductions(person, base):
    """법 §5-§7; 영 §10; None where 소득재분배급여금액 decides and is not known.

    법 §24: what the articles call 기초연금액 is reckoned without the part below 10 won.
    """
    pension = person.get("national_pension", 0)
    if pension == 0:  # 법 §5⑦1
        return Fraction(base)
    if any(person.get(ground) for ground in ("disability_pension", "basic_livelihood")):
        return Fraction(base)  # 법 §5⑦2나, 다
    if person.get("standard_ground"):  # 법 §5⑦2가, 라
        return Fraction(base)
    if pension <= base * Fraction(150, 100):  # 법 §6①
        return Fraction(base)
    redistribution = person.get("redistribution")
    if redistribution is None:
        return None
    basis = redistribution + Fraction(person.get("linked_retirement", 0), 2)  # 법 §5⑥2
    amount = max(base - basis * REDISTRIBUTION_SHARE, Fraction(0)) + base * ADDITION  # 법 §5⑤⑥
    amount = _cut(min(amount, Fraction(base)))  # 법 §7
    if pension <= base * Fraction(200, 100):  # 법 §6②; 영 §10
        amount = max(_cut(base * Fraction(250, 100) - pension), amount)
    return Fraction(amount)


def reversal(*, year, month, gap, total, base, both):
    """영 §11①②: what is paid in all where income and pension together pass the line.

    gap: line less recognised income.  Until 2018-08 at least one step, gaps rounded up to steps
    (the words of that version were not read: facts §4, and 장애인연금법 시행령 §5, which still has
    them).  2018-09 to 2018-12 steps, but 10 % of the standard amount up to the first (20 % for two).
    """
    least = base * LEAST_SHARE * (2 if both else 1)
    step = COUPLE_STEP if both else STEP
    if (year, month) < REVERSAL_NEW:
        paid = max(ceil(gap / Fraction(step)) * step, step)
    elif (year, month) < REVERSAL_WITHOUT_STEPS:
        paid = least if gap <= step else ceil(gap / Fraction(step)) * step
    else:
        paid = max(gap, least)
    return min(Fraction(paid), total)


def _cut(amount):
    """법 §24: no part below 10 won (and facts §4, derived from published couple amounts)."""
    return floor(amount / 10) * 10


def amounts(*, year, month, persons, entitled, recognised, threshold, low_threshold):
    """기초연금액 of each person (법 §5-§8; 영 §10, §11)."""
    nothing = tuple(0 for _ in persons)
    who = [place for place, flag in enumerate(entitled) if flag]
    if not who:
        return nothing
    normal = standard_amount(year=year, month=month)
    if normal is None:
        return tuple(None if flag else 0 for flag in entitled)
    low = low_threshold is not None and recognised <= low_threshold
    base = LOW_INCOME_AMOUNT if low else normal
    both = len(who) == 2

    exact = [amount_before_reductions(persons[place], base) for place in who]
    if None in exact:
        return tuple(None if flag else 0 for flag in entitled)
    if both:  # 법 §8①
        exact = [Fraction(_cut(amount * (1 - COUPLE_REDUCTION))) for amount in exact]
    total = sum(exact)

    paid = exact
    if low:  # 법 §8③; 영 §11③④⑤
        room = low_threshold + normal * (COUPLE if both else 1)
        excess = recognised + total - room
        if excess > 0:
            paid = [amount * (total - excess) / total for amount in exact]
    if recognised + total > threshold:  # 법 §8②; 영 §11①②⑤
        left = reversal(
            year=year,
            month=month,
            gap=threshold - recognised,
            total=total,
            base=base,
            both=both,
        )
        paid = [amount * left / total for amount in exact]
        if both:  # 영 §11⑤; before 대통령령 29124 its words were not read: one step each
            least = base * LEAST_SHARE if (year, month) >= REVERSAL_NEW else STEP
            paid = [max(amount, least) for amount in paid]

    found = list(nothing)
    for place, amount in zip(who, paid, strict=True):
        found[place] = _cut(amount)
    return tuple(found)


def basic_pension(
    *,
    year,
    month,
    region_size,
    persons,
    general=0,
    financial=0,
    debts=0,
    full_value=0,
    child_house=0,
    cut_to_won=True,
):
    """기초연금 of one household in one month; see the top of this file."""
    if (year, month) < FIRST or not 1 <= month <= 12:
        raise ValueError("months are known from 2015-01 on")
    if len(persons) not in (1, 2):
        raise ValueError("one person, or a person and the spouse")
    for person in persons:
        if set(person) - PERSON_KEYS:
            raise ValueError(f"unknown keys {set(person) - PERSON_KEYS!r}")
    couple = len(persons) == 2
    threshold = line(year=year, couple=couple)
    low_threshold = low_income_line(year=year, month=month, couple=couple)
    normal = standard_amount(year=year, month=month)

    assessed = assessed_income(
        year=year, persons=persons, child_house=child_house, cut_to_won=cut_to_won
    )
    converted = converted_property(
        year=year,
        month=month,
        region_size=region_size,
        general=general,
        financial=financial,
        debts=debts,
        full_value=full_value,
    )
    recognised = None
    if assessed is not None:
        recognised = assessed + (floor(converted) if cut_to_won else converted)

    shut_out = any(person.get("occupational_pension") for person in persons)  # 법 §3③
    entitled = []
    for person in persons:
        if person["age"] < AGE or shut_out:
            entitled.append(False)
        elif recognised is None or threshold is None:
            entitled.append(None)
        else:
            entitled.append(recognised <= threshold)  # 법 §3①
    if None in entitled:
        found = tuple(0 if flag is False else None for flag in entitled)
    else:
        found = amounts(
            year=year,
            month=month,
            persons=persons,
            entitled=entitled,
            recognised=recognised,
            threshold=threshold,
            low_threshold=low_threshold,
        )
    return Result(recognised, threshold, low_threshold, normal, tuple(entitled), found)
