"""What the committee decided on a proposed order: an append-only record, each entry chained to the one before."""

from __future__ import annotations

import datetime
import hashlib
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, StrictInt, model_validator

from donghaeng.index.framework.reading import read_model
from donghaeng.index.framework.vocabulary import Code, Label, Part
from donghaeng.rules.faults import BadInput

BEFORE_THE_FIRST = "0" * 64
Place = Annotated[StrictInt, Field(ge=1)]


class Verdict(StrEnum):
    """What became of a proposed place."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"


class Decision(Part):
    """One decision. ``hash`` is that of the entry and of the hash before it; written by sealing."""

    date: datetime.date
    programme: Code
    proposed_place: Place
    decided_place: Place | None = None
    verdict: Verdict
    reason: Label | None = None
    hash: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _consistent(self) -> Decision:
        same = self.decided_place == self.proposed_place
        if self.verdict is Verdict.ACCEPTED and not same:
            raise ValueError("accepted means that the decided place is the proposed one")
        if self.verdict is Verdict.CHANGED and (same or self.decided_place is None):
            raise ValueError("changed means that another place was decided")
        if self.verdict is Verdict.REJECTED and self.decided_place is not None:
            raise ValueError("a rejected proposal has no decided place")
        if self.verdict is not Verdict.ACCEPTED and self.reason is None:
            raise ValueError("a proposal that was changed or rejected has a reason")
        return self

    def sealed_after(self, before: str) -> str:
        """The hash of this entry after the hash ``before``."""
        said = self.model_dump(mode="json", exclude={"hash"}, exclude_none=True)
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


class Decisions(Part):
    """The record, the earliest entry first."""

    decisions: tuple[Decision, ...] = ()

    @property
    def last_hash(self) -> str:
        """The hash of the latest sealed entry: publish it, and nobody can rewrite what came before."""
        sealed = [each.hash for each in self.decisions if each.hash is not None]
        return sealed[-1] if sealed else BEFORE_THE_FIRST

    def latest(self) -> dict[str, Decision]:
        """The latest decision on each programme."""
        return {each.programme: each for each in self.decisions}

    def sealed(self) -> Decisions:
        """The same record with a hash on every entry."""
        before, entries = BEFORE_THE_FIRST, []
        for each in self.decisions:
            before = each.sealed_after(before)
            entries.append(each.model_copy(update={"hash": before}))
        return Decisions(decisions=tuple(entries))


def read_decisions(path: str | Path, last: str | None = None) -> Decisions:
    """The record of a file. New entries at its end may have no hash yet.

    Args:
        last: the hash that was published last; an entry has to carry it.

    Raises:
        BadInput: where an earlier entry is not what was sealed, entries are out of order or one is gone.
    """
    record = read_model(path, Decisions)
    before, open_from = BEFORE_THE_FIRST, None
    for place, each in enumerate(record.decisions):
        where = f"decisions.{place}"
        if place and each.date < record.decisions[place - 1].date:
            raise BadInput(
                "is earlier than the entry before it: entries are added at the end",
                file=str(path),
                field=f"{where}.date",
            )
        if each.hash is None:
            open_from = place if open_from is None else open_from
            continue
        if open_from is not None:
            raise BadInput(
                "an entry without a hash stands before sealed ones",
                file=str(path),
                field=f"decisions.{open_from}",
                remedy="add it at the end",
            )
        before = each.sealed_after(before)
        if each.hash != before:
            raise BadInput(
                "is not what was recorded: this entry or one before it was changed or taken out",
                file=str(path),
                field=where,
                remedy="put the record back, and add a new entry at the end",
            )
    if last is not None and last not in [each.hash for each in record.decisions]:
        raise BadInput(
            f"no entry has the hash {last[:12]}… that was published",
            file=str(path),
            field="decisions",
        )
    return record


def decisions_text(record: Decisions) -> str:
    """The record as YAML."""
    said: Any = record.model_dump(mode="json", exclude_none=True)
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)
