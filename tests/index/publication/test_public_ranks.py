"""Nobody is ranked on health or deaths in anything that is published."""

from __future__ import annotations

import io
from pathlib import Path

import polars
import pytest

from donghaeng.index.publication.public_ranks import not_ranked, sensitive_share

from .towns import material, published, town, town_document


def table(files: dict[str, bytes], name: str) -> polars.DataFrame:
    return polars.read_csv(io.BytesIO(files[name]))


def test_the_marked_indicator_and_every_area_that_holds_it_have_no_rank(town_file: Path) -> None:
    build = material(town_file).build
    assert not_ranked(build) == {"suicides", "health"}
    # Half of health, which weighs 1 of 4.
    assert sensitive_share(build) == pytest.approx(1 / 8)


def test_the_whole_is_not_ranked_either_where_half_of_it_is_health_and_deaths(
    tmp_path: Path,
) -> None:
    document = town_document()
    document["nodes"]["living"]["weight"] = 0.0001
    indicators = document["indicators"]
    indicators["doctors"]["sensitive"] = "health"
    build = material(town(tmp_path, nodes=document["nodes"], indicators=indicators)).build
    assert not_ranked(build) == {"suicides", "doctors", "health", "all"}


def test_the_public_tables_leave_the_rank_empty(town_files: dict[str, bytes]) -> None:
    scores = table(town_files, "results/scores.csv")
    ranks = dict(scores.group_by("node").agg(polars.col("rank").drop_nulls().sort()).iter_rows())
    assert ranks == {"all": [1, 2, 3], "living": [1, 1, 1], "health": []}
    drawn = table(town_files, "results/uncertainty.csv").filter(node="health")
    for name in ("rank", "rank_low", "rank_median", "rank_high"):
        assert drawn[name].null_count() == 3
    assert drawn["score"].null_count() == 0


def test_places_in_an_order_are_not_published_as_normalised_figures(tmp_path: Path) -> None:
    steps = [{"normalise": {"method": "rank"}}, {"aggregate": {"method": "arithmetic"}}]
    files = published(material(town(tmp_path, steps=steps, uncertainty=None), languages=("en",)))
    for name in ("normalised", "aggregated"):
        places = table(files, f"results/{name}.csv")
        assert places["suicides"].null_count() == 3
        assert places["income"].null_count() == 0


def test_units_stand_in_the_order_of_their_codes_and_not_of_health(
    town_files: dict[str, bytes],
) -> None:
    scores = table(town_files, "results/scores.csv").filter(node="health")
    assert scores["unit"].to_list() == ["a", "b", "c"]
    assert not any("health" in path for path in town_files if path.startswith("charts/"))


def test_where_the_whole_is_not_ranked_no_chart_and_no_sentence_ranks_it(tmp_path: Path) -> None:
    document = town_document()
    indicators = {
        code: each | {"sensitive": "health"} for code, each in document["indicators"].items()
    }
    files = published(material(town(tmp_path, indicators=indicators), languages=("en",)))
    assert "charts/en/ranks.svg" not in files
    page = files["en/index.html"].decode()
    assert "Highest" not in page
    assert "not by rank" in page
    assert table(files, "results/scores.csv")["rank"].null_count() == 9


def test_a_helpline_stands_beside_figures_of_health_and_deaths(
    town_files: dict[str, bytes], city_files: dict[str, bytes]
) -> None:
    for language in ("ko", "en"):
        assert 'href="tel:109"' in town_files[f"{language}/index.html"].decode()
        assert 'href="tel:109"' not in city_files[f"{language}/index.html"].decode()
