"""What a sentence does in its report: brings the main event, recalls an older one, comments, expects …

The nine functions are those of Choubey et al. (ACL 2020), after van Dijk: ``Main``,
``Main_Consequence``, ``Cause_Specific`` (a previous event), ``Cause_General`` (current context),
``Distant_Historical``, ``Distant_Anecdotal``, ``Distant_Evaluation``,
``Distant_Expectations_Consequences``, and ``NA``. :func:`features` describes each sentence by named
features (place in the report, words, tense, dates, quotation, names already told, the neighbours);
a linear chain (:mod:`dateline.chain`) turns them into labels, with what a reader of the whole report
(:mod:`dateline.document`) makes of the network's states as one more voice; ``training/discourse.py`` and
``training/document.py`` fit the two.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline import chain, document, model
from dateline.extract import syntax
from dateline.extract.datings import tense_of
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph
from dateline.timex import Timex, time_expressions, values

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

NEWS = frozenset({"Main", "Main_Consequence"})
PAST = frozenset({"Cause_Specific", "Distant_Historical"})  # what happened before the main event

QUOTES = frozenset('"“”«»')
ENDS = frozenset(".?!”\"'")
LEAST = math.log(1e-4)  # what a label's logarithm counts at least

FIRST_PERSON = frozenset("i we me us my our mine ours myself ourselves".split())
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
DULL = frozenset("be have say do go get make take year day week month people time".split())
CENTRAL = 12  # so many of the words that recur most stand for what the report is about
JOINED = frozenset(
    {"told-tense", "ages", "quotes", "first-person", "title-share", "central-share", "names", "known"}
)
JOINS = (
    ("told-tense", "ages"), ("told-tense", "central-share"), ("ages", "central-share"),
    ("quotes", "first-person"), ("told-tense", "quotes"), ("title-share", "told-tense"), ("names", "known"),
)  # fmt: skip
# Upper bounds in days before publication, and the name of the bin below each.
AGES = (
    (-1, "future"),
    (1, "today"),
    (7, "week"),
    (21, "weeks"),
    (62, "months"),
    (400, "year"),
    (1500, "years"),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence as the discourse reading sees it: its tokens, and whether a paragraph begins with it."""

    tokens: Tokens
    opens: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The function of a sentence, and how probable each of the nine is (they sum to 1)."""

    label: str
    probabilities: dict[str, float]


def units(paragraphs: Sequence[Paragraph]) -> list[Unit]:
    """Return the sentences of a report's body in order (the title is none of them)."""
    return [
        Unit(sentence, number == 0)
        for paragraph in paragraphs
        if not paragraph.is_title
        for number, sentence in enumerate(paragraph.sentences())
    ]


def read(sentences: Sequence[Unit], title: str, published: str | None, lexicon: Lexicon) -> list[Reading]:
    """Return the function of each sentence of one report, by the chain and the network together."""
    labels = chain.chain("discourse")
    described = features(sentences, title, published, lexicon)
    decoded = labels.decode(described, _leaning(sentences, labels), kinds(sentences))
    return [
        Reading(label, dict(zip(labels.labels, row, strict=True)))
        for label, row in zip(*decoded, strict=True)
    ]


def kinds(sentences: Sequence[Unit]) -> list[int]:
    """Return the kind of step to each sentence: 0 to one that opens a paragraph, 1 within a paragraph."""
    return [int(not unit.opens) for unit in sentences]


def _leaning(sentences: Sequence[Unit], labels: chain.Chain) -> list[list[float]]:
    """Return what the network adds to each label of each sentence."""
    return [[labels.share * score for score in row] for row in heard(sentences, labels.labels)]


def heard(sentences: Sequence[Unit], labels: Sequence[str]) -> list[list[float]]:
    """Return what the network makes of each sentence: the logarithm of the probability of each label."""
    whole = document.reader("discourse")
    order = [whole.labels.index(label) for label in labels]
    rows = whole.read(vectors(sentences), kinds(sentences))
    return [[max(float(row[n]), LEAST) for n in order] for row in rows]


def vectors(sentences: Sequence[Unit]) -> list[model.Scores]:
    """Return the network's state at the beginning of each sentence."""
    words = [[t.text for t in unit.tokens if not t.is_space] for unit in sentences]
    (readings,) = model.network().read([words])
    return [reading.state for reading in readings]


# -- features ---------------------------------------------------------------------------------------------


