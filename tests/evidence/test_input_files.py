"""Input files: the first fault in one line, with the file, the field and what would be right."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from donghaeng.evidence.claim_files import ClaimFile
from donghaeng.evidence.input_files import Entry, read_file
from donghaeng.evidence.reproduction_files import Series
from donghaeng.rules import BadInput, LawFault

SEOUL = Path(__file__).resolve().parents[2] / "examples" / "index" / "seoul"
SHIPPED = [
    ("reproduction.yaml", Series),
    ("claims_index.yaml", ClaimFile),
    ("claims_2023-09-26.yaml", ClaimFile),
]


@pytest.fixture
def changed(tmp_path: Path) -> Any:
    """Read a shipped file with one piece of its text replaced."""

    def read(name: str, old: str, new: str) -> Any:
        text = (SEOUL / name).read_text(encoding="utf-8")
        assert old in text
        file = tmp_path / name
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return read_file(file, dict(SHIPPED)[name])

    return read


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "kind: percent_change",
            "kind: percent_chnage",
            r"claims\[0\]\.kind: .*did you mean 'percent_change'",
        ),
        ("  stated:", "  statde:", r"claims\[0\]\.statde: .*did you mean 'stated'"),
        ("    ko: 종합지수", "    kr: 종합지수", r"claims\[0\]\.about"),
        ('from: "111.0"', "from: 111.0", r"claims\[0\]\.from: .*in quotes \(a count"),
        ("status: press", "status: rumour", r"claims\[0\]\.status: 'rumour' is not known here"),
        ("date: 2025-08-04", "date: 2025-02-30", r"claims\[0\]\.date"),
        ("comparison: none", "comparison: nobody", r"claims\[0\]\.comparison"),
        ("id: budget_growth_2025", "id: growth_2024", "'growth_2024' stands there twice"),
    ],
)
def test_a_fault_is_one_line_with_its_place(changed: Any, old: str, new: str, message: str) -> None:
    with pytest.raises(BadInput, match=message) as fault:
        changed("claims_index.yaml", old, new)
    assert "\n" not in str(fault.value)
    assert "claims_index.yaml" in str(fault.value)


def test_an_unknown_field_of_a_series_suggests_the_nearest(changed: Any) -> None:
    with pytest.raises(BadInput, match=r"areas\[0\]\.indicatrs: .*did you mean 'indicators'"):
        changed("reproduction.yaml", "indicators: 12", "indicatrs: 12")
    with pytest.raises(
        BadInput, match=r"series\[1\]\.composite\[0\]\.relased: .*did you mean 'released'"
    ):
        changed("reproduction.yaml", "released: 2024-06-19", "relased: 2024-06-19")


def test_what_is_not_yaml_or_not_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    with pytest.raises(BadInput, match="No such file"):
        read_file(file, ClaimFile)
    file.write_text("claims: [", encoding="utf-8")
    with pytest.raises(LawFault, match=r"claims\.yaml:2: "):
        read_file(file, ClaimFile)
    file.write_bytes(b"\xff\xff")
    with pytest.raises(BadInput, match="UTF-8"):
        read_file(file, ClaimFile)
    file.write_bytes(b"#" * (5 * 2**20))
    with pytest.raises(BadInput, match="larger than"):
        read_file(file, ClaimFile)
    for content in ("", "- 1", "null", "text"):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(BadInput):
            read_file(file, ClaimFile)


class _Between(Entry):
    between: tuple[int, int]


@pytest.mark.parametrize("ends", ["[]", "[1]", "[1, 2, 3]"])
def test_too_few_or_too_many_ends_are_one_line(tmp_path: Path, ends: str) -> None:
    file = tmp_path / "between.yaml"
    file.write_text(f"between: {ends}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"between\.yaml: between(\[\d\])?: "):
        read_file(file, _Between)


@pytest.mark.parametrize(("name", "model"), SHIPPED)
def test_a_shipped_file_is_valid_under_the_json_schema_of_its_model(name: str, model: Any) -> None:
    schema = model.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    document = yaml.safe_load((SEOUL / name).read_text(encoding="utf-8"))
    jsonschema.validate(_plain(document), schema)
    with pytest.raises(jsonschema.ValidationError, match="Additional properties"):
        jsonschema.validate(_plain(document) | {"more": 1}, schema)


def _plain(value: Any) -> Any:
    """As JSON: days as text, keys as text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
