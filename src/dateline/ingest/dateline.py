"""The place, date and wire before the first sentence: ``KYIV, March 3 (Reuters) - ``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.ingest.dates import MONTH, MONTHS, stamp

_LONGEST = 140
_SCRIPT = 2_000
_SPEAKER = re.compile(r"\n[ \t]*[A-Z][A-Z .'-]{1,30}: ")
_UPPER = r"[^\W\d_a-z]"
_CAPS = rf"{_UPPER}(?:['’]?{_UPPER})+\.?"
_MONTH = f"(?i:{MONTH})"
_CAP_PLACE = rf"{_CAPS}(?:[ /-]{_CAPS}){{0,3}}"
_NAME = r"[^\W\d_a-z][\w'’.]*"
_PLACE = rf"{_NAME}(?:[ /-](?:(?:of|de|la|el|al|au|and|es|ul) |[a-z]{{2}}-)?{_NAME}){{0,3}}"
_REGION = rf",[ ]?(?P<region>(?!{_MONTH}\b){_PLACE})"
_DATE = (
    rf"(?:,|(?<=[.)]))?[ ]?(?P<date>{_MONTH}\.? ?\d{{1,2}}(?:, ?\d{{4}})?|"
    rf"\d{{1,2}} {_MONTH}\.?(?: \d{{4}})?)\.?"
)
_CREDIT = (
    r",?[ ]?(?:\((?P<credit>[^\W\d_a-z][\w. /&'’-]{0,40})\)|"
    r"/(?P<slash>[^\W\d_a-z][\w. -]{0,20})/\.?|"
    r"(?P<bare>[A-Z]{3,6}|Reuters|Xinhua|Tasnim|Bernama|Yonhap)(?=\s?[-–—]))"
)
_DASH = r"(?P<dash>[ ]?(?:--+|—|–)[ ]?|[ ]-[ ])"
# cities after which a plain colon is taken for a dateline ("LONDON: The …", as Dawn and Arab News
# print it); after other words in capitals it is a speaker or a kicker ("LOOK: …")
_CITIES = (
    "london|paris|berlin|brussels|geneva|vienna|rome|madrid|moscow|kyiv|warsaw|"
    "athens|ankara|istanbul|tehran|baghdad|erbil|damascus|beirut|amman|"
    "jerusalem|tel aviv|gaza|gaza city|ramallah|cairo|riyadh|jeddah|dubai|"
    "abu dhabi|doha|kuwait city|manama|muscat|sanaa|aden|kabul|islamabad|karachi|"
    "lahore|peshawar|quetta|rawalpindi|delhi|new delhi|mumbai|dhaka|colombo|"
    "kathmandu|yangon|bangkok|hanoi|manila|jakarta|kuala lumpur|singapore|"
    "beijing|hong kong|taipei|seoul|pyongyang|tokyo|sydney|canberra|washington|"
    "new york|united nations|ottawa|mexico city|caracas|bogota|brasilia|"
    "buenos aires|tripoli|tunis|algiers|rabat|khartoum|addis ababa|mogadishu|nairobi|"
    "kampala|kigali|abuja|lagos|accra|dakar|bamako|pretoria|johannesburg|harare"
)
_COLON_CITIES = frozenset(_CITIES.split("|"))
_START = r"[\"“‘'(«\[]*[A-Z0-9À-ÞА-Я]"

_FORM = re.compile(
    rf"(?:(?P<caps>{_CAP_PLACE})|(?P<name>{_PLACE}))(?:{_REGION})?(?:{_DATE})?(?:{_CREDIT})?"
    rf"[ ]?(?:{_DASH}|(?P<colon>:[ ])|(?P<none>[ ]))(?={_START}|(?P<low>[a-z]))"
)
_WIRE_ONLY = re.compile(rf"\((?P<credit>[A-Z][\w. /&'’-]{{1,40}})\)(?:{_DASH}|[ ])(?={_START})")
_PARTY = re.compile(r"[A-Z]-.*|[A-Z][a-z]{1,4}\.")
_BLANK = re.compile(r"[\s\xa0]+")
_NO_PLACE_WORDS = (
    "breaking update updated exclusive watch video analysis opinion explainer live note editor "
    "correction factbox timeline interview question answer nato eu un us uk usa ussr who imf opec "
    "urgent alert just photos gallery review comment editorial profile"
)
_NO_PLACE = frozenset(_NO_PLACE_WORDS.split())

WIRES = {
    "the associated press": "AP", "associated press": "AP", "ap": "AP", "reuters": "Reuters",
    "thomson reuters": "Reuters", "agence france-presse": "AFP", "afp": "AFP", "xinhua": "Xinhua",
    "xinhua news agency": "Xinhua", "tass": "TASS", "itar-tass": "TASS", "irna": "IRNA",
    "upi": "UPI", "dpa": "dpa", "efe": "EFE", "ansa": "ANSA", "yonhap": "Yonhap", "kyodo": "Kyodo",
    "tasnim": "Tasnim", "fars": "Fars", "interfax": "Interfax", "ria novosti": "RIA Novosti",
    "ria": "RIA Novosti", "sana": "SANA", "wafa": "WAFA", "petra": "Petra", "pti": "PTI",
    "ani": "ANI", "app": "APP", "bernama": "Bernama", "antara": "Antara", "anadolu": "Anadolu",
    "anadolu agency": "Anadolu", "aa": "Anadolu", "ukrinform": "Ukrinform", "mna": "Mehr",
    "mehr": "Mehr", "isna": "ISNA", "bbc": "BBC", "cnn": "CNN", "bloomberg": "Bloomberg",
    "ians": "IANS", "kuna": "KUNA", "spa": "SPA", "mena": "MENA", "pa": "PA",
    "pa media": "PA", "kcna": "KCNA", "belta": "BelTA",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prefix:
    """What stands before the first sentence; ``end`` is the offset where that sentence begins.

    ``place`` is as printed, but not all in capitals; ``date`` only when it has its year.
    """

    end: int
    place: str | None = None
    credit: str | None = None
    date: str | None = None


def wire(name: str) -> str | None:
    """Return the usual short name of a news agency, or None for any other name."""
    return WIRES.get(name.strip().lower())


def prefix(text: str, start: int, end: int) -> Prefix:
    """Find the dateline at the start of the paragraph ``text[start:end]``, if it has one."""
    piece = _flat(text[start : min(end, start + _LONGEST)])
    only = _WIRE_ONLY.match(piece)
    if only and wire(only["credit"]):
        return Prefix(start + only.end(), credit=wire(only["credit"]))
    found = _FORM.match(piece)
    if not found or not _plausible(found, piece):
        return Prefix(start)
    if found["colon"] and _SPEAKER.search(text, end, end + _SCRIPT):
        return Prefix(start)  # a transcript: the name before the colon is who speaks
    return Prefix(start + found.end(), _place(found), _credit(found), _full_date(found["date"]))


def _flat(piece: str) -> str:
    """Write every blank as a space, one for one, so that offsets stay."""
    return re.sub(r"\s", " ", piece.replace("\xa0", " "))


def _plausible(found: re.Match[str], piece: str) -> bool:
    """Tell a dateline from a sentence that begins with a name and a dash."""
    whole = found["caps"] or found["name"]
    first = whole.split()[0].strip(".,:").lower()
    if first in _NO_PLACE or wire(whole) or (first in MONTHS and not found["date"]):
        return False
    if _PARTY.fullmatch(found["credit"] or ""):
        return False  # Sen. Bernie Sanders (I-Vt.)
    stated = bool(found["date"] or _credit(found))
    if found["low"] or found["none"]:
        return stated and bool(wire(found["credit"] or "") or found["slash"] or found["dash"])
    if found["colon"]:
        return (found["caps"] or "").lower() in _COLON_CITIES
    if stated:
        return True
    if found["dash"].strip() == "-":
        return bool(found["caps"])
    return bool(found["caps"] or found["dash"].strip() not in _rest(found, piece))


def _rest(found: re.Match[str], piece: str) -> str:
    """Return the rest of the first sentence, in which a second dash would close an aside."""
    return re.split(r"[.!?]\s", piece[found.end() :], maxsplit=1)[0]


def _place(found: re.Match[str]) -> str:
    place = _cased(found["caps"] or found["name"])
    region = found["region"]
    return f"{place}, {_cased(region)}" if region and not wire(region) else place


def _cased(name: str) -> str:
    """Write a name in capitals as an ordinary name, initials such as D.C. apart."""
    if name != name.upper() or re.search(r"\w\.\w", name) or len(name) < 3:
        return name
    small = {"Of", "De", "La", "El", "Au", "And", "Al"}
    parts = re.split(r"([ /-])", name.title())
    return "".join(p.lower() if p in small and i else p for i, p in enumerate(parts))


def _credit(found: re.Match[str]) -> str | None:
    """Return the agency credited, known or not; without brackets it counts only when known."""
    written = found["credit"] or found["slash"]
    if written:
        return wire(written) or _BLANK.sub(" ", written).strip()
    return wire(found["bare"] or found["region"] or "")


def _full_date(written: str | None) -> str | None:
    return stamp(written) if written and re.search(r"\d{4}", written) else None
