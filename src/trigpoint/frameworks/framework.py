# SPDX-License-Identifier: MIT
"""A framework version as one value: what is asked and how it counts, with a hash of both."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from trigpoint.frameworks.model import Content, Crosswalk, Measure, Question, Scale, Scoring, WorkedExample


@dataclass(frozen=True, order=True)
class FrameworkRef:
    """A framework and a version of it, written nhs-dma@2017."""

    framework: str
    version: str

    def __str__(self) -> str:
        return f"{self.framework}@{self.version}"


@dataclass(frozen=True)  # no slots: the lookups below are worked out once and kept
class Framework:
    """One version of a framework. It exists only if it is valid: see `parse_framework`.

    crosswalk: against the version before, when there is one. examples: run as tests; they don't count in the hash.
    """

    content: Content
    scoring: Scoring
    crosswalk: Crosswalk | None = None
    examples: tuple[WorkedExample, ...] = ()

    @property
    def ref(self) -> FrameworkRef:
        """The name and version."""
        return FrameworkRef(self.content.framework, self.content.version)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what is asked and how it counts, in hex. Comments, order of keys and lay-out don't change it."""
        return content_hash({"content": self.content, "scoring": self.scoring})

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in the order asked."""
        return {question.id: question for question in self.content.questions}

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """Every answer scale by id."""
        return {scale.id: scale for scale in self.content.scales}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure by id, parents before children, in the order of the file."""
        return {measure.id: measure for measure in self.walk_measures()}

    @cached_property
    def scored_questions(self) -> tuple[Question, ...]:
        """The questions that count towards a measure, in the order asked."""
        return tuple(question for question in self.content.questions if question.measure is not None)

    @cached_property
    def asked_once(self) -> Mapping[str, Question]:
        """The questions that an organisation answers once for all its units, by id, in the order asked."""
        return {question.id: question for question in self.content.questions if question.is_asked_once}

    @cached_property
    def routing_questions(self) -> frozenset[str]:
        """The ids of the questions whose answers decide whether another is shown."""
        return frozenset(route.question for question in self.content.questions for route in question.routes)

    def walk_measures(self) -> Iterator[Measure]:
        """Yield every measure, parents before children."""
        for root in self.content.measures:
            yield from root.walk()

    def scale_of(self, question_id: str) -> Scale:
        """Return the answer scale of a question."""
        return self.scales[self.questions[question_id].scale]

    def questions_of(self, measure_id: str) -> tuple[Question, ...]:
        """Return the questions that stand directly under a measure."""
        return tuple(question for question in self.scored_questions if question.measure == measure_id)


def content_hash(value: object) -> str:
    """Return the SHA-256 in hex of a value made of frozen dataclasses, mappings, tuples, text and exact numbers.

    1, 1.0 and Decimal("1.00") are the same number and hash alike; order of mapping keys doesn't matter. A field that
    is None or empty is left out, so a later version of the format may add optional fields without moving old hashes.
    """
    canonical = json.dumps(_canonical(value), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _canonical(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {spot.name: _canonical(getattr(value, spot.name)) for spot in dataclasses.fields(value)}
        return {name: part for name, part in parts.items() if part is not None and part not in ([], {})}
    if isinstance(value, Mapping):
        return {str(key): _canonical(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_canonical(part) for part in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | Decimal):
        return {"number": format(Decimal(value).normalize(), "f")}
    raise TypeError(f"no canonical form for {type(value).__name__}")
