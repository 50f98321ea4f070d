"""The register of programmes, and the basic plan that they belong to. What is not known is ``null``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt, model_validator

from donghaeng.index.framework.index_file import Index
from donghaeng.index.framework.reading import read_model
from donghaeng.index.framework.vocabulary import Code, Label, Part
from donghaeng.rules.faults import BadInput, nearest

Year = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
FigureStatus = Literal["official", "derived", "press", "secondary", "unverified"]


class Amount(Part):
    """Money of one year, in whole won."""

    won: Annotated[StrictInt, Field(ge=0, le=10**17)]
    status: FigureStatus
    source: str = Field(min_length=1)


class People(Part):
    """How many people a programme concerns."""

    people: Annotated[StrictInt, Field(ge=0)]
    status: FigureStatus
    source: str = Field(min_length=1)


class EvidenceKind(StrEnum):
    """What is known of what a programme does, the strongest first."""

    EFFECT = "effect"  # from an assignment, under a protocol
    ASSOCIATION = "association"
    SIMULATION = "simulation"
    DESCRIPTION = "description"
    NONE = "none"  # declared that there is none; not the same as not declared


class Evidence(Part):
    """What is known of what a programme does, and where it is written."""

    kind: EvidenceKind
    source: str | None = None
    protocol: str | None = None

    @model_validator(mode="after")
    def _sourced(self) -> Evidence:
        if self.kind is not EvidenceKind.NONE and not self.source:
            raise ValueError("evidence names its source")
        if self.kind is EvidenceKind.EFFECT and not self.protocol:
            raise ValueError("an effect names its protocol")
        return self


class Cause(Part):
    """Why the index of a programme's area is low, as somebody found."""

    kind: Literal["demand", "design"] = Field(
        description="demand: more people need it; design: the programme does not fit."
    )
    source: str = Field(min_length=1)


class Programme(Part):
    """One programme: what is done for whom, by whom, with what money, and what it is to move."""

    label: Label
    area: Code | None = None
    concerns: tuple[Code, ...] = ()
    department: str | None = None
    budget: dict[Year, Amount | None] = Field(default={})
    spent: dict[Year, Amount | None] = Field(default={})
    indicators: tuple[Code, ...] = ()
    reach: dict[Year, People | None] = Field(default={})
    evidence: Evidence | None = None
    cause: Cause | None = None
    note: str | None = None


class Content(StrEnum):
    """What a basic plan contains (Ordinance §6②, items 1 to 8)."""

    DIRECTION = "direction"
    ORGANISATION = "organisation"
    POLICIES = "policies"
    INDEX = "index"
    SURVEY = "survey"
    EVALUATION = "evaluation"
    AWARENESS = "awareness"
    OTHER = "other"

    @property
    def article(self) -> str:
        """Where the ordinance names it."""
        return f"§6②{list(Content).index(self) + 1}"


class Written(Part):
    """A part of the basic plan: what it says, and where."""

    text: Label
    source: str | None = None


class BasicPlan(Part):
    """The basic plan of four years (Ordinance §6①)."""

    first_year: Year
    contents: dict[Content, Written | None] = Field(default={})

    @property
    def years(self) -> range:
        """The four years."""
        return range(int(self.first_year), int(self.first_year) + 4)


class YearTotal(Part):
    """What a city prints as the money of all programmes; not the sum of those in the register."""

    label: Label
    budget: dict[Year, Amount | None]


class Register(Part):
    """The programmes of a city."""

    basic_plan: BasicPlan | None = None
    year_total: YearTotal | None = None
    programmes: dict[Code, Programme] = Field(min_length=1)

    def moving(self, indicator: str, index: Index) -> list[str]:
        """Programmes that name ``indicator``, and the one that it names itself."""
        named = [code for code, each in self.programmes.items() if indicator in each.indicators]
        own = index.indicators[indicator].programme
        return named if own is None or own in named else [*named, own]

    def indicators_of(self, programme: str, index: Index) -> list[str]:
        """Indicators that a programme names or that name it, in the order of the index."""
        own = self.programmes[programme].indicators
        return [
            code
            for code, each in index.indicators.items()
            if code in own or each.programme == programme
        ]


def read_register(path: str | Path, index: Index) -> Register:
    """The register of a YAML or JSON file, checked against the index that it belongs to.

    Raises:
        BadInput: with file and field; an area, indicator or group of people that the index does not know.
    """
    register = read_model(path, Register)
    for code, programme in register.programmes.items():
        where = f"programmes.{code}"
        if programme.area is not None:
            _check(programme.area, index.nodes, f"{where}.area", "area", str(path))
        for indicator in programme.indicators:
            _check(indicator, index.indicators, f"{where}.indicators", "indicator", str(path))
        for group in programme.concerns:
            _check(group, index.people, f"{where}.concerns", "group of people", str(path))
    for code, each in index.indicators.items():
        if each.programme is not None and each.programme not in register.programmes:
            raise BadInput(
                f"holds no programme {each.programme!r}, which the indicator {code} names",
                file=str(path),
                field="programmes",
                remedy=nearest(each.programme, register.programmes),
            )
    return register


def _check(name: str, known: Any, field: str, what: str, file: str) -> None:
    if name not in known:
        remedy = nearest(name, known) or f"one of {', '.join(list(known)[:12])}"
        raise BadInput(
            f"there is no {what} {name!r} in the index", file=file, field=field, remedy=remedy
        )
