"""The structure that observations have in SDMX: dimensions, attributes, code lists (SDMX 2.1, section 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from donghaeng.rules.faults import BadInput

from .observations import ObservationStatus

DIMENSIONS = {
    "REF_AREA": "Area that the figure is about",
    "INDICATOR": "Indicator",
    "MEASURE": "What of the indicator: raw figure or index",
    "TIME_PERIOD": "Period",
}
VALUE = "OBS_VALUE"
ATTRIBUTES = {
    "OBS_STATUS": "Status of the figure (CL_OBS_STATUS of SDMX)",
    "FIGURE_STATUS": "How sure the figure is",
    "LOWER": "Lower bound",
    "UPPER": "Upper bound",
    "SOURCE_CELL": "Where the figure stands",
}
# The codes of SDMX's own list (CL_OBS_STATUS 2.2): A normal, E estimated, P provisional, O missing,
# V not validated. Our own word stands beside them, since theirs say less.
OBS_STATUS = {
    ObservationStatus.OFFICIAL: "A",
    ObservationStatus.DERIVED: "A",
    ObservationStatus.PRESS: "V",
    ObservationStatus.SECONDARY: "V",
    ObservationStatus.UNVERIFIED: "V",
    ObservationStatus.ESTIMATED: "E",
    ObservationStatus.PROVISIONAL: "P",
    ObservationStatus.MISSING: "O",
}
_ID = re.compile(r"[A-Za-z0-9_@$\-]+")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")


@dataclass(frozen=True)
class Publication:
    """Who publishes, and under which names.

    Args:
        agency: id of the publisher.
        flow: id of the data; its structure is ``DSD_`` and this.
        measure: what the values are: ``RAW`` figures, or an ``INDEX``.
        title: of the data, in English.
        names: of areas and indicators, by code.

    Raises:
        BadInput: for an id that SDMX does not allow.
    """

    agency: str = "DONGHAENG"
    flow: str = "OBSERVATIONS"
    measure: str = "RAW"
    title: str = "Observations"
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for text in (self.agency, self.flow, self.measure):
            if not _NAME.fullmatch(text):
                raise BadInput(
                    f"{text!r} is no id of SDMX", remedy="a letter, then letters, digits, _ or -"
                )


def structure_of(frame: pl.DataFrame, publication: Publication) -> Any:
    """The structure message for ``frame``: code lists, concepts, data structure and dataflow.

    A dimension has a code list where each of its codes is an id that SDMX allows; other codes (Korean
    names of districts) are free text.
    """
    from sdmx.message import StructureMessage
    from sdmx.model import common, v21

    agency = common.Agency(id=publication.agency)
    kept: dict[str, Any] = {
        "maintainer": agency,
        "version": "1.0",
        "is_final": True,
        "is_external_reference": False,
    }
    concepts = common.ConceptScheme(id="CS_OBSERVATIONS", name="Concepts", **kept)
    for name, meaning in {**DIMENSIONS, VALUE: "Figure", **ATTRIBUTES}.items():
        concepts.append(common.Concept(id=name, name=meaning))
    lists = _code_lists(frame, publication, kept)
    described = v21.DataStructureDefinition(
        id=f"DSD_{publication.flow}", name=publication.title, **kept
    )
    described.dimensions.id = "DimensionDescriptor"
    described.attributes.id = "AttributeDescriptor"
    described.measures.id = "MeasureDescriptor"
    for order, name in enumerate(DIMENSIONS, start=1):
        kind = v21.TimeDimension if name == "TIME_PERIOD" else v21.Dimension
        described.dimensions.append(
            kind(
                id=name,
                order=order,
                concept_identity=concepts[name],
                local_representation=_representation(lists.get(name), name),
            )
        )
    measure = v21.PrimaryMeasure(
        id=VALUE,
        concept_identity=concepts[VALUE],
        local_representation=_representation(None, VALUE),
    )
    described.measures.append(measure)
    for name in ATTRIBUTES:
        described.attributes.append(
            common.DataAttribute(
                id=name,
                concept_identity=concepts[name],
                related_to=v21.PrimaryMeasureRelationship(),
                usage_status=common.UsageStatus.conditional,
                local_representation=_representation(lists.get(name), name),
            )
        )
    flow = v21.DataflowDefinition(
        id=publication.flow, name=publication.title, structure=described, **kept
    )
    message = StructureMessage()
    for thing in (*lists.values(), concepts, described, flow):
        message.add(thing)
    return message


def _code_lists(
    frame: pl.DataFrame, publication: Publication, kept: Mapping[str, Any]
) -> dict[str, Any]:
    from sdmx.model import common

    codes = {
        "REF_AREA": _names(frame["unit"], publication),
        "INDICATOR": _names(frame["indicator"], publication),
        "MEASURE": {publication.measure: publication.measure},
        "FIGURE_STATUS": {status.value: status.value for status in ObservationStatus},
    }
    lists = {}
    for name, meanings in codes.items():
        if all(_ID.fullmatch(code) for code in meanings):
            codelist: Any = common.Codelist(id=f"CL_{name}", name=name, **kept)
            for code, meaning in meanings.items():
                codelist.append(common.Code(id=code, name=meaning))
            lists[name] = codelist
    return lists


def _names(codes: pl.Series, publication: Publication) -> dict[str, str]:
    return {code: publication.names.get(code, code) for code in codes.unique().sort()}


def _representation(codelist: Any, name: str) -> Any:
    from sdmx.model import common

    if codelist is not None:
        return common.Representation(enumerated=codelist)
    kinds = common.FacetValueType
    kind = {
        "TIME_PERIOD": kinds.observationalTimePeriod,
        VALUE: kinds.double,
        "LOWER": kinds.double,
        "UPPER": kinds.double,
    }.get(name, kinds.string)
    return common.Representation(
        non_enumerated=[common.Facet(type=common.FacetType(), value_type=kind)]
    )
