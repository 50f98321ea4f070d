"""The settings of take-up: for each benefit, who of those entitled receives it. Nothing has a default.

A settings file::

    title: {ko: 급여 신청, en: Claiming of benefits}
    seed: 1
    benefits:
      livelihood_benefit:
        who: model
        per: month
        information: {value: 0.9, source: "…", status: assumed}
        cost: {value: 60_000, source: "…", status: assumed}
        spread: {value: 0.8, source: "…", status: assumed}
      basic_pension: {who: everyone, source: "…", status: assumed}
      housing_benefit: {who: recorded, column: received_housing_benefit}
      earned_income_credit_year: {who: share, share: {value: 0.7, source: "…", status: assumed}}
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, ValidationError

from donghaeng.evidence.input_files import Entry, Text, first_fault, read_file
from donghaeng.evidence.standing import Standing
from donghaeng.rules.faults import BadInput, LawFault, nearest

MOST_WON = 10**11
Finite = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Source = Annotated[str, Field(min_length=1)]


class Sourced(Entry):
    """A number with where it comes from and how it is known."""

    source: Source
    status: Standing
    note: str = ""


class SourcedShare(Sourced):
    """A share from 0 to 1."""

    value: Annotated[Finite, Field(ge=0, le=1)]


class SourcedCost(Sourced):
    """Won of one period; 0 is no cost at all."""

    value: Annotated[Finite, Field(ge=0, le=MOST_WON)]


class SourcedSpread(Sourced):
    """The standard deviation of the logarithm of the cost."""

    value: Annotated[Finite, Field(gt=0, le=20)]


class Recorded(Entry):
    """As the survey says: who is entitled and reports the benefit receives it."""

    who: Literal["recorded"]
    column: str = Field(min_length=1, description="Column of what was received.")
    without_application: bool = False


class Everyone(Sourced):
    """Everybody who is entitled."""

    who: Literal["everyone"]
    without_application: bool = False


class Share(Entry):
    """A share of those entitled, whatever the amount."""

    who: Literal["share"]
    share: SourcedShare
    application: str | None = None
    without_application: bool = False


class Model(Entry):
    """P(claim | amount) = information · Φ((ln amount − ln cost) / spread).

    An entitled household knows of the benefit with probability ``information``, and claims it if the
    amount exceeds its own cost of claiming, lognormal with median ``cost`` and ``spread``, the standard
    deviation of its logarithm (Pudney, Hancock and Sutherland 2006). Amount and cost are won of one ``per``.
    Benefits with the same ``application`` are asked for with one form and share the household's draws.
    """

    who: Literal["model"]
    per: Literal["month", "year"]
    information: SourcedShare
    cost: SourcedCost
    spread: SourcedSpread
    application: str | None = None
    without_application: bool = False


Claiming = Recorded | Everyone | Share | Model


class TakeUp(Entry):
    """Take-up of every benefit, by the name that the law gives it."""

    title: Text
    seed: Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)]
    benefits: dict[str, Annotated[Claiming, Field(discriminator="who")]] = Field(min_length=1)

    def of(self, benefit: str) -> Claiming:
        """How ``benefit`` is claimed.

        Raises:
            BadInput: where the settings do not say; there is no default.
        """
        if benefit not in self.benefits:
            known = ", ".join(self.benefits)
            raise BadInput(
                f"take-up of {benefit!r} is not stated",
                field="benefits",
                remedy=nearest(benefit, self.benefits) or f"add it to those stated: {known}",
            )
        return self.benefits[benefit]

    def check(self, periods: Mapping[str, str]) -> None:
        """Refuse settings that do not fit a law.

        Args:
            periods: the period (``month``, ``year``) of each benefit of the law, by name.

        Raises:
            BadInput: for a benefit that the law does not have, or a cost per another period than its amount.
        """
        for name, claiming in self.benefits.items():
            if name not in periods:
                raise BadInput(
                    f"{name!r} is no benefit of this law",
                    field="benefits",
                    remedy=nearest(name, periods) or f"one of {', '.join(periods)}",
                )
            if isinstance(claiming, Model) and claiming.per != periods[name]:
                raise BadInput(
                    f"the cost is per {claiming.per}, the benefit is paid per {periods[name]}",
                    field=f"benefits.{name}.per",
                    remedy=periods[name],
                )


def read_take_up(file: str | Path) -> TakeUp:
    """The settings in a YAML file.

    Raises:
        BadInput: with file and field, for the first thing that is not right.
    """
    try:
        return read_file(Path(file), TakeUp)
    except LawFault as fault:
        raise BadInput(f"line {fault.line}: {fault.message}", file=str(file)) from None


def take_up_text(settings: TakeUp) -> str:
    """The settings as YAML, e.g. after a calibration; reading the text gives the same settings."""
    said = settings.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)


def model(
    information: float,
    cost: float,
    spread: float,
    *,
    per: Literal["month", "year"] = "month",
    source: str = "stated in the call",
    status: Standing = Standing.ASSUMED,
) -> Model:
    """A model from three numbers, all of one source.

    Raises:
        BadInput: for a number outside its range.
    """
    said = {"source": source, "status": status}
    given = {"information": information, "cost": cost, "spread": spread}
    parts = {name: {"value": float(value), **said} for name, value in given.items()}
    try:
        return Model.model_validate({"who": "model", "per": per, **parts})
    except ValidationError as error:
        raise first_fault(error, Model, parts, "") from None


def without_application(claiming: Claiming) -> Claiming:
    """The same benefit determined without application: no cost of claiming, and no information needed."""
    return claiming.model_copy(update={"without_application": True})
