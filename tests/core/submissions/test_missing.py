# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from trigpoint.frameworks.check_content import MISSING_NAMES, MOST_ANSWERS
from trigpoint.frameworks.model import MissingRules
from trigpoint.submissions import Missing
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE, MISSING_OF, MISSING_WHERE_SHOWN


def test_there_are_four_ways_of_being_missing() -> None:
    assert [state.value for state in Missing] == ["not_answered", "dont_know", "not_applicable", "not_shown"]


def test_each_way_has_a_code_of_its_own_in_one_byte() -> None:
    assert sorted(CODE_OF.values()) == [252, 253, 254, 255]
    assert {MISSING_OF[code] for code in CODE_OF.values()} == set(Missing)
    assert all(MISSING_OF[CODE_OF[state]] is state for state in Missing)


def test_no_answer_of_any_scale_can_reach_the_codes_of_missing_answers() -> None:
    highest_answer = MOST_ANSWERS - 1

    assert highest_answer < LOWEST_MISSING_CODE


def test_no_code_can_be_added_by_accident() -> None:
    with pytest.raises(TypeError, match="does not support item assignment"):
        CODE_OF[Missing.DONT_KNOW] = 1  # type: ignore[index]


def test_frameworks_call_the_four_ways_by_the_same_names() -> None:
    names = {state.value for state in Missing}

    assert set(MISSING_NAMES) == names
    assert {state.value for state in MISSING_WHERE_SHOWN} == names - {"not_shown"}
    assert set(MissingRules.__dataclass_fields__) == names
