"""`index whatif`, `plan` and `priorities` as they are typed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import yaml

from .program import EXAMPLES, Run, one_line

SEOUL = str(EXAMPLES / "index" / "seoul" / "index.yaml")
DISTRICTS = str(EXAMPLES / "index" / "districts" / "index.yaml")
ENGLISH = ("--lang", "en")


def changes(folder: Path, **said: object) -> Path:
    file = folder / "changes.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return file


RESPONSE = {
    "programme": "seoul_learn",
    "indicator": "education",
    "by": 1.0,
    "per_won": 10**9,
    "up_to_won": 5 * 10**9,
    "kind": "assumption",
    "source": "stated for this test",
}


def test_ten_more_in_education_are_printed_with_the_composite(run: Run) -> None:
    done = run("index", "whatif", SEOUL, "--change", "education=+10", *ENGLISH)
    assert done.status == 0
    assert "132.178" in done.out
    assert "+1.600" in done.out
    assert "This is arithmetic" in done.out


def test_it_is_said_in_korean_that_this_is_no_effect(run: Run) -> None:
    assert "인과적 효과를 추정한 것이 아닙니다" in run("index", "whatif", SEOUL).out


def test_json_says_it_in_both_languages(run: Run) -> None:
    said = run("index", "whatif", SEOUL, "--change", "education=+10", "--format", "json").json
    assert said["kind"] == "arithmetic"
    assert said["causal"] is False
    assert set(said["note"]) == {"ko", "en"}
    top = next(each for each in said["effect"]["nodes"] if each["node"] == "composite")
    assert top["after"]["held"] == pytest.approx(132.178, abs=1e-12)


def test_a_target_lists_what_reaches_it(run: Run) -> None:
    said = run("index", "whatif", SEOUL, "--target", "composite=135", "--format", "json").json
    least = said["target"]["least_changes"]
    assert [each["indicator"] for each in least][:2] == ["together", "health"]
    assert all(each["reached"] for each in least)


def test_a_budget_goes_by_the_responses_of_the_file(run: Run, tmp_path: Path) -> None:
    file = changes(tmp_path, responses=[RESPONSE])
    words = ("index", "whatif", SEOUL, file, "--budget", "8000000000")
    said = run(*words, "--format", "json").json
    assert said["budget"]["programmes"] == {"seoul_learn": 5_000_000_000}
    assert said["budget"]["left"] == 3_000_000_000
    assert said["budget"]["after"] == pytest.approx(130.578 + 0.8)
    printed = run(*words, *ENGLISH).out
    assert "8,000,000,000 won" in printed
    assert "assumption" in printed


def test_the_money_of_a_programme_can_be_typed(run: Run, tmp_path: Path) -> None:
    file = changes(tmp_path, responses=[RESPONSE])
    words = ("index", "whatif", SEOUL, file, "--change", "seoul_learn=+2000000000")
    said = run(*words, "--format", "json").json
    (move,) = said["effect"]["moves"]
    assert (move["why"], move["won"], move["after"]) == ("assumption", 2 * 10**9, 113.3)


def test_a_part_of_a_known_budget_is_whole_won(run: Run, tmp_path: Path) -> None:
    file = changes(tmp_path, responses=[RESPONSE])
    words = ("index", "whatif", SEOUL, file, "--change", "seoul_learn=+10%")
    said = run(*words, "--format", "json").json
    assert said["effect"]["moves"][0]["won"] == 1_620_000_000  # of 16.2 billion in 2024


def test_a_district_is_changed_by_name_and_the_ranks_that_move_are_shown(run: Run) -> None:
    unit = ("--unit", "11200", "--change", "theft=-30%")
    said = run("index", "whatif", DISTRICTS, *unit, "--format", "json").json
    assert said["unit"] == "11200"
    assert said["effect"]["ranks"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--change", "eduction=+10"), "education"),
        (("--change", "education"), "CODE=+5%"),
        (("--change", "homes_improved=+1"), "housing"),
        (("--target", "compsite=135"), "composite"),
        (("--target", "composite=many"), "composite=135"),
        (("--budget", "1000"), "responses"),
        (("--unit", "busan"), "seoul"),
        (("--period", "2030"), "2024"),
        (("--basis", "heldd"), "held or re_estimated"),
        (("--register", "nowhere.yaml"), "nowhere.yaml"),
        (("nowhere.yaml",), "nowhere.yaml"),
        (("--change", "education=+10", "--out", "a.odt"), ".docx"),
    ],
)
def test_what_is_not_right_is_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    assert said in one_line(run("index", "whatif", SEOUL, *words))


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx"])
@pytest.mark.parametrize("verb", ["whatif", "plan", "priorities"])
def test_each_is_written_as_a_document(run: Run, tmp_path: Path, verb: str, kind: str) -> None:
    out = tmp_path / f"document.{kind}"
    year = () if verb == "whatif" else ("--year", "2025")
    done = run("index", verb, SEOUL, *year, "--out", out)
    assert done.status == 0, done.err
    assert out.stat().st_size > 1000
    assert [each.name for each in tmp_path.iterdir()] == [out.name]


def test_the_plan_as_a_workbook_holds_the_known_budget_as_a_number(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "plan.xlsx"
    run("index", "plan", SEOUL, "--year", "2025", "--out", out, *ENGLISH)
    sheet = openpyxl.load_workbook(out)["Actions"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("Budget (won)") + 1
    amounts = [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]
    assert [each for each in amounts if isinstance(each, int)] == [19_800_000_000]
    assert amounts.count("not known") == 2


def test_the_plan_says_how_much_is_not_known(run: Run) -> None:
    done = run("index", "plan", SEOUL, "--year", "2025", *ENGLISH)
    assert "1 of 3 programmes, 2 not known" in done.out
    said = run("index", "plan", SEOUL, "--year", "2025", "--format", "json").json
    assert said["total"] == {
        "area": None,
        "won": 19_800_000_000,
        "programmes_known": 1,
        "programmes_not_known": 2,
    }


def test_priorities_take_weights_and_refuse_others(run: Run) -> None:
    said = run(
        "index", "priorities", SEOUL, "--year", "2025", "--weight", "need=2", "--format", "json"
    ).json
    assert said["weights"] == {"need": 2.0, "reach": 1.0, "cost": 1.0, "evidence": 1.0}
    for weight, hint in (("ned=2", "need"), ("need=-1", "need=2"), ("need", "need=2")):
        done = run("index", "priorities", SEOUL, "--year", "2025", "--weight", weight)
        assert hint in one_line(done)


def test_a_record_is_sealed_and_a_change_of_it_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    entry = {
        "date": "2026-05-01",
        "programme": "seoul_learn",
        "proposed_place": 1,
        "decided_place": 2,
        "verdict": "changed",
        "reason": {"ko": "다른 사업이 더 급합니다.", "en": "Another is more urgent."},
    }
    file.write_text(yaml.safe_dump({"decisions": [entry]}, allow_unicode=True), encoding="utf-8")
    words = ("index", "priorities", SEOUL, "--year", "2025", "--decisions", file)
    assert run(*words, "--seal").status == 0
    last = run(*words, "--format", "json").json["last_hash"]
    assert run(*words, "--last", last).status == 0
    printed = run(*words, *ENGLISH).out
    assert last in printed.replace("\n", "")
    assert "Another is more urgent." in " ".join(printed.split())
    file.write_text(
        file.read_text(encoding="utf-8").replace("decided_place: 2", "decided_place: 3")
    )
    assert "is not what was recorded" in one_line(run(*words))


@pytest.mark.parametrize("verb", ["plan", "priorities"])
def test_a_year_is_four_figures(run: Run, verb: str) -> None:
    assert "2026" in one_line(run("index", verb, SEOUL, "--year", "soon"))


def test_an_index_without_a_register_is_told_to_name_one(run: Run) -> None:
    assert "--register" in one_line(run("index", "plan", DISTRICTS, "--year", "2025"))


@pytest.mark.parametrize("name", ["index", "programmes", "decisions", "changes"])
def test_the_schema_of_each_file_is_printed(run: Run, name: str) -> None:
    assert run("schema", name).json["type"] == "object"
