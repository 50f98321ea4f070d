"""What changes for a family like mine: by kind of household, in plain words."""

from __future__ import annotations

from donghaeng.reports.document_parts import Paragraph, Part, Picture, Section, Table

from ..results import Group
from .charts import mean_changes
from .reader import FEWEST, NONE, Reader


def families_section(reader: Reader, *, pictures: bool = True) -> Section:
    """A table that needs no statistics."""
    words = reader.words
    groups = reader.groups("family_type")
    lead = words(
        "Find the household that is most like yours. The figures are of many such households together: yours may "
        "have more or less. `donghaeng household compare` computes one household exactly."
    )
    few = words("Fewer than {fewest} households in the data: not told.", fewest=FEWEST)
    parts: tuple[Part, ...] = (Paragraph(lead), _table(reader, groups, words("Kind of household")))
    if any(group.rows < FEWEST for group in groups):
        parts = (*parts, Paragraph(few))
    title = words("What changes for a family like mine")
    if not pictures:
        return Section(title, parts)
    return Section(title, (*parts, Picture(*mean_changes(reader, "family_type"))))


def _table(reader: Reader, groups: tuple[Group, ...], head: str) -> Table:
    words = reader.words
    return Table(
        reader.titled(words("Of 100 households of each kind")),
        (
            head,
            words("Have more"),
            words("Have less"),
            words("Nothing changes"),
            words("Those with more: on average a month"),
            words("Those with less: on average a month"),
            words("All of them: on average a month"),
        ),
        tuple(_row(reader, group) for group in groups),
        numeric=(1, 2, 3, 4, 5, 6),
    )


def _row(reader: Reader, group: Group) -> tuple[str, ...]:
    name = reader.of_group(group)
    if group.rows < FEWEST:
        return (name, *(NONE,) * 6)
    more, less = (round(100 * each.value) for each in (group.gaining, group.losing))
    return (
        name,
        f"{more}",
        f"{less}",
        f"{100 - more - less}",
        reader.plain(group.mean_gain, reader.change_of_money),
        reader.plain(group.mean_loss, reader.change_of_money),
        reader.full(group.mean_change, reader.change_of_money),
    )
