"""From several children to one score: the rules by which a node of an index is computed.

Each rule is a function ``(values (..., rows, children), weights (..., children)) -> (..., rows)``. The
weights broadcast over the leading axes, so that one call computes an index or a thousand draws of it. A
missing child is left out and the weights of the others are scaled up; a row without any child is missing.
"""

from .availability import available_share, where_enough_available
from .benefit_of_the_doubt import BenefitOfTheDoubtResult, best_weights, common_weights
from .faults import NonPositive
from .mazziotta_pareto import Penalty, adjusted_mazziotta_pareto, mazziotta_pareto
from .mean_min import mean_min
from .means import arithmetic, generalised, geometric, harmonic
from .methods import METHODS, Aggregator
from .ordered import median, ordered_weighted
from .outranking import copeland, dominance, outranking_matrix

__all__ = [
    "METHODS",
    "Aggregator",
    "BenefitOfTheDoubtResult",
    "NonPositive",
    "Penalty",
    "adjusted_mazziotta_pareto",
    "arithmetic",
    "available_share",
    "best_weights",
    "common_weights",
    "copeland",
    "dominance",
    "generalised",
    "geometric",
    "harmonic",
    "mazziotta_pareto",
    "mean_min",
    "median",
    "ordered_weighted",
    "outranking_matrix",
    "where_enough_available",
]
