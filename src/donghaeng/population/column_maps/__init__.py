"""Column maps: how the columns of a survey become those of a population."""

from .column_map import ColumnMap, ColumnSource, HouseholdsMap, PersonsMap, Relationship, Unit

__all__ = ["ColumnMap", "ColumnSource", "HouseholdsMap", "PersonsMap", "Relationship", "Unit"]
