"""The figures of each household, kept as Parquet where somebody asks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from donghaeng.population.store.columns import read_columns

from ..groups import AGE_LABELS, FAMILY_TYPES
from ..runs import COLUMNS

# Incomes under the main reading have the number 0; those of other readings are in the readings' totals.
INCOMES = {"before_0": "income_before", "after_0": "income_after"}
OTHERS = ("before_", "after_")
NAMED = {
    "family_type": tuple(kind.value for kind in FAMILY_TYPES),
    "age_band": tuple(AGE_LABELS),
}


def household_files(folder: Path, kind: str) -> dict[str, Path]:
    """One Parquet file for each partition of the run in ``folder``, by its place in the results.

    Columns: ``kind`` (what the figures are), ``household_id``, ``weight``, ``persons``, ``known`` (whether the
    income is determined), whom it is counted with, ``income_before`` and ``income_after`` (won a month, main
    reading), earnings of the main earner and tax rates before and after.

    Args:
        kind: the label of the simulation: ``simulation`` or ``simulation (synthetic)``.

    Raises:
        BadInput: where a column file is not there.
    """
    files = {}
    for number, file in enumerate(sorted((folder / COLUMNS).glob("*.arrow"))):
        target = file.with_suffix(".parquet")
        _frame(file, kind).write_parquet(target)
        files[f"households/{number:05d}.parquet"] = target
    return files


def _frame(file: Path, kind: str) -> Any:
    import polars

    columns = {}
    for name, values in read_columns(file).items():
        if name in NAMED:
            words = np.array(["", *NAMED[name]], dtype=object)
            columns[name] = polars.Series(name, words[values.astype(np.int64) + 1].tolist())
        elif name in INCOMES:
            columns[INCOMES[name]] = polars.Series(INCOMES[name], values.astype(np.int64))
        elif not (name.startswith(OTHERS) and name.split("_")[1].isdigit()):
            columns[name] = polars.Series(name, values)
    return polars.DataFrame(columns).select(polars.lit(kind).alias("kind"), polars.all())
