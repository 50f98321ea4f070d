"""What people see of a simulation: a page, tables, charts, files; every figure says that it is simulated."""

from .document import answer_document, simulation_document
from .files import DATA, simulation_files
from .household_columns import household_files

__all__ = ["DATA", "answer_document", "household_files", "simulation_document", "simulation_files"]
