"""What kind of noun phrase a token heads, told by its form: definite, a pair, a name, an aside.

Nothing here knows who is meant; :mod:`.actors` decides that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dateline.extract import arguments, origins, syntax
from dateline.extract.coreference import PAIRED
from dateline.gazetteer import Entry, Found

if TYPE_CHECKING:
    from spacy.tokens import Token

CALENDAR = arguments.CALENDAR
# "anti-Iran", "pro-Russian", "non-Kurdish": the name after the hyphen is not whose the noun is.
AGAINST_PREFIXES = frozenset({"anti", "pro", "non", "ex", "post", "pre", "trans"})
# "Iran-backed": the name before the hyphen acts in the participle, it does not own the noun.
OWN_SUFFIXES = frozenset(
    "based headquartered born registered flagged owned run held led dominated controlled".split()
)


def heads_phrase(token: Token) -> bool:
    """Tell whether a token heads a noun phrase (and is no mere part of a longer name)."""
    if token.is_punct or is_half(token):
        return False
    if token.pos_ in ("NOUN", "PROPN", "PRON"):
        if token.dep_ not in ("compound", "nmod", "flat", "amod", "npadvmod"):
            return True
        return arguments.is_lost_subject(token) or arguments.is_lost_object(token)
    if token.pos_ == "ADJ":
        return token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "appos") and bool(
            token.text[:1].isupper() or any(t.dep_ == "det" for t in token.lefts)
        )
    return (
        (token.pos_ == "DET" and token.dep_ in ("nsubj", "nsubjpass"))
        or token.tag_ == "PRP$"
        or is_both(token)
        or is_count(token)
    )


def is_half(token: Token) -> bool:
    """Tell "vice" of "vice-president", "general" of "secretary-general", and the hyphen taken for a noun."""
    if token.text == "-":
        return True
    doc, after = token.doc, token.i + 2
    if after < len(doc) and doc[after - 1].text == "-" and syntax.first_half(doc[after]) is not None:
        return True
    return token.i >= 2 and doc[token.i - 1].text == "-" and syntax.second_half(doc[token.i - 2]) == token


def before_comma(token: Token) -> Token | None:
    """Return the name before ", a group …" that the parser did not see as its apposition."""
    start = token.left_edge.i
    doc = token.doc
    if (
        token.pos_ != "NOUN"
        or token.dep_ in ("nsubj", "nsubjpass")
        or doc[start].lower_ not in ("a", "an")
        or start < 2
        or doc[start - 1].text != ","
    ):
        return None
    name = doc[start - 2]
    while name.i > 0 and (name.is_punct or name.dep_ == "appos"):
        name = doc[name.i - 1]
    return name if name.pos_ == "PROPN" and name.sent.start == token.sent.start else None


def is_plain(token: Token) -> bool:
    """Tell a role without a capitalised modifier that might say whose it is ("Arab leaders")."""
    return not any(t.text[:1].isupper() and t.i > token.sent.start for t in syntax.left_modifiers(token))


def is_pair(token: Token) -> bool:
    """Tell "the two countries", "both sides" without a word that says whose."""
    words = {t.lower_ for t in token.lefts}
    return (
        token.lemma_.lower() in PAIRED
        and token.tag_ == "NNS"
        and ("both" in words or ("two" in words and "the" in words))
        and not any(t.dep_ in ("amod", "poss", "compound") for t in token.lefts)
    )


# Words for another than their owner: "Iran's rival", "its NATO ally", "her counterpart".
RELATIONAL = frozenset(
    "ally neighbour neighbor rival enemy foe adversary counterpart partner opponent colleague host guest "
    "homologue visitor interlocutor".split()
)


# Nouns that count people when nothing says what is counted.
CROWDS = frozenset({"hundreds", "thousands", "dozens", "scores", "tens"})
# What happens to people only, and what only they do.
HUMAN = frozenset(
    "kill injure wound maim arrest detain hold jail imprison free release pardon deport expel evict die "
    "perish flee drown convict sentence acquit evacuate rescue displace execute hang behead abduct kidnap "
    "capture shoot massacre slaughter murder torture beat hospitalise hospitalize march protest "
    "demonstrate rally surrender starve suffocate charge".split()
)


def is_count(token: Token) -> bool:
    """Tell the number in "killed 28", "hundreds fled" from those of things and of "hundreds of miners"."""
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj") or token.head.lemma_.lower() not in HUMAN:
        return False
    counted = any(c.dep_ in ("prep", "nmod") and c.i > token.i for c in token.children)
    return (token.pos_ == "NUM" or token.lower_ in CROWDS) and not counted


def is_relational(token: Token, meant: Mapping[int, Entry]) -> bool:
    """Tell "his NATO ally", who is another's, from "his Canadian counterpart", who is named."""
    return token.lemma_.lower() in RELATIONAL and not any(
        meant[w.i].form in ("name", "adjective")
        for w in syntax.left_modifiers(token)
        if w.dep_ in ("amod", "compound", "nmod") and w.i in meant
    )


