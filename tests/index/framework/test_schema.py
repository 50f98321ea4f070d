"""The JSON Schema of the index file: an editor that knows it accepts what the program accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from donghaeng.index.framework import Index
from donghaeng.index.framework.schema import file_schema
from donghaeng.index.framework.steps import STEPS

from ..small import document

EXAMPLES = Path(__file__).parents[3] / "examples" / "index"
SCHEMA = file_schema(Index)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def findings(content: Any) -> list[str]:
    return [error.json_path for error in VALIDATOR.iter_errors(content)]


def test_the_schema_is_one_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in EXAMPLES.glob("*/index.yaml")))
def test_every_example_is_valid(name: str) -> None:
    content = yaml.safe_load((EXAMPLES / name / "index.yaml").read_text(encoding="utf-8"))
    assert findings(json.loads(json.dumps(content, default=str))) == []


@pytest.mark.parametrize("step", ["denominate", "screen", "treat"])
def test_a_step_may_be_its_name_alone(step: str) -> None:
    rest = document()["steps"]
    assert findings(document(steps=[step, *rest])) == []
    assert findings(document(steps=[{step: None}, *rest])) == []
    assert findings(document(steps=[{step: {}}, *rest])) == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"lable": "x"}, "$"),
        ({"steps": ["aggregate"]}, "$.steps[0]"),
        ({"steps": [{}]}, "$.steps[0]"),
        ({"steps": [{"normalise": {"method": "minmax"}}]}, "$.steps[0]"),
        ({"nodes": {"=1+1": {"label": {"ko": "x", "en": "x"}}}}, "$.nodes"),
        ({"periods": {"base": "last year"}}, "$.periods.base"),
        ({"indicators": {}}, "$.indicators"),
    ],
)
def test_what_is_not_right_is_found(changes: dict[str, Any], path: str) -> None:
    assert path in findings(document(**changes))


def test_every_part_says_what_it_is() -> None:
    silent = [name for name, part in SCHEMA["$defs"].items() if not part.get("description")]
    assert silent == []
    assert {kind.__name__ for kind in STEPS.values()} <= set(SCHEMA["$defs"])
