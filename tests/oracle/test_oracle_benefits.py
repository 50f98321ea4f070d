"""The oracle of livelihood, housing benefit and the pilot against published figures.

The comment names the source key of the facts (law); "by hand" marks a sum worked out on paper.
"""

from fractions import Fraction

import pytest

from . import tables
from .basic_livelihood import (
    base_rent,
    housing_benefit,
    livelihood_benefit,
)
from .safety_income import line_85, made_up, safety_income

YEARS = range(2015, 2028)


# ---- livelihood benefit -----------------------------------------------------------


def test_livelihood_benefit():
    assert livelihood_benefit(year=2024, size=1, recognised=0) == 713_102  # the line
    assert livelihood_benefit(year=2024, size=4, recognised=1_000_000) == 833_572
    assert livelihood_benefit(year=2024, size=1, recognised=713_101) == 1
    assert livelihood_benefit(year=2024, size=1, recognised=713_102) == 0
    assert livelihood_benefit(year=2024, size=1, recognised=713_103) == 0
    assert livelihood_benefit(year=2024, size=1, recognised=None) is None


# ---- housing benefit --------------------------------------------------------------


def housing(**change):
    given = {
        "year": 2026,
        "zone": 1,
        "size": 1,
        "recognised": 0,
        "deposit": 0,
        "monthly_rent": 1_000_000,
    }
    return housing_benefit(**{**given, **change})


@pytest.mark.parametrize(
    ("change", "amount"),
    [
        ({}, 369_000),  # BL
        ({"size": 4}, 571_000),  # BL
        ({"size": 7, "zone": 2}, 570_000),  # 7 as 6
        ({"size": 8}, 770_000),
        ({"size": 9}, 770_000),
        ({"size": 10}, 840_000),
        ({"size": 11}, 840_000),
        ({"size": 12}, 910_000),
        ({"year": 2022, "size": 4}, 506_000),  # news1
        ({"year": 2015, "size": 4, "zone": 2}, 270_000),  # newspim
        # actual rent: 200,000 + 10,000,000 x 4 % / 12 = 233,333.3, up to 10 won
        ({"deposit": 10_000_000, "monthly_rent": 200_000}, 233_340),
        ({"deposit": 3_000_000, "monthly_rent": 0}, 10_000),
        ({"deposit": 2_000_000, "monthly_rent": 0}, 10_000),  # 6,666.7, the least amount
        ({"deposit": 0, "monthly_rent": 0}, 0),
        # own share: 30 % of what is above the livelihood line of 820,556
        ({"recognised": 820_556}, 369_000),
        ({"recognised": 820_557}, 369_000),  # 368,999.7
        ({"recognised": 920_556}, 339_000),
        ({"recognised": 1_230_834}, 245_920),  # 245,916.6
        ({"recognised": 1_230_835}, 0),  # above the housing line
        ({"recognised": 1_220_556, "monthly_rent": 120_000}, 10_000),  # share 120,000: 고시 §7④
        ({"recognised": 1_220_556, "monthly_rent": 120_001}, 10_000),
        # free use
        ({"free_use": True, "monthly_rent": 0}, 221_400),
        ({"free_use": True, "monthly_rent": 0, "recognised": 920_556}, 191_400),
        # five times the base rent: 1,845,000
        ({"monthly_rent": 1_845_000}, 369_000),
        ({"monthly_rent": 1_845_001}, 10_000),
        ({"monthly_rent": 1_845_000, "deposit": 3_000}, 10_000),
        # five times in zone 4, six persons, where the share 410,686 eats up 403,000
        ({"size": 6, "zone": 4, "monthly_rent": 3_000_000, "recognised": 4_106_857}, 10_000),
        ({"size": 6, "zone": 4, "monthly_rent": 403_000, "recognised": 4_106_857}, 10_000),
        # 고시 2018-309 has no rule on five times the base rent
        ({"year": 2017, "size": 4, "monthly_rent": 2_000_000}, 315_000),
        ({"year": 2020, "size": 4, "monthly_rent": 2_075_000}, 415_000),
    ],
)
def test_housing_by_hand(change, amount):
    assert housing(**change) == amount


