"""The catalogue: every sentence of the program in English, with its Korean in ``messages/ko.po``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("ko", "en")
FOLDER = Path(__file__).parent / "messages"


class Words:
    """The program's words in one language.

    >>> Words("ko")("Undetermined")
    '판단할 수 없음'
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, message: str, **values: Any) -> str:
        """``message`` in this language, with ``{name}`` filled in."""
        text = message if self.language == "en" else _translations(self.language)[message]
        return text.format(**values) if values else text

    def label(self, pair: tuple[str, str]) -> str:
        """The Korean or the English half of a label."""
        return pair[LANGUAGES.index(self.language)]


@cache
def _translations(language: str) -> dict[str, str]:
    from babel.messages.pofile import read_po

    with (FOLDER / f"{language}.po").open("rb") as file:
        catalogue = read_po(file)
    return {str(message.id): str(message.string) for message in catalogue if message.id}
