"""One way of asking a server, over a real socket: what goes wrong is told, and the key is told to nobody."""

from __future__ import annotations

import contextlib
import json
import logging
import pickle
import re
import threading
import traceback
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.rules import BadInput
from donghaeng.sources.cache import Cache, Reply
from donghaeng.sources.faults import SourceFault
from donghaeng.sources.fetching import KEY, Fetcher, Limits, address, may_follow
from donghaeng.sources.json_replies import read_json
from donghaeng.sources.keys import Key, read_key
from donghaeng.sources.throttle import Throttle

from .server import FIXTURES, SECRET, Played, Server

GOOD = Played(b'[{"a": "1"}]')
QUICK = Limits(
    time_out=0.3, deadline=0.6, attempts=3, first_wait=0.5, longest_wait=0.7, largest=10_000
)


def ask(server: Server, key: Key | None = None, **options: Any) -> Any:
    waits: list[float] = options.pop("waits", [])
    asked = options.pop("asked", None) or address(server.base, KEY if key else "open", "json")
    options.setdefault("limits", QUICK)
    with Fetcher("Office", key, sleep=waits.append, **options) as fetcher:
        return fetcher.fetch(asked, lambda reply: read_json(reply, "Office"))[0]


def fault(server: Server, key: Key | None = None, **options: Any) -> SourceFault:
    with pytest.raises(SourceFault) as raised:
        ask(server, key, **options)
    return raised.value


# What a server may do


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        (Played(way="silence"), "time-out"),
        (Played(b"[" + b" " * 90 + b"]", way="drip"), "time-out"),
        (Played(GOOD.body, way="half"), "half body"),
        (Played(GOOD.body, way="half chunk"), "half body"),
        (Played(GOOD.body, way="cut"), "half body"),
        (Played(b""), "half body"),
        (Played(way="reset"), "no connection"),
        (Played(way="close"), "connection closed"),
        (Played(b"<html><title>Under maintenance</title></html>"), "web page"),
        (Played(b"busy", status=503), "HTTP 503"),
        (Played(b"slow down", status=429), "HTTP 429"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.way,
)
def test_what_may_pass_is_asked_again_and_then_told(
    server: Server, spoiled: Played, code: str
) -> None:
    server.plays(spoiled)
    assert fault(server).code == code
    assert len(server.asked) == QUICK.attempts


@pytest.mark.parametrize("way", ["silence", "half", "half chunk", "cut", "reset", "close"])
def test_a_fault_that_passes_does_no_harm(server: Server, way: str) -> None:
    server.plays(Played(GOOD.body, way=way), Played(status=500), GOOD)
    waits: list[float] = []
    assert ask(server, waits=waits) == [{"a": "1"}]
    assert waits == [0.5, 0.7]  # doubled, 1.0, but not above the longest wait


@pytest.mark.parametrize(
    ("reply", "code", "told"),
    [
        (Played(status=404), "HTTP 404", "Not Found"),
        (Played(b"\x89PNG\0\0", headers={"Content-Type": "image/png"}), "no JSON", "image/png"),
        (Played(b"id,value\n", headers={"Content-Type": "text/csv"}), "no JSON", "text/csv"),
        (Played(b'{"a": NaN}'), "no JSON", "no stated kind"),
        (Played(b"[" + b"1," * 6_000 + b"1]"), "too large", "10,000 bytes"),
        (Played(status=302, headers={"Location": "//other.example/x"}), "redirect", "another host"),
        (Played(status=302, headers={"Location": "http://a:port/"}), "no HTTP", "no HTTP"),
        (Played(status=302, headers={"Location": "/round"}), "redirect", "on and on"),
    ],
)
def test_what_will_not_pass_is_told_at_once(
    server: Server, reply: Played, code: str, told: str
) -> None:
    server.plays(reply)
    found = fault(server)
    assert (found.code, found.passing) == (code, False)
    assert told in str(found)
    if reply.status != 302:
        assert len(server.asked) == 1


def test_a_body_without_a_length_is_stopped_at_the_limit(server: Server) -> None:
    server.plays(Played(b"[" + b" " * 60_000 + b"]", way="cut"))
    assert fault(server).code == "too large"


def test_json_of_another_stated_kind_is_read(server: Server) -> None:
    server.plays(Played(GOOD.body, headers={"Content-Type": "text/html;charset=utf-8"}))
    assert ask(server) == [{"a": "1"}]


def test_korean_of_an_older_encoding_is_read_where_the_reply_says_so(server: Server) -> None:
    body = '{"name": "종로구"}'.encode("cp949")
    server.plays(Played(body, headers={"Content-Type": "application/json; charset=EUC-KR"}))
    assert ask(server) == {"name": "종로구"}


