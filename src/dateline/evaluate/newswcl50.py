"""How outlets word the same actor: cross-document chains of NewsWCL50 (Hamborg et al.), mentions given.

PATH is the CoNLL file; topic = first part of a document's name. Published baseline, same head lemma: about
51. Predictions: the file in CoNLL form with our chains (numbered through the whole file).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline import parse
from dateline.evaluate import clustering, conll
from dateline.evaluate.conll import Document, Mention
from dateline.evaluate.result import Result
from dateline.link import chains

if TYPE_CHECKING:
    from spacy.tokens import Token

PUBLISHED = (("same head lemma (about)", {"conll_f1": 51.0}),)
NO_WORD = "\\n"


def evaluate(path: Path) -> Result:
    """Chain the given mentions topic by topic; score CoNLL F1, mean over topics, beside the baseline."""
    topics: dict[str, list[Document]] = {}
    for document in conll.read(path):
        topics.setdefault(document.name.split("/")[0], []).append(document)
    scores: dict[str, float] = {}
    text, chained = "", 0
    for topic, documents in topics.items():
        phrases = [p for n, d in enumerate(documents) for p in read_phrases(n, d)]
        mentions = [m for d in documents for m in d.mentions]
        ours = chain_numbers(mentions, chains.chains(phrases))
        text += conll.write(documents, {m: number + chained for m, number in ours.items()})
        chained += len(set(ours.values()))
        scores[f"topic_{topic}"] = 100 * score(documents, ours)
        heads = dict(zip(mentions, (lemma for d in documents for lemma in head_lemmas(d)), strict=True))
        names = {head: number for number, head in enumerate(dict.fromkeys(heads.values()))}
        scores[f"topic_{topic}_same_head"] = 100 * score(documents, {m: names[heads[m]] for m in mentions})
    for name, suffix in (("conll_f1", ""), ("same_head", "_same_head")):
        scores[name] = sum(scores[f"topic_{topic}{suffix}"] for topic in topics) / len(topics)
    return Result("newswcl50", scores, PUBLISHED, (), text=text)


def chain_numbers(mentions: Sequence[Mention], found: Sequence[Sequence[int]]) -> dict[Mention, int]:
    """Return the number of the chain of each mention."""
    return {mentions[i]: number for number, members in enumerate(found) for i in members}


def score(documents: Sequence[Document], ours: dict[Mention, int]) -> float:
    """Return CoNLL F1 of a topic."""
    gold = clustering.clusters_of((m, chain) for d in documents for m, chain in d.chains)
    return clustering.conll(gold, clustering.clusters_of(ours.items()))


def read_phrases(number: int, document: Document) -> list[chains.Phrase]:
    """Parse a document and return its mentions as phrases with their heads; gold chains are not read."""
    parsed = _parsed(document)
    return [_phrase(number, document, mention, parsed) for mention in document.mentions]


def head_lemmas(document: Document) -> list[str]:
    """Return the lemma of each mention's head: the baseline of the set."""
    parsed = _parsed(document)
    return [_head(parsed[m.first : m.last + 1]).lemma_.lower() for m in document.mentions]


def _parsed(document: Document) -> list[Token]:
    from spacy.tokens import Doc

    nlp = parse.pipeline()
    sentences: dict[int, list[str]] = {}
    for sentence, word in document.tokens:
        sentences.setdefault(sentence, []).append("." if word == NO_WORD else word)
    docs = nlp.pipe(Doc(nlp.vocab, words=found) for found in sentences.values())
    return [token for doc in docs for token in doc]


def _head(inside: Sequence[Token]) -> Token:
    """Return the word of a mention on which none of its other words hangs."""
    places = {token.i for token in inside}
    words = [t for t in inside if t.text[:1].isalnum()] or list(inside)
    return next((t for t in words if t.head.i not in places or t.head.i == t.i), words[-1])


def _phrase(number: int, document: Document, mention: Mention, parsed: Sequence[Token]) -> chains.Phrase:
    inside = parsed[mention.first : mention.last + 1]
    head = _head(inside)
    return chains.Phrase(
        number, mention.first, mention.last, tuple(document.words(mention)), head.i - inside[0].i,
        verbal=head.pos_ in ("VERB", "AUX"),
    )  # fmt: skip
