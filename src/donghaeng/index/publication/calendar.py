"""The release calendar: which edition comes out when, what is under embargo, and what was corrected."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from donghaeng.index.framework.reading import read_model
from donghaeng.index.framework.vocabulary import Code, Label, Part, Period
from donghaeng.rules.faults import BadInput, nearest


def _with_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone: 2026-08-04T10:00:00+09:00")
    return moment


Moment = Annotated[datetime, AfterValidator(_with_zone)]


class EditionStatus(StrEnum):
    """How far an edition has come."""

    PLANNED = "planned"
    RELEASED = "released"
    CORRECTED = "corrected"


class Correction(Part):
    """A notice that stands on the pages of a corrected edition."""

    at: Moment
    notice: Label
    figures: tuple[str, ...] = Field(
        default=(), description="Addresses of the figures concerned, such as 2024.housing."
    )


class Edition(Part):
    """One release of the index."""

    id: Code
    period: Period = Field(description="The last period that it is about.")
    release: Moment = Field(description="Not before this moment, with its time zone.")
    status: EditionStatus = EditionStatus.PLANNED
    corrections: tuple[Correction, ...] = ()

    @model_validator(mode="after")
    def _said(self) -> Edition:
        if (self.status is EditionStatus.CORRECTED) != bool(self.corrections):
            raise ValueError("status `corrected` and `corrections` go together")
        return self


class Calendar(Part):
    """Every edition, released or planned."""

    editions: tuple[Edition, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Calendar:
        ids = [each.id for each in self.editions]
        twice = [each for each in ids if ids.count(each) > 1]
        if twice:
            raise ValueError(f"the edition {twice[0]} stands there twice")
        return self

    def edition(self, name: str) -> Edition:
        """The edition of that name.

        Raises:
            BadInput: where there is none.
        """
        for each in self.editions:
            if each.id == name:
                return each
        known = [each.id for each in self.editions]
        raise BadInput(
            f"the release calendar has no edition {name!r}",
            field="edition",
            remedy=nearest(name, known) or f"one of {', '.join(known)}",
        )

    def edition_of(self, period: str) -> Edition:
        """The edition that is about ``period``.

        Raises:
            BadInput: where none is, or several are.
        """
        found = [each for each in self.editions if each.period == period]
        if len(found) != 1:
            raise BadInput(
                f"the release calendar has {len(found)} editions about {period}",
                field="edition",
                remedy=f"name one of {', '.join(each.id for each in self.editions)}",
            )
        return found[0]


def read_calendar(file: Path) -> Calendar:
    """A release calendar from YAML or JSON.

    Raises:
        BadInput: with file and field.
    """
    return read_model(file, Calendar)


def check_embargo(edition: Edition, moment: datetime, under_embargo: bool) -> None:
    """Refuse to publish before the release.

    Args:
        moment: when it is published, with its time zone.
        under_embargo: the pages will carry the notice that they are not to be passed on.

    Raises:
        BadInput: before the release, unless ``under_embargo``.
    """
    if moment < edition.release and not under_embargo:
        raise BadInput(
            f"edition {edition.id} is under embargo until {edition.release.isoformat()}",
            remedy="wait, or --under-embargo for those who may see it before",
        )


def check_corrections(edition: Edition, addresses: Collection[str]) -> None:
    """Refuse a correction of a figure that does not exist.

    Raises:
        BadInput: with the nearest address.
    """
    for correction in edition.corrections:
        for figure in correction.figures:
            if figure not in addresses:
                raise BadInput(
                    f"a correction names the figure {figure!r}, which is not in the index",
                    field=f"editions.{edition.id}.corrections",
                    remedy=nearest(figure, addresses),
                )


def moment_text(moment: datetime) -> str:
    """A moment as a page prints it.

    >>> moment_text(datetime.fromisoformat("2026-08-04T10:00:00+09:00"))
    '2026-08-04 10:00 (UTC+09:00)'
    """
    offset = moment.strftime("%z")
    zone = f"UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else "UTC"
    return f"{moment:%Y-%m-%d %H:%M} ({zone})"
