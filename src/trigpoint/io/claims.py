# SPDX-License-Identifier: MIT
"""Files of claims and of cohorts: YAML → values, or every problem with its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from trigpoint.analysis.claims.computations import Computation
from trigpoint.analysis.claims.model import (
    Claim,
    ClaimId,
    ClaimsFile,
    ClaimSource,
    Comparison,
    Definition,
    Stated,
)
from trigpoint.analysis.claims.readings import CLOSED, OrganisationId, Some
from trigpoint.errors import ClaimsProblems, FileTrouble, Problem, TooLarge
from trigpoint.frameworks.located import Located, parse_yaml
from trigpoint.frameworks.located import Path as Place
from trigpoint.frameworks.model import Id, Name, Text
from trigpoint.frameworks.shape_problems import list_shape_problems
from trigpoint.frameworks.suggest import repeated
from trigpoint.io.content import LARGEST_FILE, content_folder
from trigpoint.organisations.cohort import Cohort, CohortMember, CohortStatus
from trigpoint.organisations.organisation import OrganisationCode

T = TypeVar("T")
COHORTS_FILE = "cohorts.yaml"
PLAIN_READING = "as the words say"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class _Reading:
    """Another reading: the plain definition with some keys changed, or a definition of its own."""

    reading: Text
    change: Mapping[Name, Any] = field(default_factory=dict)
    definition: Mapping[Name, Any] | None = None
    compare: Comparison | None = None

    def __post_init__(self) -> None:
        if self.change and self.definition is not None:
            raise ValueError("either change some keys of the plain definition or give a definition, not both")


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class _Claim:
    id: ClaimId
    statement: Text
    stated: Some[Stated]
    definition: Mapping[Name, Any]
    compare: Comparison = field(default_factory=Comparison)
    alternatives: tuple[_Reading, ...] = ()
    slips: tuple[_Reading, ...] = ()
    comment: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class _ClaimsFile:
    source: ClaimSource
    claims: tuple[_Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class _Cohort:
    """dropped: member → day on which it left; it still took part."""

    id: Id
    name: Text
    began: date | None = None
    status: CohortStatus = CohortStatus.CONFIRMED
    source: Text
    members: tuple[OrganisationId, ...]
    dropped: Mapping[OrganisationId, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class _CohortsFile:
    cohorts: tuple[_Cohort, ...]


def read_claims(paths: Iterable[Path] | None = None) -> tuple[ClaimsFile, ...]:
    """Return the claims in some files; None: the claims that Trigpoint ships, by file name.

    Raises ClaimsProblems with every problem of every file, FileTrouble.
    """
    chosen = list_claims_files() if paths is None else tuple(paths)
    files: list[ClaimsFile] = []
    problems: list[Problem] = []
    for path in chosen:
        try:
            files.append(parse_claims(_read_text(path), file=str(path)))
        except ClaimsProblems as error:
            problems += error.problems
    if problems:
        raise ClaimsProblems(problems)
    return tuple(files)


def list_claims_files() -> tuple[Path, ...]:
    """Return the files of claims that Trigpoint ships, by name."""
    return tuple(sorted(path for path in content_folder("claims").glob("*.yaml") if path.name != COHORTS_FILE))


def read_cohorts(path: Path | None = None) -> Mapping[str, Cohort]:
    """Return the cohorts of a file by id; None: those that Trigpoint ships. Raises ClaimsProblems, FileTrouble."""
    chosen = content_folder("claims") / COHORTS_FILE if path is None else path
    return parse_cohorts(_read_text(chosen), file=str(chosen))


def parse_claims(text: str, *, file: str) -> ClaimsFile:
    """Return the source and claims in a file's text. Raises ClaimsProblems with every problem."""
    raw, located = _parse(_ClaimsFile, text, file)
    problems = [
        located.problem(("claims", at, "id"), f"the claim {name!r} stands twice. Give each its own id.")
        for at, name in repeated(claim.id for claim in raw.claims)
    ]
    claims = []
    for at, claim in enumerate(raw.claims):
        reader = _DefinitionReader(located, ("claims", at), problems)
        claims.append(reader.read(claim, raw.source.id))
    if problems:
        raise ClaimsProblems(sorted(problems))
    return ClaimsFile(raw.source, tuple(claim for claim in claims if claim is not None))


