"""Column maps: how the columns of a survey become those of a population."""

from .column_map import ColumnMap, ColumnSource, HouseholdsMap, PersonsMap, Relationship, Unit
from .importing import Files, Imported, import_survey, import_tables
from .storing import rows, store

__all__ = [
    "ColumnMap",
    "ColumnSource",
    "Files",
    "HouseholdsMap",
    "Imported",
    "PersonsMap",
    "Relationship",
    "Unit",
    "import_survey",
    "import_tables",
    "rows",
    "store",
]
