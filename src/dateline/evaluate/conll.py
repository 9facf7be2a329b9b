"""Read and write mentions in the CoNLL form of coreference sets: a token a line, chains in the last column.

``(name`` opens a mention, ``name)`` closes it, ``(name)`` is one token; several are joined by ``|``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline import errors


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A mention: its document, first and last token (numbers in the document), and its number there."""

    document: str
    first: int
    last: int
    number: int


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its name, tokens as (sentence, token), gold chain of each mention, lines as they came."""

    name: str
    tokens: tuple[tuple[int, str], ...]
    chains: tuple[tuple[Mention, str], ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return the mentions without their chains."""
        return tuple(mention for mention, _ in self.chains)

    def words(self, mention: Mention) -> list[str]:
        """Return the words of a mention."""
        return [word for _, word in self.tokens[mention.first : mention.last + 1]]


def read(path: Path) -> list[Document]:
    """Read a CoNLL file (document, sentence, token, word, chains); raise EvaluationError for another one."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for number, line in enumerate(_lines(path), 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) < 5 or not cells[1].isdigit():
            raise errors.EvaluationError(f"{path}:{number}: not document, sentence, token, word, chains")
        found.setdefault(cells[0], []).append((int(cells[1]), cells[3], cells[4]))
    return [_document(name, rows) for name, rows in found.items()]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None


def _document(name: str, rows: Sequence[tuple[int, str, str]]) -> Document:
    opened: dict[str, list[int]] = {}
    spans: list[tuple[int, int, str]] = []
    for place, (_, _, cell) in enumerate(rows):
        for part in (p.strip() for p in cell.split("|")):
            chain = part.strip("()")
            if part.startswith("("):
                opened.setdefault(chain, []).append(place)
            if part.endswith(")") and opened.get(chain):
                spans.append((opened[chain].pop(), place, chain))
    spans.sort()
    chains = tuple((Mention(name, s, e, n), chain) for n, (s, e, chain) in enumerate(spans))
    return Document(name, tuple((sentence, word) for sentence, word, _ in rows), chains)


def write(documents: Iterable[Document], chain_of: Mapping[Mention, int]) -> str:
    """Return documents in CoNLL form with our chains (numbers) in the last column."""
    lines = []
    for document in documents:
        cells: list[list[str]] = [[] for _ in document.tokens]
        for mention in document.mentions:
            chain = chain_of[mention]
            if mention.first == mention.last:
                cells[mention.first].append(f"({chain})")
            else:
                cells[mention.first].append(f"({chain}")
                cells[mention.last].append(f"{chain})")
        lines.append(f"#begin document {document.name}; part 000")
        lines += _rows(document, cells)
        lines.append("#end document\n")
    return "\n".join(lines)


def _rows(document: Document, cells: Sequence[Sequence[str]]) -> Iterable[str]:
    before, inside = None, 0
    for (sentence, word), cell in zip(document.tokens, cells, strict=True):
        if before is not None and sentence != before:
            yield ""
        inside = inside + 1 if sentence == before else 0
        before = sentence
        yield f"{document.name}\t{sentence}\t{inside}\t{word}\t{'|'.join(cell) or '-'}"
