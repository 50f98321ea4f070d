"""The tree: its checks, and the whole computation from indicators to the top."""

import csv
import itertools
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from threadpoolctl import threadpool_limits

from donghaeng.index.aggregation import Aggregator, NonPositive
from donghaeng.index.aggregation.methods import (
    Arithmetic,
    Copeland,
    Geometric,
    Harmonic,
    MeanMin,
    Median,
)
from donghaeng.index.hierarchy import (
    NO_PARENT,
    Node,
    Tree,
    aggregate_tree,
    composite,
    effective_weights,
)
from donghaeng.rules.faults import BadInput

NAN = numpy.nan


def ragged(top: Aggregator | None = None, housing: Aggregator | None = None) -> Tree:
    """Housing of rent and rooms; the city of housing and, right below it, safety."""
    return Tree.of(
        [
            Node("city", None, method=top or Arithmetic()),
            Node("rent", "housing", 1.0),
            Node("housing", "city", 2.0, method=housing or Arithmetic()),
            Node("safety", "city", 1.0),
            Node("rooms", "housing", 3.0),
        ]
    )


def test_indicators_keep_their_order_and_groups_follow_their_children() -> None:
    tree = ragged()
    assert tree.codes == ("rent", "safety", "rooms", "housing", "city")
    assert tree.parents == (3, 4, 3, 4, NO_PARENT)
    assert tree.levels == (1, 1, 1, 2, 3)
    assert tree.indicators == 3
    assert [list(c) for c in tree.children] == [[], [], [], [0, 2], [1, 3]]
    assert (tree.place("safety"), tree.top) == (1, 4)


def test_a_ragged_tree_is_computed_from_below() -> None:
    # housing = (1·4 + 3·8) / 4 = 7; city = (2·7 + 1·1) / 3 = 5
    values = numpy.array([[4.0, 1.0, 8.0]])
    assert aggregate_tree(ragged(), values).tolist() == [[4.0, 1.0, 8.0, 7.0, 5.0]]
    assert composite(ragged(), values).tolist() == [5.0]


def test_every_node_has_its_own_rule_also_within_a_level() -> None:
    tree = Tree.of(
        [
            *(Node(code, code[0]) for code in ("a1", "a2", "b1", "b2", "c1", "c2")),
            Node("a", "top", method=Geometric()),
            Node("b", "top", method=Harmonic()),
            Node("c", "top"),
            Node("top", None, method=Median()),
        ]
    )
    row = numpy.array([[2.0, 8.0, 2.0, 8.0, 2.0, 8.0]])
    # geometric 4, harmonic 3.2, arithmetic 5; their median 4
    assert aggregate_tree(tree, row)[0, 6:] == pytest.approx([4.0, 3.2, 5.0, 4.0])


def test_missing_children_pass_their_weight_on_at_their_own_level() -> None:
    values = numpy.array([[NAN, 1.0, 8.0], [NAN, 1.0, NAN], [4.0, NAN, 8.0], [NAN, NAN, NAN]])
    scores = aggregate_tree(ragged(), values)
    # housing: 8 (rooms alone), missing, 7, missing; city: (2·8 + 1)/3, 1 (safety alone), 7, missing
    numpy.testing.assert_allclose(scores[:, 3], [8.0, NAN, 7.0, NAN])
    numpy.testing.assert_allclose(scores[:, 4], [17 / 3, 1.0, 7.0, NAN])
    numpy.testing.assert_array_equal(composite(ragged(), values), scores[:, 4])


def test_a_group_below_its_threshold_is_missing_and_so_passes_its_weight_on() -> None:
    tree = Tree.of(
        [
            Node("rent", "housing"),
            Node("rooms", "housing"),
            Node("safety", "city"),
            Node("housing", "city", least_available=0.75),
            Node("city", None),
        ]
    )
    values = numpy.array([[NAN, 8.0, 2.0], [4.0, 8.0, 2.0]])
    numpy.testing.assert_array_equal(aggregate_tree(tree, values)[:, 3], [NAN, 6.0])
    numpy.testing.assert_array_equal(composite(tree, values), [2.0, 4.0])


def test_a_tree_may_be_one_step_or_six_deep() -> None:
    chain = [Node("x", "g1"), *(Node(f"g{n}", f"g{n + 1}") for n in range(1, 6)), Node("g6", None)]
    tree = Tree.of(chain[::-1])
    assert tree.levels == (1, 2, 3, 4, 5, 6, 7)
    assert aggregate_tree(tree, numpy.array([[3.0]])).tolist() == [[3.0] * 7]


def test_effective_weights_are_the_products_on_the_way_up() -> None:
    # housing 2/3, safety 1/3; rent 2/3 · 1/4, rooms 2/3 · 3/4
    expected = [2 / 12, 1 / 3, 6 / 12, 2 / 3, 1.0]
    assert effective_weights(ragged()) == pytest.approx(expected)
    many = numpy.random.default_rng(0).uniform(0.1, 1.0, (5, 5))
    together = effective_weights(ragged(), many)
    for draw, weights in zip(together, many, strict=True):
        assert draw == pytest.approx(effective_weights(ragged(), weights))
        assert draw[:3].sum() == pytest.approx(1.0)


