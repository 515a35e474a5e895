# SPDX-License-Identifier: MIT
"""One line a request: when, what, how long. No names, no addresses of people, nothing that was typed."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from trigpoint_web.config.log_lines import REQUEST_ID

logger = logging.getLogger("trigpoint.request")


class RequestLogMiddleware:
    """Logs each request by its route, so that no id of an organisation or person is in the line."""

    def __init__(self, next_layer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_layer = next_layer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request_id = uuid.uuid4().hex
        token = REQUEST_ID.set(request_id)
        try:
            response = self.next_layer(request)
            response.headers["X-Request-Id"] = request_id
            _log(request, response, seconds=time.perf_counter() - began)
        finally:
            REQUEST_ID.reset(token)
        return response


def _log(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    match = request.resolver_match
    told = {
        "method": request.method if request.method in _METHODS else "other",
        "route": match.route if match else None,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
    }
    logger.info("request", extra=told)


# A method can be any word that somebody sends.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
