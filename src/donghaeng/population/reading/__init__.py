"""Readers of survey files: cells, rows, labels and the values that a survey declared missing."""

from .files import ENDINGS, read_batches, read_survey
from .survey_table import ColumnNotes, SurveyTable, require

__all__ = ["ENDINGS", "ColumnNotes", "SurveyTable", "read_batches", "read_survey", "require"]
