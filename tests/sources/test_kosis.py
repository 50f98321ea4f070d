"""KOSIS over a real socket: figures become observations, and each of its codes is told with its remedy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from donghaeng.rules import BadInput
from donghaeng.sources.faults import SourceFault
from donghaeng.sources.fetching import Fetcher
from donghaeng.sources.keys import Key
from donghaeng.sources.kosis import MARKS, Kosis, MetaKind, kosis_fetcher
from donghaeng.sources.kosis_codes import CODES
from donghaeng.sources.kosis_table import KosisTable
from donghaeng.sources.number_text import NumberMarks
from donghaeng.sources.periods import Frequency

from .server import FIXTURES, SECRET, Played, Server, fixture

TABLE = KosisTable("101", "DT_1B040A3", first="2023", last="2024")
FIGURES: list[dict[str, Any]] = json.loads((FIXTURES / "kosis/figures.json").read_text("utf-8"))


@pytest.fixture
def kosis(server: Server, key: Key) -> Iterator[Kosis]:
    with Fetcher("KOSIS", key, sleep=lambda seconds: None) as fetcher:
        yield Kosis(fetcher, server.base)


def rows(*changes: dict[str, Any]) -> Played:
    return Played(json.dumps([{**FIGURES[0], **change} for change in changes]).encode())


def refused(kosis: Kosis, asked: KosisTable = TABLE, **options: Any) -> BadInput:
    with pytest.raises(BadInput) as raised:
        kosis.figures(asked, **options)
    assert SECRET not in str(raised.value)
    return raised.value


def test_a_request_asks_what_is_documented(server: Server, kosis: Kosis) -> None:
    server.plays(fixture("kosis/quarters.json"))
    asked = KosisTable(
        "101", "DT_1B040A3", items=("T20", "T21"), classes=(("11110",), ("0", "1")),
        frequency=Frequency.QUARTER, first="2024-Q1", last="2024-Q2",
    )  # fmt: skip
    kosis.figures(asked)
    url = urlsplit(server.asked[0])
    assert url.path == "/Param/statisticsParameterData.do"
    assert parse_qs(url.query) == {
        "method": ["getList"],
        "apiKey": [SECRET],
        "format": ["json"],
        "jsonVD": ["Y"],
        "orgId": ["101"],
        "tblId": ["DT_1B040A3"],
        "itmId": [
            "T20 T21"
        ],  # T20+T21 in the address, as the portal's maker of addresses writes it
        "objL1": ["11110"],
        "objL2": ["0 1"],
        "prdSe": ["Q"],
        "startPrdDe": ["202401"],
        "endPrdDe": ["202402"],
    }


def test_figures_become_observations(server: Server, kosis: Kosis) -> None:
    server.plays(fixture("kosis/figures.json"))
    found = kosis.figures(TABLE)
    cell = "KOSIS:101/DT_1B040A3/T20"
    assert found.observations.drop("lower", "upper").rows() == [
        ("11110", "2023", "DT_1B040A3.T20", 1390.5, "official", f"{cell}/11110/2023"),
        ("11140", "2023", "DT_1B040A3.T20", None, "missing", f"{cell}/11140/2023"),
        ("11110", "2024", "DT_1B040A3.T20", 1380.0, "official", f"{cell}/11110/2024"),
        ("11140", "2024", "DT_1B040A3.T20", None, "missing", f"{cell}/11140/2024"),
    ]
    assert found.units.rows() == [("11110", "종로구"), ("11140", "중구")]
    assert found.indicators.rows() == [
        ("DT_1B040A3.T20", "총인구수", "명")
    ]  # UNIT_NM lacks in a row
    (retrieval,) = found.retrievals
    assert "apiKey={KEY}" in retrieval.address


def test_quarters_have_a_second_classification_in_their_indicator(
    server: Server, kosis: Kosis
) -> None:
    server.plays(fixture("kosis/quarters.json"))
    asked = KosisTable(
        "101", "DT_1B040A3", classes=(("ALL",), ("0",)), frequency=Frequency.QUARTER, latest=2
    )
    found = kosis.figures(asked, indicators={"DT_1B040A3.T20.0": "population"}).observations
    assert found.select("period", "indicator", "value").rows() == [
        ("2024-Q1", "population", None),
        ("2024-Q2", "population", 7.0),
    ]
    assert found["source_cell"][1] == "KOSIS:101/DT_1B040A3/T20/11110/0/2024-Q2"
    by_second = kosis.figures(asked, unit_class=2).observations
    assert by_second.row(1)[:3] == ("0", "2024-Q2", "DT_1B040A3.T20.11110")


def test_names_without_quotation_marks_are_read_and_texts_are_left_as_they_are(
    server: Server, kosis: Kosis
) -> None:
    server.plays(fixture("kosis/unquoted.txt"))
    found = kosis.figures(TABLE)
    assert found.observations["value"].to_list() == [1380.0]
    assert found.indicators["name"].to_list() == ['총인구수, note: "a: b"']
    assert found.indicators["measured_in"].to_list() == [""]


def test_a_dash_is_nought_where_that_is_said(server: Server, kosis: Kosis) -> None:
    server.plays(fixture("kosis/figures.json"))
    marks = NumberMarks(missing=MARKS.missing - {"-"}, zero=frozenset({"-"}), thousands=True)
    assert kosis.figures(TABLE, marks=marks).observations["value"].to_list() == [
        1390.5,
        0.0,
        1380.0,
        None,
    ]


# Codes


def test_there_is_a_reply_for_each_code() -> None:
    files = {file.stem.removeprefix("error_") for file in (FIXTURES / "kosis").glob("error_*")}
    assert files == set(CODES) == {"10", "11", "20", "21", "30", "31", "40", "41", "42", "50"}


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_told_with_the_words_of_the_office_and_a_remedy(
    server: Server, kosis: Kosis, code: str
) -> None:
    server.plays(fixture(f"kosis/error_{code}.json"))
    fault = refused(kosis, KosisTable("101", "DT_1B040A3", latest=1))
    assert isinstance(fault, SourceFault)
    assert fault.code == code
    assert str(fault).startswith(f"KOSIS: {code}: ")
    assert fault.remedy
    if code not in ("31", "41"):
        said = json.loads((FIXTURES / f"kosis/error_{code}.json").read_text("utf-8"))["errMsg"]
        assert said in str(fault)
    assert len(server.asked) == {"50": 4, "31": 2, "41": 2}.get(code, 1)


@pytest.mark.parametrize(
    "body",
    [b'{"errCode":"11","errMsg":"x"}', b'{err:"11",errMsg:"x"}', b"<error><err>11</err></error>"],
)
def test_a_code_is_found_in_every_form_of_the_envelope(
    server: Server, kosis: Kosis, body: bytes
) -> None:
    server.plays(Played(body))
    assert getattr(refused(kosis), "code", "") == "11"


@pytest.mark.parametrize("body", [b'{"err":"99"}', b'{"a":"b"}', b'"text"', b"[1]", b"[[]]"])
def test_what_is_not_documented_is_said_to_be_so(server: Server, kosis: Kosis, body: bytes) -> None:
    server.plays(Played(body))
    assert "document" in str(refused(kosis))


def test_a_server_that_failed_once_is_asked_again(server: Server, kosis: Kosis) -> None:
    server.plays(fixture("kosis/error_50.json"), fixture("kosis/figures.json"))
    assert kosis.figures(TABLE).observations.height == 4


# Too much at once


def too_many_over(most: int) -> Any:
    """A server that gives one row for each district and year, and at most ``most`` of them."""

    def reply(path: str) -> Played:
        query = parse_qs(urlsplit(path).query)
        if "getMeta" in query["method"]:
            return fixture("kosis/meta_items.json")
        years = range(int(query["startPrdDe"][0]), int(query["endPrdDe"][0]) + 1)
        if len(years) * 2 > most:
            return fixture("kosis/error_31.json")
        if max(years) < 2012:
            return fixture("kosis/error_30.json")
        return rows(
            *({"PRD_DE": f"{year}", "C1": unit} for year in years for unit in ("11110", "11140"))
        )

    return reply


def test_a_question_that_is_too_large_is_put_in_parts(server: Server, kosis: Kosis) -> None:
    server.decides(too_many_over(6))
    found = kosis.figures(KosisTable("101", "DT_1B040A3", first="2010", last="2020"))
    assert found.observations["period"].unique().sort().to_list() == [
        f"{year}" for year in range(2012, 2021)
    ]
    assert found.observations.height == 9 * 2
    # 2010-2020 → 2010-14 | 2015-20 → 2010-11 | 2012-14, 2015-17 | 2018-20; 2010-11 holds nothing
    assert len(found.retrievals) == 3
    assert len(server.asked) == 3 + 4


def test_where_even_one_period_is_too_large_the_count_is_told(server: Server, kosis: Kosis) -> None:
    server.decides(too_many_over(1))
    message = str(refused(kosis))
    assert "up to 12 cells for each period" in message  # 3 items × 4 districts
    assert "2023" in message
    assert "a call gives 40,000" in message
    assert "up to 4 cells" in str(
        refused(kosis, KosisTable("101", "DT_1B040A3", items=("T20",), first="2023", last="2023"))
    )


def test_where_no_part_has_figures_there_are_none(server: Server, kosis: Kosis) -> None:
    server.decides(too_many_over(4))
    fault = refused(kosis, KosisTable("101", "DT_1B040A3", first="2001", last="2009"))
    assert getattr(fault, "code", "") == "30"


# What a reply may not be


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (rows({}, {}), "stands twice: KOSIS:101/DT_1B040A3/T20/11110/2023 and KOSIS:101/"),
        (
            rows({"DT": "1,39"}),
            "KOSIS: KOSIS:101/DT_1B040A3/T20/11110/2023: '1,39' is not a number",
        ),
        (rows({"DT": "1390 p"}), "'1390 p' is not a number"),
        (rows({"C1": None}), "a row has no C1"),
        (rows({}, {"PRD_DE": "2023.1.1"}), "is no period of frequency Y"),
        (rows({"PRD_SE": "M"}), "sent 101/DT_1B040A3/M for 101/DT_1B040A3/Y"),
        (rows({"TBL_ID": "DT_OTHER"}), "sent 101/DT_OTHER/Y"),
        (rows({}, {"C1": "11140", "UNIT_NM": "천명"}), "is in 명 and in 천명"),
        (Played(b"[]"), "a row has no ORG_ID"),
    ],
)
def test_a_reply_that_is_not_right_is_told(
    server: Server, kosis: Kosis, reply: Played, told: str
) -> None:
    server.plays(reply)
    assert told in str(refused(kosis))


def test_a_figure_may_be_absent_from_its_row(server: Server, kosis: Kosis) -> None:
    server.plays(rows({"DT": None}))
    assert kosis.figures(TABLE).observations["status"].to_list() == ["missing"]


def test_a_name_for_an_indicator_that_does_not_occur_is_told(server: Server, kosis: Kosis) -> None:
    server.plays(fixture("kosis/figures.json"))
    fault = refused(kosis, indicators={"DT_1B040A3.T2": "population"})
    assert "did you mean 'DT_1B040A3.T20'?" in str(fault)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ({"table": "DT 1"}, "is no code"),
        ({"items": ("{KEY}",)}, "is no code"),
        ({"items": ()}, "no items or classes"),
        ({"classes": (("ALL",),) * 9}, "more than eight"),
        ({"latest": 3}, "no span of periods"),
        ({"first": "", "last": ""}, "no span of periods"),
        ({"first": "2025"}, "2025 is after 2024"),
        ({"first": "2023-01"}, "'2023-01' is no period of frequency Y"),
        ({"frequency": Frequency.MONTH}, "'2023' is no period of frequency M"),
    ],
)
def test_a_question_that_is_none_is_refused_before_it_is_asked(
    question: dict[str, Any], told: str
) -> None:
    usual: dict[str, Any] = {"org": "101", "table": "DT_1", "first": "2023", "last": "2024"}
    with pytest.raises(BadInput, match=told):
        KosisTable(**{**usual, **question})


def test_a_unit_is_one_of_the_classifications(kosis: Kosis) -> None:
    assert "no classification 2 (1 to 1)" in str(refused(kosis, unit_class=2))


# Finding a table


def test_tables_are_searched_listed_and_described(server: Server, kosis: Kosis) -> None:
    server.plays(fixture("kosis/search.json"))
    assert kosis.search("인구")["TBL_ID"].to_list() == ["DT_1B040A3"]
    assert "searchNm=%EC%9D%B8%EA%B5%AC" in server.asked[-1]
    kosis.catalogue("A")
    assert server.asked[-1].startswith("/statisticsList.do?")
    kosis.meta("101", "DT_1B040A3", MetaKind.TABLE)
    assert "method=getMeta&type=TBL" in server.asked[-1]


def test_calls_are_counted_by_the_minute(key: Key, tmp_path: Path) -> None:
    with kosis_fetcher(key) as fetcher:
        assert fetcher.throttle is not None
        assert (fetcher.throttle.calls, fetcher.throttle.seconds) == (1_000, 60.0)
