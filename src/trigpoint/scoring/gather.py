# SPDX-License-Identifier: MIT
"""Answers looked up in the tables of a plan and summed group by group, a tile of units at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.errors import AnswersProblems, FrameworkMismatch, Problem
from trigpoint.scoring.plan import CODES, ScoringPlan
from trigpoint.submissions.answers import AnswerTable
from trigpoint.submissions.missing import LOWEST_MISSING_CODE

Words = list[NDArray[np.int64]]  # packed running sums, one array a word: see plan.Place

# Rows whose looked-up amounts stay in the caches; measured best between 512 and 2,048 on several runs.
GATHER_ROWS = 1024


@dataclass(frozen=True, slots=True)
class GroupSum:
    """How groups are summed: room to look up codes in, a line for each question, used again for each tile of units.

    Asking for fresh memory for every tile would cost several times the work that is done in it.
    columns: where the plan's questions stand in the answers. offsets: where each question's table begins.
    """

    columns: NDArray[np.intp]
    offsets: NDArray[np.intp]
    codes: NDArray[np.uint8]
    index: NDArray[np.intp]
    amounts: NDArray[np.int64]

    @classmethod
    def prepare(cls, answers: AnswerTable, plan: ScoringPlan) -> GroupSum:
        """Return the room for one plan. Raises FrameworkMismatch when the answers lack a question of it."""
        shape = (len(plan.questions), min(GATHER_ROWS, len(answers.units)))
        offsets = np.arange(len(plan.questions), dtype=np.intp)[:, np.newaxis] * CODES
        room = np.empty(shape, np.uint8), np.empty(shape, np.intp), np.empty(shape, np.int64)
        return cls(list_columns(answers, plan), offsets, *room)

    def tile(self, units: int) -> GroupSum:
        """Return the room of the first units of it."""
        room = self.codes[:, :units], self.index[:, :units], self.amounts[:, :units]
        return GroupSum(self.columns, self.offsets, *room)


def group_words(answers: AnswerTable, plan: ScoringPlan, gather: GroupSum, rows: slice) -> Words:
    """Return for each word of a plan's tables the sum over each group's questions: shape (groups, units).

    Raises AnswersProblems for numbers that are not numbers or lie below everything that has points.
    """
    sums = [np.empty((len(plan.group_sizes), rows.stop - rows.start), np.int64) for _ in plan.tables]
    for start in range(rows.start, rows.stop, GATHER_ROWS):
        tile = slice(start, min(start + GATHER_ROWS, rows.stop))
        here = gather.tile(tile.stop - tile.start)
        read_codes(answers, plan, here, tile)
        np.add(here.codes, here.offsets, out=here.index)
        for table, total in zip(plan.tables, sums, strict=True):
            # "clip" only spares numpy a check of bounds: every index is within the table.
            np.take(table, here.index, out=here.amounts, mode="clip")
            for group, (first, size) in enumerate(zip(plan.starts, plan.group_sizes, strict=True)):
                at = total[group, start - rows.start : tile.stop - rows.start]
                np.add.reduce(here.amounts[first : first + size], axis=0, out=at)
    return sums


def list_columns(answers: AnswerTable, plan: ScoringPlan) -> NDArray[np.intp]:
    """Return where a plan's questions stand in the answers. Raises FrameworkMismatch when the answers lack one."""
    position = {question: at for at, question in enumerate(answers.questions)}
    missing = [question for question in plan.questions if question not in position]
    missing += [question for question in plan.thresholds if question not in answers.numbers]
    if missing:
        raise FrameworkMismatch(f"the answers have no column for {', '.join(missing)}. Ingest them again.")
    return np.array([position[question] for question in plan.questions], dtype=np.intp)


def read_codes(answers: AnswerTable, plan: ScoringPlan, here: GroupSum, tile: slice) -> None:
    """Copy the codes of some units to their room; a number becomes the position of its threshold."""
    np.take(answers.codes[tile].T, here.columns, axis=0, out=here.codes, mode="clip")
    for question, thresholds in plan.thresholds.items():
        codes = here.codes[plan.questions.index(question)]
        given = codes < LOWEST_MISSING_CODE
        numbers = answers.numbers[question][tile][given]
        reached = np.searchsorted(thresholds, numbers, side="right")
        if np.isnan(numbers).any() or (reached == 0).any():
            raise AnswersProblems(_unscorable(answers, plan, question))
        codes[given] = (reached - 1).astype(np.uint8)


def _unscorable(answers: AnswerTable, plan: ScoringPlan, question: str) -> Iterator[Problem]:
    given = answers.codes[:, answers.questions.index(question)] < LOWEST_MISSING_CODE
    # Not "below": nan is neither below nor above.
    enough = answers.numbers[question] >= plan.thresholds[question][0]
    for row in np.flatnonzero(given & ~enough):
        number = answers.numbers[question][row]
        message = f"{' '.join(answers.units[row].key)}: {number} is no answer to {question!r}. Check the answers first."
        yield Problem("answers", None, None, message)
