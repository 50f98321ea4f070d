"""Behaviour in a simulation: rungs of labour supply beside the simulation in which nobody responds."""

from .answering import answered, behave, check_rungs, finished, rungs_offered
from .earners import Earners
from .pilot_target import calibrated_to_pilot, pilot_target
from .results import Behaviour, Expected, OfGroup, OfMeasure, RungAnswer

__all__ = [
    "Behaviour",
    "Earners",
    "Expected",
    "OfGroup",
    "OfMeasure",
    "RungAnswer",
    "answered",
    "behave",
    "calibrated_to_pilot",
    "check_rungs",
    "finished",
    "pilot_target",
    "rungs_offered",
]
