"""The methods of each step, with what each of them may be told.

A step is written as its name and its options, for instance `normalise: {method: min_max, high: 100}`.
Each method is a class, so that a word it does not know is refused instead of being left unheard.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .vocabulary import Code, Number, Part, Period, Positive, Share, Weight, Whole


class Over(StrEnum):
    """Over which rows a method takes its parameters: each period by itself, or the whole panel."""

    PERIOD = "period"
    PANEL = "panel"


# ---- denomination and screening -----------------------------------------------------------------


class Denomination(Part):
    """Each indicator with a denominator is divided by it: x / (denominator / scale)."""


class Screening(Part):
    """Units with too few figures, or too many zeros, are left out."""

    least_available: Share = Field(default=2 / 3, description="Out when strictly below.")
    least_nonzero: Share = 0.05
    by: Literal["missing", "zeros", "both"] = "missing"
    keep: tuple[Code, ...] = Field(default=(), description="Units that stay whatever is missing.")
    drop: tuple[Code, ...] = Field(default=(), description="Units that go whatever is there.")

    @model_validator(mode="after")
    def _disjoint(self) -> Screening:
        both = sorted(set(self.keep) & set(self.drop))
        if both:
            raise ValueError(f"{', '.join(both)} cannot be both kept and dropped")
        return self


# ---- imputation ---------------------------------------------------------------------------------


class ImputeCentre(Part):
    """The mean or median of the indicator; within groups of units if a group is named."""

    method: Literal["mean", "median"]
    group: Code | None = None
    over: Over = Over.PERIOD


class ImputeWithinUnit(Part):
    """The mean or median of the unit's other indicators in the same area, scaled to 0–1 first."""

    method: Literal["unit_mean", "unit_median"]
    levels_up: int = Field(
        default=1, ge=1, description="The area: 1 the parent, 2 its parent, up to the top."
    )


class ImputePanel(Part):
    """From the unit's own other periods."""

    method: Literal["latest", "linear", "constant", "nearest"]
    most_periods: Annotated[Whole, Field(ge=1)] | None = Field(
        default=None, description="Farthest period to take."
    )


class ImputeNeighbours(Part):
    """The mean of the most similar units."""

    method: Literal["nearest_neighbours"]
    neighbours: Whole = Field(default=5, ge=1)
    by_distance: bool = False


class ImputeIterative(Part):
    """Each indicator predicted from the others, in turns, until nothing moves."""

    method: Literal["iterative"]
    rounds: Whole = Field(default=20, ge=1, le=1000)


class ImputeMultiple(Part):
    """Several completed tables, pooled by Rubin's rules."""

    method: Literal["multiple"]
    tables: Whole = Field(default=20, ge=2, le=1000)
    rounds: Whole = Field(default=10, ge=1, le=1000)
    seed: Whole = 0


class ImputeNothing(Part):
    """What is missing stays missing."""

    method: Literal["none"]


class ImputeBounds(Part):
    """Nothing is filled in: every result is carried with its lowest and highest possible value."""

    method: Literal["bounds"]


ImputationMethod = Annotated[
    ImputeCentre
    | ImputeWithinUnit
    | ImputePanel
    | ImputeNeighbours
    | ImputeIterative
    | ImputeMultiple
    | ImputeNothing
    | ImputeBounds,
    Field(discriminator="method"),
]

# ---- outliers -----------------------------------------------------------------------------------


class Transformation(StrEnum):
    """What is tried where winsorising is not enough."""

    NONE = "none"
    LOG_SHIFT = "log_shift"  # ln(x - min + 0.01 (max - min))
    LOG_SHIFT_PLUS = "log_shift_plus"  # the same, mirrored for a long lower tail
    LOG = "log"  # ln(x - min + 1)
    LOG_GII = "log_gii"  # that of the Global Innovation Index
    BOX_COX = "box_cox"


class Treatment(Part):
    """Outliers: an indicator passes where its skewness or its kurtosis is within the limit.

    One that does not pass is winsorised point by point, and then transformed if that is not enough.
    """

    method: Literal["winsorise", "none"] = "winsorise"
    skewness: Positive = 2.0
    kurtosis: Positive = 3.5
    most_points: Whole = Field(default=5, description="Most points to winsorise.")
    then: Transformation = Transformation.LOG_SHIFT
    power: Number = Field(default=0.0, description="The power of Box and Cox; 0 is the logarithm.")
    on_winsorised: bool = Field(
        default=False, description="Transform the winsorised figures instead of the first ones."
    )
    over: Over = Over.PERIOD


