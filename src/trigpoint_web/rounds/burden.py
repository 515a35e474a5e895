# SPDX-License-Identifier: MIT
"""What the time spent on questions adds up to: by section and by organisation. Nothing here is a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from trigpoint.frameworks import Framework
from trigpoint.frameworks.asking import section_of
from trigpoint_web.rounds.queries.burden import TimedQuestion


@dataclass(frozen=True, slots=True)
class SectionBurden:
    """One section. section: id of its measure, None for questions in none.

    organisations: how many have any time in it. median_seconds: of their totals.
    """

    section: str | None
    organisations: int
    median_seconds: float


@dataclass(frozen=True, slots=True)
class OrganisationBurden:
    """One organisation: its total, and on how many questions any time was measured."""

    code: str
    seconds: int
    questions: int


@dataclass(frozen=True, slots=True)
class RoundBurden:
    """A round. median_seconds: of the organisations' totals; None where no time was measured."""

    seconds: int
    sittings: int
    median_seconds: float | None
    sections: tuple[SectionBurden, ...]
    organisations: tuple[OrganisationBurden, ...]


def summarise_burden(framework: Framework, times: Iterable[TimedQuestion]) -> RoundBurden:
    """Return what the times add up to. Sections in the order of the framework, organisations by time, longest first.

    Time on a question that the framework does not have counts for its organisation and for no section.
    """
    timed = list(times)
    by_organisation: defaultdict[str, list[TimedQuestion]] = defaultdict(list)
    by_section: defaultdict[str | None, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in timed:
        by_organisation[one.organisation].append(one)
        question = framework.questions.get(one.question)
        if question is not None:
            by_section[section_of(framework, question)][one.organisation] += one.seconds
    organisations = [
        OrganisationBurden(code, sum(one.seconds for one in parts), len(parts))
        for code, parts in by_organisation.items()
    ]
    return RoundBurden(
        seconds=sum(one.seconds for one in timed),
        sittings=sum(one.sittings for one in timed),
        median_seconds=median(one.seconds for one in organisations) if organisations else None,
        sections=tuple(_sections(framework, by_section)),
        organisations=tuple(sorted(organisations, key=lambda one: (-one.seconds, one.code))),
    )


def _sections(framework: Framework, by_section: Mapping[str | None, Mapping[str, int]]) -> Sequence[SectionBurden]:
    order: tuple[str | None, ...] = (*framework.measures, None)
    return [
        SectionBurden(section, len(by_section[section]), median(by_section[section].values()))
        for section in order
        if section in by_section
    ]
