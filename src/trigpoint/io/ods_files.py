# SPDX-License-Identifier: MIT
"""One register file, from text to facts, with every malformed row reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import pairwise

from trigpoint.errors import Problem
from trigpoint.io import ods_group_rows as group_rows
from trigpoint.io.ods_cells import Cells
from trigpoint.io.ods_facts import Fact, FileFacts, FileKind, OrganisationRecord
from trigpoint.io.ods_kinds import Layout, find_layout
from trigpoint.io.ods_rows import commissioner_facts, practice_facts, trust_facts
from trigpoint.io.ods_tables import Row, list_repeated_rows, parse_rows
from trigpoint.organisations.organisation import OrganisationCode

_ROW_READERS: Mapping[FileKind, Callable[[Cells], Iterator[Fact]]] = {
    FileKind.TRUSTS: partial(trust_facts, kind=FileKind.TRUSTS),
    FileKind.CARE_TRUSTS: partial(trust_facts, kind=FileKind.CARE_TRUSTS),
    FileKind.PRACTICES: practice_facts,
    FileKind.COMMISSIONERS: commissioner_facts,
    FileKind.SUCCESSIONS: group_rows.succession_facts,
    FileKind.ICB_NAMES: group_rows.icb_name_facts,
    FileKind.ICB_REGIONS: group_rows.icb_region_facts,
    FileKind.ICB_PARTNERS: group_rows.icb_partner_facts,
    FileKind.ICB_FINANCE: group_rows.icb_finance_facts,
    FileKind.SUB_ICBS: group_rows.sub_icb_facts,
    FileKind.TRUST_STPS: group_rows.trust_stp_facts,
    FileKind.TRUST_ICB_SHARES: group_rows.trust_icb_share_facts,
    FileKind.TRUST_TYPES: group_rows.trust_type_facts,
    FileKind.CQC_TYPES: group_rows.cqc_type_facts,
    FileKind.COHORTS: group_rows.cohort_facts,
}


def parse_register_file(text: str, file: str) -> tuple[FileFacts | None, tuple[Problem, ...]]:
    """Return the facts of a register file and all problems with it; no facts when it isn't one that we know."""
    rows, problems = parse_rows(text, file)
    layout = find_layout(rows, file)
    if layout is None:
        return None, problems
    content = rows[layout.first_row :]
    if not content:
        problems = (
            *problems,
            Problem(file, None, None, "the file has headings and no rows. Fetch or export it again."),
        )
    found, row_problems = _parse_content(content, layout, file)
    troubles = (*problems, *list_repeated_rows(content, file), *row_problems)
    return FileFacts(file, layout.kind, layout.as_at, len(content), found), troubles


def _parse_content(rows: tuple[Row, ...], layout: Layout, file: str) -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    read_row = _ROW_READERS[layout.kind]
    facts: list[Fact] = []
    problems: list[Problem] = []
    listed: dict[OrganisationCode, list[tuple[int, OrganisationRecord]]] = {}
    for row in rows:
        if len(row.values) != layout.width:
            problems.append(_wrong_width(row, layout, file))
            continue
        before = len(problems)
        found = tuple(read_row(Cells(file, row.line, row.values, layout.columns, problems)))
        facts.extend(found if len(problems) == before else ())
        for fact in found:
            if isinstance(fact, OrganisationRecord) and fact.states_dates:
                listed.setdefault(fact.code, []).append((row.line, fact))
    return tuple(facts), (*problems, *_listed_twice(listed, file))


def _wrong_width(row: Row, layout: Layout, file: str) -> Problem:
    has, needs = len(row.values), layout.width
    advice = "Was the file cut short?" if has < needs else "Is there a comma outside quotes?"
    return Problem(file, row.line, None, f"the row has {has} columns where the file has {needs}. {advice}")


def _listed_twice(
    listed: Mapping[OrganisationCode, list[tuple[int, OrganisationRecord]]], file: str
) -> Iterator[Problem]:
    """A code may stand twice where it was reused: then one life ends before the next begins."""
    for code, found in listed.items():
        for (line, first), (again, second) in pairwise(found):
            if not (_ends_before(first, second) or _ends_before(second, first)):
                yield Problem(file, again, 1, f"{code} is on line {line} too, open at the same time. Take one out.")


def _ends_before(one: OrganisationRecord, other: OrganisationRecord) -> bool:
    return one.closed_on is not None and other.opened_on is not None and one.closed_on < other.opened_on
