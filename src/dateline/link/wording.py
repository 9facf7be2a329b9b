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

ALIGNED = 0.40  # likeness from which on two sentences are tellings of one: see _likeness
LEAST_SHARED = 0.25  # cosine below which the order of the words is not looked at
LONGEST_CHANGE = 8  # a longer stretch is another text: nothing is said of its single words
QUOTES = '"“”«»„'
LONGEST_SCARE = 6  # words in a pair of scare quotes
TOKEN = re.compile(rf"[{QUOTES}]|{words.WORD.pattern}|[^\w\s]")
DATELINE = re.compile(
    r"(?:[A-Z][^\n()]{1,60}\([^()\n]{2,40}\)|\([A-Z][^()\n]{1,40}\)|[A-Z]{3,}[^\n(]{0,40}?)\s*(?:--|—|–|-)\s+"
)
PASSIVE = frozenset("was were been being is are be".split())
NEGATIONS = frozenset("not never no n't cannot without".split())


# What was done, and the stretches of both sides (first and end) to which it was done.
Step = tuple[str, int, int, int, int]


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
class Label:
    """A noun phrase by which a report names an actor: its place, the actor's code, whether it judges."""

    start: int
    end: int
    code: str | None
    loaded: bool


def touched(labels: Sequence[Label], side: Sequence[Token]) -> list[Label]:
    """Return the labels that a stretch of tokens touches."""
    if not side:
        return []
    return [n for n in labels if n.start < side[-1].end and side[0].start < n.end]


# -- sentences --------------------------------------------------------------------------------------------


