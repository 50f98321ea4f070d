"""One way of asking a server: with a time-out, a few patient attempts, a limit, and no word about the key.

An address holds ``{KEY}`` where the key belongs, so what is printed, logged, hashed and kept is the
address as it stands. The key is put in at the last moment, in :meth:`Fetcher._send`, and nothing raised
there leaves it: a failure is returned as a value, so no traceback has a frame that saw the key. The
libraries below log addresses; while a request is under way their records are dropped.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote

import httpx

from donghaeng.rules.faults import BadInput

from .cache import Cache, Reply, Retrieval
from .faults import SourceFault
from .keys import Key
from .throttle import Throttle

KEY = "{KEY}"
Answer = TypeVar("Answer")
log = logging.getLogger("donghaeng.sources")


@dataclass(frozen=True)
class Limits:
    """How long and how much. Times are in seconds, sizes in bytes."""

    time_out: float = 30.0  # without a sign of life from the server
    deadline: float = 180.0  # for one attempt in all
    attempts: int = 4
    first_wait: float = 0.5  # doubled from one attempt to the next
    longest_wait: float = 30.0
    largest: int = 64 * 2**20
    redirects: int = 3


def address(base: str, *segments: str, query: dict[str, str] | None = None) -> str:
    """An address from its parts, each escaped; a part that is :data:`KEY` stays as it is.

    In a query a space is written as ``+``.

    Raises:
        BadInput: where ``base`` is no address of the web.

    >>> address("https://a.example/x", KEY, "종로", query={"key": KEY, "to": "a b"})
    'https://a.example/x/{KEY}/%EC%A2%85%EB%A1%9C?key={KEY}&to=a+b'
    """
    try:
        url = httpx.URL(base)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or "{" in base:
        raise BadInput(f"{base!r} is no address", remedy="http://HOST or https://HOST")
    path = "".join(
        f"/{segment if segment == KEY else quote(segment, safe='')}" for segment in segments
    )
    terms = [
        f"{quote(name)}={text if text == KEY else quote(text, safe=' ').replace(' ', '+')}"
        for name, text in (query or {}).items()
    ]
    return base.rstrip("/") + path + ("?" + "&".join(terms) if terms else "")


_under_way: ContextVar[bool] = ContextVar("request under way", default=False)


class _Silence(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not _under_way.get()


for _name in (
    "httpx",
    *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
):
    logging.getLogger(_name).addFilter(_Silence())


@contextmanager
def _silently() -> Iterator[None]:
    token = _under_way.set(True)
    try:
        yield
    finally:
        _under_way.reset(token)


class Fetcher:
    """Asks one service, with its key, its cache and its limits. Closes its connections when left.

    Args:
        service: name for errors.
        key: put where an address says ``{KEY}``; nothing may say so where there is none.
        cache: looked into first, and filled with every reply that could be read.
        throttle: keeps to the calls that the service allows.
        sleep: how to wait between attempts.
    """

    def __init__(
        self,
        service: str,
        key: Key | None = None,
        *,
        cache: Cache | None = None,
        limits: Limits | None = None,
        throttle: Throttle | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.service = service
        self.cache = cache
        self.limits = limits or Limits()
        self.throttle = throttle
        self._key = key
        self._sleep = sleep
        self._client = httpx.Client(
            timeout=self.limits.time_out,
            follow_redirects=False,
            # Uncompressed, so that a body cut short is noticed by its length.
            headers={"User-Agent": "donghaeng", "Accept-Encoding": "identity"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def fetch(self, asked: str, read: Callable[[Reply], Answer]) -> tuple[Answer, Retrieval]:
        """The answer to ``asked``, an address with ``{KEY}`` in place of the key.

        Args:
            read: makes an answer of a reply, or raises :class:`SourceFault`. Only a reply that it can
                read is kept. A fault that is ``passing`` is tried again.

        Raises:
            SourceFault: where there is no answer after all attempts.
            BadInput: offline, where nothing is kept.
        """
        stored = self.cache.find(asked) if self.cache else None
        if stored is not None:
            return read(stored.reply), stored.retrieval
        wait = self.limits.first_wait
        for attempt in range(1, self.limits.attempts + 1):
            try:
                reply = self._reply(asked, attempt)
                answer = read(reply)
            except SourceFault as fault:
                if not fault.passing or attempt == self.limits.attempts:
                    raise
            else:
                return answer, self._kept(asked, reply)
            self._sleep(min(wait, self.limits.longest_wait))
            wait *= 2
        raise AssertionError("the last attempt returns or raises")

    def _kept(self, asked: str, reply: Reply) -> Retrieval:
        if self.cache is not None:
            return self.cache.store(asked, reply)
        digest = hashlib.sha256(reply.body).hexdigest()
        return Retrieval(asked, datetime.now(UTC), digest, from_cache=False)

    def _reply(self, asked: str, attempt: int) -> Reply:
        if self.throttle is not None:
            self.throttle.wait()
        started = time.monotonic()
        outcome = self._send(asked)
        took = time.monotonic() - started
        said = outcome.code if isinstance(outcome, SourceFault) else f"{len(outcome.body)} bytes"
        log.info("GET %s: %s in %.2f s (attempt %d)", asked, said, took, attempt)
        if isinstance(outcome, SourceFault):
            raise outcome
        return outcome

    def _send(self, asked: str) -> Reply | SourceFault:
        """The reply, or what went wrong. Nothing is raised: these frames know the key."""
        if self._key is None and KEY in asked:
            return self._fault("no key", "no key was given", passing=False)
        secret = asked.replace(KEY, self._key.in_address()) if self._key else asked
        with _silently():
            try:
                return self._follow(httpx.URL(secret))
            except httpx.TimeoutException:
                return self._fault("time-out", f"no answer in {self.limits.time_out:g} seconds")
            except httpx.RemoteProtocolError as error:
                if "complete message body" in str(error):
                    return self._fault("half body", "the reply was cut short")
                if "disconnected" in str(error):
                    return self._fault("connection closed", "the connection closed without a reply")
                return self._fault(
                    "no HTTP", "the reply is no HTTP that can be read", passing=False
                )
            except (httpx.TransportError, OSError) as error:
                told = self._hidden(str(error)) or type(error).__name__
                untrusted = "CERTIFICATE" in told
                return self._fault("no connection", told, passing=not untrusted)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError):
                # What these say quotes what the server sent on, and may hold a piece of the key.
                return self._fault("no connection", "sends on to what is no address", passing=False)

    def _follow(self, url: httpx.URL) -> Reply | SourceFault:
        """The reply at ``url``, or where the same host sends it on to."""
        for _ in range(self.limits.redirects + 1):
            with self._client.stream("GET", url) as response:
                if not response.has_redirect_location:
                    return self._received(response)
                target = url.join(response.headers["location"])
            if not may_follow(url, target):
                # The name of the other host is not told: it may be made of the key.
                return self._fault("redirect", "sends on to another host", passing=False)
            url = target
        return self._fault("redirect", "sends on and on", passing=False)

    def _received(self, response: httpx.Response) -> Reply | SourceFault:
        status = response.status_code
        if status != httpx.codes.OK:
            passing = status == httpx.codes.TOO_MANY_REQUESTS or status >= 500
            return self._fault(
                f"HTTP {status}", self._hidden(response.reason_phrase), passing=passing
            )
        announced = response.headers.get("content-length", "0")
        if announced.isdigit() and int(announced) > self.limits.largest:
            return self._too_large()
        latest = time.monotonic() + self.limits.deadline
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > self.limits.largest:
                return self._too_large()
            if time.monotonic() > latest:
                return self._fault("time-out", f"not done in {self.limits.deadline:g} seconds")
        kind = self._hidden(response.headers.get("content-type", ""))
        return Reply(self._key.hide_in(bytes(body)) if self._key else bytes(body), kind)

    def _too_large(self) -> SourceFault:
        most = f"{self.limits.largest:,} bytes"
        return self._fault("too large", f"sends more than {most}", "ask for less", passing=False)

    def _hidden(self, text: str) -> str:
        return self._key.hide(text) if self._key else text

    def _fault(
        self, code: str, message: str, remedy: str = "", *, passing: bool = True
    ) -> SourceFault:
        usual = "try again later" if passing else ""
        return SourceFault(
            message, code=code, service=self.service, remedy=remedy or usual, passing=passing
        )


def may_follow(before: httpx.URL, after: httpx.URL) -> bool:
    """Whether the key may go on: to one host and port, and never from an encrypted to an open line.

    >>> may_follow(httpx.URL("http://a.example/x"), httpx.URL("https://a.example/y"))
    True
    """
    if before.host != after.host:
        return False
    if before.scheme == after.scheme:
        return before.port == after.port
    return (before.scheme, after.scheme) == ("http", "https")
