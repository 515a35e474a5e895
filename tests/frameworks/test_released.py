# SPDX-License-Identifier: MIT
"""What has been published can't be changed, and question ids keep their meaning from version to version."""

from __future__ import annotations

import pytest

from tests.support.framework_files import edited, messages_of, parsed, template_files, without
from trigpoint.errors import FrameworkProblems
from trigpoint.frameworks.released import (
    NOTHING_RELEASED,
    Released,
    ReleasedVersion,
    add_release,
    format_released,
    parse_released,
)

FILES = template_files("status")
FRAMEWORK = parsed(FILES)
PUBLISHED = add_release(FRAMEWORK, NOTHING_RELEASED)
NEXT = edited(FILES, "framework.yaml", ('version: "1"', 'version: "2"'))
IDS = sorted(FRAMEWORK.questions)


def crosswalk(*pairs: str, withdrawn: str = "", new: str = "") -> str:
    rest = f"withdrawn: [{withdrawn}]\nnew: [{new}]\n"
    return f'framework: example-status\nfrom: "1"\nto: "2"\npairs: [{", ".join(pairs)}]\n{rest}'


def same(question: str) -> str:
    return f"{{from: {question}, to: {question}, class: same}}"


def test_a_published_version_that_is_as_it_was_passes():
    assert messages_of(FILES, released=PUBLISHED) == []


def test_comments_and_order_of_keys_are_no_change():
    told = "kind: status\n"
    moved = edited(FILES, "scoring.yaml", (told, "# Another remark\n" + told))

    assert messages_of(moved, released=PUBLISHED) == []


def test_a_published_version_that_has_changed_must_become_a_new_version():
    files = edited(FILES, "framework.yaml", ("A backup was restored", "A copy was restored"))
    before, now = FRAMEWORK.hash[:12], parsed(files).hash[:12]

    assert messages_of(files, released=PUBLISHED) == [
        (
            f"framework.yaml:6:1: example-status@1 was published with the hash {before} and now has {now}. "
            f"Take the change back, or make a new version."
        )
    ]


def test_question_ids_that_have_gone_or_are_new_in_a_published_version_are_named():
    files = {name: text.replace("backups_restored", "backups_tested") for name, text in FILES.items()}

    (found,) = messages_of(files, released=PUBLISHED)

    assert "; questions gone: backups_restored; questions new: backups_tested. Take the change back" in found


def test_a_published_version_may_have_more_worked_examples():
    more = {**FILES, "worked_examples/more.yaml": FILES["worked_examples/met.yaml"]}

    assert messages_of(more, released=PUBLISHED) == []


def test_the_first_version_of_a_framework_needs_no_crosswalk():
    others = {"another@1": ReleasedVersion("0" * 64, ("a",)), **PUBLISHED}

    assert messages_of(FILES, released=others) == []
    assert messages_of(FILES, released={**PUBLISHED, "example-status@2": ReleasedVersion("0" * 64, ("a",))}) == []


def test_a_version_after_a_published_one_needs_a_crosswalk():
    assert messages_of(NEXT, released=PUBLISHED) == [
        (
            "framework.yaml:6:1: there is no crosswalk.yaml from example-status@1, "
            "which was published before this version. Write one."
        )
    ]


def test_a_total_crosswalk_passes():
    files = {**NEXT, "crosswalk.yaml": crosswalk(*map(same, IDS))}

    assert messages_of(files, released=PUBLISHED) == []
    assert messages_of(files, previous=FRAMEWORK) == []


def test_every_published_question_is_in_the_crosswalk_and_no_other():
    pairs = [same(one) for one in IDS if one != "access_reviewed"]
    files = {**NEXT, "crosswalk.yaml": crosswalk(*pairs, withdrawn="passwords_long", new="access_reviewed")}

    assert messages_of(files, released=PUBLISHED) == [
        "crosswalk.yaml:1:1: 'access_reviewed' is in example-status@1 as published. Pair it, or list it as withdrawn.",
        "crosswalk.yaml:1:1: 'passwords_long' is not in example-status@1 as published. Take it out.",
    ]


def test_the_previous_version_beside_it_makes_the_crosswalk_total_without_any_release():
    pairs = [same(one) for one in IDS if one != "access_reviewed"]
    files = {**NEXT, "crosswalk.yaml": crosswalk(*pairs, new="access_reviewed")}

    assert messages_of(files, previous=FRAMEWORK) == [
        "crosswalk.yaml:1:1: 'access_reviewed' of version 1 is not in the crosswalk. Pair it, or list it as withdrawn."
    ]


