"""A server on a real socket that plays replies: whole ones, half ones, slow ones and none."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FIXTURES = Path(__file__).parent / "fixtures"
# Made up for tests; signs that addresses, JSON and HTML escape are in it on purpose.
SECRET = "Tst0Key/5+aB&3c=dE7%fG9hJ2="


@dataclass(frozen=True)
class Played:
    """One reply. ``way`` is how it is spoiled, if it is."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    way: str = "whole"


def fixture(name: str, **changes: Any) -> Played:
    return Played((FIXTURES / name).read_bytes(), **changes)


class Server:
    """Plays the given replies one after another, the last one for ever, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._plays: Callable[[int, str], Played] = lambda place, path: Played(status=404)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        # A client that goes away, and a connection that was reset, are what is tested.
        self._server.handle_error = lambda request, address: None  # type: ignore[method-assign]
        self.port = self._server.server_address[1]
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()

    def plays(self, *replies: Played) -> None:
        self._plays = lambda place, path: replies[min(place, len(replies) - 1)]

    def decides(self, reply: Callable[[str], Played]) -> None:
        """Let the path decide."""
        self._plays = lambda place, path: reply(path)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            place = len(self.asked)
            self.asked.append(handler.path)
        played = self._plays(place, handler.path)
        if played.way == "silence":
            self._stop.wait(5)
            handler.close_connection = True
            return
        if played.way == "close":
            handler.close_connection = True
            return
        if played.way == "reset":
            # A linger time of nought sends RST instead of FIN.
            linger = struct.pack("ii", 1, 0)
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            handler.connection.shutdown(socket.SHUT_RD)
            handler.rfile.close()
            handler.wfile.close()
            handler.connection.close()
            handler.close_connection = True
            return
        handler.send_response(played.status)
        for name, value in played.headers.items():
            handler.send_header(name, value)
        half = played.body[: len(played.body) // 2]
        if played.way == "half chunk":
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(half), half))
            handler.close_connection = True
            return
        if played.way == "cut":  # no length is announced, so only the text shows that it is half
            handler.send_header("Connection", "close")
            handler.end_headers()
            handler.wfile.write(half)
            handler.close_connection = True
            return
        handler.send_header("Content-Length", str(len(played.body)))
        handler.end_headers()
        if played.way == "half":
            handler.wfile.write(half)
            handler.close_connection = True
        elif played.way == "drip":
            for sign in played.body:
                handler.wfile.write(bytes([sign]))
                handler.wfile.flush()
                if self._stop.wait(0.05):
                    break
        else:
            handler.wfile.write(played.body)
