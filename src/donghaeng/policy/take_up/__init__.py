"""Take-up apart from entitlement: who claims, what claiming costs, and what was recorded."""

from .calibration import Calibrated, Draws, calibrate
from .claiming import claim_costs, claims, probability
from .estimation import Estimate, Link, fit
from .keyed_draws import uniform_pairs
from .receipt import Cell, ReceiptComparison, compare_receipt
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
    "Cell",
    "Claiming",
    "Draws",
    "Estimate",
    "Everyone",
    "Link",
    "Model",
    "ReceiptComparison",
    "Recorded",
    "Share",
    "TakeUp",
    "calibrate",
    "claim_costs",
    "claims",
    "compare_receipt",
    "fit",
    "model",
    "probability",
    "read_take_up",
    "take_up_text",
    "uniform_pairs",
    "without_application",
]