def is_many(token: Token) -> bool:
    """Tell a plural, or an adjective for many: "the dead", "the poor"."""
    return token.tag_ in ("NNS", "NNPS") or (token.pos_ == "ADJ" and is_definite(token))


def is_first_name_of(word: Token, name: Token) -> bool:
    """Tell "Washington" in "Washington Okumu" from a country before a title."""
    return (
        name.pos_ == "PROPN"
        and word.pos_ == "PROPN"
        and word.dep_ == "compound"
        and word.i == name.i - 1
        and name.lower_ not in TITLES
        and not name.lower_.endswith("s")
        and word.head.i == name.i
        and len(name.text) > 2
        and not name.text.isupper()
    )


def is_unlisted_person(noun: Token) -> bool:
    """Tell by its ending that a noun means people: "rappers", "a violinist", "hauliers"."""
    lemma = noun.lemma_.lower()
    if lemma.endswith(("ist", "ian", "man", "woman", "eer", "ier")):
        return True
    return noun.tag_ == "NNS" and lemma.endswith(("er", "or", "ee", "ant")) and lemma not in NO_PERSONS


NO_PERSONS = frozenset(
    "offer order power water letter paper border tanker carrier number matter river tender container bomber "
    "cutter trawler freighter liner cruiser destroyer chopper helicopter border harbor error mirror tractor "
    "reactor sector factor motor corridor committee levee grant plant warrant restaurant tenant answer "
    "computer poster banner dollar centre center quarter barrier charter chapter disaster server router "
    "trailer bulldozer transfer transformer ember filter counter".split()
)


def is_ethnic(word: Token) -> bool:
    """Tell "ethnic Albanians", who live elsewhere than in Albania."""
    return word.i > 0 and word.nbor(-1).lower_ == "ethnic"


def is_acronym(token: Token) -> bool:
    """Tell a word of capitals: "GAM"."""
    return token.pos_ == "PROPN" and token.text.isupper() and 1 < len(token.text) < 9


def is_surname_alone(token: Token) -> bool:
    """Tell a name without first names: "Chen" in "Taiwan's Chen"."""
    return token.pos_ == "PROPN" and not any(t.dep_ in ("compound", "flat") for t in token.lefts)


# Words that tell an office holder of the past: "ousted President Akayev", "ex-minister".
FALLEN = frozenset("former ex ousted deposed toppled exiled fallen overthrown one-time erstwhile".split())


def is_fallen(token: Token) -> bool:
    """Tell whether words before a name or role say that the office was lost."""
    return any(w.lower_ in FALLEN for w in syntax.left_modifiers(token))


def as_modifier(token: Token) -> str:
    """Return a word before a noun as the role table writes it: "foreign", "farmers'"."""
    case = next((c.text for c in token.children if c.dep_ == "case"), "") if token.dep_ == "poss" else ""
    return token.lower_ + case.replace("’", "'")


def is_both(token: Token) -> bool:
    """Tell "both" and "the two" where they stand for two parties named before."""
    argument = token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "dative")
    if token.lower_ == "both":
        return argument and not any(t.dep_ == "prep" for t in token.children)
    return argument and token.lower_ == "two" and any(t.lower_ == "the" for t in token.lefts)


def is_specified(token: Token) -> bool:
    """Tell a description that says itself who is meant: "the bloc of Mr X", "the news agency IRNA"."""
    return any(
        (t.dep_ == "prep" and t.lower_ == "of") or (t.dep_ == "appos" and t.pos_ == "PROPN")
        for t in token.rights
    )


def is_two_of(token: Token) -> bool:
    """Tell "both ministries", "the two presidents": a role of two at once."""
    words = {t.lower_ for t in token.lefts}
    return token.tag_ == "NNS" and ("both" in words or {"two", "the"} <= words)


