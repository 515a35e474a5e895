# SPDX-License-Identifier: MIT
"""Every shipped framework passes the battery, and so does an author's own.

An author names the folder of a framework, or several with the separator of PATH between them:
    TRIGPOINT_FRAMEWORKS=my-framework/1 script/test tests/frameworks
`trigpoint framework check FOLDER` runs the same functions.
"""

from __future__ import annotations

import os

import pytest

from trigpoint.frameworks.model import KINDS
from trigpoint.io.content import content_folder, list_frameworks, read_framework
from trigpoint.io.framework_release import RELEASED_FILE, check_framework_at, read_released

OWN = [name for name in os.environ.get("TRIGPOINT_FRAMEWORKS", "").split(os.pathsep) if name]
SHIPPED = [str(ref) for ref in list_frameworks()]


@pytest.mark.parametrize("name", [*SHIPPED, *OWN])
def test_the_framework_passes_the_battery(name):
    checked = check_framework_at(name)

    assert [str(problem) for problem in checked.problems] == []
    assert checked.framework is not None


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_framework_lies_in_folders_of_its_own_name_and_version(name):
    assert str(read_framework(name).ref) == name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_framework_is_published(name):
    released = read_released(content_folder("frameworks") / RELEASED_FILE)

    assert name in released, f"enter it: trigpoint framework publish {name}"
    assert released[name].hash == read_framework(name).hash


def test_nothing_published_has_vanished():
    released = read_released(content_folder("frameworks") / RELEASED_FILE)

    assert [name for name in released if name not in SHIPPED] == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_scoring_has_a_small_worked_framework(kind):
    framework = read_framework(f"example-{kind}@1")

    assert framework.scoring.kind == kind
    assert len(framework.questions) <= 12
    assert 3 <= len(framework.examples) <= 6
    given = {answer for example in framework.examples for answer in example.answers.values()}
    assert "not_applicable" in given, "no example shows what not applicable does"
