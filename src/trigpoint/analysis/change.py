# SPDX-License-Identifier: MIT
"""Why the national mean changed: in parts that add up to the whole, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from trigpoint.analysis.chart import Dot, DotChart, DotRow
from trigpoint.analysis.matched_rounds import MatchedRounds, match_rounds
from trigpoint.analysis.plain_words import say_change, say_list
from trigpoint.analysis.reliable_change import ReliableChange, count_reliable_changes
from trigpoint.analysis.result import AnalysisResult, CheckedAssumption, Outcome, ResultColumn, ResultRow, ResultTable
from trigpoint.analysis.scored_units import ScoredUnits, list_scored_units
from trigpoint.errors import CannotAnalyse, FrameworkMismatch
from trigpoint.frameworks import Framework
from trigpoint.frameworks.crosswalk import comparable_questions
from trigpoint.scoring import ScoreTable, compile_plan, compile_under_rules_of, score_answers
from trigpoint.submissions.answers import AnswerTable

NAME = "change"


@dataclass(frozen=True, slots=True)
class RoundOfAnswers:
    """A round with the framework it was collected with. assured: the same round's scores after review, if any."""

    answers: AnswerTable
    framework: Framework
    assured: ScoreTable | None = None


@dataclass(frozen=True, slots=True)
class ChangePart:
    """A part of the change, exact. between: the part by each order of changing the rules, lowest first."""

    name: str
    points: Fraction
    between: tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class ChangeBasis:
    """The mean change of matched units on one basis. lower, equal, higher: how many units."""

    name: str
    n: int
    points: Fraction
    lower: int
    equal: int
    higher: int


@dataclass(frozen=True, slots=True)
class Change:
    """published: mean of all with a score later, less earlier. parts add up to it. bases: of the matched units."""

    published: Fraction
    first_n: int
    second_n: int
    parts: tuple[ChangePart, ...]
    bases: tuple[ChangeBasis, ...]
    reliable: tuple[ReliableChange, ...]
    first_mean: Fraction
    second_mean: Fraction


def analyse_change(
    first: RoundOfAnswers,
    second: RoundOfAnswers,
    measure: str,
    *,
    predecessors: Mapping[str, tuple[str, ...]] | None = None,
    type_of: Mapping[str, str] | None = None,
) -> AnalysisResult[Change]:
    """Return the change of the national mean on a measure, in parts that add up to it.

    predecessors: code in the later round → those it had in the earlier. type_of: organisation → type, of both rounds'
    codes; units without one are of the type "none". Raises CannotAnalyse where the rounds can't be compared.
    """
    scored = _score_all(first, second, measure)
    matches = _match(scored, measure, predecessors)
    everyone = [list_scored_units(table, measure) for table in (scored.published.first, scored.published.second)]
    means = [_mean(units.scores) for units in everyone]
    bases = [_basis(name, one) for name, one in matches.items() if name != PUBLISHED]
    answers = {basis.name: basis.points for basis in bases}
    reassured = _mean(matches[PUBLISHED].changes) - answers[OWN]
    who = means[1] - means[0] - reassured - answers[OWN]
    parts = [*_who_parts(who, _mix(everyone, type_of) if type_of else None), *_rule_parts(answers)]
    if second.assured is not None or first.assured is not None:
        parts.append(ChangePart("re-assurance", reassured, (reassured, reassured)))
    numbers = Change(
        means[1] - means[0],
        len(everyone[0].keys),
        len(everyone[1].keys),
        tuple(parts),
        tuple(bases),
        count_reliable_changes(matches[OWN].changes),
        means[0],
        means[1],
    )
    assert sum((part.points for part in numbers.parts), Fraction(0)) == numbers.published, "parts add up"
    return _result(matches[OWN], numbers, typed=type_of is not None)


def _match(
    scored: _Scored, measure: str, predecessors: Mapping[str, tuple[str, ...]] | None
) -> Mapping[str, MatchedRounds]:
    """The units of both rounds on every basis, the same everywhere, else a part would hold who is counted as well."""
    matches = {
        name: match_rounds(pair.first, pair.second, measure, predecessors=predecessors)
        for name, pair in {**scored.bases(), PUBLISHED: scored.published}.items()
    }
    keys = frozenset.intersection(*(frozenset(one.keys) for one in matches.values()))
    if not keys:
        raise CannotAnalyse("No unit has a score in both rounds on the questions that they share.")
    return {name: one.only(keys, NOT_EVERYWHERE) for name, one in matches.items()}


PUBLISHED = "as published"
NOT_EVERYWHERE = "no score on the questions that both rounds share"
OWN = "each round by its own rules, all its questions"
FIRST_RULES = "the earlier round's rules in both, all questions"
SECOND_RULES = "the later round's rules in both, all questions"
FIRST_COMMON = "the earlier round's rules in both, shared questions"
SECOND_COMMON = "the later round's rules in both, shared questions"
OWN_COMMON = "each round by its own rules, shared questions"


