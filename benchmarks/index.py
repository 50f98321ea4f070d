"""How fast an index is built, varied and looked into, beside what is used for it elsewhere.

    python benchmarks/index.py [--quick] [--format json]

Made-up figures of the sizes named. "ASEM-size" is 51 units by 49 indicators in 8 pillars, as COINr's example.
The plain chain (NumPy and SciPy, column by column) and the peers run here, on the same figures, and must
agree before they are timed. COINr's figures were measured elsewhere, on another machine with two cores
(COINr 1.1.14, R 4.2.2, processor seconds), and show an order of magnitude.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from support.indexes import Array, coinr_tables, figures, made_up, panel
from support.measuring import against, best, in_a_process, memory, table

from donghaeng.index.aggregation import copeland
from donghaeng.index.chain import build
from donghaeng.index.coherence.correlation import correlate
from donghaeng.index.uncertainty.draw_summary import DrawSummary, RankedBlock
from donghaeng.index.uncertainty.samples import BLOCK, SaltelliDesign, independent_block
from donghaeng.index.uncertainty.sobol import Stop, sobol_indices
from donghaeng.index.uncertainty.study import Study, study_of
from donghaeng.index.uncertainty.threads import gather

REPEATS = 5
THREADS = min(2, os.cpu_count() or 1)
UNITS, INDICATORS = 51, 49  # of ASEM
MILLION = 2**20  # draws, in whole blocks
WEIGHTS: dict[str, Any] = {"weights": {"kind": "weight_noise", "factor": 0.25}}
SCALES = [
    {"normalise": {"method": "min_max", "low": 1, "high": 100}},
    {"normalise": {"method": "z_score", "mean": 100, "deviation": 10}},
    {"normalise": {"method": "rank"}},
]
CHOICES: dict[str, Any] = {
    "points": {"kind": "parameter", "of": "treat.most_points", "low": 1, "high": 5, "whole": True},
    "scale": {"kind": "step", "among": SCALES},
    **WEIGHTS,
    "mean": {
        "kind": "step",
        "among": [{"aggregate": {"method": "arithmetic"}}, {"aggregate": {"method": "geometric"}}],
    },
}


@dataclass(frozen=True)
class Found:
    """One line: what was done and how often, in seconds, what a peer took here, what COINr took elsewhere."""

    what: str
    count: str
    cpu: float
    wall: float
    bound: float | None = None
    peer: str = ""
    elsewhere: str = ""


def found(
    what: str, count: str, work: Callable[[], object], repeats: int = REPEATS, **beside: Any
) -> Found:
    """Time ``work`` after one run before."""
    work()
    timing = best(work, repeats)
    return Found(what, count, timing.cpu, timing.wall, **beside)


# ---- one build --------------------------------------------------------------------------------------


def one_build() -> list[Found]:
    """A large index, and the one of ASEM's size."""
    lines = []
    for units, indicators, repeats, bound, elsewhere in (
        (5_000, 200, REPEATS, 0.3, "6.5 (with Impute 0.2)"),
        (UNITS, INDICATORS, 50, None, "0.086"),
    ):
        index = made_up(units, indicators, pillars=20 if indicators == 200 else 8)
        given = panel(index, figures(units, indicators))
        ours = build(index, given)
        top = plain_chain(given.values, ours.context.direction, parents(index))
        assert np.allclose(ours.scores[:, ours.tree.top], top, rtol=1e-9)
        peer = best(partial(plain_chain, given.values, ours.context.direction, parents(index)), 2)
        lines.append(
            found(
                "build: treat, normalise, aggregate, rank",
                f"{units:,} x {indicators}",
                lambda i=index, g=given: build(i, g),
                repeats,
                bound=bound,
                peer=f"{peer.cpu:.3f} NumPy and SciPy by column",
                elsewhere=elsewhere,
            )
        )
    return lines


def parents(index: Any) -> dict[str, list[str]]:
    return {code: index.children(code) for code in index.nodes}


def plain_chain(values: Array, direction: Array, children: dict[str, list[str]]) -> Array:
    """The same chain as one writes it with NumPy and SciPy: column by column, node by node."""
    from scipy.stats import kurtosis, skew

    def fails(x: Array) -> bool:
        return abs(skew(x, bias=False)) >= 2 and kurtosis(x, bias=False) >= 3.5

    scores: dict[str, Array] = {}
    for column, code in enumerate(c for c in sorted(leaves(children))):
        x = original = values[:, column]
        drawn = 0
        while fails(x) and drawn < 5:
            end = x.max() if skew(x) >= 0 else x.min()
            drawn = int((x == end).sum())
            rest = x[x != end]
            x = np.where(x == end, rest.max() if end == x.max() else rest.min(), x)
        if fails(x):
            low, high = original.min(), original.max()
            x = np.log(original - low + 0.01 * (high - low))
        x = x * direction[column]
        scores[code] = 1 + 99 * (x - x.min()) / (x.max() - x.min())
    while "top" not in scores:
        for node, below in children.items():
            if node not in scores and all(child in scores for child in below):
                scores[node] = np.mean([scores[child] for child in below], axis=0)
    return scores["top"]


