"""Calibration on the real survey: household weights that agree with the persons that it stands for.

The survey file has weights of persons only; a household stand-in is theirs on average. The margins here are
the survey's own weighted persons by sex and age, so the answer is known.
"""

import datetime
import itertools

import polars as pl
import pytest

from donghaeng.population.calibration import Bounds, Margins, Method, calibrate_population

BANDS = [0, 10, 20, 30, 40, 50, 60, 70, 80]


@pytest.fixture(scope="module")
def survey(shared_data):
    folder = shared_data("koweps_2017_w12")
    columns = ["hid", "h12_g2", "h12_g3", "h12_g4", "p12_wgc"]
    rows = pl.read_csv(folder / "persons.csv.gz", infer_schema_length=None).select(columns)
    rows = rows.drop_nulls().filter(pl.col("p12_wgc") > 0)
    persons = rows.select(
        household_id="hid",
        person=pl.int_range(1, pl.len() + 1).over("hid"),
        sex=pl.when(pl.col("h12_g3") == 1).then(pl.lit("male")).otherwise(pl.lit("female")),
        birth_date=pl.date(pl.col("h12_g4").cast(pl.Int32), 1, 1),
        weight="p12_wgc",
    )
    households = persons.group_by("household_id", maintain_order=True).agg(pl.col("weight").mean())
    return households, persons


def own_margins(persons):
    age = 2016 - persons["birth_date"].dt.year()
    labels = [f"{low}-{high - 1}" for low, high in itertools.pairwise(BANDS)] + ["80+"]
    band = (age.clip(0) // 10).clip(0, 8).cast(pl.Int64)
    table = persons.with_columns(band=band).group_by("sex", "band").agg(pl.col("weight").sum())
    total = {sex: {} for sex in ("male", "female")}
    for sex, place, weight in table.sort("sex", "band").rows():
        total[sex][labels[place]] = weight
    margin = {
        "of": "persons",
        "by": [{"column": "sex"}, {"column": "age", "bands": BANDS}],
        "total": total,
        "source": "the survey's own weights of persons",
        "status": "derived",
    }
    return Margins(
        title={"ko": "조사", "en": "The survey"},
        reference_day=datetime.date(2016, 12, 31),
        margins={"sex_and_age": margin},
    )


def test_household_weights_are_made_to_agree_with_the_weights_of_persons(survey):
    households, persons = survey
    asked = own_margins(persons)
    found = calibrate_population(
        households, persons, asked, method=Method.LOGIT, bounds=Bounds(0.5, 2)
    )
    weighed = found.persons.join(found.households, on="household_id")
    assert weighed["weight"].sum() == pytest.approx(persons["weight"].sum(), rel=1e-9)
    assert found.report.largest_deviation < 1e-9
    # The mean of its members' weights is no household weight: men of 20 to 29 are a quarter too few.
    off = {line.category: line.before / line.asked - 1 for line in found.report.lines}
    assert off["male, 20-29"] < -0.2
    ratios = dict(found.report.ratios)
    assert 0.5 < ratios[0.0] < 0.8 < ratios[0.5] < 1 < ratios[1.0] < 2
    assert 1 < found.report.before.design_effect < found.report.after.design_effect < 2.5
