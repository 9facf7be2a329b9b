"""The desk: read one report and write down who did what to whom, when, and according to whom.

:func:`code` is the whole way of one report. It asks one question after another, each answered by the
module of that name, each taking the earlier answers:

1. ``parse``        what are the sentences and how are they built?
2. ``actors``       whom do the noun phrases name?
3. ``attribution``  who says what? (``voices``: so in whose voice is it?)
4. ``triggers``     which words denote political acts?
5. ``roles``        who did it to whom?
6. ``realis``       did it happen, or is it denied, planned, possible, asked for?
7. ``recode``       what do PLOVER's rules make of announced and threatened acts?
8. ``weigh``        which of these stand, now that the network has read the sentence too?
9. ``when``         when, and is that the report's news or its background?
10. ``distancing``  does the outlet keep its distance?
11. ``labels``      by which words are the actors named?

``reading`` is what the network reads in every sentence; the others ask it about their tokens.

spaCy ends here: what leaves are plain records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from dateline import parse
from dateline.extract import distancing, reading, realis, recode, roles, triggers, voices, weigh, when
from dateline.extract.actors import Cast, find_actors
from dateline.extract.attribution import Saying, find_sayings
from dateline.extract.labels import find_labels
from dateline.extract.quotes import Quote, find_quotes
from dateline.extract.triggers import Hit
from dateline.gazetteer import Gazetteer, gazetteer
from dateline.lexicon import Lexicon, lexicon
from dateline.parse import Paragraph
from dateline.records import (
    ActorRef,
    Coded,
    DateBasis,
    Mention,
    Report,
    Span,
    Time,
    Uncoded,
    Voice,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def code(report: Report) -> Coded:
    """Code one report: all its mentions, attributions, labels, and the sentences left uncoded."""
    desk = _Desk(report, lexicon(report.language), gazetteer(), parse.read(report))
    return desk.coded()


@dataclass(slots=True)
class _Story:
    """The thread of the report: what was dated how, and whether the last act was background."""

    dates: dict[tuple[str, frozenset[str | None], frozenset[str | None]], str] = field(default_factory=dict)
    time: Time = "current"


@dataclass(slots=True)
class _Desk:
    """One report on the desk; only the thread of the story (``story``) changes while it is read."""

    report: Report
    lexicon: Lexicon
    gazetteer: Gazetteer
    paragraphs: tuple[Paragraph, ...]
    story: _Story = field(default_factory=_Story)

    def coded(self) -> Coded:
        cast = find_actors(self.paragraphs, self.gazetteer, self.lexicon)
        readings = reading.read(self.paragraphs)
        sayings = find_sayings(self.paragraphs, cast, self.lexicon, readings)
        mentions: list[Mention] = []
        uncoded: list[Uncoded] = []
        for paragraph in self.paragraphs:
            found, left = _Page(self, paragraph, cast, sayings[paragraph.number], readings).read()
            mentions += found
            uncoded += left
        said = [s for number in sorted(sayings) for s in sayings[number]]
        return Coded(
            report=self.report,
            mentions=tuple(mentions),
            attributions=tuple(voices.attribution(s) for s in said),
            labels=tuple(find_labels(self.paragraphs, cast, self.lexicon)),
            uncoded=tuple(uncoded),
        )


@dataclass(slots=True)
class _Page:
    """One paragraph being coded."""

    desk: _Desk
    paragraph: Paragraph
    cast: Cast
    sayings: list[Saying]
    readings: reading.Readings
    quotes: list[Quote] = field(default_factory=list)
    dates: list[when.Dated] = field(default_factory=list)

    def read(self) -> tuple[list[Mention], list[Uncoded]]:
        """Return the mentions of the paragraph in text order, and its uncoded sentences."""
        hits = triggers.find_triggers(self.paragraph, self.cast, self.desk.lexicon)
        hits += weigh.proposals(self.paragraph, hits, self.readings)
        if hits:
            self.quotes = find_quotes(self.paragraph.doc)
            self.dates = when.find_dates(self.paragraph)
        acts = recode.acts([self._act(hit) for hit in hits], self.desk.lexicon)
        kept = [weigh.weighed(self.paragraph, act, self.readings) for act in acts]
        mentions = [self._mention(act) for act in kept if act is not None]
        return mentions, list(self._uncoded(hits, mentions))

    def _act(self, hit: Hit) -> recode.Act:
        members = partial(self.readings.members, self.paragraph, hit.token)
        filled = roles.fill(hit, self.paragraph, self.cast, self._speaker, self._owner, members)
        judgement = realis.judge(hit, self.desk.lexicon)
        return recode.Act(hit, hit.row.event, hit.row.mode, filled.actor, filled.recipient, judgement)

    def _speaker(self, token: Token) -> ActorRef | None:
        return voices.speaker_at(token, self.sayings)

    def _owner(self, token: Token) -> ActorRef | None:
        return voices.owner_at(token, self.sayings)

    def _mention(self, act: recode.Act) -> Mention:
        hit = act.hit
        dated = when.date_of(hit, self.dates, self.desk.lexicon)
        date, basis = self._date(act, dated)
        moment = self._moment(act, date, basis)
        return Mention(
            report_id=self.desk.report.id,
            sentence=self.paragraph.span(hit.token.sent),
            trigger=self._trigger_span(hit),
            event=act.event,
            mode=(act.mode,) if act.mode else (),
            context=self._contexts(hit.token),
            cameo=act.cameo,
            actor=act.actor,
            recipient=act.recipient,
            date=date,
            date_basis=basis,
            place=None,
            voices=self._voices(hit.token),
            realis=act.judgement.realis,
            time=moment.time,
            distancing=distancing.marks_at(
                self.paragraph, hit.token, self.quotes, self.sayings, self.desk.lexicon
            ),
            confidence=_confidence(act),
            why=(f"trigger:{hit.row.id}", *act.why, *act.judgement.why, moment.why, *_role_whys(act)),
        )

    def _voices(self, token: Token) -> tuple[Voice, ...]:
        chain = voices.voices_at(token.i, self.sayings)
        return voices.weighed(chain, token, self.paragraph, self.cast, self.readings)

    def _trigger_span(self, hit: Hit) -> Span:
        """Return the trigger with its particle: "carried out", "took in"."""
        token = hit.token
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        if after is not None and after.dep_ == "prt" and after.head.i == token.i:
            return self.paragraph.span(token.doc[token.i : token.i + 2])
        return self.paragraph.span(token)

    def _contexts(self, token: Token) -> tuple[str, ...]:
        words = self.desk.lexicon.contexts
        found = {c for t in token.sent for c in words.get(t.lemma_.lower(), ())}
        return tuple(sorted(found))

    def _date(self, act: recode.Act, dated: when.Dated | None) -> tuple[str | None, DateBasis]:
        who = frozenset(a.code for a in act.actor)
        whom = frozenset(a.code for a in act.recipient)
        key = (act.event, who, whom)
        if dated is not None:
            edtf = when.edtf_of(act.hit, dated)
            if edtf is not None:
                self.desk.story.dates[key] = edtf
            return edtf, when.basis_of(dated, self.paragraph)
        known = self.desk.story.dates.get(key)
        if known is not None:
            return known, DateBasis("inherited")
        return None, DateBasis("none")

    def _moment(self, act: recode.Act, date: str | None, basis: DateBasis) -> when.Moment:
        found = when.moment(date, self.desk.report.published)
        if found is None and when.recalls(act.hit, self.desk.lexicon):
            found = when.Moment("background", "time:recalled")
        if found is None and act.judgement.realis == "future":
            found = when.Moment("current", "time:future")
        if found is None:
            found = when.Moment(self.desk.story.time, "time:thread")
        if basis.kind == "text" and when.in_main_clause(act.hit):
            self.desk.story.time = found.time
        return found

    def _uncoded(self, hits: list[Hit], mentions: list[Mention]) -> Iterator[Uncoded]:
        coded = {m.sentence for m in mentions}
        tried = {self.paragraph.span(h.token.sent): h for h in hits}
        for sentence in self.paragraph.sentences():
            span = self.paragraph.span(sentence)
            if span in coded:
                continue
            hit = tried.get(span)
            reason = f"no actor at {hit.token.text!r} ({hit.row.id})" if hit else "no trigger"
            yield Uncoded(self.desk.report.id, span, reason)


def _role_whys(act: recode.Act) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for a in (*act.actor, *act.recipient) for w in a.why))


def _confidence(act: recode.Act) -> float:
    """Return a plain score in (0, 1): specific rows and resolved parties are surer."""
    score = 0.5 + 0.1 * min(act.hit.row.specificity, 2)
    score += 0.15 if any(a.code for a in act.actor) else 0.0
    score += 0.1 if any(a.code for a in act.recipient) else 0.0
    return round(min(score, 0.95), 2)
