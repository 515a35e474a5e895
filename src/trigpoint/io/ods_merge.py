# SPDX-License-Identifier: MIT
"""Put together what several files say of each organisation. Where they differ, the later file counts and it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias

from trigpoint.io.ods_facts import FileFacts, Listing, Merger, OrganisationRecord
from trigpoint.organisations.names import name_words, same_name
from trigpoint.organisations.organisation import EarlierName, Organisation, OrganisationCode

_DAY = timedelta(days=1)
_Lives: TypeAlias = dict[OrganisationCode, tuple[Organisation, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file's record of an organisation. as_at: None = the file bears no date, and counts as the oldest."""

    file: str
    as_at: date | None
    record: OrganisationRecord


def merge_organisations(files: Iterable[FileFacts]) -> tuple[tuple[Organisation, ...], tuple[str, ...]]:
    """Return each organisation once per life, and every conflict between files in words."""
    in_order = sorted(files, key=lambda each: each.as_at or date.min)
    entries: dict[OrganisationCode, list[Entry]] = {}
    for each in in_order:
        for fact in each.facts:
            if isinstance(fact, OrganisationRecord):
                entries.setdefault(fact.code, []).append(Entry(each.file, each.as_at, fact))
    conflicts: list[str] = []
    lives = {code: tuple(_merge_lives(found, conflicts)) for code, found in entries.items()}
    _apply_mergers(lives, in_order, entries, conflicts)
    conflicts.extend(_listed_after_closing(lives, in_order))
    return tuple(life for lived in lives.values() for life in lived), tuple(conflicts)


def _merge_lives(entries: Sequence[Entry], conflicts: list[str]) -> Iterator[Organisation]:
    if len(entries) == 1:  # every practice
        yield _merge_one(entries, ())
        return
    dated = [entry for entry in entries if entry.record.states_dates]
    undated = [entry for entry in entries if not entry.record.states_dates]
    lives = sorted(_split_into_lives(dated), key=lambda life: life[-1].record.opened_on or date.min)
    if not lives:
        yield _merge_one(undated, ())
        return
    for life in lives:
        conflicts.extend(_date_conflicts(life))
        yield _merge_one(life, undated if life is lives[-1] else ())


def _split_into_lives(dated: Iterable[Entry]) -> list[list[Entry]]:
    """Records whose times don't touch are different organisations that had the same code."""
    lives: list[list[Entry]] = []
    for entry in dated:
        same = next((life for life in lives if _touch(life[-1].record, entry.record)), None)
        if same is None:
            lives.append([entry])
        else:
            same.append(entry)
    return lives


def _touch(one: OrganisationRecord, other: OrganisationRecord) -> bool:
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: OrganisationRecord, other: OrganisationRecord) -> bool:
    return one.closed_on is not None and other.opened_on is not None and one.closed_on < other.opened_on


def _merge_one(entries: Sequence[Entry], others: Sequence[Entry]) -> Organisation:
    """The last entry counts; `others` (and names that differ in files without dates) add aliases only."""
    newest = entries[-1].record
    names = tuple(_earlier_names(entries)) if newest.states_dates else ()
    return Organisation(
        newest.code,
        newest.name,
        newest.role,
        newest.opened_on,
        newest.closed_on,
        postcode=next((entry.record.postcode for entry in reversed(entries) if entry.record.postcode), None),
        is_dormant=newest.is_dormant,
        earlier_names=names,
        aliases=_aliases(entries, others, known=[newest.name, *(name.text for name in names)]),
        source=entries[-1].file,
    )


def _earlier_names(entries: Sequence[Entry]) -> Iterator[EarlierName]:
    for earlier, later in pairwise(entries):
        if later.as_at is not None and not same_name(earlier.record.name, later.record.name):
            yield EarlierName(earlier.record.name, later.as_at)


def _aliases(entries: Sequence[Entry], others: Sequence[Entry], *, known: list[str]) -> tuple[str, ...]:
    """Every other name in any of the records, each spelt once."""
    found: list[str] = []
    for entry in (*others, *entries):
        for name in (entry.record.name, *entry.record.aliases):
            if not any(same_name(name, other) for other in (*known, *found)):
                found.append(name)
    return tuple(found)


def _date_conflicts(life: Sequence[Entry]) -> Iterator[str]:
    last = life[-1]
    for entry in life[:-1]:
        code = entry.record.code
        if entry.record.opened_on != last.record.opened_on:
            yield (
                f"{code} opened on {entry.record.opened_on} in {entry.file}, "
                f"on {last.record.opened_on} in {last.file}; the later file counts"
            )
        if entry.record.closed_on not in (None, last.record.closed_on):
            now = f"closed on {last.record.closed_on}" if last.record.closed_on else "open"
            was = f"{code} is closed on {entry.record.closed_on} in {entry.file}"
            yield f"{was}, {now} in {last.file}; the later file counts"


def _apply_mergers(
    lives: _Lives, files: Iterable[FileFacts], entries: Mapping[OrganisationCode, list[Entry]], conflicts: list[str]
) -> None:
    """Close each predecessor that no file closes; open each successor that only the merger's file knows."""
    for each in files:
        for fact in each.facts:
            if isinstance(fact, Merger):
                step = fact.succession
                _close(lives, step.predecessor, step.on - _DAY, each.file, conflicts)
                is_new = {entry.file for entry in entries[step.successor]} == {each.file}
                *past, last = lives[step.successor]
                opened_on = step.on if is_new and last.opened_on is None else last.opened_on
                aliases = _own_aliases(last, lives.get(step.predecessor, ()))
                lives[step.successor] = (*past, replace(last, opened_on=opened_on, aliases=aliases))


def _own_aliases(successor: Organisation, predecessors: Iterable[Organisation]) -> tuple[str, ...]:
    """The aliases that are not names of the predecessor: such a name means the predecessor, as long as it lived."""
    taken = {name_words(name) for each in predecessors for name in each.known_names}
    return tuple(alias for alias in successor.aliases if name_words(alias) not in taken)


def _close(lives: _Lives, code: OrganisationCode, closed_on: date, file: str, conflicts: list[str]) -> None:
    if code not in lives:
        return
    *past, last = lives[code]
    if last.closed_on is None and (last.opened_on is None or last.opened_on <= closed_on):
        lives[code] = (*past, replace(last, closed_on=closed_on))
    elif last.closed_on is None or abs(last.closed_on - closed_on) > _DAY:
        span = f"{last.opened_on} to {last.closed_on or 'now'}"
        conflicts.append(
            f"{code} ends on {closed_on} by the merger in {file}, but lives {span} in {last.source}; the latter counts"
        )


def _listed_after_closing(lives: _Lives, files: Iterable[FileFacts]) -> Iterator[str]:
    """A file lists as open, as at its date, what had closed before that date."""
    for each in files:
        if each.as_at is None:
            continue
        for fact in each.facts:
            if isinstance(fact, OrganisationRecord | Listing) and getattr(fact, "closed_on", None) is None:
                closed_on = max((life.closed_on or date.max for life in lives.get(fact.code, ())), default=date.max)
                if closed_on < each.as_at:
                    now = f"{fact.code} is open in {each.file} (as at {each.as_at})"
                    yield f"{now}, but closed on {closed_on} in another file"
