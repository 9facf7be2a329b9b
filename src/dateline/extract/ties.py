"""Which expression dates an act: the rules' answer weighed with how act and expression stand to each other.

The parser often hangs a day on the wrong verb ("used water cannon against migrants who threw stones *on
Tuesday*"), and the rules of :mod:`.when` follow it. Here every expression of the sentence is described by
named features (:func:`features`: what the rules say of it, the way between the two in the parse, what stands
between them, tense, kind of clause, kind of act) and scored with fitted weights (``data/dates/weights.tsv``,
written by ``training/ties.py``). The best one above zero dates the act, if it clearly beats the rules' own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract import choice, recode, syntax, when
from dateline.extract.datings import Act, Dated, tense_of
from dateline.extract.parties import log_odds

if TYPE_CHECKING:
    from spacy.tokens import Token

QUOTES = frozenset('"“”«»')
# How far the rules' answer must lie behind; folds of the corpus are alike from .3 to .75, files 09 want less.
MARGIN = 0.3
LINK, EVEN = 0.3, -2.0  # what the network's log odds count, and where they say nothing; chosen on files 09
AHEAD = frozenset({"AGREE", "CONCEDE", "THREATEN"})
SHORT = 6  # tokens between act and expression that are told one by one
OPENING = 4  # tokens with which a sentence opens
FARTHEST = 3  # steps of the parse told one by one


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of an act beside its words: PLOVER type, realis, and whether a rule recoded it."""

    event: str = ""
    realis: str = "actual"
    recoded: bool = False


def kind_of(act: recode.Act) -> Kind:
    """Return what is known of an act as it was recoded."""
    return Kind(act.event, act.judgement.realis, any(why.startswith("rule:") for why in act.why))


def is_done(kind: Kind) -> bool:
    """Tell an act told as over; promises and concessions are actual too but may lie ahead."""
    return kind.realis == "actual" and not kind.recoded and kind.event not in AHEAD


def candidates(act: Act, dates: Sequence[Dated], ruled: Dated | None) -> list[Dated]:
    """Return the expressions that may date an act: what the rules chose, and the others of its sentence."""
    sentence = act.token.sent
    others = [
        d for d in dates
        if d.timex.edtf is not None and sentence.start <= d.head.i < sentence.end
        and (ruled is None or d.head.i != ruled.head.i) and not _is_another_day(act, d)
    ]  # fmt: skip
    return [*([ruled] if ruled is not None else []), *others]


def _is_another_day(act: Act, dated: Dated) -> bool:
    """Tell the day of the vote in "deployed soldiers ahead of a vote on Sunday", which was not yet."""
    if dated.verb is not None or act.token.i in dated.nouns:
        return False
    return any(t.lower_ == "ahead" for t in dated.head.ancestors)


def chosen(
    act: Act, dates: Sequence[Dated], ruled: Dated | None, kind: Kind, rivals: Sequence[Act] = (),
    links: Mapping[int, float] | None = None,
) -> Dated | None:  # fmt: skip
    """Return the expression that dates an act, or None; ``ruled`` is the answer of the rules.

    ``rivals`` are the acts of the paragraph, which an expression may date instead; ``links`` says how
    probably each token belongs to a date of the act, as the network reads it.
    The rules stand unless they are clearly outweighed, by ``MARGIN``, by another expression or by none.
    """
    scored = [
        (
            choice.score(features(act, dated, ruled, kind, dates, rivals), weights())
            + linked(dated, links or {}),
            dated,
        )
        for dated in candidates(act, dates, ruled)
    ]
    best = max((score for score, _ in scored), default=0.0)
    if ruled is not None and (scored[0][0] > max(best, 0.0) - MARGIN or _stands(act, ruled)):
        return ruled
    return next((dated for score, dated in scored if score == best and score > 0), None)


def linked(dated: Dated, links: Mapping[int, float]) -> float:
    """Return what the network's links to an expression add to its score."""
    chances = [links[t.i] for t in dated.words if t.i in links]
    return LINK * (log_odds(max(chances)) - EVEN) if chances else 0.0


def _stands(act: Act, ruled: Dated) -> bool:
    """Tell what the codebook decides and the corpus has too seldom to be weighed.

    "after it *was disowned*, Albania took it in in 2016" is ``../2016``; "have *refused* food for 78 days";
    a year with which the sentence opens is that of all that the rules let it reach.
    """
    edtf = when.edtf_of(act, ruled) or ""
    if ruled.timex.relation == "duration":
        return edtf.endswith("/..")
    opens = ruled.head.i - act.token.sent.start < OPENING
    is_year = ruled.timex.granularity == "year" and ruled.timex.relation == "in"
    return is_year and (opens or edtf.startswith("../"))


