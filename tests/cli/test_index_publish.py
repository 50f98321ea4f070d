"""``donghaeng index publish``, ``verify`` and ``trace`` on what was published, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from .program import EXAMPLES, Run

SEOUL = EXAMPLES / "index" / "seoul" / "index.yaml"
DISTRICTS = EXAMPLES / "index" / "districts" / "index.yaml"
AT = ("--at", "2026-11-23T10:00:00+09:00")


@pytest.mark.parametrize("file", [SEOUL, DISTRICTS], ids=["seoul", "districts"])
def test_an_example_is_published_by_one_command_and_verifies(
    run: Run, tmp_path: Path, file: Path
) -> None:
    out = tmp_path / "publication"
    done = run("index", "publish", file, "--out", out, *AT)
    assert (done.status, "index verify" in done.out) == (0, True)
    assert "그림과 쪽을 만듭니다(ko)" in done.err  # progress goes to standard error
    done = run("index", "verify", out, "--lang", "en")
    assert done.status == 0, done.out
    assert done.out.startswith("Sound: ")
    documents = {each.name for each in (out / "audit").iterdir()}
    kinds = ("html", "pdf", "docx")
    assert documents == {f"audit.{lang}.{kind}" for lang in ("ko", "en") for kind in kinds} | {
        "audit.json"
    }


def test_a_dry_run_lists_the_files_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "publication"
    done = run("index", "publish", SEOUL, "--out", out, "--dry-run", "--lang", "en", *AT)
    assert done.status == 0
    assert "manifest.json" in done.out
    assert "files would be written" in done.out
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def published(run: Run, tmp_path: Path) -> Path:
    """Seoul's example, published in English."""
    out = tmp_path / "seoul"
    command = ("index", "publish", SEOUL, "--out", out, "--lang", "en", "--no-audit", *AT)
    assert run(*command).status == 0
    return out


def test_the_published_composites_of_seoul(run: Run, published: Path) -> None:
    scores = json.loads((published / "results" / "addresses.json").read_text())
    # (12*127.8 + 6*120.3 + 10*156.5 + 8*111.3 + 9*148.9 + 5*95.6)/50 and the same of 2023.
    assert scores["2024.composite"] == pytest.approx(130.578)
    assert scores["2023.composite"] == pytest.approx(111.24)
    page = (published / "en" / "index.html").read_text()
    assert "Composite index 2023: 111.0 was printed, 111.19 to 111.29 comes out" in page
    verdicts = (published / "results" / "reproduction.csv").read_text().splitlines()
    assert any(line.startswith("2024.composite,130.6,2025-08-04,reproduced") for line in verdicts)
    assert any(
        line.startswith("2023.composite,111.0,2025-08-04,not_reproduced") for line in verdicts
    )


def test_a_published_figure_is_traced_to_its_source_cell(run: Run, published: Path) -> None:
    done = run("index", "trace", published, "2024.housing", "--lang", "en")
    assert done.status == 0
    assert "120.3" in done.out
    assert "scpm.seoul.go.kr" in done.out
    file = published / "results" / "addresses.json"
    file.write_text(file.read_text().replace("120.3", "121.3"))
    done = run("index", "trace", published, "2024.housing", "--lang", "en")
    assert done.status == 1
    assert "2024.housing: 121.3 stands there, 120.3 comes out" in done.out


def test_a_change_is_a_finding_and_a_strange_folder_is_bad_input(
    run: Run, published: Path, tmp_path: Path
) -> None:
    file = published / "results" / "scores.csv"
    file.write_text(file.read_text().replace("130.578", "131.578"))
    done = run("index", "verify", published, "--format", "json")
    assert done.status == 1
    said = json.loads(done.out)
    assert said["changed"] == ["results/scores.csv"]
    (found,) = said["differences"]
    assert (found["address"], found["comes_out"][:7]) == ("2024.composite", "130.578")
    done = run("index", "verify", tmp_path / "nothing")
    assert done.status == 2
    assert "is not a folder" in done.err
    assert "Traceback" not in done.err


def test_before_the_release_it_is_refused_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    calendar = tmp_path / "calendar.yaml"
    edition = {"id": "2024", "period": "2024", "release": "2099-01-01T10:00:00+09:00"}
    calendar.write_text(yaml.safe_dump({"editions": [edition]}))
    out = tmp_path / "publication"
    command = ("index", "publish", SEOUL, "--out", out, "--no-audit")
    command += ("--calendar", calendar, "--lang", "en")
    done = run(*command)
    assert done.status == 2
    assert "under embargo until 2099-01-01T10:00:00+09:00" in done.err
    assert not out.exists()
    assert run(*command, "--under-embargo").status == 0
    assert "Under embargo until 2099-01-01" in (out / "en" / "index.html").read_text()
    assert run("index", "verify", out).status == 0


def test_a_folder_with_other_things_is_not_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = run("index", "publish", SEOUL, "--out", tmp_path, "--lang", "en", *AT)
    assert done.status == 2
    assert "was not written by this command" in done.err
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_the_edition_before_has_to_be_whole(run: Run, published: Path, tmp_path: Path) -> None:
    out = tmp_path / "next"
    command = ("index", "publish", SEOUL, "--out", out, "--no-audit")
    command += ("--lang", "en", "--previous", published)
    assert run(*command, *AT).status == 0
    page = (out / "en" / "index.html").read_text()
    assert "0 of 21 old figures have changed" in page  # seven nodes in three years
    assert run("index", "verify", out).status == 0
    (published / "results" / "scores.csv").write_text("unit\n")
    done = run(*command, *AT)
    assert done.status == 2
    assert "is not what its manifest says" in done.err


def test_a_moment_without_its_zone_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("index", "publish", SEOUL, "--out", tmp_path / "x", "--at", "2026-11-23T10:00:00")
    assert done.status == 2
    assert "--at" in done.err
    assert "zone" in done.err


def test_the_schema_of_the_release_calendar_is_printed(run: Run) -> None:
    done = run("schema", "calendar")
    assert done.status == 0
    assert "release" in json.loads(done.out)["$defs"]["Edition"]["required"]


def test_a_true_map_is_drawn_where_boundaries_are_given(run: Run, tmp_path: Path) -> None:
    def square(name: str, x: float) -> dict[str, object]:
        ring = [[x, 37.0], [x + 1, 37.0], [x + 1, 38.0], [x, 38.0], [x, 37.0]]
        return {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    tutorial = EXAMPLES / "index" / "tutorial" / "index.yaml"
    members = yaml.safe_load(tutorial.read_text())["units"]["members"]
    names = [each["label"]["ko"] for each in members.values()]
    file = tmp_path / "places.json"
    features = [square(name, 126.0 + place) for place, name in enumerate(names)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    out = tmp_path / "publication"
    command = ("index", "publish", tutorial, "--out", out, "--no-audit", *AT)
    command += ("--lang", "en")
    assert run(*command, "--boundaries", file).status == 0
    assert (out / "charts" / "en" / "map.svg").is_file()
    assert run("index", "verify", out).status == 0
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features[1:]}))
    done = run(*command, "--boundaries", file)
    assert done.status == 2
    assert f"has no boundary for {names[0]}" in done.err
