# SPDX-License-Identifier: MIT
"""Whether the service is alive, and whether it is ready to serve: for the machine that watches it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

ALIVE, READY = "/health/", "/ready/"


class HealthMiddleware:
    """Answers the two addresses before sessions, hosts or redirects come into it."""

    def __init__(self, next_layer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_layer = next_layer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == ALIVE:
            return _answer({"alive": True}, status=200)
        if request.path == READY:
            troubles = list(find_troubles())
            return _answer({"ready": not troubles, "troubles": troubles}, status=503 if troubles else 200)
        return self.next_layer(request)


def _answer(content: dict[str, object], *, status: int) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})


def find_troubles() -> Iterator[str]:
    """Yield why the service is not ready, in words without secrets; nothing when it is."""
    yield from _find_database_troubles()
    yield from find_store_troubles()


def _find_database_troubles() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        yield "the database does not answer"
    else:
        if waiting:
            yield "1 migration is not applied" if len(waiting) == 1 else f"{len(waiting)} migrations are not applied"


def find_store_troubles() -> Iterator[str]:
    """Yield why evidence can't be kept; nothing when it can."""
    store = storages["evidence"]
    try:
        store.exists("ready")
    except Exception:  # noqa: BLE001  a store of any maker fails in its own way
        yield "the evidence store does not answer"
        return
    if isinstance(store, FileSystemStorage) and not _is_writable(Path(store.location)):
        yield "the evidence folder can't be written to"


def _is_writable(folder: Path) -> bool:
    """Whether files can be made in a folder, or it can be made itself: the first file makes it."""
    standing = next(one for one in (folder, *folder.parents) if one.exists())
    return standing.is_dir() and os.access(standing, os.W_OK | os.X_OK)
