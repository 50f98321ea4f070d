"""Documents that go with the pages: the audit, for people as HTML, PDF and DOCX, for programs as JSON."""

from __future__ import annotations

from donghaeng.index.audit import audit, audit_files, audit_json, draws_of

from .material import Material
from .public_ranks import not_ranked

FOLDER = "audit"


def audit_documents(material: Material, threads: int = 1) -> dict[str, bytes]:
    """Every document by path in the folder; the language stands before the ending of its name.

    An audit ranks units on the whole index. Where they are not ranked on it in public, there is none.

    Raises:
        BadInput: where a choice cannot be carried out in a draw.
    """
    build = material.build
    several = len(build.panel.units) > 1
    if not material.audited or (several and build.index.top in not_ranked(build)):
        return {}
    found = audit(material.index, build.panel, draws_of(material.index, threads=threads))
    files: dict[str, str | bytes] = {"audit.json": audit_json(found)}
    for language in material.languages:
        files |= audit_files(found, material.index, language)
    return {
        f"{FOLDER}/{name}": content.encode() if isinstance(content, str) else content
        for name, content in files.items()
    }
