"""Lines that stand in the text of a page but belong to no article.

``LINES`` is the list: a name, and a pattern that the *whole* line must match (case ignored). To
leave out another kind of line, add a row and a case to ``tests/ingest/test_junk.py``. A line that
could be a sentence of an article must not match: when in doubt, leave it in.
"""

from __future__ import annotations

import re

_WIRES = r"reuters|ap|afp|xinhua|tass|associated press|agence france-presse|bloomberg|dpa|efe|ansa"

_DONE = r"(?:additional )?(?:reporting|writing|editing|compiled|translat\w+)(?: and \w+)?"
_NAME = r"(?-i:[A-Z])[\w.'’-]*"

LINES = (
    ("advertisement", r"\W*(?:advertisement|advertising|sponsored(?: content)?|promoted)\b.{0,40}"),
    ("advertisement", r"(?:story|article|report) continues (?:below|after).{0,30}"),
    ("advertisement", r"scroll (?:down )?to continue.{0,30}"),
    ("share", r"(?:share|tweet|print|e-?mail|save|pin|copy link|bookmark|listen|like|whatsapp)"),
    ("share", r"(?:share|tweet|print|e-?mail) (?:this|on|via|with|now)\b.{0,60}"),
    ("share", r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|instagram|youtube|pinterest)"),
    ("related", r"(?:read (?:more|also|next|on|the full)|also read|see also|related)\b"
                r"[^.]{0,40}:.*"),
    ("related", r"(?:read (?:more|also|next)|see also|more on this|you may also like)\W*"),
    ("related", r"(?:related|recommended|trending|popular|latest|top|more) (?:articles?|stories|"
                r"news|coverage|topics?|content|posts?|links?)\b\W*(?:from|on|in|:)?.{0,30}"),
    ("related", r"(?:related|recommended|trending|most read|editor.?s.? picks?|in this story)\W*"),
    ("caption", r"(?:(?:file )?(?:photo|image|picture|pic)|photograph|caption|(?:photo )?credits?)"
                r"\s?:.*"),
    ("caption", r"(?:file )?(?:photo|image|photograph|picture)s? (?:by|via|courtesy|credit)\b"
                r".{0,80}"),
    ("caption", r"\W*(?:file|handout|representational|representative|illustrative) "
                r"(?:photo|image|picture)s?\W*"),
    ("caption", r"[\[(](?:[\w./ -]{1,60}[ /])?(?:photo|image|getty images|file)[\])]"),
    ("caption", r"\[(?:file|photo|image)\b[^\]]{0,80}\]"),
    ("subscribe", r"(?:subscribe|sign up|sign in|log in|register)"
                  r"(?: (?:to|for|now|here|today|with)\b[^.,]{0,60})?[.!]?"),
    ("subscribe", r"(?:follow|join|find) us (?:on|at)\b[^.]{0,60}[.!]?"),
    ("subscribe", r"(?:click|tap) here\b.{0,80}"),
    ("subscribe", r"(?:get|have) (?:the|our) (?:latest|news|app|newsletter)\b.{0,80}"),
    ("page", r"(?:page )?\d{1,3}\s?(?:of|/)\s?\d{1,3}"),
    ("page", r"(?:page|p\.) ?\d{1,4}"),
    ("page", r"[-–— ]{0,3}\d{1,3}[-–— ]{1,3}"),
    ("page", r"(?:next|previous|prev|back|home|menu|search|skip to (?:main )?content|loading)\W*"
             r"(?:page|article|story)?\W*"),
    ("page", r"(?:continue reading|show more|load more|view (?:all|more|comments)|back to top)\b"
             r".{0,30}"),
    ("page", r"(?:\d{1,6} )?comments?\W*(?:\d{1,6})?\W*"),
    ("page", r"(?:leave|post|add|write) a (?:comment|reply).{0,20}"),
    ("page", r"\d{1,3} ?min(?:ute)?s?\.? read"),
    ("page", r"we use cookies\b.{0,200}"),
    ("rights", r"(?:©|\(c\)|copyright)\W.{0,120}"),
    ("rights", r".{0,80}\ball rights reserved\b.{0,40}"),
    ("rights", r"our standards\b.{0,80}"),
    ("tags", r"(?:tags?|topics?|keywords?|categor(?:y|ies)|filed under|labels?)\s?:.*"),
    ("sign-off", rf"\({_DONE} by .{{2,200}}\)\.?"),
    ("sign-off", rf"{_DONE} by(?: {_NAME}| and| in|[,;]| {_DONE} by)+\.?"),
    ("sign-off", rf"\W*(?:source|credit|via)?\s?:?\s?(?:the )?(?:{_WIRES})\W*"),
    ("sign-off", r"(?:ends?|\(?ends?\)?|-30-|the end)\W*"),
    ("rule", r"[\W_]{1,200}"),
)  # fmt: skip

_NAMED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in LINES)
_WEAK = frozenset({"share", "page", "tags", "sign-off"})
_LONGEST = 300
BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
LINE = re.compile(f"[^{BREAKS}]+")
_BLANK_BEFORE = re.compile(rf"(?:\r?\n|[{BREAKS}])\s*[{BREAKS}]\s*$")


def kind(line: str, *, apart: bool = True) -> str:
    """Return which kind of junk a line is, or an empty string when it is none.

    ``line`` has no blanks at its ends. ``apart`` tells that it stands apart from the text before
    it; when it does not, it may be the last words of a wrapped sentence ("…told / Reuters."), and
    only the kinds that no sentence ends with count.
    """
    if len(line) > _LONGEST:
        return ""
    return next((n for n, p in _NAMED if (apart or n not in _WEAK) and p.fullmatch(line)), "")


def masked(text: str) -> str:
    """Blank out the junk lines inside a text of several lines, keeping every position."""
    return LINE.sub(lambda m: " " * len(m[0]) if _inner_junk(m, text) else m[0], text)


def _inner_junk(line: re.Match[str], text: str) -> bool:
    # the first and the last line belong to the paragraph by construction
    if line.start() == 0 or line.end() == len(text):
        return False
    apart = _BLANK_BEFORE.search(text[max(0, line.start() - 40) : line.start()]) is not None
    return bool(kind(line[0].strip(), apart=apart))
