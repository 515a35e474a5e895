# SPDX-License-Identifier: MIT
"""How a number is to be read: which returns count, which scores, who is compared with whom, which group.

These are the parts that definitions of claims share. What is not said in a claim has the value given here; the words
of a definition (`wording.py`) always say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal, TypeVar

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.dataclasses import dataclass

from trigpoint.frameworks.model import Flag, Id, Name, Text, Whole

T = TypeVar("T")

RoundId = Annotated[Name, StringConstraints(min_length=1)]
OrganisationId = Annotated[Name, StringConstraints(min_length=1)]
CLOSED = ConfigDict(extra="forbid")
Size = Annotated[Whole, Field(ge=1)]
# One or more: of no units, rounds or questions everything could be said.
Some = Annotated[tuple[T, ...], Field(min_length=1)]
MEAN_OF_ROUNDS = "mean"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class ReturnsReading:
    """Which returns count. care_setting: None counts every return. without: codes whose returns are left out.

    empty: what becomes of a return in which no scored question has an answer or a "don't know".
    """

    care_setting: Text | None = "General"
    without: tuple[OrganisationId, ...] = ()
    empty: Literal["kept", "left_out"] = "kept"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class ScoresReading(ReturnsReading):
    """Which scores count. A unit without a score is never counted as 0 unless `missing_part` says so.

    missing_part: a measure of which a part has no score has none itself; or the part counts as 0; or it is left out.
    rounded: the score is rounded half up to a whole number before anything else is done with it.
    questions: all of the round, or only those that the crosswalk pairs with the other round.
    """

    missing_part: Literal["no_score", "zero", "left_out"] = "no_score"
    rounded: Flag = False
    questions: Literal["all", "shared"] = "all"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class ChangeReading(ScoresReading):
    """Which unit of the later round is which unit of the earlier one. Units in one round only are left out.

    rounds: the earlier one, the later one.
    matched_by: organisation code; the name as written; or the name without case, signs and `ignored_words`. Units
    that share a name within a round match nothing.
    predecessors: code in the later round → codes in the earlier round, for organisations that merged in between.
    merged: those are matched by code like all others, or their predecessors are averaged, or they are left out.
    """

    rounds: tuple[RoundId, RoundId]
    measure: Id = "overall"
    matched_by: Literal["ods_code", "exact_name", "plain_name"] = "ods_code"
    ignored_words: tuple[Text, ...] = ()
    predecessors: Mapping[OrganisationId, tuple[OrganisationId, ...]] = field(default_factory=dict)
    merged: Literal["by_code", "averaged", "left_out"] = "by_code"


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Group:
    """Some of the units. At most one of units, cohorts, highest and lowest is said; with none it is all units.

    highest, lowest: how many; `on` says in which round ("mean": on the mean of both); None: in the round at hand.
    ties_keep: units that come first among equals at a cut; after them, equals go by code.
    outside_highest_on: leave out those that are among as many highest of this round.
    matched_with: only units that have a score in these rounds as well.
    """

    units: Some[OrganisationId] = ()
    cohorts: Some[Id] = ()
    highest: Size | None = None
    lowest: Size | None = None
    on: RoundId | None = None
    ties_keep: tuple[OrganisationId, ...] = ()
    outside_highest_on: RoundId | None = None
    matched_with: tuple[RoundId, ...] = ()
    without: tuple[OrganisationId, ...] = ()

    def __post_init__(self) -> None:
        said = [name for name in ("units", "cohorts", "highest", "lowest") if getattr(self, name)]
        if len(said) > 1:
            raise ValueError(
                f"a group is given by one of units, cohorts, highest and lowest, not by {' and '.join(said)}"
            )
        if self.outside_highest_on is not None and self.highest is None:
            raise ValueError("outside_highest_on needs highest: how many")


EVERYONE = Group()
