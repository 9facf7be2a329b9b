"""Wording: two tellings of one sentence, aligned word by word, and what the changes do.

:func:`align` pairs the sentences of two reports; :func:`edits` compares a pair and names each change:
``distancing`` and ``scare-quotes`` (the outlet steps back), ``verb`` (said → claimed, killed → murdered),
``attribution`` (nobody vouches any longer), ``agentless`` (a passive without its agent), ``label`` (another
or a judging name), ``figure``, ``negation``, and ``inserted``, ``dropped``, ``replaced`` for the rest.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import lexicon
from dateline.link import words
from dateline.records import Span

ALIGNED = 0.30  # cosine of two sentences, by the rarity of their words, from which on they are one sentence
KEPT = 0.15  # share of the words that must be the same in both
QUOTES = "\"“”«»„"
LONGEST_SCARE = 6  # words in a pair of scare quotes
TOKEN = re.compile(rf"[{QUOTES}]|{words.WORD.pattern}|[^\w\s]")
PASSIVE = frozenset("was were been being is are be".split())
NEGATIONS = frozenset("not never no n't cannot without".split())
ACCORDING = ("according", "to")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: its place in the report, the text, its stem, whether it stands in short quotes."""

    start: int
    end: int
    text: str
    stem: str
    quoted: bool

    @property
    def is_word(self) -> bool:
        """Tell whether it is a word or a number rather than a sign."""
        return self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class Edit:
    """A change from ``base`` to ``ours``; either side may be empty. ``kinds`` say what it does."""

    base: Span
    ours: Span
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Spans by which a report names actors, and whether each judges: start → (end, loaded)."""

    spans: dict[int, tuple[int, bool]]

    def over(self, start: int, end: int) -> list[bool]:
        """Return, for each label that a stretch touches, whether it is loaded."""
        return [loaded for s, (e, loaded) in sorted(self.spans.items()) if s < end and start < e]


# -- sentences --------------------------------------------------------------------------------------------


def align(base: Sequence[Span], ours: Sequence[Span]) -> list[tuple[int, int, float]]:
    """Pair the sentences of two reports one to one, the most alike first; return them in our order."""
    weighed = [[_weights(span.text) for span in side] for side in (base, ours)]
    scored = sorted(
        (-_cosine(b, o), j, i) for i, b in enumerate(weighed[0]) for j, o in enumerate(weighed[1])
    )
    taken_base: set[int] = set()
    taken_ours: set[int] = set()
    pairs = []
    for negative, j, i in scored:
        if -negative < ALIGNED:
            break
        if i not in taken_base and j not in taken_ours:
            taken_base.add(i)
            taken_ours.add(j)
            pairs.append((i, j, -negative))
    return sorted(pairs, key=lambda pair: pair[1])


def _weights(text: str) -> dict[str, float]:
    found = {s: words.rarity(s) for s in words.content(text)}
    length = sum(w * w for w in found.values()) ** 0.5 or 1.0
    return {s: w / length for s, w in found.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(w * other[s] for s, w in one.items() if s in other)


# -- words ------------------------------------------------------------------------------------------------


def tokens(span: Span) -> list[Token]:
    """Return the words and signs of a sentence, quotation marks left out, short quotations marked."""
    found: list[Token] = []
    opened: int | None = None
    for match in TOKEN.finditer(span.text):
        start, end = span.start + match.start(), span.start + match.end()
        if match[0] in QUOTES:
            if opened is not None and len(found) - opened <= LONGEST_SCARE:
                found[opened:] = [Token(t.start, t.end, t.text, t.stem, True) for t in found[opened:]]
            opened = len(found) if opened is None else None
            continue
        stem = words.stem(match[0]) if match[0][0].isalnum() else match[0]
        found.append(Token(start, end, match[0], stem, False))
    return found


def edits(base: Span, ours: Span, labels: Labels) -> list[Edit]:
    """Return what was changed from one telling of a sentence to another, in our order.

    ``labels`` are those of our report.
    """
    before, after = tokens(base), tokens(ours)
    folded = [[words.fold(t.text) for t in side] for side in (before, after)]
    matcher = difflib.SequenceMatcher(None, folded[0], folded[1], autojunk=False)
    found: list[Edit] = []
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            found += _newly_quoted(base, ours, before[i1:i2], after[j1:j2])
            continue
        old, new = before[i1:i2], after[j1:j2]
        if not any(t.is_word for t in (*old, *new)):
            continue
        kinds = _kinds(old, new, before, after, (i1, j1), labels)
        found.append(Edit(_span(base, before, i1, i2), _span(ours, after, j1, j2), kinds))
    return found


def unchanged(base: Span, ours: Span) -> float:
    """Return the share of words that two tellings have in common, in order (0 to 1)."""
    sides = [[words.fold(t.text) for t in tokens(span)] for span in (base, ours)]
    return difflib.SequenceMatcher(None, sides[0], sides[1], autojunk=False).ratio()


def _span(sentence: Span, side: Sequence[Token], first: int, last: int) -> Span:
    if first == last:
        place = side[first - 1].end if first else sentence.start
        return Span(place, place, "")
    start, end = side[first].start, side[last - 1].end
    return Span(start, end, sentence.text[start - sentence.start : end - sentence.start])


def _newly_quoted(base: Span, ours: Span, old: Sequence[Token], new: Sequence[Token]) -> Iterator[Edit]:
    """Yield the stretches of equal words that stand in short quotes in our telling only."""
    run: list[int] = []
    for place in range(len(new) + 1):
        if place < len(new) and new[place].quoted and not old[place].quoted:
            run.append(place)
            continue
        if run:
            yield Edit(
                _span(base, old, run[0], run[-1] + 1), _span(ours, new, run[0], run[-1] + 1), ("scare-quotes",)
            )
            run = []


# -- what a change does -----------------------------------------------------------------------------------


@cache
def _cues() -> frozenset[str]:
    found = (lemma for pos, lemma in lexicon().cues if pos in ("verb", "noun"))
    return frozenset(words.stem(lemma) for lemma in found if " " not in lemma)


@cache
def _speaking() -> frozenset[str]:
    cues = lexicon().cues.items()
    said = (lemma for (pos, lemma), cue in cues if pos == "verb" and cue.kind in ("say", "claim", "write"))
    return frozenset(words.stem(lemma) for lemma in said if " " not in lemma)


@cache
def _acts() -> frozenset[str]:
    return frozenset(words.stem(lemma) for pos, lemma in lexicon().triggers if pos == "verb" and " " not in lemma)


@cache
def _distancing() -> frozenset[str]:
    return frozenset(words.fold(pattern) for pattern in lexicon().distancing)


@cache
def _loaded() -> frozenset[str]:
    return frozenset(words.stem(word) for word in lexicon().loaded if " " not in word)


def _kinds(
    old: Sequence[Token], new: Sequence[Token], before: Sequence[Token], after: Sequence[Token],
    place: tuple[int, int], labels: Labels,
) -> tuple[str, ...]:  # fmt: skip
    kinds = []
    if _steps_back(old, new, labels):
        kinds.append("distancing")
    if any(t.quoted for t in new) and not any(t.quoted for t in old):
        kinds.append("scare-quotes")
    if _other_verb(old, new):
        kinds.append("verb")
    if _vouches(old) and not _vouches(new) and not _vouches(after):
        kinds.append("attribution")
    if _agentless(new, before, after, place[1]):
        kinds.append("agentless")
    if _other_label(old, new, labels):
        kinds.append("label")
    if _numbers(old) != _numbers(new) and _numbers(new):
        kinds.append("figure")
    if _negated(old) != _negated(new):
        kinds.append("negation")
    return tuple(kinds) or ("replaced" if old and new else "inserted" if new else "dropped",)


def _steps_back(old: Sequence[Token], new: Sequence[Token], labels: Labels) -> bool:
    """Tell whether words of distance come in ("so-called", "alleged"); "claimed" only before a noun."""
    came = _phrases(new) - _phrases(old)
    found = came & _distancing()
    return bool(found - {"claimed", "professed"}) or any(
        words.fold(t.text) in found and labels.over(t.start, t.end) for t in new
    )


def _phrases(side: Sequence[Token]) -> set[str]:
    """Return the folded words of a stretch, and runs of up to three joined by hyphens ("so-called")."""
    folded = [words.fold(t.text) for t in side]
    runs = {"".join(folded[i : i + n]) for n in (1, 3) for i in range(len(folded) - n + 1)}
    return runs | {" ".join(folded[i : i + 2]) for i in range(len(folded) - 1)}


def _verb_form(token: Token) -> str | None:
    """Return the ending by which a word looks like a verb (``ed``, ``ing``), or None."""
    folded = words.fold(token.text)
    if folded in words.irregular():
        return "ed"
    known = token.stem in _cues() or token.stem in _acts()
    return next((e for e in ("ed", "ing") if folded.endswith(e)), "s" if known else None)


def _other_verb(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Tell whether a verb was replaced by another of the same form, neither of them an auxiliary."""
    verbs = [
        {(form, t.stem) for t in side if t.is_word and t.text.islower() and (form := _verb_form(t))}
        for side in (old, new)
    ]
    gone, came = verbs[0] - verbs[1], verbs[1] - verbs[0]
    return any(a[0] == b[0] and a[1] != b[1] for a in gone for b in came)


