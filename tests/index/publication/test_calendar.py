"""The release calendar: embargo, corrections, and what is refused in its file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from donghaeng.index.publication.calendar import (
    Calendar,
    check_embargo,
    moment_text,
    read_calendar,
)
from donghaeng.rules.faults import BadInput

from .towns import city, material, published

RELEASE = "2026-08-04T10:00:00+09:00"


def calendar(folder: Path, **changes: Any) -> Path:
    edition = {"id": "2024", "period": "2024", "release": RELEASE, **changes}
    file = folder / "calendar.yaml"
    file.write_text(yaml.safe_dump({"editions": [edition]}, allow_unicode=True))
    return file


def correction(figure: str = "2024.housing") -> dict[str, Any]:
    notice = {"ko": "주거 수치를 바로잡았습니다.", "en": "The figure of housing was wrong."}
    return {
        "status": "corrected",
        "corrections": [{"at": "2026-09-01T09:00:00+09:00", "notice": notice, "figures": [figure]}],
    }


def test_before_the_release_nothing_is_published_unless_it_says_so(tmp_path: Path) -> None:
    edition = read_calendar(calendar(tmp_path)).edition("2024")
    before = datetime.fromisoformat("2026-08-04T00:59:59+00:00")  # 09:59:59 in Seoul
    with pytest.raises(BadInput, match="under embargo until 2026-08-04T10:00:00"):
        check_embargo(edition, before, under_embargo=False)
    check_embargo(edition, before, under_embargo=True)
    check_embargo(edition, datetime.fromisoformat("2026-08-04T01:00:00+00:00"), False)


def test_under_embargo_every_page_says_until_when(tmp_path: Path) -> None:
    file = city(tmp_path)
    files = published(material(file, calendar=calendar(tmp_path), under_embargo=True))
    for language in ("ko", "en"):
        page = files[f"{language}/index.html"].decode()
        assert "2026-08-04 10:00 (UTC+09:00)" in page
    assert "Under embargo until" in files["en/index.html"].decode()


def test_the_time_of_publication_is_that_of_the_release_unless_another_is_given(
    tmp_path: Path,
) -> None:
    file, known = city(tmp_path), calendar(tmp_path)
    later = datetime.fromisoformat("2027-01-01T00:00:00+00:00")
    found = material(file, calendar=known, at=None, now=later)
    assert (found.at.isoformat(), found.edition) == (RELEASE, "2024")
    assert material(file, calendar=known, at=later).at == later
    assert material(file, at=None, now=later).at == later


def test_a_correction_stands_on_the_pages_and_in_the_catalogue(tmp_path: Path) -> None:
    file = city(tmp_path)
    files = published(material(file, calendar=calendar(tmp_path, **correction())))
    assert "주거 수치를 바로잡았습니다." in files["ko/index.html"].decode()
    assert "Correction of 2026-09-01: The figure of housing was wrong." in (
        files["en/index.html"].decode()
    )
    assert "2024.housing" in files["en/index.html"].decode()
    assert "The figure of housing was wrong." in files["dcat.ttl"].decode()


def test_a_correction_of_a_figure_that_is_not_there_is_refused(tmp_path: Path) -> None:
    known = calendar(tmp_path, **correction("2024.hosing"))
    with pytest.raises(BadInput, match=r"did you mean '2024\.housing'"):
        published(material(city(tmp_path), calendar=known))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"release": "2026-08-04T10:00:00"}, "time zone"),
        ({"status": "correted"}, "corrected"),
        ({"status": "corrected"}, "go together"),
        ({"releese": RELEASE}, "release"),
    ],
)
def test_what_is_not_right_in_a_calendar_is_refused_with_its_place(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput, match=said) as fault:
        read_calendar(calendar(tmp_path, **changes))
    assert "calendar.yaml" in str(fault.value)


def test_an_edition_is_found_by_its_period_or_the_nearest_name_is_said(tmp_path: Path) -> None:
    known = read_calendar(calendar(tmp_path))
    assert known.edition_of("2024").id == "2024"
    with pytest.raises(BadInput, match="0 editions about 2023"):
        known.edition_of("2023")
    with pytest.raises(BadInput, match="did you mean '2024'"):
        known.edition("20244")


def test_an_edition_stands_in_the_calendar_once() -> None:
    edition = {"id": "a", "period": "2024", "release": RELEASE}
    with pytest.raises(ValueError, match="stands there twice"):
        Calendar.model_validate({"editions": [edition, edition]})


def test_a_moment_is_printed_with_its_zone() -> None:
    assert moment_text(datetime.fromisoformat("2026-08-04T01:00:00+00:00")) == (
        "2026-08-04 01:00 (UTC)"
    )
