"""What is computed of every partition: two scenarios, the readings of the law, and what is counted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from .design_keys import Sampling
from .scenario import Scenario

BEFORE, AFTER, CHANGE = "before", "after", "change"


@dataclass(frozen=True)
class Plan:
    """What is computed of every partition.

    Attributes:
        before, after: the baseline and the reform, each under the main reading of the law.
        readings: choices between regimes by the number of the reading; the first is the main one.
        income: variable of disposable income in a month.
        amounts: benefits and contributions whose totals are told.
        receipts: benefits of which the population records what was received.
        sampling: which unit varies.
        form: of the kernels.
        reread: whether a reading can change the baseline too.
    """

    before: Scenario
    after: Scenario
    readings: tuple[Mapping[str, str], ...]
    income: str
    amounts: tuple[str, ...]
    receipts: tuple[str, ...]
    sampling: Sampling
    form: str = "numba"
    reread: bool = True

    @property
    def day(self) -> datetime.date:
        return self.before.law.day

    def quantities(self) -> tuple[str, ...]:
        """Names of the totals, in the order of the tally."""
        names = ["households", "persons", "undetermined", *BUDGET_PARTS]
        for name in self.amounts:
            for stage in (BEFORE, AFTER, CHANGE):
                names += [f"{stage} {name}", f"{stage} recipients of {name}"]
            names.append(f"undetermined {name}")
        for name in self.receipts:
            names += [f"{name} {part}" for part in RECEIPT_PARTS]
        return tuple(names)


RECEIPT_PARTS = (
    "entitled and receiving",
    "entitled and not receiving",
    "receiving and not entitled",
    "neither",
    "not known",
    "not received",
)
BUDGET_PARTS = ("cost", "gain", "lose", "gained", "lost", "listed", "unlisted", "yearly")
