# SPDX-License-Identifier: MIT
from __future__ import annotations

from trigpoint.submissions import Unit


def test_a_unit_is_one_organisation_in_one_care_setting() -> None:
    assert Unit("X01", "Acute", name="Old name").key == Unit("X01", "Acute", name="New name").key
    assert Unit("X01", "Acute").key != Unit("X01", "Community").key


def test_a_unit_that_names_no_part_is_the_whole_organisation_asked_everything() -> None:
    unit = Unit("X01")

    assert unit.key == ("X01", "General")
    assert unit.care_settings == ()


def test_units_sort_by_organisation_then_care_setting() -> None:
    units = [Unit("X02"), Unit("X01", "General"), Unit("X01", "Acute")]

    assert [unit.key for unit in sorted(units)] == [("X01", "Acute"), ("X01", "General"), ("X02", "General")]
