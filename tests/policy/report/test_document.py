"""A report says of every figure that it is simulated, in both languages, and hides nobody left out."""

from __future__ import annotations

import re

import pytest

from donghaeng.language import LANGUAGES, Words
from donghaeng.policy.report import answer_document, simulation_document
from donghaeng.policy.results import Simulation
from donghaeng.reports.document_parts import Document, Items, Paragraph, Picture, Section, Table
from donghaeng.reports.documents import page

LABELS = {
    ("survey", "en"): "simulation",
    ("survey", "ko"): "모의계산",
    ("synthetic", "en"): "simulation (synthetic)",
    ("synthetic", "ko"): Words("ko")("simulation (synthetic)"),
}
# Tables that list names and what they are, and no figure.
LISTS = {
    "Parameters that are not official",
    "공식이 아닌 매개변수",
    "What is assumed",
    "가정한 것",
}


def written(document: Document) -> list[str]:
    """Every text of a document."""
    texts = [document.title, *document.about, document.notice, document.foot]
    for section in document.sections:
        texts.append(section.title)
        for part in section.parts:
            if isinstance(part, Paragraph):
                texts += [part.heading, part.text]
            elif isinstance(part, Items):
                texts += part.items
            elif isinstance(part, Table):
                texts += [part.title, *part.columns, *(cell for row in part.rows for cell in row)]
            else:
                texts += [part.title, part.alternative]
    return texts


def section(document: Document, title: str) -> Section:
    return next(each for each in document.sections if each.title.startswith(title))


def first_table(found: Section) -> Table:
    return next(each for each in found.parts if isinstance(each, Table))


@pytest.fixture(params=("survey", "synthetic"))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def simulation(kind: str, request: pytest.FixtureRequest) -> Simulation:
    found = request.getfixturevalue(kind)
    assert isinstance(found, Simulation)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_chart_says_what_its_figures_are(
    kind: str, simulation: Simulation, language: str
) -> None:
    label = LABELS[kind, language]
    document = simulation_document(simulation, language)
    assert document.title.endswith(label)
    assert label in document.notice
    assert all(each.title.endswith(label) for each in document.sections)
    parts = [part for each in document.sections for part in each.parts]
    titles = [part.title for part in parts if isinstance(part, (Table, Picture))]
    assert len(titles) > 15
    assert [each for each in titles if not each.endswith(f"— {label}") and each not in LISTS] == []
    pictures = [part for part in parts if isinstance(part, Picture)]
    assert all(picture.title in picture.svg for picture in pictures)
    assert all(picture.alternative for picture in pictures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_simulation_is_never_called_an_effect(simulation: Simulation, language: str) -> None:
    texts = "\n".join(written(simulation_document(simulation, language)))
    assert not re.search(r"\beffects?\b|효과", texts)


def test_nothing_of_the_korean_report_is_left_in_english(survey: Simulation) -> None:
    english = answer_document(survey, "en")
    korean = answer_document(survey, "ko")
    assert len(english.sections) == len(korean.sections)
    for one, other in zip(english.sections, korean.sections, strict=True):
        assert one.title != other.title
        for part, same in zip(one.parts, other.parts, strict=True):
            if isinstance(part, Table) and isinstance(same, Table):
                assert part.title != same.title
                assert not set(part.columns) & set(same.columns)
                for row, line in zip(part.rows, same.rows, strict=True):
                    assert row[0] != line[0]


def test_the_answer_says_cost_and_poverty_as_they_were_computed(survey: Simulation) -> None:
    answer = {
        part.heading: part.text
        for part in answer_document(survey, "en").sections[0].parts
        if isinstance(part, Paragraph)
    }
    cost = survey.budget.cost
    ends = cost.interval()
    assert ends is not None
    million = "{:,.0f} million won".format
    if ends[0] >= 10**8 and ends[1] < 999_500_000:
        assert (
            f"+{million(cost.value / 10**6)} ({million(ends[0] / 10**6)} to"
            in answer["What it costs."]
        )
    rate = next(each for each in survey.measures if each.name == "poverty_rate").compared
    assert answer["Poverty."].startswith(f"{100 * rate.before.value:.1f} % of people")
    assert f"{100 * rate.after.value:.1f} %" in answer["Poverty."]


def test_rows_in_are_rows_used_and_rows_left_out(survey: Simulation) -> None:
    table = section(simulation_document(survey, "en"), "What it rests on").parts[0]
    assert isinstance(table, Table)
    everything, used, left_out = (int(row[1].replace(",", "")) for row in table.rows)
    assert everything == used + left_out == 300
    assert used == survey.households_used


def test_the_reform_the_law_and_what_is_not_official_are_listed(survey: Simulation) -> None:
    texts = written(simulation_document(survey, "en"))
    assert survey.law_hash in texts
    assert "stage = hypothesis" in texts
    for each in survey.not_official:
        assert each.name in texts


def test_groups_of_few_households_are_not_told(survey: Simulation) -> None:
    table = first_table(section(simulation_document(survey, "en"), "What changes for a family"))
    rows = {row[0]: row[1:] for row in table.rows}
    for group in (each for each in survey.groups if each.grouping == "family_type"):
        told = set(rows[group.label]) != {"–"}
        assert told == (group.rows >= 30)


def test_shares_of_a_family_add_up_to_a_hundred(survey: Simulation) -> None:
    table = first_table(section(simulation_document(survey, "en"), "What changes for a family"))
    for row in table.rows:
        if row[1] != "–":
            assert sum(int(cell) for cell in row[1:4]) == 100


def test_districts_stand_where_they_lie_and_are_not_ranked(synthetic: Simulation) -> None:
    parts = section(simulation_document(synthetic, "en"), "Who gains and who loses").parts
    table = next(each for each in parts if isinstance(each, Table) and "district" in each.title)
    assert [row[0] for row in table.rows] == ["Jongno-gu", "Jung-gu", "Yongsan-gu"]
    chart = next(each for each in parts if isinstance(each, Picture) and "district" in each.title)
    assert "Highest" not in chart.alternative
    assert "not by rank" in chart.alternative


def test_who_is_entitled_and_does_not_receive_is_told_where_receipt_is_recorded(
    survey: Simulation, synthetic: Simulation
) -> None:
    def titles(simulation: Simulation) -> list[str]:
        return [each.title for each in simulation_document(simulation, "ko").sections]

    assert any("복지 사각지대" in title for title in titles(synthetic))
    assert any("복지 사각지대" in title for title in titles(survey)) == bool(survey.receipts)


def test_intervals_say_what_they_are(survey: Simulation, synthetic: Simulation) -> None:
    assert "95 % interval of sampling" in "\n".join(written(simulation_document(survey, "en")))
    told = "\n".join(written(simulation_document(synthetic, "en")))
    assert "95 % interval between synthetic replicates" in told


def test_a_page_is_the_same_to_the_letter_when_it_is_made_again(survey: Simulation) -> None:
    assert page(simulation_document(survey, "ko")) == page(simulation_document(survey, "ko"))
