"""Whatever is changed in a publication is found, also when the manifest was made to fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars
import pytest

import donghaeng.index.publication.verify as verifying
from donghaeng.evidence.manifests import FileEntry, take_manifest
from donghaeng.index.publication.manifest import read_publication_manifest
from donghaeng.index.publication.verify import Verification, verify
from donghaeng.rules.faults import BadInput

Change = Callable[[Path], None]


def rehash(folder: Path) -> None:
    """Make the manifest fit the files as they are now, as somebody would who hides a change."""
    manifest = read_publication_manifest(folder)
    entries: tuple[FileEntry, ...] = take_manifest(folder).files
    data = next(each.sha256 for each in entries if each.path == "data/figures.csv")
    changed = manifest.model_copy(update={"files": entries, "data_sha256": data})
    (folder / "manifest.json").write_text(changed.text())


def replace(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def found(folder: Path) -> Verification:
    rehash(folder)
    result = verify(folder)
    assert result.changes.none  # the manifest fits: only computing again can find it
    return result


def addresses(result: Verification, file: str) -> dict[str, tuple[str, str]]:
    return {
        each.address: (each.stands, each.comes_out)
        for each in result.differences
        if each.file == file
    }


def test_what_was_published_is_sound(town_folder: Path) -> None:
    result = verify(town_folder)
    assert result.sound
    assert (result.differences, result.not_compared, result.fault) == ((), (), "")
    assert result.figures > 100


def test_a_changed_source_cell_is_found_with_the_figures_that_rest_on_it(
    town_folder: Path,
) -> None:
    # Rents 5, 10, 15 are 100, 50, 0 (lower is better); 5, 10, 10 are 100, 0, 0. Incomes stay 0, 50, 100.
    replace(town_folder, "data/figures.csv", "c,2024,rent,15.0", "c,2024,rent,10.0")
    result = found(town_folder)
    scores = addresses(result, "results/scores.csv")
    assert scores["b.2024.living"] == ("50.0", "25.0")
    assert "c.2024.all" not in scores  # its rent was the worst and is the worst
    assert scores["b.2024.all"] == ("50.0", "31.25")  # (3*25 + 50)/4
    assert "b.2024.all" in addresses(result, "results/addresses.json")
    assert "c.2024.rent" in addresses(result, "data/figures.parquet")
    assert not result.sound


def test_a_changed_result_is_found_by_its_address(town_folder: Path) -> None:
    replace(town_folder, "results/scores.csv", "b,2024,living,50.0", "b,2024,living,51.0")
    result = found(town_folder)
    assert addresses(result, "results/scores.csv") == {"b.2024.living": ("51.0", "50.0")}
    assert str(result.differences[0]) == "b.2024.living: 51.0 stands there, 50.0 comes out"


def test_a_changed_interval_is_found(town_folder: Path) -> None:
    file = town_folder / "results" / "uncertainty.csv"
    table = polars.read_csv(file)
    table.with_columns(score_low=polars.col("score_low") + 0.5).write_csv(file)
    names = addresses(found(town_folder), "results/uncertainty.csv")
    assert "b.2024.all.score_low" in names


@pytest.mark.parametrize("name", ["charts/ko/units.svg", "charts/en/sobol.phone.svg"])
def test_a_changed_chart_is_found(town_folder: Path, name: str) -> None:
    replace(town_folder, name, "</title>", "!</title>")
    assert list(addresses(found(town_folder), name)) == [f"{name} line 1"]


def test_a_changed_number_in_a_page_is_found(town_folder: Path) -> None:
    replace(town_folder, "en/index.html", "<td>50.0</td>", "<td>55.0</td>")
    result = found(town_folder)
    ((address, (stands, comes_out)),) = addresses(result, "en/index.html").items()
    assert address.startswith("en/index.html line ")
    assert "55.0" in stands
    assert "50.0" in comes_out


def test_a_changed_rule_is_found_by_its_results(town_folder: Path) -> None:
    replace(town_folder, "index.yaml", "weight: 3.0", "weight: 1.0")
    result = found(town_folder)
    # a: (50 + 100)/2 = 75 instead of (3*50 + 100)/4 = 62.5.
    assert addresses(result, "results/scores.csv")["a.2024.all"] == ("62.5", "75.0")
    assert "manifest.json.index_sha256" in addresses(result, "manifest.json")


def test_another_seed_gives_other_intervals_and_is_found(town_folder: Path) -> None:
    replace(town_folder, "index.yaml", "seed: 7", "seed: 8")
    assert addresses(found(town_folder), "results/uncertainty.csv")


def test_a_file_that_was_put_there_is_found_with_and_without_the_manifest(
    town_folder: Path,
) -> None:
    (town_folder / "more.html").write_text("<p>more</p>")
    assert verify(town_folder).changes.added == ("more.html",)
    assert addresses(found(town_folder), "more.html") == {"more.html": ("a file", "nothing")}


def test_a_file_that_was_taken_away_is_found(town_folder: Path) -> None:
    (town_folder / "results" / "weights.csv").unlink()
    assert verify(town_folder).changes.missing == ("results/weights.csv",)
    assert "results/weights.csv" in addresses(found(town_folder), "results/weights.csv")


def test_a_row_that_was_taken_away_or_doubled_is_found(town_folder: Path) -> None:
    file = town_folder / "results" / "scores.csv"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:1], *lines[2:], lines[3]]) + "\n")
    names = addresses(found(town_folder), "results/scores.csv")
    assert names["a.2024.all"] == ("no row", "a row")
    assert [names[each] for each in names if "again 2" in each] == [("a row", "no row")]


def test_the_same_figure_in_another_spelling_is_the_same(town_folder: Path) -> None:
    replace(town_folder, "results/scores.csv", "b,2024,living,50.0", "b,2024,living,5.0e1")
    assert found(town_folder).differences == ()


def test_what_can_no_longer_be_computed_is_said(town_folder: Path) -> None:
    replace(town_folder, "data/figures.csv", "c,2024,rent,15.0", "c,2024,rent,much")
    result = found(town_folder)
    assert "much" in result.fault
    assert not result.sound


def test_the_file_that_the_index_names_for_its_figures_is_not_followed(town_folder: Path) -> None:
    replace(town_folder, "index.yaml", "data/figures.csv", "/etc/passwd")
    result = found(town_folder)
    assert result.fault == ""
    assert list(addresses(result, "index.yaml"))


def test_another_version_compares_the_figures_and_leaves_the_pages(
    town_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "__version__", "99.0")
    replace(town_folder, "results/scores.csv", "b,2024,living,50.0", "b,2024,living,51.0")
    result = found(town_folder)
    assert addresses(result, "results/scores.csv") == {"b.2024.living": ("51.0", "50.0")}
    assert result.not_compared == ()  # every page came out the same all the same


def test_what_other_tools_wrote_in_other_bytes_is_compared_by_what_it_says(
    town_folder: Path,
) -> None:
    manifest = read_publication_manifest(town_folder)
    tools = manifest.tools | {"vl-convert-python": "0.0"}
    (town_folder / "manifest.json").write_text(manifest.model_copy(update={"tools": tools}).text())
    replace(town_folder, "charts/ko/units.svg", "<svg ", "<svg  ")
    replace(town_folder, "dcat.ttl", "a dcat:Dataset", "a  dcat:Dataset")
    replace(town_folder, "en/index.html", "<td>50.0</td>", "<td>55.0</td>")
    result = found(town_folder)
    assert result.not_compared == ("charts/ko/units.svg", "en/index.html")
    assert addresses(result, "charts/ko/units.svg") == {}
    assert addresses(result, "en/index.html") == {"en/index.html text": ("55.0", "50.0")}
    assert list(addresses(result, "dcat.ttl"))  # no tool but the program wrote it


def test_a_folder_that_is_no_publication_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no publication"):
        verify(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(BadInput, match="not the manifest of a publication"):
        verify(tmp_path)
    with pytest.raises(BadInput, match="is not a folder"):
        verify(tmp_path / "nowhere")


@pytest.mark.parametrize("path", ["../outside.csv", "/etc/passwd"])
def test_a_manifest_that_names_a_file_outside_is_refused(town_folder: Path, path: str) -> None:
    file = town_folder / "manifest.json"
    manifest = json.loads(file.read_text())
    manifest["files"][0]["path"] = path
    file.write_text(json.dumps(manifest))
    with pytest.raises(BadInput, match="leaves the folder"):
        verify(town_folder)
