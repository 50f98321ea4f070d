"""What comes out of the index, as tables: data sets, scores, weights, ledger, intervals, verdicts."""

from __future__ import annotations

from collections.abc import Sequence

import polars

from donghaeng.evidence.reproduction import Reproduced
from donghaeng.index.chain.build import Build
from donghaeng.index.chain.tables import (
    data_set_table,
    ledger_table,
    weights_table,
)

from .draws import Drawn, sobol_table
from .nodes import published_nodes
from .public_ranks import holds_ranks, not_ranked, public_ranks
from .tables import OF_NODE, OF_UNIT, OWN_UNIT, POINTS, Table, rows_of


def result_tables(
    build: Build, drawn: Drawn | None, reproduced: Sequence[Reproduced]
) -> list[Table]:
    """Every table of what comes out."""
    tables = [_data_set(build, each.name) for each in build.data_sets]
    tables += [_scores(build), _weights(build), _ledger(build)]
    if drawn is not None:
        tables += [_uncertainty(drawn), _sobol(drawn), _forms(drawn)]
        if len(build.panel.periods) > 1:
            tables.append(_changes(drawn))
    if reproduced:
        tables.append(_reproduction(reproduced))
    return tables


def _data_set(build: Build, name: str) -> Table:
    """A named data set; where a column holds places in an order, those of health and deaths stay empty."""
    data_set = build.data_set(name)
    frame = data_set_table(build, data_set)
    unranked = not_ranked(build)
    if name in ("normalised", "aggregated"):
        hidden = [c for c in data_set.columns if c in unranked and holds_ranks(build, c)]
        frame = frame.with_columns(polars.lit(None, polars.Float64).alias(code) for code in hidden)
    key = tuple(c for c in frame.columns if c in ("table", "case", "unit", "period"))
    scale = POINTS if name in ("normalised", "aggregated") else OWN_UNIT
    units = {code: scale for code in frame.columns if code not in key}
    return Table(f"results/{name}.csv", f"Data set: {name}", frame, key, units, (OF_UNIT,))


def _scores(build: Build) -> Table:
    """Beside a score its bounds: of several completed tables (95 %), or of the worst and the best case."""
    ranks = public_ranks(build)
    bounds = (build.lower, build.upper)
    if build.pooled is not None:
        bounds = build.pooled.interval()
    lower, upper = bounds
    rows = []
    for row, (unit, period) in enumerate(build.panel.rows):
        for code, place in published_nodes(build).items():
            figures = [float(build.scores[row, place])]
            if lower is not None and upper is not None:
                figures += [float(lower[row, place]), float(upper[row, place])]
            rank = float(ranks[row, place])
            rows.append((unit, period, code, *figures, None if rank != rank else int(rank)))
    names = ("score",) if lower is None else ("score", "lower", "upper")
    return Table(
        "results/scores.csv",
        "Scores of the index and its areas; units are not ranked on health and deaths",
        rows_of(rows, texts=("unit", "period", "node"), figures=names, counts=("rank",)),
        ("unit", "period", "node"),
        dict.fromkeys(names, POINTS),
        (OF_UNIT, OF_NODE),
    )


def _weights(build: Build) -> Table:
    return Table(
        "results/weights.csv", "Weights within the parent and in the index", weights_table(build), ("node",)
    )  # fmt: skip


def _ledger(build: Build) -> Table:
    return Table("results/ledger.csv", "What each step did to which cell", ledger_table(build))


def _uncertainty(drawn: Drawn) -> Table:
    build = drawn.build
    ranks = public_ranks(build)
    rows = []
    for row, (unit, period) in enumerate(build.panel.rows):
        for node, place in published_nodes(build).items():
            score, rank = drawn.score(row, node), drawn.rank(row, node)
            scores = (float(build.scores[row, place]), score.low, score.median, score.high)
            places = (float(ranks[row, place]), rank.low, rank.median, rank.high)
            how = (drawn.draws, drawn.on_scale)
            rows.append((unit, period, node, str(drawn.seed), *scores, *places, *how))
    names = ("score", "score_low", "score_median", "score_high")
    return Table(
        "results/uncertainty.csv",
        "90 % intervals of scores and ranks over the declared choices",
        rows_of(
            rows,
            texts=("unit", "period", "node", "seed"),
            figures=(*names, "rank", "rank_low", "rank_median", "rank_high"),
            counts=("draws", "draws_on_scale"),
        ),
        ("unit", "period", "node"),
        dict.fromkeys(names, POINTS),
        (OF_UNIT, OF_NODE),
    )


def _changes(drawn: Drawn) -> Table:
    build = drawn.build
    units = len(build.panel.units)
    rows = []
    for row, (unit, period) in enumerate(build.panel.rows[units:], start=units):
        before = build.panel.rows[row - units][1]
        for node, place in published_nodes(build).items():
            found, rose = drawn.change(row, node)
            change = float(build.scores[row, place] - build.scores[row - units, place])
            rows.append(
                (unit, period, before, node, change, found.low, found.median, found.high, rose)
            )
    names = ("change", "change_low", "change_median", "change_high")
    return Table(
        "results/changes.csv",
        "Changes since the period before, with 90 % intervals",
        rows_of(
            rows,
            texts=("unit", "period", "before", "node"),
            figures=(*names, "share_of_draws_that_rose"),
        ),
        ("unit", "period", "node"),
        dict.fromkeys(names, POINTS),
        (OF_UNIT, OF_NODE),
    )


def _sobol(drawn: Drawn) -> Table:
    return Table(
        "results/sobol.csv",
        "Which choice matters: first and total Sobol indices with 95 % intervals",
        sobol_table(drawn),
        ("period", "choice"),
    )


def _forms(drawn: Drawn) -> Table:
    frame = rows_of(drawn.forms, texts=("choice", "form"), counts=("draws",))
    key = ("choice", "form")
    return Table("results/forms.csv", "How many draws went through each form", frame, key)


def _reproduction(reproduced: Sequence[Reproduced]) -> Table:
    """A figure that was printed twice stands there twice; so the rows are numbered."""
    rows = []
    for number, each in enumerate(reproduced, start=1):
        said, found = each.as_json(), each.recomputed
        texts = (said["figure"], said["printed"], said["released"], said["verdict"], said["source"])
        bounds = (None, None) if found is None else (float(found.low), float(found.high))
        rows.append((*texts, said["recomputed"], *bounds, said["off_by"], number))
    return Table(
        "results/reproduction.csv",
        "Published figures, recomputed from what was published",
        rows_of(
            rows,
            texts=("figure", "printed", "released", "verdict", "source"),
            figures=("recomputed", "low", "high", "off_by"),
            counts=("number",),
        ),
        ("number",),
    )
