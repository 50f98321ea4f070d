"""A scan finds every place where a function passes its target, or says that there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from donghaeng.policy.crossings import Crossing, Scan


def test_a_rising_function_is_passed_once() -> None:
    # 3 x 166 = 498 is within 500, 3 x 167 = 501 is not.
    assert Scan(lambda place: 3.0 * place, 2_000_000, 500.0).crossings() == (Crossing(166, 167),)


def test_a_falling_function_is_met_from_above() -> None:
    assert Scan(lambda place: 1000.0 - place, 1000, 400.0).crossings() == (Crossing(600, 599),)


def test_all_places_of_a_valley_are_told() -> None:
    # (x - 500)^2 is at most 10,000 from 400 to 600.
    scan = Scan(lambda place: float((place - 500) ** 2), 1000, 10_000.0)
    assert scan.crossings() == (Crossing(400, 399), Crossing(600, 601))


def test_what_never_passes_has_no_crossing_and_says_what_it_met() -> None:
    scan = Scan(lambda place: 10.0 + place, 64, 5.0)
    assert scan.crossings() == ()
    assert scan.met == (10.0, 74.0)


@given(st.integers(2, 10**6), st.data())
def test_any_step_is_found_in_few_evaluations(last: int, data: st.DataObject) -> None:
    step = data.draw(st.integers(1, last))
    scan = Scan(lambda place: float(place >= step), last, 0.5)
    assert scan.crossings() == (Crossing(step - 1, step),)
    assert len(scan.seen) <= 33 + 8 * 6
