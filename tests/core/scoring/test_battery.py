# SPDX-License-Identifier: MIT
"""The battery: what each part of it finds, and that it finds nothing where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from tests.support.framework_files import edited, line_of, messages_of, parsed, template_files, without
from tests.support.frameworks import draft
from trigpoint.frameworks.located import Located
from trigpoint.frameworks.model import KINDS, NumberRange
from trigpoint.frameworks.released import ReleasedVersion
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.scoring.battery import check_framework
from trigpoint.scoring.reach import check_reach
from trigpoint.scoring.trials import first_number, list_climbs, rising_answers
from trigpoint.submissions.missing import MISSING_OF, Missing
from trigpoint.submissions.questionnaire import shown_questions
from trigpoint.submissions.units import Unit

POINTS = template_files("points")
GATE = template_files("level-gate")
INDICATOR = template_files("indicator")
CONTENT, SCORING = "framework.yaml", "scoring.yaml"
ANY_OF_TWO = "shown_when_any: [{question: list_size, at_least: 900}, {question: list_size, at_least: 500}]"
ROUTING = "    shown_when: {question: sees_gp_record, answers: [mostly_agree, agree_completely]}"


@pytest.mark.parametrize("kind", KINDS)
def test_each_worked_framework_passes(kind):
    checked = check_framework(template_files(kind))

    assert checked.problems == ()
    assert checked.framework == parsed(template_files(kind))


def test_problems_of_the_files_come_alone_as_nothing_can_be_scored():
    checked = check_framework(without(POINTS, SCORING), folder="mine/")

    assert checked.framework is None
    assert [str(problem) for problem in checked.problems] == ["mine/scoring.yaml: the file scoring.yaml is missing."]


def test_a_file_that_belongs_to_no_framework_is_told_also_beside_other_problems():
    known = "framework.yaml, scoring.yaml, crosswalk.yaml and worked_examples/*.yaml"
    message = f"a framework has {known}. Rename or remove this."

    assert messages_of({**POINTS, "scorings.yaml": "a: 1"}) == [f"scorings.yaml: {message}"]
    assert messages_of({**without(POINTS, SCORING), "notes.yaml": "a: 1"}, folder="x/") == [
        "x/scoring.yaml: the file scoring.yaml is missing.",
        f"x/notes.yaml: {message}",
    ]


def test_differences_of_worked_examples_are_told_with_file_line_and_column_of_the_expectation():
    name = "worked_examples/acute_hospital.yaml"
    files = edited(POINTS, name, ("{score: 73, band: high", "{score: 72, band: low"), ("score: 53.5", 'score: "161/3"'))
    viewing, overall = line_of(files, name, "viewing:"), line_of(files, name, "overall:")

    assert messages_of(files, folder="mine/1/") == [
        f"mine/1/{name}:{viewing}:13: 'viewing': the answers give score 73, not 72.",
        f"mine/1/{name}:{viewing}:24: 'viewing': the answers give band high, not low.",
        f"mine/1/{name}:{overall}:13: 'overall': the answers give score 53.5, not 161/3.",
    ]


def test_a_framework_without_worked_examples_does_not_pass():
    files = {name: text for name, text in POINTS.items() if not name.startswith("worked_examples/")}

    assert messages_of(files) == [
        "worked_examples/: there is no worked example. Write at least one: answers in, scores out."
    ]


def test_an_answer_for_all_others_that_no_scale_has_is_told():
    name = "worked_examples/nothing_met.yaml"

    found = messages_of(edited(GATE, name, ("all_others: not_met", "all_others: notmet")))

    assert found == [f"{name}:4:1: there is no answer in any scale 'notmet'. Did you mean 'not_met'?"]


@pytest.mark.parametrize("key", ["shown_when: {}", "shown_when_any: [{}]"])
def test_a_question_of_one_care_setting_behind_one_of_another_is_shown_to_those_that_give_both(key):
    route = "{question: sees_social_care_record, answers: [agree_completely]}"
    files = edited(POINTS, CONTENT, (ROUTING, f"    care_settings: [acute]\n    {key.format(route)}"))

    both, one = (
        shown_questions(parsed(files), Unit("X00", care_settings=care), {"sees_social_care_record": "agree_completely"})
        for care in (("acute", "community"), ("acute",))
    )

    assert ("record_in_context" in both, "record_in_context" in one) == (True, False)
    assert [message for message in messages_of(files) if "never shown" in message] == []


def test_a_level_that_only_those_with_two_care_settings_reach_is_reached():
    steps = [{"value": at, "id": f"s{at}", "title": f"Step {at}"} for at in (1, 2)]
    ladder = {
        "base": {"value": 0, "id": "s0", "title": "None"},
        "steps": steps,
        "step_of": {"q1": "s1", "q2": "s2"},
    }
    made = draft(["q1", "q2"], kind="level-gate", ladder=ladder)
    first, second = made.content["questions"]
    two_settings = made.with_content(
        care_settings=[{"id": "acute", "title": "Acute"}, {"id": "community", "title": "Community"}],
        questions=[
            {**first, "care_settings": ["acute"]},
            {**second, "care_settings": ["community"], "shown_when": {"question": "q1", "answers": ["yes"]}},
        ],
    )

    assert check_reach(two_settings.framework, Located(SCORING, None, {})) == []


def test_routing_above_the_highest_number_is_told_and_at_it_is_not():
    routed = "scale: per_thousand, text: Requests that came in online.}"
    rule = "shown_when: {{question: online_accounts, at_least: {}}}, {}"

    at, above = (edited(INDICATOR, CONTENT, (routed, rule.format(n, routed))) for n in (100, 100.5))

    assert [message for message in messages_of(at) if "never shown" in message] == []
    line = line_of(above, CONTENT, "at_least")
    place = above[CONTENT].splitlines()[line - 1].index("at_least") + 1
    assert messages_of(above)[0] == (
        f"framework.yaml:{line}:{place}: 'online_requests' is never shown: 'online_accounts' is at most 100."
    )


def test_a_question_behind_one_that_is_never_shown_is_never_shown_either():
    files = edited(
        INDICATOR,
        CONTENT,
        (
            "scale: per_thousand, text: Requests that",
            "scale: per_thousand, shown_when: {question: online_accounts, at_least: 101}, text: Requests that",
        ),
        (
            "scale: percentage, text: Share of repeat",
            "scale: percentage, shown_when: {question: online_requests, at_least: 1}, text: Share of repeat",
        ),
    )

    hidden = [message.split(": ", 1)[1] for message in messages_of(files) if "never shown" in message]

    assert hidden == [
        "'online_requests' is never shown: 'online_accounts' is at most 100.",
        "'repeat_prescriptions' is never shown: nor is 'online_requests'.",
    ]


def test_of_several_routes_each_that_is_never_met_is_told_and_one_that_is_met_shows_the_question():
    routed = "scale: per_thousand, text: Requests that came in online.}"
    rule = "shown_when_any: [{{question: online_accounts, at_least: {}}}, {{question: online_accounts, at_least: {}}}]"
    rules = (rule.format(*numbers) for numbers in ((101, 102), (50, 102)))

    none, one = (edited(INDICATOR, CONTENT, (routed, f"{rule}, {routed}")) for rule in rules)

    never = "'online_requests' is never shown"
    told = [[message for message in messages_of(files) if "never shown" in message] for files in (none, one)]
    assert [[message.split(": ", 1)[1] for message in messages] for messages in told] == [
        [f"{never}: 'online_accounts' is at most 100."] * 2,
        [f"{never} by this route: 'online_accounts' is at most 100."],
    ]
    line = line_of(one, CONTENT, "at_least")
    place = one[CONTENT].splitlines()[line - 1].rindex("at_least") + 1
    assert told[1][0].startswith(f"framework.yaml:{line}:{place}: ")


def test_routing_that_can_be_met_in_one_care_setting_is_enough():
    assert "sees_gp_record" in POINTS[CONTENT]
    assert messages_of(POINTS) == []


def test_a_level_that_is_met_with_every_answer_hides_the_one_below():
    files = edited(
        GATE,
        SCORING,
        (
            "  met: {not_met: 0, met: 1}",
            "  met: {not_met: 0, met: 1}\nquestion_points:\n  strategy_written: {not_met: 1, met: 1}",
        ),
    )

    assert messages_of(files)[0] == (
        f"scoring.yaml:{line_of(files, SCORING, 'base:')}:3: level 'level_1' of 'digital_strategy' is not reached by "
        "any answers from lowest to highest."
    )


def test_a_band_that_falls_between_the_possible_scores_is_told():
    files = edited(
        template_files("status"), SCORING, ("title: Standards met, from: 2}", "title: Standards met, from: 2.5}")
    )

    assert messages_of(files)[0] == (
        f"scoring.yaml:{line_of(files, SCORING, 'from: 2.5')}:7: the band 'standards_met' is not reached by any "
        "answers from lowest to highest."
    )


def test_marks_that_are_kept_back_can_put_a_band_out_of_reach():
    files = edited(
        template_files("sum-of-marks"),
        SCORING,
        ("title: Leader, from: 80", "title: Leader, from: 99"),
        ("marks_out_of: {evidence: 10}", "marks_out_of: {evidence: 10, in_place: 20, share_of_datasets: 20}"),
    )

    assert [message for message in messages_of(files) if "band 'leader' is not reached" in message] != []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[90, 10]]", "[90, 10], [101, 12]]", "'percentage' earns the 12 points of the threshold 101"),
        ("[[0, 10], [2, 6]", "[[0, 10], [1.2, 7], [2, 6]", "'days' earns the 7 points of the threshold 1.2"),
        ("[97.5, 10]]", "[97.5, 10], [100.5, 11]]", "'percentage' earns the 11 points of the threshold 100.5"),
    ],
)
def test_a_threshold_that_no_number_of_its_scale_stands_on_is_told(old, new, told):
    files = edited(INDICATOR, SCORING, (old, new))

    found = messages_of(files)

    assert [message.split(": ", 1)[1] for message in found] == [f"no number of the scale {told}."]
    assert found[0].startswith(f"scoring.yaml:{line_of(files, SCORING, new)}:")


def test_the_highest_number_itself_can_carry_a_threshold():
    files = edited(INDICATOR, SCORING, ("[90, 10]]", "[90, 10], [100, 10]]"))

    assert messages_of(files) == []


def test_an_engine_that_lowers_a_score_for_a_better_answer_would_be_caught():
    """The rules of a framework allow no fall, so the fall is made: points turned upside down behind its back."""
    framework = parsed(POINTS)
    table = "{disagree_completely: 0, somewhat_disagree: 25, neither: 50, mostly_agree: 75, agree_completely: 100}"
    upside_down = parsed(edited(POINTS, SCORING, (table, table.replace("0,", "100,", 1).replace("100}", "0}"))))
    wrong = replace(compile_plan(upside_down), framework_hash=framework.hash)

    found = [problem.message for problem in check_reach(framework, Located(SCORING, None, {}), wrong)]

    assert "a better answer to 'sees_gp_record' lowers 'viewing'. Scores must never fall as points rise." in found
    assert len(found) == len(set(found)), "each fall is told once"
    assert check_reach(framework, Located(SCORING, None, {})) == []


def test_a_score_may_fall_when_a_better_answer_opens_another_question():
    """With 70 points for neither, (70 + 0) / 2 = 35 goes to (75 + 0 + 0) / 3 = 25 once the new one counts."""
    framework = parsed(edited(POINTS, SCORING, ("neither: 50", "neither: 70")))
    plan = compile_plan(framework)

    viewing = [score_answers(climb.answers, plan).column("viewing").tolist() for climb in list_climbs(framework)]

    assert (35, 25) in set(pairwise(viewing[0]))
    assert check_reach(framework, Located(SCORING, None, {}), plan) == []


def test_a_climb_raises_one_answer_at_a_time_from_the_lowest():
    framework = parsed(GATE)

    first, second = list_climbs(framework)

    assert first.answers.codes[0].tolist() == [0] * 12
    assert first.answers.codes[-1].tolist() == [1] * 12
    assert (np.diff(first.answers.codes.astype(int), axis=0) != 0).sum(axis=1).tolist() == [1] * 12
    assert len(first.raised) == 12
    # Lower steps first, whatever the order of the questions
    assert first.raised[:3] == ("strategy_written", "leader_named", "sees_appointments")
    assert {MISSING_OF[code] for code in second.answers.codes[-1].tolist() if code in MISSING_OF} == {
        Missing.NOT_ANSWERED,
        Missing.DONT_KNOW,
        Missing.NOT_APPLICABLE,
    }


def test_every_care_setting_is_climbed_through_and_all_together():
    settings = [climb.answers.units[0].care_settings for climb in list_climbs(parsed(POINTS))]

    both = ("acute", "community")
    assert settings == [("acute",), ("acute",), ("community",), ("community",), both, both]


def test_answers_rise_by_their_points_and_not_by_their_place_in_the_scale():
    framework = parsed(INDICATOR)

    # Fewer days are better
    assert rising_answers(framework, "letters_filed") == (15.0, 8.0, 2.0, 0.0)
    assert rising_answers(framework, "electronic_prescriptions") == (0.0, 90.0, 97.5)
    assert rising_answers(parsed(POINTS), "alerts_to_gp") == ("none", "up_to_half", "over_half", "all")


def test_a_question_that_is_not_scored_rises_in_the_order_of_its_scale():
    files = edited(
        INDICATOR,
        CONTENT,
        ("questions:\n", "questions:\n  - {id: list_size, scale: days, text: Number of patients.}\n"),
        (
            "scale: per_thousand, text: Requests",
            "scale: per_thousand, shown_when: {question: list_size, at_least: 500}, text: Requests",
        ),
    )

    either = edited(files, CONTENT, ("shown_when: {question: list_size, at_least: 500}", ANY_OF_TWO))

    assert rising_answers(parsed(files), "list_size") == (0.0, 500.0)
    assert rising_answers(parsed(either), "list_size") == (0.0, 500.0, 900.0)
    # The examples give no list size, so the routed question is hidden in them; no other problem comes of it.
    assert {message.partition(":")[0].partition("/")[0] for message in messages_of(files)} == {"worked_examples"}


def test_an_unscored_question_with_options_has_no_points_and_keeps_its_order():
    files = edited(
        POINTS,
        CONTENT,
        (
            "questions:\n",
            "questions:\n  - {id: takes_part, scale: share, text: How much takes part.}\n",
        ),
    )

    assert rising_answers(parsed(files), "takes_part") == ("none", "up_to_half", "over_half", "all")


@pytest.mark.parametrize(
    ("limits", "low", "number"),
    [
        (NumberRange(minimum=0, maximum=100), 5, 5),
        (NumberRange(minimum=10, maximum=100), 5, 10),
        (NumberRange(minimum=0, whole=True), 5, 5),
        (NumberRange(minimum=0, maximum=100), 101, None),
    ],
)
def test_the_first_number_from_a_threshold_on(limits, low, number):
    assert first_number(limits, low) == number


def test_the_first_whole_number_from_a_fraction_on_is_the_next():
    framework = parsed(INDICATOR)
    days, percent = (framework.scales[name].number for name in ("days", "percentage"))
    half = Decimal("7.5")

    assert days is not None
    assert percent is not None
    assert (first_number(days, half), first_number(percent, half)) == (8, half)


def test_a_crosswalk_from_a_version_that_nobody_has_is_told():
    files = edited(POINTS, CONTENT, ('version: "1"', 'version: "2"'))
    ids = list(parsed(POINTS).questions)
    pairs = "\n".join(f"  - {{from: {one}, to: {one}, class: same}}" for one in ids)
    files["crosswalk.yaml"] = f'framework: example-points\nfrom: "1"\nto: "2"\npairs:\n{pairs}\n'
    released = {"example-points@1": ReleasedVersion(parsed(POINTS).hash, tuple(sorted(ids)))}

    absent = "example-points@1 lies neither beside this version nor among the published ones. Put its folder beside."
    assert messages_of(files) == [f"crosswalk.yaml:2:1: {absent}"]
    assert messages_of(files, previous=parsed(POINTS)) == []
    assert messages_of(files, released=released) == []


def test_a_scale_that_no_number_fits_is_told_and_does_not_stop_the_check():
    files = edited(
        INDICATOR,
        CONTENT,
        ("number: {minimum: 0, whole: true, unit: days}", "number: {minimum: 0.5, maximum: 0.7, whole: true}"),
    )
    files = edited(files, SCORING, ("days: [[0, 10], [2, 6], [8, 3], [15, 0]]", "days: [[0.5, 10]]"))
    files = {name: text for name, text in files.items() if not name.startswith("worked_examples/")}

    assert "no number of the scale 'days' earns the 10 points of the threshold 0.5." in " ".join(messages_of(files))
