# SPDX-License-Identifier: MIT
"""What to ask staff, and what one of them answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from trigpoint.frameworks import Framework
from trigpoint.submissions.answers import Answer
from trigpoint_web.design_system.dates import DayMonthYearField
from trigpoint_web.rounds.actions.surveys import LONGEST_TITLE, MOST_QUESTIONS
from trigpoint_web.rounds.forms.together import add_answer_fields, due_hint, read_answer


class SurveyForm(forms.Form):
    """A title, a last day and the questions. today, latest: the first and the last day that can be given."""

    title = forms.CharField(
        label="Title",
        help_text="Staff see it above the questions, with the name of your organisation.",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Give the survey a title"},
    )

    def __init__(
        self, typed: Any = None, *, framework: Framework, questions: Sequence[str], today: date, latest: date
    ) -> None:
        super().__init__(typed)
        self.fields["closes_on"] = DayMonthYearField(
            label="Closing date", help_text=due_hint(latest), earliest=today, latest=latest
        )
        self.fields["questions"] = forms.MultipleChoiceField(
            label="Questions",
            help_text=f"Choose up to {MOST_QUESTIONS}.",
            choices=[(one, framework.questions[one].text) for one in questions],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose at least one question",
                "invalid_choice": "Choose questions from the list",
            },
        )

    def clean_questions(self) -> list[str]:
        """Return the questions chosen. Raises ValidationError for too many."""
        chosen: list[str] = self.cleaned_data["questions"]
        if len(chosen) > MOST_QUESTIONS:
            raise forms.ValidationError(f"You chose {len(chosen)} questions. Choose up to {MOST_QUESTIONS}")
        return chosen


class SurveyReplyForm(forms.Form):
    """One person's answers to a survey, none of which is needed, but one of which there must be."""

    def __init__(self, typed: Any = None, *, framework: Framework, questions: Sequence[str]) -> None:
        super().__init__(typed)
        self.framework, self.questions = framework, tuple(questions)
        self.given: dict[str, Answer] = {}
        for number, question in enumerate(self.questions, 1):
            add_answer_fields(self, framework, question, label=f"{number}. {framework.questions[question].text}")

    def clean(self) -> dict[str, Any]:
        """Keep what was answered in `given`, by question. A form without an answer is not valid."""
        answers = {one: read_answer(self, self.framework, one) for one in self.questions}
        self.given = {question: answer for question, answer in answers.items() if answer is not None}
        if not self.given and not self.errors:
            raise forms.ValidationError("Answer at least one question")
        return self.cleaned_data