def features(
    sentences: Sequence[Unit], title: str, published: str | None, lexicon: Lexicon
) -> list[list[str]]:
    """Return the named features of each sentence, those of its neighbours with ``<`` and ``>``."""
    day = _day(published)
    seen = _Told(title, sentences)
    own: list[list[str]] = []
    shared: list[list[str]] = []
    paragraph = 0
    for number, unit in enumerate(sentences):
        paragraph += unit.opens
        both = [*_shape(unit.tokens), *_verbs(unit.tokens), *_saying(unit.tokens, lexicon)]
        both += [*_dates(unit.tokens, published, day), *seen.compare(unit.tokens)]
        both += _opening(unit.tokens)
        shared.append(both)
        place = [*_position(number, len(sentences), unit.opens), f"paragraph:{min(paragraph, 8)}"]
        own.append([*place, *both, *_together(both, number), *_words(unit.tokens)])
    return [
        [
            *row, *_beside("<", shared, number - 1), *_beside(">", shared, number + 1),
            *_farther("<<", shared, number - 2), *_farther(">>", shared, number + 2),
        ]
        for number, row in enumerate(own)
    ]  # fmt: skip


def _together(found: Sequence[str], number: int) -> Iterator[str]:
    """Join what tells more together than alone: tense and age, tense and subject, age and place."""
    one = {kind: name for name in found for kind, _, _ in [name.partition(":")] if kind in JOINED}
    place = _bin(number, 1, 3, 6, 12)
    for first, second in JOINS:
        yield f"{one.get(first, first)}&{one.get(second, second)}"
    for kind in ("ages", "told-tense", "title-share", "quotes"):
        yield f"{one.get(kind, kind)}@{place}"


def _farther(mark: str, rows: list[list[str]], number: int) -> list[str]:
    """Return of the sentence after next only tense, age and quotation."""
    if not 0 <= number < len(rows):
        return [f"{mark}none"]
    return [mark + name for name in rows[number] if name.startswith(("told-tense:", "ages:", "quotes:"))]


def _beside(mark: str, rows: list[list[str]], number: int) -> list[str]:
    if not 0 <= number < len(rows):
        return [f"{mark}none"]
    return [mark + feature for feature in rows[number]]


def _position(number: int, count: int, opens: bool) -> Iterator[str]:
    yield f"at:{min(number, 12)}"
    yield f"tenth:{10 * number // count}"
    yield f"left:{min(count - number, 6)}"
    yield f"count:{min(count // 8, 6)}"
    yield f"opens:{opens}"
    if number < 6:
        yield f"at:{number}:opens:{opens}"


def _bin(value: float, *bounds: float) -> int:
    return sum(value >= bound for bound in bounds)


def _shape(tokens: Tokens) -> Iterator[str]:
    words = [t for t in tokens if not t.is_punct and not t.is_space]
    yield f"length:{_bin(len(words), 4, 8, 13, 19, 26, 34)}"
    yield f"end:{tokens[-1].text[-1:] in ENDS}"
    yield f"names:{_bin(sum(t.pos_ == 'PROPN' for t in tokens), 1, 3, 6, 10)}"
    yield f"numbers:{_bin(sum(t.like_num for t in tokens), 1, 2, 4)}"
    if any(t.text in ("%", "$", "percent") for t in tokens):
        yield "amount"
    if "?" in tokens.text:
        yield "question"
    if any(len(t.text) > 3 and t.text.isupper() for t in words):
        yield "capitals"


def _verbs(tokens: Tokens) -> Iterator[str]:
    root = tokens.root
    found = {tense_of(v) for v in tokens if syntax.is_verbal(v)}
    yield f"root:{root.lemma_.lower()}"
    yield f"root-tense:{tense_of(root) if syntax.is_verbal(root) else 'none'}"
    told = _told_verb(root)
    yield f"told-tense:{tense_of(told) if syntax.is_verbal(told) else 'none'}"
    yield f"told:{told.lemma_.lower()}"
    for tense in sorted(found):
        yield f"tense:{tense}"
    if not found:
        yield "verbless"


def _told_verb(root: Token) -> Token:
    """Return the verb of what is said, when the root is a verb of saying with a clause, else the root."""
    clause = syntax.first(root, "ccomp")
    return clause if clause is not None else root


def _saying(tokens: Tokens, lexicon: Lexicon) -> Iterator[str]:
    marks = sum(t.text in QUOTES for t in tokens)
    yield f"quotes:{min(marks, 2)}"
    yield f"quote-start:{tokens[0].text in QUOTES}"
    people = sum(t.lower_ in FIRST_PERSON for t in tokens)
    yield f"first-person:{min(people, 2)}"
    for token in tokens:
        cue = lexicon.cues.get(("verb", token.lemma_.lower())) if syntax.is_verbal(token) else None
        if cue is None:
            continue
        subject = syntax.first(token, "nsubj", "nsubjpass")
        kind = subject.pos_ if subject is not None else "none"
        yield f"cue:{cue.kind}"
        yield f"cue:{cue.kind}:{kind}:{tense_of(token)}"
        if subject is not None and token.i == tokens.root.i:
            yield f"speaker:{subject.lemma_.lower() if kind != 'PROPN' else 'NAME'}"


