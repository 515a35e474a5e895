# SPDX-License-Identifier: MIT
"""The vocabulary of claims: every computation that a definition can name, with what it takes.

Each says what it gives. How each is worked out is in `on_answers.py`, `on_scores.py` and `on_changes.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from trigpoint.analysis.claims.readings import (
    CLOSED,
    EVERYONE,
    ChangeReading,
    Group,
    OrganisationId,
    ReturnsReading,
    RoundId,
    ScoresReading,
    Size,
    Some,
)
from trigpoint.frameworks.model import Exact, Flag, Id, Text, Whole

End = Literal["highest", "lowest"]
Changed = Literal["risen", "fallen", "unchanged", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class CountReturns(ReturnsReading):
    """How many returns, or organisations with one or more, in each round."""

    compute: Literal["count_returns"]
    rounds: Some[RoundId]
    count: Literal["returns", "organisations"] = "returns"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class CountQuestions:
    """How many questions each round has: all of them, or those that are scored under a measure."""

    compute: Literal["count_questions"]
    rounds: Some[RoundId]
    measure: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class LatestRound:
    """The year of the latest round before a year. years: round → the year in which it ended; all are needed."""

    compute: Literal["latest_round"]
    before: Whole
    years: Mapping[RoundId, Whole]


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class AnswerShares(ReturnsReading):
    """Per cent of returns that gave certain answers, of all returns, whatever is missing.

    parts: each a list of answer codes and missing states that are counted together. One value per question and part.
    add_rounded: each answer of a part is rounded to a whole per cent by itself, and these are added.
    """

    compute: Literal["answer_shares"]
    round: RoundId
    questions: Some[Id]
    parts: Some[Some[Id]]
    add_rounded: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class ScoreLine(ScoresReading):
    """One unit's scores on the parts of a measure, their sum, and its score on the measure."""

    compute: Literal["score_line"]
    round: RoundId
    unit: OrganisationId
    measure: Id = "overall"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class UnitScores(ScoresReading):
    """The score of each unit named."""

    compute: Literal["unit_scores"]
    round: RoundId
    units: Some[OrganisationId]
    measure: Id = "overall"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class LowestScore(ScoresReading):
    """The unit with the lowest score, and that score. Equals go by code."""

    compute: Literal["lowest_score"]
    round: RoundId
    measure: Id = "overall"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Ranking(ScoresReading):
    """The units at one end of the ranking, from high to low."""

    compute: Literal["ranking"]
    round: RoundId
    end: End
    size: Size
    measure: Id = "overall"
    ties_keep: tuple[OrganisationId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Overlap(ScoresReading):
    """The units at one end of the ranking in each of several rounds, ranked apart: their number, or their codes."""

    compute: Literal["overlap"]
    rounds: Some[RoundId]
    end: End
    size: Size
    measure: Id = "overall"
    ties_keep: tuple[OrganisationId, ...] = ()
    give: Literal["count", "units"] = "count"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Places(ScoresReading):
    """The place of each unit of a group among all, from the top.

    give: the best place that equals share; all the places they share; or the best as a share of all, 0 to 1.
    """

    compute: Literal["places"]
    round: RoundId
    group: Group
    measure: Id = "overall"
    give: Literal["best", "range", "share"] = "best"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class MeanScore(ScoresReading):
    """The unweighted mean over units, for each measure and group."""

    compute: Literal["mean_score"]
    round: RoundId
    measures: Some[Id] = ("overall",)
    groups: Some[Group] = (EVERYONE,)


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class BandShares(ScoresReading):
    """How many units are in each band, in each round: per cent of the units with a score, or their number."""

    compute: Literal["band_shares"]
    rounds: Some[RoundId]
    measure: Id
    bands: Some[Id]
    give: Literal["percent", "count"] = "percent"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class CohortCounts(ScoresReading):
    """How many units of a group are in each set of cohorts, how many in none, and the codes of those."""

    compute: Literal["cohort_counts"]
    round: RoundId
    group: Group
    cohorts: Some[Some[Id]]
    measure: Id = "overall"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class DifferenceOfMeans(ScoresReading):
    """Mean of a group in the later round less its mean in the earlier. Groups are chosen in each round by itself,
    so they can be different units."""

    compute: Literal["difference_of_means"]
    rounds: tuple[RoundId, RoundId]
    groups: Some[Group] = (EVERYONE,)
    measure: Id = "overall"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class MeanChange(ChangeReading):
    """The mean change of the same units, for each group."""

    compute: Literal["mean_change"]
    groups: Some[Group] = (EVERYONE,)


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class ChangeOfUnits(ChangeReading):
    """The change of each unit named, in points or in per cent of the earlier score, times a factor."""

    compute: Literal["change_of_units"]
    units: Some[OrganisationId]
    give: Literal["points", "percent"] = "points"
    times: Exact = 1


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class LargestFall(ChangeReading):
    """The unit or units that fell the most."""

    compute: Literal["largest_fall"]
    give: Literal["points", "percent"] = "points"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class CountChanges(ChangeReading):
    """How many units have risen, fallen, stayed the same, or can't be compared, as asked.

    Unknown are units of the group in the later round with no score in one of the rounds.
    """

    compute: Literal["count_changes"]
    count: Some[Changed]
    group: Group = EVERYONE


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class FallenUnits(ChangeReading):
    """The codes of the units of a group that fell."""

    compute: Literal["fallen_units"]
    group: Group = EVERYONE


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class RiseGap(ChangeReading):
    """Mean change of the lowest units less mean change of the highest, for each way of choosing them.

    Chosen on the earlier round, the low ones rise more by chance alone (regression to the mean); on the later, less.
    """

    compute: Literal["rise_gap"]
    size: Size
    chosen_on: Some[RoundId]


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class SpreadChange(ChangeReading):
    """Change of the standard deviation over matched units, and the p of the Pitman–Morgan test of equal spread."""

    compute: Literal["spread_change"]


Computation = Annotated[
    CountReturns
    | CountQuestions
    | LatestRound
    | AnswerShares
    | ScoreLine
    | UnitScores
    | LowestScore
    | Ranking
    | Overlap
    | Places
    | MeanScore
    | BandShares
    | CohortCounts
    | DifferenceOfMeans
    | MeanChange
    | ChangeOfUnits
    | LargestFall
    | CountChanges
    | FallenUnits
    | RiseGap
    | SpreadChange,
    Field(discriminator="compute"),
]

TITLES: Mapping[str, Text] = {
    "count_returns": "number of returns",
    "count_questions": "number of questions",
    "latest_round": "year of the latest round",
    "answer_shares": "per cent giving these answers",
    "score_line": "scores of one unit, their sum and the whole",
    "unit_scores": "scores of units",
    "lowest_score": "unit with the lowest score",
    "ranking": "end of the ranking",
    "overlap": "units at the same end of each round's ranking",
    "places": "places in the ranking",
    "mean_score": "mean score",
    "band_shares": "units in bands",
    "cohort_counts": "units by cohort",
    "difference_of_means": "difference of the rounds' means, each group chosen in its own round",
    "mean_change": "mean change of the same units",
    "change_of_units": "change of units",
    "largest_fall": "unit that fell the most",
    "count_changes": "number of units by change",
    "fallen_units": "units that fell",
    "rise_gap": "mean change of the lowest less that of the highest",
    "spread_change": "change of the standard deviation, and p of equal spread",
}
