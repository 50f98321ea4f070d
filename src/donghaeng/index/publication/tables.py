"""The tables of a publication: each with its key, what its columns mean, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars

from donghaeng.evidence.reproduction import Reproduced
from donghaeng.index.chain.build import Build
from donghaeng.index.chain.tables import (
    data_set_table,
    ledger_table,
    scores_table,
    weights_table,
)

from .draws import Drawn, sobol_table
from .material import FIGURES, TRENDS, Material
from .public_ranks import holds_ranks, not_ranked

POINTS = "index points"


@dataclass(frozen=True)
class Reference:
    """Columns whose values stand in the columns of another table (in the same one where it is empty)."""

    columns: tuple[str, ...]
    table: str
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table: its file, its figures, its key, the unit of each figure, and what it refers to."""

    path: str
    title: str
    frame: polars.DataFrame
    key: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()

    @property
    def name(self) -> str:
        """The name of the table: its path with dots, without the ending."""
        return self.path.removesuffix(".csv").replace("/", ".").lower()


OF_UNIT = Reference(("unit",), "data.units", ("unit",))
OF_CODE = Reference(("indicator",), "data.indicators", ("code",))
OF_NODE = Reference(("node",), "data.nodes", ("code",))


def tables_of(
    material: Material, drawn: Drawn | None, reproduced: list[Reproduced]
) -> list[Table]:
    """Every table of the publication, data first."""
    build = material.build
    tables = [
        _units(build),
        _nodes(build),
        _indicators(build),
        _source_cells(material),
        _figures(FIGURES, "Figures from which the index is computed", material.figures),
    ]
    if material.trends is not None:
        known = set(material.build.index.indicators) | set(build.index.denominators)
        known |= set(build.index.nodes)
        others = set(material.trends["indicator"]) - known
        tables.append(_trends(material.trends, linked=not others))
    tables += [_data_set(build, name) for name in [each.name for each in build.data_sets]]
    tables += [_scores(build), _weights(build), _ledger(build)]
    if drawn is not None:
        tables += [_uncertainty(drawn), _sobol(drawn), _forms(drawn)]
        if len(build.panel.periods) > 1:
            tables.append(_changes(drawn))
    if reproduced:
        tables.append(_reproduction(reproduced))
    return tables


def _units(build: Build) -> Table:
    rows = [
        (code, unit.label.ko, unit.label.en, "; ".join(f"{k}={v}" for k, v in unit.groups.items()))
        for code, unit in build.index.units.members.items()
    ]
    return Table(
        "data/units.csv",
        "Units that the index is about",
        _texts(("unit", "label_ko", "label_en", "groups"), rows),
        ("unit",),
    )


def _nodes(build: Build) -> Table:
    rows = [
        (code, node.label.ko, node.label.en, node.parent, "yes" if node.given else "no", node.note)
        for code, node in build.index.nodes.items()
    ]
    return Table(
        "data/nodes.csv",
        "The index, its areas and their order",
        _texts(("code", "label_ko", "label_en", "parent", "given", "note"), rows),
        ("code",),
        references=(Reference(("parent",), "", ("code",)),),
    )


def _indicators(build: Build) -> Table:
    """Every code that has figures, and the places of indicators whose names are not known."""
    index = build.index
    names = (
        "code", "label_ko", "label_en", "role", "area", "unit", "better", "direction_status", "kind",
        "numerator", "denominator", "threshold", "population", "scope", "as_of", "period", "divided_by",
        "sensitive", "department", "programme", "agency", "table", "address", "note",
    )  # fmt: skip
    rows: list[tuple[str | None, ...]] = []
    for code, each in index.indicators.items():
        said, source = each.definition, each.source
        rows.append(
            (
                code, each.label.ko, each.label.en, str(each.naming), each.parent, each.unit,
                str(each.better), each.direction_status, each.kind and str(each.kind), said.numerator,
                said.denominator, said.threshold, said.population, said.scope, said.as_of,
                each.period, each.denominator, each.sensitive and str(each.sensitive),
                each.department, each.programme, source and source.agency, source and source.table,
                source and source.address, each.note,
            )
        )  # fmt: skip
    blank = dict.fromkeys(names)
    for code, column in index.denominators.items():
        source = column.source
        known = {
            "code": code, "label_ko": column.label.ko, "label_en": column.label.en,
            "role": "denominator", "unit": column.unit, "period": column.period,
            "agency": source and source.agency, "table": source and source.table,
            "address": source and source.address, "note": column.note,
        }  # fmt: skip
        rows.append(tuple({**blank, **known}.values()))
    for code, node in index.nodes.items():
        if node.given:
            known = {
                "code": code, "label_ko": node.label.ko, "label_en": node.label.en,
                "role": "published node", "area": code, "unit": POINTS, "note": node.note,
            }  # fmt: skip
            rows.append(tuple({**blank, **known}.values()))
    return Table(
        "data/indicators.csv",
        "Indicators, denominators and published nodes, with their definitions and sources",
        _texts(names, rows),
        ("code",),
        references=(Reference(("area",), "data.nodes", ("code",)),),
    )


def _source_cells(material: Material) -> Table:
    frame = (
        material.figures.group_by("indicator", "source_cell", maintain_order=True)
        .agg(figures=polars.len().cast(polars.Int64))
        .sort("indicator", "source_cell")
    )
    return Table(
        "data/source_cells.csv",
        "Cells of official tables from which the figures were taken",
        frame,
        ("indicator", "source_cell"),
        references=(OF_CODE,),
    )


