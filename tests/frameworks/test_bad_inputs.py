# SPDX-License-Identifier: MIT
"""What goes wrong in the files of a framework, each with the exact message: where, what, and what would be right."""

from __future__ import annotations

import pytest

from tests.support.framework_files import edited, line_of, messages_of, template_files, without

POINTS = template_files("points")
MARKS = template_files("sum-of-marks")
GATE = template_files("level-gate")
CONTENT, SCORING = "framework.yaml", "scoring.yaml"
VIEWING_SUMMARY = "        summary: Staff see what other organisations know."
DISCHARGE_WEIGHT = "discharge_summaries: 2"


def first(files: dict[str, str]) -> str:
    return messages_of(files)[0]


def test_a_scale_with_duplicate_codes():
    files = edited(POINTS, CONTENT, ("code: somewhat_disagree", "code: disagree_completely"))
    line = line_of(files, CONTENT, "label: Somewhat disagree")

    assert first(files) == (
        f"framework.yaml:{line}:10: the scale 'agreement' has the code 'disagree_completely' twice. "
        "Each answer needs its own."
    )


def test_a_scale_with_duplicate_labels_could_not_be_read_from_a_file():
    files = edited(POINTS, CONTENT, ("label: Somewhat disagree", "label: Disagree completely"))

    assert messages_of(files) == [
        (
            f"framework.yaml:{line_of(files, CONTENT, 'code: somewhat_disagree')}:9: "
            "two answers of the scale 'agreement' are both spelled 'Disagree completely', capitals aside. "
            "A file could not be read."
        )
    ]


def test_labels_that_differ_only_in_capitals_could_not_be_told_apart_in_a_file():
    files = edited(POINTS, CONTENT, ("label: Somewhat disagree", "label: DISAGREE Completely"))

    assert messages_of(files) == [
        (
            f"framework.yaml:{line_of(files, CONTENT, 'code: somewhat_disagree')}:9: "
            "two answers of the scale 'agreement' are both spelled 'DISAGREE Completely', capitals aside. "
            "A file could not be read."
        )
    ]


def test_an_answer_may_be_published_in_its_own_label_in_capitals():
    label = "label: Somewhat disagree"

    assert messages_of(edited(POINTS, CONTENT, (label, f"{label}, published: [SOMEWHAT DISAGREE]"))) == []


def test_a_negative_weight():
    assert messages_of(edited(POINTS, SCORING, (DISCHARGE_WEIGHT, "discharge_summaries: -1"))) == [
        "scoring.yaml:11:15: a weight is 0 or more with at most 6 decimals; found -1."
    ]


def test_a_weight_of_nought_counts_for_nothing_and_is_allowed():
    found = messages_of(edited(POINTS, SCORING, (DISCHARGE_WEIGHT, "discharge_summaries: 0")))

    # (75 + 0) / 2 = 37.5 without the question that weighed double; the worked examples tell of the change.
    assert "worked_examples/acute_hospital.yaml:15:13: 'sending': the answers give score 38, not 34." in found
    assert {message.split("/")[0] for message in found} == {"worked_examples"}


def test_weights_of_nought_that_leave_a_measure_without_a_score():
    weights = "discharge_summaries: 0, sharing_agreement: 0, alerts_to_gp: 0"

    assert messages_of(edited(POINTS, SCORING, (DISCHARGE_WEIGHT, weights))) == [
        "scoring.yaml:10:1: everything under 'sending' has weight 0: it could never have a score."
    ]


def test_a_weight_that_is_a_word():
    assert messages_of(edited(POINTS, SCORING, (DISCHARGE_WEIGHT, "discharge_summaries: double"))) == [
        "scoring.yaml:11:15: 'discharge_summaries' must be a number."
    ]


def test_a_weight_for_a_question_that_does_not_exist():
    assert messages_of(edited(POINTS, SCORING, (DISCHARGE_WEIGHT, "discharge_sumaries: 2"))) == [
        "scoring.yaml:11:15: there is no scored question 'discharge_sumaries'. Did you mean 'discharge_summaries'?"
    ]


def test_a_circular_measures_tree():
    again = "        measures: [{id: overall, title: Again, level: overall}]"
    files = edited(POINTS, CONTENT, (VIEWING_SUMMARY, again))
    line = line_of(files, CONTENT, "title: Again")

    assert (
        f"framework.yaml:{line}:21: the measures tree is circular: overall > viewing > overall. "
        "A measure can't contain itself."
    ) in messages_of(files)


def test_a_circular_measures_tree_through_a_yaml_alias():
    files = edited(
        POINTS,
        CONTENT,
        ("measures:\n  - id: overall", "measures: &tree\n  - id: overall"),
        (VIEWING_SUMMARY, "        measures: *tree"),
    )

    assert messages_of(files) == ["framework.yaml:5:1: an alias (*) refers to what contains it. Write the value out."]


