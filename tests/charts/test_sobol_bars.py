"""First-order and total indices with their intervals."""

from __future__ import annotations

from donghaeng.charts.palette import BRIGHT, DARK
from donghaeng.charts.sobol_bars import Share, SobolBar, sobol_bars_chart, sobol_bars_message
from tests.charts.reading import EN, KO, fills, sheet, texts

# The indices of the Ishigami function (a = 7, b = 0.1): 0.3139, 0.4424, 0; 0.5576, 0.4424, 0.2437
# (Saltelli et al. 2008, Global Sensitivity Analysis, 4.6).
BARS = (
    SobolBar("x3", Share(0.0, -0.01, 0.02), Share(0.2437, 0.22, 0.26)),
    SobolBar("x1", Share(0.3139, 0.29, 0.34), Share(0.5576, 0.53, 0.59)),
    SobolBar("x2", Share(0.4424, 0.42, 0.46), Share(0.4424, 0.43, 0.47)),
    SobolBar("x4", Share(None), Share(None)),
)


def test_the_message_names_the_choice_that_matters_most() -> None:
    # 0.3139 + 0.4424 + 0 = 0.7563
    assert sobol_bars_message(BARS, EN) == (
        "Most of the spread comes with: x1 (alone 0.31, with interactions 0.56). "
        "All first-order indices add up to 0.76; what is missing to 1 comes from choices together."
    )
    assert sobol_bars_message(BARS, KO) == (
        "흩어짐을 가장 크게 만드는 선택: x1(단독 0.31, 상호작용 포함 0.56). "
        "1차 지수의 합은 0.76이며, 1에 모자라는 만큼은 여러 선택이 함께 만든 것입니다."
    )
    assert sobol_bars_message(BARS[3:], EN) == "There is no figure."


def test_choices_stand_by_total_index_and_the_data_hold_the_ends_of_the_whiskers() -> None:
    chart = sobol_bars_chart(BARS, "95 % interval", sheet())
    assert chart.rows == (
        ("x1", 0.3139, 0.29, 0.34, 0.5576, 0.53, 0.59),
        ("x2", 0.4424, 0.42, 0.46, 0.4424, 0.43, 0.47),
        ("x3", 0.0, -0.01, 0.02, 0.2437, 0.22, 0.26),
        ("x4", None, None, None, None, None, None),
    )
    said = texts(chart)
    assert said[-8:-2] == ["0.31", "0.56", "0.44", "0.44", "0.00", "0.24"]
    assert said[-2:] == ["no figure", "no figure"]


def test_both_bars_are_told_apart_by_where_they_stand() -> None:
    chart = sobol_bars_chart(BARS, "95 % interval", sheet())
    assert "Upper bar: first-order index (the choice alone)" in texts(chart)
    assert fills(chart).count(DARK) == fills(chart).count(BRIGHT) == 4
