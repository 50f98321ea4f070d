"""With what a publication was made: what may change the bytes of a file and never a figure in it."""

from __future__ import annotations

import hashlib
import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version

# What draws the charts, and the pages that hold them; what sets documents in type.
PICTURES = ("altair", "vl-convert-python", "Jinja2")
DOCUMENTS = (*PICTURES, "weasyprint", "python-docx", "fonts")
BY_ENDING = {
    ".svg": PICTURES,
    ".html": PICTURES,
    ".pdf": DOCUMENTS,
    ".docx": DOCUMENTS,
    ".xml": ("sdmx1",),
}


@cache
def tools_here() -> dict[str, str]:
    """The version of every tool, and a hash of the fonts; empty where there is none."""
    names = dict.fromkeys(name for tools in BY_ENDING.values() for name in tools)
    return {name: _fonts() if name == "fonts" else _version(name) for name in names}


def made_alike(path: str, tools: dict[str, str]) -> bool:
    """Whether the tools on which the bytes of a file depend are those that were used."""
    ending = path[path.rfind(".") :]
    here = tools_here()
    return all(tools.get(name) == here[name] for name in BY_ENDING.get(ending, ()))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fonts() -> str:
    """The fonts that a document can be set in, as fontconfig lists them."""
    try:
        listed = subprocess.run(
            ["fc-list", ":", "family", "style", "fontversion"],
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    return hashlib.sha256(b"\n".join(sorted(listed.splitlines()))).hexdigest()[:16]
