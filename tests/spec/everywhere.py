# SPDX-License-Identifier: MIT
"""The rules that hold for every kind: missing answers, rounding and bands."""

from __future__ import annotations

from tests.spec.case import Case

TWO = {"section": {"first": "agreement", "second": "agreement"}}
THREE = {"section": {"first": "agreement", "second": "agreement", "third": "agreement"}}
LOW_MEDIUM_HIGH = (
    "[{id: low, title: Low, from: 0}, {id: medium, title: Medium, from: 40}, {id: high, title: High, from: 70}]"
)


def missing(**rules: str) -> str:
    """Return the part on missing answers, left out where nothing else is said."""
    states = ("not_answered", "dont_know", "not_applicable", "not_shown")
    said = ", ".join(f"{state}: {rules.get(state, 'leave_out')}" for state in states)
    return f"missing: {{{said}}}"


def rounded(mode: str, digits: int = 0) -> str:
    return f"levels: {{section: {{combine: mean_of_questions, rounding: {{mode: {mode}, digits: {digits}}}}}}}"


MISSING = (
    Case(
        page="missing-answers",
        title="Each way of being missing has a rule of its own",
        prose="Left out, a question leaves the mean; as zero it counts without points; or it takes the score away.",
        rules=missing(not_answered="no_score", dont_know="zero"),
        asked=THREE,
        answers={
            "all answered": {"first": "agree", "second": "agree", "third": "neither"},
            "not applicable": {"first": "agree", "second": "agree", "third": "not_applicable"},
            "don’t know": {"first": "agree", "second": "agree", "third": "dont_know"},
            "not answered": {"first": "agree", "second": "agree"},
        },
        expected={
            "all answered": {"section": "250/3"},
            "not applicable": {"section": "100"},
            "don’t know": {"section": "200/3"},
            "not answered": {"section": "none"},
        },
        sums={
            "all answered": "(100 + 100 + 50) / 3",
            "not applicable": "(100 + 100) / 2",
            "don’t know": "(100 + 100 + 0) / 3",
        },
    ),
    Case(
        page="missing-answers",
        title="A don’t know counted as in 2015/16",
        prose="In the national assessment of 2015/16 a don’t know counted as no points.",
        rules=missing(dont_know="zero"),
        asked=TWO,
        answers={"one don’t know": {"first": "agree", "second": "dont_know"}},
        expected={"one don’t know": {"section": "50"}},
        sums={"one don’t know": "(100 + 0) / 2"},
    ),
    Case(
        page="missing-answers",
        title="The same don’t know counted as in 2017",
        prose="In 2017 a don’t know left the mean, so the same answers score higher.",
        rules=missing(dont_know="leave_out"),
        asked=TWO,
        answers={"one don’t know": {"first": "agree", "second": "dont_know"}},
        expected={"one don’t know": {"section": "100"}},
        sums={"one don’t know": "100 / 1"},
    ),
    Case(
        page="missing-answers",
        title="A question that is not shown never counts",
        prose="Routing decides what is shown, and what was answered before a question was hidden again is no answer.",
        rules=missing(not_answered="zero"),
        asked={
            "section": {"first": "agreement", "second": "agreement, shown_when: {question: first, answers: [agree]}"}
        },
        answers={
            "shown and answered": {"first": "agree", "second": "neither"},
            "shown and not answered": {"first": "agree"},
            "not shown": {"first": "neither"},
            "not shown, with an answer left behind": {"first": "neither", "second": "agree"},
        },
        expected={
            "shown and answered": {"section": "75"},
            "shown and not answered": {"section": "50"},
            "not shown": {"section": "50"},
            "not shown, with an answer left behind": {"section": "50"},
        },
        sums={
            "shown and answered": "(100 + 50) / 2",
            "shown and not answered": "(100 + 0) / 2",
            "not shown": "50 / 1",
            "not shown, with an answer left behind": "50 / 1",
        },
    ),
    Case(
        page="missing-answers",
        title="Where nothing counts there is no score",
        prose="No score is not zero: it has no band, and is never averaged as if it were a number.",
        rules=missing(),
        asked=TWO,
        answers={"nothing applies": {"first": "not_applicable", "second": "not_applicable"}},
        expected={"nothing applies": {"section": "none"}},
    ),
    Case(
        page="missing-answers",
        title="A measure without a score is left out above",
        prose="With `empty_measures: leave_out` the parent is the mean of those that have one.",
        rules="levels: {section: {combine: mean_of_questions}, "
        "overall: {combine: mean_of_measures, empty_measures: leave_out}}",
        asked={"one": {"first": "agreement"}, "another": {"second": "agreement"}},
        answers={"one section only": {"first": "neither"}},
        expected={"one section only": {"overall": "50", "one": "50", "another": "none"}},
        sums={"one section only": "50 / 1"},
    ),
    Case(
        page="missing-answers",
        title="Or it takes the parent’s score away",
        prose="With `empty_measures: no_score` the parent has a score only when every measure below has one.",
        rules="levels: {section: {combine: mean_of_questions}, "
        "overall: {combine: mean_of_measures, empty_measures: no_score}}",
        asked={"one": {"first": "agreement"}, "another": {"second": "agreement"}},
        answers={
            "one section only": {"first": "neither"},
            "both": {"first": "neither", "second": "agree"},
        },
        expected={
            "one section only": {"overall": "none", "one": "50"},
            "both": {"overall": "75"},
        },
        sums={"both": "(50 + 100) / 2"},
    ),
    Case(
        page="missing-answers",
        title="A score may need a share of its questions answered",
        prose="Exactly the share is enough; only an answer counts towards it, and what is not shown is not asked.",
        rules="levels: {section: {combine: mean_of_questions, minimum_answered: 0.5}}",
        asked={"section": {**THREE["section"], "fourth": "agreement"}},
        answers={
            "two of four": {"first": "agree", "second": "agree"},
            "one of four": {"first": "agree", "second": "dont_know", "third": "not_applicable"},
        },
        expected={"two of four": {"section": "100"}, "one of four": {"section": "none"}},
        sums={"two of four": "(100 + 100) / 2"},
    ),
    Case(
        page="missing-answers",
        title="On a ladder an element that does not apply leaves its step to the others",
        prose="A step with no element left is passed; where no element of the whole ladder applies there is no level.",
        rules=f"""\
kind: level-gate
points: {{met: {{not_met: 0, met: 1}}}}
{missing(not_answered="zero", dont_know="zero")}
levels: {{section: {{combine: ladder}}}}
ladder:
  base: {{value: 1, id: level_1, title: Level 1}}
  steps: [{{value: 2, id: level_2, title: Level 2}}, {{value: 3, id: level_3, title: Level 3}}]
  step_of: {{first: level_2, second: level_2, third: level_3}}""",
        asked={"domain": {"first": "met", "second": "met", "third": "met"}},
        answers={
            "the other decides": {"first": "met", "second": "not_applicable", "third": "not_met"},
            "a step with nothing left": {"first": "not_applicable", "second": "not_applicable", "third": "met"},
            "don’t know is not met": {"first": "met", "second": "dont_know", "third": "met"},
            "nothing applies": {"first": "not_applicable", "second": "not_applicable", "third": "not_applicable"},
        },
        expected={
            "the other decides": {"domain": "2"},
            "a step with nothing left": {"domain": "3"},
            "don’t know is not met": {"domain": "1"},
            "nothing applies": {"domain": "none"},
        },
    ),
)

