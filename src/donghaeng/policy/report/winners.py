"""Who gains and who loses: by tenth of incomes, age of the head, and district (never ranked)."""

from __future__ import annotations

from donghaeng.reports.document_parts import Part, Picture, Section, Table

from ..results import Group
from .charts import districts_of_seoul, mean_changes
from .leads import lead_of
from .reader import FEWEST, NONE, OF_SHARES, Reader


def winners_section(reader: Reader, *, pictures: bool = True) -> Section:
    """Tables by tenth, age and district; households of a group of which there are few are not told."""
    words = reader.words
    tables = {
        "decile": (words("By tenth of incomes before the reform"), words("Tenth of incomes")),
        "age": (words("By age of the head"), words("Age of the head")),
        "district": (words("By district"), words("District")),
    }
    lead = words(
        "Tenths are tenths of persons, by disposable income divided by the square root of the persons in the "
        "household. Intervals in brackets: {interval}.",
        interval=reader.interval,
    )
    parts: list[Part] = [*lead_of(reader, lead)]
    for grouping, (title, head) in tables.items():
        groups = reader.groups(grouping)
        if not groups:
            continue
        parts.append(_table(reader, groups, title, head))
        drawn = _picture(reader, grouping) if pictures else None
        if drawn is not None:
            parts.append(drawn)
    return Section(reader.titled(words("Who gains and who loses")), tuple(parts))


def _picture(reader: Reader, grouping: str) -> Picture | None:
    if grouping != "district":
        return Picture(*mean_changes(reader, grouping))
    drawn = districts_of_seoul(reader)
    return None if drawn is None else Picture(*drawn)


def _table(reader: Reader, groups: tuple[Group, ...], title: str, head: str) -> Table:
    words = reader.words
    return Table(
        reader.titled(title),
        (
            head,
            words("Households in the data"),
            words("Households"),
            words("Have more (%)"),
            words("Have less (%)"),
            words("Mean income before (won a month)"),
            words("Mean change (won a month)"),
        ),
        tuple(_row(reader, group) for group in groups),
        numeric=(1, 2, 3, 4, 5, 6),
    )


def _row(reader: Reader, group: Group) -> tuple[str, ...]:
    head = (reader.of_group(group), reader.count(group.rows), reader.count(group.households))
    if group.rows < FEWEST:
        return (*head, *(NONE,) * 4)
    return (
        *head,
        reader.full(group.gaining, reader.percent, OF_SHARES),
        reader.full(group.losing, reader.percent, OF_SHARES),
        reader.plain(group.mean_before, reader.count),
        reader.change(group.mean_change, reader.count),
    )
