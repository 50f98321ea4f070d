"""Korean particles (조사), which depend on whether the word before them ends in a consonant."""

from __future__ import annotations

# Particle after a final consonant, and after a vowel.
PAIRS = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이므로": ("이므로", "므로"),
}
# Digits as they are read aloud: 영 일 이 삼 사 오 육 칠 팔 구.
DIGIT_ENDS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
FIRST_SYLLABLE, SYLLABLES, FINALS, RIEUL = 0xAC00, 11172, 28, 8
BOTH = {
    "은": "은(는)",
    "이": "이(가)",
    "을": "을(를)",
    "과": "과(와)",
    "으로": "(으)로",
    "이므로": "(이)므로",
}
QUOTES = "」』”’\"' "
SIGNS = ("+", "−", "×", "÷")


def with_particle(word: str, particle: str) -> str:
    """``word`` with the form of ``particle`` that belongs to it.

    >>> with_particle("생계급여", "은"), with_particle("소득평가액", "은"), with_particle("85%", "이")
    ('생계급여는', '소득평가액은', '85%가')
    """
    after_consonant, after_vowel = PAIRS[particle]
    final = _final(word)
    if final is None:  # a word in Latin letters: the reader knows how it sounds
        return word + BOTH[particle]
    if particle == "으로" and final == RIEUL:
        return word + after_vowel
    return word + (after_consonant if final else after_vowel)


def _final(word: str) -> int | None:
    """Number of the final consonant of the last sound; 0 for a vowel, ``None`` if it is not known."""
    text = word.rstrip(QUOTES)
    if text.endswith(")"):
        before = text[: text.rindex("(")].rstrip(QUOTES) if "(" in text else ""
        text = before if before and not before.endswith(SIGNS) else text.rstrip(QUOTES + ")")
    last = text[-1:]
    if last == "%":  # 퍼센트
        return 0
    last = DIGIT_ENDS.get(last, last)
    if last and 0 <= ord(last) - FIRST_SYLLABLE < SYLLABLES:
        return (ord(last) - FIRST_SYLLABLE) % FINALS
    return None
