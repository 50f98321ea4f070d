"""Populations on disk: partitions of households of one size, slot after slot, read by column."""

from .layout import lay_out
from .population import Partition, Population
from .tables import write_tables
from .writing import Writer

__all__ = ["Partition", "Population", "Writer", "lay_out", "write_tables"]