def weights() -> Mapping[str, float]:
    """Return the weight of every feature."""
    return choice.weights("dates/weights.tsv")


# -- features ---------------------------------------------------------------------------------------------


def features(
    act: Act, dated: Dated, ruled: Dated | None, kind: Kind, dates: Sequence[Dated],
    rivals: Sequence[Act] = (),
) -> Iterator[str]:  # fmt: skip
    """Yield the names of what is true of an act and an expression; all but the first depend on the rules.

    ``rule`` stands for the expression the rules chose, ``other`` for one they passed over in favour of
    another, ``open`` for one of a sentence in which they chose none.
    """
    state = "open" if ruled is None else "rule" if ruled.head.i == dated.head.i else "other"
    yield state
    told = [*_alone(act, dated), *_act(act, kind), *_between(act, dated), *_rank(act, dated, dates)]
    told += [*_together(act, dated, kind), *_words(act, dated), *_rivals(act, dated, rivals)]
    for name in told:
        yield name
        yield f"{state}&{name}"


def _alone(act: Act, dated: Dated) -> Iterator[str]:
    timex = dated.timex
    yield f"relation:{timex.relation}"
    yield f"grain:{timex.granularity}"
    yield f"prep:{_preposition(dated.head)}"
    yield f"counted:{dated.counted}"
    yield f"future:{'future' in timex.flags}"
    sentence = act.token.sent
    yield f"opens:{dated.head.i - sentence.start < OPENING}"
    yield f"ends:{sentence.end - dated.head.i < 4}"
    verb = dated.verb
    if verb is not None:
        yield f"its-verb:{tense_of(verb)}:{verb.dep_}"
    else:
        yield f"inside:{dated.head.dep_}"


def _together(act: Act, dated: Dated, kind: Kind) -> Iterator[str]:
    """Yield what tells more with the way between act and expression than alone."""
    verb = syntax.clause_root(act.support or act.token)
    way = ("after" if dated.head.i > act.token.i else "before") + _path(act.support or act.token, dated)
    yield f"{way}&{kind.realis}"
    yield f"{way}&{clause_of(verb)}"
    yield f"{way}&{tense_of(verb) if syntax.is_verbal(verb) else act.token.dep_}"
    yield f"{way}&{dated.timex.granularity}"


def _words(act: Act, dated: Dated) -> Iterator[str]:
    """Yield the words that govern act and expression, and what kinds of words stand between the two."""
    verb = syntax.clause_root(act.support or act.token)
    yield f"governor:{verb.dep_}:{syntax.joined_to(verb).lemma_.lower()}"
    if dated.verb is not None:
        yield f"its-clause:{clause_of(dated.verb)}"
        yield f"its-word:{dated.verb.lemma_.lower()}"
        yield f"own-verb:{dated.verb.i == verb.i}"
    first, last = sorted((act.token.i, dated.head.i))
    if last - first <= SHORT:
        way = "after" if dated.head.i > act.token.i else "before"
        yield f"{way}:tags:{' '.join(t.tag_ for t in act.token.doc[first + 1 : last])}"


def _rivals(act: Act, dated: Dated, rivals: Sequence[Act]) -> Iterator[str]:
    """Yield how the other acts of the sentence stand to the expression."""
    others = [r for r in rivals if r.token.sent == act.token.sent and r.token.i != act.token.i]
    away = abs(act.token.i - dated.head.i)
    nearer = [r for r in others if abs(r.token.i - dated.head.i) < away]
    first, last = sorted((act.token.i, dated.head.i))
    yield f"rivals:{min(len(others), 3)}"
    yield f"nearer:{min(len(nearer), 3)}:of:{min(len(others), 3)}"
    yield f"between:{min(sum(first < r.token.i < last for r in others), 2)}"
    if dated.verb is not None:
        held = [r for r in others if syntax.clause_root(r.support or r.token).i == dated.verb.i]
        mine = syntax.clause_root(act.support or act.token).i == dated.verb.i
        yield f"held:{'both' if mine and held else 'own' if mine else bool(held)}"
        yield from (f"holder:{syntax.is_verbal(r.token)}:{syntax.is_verbal(act.token)}" for r in held[:1])


