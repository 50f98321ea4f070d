"""The oracle against published figures.  The comment names the source key of the
facts (law); "by hand" marks a sum worked out on paper from published inputs.
"""

from fractions import Fraction
from itertools import pairwise

import pytest

from . import tables
from .basic_livelihood import (
    assessed_income,
    car_as_general_property,
    line,
    livelihood_benefit,
    median_income,
    property_conversion,
    recognised_income,
)

YEARS = range(2015, 2028)


# ---- median income ----------------------------------------------------------

# the printed column "each extra (8+)" of facts §2; A for 2015, 2018-2023, 2025, 2026
EXTRA = {
    2015: 781_169,
    2016: 812_415,
    2017: 826_465,
    2018: 836_052,
    2019: 853_504,
    2020: 883_347,
    2021: 868_595,
    2022: 873_588,
    2023: 879_534,
    2024: 896_625,
    2025: 923_623,
    2026: 959_198,
    2027: 1_023_464,
}


@pytest.mark.parametrize("year", YEARS)
def test_each_extra_person(year):
    seven = median_income(year=year, size=7)
    assert median_income(year=year, size=8) == seven + EXTRA[year]
    assert median_income(year=year, size=10) == seven + 3 * EXTRA[year]


def test_eight_persons_by_hand():
    assert median_income(year=2015, size=8) == 7_347_208
    assert median_income(year=2023, size=8) == 8_987_049
    assert median_income(year=2026, size=8) == 10_474_348


@pytest.mark.parametrize("year", range(2015, 2021))
def test_equivalence_scale_to_2020(year):
    # facts §2, derived: reproduces every figure of 2015-2020
    seven = 1556 if year == 2020 else 1555
    four = median_income(year=year, size=4)
    for size, scale in enumerate((370, 630, 815, 1000, 1185, 1370, seven), start=1):
        exact = four * Fraction(scale, 1000)
        assert abs(median_income(year=year, size=size) - exact) <= Fraction(1, 2)


def test_four_persons_2027_rise():
    # R27: +6.70 %
    rise = Fraction(median_income(year=2027, size=4), median_income(year=2026, size=4)) - 1
    assert round(float(rise) * 100, 2) == 6.70


def test_rows_grow():
    for year in YEARS:
        row = tables.MEDIAN_INCOME[year]
        assert len(row) == 7
        assert all(a < b for a, b in pairwise(row))
        if year > 2015:
            assert all(a > b for a, b in zip(row, tables.MEDIAN_INCOME[year - 1], strict=True))


def test_outside_the_tables():
    with pytest.raises(ValueError, match="2015-07"):
        median_income(year=2014, size=1)
    with pytest.raises(ValueError, match="2015-07"):
        line(benefit="livelihood", year=2014, size=1)
    with pytest.raises(ValueError, match="2015-07"):
        assessed_income(year=2014, persons=[])
    with pytest.raises(ValueError, match="at least one person"):
        median_income(year=2024, size=0)
    assert median_income(year=2028, size=1) is None
    assert line(benefit="housing", year=2028, size=1) is None
    assert livelihood_benefit(year=2028, size=1, recognised=0) is None


