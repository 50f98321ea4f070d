"""The oracle of 기초연금 near the lines, against sums worked out by hand."""

from fractions import Fraction
from itertools import pairwise, product

import pytest

from .basic_pension import (
    COUPLE_REDUCTION,
    LINE,
    amount_before_reductions,
    basic_pension,
    line,
    low_income_line,
    standard_amount,
)

YEARS = range(2015, 2027)


def pension(year=2026, month=7, *, persons=({"age": 70},), region_size="large", **rest):
    return basic_pension(
        year=year, month=month, region_size=region_size, persons=list(persons), **rest
    )


def alone(income=0, year=2026, month=7, **person):
    """A single person of 70 with this income from business, which counts in full."""
    one = {"age": 70, "business_income": income, **person}
    return pension(year, month, persons=[one]).amounts[0]


def couple(income=0, year=2026, month=7, first=None, second=None):
    pair = [
        {"age": 70, "business_income": income, **(first or {})},
        {"age": 70, **(second or {})},
    ]
    return pension(year, month, persons=pair).amounts


# ---- income reversal ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("income", "amount"),
    [
        # 2026: line 2,470,000, amount 349,700, a tenth 34,970
        (2_120_300, 349_700),
        (2_120_301, 349_690),  # 349,699
        (2_270_000, 200_000),
        (2_435_029, 34_970),  # 34,971
        (2_435_030, 34_970),
        (2_435_031, 34_970),
        (2_470_000, 34_970),
        (2_470_001, 0),
    ],
)
def test_one_person_near_the_line_since_2019(income, amount):
    assert alone(income) == amount


@pytest.mark.parametrize(
    ("income", "each"),
    [
        # 2026: line 3,952,000, together 559,520, a fifth 69,940
        (3_392_480, 279_760),
        (3_392_481, 279_750),  # 559,519 / 2
        (3_752_000, 100_000),
        (3_882_060, 34_970),
        (3_900_000, 34_970),
        (3_952_000, 34_970),
        (3_952_001, 0),
    ],
)
def test_a_couple_near_the_line_since_2019(income, each):
    assert couple(income) == (each, each)


def test_a_couple_shares_in_proportion_and_each_keeps_a_tenth():
    # The second: 174,850 x 80 % = 139,880; together 419,640. The pension of 900,000 is income too.
    second = {"national_pension": 900_000, "redistribution": 900_000}
    assert couple(0, second=second) == (279_760, 139_880)
    # 3,952,000 - 3,652,000 = 300,000: two thirds and one third
    assert couple(2_752_000, second=second) == (200_000, 100_000)
    # 90,000: 60,000 and 30,000, raised to a tenth of the standard amount
    assert couple(2_962_000, second=second) == (60_000, 34_970)
    # up to a fifth, 69,940: 46,626.7 and 23,313.3
    assert couple(3_052_000, second=second) == (46_620, 34_970)


def test_only_one_of_a_couple_is_entitled_near_the_line_of_two():
    assert couple(3_602_300, second={"age": 60}) == (349_700, 0)
    assert couple(3_852_000, second={"age": 60}) == (100_000, 0)
    assert couple(3_952_000, second={"age": 60}) == (34_970, 0)


@pytest.mark.parametrize(
    ("year", "month", "gap", "amount"),
    [
        # until 2018-08: steps of 20,000 won, at least one
        (2018, 8, 0, 20_000),
        (2018, 8, 20_000, 20_000),
        (2018, 8, 20_001, 40_000),
        (2018, 8, 200_000, 200_000),
        (2018, 8, 200_001, 209_960),
        # 2018-09 to 2018-12, 대통령령 29124 부칙 §2①
        (2018, 9, 0, 25_000),
        (2018, 9, 20_000, 25_000),
        (2018, 12, 20_001, 40_000),
        (2018, 12, 240_001, 250_000),
        # since 2019-01
        (2019, 1, 0, 25_000),
        (2019, 1, 25_000, 25_000),
        (2019, 1, 25_010, 25_010),
        (2019, 1, 240_001, 240_000),
    ],
)
def test_steps_until_2018(year, month, gap, amount):
    assert alone(LINE[year] - gap, year, month) == amount


