# SPDX-License-Identifier: MIT
from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from fractions import Fraction

import pytest
import typer

from trigpoint.cli import terminal
from trigpoint.cli.terminal import one_line_errors, print_json, print_table, waiting
from trigpoint.errors import FileTrouble, Problem, ProblemsFound


class AtOnce:
    """A timer whose time has come the moment it starts."""

    def __init__(self, interval: float, function: Callable[[], None]) -> None:
        self.interval, self.function, self.is_cancelled = interval, function, False

    def start(self) -> None:
        assert self.interval == terminal.PATIENCE_SECONDS
        self.function()

    def cancel(self) -> None:
        self.is_cancelled = True

    def join(self) -> None:
        assert self.is_cancelled


def other_threads() -> list[threading.Thread]:
    """The threads that go on besides the main one, once those that are ending have ended."""
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    for thread in others:
        thread.join(timeout=5)
    return [thread for thread in others if thread.is_alive()]


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TTY_INTERACTIVE", "1")
    monkeypatch.setenv("TERM", "xterm")


def test_an_error_of_ours_is_one_line_and_its_own_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as caught, one_line_errors():
        raise FileTrouble("a.csv: no such file.")

    assert caught.value.exit_code == FileTrouble.exit_code == 13
    assert capsys.readouterr() == ("", "a.csv: no such file.\n")


def test_several_problems_are_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), one_line_errors():
        raise ProblemsFound([Problem("f", 1, 2, "one."), Problem("f", None, None, "two.")])

    assert capsys.readouterr().err == "f:1:2: one.\nf: two.\n"


def test_what_is_not_a_persons_mistake_goes_through() -> None:
    with pytest.raises(ZeroDivisionError), one_line_errors():
        raise ZeroDivisionError


def test_without_an_error_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with one_line_errors():
        pass

    assert capsys.readouterr() == ("", "")


def test_where_stderr_is_no_terminal_waiting_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "Timer", AtOnce)

    with waiting("Scoring answers.csv"):
        pass

    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("on_a_terminal")
def test_what_is_soon_done_shows_nothing_and_leaves_no_thread(capsys: pytest.CaptureFixture[str]) -> None:
    with waiting("Scoring answers.csv"):
        pass

    assert capsys.readouterr() == ("", "")
    assert other_threads() == []


@pytest.mark.usefixtures("on_a_terminal")
def test_what_takes_long_is_shown_on_stderr_with_names_as_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "Timer", AtOnce)

    with waiting("Reading {1}[bold].csv"):
        pass

    out, err = capsys.readouterr()
    assert out == ""
    assert "Reading {1}[bold].csv" in err
    assert other_threads() == []


@pytest.mark.usefixtures("on_a_terminal")
def test_an_error_while_waiting_goes_through_and_the_sign_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "Timer", AtOnce)

    with pytest.raises(FileTrouble), waiting("Scoring"):
        raise FileTrouble("x")

    assert other_threads() == []


def test_fractions_are_numbers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"whole": Fraction(4, 2), "third": Fraction(1, 3), "name": "Zoë", "none": None})

    out = capsys.readouterr().out
    assert json.loads(out) == {"whole": 2, "third": 1 / 3, "name": "Zoë", "none": None}
    assert "Zoë" in out


def test_what_has_no_form_in_json_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        print_json({"a": object()})
    with pytest.raises(ValueError, match="not JSON compliant"):
        print_json({"a": float("nan")})


def test_a_table_prints_brackets_as_they_are_and_numbers_to_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("A [title]", ("name", "n"), [("[b]one[/b]", "1"), ("two", "100")], right=[1])

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "A [title]"
    assert [line for line in lines if line.startswith(("[b]", "two"))] == ["[b]one[/b]     1", "two          100"]


def test_a_long_title_over_a_narrow_table_stays_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("What was not plain: 3 lines in /somewhere/far/away.csv", ("n",), [("1",)])

    assert capsys.readouterr().out.startswith("What was not plain: 3 lines in /somewhere/far/away.csv\n")


def test_a_table_in_a_pipe_does_not_fold_what_a_person_would_search_for(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("", ("text",), [("x" * 150,)])

    assert "x" * 150 in capsys.readouterr().out


def test_on_a_terminal_a_table_is_as_wide_as_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")  # a dumb terminal has its own width

    print_table("", ("text",), [("x" * 60,)])

    plain = re.sub("\x1b\\[[0-9;]*m", "", capsys.readouterr().out)  # without the colours
    assert max(map(len, plain.splitlines())) == 40
    assert plain.count("x") - plain.count("tex") == 60
