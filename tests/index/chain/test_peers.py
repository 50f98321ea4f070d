"""Peers: the scale is found among named units, and everybody is put on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import polars
import pytest

from donghaeng.rules import BadInput

from ..small import FIGURES, built, document, label, table

PEERS = {"large": {"label": label("Large districts"), "units": ["a", "b"]}}
MEAN = {"aggregate": {"method": "arithmetic"}}


def steps(**method: Any) -> list[dict[str, Any]]:
    return [{"normalise": {"peers": "large", **method}}, MEAN]


def incomes(folder: Path, **method: Any) -> list[float]:
    """Normalised incomes of a, b and c, which are 10, 20 and 30."""
    entries = document()["indicators"]
    entries["income"]["normalise"] = {"peers": "large", **method}
    found = built(folder, peers=PEERS, indicators=entries)
    return found.data_set("normalised").values[:, 0].tolist()


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        # among a and b: from 10 to 20, so c is at 100 * (30 - 10) / (20 - 10) = 200
        ({"method": "min_max"}, [0, 100, 200]),
        # mean 15, deviation sqrt(((10-15)^2 + (20-15)^2) / 1) = sqrt(50)
        ({"method": "z_score"}, [-5 / 50**0.5, 5 / 50**0.5, 15 / 50**0.5]),
        # 1 - (20 - x) / (20 - 10)
        ({"method": "distance_to_maximum"}, [0, 1, 2]),
        # 1 - (20 - x) / (20 - 10), the reference being b
        ({"method": "distance_to_reference", "reference": "b"}, [0, 1, 2]),
        # x / 20
        ({"method": "fraction_of_maximum"}, [0.5, 1, 1.5]),
    ],
)
def test_the_scale_is_found_among_the_peers(
    tmp_path: Path, method: dict[str, Any], expected: list[float]
) -> None:
    numpy.testing.assert_allclose(incomes(tmp_path, **method), expected, rtol=1e-12)


def test_direction_holds_among_peers_as_well(tmp_path: Path) -> None:
    found = built(tmp_path, peers=PEERS, steps=steps(method="min_max"))
    # rents of 5, 10 and 15, lower is better: 100 * (10 - x) / (10 - 5)
    assert found.data_set("normalised").values[:, 1].tolist() == [100, 0, -100]


def test_the_target_of_an_indicator_is_measured_from_the_lowest_peer(tmp_path: Path) -> None:
    entries = document()["indicators"]
    for entry in entries.values():
        entry["normalise"] = {"method": "z_score"}
    entries["income"] |= {
        "target": 50,
        "normalise": {"method": "distance_to_target", "peers": "better_off"},
    }
    peers = {"better_off": {"label": label("Better off"), "units": ["b", "c"]}}
    found = built(tmp_path, peers=peers, indicators=entries)
    # (x - 20) / (50 - 20): the lowest peer has 20
    numpy.testing.assert_allclose(
        found.data_set("normalised").values[:, 0], [-1 / 3, 0, 1 / 3], rtol=1e-12
    )


def test_all_units_as_peers_are_no_peers(tmp_path: Path) -> None:
    everybody = {"large": {"label": label("All"), "units": ["a", "b", "c"]}}
    among = built(tmp_path, peers=everybody, steps=steps(method="min_max"))
    alone = built(tmp_path)
    numpy.testing.assert_array_equal(among.scores, alone.scores)


def test_each_period_has_its_own_scale_among_peers(tmp_path: Path) -> None:
    later = {code: {u: 2 * x for u, x in by.items()} for code, by in FIGURES.items()}
    figures = polars.concat([table(period="2023"), table(later, "2024")])
    found = built(tmp_path, figures, peers=PEERS, steps=steps(method="min_max", over="period"))
    assert found.data_set("normalised").values[:, 0].tolist() == [0, 100, 200, 0, 100, 200]
    found = built(tmp_path, figures, peers=PEERS, steps=steps(method="min_max", over="panel"))
    # a and b in both years: 10, 20, 20, 40; so 100 * (x - 10) / 30
    numpy.testing.assert_allclose(
        found.data_set("normalised").values[:, 0],
        [0, 100 / 3, 200 / 3, 100 / 3, 100, 500 / 3],
        rtol=1e-12,
    )


def refused(folder: Path, **changes: Any) -> str:
    with pytest.raises(BadInput) as fault:
        built(folder, **changes)
    return str(fault.value)


def test_peers_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, steps=steps(method="min_max"))
    assert "steps.0.normalise.peers: there is no set of peers 'large'" in said
    said = refused(tmp_path, peers={"large": {"label": label("L"), "units": ["d"]}})
    assert "peers.large.units: there is no unit 'd'" in said
    said = refused(tmp_path, peers=PEERS, steps=steps(method="rank"))
    assert "steps.0.normalise.peers: unknown field 'peers'" in said
    reference = steps(method="distance_to_reference", reference="c")
    said = refused(tmp_path, peers=PEERS, steps=reference)
    assert "c is not among the peers large (one of a, b)" in said


def test_one_peer_alone_makes_no_scale(tmp_path: Path) -> None:
    one = {"large": {"label": label("One"), "units": ["a"]}}
    said = refused(tmp_path, peers=one, steps=steps(method="min_max"))
    assert "indicators.income: min_max finds no scale: the figures among the peers large" in said


def test_a_unit_beyond_its_peers_may_be_below_zero_so_a_geometric_mean_is_refused(
    tmp_path: Path,
) -> None:
    geometric = [
        {"normalise": {"method": "min_max", "low": 1, "peers": "large"}},
        {"aggregate": {"method": "geometric"}},
    ]
    assert "a unit beyond the peers large may lie below 1" in refused(
        tmp_path, peers=PEERS, steps=geometric
    )