def _vouches(side: Sequence[Token]) -> bool:
    stems = [t.stem for t in side]
    if any(s in _speaking() for s in stems):
        return True
    return any(tuple(stems[i : i + 2]) == ("accord", "to") for i in range(len(stems) - 1))


def _agentless(new: Sequence[Token], before: Sequence[Token], after: Sequence[Token], place: int) -> bool:
    """Tell whether an act told actively before is told in a passive without "by" now."""
    active = {t.stem for i, t in enumerate(before) if t.is_word and not _after_be(before, i)}
    for offset, token in enumerate(new):
        if words.fold(token.text) not in PASSIVE:
            continue
        following = after[place + offset + 1 : place + offset + 4]
        acts = [t for t in following if t.stem in active and _verb_form(t) == "ed"]
        rest = [words.fold(t.text) for t in after[place + offset : place + offset + 9]]
        if acts and "by" not in rest:
            return True
    return False


def _after_be(side: Sequence[Token], place: int) -> bool:
    return any(words.fold(t.text) in PASSIVE for t in side[max(0, place - 2) : place])


def _other_label(old: Sequence[Token], new: Sequence[Token], labels: Labels) -> bool:
    """Tell whether a judging word comes in, or an actor is named by other words."""
    came = {t.stem for t in new} - {t.stem for t in old}
    if came & _loaded():
        return True
    content = [t for t in new if t.is_word and t.stem in came and t.stem not in words.function_words()]
    lost = [t for t in old if t.is_word and t.stem not in words.function_words()]
    if not content:
        return False
    touched = labels.over(content[0].start, content[-1].end)
    return any(touched) or bool(lost and touched)


def _numbers(side: Sequence[Token]) -> frozenset[str]:
    return frozenset(t.stem for t in side if t.text[0].isdigit() or words.fold(t.text) in _number_words())


@cache
def _number_words() -> frozenset[str]:
    from dateline.link.figures import TENS, UNITS, VAGUE

    return frozenset([*UNITS[1:], *TENS, *VAGUE])


def _negated(side: Sequence[Token]) -> bool:
    return any(words.fold(t.text) in NEGATIONS for t in side)