# ---- normalisation ------------------------------------------------------------------------------


class AmongUnits(Part):
    """A method that looks at the figures of units: of all of them, or of named peers only."""

    over: Over = Over.PANEL
    peers: Code | None = Field(
        default=None,
        description="Set of units, declared in `peers`, among which the scale is found for all.",
    )


class MinMax(AmongUnits):
    """The lowest value becomes `low`, the highest `high`."""

    method: Literal["min_max"]
    low: Number = 0.0
    high: Number = 100.0

    @model_validator(mode="after")
    def _ordered(self) -> MinMax:
        if not self.low < self.high:
            raise ValueError("low has to be below high")
        return self


class ZScore(AmongUnits):
    """Distance to the mean in standard deviations (n - 1), moved to another mean and deviation."""

    method: Literal["z_score"]
    mean: Number = 0.0
    deviation: Positive = 1.0


class Scaled(Part):
    """`multiplied` by a fixed figure after a fixed figure was taken off: known limits, no data.

    COINr's `n_scaled` with its usual limits (0, 100) is (x - lowest) / (highest - lowest) * 100.
    """

    method: Literal["scaled"]
    lowest: Number = 0.0
    highest: Number = 100.0

    @model_validator(mode="after")
    def _ordered(self) -> Scaled:
        if not self.lowest < self.highest:
            raise ValueError("lowest has to be below highest")
        return self


class Goalposts(Part):
    """Between a lower and an upper value that are set beforehand, in `goalposts` of the indicator."""

    method: Literal["goalposts"]
    low: Number = 0.0
    high: Number = 100.0
    truncate: bool = True

    @model_validator(mode="after")
    def _ordered(self) -> Goalposts:
        if not self.low < self.high:
            raise ValueError("low has to be below high")
        return self


class Rank(Part):
    """The rank, 1 for the lowest; Borda's count is one less."""

    method: Literal["rank", "borda", "percentile_rank"]
    over: Over = Over.PANEL


class DistanceToMaximum(AmongUnits):
    """(x - min) / (max - min)."""

    method: Literal["distance_to_maximum"]


class DistanceToReference(AmongUnits):
    """1 - (reference - x) / (reference - min), the reference being a unit."""

    method: Literal["distance_to_reference"]
    reference: Code
    cap: bool = False


class DistanceToTarget(AmongUnits):
    """(x - min) / (target - min), with the target beside the indicator's name."""

    method: Literal["distance_to_target"]
    cap: bool = False


class FractionOfMaximum(AmongUnits):
    """x / max."""

    method: Literal["fraction_of_maximum"]


class Reversal(StrEnum):
    """How an indicator that improves downwards is turned round in a base-year ratio."""

    INVERSE = "inverse"  # 100 x0 / xt
    REFLECTION = "reflection"  # 200 - 100 xt / x0


class BaseYearRatio(Part):
    """The figure in per cent of the unit's own figure in the base period.

    `reversal` has no default: what a city does is part of its rule. `floor` and `cap` limit the ratio.
    """

    method: Literal["base_year_ratio"]
    base_period: Period | None = Field(
        default=None, description="Instead of the base period of the whole index."
    )
    reversal: Reversal
    base: Positive = 100.0
    floor: Number | None = None
    cap: Number | None = None

    @model_validator(mode="after")
    def _ordered(self) -> BaseYearRatio:
        if self.floor is not None and self.cap is not None and not self.floor < self.cap:
            raise ValueError("floor has to be below cap")
        return self


class AsItIs(Part):
    """Direction is not applied, nothing is changed: the figures are normalised already."""

    method: Literal["none"]


NormalisationMethod = Annotated[
    MinMax
    | ZScore
    | Scaled
    | Goalposts
    | Rank
    | DistanceToMaximum
    | DistanceToReference
    | DistanceToTarget
    | FractionOfMaximum
    | BaseYearRatio
    | AsItIs,
    Field(discriminator="method"),
]