def test_housing_not_known():
    assert housing(year=2023) is None
    assert housing(year=2027) is None
    assert housing(year=2018, size=4) is None
    assert housing(year=2020, size=4, zone=2) is None
    assert housing(year=2020, size=4, zone=1) == 415_000  # sedaily, donga, hankyung
    assert housing(year=2020, size=4, zone=1, monthly_rent=2_075_001) is None  # five times?
    assert housing(recognised=None) is None
    # above the line the answer does not need the base rent
    assert housing(year=2023, recognised=5_000_000) == 0


def test_unverified_base_rents_only_on_request():
    assert housing(year=2025, size=6) is None
    assert housing(year=2025, size=6, allow_unverified=True) == 667_000
    assert base_rent(year=2024, zone=1, size=5) is None
    assert base_rent(year=2025, zone=4, size=3, allow_unverified=True) is None
    assert base_rent(year=2025, zone=1, size=4) == 545_000


def test_base_rents_fall_by_zone_and_rise_by_size():
    for rows in tables.BASE_RENT.values():
        for zones in rows.values():
            known = [rent for rent in zones if rent is not None]
            assert known == sorted(known, reverse=True)
        for zone in range(4):
            column = [rows[size][zone] for size in sorted(rows) if rows[size][zone] is not None]
            assert column == sorted(column)


# ---- safety income ------------------------------------------------------------------

BOTH = ("up", "nearest")


@pytest.mark.parametrize("rounding", BOTH)
@pytest.mark.parametrize(
    ("year", "size", "income", "amount"),
    [
        (2024, 1, 0, 947_090),  # KH24, AH2
        (2022, 1, 0, 826_550),  # WO
        (2023, 4, 3_000_000, 795_410),  # LU
        (2026, 2, 1_200_000, 1_184_700),  # facts §11, regime no_deduction
        (2026, 2, 840_000, 1_364_700),  # facts §11, regime basic_livelihood_deduction
    ],
)
def test_safety_income_published(rounding, year, size, income, amount):
    assert safety_income(year=year, size=size, income=income, assets=0, rounding=rounding) == amount


def test_safety_income_where_the_regimes_differ():
    # facts §1.1: either amount would decide
    def maximum(year, size, rounding):
        return safety_income(year=year, size=size, income=0, assets=0, rounding=rounding)

    assert maximum(2023, 1, "nearest") == 883_100
    assert maximum(2023, 1, "up") == 883_110
    assert maximum(2024, 4, "nearest") == 2_435_210
    assert maximum(2024, 4, "up") == 2_435_220


def test_line_85():
    assert line_85(year=2023, size=4) == Fraction(45_908_194, 10)  # LU prints 4,590,819
    # facts §1.1: half of the gap of a single person in 2024 is 947,089.125
    assert line_85(year=2024, size=1) / 2 == Fraction(947_089_125, 1000)
    assert line_85(year=2028, size=1) is None


@pytest.mark.parametrize("rounding", BOTH)
def test_safety_income_edges(rounding):
    def paid(income, assets):
        return safety_income(year=2024, size=1, income=income, assets=assets, rounding=rounding)

    # line 1,894,178.25
    assert paid(1_894_179, 0) == 0
    assert paid(1_894_158, 0) == (20 if rounding == "up" else 10)  # 10.125
    assert paid(1_894_178, 0) == (10 if rounding == "up" else 0)  # 0.125
    assert paid(0, 326_000_000) == 947_090
    assert paid(0, 326_000_001) == 0
    assert safety_income(year=2028, size=1, income=0, assets=0, rounding=rounding) is None


def test_safety_income_refuses_bad_input():
    with pytest.raises(ValueError, match="rounding is"):
        safety_income(year=2024, size=1, income=0, assets=0, rounding="down")
    with pytest.raises(ValueError, match="2015-07"):
        safety_income(year=2014, size=1, income=0, assets=0, rounding="up")


def test_made_up():
    assert made_up(safety=100_000, former_benefits=150_000) == 150_000
    assert made_up(safety=150_000, former_benefits=100_000) == 150_000
    assert made_up(safety=None, former_benefits=1) is None
