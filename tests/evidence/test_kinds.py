"""Kinds of figures: what each needs, and what is not put side by side."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from babel.messages.pofile import read_po

from donghaeng.evidence import claim_files, claims, kinds, reproduction, reproduction_files
from donghaeng.evidence.kinds import (
    Association,
    Description,
    Effect,
    Figure,
    Interval,
    Kind,
    Published,
    Recomputed,
    Simulation,
    Uncertainty,
    one_kind,
)
from donghaeng.language.catalogue import FOLDER
from donghaeng.rules import BadInput

PROTOCOL = "AEA RCT Registry 10958"


def share(value: Any = 4.8, **changes: Any) -> Description:
    return Description(**{"value": value, "unit": "%", "source": "city, 2023-12-20"} | changes)


def effect(value: Any = -10.4, **changes: Any) -> Effect:
    return Effect(**{"value": value, "unit": "%", "source": "city", "protocol": PROTOCOL} | changes)


def test_each_kind_is_a_type_of_its_own() -> None:
    types = {Effect, Association, Description, Simulation, Published, Recomputed}
    assert {each.kind for each in types} == set(Kind)


def test_a_figure_of_no_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="of a kind"):
        Figure(value=1, unit="%", source="city")


def test_an_effect_without_the_protocol_of_its_assignment_is_refused() -> None:
    with pytest.raises(BadInput, match=r"protocol.*association or a description"):
        effect(protocol=" ")
    with pytest.raises(TypeError):
        Effect(value=1, unit="%", source="city")  # type: ignore[call-arg]


def test_an_effect_is_not_compared_with_a_share_among_those_treated() -> None:
    with pytest.raises(BadInput, match="description and effect are not put side by side"):
        effect().compared_with(share())  # type: ignore[arg-type]  # refused by the type checker too
    with pytest.raises(BadInput, match="published and recomputed"):
        one_kind(
            [
                Published(value=1, unit="", source="a"),
                Recomputed(value=1, unit="", source="b"),
            ]
        )


def test_two_units_are_not_compared() -> None:
    with pytest.raises(BadInput, match=r"unit: % and won"):
        share().compared_with(share(unit="won"))


def test_sampling_and_rounding_are_not_mixed_in_one_comparison() -> None:
    sampled = share(interval=Interval(3.0, 7.0, Uncertainty.SAMPLING, 0.95))
    rounded = share(interval=Interval(4.75, 4.85, Uncertainty.ROUNDING))
    with pytest.raises(BadInput, match="rounding and sampling"):
        sampled.compared_with(rounded)


def test_a_difference_of_rounded_figures_keeps_its_interval() -> None:
    # [4.75, 4.85] less [4.25, 4.35] is [0.40, 0.60].
    first = share(
        Fraction(48, 10),
        interval=Interval(Fraction(475, 100), Fraction(485, 100), Uncertainty.ROUNDING),
    )
    second = share(
        Fraction(43, 10),
        interval=Interval(Fraction(425, 100), Fraction(435, 100), Uncertainty.ROUNDING),
    )
    found = first.compared_with(second)
    assert found.difference == Fraction(1, 2)
    assert found.interval == Interval(Fraction(2, 5), Fraction(3, 5), Uncertainty.ROUNDING)


def test_a_difference_of_sampled_figures_has_no_interval_that_nobody_computed() -> None:
    first, second = (share(interval=Interval(3.0, 7.0, Uncertainty.SAMPLING, 0.95)) for _ in "ab")
    assert first.compared_with(second).interval is None


@pytest.mark.parametrize(
    "changes",
    [
        {"value": float("nan")},
        {"value": float("inf")},
        {"value": True},
        {"value": "4.8"},
        {"source": ""},
        {"interval": Interval(5.0, 6.0, Uncertainty.ROUNDING)},
    ],
)
def test_a_figure_that_is_none_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        share(**changes)


@pytest.mark.parametrize(
    "ends",
    [
        (2, 1, Uncertainty.ROUNDING, None),
        (1, 2, Uncertainty.ROUNDING, 0.95),
        (1, 2, Uncertainty.SAMPLING, None),
        (1, 2, Uncertainty.SAMPLING, 95),
        (float("nan"), 2, Uncertainty.ROUNDING, None),
    ],
)
def test_an_interval_says_what_it_is(ends: tuple[Any, ...]) -> None:
    with pytest.raises(BadInput):
        Interval(*ends)


def test_a_figure_for_programs_says_its_kind_and_what_its_interval_is_about() -> None:
    figure = effect(interval=Interval(-15.0, -5.0, Uncertainty.SAMPLING, 0.95)).as_json()
    assert figure == {
        "kind": "effect",
        "value": -10.4,
        "unit": "%",
        "source": "city",
        "interval": {"low": -15.0, "high": -5.0, "about": "sampling", "level": 0.95},
        "protocol": PROTOCOL,
    }


def test_every_label_has_its_korean() -> None:
    with (FOLDER / "ko.po").open("rb") as file:
        korean = {str(each.id): str(each.string) for each in read_po(file) if each.id}
    tables = (
        kinds.KIND_LABELS,
        kinds.UNCERTAINTY_LABELS,
        claim_files.VERDICT_LABELS,
        claims.FORMULA_LABELS,
        reproduction.VERDICT_LABELS,
        reproduction.ALTERNATIVE_LABELS,
        reproduction_files.STANDING_LABELS,
    )
    assert [each for table in tables for each in table.values() if not korean.get(each)] == []
