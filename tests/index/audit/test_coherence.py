"""Correlations, alpha, components and weights, against other ways of finding them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from numpy.testing import assert_allclose

from donghaeng.index.audit import Audit
from donghaeng.index.chain import build
from donghaeng.index.coherence.flags import Finding

from .indices import asem, audited, town


@pytest.fixture(scope="module")
def of_asem(shared_data: Callable[[str], Path]) -> Audit:
    return audited(asem(shared_data("asem")))


def test_correlations_are_those_of_numpy_at_every_level(
    of_asem: Audit, shared_data: Callable[[str], Path]
) -> None:
    built = build(*asem(shared_data("asem")))
    codes = built.tree.codes
    by_numpy = numpy.corrcoef(built.scores, rowvar=False)
    assert of_asem.coherence is not None
    found = of_asem.coherence.correlations
    assert len(found) == len(codes) * 11 - 11  # every node with each of the 11 groups, but itself
    for each in found:
        expected = by_numpy[codes.index(each.node), codes.index(each.with_node)]
        assert each.correlation == pytest.approx(expected, abs=1e-12)
        assert each.rows == 51


def test_alpha_is_the_classical_one_where_nothing_is_missing(
    of_asem: Audit, shared_data: Callable[[str], Path]
) -> None:
    built = build(*asem(shared_data("asem")))
    assert of_asem.coherence is not None
    for family in of_asem.coherence.families:
        values = built.scores[:, [built.tree.place(child) for child in family.children]]
        k = values.shape[1]
        total = values.sum(axis=1).var(ddof=1)
        classical = k / (k - 1) * (1 - values.var(axis=0, ddof=1).sum() / total)
        assert family.alpha == pytest.approx(classical, abs=1e-10)
        assert family.alpha_listwise == pytest.approx(classical, abs=1e-10)
        assert family.fewest_rows == family.most_rows == family.complete_rows == 51


def test_components_explain_all_of_the_variance(of_asem: Audit) -> None:
    assert of_asem.coherence is not None
    for family in of_asem.coherence.families:
        assert sum(each.explained for each in family.components) == pytest.approx(1)
        # The sum of squared loadings on a component is its eigenvalue.
        for component in family.components:
            squares = sum(loading**2 for loading in component.loadings)
            assert squares == pytest.approx(component.eigenvalue, abs=1e-9)


def test_nominal_weights_add_up_and_linear_shares_are_squared_correlations(of_asem: Audit) -> None:
    told = of_asem.coherence
    assert told is not None
    related = {(each.node, each.with_node): each.correlation for each in told.correlations}
    for family in told.families:
        own = [each for each in told.weights if each.parent == family.node]
        assert sum(each.nominal for each in own) == pytest.approx(1)
        assert sum(each.contribution for each in own) == pytest.approx(1)
        assert sum(each.effective for each in own) == pytest.approx(1)
        assert_allclose(
            [each.linear for each in own],
            [related[each.node, each.parent] ** 2 for each in own],
            atol=1e-12,
        )


def test_an_indicator_against_its_area_is_flagged(of_asem: Audit) -> None:
    assert of_asem.coherence is not None
    flags = {(flag.finding, flag.indicator) for flag in of_asem.coherence.flags}
    assert (Finding.AGAINST_AREA, "TBTs") in flags


def test_two_copies_of_one_indicator_are_found(tmp_path: Path) -> None:
    members = {name: {"label": {"ko": name, "en": name}} for name in "abcdef"}
    rising = {name: float(place) for place, name in enumerate("abcdef")}
    mixed = dict(zip("abcdef", (3.0, 1.0, 4.0, 1.5, 5.0, 9.0), strict=True))
    indicators = {
        "income": {"label": {"ko": "i", "en": "Income"}, "parent": "living"},
        "rent": {"label": {"ko": "r", "en": "Rent"}, "parent": "living"},
        "doctors": {"label": {"ko": "d", "en": "Doctors"}, "parent": "health"},
    }
    found = audited(
        town(
            tmp_path,
            figures={
                "income": rising,
                "rent": {k: 2 * v + 1 for k, v in rising.items()},
                "doctors": mixed,
            },
            indicators=indicators,
            units={"kind": "district", "members": members},
        )
    )
    assert found.coherence is not None
    double = [flag for flag in found.coherence.flags if flag.finding is Finding.NEAR_DUPLICATE]
    assert (double[0].indicator, double[0].other) == ("income", "rent")


def test_fewer_than_five_units_say_nothing(tmp_path: Path) -> None:
    assert audited(town(tmp_path)).coherence is None
