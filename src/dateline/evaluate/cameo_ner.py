"""Source and target spans after CAMEO (ConfliBERT's data; Skorupa Parolin et al., AIES 2022).

Format: a token and its BIO tag a line (S source, T target, R both of a reciprocal act), a blank line
between sentences. Score: entity-level F1 as seqeval counts it.

The tags are those of the network's head ``party``, fitted to the training set: what the set calls a party is
drawn more widely than the record's actors and recipients.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import errors, model
from dateline.evaluate.result import Result
from dateline.evaluate.sentences import Entity, entities, is_choosing, rebuild

Json = dict[str, Any]

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


def predict(sentences: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Return a tag for each token of each sentence: the network's, as they stand."""
    tags = model.network().labels["party"]
    readings = model.network().read_each([rebuild(tokens).words for tokens in sentences])
    return [model.best_tags(reading.party, tags) for reading in readings]


def evaluate(path: Path) -> Result:
    """Tag every sentence and score those that have tags."""
    sentences = load(path)
    answers = predict([s.tokens for s in sentences])
    rows = [
        {"row": n, "tokens": list(s.tokens), "tags": tags}
        for n, (s, tags) in enumerate(zip(sentences, answers, strict=True))
    ]
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
