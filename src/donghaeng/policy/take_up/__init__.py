"""Take-up apart from entitlement: who claims, what claiming costs."""

from .calibration import Calibrated, Draws, calibrate
from .claiming import claims, probability
from .estimation import Estimate, Link, fit
from .keyed_draws import uniform_pairs
from .settings import (
    Claiming,
    Everyone,
    Model,
    Recorded,
    Share,
    TakeUp,
    model,
    read_take_up,
    take_up_text,
    without_application,
)

__all__ = [
    "Calibrated",
    "Claiming",
    "Draws",
    "Estimate",
    "Everyone",
    "Link",
    "Model",
    "Recorded",
    "Share",
    "TakeUp",
    "calibrate",
    "claims",
    "fit",
    "model",
    "probability",
    "read_take_up",
    "take_up_text",
    "uniform_pairs",
    "without_application",
]
