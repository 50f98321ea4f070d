"""What a swept parameter decides, computed again and again on households that are laid out once."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from donghaeng.kernel import Kernel, Outputs
from donghaeng.kernel.batch import Batch
from donghaeng.population.store import lay_out
from donghaeng.rules.declarations import Declaration
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity

from ..evaluation import Evaluated, ReformEvaluation
from ..households import Households, Values

Array = np.ndarray
# What differs from point to point: the numbers of the swept part, or the whole reform.
Variant = Law | ReformEvaluation


@dataclass
class Results:
    """Results of all households, partition after partition.

    Attributes:
        income: (n,), won a month; 0 where it is not known.
        known: (n,).
        receiving: for each benefit, (benefits, n): whether a household receives it, or how many of its persons.
    """

    income: Array
    known: Array
    receiving: Array

    @classmethod
    def of(cls, count: int, benefits: int) -> Results:
        return cls(
            np.zeros(count, np.int64), np.ones(count, bool), np.zeros((benefits, count), np.int8)
        )


@dataclass
class Room:
    """Memory that one thread writes over for every reform: outputs of the kernel, and results."""

    results: Results
    outputs: dict[int, Outputs] = field(default_factory=dict)


@dataclass(frozen=True)
class Laid:
    """Some households of a partition as the kernel reads them, and where their results stand."""

    batch: Batch
    place: slice


class LaidOut:
    """The swept part of a law on households whose other results are known already.

    Args:
        kernel: of the swept part (``tail``).
        income, benefits: what it computes.
    """

    def __init__(self, kernel: Kernel, income: str, benefits: tuple[str, ...]) -> None:
        self.kernel, self.income, self.benefits = kernel, income, benefits
        self.parts: list[Laid] = []
        self.count = 0
        self._kernels = [kernel]
        self._making = threading.Lock()

    def add(self, households: Households, rows: Array | None = None) -> None:
        """Lay out households with the results that the swept part takes; ``rows`` of them where given."""
        law = self.kernel.law
        chosen: Array | slice = slice(None) if rows is None else rows
        count = households.count if rows is None else len(rows)
        if not count:
            return

        def source(declaration: Declaration) -> tuple[Array, Array | None]:
            values, known = households.fact(law, declaration.name)
            return values[..., chosen], None if known is None else known[..., chosen]

        batch = lay_out(law, self.kernel.inputs, households.size, count, source)
        self.parts.append(Laid(batch, slice(self.count, self.count + count)))
        self.count += count

    def room(self) -> Room:
        return Room(Results.of(self.count, len(self.benefits)))

    def run(self, law: Variant, room: Room) -> Results:
        """The results under another law of the same rules, written over those that ``room`` holds."""
        assert isinstance(law, Law)
        kernel = self._fitting(law)
        for number, part in enumerate(self.parts):
            outputs = kernel.run(part.batch, law, into=room.outputs.get(number))
            room.outputs[number] = outputs
            self._collect(outputs, part, room.results)
        return room.results

    def _fitting(self, law: Law) -> Kernel:
        """The kernel for the numbers of ``law``: some of them need another form of arithmetic."""
        with self._making:
            for kernel in self._kernels:
                if kernel.fits(law):
                    return kernel
            other = Kernel(law, self.kernel.wanted, self.kernel.form)
            other.compile()
            self._kernels.append(other)
            return other

    def _collect(self, outputs: Outputs, part: Laid, results: Results) -> None:
        for place, bucket in enumerate(part.batch.buckets):
            rows = _rows(part, bucket.index)
            values, known = _column(outputs, place, self.income)
            if known is None:
                results.income[rows], results.known[rows] = values, True
            else:
                results.income[rows], results.known[rows] = np.where(known, values, 0), known
            for number, name in enumerate(self.benefits):
                received, sure = _column(outputs, place, name)
                results.receiving[number, rows] = receiving(received, sure)


def _rows(part: Laid, index: Array) -> slice | Array:
    whole = len(index) == part.place.stop - part.place.start
    return part.place if whole else part.place.start + index


def _column(outputs: Outputs, place: int, name: str) -> Values:
    entity, row = outputs.names[name]
    of_person = entity is Entity.PERSON
    flags = outputs.known[place]
    return outputs.values[place][of_person][row], None if flags is None else flags[of_person][row]


def receiving(values: Array, known: Array | None) -> Array:
    """Whether a household receives, or how many of its persons; nobody where a value is not known."""
    received = values > 0
    if received.ndim == 1:
        return received if known is None else received & known
    if known is not None:
        received = received & np.logical_and.reduce(known, axis=0)
    counted: Array = received.sum(axis=0)
    return counted


class FromStart:
    """Households computed anew for every reform: where claims are drawn of what the swept parameters decide.

    Args:
        income, benefits: what is told of them.
        reading: choices between regimes.
    """

    def __init__(self, income: str, benefits: tuple[str, ...], reading: Mapping[str, str]) -> None:
        self.income, self.benefits, self.reading = income, benefits, reading
        self.parts: list[tuple[Households, Evaluated, Array | None]] = []
        self.count = 0

    def add(self, households: Households, before: Evaluated, rows: Array | None = None) -> None:
        """Keep households with their baseline."""
        self.parts.append((households, before, rows))
        self.count += households.count if rows is None else len(rows)

    def room(self) -> Room:
        return Room(Results.of(self.count, len(self.benefits)))

    def run(self, reform: Variant, room: Room) -> Results:
        """The results of a reform."""
        assert isinstance(reform, ReformEvaluation)
        results, first = room.results, 0
        for households, before, rows in self.parts:
            fresh = Evaluated(before.households, before.entitlements)
            after = reform.run(households, fresh, self.reading)
            chosen: Array | slice = slice(None) if rows is None else rows
            values, known = _of(after.result(self.income), chosen)
            place = slice(first, first + len(values))
            results.income[place] = values
            results.known[place] = True if known is None else known
            for number, name in enumerate(self.benefits):
                results.receiving[number, place] = receiving(*_of(after.result(name), chosen))
            first = place.stop
        return results


def _of(values: Values, rows: Array | slice) -> Values:
    return values[0][..., rows], None if values[1] is None else values[1][..., rows]
