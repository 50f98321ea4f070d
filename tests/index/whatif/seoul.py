"""Seoul's index as it ships, for tests of what-if and plans."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from donghaeng.index.chain import Build, build
from donghaeng.index.framework import read_index
from donghaeng.index.panel import read_panel

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "index" / "seoul"


@cache
def seoul() -> Build:
    index = read_index(FOLDER / "index.yaml")
    return build(index, read_panel(index, FOLDER))