def test_a_level_that_no_question_stands_on():
    files = edited(GATE, SCORING, ("strategy_shared: level_4", "strategy_shared: level_3"))
    line = line_of(files, SCORING, "value: 4")

    assert messages_of(files) == [
        (
            f"scoring.yaml:{line}:7: level 'level_4' is not reachable for 'digital_strategy': "
            "no question of it counts on that step."
        )
    ]


def test_a_level_that_no_answer_meets():
    own_points = "question_points: {leader_named: {not_met: 0, met: 0}}\nkind: level-gate"
    files = edited(GATE, SCORING, ("kind: level-gate", own_points))

    assert messages_of(files) == [
        (
            f"scoring.yaml:{line_of(files, SCORING, 'value: 2')}:7: level 'level_2' is not reachable: "
            "no answer to leader_named meets it."
        )
    ]


def test_levels_that_do_not_rise():
    files = edited(GATE, SCORING, ("value: 4, id: level_4", "value: 3, id: level_4"))

    assert messages_of(files)[0] == (
        f"scoring.yaml:{line_of(files, SCORING, 'id: level_4')}:8: steps must rise: 'level_4' (3) comes after "
        "'level_3' (3)."
    )


def test_a_band_above_every_score():
    files = edited(POINTS, SCORING, ("title: High, from: 70", "title: High, from: 101"))

    assert messages_of(files) == [
        (
            f"scoring.yaml:{line_of(files, SCORING, 'id: high')}:31: the band 'high' is not reachable: "
            "no score is above 100."
        )
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# SPDX-License-Identifier: MIT\n"])
@pytest.mark.parametrize("name", [CONTENT, SCORING])
def test_an_empty_file(name, text):
    assert messages_of({**POINTS, name: text}) == [f"{name}:1:1: the file is empty."]


def test_a_file_that_is_not_there():
    assert messages_of(without(POINTS, CONTENT, SCORING), folder="mine/1/") == [
        "mine/1/framework.yaml: the file framework.yaml is missing.",
        "mine/1/scoring.yaml: the file scoring.yaml is missing.",
    ]


@pytest.mark.parametrize("text", ["- a\n- b\n", "hello\n"])
def test_a_file_that_is_no_mapping(text):
    assert messages_of({**POINTS, CONTENT: text}) == [
        "framework.yaml:1:1: 'framework.yaml' must be a mapping of keys to values."
    ]


def test_yes_and_no_without_quotes():
    files = edited(MARKS, CONTENT, ('code: "no"', "code: no"), ('label: "Yes"', "label: yes"))
    no, yes = line_of(files, CONTENT, "code: no,"), line_of(files, CONTENT, "label: yes}")

    assert messages_of(files) == [
        f"framework.yaml:{no}:16: YAML reads no as true or false. Write 'no' in quotes, or true or false.",
        f"framework.yaml:{yes}:30: YAML reads yes as true or false. Write 'yes' in quotes, or true or false.",
    ]


@pytest.mark.parametrize("version", ["3.10", "2017", "true"])
def test_a_version_without_quotes(version):
    assert messages_of(edited(POINTS, CONTENT, ('version: "1"', f"version: {version}"))) == [
        "framework.yaml:6:1: 'version' must be text; put it in quotes if it looks like a number or yes/no."
    ]


@pytest.mark.parametrize("number", ["1:30", "0x10", "1_000", "017"])
def test_a_number_that_yaml_would_read_as_another(number):
    (found,) = messages_of(edited(POINTS, SCORING, (DISCHARGE_WEIGHT, f"discharge_summaries: {number}")))

    assert found.startswith(f"scoring.yaml:11:36: {number!r} is not a plain whole number. Write it in digits")


@pytest.mark.parametrize("number", [".inf", ".nan"])
def test_a_number_that_is_none(number):
    (found,) = messages_of(edited(POINTS, SCORING, (DISCHARGE_WEIGHT, f"discharge_summaries: {number}")))

    assert found.startswith(f"scoring.yaml:11:36: {number!r} is not a plain number.")


def test_a_key_that_stands_twice():
    assert messages_of(edited(POINTS, CONTENT, ("round: example", "round: example\nround: again"))) == [
        "framework.yaml:12:1: the key 'round' stands twice; the first is on line 11. Keep one."
    ]


def test_a_tab_at_the_beginning_of_a_line():
    assert messages_of(edited(POINTS, CONTENT, ("round: example", "\tround: example"))) == [
        (
            "framework.yaml:11:1: not valid YAML: found character '\\t' that cannot start any token. "
            "Check indentation, quotes and brackets here."
        )
    ]


def test_a_bracket_that_is_not_closed():
    (found,) = messages_of(edited(POINTS, SCORING, ("share: {none: 0,", "share: [none: 0,")))

    assert found.startswith("scoring.yaml:7:")
    assert found.endswith("Check indentation, quotes and brackets here.")


def test_an_unknown_key_and_the_one_that_is_missing_for_it():
    assert messages_of(edited(POINTS, CONTENT, ("round: example", "rounds: example"))) == [
        "framework.yaml:5:1: 'round' is missing.",
        "framework.yaml:11:1: 'rounds' is not a key that belongs here.",
    ]


KINDS_IN_WORDS = (
    "'points', 'sum-of-marks', 'level-gate', 'stage-gate', 'status', 'pass-mark' or 'indicator'; found 'point'"
)
WRONG_TYPES = (
    (
        CONTENT,
        "title: Sharing records, a small example of points",
        "title: [a]",
        "'title' must be text; put it in quotes",
    ),
    (CONTENT, "care_settings: [community]    #", "care_settings: community    #", "'care_settings' must be a list."),
    (SCORING, "{none: 0, up_to_half: 30, over_half: 70, all: 100}", "5", "'share' must be a mapping or a list."),
    (SCORING, "disagree_completely: 0", "disagree_completely: nought", "'disagree_completely' must be a number."),
    (SCORING, "digits: 0", "digits: 0.5", "'digits' must be a whole number."),
    (SCORING, "kind: points", "kind: point", f"'kind': input should be {KINDS_IN_WORDS}."),
)


@pytest.mark.parametrize(("name", "old", "new", "told"), WRONG_TYPES)
def test_a_value_of_the_wrong_type(name, old, new, told):
    files = edited(POINTS, name, (old, new))

    (found,) = messages_of(files)

    assert found.startswith(f"{name}:{1 + POINTS[name][: POINTS[name].index(old)].count(chr(10))}:")
    assert found.split(": ", 1)[1].startswith(told)


def test_thresholds_that_are_not_pairs():
    files = edited(template_files("indicator"), SCORING, ("[2, 6], [8, 3]", "[2], [8, 3]"))

    assert messages_of(files) == ["scoring.yaml:9:19: this list is too short: it needs 2 values."]


def test_an_expected_score_of_the_wrong_type():
    name = "worked_examples/acute_hospital.yaml"

    assert messages_of(edited(POINTS, name, ("score: 73", "score: [73]"))) == [
        f"{name}:13:13: 'score' must be a number or text."
    ]


def test_an_example_with_a_question_a_measure_and_an_answer_that_do_not_exist():
    name = "worked_examples/section_without_a_score.yaml"
    files = edited(
        POINTS,
        name,
        ("sees_gp_record: somewhat_disagree", "sees_gp_recrd: somewhat_disagree"),
        ("sees_social_care_record: agree_completely", "sees_social_care_record: agree_entirely"),
        ("  viewing:", "  veiwing:"),
    )

    assert messages_of(files) == [
        f"{name}:5:3: there is no question 'sees_gp_recrd'. Did you mean 'sees_gp_record'?",
        (
            f"{name}:6:3: there is no answer to 'sees_social_care_record' 'agree_entirely'. "
            "Did you mean 'agree_completely'?"
        ),
        f"{name}:12:3: there is no measure 'veiwing'. Did you mean 'viewing'?",
    ]


def test_all_problems_of_all_files_at_once():
    files = edited(
        POINTS,
        CONTENT,
        ("- id: sees_images\n    measure: viewing\n", "- id: sees_gp_record\n    measure: viewng\n"),
        ("scale: agreement\n    care_settings: [acute]", "scale: agrement\n    care_settings: [acute]"),
        ("care_settings: [community]    #", "care_settings: [comunity]    #"),
    )
    files = edited(
        files,
        SCORING,
        (DISCHARGE_WEIGHT, "discharge_summaries: -2"),
        ("share: {none: 0,", "share: {none: -5,"),
        ("id: medium, title: Medium, from: 40", "id: low, title: Medium, from: 0"),
    )
    files = edited(
        files, "worked_examples/acute_hospital.yaml", ("care_settings: [acute]", "care_settings: [hospital]")
    )

    assert [message.partition(": ")[2] for message in messages_of(files) if message.startswith(CONTENT)] == [
        "there is no care setting 'comunity'. Did you mean 'community'?",
        "the id 'sees_gp_record' is taken. Every one of questions needs its own.",
        "there is no measure 'viewng'. Did you mean 'viewing'?",
        "there is no scale 'agrement'. Did you mean 'agreement'?",
    ]
    assert [message.partition(": ")[2] for message in messages_of(files) if message.startswith(SCORING)] == [
        "points are 0 or more with at most 6 decimals; found -5.",
        "a weight is 0 or more with at most 6 decimals; found -2.",
        "the band id 'low' is taken.",
        "bands must rise: 'low' from 0 comes after 'low'.",
    ]
    hospital = "there is no care setting 'hospital'. There are: acute, community."
    assert f"worked_examples/acute_hospital.yaml:3:17: {hospital}" in messages_of(files)
