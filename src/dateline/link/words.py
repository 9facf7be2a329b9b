"""Words as linking sees them: folded, without function words, cut to a stem, weighed by rarity.

The weights are those of a fixed table (``lexicon/en/frequency.tsv``), never of the collection at hand:
how alike two reports are must not depend on what else has been read, or the order of arrival would show.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline import tables

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))*|\d+(?:[.,]\d+)*")
FREQUENCY_COLUMNS = ("stem", "reports")
STOP_COLUMNS = ("word",)
SYNONYM_COLUMNS = ("id", "words", "note")
IRREGULAR_COLUMNS = ("form", "lemma")
DOUBLES = re.compile(r"^\w*[^\Waeiou_][aeiou][bdglmnprt]$")
SUFFIXES = ("ings", "ing", "edly", "ed", "es", "s", "ly")
SHORTEST_STEM, SHORTEST_VERB = 4, 3
ALL = "*"  # the row of the frequency table that says how many reports were counted


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its place in code points, as written, and its stem."""

    start: int
    end: int
    text: str
    stem: str


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return a word in lower case, with plain apostrophes and without accents."""
    word = word.casefold().replace("’", "'")
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word[:100])
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return the stem of a word: inflection undone by a table and a few suffixes, numbers unseparated."""
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    found = fold(word).removesuffix("'s").strip("'")
    found = irregular().get(found, found)
    for suffix in SUFFIXES:
        if found.endswith(suffix) and _may_lose(found, suffix):
            found = found.removesuffix(suffix)
            break
    if found.endswith("e") and len(found) > SHORTEST_STEM:
        found = found[:-1]
    return found[:-1] + "y" if found.endswith("i") and len(found) > 3 else found


def _may_lose(word: str, suffix: str) -> bool:
    """Tell whether what is left is a stem: long enough, and not "spe" of "speed" or "pas" of "pass"."""
    shortest = SHORTEST_VERB if suffix in ("ed", "ing") else SHORTEST_STEM
    return len(word) - len(suffix) >= shortest and not word.endswith(("ss", "eed"))


def words(text: str) -> Iterator[Word]:
    """Yield every word and number of a text, function words included."""
    for match in WORD.finditer(text):
        yield Word(match.start(), match.end(), match[0], stem(match[0]))


def content(text: str) -> list[str]:
    """Return the stems of a text's content words, in order."""
    return [s for s in map(_content_stem, WORD.findall(text)) if s]


@lru_cache(maxsize=1 << 17)
def _content_stem(word: str) -> str:
    """Return the stem of a word, empty for what carries no content."""
    found = stem(word)
    return found if len(found) > 1 and found not in function_words() else ""


@cache
def function_words() -> frozenset[str]:
    """Return the stems that carry no content: articles, pronouns, auxiliaries, "said"."""
    return frozenset(stem(row["word"]) for row in tables.read("lexicon/en/function.tsv", STOP_COLUMNS))


@cache
def irregular() -> dict[str, str]:
    """Return the irregular forms of verbs and nouns with their base forms."""
    rows = tables.read("lexicon/en/irregular.tsv", IRREGULAR_COLUMNS)
    return {row["form"]: row["lemma"] for row in rows}


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Return for each word for an act, and for its stem, the groups of like words it belongs to."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.read("lexicon/en/synonyms.tsv", SYNONYM_COLUMNS):
        for word in tables.alternatives(row["words"]):
            for form in (word, " ".join(map(stem, word.split())), *_doubled(word)):
                found[form].add(row["id"])
    return {word: frozenset(ids) for word, ids in found.items()}


def _doubled(word: str) -> Iterator[str]:
    """Yield the stem of forms that double the last letter: "expell" of "expelled", "bann" of "banned"."""
    if DOUBLES.search(word):
        yield stem(f"{word}{word[-1]}ed")


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    rows = tables.read("lexicon/en/frequency.tsv", FREQUENCY_COLUMNS)
    counts = {row["stem"]: int(row["reports"]) for row in rows}
    return counts.pop(ALL), counts


@lru_cache(maxsize=1 << 17)
def rarity(found: str) -> float:
    """Return the weight of a stem: the logarithm of how rarely reports hold it (a rare one near 7)."""
    total, counts = _frequencies()
    return math.log((1 + total) / (1 + counts.get(found, 0)))
