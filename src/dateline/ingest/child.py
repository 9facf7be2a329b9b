"""The child process for suspicious pages: it can be killed, which no C code in-process can be.

The parent starts it on first need and keeps it. Both sides talk in frames of JSON over its pipes:
four bytes of length, then the text. :func:`serve` is the
child's own main loop.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

_LENGTH = struct.Struct(">I")
_ROOT = str(Path(__file__).resolve().parents[2])


class PageError(Exception):
    """The child could not extract a page; the text is the reason."""


class Child:
    """One child process; :meth:`extract` starts it when it is not running."""

    def __init__(self, memory: int) -> None:
        """Prepare a child with so many bytes of address space; nothing is started yet."""
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._inherited: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def extract(self, page: str, seconds: float) -> dict[str, str]:
        """Extract a page as :func:`dateline.ingest.page.extract` does, within a time limit.

        Raises PageError when it takes longer, runs out of memory or fails; the child is then ended
        and the next page gets a new one.
        """
        with self._lock:
            process = self._running()
            try:
                return _result(_ask(process, page, seconds))
            except (OSError, ValueError) as error:
                self.stop()
                raise PageError(str(error) or "the page ended the child process") from None

    def _running(self) -> subprocess.Popen[bytes]:
        alive = self._process is not None and self._process.poll() is None
        if not alive or self._owner != os.getpid() or self._process is None:
            self._inherited = self._process  # after a fork it is the parent's, and left alone
            self.stop()
            self._process = _started(self._memory)
            self._owner = os.getpid()
        return self._process

    def stop(self) -> None:
        """End the child process, if this process started one."""
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                _close(pipe)
        self._process = None


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with suppress(OSError):  # what was still to be written has no reader any more
            pipe.close()


def _started(memory: int) -> subprocess.Popen[bytes]:
    paths = [_ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    code = f"from dateline.ingest.child import serve; serve({memory:d})"
    # -P: a file of the user's working folder must not stand in for a module of ours
    command = [sys.executable, "-P", "-c", code]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _ask(process: subprocess.Popen[bytes], page: str, seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    assert process.stdin is not None
    assert process.stdout is not None
    _send(process.stdin, page)
    pipe = process.stdout.fileno()
    size = _LENGTH.unpack(_exactly(pipe, _LENGTH.size, deadline, seconds))[0]
    return json.loads(_exactly(pipe, size, deadline, seconds))


def _exactly(pipe: int, size: int, deadline: float, seconds: float) -> bytes:
    """Read so many bytes from a pipe before the deadline."""
    data = bytearray()
    while len(data) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise ValueError(f"the page took more than {seconds:g} s")
        chunk = os.read(pipe, min(size - len(data), 1 << 20))
        if not chunk:
            raise ValueError("the page ended the child process (out of memory?)")
        data += chunk
    return bytes(data)


def _result(answer: Any) -> dict[str, str]:
    if not isinstance(answer, dict) or "error" in answer:
        raise PageError(str(answer.get("error") if isinstance(answer, dict) else "no answer"))
    return answer


def _send(pipe: IO[bytes], value: Any) -> None:
    data = json.dumps(value).encode("ascii")
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


_children: dict[int, Child] = {}


def extract(page: str, seconds: float, memory: int) -> dict[str, str]:
    """Extract a page in the shared child of that memory limit; see :meth:`Child.extract`."""
    if memory not in _children:
        _children[memory] = Child(memory)
        atexit.register(_children[memory].stop)
    return _children[memory].extract(page, seconds)


def one_line(error: Exception) -> str:
    """Return the kind and the words of an error, on one line of bounded length."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"


def serve(memory: int) -> None:
    """Answer pages from standard input until it ends: the main loop of the child."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a print of a library must not land between two frames
    while len(head := source.read(_LENGTH.size)) == _LENGTH.size:
        page = json.loads(source.read(_LENGTH.unpack(head)[0]))
        _send(sink, _answer(page))


def _answer(page: str) -> dict[str, str]:
    from dateline.ingest import page as pages

    try:
        return pages.extract(page)
    except Exception as error:  # whatever the libraries raise is this page's reason
        return {"error": one_line(error)}
