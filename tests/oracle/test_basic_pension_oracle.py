"""The oracle of 기초연금 against published figures and sums worked out by hand.

A comment names the key of the facts (law) §4; "by hand" marks a sum from published inputs.
"""

from fractions import Fraction
from itertools import pairwise

import pytest

from .basic_pension import (
    LINE,
    STANDARD_AMOUNT,
    assessed_income,
    basic_pension,
    converted_property,
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


# ---- tables ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "single", "both"),
    [
        (2015, 930_000, 1_488_000),  # sedaily, etoday
        (2016, 1_000_000, 1_600_000),  # seniortimes
        (2017, 1_190_000, 1_904_000),  # etoday, medicalworldnews
        (2018, 1_310_000, 2_096_000),  # sisaweekly
        (2019, 1_370_000, 2_192_000),  # sisaweekly
        (2020, 1_480_000, 2_368_000),  # CC20
        (2021, 1_690_000, 2_704_000),  # edaily
        (2022, 1_800_000, 2_880_000),  # JH22
        (2023, 2_020_000, 3_232_000),  # A(2022-289)
        (2024, 2_130_000, 3_408_000),  # sedaily
        (2025, 2_280_000, 3_648_000),  # BL
        (2026, 2_470_000, 3_952_000),  # A(2026-156)
    ],
)
def test_both_printed_lines(year, single, both):
    assert line(year=year, couple=False) == single
    assert line(year=year, couple=True) == both


@pytest.mark.parametrize(
    ("year", "month", "amount"),
    [
        *((2015, 3, 200_000), (2015, 4, 202_600), (2016, 3, 202_600), (2016, 4, 204_010)),
        *((2017, 4, 206_050), (2018, 3, 206_050), (2018, 4, 209_960), (2018, 8, 209_960)),
        *((2018, 9, 250_000), (2019, 3, 250_000), (2019, 4, 253_750), (2019, 12, 253_750)),
        *((2020, 1, 254_760), (2021, 1, 300_000), (2022, 1, 307_500), (2023, 1, 323_180)),
        *((2024, 12, 334_810), (2025, 1, 342_510), (2026, 12, 349_700), (2027, 1, None)),
    ],
)
def test_the_standard_amount_by_month(year, month, amount):
    assert standard_amount(year=year, month=month) == amount


def test_the_tables_rise():
    known = [amount for _, amount in STANDARD_AMOUNT if amount is not None]
    assert all(a < b for a, b in pairwise(known))
    assert all(LINE[year] < LINE[year + 1] for year in range(2015, 2026))


def test_the_low_income_line_has_its_months():
    assert low_income_line(year=2019, month=3, couple=False) is None
    assert low_income_line(year=2019, month=4, couple=False) == 50_000  # CC20
    assert low_income_line(year=2019, month=12, couple=True) == 80_000  # CC20
    assert low_income_line(year=2020, month=1, couple=False) == 380_000  # CC20
    assert low_income_line(year=2020, month=12, couple=True) == 608_000  # CC20
    assert low_income_line(year=2021, month=1, couple=False) is None


# ---- income -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "earnings", "assessed"),
    [
        (2026, 1_160_000, 0),
        (2026, 1_160_001, Fraction(7, 10)),
        (2026, 2_160_000, 700_000),
        (2023, 2_080_000, 700_000),
        (2015, 1_520_000, 700_000),
        (2018, 1, None),  # the deduction was not found
        (2019, 1, None),
        (2019, 0, 0),
        (2027, 1, None),
    ],
)
def test_earnings(year, earnings, assessed):
    assert assessed_income(year=year, persons=[{"age": 70, "earnings": earnings}]) == assessed


def test_each_spouse_has_the_deductions():
    two = [{"age": 70, "earnings": 1_160_000, "interest": 40_000}] * 2
    assert assessed_income(year=2026, persons=two) == 0
    one = [{"age": 70, "earnings": 2_320_000, "interest": 80_000}, {"age": 70}]
    assert assessed_income(year=2026, persons=one) == 852_000  # 1,160,000 x 70 % + 40,000


def test_a_pension_counts_in_full():
    one = [{"age": 70, "national_pension": 300_000, "dependants_addition": 20_000}]
    assert assessed_income(year=2026, persons=one) == 320_000


def test_a_childs_house():
    # 600,000,000 x 0.78 % / 12
    assert assessed_income(year=2026, persons=[{"age": 70}], child_house=600_000_000) == 390_000
    assert assessed_income(year=2026, persons=[{"age": 70}], child_house=599_999_999) == 0


@pytest.mark.parametrize(
    ("year", "month", "region_size", "owned", "converted"),
    [
        (2026, 7, "large", {"general": 135_000_000}, 0),
        (2026, 7, "large", {"general": 435_000_000}, 1_000_000),  # 300 million x 4 % / 12
        (2026, 7, "medium", {"general": 385_000_000}, 1_000_000),
        (2026, 7, "rural", {"general": 372_500_000}, 1_000_000),
        (2015, 9, "large", {"general": 435_000_000}, 1_250_000),  # 5 %
        (2015, 10, "large", {"general": 435_000_000}, 1_000_000),
        (2026, 7, "large", {"financial": 20_000_000}, 0),
        (2026, 7, "large", {"financial": 50_000_000}, 100_000),
        (2026, 7, "large", {"financial": 50_000_000, "debts": 30_000_000}, 0),
        (2026, 7, "large", {"financial": 50_000_000, "debts": 90_000_000}, 0),
        # what is left of the basic amount is not taken off financial property
        (2026, 7, "large", {"general": 0, "financial": 50_000_000}, 100_000),
        # debts are not taken off what counts in full
        (2026, 7, "large", {"debts": 90_000_000, "full_value": 40_000_000}, 40_000_000),
        (2026, 7, "large", {"financial": 20_000_001}, Fraction(1, 300)),
    ],
)
def test_property(year, month, region_size, owned, converted):
    assert converted_property(year=year, month=month, region_size=region_size, **owned) == converted