EIGHT = {f"q{n}": "agreement" for n in range(1, 9)}
HALVES = {
    "12.5": {name: "neither" if name in {"q1", "q2"} else "disagree" for name in EIGHT},
    "37.5": {name: "neither" if name in {"q1", "q2", "q3", "q4", "q5", "q6"} else "disagree" for name in EIGHT},
    "18.75": {name: "neither" if name in {"q1", "q2", "q3"} else "disagree" for name in EIGHT},
}
SUMS = {"12.5": "2 * 50 / 8", "37.5": "6 * 50 / 8", "18.75": "3 * 50 / 8"}

ROUNDING = (
    Case(
        page="rounding",
        title="Half up",
        prose="A half goes up. Scores are fractions of whole numbers until then, so a half is a half exactly.",
        rules=rounded("half_up"),
        asked={"section": EIGHT},
        answers=HALVES,
        expected={"12.5": {"section": "13"}, "37.5": {"section": "38"}, "18.75": {"section": "19"}},
        sums=SUMS,
    ),
    Case(
        page="rounding",
        title="Half to even",
        prose="A half goes to the even neighbour.",
        rules=rounded("half_even"),
        asked={"section": EIGHT},
        answers=HALVES,
        expected={"12.5": {"section": "12"}, "37.5": {"section": "38"}, "18.75": {"section": "19"}},
        sums=SUMS,
    ),
    Case(
        page="rounding",
        title="Down",
        prose="What is over is cut off.",
        rules=rounded("down"),
        asked={"section": EIGHT},
        answers=HALVES,
        expected={"12.5": {"section": "12"}, "37.5": {"section": "37"}, "18.75": {"section": "18"}},
        sums=SUMS,
    ),
    Case(
        page="rounding",
        title="To decimals",
        prose="Digits are those after the point.",
        rules=rounded("half_up", 1),
        asked={"section": EIGHT},
        answers=HALVES,
        expected={"12.5": {"section": "12.5"}, "37.5": {"section": "37.5"}, "18.75": {"section": "18.8"}},
        sums=SUMS,
    ),
    Case(
        page="rounding",
        title="A parent is made of rounded scores where its measures are rounded",
        prose="Rounding belongs to a level, and the next level starts from what it gives.",
        rules="""\
points: {agreement: {disagree: 0, neither: 25, agree: 100}}
levels:
  section: {combine: mean_of_questions, rounding: {mode: half_up, digits: 0}}
  overall: {combine: mean_of_measures, rounding: {mode: half_up, digits: 0}}""",
        asked={
            "one": {"first": "agreement", "second": "agreement"},
            "another": {"third": "agreement", "fourth": "agreement"},
        },
        answers={
            "13 and 0": {"first": "neither", "second": "disagree", "third": "disagree", "fourth": "disagree"},
        },
        expected={"13 and 0": {"overall": "7", "one": "13", "another": "0"}},
        sums={"13 and 0": "(13 + 0) / 2"},
    ),
    Case(
        page="rounding",
        title="Without a rule nothing is rounded",
        prose="The score is kept as the exact fraction, and rounded only where it is printed.",
        rules="levels: {section: {combine: mean_of_questions}}",
        asked=THREE,
        answers={"two thirds": {"first": "agree", "second": "agree", "third": "disagree"}},
        expected={"two thirds": {"section": "200/3"}},
        sums={"two thirds": "(100 + 100 + 0) / 3"},
    ),
)

