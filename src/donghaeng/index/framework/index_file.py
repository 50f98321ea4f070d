"""The whole of an index file."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from .indicators import Denominator, Indicator, Node
from .steps import Aggregate, Step
from .uncertain import Uncertainty
from .vocabulary import Code, Label, Naming, Part, Period, UnitKind


class Data(Part):
    """The table of figures, beside the index file: long, or wide with a column an indicator."""

    file: str
    layout: Literal["long", "wide"] = "long"
    unit: str = Field(default="unit", description="Column of the unit's code.")
    period: str | None = Field(default="period", description="Column of the period.")


class Unit(Part):
    """A city, district or country."""

    label: Label
    groups: dict[Code, str] = Field(default={}, description="Group variable: the unit's group.")


class Units(Part):
    """What is compared. Units that the data hold and this list does not are refused."""

    kind: UnitKind
    members: dict[Code, Unit] = Field(min_length=1)


class Peers(Part):
    """A named set of units against which others are measured.

    A normalisation that names it finds its lowest, highest, mean or best figure among these units only; units
    outside the set are put on the same scale and may lie beyond its ends.
    """

    label: Label
    units: tuple[Code, ...] = Field(min_length=1)


class Periods(Part):
    """Which periods the index is about.

    `panel`: every period of the data by itself. `cross_section`: one period; an indicator from another
    period says so in its own `period`, otherwise mixed periods are refused. Where neither is said, the
    data hold one period; with a base period it is a panel.
    """

    mode: Literal["panel", "cross_section"] | None = None
    cross_section: Period | None = None
    base: Period | None = Field(default=None, description="The base period of ratios.")

    @model_validator(mode="after")
    def _named(self) -> Periods:
        if (self.mode == "cross_section") != (self.cross_section is not None):
            raise ValueError(
                "`cross_section` names the period of the mode cross_section, and only of it"
            )
        return self


class Term(Part):
    """A term that several indicators use, with the one population that it means."""

    label: Label
    population: str | None = None
    definition: str | None = None
    note: str | None = None


class Gap(Part):
    """Something about the index that is not known, and what is assumed instead."""

    what: Label
    assumed: Label | None = None
    alternatives: tuple[str, ...] = ()
    source: str | None = None


class Publication(Part):
    """Who publishes it, and on what terms."""

    publisher: Label
    licence: str | None = None
    contact: str | None = None
    landing_page: str | None = None
    calendar: str | None = Field(default=None, description="File of the release calendar.")


class Index(Part):
    """An index: versioned, hashed, and complete in itself but for its table of figures."""

    id: Code
    label: Label
    version: str = Field(min_length=1)
    description: Label | None = None
    rule_status: Annotated[str, Field(pattern="^(official|published|assumed|inferred|own)$")] = (
        "own"
    )
    data: Data
    units: Units
    periods: Periods = Periods()
    groups: dict[Code, Label] = Field(default={})
    peers: dict[Code, Peers] = Field(default={}, description="Sets of units to measure against.")
    denominators: dict[Code, Denominator] = Field(default={})
    indicators: dict[Code, Indicator] = Field(min_length=1)
    nodes: dict[Code, Node] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    terms: dict[str, Term] = Field(default={})
    uncertainty: Uncertainty | None = None
    programmes: str | None = Field(default=None, description="File of the register of programmes.")
    published: str | None = Field(
        default=None, description="File of published figures to reproduce."
    )
    publication: Publication | None = None
    people: dict[Code, Label] = Field(
        default={}, description="Groups of people concerned, by code."
    )
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()

    @field_validator("version", mode="before")
    @classmethod
    def _quoted(cls, version: Any) -> Any:
        if isinstance(version, float):
            raise ValueError("put it in quotes: without them 1.10 is the number 1.1")
        return version

    @property
    def top(self) -> str:
        """Code of the node that has no parent."""
        return next(code for code, node in self.nodes.items() if node.parent is None)

    def children(self, parent: str) -> list[str]:
        """Codes of nodes and indicators directly under ``parent``, in the order of the file."""
        return self._children.get(parent, [])

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        parents = {code: node.parent for code, node in self.nodes.items()}
        parents |= {code: indicator.parent for code, indicator in self.indicators.items()}
        found: dict[str, list[str]] = {}
        for code, parent in parents.items():
            if parent is not None:
                found.setdefault(parent, []).append(code)
        return found

    def is_given(self, code: str) -> bool:
        """Whether ``code`` or a node above it takes its figures from the data table."""
        line = (code, *self.ancestors(code))
        return any(node in self.nodes and self.nodes[node].given for node in line)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Codes with figures of their own in the data: indicators with a name, then given nodes."""
        named = [code for code, each in self.indicators.items() if each.naming is Naming.NAMED]
        return (*named, *(code for code, node in self.nodes.items() if node.given))

    def is_optional(self, code: str) -> bool:
        """Whether the index is computed without figures of ``code``: it stands under a given node."""
        return code in self.indicators and self.is_given(self.indicators[code].parent)

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The columns that the index is computed from: those with no given node above them."""
        return tuple(
            code for code in self.columns if not any(map(self.is_given, self.ancestors(code)))
        )

    def label_of(self, code: str) -> Label:
        """The name of an indicator or node."""
        return self.nodes[code].label if code in self.nodes else self.indicators[code].label

    def ancestors(self, code: str) -> list[str]:
        """From the parent of ``code`` up to the top."""
        line = []
        parent = self.nodes[code].parent if code in self.nodes else self.indicators[code].parent
        while parent is not None:
            line.append(parent)
            parent = self.nodes[parent].parent
        return line

    @property
    def aggregation(self) -> Aggregate:
        """The step that puts children together."""
        return next(step for step in self.steps if isinstance(step, Aggregate))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the file says, whatever its spelling."""
        said = self.model_dump(mode="json", exclude_defaults=True)
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
