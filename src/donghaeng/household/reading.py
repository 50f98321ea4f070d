"""Household files: YAML, JSON, or one household a line (NDJSON), read by what the law declares.

Which fields there are, and of what type and range, is said by the facts of the law alone; a law that
declares a new fact can be asked about it at once.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from donghaeng.rules import BadInput, Enumeration, HouseholdFacts, Law, LawFault, read_day
from donghaeng.rules.declarations import Fact, Relation
from donghaeng.rules.faults import nearest
from donghaeng.rules.terms import LARGEST_HOUSEHOLD, Kind
from donghaeng.rules.yaml_files import read_yaml

from .fields import RECEIPTS, Fields
from .receipts import read_receipts

LARGEST_FILE = 64 * 2**20
ADULT = 19  # 민법 §4


def read_households(law: Law, file: str | Path) -> list[HouseholdFacts]:
    """Every household of a file.

    Args:
        law: declares the facts, and is the law that will be asked.
        file: ``.yaml``, ``.yml`` or ``.json`` with a list ``households``; ``.ndjson`` or ``.jsonl``
            with one household a line; ``-`` for NDJSON on standard input.

    Raises:
        BadInput: with file and field, for the first thing that is not right.
    """
    if is_stream(file):
        return list(stream_households(law, file))
    name = str(file)
    document = read_document(file)
    entries = document.get("households") if isinstance(document, dict) else None
    if not isinstance(entries, list) or not entries:
        raise BadInput("has no list of households", file=name, remedy="households: [{id: ...}]")
    for key in document:
        if key != "households":
            raise BadInput(
                f"unknown field {key!r}", file=name, remedy=nearest(str(key), ["households"])
            )
    reader = _Reader(law, name)
    households = [
        reader.household(entry, f"households[{place}]") for place, entry in enumerate(entries)
    ]
    _check_ids(households, name)
    return households


def is_stream(file: str | Path) -> bool:
    """Whether the file holds one household a line."""
    return str(file) == "-" or Path(file).suffix in (".ndjson", ".jsonl")


def read_household(law: Law, entry: Any, file: str, place: str) -> HouseholdFacts:
    """One household that stands inside another document, at ``place`` of ``file``.

    Raises:
        BadInput: with file and field, for the first thing that is not right.
    """
    return _Reader(law, file).household(entry, place)


def stream_households(law: Law, file: str | Path) -> Iterator[HouseholdFacts]:
    """Households of an NDJSON file one after the other, without holding them all.

    Raises:
        BadInput: with the line, for the first that is not right.
    """
    name = "standard input" if str(file) == "-" else str(file)
    reader = _Reader(law, name)
    seen: set[str] = set()
    try:
        with (
            nullcontext(sys.stdin)
            if str(file) == "-"
            else Path(file).open(encoding="utf-8-sig") as lines
        ):
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    entry = json.loads(line, object_pairs_hook=_once)
                except (ValueError, RecursionError):
                    raise BadInput("is not JSON", file=name, field=f"line {number}") from None
                household = reader.household(entry, f"line {number}")
                if household.id in seen:
                    raise BadInput(
                        f"id {household.id!r} stands there twice",
                        file=name,
                        field=f"line {number}",
                        remedy="a household has an id of its own",
                    )
                seen.add(household.id)
                yield household
    except (OSError, ValueError) as error:
        raise BadInput(_reason(error), file=name) from None
    if not seen:
        raise BadInput("has no households", file=name, remedy="one household a line")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a key that stands twice is refused, not overwritten."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key!r} stands there twice")
        found[key] = value
    return found


def read_document(file: str | Path) -> Any:
    """A YAML or JSON file, bounded in size and depth.

    Raises:
        BadInput: where it cannot be read.
    """
    path, name = Path(file), str(file)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(
                f"is larger than {LARGEST_FILE // 2**20} MB",
                file=name,
                remedy="write one household a line into a .ndjson file",
            )
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise BadInput(_reason(error), file=name) from None
    try:
        return (
            json.loads(text, object_pairs_hook=_once)
            if path.suffix == ".json"
            else read_yaml(text, name)[0]
        )
    except LawFault as fault:
        raise BadInput(fault.message, file=name, field=f"line {fault.line}") from None
    except (ValueError, RecursionError) as error:
        raise BadInput(f"is not readable: {str(error)[:80]}", file=name) from None


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8 text"
    if isinstance(error, OSError):
        return str(error.strerror or error)
    return "is no name of a file"


def _check_ids(households: list[HouseholdFacts], file: str) -> None:
    seen: set[str] = set()
    for place, household in enumerate(households):
        if household.id in seen:
            raise BadInput(
                f"id {household.id!r} stands there twice",
                file=file,
                field=f"households[{place}].id",
            )
        seen.add(household.id)


def _is_id(value: Any) -> bool:
    """A short text that can be printed, or a whole number."""
    if type(value) is int:
        return True
    return isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable()


class _Reader:
    """Reads households by the facts of one law."""

    def __init__(self, law: Law, file: str) -> None:
        self.law = law
        self.file = file
        self.fields = Fields(law)

    def fault(self, field: str, message: str, remedy: str = "") -> BadInput:
        return BadInput(message, file=self.file, field=field, remedy=remedy)

    def household(self, entry: Any, place: str) -> HouseholdFacts:
        if not isinstance(entry, dict):
            raise self.fault(place, "is not a household", "a mapping with id and persons")
        values = dict(entry)
        identity = values.pop("id", None)
        if not _is_id(identity):
            raise self.fault(f"{place}.id", "is missing or no text", "id: hh1")
        persons = values.pop("persons", None)
        district = values.pop("district", "")
        if not isinstance(district, str):
            raise self.fault(f"{place}.district", "is not text", "district: 강북구")
        if "programmes" in values:
            values["programmes"] = self.programmes(values["programmes"], f"{place}.programmes")
        receipts = read_receipts(self.fields, values, f"{place}.{RECEIPTS}", self.fault)
        facts: dict[str, Any] = {}
        self.read(self.fields.household, values, place, facts)
        people, ids = self.persons(persons, f"{place}.persons")
        return HouseholdFacts(str(identity), facts, people, ids, receipts)

    def programmes(self, entries: Any, place: str) -> dict[str, Any]:
        """``[name]`` or ``[{name: ..., stage: ...}]`` as a mapping by name.

        A bare name is a hypothesis: what if the household took part?
        """
        known = self.fields.programmes()
        if not isinstance(entries, list):
            raise self.fault(place, "is not a list", "programmes: [safety_income]")
        found: dict[str, Any] = {}
        for number, entry in enumerate(entries):
            where = f"{place}[{number}]"
            details = dict(entry) if isinstance(entry, dict) else {"name": entry}
            name = details.pop("name", None)
            if not isinstance(name, str) or name not in known:
                remedy = nearest(str(name), known) or f"one of {', '.join(known)}"
                raise self.fault(where, f"unknown programme {name!r}", remedy)
            if name in found:
                raise self.fault(where, f"{name!r} stands there twice", "name it once")
            details.setdefault("stage", "hypothesis")
            found[name] = details
        return found

    def read(
        self, tree: dict[str, Any], values: dict[str, Any], place: str, facts: dict[str, Any]
    ) -> None:
        """Walk the file along the tree of fields that the law declares."""
        for key, value in values.items():
            where = f"{place}.{key}"
            if key not in tree:
                raise self.fault(where, f"unknown field {key!r}", nearest(str(key), tree))
            below = tree[key]
            if isinstance(below, dict):
                if not isinstance(value, dict):
                    raise self.fault(where, "is not a mapping", f"with {', '.join(below)}")
                self.read(below, value, where, facts)
            elif value is not None:  # a null is a fact that is not known
                for fact in below:
                    facts[fact.name] = self.fact(fact, value, where)

    def fact(self, fact: Fact, value: Any, where: str) -> Any:
        if fact.items is not None:
            return self.items(fact, value, where)
        if fact.kind in (Kind.MONEY, Kind.COUNT):
            return self.amount(fact, value, where)
        if fact.kind is Kind.FLAG:
            if type(value) is not bool:
                raise self.fault(where, f"{value!r} is not a flag", "true or false")
            return value
        if fact.kind is Kind.DAY:
            return self.day(fact, value, where)
        assert fact.choices is not None
        return self.choice(fact.choices, value, where)

    def amount(self, fact: Fact, value: Any, where: str) -> int:
        what = "won" if fact.kind is Kind.MONEY else "a count"
        if type(value) is not int:
            raise self.fault(
                where, f"{value!r} is not whole {what}", "a whole number, such as 450000"
            )
        low, high = fact.range
        if not low <= value <= high:
            raise self.fault(where, f"{value} is out of range", f"{low:,} to {high:,}")
        return value

    def day(self, fact: Fact, value: Any, where: str) -> datetime.date:
        try:
            if isinstance(value, datetime.datetime):
                value = value.date()
            day = read_day(value if isinstance(value, (datetime.date, str)) else "")
        except BadInput:
            raise self.fault(where, f"{value!r} is not a date", "1990-05-01") from None
        number = day.year * 10_000 + day.month * 100 + day.day
        if not fact.range[0] <= number <= fact.range[1]:
            raise self.fault(where, f"{day} is out of range", "a day between 1850 and 2200")
        if fact.name == "birth_date" and day > self.law.day:
            raise self.fault(
                where,
                f"{day} is after {self.law.day}, the day that is asked about",
                "leave out who is not born yet, or ask about a later day",
            )
        return day

    def choice(self, choices: type[Enumeration], value: Any, where: str) -> Enumeration:
        try:
            return choices.from_word(value)
        except KeyError:
            words = [member.word for member in choices]
            remedy = nearest(str(value), words) or f"one of {', '.join(words)}"
            raise self.fault(where, f"{value!r} is not known here", remedy) from None

    def items(self, fact: Fact, value: Any, where: str) -> int:
        """The sum over the items of a list that match, such as vehicles of one treatment."""
        assert fact.items is not None
        entry, match = fact.items
        words = self.fields.words_of_items(fact)
        if not isinstance(value, list):
            raise self.fault(where, "is not a list", f"[{{{entry}: 3000000, ...}}]")
        total = 0
        for number, item in enumerate(value):
            place = f"{where}[{number}]"
            if not isinstance(item, dict):
                raise self.fault(place, "is not a mapping", f"{entry}: 3000000")
            for key in item:
                if key != entry and key not in words:
                    raise self.fault(
                        f"{place}.{key}",
                        f"unknown field {key!r}",
                        nearest(str(key), [entry, *words]),
                    )
            for key, known in words.items():
                if not isinstance(item.get(key), str) or item[key] not in known:
                    raise self.fault(
                        f"{place}.{key}",
                        f"{item.get(key)!r} is not known here",
                        f"one of {', '.join(sorted(known))}",
                    )
            amount = self.amount(fact, item.get(entry), f"{place}.{entry}")
            if all(item.get(key) == word for key, word in match.items()):
                total += amount
        return self.amount(fact, total, where)

    # Persons

    def persons(self, entries: Any, place: str) -> tuple[list[dict[str, Any]], list[str]]:
        if not isinstance(entries, list) or not entries:
            raise self.fault(place, "has nobody", "persons: [{id: p1, birth_date: 1990-05-01}]")
        if len(entries) > LARGEST_HOUSEHOLD:
            raise self.fault(
                place,
                f"has {len(entries):,} persons",
                f"a household has at most {LARGEST_HOUSEHOLD}",
            )
        ids: list[str] = []
        for number, entry in enumerate(entries):
            where = f"{place}[{number}]"
            if not isinstance(entry, dict):
                raise self.fault(where, "is not a person", "a mapping with id and birth_date")
            identity = entry.get("id", f"p{number + 1}")
            if not _is_id(identity):
                raise self.fault(f"{where}.id", "is no text", "id: p1")
            if str(identity) in ids:
                raise self.fault(
                    f"{where}.id", f"{identity!r} stands there twice", "each person has an id"
                )
            ids.append(str(identity))
        people = [
            self.person(entry, f"{place}[{number}]", ids) for number, entry in enumerate(entries)
        ]
        self.pair(people, ids, place)
        self.check_adult(people, place)
        return people, ids

    def person(self, entry: dict[str, Any], where: str, ids: list[str]) -> dict[str, Any]:
        values = {key: value for key, value in entry.items() if key != "id"}
        facts: dict[str, Any] = {}
        for field, relations in self.fields.relations.items():
            if field in values:
                self.relations(relations, values.pop(field), f"{where}.{field}", ids, facts)
        self.read(self.fields.person, values, where, facts)
        return facts

    def relations(
        self,
        relations: list[Relation],
        value: Any,
        where: str,
        ids: list[str],
        facts: dict[str, Any],
    ) -> None:
        if value is None:
            return
        several = "[" in relations[0].field
        named = value if several else [value]
        if not isinstance(named, list) or len(named) > len(relations):
            raise self.fault(where, f"names at most {len(relations)}", "a list of ids")
        own = int(where.rsplit("persons[", 1)[1].split("]", 1)[0])
        for relation, identity in zip(relations, named, strict=False):
            if identity is None:
                continue
            if str(identity) not in ids:
                remedy = nearest(str(identity), ids) or f"one of {', '.join(ids)}"
                raise self.fault(where, f"{identity!r} is nobody in this household", remedy)
            if ids.index(str(identity)) == own:
                raise self.fault(
                    where, "names the person itself", "another person of the household"
                )
            if ids.index(str(identity)) in facts.values() and several:
                raise self.fault(where, f"{identity!r} stands there twice", "name each once")
            facts[relation.name] = ids.index(str(identity))

    def pair(self, people: list[dict[str, Any]], ids: list[str], place: str) -> None:
        """A symmetric relation holds both ways; two persons cannot have one spouse."""
        for relation in self.law.relations.values():
            if not relation.symmetric:
                continue
            for own, facts in enumerate(people):
                other = facts.get(relation.name, -1)
                if other < 0:
                    continue
                back = people[other].setdefault(relation.name, own)
                if back != own:
                    raise self.fault(
                        f"{place}[{own}].{relation.field}",
                        f"{ids[other]!r} already has {ids[back]!r} as {relation.label[1].lower()}",
                        "a person has one",
                    )

    def check_adult(self, people: list[dict[str, Any]], place: str) -> None:
        day = self.law.day
        if "birth_date" not in self.law.facts:
            return
        births = [facts.get("birth_date") for facts in people]
        if all(
            birth is not None
            and (day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))) < ADULT
            for birth in births
        ):
            raise self.fault(
                place, f"nobody is {ADULT} or older on {day}", "a household has an adult"
            )
