"""Source and target spans after CAMEO (ConfliBERT's data; Skorupa Parolin et al., AIES 2022).

Format: a token and its BIO tag a line (S source, T target, R both of a reciprocal act), a blank line
between sentences. Score: entity-level F1 as seqeval counts it.

The spans are the parties of the sentence's main trigger. What a span covers was chosen on half of the
training set: the whole noun phrase with its article, apposition and phrases of place or belonging, no
relative clause; each conjunct on its own, but those who act on each other together as one R; and the
act's object, if what it names is no actor ("rejected *the minister's proposal*").
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline import errors, parse
from dateline.evaluate.result import Result
from dateline.evaluate.sentences import Entity, Rebuilt, entities, is_choosing, plain_report, rebuild
from dateline.extract import roles, syntax
from dateline.extract.actors import Cast, find_actors
from dateline.extract.triggers import Hit, find_triggers
from dateline.gazetteer import gazetteer
from dateline.lexicon import lexicon
from dateline.parse import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

Json = dict[str, Any]
Range = tuple[int, int]

# Prepositions whose phrase belongs to the name of a party.
INSIDE = frozenset(
    {
        "of",
        "in",
        "near",
        "from",
        "at",
        "to",
        "by",
        "on",
        "between",
        "within",
        "under",
        "for",
        "with",
        "against",
    }
)
# What stands before a noun without belonging to it.
APART = frozenset({"relcl", "cc", "punct", "npadvmod"})
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "CONCEDE", "SUPPORT"})
# Names of months and days, which are nobody's: "called *on Friday* for".
CALENDAR = frozenset(
    name.lower()
    for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
    for name in names
    if name
)
# Where the target of an act stands when its row names no recipient.
TARGETS = ("on", "against", "to", "for", "with", "in", "of")

PUBLISHED: tuple[tuple[str, dict[str, float]], ...] = (
    ("ConfliBERT, supervised, test part", {"F1": 0.740}),
    ("best published, supervised, test part", {"F1": 0.752}),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens and, where not blanked, their tags."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...] | None


# -- reading ------------------------------------------------------------------------------------------------


def load(path: Path) -> list[Sentence]:
    """Read a file of tagged tokens; raise EvaluationError if it is not one."""
    try:
        blocks = path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n\n")
        return [_sentence(block.strip("\n").split("\n")) for block in blocks if block.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None
    except ValueError as error:
        raise errors.EvaluationError(f"{path}: not a file of tokens and tags: {error}") from None


def _sentence(lines: list[str]) -> Sentence:
    pairs = [line.split() for line in lines]
    if any(len(pair) not in (1, 2) for pair in pairs):
        raise ValueError(f"more or fewer than a token and a tag in {lines[0]!r} …")
    tags = tuple(pair[1] for pair in pairs if len(pair) == 2)
    if tags and len(tags) != len(pairs):
        raise ValueError(f"only some tokens are tagged in {lines[0]!r} …")
    if any(tag != "O" and tag[:2] not in ("B-", "I-") for tag in tags):
        raise ValueError(f"a tag is neither O nor B- nor I- in {lines[0]!r} …")
    return Sentence(tuple(pair[0] for pair in pairs), tags or None)


# -- predicting ---------------------------------------------------------------------------------------------


def predict(tokens: tuple[str, ...]) -> list[str]:
    """Return a tag for each token."""
    rebuilt = rebuild(tokens)
    paragraphs = parse.read(plain_report(rebuilt.text))
    cast = find_actors(paragraphs, gazetteer(), lexicon())
    tags = ["O"] * len(tokens)
    for paragraph in paragraphs:
        hits = find_triggers(paragraph, cast, lexicon())
        for label, piece in _parties(paragraph, cast, hits):
            _write(tags, label, piece, paragraph, rebuilt)
    return tags


def _write(tags: list[str], label: str, piece: Range, paragraph: Paragraph, rebuilt: Rebuilt) -> None:
    span = paragraph.span(paragraph.doc[piece[0] : piece[1]])
    place = rebuilt.tokens(span.start, span.end)
    if place is None or any(tags[n] != "O" for n in range(*place)):
        return
    tags[place[0] : place[1]] = [f"B-{label}"] + [f"I-{label}"] * (place[1] - place[0] - 1)


def _parties(paragraph: Paragraph, cast: Cast, hits: list[Hit]) -> Iterator[tuple[str, Range]]:
    """Yield the labelled token ranges of the parties of the main act."""
    sources, targets, reciprocal = _main(paragraph, cast, hits)
    if reciprocal:
        yield from (("R", piece) for piece in _joined(sources))
        return
    yield from (("S", _phrase(token)) for token in sources)
    yield from (("T", _phrase(token)) for token in targets)


def _main(paragraph: Paragraph, cast: Cast, hits: list[Hit]) -> tuple[list[Token], list[Token], bool]:
    """Return sources, targets and whether the act is reciprocal, for the main trigger."""
    if not hits:
        return (*_of_main_verb(paragraph), False)
    filled = [(hit, *_filled(hit, paragraph, cast)) for hit in hits]
    hit, sources, targets = min(filled, key=lambda f: (not (f[1] and f[2]), _depth(f[0]), f[0].token.i))
    mutual = not hit.row.recipient.alternatives or (not targets and hit.row.event in RECIPROCAL)
    if mutual and len(sources) > 1:
        return sources, [], True
    return sources or _subject(hit), targets or _object(hit, sources), False


def _depth(hit: Hit) -> int:
    return len(list(hit.token.ancestors))


def _filled(hit: Hit, paragraph: Paragraph, cast: Cast) -> tuple[list[Token], list[Token]]:
    """Return the parties of a trigger as the set sees them: whole objects, names instead of pronouns."""
    actors, recipients = roles.party_tokens(hit, paragraph, cast)
    sources = list(dict.fromkeys(n for t in actors for n in _named(t)))
    targets = list(dict.fromkeys(_whole(t, hit) for t in recipients if _is_party(t)))
    return sources, [t for t in targets if t not in sources]


def _is_party(token: Token) -> bool:
    """Tell a party from a day or a number."""
    return token.lower_ not in CALENDAR and token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ")


def _named(token: Token) -> list[Token]:
    """Return who stands for a pronoun or a statement: the subject of the clause it stands in."""
    verb = syntax.clause_root(token)
    if token.tag_ == "PRP" and token.dep_ == "nsubj" and verb.dep_ == "ccomp":
        return syntax.surface_subject(verb.head) or [token]
    if token.tag_ == "PRP$" or (token.dep_ == "dobj" and token.pos_ == "NOUN"):
        return syntax.surface_subject(verb) or [token]
    return [token]


def _subject(hit: Hit) -> list[Token]:
    verb = hit.support if hit.support is not None else syntax.clause_root(hit.token)
    return syntax.surface_subject(verb) if syntax.is_verbal(verb) else []


def _of_main_verb(paragraph: Paragraph) -> tuple[list[Token], list[Token]]:
    """Return subject and object of a sentence without a trigger."""
    for token in paragraph.doc:
        if token.dep_ == "ROOT" and syntax.is_verbal(token):
            return syntax.logical_subject(token), syntax.logical_object(token)
    return [], []


def _object(hit: Hit, sources: list[Token]) -> list[Token]:
    """Return what the act is about where its row names no recipient or none is there."""
    objects = syntax.logical_object(hit.token) if syntax.is_verbal(hit.token) else []
    found = [t for t in objects if t.i not in hit.used]
    around = [hit.token, *(t for t in objects if t.i in hit.used), *([hit.support] if hit.support else [])]
    nouns = [pair for token in around for pair in syntax.prepositions(token) if _is_party(pair[1])]
    for wanted in TARGETS:
        found = found or [c for p, n in nouns if p == wanted for c in syntax.conjuncts(n)]
    return [t for t in found if t not in sources]


def _whole(token: Token, hit: Hit) -> Token:
    """Return the object a party is named in: "rejected the minister's *proposal*"."""
    if not syntax.is_verbal(hit.token):
        return token
    takes = any(slot.startswith("obj.") for joined in hit.row.recipient.alternatives for slot in joined)
    for noun in syntax.logical_object(hit.token):
        if (takes or noun.i not in hit.used) and noun.is_ancestor(token) and _inside(token, noun):
            return noun
    return token


def _inside(token: Token, noun: Token) -> bool:
    """Tell what belongs to a noun's phrase from what is coordinated with it."""
    while token.head.i != noun.i:
        token = token.head
    return token.dep_ != "conj"


