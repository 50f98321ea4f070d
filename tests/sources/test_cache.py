"""What was fetched is kept: whole, with its moment and hash, by any number of processes at once."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from donghaeng.rules import BadInput
from donghaeng.sources.cache import FOLDER_VARIABLE, Cache, Reply, usual_folder
from donghaeng.sources.faults import SourceFault
from donghaeng.sources.fetching import Fetcher
from donghaeng.sources.json_replies import read_json

from .server import Played, Server

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ADDRESS = "http://a.example/{KEY}/x"
DAY = timedelta(days=1)


def at(folder: Path, moment: datetime, **options: object) -> Cache:
    return Cache(folder, now=lambda: moment, **options)  # type: ignore[arg-type]


def test_a_reply_is_found_as_it_was_kept(tmp_path: Path) -> None:
    body = b"line\n\0\xff\nline"
    kept = at(tmp_path, NOON).store(ADDRESS, Reply(body, "text/plain"))
    found = at(tmp_path, NOON + 9 * DAY).find(ADDRESS)
    assert found is not None
    assert found.reply == Reply(body, "text/plain")
    assert found.retrieval.fetched == kept.fetched == NOON
    assert found.retrieval.sha256 == hashlib.sha256(body).hexdigest()
    assert (kept.from_cache, found.retrieval.from_cache) == (False, True)
    assert at(tmp_path, NOON).find(ADDRESS + "y") is None


def test_a_reply_is_good_as_long_as_is_said(tmp_path: Path) -> None:
    at(tmp_path, NOON).store(ADDRESS, Reply(b"1"))
    assert at(tmp_path, NOON + DAY, max_age=DAY).find(ADDRESS)
    assert at(tmp_path, NOON + DAY * 1.01, max_age=DAY).find(ADDRESS) is None
    assert at(tmp_path, NOON - DAY, max_age=DAY).find(ADDRESS) is None  # the clock was wrong
    assert at(tmp_path, NOON + 99 * DAY, max_age=DAY, offline=True).find(ADDRESS)


def test_offline_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="was not fetched before"):
        Cache(tmp_path, offline=True).find(ADDRESS)


@pytest.mark.parametrize("damage", ["half", "other body", "no description", "empty"])
def test_a_damaged_reply_is_none(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path)
    cache.store(ADDRESS, Reply(b"0123456789"))
    content = cache.file(ADDRESS).read_bytes()
    cache.file(ADDRESS).write_bytes(
        {
            "half": content[:-5],
            "other body": content[:-1] + b"8",
            "no description": content.replace(b'"sha256"', b'"sha"'),
            "empty": b"",
        }[damage]
    )
    assert cache.find(ADDRESS) is None


def test_only_what_could_be_read_is_kept(server: Server, tmp_path: Path) -> None:
    server.plays(Played(b'{"half": '), Played(b'{"a": "1"}'))
    cache = Cache(tmp_path)
    with Fetcher("Office", cache=cache, sleep=lambda seconds: None) as fetcher:
        first = fetcher.fetch(f"{server.base}/x", lambda reply: read_json(reply, "Office"))
        again = fetcher.fetch(f"{server.base}/x", lambda reply: read_json(reply, "Office"))
    assert first[0] == again[0] == {"a": "1"}
    assert (first[1].from_cache, again[1].from_cache) == (False, True)
    assert len(server.asked) == 2
    assert len(list(tmp_path.iterdir())) == 1


def test_a_fault_leaves_nothing_behind(server: Server, tmp_path: Path) -> None:
    server.plays(Played(status=404))
    with Fetcher("Office", cache=Cache(tmp_path)) as fetcher, pytest.raises(SourceFault):
        fetcher.fetch(f"{server.base}/x", lambda reply: reply)
    assert list(tmp_path.iterdir()) == []


FILL = """
import sys
from pathlib import Path
from donghaeng.sources.cache import Cache
from donghaeng.sources.fetching import Fetcher
from donghaeng.sources.json_replies import read_json
with Fetcher("Office", cache=Cache(Path(sys.argv[2]))) as fetcher:
    for round in range(3):
        for number in range(40):
            address = f"{sys.argv[1]}/{number}"
            answer, _ = fetcher.fetch(address, lambda reply: read_json(reply, "Office"))
            assert answer == [str(number)] * 500, (address, answer[:3])
"""


def test_two_processes_fill_one_cache(server: Server, tmp_path: Path) -> None:
    server.decides(lambda path: Played(f"[{','.join([path[1:]] * 500)}]".encode()))
    both = [
        subprocess.Popen(
            [sys.executable, "-c", FILL, server.base, str(tmp_path)], stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for process in both:
        _, told = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, b"")
    cache = Cache(tmp_path, offline=True)
    for number in range(40):
        assert cache.find(f"{server.base}/{number}")
    assert len(list(tmp_path.iterdir())) == 40  # nothing partial is left
    assert 40 <= len(server.asked) <= 80


def test_the_folder_may_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "here"))
    assert usual_folder() == tmp_path / "here"
    Cache(usual_folder()).store(ADDRESS, Reply(b"1"))
    assert Cache(tmp_path / "here").find(ADDRESS)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="file"):
        Cache(tmp_path / "file").store(ADDRESS, Reply(b"1"))