def _dates(tokens: Tokens, published: str | None, day: date | None) -> Iterator[str]:
    found = time_expressions(tokens.text, published)
    ages = sorted({age for timex in found if (age := _age(timex, day))})
    for age in ages:
        yield f"age:{age}"
    yield f"ages:{'+'.join(ages) or 'none'}"
    for timex in found:
        yield f"timex:{timex.type}:{timex.granularity}"
        yield f"relation:{timex.relation}"


def _age(timex: Timex, day: date | None) -> str | None:
    bounds = values.interval(timex.value) if timex.type in ("DATE", "TIME") else None
    last = values.last_day(bounds[1]) if bounds else None
    if timex.value in ("PRESENT_REF", "PAST_REF", "FUTURE_REF"):
        return timex.value
    if last is None or day is None:
        return None
    gap = (day - last).days
    return next((name for bound, name in AGES if gap <= bound), "old")


class _Told:
    """What the report has told so far: the words of the title, of the lead, every name, and what recurs."""

    def __init__(self, title: str, sentences: Sequence[Unit]) -> None:
        self.title = {w for w in _plain(title) if len(w) > 3}
        counted = Counter(word for unit in sentences for word in _content(unit.tokens))
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        self.central = {word for word, count in ranked[:CENTRAL] if count > 1}
        self.lead: set[str] = set()
        self.known: set[str] = set()
        self.last: set[str] = set()

    def compare(self, tokens: Tokens) -> list[str]:
        """Return features that compare a sentence with what was told before, then add it."""
        words = _content(tokens)
        forms = {t.lower_ for t in tokens}
        subject = _subject(tokens)
        found = [
            f"title:{_bin(len(self.title & (forms | words)), 1, 2, 3, 4, 6)}",
            f"title-share:{_share(self.title & (forms | words), self.title)}",
            f"lead:{_bin(len(self.lead & words), 1, 2, 3, 4, 6)}",
            f"lead-share:{_share(self.lead & words, words)}",
            f"known:{_share(self.known & words, words)}",
            f"central:{_bin(len(self.central & words), 1, 2, 3, 4, 6)}",
            f"central-share:{_share(self.central & words, self.central)}",
            f"root-in-title:{tokens.root.lemma_.lower() in self.title}",
            f"last:{_bin(len(self.last & words), 1, 2, 4)}",
            *self._subject(subject),
        ]
        if not self.lead and len(words) >= 5:
            self.lead = words
        self.known |= words
        self.last = words
        return found

    def _subject(self, subject: Token | None) -> Iterator[str]:
        if subject is None:
            yield "subject:none"
            return
        word = subject.lemma_.lower()
        yield f"subject:{subject.pos_}:{subject.tag_}"
        if subject.pos_ == "PRON":
            yield f"subject:{word}"
        place = "title" if word in self.title else "lead" if word in self.lead else ""
        yield f"subject:{place or ('known' if word in self.known else 'new')}:{subject.pos_}"


def _content(tokens: Tokens) -> set[str]:
    return {t.lemma_.lower() for t in tokens if t.pos_ in CONTENT} - DULL


def _share(part: set[str], whole: set[str]) -> int:
    return _bin(len(part) / len(whole), 0.01, 0.15, 0.3, 0.45, 0.6, 0.8) if whole else -1


def _plain(text: str) -> set[str]:
    return {"".join(c for c in word if c.isalnum()).lower() for word in text.split()}


def _subject(tokens: Tokens) -> Token | None:
    return syntax.first(_told_verb(tokens.root), "nsubj", "nsubjpass", "expl")


def _opening(tokens: Tokens) -> Iterator[str]:
    words = [t.lower_ for t in tokens if not t.is_space and t.text not in QUOTES][:3]
    if words:
        yield f"first:{words[0]}"
    if len(words) > 1:
        yield f"first:{words[0]} {words[1]}"


def _words(tokens: Tokens) -> Iterator[str]:
    lemmas = [_form(t) for t in tokens if not t.is_space]
    yield from sorted({f"w:{word}" for word in lemmas})
    yield from sorted({f"w:{a} {b}" for a, b in pairwise(lemmas)})
    tags = [t.tag_ for t in tokens if not t.is_space and not t.is_punct]
    yield from sorted({f"t:{a} {b}" for a, b in pairwise(tags)})


def _form(token: Token) -> str:
    """Return the word as a feature: names and figures are classes, the rest its lemma."""
    if token.like_num or token.text[:1].isdigit():
        return "YEAR" if len(token.text) == 4 and token.text[:2] in ("19", "20") else "NUM"
    return "NAME" if token.pos_ == "PROPN" and not token.is_stop else token.lemma_.lower()


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
