# SPDX-License-Identifier: MIT
"""Every problem of ladders and bands in scoring.yaml, once each, at its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.core.frameworks.texts import FILES, LADDER, LADDER_FILES, SCORING, place_of, problems_after, problems_of
from tests.support.framework_files import edited
from tests.support.frameworks import draft
from trigpoint.errors import FrameworkProblems
from trigpoint.frameworks.check_ladder import MOST_BANDS

NAME = "scoring.yaml"
BANDS = """\
bands:
  band_on: raw
  bands:
    - {id: low, title: Low, from: 1}
    - {id: high, title: High, from: 3}
"""
STEPS = LADDER[LADDER.index("  steps:\n") : LADDER.index("  step_of:")]


def test_a_sound_ladder_with_bands_has_no_problem() -> None:
    assert problems_of({**LADDER_FILES, NAME: LADDER + BANDS}) == []


# old text, new text, what then stands at the place, message
CASES = [
    ("{value: 1, id: level_1", "{value: -1, id: level_1", "value: -1", "a level is 0 or more; found -1."),
    ("{value: 2, id: level_2", "{value: -2, id: level_2", "value: -2", "a level is 0 or more; found -2."),
    (
        "{value: 2, id: level_2",
        "{value: 1, id: level_2",
        "value: 1, id: level_2",
        "steps must rise: 'level_2' (1) comes after 'level_1' (1).",
    ),
    (
        "{value: 3, id: level_3",
        "{value: 2, id: level_3",
        "value: 2, id: level_3",
        "steps must rise: 'level_3' (2) comes after 'level_2' (2).",
    ),
    (
        "{value: 2, id: level_2",
        "{value: 2, id: level_1",
        "id: level_1, title: Level 2",
        "the step id 'level_1' is taken.",
    ),
    (
        "share_needed: 0.5",
        "share_needed: 0",
        "share_needed",
        "the share needed is above 0 and at most 1; found 0.",
    ),
    (
        "share_needed: 0.5",
        "share_needed: 1.5",
        "share_needed",
        "the share needed is above 0 and at most 1; found 1.5.",
    ),
    (
        "has_plan: level_2",
        "has_paln: level_2",
        "has_paln",
        "there is no question on this ladder 'has_paln'. Did you mean 'has_plan'?",
    ),
    (
        "has_plan: level_2",
        "has_plan: level_1",
        "has_plan",
        "there is no step 'level_1'. Did you mean 'level_3'?",
    ),
    (
        "wards_online: level_2, ",
        "",
        "step_of",
        "the question 'wards_online' stands on no step.",
    ),
    (
        "has_plan: level_2",
        "has_plan: level_3",
        "{value: 2",
        "level 'level_2' is not reachable for 'plans': no question of it counts on that step.",
    ),
    (
        "step_of: {",
        "step_of: {spare: level_3, ",
        "spare",
        "there is no question on this ladder 'spare'. There are: has_plan, plan_read, wards_online, wards_happy.",
    ),
    (
        "[[0, 0], [10, 1]]",
        "[[0, 0], [10, 0]]",
        "{value: 2",
        "level 'level_2' is not reachable: no answer to wards_online meets it.",
    ),
    (
        "missing:",
        "weights: {questions: {wards_online: 0}}\nmissing:",
        "{value: 2",
        "level 'level_2' is not reachable for 'records': no question of it counts on that step.",
    ),
    (
        "id: high, title: High, from: 3",
        "id: high, title: High, from: 4",
        "from: 4",
        "the band 'high' is not reachable: no score is above 3.",
    ),
    ("title: Low, from: 1", "title: Low, from: 2", "from: 2", "the first band begins at 2, above the lowest score 1."),
    ("title: High, from: 3", "title: High, from: 1", "from: 1}\n", "bands must rise: 'high' from 1 comes after 'low'."),
    ("{id: high", "{id: low", "id: low, title: High", "the band id 'low' is taken."),
]


@pytest.mark.parametrize(("old", "new", "there", "message"), CASES)
def test_each_problem_is_told_at_its_place(old: str, new: str, there: str, message: str) -> None:
    files = {**LADDER_FILES, NAME: LADDER + BANDS}
    text = edited(files, NAME, (old, new))[NAME]
    at = text.rindex(there) if there == "from: 1}\n" else text.index(there)
    place = f"{text[:at].count(chr(10)) + 1}:{at - text[:at].rfind(chr(10))}"

    assert f"{NAME}:{place}: {message}" in problems_after(files, NAME, (old, new))


def test_a_level_that_climbs_needs_a_ladder() -> None:
    without = LADDER[: LADDER.index("ladder:\n  base")]

    assert problems_of({**LADDER_FILES, NAME: without}) == [
        f"{NAME}:{place_of(without, 'section')}: this level climbs a ladder, but there is no `ladder`."
    ]


def test_a_ladder_that_nothing_climbs_is_told() -> None:
    idle = SCORING + LADDER[LADDER.index("ladder:\n  base") : LADDER.index("  step_of:")] + "  step_of: {}\n"

    said = problems_of({**FILES, NAME: idle})

    assert (
        f"{NAME}:{place_of(idle, 'ladder:')}: no level has `combine: ladder`. Take the ladder out, or use it." in said
    )


def test_a_ladder_needs_a_step() -> None:
    said = problems_after(LADDER_FILES, NAME, (STEPS, "  steps: []\n"))

    assert f"{NAME}:12:3: a ladder needs at least one step above its base." in said


def test_bands_that_name_none_are_told() -> None:
    rows = SCORING[SCORING.index("  bands:\n") : SCORING.index("sources")]

    assert problems_after(FILES, NAME, (rows, "  bands: []\n")) == [
        f"{NAME}:{place_of(SCORING, '  bands:').split(':')[0]}:3: name at least one band, or take `bands` out."
    ]


def test_there_are_no_more_bands_than_a_reader_tells_apart() -> None:
    many = [{"id": f"b{at}", "title": "B", "from": Decimal(at) / 2} for at in range(MOST_BANDS + 1)]

    with pytest.raises(FrameworkProblems, match="there are 101 bands; 100 is the most"):
        _ = draft(bands={"band_on": "raw", "bands": many}).framework


def test_a_step_of_which_enough_can_be_met_is_reachable() -> None:
    # q2 has no answer that meets it, but half of q1 and q2 is enough
    share: dict[str, Any] = {"value": 1, "id": "l1", "title": "1", "share_needed": Decimal("0.5")}
    ladder = {
        "base": {"value": 0, "id": "l0", "title": "0"},
        "steps": [share],
        "step_of": {"q1": "l1", "q2": "l1"},
    }
    of = draft(["q1", "q2"], kind="stage-gate", ladder=ladder, question_points={"q2": {"no": 0, "yes": 0}})

    assert of.framework.ref.framework == "made-up"
    ladder["steps"] = [{**share, "share_needed": Decimal("0.6")}]
    with pytest.raises(FrameworkProblems, match="level 'l1' is not reachable: no answer to q2 meets it"):
        _ = of.with_scoring(ladder=ladder).framework


def bands_from(start: int) -> dict[str, Any]:
    return {"band_on": "raw", "bands": [{"id": "low", "title": "Low", "from": start}]}


def test_bands_may_begin_where_the_lowest_score_is() -> None:
    # Every answer is worth 1 or more and nothing missing counts as zero, so no score is below 1
    of = draft(points={"answer": {"no": 1, "partly": 2, "yes": 3}})

    assert of.with_scoring(bands=bands_from(1)).framework.scoring.bands is not None
    with pytest.raises(FrameworkProblems, match="the first band begins at 2, above the lowest score 1"):
        _ = of.with_scoring(bands=bands_from(2)).framework


def test_where_something_missing_counts_as_zero_bands_begin_at_zero() -> None:
    of = draft(points={"answer": {"no": 1, "partly": 2, "yes": 3}})
    missing = {**of.scoring["missing"], "dont_know": "zero"}

    with pytest.raises(FrameworkProblems, match="the first band begins at 1, above the lowest score 0"):
        _ = of.with_scoring(bands=bands_from(1), missing=missing).framework


@pytest.mark.parametrize("kind", ["sum-of-marks", "pass-mark"])
def test_shares_are_banded_from_0_to_100(kind: Any) -> None:
    assert draft(kind=kind, bands=bands_from(0)).framework.scoring.bands is not None
    with pytest.raises(FrameworkProblems, match="no score is above 100"):
        _ = draft(kind=kind, bands=bands_from(101)).framework
