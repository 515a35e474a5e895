# SPDX-License-Identifier: MIT
"""Made-up rows in the layouts of the real files."""

from __future__ import annotations

from collections.abc import Mapping

WIDTH = 27
HEADINGS = (
    "organisation_code,name,national_grouping,high_level_health_geography,address_1,address_2,address_3,"
    "address_4,address_5,postcode,open_date,close_date" + "," * 12
)
_PLACES = {
    "region": 2, "geography": 3, "postcode": 9, "status": 12, "sub_type": 13, "commissioner": 14, "joined": 15,
    "left": 16, "setting": 25,
}  # fmt: skip


def ods_row(code: str, name: str, opened: str = "19900401", closed: str = "", width: int = WIDTH, **cells: str) -> str:
    """One row of a header-less ODS file, quoted as they are."""
    values = [""] * WIDTH
    values[0], values[1], values[10], values[11] = code, name, opened, closed
    for column, value in {"region": "Y56", "geography": "QMJ", **cells}.items():
        values[_PLACES[column]] = value
    return ",".join(f'"{value}"' for value in values[:width])


def trust(
    code: str = "RA0",
    name: str = "ASHWICK NHS TRUST",
    opened: str = "19900401",
    closed: str = "",
    width: int = WIDTH,
    **cells: str,
) -> str:
    return ods_row(code, name, opened, closed, width, **cells)


def practice(
    code: str = "A00001", name: str = "THE SURGERY", opened: str = "19900401", closed: str = "", **cells: str
) -> str:
    usual: Mapping[str, str] = {
        "status": "A", "setting": "4", "commissioner": "00X", "joined": "20130401", "sub_type": "B",
    }  # fmt: skip
    return ods_row(code, name, opened, closed, WIDTH, **{**usual, **cells})


def lines(*rows: str) -> str:
    return "".join(f"{row}\n" for row in rows)
