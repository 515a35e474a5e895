# SPDX-License-Identifier: MIT
"""The manifest and the definitions: what a release was made from, and what its numbers mean."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.publication.rounds import AAA, BBB, SETTINGS, answers, called, release, sharing, unit
from trigpoint.frameworks.model import Rounding
from trigpoint.io.content import read_framework
from trigpoint.publication import definitions
from trigpoint.publication.folder import framework_files_to_publish, may_be_in_release
from trigpoint.publication.manifest import ReleaseFile, describe_file, parse_manifest
from trigpoint.publication.settings import LICENCES

FILES = (ReleaseFile("scores.csv", "b" * 64, 20), ReleaseFile("index.html", "a" * 64, 10))


def test_a_file_is_described_by_its_bytes() -> None:
    assert describe_file("a.csv", b"n\n5\n") == ReleaseFile("a.csv", hashlib.sha256(b"n\n5\n").hexdigest(), 4)


def test_the_same_inputs_have_the_same_name() -> None:
    assert release().manifest.release == release().manifest.release
    assert release().manifest.release.startswith("example-points-1-")


@pytest.mark.parametrize(
    "change",
    [
        {"settings": called("Another title")},
        {"settings": replace(SETTINGS, date="2031-05-01")},
        {"settings": replace(SETTINGS, licence=LICENCES["CC0-1.0"])},
        {"answers_hash": "0" * 64},
        {"framework_hash": "0" * 64},
        {"engine": "2"},
        {"software": "9"},
        {"basis": "assured"},
        {"definitions": {}},
    ],
)
def test_whatever_is_another_gives_the_release_another_name(change: dict[str, object]) -> None:
    manifest = release().manifest

    assert replace(manifest, **change).release != manifest.release  # type: ignore[arg-type] # a case for each field


def test_the_order_of_units_makes_no_other_release() -> None:
    turned = answers((unit("BBB"), BBB), (unit("AAA"), AAA))
    straight = answers((unit("AAA"), AAA), (unit("BBB"), BBB))

    assert release(turned).texts == release(straight).texts
    assert release(turned).manifest == release(straight).manifest


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    manifest = release(settings=replace(SETTINGS, date="2031-05-01")).manifest

    published = parse_manifest(manifest.text(FILES))

    assert published.manifest == manifest
    assert published.release == manifest.release
    assert published.files == tuple(sorted(FILES))


@given(st.text(min_size=1, max_size=40))
def test_any_title_survives_the_manifest(title: str) -> None:
    manifest = replace(release_manifest, settings=called(title))

    assert parse_manifest(manifest.text(())).manifest == manifest


release_manifest = release().manifest


def test_the_manifest_holds_every_hash_and_no_clock() -> None:
    parts = json.loads(release().manifest.text(FILES))

    assert parts["date"] is None
    assert parts["framework"] == {"name": "example-points@1", "hash": sharing().hash}
    assert parts["answers"]["hash"] == answers().hash
    assert [file["path"] for file in parts["files"]] == ["index.html", "scores.csv"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"format": "trigpoint-release/2"}', '{"format": "trigpoint-release/1"}', "{not json"],
)
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_manifest(text)


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("title", 5), ("title", None), ("date", 20310501), ("round", ["2031"]), ("basis", {}), ("engine", 1),
        ("software", 0.1), ("definitions", {"ties": 5}), ("definitions", ["ties"]), ("licence", "OGL"),
        ("licence", {"name": "OGL", "title": 3, "path": ""}), ("files", [{"path": "a"}]), ("files", [5]),
        ("files", [{"path": "a", "sha256": "b", "bytes": float("inf")}]),
        ("framework", "nhs-dma"), ("answers", None),
    ],
)  # fmt: skip
def test_a_part_of_the_wrong_kind_is_refused(part: str, wrong: object) -> None:
    parts = json.loads(release().manifest.text(FILES))

    with pytest.raises(ValueError, match=r"."):
        parse_manifest(json.dumps({**parts, part: wrong}))


def test_definitions_follow_the_framework() -> None:
    said = release().manifest.definitions

    assert said["rounding"] == "overall: not rounded; section: rounded half up to a whole number"
    assert said["missing"].startswith("not answered counts as nothing achieved; don’t know counts")
    assert "not applicable is left out" in said["missing"]
    assert said["bands"].startswith("Low from 0, Medium from 40, High from 70")
    assert said["cohort"] == "the summary counts all 4 returns of the round"
    assert said["basis"] == "self-assessed"
    assert "no ranks" in said["ties"]


def test_a_framework_without_bands_says_so() -> None:
    table = release().table
    framework = read_framework("example-level-gate@1")
    cohort = release().summary.cohort

    assert definitions.describe_release(framework, cohort, table.basis)["bands"] == "the framework has no bands"


def test_another_basis_is_given_in_its_own_words() -> None:
    assert definitions.describe_basis("reviewed") == "reviewed"


def test_bands_on_raw_scores_say_so() -> None:
    bands = read_framework("example-indicator@1").scoring.bands
    assert bands is not None

    assert definitions.describe_bands(bands).endswith("Established from 7.5; on the unrounded score")


@pytest.mark.parametrize(
    ("rounding", "words"),
    [
        (Rounding("half_even", 1), "rounded half to even to 1 decimal"),
        (Rounding("down", 2), "rounded down to 2 decimals"),
        (Rounding("half_up", 0), "rounded half up to a whole number"),
    ],
)
def test_rounding_is_said_in_words(rounding: Rounding, words: str) -> None:
    framework = sharing()
    levels = {name: replace(rule, rounding=rounding) for name, rule in framework.scoring.levels.items()}
    changed = replace(framework, scoring=replace(framework.scoring, levels=levels))

    assert definitions.describe_rounding(changed) == f"overall: {words}; section: {words}"


@pytest.mark.parametrize(
    "path",
    [
        "index.html", "manifest.json", "datapackage.json", "scores.csv", "scores.parquet", "scores.xlsx", "answers.csv",
        "dictionary.csv", "framework/framework.yaml", "framework/scoring.yaml", "framework/crosswalk.yaml",
        "framework/worked_examples/acute_hospital.yaml",
    ],
)  # fmt: skip
def test_what_the_format_knows_may_stand_in_a_release(path: str) -> None:
    assert may_be_in_release(path)


@pytest.mark.parametrize(
    "path",
    [
        "notes.txt", "scores2.csv", "../scores.csv", "/scores.csv", "framework/notes.yaml", "framework/scoring.yaml~",
        "framework/worked_examples/../../x.yaml", "framework/worked_examples/.hidden.yaml", "framework", ".DS_Store",
        "other/framework.yaml",
    ],
)  # fmt: skip
def test_nothing_else_may(path: str) -> None:
    assert not may_be_in_release(path)


def test_an_authors_private_file_is_not_published() -> None:
    names = ["scoring.yaml", "my notes.yaml", "framework.yaml", "drafts/framework.yaml", "worked_examples/a.yaml"]

    assert framework_files_to_publish(names) == ("framework.yaml", "scoring.yaml", "worked_examples/a.yaml")
