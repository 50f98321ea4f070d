"""Several distributions as one choice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FloatArray

from .distributions import Distribution, grouped


@dataclass(frozen=True)
class Joined(Distribution):
    """Distributions side by side, each with its own columns: together they are one choice."""

    parts: tuple[Distribution, ...]

    @property
    def columns(self) -> int:
        return sum(part.columns for part in self.parts)

    def values(self, uniform: FloatArray) -> FloatArray:
        groups = grouped([part.columns for part in self.parts])
        return numpy.concatenate(
            [
                part.values(uniform[..., group[0] : group[-1] + 1])
                for part, group in zip(self.parts, groups, strict=True)
            ],
            axis=-1,
        )
