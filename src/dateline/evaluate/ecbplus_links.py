"""Chain given event mentions across documents by their words: heads, arguments, sentences, documents.

For texts outside the coder's domain (ECB+ tells of earthquakes and film stars), where neither event types nor
actor codes help. Documents are clustered first; then pairs of mentions whose heads are one word, one root or
synonyms (``lexicon/en/synonyms.tsv``), or whose sentences are much alike, are judged by a weighted sum. The
weights (:data:`WEIGHTS`) were fitted to ECB+ train by logistic regression; nothing here reads gold chains.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy
from numpy.typing import NDArray

from dateline.link import clusters, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NAME = 1.5  # weight of names and numbers among the words of a document
SAME_DOCUMENTS = 0.15  # mean cosine at which documents tell one story
STRANGERS = 0.02  # a cosine of documents below which their mentions are not compared
ALIKE = 0.35  # cosine of two sentences at which mentions with different heads are compared
SAME_EVENT = 0.30
ROOT = 5  # letters that the stems of one root share
MOST = 0.5  # a cosine of documents beyond this says no more
ARGUMENTS = frozenset(
    "nsubj nsubjpass dobj pobj poss compound amod agent prep attr appos nmod npadvmod dative nummod "
    "conj".split()
)
GOVERNED = frozenset("dobj pobj xcomp conj nsubj nsubjpass attr ccomp advcl relcl acl compound".split())
DEPTH = 3
LIGHT = frozenset("say be have make take do go get come tell give report put call announce follow".split())
WEIGHTS = {
    "base": -3.61, "lemma": 0.34, "root": 0.56, "synonym": 0.11,
    "sentence": -0.81, "documents": 1.47, "cluster": 0.62, "lemma × cluster": 2.61, "near × cluster": 2.30,
    "lemma × sentence": 1.10, "near × sentence": 0.39, "one document": 0.01, "one sentence": -0.73,
    "light": -1.21, "light × sentence": 0.04, "arguments": 0.58, "lemma × arguments": -0.01,
    "near × arguments": 0.08, "no argument shared": -0.76, "no argument shared × lemma": 0.15,
    "one part of speech": 0.12, "frequency": -0.07, "lemma × rarity": 0.76,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """A mention as given: its document, sentence, and the numbers of its tokens in the sentence."""

    document: str
    sentence: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A mention with what its parsed sentence says of it."""

    given: Given
    lemma: str
    verb: bool
    synonyms: frozenset[str]
    sentence: dict[str, float]
    arguments: dict[str, float]

    @property
    def root(self) -> str:
        """Return the first letters of the head's stem."""
        return words.stem(self.lemma)[:ROOT]


# -- reading ----------------------------------------------------------------------------------------------


def read(given: Given, sentence: Doc) -> Read:
    """Return a mention with its head, synonyms, and the weighed words of its sentence and arguments."""
    own = set(given.tokens)
    inside = [sentence[i] for i in given.tokens if i < len(sentence)]
    head = next((t for t in inside if t.head.i not in own or t.head.i == t.i), inside[0])
    lemma = head.lemma_.lower()
    near = {t.i for t in _arguments(head, own)} - own
    known = words.synonyms()
    return Read(
        given, lemma, head.pos_ == "VERB",
        known.get(lemma, frozenset()) | known.get(words.stem(lemma), frozenset()),
        _bag(t.text for t in sentence if t.i not in own), _bag(sentence[i].text for i in sorted(near)),
    )  # fmt: skip


def _arguments(head: Token, own: set[int]) -> Iterator[Token]:
    """Yield the words of what depends on a mention's head, and of its governor's subject and object."""
    yield from _below(head, own, 0)
    if head.dep_ not in GOVERNED:
        return
    for child in head.head.children:
        if child.i != head.i and child.dep_ in ("nsubj", "nsubjpass", "dobj", "poss"):
            yield child
            yield from _below(child, own, 1)
    if head.dep_ in ("compound", "amod"):
        yield head.head


def _below(token: Token, own: set[int], depth: int) -> Iterator[Token]:
    for child in token.children:
        if child.i not in own and (child.dep_ in ARGUMENTS or depth == 0):
            yield child
            if depth < DEPTH:
                yield from _below(child, own, depth + 1)


