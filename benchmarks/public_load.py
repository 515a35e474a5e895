# SPDX-License-Identifier: MIT
"""How fast the published pages come: a real server (gunicorn, two workers of four threads) on a made-up nation's site.

Usage: script/bench public_load [--copies N] [--requests N]
--copies: how many times as many organisations as the 240 of the made-up nation; 34 gives over 8,000.
Clients and server share the machine. Each file kind is asked for whole, then as a cache asks that has it already.
The aims: p95 at most 50 ms (100 ms from 8,000 organisations on), 500 requests a second with cache headers.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.load import Load, put_load
from benchmarks.publication import prepare
from tests.support.service import running, set_up_service

CLIENTS = 8
WARM_UP = 200


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Puts load on the published pages.")
    parser.add_argument("--copies", type=int, default=1, help="how many times as many organisations")
    parser.add_argument("--requests", type=int, default=4000, help="of each kind")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as room:
        print(f"making the site of {240 * given.copies:,} organisations", file=sys.stderr)
        prepare("site", given.copies, Path(room))()
        (Path(room) / "home").mkdir()
        with set_up_service(Path(room) / "home", seed="") as service:
            (Path(room) / "home" / "releases").mkdir(parents=True)
            shutil.move(Path(room) / "site", Path(room) / "home" / "releases" / "site")
            with running(service, workers=2):
                _measure(service.address.port, Path(room) / "home" / "releases" / "site", given.requests)
    return 0


def _measure(port: int, site: Path, requests: int) -> None:
    pages = [f"/published/{path.relative_to(site).as_posix()}" for path in sorted(site.rglob("*.html"))]
    random.Random(1).shuffle(pages)
    kinds = {
        "organisation and question pages, each whole": (pages, False),
        "the same, asked for by who has them": (pages[:500], True),
        "the list of organisations": (["/published/organisations/index.html"], False),
        "the table": (["/published/table.html"], False),
        "the schedule, from the database": (["/publication/"], False),
    }
    print(f"{'what':<46} {'requests':>8} {'p50 ms':>7} {'p95 ms':>7} {'a second':>9} {'failed':>6}")
    for what, (paths, etags) in kinds.items():
        put_load(port, paths, requests=WARM_UP, clients=CLIENTS)
        _print(what, put_load(port, paths, requests=requests, clients=CLIENTS, etags=etags))


def _print(what: str, load: Load) -> None:
    print(
        f"{what:<46} {load.requests:>8,} {load.p50:>7.1f} {load.p95:>7.1f} {load.rate:>9,.0f} {load.failed:>6}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
