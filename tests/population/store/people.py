"""Made-up tables with every column that a population may have, and some of their cells empty."""

import datetime

import numpy as np
import polars as pl
from hypothesis import strategies as st

from donghaeng.laws import book
from donghaeng.population.schema import HOUSEHOLD_ID, PERSON, Meaning, Table, schema_of
from donghaeng.population.store.manifest import Manifest
from donghaeng.rules.terms import Kind

SCHEMA = schema_of(book())
MANIFEST = Manifest(
    title="a test",
    kind="survey",
    reference_day="2024-06-30",
    households=0,
    persons=0,
    weight_note="as drawn",
    design_note="none",
    columns=(),
)
KEYS = (HOUSEHOLD_ID, PERSON)


def types(table):
    """The type of each column as people read it."""
    kinds = {
        None: pl.Float64,
        Kind.CHOICE: pl.String,
        Kind.DAY: pl.Date,
        Kind.FLAG: pl.Boolean,
    }
    return {
        name: pl.Int64 if column.meaning is Meaning.RELATION else kinds.get(column.kind, pl.Int64)
        for name, column in SCHEMA.of(table).items()
    }


def values(column, length, random, empty, most):
    """Cells of one column: the ends of its range and values between them; none where ``empty``."""
    low, high = column.range
    if column.kind is None:
        drawn = list(random.uniform(1e-9, 1e9, length))
    elif column.kind is Kind.DAY:
        first = datetime.date(1850, 1, 1)
        days = (datetime.date(2200, 12, 31) - first).days
        drawn = [first + datetime.timedelta(int(n)) for n in random.integers(0, days + 1, length)]
    elif column.choices is not None:
        words = [member.word for member in column.choices]
        drawn = [words[n] for n in random.integers(0, len(words), length)]
    elif column.kind is Kind.FLAG:
        drawn = [bool(n) for n in random.integers(0, 2, length)]
    elif column.meaning is Meaning.RELATION:
        drawn = [int(random.integers(1, size + 1)) for size in most]
    else:
        ends = random.choice([low, high, 0, -1], length)
        between = random.integers(low, high, length, endpoint=True)
        drawn = [int(n) for n in np.where((ends >= low) & (ends <= high), ends, between)]
    missing = random.random(length) < empty
    return [None if gone else value for gone, value in zip(missing, drawn, strict=True)]


def tables(sizes, seed, empty=0.3):
    """Both tables with every column, their rows in disorder."""
    random = np.random.default_rng(seed)
    ids = random.choice(2**62, len(sizes), replace=False)
    most = np.repeat(sizes, sizes)
    households, persons = {HOUSEHOLD_ID: list(ids)}, {HOUSEHOLD_ID: list(np.repeat(ids, sizes))}
    persons[PERSON] = [number for size in sizes for number in range(1, size + 1)]
    for table, frame, length in (
        (Table.HOUSEHOLDS, households, len(sizes)),
        (Table.PERSONS, persons, len(most)),
    ):
        for name, column in SCHEMA.of(table).items():
            if name not in frame:
                part = 0.0 if column.required or not empty else random.choice([0.0, empty, 1.0])
                frame[name] = values(column, length, random, part, most)
    return tuple(
        pl.DataFrame(frame, schema=types(table)).sample(fraction=1, shuffle=True, seed=seed)
        for table, frame in ((Table.HOUSEHOLDS, households), (Table.PERSONS, persons))
    )


def small():
    """Two households, three persons, few columns: each value is known."""
    households = pl.DataFrame(
        {
            HOUSEHOLD_ID: [7, 3],
            "weight": [1.5, 2.0],
            "deposit": [100, None],
            "tenure": ["owned"] * 2,
        }
    )
    persons = pl.DataFrame(
        {
            HOUSEHOLD_ID: [3, 7, 7],
            PERSON: [1, 2, 1],
            "earnings": [0, 2_000_000, None],
            "spouse": [None, 1, 2],
        }
    )
    return households, persons


populations = st.tuples(
    st.lists(st.integers(1, 8), min_size=1, max_size=12), st.integers(0, 2**32 - 1)
)
