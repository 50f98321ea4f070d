"""What a law may not say: each piece is put into a small law, and the refusal is printed."""

import textwrap

import donghaeng as dh

HEAD = """\
from donghaeng.rules import (
    HOUSEHOLD, MONTH, PERSON, YEAR, Count, Day, Enumeration, Money, Rate, Rounding, Schedule, Table,
    age_in_years, count_over, fact, per_month, round_down, rule, sum_over,
)
class Tenure(Enumeration):
    OWNED = "owned", "자가", "Owned"
    RENTED = "rented", "임차", "Rented"
income = fact(PERSON, Money, period=MONTH, label=("소득", "Income"))
bonus = fact(HOUSEHOLD, Money, period=YEAR, label=("상여", "Bonus"))
rent = fact(HOUSEHOLD, Money, period=MONTH, label=("월세", "Rent"))
tenure = fact(HOUSEHOLD, Tenure, label=("거주 형태", "Tenure"))
size = count_over(HOUSEHOLD, label=("가구원 수", "Persons"))
incomes = sum_over(HOUSEHOLD, "income", label=("가구 소득", "Incomes"))
"""
RULE = """
@rule(entity=HOUSEHOLD, period=MONTH, citation="§1", label=("지원금", "Support"){more})
def support({arguments}) -> {returns}:
{body}
"""
NUMBERS = """\
line:
  label: {ko: 기준, en: Line}
  unit: money
  period: month
  citation: §2
  keys: {size: [1, 3]}
  values: {2024-01-01: {value: {1: 100, 2: 200, 3: 300}, status: official, source: notice}}
share:
  label: {ko: 비율, en: Share}
  unit: rate
  citation: §2
  values: {2024-01-01: {value: 30%, status: official, source: notice}}
"""


def refused(rules: str, numbers: str = NUMBERS) -> str:
    """The message with which a law is refused."""
    try:
        dh.Book({"town/rules.py": rules, "town/numbers.yaml": numbers}).on("2024-07")
    except dh.LawFault as fault:
        return str(fault)
    return "(accepted)"


def body(text: str, arguments: str = "rent: Money", returns: str = "Money", more: str = "") -> str:
    """A law with one rule of this body."""
    return HEAD + RULE.format(
        body=textwrap.indent(text, "    "), arguments=arguments, returns=returns, more=more
    )


def show(title: str, pieces: dict[str, str]) -> None:
    """Print what is written and how it is refused."""
    print(f"== {title}")
    for written, message in pieces.items():
        print(written)
        print(textwrap.indent(textwrap.fill(message, 94, break_on_hyphens=False), "    "))


