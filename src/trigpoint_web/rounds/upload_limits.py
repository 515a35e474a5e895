# SPDX-License-Identifier: MIT
"""An upload that is too large is read past and thrown away: it fills neither memory nor disk, and the page says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_TOO_LARGE = "trigpoint.upload_was_too_large"


class LargestFileHandler(FileUploadHandler):
    """Stands before Django's own handlers and lets nothing through to them beyond the limit, in bytes."""

    def __init__(self, request: HttpRequest, *, largest: int) -> None:
        super().__init__(request)
        self.largest = largest
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count from nothing for each file."""
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  Django calls it
        """Pass the piece on, or give the file up."""
        self.received += len(raw_data)
        if self.received > self.largest:
            assert self.request is not None, "Django gives the request"
            self.request.META[_TOO_LARGE] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that come after."""


def limit_uploads(largest: Callable[[], int]) -> Callable[[Page[P]], Page[P]]:
    """Wrap a page so that a file larger than that is not taken in; `was_too_large` then says so. The outermost wrapper.

    The form's token has to be looked at after the handler is in place, as that is what reads the upload: so the page is
    excused from the look of the middleware and looked at here, as Django's documentation of upload handlers says.
    """

    def wrap(page: Page[P]) -> Page[P]:
        protected = csrf_protect(page)

        @wraps(page)
        def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request.upload_handlers.insert(0, LargestFileHandler(request, largest=largest()))
            return protected(request, *args, **kwargs)

        return csrf_exempt(limited)

    return wrap


def was_too_large(request: HttpRequest) -> bool:
    """Return whether a file of the request was given up. Its POST must have been read."""
    return _TOO_LARGE in request.META
