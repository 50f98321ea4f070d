"""What was fetched, on disk: the reply as it came, the moment, and the hash of its body.

An entry is one file: a line of JSON that describes the reply, then the body. It is named by the hash of
the request without its key, and it appears whole or not at all, so that any number of processes may
fill one folder at once.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from donghaeng.rules.faults import BadInput

from .whole_files import write_whole

FOLDER_VARIABLE = "DONGHAENG_SOURCES_CACHE"


@dataclass(frozen=True)
class Reply:
    """What a source sent, without the key should it have repeated it."""

    body: bytes
    content_type: str = ""


@dataclass(frozen=True)
class Retrieval:
    """Where and when a reply came from: what a figure's provenance says.

    ``address`` holds ``{KEY}`` where the key stood; ``sha256`` is of the body.
    """

    address: str
    fetched: datetime
    sha256: str
    from_cache: bool


@dataclass(frozen=True)
class Stored:
    """A reply with its provenance."""

    reply: Reply
    retrieval: Retrieval


def usual_folder() -> Path:
    """Where replies are kept: ``DONGHAENG_SOURCES_CACHE``, or a folder of the user's cache."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "donghaeng" / "sources"


def _now() -> datetime:
    return datetime.now(UTC)


class Cache:
    """The replies in ``folder``.

    Args:
        max_age: an older reply is fetched again; without it a reply is good for ever.
        offline: never fetch: a reply of any age is good, and one that is not there is an error.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_age: timedelta | None = None,
        offline: bool = False,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.folder = folder
        self.max_age = max_age
        self.offline = offline
        self.now = now

    def find(self, address: str) -> Stored | None:
        """The reply to ``address`` that is good enough, or nothing.

        Raises:
            BadInput: offline, where there is none or it is damaged.
        """
        stored = self._read(address)
        if self.offline and stored is None:
            raise BadInput("was not fetched before", file=address, remedy="ask without offline")
        if stored is None or self.offline or self.max_age is None:
            return stored
        age = self.now() - stored.retrieval.fetched
        return stored if timedelta(0) <= age <= self.max_age else None

    def store(self, address: str, reply: Reply) -> Retrieval:
        """Keep a reply that was just fetched.

        Raises:
            BadInput: where it cannot be written.
        """
        moment = self.now()
        digest = hashlib.sha256(reply.body).hexdigest()
        description = {
            "address": address,
            "fetched": moment.isoformat(),
            "sha256": digest,
            "content_type": reply.content_type,
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(str(error.strerror), file=str(self.folder)) from None
        write_whole(
            self.file(address),
            json.dumps(description, ensure_ascii=False).encode() + b"\n" + reply.body,
        )
        return Retrieval(address, moment, digest, from_cache=False)

    def file(self, address: str) -> Path:
        """The file of the reply to ``address``."""
        return self.folder / f"{hashlib.sha256(address.encode()).hexdigest()[:40]}.reply"

    def _read(self, address: str) -> Stored | None:
        """The entry, unless it is not there or not what it says it is."""
        try:
            first, _, body = self.file(address).read_bytes().partition(b"\n")
            said = json.loads(first)
            retrieval = Retrieval(
                said["address"], datetime.fromisoformat(said["fetched"]), said["sha256"], True
            )
            reply = Reply(body, said["content_type"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        whole = hashlib.sha256(body).hexdigest() == retrieval.sha256
        return Stored(reply, retrieval) if whole and retrieval.address == address else None