def _bag(texts: Iterator[str]) -> dict[str, float]:
    found = {s: words.rarity(s) for text in texts for s in words.content(text)}
    length = math.sqrt(math.fsum(w * w for w in found.values())) or 1.0
    return {s: w / length for s, w in found.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return math.fsum(w * other[s] for s, w in one.items() if s in other)


# -- documents --------------------------------------------------------------------------------------------


def document_likeness(documents: Mapping[str, Sequence[Doc]]) -> NDArray[Any]:
    """Return the cosines of documents; words are weighed by how few of these documents hold them."""
    bags = [_document_bag(documents[name]) for name in sorted(documents)]
    holders = Counter(stem for bag in bags for stem in bag)
    column = {stem: number for number, stem in enumerate(sorted(holders))}
    matrix = numpy.zeros((len(bags), len(column)))
    for row, bag in zip(matrix, bags, strict=True):
        for stem, weight in bag.items():
            heavy = 1.0 + math.log(weight) if weight > 1 else weight
            row[column[stem]] = heavy * math.log((1 + len(bags)) / (1 + holders[stem]))
    matrix /= numpy.sqrt((matrix * matrix).sum(axis=1, keepdims=True)).clip(min=1e-12)
    likeness: NDArray[Any] = matrix @ matrix.T
    return likeness


def _document_bag(sentences: Sequence[Doc]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for token in (t for sentence in sentences for t in sentence):
        for stem in words.content(token.text):
            found[stem] += NAME if token.pos_ == "PROPN" or stem[0].isdigit() else 1.0
    return found


def document_clusters(likeness: NDArray[Any]) -> list[int]:
    """Return the number of its cluster for each document, in the order of their names."""
    count = len(likeness)
    links = [
        (i, j, float(likeness[i, j]))
        for i in range(count)
        for j in range(i + 1, count)
        if likeness[i, j] > STRANGERS
    ]
    home = [0] * count
    for number, group in enumerate(clusters.cluster(count, links, SAME_DOCUMENTS)):
        for document in group:
            home[document] = number
    return home


# -- pairs ------------------------------------------------------------------------------------------------


def chains(documents: Mapping[str, Sequence[Doc]], given: Sequence[Given]) -> list[list[int]]:
    """Return the chains of the given mentions as lists of their numbers; ``documents`` are parsed."""
    likeness = document_likeness(documents)
    home = document_clusters(likeness)
    place = {name: number for number, name in enumerate(sorted(documents))}
    mentions = [read(one, documents[one.document][one.sentence]) for one in given]
    frequency = Counter(m.lemma for m in mentions)
    links = []
    for a, one in enumerate(mentions):
        for b in range(a):
            other = mentions[b]
            ends = place[one.given.document], place[other.given.document]
            alike = 1.0 if ends[0] == ends[1] else float(likeness[ends])
            if alike < STRANGERS:
                continue
            score = judge(one, other, alike, home[ends[0]] == home[ends[1]], frequency)
            if score > 0.03:
                links.append((b, a, score))
    return clusters.cluster(len(mentions), links, SAME_EVENT)


def judge(one: Read, other: Read, alike: float, clustered: bool, frequency: Counter[str]) -> float:
    """Return how likely two mentions denote one event (0 to 1), 0 where nothing speaks for it."""
    lemma = one.lemma == other.lemma
    root = not lemma and one.root == other.root
    synonym = not lemma and not root and bool(one.synonyms & other.synonyms)
    sentence = _cosine(one.sentence, other.sentence)
    if not (lemma or root or synonym or sentence > ALIKE):
        return 0.0
    near = root or synonym
    arguments = _cosine(one.arguments, other.arguments)
    apart = bool(one.arguments and other.arguments) and arguments == 0
    document = one.given.document == other.given.document
    light = one.lemma in LIGHT or other.lemma in LIGHT
    values = {
        "base": 1.0, "lemma": lemma, "root": root, "synonym": synonym, "sentence": sentence,
        "documents": min(alike, MOST), "cluster": clustered, "lemma × cluster": lemma and clustered,
        "near × cluster": near and clustered, "lemma × sentence": lemma * sentence,
        "near × sentence": near * sentence, "one document": document,
        "one sentence": document and one.given.sentence == other.given.sentence, "light": light,
        "light × sentence": light * sentence, "arguments": arguments, "lemma × arguments": lemma * arguments,
        "near × arguments": near * arguments, "no argument shared": apart,
        "no argument shared × lemma": apart and lemma, "one part of speech": one.verb == other.verb,
        "frequency": math.log(min(frequency[one.lemma], frequency[other.lemma])),
        "lemma × rarity": lemma * words.rarity(words.stem(one.lemma)) / 7,
    }  # fmt: skip
    total = math.fsum(WEIGHTS[name] * float(value) for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-total))
