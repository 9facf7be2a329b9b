"""Code a stream of reports: in this process, or in worker processes that can be stopped.

Results come in the order of the inputs whatever the number of workers, so that the same input gives
the same bytes. Workers are long-lived; one that exceeds its time or dies is replaced, its report tried
once more, and then recorded as failed with the reason. Nothing is lost: every input comes out once.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from dateline.errors import DatelineError
from dateline.records import Coded, Rejected, Report

Result = Coded | Rejected

SECONDS = 10.0  # for an ordinary report; see seconds_for
SECONDS_PER_CHARACTER = 0.001
MEMORY = 1536 * 1024 * 1024  # bytes of address space a worker may add to what it has when loaded
TRIES = 2
AUTO_WORKERS_FROM = 24  # fewer reports than this are coded in this process: starting workers takes longer


def seconds_for(report: Report) -> float:
    """Return the time limit of a report: ten seconds and a millisecond a character."""
    return SECONDS + SECONDS_PER_CHARACTER * len(report.text)


def code_all(inputs: Iterable[Report | Rejected], workers: int = 1) -> Iterator[Result]:
    """Code a stream of reports in order; ``workers`` 1 codes here, 0 chooses by the amount of work."""
    stream = iter(inputs)
    if workers == 0:
        head, stream = _peek(stream, AUTO_WORKERS_FROM)
        workers = 1 if len(head) < AUTO_WORKERS_FROM else min(os.cpu_count() or 1, 8)
    if workers == 1:
        yield from (code_one(item) for item in stream)
    else:
        yield from _Pool(workers).map(stream)


def _peek(
    stream: Iterator[Report | Rejected], count: int
) -> tuple[list[Report | Rejected], Iterator[Report | Rejected]]:
    head = [item for _, item in zip(range(count), stream, strict=False)]

    def again() -> Iterator[Report | Rejected]:
        yield from head
        yield from stream

    return head, again()


def code_one(item: Report | Rejected) -> Result:
    """Code one report; an error while coding it becomes a ``Rejected`` with status ``failed``."""
    if isinstance(item, Rejected):
        return item
    from dateline import extract

    try:
        return extract.code(item)
    except DatelineError:
        raise  # the installation or a table is wrong: no report can be coded
    except Exception as error:
        return _failed(item, f"{type(error).__name__}: {error}")


def _failed(report: Report, reason: str) -> Rejected:
    line = " ".join(reason.split())[:300]
    return Rejected(report.path, line, status="failed", source_id=report.source_id)


# -- worker processes -------------------------------------------------------------------------------------


def _work(pipe: Connection) -> None:
    """Serve one worker: load once, then answer reports until the pipe closes."""
    try:
        from dateline import extract

        extract.load()  # before "ready": the first report's time and memory are for the report
        _limit_memory()
        pipe.send("ready")
        while True:
            item = pipe.recv()
            try:
                pipe.send(extract.code(item))
            except DatelineError:
                raise  # a table is wrong: no report can be coded
            except MemoryError:
                pipe.send(_failed(item, "limit: memory"))
            except Exception as error:
                pipe.send(_failed(item, f"{type(error).__name__}: {error}"))
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        return
    except DatelineError as error:
        pipe.send(error)


def _limit_memory() -> None:
    """Bound what one report may take, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    with (
        open("/proc/self/statm", encoding="ascii")
        if os.path.exists("/proc/self/statm")
        else open(os.devnull, encoding="ascii") as handle
    ):
        pages = handle.read().split()
    if pages:
        limit = int(pages[0]) * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


@dataclass(slots=True)
class _Job:
    number: int
    report: Report
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    ready: bool = False
    job: _Job | None = None
    deadline: float = 0.0

    @classmethod
    def start(cls) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, job: _Job) -> None:
        job.tries += 1
        self.job = job
        self.deadline = time.monotonic() + seconds_for(job.report)
        self.pipe.send(job.report)

    def stop(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


@dataclass(slots=True)
class _Pool:
    """A fixed number of workers; results wait in ``done`` until their turn comes."""

    size: int
    workers: list[_Worker] = field(default_factory=list)
    waiting: deque[_Job] = field(default_factory=deque)
    done: dict[int, Result] = field(default_factory=dict)
    taken: int = 0
    given_out: int = 0

    def map(self, stream: Iterator[Report | Rejected]) -> Iterator[Result]:
        """Yield one result per input, in order; at most a few dozen inputs are held at a time."""
        self.workers = [_Worker.start() for _ in range(self.size)]
        try:
            exhausted = False
            while not exhausted or self.given_out < self.taken:
                if not exhausted:
                    exhausted = self._take(stream)
                self._hand_out()
                self._collect()
                while self.given_out in self.done:
                    yield self.done.pop(self.given_out)
                    self.given_out += 1
        finally:
            for worker in self.workers:
                worker.stop()

    def _take(self, stream: Iterator[Report | Rejected]) -> bool:
        """Read ahead a little; return whether the inputs are exhausted."""
        while self.taken - self.given_out < 8 * self.size:
            item = next(stream, None)
            if item is None:
                return True
            if isinstance(item, Rejected):
                self.done[self.taken] = item
            else:
                self.waiting.append(_Job(self.taken, item))
            self.taken += 1
        return False

    def _hand_out(self) -> None:
        for worker in self.workers:
            if worker.ready and worker.job is None and self.waiting:
                worker.give(self.waiting.popleft())

    def _collect(self) -> None:
        busy = [w for w in self.workers if w.job is not None or not w.ready]
        if not busy or self.given_out in self.done:
            return
        for pipe in wait([w.pipe for w in busy], timeout=0.2):
            self._receive(next(w for w in self.workers if w.pipe is pipe))
        now = time.monotonic()
        for number, worker in enumerate(self.workers):
            if worker.job is not None and now > worker.deadline:
                self._replace(number, "limit: time")

    def _receive(self, worker: _Worker) -> None:
        number = self.workers.index(worker)
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(number, "the worker process died")
            return
        if isinstance(answer, DatelineError):
            raise answer
        if answer == "ready":
            worker.ready = True
        elif worker.job is not None:
            self.done[worker.job.number] = answer
            worker.job = None

    def _replace(self, number: int, reason: str) -> None:
        worker = self.workers[number]
        job = worker.job
        worker.stop()
        if job is None and not worker.ready:
            raise DatelineError("a worker process died while it was loading")
        self.workers[number] = _Worker.start()
        if job is None:
            return
        if job.tries < TRIES:
            self.waiting.appendleft(job)
        else:
            self.done[job.number] = _failed(job.report, f"{reason}, after {job.tries} tries")
