"""The audit of an index: everything that a reader of it can ask about its soundness, in one result."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel

from donghaeng.index.chain import build
from donghaeng.index.framework.index_file import Index
from donghaeng.index.panel import Panel
from donghaeng.index.uncertainty.study import Study, study_of
from donghaeng.version import __version__

from .added_value import AreaRanks, added_value
from .alternatives import LeftOut, left_out
from .coherence import Coherence, coherence
from .data_quality import DataQuality, data_quality
from .drawing import Draws, draw
from .over_years import OverYears, errors_only, over_years
from .sensitivity import Sensitivity, sensitivity
from .significance import Significance, significance
from .subject import Subject
from .uncertainty import Uncertainty, uncertainty


@dataclass(frozen=True)
class Audit:
    """The result; a section is None where there is nothing that it could be about.

    ``coherence`` needs five units, ``added_value`` and ``significance`` several, ``over_years`` exactly one.
    ``uncertainty`` and ``sensitivity`` need the section `uncertainty` of the index file.
    """

    index: str
    version: str
    hash: str
    program: str
    units: tuple[str, ...]
    periods: tuple[str, ...]
    period: str
    data: DataQuality
    coherence: Coherence | None
    uncertainty: Uncertainty | None
    sensitivity: Sensitivity | None
    left_out: tuple[LeftOut, ...]
    added_value: tuple[AreaRanks, ...]
    significance: Significance | None
    over_years: OverYears | None

    def as_json(self) -> dict[str, Any]:
        """Everything as JSON takes it; what has no number is null."""
        found: dict[str, Any] = _plain(self)
        return found


def draws_of(index: Index, **said: Any) -> Draws:
    """How many draws and from which seed: as said, otherwise as the index file has it."""
    told = index.uncertainty
    usual = {} if told is None else {"number": told.draws, "seed": told.seed}
    return Draws(**{**usual, **{word: each for word, each in said.items() if each is not None}})


def audit(
    index: Index,
    panel: Panel,
    draws: Draws | None = None,
    *,
    period: str | None = None,
    shapley: bool = False,
) -> Audit:
    """Audit an index: data, coherence, uncertainty, sensitivity, added value, significance.

    The result is the same for any number of threads.

    Args:
        draws: by default as many as the index file says, from its seed.
        period: whose ranks and correlations are looked at, where there are several; the latest by default.
        shapley: Shapley shares of the variance beside the Sobol indices.

    Raises:
        BadInput: where the index cannot be built, or a choice cannot be carried out in a draw.
    """
    draws = draws or draws_of(index)
    subject = Subject.of(build(index, panel), period)
    study = None if index.uncertainty is None else study_of(index, panel)
    gathered = None
    if study is not None:
        gathered = draw(subject, study, draws, stage="uncertainty", saved=True)
    moves = left_out(subject)
    return Audit(
        index=index.id,
        version=index.version,
        hash=index.hash,
        program=__version__,
        units=panel.units,
        periods=panel.periods,
        period=subject.period,
        data=data_quality(subject),
        coherence=coherence(subject),
        uncertainty=None
        if study is None or gathered is None
        else uncertainty(subject, study, gathered, draws),
        sensitivity=None
        if study is None or gathered is None
        else sensitivity(subject, study, gathered, draws, shapley=shapley),
        left_out=moves,
        added_value=added_value(subject),
        significance=None
        if gathered is None or subject.one_unit
        else significance(subject, gathered, _errors(subject, study), draws),
        over_years=over_years(subject, study, gathered, draws, moves),
    )


def _errors(subject: Subject, study: Study | None) -> Study | None:
    return None if study is None else errors_only(subject)


def _plain(value: Any) -> Any:
    """Dataclasses, models and tuples as JSON knows them."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    return value
