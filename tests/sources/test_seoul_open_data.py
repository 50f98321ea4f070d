"""Seoul's open data over a real socket: all pages of a service, and each of its codes with its remedy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from donghaeng.rules import BadInput
from donghaeng.sources.faults import SourceFault
from donghaeng.sources.fetching import Fetcher
from donghaeng.sources.keys import Key
from donghaeng.sources.periods import Frequency
from donghaeng.sources.seoul_open_data import CODES, RowMapping, SeoulOpenData

from .server import FIXTURES, SECRET, Played, Server, fixture

NAME = "districtFacilities"
MAPPING = RowMapping("GU", values={"CNT": "facilities", "AREA": "area"}, all_in="2024")
IN_PATH = quote(SECRET, safe="")


@pytest.fixture
def portal(server: Server, key: Key) -> Iterator[SeoulOpenData]:
    with Fetcher("Seoul Open Data", key, sleep=lambda seconds: None) as fetcher:
        yield SeoulOpenData(fetcher, server.base)


def page(rows: list[dict[str, Any]], total: int) -> Played:
    result = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}
    body = {NAME: {"list_total_count": total, "RESULT": result, "row": rows}}
    return Played(json.dumps(body, ensure_ascii=False).encode())


def refused(portal: SeoulOpenData, mapping: RowMapping = MAPPING, *arguments: str) -> BadInput:
    with pytest.raises(BadInput) as raised:
        portal.figures(NAME, mapping, *arguments)
    assert SECRET not in str(raised.value)
    assert IN_PATH not in str(raised.value)
    return raised.value


def test_rows_become_observations(server: Server, portal: SeoulOpenData) -> None:
    server.plays(fixture("seoul/INFO-000.json"))
    found = portal.figures(NAME, MAPPING, "2024")
    assert found.observations.drop("lower", "upper").rows() == [
        ("합계", "2024", "facilities", 12.0, "official", f"Seoul:{NAME}/2024/R1:CNT"),
        ("종로구", "2024", "facilities", 1012.0, "official", f"Seoul:{NAME}/2024/R2:CNT"),
        ("중구", "2024", "facilities", None, "missing", f"Seoul:{NAME}/2024/R3:CNT"),
        ("합계", "2024", "area", 3.5, "official", f"Seoul:{NAME}/2024/R1:AREA"),
        ("종로구", "2024", "area", 1.25, "official", f"Seoul:{NAME}/2024/R2:AREA"),
        ("중구", "2024", "area", 0.0, "official", f"Seoul:{NAME}/2024/R3:AREA"),
    ]
    assert server.asked == [f"/{IN_PATH}/json/{NAME}/1/1000/2024"]
    assert found.retrievals[0].address == f"{server.base}/{{KEY}}/json/{NAME}/1/1000/2024"


def test_the_envelope_may_bear_another_name_and_a_field_name_the_indicator(
    server: Server, portal: SeoulOpenData
) -> None:
    server.plays(fixture("seoul/other_root.json"))
    mapping = RowMapping("GU", indicator="KIND", value="CNT", period="YEAR")
    found = portal.figures("bikeList", mapping).observations
    assert found.row(0)[:4] == ("종로구", "2024", "bikes", 7.0)


def test_rows_are_chosen_and_months_are_read(server: Server, portal: SeoulOpenData) -> None:
    server.plays(fixture("seoul/INFO-000.json"))
    mapping = RowMapping(
        "GU", values={"CNT": "n"}, period="YM", frequency=Frequency.MONTH, only={"GU": "종로구"}
    )
    found = portal.figures(NAME, mapping).observations
    assert found.select("unit", "period", "value", "source_cell").rows() == [
        ("종로구", "2024-07", 1012.0, f"Seoul:{NAME}/R2:CNT")
    ]


def test_all_pages_are_read(server: Server, portal: SeoulOpenData) -> None:
    everything = [{"GU": f"u{number}", "CNT": number, "AREA": 0} for number in range(2_345)]

    def reply(path: str) -> Played:
        first, last = (int(part) for part in path.split("/")[4:6])
        return page(everything[first - 1 : last], len(everything))

    server.decides(reply)
    found, retrievals = portal.rows(NAME)
    assert found["CNT"].to_list() == [str(number) for number in range(2_345)]
    assert [path.split(NAME)[1] for path in server.asked] == ["/1/1000", "/1001/2000", "/2001/3000"]
    assert len(retrievals) == 3


ROW = {"GU": "a", "CNT": 1, "AREA": 1}


@pytest.mark.parametrize(
    "second",
    [
        page([ROW] * 5, 1_005),
        page([ROW] * 3, 1_004),
        page([], 1_004),
        fixture("seoul/INFO-200.json"),
    ],
)
def test_data_that_change_while_they_are_read_are_refused(
    server: Server, portal: SeoulOpenData, second: Played
) -> None:
    server.plays(page([ROW] * 1_000, 1_004), second)
    fault = refused(portal)
    assert getattr(fault, "code", "") == "changed"
    assert "the data changed while they were read" in str(fault)


# Codes


def test_there_is_a_reply_for_each_code() -> None:
    files = {file.stem for file in (FIXTURES / "seoul").glob("*-*.json")}
    assert files == set(CODES)
    numbers = "300 301 310 331 332 333 334 335 336 500 600 601"
    assert files == {"INFO-000", "INFO-100", "INFO-200", *(f"ERROR-{n}" for n in numbers.split())}


@pytest.mark.parametrize("code", [code for code in CODES if code not in ("INFO-000", "INFO-200")])
def test_each_code_is_told_with_the_words_of_the_portal_and_a_remedy(
    server: Server, portal: SeoulOpenData, code: str
) -> None:
    server.plays(fixture(f"seoul/{code}.json"))
    fault = refused(portal)
    assert isinstance(fault, SourceFault)
    assert fault.code == code
    said = json.loads((FIXTURES / f"seoul/{code}.json").read_text("utf-8"))["RESULT"]["MESSAGE"]
    assert " ".join(said.split()) in str(fault)
    assert fault.remedy
    assert len(server.asked) == (4 if code in ("ERROR-500", "ERROR-600") else 1)


def test_no_data_is_an_empty_table_and_no_error(server: Server, portal: SeoulOpenData) -> None:
    server.plays(fixture("seoul/INFO-200.json"))
    found = portal.figures(NAME, MAPPING)
    assert found.observations.height == 0
    assert found.observations.columns[:3] == ["unit", "period", "indicator"]
    assert found.observations.schema["value"].is_float()


def test_a_code_is_found_in_xml_too(server: Server, portal: SeoulOpenData) -> None:
    server.plays(fixture("seoul/bad_key.xml"))
    assert getattr(refused(portal), "code", "") == "INFO-100"


def test_a_code_inside_the_envelope_of_the_service_is_found(
    server: Server, portal: SeoulOpenData
) -> None:
    server.plays(Played(json.dumps({NAME: {"RESULT": {"CODE": "ERROR-300"}}}).encode()))
    assert getattr(refused(portal), "code", "") == "ERROR-300"


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"RESULT": {"CODE": "INFO-999"}}', b'{"a": {"list_total_count": 1}}']
)
def test_what_is_not_documented_is_said_to_be_so(
    server: Server, portal: SeoulOpenData, body: bytes
) -> None:
    server.plays(Played(body))
    assert "document" in str(refused(portal))


def test_real_time_data_have_another_form(server: Server, portal: SeoulOpenData) -> None:
    server.plays(fixture("seoul/real_time.json"))
    assert "real-time" in str(refused(portal))


# Mappings


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        (RowMapping("GUU", values={"CNT": "n"}), "no column 'GUU' (did you mean 'GU'?)"),
        (RowMapping("GU", values={"YM": "n", "GU": "m"}), "R1:GU: '합계' is not a number"),
        (
            RowMapping("GU", values={"CNT": "n"}, only={"GU": "종로"}),
            "no row has '종로' (it has 합계",
        ),
        (RowMapping("GU", values={"CNT": "n"}, period="GU"), "R1:GU: '합계' is no period"),
        (
            RowMapping("GU", values={"CNT": "n"}, period="YM"),
            "'202407' is no period of frequency Y",
        ),
        (RowMapping("YM", values={"CNT": "n"}), "stands twice"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(
    server: Server, portal: SeoulOpenData, mapping: RowMapping, told: str
) -> None:
    server.plays(fixture("seoul/INFO-000.json"))
    assert told in str(refused(portal, mapping))


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"values": {}},
        {"indicator": "KIND", "value": "CNT"},
        {"values": {}, "indicator": "KIND"},
        {"period": "YEAR", "all_in": "2024"},
        {"all_in": "July"},
    ],
)
def test_a_mapping_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        RowMapping(**{"unit": "GU", "values": {"CNT": "n"}, **wrong})


def test_a_service_without_a_name_is_not_asked_for(server: Server, portal: SeoulOpenData) -> None:
    with pytest.raises(BadInput):
        portal.rows("")
    with pytest.raises(BadInput):
        portal.rows(NAME, "")
    assert server.asked == []
