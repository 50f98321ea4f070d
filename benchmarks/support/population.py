"""A made-up population in a store: the households of a benchmark, with numbers, weights and districts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from donghaeng.laws import book
from donghaeng.population.schema import DISTRICT, HOUSEHOLD_ID, WEIGHT, schema_of
from donghaeng.population.store import Population, Writer
from donghaeng.population.store.manifest import Manifest

DISTRICTS = 11_110 + 30 * np.arange(25)
SEED = 1

Array = np.ndarray


def write_population(
    folder: Path,
    sizes: Array,
    household: Mapping[str, Array],
    person: Mapping[str, Array],
    *,
    years_ago: int = 0,
) -> Population:
    """Store households that stand in columns one after the other.

    Args:
        sizes: persons of each household, (households,).
        household: column of each household fact, (households,).
        person: column of each person fact or relation, (persons,), household after household.
        years_ago: everybody was born as many years before, for a law of that many years before.
    """
    random = np.random.default_rng(SEED)
    person = {**person, "birth_date": person["birth_date"] - years_ago * 10_000}
    ids = np.arange(len(sizes))
    household = {
        **household,
        HOUSEHOLD_ID: ids,
        WEIGHT: random.uniform(0.5, 2, len(sizes)),
        DISTRICT: DISTRICTS[ids % len(DISTRICTS)],
    }
    starts = np.cumsum(sizes) - sizes
    with Writer(folder, schema_of(book()), replace=True) as writer:
        for size in np.unique(sizes):
            index = np.flatnonzero(sizes == size)
            rows = starts[index][None, :] + np.arange(size)[:, None]
            writer.add(
                int(size),
                {name: values[index] for name, values in household.items()},
                {name: values[rows] for name, values in person.items()},
            )
        writer.finish(_MANIFEST)
    return Population.open(folder)


_MANIFEST = Manifest.model_validate(
    {
        "title": "made up for a benchmark",
        "kind": "synthetic",
        "reference_day": "2024-07-01",
        "households": 0,
        "persons": 0,
        "weight_note": "drawn",
        "design_note": "none",
        "columns": (),
    }
)
