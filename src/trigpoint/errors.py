# SPDX-License-Identifier: MIT
"""One tree of errors. Each leaf has its own exit code, so a script can tell them apart.

Errors are for people's mistakes and for broken input. What our own code guarantees is asserted instead.
Exit codes are part of the contract of the command line: see `docs/reference/exit-codes.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


class TrigpointError(Exception):
    """The root of every error that Trigpoint raises for a reader to act on."""

    exit_code: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of somebody's file.

    file: as the person named it; line and column count from 1 and are None where the file has no such thing
    (a whole-file problem, a spreadsheet cell named in `message`).
    """

    file: str
    line: int | None
    column: int | None
    message: str

    def __lt__(self, other: Problem) -> bool:
        """Problems stand in the order of the file; one about the file as a whole comes first."""
        return self._place() < other._place()

    def _place(self) -> tuple[str, int, int, str]:
        return self.file, self.line or 0, self.column or 0, self.message

    def __str__(self) -> str:
        place = [self.file, *(str(number) for number in (self.line, self.column) if number is not None)]
        return f"{':'.join(place)}: {self.message}"


@dataclass(eq=False)  # not frozen: Python must be able to set __traceback__
class ProblemsFound(TrigpointError):
    """A file was checked and has problems; all of them are listed, in the order of the file."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class FrameworkProblems(ProblemsFound):
    """A framework's files do not hold together."""

    exit_code = 3


class AnswersProblems(ProblemsFound):
    """A file of answers can't be read as what it is said to be."""

    exit_code = 4


class RegisterProblems(ProblemsFound):
    """A file of organisations can't be read as what it is said to be."""

    exit_code = 5


class UnknownFramework(TrigpointError):
    """No framework of that name and version is shipped or given."""

    exit_code = 6


class FrameworkMismatch(TrigpointError):
    """The answers were collected with another framework or version than the one they are to be scored with."""

    exit_code = 7


class ClaimsFailed(TrigpointError):
    """A claim could not be recomputed: it, or its source, measure, question, cohort or answer, does not exist."""

    exit_code = 8


class ReleaseDiffers(TrigpointError):
    """A release does not recompute: something in it is not what the manifest or the engine says."""

    exit_code = 9


class TooLarge(TrigpointError):
    """A file is larger than what can be read in one piece."""

    exit_code = 10


class UnknownUnit(TrigpointError):
    """No unit with that organisation and care setting is in the answers."""

    exit_code = 11


class UnknownOrganisation(TrigpointError):
    """The register has no organisation with that code."""

    exit_code = 12


class FileTrouble(TrigpointError):
    """A file or folder could not be opened, read or written, or its layout or ending is not one that is known."""

    exit_code = 13


class ClaimsProblems(ProblemsFound):
    """A file of claims or of cohorts does not hold together."""

    exit_code = 14


class DemonstrationFailed(TrigpointError):
    """Something in the demonstration did not come out as it must."""

    exit_code = 15


class UnknownMeasure(TrigpointError):
    """The framework has no measure of that name."""

    exit_code = 16


class UnknownGroup(TrigpointError):
    """The register has no such grouping, or no such group in it."""

    exit_code = 17


class CodesInTrouble(TrigpointError):
    """A list of organisation codes does not hold on its date; what is wrong with each is the result."""

    exit_code = 18


class CannotAnalyse(TrigpointError):
    """The scores can't carry the analysis: too few units, unmatched rounds, no spread. It says what is needed."""

    exit_code = 19


class ReleaseProblems(ProblemsFound):
    """Releases can't stand on one site, or go out, as they are; all that was found is listed."""

    exit_code = 20
