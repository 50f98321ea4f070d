"""The steps of an index, in the order in which the file names them."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, SerializerFunctionWrapHandler, Tag, model_serializer

from .options import (
    AggregationMethod,
    Denomination,
    ImputationMethod,
    NormalisationMethod,
    Screening,
    Treatment,
    WeightingMethod,
)
from .vocabulary import Part


class StepPart(Part):
    """One step: its name in the file, the data set that it leaves behind, and its options."""

    step: ClassVar[str]
    result: ClassVar[str]

    @model_serializer(mode="wrap")
    def _with_its_name(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A step says its name also where all its options are the usual ones."""
        said: dict[str, Any] = dump(self)
        return {self.step: {}} | said

    @property
    def options(self) -> Part:
        """The method and what it is told."""
        options: Part = getattr(self, self.step)
        return options


class Denominate(StepPart):
    """Figures are divided by their denominators."""

    step = "denominate"
    result = "denominated"
    denominate: Denomination = Denomination()


class Impute(StepPart):
    """Missing figures are filled in, or carried as bounds."""

    step = "impute"
    result = "imputed"
    impute: ImputationMethod


class Screen(StepPart):
    """Units with too little are left out."""

    step = "screen"
    result = "screened"
    screen: Screening = Screening()


class Treat(StepPart):
    """Outliers are drawn in."""

    step = "treat"
    result = "treated"
    treat: Treatment = Treatment()


class Normalise(StepPart):
    """Figures of different units are put on one scale."""

    step = "normalise"
    result = "normalised"
    normalise: NormalisationMethod


class Weigh(StepPart):
    """How much each child counts in its parent."""

    step = "weigh"
    result = "weighed"
    weigh: WeightingMethod


class Aggregate(StepPart):
    """Children are put together into their parent, level by level."""

    step = "aggregate"
    result = "aggregated"
    aggregate: AggregationMethod


STEPS: dict[str, type[StepPart]] = {
    kind.step: kind for kind in (Denominate, Impute, Screen, Treat, Normalise, Weigh, Aggregate)
}


def step_name(entry: Any) -> str | None:
    """The name of a step as it stands in a file: a word, or a mapping of one key."""
    if isinstance(entry, StepPart):
        return entry.step
    if isinstance(entry, dict) and len(entry) == 1:
        return str(next(iter(entry)))
    return None


Step = Annotated[
    Annotated[Denominate, Tag("denominate")]
    | Annotated[Impute, Tag("impute")]
    | Annotated[Screen, Tag("screen")]
    | Annotated[Treat, Tag("treat")]
    | Annotated[Normalise, Tag("normalise")]
    | Annotated[Weigh, Tag("weigh")]
    | Annotated[Aggregate, Tag("aggregate")],
    Discriminator(step_name),
]
