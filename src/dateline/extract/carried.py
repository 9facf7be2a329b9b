"""Which date an act takes over that no words of its own sentence date: that of an act told before it.

"Six gunmen opened fire near Luxor on Monday. Police shot dead all the attackers": the shooting is of Monday,
too, but other acts without a date go on to something else. Each date that may be taken over
(:func:`options`: that of the act told last, of the same parties' last act of the same kind, and of the first
act that is news) is described by named features of the two acts (how far apart they are, tense, kind of
clause and act, parties in common) and scored with fitted weights (``data/dates/carried.tsv``, written by
``training/ties.py``), to which the network's probability that another sentence dates the act is added. The
best one above zero is inherited; that of the same act told again in the same words always is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from typing import TYPE_CHECKING

from dateline.extract import choice, phrases, recode, syntax, ties
from dateline.extract.datings import Dated, tense_of
from dateline.extract.parties import log_odds
from dateline.extract.states import Key
from dateline.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

Links = Mapping[Key, float]
WITHIN = frozenset({"in", "during"})
NEWS = 7  # days before the publication of which an act is news
SUREST = 5  # logarithm of the odds: surer counts no more
DAY = len("2022-07-15")  # a year or a month says too little of the act beside
READ, EVEN = 0.3, -1.0  # what the network's log odds count, and where they say nothing; chosen on files 09


@dataclass(frozen=True, slots=True)
class Told:
    """An act that was dated by its words: its date, its paragraph's number, and the words that date it."""

    act: recode.Act
    date: str
    paragraph: int
    words: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A date that may be taken over, the act that has it, and what that act is to the act without one.

    ``kind``: ``again`` (told before, by the same word, or part of it: "killed *in the raid*"), ``same`` (the
    same parties' last act of the same kind), ``last`` (told) or ``news``.
    """

    told: Told
    kind: str


def key_of(act: recode.Act) -> tuple[str, frozenset[str | None], frozenset[str | None]]:
    """Return who did what kind of act to whom, by the codes."""
    return act.event, frozenset(a.code for a in act.actor), frozenset(a.code for a in act.recipient)


def options(act: recode.Act, paragraph: int, told: Sequence[Told], published: str | None) -> list[Option]:
    """Return the dates that an act of a paragraph may take over, from the acts told before it."""
    key = key_of(act)
    again = next((t for t in reversed(told) if _is_again(act, paragraph, t)), None)
    same = next((t for t in reversed(told) if key_of(t.act) == key), None)
    news = next((t for t in told if _is_news(t.date, published)), None)
    found: dict[int, Option] = {}
    for kind, one in (("same", same), ("last", told[-1] if told else None), ("news", news)):
        if one is not None and one is not again and _may_lend(one, act, paragraph):
            found.setdefault(id(one), Option(one, kind))
    return [*([Option(again, "again")] if again else []), *found.values()]


def _may_lend(told: Told, act: recode.Act, paragraph: int) -> bool:
    """Tell a whole day that another sentence gives; what is denied may lie long back and takes none over."""
    apart = paragraph != told.paragraph or act.hit.token.sent != told.act.hit.token.sent
    return apart and len(told.date) >= DAY and act.judgement.realis != "negated"


def _is_news(date: str, published: str | None) -> bool:
    """Tell a single day of the week up to the publication."""
    try:
        ago = (Day.fromisoformat((published or "")[:10]) - Day.fromisoformat(date)).days
    except ValueError:
        return False
    return 0 <= ago < NEWS


def chosen(
    act: recode.Act, paragraph: int, found: Sequence[Option], dates: Sequence[Dated], chance: float,
    links: Links,
) -> str | None:  # fmt: skip
    """Return the date that an act of a paragraph takes over, or None.

    ``found`` are its :func:`options`, ``chance`` is the network's that another sentence dates it, ``links``
    tells which words it takes for the act's date.
    """
    again = next((o for o in found if o.kind == "again"), None)
    if again is not None:
        return again.told.date
    scored = [
        (
            choice.score(features(act, paragraph, option, dates, links), weights()),
            option.told.date,
        )
        for option in found
    ]
    score, date = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return date if score + READ * (log_odds(chance) - EVEN) > 0 else None


def _is_again(act: recode.Act, paragraph: int, told: Told) -> bool:
    return _is_told_again(act, paragraph, told) or _is_within(act, told)


def _is_told_again(act: recode.Act, paragraph: int, told: Told) -> bool:
    """Tell "its decision to *cut* ties" after "*cut* ties on Wednesday": one word, in another sentence."""
    word, other = act.hit.token, told.act.hit.token
    apart = paragraph != told.paragraph or word.sent != other.sent
    return apart and word.lemma_ == other.lemma_ and _may_be_one(act, told.act)


def _is_within(act: recode.Act, told: Told) -> bool:
    """Tell "nine guards were *killed* in the raid" after "attacked a mine last month"."""
    verb = syntax.clause_root(act.hit.support or act.hit.token)
    nouns = [noun for prep, noun in syntax.prepositions(verb) if prep in WITHIN and phrases.is_definite(noun)]
    rows = (row for noun in nouns for row in lexicon().triggers.get(("noun", noun.lemma_.lower()), ()))
    return any(row.event == told.act.event for row in rows)


def _may_be_one(act: recode.Act, other: recode.Act) -> bool:
    """Tell acts of one type whose sides have a code in common, where both have codes."""
    (event, *sides), (as_event, *others) = key_of(act), key_of(other)
    known = ((one - {None}, two - {None}) for one, two in zip(sides, others, strict=True))
    return event == as_event and all(not one or not two or one & two for one, two in known)


def weights() -> Mapping[str, float]:
    """Return the weight of every feature."""
    return choice.weights("dates/carried.tsv")


# -- features ---------------------------------------------------------------------------------------------


def features(
    act: recode.Act, paragraph: int, option: Option, dates: Sequence[Dated], links: Links
) -> Iterator[str]:
    """Yield the names of what is true of an act and a date that it may take over."""
    away = _away(act, paragraph, option.told)
    state = f"{option.kind}&{away}"
    yield state
    yield f"linked:{_linked(option.told, links)}"
    for name in (*_alone(act), *_both(act, option.told), *_around(act, dates)):
        yield name
        yield f"{state}&{name}"


def _linked(told: Told, links: Links) -> str:
    """Return how surely the network links the words of a date to an act, as whole logarithm of the odds."""
    chances = [links[word] for word in told.words if word in links]
    return choice.odds_class(max(chances), SUREST) if chances else "absent"


def _away(act: recode.Act, paragraph: int, told: Told) -> str:
    """Return how far apart two acts are: in one sentence, so many sentences or so many paragraphs."""
    if paragraph != told.paragraph:
        return f"paragraphs:{min(paragraph - told.paragraph, 3)}"
    first, last = sorted((told.act.hit.token.i, act.hit.token.i))
    between = sum(t.is_sent_start is True for t in act.hit.token.doc[first + 1 : last + 1])
    return f"sentences:{min(between, 3)}"


def _alone(act: recode.Act) -> Iterator[str]:
    word = act.hit.token
    verb = syntax.clause_root(act.hit.support or word)
    yield f"realis:{act.judgement.realis}"
    yield f"event:{act.event}"
    yield f"lemma:{word.lemma_.lower()}"
    yield f"clause:{ties.clause_of(verb)}"
    yield f"tense:{_tense(verb)}"
    yield f"root:{_tense(word.sent.root)}"
    yield f"main:{verb.i == word.sent.root.i}"
    if not syntax.is_verbal(word):
        yield f"role:{word.dep_}"
        yield from (f"of:{c.lower_}" for c in word.children if c.dep_ in ("det", "poss", "amod"))
    yield from (f"with:{c.lower_}" for c in verb.children if c.dep_ in ("advmod", "npadvmod"))
    yield f"first:{word.sent[0].lower_}"


def _both(act: recode.Act, told: Told) -> Iterator[str]:
    yield f"grain:{len(told.date)}"
    yield f"kind:{act.event == told.act.event}"
    yield f"kinds:{told.act.event}>{act.event}"
    yield f"word:{act.hit.token.lemma_ == told.act.hit.token.lemma_}"
    one, other = ([{p.code for p in x.actor if p.code}, {p.code for p in x.recipient if p.code}]
                  for x in (act, told.act))  # fmt: skip
    for name, mine, theirs in (
        ("actor", one[0], other[0]), ("recipient", one[1], other[1]), ("turned", one[0], other[1])
    ):  # fmt: skip
        yield f"{name}:{'open' if not mine or not theirs else bool(mine & theirs)}"
    before = syntax.clause_root(told.act.hit.support or told.act.hit.token)
    here = syntax.clause_root(act.hit.support or act.hit.token)
    yield f"tenses:{_tense(before)}>{_tense(here)}"
    yield f"clauses:{ties.clause_of(before)}>{ties.clause_of(here)}"


def _around(act: recode.Act, dates: Sequence[Dated]) -> Iterator[str]:
    """Yield what the act's own sentence says of time without dating it."""
    sentence = act.hit.token.sent
    own = [d for d in dates if sentence.start <= d.head.i < sentence.end and d.timex.edtf is not None]
    yield f"dates:{min(len(own), 2)}"
    yield from (f"grain-here:{d.timex.granularity}" for d in own)


def _tense(verb: Token) -> str:
    return tense_of(verb) if syntax.is_verbal(verb) else "none"
