"""A law compiled for many households: ``Kernel(law, outputs).run(batch)``."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import numpy as np

from donghaeng.rules.faults import BadInput
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity

from . import numba_form, numpy_form
from .batch import Batch, Bucket
from .cache import open_module, plain_module
from .numba_form import Generated
from .packing import Packed

Array = np.ndarray
# Below this number of households a second thread costs more than it brings.
WORTH_A_THREAD = 50_000
FORMS = ("numba", "numpy")
# Households that the NumPy form takes at a time, so that its arrays stay in the caches.
NUMPY_SLICE = 16_384


@dataclass(frozen=True)
class Outputs:
    """Results of a run, bucket by bucket, in the layout of the batch.

    ``values`` and ``known`` hold for each bucket a pair of arrays: (outputs, households) and
    (outputs, size, households).
    """

    batch: Batch
    names: dict[str, tuple[Entity, int]]
    values: list[tuple[Array, Array]]
    known: list[tuple[Array, Array] | None]

    def column(self, name: str) -> tuple[Array, Array]:
        """Values and known flags of ``name`` in the order in which the households were handed in.

        Returns:
            Two arrays of (households,) or, for a person's variable, (persons,). Values are whole
            numbers; where the flag is false the value is 0 and means nothing.
        """
        entity, place = self.names[name]
        of_person = entity is Entity.PERSON
        length = self.batch.persons if of_person else self.batch.count
        values, known = np.zeros(length, np.int64), np.ones(length, bool)
        for bucket, pair, flags in zip(self.batch.buckets, self.values, self.known, strict=True):
            rows = bucket.index
            if of_person:
                rows = self.batch.starts[bucket.index][None, :] + np.arange(bucket.size)[:, None]
            values[rows] = pair[of_person][place]
            if flags is not None:
                known[rows] = flags[of_person][place]
        values[~known] = 0
        return values, known


@dataclass(frozen=True)
class Lane:
    """What may be unknown: facts of the households, and numbers of the law (names of its gaps)."""

    facts: bool = False
    gaps: frozenset[str] = frozenset()


COMPLETE = Lane()


@dataclass
class _Numbers:
    """What a law fills the parameter array with, by lane, and which of its parameters are gaps."""

    gaps: frozenset[str]
    packed: dict[Lane, Packed] = field(default_factory=dict)


class Kernel:
    """The rules of ``law`` that compute ``wanted``, generated and compiled.

    Args:
        law: the law; another law with the same rules can be given to :meth:`run`.
        wanted: names of the results.
        form: ``numba`` (compiled) or ``numpy`` (the oracle, which needs no compiler).
    """

    def __init__(self, law: Law, wanted: Iterable[str], form: str = "numba") -> None:
        if form not in FORMS:
            raise BadInput(f"no form {form!r}", remedy=f"one of {', '.join(FORMS)}")
        self.law = law
        self.wanted = law.require(wanted)
        self.form = form
        self._generated: dict[Lane, Generated] = {}
        self._functions: dict[Lane, Any] = {}
        # Laws that were compared with this one already: a reform runs on many batches.
        self._fitting: WeakSet[Law] = WeakSet()
        self._numbers: WeakKeyDictionary[Law, _Numbers] = WeakKeyDictionary()

    def generated(self, lane: Lane = COMPLETE) -> Generated:
        """The generated source for households that lack no fact, that lack some, or for a law with gaps."""
        if lane not in self._generated:
            module = numba_form if self.form == "numba" else numpy_form
            uncertain = self.uncertain(lane)
            self._generated[lane] = module.generate(self.law, self.wanted, uncertain)
        return self._generated[lane]

    def uncertain(self, lane: Lane) -> frozenset[str]:
        """Variables that may be unknown: none, all, or those that rest on a gap of the law."""
        order = self.law.order(self.wanted)
        if lane.facts:
            return frozenset(order)
        behind = self.law.links.behind_one
        return frozenset(name for name in order if not lane.gaps.isdisjoint(behind(name)))

    @property
    def inputs(self) -> tuple[str, ...]:
        """Facts and relations that a batch must have."""
        return self.generated().inputs

    def compile(self, lane: Lane = COMPLETE) -> Any:
        """The compiled function, from the disk cache where it has been compiled before."""
        if lane not in self._functions:
            source = self.generated(lane).source
            self._functions[lane] = (
                open_module(source).run
                if self.form == "numba"
                else plain_module(source, "<kernel in NumPy form>")
            )
        return self._functions[lane]

    def fits(self, law: Law) -> bool:
        """Whether ``law`` runs on this kernel: same rules, same shapes, other numbers."""
        if law is self.law or law in self._fitting:
            return True
        module = numba_form if self.form == "numba" else numpy_form
        if module.generate(law, self.wanted, ()).source != self.generated().source:
            return False
        self._fitting.add(law)
        return True

    def run(
        self, batch: Batch, law: Law | None = None, threads: int = 1, into: Outputs | None = None
    ) -> Outputs:
        """Compute every household of ``batch``.

        Args:
            law: numbers to use instead of those of the kernel's own law.
            threads: at most so many; one is used for small batches.
            into: outputs of an earlier run of this kernel on this batch, to be written over; a sweep
                of reforms then asks the system for memory once.

        Raises:
            BadInput: where the batch lacks a column, or ``law`` has other rules.
        """
        law = law or self.law
        if not self.fits(law):
            raise BadInput("this law has other rules than the kernel", remedy="compile it anew")
        for name in self.inputs:
            if name not in batch.household_columns and name not in batch.person_columns:
                raise BadInput(f"the batch has no column {name!r}")
        variables = self.law.variables
        counts = dict.fromkeys(Entity, 0)
        names: dict[str, tuple[Entity, int]] = {}
        for name in self.wanted:
            entity = variables[name].entity
            names[name] = (entity, counts[entity])
            counts[entity] += 1
        if into is not None and (into.batch is not batch or into.names != names):
            raise BadInput("these outputs are of another batch or kernel", field="into")
        outputs = Outputs(batch, names, [], [])
        numbers = self._numbers_of(law)
        for place, bucket in enumerate(batch.buckets):
            room = into.values[place] if into else None
            lacking = bucket.household_known is not None
            lane = Lane(facts=True) if lacking else Lane(gaps=numbers.gaps)
            if lane not in numbers.packed:
                numbers.packed[lane] = self.generated(lane).slots.pack(law)
            packed = lane, numbers.packed[lane]
            values, known = self._bucket(batch, bucket, packed, counts, threads, room)
            outputs.values.append(values)
            outputs.known.append(known)
        return outputs

    def _numbers_of(self, law: Law) -> _Numbers:
        """The numbers of ``law`` in the layout of this kernel: a law never changes, so they are taken once."""
        if law not in self._numbers:
            self._numbers[law] = _Numbers(self.generated().slots.gaps(law))
        return self._numbers[law]

    def _bucket(
        self,
        batch: Batch,
        bucket: Bucket,
        lane_and_numbers: tuple[Lane, Packed],
        counts: dict[Entity, int],
        threads: int,
        room: tuple[Array, Array] | None,
    ) -> tuple[tuple[Array, Array], tuple[Array, Array] | None]:
        lane, packed = lane_and_numbers
        shapes = (
            (counts[Entity.HOUSEHOLD], bucket.count),
            (counts[Entity.PERSON], bucket.size, bucket.count),
        )
        values = room or (np.empty(shapes[0], np.int64), np.empty(shapes[1], np.int64))
        known = None
        if lane != COMPLETE:
            known = np.ones(shapes[0], bool), np.ones(shapes[1], bool)
        task = _Task(self, batch, bucket, packed, lane, values, known)
        run = task.compiled if self.form == "numba" else task.arrays
        if threads > 1 and bucket.count > WORTH_A_THREAD:
            edges = np.linspace(0, bucket.count, threads + 1).astype(int)
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(run, edges[:-1], edges[1:]))
        else:
            run(0, bucket.count)
        return values, known


class _Task:
    """One bucket, computed from one household to before another."""

    def __init__(
        self,
        kernel: Kernel,
        batch: Batch,
        bucket: Bucket,
        packed: Packed,
        lane: Lane,
        values: tuple[Array, Array],
        known: tuple[Array, Array] | None,
    ) -> None:
        self.kernel, self.batch, self.bucket = kernel, batch, bucket
        self.packed, self.lane = packed, lane
        self.values, self.known = values, known
        self.function = kernel.compile(lane)

    def flags(self) -> tuple[Array, Array]:
        """Known flags of the inputs; all true where the bucket is complete."""
        bucket = self.bucket
        if bucket.household_known is not None and bucket.person_known is not None:
            return bucket.household_known, bucket.person_known
        if self.lane == COMPLETE or self.kernel.form == "numba":  # no fact's flag is read
            return np.ones((0, 0), bool), np.ones((0, 0, 0), bool)
        return np.ones(bucket.household.shape, bool), np.ones(bucket.person.shape, bool)

    def compiled(self, first: int, last: int) -> None:
        generated = self.kernel.generated(self.lane)
        batch, bucket = self.batch, self.bucket
        columns = np.array(
            [
                batch.household_columns.get(name, batch.person_columns.get(name, -1))
                for name in generated.inputs
            ],
            np.int64,
        )
        buffer = np.zeros(max(generated.buffer, 1))
        empty = np.ones((0, 0), bool), np.ones((0, 0, 0), bool)
        self.function(
            buffer,
            self.packed.floats,
            self.packed.integers,
            self.packed.known,
            bucket.household,
            bucket.person,
            *self.flags(),
            columns,
            *self.values,
            *(self.known or empty),
            bucket.size,
            int(first),
            int(last),
        )

    def arrays(self, first: int, last: int) -> None:
        for start in range(int(first), int(last), NUMPY_SLICE):
            self.slice(slice(start, min(start + NUMPY_SLICE, int(last))))

    def slice(self, part: slice) -> None:
        batch, bucket = self.batch, self.bucket
        household_known, person_known = self.flags()
        v: dict[str, Array] = {}
        known: dict[str, Array] = {}
        for name in self.kernel.generated(self.lane).inputs:
            if name in batch.person_columns:
                v[name] = bucket.person[batch.person_columns[name]][:, part]
                if self.lane != COMPLETE:
                    known[name] = person_known[batch.person_columns[name]][:, part]
            else:
                v[name] = bucket.household[batch.household_columns[name]][part]
                if self.lane != COMPLETE:
                    known[name] = household_known[batch.household_columns[name]][part]
        count = part.stop - part.start
        with np.errstate(all="ignore"):
            self.function(v, known, self.packed.integers, self.packed.known, bucket.size, count)
        places = dict.fromkeys(Entity, 0)
        for name in self.kernel.wanted:
            entity = self.kernel.law.variables[name].entity
            of_person = entity is Entity.PERSON
            self.values[of_person][places[entity], ..., part] = v[name]
            if self.known is not None:
                self.known[of_person][places[entity], ..., part] = known[name]
            places[entity] += 1
