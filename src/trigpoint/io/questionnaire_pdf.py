# SPDX-License-Identifier: MIT
"""A questionnaire as an accessible PDF (PDF/UA-1): to read, to print, to fill in with a pen.

Typst sets it and refuses what is not accessible. It reads nothing but the template and the fonts beside this module,
and the words go to it as JSON, so no text can become a command.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trigpoint.errors import FileTrouble
from trigpoint.io.font_glyphs import list_glyphs, printable
from trigpoint.io.questionnaire_read_me import missing_rows
from trigpoint.io.spreadsheets import FIXED_MOMENT
from trigpoint.submissions.questionnaire_rows import Questionnaire, QuestionnairePart, QuestionRow, build_parts
from trigpoint.submissions.read_rows import describe_range

if TYPE_CHECKING:
    import typst

FONT = "Liberation Sans"
FONT_FILES = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
HOW_TO = "Mark one box for each question, or write the number. Add a note where it helps to understand your answer."


def build_questionnaire_pdf(questionnaire: Questionnaire) -> bytes:
    """Return the bytes of the PDF; the same questionnaire gives the same bytes.

    Characters that the font lacks stand as their codes. Raises FileTrouble when Typst is not installed.
    """
    compiler = _compiler()
    form = json.dumps(_printable(_form(questionnaire), _glyphs()), ensure_ascii=True)
    moment = questionnaire.made_at if questionnaire.made_at is not None else FIXED_MOMENT
    made = compiler.compile(
        format="pdf", sys_inputs={"form": form}, pdf_standards=["ua-1"], timestamp=int(moment.timestamp())
    )
    assert isinstance(made, bytes), "one document is one file"
    return made


def write_questionnaire_pdf(questionnaire: Questionnaire, path: Path) -> None:
    """Write the PDF to a file. Raises FileTrouble."""
    made = build_questionnaire_pdf(questionnaire)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise FileTrouble(f"{path}: {error.strerror}.") from error


def _compiler() -> typst.Compiler:
    try:
        import typst
    except ImportError as error:
        raise FileTrouble("A PDF needs Typst, which comes with the extra trigpoint[web]: install that.") from error
    folder = Path(str(resources.files("trigpoint.io")))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / "fonts"])
    return typst.Compiler((folder / "questionnaire.typ").read_bytes(), font_paths=fonts)


@cache
def _glyphs() -> frozenset[int]:
    """What can be printed plain and bold."""
    folder = resources.files("trigpoint.io") / "fonts"
    return frozenset.intersection(*(list_glyphs((folder / name).read_bytes()) for name in FONT_FILES))


def _printable(value: Any, glyphs: Set[int]) -> Any:
    """The form with every text in it as it can be printed; an empty one is none."""
    if isinstance(value, str):
        return printable(value, glyphs) or None
    if isinstance(value, Mapping):
        return {name: _printable(part, glyphs) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, glyphs) for part in value]
    return value


def _form(questionnaire: Questionnaire) -> dict[str, Any]:
    """Everything that the template prints."""
    framework, moment = questionnaire.framework, questionnaire.made_at
    named = (questionnaire.organisation_name, questionnaire.organisation or "", f"round {questionnaire.round}")
    return {
        "title": framework.content.title,
        "summary": framework.content.summary,
        "whose": ", ".join(name for name in named if name),
        "foot": f"{framework.ref}, hash {framework.hash[:12]}",
        "made": None if moment is None else {"year": moment.year, "month": moment.month, "day": moment.day},
        "fonts": [FONT],
        "about": list(_about(questionnaire)),
        "how": HOW_TO,
        "missing": list(missing_rows(framework)),
        "parts": [_part(part) for part in build_parts(questionnaire)],
    }


def _about(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    name, code = questionnaire.organisation_name, questionnaire.organisation
    if name or code:
        yield "Organisation", " ".join(one for one in (name, f"({code})" if code and name else code) if one)
    yield "Round", questionnaire.round
    yield "Framework", f"{questionnaire.framework.ref}, hash {questionnaire.framework.hash}"
    if questionnaire.made_at is not None:
        yield "Answers as on", f"{questionnaire.made_at:%Y-%m-%d %H:%M} UTC"


def _part(part: QuestionnairePart) -> dict[str, Any]:
    numbered = list(enumerate(part.rows, start=1))
    sections = groupby(numbered, key=lambda one: one[1].section)
    return {
        "title": part.title,
        "sections": [
            {"title": title, "questions": [_question(row, at) for at, row in rows]} for title, rows in sections
        ],
    }


def _question(row: QuestionRow, number: int) -> dict[str, Any]:
    question, note = row.question, "" if row.current is None else row.current.note
    last = None if row.last is None else row.choices.label_of(row.last)
    return {
        "id": question.id,
        "heading": f"{number}. {question.short_title}",
        "text": question.text if question.title is not None else None,
        "condition": row.condition,
        "good": question.good_looks_like,
        "options": _options(row, (option.label for option in row.choices.scale.answers)),
        "missing": _options(row, (row.choices.missing_labels[state] for state in row.choices.offered)),
        "number": _number(row),
        "last": None if last is None else _written(last),
        "evidence": question.evidence,
        "note": note,
    }


def _options(row: QuestionRow, labels: Iterable[str]) -> list[dict[str, str | bool]]:
    return [{"label": label, "chosen": label == _chosen(row)} for label in labels]


def _chosen(row: QuestionRow) -> str | float | None:
    return None if row.current is None else row.choices.label_of(row.current.answer)


def _number(row: QuestionRow) -> dict[str, str | None] | None:
    """How a number is asked for, with the one that was given; none where answers are chosen."""
    limits, chosen = row.choices.scale.number, _chosen(row)
    if limits is None:
        return None
    return {
        "range": f"Write {describe_range(limits)}.",
        "answer": _written(chosen) if isinstance(chosen, float) else None,
    }


def _written(answer: str | float) -> str:
    """An answer in words or digits, whole numbers without a decimal point."""
    if isinstance(answer, str):
        return answer
    return str(int(answer)) if answer.is_integer() else repr(answer)
