# SPDX-License-Identifier: MIT
"""A small store that speaks S3 on localhost: keeps what is put, gives it back, says what it has. In memory.

Of the protocol only what a store of files needs: PUT, GET with ranges, HEAD and DELETE of an object. Requests without a
signature are refused, so that a client that forgot to sign is noticed; the signature itself is not checked.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FakeS3:
    """The address of the store, what is in it by bucket and name, and every request as its method and path."""

    address: str
    objects: dict[str, bytes] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def run_fake_s3() -> Iterator[FakeS3]:
    """Give a store that runs until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    store = FakeS3(f"http://127.0.0.1:{server.server_address[1]}")
    server.store = store  # type: ignore[attr-defined]  # its requests find it there
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        """Keep an object."""
        content = self._read_body()
        if self._is_signed():
            self.store.objects[self._name] = content
            self._send(200, headers={"ETag": _etag(content)})

    def do_GET(self) -> None:
        """Give an object, or a range of it."""
        self._give(has_body=True)

    def do_HEAD(self) -> None:
        """Say what an object is."""
        self._give(has_body=False)

    def do_DELETE(self) -> None:
        """Forget an object."""
        if self._is_signed():
            self.store.objects.pop(self._name, None)
            self._send(204)

    @property
    def store(self) -> FakeS3:
        """The store that this request is of."""
        return self.server.store  # type: ignore[attr-defined,no-any-return]  # put there above

    @property
    def _name(self) -> str:
        return self.path.partition("?")[0].lstrip("/")

    def _is_signed(self) -> bool:
        self.store.requests.append((self.command, self._name))
        if self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 "):
            return True
        self._send(403, b"<Error><Code>AccessDenied</Code></Error>")
        return False

    def _give(self, *, has_body: bool) -> None:
        if not self._is_signed():
            return
        content = self.store.objects.get(self._name)
        if content is None:
            self._send(404, b"<Error><Code>NoSuchKey</Code></Error>" if has_body else b"")
            return
        headers = {"ETag": _etag(content), "Last-Modified": formatdate(0, usegmt=True), "Accept-Ranges": "bytes"}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted is None:
            self._send(200, content if has_body else b"", headers=headers, length=len(content))
            return
        first, last = int(wanted[1]), min(int(wanted[2] or len(content)), len(content) - 1)
        headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
        self._send(206, content[first : last + 1], headers=headers)

    def _read_body(self) -> bytes:
        """The object, out of the signed pieces in which clients send it where they know no hash beforehand."""
        body = b""
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline().partition(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return _unwrap(body) if "aws-chunked" in self.headers.get("Content-Encoding", "") else body

    def _send(
        self, status: int, body: bytes = b"", *, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  named so by the standard library
        """Say nothing."""


def _unwrap(body: bytes) -> bytes:
    """Take the pieces of aws-chunked out of their wrapping: the length in hexadecimal, a line end, so many bytes."""
    content, rest = b"", body
    while rest:
        head, _, rest = rest.partition(b"\r\n")
        size = int(head.partition(b";")[0], 16)
        if size == 0:
            break
        content, rest = content + rest[:size], rest[size + 2 :]
    return content


def _etag(content: bytes) -> str:
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
