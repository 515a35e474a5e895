# SPDX-License-Identifier: MIT
"""Can a framework be put to people as it says? Pages, missing answers that are refused, and contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from trigpoint.errors import Problem
from trigpoint.frameworks.check_condition import check_condition
from trigpoint.frameworks.located import Located, Path
from trigpoint.frameworks.model import ASKED_OF_ORGANISATION, Content, Contradiction, Question, Scale
from trigpoint.frameworks.suggest import no_such, repeated

# People lose their place on longer pages, and each question carries its guidance with it.
MOST_ON_A_PAGE = 5


def check_asking(content: Content, text: Located) -> Iterator[Problem]:
    """Yield every problem of how the questions are put: pages, refused missing answers, contradictions."""
    yield from _reserved_settings(content, text)
    yield from _refusal_problems(content, text)
    yield from _page_problems(content, text)
    yield from _contradiction_problems(content, text)


def _reserved_settings(content: Content, text: Located) -> Iterator[Problem]:
    for at, setting in enumerate(content.care_settings):
        if setting.id == ASKED_OF_ORGANISATION:
            message = f"{setting.id!r} says where answers of the whole organisation stand. Choose another id."
            yield text.problem(("care_settings", at, "id"), message)


def _refusal_problems(content: Content, text: Located) -> Iterator[Problem]:
    lists: list[tuple[Path, tuple[str, ...]]] = [(("missing_refused",), content.missing_refused)]
    lists += [
        (("questions", at, "missing_refused"), question.missing_refused)
        for at, question in enumerate(content.questions)
    ]
    for path, refused in lists:
        for spot, choice in repeated(refused):
            yield text.problem((*path, spot), f"{choice!r} stands twice. Keep one.")


def _page_problems(content: Content, text: Located) -> Iterator[Problem]:
    earlier: dict[str, Question] = {}
    filled: Counter[str] = Counter()
    for at, question in enumerate(content.questions):
        earlier[question.id] = question
        if question.asked_with is None:
            continue
        path: Path = ("questions", at, "asked_with")
        lead = earlier.get(question.asked_with)
        if lead is None or lead is question:
            message = f"{question.id!r} is asked with {question.asked_with!r}, which is not asked before it."
            yield text.problem(path, message)
            continue
        filled[lead.id] += 1
        yield from _companion_problems(question, lead, earlier, path, text)
        if filled[lead.id] == MOST_ON_A_PAGE:  # the lead makes one more
            yield text.problem(path, f"the page of {lead.id!r} is full: {MOST_ON_A_PAGE} questions are the most.")


def _companion_problems(
    question: Question, lead: Question, earlier: Mapping[str, Question], path: Path, text: Located
) -> Iterator[Problem]:
    """The problems of one question that is asked on the page of another."""
    if lead.asked_with is not None:
        message = f"{lead.id!r} is itself asked with {lead.asked_with!r}. Name that question instead."
        yield text.problem(path, message)
    if question.measure not in {lead.measure, None}:
        message = f"{question.id!r} counts towards another measure than {lead.id!r}. They can't share a page."
        yield text.problem(path, message)
    if question.asked_of != lead.asked_of:
        message = f"one of {question.id!r} and {lead.id!r} is asked of the organisation. They can't share a page."
        yield text.problem(path, message)
    order = list(earlier)
    for route in question.routes:
        opener = earlier.get(route.question)
        if opener is not None and order.index(opener.asked_with or opener.id) > order.index(lead.id):
            message = f"{question.id!r} is shown by {opener.id!r}, which is asked after the page of {lead.id!r}."
            yield text.problem(path, message)


def _contradiction_problems(content: Content, text: Located) -> Iterator[Problem]:
    scales = {scale.id: scale for scale in content.scales}
    questions = {question.id: question for question in content.questions}
    for at, repeated_id in repeated(one.id for one in content.contradictions):
        message = f"the id {repeated_id!r} is taken. Every one of contradictions needs its own."
        yield text.problem(("contradictions", at, "id"), message)
    for at, contradiction in enumerate(content.contradictions):
        path: Path = ("contradictions", at)
        if len(contradiction.when) < 2:
            message = f"the contradiction {contradiction.id!r} needs conditions on two questions or more."
            yield text.problem((*path, "when"), message)
        for spot, question in repeated(rule.question for rule in contradiction.when):
            message = f"the contradiction {contradiction.id!r} has two conditions on {question!r}. Make them one."
            yield text.problem((*path, "when", spot, "question"), message)
        yield from _condition_problems(contradiction, questions, scales, path, text)


def _condition_problems(
    contradiction: Contradiction,
    questions: Mapping[str, Question],
    scales: Mapping[str, Scale],
    path: Path,
    text: Located,
) -> Iterator[Problem]:
    for spot, rule in enumerate(contradiction.when):
        here: Path = (*path, "when", spot)
        if rule.question not in questions:
            yield text.problem((*here, "question"), no_such("question", rule.question, questions))
        elif (scale := scales.get(questions[rule.question].scale)) is not None:
            yield from check_condition(rule, scale, text, at=here, what="a contradiction")
