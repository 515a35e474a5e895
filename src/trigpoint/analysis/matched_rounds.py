# SPDX-License-Identifier: MIT
"""Units of two rounds put side by side by code, with who is left out and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from trigpoint.errors import CannotAnalyse
from trigpoint.scoring.score_table import ScoreTable

UnitKey = tuple[str, str]  # organisation, care setting


@dataclass(frozen=True, slots=True)
class MatchedRounds:
    """The exact scores of the units that have one in both rounds.

    keys, first, second: length n, in the order of the later round. first is the plain mean of the predecessors where
    an organisation had several. left_out: unit → why it is not among them, of both rounds.
    """

    measure: str
    rounds: tuple[str, str]
    keys: tuple[UnitKey, ...]
    first: tuple[Fraction, ...]
    second: tuple[Fraction, ...]
    left_out: Mapping[UnitKey, str]

    @property
    def changes(self) -> tuple[Fraction, ...]:
        """Later score less earlier score of each unit."""
        return tuple(after - before for before, after in zip(self.first, self.second, strict=True))

    def only(self, keys: Collection[UnitKey], why_not: str) -> MatchedRounds:
        """Return the units among some keys; the others are left out, and why_not says why."""
        kept = [at for at, key in enumerate(self.keys) if key in keys]
        others = {key: why_not for key in self.keys if key not in keys}
        first, second = (tuple(scores[at] for at in kept) for scores in (self.first, self.second))
        return replace(
            self,
            keys=tuple(self.keys[at] for at in kept),
            first=first,
            second=second,
            left_out={**self.left_out, **others},
        )


def match_rounds(
    first: ScoreTable, second: ScoreTable, measure: str, *, predecessors: Mapping[str, tuple[str, ...]] | None = None
) -> MatchedRounds:
    """Return the scores of both rounds on a measure side by side, matched by organisation code and care setting.

    predecessors: code in the later round → the codes it had in the earlier one; others keep their code.
    A unit without a score is left out, never counted as 0. Raises CannotAnalyse when no unit has a score in both
    rounds, KeyError for a measure that a round does not have.
    """
    before, after = _scores(first, measure), _scores(second, measure)
    came_from = predecessors or {}
    pairs: dict[UnitKey, tuple[Fraction, Fraction]] = {}
    left_out: dict[UnitKey, str] = {}
    used: set[UnitKey] = set()
    for key, later in after.items():
        sources = [(code, key[1]) for code in came_from.get(key[0], (key[0],))]
        used.update(sources)
        earlier = [score for source in sources if (score := before.get(source)) is not None]
        if later is None:
            left_out[key] = f"no score in {second.round}"
        elif not earlier:
            left_out[key] = _why_no_earlier(sources, before, first.round)
        else:
            pairs[key] = (sum(earlier, Fraction(0)) / len(earlier), later)
    left_out |= {key: f"not in {second.round}" for key in before if key not in used}
    if not pairs:
        raise CannotAnalyse(
            f"No unit has a score in both {first.round} and {second.round}: are both rounds of the same organisations?"
        )
    return MatchedRounds(
        measure,
        (first.round, second.round),
        tuple(pairs),
        tuple(score for score, _ in pairs.values()),
        tuple(score for _, score in pairs.values()),
        left_out,
    )


def _why_no_earlier(sources: list[UnitKey], before: Mapping[UnitKey, Fraction | None], round_id: str) -> str:
    return f"no score in {round_id}" if any(source in before for source in sources) else f"not in {round_id}"


def _scores(table: ScoreTable, measure: str) -> dict[UnitKey, Fraction | None]:
    return {unit.key: table.score(row, measure).value for row, unit in enumerate(table.units)}
