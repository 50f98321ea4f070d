"""The register of programmes: what it may hold, and what it is checked against."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from donghaeng.index.framework import Index
from donghaeng.index.plan.register import Content, Register, read_register
from donghaeng.rules.faults import BadInput

from .. import small
from ..whatif.seoul import FOLDER, seoul


def programme(**other: Any) -> dict[str, Any]:
    return {"label": small.label("Grants"), "area": "living", "indicators": ["income"], **other}


def read(folder: Path, index: Index | None = None, **programmes: Any) -> Register:
    file = folder / "programmes.yaml"
    file.write_text(yaml.safe_dump({"programmes": programmes}), encoding="utf-8")
    return read_register(file, index or small.index(folder))


def test_the_register_of_seoul_is_read_and_its_unknown_stays_unknown() -> None:
    register = read_register(FOLDER / "programmes.yaml", seoul().index)
    learn = register.programmes["seoul_learn"]
    assert learn.department is None
    amount = learn.budget["2025"]
    assert amount is not None
    assert amount.won == 19_800_000_000
    assert register.programmes["safety_income"].budget["2024"] is None
    assert register.basic_plan is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"area": "livin"}, "living"),
        ({"indicators": ["incme"]}, "income"),
        ({"concerns": ["nobody"]}, "group of people"),
        ({"budget": {"2025": {"won": 1.5, "status": "press", "source": "x"}}}, "whole number"),
        ({"budget": {"2025": {"won": -1, "status": "press", "source": "x"}}}, "0 or more"),
        ({"budget": {"2025": {"won": 1, "status": "gap", "source": "x"}}}, "gap"),
        ({"budget": {"2025": {"won": 1, "status": "press"}}}, "source"),
        ({"budgt": {}}, "budget"),
        ({"evidence": {"kind": "effect", "source": "x"}}, "protocol"),
        ({"evidence": {"kind": "association"}}, "source"),
    ],
)
def test_what_is_not_right_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput, match=said) as fault:
        read(tmp_path, grants=programme(**change))
    assert "programmes.yaml" in str(fault.value)
    assert "grants" in str(fault.value)


def test_a_programme_that_an_indicator_names_has_to_be_there(tmp_path: Path) -> None:
    indicators = small.document()["indicators"]
    indicators["rent"]["programme"] = "rents"
    index = small.index(tmp_path, indicators=indicators)
    with pytest.raises(BadInput, match="'rents', which the indicator rent names"):
        read(tmp_path, index, grants=programme())
    register = read(tmp_path, index, grants=programme(), rents=programme(indicators=[]))
    assert register.indicators_of("rents", index) == ["rent"]
    assert register.moving("rent", index) == ["rents"]
    assert register.moving("doctors", index) == []


def test_the_eight_contents_stand_under_their_items() -> None:
    assert [each.article for each in Content] == [f"§6②{number}" for number in range(1, 9)]


def test_the_schema_names_every_field() -> None:
    assert set(Register.model_json_schema()["properties"]) == {
        "basic_plan",
        "year_total",
        "programmes",
    }