@dataclass(frozen=True, slots=True)
class _Pair:
    first: ScoreTable
    second: ScoreTable


@dataclass(frozen=True, slots=True)
class _Scored:
    """published: assured where there is such. The others are of the answers as given."""

    published: _Pair
    own: _Pair
    own_common: _Pair
    first_rules: _Pair
    first_common: _Pair
    second_rules: _Pair
    second_common: _Pair

    def bases(self) -> Mapping[str, _Pair]:
        return {
            OWN: self.own,
            FIRST_RULES: self.first_rules,
            SECOND_RULES: self.second_rules,
            OWN_COMMON: self.own_common,
            FIRST_COMMON: self.first_common,
            SECOND_COMMON: self.second_common,
        }


def _score_all(first: RoundOfAnswers, second: RoundOfAnswers, measure: str) -> _Scored:
    one, other = first.framework, second.framework
    for framework in (one, other):
        if measure not in framework.measures:
            raise CannotAnalyse(f"{framework.ref} has no measure {measure}: a change needs it in both rounds.")
    try:
        common = (_shared(one, other), _shared(other, one))
        return _Scored(
            published=_Pair(first.assured or _own(first), second.assured or _own(second)),
            own=_Pair(_own(first), _own(second)),
            own_common=_Pair(_own(first, common[0]), _own(second, common[1])),
            first_rules=_Pair(_own(first), _under(second, one)),
            first_common=_Pair(_own(first, common[0]), _under(second, one, common[1])),
            second_rules=_Pair(_under(first, other), _own(second)),
            second_common=_Pair(_under(first, other, common[0]), _own(second, common[1])),
        )
    except FrameworkMismatch as error:
        raise CannotAnalyse(f"The rounds can't be put on one footing: {error}") from error


def _shared(framework: Framework, other: Framework) -> frozenset[str]:
    """The scored questions of a framework that the other asks on the same scale; of the same framework all."""
    if framework.ref == other.ref:
        return frozenset(question.id for question in framework.scored_questions)
    return comparable_questions(framework, other)


def _own(given: RoundOfAnswers, only: frozenset[str] | None = None) -> ScoreTable:
    return score_answers(given.answers, compile_plan(given.framework, only=only))


def _under(given: RoundOfAnswers, other: Framework, only: frozenset[str] | None = None) -> ScoreTable:
    return score_answers(given.answers, compile_under_rules_of(given.framework, other, only=only))


def _basis(name: str, matched: MatchedRounds) -> ChangeBasis:
    changes = matched.changes
    lower, higher = sum(one < 0 for one in changes), sum(one > 0 for one in changes)
    return ChangeBasis(name, len(changes), _mean(changes), lower, len(changes) - lower - higher, higher)


def _rule_parts(points: Mapping[str, Fraction]) -> Sequence[ChangePart]:
    """Answers, rules and questions, by the rules changed in the earlier round and in the later: the mean of both."""
    ways = [
        (points[common], points[OWN] - points[rules], points[rules] - points[common])
        for rules, common in ((SECOND_RULES, SECOND_COMMON), (FIRST_RULES, FIRST_COMMON))
    ]
    names = ("answers to shared questions", "rules of scoring", "questions new or gone")
    return [
        ChangePart(name, (one + other) / 2, (min(one, other), max(one, other)))
        for name, one, other in zip(names, *ways, strict=True)
    ]


def _who_parts(who: Fraction, mix: Fraction | None) -> Sequence[ChangePart]:
    if mix is None:
        return [ChangePart("who answered", who, (who, who))]
    return [
        ChangePart("mix of types among who answered", mix, (mix, mix)),
        ChangePart("who answered, types alike", who - mix, (who - mix, who - mix)),
    ]


def _mix(rounds: Sequence[ScoredUnits], type_of: Mapping[str, str]) -> Fraction:
    """What the change of shares of types makes, at the mean of each type over both rounds."""
    by_type = [_by_type(units, type_of) for units in rounds]
    total = Fraction(0)
    for kind in set(by_type[0]) | set(by_type[1]):
        shares = [Fraction(len(one.get(kind, ())), len(units.keys)) for one, units in zip(by_type, rounds, strict=True)]
        means = [_mean(one[kind]) for one in by_type if kind in one]
        total += (shares[1] - shares[0]) * _mean(means)
    return total


