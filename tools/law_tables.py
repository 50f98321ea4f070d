"""Tables of the law from the law itself: article, rule, parameters and status; and all that is not known.

python tools/law_tables.py --lang ko            prints every table
python tools/law_tables.py --into docs/law.md   writes them between the marks `<!-- rules: NAME -->`,
                                            `<!-- open -->`, `<!-- not covered -->` and `<!-- end -->`
"""

import argparse
import datetime
import re
import sys
from itertools import groupby
from pathlib import Path

from donghaeng.laws import book
from donghaeng.rules.declarations import Rule
from donghaeng.rules.parameters import Dated, Parameter

# A group of the page: the files of rules in it, and the files of parameters whose questions belong to it.
GROUPS = {
    "unit": (
        "household_unit circumstances median_income near_poor",
        "median_income lines near_poor",
    ),
    "income": ("income supporters property vehicles", "income supporters property vehicles"),
    "livelihood": ("livelihood", ""),
    "medical": ("medical_aid", ""),
    "education": ("education", "education"),
    "housing": ("housing repair_benefit youth_housing", "rents repair_benefit youth_housing"),
    "pension": (
        "basic_pension basic_pension_amount basic_pension_ceiling basic_pension_income "
        "basic_pension_property",
        "basic_pension",
    ),
    "disability": (
        "disability_pension disability_pension_income disability_allowance",
        "disability_pension disability_allowance",
    ),
    "children": (
        "child_allowance parental_benefit single_parent single_parent_family single_parent_line",
        "child_allowance parental_benefit single_parent",
    ),
    "credits": (
        "earned_income_credit child_credit credit_household credit_income",
        "earned_income_credit child_credit credit_household",
    ),
    "tax": ("income_tax income_tax_deductions income_tax_dependants", "income_tax"),
    "insurance": ("social_insurance", "social_insurance"),
    "security": ("basic_security", "basic_security"),
    "learn": ("seoul_learn", "seoul_learn"),
    "pilot": ("safety_income safety_income_benefits", "safety_income"),
    "totals": ("household_budget", ""),
}
# Who can say what a parameter is: by its name, else by its file.
ASK = {
    "housing_ratio": "국토교통부",
    "education_ratio": "교육부",
    "unemployment_benefit_rate": "고용노동부",
    "pension_income_lower_limit": "보건복지부 · 국민연금공단",
    "pension_income_upper_limit": "보건복지부 · 국민연금공단",
    "social_insurance": "보건복지부 · 국민건강보험공단",
    "age_of_majority": "법무부 (민법)",
    "education": "교육부",
    "rents": "국토교통부",
    "repair_benefit": "국토교통부",
    "youth_housing": "국토교통부",
    "single_parent": "성평등가족부",
    "earned_income_credit": "국세청",
    "child_credit": "국세청",
    "credit_household": "국세청",
    "income_tax": "국세청",
    "basic_security": "서울특별시",
    "seoul_learn": "서울특별시",
    "safety_income": "서울특별시",
}
COLUMNS = {
    ("en", "rules"): ("article", "rule", "parameters and their status"),
    ("en", "open"): (
        "parameter",
        "not known (gap)",
        "to be checked (unverified)",
        "article or notice",
        "who can say",
    ),
    ("ko", "rules"): ("조문", "규칙", "숫자(매개변수)와 상태"),
    ("ko", "open"): (
        "매개변수",
        "알려지지 않음(gap)",
        "확인이 필요함(unverified)",
        "조문·고시",
        "물어볼 곳",
    ),
}
WORDS = {
    ("en", "since"): "since {0}",
    ("en", "changed"): "changed {0}",
    ("en", "until"): "until {0}",
    ("en", "cells"): "{0}: {1} of {2} values",
    ("en", "regimes"): "{0}: read as {1}",
    ("ko", "since"): "{0}부터",
    ("ko", "changed"): "{0} 바뀜",
    ("ko", "until"): "{0}까지",
    ("ko", "cells"): "{0}: 값 {2}개 중 {1}개",
    ("ko", "regimes"): "{0}: 해석 {1}",
}
MARK = re.compile(r"<!-- (rules: (\w+)|open|not covered) -->\n.*?<!-- end -->", re.DOTALL)
RANK = ("official", "derived", "press", "secondary", "unverified", "gap")


