# SPDX-License-Identifier: MIT
"""A framework of one's own: copied from the worked one of its kind, under another name."""

from __future__ import annotations

import pytest

from trigpoint.errors import FileTrouble, FrameworkProblems
from trigpoint.frameworks.model import KINDS
from trigpoint.io.framework_release import check_framework_at
from trigpoint.io.framework_templates import write_template


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_framework_passes_the_battery_under_its_own_name(kind, tmp_path):
    folder = write_template(kind, out=tmp_path, name="my-own")

    checked = check_framework_at(str(folder))
    assert folder == tmp_path / "my-own" / "1"
    assert checked.problems == ()
    assert checked.framework is not None
    assert (str(checked.framework.ref), checked.framework.scoring.kind) == ("my-own@1", kind)
    assert len(checked.framework.examples) >= 3


def test_the_comments_that_teach_are_copied_too(tmp_path):
    folder = write_template("level-gate", out=tmp_path, name="my-own")

    assert "# Rising. Each domain needs" in (folder / "scoring.yaml").read_text(encoding="utf-8")


def test_nothing_that_is_there_is_written_over(tmp_path):
    folder = write_template("status", out=tmp_path, name="my-own")
    (folder / "scoring.yaml").write_text("mine", encoding="utf-8")

    with pytest.raises(FileTrouble, match=r"my-own/1 exists already\. Choose another --name or --out"):
        write_template("points", out=tmp_path, name="my-own")

    assert (folder / "scoring.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["", "My-own", "my own", "../other", "1st", "a" * 61])
def test_a_name_that_no_framework_can_have_is_refused(name, tmp_path):
    with pytest.raises(FrameworkProblems, match="can't be a framework's name"):
        write_template("status", out=tmp_path, name=name)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(FileTrouble, match="file/my-own/1: Not a directory"):
        write_template("status", out=tmp_path / "file", name="my-own")
