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
        if not _differs(population, REPLICATE):
            raise BadInput(
                "synthetic people need two replicates at least, from which errors are told",
                file=str(population.folder),
                field=REPLICATE,
                remedy="make the population with two replicates or more",
            )
        return Sampling.REPLICATES
    if population.holds(Table.HOUSEHOLDS, CLUSTER):
        return Sampling.CLUSTERS
    return Sampling.HOUSEHOLDS


def refuse_a_single_unit(population: Population) -> None:
    """Errors are told from the differences between units.

    Raises:
        BadInput: where fewer than two households, clusters or replicates were drawn in all.
    """
    sampling = sampling_of(population)
    several = population.households > 1
    if sampling is Sampling.CLUSTERS:
        several = _differs(population, CLUSTER) or _differs(population, STRATUM)
    if not several:
        raise BadInput(
            f"a single unit was drawn; errors are told from two at least ({sampling.label})",
            file=str(population.folder),
            remedy="a population of more households",
        )


def _differs(population: Population, name: str) -> bool:
    """Whether a column is stored and has two values at least."""
    if not population.holds(Table.HOUSEHOLDS, name):
        return False
    columns = (partition.household(name) for partition in population.partitions)
    return len({int(end) for column in columns for end in (column.min(), column.max())}) > 1


def design_columns(sampling: Sampling) -> tuple[str, str]:
    """The columns of the stratum and of the unit that varies; empty where there is none."""
    if sampling is Sampling.REPLICATES:
        return "", REPLICATE
    return STRATUM, CLUSTER if sampling is Sampling.CLUSTERS else ""
