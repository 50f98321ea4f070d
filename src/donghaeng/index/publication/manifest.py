"""The manifest of a publication: every file to the byte, and what is needed to compute them again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from donghaeng.evidence.input_files import first_fault
from donghaeng.evidence.manifests import NAME, FileEntry, Manifest, stays_inside
from donghaeng.rules.faults import BadInput
from donghaeng.version import __version__

from .calendar import Moment
from .material import Material
from .tools import tools_here

FORMAT = "donghaeng-publication-1"


class PublicationManifest(Manifest):
    """Every file with its hash, and what the pages say beside the figures.

    ``index_sha256`` is the hash of what the index file says, ``data_sha256`` that of ``data/figures.csv``.
    ``tools`` are the programs that may write the same figures in other bytes.
    """

    format: str = FORMAT
    program: str
    tools: dict[str, str] = Field(default_factory=dict)
    index_id: str
    index_version: str
    index_sha256: str
    data_sha256: str
    edition: str
    at: Moment
    under_embargo: bool = False
    audited: bool = True
    languages: tuple[str, ...] = Field(min_length=1)
    draws: int | None = None
    seed: int | None = None
    previous_edition: str | None = None
    previous_manifest_sha256: str | None = None

    def text(self) -> str:
        """The manifest in its one form: what it says, then one line a file."""
        said = self.model_dump(mode="json", exclude={"files"})
        head = json.dumps(said, ensure_ascii=False, indent=1).removesuffix("\n}")
        lines = (
            json.dumps(each.model_dump(), sort_keys=True, ensure_ascii=False)
            for each in sorted(self.files, key=lambda entry: entry.path.encode())
        )
        return f'{head},\n "files": [\n' + ",\n".join(lines) + "\n]}\n"


def manifest_of(material: Material, files: Mapping[str, bytes]) -> PublicationManifest:
    """The manifest of files that follow from ``material``."""
    index, earlier = material.index, material.earlier
    return PublicationManifest(
        program=__version__,
        tools=tools_here(),
        index_id=index.id,
        index_version=index.version,
        index_sha256=index.hash,
        data_sha256=hashlib.sha256(files["data/figures.csv"]).hexdigest(),
        edition=material.edition,
        at=material.at,
        under_embargo=material.under_embargo,
        audited=material.audited,
        languages=material.languages,
        draws=index.uncertainty.draws if index.uncertainty else None,
        seed=index.uncertainty.seed if index.uncertainty else None,
        previous_edition=earlier.edition if earlier else None,
        previous_manifest_sha256=earlier.manifest_sha256 if earlier else None,
        files=tuple(
            FileEntry(path=path, size=len(data), sha256=hashlib.sha256(data).hexdigest())
            for path, data in sorted(files.items())
        ),
    )


def read_publication_manifest(folder: Path) -> PublicationManifest:
    """The manifest of a published folder.

    Raises:
        BadInput: where there is none, or it is not that of a publication.
    """
    file = folder / NAME
    if not folder.is_dir():
        raise BadInput("is not a folder", file=str(folder), remedy="name a published folder")
    try:
        document = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise BadInput("is no publication: it has no manifest.json", file=str(folder)) from None
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(file)) from None
    except (ValueError, RecursionError):
        raise BadInput("is not JSON", file=str(file)) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BadInput("is not the manifest of a publication", file=str(file), remedy=FORMAT)
    try:
        manifest = PublicationManifest.model_validate(document)
    except ValidationError as error:
        raise first_fault(error, PublicationManifest, document, str(file)) from None
    paths = [each.path for each in manifest.files]
    for place, path in enumerate(paths):
        if not stays_inside(path) or paths.index(path) != place:
            raise BadInput(f"{path!r} leaves the folder or stands there twice", file=str(file))
    return manifest
