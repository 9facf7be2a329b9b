"""Throughput, memory and linearity of the whole pipeline: `make bench`.

News text is put together from the training corpus and the example reports, shuffled with a fixed seed,
three paragraphs a report, written to disk as JSON lines and coded through the command line with two
workers, so that reading, coding and writing are all counted. Figures are whole-process figures.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dateline import ingest, parse
from dateline.evaluate import corpus
from dateline.records import Report

ROOT = Path(__file__).parent.parent
SIZES = (100, 1_000, 10_000)
PARAGRAPHS = 3
SAMPLE = 400  # paragraphs whose sentences are counted


def paragraphs() -> list[str]:
    """Return paragraphs of news text written for this project, mostly of one sentence."""
    texts = [item.text for item in corpus.load(ROOT / "training" / "corpus") if "\n" not in item.text]
    for report in ingest.read([ROOT / "examples" / "reports"]):
        if isinstance(report, Report):
            texts += [report.text[start:end] for start, end in report.paragraphs]
    return texts


def sentences(texts: list[str]) -> float:
    """Return how many sentences a paragraph has, on average over a sample."""
    drawn = random.Random(7).sample(texts, SAMPLE)
    read = [parse.read(Report(text, ((0, len(text)),)))[0] for text in drawn]
    return sum(len(list(paragraph.sentences())) for paragraph in read) / SAMPLE


def write_reports(path: Path, count: int, texts: list[str]) -> None:
    """Write ``count`` reports of three paragraphs; each is different."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as handle:
        for number in range(count):
            body = "\n\n".join(chance.sample(texts, PARAGRAPHS))
            row = {
                "id": str(number),
                "title": f"Report {number}",
                "date": "2024-03-15",
                "outlet": "Bench",
                "text": body,
            }
            handle.write(json.dumps(row) + "\n")


def run(path: Path, workers: int) -> tuple[float, float, int]:
    """Code a file; return (wall seconds, peak megabytes of the largest process, mentions)."""
    command = [
        sys.executable,
        "-m",
        "dateline",
        "code",
        str(path),
        "--format",
        "jsonl",
        "--workers",
        str(workers),
    ]
    start = time.perf_counter()
    with (path.parent / "out.jsonl").open("wb") as out:
        subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=True)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with (path.parent / "out.jsonl").open("rb") as out_again:
        return seconds, peak, sum(1 for _ in out_again)


def main() -> None:
    texts = paragraphs()
    sizes = [int(a) for a in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        each = sentences(texts)
        print(f"{len(texts)} paragraphs of {each:.2f} sentences, {PARAGRAPHS} a report, two workers")
        for count in sizes:
            write_reports(path, count, texts)
            seconds, peak, mentions = run(path, workers=2)
            rate = count * PARAGRAPHS / seconds
            figures = (
                f"{seconds:7.1f} s  {rate:4.0f} paragraphs/s  {rate * each:4.0f} sentences/s"
                f"  {mentions:>6} mentions  peak {peak:5.0f} MB"
            )
            print(f"{count:>6} reports: {figures}")
        big = Path(folder) / "big.txt"
        words = " ".join(texts)
        big.write_text(
            "\n\n".join(words[i : i + 600] for i in range(0, 1_000_000, 600))[:1_000_000], encoding="utf-8"
        )
        seconds, peak, mentions = run(big, workers=2)
        figures = f"{seconds:7.1f} s  {mentions} mentions  peak {peak:5.0f} MB"
        print(f"one report of 1 MB: {figures} (200,000 characters analysed)")


if __name__ == "__main__":
    main()
