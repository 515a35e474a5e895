# SPDX-License-Identifier: MIT
"""What a framework is: the questions asked, the measures tree, the answer scales and the rules of scoring.

These are the values that the YAML of `frameworks/<framework>/<version>/` becomes. A `Framework` that came out of
`parse_framework` is valid: every id refers to something, every rule can be carried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, Strict, StringConstraints
from pydantic.dataclasses import dataclass

# Each simple type is strict by itself: 3.10 is never text, "yes" never a truth value. (Strictness set for a whole
# dataclass would also refuse the mappings it is read from.)
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Exact = Annotated[int, Strict()] | Annotated[Decimal, Strict()]
Name = Annotated[str, Strict()]
Id = Annotated[str, Strict(), StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
HyphenId = Annotated[str, Strict(), StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Text = Annotated[str, Strict(), StringConstraints(min_length=1, strip_whitespace=True)]
# They stand in names such as nhs-dma@2015-16, in file names and as keys of RELEASED.yaml, so nothing that YAML reads.
Version = Annotated[str, Strict(), StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=60)]
# As people say it ("2015-16", "2020/21", "Spring 2026"); it travels in every table of answers and scores.
RoundName = Annotated[
    str, Strict(), StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9 ./_-]*[A-Za-z0-9])?$", max_length=60)
]
Day = Annotated[str, Strict(), StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Sha256 = Annotated[str, Strict(), StringConstraints(pattern=r"^[0-9a-f]{64}$")]

Kind = Literal["points", "sum-of-marks", "level-gate", "stage-gate", "status", "pass-mark", "indicator"]
KINDS: tuple[Kind, ...] = ("points", "sum-of-marks", "level-gate", "stage-gate", "status", "pass-mark", "indicator")
Combine = Literal["mean_of_questions", "share_of_marks", "share_met", "ladder", "mean_of_measures"]
MissingPolicy = Literal["leave_out", "zero", "no_score"]
ComparabilityClass = Literal["same", "reworded", "rescaled", "split", "merged"]
# The ways of being missing that respondents choose by name; a framework may refuse either of them.
MissingChoice = Literal["dont_know", "not_applicable"]
MISSING_CHOICES: tuple[MissingChoice, ...] = ("dont_know", "not_applicable")
# How `asked_of` says that a question is answered once. Answers are kept under it beside the ids of care settings.
ASKED_OF_ORGANISATION: Final = "organisation"

_CLOSED = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Source:
    """Where a fact about the framework comes from."""

    id: Id
    title: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True, config=_CLOSED)
class CareSettingTitle:
    """A kind of care that organisations may give: a trust with two care settings is two units of assessment."""

    id: Id
    title: Text


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Measure:
    """A node of the measures tree: a section, a theme, the overall score. `level` names its rule in scoring.yaml."""

    id: Id
    title: Text
    level: Id
    summary: Text | None = None
    measures: tuple[Measure, ...] = ()

    def walk(self) -> Iterator[Measure]:
        """Yield this measure, then everything below it, in the order of the file."""
        yield self
        for child in self.measures:
            yield from child.walk()


@dataclass(frozen=True, slots=True, config=_CLOSED)
class AnswerOption:
    """One answer of a scale. `published` are other spellings of the label met in published files."""

    code: Id
    label: Text
    published: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, config=_CLOSED)
class NumberRange:
    """An answer that is a number; `whole` numbers only, or any. No maximum means no upper bound."""

    minimum: Exact
    maximum: Exact | None = None
    whole: Flag = False
    unit: Text | None = None


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Scale:
    """An answer scale: options from least to most, or a range of numbers. It has no points: scoring.yaml gives them."""

    id: Id
    title: Text
    answers: tuple[AnswerOption, ...] = ()
    number: NumberRange | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The answer codes, least first; empty for a number."""
        return tuple(option.code for option in self.answers)


@dataclass(frozen=True, slots=True, config=_CLOSED)
class ShownWhen:
    """Routing: the question is shown only when an earlier question has one of these answers, or at least a number.

    answers: codes of the earlier question's scale; dont_know and not_applicable may open a question too.
    """

    question: Id
    answers: tuple[Id, ...] = ()
    at_least: Exact | None = None


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Contradiction:
    """Answers that can't all be true: the unit has one when every condition of `when` is met.

    text: what does not go together, said to the people who answered. A condition is met as a route is.
    """

    id: Id
    text: Text
    when: tuple[ShownWhen, ...]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Published:
    """How the published files name a question: columns count from 0; the wording only as its hash.

    text_sha256: of the original wording with runs of white space as one blank, stripped, in lower case, UTF-8.
    """

    column: Whole
    answer_column: Whole
    text_sha256: Sha256
    score_column: Whole | None = None
    key: Text | None = None


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Question:
    """One thing that is asked. Without a `measure` it is asked but never scored.

    title: a few words for lists, where the text is too long.
    asked_with: the earlier question on whose page this one is asked, as they belong together.
    missing_refused: beside those that the framework refuses everywhere.
    """

    id: Id
    scale: Id
    text: Text
    measure: Id | None = None
    asked_of: Literal["organisation", "care_setting"] = "care_setting"
    care_settings: tuple[Id, ...] = ()
    shown_when: ShownWhen | None = None
    shown_when_any: tuple[ShownWhen, ...] = ()
    published: Published | None = None
    good_looks_like: Text | None = None
    why: Text | None = None
    evidence: Text | None = None
    title: Text | None = None
    asked_with: Id | None = None
    missing_refused: tuple[MissingChoice, ...] = ()

    @property
    def short_title(self) -> str:
        """The title, or the text where there is none."""
        return self.text if self.title is None else self.title

    @property
    def is_asked_once(self) -> bool:
        """Whether one answer of the organisation counts in each of its units."""
        return self.asked_of == ASKED_OF_ORGANISATION

    @property
    def routes(self) -> tuple[ShownWhen, ...]:
        """The rules of which one must be met for the question to be shown; empty when it is always shown."""
        return self.shown_when_any if self.shown_when is None else (self.shown_when,)

    def is_asked_in(self, care_settings: tuple[str, ...]) -> bool:
        """Whether a unit with these care settings is asked; a unit that names none is asked everything."""
        return not self.care_settings or not care_settings or not set(self.care_settings).isdisjoint(care_settings)


