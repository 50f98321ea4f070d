"""The record of the committee: entries are added, and nothing before them can be changed unseen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from donghaeng.index.plan.decisions import (
    BEFORE_THE_FIRST,
    Decision,
    Decisions,
    decisions_text,
    read_decisions,
)
from donghaeng.rules.faults import BadInput

from ..small import label


def entry(**other: Any) -> dict[str, Any]:
    return {
        "date": "2026-05-01",
        "programme": "homes",
        "proposed_place": 1,
        "decided_place": 1,
        "verdict": "accepted",
        **other,
    }


def record(*entries: dict[str, Any]) -> Decisions:
    return Decisions.model_validate({"decisions": entries}).sealed()


THREE = (
    entry(),
    entry(
        programme="ties",
        proposed_place=2,
        decided_place=3,
        verdict="changed",
        reason=label("Later"),
    ),
    entry(
        date="2026-05-02",
        programme="learn",
        verdict="rejected",
        decided_place=None,
        reason=label("No"),
    ),
)


def write(folder: Path, said: dict[str, Any]) -> Path:
    file = folder / "decisions.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def sealed(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(decisions_text(record(*THREE)))
    return said


def test_a_sealed_record_reads_back_the_same(tmp_path: Path) -> None:
    file = write(tmp_path, sealed(tmp_path))
    assert read_decisions(file) == record(*THREE)
    assert read_decisions(file, last=record(*THREE).last_hash)


def test_an_entry_may_be_added_without_changing_those_before(tmp_path: Path) -> None:
    said = sealed(tmp_path)
    said["decisions"].append(entry(date="2026-06-01"))
    read = read_decisions(write(tmp_path, said))
    assert read.last_hash == record(*THREE).last_hash  # not sealed yet
    again = read.sealed()
    assert again.decisions[:3] == record(*THREE).decisions
    assert again.last_hash != read.last_hash


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_entry_that_was_changed_is_found(tmp_path: Path, place: int) -> None:
    said = sealed(tmp_path)
    said["decisions"][place]["programme"] = "other"
    with pytest.raises(BadInput, match=f"decisions.{place}: is not what was recorded"):
        read_decisions(write(tmp_path, said))


def test_an_entry_that_was_taken_out_is_found(tmp_path: Path) -> None:
    said = sealed(tmp_path)
    del said["decisions"][0]
    with pytest.raises(BadInput, match="is not what was recorded"):
        read_decisions(write(tmp_path, said))


def test_a_record_that_was_sealed_anew_does_not_have_the_hash_that_was_published(
    tmp_path: Path,
) -> None:
    published = record(*THREE).last_hash
    other = record(entry(programme="other"), *THREE[1:])
    file = write(tmp_path, yaml.safe_load(decisions_text(other)))
    assert read_decisions(file)
    with pytest.raises(BadInput, match="that was published"):
        read_decisions(file, last=published)


def test_an_entry_slipped_in_between_is_found(tmp_path: Path) -> None:
    said = sealed(tmp_path)
    said["decisions"].insert(1, entry())
    with pytest.raises(BadInput, match="stands before sealed ones"):
        read_decisions(write(tmp_path, said))


def test_dates_go_forward(tmp_path: Path) -> None:
    said = {"decisions": [entry(date="2026-05-02"), entry(date="2026-05-01")]}
    with pytest.raises(BadInput, match="added at the end"):
        read_decisions(write(tmp_path, said))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decided_place": 2}, "accepted means"),
        ({"verdict": "changed", "reason": label("x")}, "another place"),
        ({"verdict": "rejected", "reason": label("x")}, "no decided place"),
        ({"verdict": "changed", "decided_place": 2}, "has a reason"),
        ({"proposed_place": 0}, "greater"),
    ],
)
def test_a_verdict_and_its_places_agree(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Decision.model_validate(entry(**change))


def test_an_empty_record_has_the_hash_before_the_first() -> None:
    assert Decisions().last_hash == BEFORE_THE_FIRST
