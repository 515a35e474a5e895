# SPDX-License-Identifier: MIT
from __future__ import annotations

import struct
import warnings
import zipfile

import pytest

from tests.support.questionnaires import packed, small_questionnaire
from trigpoint.errors import AnswersProblems, TooLarge
from trigpoint.io.questionnaire_workbook import build_questionnaire_workbook
from trigpoint.io.spreadsheet_parts import LARGEST_UNPACKED, LARGEST_UPLOAD, MOST_PARTS, read_parts

WHOLE = build_questionnaire_workbook(small_questionnaire())


def refusal(raw: bytes) -> str:
    with pytest.raises(AnswersProblems) as refused:
        read_parts(raw, "answers.xlsx")
    return str(refused.value)


def test_the_parts_of_a_spreadsheet_are_unpacked_and_its_pictures_left() -> None:
    parts = read_parts(packed({"xl/workbook.xml": "<a/>", "xl/media/image1.png": b"\x89PNG"}), "answers.xlsx")

    assert parts == {"xl/workbook.xml": b"<a/>"}


def test_a_file_that_is_too_large_is_not_looked_into() -> None:
    with pytest.raises(TooLarge, match=r"answers.xlsx: 5.0 MB; a questionnaire has at most 5 MB"):
        read_parts(bytes(LARGEST_UPLOAD + 1), "answers.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"xl/worksheets/sheet1.xml": bytes(LARGEST_UNPACKED + 1)})

    assert len(bomb) < LARGEST_UPLOAD
    with pytest.raises(TooLarge, match="unpacked it would be 15 MB in 1 parts, which is no questionnaire"):
        read_parts(bomb, "answers.xlsx")


def test_a_part_that_unpacks_to_far_more_than_spreadsheets_do_is_refused() -> None:
    with pytest.raises(TooLarge, match="unpacked it would be 2 MB"):
        read_parts(packed({"xl/sharedStrings.xml": bytes(2_000_000)}), "answers.xlsx")


def test_a_spreadsheet_of_thousands_of_parts_is_refused() -> None:
    with pytest.raises(TooLarge, match="in 501 parts"):
        read_parts(packed({f"xl/{at}.xml": "" for at in range(MOST_PARTS + 1)}), "answers.xlsx")


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    content = bytes(3_000_000)
    honest = packed({"xl/sharedStrings.xml": content})
    lying = honest.replace(struct.pack("<L", len(content)), struct.pack("<L", 900))

    assert lying != honest
    assert "can't be read as a spreadsheet: Bad CRC-32 for file" in refusal(lying)


@pytest.mark.parametrize("raw", [b"", b"name,answer\nq1,yes\n", WHOLE[: len(WHOLE) // 2], WHOLE[:-30]])
def test_what_is_no_archive_is_refused(raw: bytes) -> None:
    assert refusal(raw).startswith("answers.xlsx: can't be read as a spreadsheet: ")


def test_a_damaged_archive_is_refused() -> None:
    at = WHOLE.index(b"xl/worksheets/sheet2.xml") + 60
    damaged = WHOLE[:at] + bytes(byte ^ 0x55 for byte in WHOLE[at : at + 40]) + WHOLE[at + 40 :]

    assert refusal(damaged).startswith("answers.xlsx: can't be read as a spreadsheet: ")


def test_an_old_file_or_one_with_a_password_is_refused_with_advice() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)) == (
        "answers.xlsx: an old .xls file, or one with a password. Save it as .xlsx without a password."
    )


def test_an_encrypted_part_is_refused() -> None:
    raw = bytearray(packed({"xl/workbook.xml": "<a/>"}, zipfile.ZIP_STORED))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + flags] |= 1

    assert "is encrypted" in refusal(bytes(raw))


def test_an_unknown_compression_is_refused() -> None:
    raw = bytearray(packed({"xl/workbook.xml": "<a/>"}, zipfile.ZIP_STORED))
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        raw[raw.index(signature) + method] = 99

    assert "can't be read as a spreadsheet" in refusal(bytes(raw))


def test_two_parts_of_one_name_are_refused() -> None:
    twice = packed({"xl/workbook1.xml": "<a/>", "xl/workbook2.xml": "<b/>"}).replace(b"workbook2", b"workbook1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = refusal(twice)

    assert said == "answers.xlsx: two parts of it have one name. Save it again as .xlsx."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><sst>&a;</sst>'

    said = refusal(packed({"xl/sharedStrings.xml": laughs.encode(encoding)}))

    assert said.startswith("answers.xlsx: its part xl/sharedStrings.xml has a document type, which a spreadsheet never")
