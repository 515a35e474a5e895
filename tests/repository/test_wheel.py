# SPDX-License-Identifier: MIT
"""What people install: the wheel holds the package, its content and its licence, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.repository.house import REPOSITORY, list_files

CONTENT = ("frameworks", "claims", "synthetic")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, without isolation and so without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.mark.parametrize("folder", CONTENT)
def test_the_wheel_holds_the_content_byte_for_byte(wheel: Path, folder: str) -> None:
    content = [path for path in list_files() if path.parts[0] == folder]

    assert content, f"{folder}/ is empty"
    with ZipFile(wheel) as archive:
        for path in content:
            assert archive.read(f"trigpoint/_content/{path.as_posix()}") == (REPOSITORY / path).read_bytes()


def test_the_wheel_holds_every_module_and_says_it_is_typed(wheel: Path) -> None:
    modules = {path.relative_to("src").as_posix() for path in list_files() if path.parts[0] == "src"}

    with ZipFile(wheel) as archive:
        assert modules - set(archive.namelist()) == set()
    assert "trigpoint/py.typed" in modules


def test_the_wheel_holds_nothing_but_the_package_and_its_licence(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()

    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"trigpoint"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert [name for name in names if "__pycache__" in name] == []


def test_the_same_tree_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True)

    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()
