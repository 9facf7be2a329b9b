"""One report on the desk, and each of its paragraphs being coded: the way that the package describes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline import parse
from dateline.extract import (
    antecedents,
    background,
    carried,
    datings,
    distancing,
    localday,
    reading,
    realis,
    reckoned,
    recode,
    roles,
    thread,
    ties,
    triggers,
    voices,
    weigh,
    when,
    where,
)
from dateline.extract.actors import find_actors
from dateline.extract.attribution import find_sayings
from dateline.extract.cast import Cast
from dateline.extract.labels import find_labels
from dateline.extract.quotes import Quote, find_quotes
from dateline.extract.saying import Saying
from dateline.extract.sites import Site, countries_of, find_sites, written_at
from dateline.extract.standing import Standing
from dateline.extract.triggers import Hit
from dateline.gazetteer import Gazetteer, gazetteer
from dateline.lexicon import Lexicon, lexicon
from dateline.parse import Paragraph
from dateline.records import (
    ActorRef,
    Coded,
    DateBasis,
    Mention,
    Place,
    Report,
    Span,
    Time,
    Uncoded,
    Voice,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def laid(report: Report, network: bool = True) -> Desk:
    """Lay a report on the desk, parsed; without ``network`` tables and parse alone will decide."""
    return Desk(report, lexicon(report.language), gazetteer(), parse.read(report), network)


@dataclass(slots=True)
class Story:
    """The thread of the report: the acts dated so far, and whether the last act was background.

    ``named`` are (noun, date) pairs such as "the July attack", ``offsets`` the acts told as so long before
    or after another one, by the start of their trigger; ``day`` is the single day mentioned last.
    """

    told: list[carried.Told] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    offsets: dict[int, tuple[reckoned.Offset, Span]] = field(default_factory=dict)
    time: Time = "current"
    day: str | None = None


@dataclass(slots=True)
class Desk:
    """One report on the desk; only the thread of the story (``story``) changes while it is read."""

    report: Report
    lexicon: Lexicon
    gazetteer: Gazetteer
    paragraphs: tuple[Paragraph, ...]
    network: bool = True
    story: Story = field(default_factory=Story)
    day: str | None = None
    asked: list[antecedents.Candidates] | None = None  # where given, every pronoun is added

    def read(self) -> tuple[Cast, dict[int, list[Saying]], list[Page]]:
        """Return who is who and who says what in the whole report, and its paragraphs ready to be coded."""
        written = written_at(self.report)
        self.day = localday.local_day(self.report.published, written.longitude if written else None)
        sites = find_sites(self.paragraphs, self.gazetteer)
        readings = reading.read(self.paragraphs) if self.network else reading.NOTHING
        towns = countries_of(sites)
        cast = find_actors(self.paragraphs, self.gazetteer, self.lexicon, towns, readings, asked=self.asked)
        sayings = {
            number: [voices.identified(s, cast, readings) for s in said]
            for number, said in find_sayings(self.paragraphs, cast, self.lexicon, readings).items()
        }
        pages = [
            Page(self, p, cast, sayings[p.number], sites.get(p.number, []), readings) for p in self.paragraphs
        ]
        return cast, sayings, pages

    def coded(self) -> Coded:
        """Return the whole record of the report."""
        cast, sayings, pages = self.read()
        mentions: list[Mention] = []
        uncoded: list[Uncoded] = []
        for page in pages:
            found, left = page.read()
            mentions += found
            uncoded += left
        said = [s for number in sorted(sayings) for s in sayings[number]]
        return Coded(
            report=self.report,
            mentions=tuple(
                thread.tied(mentions, self.story, self.report.published, self.report.title_span)
            ),
            attributions=tuple(voices.attribution(s) for s in said),
            labels=tuple(find_labels(self.paragraphs, cast, self.lexicon)),
            uncoded=tuple(uncoded),
        )


@dataclass(slots=True)
class Page:
    """One paragraph being coded."""

    desk: Desk
    paragraph: Paragraph
    cast: Cast
    sayings: list[Saying]
    sites: list[Site]
    readings: reading.Readings
    quotes: list[Quote] = field(default_factory=list)
    dates: list[datings.Dated] = field(default_factory=list)
    found: list[recode.Act] = field(default_factory=list)

    def read(self) -> tuple[list[Mention], list[Uncoded]]:
        """Return the mentions of the paragraph in text order, and its uncoded sentences."""
        hits, found = self.acts()
        mentions = [self._mention(act) for act in found]
        return mentions, list(self._uncoded(hits, mentions))

    def acts(self) -> tuple[list[Hit], list[recode.Act]]:
        """Return the triggers of the tables and the acts that stand, those of the network among them."""
        hits = triggers.find_triggers(self.paragraph, self.cast, self.desk.lexicon)
        found = recode.acts([self._act(hit) for hit in hits], self.desk.lexicon)
        kept = [act for act in map(self._weighed, found) if act is not None]
        more = [self._act(hit) for hit in weigh.proposals(self.paragraph, kept, self.readings)]
        named = recode.identifiable(more, self.desk.lexicon)
        kept += [act for act in map(self._weighed, named) if act is not None]
        story = self.desk.story
        self.dates = datings.find_dates(self.paragraph, self.desk.day, story.day)
        story.day = datings.last_day(self.dates, story.day)
        if hits or kept:
            self.quotes = find_quotes(self.paragraph.doc)
            story.named += datings.named(self.dates)
        self.found = recode.once(kept)
        return hits, self.found

    def _weighed(self, act: recode.Act) -> recode.Act | None:
        return weigh.weighed(self.paragraph, act, self.readings)

    def standing(self, hit: Hit) -> Standing:
        """Return the trigger of an act among those who stand around it."""
        return Standing(hit, self.paragraph, self.cast, self._speaker, self._owner)

    def _act(self, hit: Hit) -> recode.Act:
        filled = roles.fill(self.standing(hit), self.readings)
        judgement = realis.judge(hit, self.desk.lexicon)
        chance = weigh.chance(self.paragraph, hit, self.readings)
        return recode.Act(
            hit, hit.row.event, hit.row.mode, filled.actor, filled.recipient, judgement, chance=chance
        )

    def _speaker(self, token: Token) -> ActorRef | None:
        return voices.speaker_at(token, self.sayings)

    def _owner(self, token: Token) -> ActorRef | None:
        return voices.owner_at(token, self.sayings)

    def _mention(self, act: recode.Act) -> Mention:
        hit = act.hit
        date, basis, weighed = self.date(act)
        moment = self._moment(act, date, basis)
        place, tie = self._place(act)
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
            place=place,
            voices=self._voices(hit.token),
            realis=act.judgement.realis,
            time=moment.time,
            distancing=distancing.marks_at(
                self.paragraph, hit.token, self.quotes, self.sayings, self.readings, self.desk.lexicon
            ),
            confidence=_confidence(act),
            why=(
                f"trigger:{hit.row.id}",
                *act.why,
                *act.judgement.why,
                *weighed,
                moment.why,
                *tie,
                *_role_whys(act),
            ),
        )

    def _voices(self, token: Token) -> tuple[Voice, ...]:
        chain = voices.voices_at(token.i, self.sayings)
        return voices.weighed(chain, token, self.paragraph, self.cast, self.readings)

    def _trigger_span(self, hit: Hit) -> Span:
        """Return the trigger with its particle, or the noun of an empty verb: "took in", "went on strike"."""
        token = hit.token
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        if after is not None and _is_particle(after, token):
            return self.paragraph.span(token.doc[token.i : token.i + 2])
        if token.lemma_.lower() in self.desk.lexicon.sets["EMPTY"]:
            return self.paragraph.span(token.doc[token.i : triggers.last_used(hit) + 1])
        return self.paragraph.span(token)

    def _contexts(self, token: Token) -> tuple[str, ...]:
        words = self.desk.lexicon.contexts
        by_words = {c for t in token.sent for c in words.get(t.lemma_.lower(), ())}
        if not self.readings.knows(self.paragraph, token):
            return tuple(sorted(by_words))
        return weigh.contexts(by_words, self.readings.contexts(self.paragraph, token))

    @property
    def rivals(self) -> list[Hit]:
        """Return the words of the acts of the paragraph."""
        return [act.hit for act in self.found]

    def dated(self, act: recode.Act) -> tuple[datings.Dated | None, datings.Dated | None]:
        """Return the expression of its sentence that dates an act, and the one that the rules chose."""
        happened = act.judgement.realis == "actual"
        ruled = when.date_of(act.hit, self.dates, self.desk.lexicon, happened=happened)
        links = self.readings.members(self.paragraph, act.hit.token, "date")
        return ties.chosen(act.hit, self.dates, ruled, ties.kind_of(act), self.rivals, links), ruled

    def date(self, act: recode.Act) -> tuple[str | None, DateBasis, tuple[str, ...]]:
        """Return the date of an act, its basis and the reason, if any; dates of words are kept for later."""
        story, number = self.desk.story, self.paragraph.number
        dated, ruled = self.dated(act)
        weighed = () if dated is ruled else ("date:weighed",)
        if dated is not None:
            edtf = when.edtf_of(act.hit, dated, done=ties.is_done(ties.kind_of(act)))
            if edtf is not None:
                by = tuple((number, t.i) for t in dated.words)
                story.told.append(carried.Told(act, edtf, number, by))
            return edtf, when.basis_of(dated, self.paragraph), weighed
        found = carried.options(act, number, story.told, self.desk.report.published)
        chance = self.readings.carried(self.paragraph, act.hit.token)
        links = self.readings.linked(self.paragraph, act.hit.token.i, "date")
        known = carried.chosen(act, number, found, self.dates, chance, links)
        if known is not None:
            return known, DateBasis("inherited"), weighed
        offset = reckoned.offset_of(act.hit, self.dates)
        if offset is not None:
            words = self.paragraph.stored(offset.start, offset.end)
            story.offsets[self._trigger_span(act.hit).start] = (offset, words)
        return None, DateBasis("none"), weighed

    def _place(self, act: recode.Act) -> tuple[Place | None, tuple[str, ...]]:
        """Return the place of an act with its reasons."""
        spans = [a.span for a in (*act.actor, *act.recipient)]
        put = where.place_of(act.hit, self.sites, spans, self.paragraph, self.desk.lexicon)
        if put is None:
            return None, ()
        return where.record(put.site, self.paragraph), (put.why, put.site.why)

    def _moment(self, act: recode.Act, date: str | None, basis: DateBasis) -> background.Moment:
        story, published = self.desk.story, self.desk.report.published
        found = background.judge(
            act.hit, date, published, act.judgement.realis, story.time, self.desk.lexicon
        )
        if self.readings.knows(self.paragraph, act.hit.token):
            chance = self.readings.background(self.paragraph, act.hit.token)
            found = background.weighed(found, story.time, chance)
        if basis.kind == "text" and background.in_main_clause(act.hit):
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


def _is_particle(word: Token, verb: Token) -> bool:
    """Tell "took *in*" from "kidnapped *up* to 16", which the parser may take for the same."""
    following = list(word.doc[word.i + 1 : word.i + 3])
    counts = len(following) == 2 and following[0].lower_ == "to" and following[1].like_num
    return word.dep_ == "prt" and word.head.i == verb.i and not counts


def _role_whys(act: recode.Act) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for a in (*act.actor, *act.recipient) for w in a.why))


def _confidence(act: recode.Act) -> float:
    """Return a plain score in (0, 1): specific rows and resolved parties are surer."""
    score = 0.5 + 0.1 * min(act.hit.row.specificity, 2)
    score += 0.15 if any(a.code for a in act.actor) else 0.0
    score += 0.1 if any(a.code for a in act.recipient) else 0.0
    return round(min(score, 0.95), 2)
