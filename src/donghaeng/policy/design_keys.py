"""How a population's rows were drawn: households, clusters within strata, or synthetic replicates."""

from __future__ import annotations

from enum import StrEnum

from donghaeng.population.schema import CLUSTER, REPLICATE, STRATUM, Table
from donghaeng.population.store import Population


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
    """How the errors of figures from ``population`` are told."""
    if population.manifest.synthetic:
        return Sampling.REPLICATES
    if population.holds(Table.HOUSEHOLDS, CLUSTER):
        return Sampling.CLUSTERS
    return Sampling.HOUSEHOLDS


def design_columns(sampling: Sampling) -> tuple[str, str]:
    """The columns of the stratum and of the unit that varies; empty where there is none."""
    if sampling is Sampling.REPLICATES:
        return "", REPLICATE
    return STRATUM, CLUSTER if sampling is Sampling.CLUSTERS else ""
