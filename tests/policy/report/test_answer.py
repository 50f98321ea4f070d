"""The answer says whom it is about, and that a year is more than its months; of too few it says nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from donghaeng.language import Words
from donghaeng.policy.question import Question
from donghaeng.policy.reform_files import read_reform
from donghaeng.policy.report import answer_document, simulation_document
from donghaeng.policy.results import Simulation
from donghaeng.policy.runs import this_process
from donghaeng.policy.scenario import reformed
from donghaeng.policy.simulate import simulate
from donghaeng.policy.tally import Estimate
from donghaeng.reports.document_parts import Paragraph, Picture, Table

from .. import people

COST = "What it costs."
WHO = "Who gains, who loses."


def paragraphs(simulation: Simulation, language: str = "en") -> list[tuple[str, str]]:
    """Headings and texts of the answer."""
    parts = answer_document(simulation, language).sections[0].parts
    return [(part.heading, part.text) for part in parts if isinstance(part, Paragraph)]


def with_left_out(simulation: Simulation, rows: int, share: float) -> Simulation:
    """The same, of which so many rows and that share of the weight would be left out."""
    budget = dataclasses.replace(simulation.budget, households=Estimate(1000.0))
    return dataclasses.replace(
        simulation,
        budget=budget,
        households_in=300,
        households_used=300 - rows,
        households_undetermined=rows,
        weight_undetermined=1000.0 * share,
    )


@pytest.fixture(scope="module")
def doubled_tax(question: Question, tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    """Local income tax, which is settled once a year, at 20 % of income tax instead of 10 %."""
    folder = tmp_path_factory.mktemp("tax")
    file = folder / "tax.yaml"
    file.write_text(
        "reform: {ko: 지방소득세, en: Local income tax}\nparameters: {local_income_tax_rate: 20%}\n"
    )
    after = reformed(question.before, read_reform(file), file)
    asked = dataclasses.replace(question, after=after)
    return simulate(asked, folder / "run", executors=this_process)


def test_what_is_settled_once_a_year_is_in_the_cost_of_a_year(doubled_tax: Simulation) -> None:
    budget = doubled_tax.budget
    (tax,) = [each for each in doubled_tax.amounts if each.total.change.value]
    assert (tax.name, tax.period, tax.role) == ("local_income_tax_year", "year", "contribution")
    # A tax twice as high: what is more is what it was, but for ten won of rounding a household.
    assert tax.total.change.value == pytest.approx(tax.total.before.value, rel=0.01)
    # A contribution is paid: benefits less contributions fall by it. The line counts every household, the
    # budget those whose income of a month is known. The month does not change.
    assert tax.undetermined == 0
    assert -tax.total.change.value <= budget.yearly.value < -0.5 * tax.total.change.value
    assert (budget.cost.value, budget.listed.value, budget.unlisted.value) == (0, 0, 0)
    assert budget.yearly.standard_error
    told = dict(paragraphs(doubled_tax))
    assert "settled once a year change by −" in told[COST]
    assert "A year of such months with what is settled once a year is −" in told[COST]
    assert "nothing changes" not in told[WHO]
    assert "what is settled once a year is not in this" in told[WHO]


def test_a_year_is_twelve_months_and_what_is_settled_once(survey: Simulation) -> None:
    budget = dataclasses.replace(
        survey.budget, cost=Estimate(2_000_000.0), yearly=Estimate(-4_000_000.0)
    )
    told = dict(paragraphs(dataclasses.replace(survey, budget=budget)))
    # 12 x 2 million - 4 million = 20 million
    assert "what is settled once a year is 20.0 million won, which is what the reform" in told[COST]


def test_without_anything_of_a_year_the_month_is_the_cost(survey: Simulation) -> None:
    assert survey.budget.yearly.value == 0
    assert not survey.of_a_year
    told = dict(paragraphs(survey))
    assert "a month, which is what the reform costs; a year of such months is" in told[COST]
    assert "for the others nothing changes" in told[WHO]


def test_shares_are_of_those_whose_income_is_known_and_the_others_are_named(
    survey: Simulation,
) -> None:
    told = dict(paragraphs(with_left_out(survey, 12, 0.04)))
    # 1,000 households, 4 % of which are not known
    assert told[COST].startswith("Incomes of the 960 households whose income is known together")
    assert told[WHO].startswith("Of 960 households whose income is known ")
    assert told[WHO].endswith("of 40 more households it is not known.")
    assert "all households" not in "".join(told.values())
    assert "" not in told  # not more than 5 %


def test_more_than_five_per_cent_left_out_is_the_first_sentence(survey: Simulation) -> None:
    heading, text = paragraphs(with_left_out(survey, 20, 0.06))[0]
    assert heading == ""
    assert text.startswith(
        "6.0 % of the households are in no figure: the income of 20 of 300 households in the data cannot"
    )
    assert text.endswith("Every figure is of the households whose income is known.")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_of_fewer_than_thirty_households_no_figure_is_told(
    question: Question, tmp_path: Path, language: str
) -> None:
    lacking = people.population(tmp_path / "people", 30, seed=2, lacking=0.02)
    asked = dataclasses.replace(question, population=lacking)
    found = simulate(asked, tmp_path / "run", executors=this_process)
    assert found.households_used < 30
    words = Words(language)
    for document in (answer_document(found, language), simulation_document(found, language)):
        parts = document.sections[0].parts
        assert not any(isinstance(each, (Table, Picture)) for each in parts)
        text = "\n".join(each.text for each in parts if isinstance(each, Paragraph))
        assert f"{found.households_undetermined}" in text
        assert "--assume" in text
        assert "%" not in text
        assert (
            words("What it rests on") in document.sections[-1].title or len(document.sections) == 1
        )


def test_of_thirty_households_figures_are_told(survey: Simulation) -> None:
    assert len(answer_document(with_left_out(survey, 270, 0.9), "en").sections) > 1
    assert len(answer_document(with_left_out(survey, 271, 0.9), "en").sections) == 1


def test_incomes_of_zero_or_less_that_a_rule_touches_are_counted(survey: Simulation) -> None:
    touched = {each.name: each.touched_rows for each in survey.measures}
    assert touched["gini"] <= touched["theil"]
    assert touched["poverty_rate"] == 0
    measures = tuple(
        dataclasses.replace(each, touched_rows=7 if each.name == "theil" else 0)
        for each in survey.measures
    )
    document = answer_document(dataclasses.replace(survey, measures=measures), "en")
    section = next(each for each in document.sections if each.title.startswith("Poverty, ineq"))
    texts = [each.text for each in section.parts if isinstance(each, Paragraph)]
    assert any(each.startswith("Of 7 households in the data an income") for each in texts)


def test_where_readings_differ_sections_say_that_theirs_is_the_main_one(survey: Simulation) -> None:
    def saying(simulation: Simulation) -> list[str]:
        return [
            each.title.split(" — ")[0]
            for each in answer_document(simulation, "en").sections
            if any(
                isinstance(part, Paragraph) and "are those of the main reading" in part.text
                for part in each.parts
            )
        ]

    assert len(survey.readings) > 1
    assert saying(survey) == [
        "What changes for a family like mine",
        "Benefits and contributions",
        "Who gains and who loses",
        "Poverty, inequality, polarisation",
        "What work keeps",
    ]
    assert saying(dataclasses.replace(survey, readings=survey.readings[:1])) == []
