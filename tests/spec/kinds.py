# SPDX-License-Identifier: MIT
"""The rules of the seven kinds of scoring."""

from __future__ import annotations

from decimal import Decimal

from tests.spec.case import Case

LADDER_OF_THREE = """\
ladder:
  base: {value: 1, id: level_1, title: Level 1}
  steps:
    - {value: 2, id: level_2, title: Level 2}
    - {value: 3, id: level_3, title: Level 3}
    - {value: 4, id: level_4, title: Level 4}
  step_of: {second: level_2, third: level_3, fourth: level_4}"""
MET = "points: {met: {not_met: 0, met: 1}}"

POINTS = (
    Case(
        page="points",
        title="A section is the mean of the points of its answers",
        prose="Each answer is worth the points that the table gives it, and nothing is worked out by a formula.",
        rules="points: {agreement: {disagree: 0, neither: 40, agree: 100}}",
        asked={"section": {"first": "agreement", "second": "agreement", "third": "agreement"}},
        answers={
            "one of each": {"first": "disagree", "second": "neither", "third": "agree"},
            "all agree": {"first": "agree", "second": "agree", "third": "agree"},
        },
        expected={"one of each": {"section": "140/3"}, "all agree": {"section": "100"}},
        sums={"one of each": "(0 + 40 + 100) / 3", "all agree": "(100 + 100 + 100) / 3"},
    ),
    Case(
        page="points",
        title="A question may weigh more than another",
        prose="Points are multiplied by the question’s weight, and the sum is divided by the weights of what counted.",
        rules="weights: {questions: {second: 3, third: 0}}",
        asked={"section": {"first": "agreement", "second": "agreement", "third": "agreement"}},
        answers={"a weight of 0 counts for nothing": {"first": "agree", "second": "neither", "third": "disagree"}},
        expected={"a weight of 0 counts for nothing": {"section": "62.5"}},
        sums={"a weight of 0 counts for nothing": "(1 * 100 + 3 * 50 + 0 * 0) / (1 + 3 + 0)"},
    ),
    Case(
        page="points",
        title="A parent is the mean of its measures, not of all their questions",
        prose="A question in a short section therefore weighs more than one in a long section.",
        rules="levels: {section: {combine: mean_of_questions}, overall: {combine: mean_of_measures}}",
        asked={"short": {"first": "agreement"}, "long": {"second": "agreement", "third": "agreement"}},
        answers={"agrees once": {"first": "agree", "second": "disagree", "third": "disagree"}},
        expected={"agrees once": {"overall": "50", "short": "100", "long": "0"}},
        sums={"agrees once": "(100 / 1 + (0 + 0) / 2) / 2"},
    ),
    Case(
        page="points",
        title="A measure may weigh more than another",
        prose="The weight of a measure counts in the mean of its parent.",
        rules="weights: {measures: {long: 2}}",
        asked={"short": {"first": "agreement"}, "long": {"second": "agreement", "third": "agreement"}},
        answers={"agrees once": {"first": "agree", "second": "disagree", "third": "disagree"}},
        expected={"agrees once": {"overall": "100/3"}},
        sums={"agrees once": "(1 * 100 + 2 * 0) / (1 + 2)"},
    ),
    Case(
        page="points",
        title="A question may have a table of its own",
        prose="Its table replaces that of its scale, for this question only.",
        rules="question_points: {second: {disagree: 100, neither: 50, agree: 0}}",
        asked={"section": {"first": "agreement", "second": "agreement"}},
        answers={"agrees with both": {"first": "agree", "second": "agree"}},
        expected={"agrees with both": {"section": "50"}},
        sums={"agrees with both": "(100 + 0) / 2"},
    ),
)