def is_definite(token: Token) -> bool:
    """Tell a phrase that points back: "the", "this", "both"."""
    return any(t.lower_ in ("the", "this", "that", "these", "those", "both") for t in token.lefts)


def is_hyphenated_aside(word: Token) -> bool:
    """Tell "anti-Iran" and "Iran-backed" from "London-based"."""
    doc, i = word.doc, word.i
    if i >= 2 and doc[i - 1].text == "-" and doc[i - 2].lower_ in AGAINST_PREFIXES:
        return True
    after = doc[i + 1 : i + 3]
    return len(after) == 2 and after[0].text in "-–" and after[1].lower_ not in OWN_SUFFIXES


def is_other_name(first: Token, last: Token, found: Found) -> bool:
    """Tell a name that is only part of another's: "Jordan" in "Michael Jordan", a town in a surname."""
    form = found.entries[0].form
    if first.i == 0 or form not in ("person", "place", "body", "name"):
        return False
    before = first.nbor(-1)
    if form == "name":
        return first.i == last.i and _is_first_name(before) and origins.is_given(before.text)
    if before.text == "-" and first.i > 1 and first.nbor(-2).lower_ in ARTICLES:
        return True  # "al-Sabah"
    if form == "person":
        full = {name for e in found.entries for name in e.name.split()}
        return first.i == last.i and before.text not in full and _is_first_name(before)
    if form == "place":
        return first.i == last.i and before.lower_ not in BEFORE_PLACES and _is_first_name(before)
    return before.lower_ == "national" and before.text.istitle() and before.dep_ == "compound"


def _is_first_name(before: Token) -> bool:
    return (
        before.pos_ == "PROPN"
        and before.dep_ == "compound"
        and before.text.istitle()
        and not before.text.endswith(".")
        and before.lower_ not in TITLES
    )


# Arabic and Hebrew articles before the second part of a name.
ARTICLES = frozenset("al el as ash ad an ar at az ben bin ibn".split())
# Capitalised words before the name of a town or region that leave it that town or region.
BEFORE_PLACES = frozenset(
    "north south east west northern southern eastern western central upper lower greater new old fort port "
    "mount lake cape san santa saint st. st downtown inner outer occupied rural town city province district "
    "region county state island valley camp village".split()
)
TITLES = frozenset(
    "president minister premier chancellor secretary senator general king queen prince princess prime mr "
    "mrs ms dr sir lord ambassador governor congressman leader colonel judge justice pope sheikh "
    "ayatollah emir sultan marshal commander chairman speaker".split()
)


def is_whole_people(token: Token) -> bool:
    """Tell "the Americans", "the French", who act as a state does, from "two Americans", "the Syrian"."""
    many = token.lower_.endswith(("s", "ch", "sh", "se"))
    plain = all(t.lower_ == "the" for t in token.lefts if not t.is_punct)
    said_more = any(c.dep_ in ("prep", "relcl", "acl") for c in token.rights)
    return many and plain and is_definite(token) and not said_more


# What is said of people who have lost their homes.
FLEEING = frozenset({"flee", "displace", "displaced", "uproot", "uprooted", "homeless", "fleeing"})


def is_fleeing(token: Token) -> bool:
    """Tell "displaced Hutus", "villagers fleeing the fighting", "families who fled" from others."""
    said = (c for c in token.children if c.dep_ in ("amod", "acl", "relcl"))
    return any(c.lemma_.lower() in FLEEING or c.lower_ in FLEEING for c in said)


def singular(token: Token) -> str:
    """Return a name's word without its plural: "Terrorists" in a headline."""
    text = token.lower_
    return text[:-1] if text.endswith("s") and token.tag_ in ("NNPS", "NNS") else text


def is_name(token: Token) -> bool:
    """Tell a proper name from a capitalised word: months, weekdays and numbers are no actors."""
    first = token.nbor(-2) if token.i > 1 and token.nbor(-1).text == "-" else token  # "Yoon Tae-ho"
    return first.text[:1].isupper() and token.ent_type_ == "" and token.lower_ not in CALENDAR


def name_text(token: Token) -> str:
    """Return an unknown name with its first names, without titles."""
    parts = [t for t in token.lefts if t.dep_ in ("compound", "flat") and t.pos_ == "PROPN"]
    parts = [t for t in parts if t.lower_ not in TITLES]
    start = min([t.left_edge.i for t in parts], default=token.i)
    return str(token.doc[start : token.i + 1].text)
