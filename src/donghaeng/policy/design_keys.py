"""How a population's rows were drawn: households, clusters within strata, or synthetic replicates."""

from __future__ import annotations

from enum import StrEnum

from donghaeng.population.schema import CLUSTER, REPLICATE, STRATUM, Table
from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput


class Sampling(StrEnum):
    """What varies from one draw to another. ``label`` is its name in the catalogue."""

    HOUSEHOLDS = "households"
    CLUSTERS = "clusters"
    REPLICATES = "replicates"

    @property
    def label(self) -> str:
        return SAMPLING_LABELS[self]


SAMPLING_LABELS = {
    Sampling.HOUSEHOLDS: "households drawn one by one, with all their persons",
    Sampling.CLUSTERS: "clusters of households drawn within strata",
    Sampling.REPLICATES: "synthetic replicates, each made from its own draw of the source survey",
}


def sampling_of(population: Population) -> Sampling:
    """How the errors of figures from ``population`` are told.

    Raises:
        BadInput: for synthetic people without two replicates at least.
    """
    if population.manifest.synthetic:
        _refuse_fewer_than_two_replicates(population)
        return Sampling.REPLICATES
    if population.holds(Table.HOUSEHOLDS, CLUSTER):
        return Sampling.CLUSTERS
    return Sampling.HOUSEHOLDS


def _refuse_fewer_than_two_replicates(population: Population) -> None:
    ends: set[int] = set()
    if population.holds(Table.HOUSEHOLDS, REPLICATE):
        columns = (partition.household(REPLICATE) for partition in population.partitions)
        ends = {int(end) for column in columns for end in (column.min(), column.max())}
    if len(ends) < 2:
        raise BadInput(
            "synthetic people need two replicates at least, from which errors are told",
            file=str(population.folder),
            field=REPLICATE,
            remedy="make the population with --replicates 2 or more",
        )


def design_columns(sampling: Sampling) -> tuple[str, str]:
    """The columns of the stratum and of the unit that varies; empty where there is none."""
    if sampling is Sampling.REPLICATES:
        return "", REPLICATE
    return STRATUM, CLUSTER if sampling is Sampling.CLUSTERS else ""
