"""``population.json``: what a stored population is, where each column comes from, and its partitions."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import LARGEST_HOUSEHOLD

MANIFEST, FOLDER = "population.json", "partitions"
FORMAT = "donghaeng-population-1"
REMEDY = "copy it again, or make the population anew"


class Entry(BaseModel):
    """A part of the manifest; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PopulationKind(StrEnum):
    """Whether the rows are people who were asked, or people made by a model."""

    SURVEY = "survey"
    SYNTHETIC = "synthetic"


class Origin(StrEnum):
    """Where the values of a column come from."""

    RECORDED = "recorded"
    DERIVED = "derived"
    APPROXIMATED = "approximated"
    MODELLED = "modelled"
    ASSUMED = "assumed"


class ColumnOrigin(Entry):
    """The origin of one column, with a sentence where it is not simply recorded."""

    table: str
    name: str
    origin: Origin
    note: str = ""


class PartitionEntry(Entry):
    """One file of households of one size."""

    file: Annotated[str, Field(pattern=rf"^{FOLDER}/[\w-]+\.arrow$")]
    size: Annotated[int, Field(ge=1, le=LARGEST_HOUSEHOLD)]
    households: Annotated[int, Field(ge=1)]
    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Manifest(Entry):
    """What a stored population says of itself.

    ``rows_in`` and ``rows_refused`` reconcile it with the files it was made of; ``sources`` name them with
    their hash; ``details`` hold what the maker of the population reports (margins, factors, settings).
    """

    format: str = FORMAT
    title: str
    kind: PopulationKind
    reference_day: datetime.date
    households: int
    persons: int
    weight_note: str
    design_note: str
    columns: tuple[ColumnOrigin, ...]
    approximations: tuple[str, ...] = ()
    sources: dict[str, str] = {}
    rows_in: int | None = None
    rows_refused: int = 0
    replicates: int = 0
    details: dict[str, Any] = {}
    partitions: tuple[PartitionEntry, ...] = ()

    @property
    def synthetic(self) -> bool:
        return self.kind is PopulationKind.SYNTHETIC

    def derived(
        self,
        *,
        title: tuple[str, str],
        approximations: Iterable[tuple[str, str]],
        details: Mapping[str, Any],
        sources: Mapping[str, str],
        **changes: Any,
    ) -> Manifest:
        """The manifest of a population that was made of this one.

        Args:
            title: what was done, Korean and English; it follows the old title.
            approximations: what is assumed beyond what was assumed already, Korean and English.
            details, sources: these are added.
            changes: other fields.
        """
        before, said = self.details, list(approximations)
        korean = {
            "title_ko": f"{before.get('title_ko', self.title)}, {title[0]}",
            "approximations_ko": [
                *before.get("approximations_ko", self.approximations),
                *(ko for ko, _ in said),
            ],
        }
        return self.model_copy(
            update={
                "title": f"{self.title}, {title[1]}",
                "approximations": (*self.approximations, *(en for _, en in said)),
                "details": {**before, **korean, **details},
                "sources": {**self.sources, **sources},
                **changes,
            }
        )

    def text(self) -> str:
        """The manifest as it is written."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a stored population.

    Raises:
        BadInput: where the folder holds none, or one that cannot be read.
    """
    file = folder / MANIFEST
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise BadInput(
            f"holds no population ({MANIFEST} is not there)",
            file=str(folder),
            remedy="donghaeng population import-table, import-koweps or synthesize writes one",
        ) from None
    except ValueError:
        raise BadInput("is not JSON, or cut short", file=str(file), remedy=REMEDY) from None
    found = document.get("format") if isinstance(document, dict) else None
    if found != FORMAT:  # said first: another format has other fields
        raise BadInput(
            f"is of format {found!r}",
            file=str(file),
            remedy=f"{FORMAT} is read here; a later one needs a later donghaeng",
        )
    try:
        manifest = Manifest.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadInput(str(first["msg"]), file=str(file), field=field, remedy=REMEDY) from None
    _check_sums(manifest, file)
    return manifest


def _check_sums(manifest: Manifest, file: Path) -> None:
    partitions = manifest.partitions
    for field, said, found in (
        ("households", manifest.households, sum(each.households for each in partitions)),
        ("persons", manifest.persons, sum(each.households * each.size for each in partitions)),
    ):
        if said != found or not found:
            raise BadInput(
                f"says {said:,}, the partitions {found:,}",
                file=str(file),
                field=field,
                remedy=REMEDY,
            )
