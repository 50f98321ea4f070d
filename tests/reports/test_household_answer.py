"""The answer on paper: what it must say, that nothing in it is code, and that it needs nothing else."""

from __future__ import annotations

import io
import re
import socket
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from donghaeng.language import Words
from donghaeng.laws import law_on
from donghaeng.reports.documents import TEMPLATES, pdf
from donghaeng.reports.household_answer import household_answer
from tests.household.files import answered as answered_by_the_shipped_law
from tests.household.files import hh1
from tests.household.town import alone, answered, town_on

LAW = town_on()
VOID = {"meta", "br", "link", "img", "hr", "input"}
NASTY = "<b>&\"'</b><script>alert(1)</script>"


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in its order; text and attributes are kept."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def written(
    household: dict[str, Any], language: str = "en", *regimes: str, large: bool = False
) -> str:
    law = LAW.under_regimes(regimes)
    return household_answer(law, answered(household, *regimes), language, large=large)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_is_well_formed_and_names_its_language(language: str) -> None:
    html = written(alone(receipts={}), language)
    page = Page(html)
    assert html.startswith("<!DOCTYPE html>")
    assert ("html", "lang", language) in page.attributes
    for tag in ("html", "head", "title", "body", "main", "h1"):
        assert page.tags.count(tag) == 1
    assert page.tags.index("h1") < page.tags.index("h2")
    assert ("meta", "charset", "utf-8") in page.attributes


def test_every_message_of_a_template_has_a_korean_translation() -> None:
    said = [
        message
        for file in TEMPLATES.glob("*.html")
        for message in re.findall(r'words\("([^"]+)"', file.read_text(encoding="utf-8"))
    ]
    assert len(said) > 20
    for message in said:  # an unknown message is an error in Korean
        assert Words("ko")(message) != message


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_says_that_it_is_a_simulation(language: str) -> None:
    assert "모의계산" in Page(written(alone(), language)).text


def test_it_says_amounts_articles_and_totals() -> None:
    text = Page(written(alone(), "en", "wide", "kept")).text
    for said in (
        "Support 200,000 won 조례 §4",
        "Disposable 875,000 won",
        "Winter grant 150,500 won",
    ):
        assert said in text
    korean = Page(written(alone(), "ko", "wide", "kept")).text
    for said in ("생계지원 200,000원 조례 §4", "처분가능소득 875,000원", "2024년 7월 1일"):
        assert said in korean


def test_it_says_each_persons_part() -> None:
    old = [{"id": name, "birth_date": "1950-01-01", "earnings": 0} for name in ("ann", "bob")]
    text = Page(written(alone(persons=old))).text
    assert "Pension (ann 300,000 won, bob 300,000 won) 600,000 won 조례 §2" in text


def test_it_says_what_could_be_asked_for() -> None:
    text = Page(written(alone(receipts={"support": 150_000}), "en", "wide", "kept")).text
    assert "Could be asked for" in text
    assert "Support 200,000 won 150,000 won 조례 §4" in text
    assert "Medical card yes no 조례 §7" in text


def test_it_says_that_everything_is_received_or_nothing_of_it() -> None:
    everything = {"support": 200_000, "rent_help": 200_000, "winter_grant_year": 150_500}
    everything["medical_card"] = True
    said = "It receives everything that it is known to be entitled to."
    assert said in Page(written(alone(receipts=everything), "en", "wide", "kept")).text
    silent = Page(written(alone(), "en", "wide", "kept")).text
    assert said not in silent
    assert "Could be asked for" not in silent


def test_it_says_what_was_not_computed() -> None:
    assert LAW.book.not_covered[0] == ("장례비", "Funeral grant")
    text = Page(written(alone())).text
    assert "Not computed here Funeral grant" in text
    assert "장례비" in Page(written(alone(), "ko")).text


def test_it_says_what_could_not_be_said_and_asks_for_it() -> None:
    text = Page(written(alone(persons=[{"id": "ann", "birth_date": "1980-03-10"}]))).text
    assert "Ask next: How much is earned in a month? (ann)" in text
    assert "“Earnings” of ann: Support, Medical card, Contribution" in text
    assert "What could not be said" not in Page(written(alone(), "en", "wide", "kept")).text


