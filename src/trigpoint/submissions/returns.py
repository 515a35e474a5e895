# SPDX-License-Identifier: MIT
"""Returns as read from a file → one answer table: which blanks were never shown, and what looks odd about a return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trigpoint.errors import Problem
from trigpoint.frameworks.framework import Framework
from trigpoint.organisations.near_codes import looks_like_ods_code
from trigpoint.submissions.answers import Answer, AnswerTable
from trigpoint.submissions.intake_report import Finding, IntakeLine
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.questionnaire import fill_table, keep_answers
from trigpoint.submissions.units import Unit


@dataclass(frozen=True, slots=True)
class Return:
    """One row of a file: who, for which part, and every answer in it. A blank is Missing.NOT_ANSWERED here."""

    line: int
    organisation: str
    care_setting: str
    name: str
    care_settings: tuple[str, ...]
    answers: Mapping[str, Answer]

    @property
    def key(self) -> tuple[str, str]:
        """What makes a return one and the same within a file."""
        return self.organisation, self.care_setting


def check_returns(returns: Sequence[Return], *, file: str) -> list[Problem]:
    """Return a problem for every return without a code, and every one that stands twice."""
    problems: list[Problem] = []
    first: dict[tuple[str, str], int] = {}
    for one in returns:
        if not one.organisation:
            problems.append(Problem(file, one.line, None, f"{one.name!r} has no organisation code."))
        elif one.key in first:
            message = f"{' '.join(one.key)} stands twice, first on line {first[one.key]}. Keep the return that counts."
            problems.append(Problem(file, one.line, None, message))
        first.setdefault(one.key, one.line)
    return problems


def build_table(
    framework: Framework, returns: Sequence[Return], *, markers: bool
) -> tuple[AnswerTable, tuple[IntakeLine, ...]]:
    """Return the answer table of some returns, and a line for each that looks odd.

    An answer that was given always counts, as it did in the published scores. A blank is *not shown* where care
    setting or routing hides the question, or where the section was answered in another return of the organisation;
    any other blank is *not answered*.
    markers: the file doesn't say which care is given, so it is read off: a setting whose own questions got an answer.
    """
    settled = [_with_settings(framework, one) if markers else one for one in returns]
    elsewhere = _sections_elsewhere(framework, settled)
    rows = [(_unit(one), _complete(framework, one, elsewhere[one.key])) for one in settled]
    lines = [*_return_lines(framework, settled)]
    if markers and any(one.care_settings for one in settled):
        message = (
            "the file doesn't say which care each return is for: read off from the questions that only one is asked"
        )
        lines.append(IntakeLine(Finding.READ_OFF, None, "", "", message))
    return fill_table(framework, rows), tuple(lines)


def _unit(one: Return) -> Unit:
    return Unit(one.organisation, one.care_setting, one.name, one.care_settings)


def _with_settings(framework: Framework, one: Return) -> Return:
    by_name = {setting.title.casefold(): setting.id for setting in framework.content.care_settings}
    if one.care_setting.casefold() in by_name:
        return replace(one, care_settings=(by_name[one.care_setting.casefold()],))
    marked = {
        question.care_settings[0]
        for question in framework.scored_questions
        if len(question.care_settings) == 1 and _is_given(one.answers.get(question.id))
    }
    return replace(one, care_settings=tuple(s.id for s in framework.content.care_settings if s.id in marked))


def _is_given(answer: Answer | None) -> bool:
    """Whether the organisation answered: with an answer, or by saying it does not know. N/A is no sign of the care."""
    return answer is not None and (not isinstance(answer, Missing) or answer is Missing.DONT_KNOW)


def _sections_elsewhere(framework: Framework, returns: Sequence[Return]) -> Mapping[tuple[str, str], frozenset[str]]:
    """For each return the measures that it left blank as a whole and another return of the organisation answered."""
    by_organisation: dict[str, list[Return]] = defaultdict(list)
    for one in returns:
        by_organisation[one.organisation].append(one)
    found: dict[tuple[str, str], frozenset[str]] = {one.key: frozenset() for one in returns}
    for several in by_organisation.values():
        answered = {one.key: _answered_measures(framework, one) for one in several}
        for one in several:
            others = set().union(*(answered[other.key] for other in several if other is not one))
            found[one.key] = frozenset(others - answered[one.key])
    return found


def _answered_measures(framework: Framework, one: Return) -> set[str]:
    return {
        question.measure
        for question in framework.scored_questions
        if question.measure is not None
        and one.answers.get(question.id, Missing.NOT_ANSWERED) is not Missing.NOT_ANSWERED
    }


def _complete(framework: Framework, one: Return, elsewhere: frozenset[str]) -> dict[str, Answer]:
    """A blank of a file is no answer given: it is not answered or not shown."""
    given = {question: answer for question, answer in one.answers.items() if answer is not Missing.NOT_ANSWERED}
    return keep_answers(framework, _unit(one), given, hidden_measures=elsewhere)


def _return_lines(framework: Framework, returns: Sequence[Return]) -> Iterator[IntakeLine]:
    count: dict[str, int] = defaultdict(int)
    for one in returns:
        count[one.organisation] += 1
    for one in returns:
        line = (one.line, one.organisation, one.care_setting)
        if not looks_like_ods_code(one.organisation):
            yield _code_line(one, count)
        if count[one.organisation] > 1:
            message = f"{one.organisation} made {count[one.organisation]} returns; each is scored by itself"
            yield IntakeLine(Finding.SEVERAL_RETURNS, *line, message)
        if not _answered_measures(framework, one):
            yield IntakeLine(Finding.EMPTY_RETURN, *line, f"{one.name} answered no scored question")


def _code_line(one: Return, codes: Iterable[str]) -> IntakeLine:
    """The line about a text that is no ODS code: a second return, if it continues a code that is one."""
    code = one.organisation
    first = next((other for other in codes if looks_like_ods_code(other) and code.startswith(other)), None)
    if first is None:
        message = f"{code!r} does not have the shape of an ODS code"
        return IntakeLine(Finding.NOT_A_CODE, one.line, code, one.care_setting, message)
    message = f"{code} is not an ODS code: it continues {first}, so this is a second return of it"
    return IntakeLine(Finding.SECOND_RETURN, one.line, code, one.care_setting, message)
