"""The dated numbers of Korean law: each day has an entry, and what was published."""

import datetime
import itertools
from fractions import Fraction

import pytest

from donghaeng.laws import law_on
from donghaeng.rules.missing import is_missing
from donghaeng.rules.terms import Status

from .parameter_files import (
    ALL,
    BENEFITS,
    FIRST_DAY,
    KOREA,
    LAST_DAY,
    LAWS,
    PILOT,
    PILOT_START,
    SEOUL,
    SIZES,
    YEARS,
    cell,
    day_in,
    half_up,
    status,
)

# The first day of what the law has had since July 2015 only for a part of the time.
BEGUN = {
    # 기초연금: 대통령령 29124, the least share; 법률 16241, the higher amount for low incomes
    "2018-09-01": [
        "basic_pension_least_share",
        "basic_pension_couple_least_share",
        "child_allowance_age",  # 아동수당법, 법률 15539
        "tested_child_allowance",
    ],
    "2019-04-01": [
        "basic_pension_low_income_amount",
        "basic_pension_low_income_line",
        "disability_basic_recipients",  # 장애인연금법 §6①2, 법률 16259
    ],
    # 아동수당: 법률 16249 pays back to 2019-01, 법률 21489 to 2026-01
    "2019-01-01": ["child_allowance_amount"],
    "2026-01-01": [
        "child_allowance_kept_from",
        "child_allowance_kept_until",
        "depopulation_addition",
        "non_capital_addition",
        "seoul_learn_two_children",
        "child_credit_full_age",  # 소득세법 §59의2, 법률 21548 부칙
        "child_credit_steps_not_from",
        "child_credit_steps_not_to",
    ],
    "2026-03-27": ["voucher_addition"],  # 아동수당법 §4⑦, 대통령령 of 2026-03-27
    # 영아수당 and 부모급여; what was found of 아동양육비 begins in 2022
    "2022-01-01": [
        "parental_benefit_births_from",
        "parental_benefit_amount",
        "daycare_voucher",
        "single_parent_amount",
        "youth_single_parent_amount",
        "young_single_parent_age",
        "single_parent_small_child_age",
        "young_single_parent_addition",
        "small_child_addition",
    ],
    "2021-10-01": ["supporter_income_limit", "supporter_property_limit"],
    # 서울런 since 2021-08-27: 한부모가족 since 2022-02, large families since 2025-08
    "2021-08-27": [
        "seoul_learn_youngest",
        "seoul_learn_oldest",
        "seoul_learn_ratio",
        "seoul_learn_step",
    ],
    "2022-02-25": ["seoul_learn_single_parent_line"],
    "2025-08-01": ["seoul_learn_large_family"],
    # 서울형 기초보장: the amounts were announced from 2024 on
    "2024-01-01": ["seoul_basic_security_tests_apart", "seoul_basic_security_with_income"],
    "2023-01-01": ["care_rate_of_income"],  # 노인장기요양보험법 §9①
    "2026-11-27": ["care_ratio"],  # 법률 21690
    "2022-07-01": sorted(PILOT),
}
BEGINS = {name: datetime.date.fromisoformat(day) for day, names in BEGUN.items() for name in names}
ENDED = {  # last day of what the law does not have any more
    "basic_pension_step": datetime.date(2018, 12, 31),
    "basic_pension_couple_step": datetime.date(2018, 12, 31),
    "basic_pension_low_income_amount": datetime.date(2020, 12, 31),
    "basic_pension_low_income_line": datetime.date(2020, 12, 31),
    "basic_property_by_class": datetime.date(2022, 12, 31),
    "care_rate_of_premium": datetime.date(2022, 12, 31),
    "disability_basic_recipients": datetime.date(2020, 12, 31),
    "employment_deduction_limit_from": datetime.date(2019, 12, 31),
    "property_class_of_sejong": datetime.date(2022, 12, 31),
    "residential_limit_by_class": datetime.date(2022, 12, 31),
    "small_van_largest_engine": datetime.date(2025, 12, 31),
    "young_child_tax_credit": datetime.date(2017, 12, 31),
}

