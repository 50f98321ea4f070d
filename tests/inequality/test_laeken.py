"""The synthetic Austrian EU-SILC of R's laeken, through laeken and through here.

Needs R with laeken (``apt-get install --no-install-recommends r-cran-laeken``, about ten seconds).
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from donghaeng.inequality import (
    Design,
    Distribution,
    Shares,
    WolfsonScale,
    gini,
    median_gap,
    palma,
    poverty_rate,
    relative_line,
    s80_s20,
    wolfson,
)
from donghaeng.inequality.sums import FloatArray

SCRIPT = """
library(laeken); data(eusilc)
write.table(eusilc[, c("db030", "eqIncome", "rb050")], "persons.txt", row.names = FALSE, col.names = FALSE)
take <- function(f) f("eqIncome", weights = "rb050", data = eusilc)
draws <- bootVar("eqIncome", weights = "rb050", data = eusilc, indicator = take(gini), R = 400, X = NULL,
                 bootType = "naive", cluster = "db030", seed = 1)
values <- c(take(gini)$value, take(qsr)$value, take(arpr)$value, take(rmpg)$value, take(arpt), draws$var)
write(format(values, digits = 15), "values.txt", ncolumns = 1)
"""

pytestmark = pytest.mark.soak


@dataclass(frozen=True)
class Laeken:
    household: FloatArray
    income: FloatArray
    weight: FloatArray
    values: FloatArray


@pytest.fixture(scope="module")
def laeken(tmp_path_factory: pytest.TempPathFactory) -> Laeken:
    folder: Path = tmp_path_factory.mktemp("laeken")
    command = shutil.which("Rscript")
    if command is None:
        pytest.skip("R is not installed (apt-get install --no-install-recommends r-cran-laeken)")
    done = subprocess.run([command, "-e", SCRIPT], cwd=folder, capture_output=True, text=True)
    if "no package called" in done.stderr:
        pytest.skip("laeken is not installed (apt-get install r-cran-laeken)")
    assert done.returncode == 0, done.stderr
    household, income, weight = np.loadtxt(folder / "persons.txt").T
    return Laeken(household, income, weight, np.loadtxt(folder / "values.txt"))


def test_the_values_are_those_of_laeken(laeken: Laeken) -> None:
    people = Distribution.of(laeken.income, laeken.weight)
    line = relative_line(people, 0.6)
    ours = (
        100 * gini(people).value,
        s80_s20(people).value,
        100 * poverty_rate(people, line).value,
        100 * median_gap(people, line).value,
        line.value,
    )
    assert ours == pytest.approx(laeken.values[:5].tolist(), rel=1e-9)
    assert ours == pytest.approx((26.48962, 3.97000, 14.44422, 18.92860, 10859.236), rel=2e-6)


def test_the_error_is_that_of_a_bootstrap_of_households_in_laeken(laeken: Laeken) -> None:
    found = gini(Distribution.of(laeken.income, laeken.weight))
    clustered = found.standard_error(Design(laeken.weight, cluster=laeken.household))
    # 400 draws know a standard error to 1/√800 = 3.5 %.
    assert clustered == pytest.approx(np.sqrt(laeken.values[5]) / 100, rel=0.08)
    assert clustered == pytest.approx(0.00308, rel=0.01)
    assert found.standard_error(Design(laeken.weight)) == pytest.approx(0.00195, abs=5e-6)


def test_measures_that_laeken_does_not_have(laeken: Laeken) -> None:
    people = Distribution.of(laeken.income, laeken.weight)
    assert s80_s20(people, Shares.INTERPOLATED).value == pytest.approx(3.97144, abs=5e-6)
    assert palma(people).value == pytest.approx(0.91045, abs=5e-6)
    # Without weights, as PySAL's inequality (half of the scale) and affluenceIndex (the usual one) print it.
    alike = Distribution.of(laeken.income)
    assert wolfson(alike).value == pytest.approx(0.21341, abs=5e-6)
    assert wolfson(alike, WolfsonScale.HALF).value == pytest.approx(0.10671, abs=5e-6)
