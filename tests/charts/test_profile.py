"""One unit among its peers."""

from __future__ import annotations

from donghaeng.charts.profile import ProfileRow, profile_chart, profile_message
from tests.charts.reading import EN, KO, sheet, texts

ROWS = (
    ProfileRow("주거", 70, 10, 50, 90),  # +20
    ProfileRow("안전", 20, 10, 55, 80),  # −35
    ProfileRow("교육", 40, 0, 40, 100),  # 0
    ProfileRow("건강", None, 0, 40, 100),
    ProfileRow("돌봄", 12.5),
)


def test_the_message_counts_above_and_below_the_median() -> None:
    assert profile_message("노원구", ROWS, EN) == (
        "노원구, above the median of its peers: 1 of 5; below: 1; no figure: 2. "
        "Farthest up: 주거 (+20.0); farthest down: 안전 (−35.0)."
    )
    assert profile_message("노원구", ROWS, KO) == (
        "노원구: 전체 5개 중 비교 대상의 중앙값보다 높은 것 1개, 낮은 것 1개, 수치 없는 것 2개. "
        "가장 위: 주거(+20.0), 가장 아래: 안전(−35.0)."
    )
    assert profile_message("노원구", ROWS[3:], EN).endswith("There is nothing to compare.")


def test_indicators_keep_their_order() -> None:
    chart = profile_chart("노원구", ROWS, sheet())
    assert chart.columns[1] == "노원구"
    assert chart.rows[0] == ("주거", 70.0, 10.0, 50.0, 90.0)
    assert chart.rows[3] == ("건강", None, 0.0, 40.0, 100.0)
    assert texts(chart)[-5:] == ["70.0", "20.0", "40.0", "no figure", "12.5"]