def _figures(path: str, title: str, frame: polars.DataFrame) -> Table:
    own = "the unit of the indicator"
    return Table(
        path,
        title,
        frame,
        ("unit", "period", "indicator"),
        dict.fromkeys(("value", "lower", "upper"), own),
        (
            OF_UNIT,
            OF_CODE,
            Reference(
                ("indicator", "source_cell"), "data.source_cells", ("indicator", "source_cell")
            ),
        ),
    )


def _trends(frame: polars.DataFrame, linked: bool) -> Table:
    table = _figures(TRENDS, "Earlier and later years of single figures, not in the index", frame)
    return Table(
        table.path, table.title, frame, table.key, table.units, (OF_CODE,) if linked else ()
    )


def _data_set(build: Build, name: str) -> Table:
    """A named data set; where a column holds places in an order, those of health and deaths stay empty."""
    data_set = build.data_set(name)
    frame = data_set_table(build, data_set)
    unranked = not_ranked(build)
    if name in ("normalised", "aggregated"):
        hidden = [c for c in data_set.columns if c in unranked and holds_ranks(build, c)]
        frame = frame.with_columns(
            polars.lit(None, polars.Float64).alias(code) for code in hidden
        )
    key = tuple(c for c in frame.columns if c in ("table", "case", "unit", "period"))
    scale = POINTS if name in ("normalised", "aggregated") else "the unit of the indicator"
    units = {code: scale for code in frame.columns if code not in key}
    return Table(f"results/{name}.csv", f"Data set: {name}", frame, key, units, (OF_UNIT,))


def _scores(build: Build) -> Table:
    unranked = list(not_ranked(build))
    frame = scores_table(build).with_columns(
        rank=polars.when(polars.col("node").is_in(unranked)).then(None).otherwise(polars.col("rank"))
    )
    scored = [name for name in frame.columns if name in ("score", "lower", "upper")]
    return Table(
        "results/scores.csv",
        "Scores of the index and its areas; units are not ranked on health and deaths",
        frame,
        ("unit", "period", "node"),
        dict.fromkeys(scored, POINTS),
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
    tree, ranks = build.tree, build.ranks
    unranked = not_ranked(build)
    rows = []
    for row, (unit, period) in enumerate(build.panel.rows):
        for place in reversed(tree.groups):
            node = tree.codes[place]
            score, rank = drawn.score(row, node), drawn.rank(row, node)
            own = float("nan") if node in unranked else float(ranks[row, place])
            rows.append(
                (unit, period, node, float(build.scores[row, place]), score.low, score.median,
                 score.high, own, rank.low, rank.median, rank.high, drawn.draws, drawn.seed)
            )  # fmt: skip
    names = ("score", "score_low", "score_median", "score_high", "rank", "rank_low", "rank_median",
             "rank_high")  # fmt: skip
    schema: dict[str, type[polars.DataType]] = dict.fromkeys(
        ("unit", "period", "node"), polars.String
    )
    schema |= dict.fromkeys(names, polars.Float64) | {"draws": polars.Int64, "seed": polars.UInt64}
    return Table(
        "results/uncertainty.csv",
        "90 % intervals of scores and ranks over the declared choices",
        _numbers(rows, schema),
        ("unit", "period", "node"),
        dict.fromkeys(names[:4], POINTS),
        (OF_UNIT, OF_NODE),
    )


def _changes(drawn: Drawn) -> Table:
    build = drawn.build
    tree, units = build.tree, len(build.panel.units)
    rows = []
    for row, (unit, period) in enumerate(build.panel.rows):
        if row < units:
            continue
        before = build.panel.rows[row - units][1]
        for place in reversed(tree.groups):
            node = tree.codes[place]
            found, rose = drawn.change(row, node)
            change = float(build.scores[row, place] - build.scores[row - units, place])
            rows.append(
                (unit, period, before, node, change, found.low, found.median, found.high, rose)
            )
    schema: dict[str, type[polars.DataType]] = dict.fromkeys(
        ("unit", "period", "before", "node"), polars.String
    )
    names = ("change", "change_low", "change_median", "change_high")
    schema |= dict.fromkeys((*names, "share_of_draws_that_rose"), polars.Float64)
    return Table(
        "results/changes.csv",
        "Changes since the period before, with 90 % intervals",
        _numbers(rows, schema),
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
    frame = polars.DataFrame(
        drawn.forms,
        schema={"choice": polars.String, "form": polars.String, "draws": polars.Int64},
        orient="row",
    )
    return Table(
        "results/forms.csv", "How many draws went through each form", frame, ("choice", "form")
    )


def _reproduction(reproduced: list[Reproduced]) -> Table:
    said = [each.as_json() for each in reproduced]
    rows = []
    for number, (each, case) in enumerate(zip(said, reproduced, strict=True), start=1):
        found = case.recomputed
        rows.append(
            (number, each["figure"], each["printed"], each["released"], each["verdict"],
             each["recomputed"], None if found is None else float(found.low),
             None if found is None else float(found.high), each["off_by"], each["source"])
        )  # fmt: skip
    schema: dict[str, type[polars.DataType]] = {"number": polars.Int64}
    schema |= dict.fromkeys(("figure", "printed", "released", "verdict"), polars.String)
    schema |= dict.fromkeys(("recomputed", "low", "high", "off_by"), polars.Float64)
    schema |= {"source": polars.String}
    return Table(
        "results/reproduction.csv",
        "Published figures, recomputed from what was published",
        _numbers(rows, schema),
        ("number",),
    )


def _texts(names: tuple[str, ...], rows: list[tuple[str | None, ...]]) -> polars.DataFrame:
    return polars.DataFrame(rows, schema=dict.fromkeys(names, polars.String), orient="row")


def _numbers(rows: list[tuple[object, ...]], schema: dict[str, type[polars.DataType]]) -> polars.DataFrame:
    frame = polars.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(polars.selectors.float().fill_nan(None))
