"""By which words a report names an actor, and whether they judge.

Every noun phrase that names or describes an actor is a label of it; pronouns are not. A label is loaded
when its head or a modifier stands in ``loaded.tsv`` for that place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.cast import Cast
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph
from dateline.records import ActorRef, Label

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_labels(paragraphs: tuple[Paragraph, ...], cast: Cast, lexicon: Lexicon) -> Iterator[Label]:
    """Yield the labels of a report in text order."""
    for paragraph in paragraphs:
        for token in paragraph.doc:
            actor = cast.actor(paragraph, token)
            if actor is None or token.pos_ not in ("NOUN", "PROPN", "ADJ"):
                continue
            if not _belongs(actor) or _is_loaded(token, is_head=True, lexicon=lexicon):
                yield _label(paragraph, token, actor, lexicon)


def _belongs(actor: ActorRef) -> bool:
    """Tell a thing of an actor ("Russian gas") or a town from a name for the actor."""
    return any(w.startswith(("belongs-to", "place:")) for w in actor.why)


def _label(paragraph: Paragraph, token: Token, actor: ActorRef, lexicon: Lexicon) -> Label:
    modifiers = sorted(
        (t for t in syntax.left_modifiers(token) if t.pos_ not in ("DET", "PART")), key=lambda t: t.i
    )
    judging = [t for t in (*modifiers, token) if _is_loaded(t, t.i == token.i, lexicon)]
    return Label(
        report_id=paragraph.report.id,
        actor=actor,
        span=actor.span,
        head=paragraph.span(token),
        modifiers=tuple(paragraph.span(t) for t in modifiers),
        loaded=bool(judging),
        why=tuple(f"loaded:{t.lemma_.lower()}" for t in judging),
    )


def _is_loaded(token: Token, is_head: bool, lexicon: Lexicon) -> bool:
    for form in (token.lower_, token.lemma_.lower(), token.lower_.removesuffix("s")):
        word = lexicon.loaded.get(form)
        if word is not None:
            return word.place == "both" or (word.place == "head") == is_head
    return False