SUM_OF_MARKS = (
    Case(
        page="sum-of-marks",
        title="The score is marks earned out of marks possible, in per cent",
        prose="A question with more marks to earn weighs more, without any weight being said.",
        rules="""\
kind: sum-of-marks
points:
  agreement: {disagree: 0, neither: 2.5, agree: 10}
  met: {not_met: 0, met: 2}
levels: {section: {combine: share_of_marks}}""",
        asked={"section": {"large": "agreement", "small": "met"}},
        answers={
            "the large one": {"large": "agree", "small": "not_met"},
            "the small one": {"large": "disagree", "small": "met"},
            "part of the large one": {"large": "neither", "small": "met"},
        },
        expected={
            "the large one": {"section": "250/3"},
            "the small one": {"section": "50/3"},
            "part of the large one": {"section": "37.5"},
        },
        sums={
            "the large one": "100 * (10 + 0) / (10 + 2)",
            "the small one": "100 * (0 + 2) / (10 + 2)",
            "part of the large one": "100 * (2.5 + 2) / (10 + 2)",
        },
    ),
    Case(
        page="sum-of-marks",
        title="Marks can be kept back",
        prose="Where the maximum is said to be more than any answer earns, the best answers do not reach 100.",
        rules="""\
kind: sum-of-marks
points: {agreement: {disagree: 0, neither: 4, agree: 8}}
marks_out_of: {agreement: 10}
levels: {section: {combine: share_of_marks}}""",
        asked={"section": {"first": "agreement", "second": "agreement"}},
        answers={"the best answers": {"first": "agree", "second": "agree"}},
        expected={"the best answers": {"section": "80"}},
        sums={"the best answers": "100 * (8 + 8) / (10 + 10)"},
    ),
    Case(
        page="sum-of-marks",
        title="A weight multiplies marks earned and marks possible alike",
        prose="A question of weight 2 counts as two questions with the same answer.",
        rules="""\
kind: sum-of-marks
points: {agreement: {disagree: 0, neither: 4, agree: 10}}
weights: {questions: {first: 2}}
levels: {section: {combine: share_of_marks}}""",
        asked={"section": {"first": "agreement", "second": "agreement"}},
        answers={"the heavy one": {"first": "agree", "second": "neither"}},
        expected={"the heavy one": {"section": "80"}},
        sums={"the heavy one": "100 * (2 * 10 + 4) / (2 * 10 + 10)"},
    ),
)

LEVEL_GATE = (
    Case(
        page="level-gate",
        title="A domain stands on the highest level that is complete with every level below it",
        prose="One element that is not met holds the domain below its level, however much is met above.",
        rules=f"kind: level-gate\n{MET}\nlevels: {{section: {{combine: ladder}}}}\n{LADDER_OF_THREE}",
        asked={"domain": {"second": "met", "third": "met", "fourth": "met"}},
        answers={
            "everything": {"second": "met", "third": "met", "fourth": "met"},
            "all but the third": {"second": "met", "third": "not_met", "fourth": "met"},
            "all but the second": {"second": "not_met", "third": "met", "fourth": "met"},
            "nothing": {"second": "not_met", "third": "not_met", "fourth": "not_met"},
        },
        expected={
            "everything": {"domain": "4"},
            "all but the third": {"domain": "2"},
            "all but the second": {"domain": "1"},
            "nothing": {"domain": "1"},
        },
    ),
    Case(
        page="level-gate",
        title="Every element of a level is needed",
        prose="A level with two elements needs both.",
        rules=f"""\
kind: level-gate
{MET}
levels: {{section: {{combine: ladder}}}}
ladder:
  base: {{value: 1, id: level_1, title: Level 1}}
  steps: [{{value: 2, id: level_2, title: Level 2}}]
  step_of: {{first: level_2, second: level_2}}""",
        asked={"domain": {"first": "met", "second": "met"}},
        answers={"both": {"first": "met", "second": "met"}, "one": {"first": "met", "second": "not_met"}},
        expected={"both": {"domain": "2"}, "one": {"domain": "1"}},
    ),
    Case(
        page="level-gate",
        title="Above the domains levels are averaged",
        prose="A pillar is the mean of its domains, so a domain in a small pillar weighs more.",
        rules=f"""\
kind: level-gate
{MET}
levels: {{section: {{combine: ladder}}, overall: {{combine: mean_of_measures}}}}
ladder:
  base: {{value: 1, id: level_1, title: Level 1}}
  steps: [{{value: 2, id: level_2, title: Level 2}}]
  step_of: {{first: level_2, second: level_2}}""",
        asked={"one_domain": {"first": "met"}, "another": {"second": "met"}},
        answers={"one of two": {"first": "met", "second": "not_met"}},
        expected={"one of two": {"overall": "1.5", "one_domain": "2", "another": "1"}},
        sums={"one of two": "(2 + 1) / 2"},
    ),
)

STAGE_GATE = (
    Case(
        page="stage-gate",
        title="A stage may need a share of its capabilities",
        prose="The share is compared exactly: two of three is more than 0.66 and less than 0.67.",
        rules=f"""\
kind: stage-gate
{MET}
levels: {{section: {{combine: ladder}}}}
ladder:
  base: {{value: 0, id: stage_0, title: Stage 0}}
  steps:
    - {{value: 1, id: stage_1, title: Stage 1, share_needed: 0.66}}
    - {{value: 2, id: stage_2, title: Stage 2}}
  step_of: {{first: stage_1, second: stage_1, third: stage_1, fourth: stage_2}}""",
        asked={"stage": {"first": "met", "second": "met", "third": "met", "fourth": "met"}},
        answers={
            "two of three": {"first": "met", "second": "met", "third": "not_met", "fourth": "met"},
            "one of three": {"first": "met", "second": "not_met", "third": "not_met", "fourth": "met"},
        },
        expected={"two of three": {"stage": "2"}, "one of three": {"stage": "0"}},
    ),
    Case(
        page="stage-gate",
        title="What is in place above the stage does not raise it",
        prose="It is credited in the explanation of the score, where the next step is shown with what it lacks.",
        rules=f"""\
kind: stage-gate
{MET}
levels: {{section: {{combine: ladder}}}}
ladder:
  base: {{value: 0, id: stage_0, title: Stage 0}}
  steps:
    - {{value: 1, id: stage_1, title: Stage 1}}
    - {{value: 2, id: stage_2, title: Stage 2}}
    - {{value: 3, id: stage_3, title: Stage 3}}
  step_of: {{first: stage_1, second: stage_2, third: stage_3}}""",
        asked={"stage": {"first": "met", "second": "met", "third": "met"}},
        answers={
            "a gap in the middle": {"first": "met", "second": "not_met", "third": "met"},
            "no gap": {"first": "met", "second": "met", "third": "not_met"},
        },
        expected={"a gap in the middle": {"stage": "1"}, "no gap": {"stage": "2"}},
    ),
)