def table(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def rules_of(group: str, lang: str) -> str:
    """Every rule of a group in the order of its files; versions of one rule stand in one row."""
    files = GROUPS[group][0].split()
    versions = [rule for each in book().declared.rules.values() for rule in each]
    here = [rule for rule in versions if Path(rule.place.file).stem in files]
    here.sort(
        key=lambda rule: (files.index(Path(rule.place.file).stem), rule.place.file, rule.place.line)
    )
    rows = []
    for name in dict.fromkeys(rule.name for rule in here):
        own = [rule for rule in here if rule.name == name]
        articles = "; ".join(dict.fromkeys(rule.citation for rule in own))
        arguments = dict.fromkeys(each for rule in own for each in rule.arguments)
        known = [
            book().declared.parameters[each]
            for each in arguments
            if each in book().declared.parameters
        ]
        numbers = "<br>".join(f"`{each.name}` {statuses(each, lang)}" for each in known)
        label = own[-1].label[0 if lang == "ko" else 1]
        rows.append([articles, f"`{name}`{in_force(own, lang)}<br>{label}", numbers])
    return table(COLUMNS[lang, "rules"], rows)


def in_force(versions: list[Rule], lang: str) -> str:
    """The days on which a rule or its versions begin, where they are not those of the whole law."""
    first, last = versions[0].valid_from, versions[-1].valid_until
    days = [str(rule.valid_from) for rule in versions[1:] if rule.valid_from]
    parts = [WORDS[lang, "since"].format(first)] if first else []
    parts += [WORDS[lang, "changed"].format(", ".join(days))] if days else []
    parts += [WORDS[lang, "until"].format(last)] if last else []
    return f" ({', '.join(parts)})" if parts else ""


def statuses(parameter: Parameter, lang: str) -> str:
    """Which statuses the values of a parameter have, the firmest first."""
    numbers = [dated for dated in parameter.values if not dated.regimes]
    found = {dated.status_at(key).value for dated in numbers for key in dated.cells}
    if len(numbers) < len(parameter.values):
        found.add("regimes")
    order = (*RANK, "regimes")
    return ", ".join(sorted(found, key=lambda word: order.index(word)))


def open_questions(lang: str) -> str:
    """Every gap, every unverified value and every choice between readings, by group."""
    rows = []
    for _, files in GROUPS.values():
        for parameter in book().declared.parameters.values():
            file = Path(parameter.file).stem
            if file not in files.split():
                continue
            gaps, weak = periods(parameter, "gap", lang), periods(parameter, "unverified", lang)
            if gaps or weak:
                label = parameter.label[0 if lang == "ko" else 1]
                who = ASK.get(parameter.name, ASK.get(file, "보건복지부"))
                rows.append([f"`{parameter.name}`<br>{label}", gaps, weak, parameter.citation, who])
    return table(COLUMNS[lang, "open"], rows)


def periods(parameter: Parameter, status: str, lang: str) -> str:
    """When a parameter has this status, value by value; of a table, how many of its cells."""
    said = []
    for place, dated in enumerate(parameter.values):
        if dated.regimes:
            if status == "unverified":
                said.append(
                    (
                        dated,
                        place,
                        0,
                        WORDS[lang, "regimes"].format("{0}", " / ".join(dated.regimes)),
                    )
                )
            continue
        cells = sum(dated.status_at(key).value == status for key in dated.cells)
        if cells:
            whole = cells == len(dated.cells)
            words = WORDS[lang, "cells"].format("{0}", cells, len(dated.cells))
            said.append((dated, place, cells, "{0}" if whole else words))
    parts = []
    for _, run in groupby(enumerate(said), key=lambda each: (each[0] - each[1][1], each[1][3])):
        entries = [entry for _, entry in run]
        first, last = entries[0][0], entries[-1][1]
        days = dict.fromkeys((day(first.start), day(end(parameter, last))))
        parts.append(entries[0][3].format("–".join(days)))
    return "; ".join(parts)


def end(parameter: Parameter, place: int) -> datetime.date:
    """The last day of a value: before the next one, of its year, or of the law."""
    own: Dated = parameter.values[place]
    later = parameter.values[place + 1 : place + 2]
    limits = [parameter.until or datetime.date(2027, 12, 31)]
    limits += [each.start - datetime.timedelta(days=1) for each in later]
    limits += [datetime.date(own.start.year, 12, 31)] if parameter.yearly else []
    return min(limits)


def day(of: datetime.date) -> str:
    """The year, or the month where it is not the whole year that begins or ends."""
    whole = (of.month, of.day) in ((1, 1), (12, 31))
    return str(of.year) if whole else f"{of:%Y-%m}"


def not_covered(lang: str) -> str:
    """What the law says of itself that it does not compute."""
    return "\n".join(f"- {label[0 if lang == 'ko' else 1]}" for label in book().not_covered) + "\n"


def written(page: str, lang: str) -> str:
    """A page with its tables written anew."""
    return MARK.sub(lambda mark: made(mark, lang), page)


def made(mark: re.Match[str], lang: str) -> str:
    """The text of one mark with its table under it."""
    what, group = mark[1], mark[2]
    text = (
        rules_of(group, lang)
        if group
        else open_questions(lang)
        if what == "open"
        else not_covered(lang)
    )
    return f"<!-- {what} -->\n\n{text}\n<!-- end -->"


def main() -> int:
    """Print the tables, write them into pages, or say which pages are not as they would be written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lang", choices=("ko", "en"), default="en")
    parser.add_argument("--into", type=Path, nargs="*", default=[], help="pages to write into")
    parser.add_argument("--check", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    stale = False
    for page in chosen.into:
        language = "ko" if page.stem.endswith(".ko") else chosen.lang
        old = page.read_text(encoding="utf-8")
        new = written(old, language)
        if new != old:
            stale = True
            print(f"{'not up to date' if chosen.check else 'written'}: {page}")
            if not chosen.check:
                page.write_text(new, encoding="utf-8")
    if not chosen.into:
        for each in GROUPS:
            print(f"## {each}\n\n{rules_of(each, chosen.lang)}")
        print(open_questions(chosen.lang))
    return 1 if chosen.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
