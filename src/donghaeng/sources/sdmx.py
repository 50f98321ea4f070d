"""Observations from SDMX, and as SDMX, the form in which statistical offices exchange figures.

Read are SDMX-ML 2.1 and 3.0, SDMX-JSON and SDMX-CSV; written is SDMX-ML 2.1, structure-specific data and
their structure in a second file. What is written here and read again is equal.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from donghaeng.rules.faults import BadInput

from .number_text import read_numbers
from .observations import CELL, ObservationStatus, check_observations
from .sdmx_structure import ATTRIBUTES, OBS_STATUS, VALUE, Publication, structure_of
from .table_files import Table, read_table
from .whole_files import write_whole

# Names under which offices hold the area, and what OBS_STATUS says where our own word is not there.
AREAS = ("REF_AREA", "GEO", "geo", "LOCATION")
STATUS_OF = {
    "E": ObservationStatus.ESTIMATED,
    "P": ObservationStatus.PROVISIONAL,
    "V": ObservationStatus.UNVERIFIED,
}
_SS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def structure_file(path: Path) -> Path:
    """Where the structure of the data in ``path`` stands: ``a.xml`` has ``a.structure.xml`` beside it."""
    return path.with_name(f"{path.stem}.structure.xml")


def is_sdmx(path: Path) -> bool:
    """Whether a file is to be read as SDMX: XML, JSON, or CSV that begins as SDMX-CSV does."""
    if path.suffix.lower() in (".xml", ".json"):
        return True
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.read(200).removeprefix(b"\xef\xbb\xbf").lstrip(b'"')
    return first.startswith((b"DATAFLOW", b"STRUCTURE,", b'STRUCTURE",', b"STRUCTURE["))


def write_sdmx(
    frame: pl.DataFrame,
    path: str | Path,
    publication: Publication | None = None,
    *,
    prepared: datetime | None = None,
) -> Path:
    """Write observations as SDMX-ML 2.1, and their structure beside it; give the structure's file.

    Args:
        publication: agency, dataflow, measure and names.
        prepared: the moment in the header; now, where none is named.

    Raises:
        BadInput: where the table is not right, or a figure has no period, without which SDMX has no key.
    """
    import sdmx
    from sdmx.message import Header
    from sdmx.model import common

    path, publication = Path(path), publication or Publication()
    frame = check_observations(frame, path.name)
    if (frame["period"] == "").any():
        raise BadInput("a figure has no period", file=path.name, remedy="SDMX needs one for each")
    structure = structure_of(frame, publication)
    header = Header(
        id=publication.flow,
        prepared=(prepared or datetime.now(UTC)).replace(microsecond=0),
        sender=common.Agency(id=publication.agency),
        test=False,
    )
    structure.header = header
    try:
        data = _data_xml(frame, structure, header, publication)
    except ValueError as error:  # a sign that no XML may hold
        raise BadInput(str(error), file=path.name, remedy="write CSV") from None
    write_whole(structure_file(path), sdmx.to_xml(structure, pretty_print=True))
    write_whole(path, data)
    return structure_file(path)


def _data_xml(frame: pl.DataFrame, structure: Any, header: Any, publication: Publication) -> bytes:
    import sdmx
    from lxml import etree
    from sdmx.message import DataMessage
    from sdmx.model import v21

    flow = structure.dataflow[publication.flow]
    described = flow.structure
    data = v21.StructureSpecificDataSet(structured_by=described)
    data.add_obs([_observation(row, described, publication) for row in frame.iter_rows(named=True)])
    message = DataMessage(header=header, data=[data], dataflow=flow)
    root = etree.fromstring(sdmx.to_xml(message))
    # What the schema of SDMX 2.1 asks for beyond what sdmx1 writes.
    space = f"{_urn(described)}:ObsLevelDim:AllDimensions"
    for said in root.iter("{*}Header"):
        for reference in said.findall("{*}Structure"):
            reference.attrib["structureID"] = described.id
            reference.attrib["namespace"] = space
            reference.attrib["dimensionAtObservation"] = "AllDimensions"
    for held in root.iter("{*}DataSet"):
        held.attrib.pop("structureRef", None)
        held.attrib[f"{{{_SS}}}dataScope"] = "DataStructure"
        held.attrib[f"{{{_SS}}}structureRef"] = described.id
        held.attrib[f"{{{_XSI}}}type"] = "of:DataSetType"
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    opening = b"<mes:StructureSpecificData "
    return written.replace(opening, opening + f'xmlns:of="{space}" '.encode(), 1)


def _urn(described: Any) -> str:
    name = f"{described.maintainer.id}:{described.id}({described.version})"
    return f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={name}"


def _observation(row: Mapping[str, Any], described: Any, publication: Publication) -> Any:
    from sdmx.model import common, v21

    key = {
        "REF_AREA": row["unit"],
        "INDICATOR": row["indicator"],
        "MEASURE": publication.measure,
        "TIME_PERIOD": row["period"],
    }
    said = {
        "OBS_STATUS": OBS_STATUS[ObservationStatus(row["status"])],
        "FIGURE_STATUS": row["status"],
        "LOWER": row["lower"],
        "UPPER": row["upper"],
        "SOURCE_CELL": row["source_cell"],
    }
    return v21.Observation(
        dimension=described.make_key(common.Key, key),
        value=row["value"],
        value_for=described.measures[0],
        attached_attribute={
            name: common.AttributeValue(value=str(value), value_for=described.attributes.get(name))
            for name, value in said.items()
            if value is not None
        },
    )


def read_sdmx(
    path: str | Path,
    *,
    structure: str | Path | None = None,
    unit: str = "",
    indicator: Sequence[str] = (),
    only: Mapping[str, str] | None = None,
    status: ObservationStatus = ObservationStatus.OFFICIAL,
) -> pl.DataFrame:
    """The observations in an SDMX file.

    Args:
        structure: file of the data structure; the one beside ``path`` where there is one.
        unit: dimension of the area; ``REF_AREA`` or ``GEO`` where none is named.
        indicator: dimensions that together are the indicator, joined by a point; ``INDICATOR`` where
            none is named.
        only: codes of further dimensions, of which only these are read.
        status: of a figure of which the file does not say that it is estimated, provisional or missing.

    Raises:
        BadInput: for a file that is damaged or no SDMX, a dimension that is not there, a period or
            value in no known form, and whatever :func:`check_observations` finds.
    """
    path = Path(path)
    if path.suffix.lower() == ".csv":
        table = _csv_cells(path)
    else:
        beside = structure_file(path)
        named = Path(structure) if structure else beside if beside.is_file() else None
        table = _message_cells(path, named)
    frame = table.frame
    unit = unit or next((name for name in AREAS if name in frame.columns), AREAS[0])
    joined = tuple(indicator) or ("INDICATOR",)
    only = only or {}
    table.require([unit, *joined, "TIME_PERIOD", VALUE, *only])
    for name, code in only.items():
        frame = frame.filter(pl.col(name) == code)
    return check_observations(_long(frame, path.name, unit, joined, status), path.name)


def _long(
    frame: pl.DataFrame, file: str, unit: str, joined: Sequence[str], status: ObservationStatus
) -> pl.DataFrame:
    frame = frame.with_columns(
        pl.col(unit).alias("unit"),
        # 2024-A1 and 2024-M07 are the same periods in SDMX's form for reporting years.
        pl.col("TIME_PERIOD").str.replace(r"-A1$", "").str.replace(r"-M(\d\d)$", "-$1").alias("period"),
        pl.concat_str(joined, separator=".").alias("indicator"),
    )  # fmt: skip
    keys = frame.select(pl.format("{}!" + ".".join(["{}"] * 3), pl.lit(file), *CELL)).to_series()
    texts = {name: _column(frame, name) for name in (VALUE, *ATTRIBUTES)}
    figures = {
        name: read_numbers(texts[name], lambda row: (file, f"{keys[row]}"))
        for name in (VALUE, "LOWER", "UPPER")
    }
    return frame.select(
        *CELL,
        figures[VALUE].alias("value"),
        figures["LOWER"].alias("lower"),
        figures["UPPER"].alias("upper"),
        _statuses(texts, figures[VALUE], status).alias("status"),
        pl.select(
            pl.when(texts["SOURCE_CELL"] != "").then(texts["SOURCE_CELL"]).otherwise(keys)
        ).to_series().alias("source_cell"),
    )  # fmt: skip


def _column(frame: pl.DataFrame, name: str) -> pl.Series:
    if name in frame.columns:
        return frame[name].fill_null("")
    return pl.Series(name, [""], dtype=pl.String).new_from_index(0, frame.height)


def _statuses(
    texts: Mapping[str, pl.Series], value: pl.Series, status: ObservationStatus
) -> pl.Series:
    own, theirs = texts["FIGURE_STATUS"], texts["OBS_STATUS"]
    known = {code: word.value for code, word in STATUS_OF.items()}
    said = theirs.replace_strict(known, default=status.value, return_dtype=pl.String)
    missing = pl.lit(ObservationStatus.MISSING.value)
    return pl.select(
        pl.when(own != "").then(own).when(value.is_null()).then(missing).otherwise(said)
    ).to_series()


def _csv_cells(path: Path) -> Table:
    """The rows of an SDMX-CSV file (1.0 or 2.0); its first columns say to which dataflow they belong."""
    table = read_table(path)
    first = table.frame.columns[0]
    if first != "DATAFLOW" and not re.fullmatch(r"STRUCTURE(\[.\])?", first):
        raise BadInput(
            "is no SDMX-CSV", file=path.name, remedy="its first column is DATAFLOW or STRUCTURE"
        )
    if "ACTION" in table.frame.columns and (table.frame["ACTION"] == "D").any():
        raise BadInput(
            "has rows to be deleted (ACTION D)", file=path.name, remedy="a file of data only"
        )
    # A column of codes and names, `GEO: Area`, holds `11110: Jongno-gu`.
    named = [name for name in table.frame.columns if ": " in name]
    frame = table.frame.with_columns(pl.col(named).str.split(": ").list.first())
    return Table(
        table.name, frame.rename({name: name.split(": ")[0] for name in named}), table.rows
    )


def _message_cells(path: Path, structure: Path | None) -> Table:
    message = _message(path, _structure(structure) if structure else None)
    rows = [
        _cells(observation) for data in getattr(message, "data", []) for observation in data.obs
    ]
    if not rows:
        raise BadInput("holds no data", file=path.name, remedy="a data file, not its structure")
    names = dict.fromkeys(name for row in rows for name in row)
    frame = pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in names},
        schema=dict.fromkeys([*names, VALUE], pl.String) if VALUE in names else None,
    )
    return Table(path.name, frame, pl.int_range(1, len(rows) + 1, eager=True))


def _cells(observation: Any) -> dict[str, str]:
    """Key, value and attributes of one observation, by their names."""
    key = observation.key.values if observation.series_key is None else {
        **observation.series_key.values, **observation.key.values
    }  # fmt: skip
    cells = {name: _code(part.value) for name, part in key.items()}
    cells[VALUE] = "" if observation.value is None else str(observation.value)
    return cells | {name: _code(said.value) for name, said in observation.attrib.items()}


def _code(value: Any) -> str:
    return str(getattr(value, "id", value))


def _structure(path: Path) -> Any:
    found = list(getattr(_message(path, None), "structure", {}).values())
    if len(found) != 1:
        raise BadInput(
            f"holds {len(found)} data structures", file=path.name, remedy="a file with one"
        )
    return found[0]


def _message(path: Path, structure: Any) -> Any:
    import sdmx

    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(str(error.strerror), file=path.name) from None
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BadInput("declares entities, which SDMX never does", file=path.name)
    with _quietly():
        try:
            return sdmx.read_sdmx(io.BytesIO(content), path.suffix[1:].upper(), structure=structure)
        except Exception:  # whatever a file of another kind sets off in there
            pass
    raise BadInput(
        "is damaged, or no SDMX that can be read",
        file=path.name,
        remedy="structure-specific data need the file of their structure",
    )


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Without what sdmx1 prints and logs of a file that it cannot read: the error says it."""
    logger = logging.getLogger("sdmx")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        logger.setLevel(before)
