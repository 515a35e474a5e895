# SPDX-License-Identifier: MIT
"""`trigpoint-web demo`: sets the service up on a made-up nation, starts it and says where and how to sign in."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from trigpoint_web.demonstration.serving import Address, find_port, serve, work

BANNER = "Synthetic: made-up organisations, people and answers."
# It guards made-up answers on this machine alone; the page to sign in has a button for each person as well.
PASSWORD = "made-up-nation"
STAMP = "complete"
USUAL_PORT = 8000


def main(arguments: Sequence[str] | None = None) -> int:  # pragma: no cover: the tests run it in a process of its own
    """Run the demonstration; return 0 when all went well."""
    given = _parse(arguments)
    with _folder(given.out, check=given.check, fresh=given.fresh) as home:
        try:
            address = Address(_choose_port(given.port))
        except OSError:
            print(f"Port {given.port} is taken. Give another with --port, or none.", file=sys.stderr)
            return 1
        _set_environment(home, address)
        _set_up(home)
        log = home / "service.log"
        with serve(address, log=log), work(log=log):
            return _check(address) if given.check else _wait(address, home)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/demo", description="The service on a made-up nation.")
    parser.add_argument("--check", action="store_true", help="fetch each person's first page, and end")
    parser.add_argument("--fresh", action="store_true", help="make the nation anew, whatever was changed in it")
    parser.add_argument("--out", type=Path, default=Path("demo"), help="the folder that holds it (demo)")
    parser.add_argument("--port", type=int, default=None, help="the port on this machine (8000, or a free one)")
    return parser.parse_args(arguments)


def _choose_port(wanted: int | None) -> int:
    """The port asked for, else the usual one or any. Raises OSError when the one asked for is taken."""
    if wanted is not None:
        return find_port(wanted)
    try:
        return find_port(USUAL_PORT)
    except OSError:
        return find_port(None)


@contextmanager
def _folder(out: Path, *, check: bool, fresh: bool) -> Iterator[Path]:
    if check:
        with tempfile.TemporaryDirectory(prefix="trigpoint-demo-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    home = out.resolve() / "service"
    if home.exists() and (fresh or not (home / STAMP).exists()):
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    yield home


def _set_environment(home: Path, address: Address) -> None:
    """Set what the settings read; before Django is loaded, and for the processes that are started."""
    key = home / "secret-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(48), encoding="ascii")
        key.chmod(0o600)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="trigpoint_web.config.settings",
        TRIGPOINT_HOME=str(home),
        TRIGPOINT_SECRET_KEY=key.read_text(encoding="ascii"),
        TRIGPOINT_SECURE="0",
        TRIGPOINT_ADDRESS=str(address),
        TRIGPOINT_BANNER=BANNER,
        TRIGPOINT_DEMO_SIGN_IN="1",
        TRIGPOINT_SECOND_FACTOR="0",
        TRIGPOINT_MAIL="filemail://",
        TRIGPOINT_GALLERY="1",
    )
    os.environ.pop("DATABASE_URL", None)


def _set_up(home: Path) -> None:  # pragma: no cover: it sets Django up, so it needs a process of its own
    """Make the database and put the nation in, unless both are there."""
    import django

    django.setup()
    if (home / STAMP).exists():
        return
    from django.core.management import call_command
    from django.utils import timezone

    from trigpoint_web.demonstration.loading import load_demonstration

    say = _Steps()
    say("Making the database")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    load_demonstration(password=PASSWORD, now=timezone.now(), say=say)
    say.end()
    (home / STAMP).touch()


class _Steps:
    """Says each step as it begins, and how long the one before took."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.step = ""

    def __call__(self, step: str) -> None:
        self.end()
        self.step, self.began = step, time.monotonic()

    def end(self) -> None:
        if self.step:
            print(f"{self.step}: {time.monotonic() - self.began:.1f} s", file=sys.stderr, flush=True)
        self.step = ""


def _people() -> Iterator[Mapping[str, str]]:
    from trigpoint_web.demonstration.people import NAMES, address_of

    for role, (name, job) in NAMES.items():
        yield {"role": role.label, "name": name, "job": job, "email": address_of(role)}


def _check(address: Address) -> int:  # pragma: no cover: the tests run it in a process of its own
    from trigpoint_web.demonstration.visiting import visit_as

    failed = 0
    for person in _people():
        visit = visit_as(address, email=person["email"], name=person["name"], password=PASSWORD)
        failed += visit.problem is not None
        print(f"{person['role']}: {visit.heading or visit.status}{f': {visit.problem}' if visit.problem else ''}")
    print("The first page of each role is as it must be." if not failed else f"{failed} first pages are wrong.")
    return 1 if failed else 0


def _wait(address: Address, home: Path) -> int:  # pragma: no cover: it waits for a signal, in a process of its own
    print("\n".join(say_where(address, home)), flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("Stopped. The next script/demo goes on from here; script/demo --fresh begins anew.")
    return 0


def say_where(address: Address, home: Path) -> Iterator[str]:
    """Yield what a newcomer needs: the addresses, and how to sign in as each role."""
    yield f"\nTrigpoint is at {address}\nEverything in it is made up. Sign in there with a button, or with:\n"
    for person in _people():
        yield f"  {person['role']:<24} {person['email']:<30} {PASSWORD}"
    yield "\nThree rounds: 2015-16 is published, 2017 is being reviewed, 2026 is open."
    yield "As the national administrator see"
    yield f"  {address}/rounds/2026/board/      who is how far"
    yield f"  {address}/rounds/2017/results/    the results of the nation"
    yield f"\nMail that it sends is in {home / 'mail'}, its log is {home / 'service.log'}. Stop it with Ctrl-C."
