# SPDX-License-Identifier: MIT
"""The web server's own log in our form: it would say whose address sent a request that it can't read."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from trigpoint_web.config.log_lines import JsonLines


class JsonLogger(Logger):  # type: ignore[misc]  # it has no types
    """Writes lines of JSON without anything personal, and no line for each request."""

    def setup(self, cfg: Any) -> None:
        """Set the log up as gunicorn does, in our form."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())

    def access(self, *_: Any, **__: Any) -> None:
        """Write nothing, also where an option asks for it."""