def test_an_id_is_not_given_to_another_question():
    pairs = [same(one) for one in IDS if one != "access_reviewed"]
    files = {**NEXT, "crosswalk.yaml": crosswalk(*pairs, withdrawn="access_reviewed", new="access_reviewed")}

    assert messages_of(files, previous=FRAMEWORK) == [
        (
            "crosswalk.yaml:1:1: both versions have 'access_reviewed', but not as one question. "
            "Give the newer question another id."
        )
    ]


def test_two_ids_are_not_swapped():
    swapped = {"access_reviewed": "backups_restored", "backups_restored": "access_reviewed"}
    pairs = [f"{{from: {one}, to: {swapped.get(one, one)}, class: reworded}}" for one in IDS]
    files = {**NEXT, "crosswalk.yaml": crosswalk(*pairs)}

    assert [message.split("'")[1] for message in messages_of(files, released=PUBLISHED)] == sorted(swapped)


def test_one_part_of_a_split_question_may_keep_its_id():
    files = {name: text.replace("access_reviewed", "accounts_closed") for name, text in NEXT.items()}
    others = [same(one) for one in IDS if one not in {"access_reviewed", "attack_rehearsed"}]
    split = "{from: attack_rehearsed, to: [attack_rehearsed, accounts_closed], class: split}"

    found = messages_of({**files, "crosswalk.yaml": crosswalk(split, *others, withdrawn="access_reviewed")})

    assert [message for message in found if "both versions" in message] == []


def test_the_list_of_published_versions_is_read_as_it_was_written():
    longer: Released = {**PUBLISHED, "nhs-dma@2017": ReleasedVersion("ab" * 32, tuple(f"q_{n}" for n in range(200)))}

    text = format_released(longer)

    assert parse_released(text, file="RELEASED.yaml") == longer
    assert list(parse_released(text, file="RELEASED.yaml")) == ["example-status@1", "nhs-dma@2017"]
    assert text.startswith("# SPDX-License-Identifier: MIT\n")
    assert max(map(len, text.splitlines())) <= 120


def test_a_version_is_published_at_the_end_and_once():
    others: Released = {"another@1": ReleasedVersion("0" * 64, ("a",))}

    once = add_release(FRAMEWORK, others)

    assert list(once) == ["another@1", "example-status@1"]
    assert once["example-status@1"] == ReleasedVersion(FRAMEWORK.hash, tuple(IDS))
    assert add_release(FRAMEWORK, once) == once
    assert list(add_release(FRAMEWORK, {**PUBLISHED, **others})) == ["example-status@1", "another@1"]


def test_a_published_version_is_not_published_again_with_other_content():
    changed = parsed(edited(FILES, "scoring.yaml", ("  dont_know: zero", "  dont_know: leave_out")))

    with pytest.raises(FrameworkProblems, match="was published with the hash"):
        add_release(changed, PUBLISHED)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("example-status@1:\n  hash: short\n  questions: []\n", "RELEASED.yaml:2:3"),
        ("example-status@1: {hash: 5}\n", "RELEASED.yaml:1:1"),
        ("- a\n", "RELEASED.yaml:1:1"),
    ],
)
def test_an_edited_list_of_published_versions_is_refused(text, place):
    with pytest.raises(FrameworkProblems) as caught:
        parse_released(text, file="RELEASED.yaml")

    told = "this is not what `trigpoint framework publish` wrote. Take back the edit."
    assert f"{place}: {told}" in str(caught.value).splitlines()


def test_a_list_of_published_versions_that_is_no_yaml_is_refused():
    with pytest.raises(FrameworkProblems, match=r"RELEASED\.yaml:2:1: the key 'a@1' stands twice"):
        parse_released("a@1: 1\na@1: 2\n", file="RELEASED.yaml")


def test_a_crosswalk_does_not_excuse_a_changed_version():
    files = edited(NEXT, "scoring.yaml", ("  dont_know: zero", "  dont_know: leave_out"))
    files["crosswalk.yaml"] = crosswalk(*map(same, IDS))
    second = add_release(parsed(without(NEXT, "crosswalk.yaml")), PUBLISHED)

    found = messages_of(files, released=second)

    assert any("example-status@2 was published with the hash" in message for message in found)
