"""Every figure leads back to its source cells, and every step gives the same figure when carried out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.index.chain import Build, build
from donghaeng.index.framework import index_text, read_index
from donghaeng.index.framework.coinr_tables import read_coinr
from donghaeng.index.panel import panel_of, read_panel
from donghaeng.index.trace import Traced, addresses, trace
from donghaeng.rules import BadInput
from donghaeng.sources.observations import SCHEMA

from .small import FIGURES, built, document, label, table

EXAMPLES = Path(__file__).parents[2] / "examples" / "index"
MIN_MAX = {"normalise": {"method": "min_max", "low": 1}}
MEAN = {"aggregate": {"method": "arithmetic"}}
# Four districts, so that an outlier can be one and a gap can be filled.
MORE = {
    "income": {"a": 10.0, "b": 12.0, "c": 11.0, "d": 900.0},
    "rent": {"a": 5.0, "b": None, "c": 15.0, "d": 9.0},
    "doctors": {"a": 8.0, "b": 6.0, "c": 4.0, "d": 5.0},
}
FOUR = {"kind": "district", "members": {name: {"label": label(name)} for name in "abcd"}}


def every(traced: Traced) -> Iterator[Traced]:
    """A figure and all that it was made of."""
    yield traced
    for part in traced.parts:
        yield from every(part)


def steps_of(traced: Traced) -> set[str]:
    return {each.step for each in every(traced)}


def four(folder: Path, *steps: Any, **changes: Any) -> Build:
    return built(folder, table(MORE), units=FOUR, steps=list(steps), **changes)


def assert_all_equal(of: Build) -> None:
    for address in addresses(of):
        assert trace(of, address).equal, address


# ---- by hand -------------------------------------------------------------------------------------


def test_a_figure_is_followed_to_its_cells(tmp_path: Path) -> None:
    traced = trace(built(tmp_path), "b.2024.living")
    # b: income 100 * (20 - 10) / 20 = 50, rent 100 * (-10 + 15) / 10 = 50
    assert (traced.value, traced.again, traced.step) == (50, 50, "aggregate")
    assert traced.formula.said() == "(1 × 50 + 1 × 50) / 2"
    income, rent = traced.parts
    assert income.formula.said() == "min_max: 0 + 100 × (20 − 10) / 20"
    assert rent.formula.said() == "min_max: 0 + 100 × (-10 − -15) / 10"
    (cell,) = rent.parts
    assert (cell.step, cell.value, cell.formula.said()) == ("source", 10, "table!rent:b:2024")


def test_a_denominator_is_a_cell_of_its_own(tmp_path: Path) -> None:
    entries = document()["indicators"]
    entries["doctors"] |= {"denominator": "people", "scale": 1000}
    of = built(
        tmp_path,
        table({**FIGURES, "people": {"a": 2000.0, "b": 500.0, "c": 800.0}}),
        indicators=entries,
        denominators={"people": {"label": label("People")}},
        steps=["denominate", MIN_MAX, MEAN],
    )
    normalised = trace(of, "a.2024.doctors")
    (divided,) = normalised.parts
    assert divided.formula.said() == "8 / (2000 / 1000)"
    assert divided.value == 4
    assert [part.address for part in divided.parts] == ["a.2024.doctors", "a.2024.people"]
    assert divided.parts[1].formula.said() == "table!people:a:2024"
    assert trace(of, "a.2024.people") == divided.parts[1]
    assert_all_equal(of)


# ---- every method --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "arithmetic"),
    [
        ({"method": "min_max"}, True),
        ({"method": "min_max", "peers": "two"}, True),
        ({"method": "z_score", "mean": 100, "deviation": 10}, True),
        ({"method": "scaled", "lowest": 0, "highest": 50}, True),
        ({"method": "goalposts", "low": 1, "high": 10}, True),
        ({"method": "rank"}, False),
        ({"method": "borda"}, False),
        ({"method": "percentile_rank"}, False),
        ({"method": "distance_to_maximum"}, True),
        ({"method": "distance_to_reference", "reference": "b", "cap": True}, True),
        ({"method": "distance_to_target", "cap": True}, True),
        ({"method": "fraction_of_maximum"}, True),
        ({"method": "none"}, False),
    ],
    ids=lambda value: str(value.get("method")) if isinstance(value, dict) else "",
)
def test_each_normalisation_is_traced(
    tmp_path: Path, method: dict[str, Any], arithmetic: bool
) -> None:
    entries = document()["indicators"]
    for code, entry in entries.items():
        entry |= {"target": 4 if code == "rent" else 25, "goalposts": {"lower": 7, "upper": 25}}
    of = built(
        tmp_path,
        indicators=entries,
        peers={"two": {"label": label("Two"), "units": ["a", "b"]}},
        steps=[{"normalise": method}, MEAN],
    )
    assert_all_equal(of)
    traced = trace(of, "c.2024.income")
    assert ("once more" not in traced.formula.said()) is arithmetic
    if method["method"] == "goalposts":  # 30 lies above the upper post of 25
        assert traced.formula.said() == "goalposts: 1 + 9 × (30 − 7) / 18, held at 10"


@pytest.mark.parametrize("reversal", ["inverse", "reflection"])
def test_a_ratio_to_the_base_year_is_traced(tmp_path: Path, reversal: str) -> None:
    later = {code: {u: 3 * x for u, x in by.items()} for code, by in FIGURES.items()}
    of = built(
        tmp_path,
        polars.concat([table(period="2022"), table(later, "2024")]),
        periods={"mode": "panel", "base": "2022"},
        steps=[
            {
                "normalise": {
                    "method": "base_year_ratio",
                    "reversal": reversal,
                    "cap": 250,
                    "floor": -50,
                }
            },
            MEAN,
        ],
    )
    assert_all_equal(of)
    rises, falls = trace(of, "a.2024.living").parts
    assert rises.formula.said() == "100 × 30 / 10, held at 250"
    said = {"inverse": "100 × 5 / 15", "reflection": "200 − 100 × 15 / 5, held at -50"}
    assert falls.formula.said() == said[reversal]


@pytest.mark.parametrize(
    "method",
    [
        {"method": "arithmetic"},
        {"method": "geometric"},
        {"method": "harmonic"},
        {"method": "median"},
        {"method": "generalised", "power": 0.5},
        {"method": "mazziotta_pareto"},
        {"method": "mazziotta_pareto", "adjusted": True, "penalty": "plus"},
        {"method": "mean_minimum"},
        {"method": "benefit_of_doubt"},
        {"method": "arithmetic", "least_available": 0.9},
    ],
    ids=lambda method: " ".join(map(str, method.values())),
)
def test_each_aggregation_is_traced(tmp_path: Path, method: dict[str, Any]) -> None:
    nodes = document()["nodes"]
    nodes["living"]["aggregate"] = method
    of = four(tmp_path, MIN_MAX, MEAN, nodes=nodes)
    assert_all_equal(of)


def test_ordered_averages_and_copeland_are_traced(tmp_path: Path) -> None:
    nodes = document()["nodes"]
    nodes["living"]["aggregate"] = {"method": "ordered_average", "order_weights": [3, 1]}
    nodes["all"]["aggregate"] = {"method": "copeland"}
    assert_all_equal(built(tmp_path, nodes=nodes))


@pytest.mark.parametrize(
    "method",
    [
        {"method": "mean"},
        {"method": "median", "over": "panel"},
        {"method": "unit_mean"},
        {"method": "nearest_neighbours", "neighbours": 2},
        {"method": "iterative"},
    ],
    ids=lambda method: method["method"],
)
def test_each_imputation_is_traced(tmp_path: Path, method: dict[str, Any]) -> None:
    of = four(tmp_path, {"impute": method}, MIN_MAX, MEAN)
    assert_all_equal(of)
    traced = trace(of, "b.2024.rent")
    assert [each.step for each in every(traced)] == ["normalise", "impute", "source"]
    assert method["method"] in traced.parts[0].formula.said()
    assert steps_of(trace(of, "a.2024.rent")) == {
        "normalise",
        "source",
    }  # there was nothing to fill


def test_an_imputation_from_other_years_is_traced(tmp_path: Path) -> None:
    gap = {**FIGURES, "rent": {"a": None, "b": 10.0, "c": 15.0}}
    of = built(
        tmp_path,
        polars.concat([table(period="2023"), table(gap, "2024")]),
        steps=[{"impute": {"method": "latest"}}, MIN_MAX, MEAN],
    )
    assert_all_equal(of)
    assert "impute" in steps_of(trace(of, "a.2024.all"))


def test_multiple_imputation_is_traced_to_its_tables(tmp_path: Path) -> None:
    multiple = {"impute": {"method": "multiple", "tables": 3, "seed": 5}}
    of = four(tmp_path, multiple, MIN_MAX, MEAN)
    assert_all_equal(of)
    traced = trace(of, "b.2024.living")
    assert (traced.step, len(traced.parts)) == ("pool", 1)
    assert traced.formula.said() == "mean of 3 completed tables; the first follows"


def test_bounds_are_traced_in_both_cases(tmp_path: Path) -> None:
    of = four(tmp_path, {"impute": {"method": "bounds"}}, MIN_MAX, MEAN)
    assert_all_equal(of)
    traced = trace(of, "b.2024.living")
    assert numpy.isnan(traced.value)
    worst, best = traced.parts
    assert worst.value < best.value
    assert traced.formula.said().startswith("between ")
    assert trace(of, "a.2024.living").value == trace(of, "a.2024.living").again


def test_bounds_of_ratios_meet_the_other_end_of_their_base(tmp_path: Path) -> None:
    entries = document()["indicators"]
    for entry in entries.values():
        entry["limits"] = [1, 40]
    gap = {**FIGURES, "income": {"a": None, "b": 20.0, "c": 30.0}}
    of = built(
        tmp_path,
        polars.concat([table(gap, "2022"), table(period="2024")]),
        indicators=entries,
        periods={"base": "2022"},
        steps=[
            {"impute": {"method": "bounds"}},
            {"normalise": {"method": "base_year_ratio", "reversal": "inverse"}},
            MEAN,
        ],
    )
    assert_all_equal(of)
    worst, best = trace(of, "a.2024.living").parts
    # 10 now; before it was 40 at most and 1 at least, so 25 or 1000; rent is 100
    assert [worst.value, best.value] == [62.5, 550]


def test_outliers_screening_and_weights_are_traced(tmp_path: Path) -> None:
    figures = {
        code: {f"u{k:02}": float(x) for k, x in enumerate([*range(1, 12), far])}
        for code, far in (("income", 5000), ("rent", 12), ("doctors", 900))
    }
    units = {"kind": "city", "members": {u: {"label": label(u)} for u in figures["income"]}}
    of = built(
        tmp_path,
        table(figures),
        units=units,
        indicators=document()["indicators"]
        | {
            "doctors": {
                "label": label("Doctors"),
                "parent": "health",
                "treat": {"most_points": 0, "then": "log_shift"},
            }
        },
        steps=[
            {"screen": {"drop": ["u00"]}},
            {"impute": {"method": "mean"}},
            "treat",
            MIN_MAX,
            {"weigh": {"method": "entropy"}},
            MEAN,
        ],
    )
    assert_all_equal(of)
    assert steps_of(trace(of, "u11.2024.income")) == {"source", "treat", "normalise"}
    assert "treat" in steps_of(trace(of, "u05.2024.doctors"))  # a logarithm changes every figure
    assert trace(of, "u00.2024.income").parts[0].step == "screen"


# ---- real indices --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asem(shared_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = shared_data("asem")
    imported = read_coinr(
        folder / "ASEM_iMeta.csv", folder / "ASEM_iData.csv", figures="figures.csv"
    )
    file = tmp_path_factory.mktemp("asem") / "index.yaml"
    file.write_text(index_text(imported.index), encoding="utf-8")
    rows = [
        (unit, period, code, value, None, None, "missing" if value is None else "unverified", cell)
        for unit, period, code, value, cell in imported.figures
    ]
    index = read_index(file)
    frame = polars.DataFrame(rows, schema=SCHEMA, orient="row")
    return build(index, panel_of(index, frame, "figures.csv"))


def test_every_figure_of_asem_is_traced(asem: Build) -> None:
    tops = [address for address in addresses(asem) if address.endswith(".2018.Index")]
    assert len(tops) == 51
    cells = 0
    for address in tops:
        traced = trace(asem, address)
        assert traced.equal, address
        parts = list(every(traced))
        assert {part.step for part in parts} >= {"aggregate", "normalise", "denominate", "source"}
        cells += sum(part.step == "source" and ".csv!R" in part.formula.said() for part in parts)
    # One cell for every figure, and one more for the denominator of each that is there and divided.
    divided = [place for place, each in enumerate(asem.context.indicators) if each.denominator]
    there = ~numpy.isnan(asem.panel.values[:, divided])
    assert cells == 51 * 49 + there.sum()


@pytest.mark.parametrize("name", ["districts", "seoul", "tutorial", "cities_europe", "cities_us"])
def test_every_figure_of_the_examples_is_traced(name: str) -> None:
    index = read_index(EXAMPLES / name / "index.yaml")
    assert_all_equal(build(index, read_panel(index, EXAMPLES / name)))


# ---- what was changed afterwards -----------------------------------------------------------------


def tampered(of: Build, name: str, row: int, column: int, value: float) -> Build:
    changed = []
    for data_set in of.data_sets:
        values = data_set.values.copy()
        if data_set.name == name:
            values[..., row, column] = value
        changed.append(replace(data_set, values=values))
    return replace(of, data_sets=tuple(changed))


@pytest.mark.parametrize("name", ["denominated", "imputed", "screened", "treated", "normalised"])
def test_a_figure_that_was_changed_in_between_is_found(asem: Build, name: str) -> None:
    place = asem.index.columns.index("Flights")
    forged = tampered(asem, name, 3, place, 0.123)
    unit, period = asem.panel.rows[3]
    traced = trace(forged, f"{unit}.{period}.Index")
    assert not traced.equal
    wrong = [part.address for part in every(traced) if not part.equal_here]
    assert f"{unit}.{period}.Flights" in wrong


def test_a_score_that_was_changed_is_found_above_and_below(asem: Build) -> None:
    forged = tampered(asem, "aggregated", 3, asem.tree.place("Conn"), 99.0)
    unit, period = asem.panel.rows[3]
    traced = trace(forged, f"{unit}.{period}.Index")
    wrong = {part.address.rpartition(".")[2] for part in every(traced) if not part.equal_here}
    assert wrong == {"Conn", "Index"}


@given(st.data())
def test_any_changed_figure_is_found(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    of = four(tmp_path_factory.mktemp("t"), {"impute": {"method": "mean"}}, "treat", MIN_MAX, MEAN)
    data_set = data.draw(st.sampled_from(of.data_sets[1:]))
    row = data.draw(st.integers(0, 3))
    column = data.draw(st.integers(0, data_set.values.shape[-1] - 1))
    old = data_set.values[row, column]
    factor = data.draw(st.floats(1.001, 3))
    forged = tampered(of, data_set.name, row, column, float(old * factor))
    unit, period = of.panel.rows[row]
    assert not trace(forged, f"{unit}.{period}.all").equal


# ---- addresses -----------------------------------------------------------------------------------


def one_city(folder: Path) -> Build:
    figures = polars.concat(
        [
            table({code: {"a": by["a"] + year} for code, by in FIGURES.items()}, f"202{year}")
            for year in (2, 4)
        ]
    )
    return built(
        folder,
        figures,
        units={"kind": "city", "members": {"a": {"label": label("A")}}},
        periods={"base": "2022"},
        steps=[{"normalise": {"method": "base_year_ratio", "reversal": "inverse"}}, MEAN],
    )


def test_a_city_by_itself_is_not_named_in_the_address(tmp_path: Path) -> None:
    of = one_city(tmp_path)
    assert trace(of, "2024.living").address == "2024.living"
    assert_all_equal(of)


def test_a_table_without_periods_has_addresses_without_them(tmp_path: Path) -> None:
    of = built(tmp_path, table(period=""))
    assert trace(of, "a.living").equal
    assert addresses(of)[0] == "a.all"


def test_codes_with_points_have_an_address(tmp_path: Path) -> None:
    figures = {
        "in.come": {"a.b": 1.0, "c d": 2.0, "e": 4.0},
        "rent": {"a.b": 4.0, "c d": 2.0, "e": 1.0},
    }
    of = built(
        tmp_path,
        table(figures),
        units={"kind": "city", "members": {u: {"label": label(u)} for u in figures["rent"]}},
        indicators={code: {"label": label(code), "parent": "al.l"} for code in figures},
        nodes={"al.l": {"label": label("All")}},
    )
    assert trace(of, "a.b.2024.al.l").address == "a.b.2024.al.l"
    assert trace(of, "c d.2024.in.come").value == pytest.approx(100 / 3)


def test_an_address_with_two_meanings_is_refused_with_both(tmp_path: Path) -> None:
    figures = {code: {"a": 1.0, "a.b": 2.0} for code in ("c", "b.c")}
    of = built(
        tmp_path,
        table(figures, period=""),
        units={"kind": "city", "members": {u: {"label": label(u)} for u in ("a", "a.b")}},
        indicators={code: {"label": label(code), "parent": "all"} for code in figures},
        nodes={"all": {"label": label("All")}},
    )
    with pytest.raises(BadInput, match=r"'a.b.c' has more than one meaning: b.c of a, c of a.b"):
        trace(of, "a.b.c")


@pytest.mark.parametrize(
    ("address", "remedy"),
    [
        ("a.2024.livng", "did you mean 'a.2024.living'?"),
        ("a.living", "did you mean 'a.2024.living'?"),
        ("b.2023.income", "did you mean 'b.2024.income'?"),
        ("x", "for instance a.2024.all, b.2024.all, c.2024.all"),
        ("", "for instance a.2024.all, b.2024.all, c.2024.all"),
    ],
)
def test_an_address_that_is_not_there_is_refused_with_the_nearest(
    tmp_path: Path, address: str, remedy: str
) -> None:
    with pytest.raises(BadInput) as refused:
        trace(built(tmp_path), address)
    assert refused.value.remedy == remedy
