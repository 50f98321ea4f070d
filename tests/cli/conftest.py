"""Fixtures of the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from donghaeng import cli

from .program import HOUSEHOLD, Done, Run


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, as the shell would."""
    monkeypatch.setenv("COLUMNS", "100")  # where a line ends does not depend on who watches

    def call(*words: str | Path, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["donghaeng", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        status = 0
        try:
            cli.main()
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


@pytest.fixture
def hh1(tmp_path: Path) -> Path:
    file = tmp_path / "hh1.json"
    file.write_text(json.dumps({"households": [HOUSEHOLD]}), encoding="utf-8")
    return file
