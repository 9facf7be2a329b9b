"""The only file that runs the trained network: one pass over a text answers what every word is.

The network (``data/model/reader.onnx``, see ``docs/model-card.md``) is a small encoder with a head for
each question: which act a word denotes and in which mode, whether it happened or is only recalled, which
words are source, cue and content of an attribution, which words belong to which act or cue, what the
sentence is about. It reads as many following sentences at once as it has room for, so that each is read
beside its neighbours. With a source and a target marked in a sentence it also says which relation holds
between them. How it was trained stands in ``training/``.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline import errors
from dateline.pieces import Encoder, Pair, Range, Stretch, Words

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Scores = NDArray[numpy.float32]

FOLDER = Path(__file__).parent / "data" / "model"
NONE = "NONE"  # the label for "no act" and for "no relation in this direction"
STEP = 0.2  # what a step from tag to tag counts beside the words' own scores; chosen on half of PolNeAR dev
ROOM = 96  # pieces that sentences read together may take; chosen on corpus files 09, which were not fitted to


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network reads in one sentence of ``n`` words; every number is a probability or a score.

    It was read beside others, in a stretch of ``m`` words; its own are those from ``first`` on.

    ``event`` (n x 17), ``realis`` (n x 5), ``background``, ``voiced`` and ``carried`` (n: dated by another
    sentence), ``certainty`` (n, from -3 to 3), ``saying`` and ``party`` (n x 7, logarithms of
    probabilities), ``mode`` (n x modes, raw scores), ``sector`` (n x 25: of the party that a word heads),
    ``links`` (n anchors x m words for each link), ``context`` (37), ``discourse`` (9), ``state`` (384: the
    encoder's last where the sentence begins, for :mod:`dateline.document`). The order of labels is that of
    :class:`Network`. A word that was cut off reads as nothing.
    """

    first: int

    event: Scores
    mode: Scores
    realis: Scores
    background: Scores
    voiced: Scores
    certainty: Scores
    saying: Scores
    party: Scores
    sector: Scores
    carried: Scores
    links: Scores
    context: Scores
    discourse: Scores
    state: Scores


class Network:
    """The trained network; get it with :func:`network`.

    ``labels`` gives for every head its labels in order, ``steps`` how likely each tag of ``saying``
    follows each (logarithms of shares in the texts it was fitted to). ``batch`` stretches of one call
    are read at once; eight-bit arithmetic takes one scale for a batch, so an answer may depend in its
    last digits on the texts it is read with: give one report in one call, and it is always the same.
    """

    def __init__(self, folder: Path = FOLDER, threads: int = 1, batch: int = 4) -> None:
        self.card = _card(folder / "model.toml")
        weights = _verified(folder / "reader.onnx", self.card["sha256"]["reader.onnx"])
        words = _verified(folder / "vocab.txt", self.card["sha256"]["vocab.txt"])
        self.labels: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in self.card["labels"].items()}
        self.steps: list[list[float]] = self.card["saying_steps"]
        self._word_places = _places(self.labels, self.card["word_heads"])
        self._text_places = _places(self.labels, self.card["text_heads"])
        pieces, longest = words.decode().splitlines(), self.card["max_length"]
        self._encoder = Encoder(pieces, self.card["markers"], longest, ROOM)
        self._session = _session(weights, threads)
        self._batch = batch

    def read(self, texts: Sequence[Sequence[Words]]) -> list[list[Reading]]:
        """Return what is read in each sentence of each text, a text given as its sentences in order."""
        of = [(n, stretch) for n, text in enumerate(texts) for stretch in self._encoder.stretches(text)]
        found: list[list[Reading]] = [[] for _ in texts]
        read: list[list[Reading]] = [[] for _ in of]
        for batch in _batches([len(stretch.ids) for _, stretch in of], self._batch):
            given = self._run(["words", "links", "text", "state"], [of[i][1].ids for i in batch])
            for row, i in enumerate(batch):
                read[i] = self._readings([output[row] for output in given], of[i][1])
        for (n, _), readings in zip(of, read, strict=True):
            found[n] += readings
        return found

    def read_each(self, sentences: Sequence[Words]) -> list[Reading]:
        """Return what is read in sentences that have nothing to do with each other."""
        return [reading for text in self.read([[words] for words in sentences]) for reading in text]

    def relations(self, rows: Sequence[tuple[Sequence[str], Pair]]) -> list[dict[str, float]]:
        """Return for each row (words, word ranges of source and target) every type's probability and NONE's.

        Rows are read one at a time, so an answer never depends on the rows beside it.
        """
        answers = []
        for words, pair in rows:
            (scores,) = self._run(["relation"], [self._encoder.encode(words, pair)[0]])
            answers.append(dict(zip(self.labels["event"], _softmax(scores)[0].tolist(), strict=True)))
        return answers

    def _run(self, outputs: list[str], batch: list[list[int]]) -> list[Any]:
        import numpy

        ids = numpy.zeros((len(batch), max(map(len, batch))), dtype=numpy.int64)
        for row, numbers in zip(ids, batch, strict=True):
            row[: len(numbers)] = numbers
        answers: list[Any] = self._session.run(outputs, {"ids": ids})
        return answers

    def _readings(self, given: Sequence[Scores], stretch: Stretch) -> list[Reading]:
        words, links, text, state = given
        every = [start for starts in stretch.starts for start in starts]
        found, first = [], 0
        for starts, head in zip(stretch.starts, stretch.heads, strict=True):
            found.append(
                self._reading(first, words, links[:, starts][:, :, every], (text[head], state[head]), starts)
            )
            first += len(starts)
        return found

    def _reading(
        self, first: int, words: Scores, links: Scores, sentence: tuple[Scores, Scores], starts: Sequence[int]
    ) -> Reading:
        """Pick what belongs to the words out of what was read at their pieces."""
        at = words[starts]
        cut = [n for n, start in enumerate(starts) if not start]
        at[cut] = 0.0
        of = {name: at[:, slice(*place)] for name, place in self._word_places.items()}
        whole = {name: sentence[0][slice(*place)] for name, place in self._text_places.items()}
        event = _softmax(of["event"])
        event[cut] = 0.0
        return Reading(
            first=first,
            event=event,
            mode=of["mode"],
            realis=_softmax(of["realis"]),
            background=_sigmoid(of["background"])[:, 0],
            voiced=_sigmoid(of["voiced"])[:, 0],
            certainty=of["certainty"][:, 0],
            saying=_log_softmax(of["saying"]),
            party=_log_softmax(of["party"]),
            sector=_softmax(of["sector"]),
            carried=_sigmoid(of["carried"])[:, 0],
            links=_sigmoid(links),
            context=_sigmoid(whole["context"]),
            discourse=_softmax(whole["discourse"]),
            state=sentence[1],
        )


