# SPDX-License-Identifier: MIT
"""Kills the server while eight people save, again and again, and looks for every answer that was acknowledged."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.service import Service, Visitor, running, session_of, set_up_service

KILLS = 20
WRITERS = 8
# After this many acknowledged saves in all the server is killed, in the middle of the others.
SAVES_BEFORE_KILL = 40
PLACES = (
    "organisation/board_leads",
    "organisation/has_strategy",
    "acute/has_record",
    "acute/bedside_share",
    "acute/sees_images",
    "community/has_record",
    "community/bedside_share",
    "community/visits_offline",
)
ANSWERS = ("disagree", "neither", "agree")


@dataclass
class Log:
    """What the writers were told, and when the server is to be killed."""

    acknowledged: set[tuple[str, int, str]] = field(default_factory=set)
    enough: threading.Event = field(default_factory=threading.Event)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    saves: int = 0

    def note(self, place: str, version: int, note: str) -> None:
        with self.lock:
            self.acknowledged.add((place, version, note))
            self.saves += 1
            if self.saves >= SAVES_BEFORE_KILL:
                self.enough.set()


def write_until_killed(service: Service, session: str, place: str, version: int, log: Log) -> None:
    """Save one answer after another at a place, each over the version before, until nobody answers any more."""
    visitor, asks_number = Visitor(service.address, session), place.endswith("share")
    try:
        while True:
            note = f"{place} after {version}"
            answer = {"number": str(version % 100)} if asks_number else {"answer": ANSWERS[version % 3]}
            path = f"/rounds/2026/ZZ301/questions/{place}/save/"
            status, told = visitor.save(path, **answer, note=note, version=str(version))
            if status != 200:
                log.errors.append(f"{status} {told}")
                return
            version = int(str(told["version"]))
            log.note(place, version, note)
    except (OSError, http.client.HTTPException):
        return  # the server is dead: what it had not acknowledged may be there or not
    finally:
        visitor.close()


def read_stored(service: Service) -> set[tuple[str, int, str]]:
    """Return every version at every place, with its note, as the database has them."""
    rows = service.read("SELECT asked_in, question, version, note FROM rounds_answer")
    return {(f"{where}/{question}", version, note) for where, question, version, note in rows}


def write_and_kill(service: Service, session: str, stored: set[tuple[str, int, str]], log: Log) -> None:
    """Let eight people save and kill every process of the server in the middle of it."""
    versions = {place: max((version for at, version, _ in stored if at == place), default=0) for place in PLACES}
    with running(service) as server:
        writers = [
            threading.Thread(target=write_until_killed, args=(service, session, place, versions[place], log))
            for place in PLACES
        ]
        for writer in writers:
            writer.start()
        reached = log.enough.wait(timeout=60)
        kill(server)
        for writer in writers:
            writer.join(timeout=60)
    assert log.errors == []
    assert reached, f"only {log.saves} saves in a minute: see {service.log}"


def kill(server: subprocess.Popen[bytes]) -> None:
    """End the server and its workers at once: none of them can tidy up."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(timeout=10)


def test_every_acknowledged_save_is_there_after_twenty_kills(tmp_path: Path):
    assert len(PLACES) == WRITERS
    acknowledged: set[tuple[str, int, str]] = set()

    with set_up_service(tmp_path) as service:
        session = session_of(service, "contributor.")
        stored: set[tuple[str, int, str]] = set()
        for _ in range(KILLS):
            log = Log()
            write_and_kill(service, session, stored, log)
            acknowledged |= log.acknowledged
            stored = read_stored(service)

            assert acknowledged - stored == set(), "acknowledged, and lost"

    assert len(acknowledged) >= KILLS * SAVES_BEFORE_KILL
    by_place = {place: sorted(version for at, version, _ in stored if at == place) for place in PLACES}
    assert all(versions == list(range(1, len(versions) + 1)) for versions in by_place.values()), "no version is missing"
