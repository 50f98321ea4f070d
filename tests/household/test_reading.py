"""A household file is read as it was meant, or refused in one line that says where and what is right."""

from __future__ import annotations

import copy
import datetime
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donghaeng import BadInput, HouseholdFacts, law_on
from donghaeng.household import read_households, stream_households
from donghaeng.household.reading import LARGEST_FILE

from .files import EXAMPLES, GONE, HH1, JULY_2024, hh1, person, saved

LAW = law_on(JULY_2024)
LONGEST_LINE = 2_000


def read(file: str | Path) -> list[HouseholdFacts]:
    return read_households(LAW, file)


def read_one(folder: Path, household: dict[str, Any]) -> HouseholdFacts:
    (facts,) = read(saved(folder, household))
    return facts


def refusal(file: str | Path) -> BadInput:
    """How the file is refused: named, in one line of a length that a person reads."""
    with pytest.raises(BadInput) as caught:
        read(file)
    error = caught.value
    assert str(error).count("\n") == 0
    assert len(str(error)) < LONGEST_LINE
    if str(file) != "-":
        assert error.file == str(file)
    return error


def written(folder: Path, text: str | bytes, name: str = "households.yaml") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def in_yaml(folder: Path, first_person: str) -> Path:
    """The file of the issue with another first person."""
    text = HH1.replace("{id: p1, birth_date: 1990-05-01, earnings: 0}", f"{{{first_person}}}")
    return written(folder, text)


# What is read.


def test_the_file_of_the_issue_is_read_as_it_stands(tmp_path: Path) -> None:
    (facts,) = read(written(tmp_path, HH1))
    assert facts.id == "hh1"
    assert facts.person_ids == ["p1"]
    assert facts.persons == [{"birth_date": datetime.date(1990, 5, 1), "earnings": 0}]
    words = {name: getattr(value, "word", value) for name, value in facts.household.items()}
    assert words == {
        "region": "seoul",
        "stage": "hypothesis",
        "tenure": "monthly_rent",
        "deposit": 10_000_000,
        "monthly_rent": 450_000,
        "general_property": 0,
        "financial_property": 5_000_000,
        "vehicles_at_full_value": 0,
        "vehicles_as_general_property": 0,
        "exempt_vehicles": 0,
        "debts": 0,
    }


def test_yaml_json_and_ndjson_say_the_same(tmp_path: Path) -> None:
    households = [hh1(), hh1(id="hh2")]
    as_json = saved(tmp_path, *households)
    as_yaml = written(tmp_path, yaml.safe_dump({"households": households}))
    lines = "".join(json.dumps(household) + "\n" for household in households)
    as_lines = written(tmp_path, lines, "households.ndjson")
    assert read(as_json) == read(as_yaml) == read(as_lines)
    assert [facts.id for facts in read(as_json)] == ["hh1", "hh2"]


def test_lines_are_read_one_after_the_other_and_blank_ones_are_passed_over(tmp_path: Path) -> None:
    file = written(tmp_path, json.dumps(hh1()) + "\n\n" + "{\n", "households.ndjson")
    stream = stream_households(LAW, file)
    assert next(stream).id == "hh1"
    with pytest.raises(BadInput, match="line 3"):
        next(stream)


@pytest.mark.parametrize(
    "region", ["seoul", "Seoul", "서울", "서울특별시", "11", 11], ids=lambda value: repr(value)
)
def test_a_region_has_a_name_a_korean_name_and_a_code(tmp_path: Path, region: str | int) -> None:
    assert read_one(tmp_path, hh1(region=region)).household["region"].word == "seoul"


@pytest.mark.parametrize(
    ("spelled", "word"),
    [("강원도", "gangwon"), (42, "gangwon"), (51, "gangwon"), ("전라북도", "jeonbuk")],
)
def test_a_region_keeps_its_former_name_and_code(
    tmp_path: Path, spelled: str | int, word: str
) -> None:
    assert read_one(tmp_path, hh1(region=spelled)).household["region"].word == word


