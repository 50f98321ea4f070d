"""``donghaeng source``: over a real socket, with keys that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
import typer

from donghaeng import cli
from donghaeng.cli import source
from donghaeng.sources.observations import read_observations
from donghaeng.sources.sdmx import read_sdmx
from tests.sources.server import SECRET, Server, fixture

from .program import Done, Run, one_line, shell

KOSIS = (
    "source",
    "fetch",
    "kosis",
    "--org",
    "101",
    "--table",
    "DT_1B040A3",
    "--from",
    "2023",
    "--to",
    "2024",
)
SEOUL = (
    "source", "fetch", "seoul", "--service", "districtFacilities", "--unit", "GU", "--value", "CNT=facilities",
    "--all-in", "2024",
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as playing:
        yield playing


@pytest.fixture(autouse=True)
def mounted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The noun on the program, and a cache and keys of the test's own."""
    if all(group.name != "source" for group in cli.app.registered_groups):
        groups = [*cli.app.registered_groups, typer.models.TyperInfo(source.app, name="source")]
        monkeypatch.setattr(cli.app, "registered_groups", groups)
    monkeypatch.setenv("DONGHAENG_SOURCES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DONGHAENG_KOSIS_KEY", SECRET)
    monkeypatch.setenv("DONGHAENG_SEOUL_KEY", SECRET)


def unseen(done: Done) -> Done:
    shown = done.out + done.err
    assert SECRET not in shown
    assert quote(SECRET, safe="") not in shown
    return done


def test_kosis_is_fetched_into_a_file(run: Run, server: Server, tmp_path: Path) -> None:
    server.plays(fixture("kosis/figures.json"))
    out = tmp_path / "figures.csv"
    named = ("--indicator", "DT_1B040A3.T20=population")
    done = unseen(run(*KOSIS, *named, "--base", server.base, "-o", out, "--format", "json"))
    assert done.status == 0
    assert read_observations(out)["value"].to_list() == [1390.5, None, 1380.0, None]
    assert done.json["observations"] == 4
    assert done.json["indicators"] == [
        {
            "indicator": "population", "figures": 2, "missing": 2, "units": 2, "first": "2023",
            "last": "2024", "name": "총인구수", "measured_in": "명",
        }
    ]  # fmt: skip
    (retrieval,) = done.json["retrievals"]
    assert "{KEY}" in retrieval["address"]
    assert retrieval["from_cache"] is False


