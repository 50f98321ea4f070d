"""Writes docs/benefits: for every page of law its articles, its rules and its worked cases side by side.

python tools/benefit_pages.py            writes the pages, in Korean and in English
python tools/benefit_pages.py --check    exit status 1 where a page is not what it would write
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from donghaeng.household.reading import read_document, read_household
from donghaeng.household.regimes import has_default, readings
from donghaeng.household.sections import cell
from donghaeng.household.sentences import Sentences
from donghaeng.language import LANGUAGES, Words
from donghaeng.laws import book, law_on
from donghaeng.rules.declarations import Rule
from donghaeng.rules.terms import Entity, Role

PROJECT = Path(__file__).parent.parent
CASES = PROJECT / "examples" / "cases"
PAGES = PROJECT / "docs" / "benefits"
WORDS = {
    "ko": {
        "article": "조문",
        "rule": "규칙",
        "case": "계산 사례",
        "facts": "가구의 사실",
        "result": "결과",
        "source": "출처",
        "undetermined": "판단할 수 없음",
        "intro": "조문과 규칙, 그 규칙으로 계산한 사례를 나란히 놓았습니다. 사례는 모두 "
        "`donghaeng law test {file}`로 다시 계산할 수 있습니다.",
        "other": "[English]({name}.en.md)",
    },
    "en": {
        "article": "Article",
        "rule": "Rule",
        "case": "Worked case",
        "facts": "What is true of the household",
        "result": "Result",
        "source": "Source",
        "undetermined": "undetermined",
        "intro": "Article, rule and worked case side by side. Every case can be computed again with "
        "`donghaeng law test {file}`.",
        "other": "[한국어]({name}.ko.md)",
    },
}


@dataclass(frozen=True)
class Case:
    """A worked case, and the rule of the page that it shows."""

    entry: dict[str, Any]
    shows: str


def main() -> int:
    """Write or check every page; the number of pages that were not up to date is printed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    stale = []
    for file, text in sorted(pages().items()):
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        if old != text:
            stale.append(file)
            if not check:
                file.parent.mkdir(exist_ok=True)
                file.write_text(text, encoding="utf-8")
    for file in stale:
        print(f"{'not up to date' if check else 'written'}: {file.relative_to(PROJECT)}")
    return 1 if check and stale else 0


def pages() -> dict[Path, str]:
    """Every page by its file: one for each file of cases and each language, and a list of them."""
    found = {}
    titles: dict[str, dict[str, str]] = {}
    for file in sorted(CASES.glob("*.yaml")):
        rules = _rules(file.stem)
        cases = _cases(file, rules)
        main_rule = next(
            (r for r in rules if r.role in (Role.BENEFIT, Role.CONTRIBUTION)), rules[0]
        )
        for language in LANGUAGES:
            title = Words(language).label(main_rule.label)
            titles.setdefault(language, {})[file.stem] = title
            found[PAGES / f"{file.stem}.{language}.md"] = _page(file, title, rules, cases, language)
    lines = ["# Benefit by benefit", "", "| English | 한국어 |", "|---|---|"]
    for name in titles["en"]:
        english, korean = titles["en"][name], titles["ko"][name]
        lines.append(f"| [{english}]({name}.en.md) | [{korean}]({name}.ko.md) |")
    found[PAGES / "index.md"] = "\n".join(lines) + "\n"
    return found


def _rules(name: str) -> list[Rule]:
    """The rules of the page of law ``name`` and of its further pages, every version, in their order."""
    versions = [version for each in book().declared.rules.values() for version in each]
    stems = {id(rule): Path(rule.place.file).stem for rule in versions}
    here = [r for r in versions if stems[id(r)] == name or stems[id(r)].startswith(f"{name}_")]
    # The page itself before its further pages: basic_pension, then basic_pension_amount.
    return sorted(here, key=lambda rule: (stems[id(rule)], rule.place.line))


def _cases(file: Path, rules: list[Rule]) -> list[Case]:
    names = {rule.name for rule in rules}
    cases = []
    document: Any = read_document(file)
    for entry in document["cases"]:
        expected = list(entry["expect"])
        for person in (entry["expect"].get("persons") or {}).values():
            expected += person
        shows = next((name for name in expected if name in names), "")
        cases.append(Case(entry, shows))
    return cases


