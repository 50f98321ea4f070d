"""``donghaeng population synthesize``: what it prints, what it refuses."""

import json

import pytest
from typer.testing import CliRunner

from donghaeng.cli import app
from donghaeng.population.store import Population

from .towns import town


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("command")
    town(place / "town", smaller=60)
    return place


def run(*words):
    return CliRunner().invoke(
        app, ["population", "synthesize", "--workers", "1", "--lang", "en", *map(str, words)]
    )


def test_it_prints_margins_levels_and_what_is_assumed(folder):
    done = run("--city", folder / "town", "-o", folder / "out")
    assert done.exit_code == 0, done.output
    for part in ("Margins", "Published levels", "Assumed, because no figure was found", "0.00%"):
        assert part in done.output
    assert Population.open(folder / "out").manifest.synthetic


def test_json_holds_the_whole_report(folder):
    done = run("--city", folder / "town", "-o", folder / "json", "--format", "json", "--seed", 4)
    report = json.loads(done.output)
    assert len(report["margins"]) == 4
    assert len(report["tables"]) == 10
    assert all(each["largest_deviation"] <= 0.005 for each in report["margins"])
    assert report["households"] == Population.open(folder / "json").households
    stored = Population.open(folder / "json").manifest.details
    assert stored["margins"] == report["margins"]


def test_the_same_seed_writes_the_same_files(folder):
    def hashes(name, seed):
        run("--city", folder / "town", "-o", folder / name, "--seed", seed)
        return [each.sha256 for each in Population.open(folder / name).manifest.partitions]

    first = hashes("first", 9)
    assert first == hashes("second", 9)
    assert first != hashes("third", 10)


def test_bad_input_is_one_line(folder):
    unknown = run("--city", "seol", "-o", folder / "x")
    assert "did you mean 'seoul'?" in str(unknown.exception or unknown.output)
    nowhere = run("--city", folder / "town", "--survey", folder / "town", "-o", folder / "y")
    assert "holds no population" in str(nowhere.exception or nowhere.output)
    assert not (folder / "y").exists()
    there = run("--city", folder / "town", "-o", folder / "town")
    assert "is there already" in str(there.exception or there.output)
