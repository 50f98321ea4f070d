"""The documents of an audit: the answer first, in both languages, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from donghaeng.index.audit import Audit, audit_document, audit_files
from donghaeng.index.audit.findings import findings
from donghaeng.index.audit.reader import reader_of
from donghaeng.index.framework import Index
from donghaeng.reports.document_parts import Picture, Table

from .indices import ASEM_CHOICES, asem, audited, one_city, seoul, town

HANGUL = re.compile(r"[가-힣]")


@pytest.fixture(scope="module")
def of_seoul() -> tuple[Audit, Index]:
    both = seoul()
    return audited(both, 512), both[0]


@pytest.fixture(scope="module")
def of_asem(shared_data: Callable[[str], Path]) -> tuple[Audit, Index]:
    both = asem(shared_data("asem"), ASEM_CHOICES)
    return audited(both, 512), both[0]


def test_the_answer_of_seoul_comes_first(of_seoul: tuple[Audit, Index]) -> None:
    said = dict(findings(of_seoul[0], reader_of(of_seoul[1], "en")))
    assert said["What holds."].startswith(
        "From 2022 to 2024 the index rose in 100.0 % of all draws"
    )
    assert "modelling choices and errors of the figures" in said["What holds."]
    assert "Social integration −4.4" in said["What does not."]
    assert "“weights”" in said["What matters most."]
    assert said["Not known."].startswith("The index file names 9 gaps")


def test_the_answer_of_several_units_names_the_surest_and_the_least_sure(
    of_asem: tuple[Audit, Index],
) -> None:
    said = dict(findings(of_asem[0], reader_of(of_asem[1], "en")))
    assert re.search(r"\d+ of 51 units stand at most 2 places", said["What holds."])
    assert "1,275 pairs" in said["What does not."]
    assert "Technical barriers to trade" not in said["What holds."]
    assert "2,436 of 2,436 figures are not official" in said["Not known."]


def test_a_choice_that_changes_nothing_is_named_loudly(tmp_path: Path) -> None:
    mean, median = {"impute": {"method": "mean"}}, {"impute": {"method": "median"}}
    choices = {"missing": {"kind": "step", "among": [mean, median]}}
    steps = [mean, {"normalise": {"method": "min_max"}}, {"aggregate": {"method": "arithmetic"}}]
    both = town(tmp_path, choices, steps=steps)
    said = dict(findings(audited(both, 64), reader_of(both[0], "en")))
    assert "Choices that CHANGED NOTHING: missing." in said["Silent or double."]


def test_a_rise_that_is_not_settled_is_said_not_to_hold(tmp_path: Path) -> None:
    figures = {"2023": {"x": 10.0, "y": 10.0}, "2024": {"x": 14.0, "y": 7.0}}
    both = one_city(tmp_path, figures, {"left": {"kind": "leave_out", "among": ["x", "y"]}})
    said = dict(findings(audited(both, 512), reader_of(both[0], "en")))
    assert said["What does not."].startswith(
        "Whether the index rose is not settled for 2023 → 2024."
    )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_documents_are_the_same_bytes_each_time(
    of_seoul: tuple[Audit, Index], language: str
) -> None:
    once, again = (audit_files(*of_seoul, language) for _ in range(2))
    assert set(once) == {f"audit.{language}.{kind}" for kind in ("html", "pdf", "docx")}
    assert once == again
    assert bytes(once[f"audit.{language}.pdf"])[:5] == b"%PDF-"  # type: ignore[arg-type]


@pytest.mark.parametrize("which", ["of_seoul", "of_asem"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_document_calls_anything_an_effect(
    request: pytest.FixtureRequest, which: str, language: str
) -> None:
    document = audit_document(*request.getfixturevalue(which), language)
    text = str(document)
    assert not re.search(r"\beffects?\b|영향을 주었|효과", text)
    assert ("Soundness is necessary, not sufficient" in text) == (language == "en")


def test_korean_has_no_english_headings(of_seoul: tuple[Audit, Index]) -> None:
    document = audit_document(*of_seoul, "ko")
    for section in document.sections:
        assert HANGUL.search(section.title)
        for part in section.parts:
            if isinstance(part, Table):
                assert HANGUL.search(part.title)


def test_every_row_of_a_table_has_a_cell_for_every_heading(of_asem: tuple[Audit, Index]) -> None:
    for section in audit_document(*of_asem, "en").sections:
        for part in section.parts:
            if isinstance(part, Table):
                assert {len(row) for row in part.rows} <= {len(part.columns)}, part.title


def test_one_city_is_never_ranked_in_words(of_seoul: tuple[Audit, Index]) -> None:
    text = str(audit_document(*of_seoul, "en"))
    ranks = re.findall(r"[^.]*\brank\w*[^.]*\.", text)
    assert [sentence.strip() for sentence in ranks if "no ranks" not in sentence] == []


def test_charts_carry_their_message(of_asem: tuple[Audit, Index]) -> None:
    pictures = [
        part
        for section in audit_document(*of_asem, "en").sections
        for part in section.parts
        if isinstance(part, Picture)
    ]
    assert len(pictures) == 4  # a distribution, correlations, rank intervals, Sobol bars
    assert all(len(part.alternative) > 30 for part in pictures)


@pytest.fixture(scope="module")
def word_file(of_seoul: tuple[Audit, Index]) -> bytes:
    content = audit_files(*of_seoul, "ko")["audit.ko.docx"]
    assert isinstance(content, bytes)
    return content


def test_the_word_file_has_headings_and_heading_rows(word_file: bytes) -> None:
    made = docx.Document(io.BytesIO(word_file))
    styles = [paragraph.style.name for paragraph in made.paragraphs if paragraph.style]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 6
    assert len(made.tables) > 5
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_the_word_file_is_korean_and_its_pictures_are_told(word_file: bytes) -> None:
    made = docx.Document(io.BytesIO(word_file))
    language = made.styles.element.find(f".//{qn('w:lang')}")
    assert language is not None
    assert language.get(qn("w:eastAsia")) == "ko-KR"
    told = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert len(told) == 2
    assert all(told)


def test_the_word_file_bears_no_date_of_making(word_file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(word_file)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
