"""How weights are brought to known totals, by name; a light file, so that help is printed at once."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """How weights are found: raking by turns, or the distance that they keep nearest by."""

    RAKING = "raking"
    LINEAR = "linear"
    EXPONENTIAL = "exponential"
    LOGIT = "logit"
    TRUNCATED_LINEAR = "truncated_linear"
