"""ASEM, COINr's example, through every method that COINr has, against the oracle: every cell and every rank.

Always the way of a user: COINr's two tables are imported, the steps are set in the YAML file, and the index
is built from the files. Where COINr is known to be wrong the oracle does what ours does, and a test says so.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from statistics import fmean, median
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from donghaeng.cli import app
from donghaeng.index.chain import Build, build
from donghaeng.index.framework import read_index
from donghaeng.index.panel import read_panel
from donghaeng.rules import BadInput

from . import composite as oracle
from .composite import Given, Structure, Table, Way

TOLERANCE = 1e-10
Document = dict[str, Any]


class Asem:
    """The imported example: its document to edit, and the same tables as the oracle reads them."""

    def __init__(self, folder: Path, structure: Path, data: Path) -> None:
        self.file = folder / "asem.yaml"
        told = ["--structure", str(structure), "--data", str(data), "-o", str(self.file)]
        done = CliRunner().invoke(app, ["index", "import-coinr", *told], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        self.text = self.file.read_text(encoding="utf-8")
        self.structure = oracle.read_structure(structure)
        self.data = oracle.read_data(data, self.structure)

    @property
    def document(self) -> Document:
        document: Document = yaml.load(self.text, yaml.CSafeLoader)
        return document

    def built(self, *steps: Any, document: Document | None = None) -> Build:
        """The index with these steps instead of those imported."""
        document = document or self.document
        if steps:
            document["steps"] = list(steps)
        self.file.write_text(yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False))
        index = read_index(self.file)
        return build(index, read_panel(index, self.file.parent))

    @cached_property
    def denominated(self) -> Table:
        return oracle.denominate(self.data, self.structure)

    @cached_property
    def imputed(self) -> Table:
        """As the example does it: by the mean of Europe or of Asia, in each period by itself."""
        groups = self.data.groups["EurAsia_group"]
        return {
            code: self.by_period(lambda part, own: by_group(part, own), column, groups)
            for code, column in self.denominated.items()
        }

    @cached_property
    def treated(self) -> Table:
        """Imputed, screened at 90 % and treated, each period by itself."""
        imputed = self.imputed
        screened = oracle.screen(imputed, lambda row: not oracle.availability(imputed, row) < 0.9)
        return {
            code: self.by_period(lambda part, _: oracle.treat(part), column)
            for code, column in screened.items()
        }

    def by_period(
        self,
        work: Callable[[oracle.Column, list[str | None]], oracle.Column],
        column: oracle.Column,
        groups: list[str | None] | None = None,
    ) -> oracle.Column:
        groups = groups or [None] * len(column)
        done: oracle.Column = [None] * len(column)
        for period in sorted(set(self.data.periods)):
            rows = [row for row, own in enumerate(self.data.periods) if own == period]
            some = work([column[row] for row in rows], [groups[row] for row in rows])
            for row, x in zip(rows, some, strict=True):
                done[row] = x
        return done


def by_group(column: oracle.Column, groups: list[str | None]) -> oracle.Column:
    return oracle.group_by_group(oracle.impute, column, groups)


@pytest.fixture(scope="module")
def folder(shared_data: Callable[[str], Path]) -> Path:
    return shared_data("asem")


@pytest.fixture(scope="module")
def asem(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Asem:
    return Asem(
        tmp_path_factory.mktemp("asem"), folder / "ASEM_iMeta.csv", folder / "ASEM_iData.csv"
    )


@pytest.fixture(scope="module")
def years(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Asem:
    """The artificial panel of five years, with gaps: every ninth figure of an indicator is taken out."""
    place = tmp_path_factory.mktemp("years")
    structure = oracle.read_structure(folder / "ASEM_iMeta.csv")
    with (folder / "ASEM_iData_p.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    for number, row in enumerate(rows):
        for column, each in enumerate(structure.indicators):
            if (number * 5 + column * 7) % 9 == 0:
                row[each.code] = "NA"
    with (place / "iData.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return Asem(place, folder / "ASEM_iMeta.csv", place / "iData.csv")


def agree(done: Build, name: str, expected: Table) -> None:
    """Every cell of a data set, and what is missing."""
    found = done.data_set(name)
    assert set(expected) <= set(found.columns)
    for code, column in expected.items():
        ours = found.values[:, found.columns.index(code)].tolist()
        for row, (x, y) in enumerate(zip(ours, column, strict=True)):
            where = f"{name}: {code}, {' '.join(done.panel.rows[row])}: {x} and {y}"
            if y is None:
                assert x != x, where
            else:
                assert abs(x - y) <= TOLERANCE * max(1.0, abs(y)), where


def agree_to_the_top(done: Build, expected: Table, periods: list[str] | None = None) -> None:
    """Every node, and the rank of every unit in every node."""
    agree(done, "aggregated", expected)
    for code, column in expected.items():
        ours = done.ranks[:, done.tree.place(code)].tolist()
        theirs: oracle.Column = [None] * len(column)
        for period in sorted(set(periods or [""])):
            rows = [row for row in range(len(column)) if not periods or periods[row] == period]
            for row, place in zip(rows, oracle.ranks([column[r] for r in rows]), strict=True):
                theirs[row] = place
        assert [None if x != x else x for x in ours] == theirs, code


# ---- the example, step by step ----------------------------------------------------------------------


def test_the_imported_order_is_that_of_coinr(asem: Asem) -> None:
    done = asem.built()
    assert done.panel.units == tuple(asem.data.units)
    assert done.index.columns == tuple(each.code for each in asem.structure.indicators)
    nodes = [code for code in done.tree.codes if code in done.index.nodes]
    assert nodes == [each.code for each in asem.structure.aggregates]


def test_the_chain_of_the_example_agrees_in_every_step(asem: Asem) -> None:
    done = asem.built()
    denominated = asem.denominated
    imputed = asem.imputed
    screened = oracle.screen(imputed, lambda row: not oracle.availability(imputed, row) < 0.9)
    treated = {code: oracle.treat(column) for code, column in screened.items()}
    normalised = scaled(treated, asem.structure, "min_max")
    for name, table in (
        ("denominated", denominated),
        ("imputed", imputed),
        ("screened", screened),
        ("treated", treated),
        ("normalised", normalised),
    ):
        agree(done, name, table)
    agree_to_the_top(done, oracle.aggregate(normalised, asem.structure, Way()))
    assert any(treated[code] != screened[code] for code in treated)
    by_node = dict(zip(done.tree.codes, done.effective_weights.tolist(), strict=True))
    assert by_node == pytest.approx(oracle.effective_weights(asem.structure), abs=1e-15)


def scaled(
    table: Table,
    structure: Structure,
    way: str,
    given: dict[str, Given] | None = None,
    **told: float,
) -> Table:
    given = given or {}
    return {
        each.code: oracle.normalise(
            table[each.code], each.direction, way, given.get(each.code, Given()), **told
        )
        for each in structure.indicators
    }


# ---- every normalisation in either direction, with and without missing figures ---------------------------

NORMALISATIONS: list[tuple[str, Document]] = [
    ("min_max", {}),
    ("min_max", {"low": 1, "high": 10}),
    ("z_score", {}),
    ("z_score", {"mean": 100, "deviation": 10}),
    ("scaled", {}),
    ("scaled", {"lowest": -7, "highest": 35}),
    ("goalposts", {}),
    ("goalposts", {"high": 1}),
    ("goalposts", {"truncate": False}),
    ("rank", {}),
    ("borda", {}),
    ("percentile_rank", {}),
    ("distance_to_maximum", {}),
    ("distance_to_reference", {"reference": "KOR"}),
    ("distance_to_reference", {"reference": "AUT", "cap": True}),
    ("distance_to_target", {}),
    ("distance_to_target", {"cap": True}),
    ("fraction_of_maximum", {}),
]


@pytest.mark.parametrize("turned", [False, True], ids=["as it is", "turned"])
@pytest.mark.parametrize("complete", [True, False], ids=["imputed", "with gaps"])
@pytest.mark.parametrize(("way", "told"), NORMALISATIONS)
def test_every_normalisation_agrees(
    asem: Asem, way: str, told: Document, complete: bool, turned: bool
) -> None:
    document = asem.document
    structure = asem.structure.turned() if turned else asem.structure
    table = asem.imputed if complete else asem.denominated
    given = beside(table, told.get("reference", ""), asem.data.units)
    for each in structure.indicators:
        entry = document["indicators"][each.code]
        entry["better"] = "higher" if each.direction > 0 else "lower"
        posts = given[each.code]
        entry["goalposts"] = {"lower": posts.lower, "upper": posts.upper}
        entry["target"] = posts.target
    before = ["denominate"]
    if complete:
        before.append({"impute": {"method": "mean", "group": "EurAsia_group"}})  # type: ignore[arg-type]
    last = {"aggregate": {"method": "arithmetic"}}
    nowhere = without_scale(table, structure, way, given)
    for code in nowhere:
        del document["indicators"][code]
    structure = structure.without(*nowhere)
    done = asem.built(*before, {"normalise": {"method": way, **told}}, last, document=document)
    numbers = {name: value for name, value in told.items() if name != "reference"}
    expected = scaled(table, structure, way, given, **numbers)
    agree(done, "normalised", expected)
    agree_to_the_top(done, oracle.aggregate(expected, structure, Way()))


def without_scale(
    table: Table, structure: Structure, way: str, given: dict[str, Given]
) -> list[str]:
    """Indicators that a method divides by nought: COINr gives infinities, ours refuses them."""
    found = []
    for each in structure.indicators:
        faced = [None if x is None else x * each.direction for x in table[each.code]]
        known = oracle.present(faced)
        reference = faced[given[each.code].reference]
        if way == "distance_to_reference" and reference in (None, min(known)):
            found.append(each.code)
        if way == "fraction_of_maximum" and max(known) == 0:
            found.append(each.code)
    return found


def beside(table: Table, reference: str, units: list[str]) -> dict[str, Given]:
    """Goalposts within the range, so that some figures lie beyond them, and a target in the middle."""
    given = {}
    for code, column in table.items():
        known = sorted(oracle.present(column))
        low, high = known[0], known[-1]
        given[code] = Given(
            lower=low + (high - low) / 8,
            upper=high - (high - low) / 4,
            target=(low + high) / 2,
            reference=units.index(reference) if reference else 0,
        )
    return given


def test_each_indicator_may_have_a_method_and_a_scale_of_its_own(asem: Asem) -> None:
    document = asem.document
    own: Document = {"LPI": {"method": "z_score"}, "CO2": {"method": "rank"}}
    for code, method in own.items():
        document["indicators"][code]["normalise"] = method
    done = asem.built(
        "denominate",
        {"normalise": {"method": "min_max"}},
        {"aggregate": {"method": "arithmetic"}},
        document=document,
    )
    table = asem.denominated
    expected = scaled(table, asem.structure, "min_max")
    for code, method in own.items():
        expected[code] = scaled(table, asem.structure, method["method"])[code]
    agree_to_the_top(done, oracle.aggregate(expected, asem.structure, Way()))


# ---- every imputation -------------------------------------------------------------------------------

LAST = ({"normalise": {"method": "min_max"}}, {"aggregate": {"method": "arithmetic"}})


@pytest.mark.parametrize("middle", [fmean, median], ids=["mean", "median"])
@pytest.mark.parametrize("group", ["", "GDP_group", "GDPpc_group", "Pop_group", "EurAsia_group"])
def test_imputation_by_column_agrees(asem: Asem, middle: oracle.Middle, group: str) -> None:
    method = {"method": "mean" if middle is fmean else "median"} | (
        {"group": group} if group else {}
    )
    done = asem.built("denominate", {"impute": method}, *LAST)
    groups: list[str | None] = asem.data.groups[group] if group else ["all"] * 51
    expected = {
        code: oracle.group_by_group(lambda part: oracle.impute(part, middle), column, groups)
        for code, column in asem.denominated.items()
    }
    agree(done, "imputed", expected)
    normalised = scaled(expected, asem.structure, "min_max")
    agree_to_the_top(done, oracle.aggregate(normalised, asem.structure, Way()))


@pytest.mark.parametrize("middle", [fmean, median], ids=["mean", "median"])
@pytest.mark.parametrize("level", [2, 3, 4])
def test_imputation_by_row_agrees(asem: Asem, middle: oracle.Middle, level: int) -> None:
    method = "unit_mean" if middle is fmean else "unit_median"
    done = asem.built("denominate", {"impute": {"method": method, "levels_up": level - 1}}, *LAST)
    expected = oracle.impute_rows(asem.denominated, asem.structure, level, middle)
    agree(done, "imputed", expected)


def test_a_unit_without_a_group_is_left_as_it_is(asem: Asem) -> None:
    document = asem.document
    table = asem.denominated
    row = next(row for row in range(51) if any(column[row] is None for column in table.values()))
    document["units"]["members"][asem.data.units[row]]["groups"].pop("EurAsia_group")
    groups = list(asem.data.groups["EurAsia_group"])
    groups[row] = None
    impute = {"impute": {"method": "mean", "group": "EurAsia_group"}}
    done = asem.built("denominate", impute, *LAST, document=document)
    agree(done, "imputed", {code: by_group(column, groups) for code, column in table.items()})


@pytest.mark.parametrize("way", ["latest", "linear", "constant"])
def test_imputation_along_a_panel_agrees(years: Asem, way: str) -> None:
    done = years.built("denominate", {"impute": {"method": way}}, *LAST)
    expected = {
        code: oracle.impute_series(column, years.data, way)
        for code, column in years.denominated.items()
    }
    agree(done, "imputed", expected)
    normalised = scaled(expected, years.structure, "min_max")
    whole = oracle.aggregate(normalised, years.structure, Way())
    agree_to_the_top(done, whole, years.data.periods)


# ---- screening --------------------------------------------------------------------------------------


@pytest.mark.parametrize("least", [2 / 3, 0.9, 0.95, 1.0])
def test_screening_without_imputation_agrees(asem: Asem, least: float) -> None:
    done = asem.built("denominate", {"screen": {"least_available": least}}, *LAST)
    table = asem.denominated
    expected = oracle.screen(table, lambda row: not oracle.availability(table, row) < least)
    agree(done, "screened", expected)
    normalised = scaled(expected, asem.structure, "min_max")
    agree_to_the_top(done, oracle.aggregate(normalised, asem.structure, Way()))


@pytest.mark.parametrize("by", ["zeros", "both"])
def test_screening_by_zeros_with_units_named_agrees(asem: Asem, by: str) -> None:
    told = {"by": by, "least_available": 0.95, "least_nonzero": 0.97}
    done = asem.built("denominate", {"screen": told | {"keep": ["BRN"], "drop": ["KOR"]}}, *LAST)
    table = asem.denominated

    def keep(row: int) -> bool:
        unit = asem.data.units[row]
        enough = oracle.nonzero(table, row) >= 0.97
        if by == "both":
            enough = enough and oracle.availability(table, row) >= 0.95
        return unit == "BRN" or (unit != "KOR" and enough)

    agree(done, "screened", oracle.screen(table, keep))


# ---- every treatment --------------------------------------------------------------------------------

TREATMENTS: list[Document] = [
    {},
    {"most_points": 0},
    {"most_points": 1},
    {"most_points": 10},
    {"skewness": 1.5, "kurtosis": 2.5},
    {"then": "none"},
    {"then": "none", "most_points": 1},
    {"then": "log_shift_plus", "most_points": 0},
    {"then": "log_shift_plus", "most_points": 1, "on_winsorised": True},
    {"then": "log", "most_points": 1},
    {"then": "log_gii", "most_points": 1},
    {"then": "box_cox", "power": 0, "most_points": 1},
    {"then": "box_cox", "power": 0.5, "most_points": 0},
    {"then": "box_cox", "power": 2, "most_points": 2},
    {"then": "log_shift", "most_points": 1, "on_winsorised": True},
]


@pytest.mark.parametrize("complete", [True, False], ids=["imputed", "with gaps"])
@pytest.mark.parametrize("told", TREATMENTS, ids=str)
def test_every_treatment_agrees(asem: Asem, told: Document, complete: bool) -> None:
    before: list[Any] = ["denominate"]
    table = asem.denominated
    if complete:
        before.append({"impute": {"method": "mean", "group": "EurAsia_group"}})
        table = asem.imputed
    done = asem.built(*before, {"treat": told}, *LAST)
    expected = {
        code: oracle.treat(
            column,
            told.get("most_points", 5),
            (told.get("skewness", 2.0), told.get("kurtosis", 3.5)),
            told.get("then", "log_shift"),
            told.get("power", 0.0),
            told.get("on_winsorised", False),
        )
        for code, column in table.items()
    }
    agree(done, "treated", expected)
    normalised = scaled(expected, asem.structure, "min_max")
    agree_to_the_top(done, oracle.aggregate(normalised, asem.structure, Way()))


def test_a_limit_of_one_indicator_leaves_its_other_options_and_its_gaps_alone(asem: Asem) -> None:
    # COINr drops the other defaults there, and with them the care for missing figures: nothing was treated.
    document = asem.document
    table = asem.denominated
    code = next(c for c, column in table.items() if None in column and not oracle.passes(column))
    document["indicators"][code]["treat"] = {"most_points": 1}
    done = asem.built("denominate", "treat", *LAST, document=document)
    expected = {name: oracle.treat(column) for name, column in table.items()}
    expected[code] = oracle.treat(table[code], 1)
    assert expected[code] != table[code]
    agree(done, "treated", expected)


# ---- every aggregation ------------------------------------------------------------------------------

POSITIVE = {"normalise": {"method": "min_max", "low": 1, "high": 100}}
AGGREGATIONS: list[tuple[Document, Way]] = [
    ({"method": "arithmetic"}, Way()),
    ({"method": "geometric"}, Way("geometric")),
    ({"method": "harmonic"}, Way("harmonic")),
    ({"method": "generalised", "power": -1}, Way("generalised", -1)),
    ({"method": "generalised", "power": 0}, Way("geometric")),
    ({"method": "generalised", "power": 0.5}, Way("generalised", 0.5)),
    ({"method": "generalised", "power": 3}, Way("generalised", 3)),
    ({"method": "copeland"}, Way("copeland")),
    ({"method": "arithmetic", "least_available": 0.8}, Way(least_available=0.8)),
    ({"method": "geometric", "least_available": 1}, Way("geometric", least_available=1)),
]


@pytest.mark.parametrize("complete", [True, False], ids=["imputed", "with gaps"])
@pytest.mark.parametrize("weighted", [False, True], ids=["equal", "weighted"])
@pytest.mark.parametrize(("told", "way"), AGGREGATIONS, ids=[str(told) for told, _ in AGGREGATIONS])
def test_every_aggregation_agrees(
    asem: Asem, told: Document, way: Way, weighted: bool, complete: bool
) -> None:
    document = asem.document
    structure = asem.structure
    if weighted:
        weights = given_weights(structure)
        structure = structure.weighted(weights)
        for code, weight in weights.items():
            kind = "indicators" if code in document["indicators"] else "nodes"
            document[kind][code]["weight"] = weight
    before: list[Any] = ["denominate"]
    table = asem.denominated
    if complete:
        before.append({"impute": {"method": "mean", "group": "EurAsia_group"}})
        table = asem.imputed
    done = asem.built(*before, POSITIVE, {"aggregate": told}, document=document)
    normalised = scaled(table, structure, "min_max", low=1.0, high=100.0)
    agree_to_the_top(done, oracle.aggregate(normalised, structure, way))


def given_weights(structure: Structure) -> dict[str, float]:
    """Tenths that make exact ties of outranking weights likely: 0.1, 0.2, 0.3 … in turns, one of them nought."""
    codes = [each.code for each in (*structure.indicators, *structure.aggregates)]
    weights = {code: (1 + place % 4) / 10 for place, code in enumerate(codes)}
    return weights | {"Ship": 0.0}


def test_each_level_and_each_node_may_have_a_way_of_its_own(asem: Asem) -> None:
    document = asem.document
    ways = {each.code: Way() for each in asem.structure.aggregates}
    for code in ("Conn", "Sust"):
        document["nodes"][code]["aggregate"] = {"method": "geometric"}
        ways[code] = Way("geometric")
    document["nodes"]["Physical"]["aggregate"] = {"method": "harmonic"}
    ways["Physical"] = Way("harmonic")
    done = asem.built(
        "denominate", POSITIVE, {"aggregate": {"method": "arithmetic"}}, document=document
    )
    normalised = scaled(asem.denominated, asem.structure, "min_max", low=1.0, high=100.0)
    agree_to_the_top(done, oracle.aggregate(normalised, asem.structure, ways))


def test_a_geometric_mean_of_scores_from_nought_is_refused_when_the_file_is_read(
    asem: Asem,
) -> None:
    with pytest.raises(BadInput, match="cannot take zero or less"):
        asem.built("denominate", LAST[0], {"aggregate": {"method": "geometric"}})


# ---- weights, and what is left out ------------------------------------------------------------------


def test_two_indicators_dropped_or_weighing_nothing_give_the_same_index(asem: Asem) -> None:
    example = asem.document["steps"]
    gone, unweighted = asem.document, asem.document
    for code in ("LPI", "Forest"):
        del gone["indicators"][code]
        unweighted["indicators"][code]["weight"] = 0
    structure = asem.structure.without("LPI", "Forest")
    imputed = asem.imputed
    treated = {each.code: oracle.treat(imputed[each.code]) for each in structure.indicators}
    expected = oracle.aggregate(scaled(treated, structure, "min_max"), structure, Way())
    agree_to_the_top(asem.built(*example, document=gone), expected)
    agree_to_the_top(asem.built(*example, document=unweighted), expected)


def test_weights_by_the_first_component_are_its_loadings(asem: Asem) -> None:
    # Physical and ConEcFin and their like point one way in each sub-index; COINr takes the raw loadings.
    weigh = {"weigh": {"method": "principal_component", "nodes": ["Conn"]}}
    done = asem.built("denominate", LAST[0], weigh, LAST[1])
    normalised = scaled(asem.denominated, asem.structure, "min_max")
    pillars = oracle.aggregate(normalised, asem.structure, Way())
    children = [each.code for each in asem.structure.children("Conn")]
    loadings = oracle.first_loadings([pillars[code] for code in children])
    ours = [done.weights[done.tree.place(code)] for code in children]
    assert ours == pytest.approx(loadings, abs=1e-9)
    weights = dict(zip(children, loadings, strict=True))
    agree_to_the_top(done, oracle.aggregate(normalised, asem.structure.weighted(weights), Way()))


# ---- panels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("over", ["", "panel", "period"])
@pytest.mark.parametrize("way", ["min_max", "z_score", "percentile_rank", "rank"])
def test_a_panel_is_imputed_and_treated_by_period_and_normalised_over_all_of_it(
    years: Asem, way: str, over: str
) -> None:
    steps = years.document["steps"]
    steps[-2] = {"normalise": {"method": way} | ({"over": over} if over else {})}
    done = years.built(*steps)
    treated = years.treated
    agree(done, "treated", treated)
    normalised = {}
    for each in years.structure.indicators:

        def one(
            part: oracle.Column, _: object = None, each: oracle.Indicator = each
        ) -> oracle.Column:
            return oracle.normalise(part, each.direction, way, Given())

        column = treated[each.code]
        normalised[each.code] = years.by_period(one, column) if over == "period" else one(column)
    agree(done, "normalised", normalised)
    whole = oracle.aggregate(normalised, years.structure, Way())
    agree_to_the_top(done, whole, years.data.periods)


def test_treatment_over_the_whole_panel_agrees(years: Asem) -> None:
    steps = years.document["steps"]
    steps[3] = {"treat": {"over": "panel"}}
    imputed = years.imputed
    agree(
        years.built(*steps), "treated", {c: oracle.treat(column) for c, column in imputed.items()}
    )


def test_copeland_compares_the_units_of_one_period(years: Asem) -> None:
    steps = years.document["steps"]
    steps[-1] = {"aggregate": {"method": "copeland"}}
    done = years.built(*steps)
    normalised = scaled(years.treated, years.structure, "min_max")
    periods: list[str | None] = list(years.data.periods)
    whole = oracle.aggregate(normalised, years.structure, Way("copeland"), periods)
    agree_to_the_top(done, whole, years.data.periods)


def test_the_scale_factor_of_coinr_is_read(folder: Path, tmp_path: Path) -> None:
    """A figure is x / (denominator / ScaleFactor), from a column that the example does not have."""
    with (folder / "ASEM_iMeta.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    structure = tmp_path / "iMeta.csv"
    with structure.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "ScaleFactor"])
        writer.writeheader()
        writer.writerows(
            row | {"ScaleFactor": 1000 if row["Denominator"] == "Population" else "NA"}
            for row in rows
        )
    asem = Asem(tmp_path, structure, folder / "ASEM_iData.csv")
    assert {each.scale for each in asem.structure.indicators} == {1.0, 1000.0}
    agree(asem.built(), "denominated", asem.denominated)