# ---- weights ------------------------------------------------------------------------------------


class NominalWeights(Part):
    """Those beside the names."""

    method: Literal["nominal"]


class EqualWeights(Part):
    """The same for all children of one parent."""

    method: Literal["equal"]


class StatisticalWeights(Part):
    """From the figures themselves: how much they vary, and how they move together."""

    method: Literal["principal_component", "factor", "entropy", "critic"]
    nodes: tuple[Code, ...] = Field(default=(), description="Whose children; all where empty.")


class OptimisedWeights(Part):
    """So that each child correlates with its parent alike (`balance`), or all of them most (`highest`)."""

    method: Literal["correlation"]
    aim: Literal["balance", "highest"] = "balance"
    nodes: tuple[Code, ...] = ()


class BenefitOfDoubtWeights(Part):
    """The mean of the weights that suit each unit best; `least` and `most` bound a child's share."""

    method: Literal["benefit_of_doubt"]
    least: Share = 0.0
    most: Share = 1.0
    nodes: tuple[Code, ...] = ()


class BudgetAllocation(Part):
    """Each expert shares out points; the mean counts, and the experts' disagreement is kept."""

    method: Literal["budget_allocation"]
    experts: dict[str, dict[Code, Weight]] = Field(min_length=1)


class AnalyticHierarchy(Part):
    """Saaty's pairwise comparisons: for a node, `a: {b: 3}` says that a matters three times as much."""

    method: Literal["analytic_hierarchy"]
    experts: dict[str, dict[Code, dict[Code, dict[Code, Positive]]]] = Field(
        min_length=1, description="expert, node, child, other child: how many times as important."
    )
    most_inconsistent: Positive = Field(
        default=0.1, description="Highest consistency ratio that is accepted."
    )


WeightingMethod = Annotated[
    NominalWeights
    | EqualWeights
    | StatisticalWeights
    | OptimisedWeights
    | BenefitOfDoubtWeights
    | BudgetAllocation
    | AnalyticHierarchy,
    Field(discriminator="method"),
]

# ---- aggregation --------------------------------------------------------------------------------


class Aggregation(Part):
    """What every way of putting children together may be told."""

    least_available: Share | None = Field(
        default=None, description="No value where a smaller share of the children has one."
    )


class Mean(Aggregation):
    """The weighted arithmetic, geometric or harmonic mean, or the median."""

    method: Literal["arithmetic", "geometric", "harmonic", "median"]


class GeneralisedMean(Aggregation):
    """The weighted mean of a power."""

    method: Literal["generalised"]
    power: Number


class OrderedAverage(Aggregation):
    """Weights go to places in the order of the figures, the highest first, not to names."""

    method: Literal["ordered_average"]
    order_weights: tuple[Weight, ...] = Field(min_length=1)


class MazziottaPareto(Aggregation):
    """The mean less (or more) a penalty for imbalance between the children.

    Children are first brought to mean 100 and deviation 10 (`standardise`). `adjusted` compares over
    time: children are brought to 70–130 over the whole panel instead.
    """

    method: Literal["mazziotta_pareto"]
    adjusted: bool = False
    standardise: bool = True
    over: Over = Over.PANEL
    penalty: Literal["minus", "plus"] = Field(
        default="minus", description="minus where higher is better."
    )


class MeanMinimum(Aggregation):
    """Between the mean and the lowest child, as Casadio Tarabusi and Guarini define it."""

    method: Literal["mean_minimum"]
    unbalance: Share = 0.5
    smoothness: Number = Field(default=1.0, ge=0)


class Copeland(Aggregation):
    """For each other unit: does it do better on children that weigh more than half?"""

    method: Literal["copeland"]
    over: Over = Over.PERIOD


class BenefitOfDoubt(Aggregation):
    """Each unit under the weights that suit it best.

    With `share_spread` the share of a child stays within that part of its weight, up and down.
    """

    method: Literal["benefit_of_doubt"]
    share_spread: Share | None = None
    over: Over = Over.PANEL


AggregationMethod = Annotated[
    Mean
    | GeneralisedMean
    | OrderedAverage
    | MazziottaPareto
    | MeanMinimum
    | Copeland
    | BenefitOfDoubt,
    Field(discriminator="method"),
]