BANDS = (
    Case(
        page="bands",
        title="On the rounded score",
        prose="The score is first rounded half up to a whole number, so 69.5 is in the band from 70.",
        rules=f"points: {{agreement: {{disagree: 0, neither: 39, agree: 100}}}}\n"
        f"bands:\n  band_on: rounded\n  bands: {LOW_MEDIUM_HIGH}",
        asked=TWO,
        answers={
            "on the limit": {"first": "agree", "second": "neither"},
            "just below": {"first": "neither", "second": "neither"},
        },
        expected={"on the limit": {"section": "69.5 high"}, "just below": {"section": "39 low"}},
        sums={"on the limit": "(100 + 39) / 2", "just below": "(39 + 39) / 2"},
    ),
    Case(
        page="bands",
        title="On the score as it is",
        prose="The same scores without rounding: 69.5 has not reached 70.",
        rules=f"points: {{agreement: {{disagree: 0, neither: 39, agree: 100}}}}\n"
        f"bands:\n  band_on: raw\n  bands: {LOW_MEDIUM_HIGH}",
        asked=TWO,
        answers={"on the limit": {"first": "agree", "second": "neither"}},
        expected={"on the limit": {"section": "69.5 medium"}},
        sums={"on the limit": "(100 + 39) / 2"},
    ),
    Case(
        page="bands",
        title="A band begins at its limit and ends where the next begins",
        prose="Scores of 40 and 70 are in the bands that begin there. Where there is no score there is no band.",
        rules="points: {agreement: {disagree: 0, neither: 40, agree: 70}}\n"
        f"bands:\n  band_on: raw\n  bands: {LOW_MEDIUM_HIGH}",
        asked={"section": {"first": "agreement"}},
        answers={
            "0": {"first": "disagree"},
            "40": {"first": "neither"},
            "70": {"first": "agree"},
            "no score": {"first": "not_applicable"},
        },
        expected={
            "0": {"section": "0 low"},
            "40": {"section": "40 medium"},
            "70": {"section": "70 high"},
            "no score": {"section": "none"},
        },
        sums={"0": "0 / 1", "40": "40 / 1", "70": "70 / 1"},
    ),
)

COMMON_CASES = (*MISSING, *ROUNDING, *BANDS)
