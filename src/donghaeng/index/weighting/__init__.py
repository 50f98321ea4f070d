"""What each child of a node weighs: given, judged by people, or taken from the data; and what it really does.

Weights are arrays (..., children) of zero or more. They need not sum to one: every rule scales them.
"""

from .benefit_of_the_doubt import benefit_of_the_doubt_weights
from .correlation_optimised import Objective, OptimisedWeights, correlation_optimised
from .experts import PanelWeights, budget_allocation
from .importance import Smoother, linear_importance, nonlinear_importance
from .information import critic_weights, entropy_weights
from .nominal import equal_weights, noisy_weights, scaled_to_one
from .pairwise import PairwiseWeights, pairwise_weights
from .principal_components import (
    FactorWeights,
    PrincipalComponent,
    factor_weights,
    first_component,
    weights_from_loadings,
)

__all__ = [
    "FactorWeights",
    "Objective",
    "OptimisedWeights",
    "PairwiseWeights",
    "PanelWeights",
    "PrincipalComponent",
    "Smoother",
    "benefit_of_the_doubt_weights",
    "budget_allocation",
    "correlation_optimised",
    "critic_weights",
    "entropy_weights",
    "equal_weights",
    "factor_weights",
    "first_component",
    "linear_importance",
    "noisy_weights",
    "nonlinear_importance",
    "pairwise_weights",
    "scaled_to_one",
    "weights_from_loadings",
]
