"""What changes for a family like mine: by kind of household, in plain words."""

from __future__ import annotations

from donghaeng.reports.document_parts import Paragraph, Part, Picture, Section, Table

from ..results import Group
from ..tally import Estimate
from .charts import mean_changes
from .leads import lead_of
from .reader import FEWEST, NONE, Reader


def families_section(reader: Reader, *, pictures: bool = True) -> Section:
    """A table that needs no statistics."""
    words = reader.words
    groups = reader.groups("family_type")
    lead = words(
        "Find the household that is most like yours. The figures are of many such households together: yours may "
        "have more or less. The command {command} computes one household exactly.",
        command="donghaeng household compare",
    )
    few = words("Fewer than {fewest} households in the data: not told.", fewest=FEWEST)
    parts: tuple[Part, ...] = (
        *lead_of(reader, lead),
        _table(reader, groups, words("Kind of household")),
    )
    if any(group.rows < FEWEST for group in groups):
        parts = (*parts, Paragraph(few))
    title = reader.titled(words("What changes for a family like mine"))
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
            words("Those with more: won a month on average"),
            words("Those with less: won a month on average"),
            words("All of them: won a month on average"),
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
        reader.change(_bare(group.mean_gain), reader.count),
        reader.change(_bare(group.mean_loss), reader.count),
        reader.change(group.mean_change, reader.count),
    )


def _bare(estimate: Estimate) -> Estimate:
    """The figure without its error, where a reader wants no more."""
    return Estimate(estimate.value)