def align(
    base: Sequence[Span], ours: Sequence[Span], titles: tuple[str, str] = ("", "")
) -> list[tuple[int, int, float]]:
    """Pair the sentences of two reports one to one, the most alike first; return them in our order.

    A title (``titles`` are those of both) is paired with a title only.
    """
    weighed = [[_weights(span.text) for span in side] for side in (base, ours)]
    scored = sorted(
        (-_likeness(base[i], ours[j], _cosine(b, o)), j, i)
        for i, b in enumerate(weighed[0])
        for j, o in enumerate(weighed[1])
        if (base[i].text == titles[0]) == (ours[j].text == titles[1])
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


def _likeness(base: Span, ours: Span, cosine: float) -> float:
    """Return the mean of how many weighty words two sentences share and how many stand in one order."""
    if cosine < LEAST_SHARED:
        return 0.0
    sides = [[w.stem for w in words.words(span.text)] for span in (base, ours)]
    same_order = difflib.SequenceMatcher(None, sides[0], sides[1], autojunk=False).ratio()
    return (cosine + same_order) / 2


def without_dateline(span: Span) -> Span:
    """Return a sentence without the place, day and agency before its first words."""
    match = DATELINE.match(span.text)
    return span if match is None else Span(span.start + match.end(), span.end, span.text[match.end() :])


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


def edits(base: Span, ours: Span, named: tuple[Sequence[Label], Sequence[Label]] = ((), ())) -> list[Edit]:
    """Return what was changed from one telling of a sentence to another, in our order.

    ``named`` are the labels of the base report and of ours.
    """
    before, after = tokens(base), tokens(ours)
    folded = [[words.fold(t.text) for t in side] for side in (before, after)]
    matcher = difflib.SequenceMatcher(None, folded[0], folded[1], autojunk=False)
    found: list[Edit] = []
    for op, i1, i2, j1, j2 in _with_participles(matcher.get_opcodes(), before, after):
        old, new = before[i1:i2], after[j1:j2]
        if op == "equal":
            found += _newly_quoted(base, ours, old, new)
            continue
        if not any(t.is_word for t in (*old, *new)):
            continue
        kinds = _kinds(old, new, before, after, j1, named)
        found.append(Edit(_span(base, before, i1, i2), _span(ours, after, j1, j2), kinds))
    return found


def _with_participles(
    steps: Sequence[Step], before: Sequence[Token], after: Sequence[Token]
) -> Iterator[Step]:
    """Let a change that makes a passive of an active verb take in the verb, though its word is the same."""
    moved = 0  # how much of a step the one before it has taken
    for place, (op, first, i2, begins, j2) in enumerate(steps):
        i1, j1, moved = first + moved, begins + moved, 0
        following = steps[place + 1] if place + 1 < len(steps) else None
        if op != "equal" and following is not None and following[0] == "equal":
            act = _passive(before, after, j1, j2)
            if act is not None and j2 <= act < following[4]:
                moved = act + 1 - j2
        if i1 < i2 + moved or j1 < j2 + moved:
            yield op, i1, i2 + moved, j1, j2 + moved


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
                _span(base, old, run[0], run[-1] + 1),
                _span(ours, new, run[0], run[-1] + 1),
                ("scare-quotes",),
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
    return frozenset(
        words.stem(lemma) for pos, lemma in lexicon().triggers if pos == "verb" and " " not in lemma
    )


@cache
def _distancing() -> frozenset[str]:
    return frozenset(words.fold(pattern) for pattern in lexicon().distancing)


@cache
def _loaded() -> frozenset[str]:
    return frozenset(words.stem(word) for word in lexicon().loaded if " " not in word)


def _kinds(
    old: Sequence[Token], new: Sequence[Token], before: Sequence[Token], after: Sequence[Token],
    place: int, named: tuple[Sequence[Label], Sequence[Label]],
) -> tuple[str, ...]:  # fmt: skip
    kinds = []
    short = max(len(old), len(new)) <= LONGEST_CHANGE
    if _steps_back(old, new, touched(named[1], new)):
        kinds.append("distancing")
    if any(t.quoted for t in new) and not any(t.quoted for t in old):
        kinds.append("scare-quotes")
    if short and _other_verb(old, new):
        kinds.append("verb")
    if _vouches(old) and not _vouches(new) and not _vouches(after):
        kinds.append("attribution")
    if _passive(before, after, place, place + len(new)) is not None:
        kinds.append("agentless")
    if _other_label(old, new, (touched(named[0], old), touched(named[1], new)), short):
        kinds.append("label")
    if short and _numbers(old) != _numbers(new) and _numbers(new):
        kinds.append("figure")
    if short and _negated(old) != _negated(new):
        kinds.append("negation")
    return tuple(kinds) or ("replaced" if old and new else "inserted" if new else "dropped",)


def _steps_back(old: Sequence[Token], new: Sequence[Token], labels: Sequence[Label]) -> bool:
    """Tell whether words of distance come in ("so-called", "alleged"); "claimed" only before a name."""
    found = (_phrases(new) - _phrases(old)) & _distancing()
    if found - {"claimed", "professed"}:
        return True
    return any(words.fold(t.text) in found and touched(labels, [t]) for t in new)


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


def _passive(before: Sequence[Token], after: Sequence[Token], first: int, end: int) -> int | None:
    """Return the place of an act told actively before whose passive without "by" begins in a stretch."""
    active = {t.stem for i, t in enumerate(before) if t.is_word and not _after_be(before, i)}
    for place in range(first, end):
        if words.fold(after[place].text) not in PASSIVE:
            continue
        acts = (n for n in range(place + 1, min(place + 4, len(after))) if after[n].stem in active)
        act = next((n for n in acts if _verb_form(after[n]) == "ed"), None)
        if act is not None and "by" not in (words.fold(t.text) for t in after[place : place + 9]):
            return act
    return None


def _after_be(side: Sequence[Token], place: int) -> bool:
    return any(words.fold(t.text) in PASSIVE for t in side[max(0, place - 2) : place])


def _other_label(
    old: Sequence[Token], new: Sequence[Token], named: tuple[list[Label], list[Label]], short: bool
) -> bool:
    """Tell whether a judging word comes in, or one actor is named by other words."""
    came = {t.stem for t in new if t.is_word} - {t.stem for t in old} - words.function_words()
    if came & _loaded():
        return True
    codes = [{n.code for n in side if n.code} for side in named]
    return short and bool(came) and bool(codes[0] & codes[1])


def _numbers(side: Sequence[Token]) -> frozenset[str]:
    return frozenset(t.stem for t in side if t.text[0].isdigit() or words.fold(t.text) in _number_words())


@cache
def _number_words() -> frozenset[str]:
    from dateline.link.figures import TENS, UNITS, VAGUE

    return frozenset([*UNITS[1:], *TENS, *VAGUE])


def _negated(side: Sequence[Token]) -> bool:
    return any(words.fold(t.text) in NEGATIONS for t in side)
