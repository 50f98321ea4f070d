"""Read `donghaeng law check --format json` and say what is missing: parameter, years, benefits concerned."""

import json
import sys
import textwrap

MOST_NAMED = 4
KINDS = {
    "missing": "Not known: gaps",
    "unverified": "Known from one weak source: to be checked",
    "open": "Read in several ways",
}


def spans(years: set[int]) -> str:
    """2015–2019, 2027."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


found = json.load(sys.stdin)["benefits"]
for kind, title in KINDS.items():
    cells: dict[str, set[str]] = {}
    years: dict[str, set[int]] = {}
    benefits: dict[str, set[str]] = {}
    for entry in found:
        for name in entry[kind]:
            parameter = name.partition("[")[0]
            cells.setdefault(parameter, set()).add(name)
            years.setdefault(parameter, set()).add(entry["year"])
            benefits.setdefault(parameter, set()).add(entry["benefit"])
    print(title)
    for parameter in sorted(cells):
        count = len(cells[parameter])
        table = f" ({count} cells)" if count > 1 else ""
        names = sorted(benefits[parameter])
        concerned = ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} benefits"
        line = f"{parameter}{table}, {spans(years[parameter])}: {concerned}"
        print(textwrap.fill(line, 96, initial_indent="  ", subsequent_indent="      "))