def test_a_redirect_on_the_same_host_is_followed(server: Server) -> None:
    server.plays(Played(status=301, headers={"Location": "/moved?x=1"}), GOOD)
    assert ask(server) == [{"a": "1"}]
    assert server.asked[-1] == "/moved?x=1"


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("http://a.example/x", "http://a.example/y", True),
        ("http://a.example:8088/x", "http://a.example:8088/y", True),
        ("http://a.example/x", "https://a.example/x", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("http://a.example:8088/x", "http://a.example:8089/x", False),
        ("http://a.example/x", "http://b.example/x", False),
        ("http://a.example/x", "http://x.a.example/x", False),
        ("http://a.example/x", "ftp://a.example/x", False),
    ],
)
def test_the_key_goes_on_to_the_same_host_only(before: str, after: str, allowed: bool) -> None:
    assert may_follow(httpx.URL(before), httpx.URL(after)) is allowed


def test_another_name_of_the_same_machine_is_another_host(server: Server) -> None:
    server.plays(Played(status=302, headers={"Location": f"http://localhost:{server.port}/x"}))
    assert fault(server).code == "redirect"
    assert len(server.asked) == 1


def test_nobody_listens() -> None:
    with Server() as server:
        pass
    assert fault(server).code == "no connection"


# The key


def hidden_from(text: str) -> bool:
    """Whether no form of the key, and no long piece of it, stands in ``text``."""
    forms = {SECRET, quote(SECRET), quote(SECRET, safe=""), quote_plus(SECRET), escape(SECRET)}
    forms |= {json.dumps(SECRET)[1:-1], SECRET.replace("/", "\\/"), quote(SECRET, safe="").lower()}
    pieces = ("Tst0Key", "dE7", "fG9hJ2")
    # The place of an object in memory may spell a short piece by chance.
    lower = re.sub(r"0x[0-9a-f]+", "", text.lower())
    return not any(form.lower() in lower for form in (*forms, *pieces))


ECHOES = [
    Played(f'{{"err": "11", "you": "{SECRET}"'.encode(), status=200),
    Played(f"<html><title>{escape(SECRET)}</title></html>".encode()),
    Played(f"no JSON but {quote(SECRET, safe='')}".encode()),
    Played(b"x", status=404),
    Played(b"x", status=500),
    Played(status=302, headers={"Location": f"http://other.example/{quote(SECRET, safe='')}"}),
    Played(status=302, headers={"Location": f"http://a.example:{SECRET[:7]}/"}),
    Played(status=302, headers={"Location": f"http://{SECRET[:7]}.example/"}),
    Played(status=302, headers={"Location": f"/{quote(SECRET, safe='')}/again"}),
    Played(GOOD.body, way="half"),
    Played(way="reset"),
    Played(way="silence"),
]


@pytest.mark.parametrize("where", ["path", "query"])
@pytest.mark.parametrize("echo", ECHOES, ids=lambda echo: f"{echo.way} {echo.status}")
def test_the_key_is_in_no_error_traceback_or_log(
    server: Server, key: Key, caplog: pytest.LogCaptureFixture, echo: Played, where: str
) -> None:
    server.plays(echo)
    asked = address(server.base, KEY) if where == "path" else address(server.base, query={"k": KEY})
    with caplog.at_level(logging.DEBUG):
        found = fault(server, key, asked=asked)
    shown = traceback.TracebackException.from_exception(found, capture_locals=True)
    # The frame of this test knows the key; those of the program, and of what it calls, must not.
    shown.stack = traceback.StackSummary.from_list(
        [frame for frame in shown.stack if "tests" not in frame.filename]
    )
    assert hidden_from("".join(shown.format()))
    assert hidden_from(f"{found} {found!r} {vars(found)} {found.__context__!r} {found.__cause__!r}")
    assert hidden_from(caplog.text)
    assert any(record.name == "donghaeng.sources" for record in caplog.records)
    assert quote(SECRET, safe="") in server.asked[0]  # it was sent, and only there


def test_the_key_is_in_no_log_of_an_answer(
    server: Server, key: Key, caplog: pytest.LogCaptureFixture
) -> None:
    server.plays(GOOD)
    with caplog.at_level(logging.DEBUG):
        ask(server, key)
    assert hidden_from(caplog.text)
    assert f"GET {server.base}/{KEY}/json" in caplog.text


