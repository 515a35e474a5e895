# SPDX-License-Identifier: MIT
"""What a claim is: a number somebody printed, where, and how to work it out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic.dataclasses import dataclass as checked_dataclass

from trigpoint.analysis.claims.computations import Computation
from trigpoint.analysis.claims.readings import CLOSED
from trigpoint.frameworks.model import Exact, HyphenId, Name, Text, Whole

ClaimId = Annotated[Name, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$", max_length=40)]
# As printed: 70 and 70.0 are different claims. A code is text; None is a figure that can't be read in the source.
Stated = Exact | Name | None
Rounding = Literal["half_up", "cut"]
# Nothing is printed with more decimals, or in larger round numbers, than these; powers of ten without end take time.
Digits = Annotated[Whole, Field(ge=-9, le=9)]


@checked_dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Condition:
    """Bounds that a value must keep, all of those given."""

    above: Exact | None = None
    below: Exact | None = None
    at_least: Exact | None = None
    at_most: Exact | None = None


@checked_dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Criterion:
    """What words such as "most" or "narrowed" mean, as a condition on the computed values. Exactly one is given.

    all, most, any: of the values, how many must keep the condition; most is more than half.
    each: one condition a value. order: every value is below, or above, the next.
    """

    all: Condition | None = None
    most: Condition | None = None
    any: Condition | None = None
    each: tuple[Condition, ...] | None = None
    order: Literal["rising", "falling"] | None = None

    def __post_init__(self) -> None:
        said = [name for name in ("all", "most", "any", "each", "order") if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError("a criterion is one of all, most, any, each and order")


@checked_dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Comparison:
    """When a computed value counts as the stated one.

    rounding, digits: how the value is rounded first; digits None: to the decimals that the stated number is printed
    with. within: a difference that is let pass, in place of rounding. criterion: for statements in words.
    """

    rounding: Rounding = "half_up"
    digits: Digits | None = None
    within: Exact | None = None
    criterion: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """One reading of a claim: what is worked out, and how it is compared with what was stated."""

    reading: str
    computation: Computation
    comparison: Comparison


@checked_dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class ClaimSource:
    """Who printed the numbers. where: how to find the document; `note` what to know about the copy that was read."""

    id: HyphenId
    title: Text
    where: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim. `definition` is the plain reading; alternatives can make it nearly true; a slip never can.

    alternatives: other readings that somebody might have meant.
    slips: mistakes that would give the stated number; shown, but no reading of the words.
    """

    id: str
    source: str
    statement: str
    stated: tuple[Stated, ...]
    definition: Definition
    alternatives: tuple[Definition, ...] = ()
    slips: tuple[Definition, ...] = ()
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimsFile:
    """A source and the claims it makes."""

    source: ClaimSource
    claims: tuple[Claim, ...]