def _page(file: Path, title: str, rules: list[Rule], cases: list[Case], language: str) -> str:
    say = WORDS[language]
    lines = [f"# {title}", "", say["other"].format(name=file.stem), ""]
    lines += [say["intro"].format(file=file.relative_to(PROJECT).as_posix()), ""]
    shown: set[int] = set()
    for rule in rules:
        mine = [
            (place, case)
            for place, case in enumerate(cases)
            if case.shows == rule.name and place not in shown and _holds(rule, case)
        ]
        shown |= {place for place, _ in mine}
        lines += _rule(rule, [case for _, case in mine], language)
    return "\n".join(lines).rstrip() + "\n"


def _holds(rule: Rule, case: Case) -> bool:
    """Whether this version of the rule is in force on the day of the case."""
    day = law_on(str(case.entry["date"])).day
    started = rule.valid_from is None or rule.valid_from <= day
    return started and (rule.valid_until is None or day <= rule.valid_until)


def _rule(rule: Rule, cases: list[Case], language: str) -> list[str]:
    say, words = WORDS[language], Words(language)
    since = f" ({rule.valid_from} –)" if rule.valid_from else ""
    lines = [f"## {words.label(rule.label)}{since}", "", '<div class="grid" markdown>', ""]
    lines += ["<div markdown>", "", f"**{say['article']}** {rule.citation}", ""]
    quotes = dict.fromkeys(
        (str(case.entry.get("article", "")), str(case.entry["quote"]))
        for case in cases
        if case.entry.get("quote")
    )
    for article, quote in quotes:
        lines += [f"> {quote.strip()}", ">", f"> — {article}", ""]
    if rule.history:
        lines += [f"*{rule.history}*", ""]
    lines += ["</div>", "", "<div markdown>", "", f"**{say['rule']}** `{rule.name}`", ""]
    lines += ["```python", _source(rule), "```", "", "</div>", "", "</div>", ""]
    for case in cases:
        lines += _case(case, language)
    return lines


def _source(rule: Rule) -> str:
    """The function as it stands in the file, from its ``def`` on."""
    text = book().text_of(rule)
    return text[text.index("def ") :].rstrip()


def _case(case: Case, language: str) -> list[str]:
    say, entry, words = WORDS[language], case.entry, Words(language)
    law = law_on(str(entry["date"])).under_regimes(entry.get("regimes") or [])
    household = read_household(law, dict(entry["household"]), "cases", "household")
    lines = [f"### {entry['name']}", "", f"{entry['date']}"]
    if entry.get("source"):
        lines[-1] += f" · {say['source']}: {entry['source']}"
    lines += ["", f'??? example "{say["facts"]}"', ""]
    facts = yaml.safe_dump(entry["household"], allow_unicode=True, sort_keys=False, width=88)
    lines += ["    ```yaml", *(f"    {line}" for line in facts.splitlines()), "    ```", ""]
    expected = dict(entry["expect"])
    persons = expected.pop("persons", None) or {}
    lines += [f"| {say['result']} | |", "|---|---:|"]
    totals = {r.name.removeprefix("total_"): r for r in law.rules.values() if r.role is Role.TOTAL}
    for name, value in expected.items():
        declaration = law.variables.get(name) or totals[name]
        lines.append(f"| {words.label(declaration.label)} | {_amount(value, declaration, words)} |")
    for person, values in persons.items():
        for name, value in values.items():
            label = words.label(law.variables[name].label)
            label = words("{label} of {person}", label=label, person=person)
            lines.append(f"| {label} | {_amount(value, law.variables[name], words)} |")
    lines.append("")
    if case.shows:
        lines += _reason(case, law, household, language)
    return lines


def _reason(case: Case, law: Any, household: Any, language: str) -> list[str]:
    """How the result came about, in the words of the program: for a person, the first named."""
    rule = law.rules[case.shows]
    persons = case.entry["expect"].get("persons") or {}
    person = ""
    if rule.entity is Entity.PERSON:
        named = [who for who, values in persons.items() if case.shows in values]
        person = named[0] if named else household.person_ids[0]
    reading = readings(law, [case.shows], has_default(law))[0].law
    told = Sentences(reading, language).text(reading.explain(household, case.shows, person))
    return [told[0], ""] if told else []


def _amount(value: Any, declaration: Any, words: Words) -> str:
    if isinstance(value, dict):
        value = (value["lowest"], value["highest"])
    return cell(value, declaration, words)


if __name__ == "__main__":
    sys.exit(main())
