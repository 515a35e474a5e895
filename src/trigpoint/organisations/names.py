# SPDX-License-Identifier: MIT
"""Which organisation a written name means. Names are matched by their words, rare words counting for more.

The likeness of two names is the weight of the words they share over the weight of all their words (a weighted
Jaccard index), with the weight of a word ln(1 + names / names with the word). 1 = the same words, 0 = none shared.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trigpoint.organisations.organisation import Organisation, OrganisationCode

# Words that nearly every name has, or that come and go with legal form; they tell no two organisations apart.
_FORM_WORDS = frozenset({"AND", "CCG", "FOUNDATION", "FT", "ICB", "NHS", "OF", "THE", "TRUST"})
_LEAST_LIKENESS = 0.6  # below this, real pairs of different trusts begin to match ("North X University Hospitals")
_CLEAR_LEAD = 0.1  # a best match leads the next by this, or two organisations fit and neither is taken
_SHORTEST_PLURAL = 4  # letters: "GUYS" is "GUY", but "BUS" stays

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An organisation whose name (present, earlier or alias) is like the one asked for. likeness: 0 to 1."""

    likeness: float
    code: OrganisationCode
    name: str


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of some organisations, ready to be matched."""

    entries: tuple[tuple[OrganisationCode, str, Words], ...]
    by_word: Mapping[str, tuple[int, ...]]

    def likeness(self, one: Words, other: Words) -> float:
        """Return how alike two sets of words are, 0 to 1; 0 when both are empty."""
        # fsum: sets come in no fixed order, and a plain sum would make the last bit depend on it.
        whole = math.fsum(self._weight(word) for word in one | other)
        return math.fsum(self._weight(word) for word in one & other) / whole if whole else 0.0

    def rank(self, name: str) -> tuple[NameMatch, ...]:
        """Return each organisation that shares a word with `name`, at its best name, most alike first."""
        words = name_words(name)
        best: dict[OrganisationCode, NameMatch] = {}
        for place in sorted({place for word in words for place in self.by_word.get(word, ())}):
            code, text, entry_words = self.entries[place]
            match = NameMatch(self.likeness(words, entry_words), code, text)
            if code not in best or best[code].likeness < match.likeness:
                best[code] = match
        return tuple(sorted(best.values(), key=lambda match: (-match.likeness, match.code)))

    def find(self, name: str) -> NameMatch | None:
        """Return the one organisation `name` clearly means; None when none, or more than one, fits."""
        first, second = (*self.rank(name)[:2], None, None)[:2]
        if first is None or first.likeness < _LEAST_LIKENESS:
            return None
        if second is not None and first.likeness - second.likeness < _CLEAR_LEAD:
            return None
        return first

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self.entries) / max(1, len(self.by_word.get(word, ()))))


def build_name_index(organisations: Iterable[Organisation]) -> NameIndex:
    """Return an index of every known name of the organisations."""
    entries = tuple(
        (organisation.code, name, name_words(name))
        for organisation in organisations
        for name in dict.fromkeys(organisation.known_names)
    )
    by_word: dict[str, list[int]] = {}
    for place, (_, _, words) in enumerate(entries):
        for word in words:
            by_word.setdefault(word, []).append(place)
    return NameIndex(entries, {word: tuple(places) for word, places in by_word.items()})


def name_words(name: str) -> Words:
    """Return the telling words of a name: capitals, no legal form, no plural or possessive s, nothing in brackets."""
    plain = re.sub(r"\([^)]*\)|INTEGRATED CARE BOARD", " ", name.upper())
    plain = re.sub(r"['\u2019]S\b|['\u2019]", "", plain)
    return frozenset(_singular(word) for word in re.findall(r"[A-Z0-9]+", plain)) - _FORM_WORDS


def same_name(one: str, other: str) -> bool:
    """Return whether two names differ only in capitals, punctuation or "&" for "and"."""
    return one == other or _letters(one) == _letters(other)


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("S") and not word.endswith("SS") else word


def _letters(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", name.upper().replace("&", "AND"))
