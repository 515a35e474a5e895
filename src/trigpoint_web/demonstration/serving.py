# SPDX-License-Identifier: MIT
"""Starts the service on this machine and stops it again: the web server, and the worker of what goes on behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# A cold start reads frameworks and opens the database; on a slow machine that has taken 4 s.
LONGEST_START = 30.0
_PAUSE = 0.1
WSGI = "trigpoint_web.config.wsgi"
_GENTLE_STOP = 10.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service listens: this machine alone."""

    port: int

    def __str__(self) -> str:
        # Passkeys need a name, so not 127.0.0.1.
        return f"http://localhost:{self.port}"


def find_port(wanted: int | None) -> int:
    """Return the port asked for, or one that is free. Raises OSError when the one asked for is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", wanted or 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    address: Address, *, log: Path, workers: int = 2, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the web server; yield its process once it answers; stop it at the end.

    log: what it says is added to this file. environment: None for ours. Raises RuntimeError when it does not come up.
    """
    words = ("gunicorn", *_server_options(address, workers), WSGI)
    with log.open("ab") as out, _running(out, environment, *words) as server:
        _wait_until_ready(address, server, log)
        yield server


@contextmanager
def work(*, log: Path, environment: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Start the worker of what goes on in the background, such as mail; yield its process; stop it at the end."""
    words = ("trigpoint_web", "db_worker", "--interval", "1")
    with log.open("ab") as out, _running(out, environment, *words) as worker:
        yield worker


@contextmanager
def _running(out: IO[bytes], environment: Mapping[str, str] | None, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    # A session of its own: Ctrl-C reaches us alone, and we stop it in order.
    command = [sys.executable, "-m", *words]
    process = subprocess.Popen(command, stdout=out, stderr=out, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        _stop(process)


def _server_options(address: Address, workers: int) -> list[str]:
    """As in production, but for where it listens and with how many processes."""
    bind = ["--bind", f"127.0.0.1:{address.port}"]
    if socket.has_dualstack_ipv6():
        bind += ["--bind", f"[::1]:{address.port}"]
    return ["--config", "python:trigpoint_web.config.gunicorn_settings", *bind, "--workers", str(workers)]


def _wait_until_ready(address: Address, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"The web server stopped as it started. The last lines of {log} say why.")
        try:
            with urllib.request.urlopen(f"{address}/ready/", timeout=5):  # fails unless it says that all is well
                return
        except (OSError, urllib.error.URLError):
            time.sleep(_PAUSE)  # sleeps: another process says by answering that it is ready, and in no other way
    raise RuntimeError(f"The web server did not answer within {LONGEST_START:.0f} s. {log} may say why.")


def _stop(started: subprocess.Popen[bytes]) -> None:
    """Stop a process and all that it started, gently first."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if started.poll() is None:
            os.killpg(started.pid, how)
            try:
                started.wait(timeout=_GENTLE_STOP)
            except subprocess.TimeoutExpired:
                continue
