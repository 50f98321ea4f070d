"""Checking a population: every violation of the schema with its table, row, column, value and remedy."""

from .checking import check_population, check_tables
from .violations import Checked, Fault, Tally

__all__ = ["Checked", "Fault", "Tally", "check_population", "check_tables"]
