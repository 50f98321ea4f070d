"""Words that the parts of an index file share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# A number as a file may hold it: neither infinite nor "not a number".
Number = Annotated[float, Field(allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Code = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[^\s=+\-@,;:/\\\"'][^\n\r\t,;\"/\\]*$")
]
Period = Annotated[str, Field(pattern=r"^([0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?)?$")]


class Part(BaseModel):
    """A part of an index file: nothing in it is changed, and a word that it does not know is refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        coerce_numbers_to_str=True,  # `base: 2022` is a number to YAML
    )


class Label(Part):
    """A name in Korean and in English."""

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def pair(self) -> tuple[str, str]:
        """As the catalogue of words takes it."""
        return self.ko, self.en


class Better(StrEnum):
    """In which direction an indicator improves."""

    HIGHER = "higher"
    LOWER = "lower"


class IndicatorKind(StrEnum):
    """What an indicator counts: what was put in, what was done, or what changed for people."""

    INPUT = "input"
    OUTPUT = "output"
    OUTCOME = "outcome"


class Naming(StrEnum):
    """Whether the name of an indicator is known; a placeholder holds the place of one that is not."""

    NAMED = "named"
    PLACEHOLDER = "placeholder"


class Sensitive(StrEnum):
    """On what units are never ranked in public."""

    HEALTH = "health"
    DEATHS = "deaths"


class UnitKind(StrEnum):
    """What is compared."""

    CITY = "city"
    DISTRICT = "district"
    COUNTRY = "country"
    REGION = "region"
    OTHER = "other"
