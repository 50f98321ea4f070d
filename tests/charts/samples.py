"""One example of every chart of an index, with long Korean labels, gaps and negative figures."""

from __future__ import annotations

from collections.abc import Callable

from donghaeng.charts.boundaries import Boundary
from donghaeng.charts.bump import Rank, RankLine, bump_chart
from donghaeng.charts.composite import CompositePoint, composite_chart
from donghaeng.charts.description import Chart
from donghaeng.charts.distribution import TreatedValue, distribution_chart
from donghaeng.charts.dumbbell import DumbbellRow, dumbbell_chart
from donghaeng.charts.framework_tree import Part, framework_tree_chart
from donghaeng.charts.heat_map import Correlation, heat_map_chart
from donghaeng.charts.measures import Sheet
from donghaeng.charts.profile import ProfileRow, profile_chart
from donghaeng.charts.rank_intervals import RankInterval, rank_intervals_chart
from donghaeng.charts.ranked_bars import RankedBar, ranked_bars_chart
from donghaeng.charts.seoul_tiles import SEOUL
from donghaeng.charts.sobol_bars import Share, SobolBar, sobol_bars_chart
from donghaeng.charts.tile_map import tile_map_chart
from donghaeng.charts.true_map import true_map_chart
from donghaeng.charts.waterfall import Contribution, Total, waterfall_chart
from donghaeng.language import Words

LONG = "주거취약계층의 주거상향 지원 규모와 청년 주거비 과부담 가구 비율"
INTERVAL = "90 % 구간"
PERIODS = ("2022", "2023", "2024")


def labels(count: int) -> list[str]:
    """So many different labels, the first of them long."""
    return [LONG, *(f"지표 {number}" for number in range(2, count + 1))][:count]


def figures(count: int) -> list[float | None]:
    """So many figures: some negative, every seventh missing."""
    return [
        None if number % 7 == 6 else round(20 * ((number * 37) % 11 - 4) / 3, 4)
        for number in range(count)
    ]


def square(key: str, west: float, south: float, side: float = 1.0) -> Boundary:
    """A place of four corners."""
    east, north = west + side, south + side
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return Boundary(key, ((ring,),))


def composite(count: int, sheet: Sheet) -> Chart:
    points = [
        CompositePoint(str(1990 + number), value, None if value is None else value - 3,
                       None if value is None else value + 4)
        for number, value in enumerate(figures(count))
    ]  # fmt: skip
    return composite_chart(points, INTERVAL, sheet)


def dumbbell(count: int, sheet: Sheet) -> Chart:
    values = figures(3 * count)
    rows = [
        DumbbellRow(label, tuple(values[3 * index : 3 * index + 3]))
        for index, label in enumerate(labels(count))
    ]
    return dumbbell_chart(rows, PERIODS, sheet)


def waterfall(count: int, sheet: Sheet) -> Chart:
    steps = [
        Contribution(label, value)
        for label, value in zip(labels(count), figures(count), strict=True)
    ]
    end = 100.0 + sum(step.value or 0 for step in steps)
    return waterfall_chart(Total("2023", 100.0), steps, Total("2024", end), sheet)


def ranked_bars(count: int, sheet: Sheet) -> Chart:
    bars = []
    for label, value in zip(labels(count), figures(count), strict=True):
        if value is None:
            bars.append(RankedBar(label, (None, None, None), None))
        else:
            parts = (value / 2, None, value / 2)
            bars.append(RankedBar(label, parts, value, value - 2, value + 3))
    return ranked_bars_chart(bars, ("생계·돌봄", "주거", "의료·건강"), INTERVAL, sheet)


def tile_map(count: int, sheet: Sheet) -> Chart:
    codes = [tile.code for tile in SEOUL][:count]
    return tile_map_chart(SEOUL, dict(zip(codes, figures(count), strict=False)), sheet)


def true_map(count: int, sheet: Sheet) -> Chart:
    places = [
        square(label, 126 + 0.1 * (number % 8), 37 + 0.1 * (number // 8), 0.1)
        for number, label in enumerate(labels(count))
    ]
    return true_map_chart(places, dict(zip(labels(count), figures(count), strict=True)), sheet)


def rank_intervals(count: int, sheet: Sheet) -> Chart:
    units = [
        RankInterval(label, None, None, None)
        if number % 7 == 6
        else RankInterval(label, number + 1, max(1, number - 1), min(count, number + 3))
        for number, label in enumerate(labels(count))
    ]
    return rank_intervals_chart(units, INTERVAL, sheet)


def sobol_bars(count: int, sheet: Sheet) -> Chart:
    bars = [
        SobolBar(
            label,
            Share(0.5 / count, 0.4 / count, 0.6 / count),
            Share(None) if number % 7 == 6 else Share(0.9 / count - 0.01, -0.02, 1.1 / count),
        )
        for number, label in enumerate(labels(count))
    ]
    return sobol_bars_chart(bars, INTERVAL, sheet)


def bump(count: int, sheet: Sheet) -> Chart:
    lines = []
    for number, label in enumerate(labels(count)):
        medians = (number + 1, count - number, (number * 7) % count + 1)
        ranks = [Rank(each, max(1, each - 1), min(count, each + 1)) for each in medians]
        lines.append(RankLine(label, tuple(None if number % 7 == 6 else rank for rank in ranks)))
    return bump_chart(lines, PERIODS, INTERVAL, sheet)


def heat_map(count: int, sheet: Sheet) -> Chart:
    names = labels(count)
    pairs = [
        Correlation(names[row], names[column], None if (row + column) % 7 == 6 else
                    round(((row * 5 + column * 3) % 21 - 10) / 10.5, 4),
                    "음의 상관" if (row + column) % 7 == 1 else "")
        for row in range(count) for column in range(row + 1)
    ]  # fmt: skip
    return heat_map_chart(pairs, names, names, ("지나치게 비슷함", "음의 상관"), sheet)


def profile(count: int, sheet: Sheet) -> Chart:
    rows = [
        ProfileRow(label, value, -30, 10, 70)
        for label, value in zip(labels(count), figures(count), strict=True)
    ]
    return profile_chart("노원구", rows, sheet)


def distribution(count: int, sheet: Sheet) -> Chart:
    values = [
        TreatedValue(label, value, None if value is None else min(value, 30.0))
        for label, value in zip(labels(count), figures(count), strict=True)
    ]
    return distribution_chart(values, sheet)


def framework_tree(count: int, sheet: Sheet) -> Chart:
    leaves = tuple(Part(label, 1.0) for label in labels(count))
    area = Part("교육·문화", 3.0, leaves)
    return framework_tree_chart(Part("약자동행지수", 1, (area, Part("안전", 1.0))), sheet)


CHARTS: dict[str, Callable[[int, Sheet], Chart]] = {
    each.__name__: each
    for each in (
        composite,
        dumbbell,
        waterfall,
        ranked_bars,
        tile_map,
        true_map,
        rank_intervals,
        sobol_bars,
        bump,
        heat_map,
        profile,
        distribution,
        framework_tree,
    )
}


def sheet(language: str = "ko", width: int = 720) -> Sheet:
    """A sheet with a long title and an axis."""
    title = (
        f"지표별로 본 변화: {LONG}" if language == "ko" else "What moved & how <far>, by indicator"
    )
    return Sheet(title, Words(language), "지수 (2022년 = 100)", width)


if __name__ == "__main__":  # what another process draws
    from hashlib import sha256

    for name, draw in CHARTS.items():
        print(name, sha256(draw(7, sheet()).svg.encode()).hexdigest())
