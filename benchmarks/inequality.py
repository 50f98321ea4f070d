"""How fast a distribution is measured with its standard errors, beside what one writes for it elsewhere.

    python benchmarks/inequality.py [--quick] [--format json]

Made-up log-normal incomes with uneven weights. The plain versions (NumPy, statsmodels) run here, on the same
figures, and must agree before they are timed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from support.measuring import against, best, peak_above, table

from donghaeng.inequality import (
    BY_NAME,
    Design,
    Distribution,
    difference,
    duclos_esteban_ray,
    gini,
    measure,
    relative_line,
)

REPEATS = 3
MILLION = 1_000_000
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """One line: what was done and to how many rows, in seconds, and what a plain version took here."""

    what: str
    rows: str
    cpu: float
    wall: float
    bound: float | None = None
    peer: str = ""
    peak: float | None = None


def made_up(rows: int) -> tuple[Array, Array]:
    """Incomes and weights."""
    random = np.random.Generator(np.random.Philox(key=1))
    return np.exp(10 + 0.6 * random.normal(size=rows)), random.uniform(0.5, 1.5, rows)


def found(
    what: str, rows: int, work: Callable[[], object], *, memory: bool = False, **beside: object
) -> Found:
    """Time ``work`` after one run before."""
    work()
    timing = best(work, REPEATS)
    peak = peak_above(work) / 1e6 if memory else None
    return Found(what, f"{rows:,}", timing.cpu, timing.wall, peak=peak, **beside)  # type: ignore[arg-type]


# ---- Gini -------------------------------------------------------------------------------------------


def plain_gini(income: Array, weight: Array) -> float:
    """The value alone, by the trapezes under the Lorenz curve."""
    order = np.argsort(income)
    income, weight = income[order], weight[order]
    reached, had = np.cumsum(weight), np.cumsum(weight * income)
    return float(1 - 2 * (weight * (had - weight * income / 2)).sum() / (reached[-1] * had[-1]))


def plain_error(income: Array, weight: Array) -> float:
    """Value and standard error as one writes them from the formulas."""
    order = np.argsort(income)
    y, w = income[order], weight[order]
    people, everything = w.sum(), (w * y).sum()
    reached, had = np.cumsum(w), np.cumsum(w * y)
    value = (w * y * (2 * reached - w)).sum() / (people * everything) - 1
    apart = y * (2 * reached - people) + everything - 2 * had
    moved = apart / (people * everything) - value / people - value * y / everything
    totals = w * moved
    return float(np.sqrt(len(y) / (len(y) - 1) * ((totals - totals.mean()) ** 2).sum()))


def with_error(income: Array, weight: Array) -> float:
    """From the two arrays to the standard error of the Gini coefficient."""
    return gini(Distribution.of(income, weight)).standard_error(Design(weight))


def ginis(rows: int) -> list[Found]:
    """The bound of the room: value and error of ten million rows."""
    income, weight = made_up(rows)
    ours = gini(Distribution.of(income, weight))
    assert np.isclose(ours.value, plain_gini(income, weight), rtol=1e-10)
    assert np.isclose(with_error(income, weight), plain_error(income, weight), rtol=1e-8)
    value = best(lambda: plain_gini(income, weight), REPEATS)
    error = best(lambda: plain_error(income, weight), REPEATS)
    return [
        found(
            "Gini coefficient with its standard error",
            rows,
            lambda: with_error(income, weight),
            memory=True,
            bound=3.0 * rows / (10 * MILLION),
            peer=f"{error.cpu:.2f} NumPy",
        ),
        found(
            "Gini coefficient alone",
            rows,
            lambda: gini(Distribution.of(income, weight)).value,
            peer=f"{value.cpu:.2f} NumPy",
        ),
    ]


# ---- everything -------------------------------------------------------------------------------------


def everything(rows: int) -> list[Found]:
    """All measures that have a name, of one distribution that is sorted once."""
    income, weight = made_up(rows)

    def values() -> list[float]:
        people = Distribution.of(income, weight)
        line = relative_line(people)
        return [measure(name, people, line=line).value for name in BY_NAME]

    def errors() -> list[float]:
        people, design = Distribution.of(income, weight), Design(weight)
        line = relative_line(people)
        return [measure(name, people, line=line).standard_error(design) for name in BY_NAME]

    def change() -> float:
        before, after = (
            gini(Distribution.of(each, weight))
            for each in (income, income + 0.5 * np.maximum(20_000 - income, 0))
        )
        return difference(after, before).standard_error(Design(weight))

    alone = best(lambda: plain_gini(income, weight), REPEATS).cpu * len(BY_NAME)
    people = Distribution.of(income, weight)
    return [
        found(
            f"all {len(BY_NAME)} measures by name, values",
            rows,
            values,
            peer=f"{alone:.1f} NumPy's Gini {len(BY_NAME)} times, sorting each time",
        ),
        found(f"all {len(BY_NAME)} measures by name, with their errors", rows, errors, memory=True),
        found("difference of two Gini coefficients with its error", rows, change),
        found(
            "Duclos–Esteban–Ray, sorted before",
            rows,
            lambda: duclos_esteban_ray(people),
            peer=kernel_density(),
        ),
    ]


def kernel_density() -> str:
    """The density of statsmodels at 10,000 incomes, pair by pair: the part of that index that takes time."""
    try:
        from statsmodels.nonparametric.kde import KDEUnivariate
    except ImportError:
        return "statsmodels is not installed"
    rows = 10_000
    income, weight = made_up(rows)
    income /= income.mean()

    def work() -> None:
        density = KDEUnivariate(income)
        density.fit(kernel="gau", bw=0.02, fft=False, weights=weight)
        density.evaluate(income)

    return f"{best(work, 1).cpu:.1f} statsmodels, density of {rows:,} rows"


# ---- the table --------------------------------------------------------------------------------------


def row(line: Found) -> list[str]:
    """Seconds and the bound, which is for processor time."""
    return [
        line.what,
        line.rows,
        f"{line.cpu:.2f}",
        f"{line.wall:.2f}",
        "" if line.bound is None else f"{line.bound:g}: {against(line.cpu, line.bound)}",
        "" if line.peak is None else f"{line.peak:.0f}",
        line.peer,
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    options = parser.parse_args()
    part = 10 if options.quick else 1
    lines = [*ginis(10 * MILLION // part), *everything(4 * MILLION // part)]
    if options.format == "json":
        print(json.dumps([asdict(line) for line in lines], indent=1))
        return
    head = ("what", "rows", "CPU s", "wall s", "bound", "peak MB", "beside it here, CPU s")
    print(table(head, [row(line) for line in lines]))


if __name__ == "__main__":
    main()
