"""Small populations for calibration."""

from __future__ import annotations

import datetime

import numpy
import polars as pl

from donghaeng.population.calibration import Constraints, Margins, Target

DAY = datetime.date(2024, 7, 1)


def margins(**tables):
    """Margins of one source."""
    said = {"source": "a test", "status": "assumed"}
    return Margins.model_validate(
        {
            "title": {"ko": "시험", "en": "A test"},
            "reference_day": DAY,
            "margins": {name: {**said, **table} for name, table in tables.items()},
        }
    )


def population(households=300, seed=1):
    """Households of 1 to 4 persons in two districts."""
    random = numpy.random.default_rng(seed)
    size = random.integers(1, 5, households)
    ids = numpy.repeat(numpy.arange(households), size)
    person = numpy.concatenate([numpy.arange(1, n + 1) for n in size])
    born = [DAY - datetime.timedelta(days=int(d)) for d in random.integers(0, 90 * 365, len(ids))]
    household_table = pl.DataFrame(
        {
            "household_id": numpy.arange(households),
            "weight": random.uniform(50, 150, households),
            "district": numpy.where(random.random(households) < 0.4, 11110, 11200),
            "rent": random.integers(0, 10, households) * 100_000,
        }
    )
    person_table = pl.DataFrame(
        {
            "household_id": ids,
            "person": person,
            "sex": numpy.where(random.random(len(ids)) < 0.5, "male", "female"),
            "birth_date": born,
        }
    )
    return household_table, person_table


def constraints(parts, totals):
    """Constraints from a dense table of parts, each total a margin of its own."""
    from scipy import sparse

    targets = tuple(Target(f"m{place}", (), float(t)) for place, t in enumerate(totals))
    return Constraints(sparse.csr_matrix(numpy.asarray(parts, dtype=float)), targets)
