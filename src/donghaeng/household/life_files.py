"""Life files: a household as it begins, and what happens to it month by month.

A life file::

    life:
      from: 2024-01
      to: 2024-12
      household: {id: hh1, region: seoul, persons: [{id: mother, birth_date: 1990-05-01, earnings: 0}]}
      events:
      - {month: 2024-05, what: 출산, persons: [{id: baby, birth_date: 2024-05-12, parents: [mother]}]}
      - {month: 2024-09, what: 취업, persons: [{id: mother, earnings: 1_500_000}]}
      - {month: 2024-11, what: 이사, household: {region: busan}}
      - {month: 2024-12, what: 독립, leave: [baby]}

From the first day of its month on, an event lays ``household`` over what was known of the household and
each entry of ``persons`` over the person with that id, or adds the person; ``leave`` names who goes.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from donghaeng.rules import BadInput, read_day
from donghaeng.rules.faults import nearest

from .reading import read_document

FIELDS = ("from", "to", "household", "events")
EVENT_FIELDS = ("month", "what", "household", "persons", "leave")
MOST_MONTHS = 240


@dataclass(frozen=True)
class Event:
    """Something that happens to the household from the first day of a month on."""

    month: datetime.date
    what: str
    household: Mapping[str, Any]
    persons: tuple[Mapping[str, Any], ...]
    leave: tuple[str, ...]


@dataclass(frozen=True)
class Life:
    """What a life file says: from which month to which, the household as it begins, and its events."""

    file: str
    first: datetime.date
    last: datetime.date
    household: Mapping[str, Any]
    events: tuple[Event, ...]

    @property
    def months(self) -> int:
        """How many months are asked about."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1


def read_life(file: str | Path) -> Life:
    """A life file.

    Raises:
        BadInput: with file and field, for the first thing that is not right.
    """
    name = str(file)
    document = read_document(file)
    entry = document.get("life") if isinstance(document, dict) else None
    if not isinstance(entry, dict):
        raise BadInput("has no life", file=name, remedy=f"life: with {', '.join(FIELDS)}")
    _known(entry, FIELDS, name, "life")
    for key in ("from", "to", "household"):
        if key not in entry:
            raise BadInput(f"{key} is missing", file=name, field="life")
    first, last = (_month(entry[key], name, f"life.{key}") for key in ("from", "to"))
    if not 1 <= Life(name, first, last, {}, ()).months <= MOST_MONTHS:
        raise BadInput(
            f"runs from {first:%Y-%m} to {last:%Y-%m}",
            file=name,
            field="life.to",
            remedy=f"1 to {MOST_MONTHS} months",
        )
    household = _household(entry["household"], name)
    given = entry.get("events") or []
    if not isinstance(given, list):
        raise BadInput("is not a list", file=name, field="life.events")
    events = [_event(each, name, f"life.events[{place}]") for place, each in enumerate(given)]
    for place, event in enumerate(events):
        if not first <= event.month <= last:
            raise BadInput(
                f"{event.month:%Y-%m} is outside the months that are asked about",
                file=name,
                field=f"life.events[{place}].month",
                remedy=f"{first:%Y-%m} to {last:%Y-%m}",
            )
    return Life(name, first, last, household, tuple(events))


def happens(event: Event, raw: dict[str, Any], file: str) -> dict[str, Any]:
    """What is known of the household once ``event`` has happened."""
    changed = _laid_over(raw, event.household)
    persons = list(changed.get("persons") or [])
    ids = [str(person.get("id")) for person in persons if isinstance(person, dict)]
    for person in event.persons:
        identity = str(person.get("id"))
        if identity in ids:
            place = ids.index(identity)
            persons[place] = _laid_over(persons[place], person)
        else:
            persons.append(dict(person))
            ids.append(identity)
    for identity in event.leave:
        if identity not in ids:
            raise BadInput(
                f"{identity!r} is nobody in the household in {event.month:%Y-%m}",
                file=file,
                field="life.events.leave",
                remedy=nearest(identity, ids) or f"one of {', '.join(ids)}",
            )
        persons = [person for person in persons if str(person.get("id")) != identity]
        ids.remove(identity)
    changed["persons"] = [_without(person, event.leave) for person in persons]
    return changed


def _without(person: Mapping[str, Any], gone: Sequence[str]) -> dict[str, Any]:
    """A person's entry that no longer names those who left."""
    kept = dict(person)
    if str(kept.get("spouse")) in gone:
        del kept["spouse"]
    if isinstance(kept.get("parents"), list):
        kept["parents"] = [each for each in kept["parents"] if str(each) not in gone]
    return kept


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``above`` over ``below``, mapping by mapping; other values are replaced."""
    merged = dict(below)
    for key, value in above.items():
        inner = merged.get(key)
        both = isinstance(inner, dict) and isinstance(value, dict)
        merged[key] = _laid_over(inner or {}, value) if both else copy.deepcopy(value)
    return merged


def _household(entry: Any, file: str) -> dict[str, Any]:
    """The household as it begins; who has no id is known by the place, so that an event may name them."""
    if not isinstance(entry, dict):
        raise BadInput("is not a household", file=file, field="life.household")
    persons = entry.get("persons")
    if not isinstance(persons, list) or not all(isinstance(each, dict) for each in persons):
        raise BadInput(
            "is not a list of persons",
            file=file,
            field="life.household.persons",
            remedy="[{id: mother, birth_date: 1990-05-01}]",
        )
    named = [{"id": f"p{place}", **each} for place, each in enumerate(persons, 1)]
    return {**entry, "persons": named}


def _event(entry: Any, file: str, where: str) -> Event:
    if not isinstance(entry, dict):
        remedy = f"with {', '.join(EVENT_FIELDS)}"
        raise BadInput("is not an event", file=file, field=where, remedy=remedy)
    _known(entry, EVENT_FIELDS, file, where)
    what, household = entry.get("what"), entry.get("household") or {}
    persons, leave = entry.get("persons") or [], entry.get("leave") or []
    if "month" not in entry:
        raise BadInput("month is missing", file=file, field=where)
    if not isinstance(what, str) or not what.strip():
        raise BadInput("says nothing", file=file, field=f"{where}.what", remedy="what: 취업")
    if not isinstance(household, dict) or "persons" in household:
        raise BadInput("is not a mapping of facts", file=file, field=f"{where}.household")
    if not isinstance(persons, list) or not all(isinstance(p, dict) and "id" in p for p in persons):
        raise BadInput(
            "is not a list of persons with id",
            file=file,
            field=f"{where}.persons",
            remedy="[{id: mother, earnings: 0}]",
        )
    if not isinstance(leave, list):
        raise BadInput("is not a list of ids", file=file, field=f"{where}.leave", remedy="[son]")
    if not (household or persons or leave):
        raise BadInput(
            "changes nothing", file=file, field=where, remedy="household, persons or leave"
        )
    return Event(
        _month(entry["month"], file, f"{where}.month"),
        what.strip(),
        household,
        tuple(persons),
        tuple(map(str, leave)),
    )


def _known(entry: Mapping[str, Any], fields: Sequence[str], file: str, where: str) -> None:
    for key in entry:
        if key not in fields:
            raise BadInput(
                f"unknown field {key!r}", file=file, field=where, remedy=nearest(str(key), fields)
            )


def _month(value: Any, file: str, where: str) -> datetime.date:
    try:
        day = read_day(value if isinstance(value, (datetime.date, str)) else "")
    except BadInput:
        raise BadInput(f"{value!r} is no month", file=file, field=where, remedy="2024-05") from None
    return datetime.date(day.year, day.month, 1)
