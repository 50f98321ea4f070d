"""The dated numbers of Korean law: what was published, how sure it is, and what is not known."""

import datetime
import itertools
from fractions import Fraction
from importlib.resources import files

import pytest

from donghaeng.rules.missing import is_missing
from donghaeng.rules.parameters import Parameter, read_parameters
from donghaeng.rules.terms import Status

LAWS = files("donghaeng") / "laws"
KOREA = (
    "median_income",
    "lines",
    "property",
    "vehicles",
    "income",
    "rents",
    "repair_benefit",
    "youth_housing",
)
SEOUL = ("safety_income",)
FIRST_DAY = datetime.date(2015, 7, 1)
LAST_DAY = datetime.date(2027, 12, 31)
PILOT_START = datetime.date(2022, 7, 1)
YEARS = range(2015, 2028)
SIZES = range(1, 8)
BENEFITS = ("livelihood", "medical", "housing", "education")
ENDED = {  # last day of what the law does not have any more
    "basic_property_by_class": datetime.date(2022, 12, 31),
    "property_class_of_sejong": datetime.date(2022, 12, 31),
    "residential_limit_by_class": datetime.date(2022, 12, 31),
    "small_van_largest_engine": datetime.date(2025, 12, 31),
}

# The ministry published these; ratio × median, half up, gives one won more or less.
PUBLISHED_2023 = {
    ("livelihood", 2): 1_036_846,
    ("medical", 3): 1_773_927,
    ("medical", 6): 2_891_193,
}


def read(law: str, *names: str) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for name in names:
        path = LAWS / law / "parameters" / f"{name}.yaml"
        found |= read_parameters(path.read_text(encoding="utf-8"), path.name)
    return found


NATIONAL = read("korea", *KOREA)
CITY = read("seoul", *SEOUL)
ALL = NATIONAL | CITY


def day_in(year: int) -> datetime.date:
    """A day on which the values of ``year`` are in force; 맞춤형 급여 began in July 2015."""
    return datetime.date(year, 12, 31)


def cell(name, year, *key):
    return ALL[name].on(day_in(year)).cells[key]


def status(name, year, *key):
    return ALL[name].on(day_in(year)).status_at(key)


def half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


# Every day has an entry, a gap where nothing is known.


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_day_of_the_book_has_an_entry(name):
    parameter = ALL[name]
    day = PILOT_START if name in CITY else FIRST_DAY
    last = ENDED.get(name, LAST_DAY)
    while day <= last:
        assert parameter.on(day) is not None, day
        day += datetime.timedelta(days=1)
    assert day > LAST_DAY or parameter.on(day) is None


@pytest.mark.parametrize("name", sorted(CITY))
def test_the_pilot_has_no_parameters_before_july_2022(name):
    assert CITY[name].on(datetime.date(2022, 6, 30)) is None


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
        for name, parameter in CITY.items()
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


# How sure the numbers are.


@pytest.mark.parametrize("size", SIZES)
def test_the_median_is_press_in_2024_and_secondary_in_2027(size):
    assert status("median_income_table", 2024, size) is Status.PRESS
    assert status("median_income_table", 2027, size) is Status.SECONDARY


def test_only_the_six_and_seven_person_medians_of_some_notices_were_read():
    # In 2025 a table of another ministry has 2 to 5 persons as well.
    official = {
        (year, size)
        for year, size in itertools.product(YEARS, SIZES)
        if status("median_income_table", year, size) is Status.OFFICIAL
    }
    years_of_notices = (2015, 2018, 2019, 2020, 2021, 2022, 2023, 2025, 2026)
    assert official == {
        *itertools.product(years_of_notices, (6, 7)),
        *itertools.product((2025,), range(2, 6)),
    }


@pytest.mark.parametrize("benefit", BENEFITS)
def test_a_line_is_secondary_where_its_median_is(benefit):
    for year, size in itertools.product(YEARS, SIZES):
        if status("median_income_table", year, size) is Status.SECONDARY:
            assert status(f"{benefit}_line_table", year, size) is Status.SECONDARY


def test_two_of_the_odd_lines_of_2023_are_secondary():
    assert status("livelihood_line_table", 2023, 2) is Status.SECONDARY
    assert status("medical_line_table", 2023, 3) is Status.SECONDARY
    assert status("medical_line_table", 2023, 6) is Status.DERIVED
    assert status("livelihood_line_table", 2023, 3) is Status.DERIVED


OFFICIAL = {
    "median_income_table",  # cell by cell above
    "livelihood_line_increment",  # 2022 only
    "livelihood_ratio",
    "medical_ratio",
    "housing_ratio",
    "special_earnings_deduction",
    "rehabilitation_deduction",
    "self_support_deduction",
    "war_veterans_share",
    "large_household_rent_step",  # 2016 to 2020
    "own_share_rate",
    "deposit_rent_rate",
    "free_use_rent_share",
    "least_housing_benefit",
    "excess_rent_rule",
    "excess_rent_multiple",
    "repair_share",
    "repair_middle_ratio",
    "island_addition",
    "youth_apart_from_age",
    "youth_apart_below_age",
}


