"""The framework of an index with its weights."""

from __future__ import annotations

import math

import pytest

from donghaeng.charts.framework_tree import (
    Part,
    framework_tree_chart,
    framework_tree_message,
    placed_parts,
)
from donghaeng.rules.faults import BadInput
from tests.charts.reading import EN, KO, sheet, texts

TREE = Part(
    "지수",
    1,
    (
        Part("주거", 3, (Part("재고", 1), Part("개선", 1), Part("상향", 2))),
        Part("안전", 1, (Part("CCTV", 5),)),
    ),
)


def test_a_share_is_the_product_of_the_weights_above_it() -> None:
    shares = {part.label: part.share for part in placed_parts(TREE)}
    # 주거 3/4; of it 상향 2/4: 3/8.
    assert shares == {
        "지수": 1.0,
        "주거": 0.75,
        "재고": 0.1875,
        "개선": 0.1875,
        "상향": 0.375,
        "안전": 0.25,
        "CCTV": 0.25,
    }
    assert math.fsum(part.share for part in placed_parts(TREE) if part.is_leaf) == 1.0


def test_the_message_counts_parts_and_indicators() -> None:
    assert framework_tree_message(TREE, EN) == (
        "지수: 2 parts, 4 indicators. Largest share: 주거 (75.0 %); smallest: 안전 (25.0 %)."
    )
    assert framework_tree_message(TREE, KO) == (
        "지수: 부분 2개, 지표 4개. 비중이 가장 큰 부분: 주거(75.0 %), 가장 작은 부분: 안전(25.0 %)."
    )
    equal = Part("x", 1, (Part("a", 2), Part("b", 2)))
    assert framework_tree_message(equal, EN).endswith("Share of each part: 50.0 %.")
    assert framework_tree_message(Part("x", 1), EN).endswith("It has no parts.")


def test_the_data_hold_depth_weight_and_share() -> None:
    chart = framework_tree_chart(TREE, sheet())
    assert chart.columns == ("Level", "Part", "Weight", "Share in the whole")
    assert chart.rows[:3] == ((0, "지수", 1, 1.0), (1, "주거", 3, 0.75), (2, "재고", 1, 0.1875))
    assert {"100.0 %", "75.0 %", "37.5 %"} <= set(texts(chart))


@pytest.mark.parametrize(
    ("tree", "fault"),
    [
        (Part("x", 1, (Part("a", 0),)), "x: weights that sum to zero"),
        (Part("x", 1, (Part("a", -1), Part("b", 2))), "a: a weight of -1"),
        (Part("x", 1, (Part("a", math.nan),)), "a: a weight of nan"),
    ],
)
def test_weights_that_say_nothing_are_refused(tree: Part, fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        framework_tree_chart(tree, sheet())