@pytest.mark.parametrize(
    ("year", "month", "gap", "each"),
    [
        (2018, 8, 0, 20_000),
        (2018, 8, 40_001, 40_000),
        (2018, 9, 40_000, 25_000),
        (2018, 12, 40_001, 40_000),
        (2019, 1, 40_001, 25_000),
        (2019, 1, 80_000, 40_000),
    ],
)
def test_steps_of_a_couple_until_2018(year, month, gap, each):
    assert couple(line(year=year, couple=True) - gap, year, month) == (each, each)


# ---- low income, 2019-04 to 2020-12 ----------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "month", "income", "amount"),
    [
        (2019, 3, 0, 250_000),
        (2019, 4, 0, 300_000),
        # 50,000 + 253,750 = 303,750: more than 3,750 of income takes won for won
        (2019, 4, 3_750, 300_000),
        (2019, 4, 13_750, 290_000),
        (2019, 4, 50_000, 253_750),
        (2019, 4, 50_001, 253_750),
        # 380,000 + 254,760 = 634,760
        (2020, 1, 334_760, 300_000),
        (2020, 1, 334_770, 299_990),
        (2020, 12, 380_000, 254_760),
        (2020, 12, 380_001, 254_760),
        (2021, 1, 380_000, 300_000),
    ],
)
def test_one_person_of_low_income(year, month, income, amount):
    assert alone(income, year, month) == amount


@pytest.mark.parametrize(
    ("year", "month", "income", "each"),
    [
        (2019, 4, 0, 240_000),
        # 80,000 + 253,750 x 160 % = 486,000, less 480,000: 6,000
        (2019, 4, 6_000, 240_000),
        (2019, 4, 26_000, 230_000),
        (2019, 4, 80_000, 203_000),
        (2019, 4, 80_001, 203_000),
        # 608,000 + 254,760 x 160 % = 1,015,616, less 480,000: 535,616
        (2020, 1, 535_616, 240_000),
        (2020, 1, 608_000, 203_800),  # 203,808
        (2020, 1, 608_001, 203_800),
    ],
)
def test_a_couple_of_low_income(year, month, income, each):
    assert couple(income, year, month) == (each, each)


def test_the_tests_of_a_pension_use_the_raised_amount():
    # 2020: 150 % of 300,000 are 450,000; of 254,760 they are 382,140. 380,000 is the low line.
    assert alone(0, 2020, 5, national_pension=380_000) == 254_760
    assert alone(0, 2020, 5, national_pension=300_000) == 300_000
    assert alone(1, 2020, 5, national_pension=382_140, redistribution=300_000) == 254_760


# ---- properties ------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_amounts_are_whole_tens_up_to_the_standard_amount(year):
    for month, income in product((1, 4, 9, 12), range(0, LINE[year] + 1, 37_000)):
        amount = alone(income, year, month)
        assert amount % 10 == 0
        low = low_income_line(year=year, month=month, couple=False)
        assert 0 < amount <= (300_000 if low else standard_amount(year=year, month=month))


def test_more_income_never_pays_off_less_than_nothing_since_2019():
    before = None
    for income in range(2_000_000, 2_470_001, 10):
        amount = alone(income)
        if before is not None:
            assert before - 10 <= amount <= before
        before = amount


def test_a_larger_redistribution_part_never_gives_more():
    found = [
        amount_before_reductions(
            {"age": 70, "national_pension": 800_000, "redistribution": part}, 349_700
        )
        for part in range(0, 600_001, 5_000)
    ]
    assert all(a >= b for a, b in pairwise(found))
    assert found[0] == 349_700
    assert found[-1] == Fraction(349_700, 2)
    assert Fraction(1, 5) == COUPLE_REDUCTION
