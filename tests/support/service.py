# SPDX-License-Identifier: MIT
"""The service as a process of its own, with a database of its own, for tests that need the real thing.

The database is a file of SQLite, or a new one on the PostgreSQL that DATABASE_URL names.
"""

from __future__ import annotations

import http.client
import json
import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from trigpoint_web.demonstration.serving import Address, find_port, serve

ROOT = Path(__file__).resolve().parents[2]
SMALL_WORLD = "from tests.web.world import make_world; make_world()"


@dataclass(frozen=True, slots=True)
class Service:
    """A service that is set up. environment: what its processes run with."""

    address: Address
    home: Path
    environment: Mapping[str, str]

    @property
    def log(self) -> Path:
        """What its processes said."""
        return self.home / "service.log"

    def run(self, code: str) -> str:
        """Run Python beside the service, with Django set up; return what it prints."""
        lines = f"import django; django.setup()\n{code}"
        ran = subprocess.run(
            [sys.executable, "-c", lines], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def read(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, read from the database by nobody's code but its own."""
        url = self.environment["DATABASE_URL"]
        if url.startswith("sqlite:///"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
                return database.execute(query).fetchall()
        with psycopg.connect(url) as server:
            return server.execute(query.encode()).fetchall()

    def manage(self, *words: str) -> None:
        """Run a management command."""
        command = [sys.executable, "-m", "trigpoint_web", *words]
        ran = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr


@contextmanager
def set_up_service(home: Path, *, seed: str = SMALL_WORLD, **settings: str) -> Iterator[Service]:
    """Make a database, fill it with `seed` (Python), collect the static files; yield the service, not yet running.

    settings: further variables of the environment.
    """
    address = Address(find_port(None))
    with _database(home) as database_url:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "trigpoint_web.config.settings",
            "DATABASE_URL": database_url,
            "TRIGPOINT_HOME": str(home),
            "TRIGPOINT_DEBUG": "0",
            "TRIGPOINT_SECURE": "0",
            "TRIGPOINT_ADDRESS": str(address),
            "TRIGPOINT_MAIL": "filemail://",
            "TRIGPOINT_SECOND_FACTOR": "0",
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        service = Service(address, home, environment)
        service.manage("migrate", "--verbosity=0")
        service.manage("collectstatic", "--no-input", "--verbosity=0")
        service.run(seed)
        yield service


@contextmanager
def running(service: Service, *, workers: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """Run the web server of a service; yield its process."""
    with serve(service.address, log=service.log, workers=workers, environment=service.environment) as server:
        yield server


@contextmanager
def _database(home: Path) -> Iterator[str]:
    shared = os.environ.get("DATABASE_URL", "")
    if not shared.startswith("postgres"):
        yield f"sqlite:///{home / 'service.sqlite3'}"
        return
    name = f"service_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(shared, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield shared.replace("/postgres?", f"/{name}?")
    finally:
        with psycopg.connect(shared, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def session_of(service: Service, email_begins: str) -> str:
    """Return the key of a new session of the first person whose address begins so: signed in without the page."""
    return service.run(
        f"""
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from trigpoint_web.accounts.models import User
user = User.objects.filter(email__istartswith={email_begins!r}).order_by("pk").first()
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "trigpoint_web.accounts.backends.AccountBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""
    ).strip()


# Any 32 letters and digits do: the cookie and the header have to be the same, as a browser's script makes them.
_TOKEN = "a" * 32


class Visitor:
    """A signed-in person at a keep-alive connection, as a browser has it; each call returns status and body."""

    def __init__(self, address: Address, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=30)
        self.headers = {
            "Host": f"localhost:{address.port}",
            "Cookie": f"sessionid={session}; csrftoken={_TOKEN}",
            "X-CSRFToken": _TOKEN,
        }

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Get a page."""
        return self._ask("GET", path, None, {})

    def save(self, path: str, **fields: object) -> tuple[int, dict[str, object]]:
        """Save an answer as the script of the question's page does."""
        body = json.dumps(fields).encode()
        status, answer = self._ask("POST", path, body, {"Content-Type": "application/json"})
        return status, json.loads(answer) if answer.startswith(b"{") else {}

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        self.connection.request(method, path, body, {**self.headers, **headers})
        answer = self.connection.getresponse()
        return answer.status, answer.read()
