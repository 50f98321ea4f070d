"""Draw chances and amounts from a model, and count what was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtr

from .model import Model

Array = np.ndarray


@dataclass
class Tally:
    """What was drawn under one name: how many were asked, how many it is so for, and the sum of their amounts."""

    asked: int = 0
    having: int = 0
    total: float = 0.0

    def add(self, other: Tally) -> None:
        """Count the other too."""
        self.asked += other.asked
        self.having += other.having
        self.total += other.total

    @property
    def share(self) -> float:
        return self.having / self.asked if self.asked else float("nan")

    @property
    def mean(self) -> float:
        """The mean amount of those who have one."""
        return self.total / self.having if self.having else float("nan")


@dataclass
class Drawing:
    """Draws from ``model`` with the random numbers of ``rng``; ``tallies`` count by name."""

    model: Model
    rng: np.random.Generator
    tallies: dict[str, Tally] = field(default_factory=dict)

    def happens(
        self,
        name: str,
        replicate: Array,
        cell: Array,
        x: Mapping[str, Array],
        where: Array,
        z: Array | None = None,
    ) -> Array:
        """Flags of the shape of ``where``; false where ``where`` is. Normal scores ``z`` decide where they are
        given: the lower, the sooner it is so.
        """
        flags = np.zeros(where.shape, bool)
        place = np.nonzero(where)
        if z is None:
            uniform = self.rng.random(len(place[0]), np.float32)
        else:
            uniform = np.minimum(ndtr(z[place]), np.float32(1 - 1e-7))
        rows = replicate[place], cell[place], {key: value[place] for key, value in x.items()}
        logit = self.logits(name, *rows)
        # u < 1 / (1 + exp(-logit)), without the exponential of what is large
        flags[place] = np.log(np.maximum(uniform, 1e-9)) - np.log1p(-uniform) < logit
        self._count(name, len(uniform), int(flags[place].sum()), 0.0)
        return flags

    def amounts(
        self,
        name: str,
        replicate: Array,
        cell: Array,
        x: Mapping[str, Array],
        z: Array,
        where: Array,
    ) -> Array:
        """Amounts in whole won of the shape of ``where``, at least 1 there and 0 elsewhere; ``z`` are normal
        scores.
        """
        values = np.zeros(where.shape, np.int64)
        place = np.nonzero(where)
        rows = replicate[place], cell[place], {key: value[place] for key, value in x.items()}
        logs = self.logs(name, *rows, z[place])
        values[place] = np.clip(np.exp(np.minimum(logs, 23.0)), 1, MOST[name]).astype(np.int64)
        self._count(f"{name}: amount", len(logs), len(logs), float(values[place].sum()))
        return values

    def logits(self, name: str, replicate: Array, cell: Array, x: Mapping[str, Array]) -> Array:
        """The logits of a chance."""
        return self.model.chances[name].logit(replicate, cell, x)

    def logs(
        self, name: str, replicate: Array, cell: Array, x: Mapping[str, Array], z: Array
    ) -> Array:
        """The logarithms of amounts."""
        return self.model.amounts[name].logs(replicate, cell, x, z)

    def _count(self, name: str, asked: int, having: int, total: float) -> None:
        self.tallies.setdefault(name, Tally()).add(Tally(asked, having, total))


# A log-normal tail has no end; people do. Beyond these amounts (won) a draw is cut.
MOST = {
    "earnings": 200_000_000,
    "business_income": 500_000_000,
    "national_pension": 4_000_000,
    "home_value": 10_000_000_000,
    "jeonse_deposit": 5_000_000_000,
    "rent_deposit": 3_000_000_000,
    "monthly_rent": 20_000_000,
    "financial_property": 20_000_000_000,
    "general_property": 20_000_000_000,
    "debts": 10_000_000_000,
    "car_value": 300_000_000,
    "property_income": 200_000_000,
    "public_transfers": 20_000_000,
    "private_transfers": 20_000_000,
}
