"""The page on methods names every method, and every step that it shows can stand in a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import TypeAdapter

from donghaeng.index.framework import options
from donghaeng.index.framework.steps import Step
from donghaeng.index.framework.uncertain import Uncertainty

PAGE = (Path(__file__).parents[3] / "docs" / "index_methods.md").read_text(encoding="utf-8")
EXAMPLES: list[Any] = [
    yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.S | re.M)
]
METHODS = sorted(
    {
        word
        for kind in vars(options).values()
        if isinstance(kind, type) and issubclass(kind, options.Part)
        for word in get_args(getattr(kind.model_fields.get("method"), "annotation", None))
    }
)


@pytest.mark.parametrize(
    "step", [step for example in EXAMPLES if isinstance(example, list) for step in example], ids=str
)
def test_every_step_that_the_page_shows_can_stand_in_a_file(step: Any) -> None:
    written = {step: {}} if isinstance(step, str) else step
    TypeAdapter(Step).validate_python(written)


def test_the_uncertainty_that_the_page_shows_can_stand_in_a_file() -> None:
    (shown,) = (example for example in EXAMPLES if isinstance(example, dict))
    Uncertainty.model_validate(shown["uncertainty"])


@pytest.mark.parametrize("method", METHODS)
def test_every_method_stands_in_a_table_of_the_page(method: str) -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    assert any(f"`{method}`" in row for row in rows)
