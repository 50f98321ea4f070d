"""Manifests: what is in a folder to the byte, and what has become of it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.evidence.manifests import (
    FORMAT,
    NAME,
    Changes,
    check_manifest,
    read_manifest,
    stays_inside,
    take_manifest,
    write_manifest,
)
from donghaeng.rules import BadInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "publication"
    (made / "data").mkdir(parents=True)
    (made / "index.yaml").write_bytes(b"index")
    (made / "data" / "scores.csv").write_bytes(b"unit,score\n")
    (made / "data" / "시군구.csv").write_bytes(b"")
    return made


def test_a_manifest_names_every_file_with_its_size_and_hash_in_order(folder: Path) -> None:
    manifest = take_manifest(folder)
    assert [(each.path, each.size) for each in manifest.files] == [
        ("data/scores.csv", 11),
        ("data/시군구.csv", 0),
        ("index.yaml", 5),
    ]
    assert manifest.entry("index.yaml").sha256 == hashlib.sha256(b"index").hexdigest()


def test_the_same_bytes_give_the_same_manifest_whenever_and_in_whatever_order(
    folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / "data").mkdir(parents=True)
    for path in ("data/시군구.csv", "index.yaml", "data/scores.csv"):
        (other / path).write_bytes((folder / path).read_bytes())
        os.utime(other / path, (0, 0))
    assert write_manifest(folder).text() == write_manifest(other).text()
    assert (folder / NAME).read_bytes() == (other / NAME).read_bytes()
    assert take_manifest(folder).hash == take_manifest(other).hash


def test_a_manifest_is_read_as_it_was_written_and_leaves_nothing_beside_it(folder: Path) -> None:
    written = write_manifest(folder)
    assert read_manifest(folder / NAME) == written
    assert json.loads((folder / NAME).read_bytes())["format"] == FORMAT
    assert {each.name for each in folder.iterdir()} == {"index.yaml", "data", NAME}
    assert write_manifest(folder) == written  # the manifest does not name itself


def test_what_is_missing_changed_and_added_is_told(folder: Path) -> None:
    manifest = write_manifest(folder)
    assert check_manifest(folder, manifest).none
    (folder / "index.yaml").write_bytes(b"indey")  # the same size
    (folder / "data" / "scores.csv").unlink()
    (folder / "new.txt").write_bytes(b"")
    assert check_manifest(folder, manifest) == Changes(
        ("data/scores.csv",), ("index.yaml",), ("new.txt",)
    )


def test_a_link_is_refused_wherever_it_leads(folder: Path) -> None:
    (folder / "data" / "link").symlink_to(folder / "index.yaml")
    with pytest.raises(BadInput, match="is a link"):
        take_manifest(folder)


def test_a_folder_that_is_a_link_is_refused(folder: Path) -> None:
    (folder / "data" / "up").symlink_to(folder.parent, target_is_directory=True)
    with pytest.raises(BadInput, match="is a link"):
        take_manifest(folder)
    outside = folder.parent / "outside"
    outside.symlink_to(folder, target_is_directory=True)
    with pytest.raises(BadInput, match="is not a folder"):
        take_manifest(outside)


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(BadInput, match="neither a file nor a folder"):
        take_manifest(folder)


def test_a_manifest_that_cannot_be_written_leaves_nothing(folder: Path) -> None:
    (folder / NAME).mkdir()
    (folder / NAME / "file").write_bytes(b"")
    with pytest.raises(BadInput):
        write_manifest(folder)
    assert {each.name for each in folder.iterdir()} == {"index.yaml", "data", NAME}


ENTRY = {"path": "index.yaml", "size": 5, "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"format": FORMAT, "files": [ENTRY | {"path": "../index.yaml"}]}, "leaves the folder"),
        ({"format": FORMAT, "files": [ENTRY | {"path": "/etc/hosts"}]}, "leaves the folder"),
        ({"format": FORMAT, "files": [ENTRY | {"path": "a/../../b"}]}, "leaves the folder"),
        ({"format": FORMAT, "files": [ENTRY | {"path": "c:\\b"}]}, "leaves the folder"),
        ({"format": FORMAT, "files": [ENTRY, ENTRY]}, "stands there twice"),
        ({"format": "other-1", "files": []}, "of the form 'other-1'"),
        ({"format": FORMAT, "files": [ENTRY | {"size": -1}]}, r"files\[0\].size"),
        ({"format": FORMAT, "files": [ENTRY | {"sha256": "x"}]}, r"files\[0\].sha256"),
        ({"format": FORMAT, "files": [ENTRY | {"pth": "x"}]}, "did you mean 'path'"),
        ([], "valid"),
    ],
)
def test_a_manifest_of_somebody_else_is_not_trusted(
    tmp_path: Path, document: Any, message: str
) -> None:
    file = tmp_path / NAME
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        read_manifest(file)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / NAME
    file.write_bytes(content)
    with pytest.raises(BadInput, match="is not JSON"):
        read_manifest(file)


def test_a_file_that_the_manifest_does_not_name_is_suggested(folder: Path) -> None:
    with pytest.raises(BadInput, match=r"did you mean 'index\.yaml'"):
        take_manifest(folder).entry("index.yml")


@given(st.lists(st.sampled_from(["..", ".", "a", "b c", "", "가"]), min_size=1, max_size=5))
def test_a_path_that_is_accepted_stays_below_its_folder(parts: list[str]) -> None:
    path = "/".join(parts)
    if stays_inside(path):
        inside = os.path.normpath(os.path.join("/folder", path))
        assert inside.startswith("/folder/")
        assert inside == f"/folder/{path}"
