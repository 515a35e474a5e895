# SPDX-License-Identifier: MIT
"""The key of an invitation: in the mail alone; what is kept is its hash."""

from __future__ import annotations

import hashlib
import secrets

_KEY_BYTES = 32


def make_key() -> str:
    """Return a new key, of letters, digits, - and _."""
    return secrets.token_urlsafe(_KEY_BYTES)


def hash_key(key: str) -> str:
    """Return what is kept of a key. Keys are random and long, so that a plain hash can't be guessed back."""
    return hashlib.sha256(key.encode()).hexdigest()
