"""Events across documents in MEANTIME (NewsReader), gold mentions given.

PATH is the folder with the XML files (or one that holds such folders). A mention is an ``EVENT_MENTION`` that
refers to an ``EVENT``; its chain is the event's ``instance_id`` where it has one, else the event in its
document. Predictions: ``{"document", "mention", "chain"}``, in the order of files and mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from dateline import errors
from dateline.evaluate import clustering, ecbplus
from dateline.evaluate.ecbplus_links import Given
from dateline.evaluate.result import Result


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its name, words by sentence, and its mentions (id and place)."""

    name: str
    sentences: dict[int, list[str]]
    mentions: tuple[tuple[str, Given], ...]


def evaluate(path: Path) -> Result:
    """Chain the given event mentions over all documents; score CoNLL F1, and pairs across documents."""
    files = sorted(path.rglob("*.xml"), key=lambda f: f.name)
    if not files:
        raise errors.EvaluationError(f"{path}: no XML files")
    trees = [tree(file) for file in files]
    documents = [read(one) for one in trees]
    sentences = {(d.name, n): found for d in documents for n, found in sorted(d.sentences.items())}
    given = [(d.name, mention, place) for d in documents for mention, place in d.mentions]
    found = ecbplus.predict(sentences, [place for _, _, place in given])
    chain_of = {number: chain for chain, members in enumerate(found) for number in members}
    names = {
        (d.name, m): c for d, one in zip(documents, trees, strict=True) for m, c in gold(d, one).items()
    }
    wanted = clustering.clusters_of((n, names[doc, mention]) for n, (doc, mention, _) in enumerate(given))
    ours = [frozenset(members) for members in found]
    across = clustering.Score(*_across(wanted, ours, [doc for doc, _, _ in given]))
    scores = {
        "muc": 100 * clustering.muc(wanted, ours).f1, "b3": 100 * clustering.b_cubed(wanted, ours).f1,
        "ceaf_e": 100 * clustering.ceaf_e(wanted, ours).f1, "conll_f1": 100 * clustering.conll(wanted, ours),
        "pairs_across_documents": 100 * across.f1,
    }  # fmt: skip
    rows = tuple(
        {"document": doc, "mention": mention, "chain": chain_of[n]}
        for n, (doc, mention, _) in enumerate(given)
    )
    return Result("meantime-link", scores, (), rows)


def tree(file: Path) -> ElementTree.Element:
    """Parse one file; raise EvaluationError if it is not XML."""
    try:
        return ElementTree.fromstring(file.read_bytes())
    except ElementTree.ParseError as error:
        raise errors.EvaluationError(f"{file.name}: {error}") from None


def read(tree: ElementTree.Element) -> Document:
    """Return the words and the places of the event mentions of a document; what they refer to is not read."""
    name = str(tree.get("doc_name"))
    sentences, place = words(tree)
    referring = {
        str(source.get("m_id")) for relation in tree.iter("REFERS_TO") for source in relation.iter("source")
    }
    mentions = []
    for element in tree.iter("EVENT_MENTION"):
        where = [place[str(anchor.get("t_id"))] for anchor in element.iter("token_anchor")]
        mention = str(element.get("m_id"))
        if where and mention in referring:
            inside = tuple(n for sentence, n in where if sentence == where[0][0])
            mentions.append((mention, Given(name, where[0][0], inside)))
    return Document(name, sentences, tuple(mentions))


def words(tree: ElementTree.Element) -> tuple[dict[int, list[str]], dict[str, tuple[int, int]]]:
    """Return the words of each sentence, and the sentence and place in it of each token id."""
    sentences: dict[int, list[str]] = {}
    place: dict[str, tuple[int, int]] = {}
    for token in tree.iter("token"):
        found = sentences.setdefault(int(token.get("sentence") or 0), [])
        place[str(token.get("t_id"))] = (int(token.get("sentence") or 0), len(found))
        found.append((token.text or "").strip() or "-")
    return sentences, place


def gold(document: Document, tree: ElementTree.Element) -> dict[str, str]:
    """Return the gold chain of each mention of a document."""
    instances = {str(e.get("m_id")): e.get("instance_id") for e in tree.iter("EVENT")}
    chains: dict[str, str] = {}
    for relation in tree.iter("REFERS_TO"):
        target = next((str(t.get("m_id")) for t in relation.iter("target")), "")
        for source in relation.iter("source"):
            chains[str(source.get("m_id"))] = instances.get(target) or f"{document.name}/{target}"
    return {mention: chains[mention] for mention, _ in document.mentions}


def _across(
    wanted: clustering.Clusters, ours: clustering.Clusters, documents: Sequence[str]
) -> tuple[float, float]:
    """Return precision and recall of the pairs of mentions in different documents."""

    def pairs(clusters: clustering.Clusters) -> set[tuple[int, int]]:
        ordered = ([int(str(n)) for n in group] for group in clusters)
        return {
            (a, b)
            for group in ordered
            for a in group
            for b in group
            if a < b and documents[a] != documents[b]
        }

    right, given = pairs(wanted), pairs(ours)
    both = len(right & given)
    return both / len(given) if given else 0.0, both / len(right) if right else 0.0
