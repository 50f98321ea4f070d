"""한국복지패널 (Korea Welfare Panel Study): the user's own copy becomes a population."""

from .column_map import ColumnMap, shipped_map
from .files import SurveyTables, read_survey
from .importing import Imported, import_survey
from .storing import store

__all__ = [
    "ColumnMap",
    "Imported",
    "SurveyTables",
    "import_survey",
    "read_survey",
    "shipped_map",
    "store",
]