if __name__ == "__main__":
    python = {
        "for person in persons: ...": body("for one in rent:\n    pass\nreturn rent"),
        "sum(x for x in incomes)": body("return sum(x for x in rent)"),
        "while rent > 0: ...": body("while rent > 0:\n    rent = 0\nreturn rent"),
        "rent * 0.3": body("return rent * 0.3"),
        "rent // 3": body("return rent // 3"),
        "rent % 10": body("return rent % 10"),
        "rent ** 2": body("return rent ** 2"),
        'f"{rent}"': body('return f"{rent}"'),
        "{1: 100}[size]": body("return {1: 100}[size]", "size: Count"),
        "tenure is Tenure.OWNED": body(
            "return 0 if tenure is Tenure.OWNED else rent", "tenure: Tenure, rent: Money"
        ),
        "tenure in homes": body(
            "return 0 if tenure in tenure else rent", "tenure: Tenure, rent: Money"
        ),
        "tenure == Tenure.OWND": body(
            "return 0 if tenure == Tenure.OWND else rent", "tenure: Tenure, rent: Money"
        ),
        "rent.real": body("return rent.real"),
        "livelihood(rent)": body("return livelihood(rent)"),
        "raise ValueError": body("raise ValueError"),
        "if ...: return rent (and nothing else)": body("if rent > 5:\n    return rent"),
        "if ...: part = rent (and then read)": body("if rent > 5:\n    part = rent\nreturn part"),
        "import math": HEAD.replace("class Tenure", "import math\nclass Tenure"),
        "from math import floor": HEAD.replace(
            "class Tenure", "from math import floor\nclass Tenure"
        ),
        "def helper(x): ...": HEAD + "def helper(x: Money) -> Money:\n    return x\n",
    }
    head = {
        "no citation": body("return rent").replace('citation="§1", ', ""),
        "an empty citation": body("return rent").replace("§1", " "),
        "an argument without a type": body("return rent", "rent"),
        "a default for an argument": body("return rent", "rent: Money = 0"),
        "no type of result": body("return rent").replace(" -> Money", ""),
        "-> Rate": body("return rent", returns="Rate"),
        "no rounding": body("return rent * share", "rent: Money, share: Rate"),
        "an unknown name": body("return rnt", "rnt: Money"),
        "the wrong type": body("return rent", "rent: Count"),
        "a person's value in a household's rule": body("return income", "income: Money"),
        "a rule that uses itself": body("return support", "support: Money"),
        "one name for two things": body("return rent").replace("support", "share"),
        "two versions on one day": body("return rent", more=', valid_until="2024-06-30"')
        + body("return 0", "", more=', name="support", valid_from="2024-06-01"')[
            len(HEAD) :
        ].replace("def support", "def support_later"),
    }
    units = {
        "rent + bonus": body("return rent + bonus", "rent: Money, bonus: Money"),
        "rent + 10_000": body("return rent + 10_000"),
        "rent + size": body("return rent + size", "rent: Money, size: Count"),
        "rent * rent": body("return rent * rent"),
        "rent > bonus": body("return 0 if rent > bonus else rent", "rent: Money, bonus: Money"),
        "per_month(rent)": body("return per_month(rent)", more=", rounding=Rounding.DOWN"),
        "tenure == size": body(
            "return 0 if tenure == size else rent", "tenure: Tenure, size: Count, rent: Money"
        ),
        "if size: ...": body("return rent if size else 0", "size: Count, rent: Money"),
        "line[size]": body("return line[size]", "line: Table, size: Count"),
        "line[rent]": body("return line[rent]", "line: Table, rent: Money"),
        "rent / (size - 1)": body(
            "return rent / (size - 1)", "rent: Money, size: Count", more=", rounding=Rounding.DOWN"
        ),
        "rent * 10**9 (written out)": body("return round_down(rent * 1_000_000_000)"),
    }
    numbers = {
        "no status": NUMBERS.replace(", status: official, source: notice}}\nshare", ", source: notice}}\nshare"),
        "an unknown status": NUMBERS.replace("status: official", "status: sure", 1),
        "no source": NUMBERS.replace(", source: notice", "", 1),
        "a cell is missing": NUMBERS.replace(", 3: 300", ""),
        "a cell too many": NUMBERS.replace("3: 300", "3: 300, 4: 400"),
        "value: 0.3 (as a rate)": NUMBERS.replace("30%", "0.3"),
        "value: 100.5 (as money)": NUMBERS.replace("1: 100", "1: 100.5"),
        "an unknown field": NUMBERS.replace("citation", "citaton", 1),
        "the same key twice": NUMBERS.replace("  unit: rate", "  unit: rate\n  unit: rate"),
        "status: gap with a value": NUMBERS.replace("30%, status: official", "30%, status: gap"),
        "values in the wrong order": NUMBERS.replace(
            "{2024-01-01: {value: 30%, status: official, source: notice}}",
            "{2024-01-01: {value: 30%, status: official, source: a}, "
            "2023-01-01: {value: 30%, status: official, source: b}}"),
        "in force too late": NUMBERS.replace("2024-01-01", "2025-01-01"),
    }  # fmt: skip
    show("Python", {written: refused(rules) for written, rules in python.items()})
    show("the head of a rule", {written: refused(rules) for written, rules in head.items()})
    show("units, periods and ranges", {written: refused(rules) for written, rules in units.items()})
    plain = body("return line[min(size, 3)]", "line: Table, size: Count, share: Rate")
    show("parameters", {written: refused(plain, text) for written, text in numbers.items()})
