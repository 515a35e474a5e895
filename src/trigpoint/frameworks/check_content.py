# SPDX-License-Identifier: MIT
"""Does framework.yaml hold together? Every problem, each at its place, with what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trigpoint.errors import Problem
from trigpoint.frameworks.check_asking import check_asking
from trigpoint.frameworks.check_condition import check_condition
from trigpoint.frameworks.located import Located, Path
from trigpoint.frameworks.missing import Missing
from trigpoint.frameworks.model import Content, Measure, Question, Scale, ShownWhen
from trigpoint.frameworks.suggest import no_such, repeated

# Answers are held as one byte; the highest values are the ways of being missing.
MOST_ANSWERS = 200
# The ways of being missing have these names wherever an answer is written, so no answer may have them as its code.
MISSING_NAMES = tuple(state.value for state in Missing)


def check_content(content: Content, text: Located) -> list[Problem]:
    """Return every problem of what is asked: ids, scales, the measures tree, routing, care settings, pages."""
    problems = [
        *_repeated_ids(content, text),
        *_tree_problems(content, text),
        *(
            problem
            for at, scale in enumerate(content.scales)
            for problem in _scale_problems(scale, ("scales", at), text)
        ),
        *_question_problems(content, text),
        *_empty_measures(content, text),
        *check_asking(content, text),
    ]
    return sorted(problems)


def _repeated_ids(content: Content, text: Located) -> Iterator[Problem]:
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        ("sources", (source.id for source in content.sources)),
        ("care_settings", (setting.id for setting in content.care_settings)),
        ("scales", (scale.id for scale in content.scales)),
        ("questions", (question.id for question in content.questions)),
    )
    for part, ids in parts:
        for at, repeated_id in repeated(ids):
            yield text.problem((part, at, "id"), f"the id {repeated_id!r} is taken. Every one of {part} needs its own.")
    measures = {measure.id for root in content.measures for measure in root.walk()}
    for at, question in enumerate(content.questions):
        if question.id in measures:
            message = f"the question id {question.id!r} is also a measure's. Choose another."
            yield text.problem(("questions", at, "id"), message)


def _tree_problems(content: Content, text: Located) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, above, measure in _walk_measures(content.measures, ("measures",), ()):
        if measure.id in above:
            circle = " > ".join((*above[above.index(measure.id) :], measure.id))
            yield text.problem(
                (*path, "id"), f"the measures tree is circular: {circle}. A measure can't contain itself."
            )
        elif measure.id in seen:
            yield text.problem((*path, "id"), f"the measure id {measure.id!r} is taken. Every measure needs its own.")
        seen.add(measure.id)
    if not content.measures:
        yield text.problem(("measures",), "there is no measure. Name at least one.")


def _walk_measures(
    measures: tuple[Measure, ...], path: Path, above: tuple[str, ...]
) -> Iterator[tuple[Path, tuple[str, ...], Measure]]:
    for at, measure in enumerate(measures):
        here = (*path, at)
        yield here, above, measure
        yield from _walk_measures(measure.measures, (*here, "measures"), (*above, measure.id))


def _scale_problems(scale: Scale, path: Path, text: Located) -> Iterator[Problem]:
    if bool(scale.answers) == (scale.number is not None):
        yield text.problem(path, f"the scale {scale.id!r} needs either `answers` or `number`, and not both.")
    if len(scale.answers) > MOST_ANSWERS:
        yield text.problem(
            path, f"the scale {scale.id!r} has {len(scale.answers)} answers; {MOST_ANSWERS} is the most."
        )
    for at, code in repeated(scale.codes):
        message = f"the scale {scale.id!r} has the code {code!r} twice. Each answer needs its own."
        yield text.problem((*path, "answers", at, "code"), message)
    for at, code in enumerate(scale.codes):
        if code in MISSING_NAMES:
            message = f"the code {code!r} is the name of a missing answer. Every question can have it: take it out."
            yield text.problem((*path, "answers", at, "code"), message)
    # Cells of files are read without regard to capitals, so a spelling and its capitals are one.
    spelled = [
        (at, name)
        for at, one in enumerate(scale.answers)
        for name in {name.casefold(): name for name in (*one.published, one.label)}.values()
    ]
    for at, _ in repeated(name.casefold() for _, name in spelled):
        message = f"two answers of the scale {scale.id!r} are both spelled {spelled[at][1]!r}, capitals aside."
        yield text.problem((*path, "answers", spelled[at][0]), f"{message} A file could not be read.")
    number = scale.number
    if number is not None and number.maximum is not None and number.maximum < number.minimum:
        message = f"the maximum {number.maximum} is below the minimum {number.minimum}."
        yield text.problem((*path, "number", "maximum"), message)


def _question_problems(content: Content, text: Located) -> Iterator[Problem]:
    scales = {scale.id: scale for scale in content.scales}
    settings = [setting.id for setting in content.care_settings]
    leaves = {one.id: not one.measures for root in content.measures for one in root.walk()}
    earlier: dict[str, Question] = {}
    for at, question in enumerate(content.questions):
        path: Path = ("questions", at)
        if question.scale not in scales:
            yield text.problem((*path, "scale"), no_such("scale", question.scale, scales))
        if question.measure is not None and question.measure not in leaves:
            yield text.problem((*path, "measure"), no_such("measure", question.measure, leaves))
        if question.measure is not None and not leaves.get(question.measure, True):
            message = f"{question.measure!r} has measures below it, so it can't have questions. Name one of those."
            yield text.problem((*path, "measure"), message)
        for spot, setting in enumerate(question.care_settings):
            if setting not in settings:
                yield text.problem((*path, "care_settings", spot), no_such("care setting", setting, settings))
        yield from _routing_problems(question, earlier, scales, path, text)
        earlier[question.id] = question


def _routing_problems(
    question: Question, earlier: dict[str, Question], scales: dict[str, Scale], path: Path, text: Located
) -> Iterator[Problem]:
    if question.shown_when is not None and question.shown_when_any:
        yield text.problem((*path, "shown_when_any"), "use `shown_when` or `shown_when_any`, not both.")
    if question.shown_when is not None:
        yield from _route_problems(question, question.shown_when, earlier, scales, ((*path, "shown_when"), text))
    for at, route in enumerate(question.shown_when_any):
        yield from _route_problems(question, route, earlier, scales, ((*path, "shown_when_any", at), text))


def _route_problems(
    question: Question,
    rule: ShownWhen,
    earlier: dict[str, Question],
    scales: dict[str, Scale],
    place: tuple[Path, Located],
) -> Iterator[Problem]:
    here, text = place
    if rule.question not in earlier:
        message = f"{question.id!r} is shown by {rule.question!r}, which is not asked before it."
        yield text.problem((*here, "question"), message)
        return
    scale = scales.get(earlier[rule.question].scale)
    if scale is not None:
        yield from check_condition(rule, scale, text, at=here, what="routing")


def _empty_measures(content: Content, text: Located) -> Iterator[Problem]:
    used = {question.measure for question in content.questions}
    for path, _, measure in _walk_measures(content.measures, ("measures",), ()):
        if not measure.measures and measure.id not in used:
            message = (
                f"the measure {measure.id!r} has no question and no measure below it: it could never have a score."
            )
            yield text.problem(path, message)
