# SPDX-License-Identifier: MIT
"""The files of a synthetic shape → a `Shape`, or every problem in them."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from trigpoint.errors import Problem, ProblemsFound
from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.located import parse_yaml
from trigpoint.submissions.missing import Missing
from trigpoint.synthetic.latent import lower_root
from trigpoint.synthetic.shape import (
    DRAWN_MISSING,
    CareSettingsShare,
    FileLayout,
    NumberClass,
    Places,
    ProviderCounts,
    QuestionShape,
    RoundShape,
    SectionShape,
    Shape,
)

CORRELATIONS = "section_correlations.csv"
SHARES_HEADING = ["question", "answer", "percent"]
# Percentages that were rounded to one digit may miss 100 by this much.
ROUNDING_SLACK = 1.0

_CLOSED = ConfigDict(extra="forbid")
_Percent = Annotated[float, Field(ge=0, le=100)]
_Share = Annotated[float, Field(ge=0, lt=1)]
Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True, config=_CLOSED)
class _Round:
    framework: str
    register_on: date
    shares: str
    ticked_by: Mapping[str, str]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class _Plan:
    providers: ProviderCounts
    rounds: tuple[_Round, _Round]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class _CareSettings:
    care_settings: tuple[str, ...]
    percent: _Percent


@dataclass(frozen=True, slots=True, config=_CLOSED)
class _FittedRound:
    framework: str
    section_gap_percent: _Percent
    tendencies: Mapping[str, _Share]
    loadings: Mapping[str, _Share]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class _Fitted:
    care_settings: tuple[_CareSettings, ...]
    rounds: tuple[_FittedRound, _FittedRound]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class _Layouts:
    layouts: tuple[FileLayout, FileLayout]


def parse_shape(texts: Mapping[str, str], frameworks: Sequence[Framework]) -> Shape:
    """Return the shape that these files hold.

    texts: by file name: rounds.yaml, fitted.yaml, places.yaml, layouts.yaml, section_correlations.csv, and the file of
        answer shares that rounds.yaml names for each round. frameworks: of the two rounds, in order.
    Raises ProblemsFound with every problem of the first file that can't be understood.
    """
    plan = _parse_yaml(texts, "rounds.yaml", _Plan)
    fitted = _parse_yaml(texts, "fitted.yaml", _Fitted)
    first, second = (
        _round(texts, framework, planned, measured)
        for framework, planned, measured in zip(frameworks, plan.rounds, fitted.rounds, strict=True)
    )
    names = [f"{one.framework} {section.section}" for one in (first, second) for section in one.sections]
    return Shape(
        rounds=(first, second),
        correlations=parse_correlations(_text(texts, CORRELATIONS), names),
        care_settings=tuple(CareSettingsShare(each.care_settings, each.percent / 100) for each in fitted.care_settings),
        providers=plan.providers,
        places=_parse_yaml(texts, "places.yaml", Places),
        layouts=_parse_yaml(texts, "layouts.yaml", _Layouts).layouts,
    )


def parse_shares(text: str, framework: Framework, *, file: str) -> dict[str, QuestionShape]:
    """Return question → its shape. Raises ProblemsFound with every row that is not right."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or rows[0] != SHARES_HEADING:
        raise ProblemsFound([Problem(file, 1, None, f"the heading must be {','.join(SHARES_HEADING)}")])
    problems: list[Problem] = []
    percents: dict[str, dict[str, float]] = {question: {} for question in framework.questions}
    for line, row in enumerate(rows[1:], 2):
        if problem := _share_problem(row, percents):
            problems.append(Problem(file, line, None, problem))
        else:
            percents[row[0]][row[1]] = float(row[2])
    for question, given in percents.items():
        problems += [
            Problem(file, None, None, f"{question}: {it}") for it in _whole_problems(framework, question, given)
        ]
    if problems:
        raise ProblemsFound(problems)
    return {question: _question_shape(framework, question, given) for question, given in percents.items()}


