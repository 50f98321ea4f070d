"""The rung of discrete choice: a conditional logit over hours, estimated from a survey (van Soest 1995).

``choices`` holds what is chosen from, ``utility`` the terms of the utility, ``estimation`` the maximum of the
likelihood, ``transitions`` how a reform moves people away from what they were observed to choose, and
``simulation`` the response, elasticities and the calibration to a stated difference.
"""

from .choices import Choices
from .estimation import Estimate, estimate
from .exponents import estimate_with_exponents
from .simulation import (
    calibrate_choice,
    choice_draws,
    choices_under,
    respond_by_choice,
    respond_by_choice_with_draws,
    simulated_elasticities,
)
from .transitions import transition_probabilities

__all__ = [
    "Choices",
    "Estimate",
    "calibrate_choice",
    "choice_draws",
    "choices_under",
    "estimate",
    "estimate_with_exponents",
    "respond_by_choice",
    "respond_by_choice_with_draws",
    "simulated_elasticities",
    "transition_probabilities",
]
