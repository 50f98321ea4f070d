"""Read `donghaeng law check --format json` and say what is missing, benefit by benefit."""

import json
import sys
import textwrap
from collections import Counter
from itertools import groupby

BENEFITS = {
    "livelihood_benefit": "생계급여",
    "housing_benefit": "주거급여(임차급여)",
    "safety_income": "안심소득 / 서울디딤돌소득",
}


def gathered(names: list[str]) -> str:
    """Names of parameters; of a table, how many of its cells."""
    cells = Counter(name.partition("[")[0] for name in names)
    whole = {name for name in names if "[" not in name}
    return ", ".join(
        name if name in whole else f"{name} ({count} cell{'s' * (count > 1)})"
        for name, count in sorted(cells.items())
    )


found = json.load(sys.stdin)["benefits"]
for benefit, korean in BENEFITS.items():
    print(f"{korean} ({benefit})")
    years = [cell for cell in found if cell["benefit"] == benefit]
    for kind, title in (
        ("missing", "not known"),
        ("unverified", "to be checked"),
        ("open", "read in several ways"),
    ):
        runs = groupby((cell for cell in years), key=lambda cell: gathered(cell[kind]))
        for names, cells in runs:
            listed = [cell["year"] for cell in cells]
            if names:
                period = f"{listed[0]}–{listed[-1]}" if len(listed) > 1 else f"{listed[0]}"
                line = f"{period}, {title}: {names}"
                print(textwrap.fill(line, 96, initial_indent="  ", subsequent_indent="      "))