def test_it_says_how_the_law_can_be_read() -> None:
    text = Page(written(alone())).text
    assert "Where the law can be read in several ways" in text
    assert "How the rent is read: Narrow / Wide" in text
    assert "Rent help 100,000 – 200,000 won" in text


def test_it_says_what_it_rests_on() -> None:
    text = Page(written(alone(), "en", "wide", "kept")).text
    assert "Not said, so taken as usual: 0 won: Savings" in text
    assert "not verified: How the rent is read Wide" in text
    assert LAW.hash in text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_that_was_given_is_taken_for_code(language: str) -> None:
    person = {"id": NASTY, "earnings": 0}
    html = written(alone(id=NASTY, persons=[person, person | {"id": "<i>"}]), language)
    page = Page(html)
    assert not {"script", "b", "i"} & set(page.tags)
    assert page.text.count(NASTY) >= 2
    assert "<i>땔감</i>" in page.text or "<i>Firewood</i>" in page.text  # a label of the law


def test_large_print_has_larger_letters_and_the_same_words() -> None:
    plain, large = written(alone()), written(alone(), large=True)
    assert Page(plain).text == Page(large).text
    points = [float(re.search(r"font: ([\d.]+)pt/", html)[1]) for html in (plain, large)]
    assert points[0] < 12
    assert points[1] >= 18


def test_a_scenario_is_called_one(tmp_path: Path) -> None:
    said = "A scenario: the programme had ended on this day."
    for date, is_scenario in (("2024-07", False), ("2026-07", True)):
        answer = answered_by_the_shipped_law(tmp_path, hh1(), date)
        html = household_answer(law_on(date), answer, "en")
        assert (said in Page(html).text) is is_scenario


def test_a_page_names_nothing_outside_itself() -> None:
    html = written(alone(receipts={}))
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "embed"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name in ("src", "href", "style")]
    for word in ("url(", "@import", "http:", "https:", "//"):
        assert word not in html


# As PDF.


def read_pdf(document: bytes) -> PdfReader:
    assert document.startswith(b"%PDF")
    return PdfReader(io.BytesIO(document))


def words_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read_pdf(document).pages).split())


@pytest.fixture(scope="module")
def korean() -> bytes:
    """A page in Korean for a household whose id looks like HTML."""
    return pdf(written(alone(id="<b>"), "ko", "wide", "kept"))


def test_a_pdf_holds_the_same_words(korean: bytes) -> None:
    text = words_of(korean)
    for word in ("모의계산", "생계지원", "200,000원", "875,000원", "조례 §4", "장례비", "<b>"):
        assert word in text


def test_a_pdf_in_english() -> None:
    text = words_of(pdf(written(alone(), "en", "wide", "kept")))
    for word in ("모의계산", "Support", "200,000 won", "875,000 won", "Funeral grant"):
        assert word in text


def test_a_pdf_can_be_read_aloud(korean: bytes) -> None:
    document = read_pdf(korean)
    root = document.trailer["/Root"]
    assert root["/Lang"] == "ko"
    assert root["/MarkInfo"]["/Marked"]
    assert document.metadata is not None
    assert "<b>" in (document.metadata.title or "")


@pytest.mark.parametrize("url", ["https://example.invalid/a.png", "file:///etc/hostname"])
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a document asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(FatalURLFetchingError):
        pdf(f'<html lang="en"><title>a</title><img src="{url}" alt="b">')


def test_the_shipped_law_on_paper(tmp_path: Path) -> None:
    # Korea Herald 2024-09-05: 947,090 won for one person without income.
    answer = answered_by_the_shipped_law(tmp_path, hh1(), "2024-07")
    text = words_of(pdf(household_answer(law_on("2024-07"), answer, "ko")))
    for word in ("모의계산", "안심소득", "947,090원", "생계급여", "713,102원"):
        assert word in text