def _preposition(word: Token) -> str:
    return word.head.lower_ if word.dep_ == "pobj" else word.dep_


def _act(act: Act, kind: Kind) -> Iterator[str]:
    word = act.token
    verb = syntax.clause_root(act.support or word)
    verbal = syntax.is_verbal(word)
    yield f"realis:{kind.realis}"
    yield f"event:{kind.event}"
    yield f"recoded:{kind.recoded}"
    yield f"verbal:{verbal}"
    yield f"lemma:{word.lemma_.lower()}"
    yield f"tense:{tense_of(verb) if syntax.is_verbal(verb) else 'none'}"
    yield f"clause:{clause_of(verb)}"
    if not verbal:
        yield f"role:{word.dep_}:{_preposition(word)}"
        yield f"under:{word.head.lemma_.lower()}"
        yield f"of:{verb.lemma_.lower()}"


def clause_of(verb: Token) -> str:
    """Return what kind of clause a verb heads: "advcl after", "relcl", "conj own" (with a subject)."""
    mark = next((c.lower_ for c in verb.children if c.dep_ == "mark" or c.tag_ == "WRB"), "")
    if verb.dep_ == "pcomp":
        mark = verb.head.lower_
    parts = [verb.dep_, mark]
    if verb.dep_ == "conj" and syntax.first(verb, "nsubj", "nsubjpass", "expl") is not None:
        parts.append("own")
    return " ".join(part for part in parts if part)


def _between(act: Act, dated: Dated) -> Iterator[str]:
    first, last = sorted((act.token.i, dated.head.i))
    inner = act.token.doc[first + 1 : last]
    side = "after" if dated.head.i > act.token.i else "before"
    verbs = sum(t.pos_ == "VERB" for t in inner)
    gap = _bin(last - first, 2, 4, 7, 11, 16, 24)
    yield f"{side}:gap:{gap}"
    yield f"{side}:verbs:{min(verbs, 3)}"
    yield f"{side}:path:{_path(act.support or act.token, dated)}"
    for name, found in (
        ("comma", any(t.text == "," for t in inner)),
        ("semicolon", any(t.text in (";", ":", "-", "–", "—") for t in inner)),
        ("and", any(t.dep_ == "cc" for t in inner)),
        ("quote", any(t.text in QUOTES for t in inner)),
        ("relative", any(t.tag_ in ("WDT", "WP", "WRB") for t in inner)),
        ("mark", any(t.dep_ == "mark" for t in inner)),
        ("subject", any(t.dep_ in ("nsubj", "nsubjpass") for t in inner)),
        ("infinitive", any(t.tag_ == "TO" and t.dep_ == "aux" for t in inner)),
    ):
        if found:
            yield f"{side}:{name}"
            yield f"{side}:{name}:verbs:{min(verbs, 3)}"
    for token in inner:
        if token.dep_ == "mark" or token.tag_ == "WRB":
            yield f"{side}:mark:{token.lower_}"


def _bin(value: int, *bounds: int) -> int:
    return sum(value >= bound for bound in bounds)


def _path(word: Token, dated: Dated) -> str:
    """Return the way in the parse from the act's verb to the expression's: up, then down."""
    verb = syntax.clause_root(word)
    target = dated.verb if dated.verb is not None else dated.head
    above = [verb, *verb.ancestors]
    ways = {token.i: n for n, token in enumerate(above)}
    down = []
    node = target
    while node.i not in ways and node.head.i != node.i:
        down.append(node.dep_)
        node = node.head
    up = [token.dep_ for token in above[: ways.get(node.i, 0)]]
    if len(up) + len(down) > FARTHEST + 1:
        return f"far:{min(len(up), 4)}:{min(len(down), 4)}"
    noun = "" if dated.verb is not None else "noun"
    return f"{'>'.join(up)}|{'<'.join(down)}{noun}"


def _rank(act: Act, dated: Dated, dates: Sequence[Dated]) -> Iterator[str]:
    """Yield how the expression ranks among those of the sentence."""
    sentence = act.token.sent
    inside = [d for d in dates if sentence.start <= d.head.i < sentence.end and d.timex.edtf is not None]
    order = sorted(inside, key=lambda d: (abs(d.head.i - act.token.i), d.head.i))
    place = next((n for n, d in enumerate(order) if d.head.i == dated.head.i), 0)
    yield f"rank:{min(place, 3)}"
    yield f"count:{min(len(inside), 3)}"
