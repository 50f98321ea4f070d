"""Is a publication what it says? Its files against its manifest, and every figure computed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from donghaeng.evidence.manifests import NAME as MANIFEST
from donghaeng.evidence.manifests import Changes, check_manifest
from donghaeng.rules.faults import BadInput, LawFault
from donghaeng.version import __version__

from .comparison import (
    Difference,
    compare_bytes,
    compare_json,
    compare_parquet,
    compare_table,
)
from .exchange import SCORES
from .manifest import PublicationManifest, read_publication_manifest
from .material import (
    CALENDAR,
    EARLIER_INDEX,
    INDEX,
    Material,
    read_material,
    with_earlier,
)
from .page_text import compare_texts
from .publish import Progress, Published, publish
from .tools import made_alike


@dataclass(frozen=True)
class Verification:
    """What was found.

    ``differences`` are figures, pages and charts that do not come out again; ``not_compared`` are files that only
    the version and the tools that made them can make again, ``fault`` says why nothing could be computed, if so.
    """

    manifest: PublicationManifest
    changes: Changes
    differences: tuple[Difference, ...]
    files: int
    figures: int
    not_compared: tuple[str, ...] = ()
    fault: str = ""

    @property
    def sound(self) -> bool:
        """Whether everything is what it says."""
        return self.changes.none and not self.differences and not self.fault


def verify(folder: Path, progress: Progress | None = None, threads: int = 1) -> Verification:
    """Check the manifest, compute everything again from the index file and the figures, and compare.

    Figures in tables and JSON are compared by what they say, within one part in 10⁹; everything else to the byte
    where the program and its tools have the versions that made it. With other tools, pages and charts
    are compared by what they say.

    Raises:
        BadInput: where the folder is no publication.
    """
    manifest = read_publication_manifest(folder)
    changes = check_manifest(folder, manifest)
    try:
        material = _material(folder, manifest)
        published = publish(material, progress, threads)
    except (BadInput, LawFault) as fault:
        return Verification(manifest, changes, (), len(manifest.files), 0, fault=str(fault))
    differences, not_compared = [], []
    same_version = manifest.program == __version__
    for path, expected in published.files.items():
        if path == MANIFEST:
            continue
        file = folder / path
        if not file.is_file():
            differences.append(Difference(path, path, "nothing", "a file"))
            continue
        content = file.read_bytes()
        if not (same_version and made_alike(path, manifest.tools)) and _only_by_version(path):
            if content != expected:  # the same bytes are the same, whatever made them
                not_compared.append(path)
            if same_version and path.endswith((".html", ".svg")):
                differences += compare_texts(path, content, expected)
            continue
        differences += _compare(path, content, expected, published, material)
    for path in _not_made(folder, published, manifest):
        differences.append(Difference(path, path, "a file", "nothing"))
    differences += _manifest(manifest, published)
    figures = sum(
        table.frame.height * (table.frame.width - len(table.key)) for table in published.tables
    )
    return Verification(
        manifest,
        changes,
        tuple(sorted(differences, key=lambda each: _first_of_all(each.file))),
        len(published.files),
        figures,
        tuple(not_compared),
    )


def _first_of_all(file: str) -> tuple[int, int]:
    """Where a reader looks first: the scores, other tables of results, data, then everything drawn from them."""
    tables = (SCORES, "results/", "data/", "index.yaml")
    place = next((k for k, start in enumerate(tables) if file.startswith(start)), len(tables))
    return place, 0 if file.endswith(".csv") else 1


def _material(folder: Path, manifest: PublicationManifest) -> Material:
    """The material of the folder, with what its manifest says."""
    material = read_material(folder, manifest.languages, manifest.at, manifest.edition)
    if (folder / EARLIER_INDEX).is_file():
        material = with_earlier(
            material,
            folder,
            manifest.previous_edition or "",
            manifest.previous_manifest_sha256 or "",
        )
    return replace(material, under_embargo=manifest.under_embargo, audited=manifest.audited)


def _compare(
    path: str, content: bytes, expected: bytes, published: Published, material: Material
) -> Iterator[Difference]:
    """Figures by their meaning; the same figures in another spelling are still the same. Pages to the byte."""
    tables = {table.path: table for table in published.tables}
    if content == expected:
        return
    if path in tables:
        yield from compare_table(tables[path], content, material.build)
    elif path.endswith(".parquet"):
        table = tables[path.replace(".parquet", ".csv")]
        yield from compare_parquet(table, path, content, material.build)
    elif path.endswith(".json"):
        yield from compare_json(path, content, expected)
    else:
        yield from compare_bytes(path, content, expected)


def _only_by_version(path: str) -> bool:
    """Whether another version or tool may write it in another way without changing a figure."""
    return not path.endswith((".csv", ".parquet", ".json")) and path not in (INDEX, CALENDAR)


def _not_made(folder: Path, published: Published, manifest: PublicationManifest) -> Iterator[str]:
    """Files that the manifest names and that do not follow from the material."""
    for entry in manifest.files:
        if entry.path not in published.files and (folder / entry.path).is_file():
            yield entry.path


def _manifest(manifest: PublicationManifest, published: Published) -> Iterator[Difference]:
    """What the manifest says of index, figures and draws, against what comes out."""
    made = PublicationManifest.model_validate_json(published.files[MANIFEST])
    for name in type(manifest).model_fields:
        if name in ("files", "program", "tools"):
            continue
        if name == "data_sha256" and manifest.program != made.program:
            continue
        one, other = getattr(manifest, name), getattr(made, name)
        if one != other:
            yield Difference(MANIFEST, f"{MANIFEST}.{name}", str(one), str(other))
