# SPDX-License-Identifier: MIT
from __future__ import annotations

from tests.core.submissions.collected import ACUTE, COMMUNITY, FRAMEWORK, UNITS, placed
from trigpoint.submissions import Missing
from trigpoint.submissions.places import AnswerPlace
from trigpoint.submissions.progress import SectionProgress, summarise_progress


def test_before_the_first_answer_every_section_is_open_at_its_first_question() -> None:
    assert summarise_progress(FRAMEWORK, UNITS, {}) == (
        SectionProgress("organisation", "plans", 2, 0, 0, AnswerPlace("organisation", "plan")),
        SectionProgress("acute", "records", 3, 0, 0, AnswerPlace("acute", "notes")),
        SectionProgress("acute", None, 1, 0, 0, AnswerPlace("acute", "remark")),
        SectionProgress("community", "records", 2, 0, 0, AnswerPlace("community", "notes")),
        SectionProgress("community", None, 1, 0, 0, AnswerPlace("community", "remark")),
    )


def test_dont_know_is_dealt_with_but_not_answered() -> None:
    answers = placed(organisation={"plan": Missing.DONT_KNOW, "plan_tested": Missing.NOT_APPLICABLE})

    plans, *_ = summarise_progress(FRAMEWORK, UNITS, answers)

    assert (plans.asked, plans.dealt_with, plans.answered, plans.is_complete) == (2, 2, 0, True)


def test_an_answer_can_add_a_question_to_its_section() -> None:
    before, after = (
        summarise_progress(FRAMEWORK, [COMMUNITY], placed(community={"notes": notes, "visits": 0.0}))[1]
        for notes in ("no", "yes")
    )

    assert (before.asked, before.first_open) == (2, None)
    assert (after.asked, after.dealt_with, after.first_open) == (3, 2, AnswerPlace("community", "letters"))


def test_what_is_left_open_is_found_behind_what_is_answered() -> None:
    answers = placed(acute={"notes": "no", "beds": Missing.NOT_ANSWERED, "visits": 0.0})

    records = summarise_progress(FRAMEWORK, [ACUTE], answers)[1]

    assert (records.dealt_with, records.first_open) == (2, AnswerPlace("acute", "beds"))


def test_a_question_kept_as_not_shown_is_open_once_it_is_shown() -> None:
    records = summarise_progress(FRAMEWORK, [ACUTE], placed(acute={"notes": "yes", "letters": Missing.NOT_SHOWN}))[1]

    assert records.first_open == AnswerPlace("acute", "letters")


def test_a_question_that_is_not_scored_counts_in_the_section_where_it_is_asked() -> None:
    asked = {(one.asked_in, one.section): one.asked for one in summarise_progress(FRAMEWORK, [COMMUNITY], {})}

    assert asked == {("organisation", "plans"): 2, ("community", "records"): 2, ("community", None): 1}
