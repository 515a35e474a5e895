# SPDX-License-Identifier: MIT
"""What people install: the wheel holds the package, its content and its licence, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.repository.house import REPOSITORY, list_files

CONTENT = ("frameworks", "claims", "methods", "synthetic")
PACKAGES = {"trigpoint", "trigpoint_web"}
# Of each kind of file that is no Python, one that must be there: without it the service or a report fails.
PACKAGE_FILES = (
    "trigpoint/io/questionnaire.typ",
    "trigpoint/io/fonts/LiberationSans-Regular.ttf",
    "trigpoint_web/design_system/jinja2/design_system/layout.jinja",
    "trigpoint_web/design_system/static/design_system/nhsuk/nhsuk-frontend.min.css",
    "trigpoint_web/design_system/static/design_system/trigpoint.js",
    "trigpoint_web/rounds/migrations/0001_initial.py",
    "trigpoint_web/rounds/management/commands/take_due_steps.py",
)
LICENCES = ("LICENSE", "OFL.txt", "LICENCE.txt")  # ours, of the fonts, of nhsuk-frontend


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


@pytest.mark.parametrize("name", PACKAGE_FILES)
def test_the_wheel_holds_what_the_packages_read(wheel: Path, name: str) -> None:
    with ZipFile(wheel) as archive:
        assert archive.read(name) == (REPOSITORY / "src" / name).read_bytes()


def test_the_wheel_holds_nothing_but_the_packages_and_their_licences(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()

    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES
    licences = [name.split("/")[-1] for name in names if ".dist-info/licenses/" in name]
    assert sorted(licences) == sorted(LICENCES)
    assert [name for name in names if "__pycache__" in name] == []


def test_the_wheel_says_under_which_licences_its_parts_are(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(metadata).decode().splitlines()

    assert "License-Expression: MIT AND OFL-1.1" in lines


def test_the_same_tree_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True)

    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()