STATUS = (
    Case(
        page="status",
        title="Mandatory items decide between statuses with names",
        prose="Each status needs all its items and those of every status below, and its name is that of a band.",
        rules=f"""\
kind: status
{MET}
levels: {{section: {{combine: ladder}}}}
ladder:
  base: {{value: 0, id: not_met, title: Standards not met}}
  steps:
    - {{value: 1, id: approaching, title: Approaching standards}}
    - {{value: 2, id: met, title: Standards met}}
    - {{value: 3, id: exceeded, title: Standards exceeded}}
  step_of: {{essential: approaching, mandatory: met, beyond: exceeded}}
bands:
  band_on: raw
  bands:
    - {{id: not_met, title: Standards not met, from: 0}}
    - {{id: approaching, title: Approaching standards, from: 1}}
    - {{id: met, title: Standards met, from: 2}}
    - {{id: exceeded, title: Standards exceeded, from: 3}}""",
        asked={"status": {"essential": "met", "mandatory": "met", "beyond": "met"}},
        answers={
            "everything": {"essential": "met", "mandatory": "met", "beyond": "met"},
            "what is mandatory": {"essential": "met", "mandatory": "met", "beyond": "not_met"},
            "what is essential": {"essential": "met", "mandatory": "not_met", "beyond": "met"},
            "not what is essential": {"essential": "not_met", "mandatory": "met", "beyond": "met"},
        },
        expected={
            "everything": {"status": "3 exceeded"},
            "what is mandatory": {"status": "2 met"},
            "what is essential": {"status": "1 approaching"},
            "not what is essential": {"status": "0 not_met"},
        },
    ),
)

PASS_MARK = (
    Case(
        page="pass-mark",
        title="Nearly all is not all",
        prose="The band goes by the score as it is, so 99.6 per cent does not pass where 100 is the mark.",
        rules=f"""\
kind: pass-mark
{MET}
weights: {{questions: {{all_the_others: 249}}}}
levels: {{section: {{combine: share_met}}}}
bands:
  band_on: raw
  bands: [{{id: failed, title: Failed, from: 0}}, {{id: passed, title: Passed, from: 100}}]""",
        asked={"controls": {"all_the_others": "met", "one": "met"}},
        answers={
            "all 250": {"all_the_others": "met", "one": "met"},
            "249 of 250": {"all_the_others": "met", "one": "not_met"},
        },
        expected={"all 250": {"controls": "100 passed"}, "249 of 250": {"controls": "99.6 failed"}},
        sums={"all 250": "100 * (249 + 1) / 250", "249 of 250": "100 * (249 + 0) / 250"},
    ),
)

INDICATOR = (
    Case(
        page="indicator",
        title="A number earns the points of the last threshold it reaches",
        prose="A number on a threshold has reached it; points may rise or fall as numbers rise.",
        rules="""\
kind: indicator
points: {percent: [[0, 0], [25, 4], [75, 10]]}
question_points: {few_is_good: [[0, 10], [10.5, 5], [50, 0]]}""",
        asked={"group": {"much_is_good": "percent", "few_is_good": "percent"}},
        answers={
            "on the thresholds": {"much_is_good": 75, "few_is_good": Decimal("10.5")},
            "just below them": {"much_is_good": Decimal("74.99"), "few_is_good": Decimal("10.49")},
            "at the ends": {"much_is_good": 100, "few_is_good": 0},
        },
        expected={
            "on the thresholds": {"group": "7.5"},
            "just below them": {"group": "7"},
            "at the ends": {"group": "10"},
        },
        sums={
            "on the thresholds": "(10 + 5) / 2",
            "just below them": "(4 + 10) / 2",
            "at the ends": "(10 + 10) / 2",
        },
    ),
)

KIND_CASES = (*POINTS, *SUM_OF_MARKS, *LEVEL_GATE, *STAGE_GATE, *STATUS, *PASS_MARK, *INDICATOR)
