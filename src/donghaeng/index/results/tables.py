"""What a build says, as tables: changes with their contributions, ranks in groups, trends, ways to targets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
import polars

from donghaeng.index.arrays import FloatArray
from donghaeng.index.chain.build import Build
from donghaeng.index.framework.vocabulary import Better
from donghaeng.sources.periods import point_in_time

from .decomposition import changes
from .distance import distance_to_target, share_of_way, years_to_target
from .ranks import EQUAL_SCORES, group_rank
from .trends import change, growth_rate, linear_trend, percent_change


def result_tables(build: Build) -> dict[str, polars.DataFrame]:
    """Each table under its name; those that would be empty are left out."""
    found = {
        "changes": changes_table(build),
        "group_ranks": group_ranks_table(build),
        "trends": trends_table(build),
        "targets": targets_table(build),
    }
    return {name: table for name, table in found.items() if len(table)}


def changes_table(build: Build) -> polars.DataFrame:
    """unit, from, to, node, indicator, contribution, and whether it entered or left.

    The contributions of a node add up to its change, which stands beside them.
    """
    rows = []
    for each in changes(build)[0]:
        how = numpy.where(each.found.enters, "entered", numpy.where(each.found.leaves, "left", ""))
        parts, moved = each.found.parts.tolist(), each.found.change.tolist()
        rows += [
            (
                unit,
                each.earlier,
                each.later,
                each.node,
                code,
                parts[row][place],
                str(how[row, place]),
                moved[row],
            )
            for row, unit in enumerate(each.units)
            for place, code in enumerate(each.codes)
        ]
    return _table(
        rows,
        ("unit", "from", "to", "node", "indicator", "contribution", "how", "change_of_node"),
        numbers=("contribution", "change_of_node"),
    )


def group_ranks_table(build: Build) -> polars.DataFrame:
    """unit, period, node, group variable, group, rank within it; 1 is highest, ties share the least rank."""
    rows = []
    members = build.index.units.members
    places = [build.tree.place(build.tree.codes[group]) for group in reversed(build.tree.groups)]
    for variable in build.index.groups:
        groups = [members[unit].groups.get(variable) for unit in build.panel.units]
        for period, part in zip(build.panel.periods, build.panel.period_slices, strict=True):
            ranks = group_rank(build.scores[part][:, places], groups, tolerance=EQUAL_SCORES)
            for number, unit in enumerate(build.panel.units):
                for column, place in enumerate(places):
                    rank = float(ranks[number, column])
                    code = build.tree.codes[place]
                    rows.append((unit, period, code, variable, groups[number] or "", rank))
    return _table(rows, ("unit", "period", "node", "variable", "group", "rank"), numbers=("rank",))


def trends_table(build: Build) -> polars.DataFrame:
    """unit, code, periods with a figure, change, per cent a year (as COINr), compound growth, slope, p.

    Of nodes the scores are followed, of indicators the figures as they were read. Periods that are parts
    of a year count as parts of a year.
    """
    panel, tree = build.panel, build.tree
    rows: list[tuple[object, ...]] = []
    if len(panel.periods) > 1 and all(panel.periods):
        times = [point_in_time(period) for period in panel.periods]
        nodes = list(tree.groups)
        codes = [*(tree.codes[place] for place in nodes), *panel.columns]
        table = numpy.concatenate([build.scores[:, nodes], panel.values], axis=1)
        for unit in panel.units:
            series = table[[panel.row(unit, period) for period in panel.periods]]
            line = linear_trend(series, times)
            figures = (
                (~numpy.isnan(series)).sum(axis=0).astype(numpy.float64),
                change(series),
                percent_change(series, times),
                growth_rate(series, times),
                line.slope,
                line.p_value,
            )
            rows += [
                (unit, code, *(float(figure[place]) for figure in figures))
                for place, code in enumerate(codes)
                if figures[0][place] > 1
            ]
    names = ("periods", "change", "percent_a_year", "growth_a_year", "slope_a_year", "p_value")
    return _table(rows, ("unit", "code", *names), numbers=names)


def targets_table(build: Build) -> polars.DataFrame:
    """unit, period, code, figure, target, by when, what is to go, share of the way from the first period.

    ``years_at_this_pace`` follows the straight line through all periods; it is empty where that leads away.
    """
    panel = build.panel
    rows: list[tuple[object, ...]] = []
    dated = all(panel.periods)
    for code, target, by, sign, values in _with_targets(build):
        for unit in panel.units:
            series = values[[panel.row(unit, period) for period in panel.periods]]
            slope = numpy.nan
            if len(series) > 1 and dated:
                times = [point_in_time(period) for period in panel.periods]
                slope = float(linear_trend(series[:, None], times).slope[0])
            for number, period in enumerate(panel.periods):
                figure = series[number]
                last = number == len(series) - 1
                pace = float(years_to_target(figure, slope, target, sign)) if last else numpy.nan
                rows.append(
                    (
                        unit,
                        period,
                        code,
                        float(figure),
                        target,
                        by or "",
                        float(distance_to_target(figure, target, sign)),
                        float(share_of_way(figure, series[0], target)) if number else numpy.nan,
                        pace,
                    )
                )
    numbers = ("figure", "target", "to_go", "share_of_way", "years_at_this_pace")
    return _table(
        rows,
        (
            "unit",
            "period",
            "code",
            "figure",
            "target",
            "by",
            "to_go",
            "share_of_way",
            "years_at_this_pace",
        ),
        numbers=numbers,
    )


def _with_targets(build: Build) -> list[tuple[str, float, str | None, float, FloatArray]]:
    """Every indicator and node with a target: code, target, by when, direction, figures of all rows."""
    found: list[tuple[str, float, str | None, float, FloatArray]] = []
    base = "denominated" if any(s.name == "denominated" for s in build.data_sets) else "raw"
    figures = build.table(base)
    for column, code in enumerate(build.context.codes):
        each = build.index.indicators[code]
        if each.target is not None:
            sign = 1.0 if each.better is Better.HIGHER else -1.0
            found.append((code, each.target, each.target_period, sign, figures[:, column]))
    for code, node in build.index.nodes.items():
        if node.target is not None and code in build.tree.codes:
            scores = build.scores[:, build.tree.place(code)]
            found.append((code, node.target, node.target_period, 1.0, scores))
    return found


def _table(
    rows: Sequence[tuple[object, ...]],
    names: tuple[str, ...],
    numbers: tuple[str, ...],
) -> polars.DataFrame:
    schema = {name: polars.Float64 if name in numbers else polars.String for name in names}
    table = polars.DataFrame(rows, schema=schema, orient="row")
    return table.with_columns(polars.selectors.float().fill_nan(None))
