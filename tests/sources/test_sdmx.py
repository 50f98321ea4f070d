"""SDMX: what is written is read back equal, and what others write is read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from donghaeng.rules import BadInput
from donghaeng.sources.observations import SCHEMA, ObservationStatus
from donghaeng.sources.sdmx import is_sdmx, read_sdmx, structure_file, write_sdmx
from donghaeng.sources.sdmx_structure import Publication

from .server import FIXTURES

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ROWS: list[tuple[Any, ...]] = [
    ("11110", "2024", "a", 1.5, None, None, "official", "t.csv!R2:a"),
    ("11110", "2024-Q1", "a", 0.1 + 0.2, 0.25, 0.5, "estimated", "t.csv!R3:a"),
    ("11110", "2024-S1", "b", None, None, None, "missing", "t.csv!R4:b"),
    ("11140", "2024-07", "b", -5e-324, None, 0.0, "press", "=x & <y>"),
]


def table(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(BadInput) as raised:
        read_sdmx(path, **options)
    return str(raised.value)


def test_what_is_written_is_read_back_equal(tmp_path: Path) -> None:
    structure = write_sdmx(table(ROWS), tmp_path / "t.xml")
    assert structure == structure_file(tmp_path / "t.xml") == tmp_path / "t.structure.xml"
    assert read_sdmx(tmp_path / "t.xml").equals(table(ROWS))
    structure.unlink()
    assert read_sdmx(tmp_path / "t.xml").equals(table(ROWS))


@settings(max_examples=25)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["종로구", "중구", "A-1", "a b"]), st.sampled_from(["2023", "2024-12"])
        ),
        st.floats(allow_nan=False, allow_infinity=False),
        min_size=1,
    ),
    st.sampled_from([status for status in ObservationStatus if status != "missing"]),
)
def test_any_figure_and_status_is_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory,
    figures: dict[tuple[str, str], float],
    status: ObservationStatus,
) -> None:
    frame = table(
        [(*key, "x", value, None, None, status.value, "c") for key, value in figures.items()]
    )
    path = tmp_path_factory.mktemp("t") / "t.xml"
    write_sdmx(frame, path)
    assert read_sdmx(path).equals(frame)


def test_the_same_table_is_written_in_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        write_sdmx(table(ROWS), tmp_path / name, prepared=NOON)
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    first, second = (structure_file(tmp_path / name) for name in ("a.xml", "b.xml"))
    assert first.read_bytes() == second.read_bytes()


def test_the_file_says_what_the_schema_of_sdmx_asks_for(tmp_path: Path) -> None:
    publication = Publication(agency="SEOUL", flow="INDEX", measure="INDEX", names={"a": "Housing"})
    write_sdmx(table(ROWS), tmp_path / "t.xml", publication, prepared=NOON)
    root = etree.parse(tmp_path / "t.xml").getroot()
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=SEOUL:DSD_INDEX(1.0)"
    said = root.find("{*}Header/{*}Structure")
    assert said.attrib["dimensionAtObservation"] == "AllDimensions"
    assert said.attrib["namespace"] == f"{urn}:ObsLevelDim:AllDimensions" == root.nsmap["of"]
    held = root.find("{*}DataSet")
    space = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific}"
    assert held.attrib[f"{space}dataScope"] == "DataStructure"
    assert held.attrib[f"{space}structureRef"] == said.attrib["structureID"] == "DSD_INDEX"
    assert dict(held[1].attrib) == {
        "REF_AREA": "11110",
        "INDICATOR": "a",
        "MEASURE": "INDEX",
        "TIME_PERIOD": "2024-Q1",
        "OBS_VALUE": "0.30000000000000004",
        "OBS_STATUS": "E",
        "FIGURE_STATUS": "estimated",
        "LOWER": "0.25",
        "UPPER": "0.5",
        "SOURCE_CELL": "t.csv!R3:a",
    }
    assert [row.attrib["OBS_STATUS"] for row in held] == ["A", "E", "O", "V"]
    assert "OBS_VALUE" not in held[2].attrib


def test_the_structure_names_dimensions_attributes_and_codes(tmp_path: Path) -> None:
    publication = Publication(names={"a": "Housing"})
    root = etree.parse(write_sdmx(table(ROWS), tmp_path / "t.xml", publication)).getroot()

    def ids(tag: str) -> list[str]:
        return [part.attrib["id"] for part in root.iter(f"{{*}}{tag}") if "id" in part.attrib]

    assert ids("Dimension") == ["REF_AREA", "INDICATOR", "MEASURE"]
    assert ids("TimeDimension") == ["TIME_PERIOD"]
    assert ids("PrimaryMeasure") == ["OBS_VALUE"]
    assert ids("Attribute") == ["OBS_STATUS", "FIGURE_STATUS", "LOWER", "UPPER", "SOURCE_CELL"]
    lists = {
        codes.attrib["id"]: {c.attrib["id"]: c.find("{*}Name").text for c in codes.iter("{*}Code")}
        for codes in root.iter("{*}Codelist")
    }
    assert lists["CL_INDICATOR"] == {"a": "Housing", "b": "b"}
    assert lists["CL_REF_AREA"] == {"11110": "11110", "11140": "11140"}
    for part in root.iter("{*}Codelist", "{*}DataStructure", "{*}Dataflow", "{*}ConceptScheme"):
        assert part.attrib["isFinal"] == "true"


def test_a_figure_without_a_period_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="SDMX needs one for each"):
        write_sdmx(table([("a", "", "b", 1.0, None, None, "press", "c")]), tmp_path / "t.xml")
    with pytest.raises(BadInput, match="write CSV"):
        write_sdmx(table([("a\0", "2024", "b", 1.0, None, None, "press", "c")]), tmp_path / "t.xml")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_sdmx_does_not_allow_is_refused() -> None:
    with pytest.raises(BadInput, match="'서울' is no id of SDMX"):
        Publication(agency="서울")


# What others write


def test_sdmx_json_is_read() -> None:
    found = read_sdmx(FIXTURES / "sdmx/data.json")
    assert found.drop("lower", "upper").rows() == [
        ("AT", "2024-Q1", "rate", 1.5, "official", "data.json!AT.2024-Q1.rate"),
        ("AT", "2024-Q2", "rate", 2.25, "provisional", "data.json!AT.2024-Q2.rate"),
        ("BE", "2024-Q1", "rate", 3.0, "official", "data.json!BE.2024-Q1.rate"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "DATAFLOW,REF_AREA,SEX,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
        "A:F(1.0),AT,T,rate,2024-M07,1.5,E\nA:F(1.0),AT,F,rate,2024-M07,7,A\nA:F(1.0),BE,T,rate,2024-A1,,A\n",
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,SEX,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
        "dataflow,A:F(1.0),I,AT,T,rate,2024-07,1.5,E\ndataflow,A:F(1.0),I,AT,F,rate,2024-07,7,A\n"
        "dataflow,A:F(1.0),I,BE,T,rate,2024,,A\n",
        "DATAFLOW,REF_AREA: Area,SEX: Sex,INDICATOR: Indicator,TIME_PERIOD: Time,OBS_VALUE,OBS_STATUS\n"
        "A:F(1.0): X,AT: Austria,T: Total,rate: R: r,2024-07: x,1.5,E\nA:F(1.0),AT,F,rate,2024-07,7,A\n"
        "A:F(1.0),BE,T,rate,2024,,A\n",
    ],
    ids=["1.0", "2.0", "1.0 with names"],
)
def test_sdmx_csv_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    assert is_sdmx(path)
    assert read_sdmx(path, only={"SEX": "T"}).drop("lower", "upper", "source_cell").rows() == [
        ("AT", "2024-07", "rate", 1.5, "estimated"),
        ("BE", "2024", "rate", None, "missing"),
    ]
    both = read_sdmx(path, indicator=["INDICATOR", "SEX"])
    assert both["indicator"].to_list() == ["rate.T", "rate.F", "rate.T"]


def test_generic_data_are_read(tmp_path: Path) -> None:
    import sdmx
    from sdmx.message import DataMessage, Header
    from sdmx.model import common, v21

    described = v21.DataStructureDefinition(id="D", maintainer=common.Agency(id="A"), version="1.0")
    for order, name in enumerate(("REF_AREA", "INDICATOR", "TIME_PERIOD"), start=1):
        described.dimensions.append(v21.Dimension(id=name, order=order))
    described.measures.append(v21.PrimaryMeasure(id="OBS_VALUE"))
    data = v21.GenericDataSet(structured_by=described)
    key = described.make_key(v21.Key, {"REF_AREA": "AT", "INDICATOR": "r", "TIME_PERIOD": "2024"})
    data.add_obs([v21.Observation(dimension=key, value=1.5, value_for=described.measures[0])])
    message = DataMessage(
        header=Header(id="x", prepared=NOON),
        data=[data],
        observation_dimension=common.AllDimensions,
    )
    (tmp_path / "g.xml").write_bytes(sdmx.to_xml(message))
    assert read_sdmx(tmp_path / "g.xml").row(0)[:4] == ("AT", "2024", "r", 1.5)


def test_a_dimension_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_sdmx(table(ROWS), tmp_path / "t.xml")
    assert "no column 'REF_ARE' (did you mean 'REF_AREA'?)" in refused(
        tmp_path / "t.xml", unit="REF_ARE"
    )
    assert "no column 'SEX'" in refused(tmp_path / "t.xml", only={"SEX": "T"})


def test_a_file_that_is_none_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    structure = write_sdmx(table(ROWS), tmp_path / "t.xml")
    whole = (tmp_path / "t.xml").read_bytes()
    (tmp_path / "half.xml").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "page.xml").write_bytes(b"<html><body>x</body></html>")
    (tmp_path / "text.xml").write_bytes(b"no XML")
    (tmp_path / "list.json").write_bytes(b"[1, 2]")
    for name in ("half.xml", "page.xml", "text.xml", "list.json"):
        assert refused(tmp_path / name).startswith(f"{name}: is damaged, or no SDMX")
    assert "holds no data" in refused(structure)
    assert refused(tmp_path / "no.xml") == "no.xml: No such file or directory"
    assert capsys.readouterr() == ("", "")


def test_a_file_with_entities_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "t.xml").write_text(
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', encoding="utf-8"
    )
    assert "declares entities" in refused(tmp_path / "t.xml")


def test_rows_to_be_deleted_are_no_figures(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\ndataflow,A:F(1),D,AT,r,2024,1\n"
    )
    assert "ACTION D" in refused(tmp_path / "t.csv")


def test_a_plain_table_is_not_taken_for_sdmx(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("STRUCTURES,unit\n1,2\n")
    assert not is_sdmx(tmp_path / "t.csv")
    assert "is no SDMX-CSV" in refused(tmp_path / "t.csv")
