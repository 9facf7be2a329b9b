"""Examples from public sets, each read in its own format by the loaders of ``dateline.evaluate``.

None of their text is in this repository. Only training parts are read; where a set has a development part,
that is for choosing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dateline import parse
from dateline.evaluate import cameo_ner, factuality, meantime_events, meantime_link, plv, polnear
from dateline.evaluate.sentences import is_choosing, rebuild
from dateline.records import Report
from reader.examples import Act, Example, Pair, Range, bio, firsts, inside, stretches

PLV_RIGHT = {"YIELD": ("CONCEDE", "RETREAT")}


# -- PLV: the relation of a given pair ----------------------------------------------------------------------

# Words between or around a pair that make an act mutual: the swapped pair then has the same type.
MUTUAL = re.compile(
    r"\b(met|meets?|meeting|talks|talked|spoke|discuss\w*|summit|signed|signs?|accord|treaty|pact|joint\w*"
    r"|together|each other|agreement|cooperat\w*|exchanged?|clash\w*|mutual|bilateral|between)\b"
)
JOINS = re.compile(r"\b(and|with|between)\b|^\W+$")
ALWAYS_MUTUAL = {"CONSULT", "COOPERATE"}
SOMETIMES_MUTUAL = {"AGREE", "SUPPORT", "ASSAULT"}


def plv_pairs(path: Path) -> Iterator[Example]:
    """Yield the pairs of a PLV file as they are labelled, then with their roles swapped."""
    for row in plv.load(path):
        if row.root:
            words, places = tokens(row.sentence)
            source, target = _reach(places, row.source), _reach(places, row.target)
            right = PLV_RIGHT.get(row.root, (row.root,))
            yield Example("plv", words, row.sentence, pair=Pair(source, target, right))
            turned = _swapped(row)
            if turned:
                kind, labels = turned
                yield Example(kind, words, row.sentence, pair=Pair(target, source, labels))


def _swapped(row: plv.Row) -> tuple[str, tuple[str, ...]] | None:
    """Return what is right for the swapped pair: NONE, the same if the act is mutual, or unknown."""
    first, second = sorted((row.source, row.target))
    joined = JOINS.search(row.sentence[first[1] : second[0]]) is not None
    mutual = joined and MUTUAL.search(row.sentence) is not None
    label = row.root or ""
    if label in ALWAYS_MUTUAL or (mutual and label in SOMETIMES_MUTUAL):
        return "swapped-same", PLV_RIGHT.get(label, (label,))
    return None if label == "AGREE" else ("swapped-none", ("NONE",))


def tokens(text: str) -> tuple[tuple[str, ...], list[Range]]:
    """Cut a text into the words the coder sees: those of its parser."""
    doc = parse.pipeline().tokenizer(text)
    kept = [t for t in doc if not t.is_space]
    return tuple(t.text for t in kept), [(t.idx, t.idx + len(t.text)) for t in kept]


def _reach(places: list[Range], span: Range) -> Range:
    words = inside(places, span)
    return (words[0], words[-1] + 1) if words else (0, 1)


# -- PolNeAR: attributions ----------------------------------------------------------------------------------

PARTS = ("source", "cue", "content")


def polnear_stretches(folder: Path) -> Iterator[Example]:
    """Yield PolNeAR, stretch by stretch, with its tags and the links of its cues."""
    for document in polnear.load(folder):
        ranges = tuple(m.span() for m in polnear.PARAGRAPH.finditer(document.text))
        sentences = list(_sentences(Report(text=document.text, paragraphs=ranges)))
        for annotation in document.annotations:
            for stretch in stretches(sentences):
                yield _attributed(document.name, stretch, annotation)


Word = tuple[str, Range]


def _sentences(report: Report) -> Iterator[list[Word]]:
    for paragraph in parse.read(report):
        for sentence in paragraph.sentences():
            spans = [(t.text, paragraph.span(t)) for t in sentence if not t.is_space]
            if spans:
                yield [(word, (span.start, span.end)) for word, span in spans]


def _attributed(name: str, stretch: list[list[Word]], annotation: tuple[polnear.Parts, ...]) -> Example:
    words, places = zip(*(word for sentence in stretch for word in sentence), strict=True)
    begins = firsts(stretch)
    parts: list[tuple[str, list[int]]] = []
    links: dict[int, dict[str, frozenset[int]]] = {}
    for attribution in annotation:
        found = {p: [w for r in attribution[p] for w in inside(places, r)] for p in PARTS}
        parts += [(part, inside(places, r)) for part in PARTS for r in attribution[part]]
        if found["cue"]:
            linked = {p: frozenset(found[p]) for p in ("source", "content")}
            links.update(dict.fromkeys(found["cue"], linked))
    return Example("polnear", words, name, begins, sayings=bio(len(words), parts, begins), links=links)


# -- the others ---------------------------------------------------------------------------------------------


def certain_predicates(path: Path, kind: str) -> Iterator[Example]:
    """Yield sentences with the certainty of their predicates (UW, MEANTIME)."""
    for sentence in factuality.load(path):
        acts = {t.token: Act(certainty=t.label) for t in sentence.targets if t.label is not None}
        if acts:
            yield Example(kind, rebuild(sentence.tokens).words, " ".join(sentence.tokens), acts=acts)


def timed_predicates(folder: Path) -> Iterator[Example]:
    """Yield sentences of MEANTIME's own files with what is ahead, what happened and what did not.

    Only of documents on which conventions are chosen: time is measured on the other half.
    """
    for path in sorted(folder.rglob("*.xml"), key=lambda file: file.name):
        if not is_choosing(path.name):
            continue
        tree = meantime_link.tree(path)
        sentences, place = meantime_link.words(tree)
        found: dict[int, dict[int, Act]] = {}
        for event in meantime_events.events(tree, place):
            found.setdefault(event.sentence, {})[event.token] = Act(realis=_realis(event), ahead=event.future)
        for number, acts in found.items():
            text = " ".join(sentences[number])
            yield Example("meantime-time", rebuild(sentences[number]).words, text, acts=acts)


def _realis(event: meantime_events.Labelled) -> str | None:
    """Return what realis an event surely has; of what lies ahead the set does not tell the kind."""
    if event.future:
        return None
    return "negated" if event.negated else "actual"


def tagged_parties(path: Path) -> Iterator[Example]:
    """Yield sentences with source and target tags (CAMEO-NER)."""
    for sentence in cameo_ner.load(path):
        if sentence.tags:
            words = rebuild(sentence.tokens).words
            yield Example("cameo-ner", words, " ".join(sentence.tokens), parties=sentence.tags)


SENTENCE = re.compile(r"^S(\d+) (.*)$", re.MULTILINE)
LABELLED = re.compile(r"^T\d+\t(\w+) \d+ \d+\tS(\d+)", re.MULTILINE)


def discourse_stretches(folder: Path) -> Iterator[Example]:
    """Yield NewsDiscourse, stretch by stretch, with what each sentence does in its report."""
    for path in sorted(folder.rglob("*.txt")):
        standoff = path.with_suffix(".ann")
        if not standoff.exists():
            continue
        labels = {n: label for label, n in LABELLED.findall(standoff.read_text("utf-8")) if label != "Speech"}
        told = [(n, tokens(text[:1000])[0]) for n, text in SENTENCE.findall(path.read_text("utf-8"))]
        numbers = iter([n for n, words in told if words])
        for stretch in stretches(words for _, words in told if words):
            known = {k: labels[n] for k, n in zip(range(len(stretch)), numbers, strict=False) if n in labels}
            if known:
                words = tuple(word for sentence in stretch for word in sentence)
                yield Example("discourse", words, path.stem, firsts(stretch), discourse=known)


def examples(gold: Path) -> Iterator[Example]:
    """Yield what every public set below a folder teaches, laid out as ``gold/README.md`` says."""
    yield from plv_pairs(gold / "plv" / "PLV_train.tsv")
    yield from certain_predicates(gold / "factuality" / "UW" / "train.jsonl", "uw")
    yield from certain_predicates(gold / "factuality" / "MEANTIME" / "train.jsonl", "meantime")
    yield from timed_predicates(gold / "meantime")
    yield from tagged_parties(gold / "cameo_ner" / "train.txt")
    yield from discourse_stretches(gold / "newsdiscourse" / "train")
    yield from polnear_stretches(gold / "polnear" / "train")