def test_a_bare_programme_is_a_hypothesis(tmp_path: Path) -> None:
    facts = read_one(tmp_path, hh1(programmes=["safety_income"])).household
    assert facts["stage"].word == "hypothesis"
    assert "since" not in facts


def test_a_programme_with_details_is_a_participation(tmp_path: Path) -> None:
    details = {"name": "safety_income", "stage": 1, "since": "2022-07"}
    facts = read_one(tmp_path, hh1(programmes=[details])).household
    assert facts["stage"].word == "1"
    assert facts["since"] == datetime.date(2022, 7, 1)


def test_without_programmes_nothing_is_said_about_the_pilot(tmp_path: Path) -> None:
    assert "stage" not in read_one(tmp_path, hh1(programmes=GONE)).household
    assert "stage" not in read_one(tmp_path, hh1(programmes=[])).household


def test_vehicles_are_summed_by_treatment(tmp_path: Path) -> None:
    vehicles = [
        {"value": 3_200_000, "treatment": "general"},
        {"value": 8_000_000, "treatment": "full"},
        {"value": 1_500_000, "treatment": "full"},
    ]
    facts = read_one(tmp_path, hh1(assets__vehicles=vehicles)).household
    assert facts["vehicles_as_general_property"] == 3_200_000
    assert facts["vehicles_at_full_value"] == 9_500_000


def test_a_null_is_a_fact_that_is_not_known(tmp_path: Path) -> None:
    known = read_one(tmp_path, hh1(persons=[person(earnings=0)]))
    unknown = read_one(tmp_path, hh1(persons=[person(earnings=None)], region=None))
    assert known.persons[0]["earnings"] == 0
    assert "earnings" not in unknown.persons[0]
    assert "region" not in unknown.household


def test_a_spouse_said_on_one_side_holds_on_both(tmp_path: Path) -> None:
    facts = read_one(tmp_path, hh1(persons=[person("a", spouse="b"), person("b")]))
    assert [each["spouse"] for each in facts.persons] == [1, 0]


def test_parents_are_told_by_id(tmp_path: Path) -> None:
    child = person("c", birth_date="2015-01-01", parents=["a", "b"])
    facts = read_one(tmp_path, hh1(persons=[person("a"), person("b"), child]))
    assert (facts.persons[2]["first_parent"], facts.persons[2]["second_parent"]) == (0, 1)


def test_persons_without_an_id_are_numbered(tmp_path: Path) -> None:
    facts = read_one(tmp_path, hh1(persons=[person(GONE), person(GONE)]))
    assert facts.person_ids == ["p1", "p2"]


def test_a_person_is_an_adult_from_the_nineteenth_birthday(tmp_path: Path) -> None:
    # 민법 §4: 사람은 19세로 성년에 이르게 된다. The law is asked about 2024-07-01.
    assert read_one(tmp_path, hh1(persons=[person(birth_date="2005-07-01")])).id == "hh1"
    young = saved(tmp_path, hh1(persons=[person(birth_date="2005-07-02")]))
    assert "19" in refusal(young).message


def test_whether_anybody_is_an_adult_is_open_where_a_birth_date_is_not_known(
    tmp_path: Path,
) -> None:
    persons = [person("a", birth_date=GONE), person("b", birth_date="2015-01-01")]
    assert len(read_one(tmp_path, hh1(persons=persons)).persons) == 2


def test_sixty_persons_are_the_largest_household(tmp_path: Path) -> None:
    sixty = [person(f"p{number}") for number in range(60)]
    assert len(read_one(tmp_path, hh1(persons=sixty)).persons) == 60
    refusal(saved(tmp_path, hh1(persons=[*sixty, person("one more")])))


# What is refused: the household, the field that is named, a part of the message.

BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "negative earnings": (hh1(persons=[person(earnings=-1)]), "persons[0].earnings", "-1"),
    "fractional earnings": (hh1(persons=[person(earnings=0.5)]), "persons[0].earnings", "0.5"),
    "a fraction that is whole": (hh1(persons=[person(earnings=5.0)]), "persons[0].earnings", "5.0"),
    "earnings as text": (hh1(persons=[person(earnings="5")]), "persons[0].earnings", "'5'"),
    "earnings as a flag": (hh1(persons=[person(earnings=True)]), "persons[0].earnings", "True"),
    "earnings as a list": (hh1(persons=[person(earnings=[1])]), "persons[0].earnings", "[1]"),
    "more than all money": (
        hh1(persons=[person(earnings=100_000_000_001)]),
        "persons[0].earnings",
        "out of range",
    ),
    "negative deposit": (hh1(housing__deposit=-5), "housing.deposit", "-5"),
    "fractional rent": (hh1(housing__monthly_rent=1.5), "housing.monthly_rent", "1.5"),
    "no flag": (hh1(persons=[person(disabled=1)]), "persons[0].disabled", "not a flag"),
    "30 February": (
        hh1(persons=[person(birth_date="1990-02-30")]),
        "persons[0].birth_date",
        "1990-02-30",
    ),
    "month 13": (hh1(persons=[person(birth_date="1990-13-01")]), "persons[0].birth_date", "-13-"),
    "no date at all": (hh1(persons=[person(birth_date="May")]), "persons[0].birth_date", "May"),
    "a date as a list": (hh1(persons=[person(birth_date=[1])]), "persons[0].birth_date", "[1]"),
    "born tomorrow": (
        hh1(persons=[person(birth_date="2024-07-02")]),
        "persons[0].birth_date",
        "2024-07-02",
    ),
    "born in 1700": (hh1(persons=[person(birth_date="1700-01-01")]), "persons[0].birth_date", ""),
    "unknown field": (hh1(regoin="seoul"), "regoin", "unknown field"),
    "unknown field of a person": (
        hh1(persons=[person(earning=5)]),
        "persons[0].earning",
        "earning",
    ),
    "unknown field of the housing": (hh1(housing__depozit=5), "housing.depozit", "depozit"),
    "unknown field of a vehicle": (
        hh1(assets__vehicles=[{"value": 1, "treatment": "full", "valu": 2}]),
        "assets.vehicles[0].valu",
        "valu",
    ),
    "housing as text": (hh1(housing="rent"), "housing", "not a mapping"),
    "unknown region": (hh1(region="tokyo"), "region", "tokyo"),
    "misspelt region": (hh1(region="seol"), "region", "seol"),
    "region as a list": (hh1(region=["seoul"]), "region", "seoul"),
    "unknown tenure": (hh1(housing__tenure="rent"), "housing.tenure", "rent"),
    "district as a number": (hh1(district=5), "district", "not text"),
    "programmes as text": (hh1(programmes="safety_income"), "programmes", "not a list"),
    "unknown programme": (hh1(programmes=["safety_incom"]), "programmes[0]", "safety_incom"),
    "programme as a list": (hh1(programmes=[["a"]]), "programmes[0]", "unknown programme"),
    "programme twice": (
        hh1(programmes=["safety_income", "safety_income"]),
        "programmes[1]",
        "twice",
    ),
    "stage 4": (
        hh1(programmes=[{"name": "safety_income", "stage": 4}]),
        "programmes.safety_income.stage",
        "4",
    ),
    "vehicle without treatment": (
        hh1(assets__vehicles=[{"value": 1}]),
        "assets.vehicles[0].treatment",
        "",
    ),
    "vehicle without value": (
        hh1(assets__vehicles=[{"treatment": "full"}]),
        "assets.vehicles[0].value",
        "",
    ),
    "unknown treatment": (
        hh1(assets__vehicles=[{"value": 1, "treatment": "ful"}]),
        "assets.vehicles[0].treatment",
        "ful",
    ),
    "treatment as a list": (
        hh1(assets__vehicles=[{"value": 1, "treatment": ["full"]}]),
        "assets.vehicles[0].treatment",
        "",
    ),
    "vehicles as a mapping": (hh1(assets__vehicles={"value": 1}), "assets.vehicles", "not a list"),
    "vehicles worth too much together": (
        hh1(assets__vehicles=[{"value": 99_999_999_999, "treatment": "full"}] * 2),
        "assets.vehicles",
        "out of range",
    ),
    "no persons": (hh1(persons=GONE), "persons", "nobody"),
    "an empty list of persons": (hh1(persons=[]), "persons", "nobody"),
    "a person as text": (hh1(persons=["p1"]), "persons[0]", "not a person"),
    "nine thousand members": (
        hh1(persons=[person(f"p{number}") for number in range(9_000)]),
        "persons",
        "9,000",
    ),
    "nobody is an adult": (hh1(persons=[person(birth_date="2010-01-01")]), "persons", "19"),
    "one id for two persons": (hh1(persons=[person("a"), person("a")]), "persons[1].id", "'a'"),
    "an id that is no text": (hh1(persons=[person() | {"id": None}]), "persons[0].id", "no text"),
    "a household without an id": (hh1(id=GONE), "id", ""),
    "a spouse who does not exist": (
        hh1(persons=[person(spouse="p9")]),
        "persons[0].spouse",
        "'p9'",
    ),
    "oneself as spouse": (hh1(persons=[person(spouse="p1")]), "persons[0].spouse", "itself"),
    "two spouses": (
        hh1(persons=[person("a", spouse="c"), person("b", spouse="c"), person("c")]),
        "persons[1].spouse",
        "'c'",
    ),
    "a spouse with another": (
        hh1(persons=[person("a", spouse="b"), person("b", spouse="c"), person("c")]),
        "persons[0].spouse",
        "'b'",
    ),
    "a list of spouses": (
        hh1(persons=[person("a", spouse=["b"]), person("b")]),
        "persons[0].spouse",
        "",
    ),
    "oneself as parent": (hh1(persons=[person(parents=["p1"])]), "persons[0].parents", "itself"),
    "three parents": (
        hh1(persons=[person(parents=["b", "c", "d"]), person("b"), person("c"), person("d")]),
        "persons[0].parents",
        "at most 2",
    ),
    "one parent twice": (
        hh1(persons=[person(parents=["b", "b"]), person("b")]),
        "persons[0].parents",
        "",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_refused_with_file_and_field(tmp_path: Path, kind: str) -> None:
    household, field, message = BAD[kind]
    error = refusal(saved(tmp_path, household))
    assert error.field == f"households[0].{field}"
    assert message in error.message
    assert str(error).startswith(f"{error.file}: {error.field}: ")


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_comes_with_a_remedy(tmp_path: Path, kind: str) -> None:
    assert refusal(saved(tmp_path, BAD[kind][0])).remedy


@pytest.mark.parametrize(
    ("household", "near"),
    [
        (hh1(regoin="seoul"), "region"),
        (hh1(persons=[person(earning=0)]), "earnings"),
        (hh1(housing__depozit=0), "deposit"),
        (hh1(assets__finacial=0), "financial"),
        (hh1(region="seol"), "seoul"),
        (hh1(programmes=["safety_incom"]), "safety_income"),
        (hh1(persons=[person("mother"), person("son", spouse="mothr")]), "mother"),
    ],
)
def test_a_misspelt_word_is_told_the_nearest_known_one(
    tmp_path: Path, household: dict[str, Any], near: str
) -> None:
    assert refusal(saved(tmp_path, household)).remedy == f"did you mean {near!r}?"


def test_the_second_household_is_named_as_such(tmp_path: Path) -> None:
    error = refusal(saved(tmp_path, hh1(), hh1(id="hh2", regoin="seoul")))
    assert error.field == "households[1].regoin"


def test_two_households_cannot_have_one_id(tmp_path: Path) -> None:
    error = refusal(saved(tmp_path, hh1(), hh1()))
    assert error.field == "households[1].id"
    assert "hh1" in error.message


def test_two_lines_cannot_have_one_id(tmp_path: Path) -> None:
    line = json.dumps(hh1()) + "\n"
    error = refusal(written(tmp_path, line * 2, "households.ndjson"))
    assert "line 2" in error.field


@pytest.mark.parametrize(
    "first_person",
    [
        "id: p1, birth_date: 1990-02-30, earnings: 0",
        "id: p1, birth_date: 1990-13-01, earnings: 0",
        "id: p1, birth_date: 1990-05-01, earnings: 10000.5",
        "id: p1, birth_date: 1990-05-01, earnings: -1",
        "id: p1, birth_date: 1990-05-01, earnings: .nan",
        "id: p1, birth_date: 1990-05-01, earnings: .inf",
        "id: p1, birth_date: 1990-05-01, earnings: 1e6",
    ],
)
def test_the_field_is_named_in_yaml_as_well(tmp_path: Path, first_person: str) -> None:
    field = "earnings" if "1990-05-01" in first_person else "birth_date"
    assert refusal(in_yaml(tmp_path, first_person)).field == f"households[0].persons[0].{field}"


@pytest.mark.parametrize("amount", ["0450000", "7:30:00"])
def test_yaml_does_not_read_an_amount_as_base_8_or_60(tmp_path: Path, amount: str) -> None:
    refusal(in_yaml(tmp_path, f"id: p1, birth_date: 1990-05-01, earnings: {amount}"))


def test_a_key_that_is_no_text_is_refused(tmp_path: Path) -> None:
    refusal(written(tmp_path, HH1.replace("  region: seoul", "  [region]: seoul")))
    refusal(written(tmp_path, HH1.replace("  region: seoul", "  ~: seoul")))


def test_a_key_with_a_line_break_is_refused_in_one_line(tmp_path: Path) -> None:
    refusal(saved(tmp_path, hh1() | {"a\nb": 1}))


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert "twice" in refusal(written(tmp_path, HH1 + HH1)).message
    text = '{"households": [], "households": [{"id": "a", "persons": [{"id": "p1"}]}]}'
    refusal(written(tmp_path, text, "households.json"))


@pytest.mark.parametrize("date", ["2015-06-30", "2028-01-01", "1999", "2024-13", "today", ""])
def test_a_date_outside_the_law_is_refused(date: str) -> None:
    with pytest.raises(BadInput):
        law_on(date)


@pytest.mark.parametrize("date", ["2015-07-01", "2015-07", "2027-12-31", "2024-02-29"])
def test_the_law_reaches_from_july_2015_to_the_end_of_2027(date: str) -> None:
    assert law_on(date).day.isoformat().startswith(date)


# Files that cannot be read.


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "nowhere.yaml").message
    assert "No such file" in refusal(tmp_path / "nowhere.ndjson").message


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "lines.ndjson").mkdir()
    assert "directory" in refusal(tmp_path).message
    assert "directory" in refusal(tmp_path / "lines.ndjson").message


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> str:
        raise PermissionError(13, "Permission denied")

    file = written(tmp_path, HH1)
    monkeypatch.setattr(Path, "read_text", refuse)
    assert "Permission denied" in refusal(file).message


