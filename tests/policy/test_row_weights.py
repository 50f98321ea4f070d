"""How many a row stands for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from donghaeng.laws import book
from donghaeng.policy.row_weights import WeightOf, row_weights, weight_of
from donghaeng.population.schema import Table, schema_of
from donghaeng.population.store import Population, write_tables

from . import people


def test_persons_stand_for_as_many_as_their_own_weight_says(tmp_path: Path) -> None:
    """Weights keep their decimals."""
    households, persons = people.tables(30, seed=3)
    persons = persons.with_columns(weight=pl.col("person") + 0.25)
    write_tables(tmp_path / "people", schema_of(book()), households, persons, people.manifest())
    stored = Population.open(tmp_path / "people")
    assert weight_of(stored.partitions, Table.PERSONS) is WeightOf.PERSON
    assert weight_of(stored.partitions, Table.HOUSEHOLDS) is WeightOf.HOUSEHOLD
    for partition in stored.partitions:
        places = np.arange(partition.size)[:, None]
        assert (row_weights(partition, Table.PERSONS) == places + 1.25).all()


def test_a_person_without_a_weight_has_that_of_the_household(hundreds: Population) -> None:
    assert weight_of(hundreds.partitions, Table.PERSONS) is WeightOf.HOUSEHOLD
    for partition in hundreds.partitions:
        weights = row_weights(partition, Table.PERSONS)
        assert weights.shape == (partition.size, partition.count)
        assert (weights == partition.household("weight")).all()
