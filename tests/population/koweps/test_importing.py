"""What becomes of the answers: units, codes, kin, shares; checked on made-up households."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from donghaeng.population.koweps import Imported

from .conftest import Import


def household(imported: Imported, place: int = 0) -> dict[str, Any]:
    return imported.households.row(place, named=True)


def person(imported: Imported, place: int = 0) -> dict[str, Any]:
    return imported.persons.row(place, named=True)


def one(hid: int = 1, **answers: object) -> dict[str, object]:
    return {"hid": hid, "h1201_1": 1, **answers}


def test_money_of_a_year_becomes_whole_won_a_month_and_part_of_a_won_is_dropped(
    imported: Import,
) -> None:
    done = imported([one(h12_din=1234.5678)], [{"hid": 1, "h12_inc2": 1000, "h12_inc3": 7}])
    # (1,000 + 7) x 10,000 = 10,070,000 won a year; / 12 = 839,166.67
    assert person(done)["earnings"] == 839_166
    assert person(done)["wages_year"] == 10_070_000
    assert household(done)["recorded_income_year"] == 12_345_678


def test_the_weight_of_a_household_is_that_of_its_head(imported: Import) -> None:
    done = imported(
        [{"hid": 1, "h1201_1": 2}],
        [
            {"hid": 1, "h12_g1": 1, "h12_g2": 11, "p12_wgc": 2.5},
            {"hid": 1, "h12_g1": 2, "h12_g2": 10, "p12_wgc": 7.25},
        ],
    )
    assert household(done)["weight"] == 7.25
    # The head is person 1 whatever the order in the file.
    assert done.persons["person"].to_list() == [1, 2]
    assert done.persons["weight"].to_list() == [7.25, 2.5]


@pytest.mark.parametrize(
    ("reg7", "reg5", "region", "rural"),
    [
        (1, 1, "seoul", False),
        (2, 2, "incheon", False),
        (2, 3, "gyeonggi", False),
        (4, 5, "daegu", False),  # the county of a metropolitan city
        (6, 4, "chungbuk", True),  # stands for Gangwon too
    ],
)
def test_the_province_follows_from_region_and_kind_of_municipality(
    imported: Import, reg7: int, reg5: int, region: str, rural: bool
) -> None:
    done = household(imported([one(h12_reg7=reg7, h12_reg5=reg5)], [{"hid": 1}]))
    assert (done["region"], done["rural_county"]) == (region, rural)


def test_the_price_of_a_home_is_a_value_for_owners_and_a_deposit_for_tenants(
    imported: Import,
) -> None:
    done = imported(
        [one(1, h1206_3=1, h1206_6=30_000), one(2, h1206_3=3, h1206_6=500, h1207_3aq3=20.5)],
        [{"hid": 1}, {"hid": 2}],
    )
    owner, tenant = household(done, 0), household(done, 1)
    assert (owner["tenure"], owner["home_value"], owner["deposit"]) == ("owned", 300_000_000, 0)
    assert (tenant["tenure"], tenant["home_value"]) == ("monthly_rent", 0)
    assert (tenant["deposit"], tenant["monthly_rent"]) == (5_000_000, 205_000)


def test_only_the_year_of_birth_is_known_and_the_age_on_the_reference_day_is_exact(
    imported: Import,
) -> None:
    done = imported([one()], [{"hid": 1, "h12_g4": 1951}])
    assert person(done)["birth_date"] == datetime.date(1951, 7, 1)


def test_kin_follow_from_the_relation_to_the_head(imported: Import) -> None:
    done = imported(
        [{"hid": 1, "h1201_1": 5}],
        [
            {"hid": 1, "h12_g1": 1, "h12_g2": 10, "h12_g4": 1960, "h12_g10": 1},
            {"hid": 1, "h12_g1": 2, "h12_g2": 20, "h12_g4": 1962, "h12_g10": 1},
            {"hid": 1, "h12_g1": 3, "h12_g2": 11, "h12_g4": 1985, "h12_g10": 3},
            {"hid": 1, "h12_g1": 4, "h12_g2": 111, "h12_g4": 2010, "h12_g10": 0},
            {"hid": 1, "h12_g1": 5, "h12_g2": 2, "h12_g4": 1935, "h12_g10": 2},
        ],
    )
    assert done.persons["spouse"].to_list() == [2, 1, None, None, None]
    # head: child of the mother; child: of both; grandchild: of the first child.
    assert done.persons["first_parent"].to_list() == [5, None, 1, 3, None]
    assert done.persons["second_parent"].to_list() == [None, None, 2, None, None]


def test_a_couple_counts_only_where_both_say_that_they_are_married(imported: Import) -> None:
    done = imported(
        [{"hid": 1, "h1201_1": 2}],
        [
            {"hid": 1, "h12_g1": 1, "h12_g2": 10, "h12_g10": 2},
            {"hid": 1, "h12_g1": 2, "h12_g2": 20, "h12_g10": 6, "h12_g12": 9},
        ],
    )
    assert done.persons["spouse"].to_list() == [None, None]
    assert done.persons["absence"].to_list() == ["none", "separate"]


def test_a_parent_who_is_hardly_older_is_an_error_of_the_file_and_left_out(
    imported: Import,
) -> None:
    done = imported(
        [{"hid": 1, "h1201_1": 2}],
        [
            {"hid": 1, "h12_g1": 1, "h12_g2": 10, "h12_g4": 1970},
            {"hid": 1, "h12_g1": 2, "h12_g2": 1, "h12_g4": 2011},
        ],
    )
    assert done.persons["first_parent"].to_list() == [None, None]


def test_support_from_others_is_written_at_the_head_as_it_was_told(imported: Import) -> None:
    done = imported([one(h1208_3aq7=120, nh1208_3aq1="")], [{"hid": 1}])
    assert person(done)["private_transfers"] == 100_000


def test_a_basic_pension_of_the_household_is_shared_among_the_old(imported: Import) -> None:
    done = imported(
        [{"hid": 1, "h1201_1": 3, "h1208_10aq1": 391}],
        [
            {"hid": 1, "h12_g1": 1, "h12_g2": 10, "h12_g4": 1945},
            {"hid": 1, "h12_g1": 2, "h12_g2": 20, "h12_g4": 1950},
            {"hid": 1, "h12_g1": 3, "h12_g2": 11, "h12_g4": 1980},
        ],
    )
    # 3,910,000 / 12 = 325,833 a month; half is 162,916, and the won that is left goes to the first.
    assert done.persons["received_basic_pension"].to_list() == [162_917, 162_916, 0]


def test_a_household_without_old_people_has_its_basic_pension_written_at_the_head(
    imported: Import,
) -> None:
    done = imported([one(h1208_10aq1=12)], [{"hid": 1, "h12_g4": 1970}])
    assert person(done)["received_basic_pension"] == 10_000


def test_grades_of_disability(imported: Import) -> None:
    grades = [0, 2, 3, 6, 7]
    done = imported(
        [one(hid) for hid in range(1, 6)],
        [{"hid": hid, "h12_g9": grade} for hid, grade in enumerate(grades, 1)],
    )
    assert done.persons["disabled"].to_list() == [False, True, True, True, False]
    assert done.persons["severe_disability"].to_list() == [False, True, True, False, False]
    # Whether a third grade has a second disability is not known.
    assert done.persons["meets_pension_severity"].to_list() == [False, True, None, False, False]


def test_a_loss_counts_as_nothing_and_is_counted(imported: Import) -> None:
    done = imported([one()], [{"hid": 1, "h12_inc4": -500}])
    assert person(done)["business_income"] == 0
    zeroed = {each.column: each.set_to_zero for each in done.not_known}
    assert zeroed["business_income"] == 1


def test_farming_counts_for_the_livelihood_benefit_and_not_for_the_tax_credits(
    imported: Import,
) -> None:
    done = imported([one()], [{"hid": 1, "h12_pers_income5": 1200, "h12_inc4": 120}])
    assert person(done)["business_income"] == 1_100_000
    assert person(done)["last_year_business_income"] == 1_200_000


def test_a_code_for_not_known_becomes_empty_and_is_counted(imported: Import) -> None:
    done = imported([one(h1210_aq1=9_999_999, h1210_aq2=100)], [{"hid": 1, "h12_g4": 9999}])
    assert household(done)["general_property"] is None  # a sum with an unknown part is not known
    assert person(done)["birth_date"] is None
    empty = {each.column: each.empty for each in done.not_known}
    assert (empty["general_property"], empty["birth_date"]) == (1, 1)


def test_receipt_of_any_basic_livelihood_benefit_is_a_fact(imported: Import) -> None:
    done = imported(
        [one(1, h1201_11aq5=3), one(2, h1201_11aq10=2), one(3, h1201_11aq2=1)],
        [{"hid": 1}, {"hid": 2}, {"hid": 3}],
    )
    # 3 is free care of those of merit, which is no basic livelihood benefit.
    assert done.households["basic_livelihood_recipient"].to_list() == [False, True, True]
    assert done.households["livelihood_excludes_child_credit"].to_list() == [False, False, True]


def test_what_the_survey_does_not_ask_has_no_column(imported: Import) -> None:
    done = imported([one()], [{"hid": 1}])
    asked = {*done.households.columns, *done.persons.columns}
    assert asked.isdisjoint(
        {"supporters_exist", "car_engine_cc", "occupational_pension", "district"}
    )


def test_every_column_has_an_origin_and_what_is_approximated_has_its_sentence(
    imported: Import,
) -> None:
    done = imported([one()], [{"hid": 1}])
    said = {(each.table, each.name) for each in done.origins}
    written = {("households", name) for name in done.households.columns}
    written |= {("persons", name) for name in done.persons.columns}
    assert said == written
    assert all(each.note for each in done.origins if each.origin == "approximated")
    assert all(text.ko and text.en for text in done.approximations)
