# SPDX-License-Identifier: MIT
"""Units with a score, and in a group: who is left out is named, and nobody counts as 0."""

from __future__ import annotations

import pytest

from tests.core.analysis.made_up_rounds import made_up_table
from trigpoint.analysis.scored_units import group_units, list_scored_units
from trigpoint.errors import CannotAnalyse

TABLE = made_up_table("1", {"AAA": (10, 30), "BBB": (None, None), "CCC": (0, 0), "DDD": (50, 50)})


def test_units_without_a_score_are_left_out_and_a_score_of_0_is_not():
    units = list_scored_units(TABLE, "overall")

    assert units.keys == (("AAA", "General"), ("CCC", "General"), ("DDD", "General"))
    assert list(units.scores) == [20, 0, 50]
    assert units.values.tolist() == [20.0, 0.0, 50.0]
    assert units.left_out == {("BBB", "General"): "no score in 1"}


def test_nobody_with_a_score_is_refused():
    with pytest.raises(CannotAnalyse, match="No unit of 1 has a score on overall"):
        list_scored_units(made_up_table("1", {"AAA": (None, None)}), "overall")


def test_units_are_put_in_groups_by_the_code_of_their_organisation():
    grouped = group_units(list_scored_units(TABLE, "overall"), {"AAA": "north", "DDD": "south"}, grouping="region")

    assert grouped.groups == ("north", "south")
    assert grouped.values.tolist() == [20.0, 50.0]
    assert grouped.units.left_out == {("BBB", "General"): "no score in 1", ("CCC", "General"): "no region"}


def test_groups_of_other_organisations_are_refused():
    with pytest.raises(CannotAnalyse, match="No unit has a region"):
        group_units(list_scored_units(TABLE, "overall"), {"ZZZ": "north"}, grouping="region")
