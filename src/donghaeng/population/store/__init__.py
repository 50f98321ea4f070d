"""Populations on disk: partitions of households of one size, slot after slot, read by column."""

from .population import Partition, Population
from .writing import Writer, write_tables

__all__ = ["Partition", "Population", "Writer", "write_tables"]