def years_official(name):
    return [year for year in YEARS if status(name, year) is Status.OFFICIAL]


def test_official_is_only_what_was_read_in_a_statute_or_notice():
    found = {
        name
        for name, parameter in ALL.items()
        for dated in parameter.values
        if any(dated.status_at(key) is Status.OFFICIAL for key in dated.cells)
    }
    assert found == OFFICIAL
    assert years_official("livelihood_line_increment") == [2022]
    assert years_official("large_household_rent_step") == list(range(2016, 2021))
    # The 8-person lines in the notices of these years.
    with_text = [2015, *range(2018, 2024), 2025, 2026]
    assert years_official("livelihood_ratio") == with_text
    assert years_official("medical_ratio") == with_text
    # 수선유지급여 in 국토교통부 고시 제2019-427호, 제2021-1048호, 제2022-467호 and 제2025-506호.
    assert years_official("housing_ratio") == [2020, 2022, 2023, 2026]
    # The present text of 시행령 §5의2 (대통령령 제30258호); 고시 제2018-309호.
    for item in ("special_earnings_deduction", "rehabilitation_deduction", "war_veterans_share"):
        assert years_official(item) == list(range(2020, 2028))
    assert years_official("self_support_deduction") == list(range(2019, 2028))  # 2019-10-24
    assert years_official("own_share_rate") == list(range(2018, 2028))


def test_a_status_of_names_a_place_of_its_table():
    for name, parameter in ALL.items():
        for dated in parameter.values:
            places = {",".join(str(part) for part in key) for key in dated.cells}
            places |= {str(part) for key in dated.cells for part in key}
            assert set(dated.status_of) <= places, name


# What is not known.


@pytest.mark.parametrize("year", [2018, 2023, 2027])
def test_base_rents_of_these_years_were_not_found(year):
    assert ALL["base_rent_table"].on(day_in(year)).status is Status.GAP


@pytest.mark.parametrize(
    ("year", "known"),
    [
        (2015, {(zone, 4) for zone in range(1, 5)}),
        (2016, {(1, 4)}),
        (2017, {(zone, 4) for zone in range(1, 5)}),
        (2019, {(1, 4)}),
        (2020, {(1, 4)}),
        (2025, {*itertools.product(range(1, 5), (1, 2, 3, 4, 6))} - {(4, 3)}),
    ],
)
def test_base_rents_of_which_only_some_cells_are_known(year, known):
    cells = ALL["base_rent_table"].on(day_in(year)).cells
    assert {key for key, amount in cells.items() if not is_missing(amount)} == known


def test_base_rents_of_five_and_six_persons_in_2024_are_unverified():
    for zone, size in itertools.product(range(1, 5), range(1, 7)):
        expected = Status.UNVERIFIED if size > 4 else Status.SECONDARY
        assert status("base_rent_table", 2024, zone, size) is expected


def test_base_rents_of_2022_are_press_for_four_persons_only():
    for zone, size in itertools.product(range(1, 5), range(1, 7)):
        expected = Status.PRESS if size == 4 else Status.SECONDARY
        assert status("base_rent_table", 2022, zone, size) is expected


@pytest.mark.parametrize(
    "name",
    [
        "basic_property",
        "residential_property_limit",
        "living_reserve",
    ],
)
def test_what_is_taken_off_property_is_known_from_2023(name):
    parameter = NATIONAL[name]
    assert parameter.on(datetime.date(2022, 12, 31)).status is Status.GAP
    assert parameter.on(datetime.date(2023, 1, 1)).status is Status.SECONDARY


@pytest.mark.parametrize("kind", ["residential", "general", "financial", "vehicle"])
def test_conversion_rates_are_known_since_the_notice_of_september_2019(kind):
    # 고시 제2019-188호, in force since 2019-09-01 and not amended since.
    parameter = NATIONAL[f"{kind}_conversion_rate"]
    assert parameter.on(datetime.date(2019, 8, 31)).status is Status.GAP
    assert parameter.on(datetime.date(2019, 9, 1)).status is Status.SECONDARY
    assert parameter.on(datetime.date(2019, 9, 1)) is parameter.on(LAST_DAY)


def test_basic_property_of_the_three_classes_is_press_in_2017_and_unverified_from_2020():
    known = {
        year: status("basic_property_by_class", year, "large_city") for year in range(2015, 2023)
    }
    assert {year: word for year, word in known.items() if word is not Status.GAP} == {
        2017: Status.PRESS,
        **dict.fromkeys((2020, 2021, 2022), Status.UNVERIFIED),
    }


@pytest.mark.parametrize(
    "name",
    [
        "general_earnings_deduction",
        "youth_deduction_age_limit",
        "youth_flat_deduction",
        "disabled_flat_deduction",
        "elderly_deduction_age",
        "elderly_flat_deduction",
    ],
)
def test_deductions_set_by_the_minister_are_not_known_before_2020(name):
    parameter = NATIONAL[name]
    assert parameter.on(datetime.date(2019, 12, 31)).status is Status.GAP
    assert parameter.on(datetime.date(2020, 1, 1)).status is not Status.GAP