# The ministry published these; ratio × median, half up, gives one won more or less.
PUBLISHED_2023 = {
    ("livelihood", 2): 1_036_846,
    ("medical", 3): 1_773_927,
    ("medical", 6): 2_891_193,
}


# Every day has an entry, a gap where nothing is known.


def test_every_file_of_numbers_is_tested_here():
    for law, names in (("korea", KOREA), ("seoul", SEOUL)):
        folder = LAWS / law / "parameters"
        assert sorted(file.name for file in folder.iterdir()) == [f"{name}.yaml" for name in names]


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_day_of_the_book_has_an_entry(name):
    parameter = ALL[name]
    first, last = BEGINS.get(name, FIRST_DAY), ENDED.get(name, LAST_DAY)
    day = FIRST_DAY
    while day <= LAST_DAY:
        assert (parameter.on(day) is not None) == (first <= day <= last), day
        day += datetime.timedelta(days=1)


@pytest.mark.parametrize("name", sorted(BEGINS))
def test_what_begins_later_begins_with_the_rule_that_reads_it(name):
    def readers(day):
        reads = law_on(day).links.reads
        return {variable for variable, names in reads.items() if name in names}

    first = BEGINS[name]
    assert readers(first)
    assert not readers(first - datetime.timedelta(days=1))


@pytest.mark.parametrize("name", sorted(ENDED))
def test_what_ended_is_read_by_no_rule_any_more(name):
    after = law_on(ENDED[name] + datetime.timedelta(days=1))
    assert not any(name in names for names in after.links.reads.values())


# The lines follow from the ratios and the medians.


@pytest.mark.parametrize("benefit", BENEFITS)
@pytest.mark.parametrize("year", YEARS)
def test_a_line_is_its_share_of_the_median_to_the_nearest_won(benefit, year):
    ratio = cell(f"{benefit}_ratio", year)
    for size in SIZES:
        line = cell(f"{benefit}_line_table", year, size)
        computed = half_up(ratio * cell("median_income_table", year, size))
        if year == 2023 and (benefit, size) in PUBLISHED_2023:
            assert line == PUBLISHED_2023[benefit, size]
            assert abs(line - computed) == 1
        else:
            assert line == computed


@pytest.mark.parametrize("benefit", BENEFITS)
@pytest.mark.parametrize("year", YEARS)
def test_beyond_seven_persons_a_line_grows_by_the_step_from_six_to_seven(benefit, year):
    step = cell(f"{benefit}_line_table", year, 7) - cell(f"{benefit}_line_table", year, 6)
    increment = cell(f"{benefit}_line_increment", year)
    if (benefit, year) == ("livelihood", 2022):
        # 보건복지부 고시 제2021-211호: 0.3 × the step of the median, a won below.
        assert (increment, step) == (262_076, 262_077)
    else:
        assert increment == step


@pytest.mark.parametrize(
    "name", ["median_income_table", *(f"{benefit}_line_table" for benefit in BENEFITS)]
)
def test_larger_households_and_later_years_have_more(name):
    for year in YEARS:
        row = [cell(name, year, size) for size in SIZES]
        assert row == sorted(row)
    for size in SIZES:
        column = [cell(name, year, size) for year in YEARS]
        assert column == sorted(column)


def test_medians_of_2015_to_2019_keep_the_equivalence_scale():
    # .370/.630/.815/1/1.185/1.370/1.555 to four persons. The 4-person figure is itself rounded:
    # a won of tolerance.
    scale = [Fraction(parts, 1000) for parts in (370, 630, 815, 1000, 1185, 1370, 1555)]
    for year in range(2015, 2020):
        four = cell("median_income_table", year, 4)
        for size, share in zip(SIZES, scale, strict=True):
            assert abs(cell("median_income_table", year, size) - share * four) <= 1


