# SPDX-License-Identifier: MIT
"""The queue of those who write to one file: one at a time, of all threads of all processes of this machine."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from functools import cache

_PAUSE = 0.0005  # seconds


class QueueTooLong(Exception):
    """Somebody has been writing for longer than one waits."""


class WriteQueue:
    """A lock that a thread holds while it writes. Threads queue here; of each process one thread asks for the file.

    The system lets go of the file when a process ends, however it ends.
    """

    def __init__(self, path: str) -> None:
        self._threads = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def enter(self, *, longest: float) -> None:
        """Wait for one's turn. longest: seconds. Raises QueueTooLong."""
        until = time.monotonic() + longest
        if not self._threads.acquire(timeout=longest):
            raise QueueTooLong
        while not self._take_file():
            if time.monotonic() >= until:
                self._threads.release()
                raise QueueTooLong
            time.sleep(_PAUSE)  # sleeps: the system can wait for a file, but not for so long and no longer

    def leave(self) -> None:
        """Let the next one write."""
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def _take_file(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def find_queue(database: str) -> WriteQueue:
    """Return the queue of a database's file; in a process that was forked, one of its own."""
    return _queue_of(f"{database}-queue", os.getpid())


@cache
def _queue_of(path: str, _process: int) -> WriteQueue:
    return WriteQueue(path)
