"""What every test of the command line needs: a program to run, and files for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "examples"
HOUSEHOLDS = str(EXAMPLES / "households.yaml")
JULY = ("--date", "2024-07")
HOUSEHOLD = {
    "id": "hh1",
    "region": "seoul",
    "programmes": ["safety_income"],
    "housing": {"tenure": "monthly_rent", "deposit": 10_000_000, "monthly_rent": 450_000},
    "assets": {"general": 0, "financial": 5_000_000},
    "persons": [{"id": "p1", "birth_date": "1990-05-01", "earnings": 0}],
}


@dataclass
class Done:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


def one_line(done: Done) -> str:
    """What a person is told who gave bad input."""
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("donghaeng: ")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    return done.err


def shell(*words: str, stdin: bytes = b"", code: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    start = code or "from donghaeng.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, *words], input=stdin, capture_output=True, check=False
    )