def test_the_sum_is_cut_to_won_or_kept_exact():
    kept = pension(
        persons=[{"age": 70, "earnings": 1_160_001}], financial=20_000_299, cut_to_won=False
    )
    assert kept.recognised == Fraction(7, 10) + Fraction(299, 300)
    cut = pension(persons=[{"age": 70, "earnings": 1_160_001}], financial=20_000_299)
    assert cut.recognised == 0


# ---- who is entitled ------------------------------------------------------------------


def test_age_and_line():
    assert pension(persons=[{"age": 64}]).amounts == (0,)
    assert pension(persons=[{"age": 65}]).amounts == (349_700,)
    at, above = ({"age": 70, "business_income": income} for income in (2_470_000, 2_470_001))
    assert pension(persons=[at]).entitled == (True,)
    assert pension(persons=[above]).entitled == (False,)
    assert pension(persons=[above, {"age": 60}]).entitled == (True, False)  # line of a couple


def test_an_occupational_pension_shuts_out_both():
    pair = [{"age": 70}, {"age": 70, "occupational_pension": True}]
    assert pension(persons=pair).amounts == (0, 0)


def test_what_is_not_known():
    working = [{"age": 70, "earnings": 500_000}, {"age": 60}]
    result = pension(2019, persons=working)
    assert (result.recognised, result.entitled, result.amounts) == (None, (None, False), (None, 0))
    assert pension(2027).entitled == (None,)
    with pytest.raises(ValueError, match="2015-01"):
        pension(2014, 12)
    with pytest.raises(ValueError, match="unknown keys"):
        pension(persons=[{"age": 70, "earning": 1}])
    with pytest.raises(ValueError, match="one person"):
        pension(persons=[])


# ---- amounts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "month", "one", "both"),
    [
        # by hand: 80 % of the standard amount, cut to 10 won, twice (facts §4: the cut is derived
        # from published couple amounts)
        (2018, 9, 250_000, 400_000),
        (2021, 1, 300_000, 480_000),
        (2022, 1, 307_500, 492_000),
        (2023, 1, 323_180, 517_080),  # 258,544
        (2024, 1, 334_810, 535_680),  # 267,848
        (2025, 1, 342_510, 548_000),  # 274,008
        (2026, 1, 349_700, 559_520),  # 279,760
    ],
)
def test_one_and_two_without_income(year, month, one, both):
    assert alone(0, year, month) == one
    assert couple(0, year, month) == (both // 2, both // 2)


def test_a_spouse_below_65_takes_nothing_off():
    assert couple(second={"age": 64}) == (349_700, 0)


@pytest.mark.parametrize(
    ("national", "redistribution", "amount"),
    [
        # 2026: 150 % are 524,550, 200 % 699,400, 250 % 874,250
        (524_550, 400_000, 349_700),  # 법 §6①
        (524_551, 100_000, 349_700),  # 법 §5⑤ gives more, up to 법 §7
        (524_551, 400_000, 349_690),  # 법 §6②: 874,250 - 524,551 = 349,699
        (600_000, 400_000, 274_250),  # 874,250 - 600,000; by 법 §5⑤ 257,883.3
        (699_400, 400_000, 257_880),  # 349,700 - 266,666.7 + 174,850; by 영 §10 174,850
        (699_401, 262_275, 349_700),  # 2/3 of it are 174,850: 법 §7 exactly reached
        (699_401, 262_290, 349_690),  # 349,700 - 174,860 + 174,850
        (699_401, 100_000, 349_700),  # 법 §7
        (699_401, 524_550, 174_850),  # nothing but 부가연금액
        (900_000, 900_000, 174_850),
    ],
)
def test_with_a_national_pension(national, redistribution, amount):
    assert alone(national_pension=national, redistribution=redistribution) == amount


@pytest.mark.parametrize("ground", ["disability_pension", "basic_livelihood", "standard_ground"])
def test_grounds_of_the_full_amount(ground):
    assert alone(national_pension=900_000, redistribution=900_000, **{ground: True}) == 349_700


def test_where_the_redistribution_part_is_asked_for():
    assert alone(national_pension=524_550) == 349_700
    assert alone(national_pension=524_551) is None
    assert alone(national_pension=900_000, basic_livelihood=True) == 349_700
    assert alone(2_000_000, national_pension=900_000) == 0


def test_a_linked_pension():
    # (200,000 + 300,000 / 2) x 2/3 = 233,333.3; 349,700 - 233,333.3 + 174,850 = 291,216.7
    assert (
        alone(national_pension=800_000, redistribution=200_000, linked_retirement=300_000)
        == 291_210
    )


def test_the_addition_of_dependants_is_not_in_the_test_of_150_percent():
    assert alone(national_pension=524_550, dependants_addition=25_000) == 349_700