# Published numbers.


@pytest.mark.parametrize(
    ("year", "one", "four"),
    [
        (2015, 1_562_337, 4_222_533),  # 4: its 43 % line 1,815,689, newspim 2015-05-27
        (2016, 1_624_831, 4_391_434),  # sedaily 1HNZ6L4UVE
        (2017, 1_652_931, 4_467_380),  # 4: etoday 1356793
        (2018, 1_672_105, 4_519_202),  # news.jkn.co.kr/post/797962
        (2019, 1_707_008, 4_613_536),  # sedaily 1S22IH2RKA, SBS N1004846919
        (2020, 1_757_194, 4_749_174),  # hankyung 201907301452Y
        (2021, 1_827_831, 4_876_290),  # sedaily 22P44H3OKX
        (2022, 1_944_812, 5_121_080),  # sedaily 22P44H3OKX
        (2023, 2_077_892, 5_400_964),  # copies of the ministry's table of 2023-07-28
        (2024, 2_228_445, 5_729_913),  # 한국생활안내(다누리), 2024
        (2025, 2_392_013, 6_097_773),  # 1: goznuki; 4: 성평등가족부
        (2026, 2_564_238, 6_494_738),  # infolab.yoonable.com
        (2027, 2_736_042, 6_929_885),  # transcription of the ministry's release of 2026-07-28
    ],
)
def test_median_income_as_published(year, one, four):
    assert cell("median_income_table", year, 1) == one
    assert cell("median_income_table", year, 4) == four


@pytest.mark.parametrize(
    ("year", "seven", "step"),
    [
        (2015, 6_566_039, 781_169),  # 고시 제2015-67호
        (2018, 7_027_359, 836_052),  # 고시 제2017-139호
        (2019, 7_174_048, 853_504),  # 고시 제2018-144호
        (2020, 7_389_715, 883_347),  # 고시 제2019-173호
        (2021, 7_497_198, 868_595),  # 고시 제2020-170호
        (2022, 7_780_592, 873_588),  # 고시 제2021-211호
        (2023, 8_107_515, 879_534),  # 고시 제2022-191호
        (2025, 8_988_428, 923_623),  # 고시 제2024-162호
        (2026, 9_515_150, 959_198),  # 고시 제2025-135호
    ],
)
def test_median_income_of_seven_persons_and_its_step_as_in_the_notice(year, seven, step):
    assert cell("median_income_table", year, 7) == seven
    assert seven - cell("median_income_table", year, 6) == step


@pytest.mark.parametrize(
    ("name", "year", "key", "amount"),
    [
        ("housing_line_table", 2015, (4,), 1_815_689),  # newspim 2015-05-27
        ("base_rent_table", 2015, (1, 4), 300_000),  # newspim 2015-05-27
        ("base_rent_table", 2017, (4, 4), 200_000),  # sedaily 1KYUMA7A4Q
        ("base_rent_table", 2020, (1, 4), 415_000),  # sedaily 1VLW9OY5CK
        ("base_rent_table", 2022, (1, 4), 506_000),  # news1 4389416
        ("base_rent_table", 2024, (1, 1), 341_000),  # transcription of 고시 제2023-798호
        ("base_rent_table", 2024, (1, 2), 382_000),  # the same
        ("base_rent_table", 2024, (1, 3), 455_000),  # the same
        ("base_rent_table", 2024, (1, 4), 527_000),  # the same
        ("base_rent_table", 2026, (1, 6), 700_000),  # copy of 고시 제2025-506호
        ("basic_property_by_class", 2017, ("large_city",), 54_000_000),  # seniortimes
        ("basic_property_by_class", 2017, ("rural",), 29_000_000),  # the same
        ("car_largest_engine", 2015, (), 1_600),  # 고시 제2013-172호 1나 3)
        ("basic_property", 2026, ("seoul",), 99_000_000),  # 고시 제2025-204호, 별표3
        ("least_housing_benefit", 2020, (), 10_000),  # 고시 제2018-309호 §7
        ("safety_income_asset_limit", 2023, (), 326_000_000),  # Korea Herald 2022-02-22
    ],
)
def test_amounts_as_published(name, year, key, amount):
    assert cell(name, year, *key) == amount