# ---- lines --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("benefit", "year", "size", "amount"),
    [
        ("housing", 2015, 4, 1_815_689),  # newspim 2015-05-27, the 43 % line
        ("livelihood", 2024, 1, 713_102),  # KG (its table; the facts do not reprint it)
        ("livelihood", 2024, 4, 1_833_572),  # KG
        ("livelihood", 2023, 2, 1_036_846),  # ssingiru, freehoneylife
        ("medical", 2023, 3, 1_773_927),  # ssingiru, freehoneylife
        ("medical", 2023, 6, 2_891_193),  # A(2022-191)
        # by hand: median x ratio
        ("livelihood", 2015, 1, 437_454),  # 437,454.36
        ("livelihood", 2016, 4, 1_273_516),  # 1,273,515.86
        ("livelihood", 2022, 7, 2_334_178),  # 2,334,177.6
        ("livelihood", 2023, 1, 623_368),  # 623,367.6
        ("livelihood", 2026, 1, 820_556),  # 820,556.16
        ("livelihood", 2026, 4, 2_078_316),  # 2,078,316.16
        ("housing", 2019, 4, 2_029_956),  # 2,029,955.84
        # The headline of newstodayem prints 2,355,679 in its address: two digits
        # swapped; 46 % of 5,121,080 is 2,355,696.8.
        ("housing", 2022, 4, 2_355_697),
        ("housing", 2026, 1, 1_230_834),  # 1,230,834.24
        ("medical", 2026, 4, 2_597_895),  # 2,597,895.2
        ("education", 2026, 1, 1_282_119),
        ("education", 2019, 7, 3_587_024),
        ("education", 2021, 3, 1_991_975),
        ("education", 2025, 1, 1_196_007),  # 1,196,006.5, half up
    ],
)
def test_lines(benefit, year, size, amount):
    assert line(benefit=benefit, year=year, size=size) == amount


def test_lines_of_eight_and_more():
    # facts §3.1: 7-person line + (n - 7) x (7 - 6), both already rounded
    # 2023 medical: 3,243,006 + (3,243,006 - 2,891,193); step 351,813 of A(2022-191)
    assert line(benefit="medical", year=2023, size=8) == 3_594_819
    assert line(benefit="medical", year=2023, size=9) == 3_946_632
    # 2026 livelihood, by hand: 3,044,848 + (3,044,848 - 2,737,905)
    assert line(benefit="livelihood", year=2026, size=8) == 3_351_791
    # 2022 livelihood: 2,334,178 + 262,076, the notice's own step (facts §3.1, "other known
    # deviations"); seven less six would be one won more.
    assert line(benefit="livelihood", year=2022, size=8) == 2_596_254


def test_the_formula_misses_only_2023_by_one_won():
    for (benefit, year, size), published in tables.PUBLISHED_LINES.items():
        assert year == 2023
        exact = median_income(year=year, size=size) * Fraction(
            tables.RATIO_PERCENT[year][benefit], 100
        )
        assert Fraction(1, 2) <= abs(published - exact) < Fraction(3, 2)


def test_ratio_floors_of_the_law():
    # 법 §8②, §12의3②, §12③; 주거급여법 §5①.  Livelihood: in steps up to 30 % by 2017
    # (법, supplementary provision on the change of §8②).
    for year in YEARS:
        assert tables.RATIO_PERCENT[year]["livelihood"] >= (30 if year >= 2017 else 28)
        assert tables.RATIO_PERCENT[year]["medical"] == 40
        assert tables.RATIO_PERCENT[year]["housing"] >= 43
        assert tables.RATIO_PERCENT[year]["education"] == 50


# ---- assessed income ------------------------------------------------------------


def person(age=40, **rest):
    return {"age": age, **rest}


def test_assessed_income_by_hand():
    assert assessed_income(year=2026, persons=[]) == 0
    assert assessed_income(year=2026, persons=[person(earnings=1_200_000)]) == 840_000
    # 700,000.7 and 349,999.3 won: each person's part is whole won
    assert (
        assessed_income(
            year=2024, persons=[person(earnings=1_000_001), person(business_income=499_999)]
        )
        == 1_049_999
    )
    assert assessed_income(year=2024, persons=[person(earnings=1_000_001)]) == 700_000
    assert (
        assessed_income(
            year=2024,
            persons=[person(earnings=1_000_000, property_income=30_000, transfer_income=342_510)],
        )
        == 1_072_510
    )


def test_assessed_income_before_2020():
    worker = {"earnings": 1_000_000}
    assert assessed_income(year=2019, persons=[person(40, **worker)]) is None
    assert assessed_income(year=2019, persons=[person(17, **worker)]) is None
    assert assessed_income(year=2019, persons=[person(25, **worker)]) is None
    assert assessed_income(year=2019, persons=[person(64, business_income=1)]) is None
    assert assessed_income(year=2020, persons=[person(40, **worker)]) == 700_000
    for unknown in (person(18, **worker), person(65, **worker), person(9, disabled=True, **worker)):
        assert assessed_income(year=2015, persons=[unknown]) is None
    assert assessed_income(year=2015, persons=[person(17, student=True, **worker)]) == 700_000
    assert assessed_income(year=2015, persons=[person(40, transfer_income=200_000)]) == 200_000