def test_other_users_of_the_same_library_log_as_ever(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.plays(GOOD)
    with caplog.at_level(logging.INFO):
        httpx.get(f"{server.base}/mine")
    assert "/mine" in caplog.text


def test_the_key_is_in_no_file_of_the_cache(server: Server, key: Key, tmp_path: Path) -> None:
    server.plays(Played(json.dumps({"link": f"http://x/{SECRET}/y"}).encode()))
    answer = ask(server, key, cache=Cache(tmp_path))
    assert answer == {"link": "http://x/(key)/y"}
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) == 1
    assert all(hidden_from(file.read_text() + file.name) for file in files)


def test_no_fixture_holds_a_key() -> None:
    for file in FIXTURES.rglob("*"):
        assert file.is_dir() or hidden_from(file.read_text(encoding="utf-8"))


def test_a_key_shows_itself_nowhere(key: Key) -> None:
    assert hidden_from(f"{key} {key!r} {[key]}")
    with pytest.raises(TypeError):
        pickle.dumps(key)


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8, max_size=60))
def test_a_key_is_hidden_however_it_is_escaped(text: str) -> None:
    if text == "sample":
        return
    key = Key(text)
    forms = [text, quote(text), quote(text, safe=""), quote_plus(text), json.dumps(text)[1:-1]]
    forms += [escape(text), quote(quote(text, safe=""), safe=""), text.replace("/", "\\/")]
    forms += ["".join(f"&#{ord(sign)};" for sign in text), "".join(f"%{ord(s):02x}" for s in text)]
    forms += ["".join(f"\\u{ord(sign):04X}" for sign in text)]
    for form in forms:
        assert key.hide(f"«{form}»") == "«(key)»"
        assert key.hide_in(f"종로구 {form}".encode()) == "종로구 (key)".encode()


def test_the_public_key_of_seoul_is_a_word_like_any_other() -> None:
    assert Key("sample").hide("a sample of rows") == "a sample of rows"


@pytest.mark.parametrize("bad", ["short", "with a space in it", "열쇠열쇠열쇠열쇠", "line\nbreak1"])
def test_what_is_no_key_is_refused_unquoted(
    bad: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("A_KEY", bad)
    with pytest.raises(BadInput, match="A_KEY: is no key") as raised:
        read_key("A_KEY")
    assert bad not in str(raised.value)
    (tmp_path / "key.txt").write_text(bad, encoding="utf-8")
    with pytest.raises(BadInput) as raised:
        read_key("A_KEY", tmp_path / "key.txt")
    assert bad not in str(raised.value)


def test_a_key_is_read_from_the_environment_or_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("A_KEY", raising=False)
    with pytest.raises(BadInput, match="set A_KEY"):
        read_key("A_KEY")
    monkeypatch.setenv("A_KEY", SECRET)
    assert read_key("A_KEY").in_address() == quote(SECRET, safe="")
    (tmp_path / "key.txt").write_text(f"{SECRET}\n", encoding="utf-8")
    assert read_key("B_KEY", tmp_path / "key.txt").in_address() == quote(SECRET, safe="")


def test_a_request_that_needs_a_key_is_not_sent_without_one(server: Server) -> None:
    server.plays(GOOD)
    assert fault(server, asked=address(server.base, KEY)).code == "no key"
    assert server.asked == []


# Addresses, and how fast


@pytest.mark.parametrize(
    "base", ["kosis.kr", "ftp://x.example", "http://", "http://a:b@c.example", "http://{KEY}.a"]
)
def test_a_base_that_is_no_address_of_the_web_is_refused(base: str) -> None:
    with pytest.raises(BadInput, match="is no address"):
        address(base, "x")


def test_what_a_user_writes_cannot_become_the_place_of_the_key() -> None:
    assert address("http://a.example", "{KEY}x", "a/b?c") == "http://a.example/%7BKEY%7Dx/a%2Fb%3Fc"


def test_calls_are_no_more_than_are_allowed_in_a_minute() -> None:
    now = [0.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    throttle = Throttle(2, 60, clock=lambda: now[0], sleep=sleep)
    for _ in range(2):
        throttle.wait()
    now[0] = 10.0
    throttle.wait()  # the first call was at 0, so the third is at 60
    throttle.wait()  # the second was at 0 too
    throttle.wait()  # the third was at 60, so the fifth is at 120
    assert waits == [50.0, 60.0]
    assert now[0] == 120.0


def test_requests_from_several_threads_do_not_unmute_each_other(
    server: Server, key: Key, caplog: pytest.LogCaptureFixture
) -> None:
    server.plays(GOOD)
    with caplog.at_level(logging.DEBUG):
        threads = [threading.Thread(target=ask, args=(server, key)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.asked) == 8
    assert hidden_from(caplog.text)


@given(st.binary(max_size=200))
def test_no_reply_sets_off_anything_but_a_fault(body: bytes) -> None:
    with contextlib.suppress(SourceFault):
        read_json(Reply(body), "Office")