@pytest.mark.parametrize("missing", [0.0, 0.1])
@pytest.mark.parametrize(
    ("top", "housing"),
    [
        (Arithmetic(), Arithmetic()),
        (Geometric(), Arithmetic()),
        (Arithmetic(), Geometric()),
        (MeanMin(), Median()),
        (Copeland(), Harmonic()),
    ],
)
def test_a_batch_of_draws_is_each_draw_by_itself(
    top: Aggregator, housing: Aggregator, missing: float
) -> None:
    tree = ragged(top, housing)
    random = numpy.random.default_rng(1)
    values = random.uniform(1.0, 9.0, (4, 8, 3))
    values[random.uniform(size=values.shape) < missing] = NAN
    weights = random.uniform(0.1, 1.0, (4, 5))
    for some, sets in itertools.product((values, values[0]), (weights, weights[0])):
        draws = 1 if some.ndim == 2 and sets.ndim == 1 else 4
        together = aggregate_tree(tree, some, sets).reshape(draws, 8, 5)
        tops = composite(tree, some, sets).reshape(draws, 8)
        for draw in range(draws):
            one = some if some.ndim == 2 else some[draw]
            own = sets if sets.ndim == 1 else sets[draw]
            alone = aggregate_tree(tree, one, own)
            numpy.testing.assert_allclose(together[draw], alone, rtol=1e-12)
            numpy.testing.assert_allclose(tops[draw], alone[:, -1], rtol=1e-12)


def test_taking_a_child_out_by_a_weight_of_zero_is_the_tree_without_it() -> None:
    values = numpy.array([[4.0, 1.0, 8.0]])
    without_rooms = numpy.array([1.0, 1.0, 0.0, 2.0, 1.0])
    without_housing = numpy.array([0.0, 1.0, 0.0, 2.0, 1.0])
    both = numpy.stack([without_rooms, without_housing])
    # (2·4 + 1)/3 = 3; and safety alone = 1
    assert composite(ragged(), values, both).tolist() == [[3.0], [1.0]]
    assert composite(ragged(), values, without_housing).tolist() == [1.0]


def test_the_values_are_not_changed_and_not_shared() -> None:
    values = numpy.array([[4.0, 1.0, 8.0]])
    scores = aggregate_tree(ragged(), values)
    scores[:] = 0.0
    assert values.tolist() == [[4.0, 1.0, 8.0]]


def test_a_value_that_a_mean_cannot_take_is_named_with_node_and_child() -> None:
    tree = ragged(housing=Geometric())
    with pytest.raises(NonPositive) as fault:
        aggregate_tree(tree, numpy.array([[4.0, 1.0, 8.0], [4.0, 1.0, 0.0]]))
    assert (fault.value.group, fault.value.child, fault.value.row) == ("housing", "rooms", 1)


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ([Node("a", "top"), Node("a", "top"), Node("top", None)], "'a' stands in the tree twice"),
        ([Node("a", "tap"), Node("top", None)], "'tap', is not in the tree .did you mean 'top'"),
        ([Node("a", "b"), Node("b", "c"), Node("c", "b")], "in a circle: b > c > b"),
        ([Node("a", "a")], "in a circle: a > a"),
        ([Node("a", None), Node("b", None)], "2 nodes have no parent: a, b"),
        ([], "no nodes"),
        ([Node("a", "top", -1.0), Node("top", None)], "the weight of 'a' is -1"),
        ([Node("a", "top", NAN), Node("top", None)], "the weight of 'a' is nan"),
        ([Node("a", "top", 0.0), Node("top", None)], "the weights below 'top' sum to zero"),
    ],
)
def test_a_tree_that_cannot_be_is_refused(nodes: list[Node], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        Tree.of(nodes)


def test_arrays_that_do_not_fit_the_tree_are_refused() -> None:
    with pytest.raises(BadInput, match="2 columns for 3 indicators"):
        aggregate_tree(ragged(), numpy.ones((1, 2)))
    with pytest.raises(BadInput, match="3 weights for 5 nodes"):
        composite(ragged(), numpy.ones((1, 3)), numpy.ones(3))
    with pytest.raises(BadInput, match="did you mean 'housing'"):
        ragged().place("hausing")


def test_the_structure_of_asem_has_equal_effective_weights_within_a_pillar(
    shared_data: Callable[[str], Path],
) -> None:
    with (shared_data("asem") / "ASEM_iMeta.csv").open() as file:
        described = [row for row in csv.DictReader(file) if row["Level"] != "NA"]
    tree = Tree.of(
        [
            Node(r["iCode"], None if r["Parent"] == "NA" else r["Parent"], float(r["Weight"]))
            for r in described
        ]
    )
    assert (tree.indicators, len(tree.codes), max(tree.levels)) == (49, 60, 4)
    effective = effective_weights(tree)
    # Physical has 8 of Conn's 5 pillars' indicators: 1/2 · 1/5 · 1/8
    physical = [p for p in range(49) if tree.codes[tree.parents[p]] == "Physical"]
    assert effective[physical] == pytest.approx(0.5 / 5 / len(physical))
    assert effective[:49].sum() == pytest.approx(1.0)


def test_the_top_of_many_draws_is_the_same_for_any_number_of_threads() -> None:
    flat = Tree.of([*(Node(f"i{n}", "top") for n in range(49)), Node("top", None)])
    random = numpy.random.default_rng(4)
    values, weights = random.uniform(1, 9, (51, 49)), random.uniform(0.1, 1.0, (4_096, 50))
    tops = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            tops.append(composite(flat, values, weights))
    numpy.testing.assert_array_equal(tops[0], tops[1])
