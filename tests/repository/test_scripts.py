# SPDX-License-Identifier: MIT
"""The commands on a bare machine: what they say when something is missing, and that they do no work twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.house import REPOSITORY, list_texts

BASH = shutil.which("bash") or "bash"
# All that script/environment may use besides bash: they are on every Debian and macOS.
BARE_TOOLS = ("basename", "cat", "cksum", "dirname", "rm")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Lay out what the scripts need of a clone, without its .venv."""
    root = tmp_path / "a clone"
    for folder in ("script", "requirements", "src/trigpoint"):
        (root / folder).mkdir(parents=True)
    for path in [*(REPOSITORY / "script").iterdir(), *(REPOSITORY / "requirements").iterdir()]:
        if path.is_file() and path.suffix != ".py":
            shutil.copy(path, root / path.parent.name / path.name)
    for name in ("pyproject.toml", "src/trigpoint/__init__.py"):
        shutil.copy(REPOSITORY / name, root / name)
    return root


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """Make a folder of commands that has no Python."""
    folder = tmp_path / "commands"
    folder.mkdir()
    for tool in BARE_TOOLS:
        (folder / tool).symlink_to(shutil.which(tool) or tool)
    return folder


def add_command(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!{BASH}\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def run(*command: str | Path, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    words = [BASH, *map(str, command)]
    return subprocess.run(words, env={"PATH": str(path), **environment}, capture_output=True, text=True, check=False)


def make_ready(clone: Path, path: Path, *, level: str) -> None:
    """Make a .venv that says it was installed from this very clone; its commands say what they are asked."""
    commands = clone / ".venv/bin"
    commands.mkdir(parents=True)
    add_command(commands, "python", 'echo "python $*"')
    add_command(commands, "trigpoint-web", 'echo "trigpoint-web $*"')
    ready = f'source script/environment; echo "{level} from $(fingerprint)" >"$stamp"'
    made = subprocess.run([BASH, "-c", ready], cwd=clone, env={"PATH": str(path)}, check=False)
    assert made.returncode == 0


@pytest.mark.parametrize("script", sorted(str(source.path) for source in list_texts() if source.is_script))
def test_scripts_are_sound_bash(script: str) -> None:
    checked = subprocess.run([BASH, "-n", REPOSITORY / script], capture_output=True, text=True, check=False)

    assert checked.stderr == ""


@pytest.mark.parametrize("script", ["demo", "test", "check"])
def test_without_python_a_script_says_what_to_install(clone: Path, bare_path: Path, script: str) -> None:
    ran = run(clone / "script" / script, path=bare_path)

    assert ran.returncode == 1
    assert "needs Python 3.11 or newer" in ran.stderr
    assert "apt install python3 python3-venv" in ran.stderr
    assert not (clone / ".venv").exists()


def test_an_old_python_and_a_broken_one_are_passed_over(clone: Path, bare_path: Path) -> None:
    add_command(bare_path, "python3.13", "exit 127")
    add_command(bare_path, "python3", "exit 1")

    ran = run(clone / "script/demo", path=bare_path)

    assert "none was found" in ran.stderr


def test_a_python_without_venv_is_said_with_the_package_to_install(clone: Path, bare_path: Path) -> None:
    add_command(bare_path, "python3", 'case "$*" in *ensurepip*) exit 1 ;; esac')

    ran = run(clone / "script/demo", path=bare_path)

    assert ran.returncode == 1
    assert "python3 has no venv module" in ran.stderr
    assert "apt install python3-venv" in ran.stderr


def test_when_nothing_changed_the_demo_starts_at_once_and_gets_its_arguments(clone: Path, bare_path: Path) -> None:
    make_ready(clone, bare_path, level="runtime")

    ran = run(clone / "script/demo", "--check", "--out", "two words", path=bare_path)

    assert (ran.stdout, ran.stderr) == ("trigpoint-web demo --check --out two words\n", "")


def test_an_environment_for_development_serves_the_demo_as_well(clone: Path, bare_path: Path) -> None:
    make_ready(clone, bare_path, level="development")

    assert run(clone / "script/demo", path=bare_path).stdout == "trigpoint-web demo\n"


@pytest.mark.parametrize("change", ["requirements/runtime.txt", "pyproject.toml", "src/trigpoint/__init__.py"])
def test_a_changed_need_is_installed(clone: Path, bare_path: Path, change: str) -> None:
    make_ready(clone, bare_path, level="runtime")
    with (clone / change).open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    ran = run(clone / "script/demo", path=bare_path)

    assert ran.stderr == "Installing the locked packages (runtime) into .venv\n"
    assert ran.stdout.splitlines()[-1] == "trigpoint-web demo"
    assert run(clone / "script/demo", path=bare_path).stderr == ""


def test_an_environment_that_was_moved_is_made_anew(clone: Path, bare_path: Path) -> None:
    make_ready(clone, bare_path, level="runtime")
    moved = clone.rename(clone.with_name("elsewhere"))

    assert "needs Python 3.11" in run(moved / "script/demo", path=bare_path).stderr


def test_the_gate_of_coverage_is_for_the_whole_suite_only(clone: Path, bare_path: Path) -> None:
    make_ready(clone, bare_path, level="development")

    whole, part = run(clone / "script/test", path=bare_path), run(clone / "script/test", "tests/core", path=bare_path)

    all_tests, on_postgresql = (line for line in whole.stdout.splitlines() if line.startswith("python"))
    assert all_tests == "python -m pytest --numprocesses=auto --dist=loadscope --cov --cov-report=term"
    assert on_postgresql.startswith("python -m tests.support.postgres ")
    assert on_postgresql.endswith(
        "python -m pytest --numprocesses=auto --dist=loadscope -m not looks tests/web tests/journeys"
    )
    assert part.stdout == "python -m pytest tests/core\n"


def test_check_names_every_step_that_failed(clone: Path, bare_path: Path) -> None:
    make_ready(clone, bare_path, level="development")
    for command in ("ruff", "mypy"):
        add_command(clone / ".venv/bin", command, "exit 1")
    add_command(clone / ".venv/bin", "lint-imports", "exit 0")

    ran = run(clone / "script/check", path=bare_path)

    assert ran.returncode == 1
    assert ran.stderr.endswith("script/check failed: lint, format, types, generated pages\n")


def test_bench_lists_its_measurements_and_refuses_another(clone: Path, bare_path: Path) -> None:
    (clone / "benchmarks").mkdir()
    for name in ("__init__.py", "scoring.py"):
        (clone / "benchmarks" / name).touch()

    listed, refused = run(clone / "script/bench", path=bare_path), run(clone / "script/bench", "speed", path=bare_path)

    assert (listed.returncode, listed.stdout) == (0, "scoring\n")
    assert (refused.returncode, refused.stderr) == (
        1,
        "script/bench: no measurement is called speed. There are: scoring\n",
    )


@pytest.fixture
def documented(clone: Path, bare_path: Path) -> Path:
    """Add a generator of one page, and the tools script/docs needs."""
    make_ready(clone, bare_path, level="development")
    writer = "import pathlib, sys\npage = pathlib.Path(sys.argv[2], 'reference', 'codes.md')\n"
    writer += "page.parent.mkdir(parents=True, exist_ok=True)\npage.write_text('3 framework\\n')\n"
    (clone / "script/write_docs.py").write_text(writer, encoding="utf-8")
    add_command(clone / ".venv/bin", "python", f'exec "{sys.executable}" "$@"')
    for tool in ("diff", "mktemp"):
        (bare_path / tool).symlink_to(shutil.which(tool) or tool)
    return clone


def test_docs_writes_pages_that_its_check_then_accepts(documented: Path, bare_path: Path) -> None:
    written = run(documented / "script/docs", path=bare_path)

    assert written.returncode == 0, written.stderr
    assert (documented / "docs/reference/codes.md").read_text(encoding="utf-8") == "3 framework\n"
    assert run(documented / "script/docs", "--check", path=bare_path).returncode == 0


def test_docs_check_shows_a_page_that_is_out_of_date_or_left_over(documented: Path, bare_path: Path) -> None:
    pages = documented / "docs/reference"
    pages.mkdir(parents=True)
    (pages / "codes.md").write_text("2 framework\n", encoding="utf-8")
    (pages / "left-over.md").write_text("old\n", encoding="utf-8")

    checked = run(documented / "script/docs", "--check", path=bare_path)

    assert checked.returncode == 1
    assert {"-2 framework", "+3 framework", "-old"} <= set(checked.stdout.splitlines())
    assert "Run script/docs" in checked.stderr
    assert (pages / "codes.md").read_text(encoding="utf-8") == "2 framework\n"


def test_docs_says_when_its_generator_is_missing(clone: Path, bare_path: Path) -> None:
    ran = run(clone / "script/docs", path=bare_path)

    assert (ran.returncode, "there is no script/write_docs.py" in ran.stderr) == (1, True)


def test_scripts_work_from_any_folder(clone: Path, bare_path: Path, tmp_path: Path) -> None:
    make_ready(clone, bare_path, level="runtime")
    relative = os.path.relpath(clone / "script/demo", tmp_path)

    said = subprocess.check_output([BASH, relative], cwd=tmp_path, env={"PATH": str(bare_path)}, text=True)

    assert said == "trigpoint-web demo\n"
