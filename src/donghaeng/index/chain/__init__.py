"""The chain: the steps of an index file carried out one after the other, each leaving its data set behind."""

from .build import Build, build
from .data_sets import DataSet

__all__ = ["Build", "DataSet", "build"]