@pytest.mark.parametrize("name", ["\0", "\0.ndjson", "x" * 1_000])
def test_a_name_that_no_file_can_have(name: str) -> None:
    refusal(name)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n\n", id="blank"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"\x00\x01\x02\xff" * 100, id="binary"),
        pytest.param(HH1.encode("utf-16"), id="UTF-16"),
        pytest.param(HH1.encode("cp949"), id="CP949"),
        pytest.param(HH1.replace("- id", "\t- id").encode(), id="tabs"),
        pytest.param((HH1 + "---\n" + HH1).encode(), id="two documents"),
        pytest.param(b"household: []", id="misspelt"),
        pytest.param(b"households: []", id="no household"),
        pytest.param(b"households: [1]", id="a number"),
        pytest.param(HH1.encode() + b"more: 1\n", id="more beside it"),
    ],
)
@pytest.mark.parametrize("name", ["households.yaml", "households.json"])
def test_what_is_no_household_file_is_refused(tmp_path: Path, content: bytes, name: str) -> None:
    refusal(written(tmp_path, content, name))


def test_text_that_is_not_utf_8_is_called_so(tmp_path: Path) -> None:
    for name in ("households.yaml", "households.json", "households.ndjson"):
        assert "UTF-8" in refusal(written(tmp_path, HH1.encode("cp949"), name)).message


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    mark = "\ufeff"
    assert read(written(tmp_path, mark + HH1))
    document = json.dumps({"households": [hh1()]})
    assert read(written(tmp_path, mark + document, "households.json"))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "households.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(LARGEST_FILE + 1)
    error = refusal(file)
    assert "larger than 64 MB" in error.message
    assert ".ndjson" in error.remedy


