# SPDX-License-Identifier: MIT
from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.made_up import FRAMEWORK, printed, run
from trigpoint.errors import FileTrouble, UnknownUnit
from trigpoint.io.spreadsheet_cells import read_cells


def test_a_form_is_written_as_a_spreadsheet(tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"

    text = printed("questionnaire", FRAMEWORK, "--out", out)

    assert text == f"{FRAMEWORK}: questions asked 1 in Organisation, 6 in General -> {out.as_posix()}\n"
    sheets = [sheet.name for sheet in read_cells(out.read_bytes(), out.name).sheets]
    assert sheets == ["Read me", "Organisation", "General", "Lists"]


def test_a_form_is_written_as_a_pdf(tmp_path: Path) -> None:
    out = tmp_path / "form.PDF"

    printed("questionnaire", FRAMEWORK, "--out", out)

    assert out.read_bytes().startswith(b"%PDF-")


def test_each_care_setting_named_has_its_part_once(tmp_path: Path) -> None:
    settings = ["--care-setting", "acute", "--care-setting", "community", "--care-setting", "acute"]

    text = printed("questionnaire", "nhs-dma@2017", "--out", tmp_path / "form.xlsx", *settings)

    assert "63 in Organisation, 94 in Acute, 87 in Community" in text


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--out", "form.doc"), FileTrouble.exit_code, "a questionnaire is written as .xlsx or .pdf."),
        (("--out", "f.xlsx", "--care-setting", "acut"), UnknownUnit.exit_code, "there is no care setting 'acut'"),
        (("--out", "nowhere/form.xlsx"), FileTrouble.exit_code, "No such file or directory"),
    ],
)
def test_what_can_not_be_written_is_told_in_one_line(arguments: tuple[str, ...], code: int, said: str) -> None:
    result = run("questionnaire", FRAMEWORK, *arguments)

    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
