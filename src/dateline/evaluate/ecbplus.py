"""Events across documents: ECB+ (Cybulska and Vossen 2014), gold mentions given, topics not.

PATH is the folder with ``ECB_<part>_corpus.txt`` and ``ECB_<part>_Event_gold_mentions.json``; every part
that is there is scored by itself. Predictions: CoNLL form, one block a part, chains numbered within it.
Published, test part: LH+D 81.7.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline import errors, parse
from dateline.evaluate import clustering, ecbplus_links
from dateline.evaluate.ecbplus_links import Given
from dateline.evaluate.result import Result

Json = dict[str, Any]
Sentences = dict[tuple[str, int], list[str]]
PUBLISHED = (("LH+D, test", {"conll_f1": 81.7}),)


def evaluate(path: Path) -> Result:
    """Chain the given event mentions of each part and score MUC, B³, CEAF-e and CoNLL F1."""
    corpora = sorted(path.glob("ECB_*_corpus.txt"))
    if not corpora:
        raise errors.EvaluationError(f"{path}: no ECB_<part>_corpus.txt")
    scores: dict[str, float] = {}
    text = ""
    for corpus in corpora:
        part = corpus.name.split("_")[1]
        sentences = read_corpus(corpus)
        rows = json.loads((path / f"ECB_{part}_Event_gold_mentions.json").read_text(encoding="utf-8"))
        given = [Given(r["doc_id"], int(r["sent_id"]), tuple(r["tokens_number"])) for r in rows]
        found = predict(sentences, given)
        gold = clustering.clusters_of((i, r["coref_chain"]) for i, r in enumerate(rows))
        ours = [frozenset(group) for group in found]
        for name, measure in (
            ("muc", clustering.muc),
            ("b3", clustering.b_cubed),
            ("ceaf_e", clustering.ceaf_e),
        ):
            scores[f"{part.lower()}_{name}"] = 100 * measure(gold, ours).f1
        scores[f"{part.lower()}_conll_f1"] = 100 * clustering.conll(gold, ours)
        text += write(part, sentences, given, found)
    return Result("ecbplus", scores, PUBLISHED, (), text=text)


def read_corpus(path: Path) -> Sentences:
    """Return the words of each sentence by document and sentence number; chains are not kept."""
    found: Sentences = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 4:
            found.setdefault((cells[0], int(cells[1])), []).append(cells[3])
    if not found:
        raise errors.EvaluationError(f"{path}: not document, sentence, token, word")
    return found


def predict(sentences: Sentences, given: Sequence[Given]) -> list[list[int]]:
    """Parse the documents and chain the mentions."""
    from spacy.tokens import Doc

    nlp = parse.pipeline()
    documents: dict[str, list[Any]] = {}
    numbers: dict[str, dict[int, int]] = {}
    parsed = nlp.pipe(Doc(nlp.vocab, words=found) for found in sentences.values())
    for (name, sentence), doc in zip(sentences, parsed, strict=True):
        numbers.setdefault(name, {})[sentence] = len(documents.setdefault(name, []))
        documents[name].append(doc)
    placed = [Given(g.document, numbers[g.document][g.sentence], g.tokens) for g in given]
    return ecbplus_links.chains(documents, placed)


def write(part: str, sentences: Sentences, given: Sequence[Given], found: Sequence[Sequence[int]]) -> str:
    """Return a part in CoNLL form with our chains."""
    cells: dict[tuple[str, int, int], list[str]] = {}
    for chain, members in enumerate(found):
        for one in (given[i] for i in members):
            first, last = min(one.tokens), max(one.tokens)
            begin, end = ((one.document, one.sentence, place) for place in (first, last))
            if first == last:
                cells.setdefault(begin, []).append(f"({chain})")
            else:
                cells.setdefault(begin, []).append(f"({chain}")
                cells.setdefault(end, []).append(f"{chain})")
    lines = [f"#begin document (ECB_{part}); part 000"]
    for (name, sentence), found_words in sentences.items():
        for place, word in enumerate(found_words):
            shown = "|".join(cells.get((name, sentence, place), ())) or "-"
            lines.append(f"{name}\t{sentence}\t{place}\t{word}\t{shown}")
        lines.append("")
    return "\n".join([*lines, "#end document", ""])
