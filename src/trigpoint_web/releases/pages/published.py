# SPDX-License-Identifier: MIT
"""The public site as files, for anybody: with what a browser or a cache in front needs to ask rarely."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from trigpoint_web.releases.folders import site_folder
from trigpoint_web.releases.presenters.releases import present_schedule
from trigpoint_web.releases.queries import list_announced, list_published

_POLICY = (
    "default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
KEPT_FOR = 300  # seconds: a correction is everywhere within five minutes
_OTHER = "application/octet-stream"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".yaml": "text/plain; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
def published(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Return a file of the public site; the page of a folder is its index.html. 404 for all else."""
    file = find_file(site_folder(), path if path and not path.endswith("/") else f"{path}index.html")
    stat = file.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    answer = _not_modified(request, etag) or file_response(file)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    return answer


def file_response(file: Path) -> HttpResponse | FileResponse:
    """Return a file of a site as it is sent."""
    kind = _TYPES.get(file.suffix, _OTHER)
    if file.suffix == ".html":
        return page_response(file.read_bytes())
    # A file may be large: it goes out piece by piece.
    return FileResponse(file.open("rb"), content_type=kind, headers={"Content-Security-Policy": "default-src 'none'"})


def page_response(text: bytes) -> HttpResponse:
    """Return a page of a release or of the site. It brings its own style, which alone is let through, by its hash."""
    hashes = (base64.b64encode(hashlib.sha256(style).digest()).decode() for style in _STYLE.findall(text))
    allowed = " ".join(f"'sha256-{one}'" for one in hashes) or "'none'"
    policy = _POLICY.format(style=allowed)
    return HttpResponse(text, content_type=_TYPES[".html"], headers={"Content-Security-Policy": policy})


def _not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    """The answer to who has the file as it is already, or asked for another than it is; None for everybody else."""
    answer = get_conditional_response(request, etag=etag, response=HttpResponse())
    return None if answer is None or answer.status_code == 200 else answer


def find_file(folder: Path, path: str) -> Path:
    """Return a file of a site's folder. Raises Http404 for what is not in it, wherever the path leads."""
    try:
        file = Path(safe_join(str(folder), path))
        if file.is_file():
            return file
    except (SuspiciousFileOperation, ValueError):
        pass  # a path that leads out of the site, or is none: there is no such page
    raise Http404


@require_GET
def release_schedule(request: HttpRequest) -> HttpResponse:
    """Show what will be published when, and what was."""
    site = reverse("published")
    page = present_schedule(list_announced(), list_published(), site=site, at=timezone.now())
    return render(request, "releases/schedule.jinja", {"page": page})