def _by_type(units: ScoredUnits, type_of: Mapping[str, str]) -> Mapping[str, list[Fraction]]:
    found: dict[str, list[Fraction]] = {}
    for key, score in zip(units.keys, units.scores, strict=True):
        found.setdefault(type_of.get(key[0], "none"), []).append(score)
    return found


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _result(matched: MatchedRounds, found: Change, *, typed: bool) -> AnalysisResult[Change]:
    n = len(matched.keys)
    return AnalysisResult(
        analysis=NAME,
        sentence=_say(matched, found),
        definition=(
            f"Scores on {matched.measure}, unrounded. Published: the mean of all {found.second_n} units with a score "
            f"in {matched.rounds[1]} less that of all {found.first_n} in {matched.rounds[0]}. Like for like: the units "
            "in both, matched by organisation code and care setting."
        ),
        n=n,
        of=n + len(matched.left_out),
        numbers=found,
        rows=tuple(_rows(found)),
        checked=tuple(_check(found, typed=typed)),
        cannot_tell=(
            "Whether organisations got better or learned to answer: both change answers.",
            "That a question with the same words was understood the same way, by another person two years later.",
            "The sampling error of the national change: all were asked, so there is none.",
        ),
        charts=(_draw(found),),
        tables=(_bases_table(found), _reliable_table(found)),
        left_out=tuple((" ".join(key), why) for key, why in matched.left_out.items()),
    )


def _part(found: Change, name: str) -> Fraction:
    return next(part.points for part in found.parts if part.name == name)


def _say(matched: MatchedRounds, found: Change) -> str:
    answers = _part(found, "answers to shared questions")
    rest = [part for part in found.parts if part.name != "answers to shared questions"]
    said = say_list([f"{say_change(float(part.points))} {part.name}" for part in rest], most=9)
    own, bar = found.bases[0], found.reliable[len(found.reliable) // 2]
    return (
        f"The mean changed by {say_change(float(found.published))} points from {matched.rounds[0]} to "
        f"{matched.rounds[1]}, of which {say_change(float(answers))} is in the answers to shared questions; the rest "
        f"is {said}. Of {own.n} units {own.lower} scored lower than before; with an error of measurement of "
        f"{bar.error:g} points, {bar.worse} would be so beyond doubt, and {bar.better} higher."
    )


def _rows(found: Change) -> Sequence[ResultRow]:
    n = found.bases[0].n
    rows = [
        ResultRow("mean of all, earlier", float(found.first_mean), "points", found.first_n),
        ResultRow("mean of all, later", float(found.second_mean), "points", found.second_n),
        ResultRow("published change", float(found.published), "points", n),
    ]
    for part in found.parts:
        low, high = (float(end) for end in part.between)
        note = "" if low == high else f"{low:+.2f} or {high:+.2f}, by the round in which rules are changed"
        rows.append(ResultRow(f"part: {part.name}", float(part.points), "points", n, note=note))
    return rows


def _bases_table(found: Change) -> ResultTable:
    columns = (ResultColumn("basis"), ResultColumn("n"), ResultColumn("mean change", 2), ResultColumn("lower"))
    lines = tuple((one.name, one.n, float(one.points), one.lower, one.equal, one.higher) for one in found.bases)
    return ResultTable(
        "The same units on several bases", (*columns, ResultColumn("equal"), ResultColumn("higher")), lines
    )


def _reliable_table(found: Change) -> ResultTable:
    names = ("error of measurement", "change needed", "worse", "not to be told", "better")
    lines = tuple((one.error, one.bar, one.worse, one.undecided, one.better) for one in found.reliable)
    return ResultTable("Units that changed beyond doubt", tuple(map(ResultColumn, names)), lines)


def _check(found: Change, *, typed: bool) -> Sequence[CheckedAssumption]:
    answers = next(part for part in found.parts if part.name == "answers to shared questions")
    low, high = answers.between
    return [
        CheckedAssumption(
            "it does not matter in which round rules are changed",
            Outcome.HOLDS if high - low < Fraction(1, 2) else Outcome.DOUBTFUL,
            f"the part of answers is {float(low):+.2f} or {float(high):+.2f}",
        ),
        CheckedAssumption(
            "the same kinds of organisations answered both times",
            Outcome.HOLDS if typed else Outcome.NOT_CHECKED,
            "the mix of types has a part of its own" if typed else "no types were given",
        ),
        CheckedAssumption(
            "shared questions mean the same in both rounds",
            Outcome.NOT_CHECKED,
            "reworded ones count as shared where the crosswalk says so",
        ),
    ]


def _draw(found: Change) -> DotChart:
    rows = [DotRow(part.name, (Dot(float(part.points), *map(float, part.between)),)) for part in found.parts]
    whole = DotRow("published change", (Dot(float(found.published)),))
    return DotChart("What the change of the mean is made of", ("part",), "points", (whole, *rows), ("nothing", 0.0))
