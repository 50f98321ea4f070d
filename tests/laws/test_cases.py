"""Every worked case that ships with the program comes out as an official computed it by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from donghaeng import law_on
from donghaeng.household.cases import run_cases

CASES = sorted((Path(__file__).parents[2] / "examples" / "cases").glob("*.yaml"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_every_worked_case_holds(file: Path) -> None:
    outcomes = run_cases(file, lambda date: law_on(str(date)))
    differing = [outcome for outcome in outcomes if not outcome.holds]
    assert outcomes
    assert not differing, "\n".join(map(str, differing))
