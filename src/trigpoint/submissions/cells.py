# SPDX-License-Identifier: MIT
"""One answer of a published file: a cell of text, perhaps with the published item score in the cell beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trigpoint.frameworks.check_examples import accepts, exact_number
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Exact, PointsTable, Question, Scale
from trigpoint.frameworks.points import points_of, points_table
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.intake_report import Finding, Reading
from trigpoint.submissions.missing import Missing

MISSING_WORDS: Mapping[str, Missing] = {
    "": Missing.NOT_ANSWERED,
    "n/a": Missing.NOT_APPLICABLE,
    "not applicable": Missing.NOT_APPLICABLE,
    "don't know": Missing.DONT_KNOW,
    "dont know": Missing.DONT_KNOW,
    "don’t know": Missing.DONT_KNOW,
}
# What the published files print in the score column of an answer that is not scored.
UNSCORED_WORDS = frozenset({"", "not scored"})


@dataclass(frozen=True, slots=True)
class CellReading:
    """What an answer cell comes to.

    answer: None when it can't be told; then `message` says why. finding: set when text and score disagree.
    """

    answer: Answer | None
    finding: Finding | None = None
    message: str = ""


@dataclass(frozen=True)  # no slots: the look-ups are worked out once and kept
class CellReader:
    """How the cells of one question are read."""

    framework: Framework
    question: Question
    reading: Reading
    # A column has few different cells: each is read once.
    _seen: dict[tuple[str, str | None], CellReading] = field(default_factory=dict)

    @cached_property
    def _points(self) -> PointsTable:
        return points_table(self.framework.scoring, self.question.id, self.question.scale) or {}

    def read(self, text: str, score: str | None) -> CellReading:
        """Return the answer in a cell.

        score: the item score beside it as in the file; None when the layout has no score for this question.
        Where the two disagree the `reading` decides, and the result carries the finding.
        """
        if (text, score) not in self._seen:
            self._seen[text, score] = self._read(text, score)
        return self._seen[text, score]

    def _read(self, text: str, score: str | None) -> CellReading:
        by_text = self._answer_of_text(text)
        if score is None or self.question.measure is None:
            return CellReading(by_text, message=f"{text!r} is not in the scale of {self.question.id!r}")
        by_score = self._answer_of_score(score)
        if by_text is not None and self._agree(by_text, score):
            return CellReading(by_text)
        return self._disagreement(text, score, by_text, by_score)

    def _disagreement(self, text: str, score: str, by_text: Answer | None, by_score: Answer | None) -> CellReading:
        if by_text is None and by_score is None:
            message = f"{text!r} is not in the scale of {self.question.id!r} and the item score {score!r} doesn't say"
            return CellReading(None, message=message)
        finding = Finding.CONTRADICTION if by_text is not None else Finding.DAMAGED
        message = f"the answer {text!r} has the item score {score!r} in the file"
        if self.reading is Reading.TEXT:
            return CellReading(by_text if by_text is not None else Missing.NOT_ANSWERED, finding, message)
        if by_score is None and score.strip().casefold() in UNSCORED_WORDS:
            # An answer without an item score was left out of the published scores.
            return CellReading(Missing.NOT_ANSWERED, finding, message)
        return CellReading(by_score if by_score is not None else by_text, finding, message)

    def _answer_of_text(self, text: str) -> Answer | None:
        scale = self.framework.scales[self.question.scale]
        # A scale's own wording comes first: it may have "Not applicable" as an answer that counts.
        code, word = code_spelled(scale, text), text.strip().casefold()
        if code is not None or word in MISSING_WORDS:
            return code if code is not None else MISSING_WORDS[word]
        number = exact_number(word)
        return float(number) if number is not None and accepts(scale, number) else None

    def _answer_of_score(self, score: str) -> Answer | None:
        """The one answer that has these points; None when several have, or when the answer is a number."""
        number, table = exact_number(score), self._points
        options = table.items() if isinstance(table, Mapping) else ()
        having = [code for code, points in options if number is not None and points == number]
        return having[0] if len(having) == 1 else None

    def _agree(self, answer: Answer, score: str) -> bool:
        number = exact_number(score)
        if isinstance(answer, Missing):
            counts = getattr(self.framework.scoring.missing, answer.value)
            # A blank answer has a blank score in the files, even where it would count as zero.
            expected: Exact | None = 0 if counts == "zero" and answer is not Missing.NOT_ANSWERED else None
        else:
            expected = points_of(self._points, answer)
        return score.strip().casefold() in UNSCORED_WORDS if expected is None else number == expected


def code_spelled(scale: Scale, text: str) -> str | None:
    """Return the code of the answer with this label or published spelling; None when there is none.

    Capitals don't matter: no two answers of a checked scale differ in nothing else.
    """
    wanted = text.strip().casefold()
    spelled = ((spelling, one.code) for one in scale.answers for spelling in (one.label, *one.published))
    return next((code for spelling, code in spelled if spelling.casefold() == wanted), None)