def leaves(children: dict[str, list[str]]) -> set[str]:
    return {child for below in children.values() for child in below} - set(children)


# ---- many draws -------------------------------------------------------------------------------------


def study(choices: dict[str, Any], **parts: Any) -> Study:
    """An uncertain index of ASEM's size."""
    uncertainty = {"draws": 1_000, "choices": choices}
    index = made_up(UNITS, INDICATORS, pillars=8, uncertainty=uncertainty, **parts)
    if "error" in choices:
        index = with_errors(index)
    return study_of(index, panel(index, figures(UNITS, INDICATORS)))


def with_errors(index: Any) -> Any:
    """Every figure with a standard error of two per cent."""
    document = index.model_dump(mode="json", exclude_unset=True)
    for each in document["indicators"].values():
        each["measurement_error"] = {"relative": 0.02}
    return type(index).model_validate(document)


def many_draws(quick: bool) -> list[Found]:
    """A thousand whole chains, as new each time: nothing is remembered from the run before."""
    sample = {
        name: independent_block(1, 0, study(choices).choices.columns, 1_000)
        for name, choices in (
            ("usual", CHOICES),
            ("error", CHOICES | {"error": {"kind": "data_error"}}),
        )
    }
    usual = CHOICES
    error = CHOICES | {"error": {"kind": "data_error"}}
    again = study(CHOICES)
    one = best(lambda: build(again.index, again.context.panel), 20).cpu
    count, beside = "1,000 draws", f"{one * 1_000:.1f} one build after the other"
    return [
        found(
            "whole chains: treatment (5), scale (3), weights, mean (2)",
            count,
            lambda: study(usual).top_scores(sample["usual"]),
            bound=0.5,
            peer=beside,
            elsewhere="115 (get_sensitivity, N = 1,000)",
        ),
        found(
            "the same, every figure drawn too: no work is shared",
            count,
            lambda: study(error).top_scores(sample["error"]),
            bound=1.0,
            peer=beside,
        ),
        sobol(),
        *([] if quick else weights()),
    ]


def sobol() -> Found:
    """Four choices, first and total indices of the score of every unit, with bootstrap intervals."""
    of_choices = study(CHOICES).choices
    design = SaltelliDesign(of_choices.groups, seed=1)
    count = 1_024

    def work() -> object:
        return sobol_indices(study(CHOICES).top_scores, design, Stop.at(count))

    return found(
        "Sobol: 4 choices, 51 outputs, intervals",
        f"N = {count:,}, {count * 6:,} draws",
        work,
        2,
        bound=3.0,
        peer=salib(count),
        elsewhere="69 (N = 100, 1 output, 600 draws)",
    )


def salib(count: int) -> str:
    """SALib on the outputs of the same study, one unit's score only; the work of the draws is ours."""
    try:
        from SALib.analyze import sobol as analyse
        from SALib.sample import sobol as sample
    except ImportError:
        return "SALib is not installed"
    whole = study(CHOICES)
    columns = whole.choices.columns
    groups = [f"g{n}" for n, group in enumerate(whole.choices.groups) for _ in group]
    problem = {
        "num_vars": columns,
        "names": [f"x{n}" for n in range(columns)],
        "bounds": [[0, 1]] * columns,
        "groups": groups,
    }

    def work() -> None:
        points = sample.sample(problem, count, calc_second_order=False, seed=1)
        scores = study(CHOICES).top_scores(np.minimum(points, np.nextafter(1, 0)))
        analyse.analyze(problem, scores[:, 0], calc_second_order=False, num_resamples=1_000, seed=1)

    return f"{best(work, 2).cpu:.2f} SALib, 1 output"


def weights() -> list[Found]:
    """A million draws of weights with exact ranks, in a process of their own, so that memory counts."""
    lines = []
    for threads in dict.fromkeys((1, THREADS)):
        seen = in_a_process(__file__, "--weights", str(threads))
        if "fault" in seen:
            raise SystemExit(f"a million draws: {seen['fault']}")
        lines.append(
            Found(
                f"weights: exact ranks, quantiles, {threads} thread{'s' * (threads > 1)}",
                f"{seen['draws']:,} draws",
                seen["cpu"],
                seen["wall"],
                10.0,
                f"{plain_weights():.1f} NumPy, all kept in memory",
                "0.008 a draw (Regen from Aggregate)",
            )
        )
        lines.append(
            Found(
                "the same: peak of the whole process, MB",
                "",
                seen["peak"] / 1e6,
                0.0,
                1_000.0,
            )
        )
    return lines


def plain_weights() -> float:
    """Processor seconds of as many draws with one product and SciPy's ranks, from a hundredth of them."""
    from scipy.stats import rankdata

    tree = study(WEIGHTS)
    normalised = build(tree.index, tree.context.panel).data_set("normalised").values
    random = np.random.default_rng(1)
    count = MILLION // 100

    def work() -> None:
        drawn = 1 + 0.25 * random.uniform(-1, 1, (count, INDICATORS))
        scores = drawn / drawn.sum(axis=1, keepdims=True) @ normalised.T
        ranks = rankdata(-scores, method="min", axis=1)
        np.quantile(ranks, (0.05, 0.5, 0.95), axis=0)

    return best(work, 2).cpu * 100


