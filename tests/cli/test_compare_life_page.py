"""`donghaeng household compare`, `life` and `page`, on the law of a small town and on the shipped one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.household.town import alone, saved_town

from .program import EXAMPLES, HOUSEHOLDS, JULY, Run, one_line

READ = ("--regime", "wide,kept")
LOST = {"month": "2024-12", "what": "job lost", "persons": [{"id": "ann", "earnings": 0}]}


@pytest.fixture
def town(tmp_path: Path) -> tuple[str, Path]:
    """`--law` and the folder of the town's law."""
    folder = tmp_path / "laws"
    folder.mkdir()
    return ("--law", saved_town(folder))


def saved(folder: Path, name: str, *households: dict[str, Any]) -> Path:
    file = folder / name
    file.write_text(json.dumps({"households": households}), encoding="utf-8")
    return file


def life_of(folder: Path, *events: dict[str, Any], **changes: Any) -> Path:
    life = {"from": "2024-11", "to": "2025-02", "household": alone(), "events": list(events)}
    file = folder / "life.json"
    file.write_text(json.dumps({"life": life | changes}), encoding="utf-8")
    return file


def lines(text: str) -> list[str]:
    """Every line with single spaces."""
    return [" ".join(line.split()) for line in text.splitlines()]


# household compare


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Ann with 500,000 won, and Ann with 650,000."""
    more = [{"id": "ann", "birth_date": "1980-03-10", "earnings": 650_000}]
    return (
        saved(tmp_path, "before.json", alone()),
        saved(tmp_path, "after.json", alone(persons=more)),
    )


def test_compare_prints_facts_and_amounts_that_differ(
    run: Run, town: tuple[str, Path], pair: tuple[Path, Path]
) -> None:
    done = run("household", "compare", *pair, *JULY, *town, *READ, "--lang", "en")
    assert (done.status, done.err) == (0, "")
    said = lines(done.out)
    assert "a simulation, not a decision" in said[0] or "a simulation" in " ".join(said[:2])
    assert "Earnings of ann 500,000 won 650,000 won" in said
    assert "Support 200,000 won 50,000 won −150,000 조례 §4" in said
    assert "Contribution 25,000 won 32,500 won +7,500 조례 §9" in said
    assert "Disposable 875,000 won 867,500 won −7,500 합계" in said
    assert not any(line.startswith("Rent help") for line in said)


def test_compare_in_json(run: Run, town: tuple[str, Path], pair: tuple[Path, Path]) -> None:
    answer = run("household", "compare", *pair, *JULY, *town, *READ, "--format", "json").json
    assert list(answer) == ["date", "law", "first", "second", "facts", "amounts"]
    assert answer["first"]["amounts"]["support"] == 200_000
    assert answer["second"]["amounts"]["support"] == 50_000
    (fact,) = answer["facts"]
    assert (fact["name"], fact["person"], fact["first"], fact["second"]) == (
        "earnings",
        "ann",
        500_000,
        650_000,
    )
    assert answer["amounts"][0] == {
        "name": "support",
        "label": ["생계지원", "Support"],
        "citation": "조례 §4",
        "first": 200_000,
        "second": 50_000,
        "difference": -150_000,
    }


def test_compare_says_bounds_and_what_is_not_said(
    run: Run, town: tuple[str, Path], tmp_path: Path
) -> None:
    first = saved(tmp_path, "a.json", alone())
    kid = {"id": "kid", "birth_date": "2020-01-01", "earnings": 0, "parents": ["ann"]}
    second = saved(tmp_path, "b.json", alone(place="hill", persons=[*alone()["persons"], kid]))
    said = lines(run("household", "compare", first, second, *JULY, *town, "--lang", "en").out)
    assert "Rent help 100,000 – 200,000 won Undetermined 조례 §5" in said
    assert "Part of town River side Hill side" in said
    assert "Date of birth of kid not said 2020-01-01" in said
    assert "Parent of kid not said ann" in said


def test_compare_says_that_nothing_differs(
    run: Run, town: tuple[str, Path], pair: tuple[Path, Path]
) -> None:
    done = run("household", "compare", pair[0], pair[0], *JULY, *town, "--lang", "en")
    assert "Every amount is the same." in done.out


def test_compare_chooses_the_household_by_id(
    run: Run, town: tuple[str, Path], tmp_path: Path
) -> None:
    several = saved(tmp_path, "all.json", alone(id="a"), alone(id="b", housing={"rent": 0}))
    command = ("household", "compare", several, several, *JULY, *town, "--format", "json")
    assert run(*command, "--household", "b").json["first"]["id"] == "b"
    assert "a, b" in one_line(run(*command, "--household", "c"))


@pytest.mark.parametrize(
    "options", [("--regime", "wider"), ("--date", "2030-01"), ("--reform", "x")]
)
def test_compare_refuses_in_one_line(
    run: Run, town: tuple[str, Path], pair: tuple[Path, Path], options: tuple[str, ...]
) -> None:
    one_line(run("household", "compare", *pair, *JULY, *town, *options))


def test_compare_refuses_a_file_that_is_not_there(run: Run, pair: tuple[Path, Path]) -> None:
    assert "nowhere.yaml" in one_line(
        run("household", "compare", pair[0].with_name("nowhere.yaml"), pair[1], *JULY)
    )


# household life


def test_life_prints_what_changes_when_and_why(
    run: Run, town: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # so that no cell is broken
    command = ("household", "life", life_of(tmp_path, LOST), *town, *READ, "--lang", "en")
    said = lines(run(*command).out)
    assert said[0] == "Household hh, 2024-11 to 2025-02 — a simulation, not a decision"
    raised = "Amount of the line: 700,000 → 760,000"
    assert said[2:] == [
        "2024-12 Support 200,000 won 700,000 won (+500,000) job lost 조례 §4",
        "2024-12 Contribution 25,000 won 0 won (−25,000) job lost 조례 §9",
        "2024-12 Disposable 875,000 won 900,000 won (+25,000) job lost 합계",
        f"2025-01 Support 700,000 won 760,000 won (+60,000) {raised} 조례 §4",
        "2025-01 Disposable 900,000 won 960,000 won (+60,000) 합계",
    ]
    more = lines(run(*command, "--all").out)
    assert f"2025-01 Line 700,000 won 760,000 won (+60,000) {raised} 조례 §4" in more


def test_life_says_that_a_benefit_begins_and_ends(
    run: Run, town: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    file = life_of(tmp_path, **{"from": "2025-05", "to": "2025-09"})
    text = " ".join(run("household", "life", file, *town, *READ, "--lang", "en").out.split())
    assert "2025-06 New grant 0 won 20,000 won (+20,000) new in the law: New grant" in text
    assert "2025-08 Old grant 20,000 won 0 won (−20,000) not in the law any more: Old grant" in text
    korean = " ".join(run("household", "life", file, *town, *READ).out.split())
    assert "새로 생김: 신설수당" in korean
    assert "없어짐: 옛수당" in korean


def test_life_in_json(run: Run, town: tuple[str, Path], tmp_path: Path) -> None:
    answer = run(
        "household", "life", life_of(tmp_path, LOST), *town, *READ, "--format", "json"
    ).json
    assert answer["household"] == "hh"
    assert [month["month"] for month in answer["months"]] == [
        "2024-11",
        "2024-12",
        "2025-01",
        "2025-02",
    ]
    assert [month["amounts"]["support"] for month in answer["months"]] == [
        200_000,
        700_000,
        760_000,
        760_000,
    ]
    support = [change for change in answer["changes"] if change["name"] == "support"]
    assert [(c["month"], c["difference"], c["causes"][0]["kind"]) for c in support] == [
        ("2024-12", 500_000, "event"),
        ("2025-01", 60_000, "parameter"),
    ]


def test_a_life_in_which_nothing_changes(run: Run, town: tuple[str, Path], tmp_path: Path) -> None:
    file = life_of(tmp_path, to="2024-12")
    assert "Nothing changes." in run("household", "life", file, *town, "--lang", "en").out


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"form": 1}, "life.json: life: unknown field 'form'"),
        ({"events": [LOST | {"month": "2030-01"}]}, "life.json: life.events[0].month"),
        ({"events": [LOST | {"persons": [], "leave": ["bob"]}]}, "'bob' is nobody"),
        ({"events": [LOST | {"persons": [{"id": "ann", "earning": 1}]}]}, "life (2024-12)"),
        ({"to": "2027-01"}, "2027-01-01 lies outside this law"),
        ({"household": 5}, "life.household"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_life_refuses_in_one_line(
    run: Run, town: tuple[str, Path], tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    file = life_of(tmp_path, **changes)
    assert said in one_line(run("household", "life", file, *town, "--format", "json"))


def test_a_household_file_is_no_life(run: Run) -> None:
    assert "has no life" in one_line(run("household", "life", HOUSEHOLDS))
    assert "No such file" in one_line(run("household", "life", EXAMPLES / "nowhere.yaml"))


# household page


def test_a_page_is_written_whole(run: Run, town: tuple[str, Path], tmp_path: Path) -> None:
    file = saved(tmp_path, "town.json", alone())
    out = tmp_path / "out" / "answer.html"
    out.parent.mkdir()
    done = run("household", "page", file, *JULY, *town, "--out", out)
    assert (done.status, done.err) == (0, "")
    assert str(out) in done.out
    text = out.read_text(encoding="utf-8")
    assert "모의계산" in text
    assert "생계지원" in text
    assert os.listdir(out.parent) == ["answer.html"]
    run("household", "page", file, *JULY, *town, *READ, "--out", out, "--lang", "en", "--large")
    again = out.read_text(encoding="utf-8")
    assert "875,000 won" in again
    assert "18pt/" in again


def test_a_page_may_be_a_pdf(run: Run, town: tuple[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "answer.pdf"
    file = saved(tmp_path, "town.json", alone())
    assert run("household", "page", file, *JULY, *town, "--out", out).status == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_page_is_about_the_household_that_is_named(
    run: Run, town: tuple[str, Path], tmp_path: Path
) -> None:
    file = saved(tmp_path, "town.json", alone(id="first"), alone(id="second"))
    command = ("household", "page", file, *JULY, *town, "--lang", "en")
    out = tmp_path / "answer.html"
    run(*command, "--out", out, "--household", "second")
    assert "What household second can count on" in out.read_text(encoding="utf-8")
    assert "first, second" in one_line(run(*command, "--out", out, "--household", "third"))


@pytest.mark.parametrize("name", ["answer", "answer.txt", "nowhere/answer.html", "folder.html"])
def test_a_page_that_cannot_be_written_leaves_nothing(
    run: Run, town: tuple[str, Path], tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "pages"
    (folder / "folder.html").mkdir(parents=True)
    file = saved(tmp_path, "town.json", alone())
    said = one_line(run("household", "page", file, *JULY, *town, "--out", folder / name))
    assert name in said
    assert os.listdir(folder) == ["folder.html"]
