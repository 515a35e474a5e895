# SPDX-License-Identifier: MIT
"""How long publishing takes: a made-up nation of two rounds, from answers to a site that verifies.

Usage: script/bench publication [--runs N] [--copies N]
Prints the least and the middle time of each step, run in a process of its own, imports left out, and the peak memory.
--copies: how many times as many organisations, to see how it grows.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

STEPS = {
    "release": "two releases written: tables, spreadsheet, page, data package",
    "site": "the site made of them: a page for each organisation and question, table, feed",
    "verify": "the site verified: every score worked out again, every page made again",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Times publishing.")
    parser.add_argument("--runs", type=int, default=3, help="how often each is run, in a process of its own")
    parser.add_argument("--copies", type=int, default=1, help="how many times as many organisations")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.step:
        print(*_measure(given.step, given.copies))
        return 0
    print(f"{'what':<85} {'least s':>8} {'middle s':>9} {'peak MB':>8}")
    for step, what in STEPS.items():
        found = [_in_a_process(step, given.copies) for _ in range(given.runs)]
        seconds = [one for one, _ in found]
        print(f"{what:<85} {min(seconds):>8.2f} {statistics.median(seconds):>9.2f} {max(p for _, p in found):>8.0f}")
    return 0


def _in_a_process(step: str, copies: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.publication", "--step", step, "--copies", str(copies)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak = ended.stdout.split()
    return float(seconds), float(peak)


def _measure(step: str, copies: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as room:
        run = prepare(step, copies, Path(room))
        began = time.perf_counter()
        run()
        return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def prepare(step: str, copies: int, room: Path) -> Callable[[], Any]:
    import numpy as np

    from trigpoint.io.content import framework_folder, read_framework
    from trigpoint.io.release import SOFTWARE, write_release
    from trigpoint.io.site import read_site, verify_site, write_site
    from trigpoint.io.synthetic_shape import read_shape_texts
    from trigpoint.publication.release import build_release
    from trigpoint.publication.settings import LICENCES, ReleaseSettings
    from trigpoint.synthetic import DEFAULT_SEED, make_rounds, parse_shape

    frameworks = read_framework("nhs-dma@2015-16"), read_framework("nhs-dma@2017")
    shape = parse_shape(read_shape_texts(), frameworks)
    made = make_rounds(np.random.Generator(np.random.PCG64(DEFAULT_SEED)), shape, frameworks)
    folders = [room / "a", room / "b"]

    def release() -> None:
        for folder, answers, framework, year in zip(
            folders, (made.first, made.second), frameworks, (2016, 2017), strict=True
        ):
            settings = ReleaseSettings("Made up", LICENCES["OGL-UK-3.0"], f"{year}-12-01", is_synthetic=True)
            built = build_release(_many(answers, copies), framework, settings, software=SOFTWARE)
            write_release(built, framework_folder(str(framework.ref)), folder)

    def site() -> None:
        read = read_site(folders, title="Made up", address="", reasons={})
        write_site(read, folders, room / "site", rng_of=np.random.default_rng)

    def verify() -> None:
        found = verify_site(room / "site", rng_of=np.random.default_rng)
        assert not found.differences, found.differences[0]

    steps = {"release": release, "site": site, "verify": verify}
    for before in list(steps)[: list(steps).index(step)]:
        steps[before]()
    return steps[step]


def _many(answers: Any, copies: int) -> Any:
    """The same answers again under other codes."""
    from dataclasses import replace

    import numpy as np

    if copies == 1:
        return answers
    units = tuple(
        replace(unit, organisation=f"{unit.organisation}{copy}") for copy in range(copies) for unit in answers.units
    )
    numbers = {question: np.tile(column, copies) for question, column in answers.numbers.items()}
    return replace(answers, units=units, codes=np.tile(answers.codes, (copies, 1)), numbers=numbers)


if __name__ == "__main__":
    sys.exit(main())
