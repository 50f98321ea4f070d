"""A user's own rule is checked before its answer is believed."""

import numpy
import pytest

from donghaeng.index.aggregation.means import arithmetic
from donghaeng.index.aggregation.user_function import apply_function, named_function
from donghaeng.rules.faults import BadInput

VALUES = numpy.array([[1.0, 3.0], [2.0, 8.0]])
ONE = numpy.ones(2)


def highest(values: numpy.ndarray, weights: numpy.ndarray) -> numpy.ndarray:
    return values.max(axis=-1)


def test_a_function_named_by_module_is_found_and_used() -> None:
    assert named_function("donghaeng.index.aggregation.means:arithmetic") is arithmetic
    assert apply_function(highest, VALUES, ONE).tolist() == [3.0, 8.0]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("arithmetic", "names no function"),
        ("means:", "names no function"),
        ("no.such.module:rule", "cannot be imported"),
        ("donghaeng.index.aggregation.means:arithmetics", "did you mean 'arithmetic'"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(name: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        named_function(name)


def test_an_answer_of_the_wrong_shape_or_kind_is_refused() -> None:
    for wrong in (
        lambda v, w: v.sum(),
        lambda v, w: v,
        lambda v, w: numpy.array(["a", "b"]),
        lambda v, w: None,
    ):
        with pytest.raises(BadInput, match="one number for each row"):
            apply_function(wrong, VALUES, ONE)


def test_an_infinite_score_is_refused_with_its_row() -> None:
    with pytest.raises(BadInput, match="infinite score for row 1"):
        apply_function(lambda v, w: numpy.array([1.0, numpy.inf]), VALUES, ONE)


def test_a_function_that_writes_into_its_arguments_harms_nobody() -> None:
    def careless(values: numpy.ndarray, weights: numpy.ndarray) -> numpy.ndarray:
        values[:] = 0.0
        weights[:] = 0.0
        return values.sum(axis=-1)

    values, weights = VALUES.copy(), ONE.copy()
    apply_function(careless, values, weights)
    assert values.tolist() == VALUES.tolist()
    assert weights.tolist() == ONE.tolist()
