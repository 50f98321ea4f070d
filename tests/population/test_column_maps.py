"""A survey by its column map: what becomes of units, codes, gaps, relationships, and of every row."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.evidence.input_files import read_file
from donghaeng.laws import book
from donghaeng.population.column_maps import (
    ColumnMap,
    Files,
    Imported,
    import_survey,
    import_tables,
    rows,
    store,
)
from donghaeng.population.column_maps.importing import lengthened
from donghaeng.population.column_maps.storing import approximations
from donghaeng.population.reading import SurveyTable, read_survey
from donghaeng.population.schema import Schema, Table, schema_of
from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "population"
FIRST, LAST = datetime.date(1980, 1, 1), datetime.date(2030, 12, 31)
SENTENCE = {"ko": "그렇게 봅니다", "en": "taken so"}
MAP: dict[str, Any] = {
    "survey": {
        "name": {"ko": "작은 조사", "en": "A small survey"},
        "source": "made up",
        "reference_day": datetime.date(2016, 12, 31),
    },
    "households": {"id": "hid", "columns": {"weight": {"from": "wt"}}},
    "persons": {"household": "hid", "columns": {}},
}


@cache
def schema() -> Schema:
    return schema_of(book())


def map_of(
    household: dict[str, Any] | None = None, person: dict[str, Any] | None = None, **persons: Any
) -> dict[str, Any]:
    found = copy.deepcopy(MAP)
    found["households"]["columns"] |= household or {}
    found["persons"]["columns"] |= person or {}
    found["persons"] |= persons
    return found


def table(name: str, columns: dict[str, list[Any]]) -> SurveyTable:
    frame = pl.DataFrame(columns, strict=False)
    return SurveyTable(name, frame, pl.int_range(2, frame.height + 2, eager=True))


def imported(
    document: dict[str, Any],
    households: dict[str, list[Any]],
    persons: dict[str, list[Any]] | None = None,
) -> Imported:
    count = len(next(iter(households.values())))
    ids = list(range(1, count + 1))
    of = {"hid": ids, "wt": [1.0] * count} | households
    who = {"hid": ids} | (persons or {})
    return import_tables(
        ColumnMap.model_validate(document), schema(), table("h", of), table("p", who)
    )


def one_column(name: str, source: dict[str, Any], **columns: list[Any]) -> list[Any]:
    """A household column by its source; households that are refused are left out."""
    done = imported(map_of({name: source}), columns)
    return done.checked.households[name].to_list()


def faults(done: Imported) -> list[tuple[str, int, str, str]]:
    keys = ("table", "row", "column", "fault")
    return [tuple(each[key] for key in keys) for each in done.checked.violations.to_dicts()]


# ---- amounts ----------------------------------------------------------------------------------------


def test_ten_thousand_won_become_won() -> None:
    source = {"from": "a", "unit": "ten_thousand_won"}
    assert one_column("general_property", source, a=[0, 1234, 0.5, None]) == [
        *(0, 12_340_000, 5_000, None),
    ]


@pytest.mark.parametrize(
    ("way", "won"),
    # 1,000 in 10,000 won a year are 10,000,000 / 12 = 833,333.33 won a month; 1,200 are a whole million.
    [
        ("down", [833_333, 1_000_000]),
        ("nearest", [833_333, 1_000_000]),
        ("up", [833_334, 1_000_000]),
    ],
)
def test_a_year_becomes_a_month_by_the_rounding_that_is_named(way: str, won: list[int]) -> None:
    source = {"from": "a", "unit": "ten_thousand_won", "per": "year", "rounding": way}
    assert one_column("monthly_rent", source, a=[1000, 1200]) == won


def test_a_month_becomes_a_year() -> None:
    source = {"from": "a", "unit": "thousand_won", "per": "month"}
    assert one_column("recorded_income_year", source, a=[250]) == [3_000_000]


@given(st.integers(0, 10**11), st.sampled_from(["down", "nearest", "up"]))
def test_a_twelfth_is_exact_for_every_amount_of_the_law(won: int, way: str) -> None:
    whole, rest = divmod(won, 12)
    right = {"down": whole, "nearest": whole + (rest >= 6), "up": whole + (rest > 0)}[way]
    source = {"from": "a", "per": "year", "rounding": way}
    assert one_column("monthly_rent", source, a=[won]) == [right]


def test_a_fraction_of_a_won_without_rounding_refuses_the_household() -> None:
    done = imported(map_of({"deposit": {"from": "a"}}), {"a": [1.5, 2.0]})
    assert faults(done) == [("households", 2, "a", "fraction")]
    assert done.checked.households["deposit"].to_list() == [2]
    assert done.checked.persons["household_id"].to_list() == [2]
    assert rows(done, Table.PERSONS) == {"read": 2, "left_out": 0, "refused": 1, "stored": 1}


def test_an_empty_cell_in_a_sum_says_what_the_map_says() -> None:
    columns = {"a": [1, 1, None, 9], "b": [2, None, None, 1]}
    kinds = {"missing": [3, None, None, None], "zero": [3, 1, 0, None], "skip": [3, 1, None, None]}
    for blank, right in kinds.items():
        source = {"from": ["a", "b"], "missing": [9], "blank": blank}
        assert one_column("deposit", source, **columns) == right


def test_a_value_said_to_be_missing_is_never_part_of_a_sum() -> None:
    source = {"from": ["a", "b"], "missing": [9, "."], "blank": "zero"}
    assert one_column("deposit", source, a=["1", "9", " . "], b=["2", "2", "2"]) == [3, None, None]


def test_below_zero_is_refused_unless_the_map_says_what_becomes_of_it() -> None:
    done = imported(map_of({"deposit": {"from": "a"}}), {"a": [-1, 2]})
    assert faults(done) == [("households", 2, "deposit", "out_of_range")]
    for word, right in (("zero", [0, 2]), ("missing", [None, 2])):
        document = map_of({"deposit": {"from": "a", "negative": word}})
        done = imported(document, {"a": [-1, 2]})
        assert done.checked.households["deposit"].to_list() == right
        assert done.changed == {"deposit": 1}
        said = [text.en for _, text in approximations(done, ColumnMap.model_validate(document))]
        assert any(text.startswith("1 amounts below zero") for text in said)


def test_text_that_is_no_number_refuses_the_household_with_place_and_value() -> None:
    done = imported(map_of({"deposit": {"from": "a"}}), {"a": ["lots", "2"]})
    (violation,) = done.checked.violations.to_dicts()
    assert (violation["row"], violation["column"], violation["value"]) == (2, "a", "lots")


# ---- codes, conditions, constants, days -------------------------------------------------------------


def test_codes_become_words_whether_the_file_holds_numbers_or_text() -> None:
    source = {"from": "a", "codes": {1: "owned", 2: "jeonse"}, "missing": [9]}
    for column in ([1, 2, 9, None], ["1", "2", "9", None], [1.0, 2.0, 9.0, None]):
        assert one_column("tenure", source, a=column) == ["owned", "jeonse", None, None]
    assert one_column("tenure", {"from": "a", "codes": {"own": "owned"}}, a=["own"]) == ["owned"]


def test_a_code_that_the_map_does_not_explain_refuses_the_household() -> None:
    done = imported(map_of({"tenure": {"from": "a", "codes": {1: "owned"}}}), {"a": [1, 7]})
    assert faults(done) == [("households", 3, "a", "unknown_code")]
    assert done.checked.households.height == 1


def test_a_flag_comes_from_codes() -> None:
    source = {"from": "a", "codes": {1: True, 2: False}}
    assert one_column("rural_county", source, a=[1, 2, None]) == [True, False, None]


def test_a_column_can_stand_under_a_condition() -> None:
    # One survey's column is the price of an owned home, and the deposit of any other.
    condition = {"tenure_code": [1]}
    columns = {"tenure_code": [1, 2, None], "a": [5, 7, 9]}
    home = {"from": "a", "where": condition, "otherwise": 0}
    assert one_column("home_value", home, **columns) == [5, 0, 0]
    assert one_column("home_value", {"from": "a", "where": condition}, **columns) == [5, None, None]


def test_a_constant_is_assumed_and_says_so() -> None:
    source = {"constant": "seoul", "origin": "assumed", "approximation": SENTENCE}
    document = map_of({"region": source})
    done = imported(document, {"wt": [1, 2]})
    assert done.checked.households["region"].to_list() == ["seoul", "seoul"]
    said = list(approximations(done, ColumnMap.model_validate(document)))
    assert said[0][0] == "region"


def test_a_birthday_comes_from_the_year() -> None:
    source = {"day": {"year": "y", "month": "m"}, "missing": [9999]}
    done = imported(
        map_of(person={"birth_date": source}),
        {"wt": [1, 1, 1]},
        {"y": [1984, 9999, 1984], "m": [2, 3, None]},
    )
    assert done.checked.persons["birth_date"].to_list() == [datetime.date(1984, 2, 1), None, None]


def test_a_day_that_does_not_exist_refuses_the_household() -> None:
    source = {"day": {"year": "y", "month": "m"}}
    done = imported(map_of(person={"birth_date": source}), {"wt": [1]}, {"y": [1984], "m": [13]})
    assert faults(done) == [("persons", 2, "y", "not_a_day")]


@given(st.integers(0, 110), st.integers(1, 12), st.integers(1, 28), st.dates(FIRST, LAST))
def test_a_birthday_from_the_age_gives_that_age_on_the_reference_day(
    age: int, month: int, day: int, reference: datetime.date
) -> None:
    document = map_of(person={"birth_date": {"day": {"age": "a", "month": month, "day": day}}})
    document["survey"]["reference_day"] = reference
    born = imported(document, {"wt": [1]}, {"a": [age]}).checked.persons["birth_date"][0]
    before = (reference.month, reference.day) < (born.month, born.day)
    assert reference.year - born.year - before == age


# ---- rows and persons -------------------------------------------------------------------------------


def test_rows_that_the_map_does_not_take_are_left_out_with_their_persons() -> None:
    document = map_of(only={"lives": [1]})
    document["households"]["only"] = {"reg": [1]}
    done = imported(document, {"reg": [1, 2, 1]}, {"hid": [1, 1, 2, 3], "lives": [1, 2, 1, 1]})
    assert rows(done, Table.HOUSEHOLDS) == {"read": 3, "left_out": 1, "refused": 0, "stored": 2}
    assert rows(done, Table.PERSONS) == {"read": 4, "left_out": 2, "refused": 0, "stored": 2}
    assert done.checked.persons["household_id"].to_list() == [1, 3]


def test_relatives_follow_from_the_relationship_to_the_head() -> None:
    relationship = {
        "from": "rel",
        "head": [10],
        "spouse": [20],
        "child": [11, 12],
        "parent": [1],
        "parent_of_spouse": [2],
    }
    done = imported(
        map_of(relationship=relationship),
        {"wt": [1, 1]},
        {
            "hid": [1, 1, 1, 1, 1, 1, 1, 2, 2],
            # child, head, spouse, child, two parents, the spouse's mother; head and grandchild
            "rel": [11, 10, 20, 12, 1, 1, 2, 10, 31],
        },
    )
    assert done.checked.sound
    people = done.checked.persons.sort("household_id", "person")
    assert people.select("person", "spouse", "first_parent", "second_parent").rows() == [
        (1, 3, 5, 6),  # the head stood second
        (2, None, 1, 3),
        (3, 1, 7, None),
        (4, None, 1, 3),
        (5, 6, None, None),
        (6, 5, None, None),
        (7, None, None, None),
        (1, None, None, None),
        (2, None, None, None),
    ]


def test_a_household_needs_one_head() -> None:
    done = imported(
        map_of(relationship={"from": "rel", "head": [1]}),
        {"wt": [1, 1, 1]},
        {"hid": [1, 1, 2, 2, 3], "rel": [2, 3, 1, 1, 1]},
    )
    assert faults(done) == [
        ("persons", 2, "rel", "no_head"),
        ("persons", 4, "rel", "several_heads"),
    ]
    assert done.checked.households["household_id"].to_list() == [3]


def test_somebody_can_stand_in_for_a_head_who_is_not_there() -> None:
    relationship = {"from": "rel", "head": [1], "spouse": [2], "child": [3], "parent": [4]}
    done = imported(
        map_of(relationship=relationship | {"without_head": "next"}),
        {"wt": [1, 1]},
        # child, spouse and the head's parent; child and parent
        {"hid": [1, 1, 1, 2, 2], "rel": [3, 2, 4, 3, 4]},
    )
    assert done.checked.sound
    assert done.acting_heads == 2
    people = done.checked.persons.sort("household_id", "person")
    assert people.select("person", "spouse", "first_parent", "second_parent").rows() == [
        (1, None, None, None),
        (2, None, 1, None),
        (3, None, None, None),
        (1, None, None, None),
        (2, None, None, None),
    ]


def wide() -> dict[str, Any]:
    document = map_of(
        person={"birth_date": {"day": {"age": "age_{member}"}}},
        members=3,
        present="age_{member}",
    )
    del document["persons"]["household"]
    return document


def test_members_in_wide_columns_become_persons() -> None:
    found = ColumnMap.model_validate(wide())
    assert found.household_columns() == ["hid", "wt", "age_1", "age_2", "age_3"]
    households = {
        "hid": [7, 8],
        "wt": [1, 1],
        "age_1": [40, 30],
        "age_2": [38, None],
        "age_3": [3, 5],
    }
    folder_table = table("h", households)
    persons = lengthened(folder_table, found)
    done = import_tables(found, schema(), folder_table, persons)
    assert done.checked.persons.select("household_id", "person").rows() == [
        *((7, 1), (7, 2), (7, 3), (8, 1), (8, 2)),
    ]
    assert [day.year for day in done.checked.persons["birth_date"]] == [
        1976,
        1978,
        2013,
        1986,
        2011,
    ]


def test_a_cell_of_a_wide_column_is_named_with_its_member(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text("hid,wt,age_1,age_2,age_3\n7,1,40,old,\n8,1,30,,\n")
    done = import_survey(ColumnMap.model_validate(wide()), schema(), Files(path), "map.yaml")
    assert faults(done) == [("persons", 2, "age_2", "not_a_number")]
    assert done.checked.households["household_id"].to_list() == [8]


def test_values_declared_missing_in_a_spss_file_are_not_known(tmp_path: Path) -> None:
    path = tmp_path / "survey.sav"
    frame = pl.DataFrame({"hid": [1, 2], "wt": [1, 1], "age_1": [40, 41], "debt": [5, 98]})
    frame = frame.with_columns(
        pl.lit(None, pl.Int64).alias("age_2"), pl.lit(None, pl.Int64).alias("age_3")
    )
    pyreadstat.write_sav(frame, str(path), missing_ranges={"debt": [{"lo": 90, "hi": 99}]})
    document = wide()
    document["households"]["columns"]["debts"] = {"from": "debt", "blank": "zero"}
    done = import_survey(ColumnMap.model_validate(document), schema(), Files(path), "map.yaml")
    assert done.checked.households["debts"].to_list() == [5, None]


# ---- a map that is not right ------------------------------------------------------------------------


@pytest.fixture
def told(tmp_path: Path) -> Callable[[dict[str, Any]], str]:
    """What a person is told who uses a map."""

    def tell(document: dict[str, Any]) -> str:
        file = tmp_path / "map.yaml"
        file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
        households, persons = tmp_path / "h.csv", tmp_path / "p.csv"
        households.write_text("hid,wt,a\n1,1,1\n")
        persons.write_text("hid,rel\n1,1\n")
        with pytest.raises(BadInput) as caught:
            import_survey(
                read_file(file, ColumnMap), schema(), Files(households, persons), "map.yaml"
            )
        message = str(caught.value)
        assert "\n" not in message
        return message.replace(f"{tmp_path}/", "")

    return tell


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("tenure", {"form": "a"}, "columns.tenure.form: unknown field 'form' (did you mean 'from'?)"),
        ("tenur", {"from": "a"}, "columns.tenur: unknown column 'tenur' (did you mean 'tenure'?)"),
        ("wealth", {"from": "a"}, "(donghaeng population schema lists the columns)"),
        ("household_id", {"from": "a"}, "columns.household_id: is given by the import itself"),
        ("tenure", {"from": "a", "codes": {1: "owner"}}, "codes.1: 'owner' is not what tenure holds (did you"),
        ("rural_county", {"from": "a", "codes": {1: 1}}, "1 is not what rural_county holds (true or false)"),
        ("deposit", {"from": "a", "codes": {1: -5}}, "codes.1: -5 is not what deposit holds"),
        ("monthly_rent", {"from": "a"}, "for how long the survey's stands is not said (per: month or per: year)"),
        ("monthly_rent", {"from": "a", "per": "year"}, "(rounding: down, nearest or up)"),
        ("deposit", {"from": "a", "per": "year"}, "columns.deposit.per: is no amount of a month or year"),
        ("deposit", {"from": "b"}, "h.csv: no column 'b'"),
        ("deposit", {}, "says one of `from`, `day` and `constant`"),
        ("deposit", {"from": "a", "origin": "approximated"}, "needs the sentence `approximation`"),
        ("region", {"constant": "seoul"}, "a constant is not recorded"),
        ("region", {"constant": "soul", "origin": "derived"}, "(did you mean 'seoul'?)"),
        ("deposit", {"day": {"year": "a"}}, "columns.deposit: is no day"),
        ("deposit", {"day": {"year": "a", "age": "a"}}, "a day comes from `year` or from `age`"),
        ("deposit", {"from": "a", "otherwise": 0}, "`otherwise` needs `where`"),
        ("deposit", {"from": "a", "unit": "man"}, "'man' is not known here"),
    ],
)  # fmt: skip
def test_a_map_that_is_not_right_is_refused_with_its_place(
    told: Callable[[dict[str, Any]], str], name: str, source: dict[str, Any], message: str
) -> None:
    assert message in told(map_of({name: source}))


def test_a_map_says_where_the_persons_are(told: Callable[[dict[str, Any]], str]) -> None:
    assert "says `household` (a file of persons) or `members`" in told(map_of(members=3))
    assert "takes the persons from the household file" in told(wide())
    without = map_of()
    del without["households"]["columns"]["weight"]
    assert told(without) == "map.yaml: households.columns.weight: is missing"


def test_one_code_is_one_relationship(told: Callable[[dict[str, Any]], str]) -> None:
    document = map_of(relationship={"from": "rel", "head": [1], "spouse": [1]})
    assert "the code 1 stands for two relationships" in told(document)
    document = map_of(person={"spouse": {"from": "a"}}, relationship={"from": "rel", "head": [1]})
    assert "persons.columns.spouse: follows from `relationship`" in told(document)


# ---- a real survey ----------------------------------------------------------------------------------


def test_the_welfare_survey_of_seoul_becomes_a_population(
    shared_data: Callable[[str], Path], tmp_path: Path
) -> None:
    file = shared_data("seoul_welfare_survey_2015") / "households.csv.gz"
    map_file = EXAMPLES / "seoul_welfare_survey_2015.yaml"
    found = read_file(map_file, ColumnMap)
    done = import_survey(found, schema(), Files(file), str(map_file))
    assert rows(done, Table.HOUSEHOLDS) == {
        "read": 3019,
        "left_out": 0,
        "refused": 0,
        "stored": 3019,
    }
    households, persons = done.checked.households, done.checked.persons
    # Check values of the data's own description: 2,936 known totals, mean 4,530.2, quartiles
    # 2,400 / 4,000 / 5,700, weighted mean 4,572.2 (10,000 won); weights sum to 3,504,297.
    income = households.drop_nulls("recorded_income_year")
    won = income["recorded_income_year"]
    assert len(won) == 2936
    assert [won.quantile(q) for q in (0.25, 0.5, 0.75)] == [24e6, 40e6, 57e6]
    assert won.mean() == pytest.approx(45_302_000, abs=500)
    weighted = (won * income["weight"]).sum() / income["weight"].sum()
    assert weighted == pytest.approx(45_722_000, abs=500)
    assert households["weight"].sum() == pytest.approx(3_504_297, abs=0.5)
    # As many persons as the column of household sizes adds up to, 9.31 million when weighted.
    raw = read_survey(file, columns=["fam_n", "fff_wgt"]).frame.cast(pl.Float64)
    assert persons.height == raw["fam_n"].sum() == 7452
    # Every tenure has its amounts and no other.
    rent = households.filter(pl.col("tenure") == "owned")
    assert rent["monthly_rent"].to_list() == [0] * 1400
    store(done, found, schema(), Files(file), map_file, tmp_path / "stored")
    stored = Population.open(tmp_path / "stored")
    assert (stored.manifest.households, stored.manifest.persons) == (3019, 7452)
    assert stored.manifest.rows_in == 3019
    assert set(stored.manifest.sources) == {"households.csv.gz", map_file.name}
    again, _ = stored.tables(schema())
    assert again.sort("household_id")["deposit"].equals(households.sort("household_id")["deposit"])


def koweps() -> dict[str, Any]:
    """A few columns of the welfare panel, as its dictionary says what they hold."""
    document = map_of(
        {
            "weight": {
                "from": "head_p12_wgc",
                "origin": "approximated",
                "approximation": SENTENCE,
            },
            "tenure": {
                "from": "h1206_3",
                "codes": {1: "owned", 2: "jeonse", 3: "monthly_rent", 4: "monthly_rent", 5: "other", 6: "other"},
                "missing": [9],
            },
            "home_value": {
                "from": "h1206_6",
                "unit": "ten_thousand_won",
                "missing": [999999],
                "where": {"h1206_3": [1]},
                "otherwise": 0,
            },
            "recorded_income_year": {
                "from": "h12_din",
                "unit": "ten_thousand_won",
                "per": "year",
                "rounding": "nearest",
            },
        },
        {"birth_date": {"day": {"year": "h12_g4"}, "missing": [9999]}},
        only={"h12_g12": [1]},
        relationship={"from": "h12_g2", "head": [10], "spouse": [20], "without_head": "next"},
    )  # fmt: skip
    document["survey"]["reference_day"] = datetime.date(2016, 12, 31)
    return document


def test_the_welfare_panel_is_read_by_a_map_and_every_row_is_accounted_for(
    shared_data: Callable[[str], Path],
) -> None:
    folder = shared_data("koweps_2017_w12")
    files = Files(folder / "households.csv.gz", folder / "persons.csv.gz")
    done = import_survey(ColumnMap.model_validate(koweps()), schema(), files, "koweps.yaml")
    of, who = rows(done, Table.HOUSEHOLDS), rows(done, Table.PERSONS)
    # 6,581 households and 15,422 persons, of whom 562 do not live with the others.
    assert (of["read"], who["read"], who["left_out"]) == (6581, 15422, 562)
    for each in (of, who):
        assert each["read"] == each["left_out"] + each["refused"] + each["stored"]
    # Heads who do not live with the others are left out; the spouse stands in, and nobody is refused.
    assert done.acting_heads == 132
    assert (of["refused"], who["refused"]) == (0, 0)
    raw = read_survey(files.households, columns=["hid", "h12_din"]).frame.cast(pl.Float64)
    joined = done.checked.households.join(
        raw.with_columns(pl.col("hid").cast(pl.Int64)), left_on="household_id", right_on="hid"
    )
    difference = joined["recorded_income_year"] - joined["h12_din"] * 10_000
    assert joined.height == 6581
    assert difference.abs().max() <= 0.5 + 1e-6