def _joined(tokens: list[Token]) -> list[Range]:
    """Return the phrases of reciprocal parties, coordinated ones as one."""
    pieces: list[Range] = []
    for token in sorted(tokens, key=lambda t: t.i):
        start, end = _phrase(token)
        if pieces and token.dep_ == "conj" and start - pieces[-1][1] <= 2:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces


def _phrase(noun: Token) -> Range:
    """Return the noun phrase as the set draws it."""
    start = min([noun.i] + [t.left_edge.i for t in noun.lefts if t.dep_ not in APART])
    end = max(noun.i + 1, *(e for e in _right_ends(noun)), noun.i + 1)
    while end > noun.i + 1 and noun.doc[end - 1].is_punct and noun.doc[end - 1].text not in ")”\"'":
        end -= 1
    words = [t.text for t in noun.doc[start:end]]
    if "(" in words and ")" not in words and end < len(noun.doc) and noun.doc[end].text == ")":
        end += 1
    return start, end


def _right_ends(noun: Token) -> Iterator[int]:
    for child in noun.rights:
        if child.dep_ == "appos":
            yield _phrase(child)[1]
        elif child.dep_ == "prep" and child.lower_ in INSIDE:
            target = syntax.first(child, "pobj")
            if target is not None and target.lower_ not in CALENDAR:
                yield _phrase(target)[1]
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"):
            yield child.right_edge.i + 1


