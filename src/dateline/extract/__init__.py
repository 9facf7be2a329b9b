"""The desk: read one report and write down who did what to whom, when, and according to whom.

:func:`code` is the whole way of one report. It asks one question after another, each answered by the
module of that name, each taking the earlier answers (below a question: the modules that help to answer it):

1. ``parse``        what are the sentences and how are they built?
   ``syntax``, ``arguments``: questions to a parse; ``ranges``: stretches of tokens
2. ``actors``       whom do the noun phrases name? The answer is a ``cast``.
   ``naming``: whom does a name mean? ``phrases``: what kind of phrase is it? ``coreference``: whom does
   "it" stand for, and ``antecedents``: for whom most speaks? ``whose``: to whom does it belong?
   ``scene``: in which country is the sentence set? ``states``: which countries does the report name?
   ``origins``: where is a name common?
3. ``attribution``  who says what? Each answer is a ``saying``.
   ``quotes``: where do quotations open and close? ``cues``: how far does a word of saying reach?
   ``running``: which quotations run on? ``hearing``: what does the network hear? And once all is found,
   ``voices``: in whose voice is an act told?
4. ``triggers``     which words denote political acts?
5. ``roles``        who did it to whom?
   ``standing``: who stands in the slots of the row? ``parties``: who of those named is a party? ``unsaid``:
   and who where the clause names nobody? ``identity``: of which country (``countries``) and sector
   (``sectors``)?
6. ``realis``       did it happen, or is it denied, planned, possible, asked for?
7. ``recode``       what do PLOVER's rules make of announced and threatened acts?
8. ``weigh``        which of these stand, now that the network has read the sentence too?
9. ``when``         on which day?
   ``localday``: what day was it where the report was written? ``datings``: which words does an expression
   date? ``reckoned``: is it counted from another act? ``ties``: what do rules and sentence say together?
   ``background``: is it the report's news? ``thread``: is the same act dated elsewhere in the report?
10. ``where``       where?
    ``sites``: which places are named? ``placenames``: which words may name one? ``placesigns``: what speaks
    for each that a name may mean?
11. ``distancing``  does the outlet keep its distance?
12. ``labels``      by which words are the actors named?

``desk`` walks that way. ``reading`` is what the network reads in every sentence; the others ask it about
their tokens. ``choice`` is how ``ties``, ``carried``, ``antecedents``, ``countries``, ``sectors`` and
``unsaid`` choose: candidates, named features, fitted weights. Three modules are doors of their own:
``fitting`` (what are the weights fitted to?), ``relation`` (which relation holds between two given
parties?) and ``discourse`` (what does a sentence do in its report?).

spaCy ends here: what leaves are plain records.
"""

from __future__ import annotations

from dateline import model, parse
from dateline.extract.desk import laid
from dateline.gazetteer import gazetteer
from dateline.lexicon import lexicon
from dateline.records import Coded, Report


def code(report: Report, network: bool = True) -> Coded:
    """Code one report: all its mentions, attributions, labels, and the sentences left uncoded.

    Without ``network`` tables and parse alone decide: faster, and much less is found.
    """
    return laid(report, network).coded()


def load(language: str = "en") -> None:
    """Load all that coding a report needs, so that the first report takes no longer than the next."""
    parse.pipeline()
    lexicon(language)
    gazetteer()
    model.network()
