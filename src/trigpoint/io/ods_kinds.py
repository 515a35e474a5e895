# SPDX-License-Identifier: MIT
"""What kind of register file it is, told from its content; from its name only where the content can't tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from trigpoint.io.ods_facts import FileKind
from trigpoint.io.ods_tables import Row

_TITLE_ROWS = 10  # workbooks exported as CSV have up to four rows of titles before the header
_SAMPLE_ROWS = 200
_MOST = 0.6  # of the sample, to say that "most" rows look like something
_ODS_WIDTHS = range(24, 28)  # 27 columns; older exports leave the last blank ones off

# The columns of ODS's header-less exports, by their position in ODS's own description of the format.
ODS_COLUMNS: Mapping[str, int] = {
    "code": 0,
    "name": 1,
    "region": 2,
    "geography": 3,
    "postcode": 9,
    "opened": 10,
    "closed": 11,
    "status": 12,
    "sub_type": 13,
    "commissioner": 14,
    "joined": 15,
    "left": 16,
    "setting": 25,
}

# Each kind by the columns that it alone has; # stands for a digit. A kind whose columns include another's comes first.
_HEADERS: tuple[tuple[FileKind, frozenset[str]], ...] = (
    (FileKind.SUCCESSIONS, frozenset({"old_code", "new_code", "date"})),
    (FileKind.TRUST_STPS, frozenset({"nhs_trust##_code", "stp##_code", "stp##_name"})),
    (FileKind.TRUST_ICB_SHARES, frozenset({"nhs_trust##_code", "icb##_code", "proportion_trust_came_from_icb"})),
    (FileKind.SUB_ICBS, frozenset({"sicbl##cdh", "sicbl##nm", "icb##cd", "icb##cdh", "icb##nm", "nhser##cdh"})),
    (FileKind.ICB_NAMES, frozenset({"icb##cd", "icb##cdh", "icb##nm"})),
    (FileKind.ICB_PARTNERS, frozenset({"ods icb code", "ons icb boundary code", "ods sub icb code", "ods trust code"})),
    (FileKind.ICB_FINANCE, frozenset({"ods icb code", "icb name", "nhs trusts", "ods trust code"})),
    (FileKind.TRUST_TYPES, frozenset({"ods_code", "name", "type", "region", "ics", "predecessor_codes"})),
    (FileKind.ICB_REGIONS, frozenset({"ods_code", "name", "region", "predecessor_codes", "merger_date"})),
    (FileKind.CQC_TYPES, frozenset({"trust_code", "primary_category"})),
    (FileKind.COHORTS, frozenset({"programme", "trust_name", "source", "note"})),
)
_ODS_HEADER = frozenset({"organisation_code", "name", "national_grouping", "open_date", "close_date"})
_PREFIXES = {
    "etr": FileKind.TRUSTS,
    "ect": FileKind.CARE_TRUSTS,
    "epraccur": FileKind.PRACTICES,
    "eccg": FileKind.COMMISSIONERS,
}
# What a row of each header-less file looks like, tried in this order: trusts' names are the least telling.
_LOOKS: tuple[tuple[FileKind, Callable[[tuple[str, ...]], bool]], ...] = (
    (FileKind.PRACTICES, lambda values: len(values[0]) == len("A81001") and values[12] != ""),
    (FileKind.COMMISSIONERS, lambda values: re.search(r" CCG\b| ICB\b|SUB-ICB|COMMISSIONING", values[1]) is not None),
    (FileKind.CARE_TRUSTS, lambda values: re.fullmatch(r"T[A-Z0-9]{2}", values[0]) is not None),
    (FileKind.TRUSTS, lambda values: values[0].startswith("R") or "TRUST" in values[1]),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind, its columns by name, how many columns each row must have, and the first row of content."""

    kind: FileKind
    columns: Mapping[str, int]
    width: int
    first_row: int
    as_at: date | None


def find_layout(rows: tuple[Row, ...], file: str) -> Layout | None:
    """Return the layout of a file; None when it is no register file that we know."""
    for place, row in enumerate(rows[:_TITLE_ROWS]):
        names = tuple(_header_name(value) for value in row.values)
        for kind, needed in _HEADERS:
            if needed <= set(names):
                columns = {name: at for at, name in reversed(tuple(enumerate(names)))}
                as_at = find_date(file) or _date_of_columns(row.values)
                return Layout(kind, columns, len(names), place + 1, as_at)
        if _is_ods_header(names):
            return _ods_layout(rows[place + 1 :], file, width=len(names), first_row=place + 1)
    return _ods_layout(rows, file, width=_usual_width(rows), first_row=0)


def find_date(file: str) -> date | None:
    """Return the date in a file's name: a year, a year and month, or a full date, at its first day; None without."""
    numbers = re.search(r"(?<!\d)((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", file)
    if numbers is None:
        return None
    year, month, day = (int(number or 1) for number in numbers.groups())
    named = re.search(rf"(?<![a-z])({'|'.join(_MONTHS)})[a-z]*[_ -]{year}", file.lower())
    month = _MONTHS.index(named[1]) + 1 if named else month
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_ods_header(names: tuple[str, ...]) -> bool:
    return set(names) >= _ODS_HEADER  # some copies of ODS's header-less files were given headings


def _ods_layout(rows: tuple[Row, ...], file: str, *, width: int, first_row: int) -> Layout | None:
    kind = _ods_kind(rows[:_SAMPLE_ROWS], file) if width in _ODS_WIDTHS else None
    return None if kind is None else Layout(kind, ODS_COLUMNS, width, first_row, find_date(file))


def _ods_kind(rows: tuple[Row, ...], file: str) -> FileKind | None:
    wide = [row.values for row in rows if len(row.values) in _ODS_WIDTHS]
    for kind, looks_right in _LOOKS:
        if wide and sum(map(looks_right, wide)) >= _MOST * len(wide):
            return kind
    return next((kind for prefix, kind in _PREFIXES.items() if file.startswith(prefix)), None)


def _usual_width(rows: tuple[Row, ...]) -> int:
    widths = Counter(len(row.values) for row in rows)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _header_name(value: str) -> str:
    return re.sub(r"\d", "#", " ".join(value.split()).casefold())


def _date_of_columns(names: tuple[str, ...]) -> date | None:
    """ONS names its columns by the year of the boundaries, which are those of April of that year ("stp21_code")."""
    years = [int(year) for name in names for year in re.findall(r"(?i)(?:stp|icb)(\d\d)", name)]
    return date(2000 + max(years), 4, 1) if years else None
