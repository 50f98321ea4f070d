"""What is in a publication, read back by the tools that others use."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import polars
import pytest
import rdflib
from frictionless import Package
from rdflib.compare import isomorphic

from donghaeng.index.publication.publish import publish
from donghaeng.sources.sdmx import read_sdmx
from donghaeng.sources.whole_folders import write_folder

from .towns import AT, city, material, published, town

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")


def written(folder: Path, files: dict[str, bytes]) -> Path:
    write_folder(folder, files, mark="manifest.json")
    return folder


def test_the_same_material_gives_the_same_bytes_for_any_number_of_threads(
    town_file: Path, town_files: dict[str, bytes]
) -> None:
    again = published(material(town_file), threads=2)
    assert again.keys() == town_files.keys()
    assert [path for path in again if again[path] != town_files[path]] == []


def test_the_manifest_names_every_file_with_its_hash(town_files: dict[str, bytes]) -> None:
    manifest = json.loads(town_files["manifest.json"])
    said = {each["path"]: each["sha256"] for each in manifest["files"]}
    made = {
        path: hashlib.sha256(content).hexdigest()
        for path, content in town_files.items()
        if path != "manifest.json"
    }
    assert said == made
    assert manifest["data_sha256"] == made["data/figures.csv"]
    assert (manifest["at"], manifest["draws"], manifest["seed"]) == (AT.isoformat(), 500, 7)


def test_the_time_of_publication_stands_in_no_table(town_file: Path) -> None:
    one = published(material(town_file, languages=("en",)))
    other = published(material(town_file, languages=("en",), at=AT.replace(year=2030)))
    differ = {path for path in one if one[path] != other[path]}
    assert not any(path.endswith((".csv", ".parquet", ".svg")) for path in differ)
    assert "en/index.html" in differ


def test_frictionless_finds_every_table_and_every_reference_valid(
    tmp_path: Path, town_files: dict[str, bytes], city_files: dict[str, bytes]
) -> None:
    for name, files in (("town", town_files), ("city", city_files)):
        folder = written(tmp_path / name, files)
        package = Package(str(folder / "datapackage.json"))
        report = package.validate()
        assert report.valid, report.flatten(["type", "note"])
        assert len(package.resources) > 10


def test_a_figure_of_an_indicator_that_is_not_declared_breaks_the_package(
    tmp_path: Path, town_files: dict[str, bytes]
) -> None:
    figures = town_files["data/figures.csv"].replace(b"rent", b"rant", 1)
    folder = written(tmp_path / "broken", town_files | {"data/figures.csv": figures})
    document = json.loads((folder / "datapackage.json").read_text())
    for each in document["resources"]:
        each.pop("hash")
    (folder / "datapackage.json").write_text(json.dumps(document))
    report = Package(str(folder / "datapackage.json")).validate()
    assert "foreign-key" in {kind for (kind,) in report.flatten(["type"])}


def test_parquet_holds_what_the_table_holds(town_files: dict[str, bytes]) -> None:
    for name in ("data/figures", "results/scores"):
        packed = polars.read_parquet(town_files[f"{name}.parquet"])
        table = polars.read_csv(
            io.BytesIO(town_files[f"{name}.csv"]), schema_overrides=packed.schema
        )
        assert packed.equals(table)


def test_sdmx_reads_back_as_the_figures_and_the_scores(
    tmp_path: Path, town_files: dict[str, bytes]
) -> None:
    folder = written(tmp_path / "town", town_files)
    figures = read_sdmx(folder / "sdmx" / "figures.xml").sort("indicator", "unit")
    assert figures["value"].to_list()[:3] == [8.0, 6.0, 4.0]  # doctors in a, b and c
    scores = read_sdmx(folder / "sdmx" / "scores.xml").filter(polars.col("indicator") == "health")
    # Doctors and suicides both run from best to worst: 100, 50, 0.
    assert dict(scores.select("unit", "value").iter_rows()) == {"a": 100.0, "b": 50.0, "c": 0.0}


def test_both_forms_of_the_catalogue_say_the_same(town_files: dict[str, bytes]) -> None:
    base = "https://a.example/folder/"
    turtle = rdflib.Graph().parse(data=town_files["dcat.ttl"], format="turtle", publicID=base)
    said = rdflib.Graph().parse(data=town_files["dcat.jsonld"], format="json-ld", base=base)
    assert isomorphic(turtle, said)
    dataset = rdflib.URIRef(f"{base}index.html")
    assert (dataset, rdflib.RDF.type, DCAT.Dataset) in turtle
    addresses = {str(each) for each in turtle.objects(None, DCAT.downloadURL)}
    assert f"{base}results/scores.csv" in addresses
    names = {
        str(each) for each in turtle.objects(None, rdflib.URIRef("http://xmlns.com/foaf/0.1/name"))
    }
    assert names == {"시험", 'The "Test" office'}
    issued = turtle.value(dataset, DCT.issued)
    assert issued is not None
    assert issued.toPython() == AT


def test_a_page_describes_itself_for_search_engines(town_files: dict[str, bytes]) -> None:
    page = town_files["en/index.html"].decode()
    text = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    said = json.loads(text)
    assert (said["@type"], said["name"], said["license"]) == ("Dataset", "Town", "Test licence")
    assert {each["contentUrl"] for each in said["distribution"]} >= {"../results/scores.csv"}
    assert [each["name"] for each in said["variableMeasured"]] == ["All", "Living", "Health"]


def test_every_chart_has_its_sentences_its_figures_and_a_form_for_phones(
    city_files: dict[str, bytes],
) -> None:
    names = {p.split("/")[2].split(".")[0] for p in city_files if p.startswith("charts/ko/")}
    assert names == {"composite", "areas", "contributions", "sobol"}
    for language in ("ko", "en"):
        for name in names:
            for ending in ("svg", "phone.svg", "csv", "txt"):
                assert city_files[f"charts/{language}/{name}.{ending}"]


def test_contributions_add_up_to_the_change(city_files: dict[str, bytes]) -> None:
    # 2023: (120 + 100)/2 = 110; 2024: (110 + 140)/2 = 125. Homes -10/2, clinics +40/2.
    table = polars.read_csv(io.BytesIO(city_files["charts/en/contributions.csv"]))
    parts = dict(table.select("Indicator", "Contribution").iter_rows())
    assert parts["Clinics"] == pytest.approx(20.0)
    assert parts["Homes"] == pytest.approx(-5.0)
    scores = json.loads(city_files["results/addresses.json"])
    assert scores["2023.all"] == pytest.approx(110.0)
    assert scores["2024.all"] == pytest.approx(125.0)


def test_only_what_the_index_uses_is_published(tmp_path: Path) -> None:
    file = city(tmp_path)
    figures = file.with_name("figures.csv")
    figures.write_text(figures.read_text() + "x,2024,secret,1,,,official,somewhere\n")
    files = published(material(file, languages=("en",)))
    assert b"secret" not in files["data/figures.csv"]


def test_a_wide_table_is_published_as_a_long_one_and_gives_the_same_scores(tmp_path: Path) -> None:
    file = town(tmp_path / "wide", data={"file": "wide.csv", "layout": "wide"})
    rows = "unit,period,income,rent,doctors,suicides\na,2024,10,5,8,20\nb,2024,20,10,6,25\n"
    file.with_name("wide.csv").write_text(rows + "c,2024,30,15,4,30\n")
    wide = publish(material(file, languages=("en",)))
    long = publish(material(town(tmp_path / "long"), languages=("en",)))
    assert wide.files["results/scores.csv"] == long.files["results/scores.csv"]
    assert b"wide.csv!R2:income" in wide.files["data/figures.csv"]


def test_a_text_that_a_spreadsheet_would_run_is_published_as_text(tmp_path: Path) -> None:
    nodes = {
        "housing": {"label": {"ko": "=1+1", "en": "=1+1"}, "parent": "all"},
        "health": {"label": {"ko": "건강", "en": "Health"}, "parent": "all"},
        "all": {"label": {"ko": "전체", "en": "All"}},
    }
    files = published(material(city(tmp_path, nodes=nodes), languages=("en",)))
    assert b"'=1+1" in files["data/nodes.csv"]
    assert b'"\'=1+1"' in files["charts/en/areas.csv"]