def parse_correlations(text: str, names: Sequence[str]) -> tuple[tuple[float, ...], ...]:
    """Return the matrix of a CSV with a heading and a first column of these names. Raises ProblemsFound."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or rows[0][1:] != list(names) or [row[0] for row in rows[1:]] != list(names):
        raise ProblemsFound([Problem(CORRELATIONS, 1, None, f"heading and first column must be {', '.join(names)}")])
    try:
        matrix = tuple(tuple(float(cell) for cell in row[1:]) for row in rows[1:])
        if matrix != tuple(zip(*matrix, strict=True)) or any(row[at] != 1 for at, row in enumerate(matrix)):
            raise ValueError("the correlations are not symmetric with 1 on the diagonal")
        lower_root(matrix)
    except ValueError as error:
        raise ProblemsFound([Problem(CORRELATIONS, None, None, f"{error}. Fit them anew.")]) from None
    return matrix


def _text(texts: Mapping[str, str], file: str) -> str:
    if file not in texts:
        raise ProblemsFound([Problem(file, None, None, "the file is not there.")])
    return texts[file]


def _parse_yaml(texts: Mapping[str, str], file: str, form: type[Parsed]) -> Parsed:
    located = parse_yaml(_text(texts, file), file=file)
    if located.problems:
        raise ProblemsFound(located.problems)
    try:
        return TypeAdapter(form).validate_python(located.value)
    except ValidationError as error:
        raise ProblemsFound(
            located.problem(tuple(one["loc"]), f"{'.'.join(map(str, one['loc']))}: {one['msg']}")
            for one in error.errors()
        ) from None


def _round(texts: Mapping[str, str], framework: Framework, planned: _Round, measured: _FittedRound) -> RoundShape:
    problems = [
        Problem(where, None, None, f"a round of {said} stands where one of {framework.ref} should.")
        for where, said in (("rounds.yaml", planned.framework), ("fitted.yaml", measured.framework))
        if said != str(framework.ref)
    ]
    problems += _sections_problems(framework, measured)
    if problems:
        raise ProblemsFound(problems)
    return RoundShape(
        framework=planned.framework,
        register_on=planned.register_on,
        questions=parse_shares(_text(texts, planned.shares), framework, file=planned.shares),
        sections=tuple(SectionShape(section, loading) for section, loading in measured.loadings.items()),
        tendencies=tuple(measured.tendencies[state.value] for state in DRAWN_MISSING),
        section_gap_share=measured.section_gap_percent / 100,
        ticked_by=planned.ticked_by,
    )


def _sections_problems(framework: Framework, measured: _FittedRound) -> Iterator[Problem]:
    sections = {question.measure for question in framework.scored_questions}
    if sections != set(measured.loadings):
        wrong = ", ".join(sorted(str(one) for one in sections ^ set(measured.loadings)))
        yield Problem("fitted.yaml", None, None, f"{framework.ref}: the loadings lack or don't know {wrong}.")
    states = {state.value for state in DRAWN_MISSING}
    if states != set(measured.tendencies):
        yield Problem(
            "fitted.yaml", None, None, f"{framework.ref}: the tendencies must be {', '.join(sorted(states))}."
        )


def _share_problem(row: Sequence[str], percents: Mapping[str, Mapping[str, float]]) -> str | None:
    if len(row) != len(SHARES_HEADING):
        return f"{len(row)} cells, not {len(SHARES_HEADING)}."
    question, answer, percent = row
    if question not in percents:
        return f"the framework has no question {question!r}."
    if answer in percents[question]:
        return f"{question} has {answer!r} twice."
    try:
        return None if 0 <= float(percent) <= 100 else f"{percent} is not 0 to 100."
    except ValueError:
        return f"{percent!r} is not a number."


def _whole_problems(framework: Framework, question: str, given: Mapping[str, float]) -> Iterator[str]:
    scale = framework.scale_of(question)
    states = {state.value for state in DRAWN_MISSING}
    total = math.fsum(given.values())
    if abs(total - 100) > ROUNDING_SLACK:
        yield f"the shares come to {total:g} per cent, not to 100."
    if all(given[answer] == 0 for answer in given if answer not in states):
        yield "nobody answers it; give some answer a share."
    for answer in sorted(set(given) - states):
        if scale.number is None and answer not in scale.codes:
            yield f"{answer!r} is not in its scale."
        if scale.number is not None and _number_class(answer) is None:
            yield f"{answer!r} is not a class of numbers such as 60..64."


def _number_class(text: str) -> NumberClass | None:
    low, _, high = text.partition("..")
    if not (low.isdecimal() and high.isdecimal() and int(low) <= int(high)):
        return None
    return NumberClass(int(low), int(high))


def _question_shape(framework: Framework, question: str, given: Mapping[str, float]) -> QuestionShape:
    total = math.fsum(given.values())
    missing = tuple(given.get(state.value, 0.0) / total for state in DRAWN_MISSING)
    codes = framework.scale_of(question).codes or tuple(
        answer for answer in given if answer not in {state.value for state in Missing}
    )
    return QuestionShape(
        question=question,
        answers=tuple(given.get(code, 0.0) / total for code in codes),
        missing=missing,
        classes=() if framework.scale_of(question).number is None else tuple(_classes(codes)),
    )


def _classes(codes: Sequence[str]) -> Iterator[NumberClass]:
    for code in codes:
        found = _number_class(code)
        assert found is not None, "classes are checked before"
        yield found