def test_the_third_line_of_ndjson_is_named(tmp_path: Path) -> None:
    good = json.dumps(hh1())
    other = json.dumps(hh1(id="hh2"))
    error = refusal(written(tmp_path, f"{good}\n{other}\n{{\n", "households.ndjson"))
    assert error.field == "line 3"
    assert "not JSON" in error.message
    wrong = json.dumps(hh1(id="hh3", regoin="seoul"))
    error = refusal(written(tmp_path, f"{good}\n{other}\n{wrong}\n", "households.ndjson"))
    assert error.field == "line 3.regoin"


def test_standard_input_holds_one_household_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(hh1()) + "\nnot JSON\n"))
    error = refusal("-")
    assert (error.file, error.field) == ("standard input", "line 2")


# Files that are meant to hurt. A crash of the interpreter cannot be caught: these run in another.

AFTER_READING = """
import sys
from donghaeng import BadInput, law_on, read_households
try:
    read_households(law_on("2024-07"), sys.argv[1])
except BadInput as error:
    print("refused", len(str(error)), str(error).count(chr(10)))
"""
DEEP = 100_000


def survives(file: Path) -> None:
    """The file is refused in one line, by an interpreter that lives on."""
    done = subprocess.run(
        [sys.executable, "-c", AFTER_READING, str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    word, length, breaks = done.stdout.split()
    assert (word, breaks) == ("refused", "0")
    assert int(length) < LONGEST_LINE


NESTED = {
    "brackets": "[" * DEEP,
    "closed brackets": "[" * DEEP + "]" * DEEP,
    "braces": "{a: " * DEEP,
    "dashes": "- " * DEEP + "x",
    "question marks": "? " * DEEP + "x",
    "indentation": "\n".join(" " * level + "a:" for level in range(5_000)),
    "brackets behind closing ones in a text": (
        'households: ["' + "]" * 2 * DEEP + '", ' + "[" * DEEP
    ),
}


@pytest.mark.parametrize("kind", NESTED)
def test_deep_nesting_does_not_bring_the_interpreter_down(tmp_path: Path, kind: str) -> None:
    survives(written(tmp_path, NESTED[kind]))


@pytest.mark.parametrize("name", ["households.json", "households.ndjson"])
def test_deep_json_does_not_bring_the_interpreter_down(tmp_path: Path, name: str) -> None:
    survives(written(tmp_path, "[" * DEEP + "]" * DEEP, name))


def bomb(levels: int) -> str:
    """A value that doubles at every level: a few lines, 2 ** levels words."""
    head = "    - &x0 [boom, boom]\n"
    return head + "".join(
        f"    - &x{level} [*x{level - 1}, *x{level - 1}]\n" for level in range(1, levels)
    )


def test_a_yaml_bomb_is_refused_at_its_first_alias(tmp_path: Path) -> None:
    text = f"households:\n- id: a\n  persons:\n  - id: p1\n    earnings:\n{bomb(18)}"
    error = refusal(written(tmp_path, text))
    assert "alias" in error.message


def test_a_large_yaml_bomb_takes_neither_time_nor_memory(tmp_path: Path) -> None:
    text = f"households:\n- id: a\n  persons:\n  - id: p1\n    earnings:\n{bomb(24)}"
    survives(written(tmp_path, text))


def test_a_long_text_is_not_repeated_in_the_message(tmp_path: Path) -> None:
    refusal(saved(tmp_path, hh1(region="x" * 1_000_000)))
    refusal(saved(tmp_path, hh1(**{"x" * 1_000_000: 1})))


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['exit 1']",
        "!!python/object:donghaeng.BadInput {}",
        "!!python/name:os.system ''",
        "!!python/tuple [1]",
        "!shell date",
    ],
)
def test_yaml_tags_build_nothing(tmp_path: Path, tag: str) -> None:
    error = refusal(written(tmp_path, f"households: {tag}\n"))
    assert "tag" in error.message


