"""Pages that everybody can read: what a machine can check of that."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from donghaeng.charts.palette import contrast

from .towns import city, material, published

VOID = {"meta", "link", "br", "img", "input", "hr", "path", "rect", "line", "use", "circle"}


@dataclass
class Read(HTMLParser):
    """What a page holds, as far as these tests ask."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    svgs: list[set[str]] = field(default_factory=list)
    tables: list[Counter[str]] = field(default_factory=list)
    text: dict[str, str] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append((tag, said))
        if said.get("id"):
            self.ids.append(str(said["id"]))
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(tag[1]))
        if tag == "svg":
            self.svgs.append({f"@{name}" for name in said})
        if tag in ("title", "desc") and "svg" in self.open:
            self.svgs[-1].add(tag)
        if tag == "table":
            self.tables.append(Counter())
        if tag in ("caption", "th", "tr", "td") and "table" in self.open:
            self.tables[-1][tag] += 1
            if tag == "th" and said.get("scope"):
                self.tables[-1]["scope"] += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass


def read(content: bytes) -> Read:
    page = Read()
    page.feed(content.decode())
    return page


@pytest.fixture(scope="module")
def pages(
    town_files: dict[str, bytes], city_files: dict[str, bytes]
) -> dict[str, tuple[str, bytes, dict[str, bytes]]]:
    return {
        f"{name} {path}": (path, files[path], files)
        for name, files in (("town", town_files), ("city", city_files))
        for path in files
        if path.endswith(".html")
    }


def test_every_page_says_its_language(
    pages: dict[str, tuple[str, bytes, dict[str, bytes]]],
) -> None:
    for path, content, _ in pages.values():
        ((_, html),) = [each for each in read(content).tags if each[0] == "html"]
        wanted = path.partition("/")[0] if "/" in path else "ko"
        assert html["lang"] == wanted


def test_headings_follow_each_other_without_a_gap(
    pages: dict[str, tuple[str, bytes, dict[str, bytes]]],
) -> None:
    for name, (_, content, _) in pages.items():
        levels = read(content).headings
        assert (levels[0], levels.count(1)) == (1, 1), name
        steps = [after - before for before, after in itertools.pairwise(levels)]
        assert max(steps, default=0) <= 1, name


def test_every_chart_has_a_text_alternative(
    pages: dict[str, tuple[str, bytes, dict[str, bytes]]],
) -> None:
    for name, (path, content, _) in pages.items():
        page = read(content)
        assert bool(page.svgs) == ("/" in path), name
        for svg in page.svgs:
            assert {"title", "desc", "@role", "@aria-labelledby"} <= svg, name
        assert all(said.get("alt") for tag, said in page.tags if tag == "img")


def test_every_table_has_a_caption_and_heads(
    pages: dict[str, tuple[str, bytes, dict[str, bytes]]],
) -> None:
    for name, (_, content, _) in pages.items():
        for table in read(content).tables:
            assert table["caption"] == 1, name
            assert table["scope"] == table["th"] > 0, name
            assert table["th"] >= table["tr"], name  # each row has a head


def test_no_name_of_an_element_stands_twice(
    pages: dict[str, tuple[str, bytes, dict[str, bytes]]],
) -> None:
    for name, (_, content, _) in pages.items():
        ids = Counter(read(content).ids)
        assert [each for each, count in ids.items() if count > 1] == [], name


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs(
    pages: dict[str, tuple[str, bytes, dict[str, bytes]]],
) -> None:
    for name, (_, content, _) in pages.items():
        for tag, said in read(content).tags:
            assert not any(each.startswith("on") for each in said), name
            assert tag not in ("link", "iframe", "object", "embed", "img"), name
            assert tag != "script" or said == {"type": "application/ld+json"}, name
            assert "src" not in said, name
        for fetched in ("url(", "@import", "http-equiv"):
            assert fetched.encode() not in content, name


def test_every_link_leads_to_a_file_of_the_publication_or_a_place_on_the_page(
    pages: dict[str, tuple[str, bytes, dict[str, bytes]]],
) -> None:
    for name, (path, content, files) in pages.items():
        page = read(content)
        for tag, said in page.tags:
            target = said.get("href") if tag == "a" else None
            if target is None or target.startswith("tel:"):
                continue
            if target.startswith("#"):
                assert target[1:] in page.ids, name
            else:
                folder = Path(path).parent
                parts = (folder / target).parts
                while ".." in parts:
                    place = parts.index("..")
                    parts = parts[: place - 1] + parts[place + 1 :]
                assert "/".join(parts) in files, (name, target)


def test_text_of_the_index_file_is_never_taken_for_markup(town_files: dict[str, bytes]) -> None:
    page = town_files["en/index.html"].decode()
    assert "Something &lt;unknown&gt; &amp; open" in page
    assert "<unknown>" not in page


def test_a_name_cannot_end_the_description_for_search_engines(tmp_path: Path) -> None:
    name = "</script><script>alert(1)</script>"
    file = city(tmp_path, label={"ko": name, "en": name})
    page = published(material(file, languages=("en",)))["en/index.html"].decode()
    assert "<script>alert" not in page
    said = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(said)["name"] == name


def test_the_answer_comes_first_with_its_interval_and_what_moved_it(
    city_files: dict[str, bytes],
) -> None:
    page = city_files["en/index.html"].decode()
    answer = page.split('class="answer"')[1].split("</div>")[0]
    assert '<p class="figure">125.0</p>' in answer
    assert "90 % interval over the declared choices: " in answer
    assert "In 2024 the index is 125.0, where the base year is 100. That is +15.0 points" in answer
    assert "What raised it most: Clinics (+20.0 points)." in answer
    assert "What lowered it most: Homes (−5.0 points)." in answer


def test_every_text_stands_out_from_what_is_behind_it(town_files: dict[str, bytes]) -> None:
    style = town_files["en/index.html"].decode().split("<style>")[1].split("</style>")[0]
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", style))
    colours = {
        named.get(each, each) for each in re.findall(r"[; {]color: (?:var\(--)?([#\w]+)", style)
    }
    assert {"#1e2124", "#464c53", "#12346b", "#0b50d0"} <= colours
    for colour in colours:
        for behind in ("#ffffff", named["wash"]):
            assert contrast(colour, behind) >= 4.5, (colour, behind)  # WCAG 2.2, 1.4.3


def test_the_first_page_offers_each_language_in_its_own_words(
    city_files: dict[str, bytes],
) -> None:
    page = city_files["index.html"].decode()
    assert 'href="ko/index.html" lang="ko"' in page
    assert 'href="en/index.html" lang="en"' in page
    assert "한국어로 보기" in page
    assert "In English" in page
