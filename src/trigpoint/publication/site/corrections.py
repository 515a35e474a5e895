# SPDX-License-Identifier: MIT
"""What a correction changed: every score that differs from the release before, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trigpoint.publication.display import display_score
from trigpoint.publication.site.site_releases import Site, SiteRelease
from trigpoint.scoring.score_table import Score, ScoreTable

Key = tuple[str, str]
NOT_IN_IT = "not in the release"


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One score that is another than it was. before, after: as pages print them, with the band where there is one."""

    unit: Key
    measure: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A release that corrects another, and every score that it changed; none where only words or answers did."""

    corrected: SiteRelease
    by: SiteRelease
    changes: tuple[ScoreChange, ...]

    @property
    def units(self) -> tuple[Key, ...]:
        """The units with a score that changed."""
        return tuple(dict.fromkeys(change.unit for change in self.changes))


def list_corrections(site: Site) -> tuple[Correction, ...]:
    """Return every correction, the newest first."""
    pairs = [(site.before(one), one) for one in reversed(site.releases)]
    return tuple(Correction(old, new, tuple(_changes(old, new))) for old, new in pairs if old is not None)


def _changes(old: SiteRelease, new: SiteRelease) -> Iterator[ScoreChange]:
    before, after = old.release.table, new.release.table
    rows = _rows(before), _rows(after)
    for unit in dict.fromkeys([*rows[1], *rows[0]]):
        for measure in dict.fromkeys([*after.measures, *before.measures]):
            one, other = _find(before, rows[0], unit, measure), _find(after, rows[1], unit, measure)
            if (one and (one.value, one.band)) != (other and (other.value, other.band)):
                yield ScoreChange(unit, measure, _words(old, one), _words(new, other))


def _rows(table: ScoreTable) -> Mapping[Key, int]:
    return {unit.key: row for row, unit in enumerate(table.units)}


def _find(table: ScoreTable, rows: Mapping[Key, int], unit: Key, measure: str) -> Score | None:
    return table.score(rows[unit], measure) if unit in rows and measure in table.measures else None


def _words(of: SiteRelease, score: Score | None) -> str:
    if score is None:
        return NOT_IN_IT
    return f"{display_score(score.value)}, {of.say_band(score.band)}" if score.band else display_score(score.value)
