"""How a number that a person put into a settings file is known."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """The standing of a number: the words of the law's parameters, and three for what is no fact.

    ``ESTIMATED`` was estimated from data that the source names; ``CALIBRATED`` was chosen so that a model
    meets a stated figure; ``ASSUMED`` rests on nothing but the decision of whoever wrote it.
    """

    OFFICIAL = "official"
    DERIVED = "derived"
    PRESS = "press"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    ESTIMATED = "estimated"
    CALIBRATED = "calibrated"
    ASSUMED = "assumed"
