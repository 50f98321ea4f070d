"""A plan as text, so that any process on any machine can open it: law bundles, facts, settings."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from donghaeng.population.store import Partition
from donghaeng.population.store.manifest import PartitionEntry
from donghaeng.rules.bundle import Bundle

from .design_keys import Sampling
from .partition_run import Counted, Kernels, run_partition
from .plan import Plan
from .scenario import Scenario
from .take_up import TakeUp


@dataclass(frozen=True)
class PortablePlan:
    """A plan in one text; ``key`` names it: equal keys compute equal results."""

    text: str

    @classmethod
    def of(cls, plan: Plan) -> PortablePlan:
        content = {
            "before": _scenario(plan.before),
            "after": _scenario(plan.after),
            "readings": [dict(reading) for reading in plan.readings],
            "income": plan.income,
            "amounts": plan.amounts,
            "receipts": plan.receipts,
            "sampling": plan.sampling.value,
            "form": plan.form,
            "reread": plan.reread,
        }
        return cls(json.dumps(content, ensure_ascii=False, sort_keys=True))

    @property
    def key(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def kernels(self) -> Kernels:
        """The plan with its kernels, made once in a process."""
        return _opened(self.text)


@dataclass(frozen=True)
class Task:
    """One partition to be computed: where it stands, and where its columns go."""

    plan: PortablePlan
    folder: str
    entry: PartitionEntry
    target: str


def run_task(task: Task) -> Counted:
    """Compute a partition, in whatever process this is called.

    Raises:
        BadInput: where the partition cannot be read, or the columns cannot be written.
    """
    partition = Partition(Path(task.folder), task.entry)
    return run_partition(task.plan.kernels(), partition, Path(task.target))


@lru_cache(maxsize=4)
def _opened(text: str) -> Kernels:
    content = json.loads(text)
    laws: dict[str, Any] = {}
    return Kernels(
        Plan(
            before=_open_scenario(content["before"], laws),
            after=_open_scenario(content["after"], laws),
            readings=tuple(content["readings"]),
            income=content["income"],
            amounts=tuple(content["amounts"]),
            receipts=tuple(content["receipts"]),
            sampling=Sampling(content["sampling"]),
            form=content["form"],
            reread=content["reread"],
        )
    )


def _scenario(scenario: Scenario) -> dict[str, Any]:
    bundle = Bundle.of(scenario.law)
    return {
        "label": scenario.label,
        "sources": bundle.sources,
        "day": bundle.day.isoformat(),
        "choices": bundle.choices,
        "hash": bundle.hash,
        "engine": bundle.engine,
        "facts": dict(scenario.facts),
        "assumed": dict(scenario.assumed),
        "take_up": None if scenario.take_up is None else scenario.take_up.model_dump(mode="json"),
        "changed": sorted(scenario.changed),
    }


def _open_scenario(content: Mapping[str, Any], laws: dict[str, Any]) -> Scenario:
    key = json.dumps([content["sources"], content["day"], content["choices"]], sort_keys=True)
    if key not in laws:
        laws[key] = Bundle(
            content["sources"],
            datetime.date.fromisoformat(content["day"]),
            content["choices"],
            content["hash"],
            content["engine"],
        ).law()
    take_up = content["take_up"]
    return Scenario(
        (content["label"][0], content["label"][1]),
        laws[key],
        content["facts"],
        content["assumed"],
        None if take_up is None else TakeUp.model_validate(take_up),
        frozenset(content["changed"]),
    )
