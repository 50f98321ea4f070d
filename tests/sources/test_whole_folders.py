"""A folder of results appears whole or not at all, and never takes the place of something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from donghaeng.rules import BadInput
from donghaeng.sources.whole_folders import write_folder

FILES = {"mark.json": "{}", "data/a.csv": "x\n1\n", "b.bin": b"\x00\x01"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_files_stand_where_they_are_named(tmp_path: Path) -> None:
    write_folder(tmp_path / "deep" / "out", FILES, mark="mark.json")
    assert contents(tmp_path / "deep" / "out") == {
        "mark.json": b"{}",
        "data/a.csv": b"x\n1\n",
        "b.bin": b"\x00\x01",
    }
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["out"]


def test_an_earlier_result_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, FILES | {"old.csv": "1"}, mark="mark.json")
    write_folder(out, FILES, mark="mark.json")
    assert "old.csv" not in contents(out)


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", FILES, mark="mark.json")
    assert len(contents(tmp_path / "out")) == 3


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(BadInput, match="is not empty and was not written by this command"):
        write_folder(tmp_path, FILES, mark="mark.json")
    assert contents(tmp_path) == {"letters.txt": b"dear"}


def test_a_file_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        write_folder(tmp_path / "out", FILES, mark="mark.json")


def test_nothing_is_left_of_a_writing_that_failed(tmp_path: Path) -> None:
    impossible = FILES | {"b.bin/inside": "a file cannot be a folder as well"}
    write_folder(tmp_path / "out", {"mark.json": "first"}, mark="mark.json")
    with pytest.raises(BadInput):
        write_folder(tmp_path / "out", impossible, mark="mark.json")
    assert contents(tmp_path) == {"out/mark.json": b"first"}
