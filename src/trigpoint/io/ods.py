# SPDX-License-Identifier: MIT
"""Read a folder of organisation files into one register, with a report of what was in each and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from trigpoint.errors import FileTrouble, Problem, RegisterProblems
from trigpoint.io.ods_cohorts import build_cohorts
from trigpoint.io.ods_facts import CohortRow, FileFacts, FileKind, Merger, OrganisationRecord, Placement
from trigpoint.io.ods_files import parse_register_file
from trigpoint.io.ods_merge import merge_organisations
from trigpoint.io.ods_placements import build_memberships
from trigpoint.io.ods_tables import parse_text, read_bytes
from trigpoint.organisations.organisation import Membership, Succession
from trigpoint.organisations.register import Register, build_register


@dataclass(frozen=True, slots=True)
class FileCount:
    """What one file held. closed: organisations with a close date. as_at: None = the file bears no date."""

    file: str
    kind: FileKind
    as_at: date | None
    rows: int
    organisations: int
    closed: int
    successions: int
    memberships: int
    cohort_members: int


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """conflicts: where files contradict each other. notes: what could not be told, and what was left alone."""

    files: tuple[FileCount, ...]
    conflicts: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """A register and the report of how it was made."""

    register: Register
    report: RegisterReport


Progress: TypeAlias = Callable[[int, int, str], None]


def _say_nothing(_done: int, _total: int, _file: str) -> None:
    """Progress for those who don't ask for it."""


def read_register(*paths: Path, on_progress: Progress = _say_nothing) -> RegisterReading:
    """Return one register made of the files given and of those in the folders given.

    A file in a folder that is no register file is left alone and noted; one given by name is a problem.
    on_progress: called with files done, files in all, and the file that comes next.
    Raises RegisterProblems with every problem of every file; FileTrouble and TooLarge for what can't be read.
    """
    listed = _list_files(paths)
    problems: list[Problem] = []
    found: list[FileFacts] = []
    notes: list[str] = []
    for done, (path, is_named) in enumerate(listed):
        on_progress(done, len(listed), path.name)
        facts, troubles = read_register_file(path)
        if facts is not None:
            found.append(facts)
        elif not troubles:
            _put_aside(path.name, is_named=is_named, problems=problems, notes=notes)
        problems.extend(troubles)
    if problems:
        raise RegisterProblems(problems)
    if not found:
        raise FileTrouble(
            f"no register file in {', '.join(path.name for path in paths)}. Give a folder with ODS files."
        )
    on_progress(len(listed), len(listed), "putting them together")
    return build_reading(found, notes=notes)


def read_register_file(path: Path) -> tuple[FileFacts | None, tuple[Problem, ...]]:
    """Return the facts of one file and all problems with it; no facts and no problems when it is another kind of file.

    Raises FileTrouble or TooLarge.
    """
    text, problems = parse_text(read_bytes(path), path.name)
    return (None, problems) if problems else parse_register_file(text, path.name)


def build_reading(files: Iterable[FileFacts], *, notes: Iterable[str] = ()) -> RegisterReading:
    """Return the register that the facts of all files make together, and its report."""
    listed = tuple(files)
    organisations, conflicts = merge_organisations(listed)
    memberships, groups, unplaced = build_memberships(listed)
    cohorts, unnamed = build_cohorts(listed, organisations)
    successions = _successions(listed)
    register = build_register(organisations, successions, memberships, groups=groups, cohorts=cohorts)
    said = (*notes, *unplaced, *unnamed, *_self_successions(successions))
    return RegisterReading(register, RegisterReport(tuple(map(_count, listed)), conflicts, said))


def _list_files(paths: Iterable[Path]) -> tuple[tuple[Path, bool], ...]:
    listed: dict[Path, bool] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.suffix.casefold() == ".csv")
            listed.update((each, listed.get(each, False)) for each in inside)
        else:
            listed[path] = True
    return tuple(listed.items())


def _put_aside(file: str, *, is_named: bool, problems: list[Problem], notes: list[str]) -> None:
    if is_named:
        message = "this is no register file that we know: neither its headings nor its columns are those of one."
        problems.append(Problem(file, None, None, message))
    else:
        notes.append(f"{file}: no register file, left alone")


def _successions(files: Iterable[FileFacts]) -> tuple[Succession, ...]:
    """Every successor record, and every merger that no record has on the same date."""
    found: dict[tuple[str, str, date], Succession] = {}
    for each in files:
        for fact in each.facts:
            step = fact.succession if isinstance(fact, Merger) else fact
            if isinstance(step, Succession):
                found.setdefault((step.predecessor, step.successor, step.on), step)
    return tuple(found.values())


def _self_successions(successions: Iterable[Succession]) -> tuple[str, ...]:
    count = sum(step.predecessor == step.successor for step in successions)
    return (f"{count} successor records name one code twice; they are kept and say nothing",) if count else ()


def _count(each: FileFacts) -> FileCount:
    records = {fact.code: fact for fact in each.facts if isinstance(fact, OrganisationRecord)}
    return FileCount(
        each.file,
        each.kind,
        each.as_at,
        each.rows,
        organisations=len(records),
        closed=sum(record.closed_on is not None for record in records.values()),
        successions=sum(isinstance(fact, Succession | Merger) for fact in each.facts),
        memberships=sum(isinstance(fact, Placement | Membership) for fact in each.facts),
        cohort_members=sum(isinstance(fact, CohortRow) for fact in each.facts),
    )
