"""Fixtures of the tests of sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from donghaeng.sources.keys import Key

from .server import SECRET, Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as playing:
        yield playing


@pytest.fixture
def key() -> Key:
    return Key(SECRET)
