# SPDX-License-Identifier: MIT
"""What a file is, its content says; what could mislead or harm is refused with a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.office_files import (
    HTML,
    JPEG,
    PDF,
    SVG,
    content_types,
    good_files,
    lying_archive,
    office_file,
    office_parts,
    pack,
    png,
)
from trigpoint_web.rounds import packed_files
from trigpoint_web.rounds.file_types import LONGEST_NAME, FileRefused, FileType, check_file, find_type_by_name
from trigpoint_web.rounds.pdf_files import PDF_HAS_PROGRAM, has_pdf_program

LARGEST = 25_000_000
BY_ENDING = {ending: kind for kind in FileType for ending in kind.endings}
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def check(content: bytes, name: str, *, largest: int = LARGEST) -> FileType:
    return check_file(io.BytesIO(content), name, size=len(content), largest=largest)


def kind_or_refusal(content: bytes, name: str) -> FileType | str:
    try:
        return check(content, name)
    except FileRefused as refused:
        assert_sentence(str(refused))
        return str(refused)


def assert_sentence(text: str) -> None:
    assert text[:1].isupper()
    assert text.endswith(".")


def why_refused(content: bytes, name: str, *, largest: int = LARGEST) -> str:
    with pytest.raises(FileRefused) as refused:
        check(content, name, largest=largest)
    return str(refused.value)


@pytest.mark.parametrize("name", good_files())
def test_each_kind_that_is_taken_is_recognised(name):
    assert check(good_files()[name], name) is BY_ENDING[f".{name.rpartition('.')[2].lower()}"]


@pytest.mark.parametrize("name", good_files())
def test_what_is_cut_off_or_changed_is_refused_or_what_it_was(name):
    whole = good_files()[name]

    for end in range(1, len(whole)):
        found = kind_or_refusal(whole[:end], name)
        assert isinstance(found, str) or found is check(whole, name)


def test_the_name_must_agree_with_the_content():
    said = why_refused(png(), "minutes.pdf")

    assert said == (
        "The name ends in .pdf, but what is in the file is a PNG picture. "
        "Save it again under a name that fits, and choose that."
    )


def test_a_table_and_plain_text_are_told_apart_by_name():
    assert check(b"a,b\n", "a.csv") is FileType.CSV
    assert check(b"a,b\n", "a.txt") is FileType.TEXT
    assert "is a plain text" in why_refused(b"a,b\n", "a.pdf")


def test_an_empty_file_is_refused():
    assert why_refused(b"", "a.txt") == "The file is empty. Choose one with something in it."


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not():
    assert check(b"x" * 100, "a.txt", largest=100) is FileType.TEXT
    assert why_refused(b"x" * 101, "a.txt", largest=100) == "The file has 101 bytes. It can have 100 bytes at most."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", HTML),
        ("picture.svg", SVG),
        ("run.exe", b"MZ\x90\x00"),
        ("macro.docm", office_file("docx")),
        ("archive.zip", pack({"a.txt": b"a"})),
        ("no ending", PDF),
        (".pdf", PDF),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ],
)
def test_other_kinds_are_refused(name, content):
    assert "can" in why_refused(content, name)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.txt", HTML, "a web page or a program"),
        ("page.csv", b"  \n\xef\xbb\xbf<svg onload=alert(1)>", "a web page or a program"),
        ("picture.txt", SVG, "a web page or a program"),
        ("run.txt", b"#!/bin/sh\nrm -r /\n", "a web page or a program"),
        ("zeros.txt", b"a\x00b", "is not text"),
        ("late.txt", b"a" * 100_000 + b"\x07", "is not text"),
        ("latin.csv", "Zoë".encode("latin-1"), "save it again as UTF-8"),
        ("late.csv", b"a" * 100_000 + b"\xff", "save it again as UTF-8"),
        ("cut.txt", "Zoë".encode()[:-1], "save it again as UTF-8"),
        ("wide.txt", "Zoë".encode("utf-16"), "save it again as UTF-8"),
        ("report.pdf", b"MZ\x00\x03", "is not text"),
        ("page.txt", b"<!-- x --><svg/>", "a web page or a program"),
        ("page.txt", b"</x>", "a web page or a program"),
        ("report.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "an old Office file"),
    ],
)
def test_content_that_does_not_hold_is_refused(name, content, said):
    assert said in why_refused(content, name)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "a/b.pdf",
        "a\\b.pdf",
        "C:a.pdf",
        "a\x00.pdf",
        "a\n.pdf",
        "report\u202efdp.pdf",
        "a\u200b.pdf",
        "...",
        " ",
        ".hidden.pdf",
        'a"b.pdf',
    ],
)
def test_names_that_mislead_or_lead_elsewhere_are_refused(name):
    assert "name of the file" in why_refused(PDF, name)


def test_a_long_name_is_refused_at_201_characters():
    assert check(PDF, "é" * (LONGEST_NAME - 4) + ".pdf") is FileType.PDF
    assert "201 characters" in why_refused(PDF, "é" * (LONGEST_NAME - 3) + ".pdf")


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/vbaProject.bin", b"x"),
        ("xl/macrosheets/sheet1.xml", b"x"),
        ("word/activeX/activeX1.xml", b"x"),
        ("word/embeddings/invoice.EXE", b"x"),
        ("word/embeddings/table.xlsm", b"x"),
        ("Basic/Standard/Module1.xml", b"x"),
        ("Scripts/python/run.py", b"x"),
    ],
)
def test_macros_and_programs_inside_are_refused(part, content):
    packed = pack({**office_parts("docx"), part: content})

    assert why_refused(packed, "a.docx") == packed_files.HAS_PROGRAM


@pytest.mark.parametrize("media_type", [MACRO, "application/vnd.ms-office.vbaProject"])
def test_a_list_of_contents_that_tells_of_macros_is_refused(media_type):
    packed = pack({**office_parts("docx"), "[Content_Types].xml": content_types("docx", media_type=media_type)})

    assert why_refused(packed, "a.docx") == packed_files.HAS_PROGRAM


@pytest.mark.parametrize(
    "parts",
    [
        {"a.txt": b"a"},
        {"mimetype": b"application/epub+zip"},
        {"mimetype": b"application/vnd.oasis.opendocument.text-template"},
        {"[Content_Types].xml": content_types("docx", media_type="text/plain")},
    ],
)
def test_archives_that_are_no_documents_are_refused(parts):
    assert why_refused(pack(parts), "a.docx") == packed_files.NO_OFFICE_FILE


@pytest.mark.parametrize(
    "parts",
    [
        {"[Content_Types].xml": b"<Types"},
        {"[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY a "b">]><Types/>'},
        {"[Content_Types].xml": "<!DOCTYPE x><Types/>".encode("utf-16")},
        {"mimetype": b"\xff"},
        {**office_parts("docx"), "../../outside.xml": b"x"},
        {**office_parts("docx"), "/outside.xml": b"x"},
        {**office_parts("docx"), "C:/outside.xml": b"x"},
        {**office_parts("docx"), "word\\..\\..\\outside.xml": b"x"},
    ],
)
def test_archives_that_do_not_hold_are_refused(parts):
    assert why_refused(pack(parts), "a.docx") == packed_files.DAMAGED


def test_a_part_that_is_there_twice_is_refused():
    packed = pack({**office_parts("docx"), "word/a.xml": b"a", "word/b.xml": b"b"})
    twice = packed.replace(b"word/b.xml", b"word/a.xml")

    assert why_refused(twice, "a.docx") == packed_files.DAMAGED


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_office_programs_do_not_use_are_refused(compression):
    assert why_refused(pack(office_parts("docx"), compression=compression), "a.docx") == packed_files.DAMAGED


def test_a_part_with_a_password_is_refused():
    packed = bytearray(office_file("docx"))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.find(signature) + flags] |= 1

    assert why_refused(bytes(packed), "a.docx") == packed_files.DAMAGED


def test_a_bomb_that_says_what_it_is_is_refused():
    zeros = pack({**office_parts("docx"), "word/zeros.xml": bytes(packed_files.SMALL_PART * 2)})

    assert why_refused(zeros, "a.docx") == packed_files.TOO_LARGE_INSIDE


def test_a_bomb_of_many_parts_is_refused():
    parts = {f"word/{number}.xml": b"" for number in range(packed_files.MOST_PARTS)}

    assert why_refused(pack({**office_parts("docx"), **parts}), "a.docx") == packed_files.TOO_LARGE_INSIDE


def test_a_document_that_says_it_is_larger_than_any_is_refused():
    lying = lying_archive(
        {**office_parts("docx"), "word/a.xml": b"a"}, "word/a.xml", size=packed_files.LARGEST_UNPACKED + 1
    )

    assert why_refused(lying, "a.docx") == packed_files.TOO_LARGE_INSIDE


@pytest.mark.parametrize("size", [10, 50_000_000 - 1])
def test_a_bomb_that_lies_about_its_size_is_refused(size):
    parts = {**office_parts("docx"), "word/zeros.xml": bytes(50_000_000)}

    said = why_refused(lying_archive(parts, "word/zeros.xml", size=size), "a.docx")

    assert said in {packed_files.DAMAGED, packed_files.TOO_LARGE_INSIDE}


def test_a_list_of_parts_that_would_fill_the_memory_is_not_read():
    packed = bytearray(office_file("docx"))
    end = packed.rfind(b"PK\x05\x06")
    packed[end + 12 : end + 16] = (packed_files.LARGEST_DIRECTORY + 1).to_bytes(4, "little")

    assert why_refused(bytes(packed), "a.docx") == packed_files.DAMAGED
    assert why_refused(office_file("docx")[:-22] + b"PK\x06\x07" + bytes(16) + office_file("docx")[-22:], "a.docx")


def test_an_archive_inside_that_is_only_stored_does_no_harm():
    packed = pack({**office_parts("docx"), "word/embeddings/t.xlsx": office_file("xlsx")})

    assert check(packed, "a.docx") is FileType.DOCX


@given(st.binary(max_size=300), st.sampled_from(sorted(good_files())))
def test_any_bytes_are_taken_or_refused_and_nothing_else_happens(noise, name):
    for content in (noise, good_files()[name][:20] + noise, noise + good_files()[name]):
        assert kind_or_refusal(content, name) is not None


@given(st.data(), st.sampled_from(["report.docx", "report.xlsx", "report.ods"]))
def test_a_mutated_archive_is_taken_or_refused_and_nothing_else_happens(drawn, name):
    content = bytearray(good_files()[name])
    for _ in range(drawn.draw(st.integers(1, 6))):
        content[drawn.draw(st.integers(0, len(content) - 1))] = drawn.draw(st.integers(0, 255))

    found = kind_or_refusal(bytes(content), name)
    assert isinstance(found, str) or found is BY_ENDING[name[name.index(".") :]]


@given(st.text(max_size=30))
def test_any_name_is_taken_or_refused(name):
    found = kind_or_refusal(PDF, f"{name}.pdf")
    assert isinstance(found, str) or found is FileType.PDF


def test_a_name_without_an_ending_is_of_no_type():
    assert find_type_by_name("report") is None
    assert find_type_by_name("photo.JPG") is FileType.JPEG
    assert check(JPEG, "photo.JPG") is FileType.JPEG


def pdf_with(inside: bytes) -> bytes:
    """Return a PDF with something in it before its end."""
    return PDF.replace(b"%%EOF", inside + b"\n%%EOF") if b"%%EOF" in PDF else PDF + inside


@pytest.mark.parametrize(
    "inside",
    [
        b"1 0 obj << /S /JavaScript /JS (app.alert\\(1\\)) >> endobj",
        b"<</Names<</JavaScript 5 0 R>>>>",
        b"<< /OpenAction << /S/JavaScript /JS 7 0 R >> >>",
        b"<< /OpenAction << /S /Launch /F (cmd.exe) >> >>",
        b"<< /S /J#61vaScript >>",
        b"<< /S /#4a#61#76#61#53#63#72#69#70#74 >>",
        b"<< /S /L#61unc#68 >>",
        b"<< /S /#4C#61#75#6E#63#68 >>",
    ],
)
def test_a_pdf_that_runs_a_script_or_starts_a_program_is_refused(inside):
    assert why_refused(pdf_with(inside), "a.pdf") == PDF_HAS_PROGRAM


@pytest.mark.parametrize(
    "inside",
    [
        b"<< /OpenAction [3 0 R /Fit] >>",
        b"<< /S /URI /URI (https://example.org/JS) >>",
        b"(JavaScript and the Launch of a programme)",
        b"<< /javascript 1 >>",
        b"<< /S /GoTo /D (Launch) >>",
        b"/JS",  # three bytes that stand in any picture by chance
        b"<< /J#2361vaScript 1 >>",  # an escaped #, and what follows is no escape
    ],
)
def test_a_pdf_that_only_leads_somewhere_or_speaks_of_scripts_is_taken(inside):
    assert check(pdf_with(inside), "a.pdf") is FileType.PDF


@pytest.mark.parametrize("name", [b"/JavaScript", b"/Launch", b"/#4a#61#76#61#53#63#72#69#70#74"])
def test_a_program_is_found_wherever_it_stands_in_a_long_file(name):
    piece = 1 << 16
    for before in range(piece - len(name) - 1, piece + 2):
        assert has_pdf_program(io.BytesIO(b" " * before + name)), before
    assert has_pdf_program(io.BytesIO(b" " * (3 * piece - 5) + name + b" " * piece))


@given(st.binary(max_size=300), st.sampled_from([b"/JavaScript", b"/Launch"]), st.binary(max_size=300))
def test_a_program_is_found_in_any_surroundings_that_do_not_change_its_name(before, name, after):
    assert has_pdf_program(io.BytesIO(before + b" " + name + after))


def test_a_file_that_is_no_pdf_may_speak_of_scripts():
    assert check(b"Write /JavaScript or /Launch.", "a.txt") is FileType.TEXT