def test_rates_are_exact():
    assert cell("deposit_rent_rate", 2024) == Fraction(1, 300)
    assert cell("general_conversion_rate", 2024) == Fraction(417, 10_000)
    assert cell("vehicle_conversion_rate", 2024) == 1
    assert cell("safety_income_line_ratio", 2024) == Fraction(17, 20)


def test_the_livelihood_ratio_rises_to_the_30_percent_of_the_act_and_to_32():
    # 국민기초생활 보장법 §8②: at least 30 %, reached in 2017.
    ratios = [cell("livelihood_ratio", year) * 100 for year in YEARS]
    assert ratios == [28, 29, *[30] * 7, *[32] * 4]


def test_the_housing_ratio_rises_from_43_to_48_percent():
    ratios = [cell("housing_ratio", year) * 100 for year in YEARS]
    assert ratios == [43, 43, 43, 43, 44, 45, 45, 46, 47, 48, 48, 48, 48]


@pytest.mark.parametrize(
    ("year", "size", "income", "published"),
    [
        (2022, 1, 0, 826_550),  # copy of the call of 2022
        (2023, 4, 3_000_000, 795_410),  # copy of the call of 2023
        (2024, 1, 0, 947_090),  # Korea Herald 2024-09-05
    ],
)
def test_published_amounts_of_the_pilot_fit_both_roundings(year, size, income, published):
    line = cell("median_income_table", year, size) * cell("safety_income_line_ratio", year)
    exact = (line - income) * cell("safety_income_share", year)
    assert -(-exact // 10) * 10 == published
    assert half_up(exact / 10) * 10 == published


def test_stages_of_the_pilot_last_three_years_two_years_and_one():
    first = ALL["safety_income_first_day"].on(PILOT_START).cells
    last = ALL["safety_income_last_day"].on(PILOT_START).cells
    day = datetime.timedelta(days=1)
    for stage, years in ((1, 3), (2, 2), (3, 1)):
        begin, end = first[stage,], last[stage,] + day
        assert (end.year - begin.year, end.month, end.day) == (years, begin.month, begin.day)


def test_what_no_page_prints_about_the_pilot_is_left_open():
    undecided = {
        name
        for name, parameter in PILOT.items()
        if parameter.on(PILOT_START).regimes and not parameter.on(PILOT_START).default
    }
    assert undecided == {
        "safety_income_rounding",
        "safety_income_earnings",
        "safety_income_asset_rise",
        "safety_income_other_benefits",
    }
    assert status("safety_income_interaction", 2024) is Status.PRESS
    assert status("safety_income_interaction_later", 2024) is Status.UNVERIFIED


def test_rent_zones():
    zone = {
        region: cell("rent_zone_of_region", 2024, region)
        for (region,) in ALL["rent_zone_of_region"].on(FIRST_DAY).cells
    }
    assert len(zone) == 17
    assert [region for region, number in zone.items() if number == 1] == ["seoul"]
    assert {region for region, number in zone.items() if number == 2} == {"gyeonggi", "incheon"}
    assert sum(number == 3 for number in zone.values()) == 6
    assert sum(number == 4 for number in zone.values()) == 8


@pytest.mark.parametrize("year", YEARS)
def test_known_base_rents_rise_with_size_and_fall_with_zone(year):
    cells = {
        key: amount
        for key, amount in ALL["base_rent_table"].on(day_in(year)).cells.items()
        if not is_missing(amount)
    }
    for (zone, size), (other_zone, other_size) in itertools.product(cells, repeat=2):
        if zone <= other_zone and size >= other_size:
            assert cells[zone, size] >= cells[other_zone, other_size]
