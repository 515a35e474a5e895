# SPDX-License-Identifier: MIT
"""Log lines as JSON, one a line, that hold nothing personal whoever logs them.

Libraries put into their messages what they were given: addresses of pages, with organisation codes in them, host names,
rows that a constraint refused. So of a library's message its fixed words alone are kept, and of an error its type and
where it happened, never what it says.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured

# Which request a line belongs to, also for a line of a library. None outside a request.
REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)

# What a line may hold besides moment, level, logger and message. Everything else is dropped, whoever logs it.
MAY_BE_LOGGED = ("method", "route", "status", "milliseconds")
# Our own messages are fixed words, which a test of the repository sees to.
_OURS = re.compile(r"trigpoint(\.|$)")
_PHRASES = frozenset(status.phrase for status in HTTPStatus)
_OF_THE_CODE = (ImportError, NameError, ImproperlyConfigured)
_NAME_IN_OUR_CODE = re.compile(r"trigpoint(_web)?(\.\w+)+")
_WITHHELD = "(what a library said is not kept, as it may hold names)"


class JsonLines(logging.Formatter):
    """Makes the lines."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line of JSON."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _say(record),
        }
        if not _OURS.match(record.name):
            line["from"] = f"{record.module}:{record.lineno}"
        if request_id := REQUEST_ID.get():
            line["request_id"] = request_id
        line |= {name: getattr(record, name) for name in MAY_BE_LOGGED if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = list(describe_error(record.exc_info[1]))
        return json.dumps(line, default=lambda value: type(value).__name__)


def describe_error(error: BaseException | None) -> Iterator[str]:
    """Yield the type of an error and where it came about, then the same of its cause.

    What it says is told of errors in our code and its settings alone, which know of no people.
    """
    while error is not None:
        said = f": {error}" if isinstance(error, _OF_THE_CODE) else ""
        yield f"{type(error).__module__}.{type(error).__qualname__}{said}"
        frames = traceback.extract_tb(error.__traceback__)
        for frame in (one for one in frames if not one.filename.startswith("<frozen ")):
            yield f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what ended a command, for `sys.excepthook`. Before the settings are read Python says it, in full."""
    if issubclass(kind, KeyboardInterrupt) or not _has_our_lines():
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("trigpoint.command").critical("the command failed", exc_info=(kind, error, trace))


def _has_our_lines() -> bool:
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)


def _say(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return _WITHHELD
    if not record.args:
        return record.msg if _OURS.match(record.name) else _WITHHELD
    try:
        if isinstance(record.args, Mapping):
            return record.msg % {name: _plain(given) for name, given in record.args.items()}
        return record.msg % tuple(_plain(given) for given in record.args)
    except (TypeError, ValueError, KeyError):  # it asks for a number where there is none that may be shown
        return record.msg


def _plain(given: object) -> object:
    """What may be shown of what a message was given: numbers, phrases of HTTP, names in our code, types of errors."""
    if given is None or isinstance(given, int | float):
        return given
    if isinstance(given, str) and (given in _PHRASES or _NAME_IN_OUR_CODE.fullmatch(given)):
        return given
    return _Hidden(type(given).__name__ if isinstance(given, BaseException) else "…")


class _Hidden:
    def __init__(self, shown: str) -> None:
        self.shown = shown

    def __repr__(self) -> str:
        return self.shown
