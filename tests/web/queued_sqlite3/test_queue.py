# SPDX-License-Identifier: MIT
"""The queue of writers: one at a time of all threads and processes, and nobody waits for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from trigpoint_web.queued_sqlite3.queue import QueueTooLong, WriteQueue, find_queue

HOLDS = """
import sys
from trigpoint_web.queued_sqlite3.queue import find_queue
find_queue(sys.argv[1]).enter(longest=10)
print("mine", flush=True)
sys.stdin.read()
"""
COUNTS = """
import sys
from trigpoint_web.queued_sqlite3.queue import find_queue
queue = find_queue(sys.argv[1])
for _ in range(200):
    queue.enter(longest=30)
    with open(sys.argv[1]) as file:
        count = int(file.read())
    with open(sys.argv[1], "w") as file:
        file.write(str(count + 1))
    queue.leave()
"""


@pytest.fixture
def database(tmp_path):
    return str(tmp_path / "a.sqlite3")


def start(code, *words):
    command = [sys.executable, "-c", code, *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_second_one_waits_its_time_and_is_told(database):
    queue = WriteQueue(database)
    queue.enter(longest=1)

    with pytest.raises(QueueTooLong):
        queue.enter(longest=0.01)

    queue.leave()
    queue.enter(longest=1)
    queue.leave()


def test_who_waited_in_vain_for_another_process_does_not_block_the_next(database):
    queue = find_queue(database)
    with start(HOLDS, database) as other:
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(QueueTooLong):
            queue.enter(longest=0.01)

        other.kill()  # however a process ends, its turn ends with it
        other.wait()

        queue.enter(longest=10)
        queue.leave()


def test_processes_and_threads_count_to_the_same_number_together(database):
    number = Path(database)
    number.write_text("0", encoding="utf-8")
    processes = [start(COUNTS, database) for _ in range(2)]
    queue = find_queue(database)

    def count() -> None:
        for _ in range(100):
            queue.enter(longest=30)
            number.write_text(str(int(number.read_text(encoding="utf-8")) + 1), encoding="utf-8")
            queue.leave()

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.wait() for process in processes] == [0, 0]
    for process in processes:
        process.communicate()

    assert int(number.read_text(encoding="utf-8")) == 2 * 200 + 3 * 100


def test_one_file_has_one_queue_and_a_forked_process_one_of_its_own(database, monkeypatch):
    ours = find_queue(database)

    assert find_queue(database) is ours
    assert find_queue(database + "2") is not ours
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert find_queue(database) is not ours


def test_the_file_of_the_queue_is_its_owners_alone(database):
    find_queue(database)

    assert Path(f"{database}-queue").stat().st_mode & 0o777 == 0o600
