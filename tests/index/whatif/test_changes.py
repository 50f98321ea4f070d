"""Changes, responses and results of simulations: what they may say, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from donghaeng.index.panel import panel_of
from donghaeng.index.whatif.changes import Change, Changes, Response, parse_change, read_changes
from donghaeng.index.whatif.moves import Move, moves_of, place_of
from donghaeng.rules.faults import BadInput

from .. import small
from .seoul import FOLDER, seoul


def moves(folder: Path, *changes: Change, **more: Any) -> tuple[Move, ...]:
    index = small.index(folder)
    panel = panel_of(index, small.table(), "figures.csv")
    return moves_of(Changes(changes=changes, **more), index, panel, None, folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("income=+5%", {"by_percent": 5.0}),
        ("income=-5%", {"by_percent": -5.0}),
        ("income=+10", {"by": 10.0}),
        ("income=-2.5", {"by": -2.5}),
        ("income=300", {"to": 300.0}),
        ("income=1,300", {"to": 1300.0}),
    ],
)
def test_a_change_is_typed_as_part_amount_or_figure(text: str, said: dict[str, float]) -> None:
    assert parse_change(text) == Change(indicator="income", **said)


def test_a_programme_is_changed_by_whole_won() -> None:
    known = frozenset({"seoul_learn"})
    assert parse_change("seoul_learn=+1000000000", known).by_won == 10**9
    with pytest.raises(BadInput, match="whole won"):
        parse_change("seoul_learn=+0.5", known)
    with pytest.raises(BadInput, match="whole won"):
        parse_change("seoul_learn=300", known)


@pytest.mark.parametrize("text", ["income", "income=5%", "income=+", "income=x", "=5", ""])
def test_what_is_no_change_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="CODE=\\+5%"):
        parse_change(text)


def test_a_part_is_taken_of_the_figure(tmp_path: Path) -> None:
    (move,) = moves(tmp_path, Change(indicator="income", by_percent=5.0, unit="b"))
    assert (move.before, move.after) == (20.0, 21.0)


def test_the_unit_is_asked_for_where_there_are_several(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="3 units") as fault:
        moves(tmp_path, Change(indicator="income", by=1.0))
    assert "--unit a" in str(fault.value)


def test_a_misspelt_indicator_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="income"):
        moves(tmp_path, Change(indicator="incme", by=1.0, unit="a"))


def test_an_indicator_under_a_given_area_changes_nothing_and_is_refused() -> None:
    build = seoul()
    changes = Changes(changes=(Change(indicator="homes_improved", by=1.0),))
    with pytest.raises(BadInput, match="housing are given"):
        moves_of(changes, build.index, build.panel, None, FOLDER)


def test_a_figure_that_is_set_cannot_be_changed_again(tmp_path: Path) -> None:
    both = (
        Change(indicator="income", to=5.0, unit="a"),
        Change(indicator="income", by=1.0, unit="a"),
    )
    with pytest.raises(BadInput, match="changed twice"):
        moves(tmp_path, *both)


def test_a_figure_outside_of_its_limits_is_refused(tmp_path: Path) -> None:
    indicators = small.document()["indicators"]
    indicators["income"]["limits"] = [0, 100]
    index = small.index(tmp_path, indicators=indicators)
    panel = panel_of(index, small.table(), "figures.csv")
    changes = Changes(changes=(Change(indicator="income", to=101.0, unit="a"),))
    with pytest.raises(BadInput, match="from 0 to 100"):
        moves_of(changes, index, panel, None, tmp_path)


def test_the_latest_period_is_meant_where_none_is_named() -> None:
    build = seoul()
    assert build.panel.rows[place_of(build.index, build.panel, None, None)] == ("seoul", "2024")


def response(**other: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "programme": "grants",
        "indicator": "income",
        "by": 2.0,
        "per_won": 10**6,
        "up_to_won": 3 * 10**6,
        "kind": "assumption",
        "source": "the department",
    }
    return usual | other


def test_the_money_of_a_programme_moves_what_is_stated_up_to_its_limit(tmp_path: Path) -> None:
    stated = (
        Response(**response()),
        Response(**response(indicator="rent", by=-1.0, up_to_won=10**6)),
    )
    change = Change(programme="grants", by_won=2 * 10**6, unit="a")
    income, rent = moves(tmp_path, change, responses=stated, unit="a")
    assert income.after == 10 + 2 * 2.0  # two million, 2 for each
    assert rent.after == 5 - 1.0  # one million is all that is stated
    assert income.why == "assumption"


def test_money_beyond_what_is_stated_is_refused(tmp_path: Path) -> None:
    change = Change(programme="grants", by_won=4 * 10**6, unit="a")
    with pytest.raises(BadInput, match="beyond 3000000 won"):
        moves(tmp_path, change, responses=(Response(**response()),), unit="a")


def test_a_programme_without_a_stated_response_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing is stated"):
        moves(tmp_path, Change(programme="grants", by_won=1, unit="a"))


def test_an_effect_names_its_protocol() -> None:
    with pytest.raises(ValidationError, match="names its protocol"):
        Response(**response(kind="effect"))
    assert Response(**response(kind="effect", protocol="protocol.yaml")).protocol


@pytest.mark.parametrize("won", [1.5, "1000", 0, -1])
def test_won_are_whole_and_above_zero(won: object) -> None:
    with pytest.raises(ValidationError):
        Response(**response(per_won=won))


def test_a_result_of_a_simulation_sets_an_indicator_with_its_ends(tmp_path: Path) -> None:
    figure = {
        "indicator": "income",
        "unit": "a",
        "period": "2024",
        "value": 14,
        "lower": 12,
        "upper": 17,
        "kind": "simulation",
    }
    (tmp_path / "result.json").write_text(json.dumps({"figures": [figure]}), encoding="utf-8")
    (move,) = moves(tmp_path, simulations=("result.json",))
    assert (move.before, move.after, move.lower, move.upper) == (10, 14, 12, 17)
    assert move.why == "simulation"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "effect"}, "kind"),
        ({"lower": 15}, "lie from lower to upper"),
        ({"upper": None}, "both lower and upper"),
        ({"indicator": "incme"}, "income"),
        ({"period": "2030"}, "2030"),
    ],
)
def test_a_result_file_that_is_not_right_is_refused(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    figure = {
        "indicator": "income",
        "unit": "a",
        "period": "2024",
        "value": 14,
        "lower": 12,
        "upper": 17,
        "kind": "simulation",
    } | change
    (tmp_path / "result.json").write_text(json.dumps({"figures": [figure]}), encoding="utf-8")
    with pytest.raises(BadInput, match=said):
        moves(tmp_path, simulations=("result.json",))


def test_a_file_of_changes_is_read_or_refused_with_its_field(tmp_path: Path) -> None:
    file = tmp_path / "changes.yaml"
    file.write_text(yaml.safe_dump({"changes": [{"indicator": "income", "by": 1}]}))
    assert read_changes(file).changes[0].by == 1
    file.write_text(yaml.safe_dump({"changes": [{"indicator": "income", "by": 1, "to": 2}]}))
    with pytest.raises(BadInput, match=r"changes\.0: .*one of by"):
        read_changes(file)
