# SPDX-License-Identifier: MIT
"""A unit's answers as a FHIR R4 QuestionnaireResponse, and read back from one, every problem named with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trigpoint.errors import AnswersProblems, Problem
from trigpoint.frameworks.framework import Framework
from trigpoint.publication.fhir_organization import ODS_CODE, code_identifier
from trigpoint.publication.fhir_questionnaire import (
    GROUP,
    UNSCORED,
    WHY_MISSING,
    missing_system,
    questionnaire_url,
    scale_system,
)
from trigpoint.submissions.answers import Answer, AnswerTable
from trigpoint.submissions.missing import Missing
from trigpoint.submissions.questionnaire import complete_answers, shown_questions
from trigpoint.submissions.units import Unit

Resource = dict[str, Any]


def care_setting_url(base: str) -> str:
    """Return the extension that says for which care setting of the organisation a response is."""
    return f"{base}/StructureDefinition/care-setting"


def asked_as_url(base: str) -> str:
    """Return the extension with a care setting whose questions were asked; there may be several."""
    return f"{base}/StructureDefinition/asked-as"


def missing_url(base: str) -> str:
    """Return the extension of an item without an answer that says how it is missing, where routing would not."""
    return f"{base}/StructureDefinition/missing-answer"


@dataclass(frozen=True, slots=True)
class ReceivedReturn:
    """What a response holds: the unit, and its answer to each question, missing ones too."""

    unit: Unit
    answers: Mapping[str, Answer]


def build_response(answers: AnswerTable, row: int, framework: Framework, *, base: str) -> Resource:
    """Return one unit's answers as a QuestionnaireResponse to the framework's questionnaire.

    What is not shown is left out; what is not answered is an item without an answer. row: of the unit in the table.
    """
    unit = answers.units[row]
    given = {question: answers.answer(row, question, framework) for question in framework.questions}
    told = {question: one for question, one in given.items() if one not in (Missing.NOT_ANSWERED, Missing.NOT_SHOWN)}
    expected = complete_answers(framework, unit, told)
    entries = {one: tuple(_entries(framework, one, given[one], expected[one], base)) for one in framework.questions}
    settings = [{"url": asked_as_url(base), "valueString": setting} for setting in unit.care_settings]
    return {
        "resourceType": "QuestionnaireResponse",
        "extension": [{"url": care_setting_url(base), "valueString": unit.care_setting}, *settings],
        "questionnaire": f"{questionnaire_url(framework, base)}|{framework.ref.version}",
        "status": "completed",
        "subject": {
            "type": "Organization",
            "identifier": code_identifier(unit.organisation),
            **({"display": unit.name} if unit.name else {}),
        },
        "item": [*_grouped(framework, entries)],
    }


def _entries(framework: Framework, question: str, answer: Answer, expected: Answer, base: str) -> Iterator[Resource]:
    scale = framework.scale_of(question)
    if isinstance(answer, Missing) and answer in (Missing.NOT_ANSWERED, Missing.NOT_SHOWN):
        if answer is not expected:
            yield {"linkId": question, "extension": [{"url": missing_url(base), "valueCode": answer.value}]}
        elif answer is Missing.NOT_ANSWERED:
            yield {"linkId": question}
    elif isinstance(answer, Missing):
        place = question + (WHY_MISSING if scale.number is not None else "")
        yield {"linkId": place, "answer": [{"valueCoding": {"system": missing_system(base), "code": answer.value}}]}
    elif isinstance(answer, str):
        coding = {"system": scale_system(framework, scale.id, base), "code": answer}
        label = next(option.label for option in scale.answers if option.code == answer)
        yield {"linkId": question, "answer": [{"valueCoding": {**coding, "display": label}}]}
    else:
        yield {"linkId": question, "answer": [{"valueDecimal": int(answer) if answer == int(answer) else answer}]}


def _grouped(framework: Framework, entries: Mapping[str, tuple[Resource, ...]]) -> Iterator[Resource]:
    """Entries under the groups of the questionnaire; a group with nothing in it is left out."""

    def group(measure: Any) -> Iterator[Resource]:
        below = [one for child in measure.measures for one in group(child)]
        own = [one for question in framework.questions_of(measure.id) for one in entries[question.id]]
        if below or own:
            yield {"linkId": GROUP + measure.id, "item": [*below, *own]}

    for root in framework.content.measures:
        yield from group(root)
    rest = [each for one in framework.content.questions if one.measure is None for each in entries[one.id]]
    if rest:
        yield {"linkId": UNSCORED, "item": rest}


def parse_response(resource: Mapping[str, Any], framework: Framework, *, base: str, file: str = "") -> ReceivedReturn:
    """Return the unit and answers of a QuestionnaireResponse. file: what problems name it.

    A question that is not there is not answered, or not shown where routing or care setting hides it. Raises
    AnswersProblems with every problem, each with its path: another questionnaire or version, an organisation without
    an ODS code, a question or answer that there is none of, two answers to one, or an answer to what is not shown.
    """
    reading = _Reading(framework, base, file, [], {})
    reading.require(resource)
    unit = reading.read_unit(resource)
    reading.read_entries(resource)
    if not reading.problems:  # else what is shown would be guessed from answers that are not known
        reading.check_shown(unit)
    if reading.problems:
        raise AnswersProblems(reading.problems)
    told = {question: answer for question, answer in reading.answers.items() if answer is not Missing.NOT_SHOWN}
    complete = complete_answers(framework, unit, told)
    return ReceivedReturn(unit, {**complete, **reading.answers})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A response being read: what is wrong so far, and what it answers."""

    framework: Framework
    base: str
    file: str
    problems: list[Problem]
    answers: dict[str, Answer]

    def wrong(self, path: str, message: str) -> None:
        place = f"{self.file}: {path}" if self.file else path
        self.problems.append(Problem(place, None, None, message))

    def require(self, resource: Mapping[str, Any]) -> None:
        if resource.get("resourceType") != "QuestionnaireResponse":
            self.wrong("resourceType", f"{resource.get('resourceType')!r} is no QuestionnaireResponse.")
        wanted = f"{questionnaire_url(self.framework, self.base)}|{self.framework.ref.version}"
        if resource.get("questionnaire") != wanted:
            self.wrong("questionnaire", f"{resource.get('questionnaire')!r} is another questionnaire than {wanted}.")

    def objects(self, holder: Mapping[str, Any], name: str, path: str) -> list[Mapping[str, Any]]:
        """The objects of a list, none where it is not there or is no list of objects."""
        value = holder.get(name, [])
        if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
            return value
        self.wrong(f"{path}.{name}".lstrip("."), "is no list of objects.")
        return []

    def object(self, holder: Mapping[str, Any], name: str, path: str) -> Mapping[str, Any]:
        value = holder.get(name, {})
        if isinstance(value, Mapping):
            return value
        self.wrong(f"{path}.{name}".lstrip("."), "is no object.")
        return {}

    def read_unit(self, resource: Mapping[str, Any]) -> Unit:
        subject = self.object(resource, "subject", "")
        identifier = self.object(subject, "identifier", "subject")
        code, name = identifier.get("value"), subject.get("display", "")
        if identifier.get("system") != ODS_CODE or not isinstance(code, str) or not code.strip():
            self.wrong("subject.identifier", f"there is no code of the system {ODS_CODE}. Say whose answers these are.")
        told = [(one.get("url"), one.get("valueString")) for one in self.objects(resource, "extension", "")]
        for url, value in (*told, ("subject.display", name)):
            if not isinstance(value, str):
                self.wrong(str(url), f"{value!r} is no text.")
        said = [(url, str(value)) for url, value in told]
        settings = tuple(value for url, value in said if url == asked_as_url(self.base))
        setting = next((value for url, value in said if url == care_setting_url(self.base)), Unit("").care_setting)
        return Unit(str(code), setting, str(name), settings)

    def read_entries(self, resource: Mapping[str, Any]) -> None:
        waiting = [("", resource)]
        while waiting:
            path, holder = waiting.pop()
            found = [
                (f"{path}.item[{at}]".lstrip("."), one) for at, one in enumerate(self.objects(holder, "item", path))
            ]
            for place, entry in found:
                self.read_entry(entry, place)
            waiting += [(place, entry) for place, entry in reversed(found) if "item" in entry]

    def read_entry(self, entry: Mapping[str, Any], path: str) -> None:
        link = str(entry.get("linkId", ""))
        question = link.removesuffix(WHY_MISSING)
        if question in self.framework.questions:
            self.read_answer(question, entry, path)
        elif "item" not in entry:
            self.wrong(f"{path}.linkId", f"{self.framework.ref} has no question {link!r}.")

    def read_answer(self, question: str, entry: Mapping[str, Any], path: str) -> None:
        given, extensions = self.objects(entry, "answer", path), self.objects(entry, "extension", path)
        states = [one.get("valueCode") for one in extensions if one.get("url") == missing_url(self.base)]
        if len(given) > 1 or (given and question in self.answers):
            self.wrong(f"{path}.answer", f"{question!r} has more than one answer. It takes one.")
        elif given:
            answer = self.find_answer(question, given[0], f"{path}.answer[0]")
            if answer is not None:
                self.answers[question] = answer
        elif states and states[0] in (Missing.NOT_ANSWERED.value, Missing.NOT_SHOWN.value):
            self.answers[question] = Missing(states[0])

    def find_answer(self, question: str, given: Mapping[str, Any], path: str) -> Answer | None:
        scale = self.framework.scale_of(question)
        coding = given.get("valueCoding")
        if isinstance(coding, Mapping):
            return self.find_coded(question, coding, f"{path}.valueCoding")
        number = given.get("valueDecimal", given.get("valueInteger"))
        if scale.number is not None and isinstance(number, int | float) and not isinstance(number, bool):
            return float(number)
        wanted = "valueDecimal" if scale.number is not None else "valueCoding"
        self.wrong(path, f"the answer to {question!r} is given as {', '.join(given) or 'nothing'}, not as {wanted}.")
        return None

    def find_coded(self, question: str, coding: Mapping[str, Any], path: str) -> Answer | None:
        scale, code, system = self.framework.scale_of(question), coding.get("code"), coding.get("system")
        if system == missing_system(self.base) and code in (Missing.DONT_KNOW.value, Missing.NOT_APPLICABLE.value):
            return Missing(code)
        if system == scale_system(self.framework, scale.id, self.base) and code in scale.codes:
            return str(code)
        known = ", ".join(scale.codes) or "a number"
        self.wrong(path, f"{question!r} has no answer {code!r} of {system}. Its answers are {known}.")
        return None

    def check_shown(self, unit: Unit) -> None:
        told = {question: answer for question, answer in self.answers.items() if not _is_blank(answer)}
        hidden = set(told) - set(shown_questions(self.framework, unit, told))
        for question in sorted(hidden):
            self.wrong(question, "is answered, and is not shown to this unit with its other answers. Leave it out.")


def _is_blank(answer: Answer) -> bool:
    return answer is Missing.NOT_ANSWERED or answer is Missing.NOT_SHOWN
