"""Whom a name means where it stands: an entry of the gazetteer, or somebody it does not know.

:class:`Naming` answers for one report, word by word: which office of a person is meant ("ex-president
Doe"), whose "the Red Crescent" is ("the *Iranian* Red Crescent"), whether "Albanians" are a people or those
who live where the report is set, and who bears an unknown name ("Mayor Sikongo" after "the mayor of
Rundu"). :mod:`.actors` asks it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract import phrases, syntax
from dateline.extract.antecedents import Referent
from dateline.extract.coreference import Memory
from dateline.extract.whose import Whose
from dateline.gazetteer import Entry, Found, Gazetteer
from dateline.lexicon import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

# Kinds of bodies that every state may have one of: "the Iranian Red Crescent", "Peru's Congress".
NATIONAL_KINDS = frozenset({"agency", "court", "ministry", "ngo", "parliament", "party", "police", "union"})
# Kinds of names that fit people of many states: "Islamists", "Kurds".
COMMUNITIES = frozenset({"ethnic", "religious"})


@dataclass(frozen=True, slots=True)
class Naming:
    """What names mean in one report; ``whose`` knows the paragraph at hand and the day."""

    gazetteer: Gazetteer
    memory: Memory
    whose: Whose

    def entry(self, token: Token, found: Found) -> Entry | None:
        """Return what a name of the gazetteer means at a token; None for an adjective that names nobody."""
        entry = self._of_owner(token, self.whose.meaning(found.entries), found)
        if entry.form == "adjective" and token.pos_ not in ("NOUN", "PROPN"):
            return None
        if entry.form == "adjective":
            entry = replace(entry, form="people", sector="CVL")
        if entry.form == "people" and phrases.is_ethnic(token):
            entry = self.whose.at_home(token, entry)
        if entry.sector == "CVL" and phrases.is_fleeing(token):
            entry = replace(entry, sector="REF")
        elif entry.form == "people" and entry.kind == "state" and phrases.is_whole_people(token):
            entry = replace(entry, sector="GOV")
        if entry.kind in COMMUNITIES and entry.code is None:
            owner = self.whose.owner(token)
            entry = replace(entry, code=owner.code if owner is not None else self.whose.home(token, "CVL"))
        return self._in_office(token, entry, found) if entry.form == "person" else entry

    def referent(self, entry: Entry) -> Referent:
        """Return whom an entry means, a person as the report has spoken of them before."""
        fresh = self.whose.referent(entry)
        return self.memory.person(entry.name, fresh) if entry.form == "person" else fresh

    def unknown(self, token: Token, is_title: bool) -> tuple[Referent, tuple[str, ...]]:
        """Return who bears a name that the gazetteer does not know, with the reasons."""
        title, owner = self.whose.title(token), self.whose.owner(token)
        if title is None:
            return self._untitled(token, owner, is_title)
        word, role = title
        name = phrases.name_text(token)
        holder = self._holder(name, role, owner)
        if holder is not None:
            known = self.memory.person(holder.name, self.whose.referent(holder))
            return known, (f"gazetteer:{holder.id}", "title")
        sector = self.whose.sector(word, role, owner)
        if owner is None and not role.code:  # "Mayor Sikongo" after "the mayor of Rundu"
            owner = self.memory.same_head(word.lemma_.lower(), role.lemma, sector, plural=False)
        home = self.whose.home(word, sector) if owner is None and not role.code else None
        code, by = (owner.code, owner.by) if owner else (role.code or home, "setting" if home else "")
        return Referent(name, name, code, sector, "person", False, by), ("title", *([by] if by else ()))

    def _of_owner(self, token: Token, entry: Entry, found: Found) -> Entry:
        """Give "the Iranian Red Crescent", "Peru's Supreme Court" the state that stands before the name."""
        if entry.form != "body" or entry.kind not in NATIONAL_KINDS:
            return entry
        words = [w for w in syntax.left_modifiers(token) if self.whose.index.get(w.i) not in (None, found)]
        owner = next(
            (o for o in map(self.whose.modifier_owner, words) if o is not None and o.kind == "state"), None
        )
        if owner is None or owner.code in (None, entry.code):
            return entry
        return replace(entry, code=owner.code, name=f"{entry.name} ({owner.name})")

    def _in_office(self, token: Token, entry: Entry, found: Found) -> Entry:
        """Let the title before a name tell which office is meant: "President Gbagbo", "ex-president Doe"."""
        title = self.whose.title(token)
        if title is not None and self.whose.day is None:
            office = self.gazetteer.holder(entry.name.rpartition(" ")[2], title[1].lemma, entry.code, None)
            entry = office if office is not None and office in found.entries else entry
        if phrases.is_fallen(token) and entry.sector in ("GOV", "OPP"):
            entry = replace(entry, sector="ELI")
        return entry

    def _untitled(
        self, token: Token, owner: Referent | None, is_title: bool
    ) -> tuple[Referent, tuple[str, ...]]:
        """Resolve "Taiwan's Chen", and the bare surname of a leader in a headline; else keep the name."""
        day = self.whose.day
        holder = None
        if phrases.is_surname_alone(token) and day:
            if owner is not None and owner.kind == "state" and owner.code:
                holder = self.gazetteer.holder(token.text, None, owner.code, day)
            elif is_title:
                holder = self.gazetteer.ruler(token.text, day)
        if holder is None:
            name = phrases.name_text(token)
            return Referent(name, name, None, None, "name", False), ("unresolved",)
        return self.memory.person(holder.name, self.whose.referent(holder)), (f"gazetteer:{holder.id}",)

    def _holder(self, name: str, role: Role, owner: Referent | None) -> Entry | None:
        """Return the office holder whom a title and a surname name: "President Clinton"."""
        code = owner.code if owner else None
        return self.gazetteer.holder(name, role.lemma, code, self.whose.day) if " " not in name else None