def test_flat_parts_come_off_before_the_share():
    worker = {"earnings": 1_000_000}
    # (1,000,000 - 400,000) x 70 %
    assert assessed_income(year=2023, persons=[person(24, **worker)]) == 420_000
    assert assessed_income(year=2023, persons=[person(25, **worker)]) == 700_000
    assert assessed_income(year=2024, persons=[person(29, **worker)]) == 420_000
    # (1,000,000 - 600,000) x 70 %
    assert assessed_income(year=2026, persons=[person(34, **worker)]) == 280_000
    assert assessed_income(year=2026, persons=[person(35, **worker)]) == 700_000
    assert assessed_income(year=2024, persons=[person(40, disabled=True, **worker)]) == 560_000
    assert assessed_income(year=2024, persons=[person(74, **worker)]) == 700_000
    assert assessed_income(year=2025, persons=[person(65, **worker)]) == 560_000
    assert assessed_income(year=2026, persons=[person(20, earnings=500_000)]) == 0


def test_items_6_and_8_of_the_decree():
    worker = person(40, earnings=1_000_000, rehabilitation_earnings=400_000)
    assert assessed_income(year=2024, persons=[worker]) == 700_000  # no disability
    # 400,000 x 50 % + (600,000 - 200,000) x 70 %
    assert assessed_income(year=2024, persons=[{**worker, "disabled": True}]) == 480_000
    whole = {**worker, "disabled": True, "rehabilitation_earnings": 1_000_000}
    assert assessed_income(year=2016, persons=[whole]) == 500_000
    veteran = person(78, transfer_income=600_000, war_veterans_allowance=420_000)
    assert assessed_income(year=2024, persons=[veteran]) == 180_000
    # 20 % of 2,228,445 is 445,689
    veteran["war_veterans_allowance"] = 500_000
    assert assessed_income(year=2024, persons=[veteran]) == 154_311
    veteran["excluded_transfers"] = 200_000
    assert assessed_income(year=2024, persons=[veteran]) == 0


def test_assessed_income_refuses_bad_input():
    with pytest.raises(ValueError, match="unknown keys"):
        assessed_income(year=2024, persons=[person(earning=1)])
    with pytest.raises(ValueError, match="not a whole won"):
        assessed_income(year=2024, persons=[person(earnings=-1)])
    with pytest.raises(ValueError, match="not a whole won"):
        assessed_income(year=2024, persons=[person(earnings=1.5)])


# ---- property -------------------------------------------------------------------

NOTHING = {
    "residential": 0,
    "general": 0,
    "financial": 0,
    "deposit": 0,
    "debts": 0,
    "vehicles_converted": 0,
    "vehicles_as_general": 0,
}