# -- scoring ------------------------------------------------------------------------------------------------


def evaluate(path: Path) -> Result:
    """Tag every sentence and score those that have tags."""
    sentences = load(path)
    rows = [{"row": n, "tokens": list(s.tokens), "tags": predict(s.tokens)} for n, s in enumerate(sentences)]
    return Result("cameo-ner", score(sentences, rows), PUBLISHED, tuple(rows))


def score(sentences: list[Sentence], rows: list[Json]) -> dict[str, float]:
    """Return entity-level precision, recall and F1: over all, by label, and over the two halves."""
    pairs = [(s, set(entities(r["tags"]))) for s, r in zip(sentences, rows, strict=True) if s.tags]
    if not pairs:
        return {}
    scores = {"sentences": float(len(pairs)), **_measures(pairs, "")}
    for label in "STR":
        scores[f"F1 of {label}"] = _measures(pairs, label)["F1"]
    for name, wanted in (("choosing", True), ("checking", False)):
        half = [pair for pair in pairs if is_choosing(rebuild(pair[0].tokens).text) == wanted]
        scores[f"F1, {name} half"] = _measures(half, "")["F1"]
    return scores


def _measures(pairs: Iterable[tuple[Sentence, set[Entity]]], label: str) -> dict[str, float]:
    """Count entities of a label (all labels if it is empty) that agree in label, start and end."""
    right = wanted = written = 0
    for sentence, ours in pairs:
        gold = {e for e in entities(sentence.tags or ()) if e[0].startswith(label)}
        found = {e for e in ours if e[0].startswith(label)}
        right, wanted, written = right + len(gold & found), wanted + len(gold), written + len(found)
    precision, recall = right / (written or 1), right / (wanted or 1)
    return {"precision": precision, "recall": recall, "F1": 2 * right / ((wanted + written) or 1)}
