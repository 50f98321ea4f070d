"""Rules compiled for many households at once. Knows arrays, knows no law."""

from .batch import Batch, Bucket, day_number
from .kernel import Kernel, Outputs

__all__ = ["Batch", "Bucket", "Kernel", "Outputs", "day_number"]