@pytest.mark.parametrize(
    ("region", "owned", "amount"),
    [
        ("seoul", {}, 0),
        ("seoul", {"deposit": 99_000_000}, 0),
        # 1.04 %, not 4.17 %, of the deposit above the basic amount (facts §9)
        ("seoul", {"deposit": 100_000_000}, 10_400),
        ("seoul", {"residential": 109_000_000}, 104_000),
        ("gyeonggi", {"residential": 109_000_000}, 301_600),
        ("metropolitan", {"residential": 109_000_000}, 332_800),
        ("other", {"residential": 109_000_000}, 582_400),
        ("seoul", {"general": 109_000_000}, 417_000),
        ("seoul", {"general": 100_000_000, "vehicles_as_general": 9_000_000}, 417_000),
        # 28,000,000 above the limit at 4.17 %, 73,000,000 at 1.04 %
        ("seoul", {"residential": 200_000_000}, 1_167_600 + 759_200),
        ("seoul", {"residential": 150_000_000, "deposit": 50_000_000}, 1_926_800),
        # debts like the basic amount
        ("seoul", {"residential": 109_000_000, "debts": 4_000_000}, 62_400),
        # residential first: 50,000,000, then 49,000,000 of general
        ("seoul", {"residential": 50_000_000, "general": 59_000_000}, 417_000),
        # money: living reserve, then what is left of the deduction
        ("seoul", {"financial": 104_000_000}, 0),
        ("seoul", {"financial": 105_000_000}, 62_600),
        ("seoul", {"deposit": 99_000_000, "financial": 5_000_000}, 0),
        ("seoul", {"deposit": 99_000_000, "financial": 6_000_000}, 62_600),
        # the unused part of the living reserve is lost, it is not carried
        ("seoul", {"deposit": 100_000_000, "financial": 1_000_000}, 10_400),
        # never carried to cars
        ("seoul", {"vehicles_converted": 1_000_000, "debts": 5_000_000}, 1_000_000),
        # cut once, at the sum: 0.5304 + 0.5008
        ("seoul", {"deposit": 99_000_051, "financial": 5_000_008}, 1),
    ],
)
def test_property_by_hand(region, owned, amount):
    for year in (2023, 2026, 2027):
        assert property_conversion(year=year, region=region, **{**NOTHING, **owned}) == amount


def test_property_before_2023():
    for year in (2015, 2019, 2020, 2022):
        assert property_conversion(year=year, region="large_city", **NOTHING) == 0
        assert property_conversion(year=year, region=None, **{**NOTHING, "debts": 5}) == 0
        for kind in ("residential", "deposit", "financial"):
            owned = {**NOTHING, kind: 1}
            assert property_conversion(year=year, region="city", **owned) is None
    for kind in ("general", "vehicles_as_general", "vehicles_converted"):
        assert property_conversion(year=2019, region="city", **{**NOTHING, kind: 1}) is None


def test_general_property_from_2020_to_2022():
    owned = {**NOTHING, "general": 70_000_000, "vehicles_as_general": 3_000_000}
    # 4,000,000, 31,000,000 and 38,000,000 above the basic amount, at 4.17 %
    amounts = {"large_city": 166_800, "city": 1_292_700, "rural": 1_584_600, None: None}
    for region, amount in amounts.items():
        assert property_conversion(year=2021, region=region, **owned) == amount
    indebted = {**owned, "debts": 3_999_999}
    assert property_conversion(year=2021, region="large_city", **indebted) == 0  # 0.0417
    cars = {**NOTHING, "vehicles_converted": 3_000_000}
    assert property_conversion(year=2021, region=None, **cars) == 3_000_000


def test_a_car_without_a_special_use():
    def car(year, kind, engine_cc, years, value):
        return car_as_general_property(
            year=year, kind=kind, engine_cc=engine_cc, years=years, value=value
        )

    assert car(2024, "passenger", 1_600, 10, 9_000_000) is True
    assert car(2024, "passenger", 1_601, 10, 1) is False
    assert car(2024, "passenger", 1_600, 9, 1_999_999) is True
    assert car(2024, "passenger", 1_600, 9, 2_000_000) is False
    assert car(2022, "passenger", 1_600, 9, 1) is None
    assert car(2025, "passenger", 1_999, 9, 4_999_999) is True
    assert car(2025, "passenger", 1_999, 9, 5_000_000) is False
    assert car(2025, "passenger", 2_000, 30, 1) is False
    assert car(2025, "small_van_or_truck", 2_497, 12, 1) is False
    assert car(2026, "small_van_or_truck", 2_497, 12, 9_000_000) is True
    assert car(2026, "small_van_or_truck", 2_497, 9, 4_999_999) is True


def test_recognised_income():
    assert recognised_income(assessed=840_000, converted=10_400) == 850_400
    assert recognised_income(assessed=None, converted=0) is None
    assert recognised_income(assessed=0, converted=None) is None