# Whatever a file holds, it is read or refused.

WORDS = [
    *("households", "id", "persons", "region", "programmes", "housing", "assets", "vehicles"),
    *("district", "spouse", "parents", "birth_date", "earnings", "value", "treatment", "name"),
    *("stage", "since", "tenure", "deposit", "general", "financial", "receipts", "disabled"),
    *("safety_income", "seoul", "full", "p1", "1990-05-01", "2024-07", "none", "1"),
]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats()
    | st.sampled_from(WORDS)
    | st.text(max_size=8)
)
TREES = st.recursive(
    LEAVES,
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), below, max_size=5)
    ),
    max_leaves=25,
)
EXAMPLE = yaml.safe_load((EXAMPLES / "households.yaml").read_text(encoding="utf-8"))


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside ``tree``."""
    below = tree.items() if isinstance(tree, dict) else enumerate(tree)
    found = []
    for key, value in below:
        found.append((*path, key))
        if isinstance(value, (dict, list)):
            found += places(value, (*path, key))
    return found


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """The example file with up to three values replaced, taken away or moved to another name."""
    document: dict[str, Any] = copy.deepcopy(EXAMPLE)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(document)))
        folder: Any = document
        for key in path[:-1]:
            folder = folder[key]
        action = draw(st.sampled_from(["replace", "remove", "rename"]))
        if action == "replace" or isinstance(folder, list):
            folder[path[-1]] = draw(TREES)
        elif action == "remove":
            del folder[path[-1]]
        else:
            folder[draw(st.sampled_from(WORDS))] = folder.pop(path[-1])
        if not document or not places(document):
            break
    return document


def never_surprises(file: Path) -> None:
    """The file is read, or refused in one line with its name."""
    try:
        read(file)
    except BadInput:
        refusal(file)


QUICK = settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LONG = settings(
    max_examples=20_000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUICK
@given(document=TREES)
def test_any_json_is_read_or_refused(tmp_path: Path, document: Any) -> None:
    never_surprises(written(tmp_path, json.dumps(document), "fuzz.json"))


@QUICK
@given(document=mutated())
def test_any_change_of_the_example_is_read_or_refused(tmp_path: Path, document: Any) -> None:
    never_surprises(written(tmp_path, json.dumps(document, default=str), "fuzz.json"))
    never_surprises(written(tmp_path, yaml.safe_dump(document, allow_unicode=True)))


@QUICK
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("fuzz.yaml", "fuzz.json", "fuzz.ndjson"):
        never_surprises(written(tmp_path, content, name))


@pytest.mark.soak
@LONG
@given(document=mutated())
def test_twenty_thousand_changes_of_the_example(tmp_path: Path, document: Any) -> None:
    never_surprises(written(tmp_path, json.dumps(document, default=str), "fuzz.json"))


@pytest.mark.soak
@LONG
@given(place=st.integers(0, 10**6), piece=st.binary(max_size=6), cut=st.integers(0, 20))
def test_twenty_thousand_cuts_into_the_example(
    tmp_path: Path, place: int, piece: bytes, cut: int
) -> None:
    content = (EXAMPLES / "households.yaml").read_bytes()
    place %= len(content)
    never_surprises(written(tmp_path, content[:place] + piece + content[place + cut :]))
