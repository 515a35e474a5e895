# SPDX-License-Identifier: MIT
"""The shape of an ODS code, and the codes one slip of the pen away from a wrong one."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from trigpoint.organisations.organisation import OrganisationCode

# What ODS has issued: 3 (trusts, boards, CCGs), 4 as letter and three digits (old groupings), 5 (sites and, since
# 2020, everything new), 6 (practices, practitioners), 8 and 9 (schools, branches). Digits and capitals only.
_SHAPE = re.compile(r"[A-Z0-9]{3}|[A-Z][0-9]{3}|[A-Z0-9]{5,6}|[A-Z0-9]{8,9}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_LOOK_ALIKES = ("0O", "1I", "1L", "IL", "2Z", "5S", "6G", "8B", "UV", "VY")


def looks_like_ods_code(code: str) -> bool:
    """Return whether the text has the shape of an ODS code, as it stands (capitals, no spaces)."""
    return _SHAPE.fullmatch(code) is not None


def list_near_codes(code: str, known: Container[OrganisationCode]) -> tuple[OrganisationCode, ...]:
    """Return the known codes one slip away from `code`, the likeliest slip first, each once.

    Slips, in order: spaces and small letters, a character that looks like another, two characters swapped, one too
    many, one wrong, one missing.
    """
    plain = re.sub(r"\s", "", code).upper()
    found = (OrganisationCode(slip) for slip in _slips(plain) if slip != code)
    return tuple(dict.fromkeys(slip for slip in found if slip in known))


def _slips(code: str) -> Iterator[str]:
    places = range(len(code))
    yield code
    yield from (_put(code, place, other) for place in places for other in _look_alikes(code[place]))
    yield from (code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in places[:-1])
    yield from (code[:i] + code[i + 1 :] for i in reversed(places))  # an added last letter is the common case
    yield from (_put(code, place, letter) for place in places for letter in _LETTERS)
    yield from (code[:i] + letter + code[i:] for i in range(len(code) + 1) for letter in _LETTERS)


def _put(code: str, place: int, letter: str) -> str:
    return code[:place] + letter + code[place + 1 :]


def _look_alikes(letter: str) -> tuple[str, ...]:
    return tuple(pair.replace(letter, "") for pair in _LOOK_ALIKES if letter in pair)
