# SPDX-License-Identifier: MIT
"""How fast a whole server answers: many requests from several clients at once, each answer read to its end."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it. p50, p95: ms of one request. rate: requests a second. failed: answers other than 200 and 304."""

    requests: int
    p50: float
    p95: float
    rate: float
    failed: int


def put_load(port: int, paths: Sequence[str], *, requests: int, clients: int, etags: bool = False) -> Load:
    """Ask a server on this machine for the paths in turn. etags: each client says what it has, as a cache does."""
    took: list[list[float]] = [[] for _ in range(clients)]
    failed = [0] * clients

    def ask(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        known: dict[str, str] = {}
        for at in range(requests // clients):
            path = paths[(at * clients + client) % len(paths)]
            headers = {"If-None-Match": known[path]} if etags and path in known else {}
            began = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            took[client].append((time.perf_counter() - began) * 1000)
            known[path] = answer.headers.get("ETag", "")
            failed[client] += answer.status not in (200, 304)

    began = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - began
    times = sorted(time for one in took for time in one)
    return Load(len(times), times[len(times) // 2], times[int(len(times) * 0.95)], len(times) / whole, sum(failed))