def measure_weights(threads: int) -> dict[str, float]:
    """What the process of ``weights`` prints."""
    whole = study(WEIGHTS)
    columns = whole.choices.columns
    summary = DrawSummary(UNITS)
    gather(
        lambda block: RankedBlock.of(whole.top_scores(independent_block(1, block, columns))),
        2,
        DrawSummary(UNITS),
    )
    at, cpu = time.perf_counter(), time.process_time()
    gather(
        lambda block: RankedBlock.of(whole.top_scores(independent_block(1, block, columns))),
        MILLION // BLOCK,
        summary,
        threads=threads,
    )
    return {
        "draws": summary.ranks.draws,
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - at,
        "peak": memory("VmHWM"),
    }


# ---- looking into it --------------------------------------------------------------------------------


def pairs() -> list[Found]:
    """What compares every pair: of units, of indicators."""
    values, table_ = figures(5_000, 10), figures(5_000, 200)
    some = values[:200]
    scores = copeland(some, np.ones(10))
    assert np.array_equal(scores, plain_copeland(some))
    by_pair = best(lambda: plain_copeland(some), 2).cpu
    return [
        found(
            "Copeland",
            "5,000 x 10, 12,497,500 pairs",
            lambda: copeland(values, np.ones(10)),
            2,
            bound=20.0,
            peer=f"{by_pair:.2f} pair by pair, 200 x 10",
            elsewhere="5.2 (200 x 10)",
        ),
        found(
            "correlations with p-values",
            "5,000 x 200, 19,900 pairs",
            lambda: correlate(table_),
            3,
            bound=1.0,
            peer=f"{scipy_pairs(table_):.1f} scipy.stats.pearsonr",
            elsewhere="19.9 (get_corr)",
        ),
    ]


def plain_copeland(values: Array) -> Array:
    """Pair by pair, with equal weights."""
    scores = np.zeros(len(values))
    for a in range(len(values)):
        for b in range(a):
            net = np.sign(int((values[a] > values[b]).sum()) - int((values[a] < values[b]).sum()))
            scores[a] += net
            scores[b] -= net
    return scores


def scipy_pairs(values: Array) -> float:
    """Seconds for all pairs, from the first hundredth of them."""
    from scipy.stats import pearsonr

    ours = correlate(values[:, :20])
    places = [(i, j) for i in range(20) for j in range(i)]

    def work() -> None:
        for i, j in places:
            r, p = pearsonr(values[:, i], values[:, j])
            assert abs(r - ours.coefficients[i, j]) < 1e-9
            assert abs(p - ours.p_values[i, j]) < 1e-9

    return best(work, 2).cpu * 19_900 / len(places)


def commands() -> list[Found]:
    """Whole processes, from COINr's two tables to scores on disk."""
    command = Path(sys.executable).with_name("donghaeng")
    lines = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for units, indicators, bound in ((UNITS, INDICATORS, 3.0), (5_000, 200, None)):
            index = made_up(units, indicators, pillars=20 if indicators == 200 else 8)
            structure, data = coinr_tables(index, figures(units, indicators, 0.02), folder)
            out = folder / "index.yaml"
            told = ("--structure", str(structure), "--data", str(data), "-o", str(out))
            for arguments in (
                ("import-coinr", *told),
                ("build", str(out), "-o", str(folder / "o")),
            ):
                lines.append(process(command, arguments, f"{units:,} x {indicators}", bound))
            subprocess.run(["rm", "-r", str(folder / "o")], check=True)
    return lines


def process(command: Path, arguments: tuple[str, ...], count: str, bound: float | None) -> Found:
    """One command: its own processor time and wall time."""
    before, at = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "donghaeng", "index", *arguments]
        if not command.exists()
        else [command, "index", *arguments],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    wall, after = time.perf_counter() - at, os.times()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Found(f"donghaeng index {arguments[0]}, whole process", count, cpu, wall, bound)


# ---- the table --------------------------------------------------------------------------------------


def row(line: Found) -> list[str]:
    """Seconds and the bound, which is for processor time of all threads together; memory in megabytes."""
    limit = "" if line.bound is None else f"{line.bound:g}: {against(line.cpu, line.bound)}"
    return [
        line.what,
        line.count,
        *(
            [f"{line.cpu:.0f}", ""]
            if " MB" in line.what
            else [f"{line.cpu:.3f}", f"{line.wall:.3f}"]
        ),
        limit,
        line.peer,
        line.elsewhere,
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="without a million draws")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--weights", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.weights:
        print(json.dumps(measure_weights(options.weights)))
        return
    lines = [*one_build(), *many_draws(options.quick), *pairs(), *commands()]
    if options.format == "json":
        print(json.dumps([asdict(line) for line in lines], indent=1))
        return
    head = (
        "what",
        "count",
        "CPU s",
        "wall s",
        "bound",
        "beside it here, CPU s",
        "COINr, elsewhere",
    )
    print(table(head, [row(line) for line in lines]))


if __name__ == "__main__":
    main()
