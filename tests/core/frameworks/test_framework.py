# SPDX-License-Identifier: MIT
from __future__ import annotations

from decimal import Decimal

import pytest

from tests.core.frameworks.texts import CONTENT, CROSSWALK, EXAMPLE, FILES, SCORING
from tests.support.framework_files import edited
from trigpoint.frameworks import Framework, FrameworkRef, parse_framework
from trigpoint.frameworks.framework import content_hash


def framework(*changes: tuple[str, str], name: str = "scoring.yaml") -> Framework:
    return parse_framework(edited(FILES, name, *changes))


def test_a_reference_is_written_as_name_and_version_and_sorts_by_both() -> None:
    refs = [FrameworkRef("b", "1"), FrameworkRef("a", "2"), FrameworkRef("a", "1")]

    assert [str(ref) for ref in sorted(refs)] == ["a@1", "a@2", "b@1"]


def test_the_parts_of_a_framework_are_found_by_id_in_the_order_of_the_file() -> None:
    found = framework()

    assert list(found.measures) == ["overall", "plans", "records"]
    assert [question.id for question in found.questions_of("records")] == ["wards_online", "wards_happy"]
    assert found.questions_of("overall") == ()
    assert found.scale_of("wards_online").id == "wards"
    assert found.scales["agreement"].codes == ("disagree", "agree")
    assert found.scales["wards"].codes == ()


def test_a_question_without_a_measure_is_asked_but_not_scored() -> None:
    more = "questions:\n  - {id: how_many, scale: wards, text: How many beds.}\n"

    found = framework(("questions:\n", more), name="framework.yaml")

    assert next(iter(found.questions)) == "how_many"
    assert "how_many" not in [question.id for question in found.scored_questions]
    assert len(found.scored_questions) == 4


@pytest.mark.parametrize(
    ("settings", "is_asked"), [((), True), (("acute",), True), (("community",), False), (("community", "acute"), True)]
)
def test_a_question_for_one_care_setting_is_asked_of_units_that_give_that_care(
    settings: tuple[str, ...], is_asked: bool
) -> None:
    found = framework()

    assert found.questions["wards_online"].is_asked_in(settings) == is_asked
    assert found.questions["has_plan"].is_asked_in(settings)


def test_comments_order_of_keys_and_layout_do_not_change_the_hash() -> None:
    turned = FILES["framework.yaml"].replace(
        "{id: has_plan, measure: plans, scale: agreement, text: There is a plan.}",
        "# a comment\n    text: There is a plan.\n    scale: agreement\n    measure: plans\n    id: has_plan",
    )

    other = parse_framework({"framework.yaml": "# more\n" + turned, "scoring.yaml": SCORING + "\n# end\n"})

    assert other.hash == framework().hash


@pytest.mark.parametrize(
    "change",
    [("agree: 100", "agree: 100.0"), ("[20, 100]", "[20.00, 100]"), ("plans: 1.5", "plans: 1.50")],
)
def test_a_number_written_otherwise_is_the_same_number(change: tuple[str, str]) -> None:
    assert framework(change).hash == framework().hash


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("scoring.yaml", ("agree: 100", "agree: 99")),
        ("scoring.yaml", ("plans: 1.5", "plans: 1.25")),
        ("scoring.yaml", ("dont_know: zero", "dont_know: leave_out")),
        ("scoring.yaml", ("mode: half_up", "mode: half_even")),
        ("framework.yaml", ("There is a plan.", "There is a good plan.")),
        ("framework.yaml", ("published: [I agree]", "published: [We agree]")),
        ("framework.yaml", ("at_least: 1", "at_least: 2")),
    ],
)
def test_anything_asked_or_counted_otherwise_changes_the_hash(name: str, change: tuple[str, str]) -> None:
    assert framework(change, name=name).hash != framework().hash


def test_the_order_of_questions_is_part_of_what_is_asked() -> None:
    first = "  - {id: has_plan, measure: plans, scale: agreement, text: There is a plan.}\n"
    third = "  - {id: wards_online, measure: records, scale: wards, text: Wards online., care_settings: [acute]}\n"
    assert first in CONTENT
    assert third in CONTENT

    turned = CONTENT.replace(third, "").replace(first, third + first)

    assert parse_framework({**FILES, "framework.yaml": turned}).hash != framework().hash


def test_crosswalk_and_examples_do_not_count_in_the_hash() -> None:
    more = parse_framework({**FILES, "crosswalk.yaml": CROSSWALK, "worked_examples/a.yaml": EXAMPLE})

    assert more.hash == framework().hash


def test_the_hash_is_sha_256_in_hex_of_the_canonical_text() -> None:
    # printf '%s' '{"a":{"number":"0.5"},"b":[true,null,"c"]}' | sha256sum
    expected = "6c2d85e04da04291e2572ec7db1b5d32e8bc992354456e93b367f1e8cac75cd5"

    assert content_hash({"b": (True, None, "c"), "a": Decimal("0.50")}) == expected


def test_a_truth_value_is_no_number_and_a_text_no_number() -> None:
    assert len({content_hash({"a": value}) for value in (True, 1, "1", "true", None)}) == 5


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="no canonical form for float"):
        content_hash({"a": 0.5})


def test_a_class_is_no_value() -> None:
    with pytest.raises(TypeError, match="no canonical form for type"):
        content_hash(FrameworkRef)