PointsTable = Mapping[Name, Exact] | tuple[tuple[Exact, Exact], ...]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Rounding:
    """How a score is rounded at one level, as part of the published rule. Half up sends 0.5 to 1 and -0.5 to 0."""

    mode: Literal["half_up", "half_even", "down"]
    digits: Annotated[int, Strict(), Field(ge=0, le=6)]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class LevelRule:
    """How the measures of one level get their score.

    empty_measures: what a parent does when a child has no score. no_score: it has none either.
    minimum_answered: share of the asked questions, 0 to 1, below which there is no score.
    """

    combine: Combine
    rounding: Rounding | None = None
    empty_measures: Literal["leave_out", "no_score"] = "leave_out"
    minimum_answered: Exact | None = None


@dataclass(frozen=True, slots=True, config=_CLOSED)
class MissingRules:
    """What each way of being missing does to a score: leave the denominator, count as zero, or take the score away."""

    not_answered: MissingPolicy
    dont_know: MissingPolicy
    not_applicable: MissingPolicy
    not_shown: Literal["leave_out"]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class LadderBase:
    """Where a ladder starts: the level of a unit that has not met the first step."""

    value: Whole
    id: Id
    title: Text


@dataclass(frozen=True, slots=True, config=_CLOSED)
class LadderStep:
    """One step: reached when `share_needed` of its questions, and every step below, are met."""

    value: Whole
    id: Id
    title: Text
    share_needed: Exact = 1


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Ladder:
    """Levels, stages or statuses that can only be climbed in order. `step_of` puts each question on its step."""

    base: LadderBase
    steps: tuple[LadderStep, ...]
    step_of: Mapping[Name, Name]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Band:
    """A range of scores with a name; it begins at `from_score` and ends where the next begins."""

    id: Id
    title: Text
    from_score: Annotated[Exact, Field(alias="from")]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Bands:
    """The bands, rising. band_on: the score rounded half up to a whole number, or the raw score."""

    band_on: Literal["rounded", "raw"]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Weights:
    """Weights that are not 1. A weight of 0 counts for nothing."""

    questions: Mapping[Name, Exact] = field(default_factory=dict)
    measures: Mapping[Name, Exact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Scoring:
    """scoring.yaml: how answers become scores."""

    kind: Kind
    points: Mapping[Name, PointsTable]
    missing: MissingRules
    levels: Mapping[Name, LevelRule]
    marks_out_of: Mapping[Name, Exact] = field(default_factory=dict)
    question_points: Mapping[Name, PointsTable] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)
    ladder: Ladder | None = None
    bands: Bands | None = None
    sources: Mapping[Name, Name] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Pair:
    """A question in two versions, or several that became one, with how far its answers can be compared."""

    from_question: Annotated[Name | tuple[Name, ...], Field(alias="from")]
    to_question: Annotated[Name | tuple[Name, ...], Field(alias="to")]
    comparability: Annotated[ComparabilityClass, Field(alias="class")]


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Crosswalk:
    """crosswalk.yaml: every question of a version against the version before."""

    framework: HyphenId
    from_version: Annotated[Version, Field(alias="from")]
    to_version: Annotated[Version, Field(alias="to")]
    pairs: tuple[Pair, ...]
    withdrawn: tuple[Id, ...] = ()
    new: tuple[Id, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Expected:
    """What a worked example says a measure must come to. None is not stated, except `score`, where it is no score."""

    score: Exact | Name | None
    band: Id | None = None
    asked: Whole | None = None
    answered: Whole | None = None
    dont_know: Whole | None = None
    not_applicable: Whole | None = None
    not_shown: Whole | None = None


@dataclass(frozen=True, slots=True, config=_CLOSED)
class WorkedExample:
    """One unit's answers and the scores they must give: read by people, run as a test."""

    title: Text
    answers: Mapping[Name, Name | Exact]
    expect: Mapping[Name, Expected]
    care_settings: tuple[Id, ...] = ()
    all_others: Id | None = None


@dataclass(frozen=True, slots=True, config=_CLOSED)
class Content:
    """framework.yaml: what is asked, of whom, and how it is grouped.

    reference_date: the day, as 2016-01-15, on which the organisations of the round are looked up in a register.
    missing_refused: the ways of being missing that nobody may choose for any question; empty when all are offered.
    contradictions: answers that can't go together; checked before a submission is handed in.
    smallest_group: the fewest returns that a published summary may rest on; None: any number may be published.
    """

    framework: HyphenId
    version: Version
    title: Text
    summary: Text
    round: RoundName
    measures: tuple[Measure, ...]
    scales: tuple[Scale, ...]
    questions: tuple[Question, ...]
    reference_date: Day | None = None
    sources: tuple[Source, ...] = ()
    care_settings: tuple[CareSettingTitle, ...] = ()
    missing_refused: tuple[MissingChoice, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    smallest_group: Annotated[int, Strict(), Field(ge=2)] | None = None
