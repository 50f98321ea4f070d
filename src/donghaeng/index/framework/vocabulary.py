"""Words that the parts of an index file share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# The largest number that a figure or weight may be. Its fourth power, which kurtosis needs, is still a
# number, and no figure of a city comes near it.
LARGEST = 1e50
# A number as a file may hold it: neither infinite nor "not a number", nor `yes`, which YAML counts as 1.
Number = Annotated[float, Field(strict=True, ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Positive = Annotated[float, Field(strict=True, gt=0, le=LARGEST, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Weight = Annotated[float, Field(strict=True, ge=0, le=LARGEST, allow_inf_nan=False)]
Whole = Annotated[int, Field(strict=True, ge=0, le=10**15)]
# Neither a sign that a spreadsheet takes for a formula, nor one that ends a cell, a line or a path.
CODE = r"^[^\s=+\-@,;:/\\\"'\x00-\x1f]([^\x00-\x1f,;\"/\\]*[^\s,;\"/\\])?$"
Code = Annotated[str, Field(min_length=1, max_length=100, pattern=CODE)]
PERIOD = r"^([0-9]{4}(-S[12]|-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"
Period = Annotated[str, Field(pattern=PERIOD)]
# One line or several, but nothing that moves a reader's cursor.
TEXT = r"^[^\x00-\x09\x0b-\x1f\x7f]*$"
Text = Annotated[str, Field(min_length=1, pattern=TEXT)]


class Part(BaseModel):
    """A part of an index file: nothing in it is changed, and a word that it does not know is refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        coerce_numbers_to_str=True,  # `base: 2022` is a number to YAML
    )


class Label(Part):
    """A name in Korean and in English."""

    ko: Text
    en: Text

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