def _places(labels: dict[str, tuple[str, ...]], heads: Sequence[str]) -> dict[str, Range]:
    """Return where the numbers of each head stand in the row that holds them all."""
    found, start = {}, 0
    for name in heads:
        found[name] = (start, start + len(labels[name]))
        start += len(labels[name])
    return found


def _log_softmax(scores: Any) -> Any:
    import numpy

    shifted = scores - scores.max(-1, keepdims=True)
    return shifted - numpy.log(numpy.exp(shifted).sum(-1, keepdims=True))


def _softmax(scores: Any) -> Any:
    import numpy

    return numpy.exp(_log_softmax(scores))


def _sigmoid(scores: Any) -> Any:
    import numpy

    return 1.0 / (1.0 + numpy.exp(-scores))


def best_tags(
    scores: Scores, labels: Sequence[str], steps: Sequence[Sequence[float]] | None = None
) -> list[str]:
    """Return the likeliest sequence of BIO tags in which no I- stands without its beginning (Viterbi).

    ``scores`` are logarithms (words x labels); ``steps`` (labels x labels) those of a tag's followers.
    """
    import numpy

    if not len(scores):
        return []
    barred = _barred(tuple(labels))
    if steps is not None:
        barred = barred + STEP * numpy.array(steps)
    total = scores[0] + numpy.array([-1e9 if label.startswith("I-") else 0.0 for label in labels])
    back = []
    for row in scores[1:]:
        ways = total[:, None] + barred
        back.append(ways.argmax(0))
        total = ways.max(0) + row
    path = [int(total.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return [labels[n] for n in reversed(path)]


@cache
def _barred(labels: tuple[str, ...]) -> Any:
    """Return a table (labels x labels) with 0 where a tag may follow another and a bar where it may not."""
    import numpy

    allowed = [[_may_follow(one, other) for other in labels] for one in labels]
    return numpy.where(numpy.array(allowed), 0.0, -1e9)


def _may_follow(one: str, other: str) -> bool:
    return not other.startswith("I-") or one[2:] == other[2:]


def _batches(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Yield the positions of rows of like length together, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    for start in range(0, len(order), size):
        yield order[start : start + size]


@cache
def network() -> Network:
    """Load the shipped network once; raise ModelError if it, or onnxruntime, is missing or another."""
    return Network()


def _card(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise errors.ModelError(f"the network is not installed: no {path.name}") from None


def _verified(path: Path, expected: str) -> bytes:
    """Return the bytes of a file; raise ModelError unless they are the pinned ones."""
    try:
        content = path.read_bytes()
    except OSError:
        raise errors.ModelError(f"the network is not installed: no {path.name}") from None
    if hashlib.sha256(content).hexdigest() != expected:
        raise errors.ModelError(f"{path.name}: not the pinned file of the network")
    return content


def _session(weights: bytes, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise errors.ModelError("onnxruntime is not installed; the network needs it") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