def test_what_was_fetched_is_there_offline_and_without_a_key(
    run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.plays(fixture("kosis/figures.json"))
    run(*KOSIS, "--base", server.base, "-o", tmp_path / "a.csv")
    monkeypatch.delenv("DONGHAENG_KOSIS_KEY")
    done = run(*KOSIS, "--base", server.base, "-o", tmp_path / "b.csv", "--offline")
    assert done.status == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert len(server.asked) == 1
    other = run(
        *KOSIS,
        "--class",
        "ALL",
        "--class",
        "0",
        "--base",
        server.base,
        "--offline",
        "-o",
        tmp_path / "c.csv",
    )
    assert "was not fetched before" in one_line(other)


def test_a_dash_may_mean_nought(run: Run, server: Server, tmp_path: Path) -> None:
    server.plays(fixture("kosis/figures.json"))
    run(*KOSIS, "--zero", "-", "--base", server.base, "-o", tmp_path / "a.csv")
    assert read_observations(tmp_path / "a.csv")["value"].to_list() == [1390.5, 0.0, 1380.0, None]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_seoul_is_fetched_into_a_file(run: Run, server: Server, tmp_path: Path, lang: str) -> None:
    server.plays(fixture("seoul/INFO-000.json"))
    out = tmp_path / "figures.parquet"
    done = unseen(
        run(*SEOUL, "--only", "GU=종로구", "--base", server.base, "-o", out, "--lang", lang)
    )
    assert done.status == 0
    assert read_observations(out).row(0)[:4] == ("종로구", "2024", "facilities", 1012.0)
    assert {"ko": "관측값 1건", "en": "1 observations written"}[lang] in done.out


def test_seouls_indicators_may_be_named_by_a_field(
    run: Run, server: Server, tmp_path: Path
) -> None:
    server.plays(fixture("seoul/other_root.json"))
    words = (
        "source",
        "fetch",
        "seoul",
        "--service",
        "bikeList",
        "--unit",
        "GU",
        "--indicator",
        "KIND",
    )
    out = tmp_path / "a.csv"
    done = run(*words, "--value", "CNT", "--period", "YEAR", "--base", server.base, "-o", out)
    assert done.status == 0
    assert read_observations(out).row(0)[:4] == ("종로구", "2024", "bikes", 7.0)


@pytest.mark.parametrize(
    ("command", "reply", "told"),
    [(KOSIS, "kosis/error_11.json", "KOSIS: 11: the key has expired"),
     (SEOUL, "seoul/INFO-100.json", "Seoul Open Data: INFO-100: the key is not valid")],
)  # fmt: skip
def test_an_error_with_status_200_is_one_line_and_no_file(
    run: Run, server: Server, tmp_path: Path, command: tuple[str, ...], reply: str, told: str
) -> None:
    server.plays(fixture(reply))
    done = unseen(run(*command, "--base", server.base, "-o", tmp_path / "a.csv"))
    assert told in one_line(done)
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.parametrize("command", [KOSIS, SEOUL])
def test_a_dry_run_shows_the_request_without_key_and_sends_nothing(
    run: Run,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    monkeypatch.delenv("DONGHAENG_KOSIS_KEY")
    monkeypatch.delenv("DONGHAENG_SEOUL_KEY")
    done = run(*command, "--dry-run", "--base", server.base, "-o", tmp_path / "a.csv")
    assert done.out.startswith(f"GET {server.base}/")
    assert "{KEY}" in done.out
    listed = run(*command, "--dry-run", "-o", tmp_path / "a.csv", "--format", "json")
    assert listed.json["request"].startswith(
        ("https://kosis.kr/", "http://openapi.seoul.go.kr:8088/")
    )
    assert server.asked == []
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_read_from_a_file_and_is_no_option(
    run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DONGHAENG_KOSIS_KEY")
    server.plays(fixture("kosis/figures.json"))
    words = (*KOSIS, "--base", server.base, "-o", tmp_path / "a.csv")
    assert "set DONGHAENG_KOSIS_KEY" in one_line(run(*words))
    (tmp_path / "key").write_text(SECRET)
    assert run(*words, "--key-file", tmp_path / "key").status == 0
    assert run(*words, "--key", SECRET).status == 2
    assert "not fetched" not in run(*words, "--offline").err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*KOSIS, "--frequency", "W"), "no frequency 'W'"),
        ((*KOSIS, "--indicator", "a"), "'a' is no new pair"),
        ((*KOSIS, "--latest", "2"), "no span of periods"),
        ((*KOSIS, "--base", "kosis.kr"), "is no address"),
        ((*SEOUL, "--only", "GU="), "is no new pair"),
        ((*SEOUL, "--indicator", "KIND"), "--value: is one field"),
    ],
)
def test_a_wrong_option_is_one_line(
    run: Run, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    assert told in one_line(run(*words, "-o", tmp_path / "a.csv"))


def test_a_file_of_no_known_form_is_refused_before_anything_is_fetched(
    run: Run, server: Server, tmp_path: Path
) -> None:
    done = run(*KOSIS, "--base", server.base, "-o", tmp_path / "a.doc")
    assert "is no table that can be read" in one_line(done)
    assert server.asked == []


# Converting

WIDE = "code,year,LPI,Gas\nAUT,2018,4.1,NA\nBEL,2018,4.097985,-0.5\n"


def test_a_table_goes_through_every_form_and_comes_out_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text(WIDE)
    files = [tmp_path / f"t{number}" for number in range(6)]
    names = [
        file.with_suffix(end)
        for file, end in zip(files, (".csv", ".xlsx", ".parquet", ".xml", ".csv"), strict=False)
    ]
    done = run(
        "source",
        "convert",
        tmp_path / "wide.csv",
        names[0],
        "--unit",
        "code",
        "--period",
        "year",
        "--format",
        "json",
    )
    assert done.json["observations"] == 4
    for before, after in pairwise(names):
        assert run("source", "convert", before, after).status == 0
    assert names[0].read_bytes() == names[-1].read_bytes()
    assert read_sdmx(names[3]).equals(read_observations(names[0]))
    assert read_observations(names[0])["source_cell"].to_list()[0] == "wide.csv!R2:LPI"


def test_a_long_table_with_names_of_its_own_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.csv").write_text('gu,what,n,note\n종로구,x,"1,234",z\n', encoding="cp949")
    columns = [
        word for pair in ("gu=unit", "what=indicator", "n=value") for word in ("--column", pair)
    ]
    more = ("--encoding", "cp949", "--thousands", "--status", "official")
    done = run("source", "convert", tmp_path / "long.csv", tmp_path / "o.csv", *columns, *more)
    assert done.status == 0
    assert (tmp_path / "o.csv").read_text() == (
        "unit,period,indicator,value,lower,upper,status,source_cell\n"
        '종로구,"",x,1234.0,,,official,long.csv!R2:value\n'
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--unit", "cod"), "did you mean 'code'?"),
        ((), "unknown column 'code'"),
        (("--period", "year"), "no column of units"),
        (("--unit", "code", "--period", "year", "--status", "offical"), "did you mean 'official'?"),
    ],
)
def test_a_conversion_that_cannot_be_made_is_one_line_and_no_file(
    run: Run, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "wide.csv").write_text(WIDE)
    assert told in one_line(
        run("source", "convert", tmp_path / "wide.csv", tmp_path / "o.csv", *words)
    )
    assert not (tmp_path / "o.csv").exists()


def test_nothing_heavy_is_loaded_for_another_noun() -> None:
    heavy = "{'polars', 'httpx', 'sdmx', 'openpyxl'}"
    code = f"import sys; import donghaeng.cli.source; print({heavy} & set(sys.modules))"
    assert shell(code=code).stdout.strip() == b"set()"
