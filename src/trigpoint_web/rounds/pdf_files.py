# SPDX-License-Identifier: MIT
"""PDF files can hold programs as well, and some viewers run them."""

from __future__ import annotations

import re
from typing import IO

PDF_HAS_PROGRAM = (
    "The PDF holds a script, or starts another program. Print it to a new PDF, which leaves that out, and add that."
)

_PIECE = 1 << 16
# An action's kind is a name (ISO 32000-2, 12.6.4), and each of its letters may be written as # and two digits (7.3.5).
# /JS, where the script stands, is too short: three bytes are found by chance in the middle of any picture.
_PROGRAM = re.compile(rb"/(JavaScript|Launch)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LONGEST_NAME = 3 * len("/JavaScript")


def has_pdf_program(content: IO[bytes]) -> bool:
    """Return whether a PDF says openly that it runs a script or starts a program. Its place is anywhere afterwards.

    The bytes are searched as they are in the file. What is packed, as in an object stream, or encrypted, is not found:
    so the file is given out as a download and never shown by the service, and a viewer must still be trusted.
    """
    content.seek(0)
    end = b""
    while piece := content.read(_PIECE):
        if _PROGRAM.search(_ESCAPED.sub(_unescape, end + piece)):
            return True
        end = (end + piece)[-_LONGEST_NAME:]
    return False


def _unescape(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode("ascii"))