def parse_cohorts(text: str, *, file: str) -> Mapping[str, Cohort]:
    """Return the cohorts in a file's text by id. Raises ClaimsProblems with every problem."""
    raw, located = _parse(_CohortsFile, text, file)
    problems = [
        located.problem(("cohorts", at, "id"), f"the cohort {name!r} stands twice. Give each its own id.")
        for at, name in repeated(cohort.id for cohort in raw.cohorts)
    ]
    for at, cohort in enumerate(raw.cohorts):
        problems += [
            located.problem(("cohorts", at, "members", position), f"{code} stands twice in {cohort.id}.")
            for position, code in repeated(cohort.members)
        ]
        problems += [
            located.problem(("cohorts", at, "dropped", code), f"{code} is dropped and is no member of {cohort.id}.")
            for code in cohort.dropped
            if code not in cohort.members
        ]
    if problems:
        raise ClaimsProblems(sorted(problems))
    return {cohort.id: Cohort(cohort.id, cohort.name, tuple(_members(cohort))) for cohort in raw.cohorts}


def _members(cohort: _Cohort) -> Iterator[CohortMember]:
    for code in cohort.members:
        until_on = cohort.dropped.get(code)
        status = CohortStatus.DROPPED if until_on is not None else cohort.status
        yield CohortMember(OrganisationCode(code), status, cohort.began, until_on, cohort.source)


class _DefinitionReader:
    """Reads the definitions of one claim, whose alternatives may say only what differs from the plain one."""

    def __init__(self, located: Located, at: Place, problems: list[Problem]) -> None:
        self.located, self.at, self.problems = located, at, problems

    def read(self, claim: _Claim, source: str) -> Claim | None:
        plain = self._definition(PLAIN_READING, claim.definition, claim.compare, [(*self.at, "definition")])
        if plain is None:
            return None  # what is wrong with it would be wrong again in each reading that changes it
        others = {
            name: [self._other(one, claim, (*self.at, name, at)) for at, one in enumerate(readings)]
            for name, readings in (("alternatives", claim.alternatives), ("slips", claim.slips))
        }
        return Claim(
            id=claim.id,
            source=source,
            statement=claim.statement,
            stated=claim.stated,
            definition=plain,
            alternatives=tuple(one for one in others["alternatives"] if one is not None),
            slips=tuple(one for one in others["slips"] if one is not None),
            comment=claim.comment,
        )

    def _other(self, other: _Reading, claim: _Claim, at: Place) -> Definition | None:
        compare = other.compare if other.compare is not None else claim.compare
        if other.definition is not None:
            return self._definition(other.reading, other.definition, compare, [(*at, "definition")])
        merged = {**claim.definition, **other.change}
        return self._definition(other.reading, merged, compare, [(*at, "change"), (*self.at, "definition")])

    def _definition(
        self, reading: str, keys: Mapping[str, Any], compare: Comparison, places: Sequence[Place]
    ) -> Definition | None:
        """places: where the keys may stand in the file, the likeliest first."""
        try:
            return Definition(reading, _COMPUTATION.validate_python(dict(keys)), compare)
        except ValidationError as error:
            self.problems += list_shape_problems(error, self.located, places=places)
            return None


_COMPUTATION: TypeAdapter[Computation] = TypeAdapter(Computation)


def _parse(kind: type[T], text: str, file: str) -> tuple[T, Located]:
    located = parse_yaml(text, file=file)
    if located.problems:
        raise ClaimsProblems(located.problems)
    try:
        return TypeAdapter(kind).validate_python(located.value), located
    except ValidationError as error:
        raise ClaimsProblems(list_shape_problems(error, located)) from error


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise TooLarge(f"{path}: over {LARGEST_FILE // 1_000_000} MB, which nobody wrote by hand. Split it.")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FileTrouble(f"{path}: not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error
