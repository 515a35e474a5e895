# SPDX-License-Identifier: MIT
"""Reading the results of one organisation: its scores, what they are made of, and those of its peers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import and_

from django.db.models import Exists, OuterRef, Q, QuerySet

from trigpoint.errors import FrameworkMismatch
from trigpoint.frameworks import Framework
from trigpoint.scoring import Score, ScoreTable, compile_plan, compile_under_rules_of, score_answers
from trigpoint.submissions import AnswerTable
from trigpoint_web.organisations.models import Group
from trigpoint_web.organisations.queries import holds_on
from trigpoint_web.results.adapters import exact_value, score_of
from trigpoint_web.results.models import ScoredSubmission, ScoreRun, StoredScore
from trigpoint_web.rounds.adapters import read_framework
from trigpoint_web.rounds.models import Submission, SubmissionUnit
from trigpoint_web.rounds.queries.answers import list_answers_as_signed
from trigpoint_web.rounds.queries.last_round import LastRound, find_last_round
from trigpoint_web.rounds.queries.scores import plan_of
from trigpoint_web.rounds.queries.signed import list_signatures, read_table_to_sign

SAME_CARE, SAME_KIND, EVERYBODY = "care", "kind", "all"


@dataclass(frozen=True, slots=True)
class OrganisationScores:
    """What a run has of one organisation. stored: the score of each unit on each measure; it is what counts.

    table: the same scores computed from the answers as they were signed, with the answers, for explaining.
    """

    scored: ScoredSubmission
    framework: Framework
    stored: Mapping[tuple[str, str], Score]
    table: ScoreTable

    @property
    def care_settings(self) -> tuple[str, ...]:
        """The units, in their order."""
        return tuple(unit.care_setting for unit in self.table.units)

    @property
    def recomputes(self) -> bool:
        """Whether the answers as signed still give the scores that were stored."""
        return all(
            self.table.score(row, measure) == self.stored.get((unit.care_setting, measure))
            for row, unit in enumerate(self.table.units)
            for measure in self.table.measures
        )


def find_scored(run: ScoreRun, submission: Submission) -> ScoredSubmission | None:
    """Return the signature of a submission that a run scored; None when the run does not have it. One query."""
    return ScoredSubmission.objects.filter(run=run, submission=submission).select_related("signature", "run").first()


def read_organisation_scores(scored: ScoredSubmission, submission: Submission) -> OrganisationScores:
    """Return the scores of one organisation. Three queries."""
    rows = StoredScore.objects.filter(run=scored.run, organisation=submission.organisation_id)
    framework = read_framework(scored.run.framework_hash)
    answers = list_answers_as_signed(submission, last_answer=scored.signature.last_answer)
    table = score_answers(
        read_table_to_sign(submission, answers=answers), plan_of(framework.hash), basis=scored.run.basis
    )
    stored = {(row.care_setting, row.measure): score_of(row) for row in rows}
    return OrganisationScores(scored, framework, stored, table)


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Whom a unit is compared with. key: what stands in the address; title: what people read.

    together: the groups in all of which a peer must be, where several are chosen at once; else empty.
    """

    key: str
    title: str
    together: tuple[PeerGroup, ...] = ()


def list_peer_groups(submission: Submission) -> tuple[PeerGroup, ...]:
    """Return with whom an organisation can be compared: the groups it was in on the day of the round. One query."""
    on = submission.round.register_on
    placed = Group.objects.filter(
        holds_on(on, first="placements__valid_from", last="placements__valid_to"),
        placements__organisation=submission.organisation_id,
    )
    groups = placed.order_by("grouping", "name").distinct()
    own = (PeerGroup(f"{one.grouping}-{one.code}", one.name) for one in groups)
    return (
        PeerGroup(SAME_CARE, "All who were asked about the same care"),
        PeerGroup(SAME_KIND, f"The same kind of organisation: {submission.organisation.kind}"),
        *own,
        PeerGroup(EVERYBODY, "Everybody in the round"),
    )


def find_peer_group(groups: Sequence[PeerGroup], wanted: Sequence[str]) -> PeerGroup | None:
    """Return the group that some keys name together: the first where there is none; None for an unknown key.

    groups: as `list_peer_groups` gives them. Everybody together with a group is that group.
    """
    if not wanted:
        return groups[0]
    if not {group.key for group in groups}.issuperset(wanted):
        return None
    chosen = tuple(group for group in groups if group.key in wanted)
    narrow = tuple(group for group in chosen if group.key != EVERYBODY) or chosen
    if len(narrow) == 1:
        return narrow[0]
    return PeerGroup(
        "+".join(group.key for group in narrow), "; ".join(group.title for group in narrow), together=narrow
    )


def read_peers(
    run: ScoreRun, submission: Submission, unit: SubmissionUnit, group: PeerGroup
) -> Mapping[str, Sequence[Fraction | None]]:
    """Return the scores of a unit's peers, by measure, without saying whose. One query.

    Peers are units in the same care setting, of other organisations of the group. An organisation that was scored as a
    whole is compared with others that were.
    """
    rows = StoredScore.objects.filter(run=run, care_setting=unit.care_setting)
    rows = rows.exclude(organisation=submission.organisation_id).filter(_is_peer(submission, unit, group))
    found: defaultdict[str, list[Fraction | None]] = defaultdict(list)
    for measure, numerator, denominator in rows.values_list("measure", "numerator", "denominator"):
        found[measure].append(exact_value(numerator, denominator))
    return found


def _is_peer(submission: Submission, unit: SubmissionUnit, group: PeerGroup) -> Q:
    if group.together:
        return reduce(and_, (_is_peer(submission, unit, one) for one in group.together))
    if group.key == EVERYBODY:
        return Q()
    if group.key == SAME_KIND:
        return Q(organisation__kind=submission.organisation.kind)
    if group.key == SAME_CARE:
        asked_alike = SubmissionUnit.objects.filter(
            submission__round=submission.round_id,
            submission__organisation=OuterRef("organisation"),
            care_setting=unit.care_setting,
            care_settings=unit.care_settings,
        )
        return Q(Exists(asked_alike))
    grouping, _, code = group.key.partition("-")
    placed = Group.objects.filter(
        holds_on(submission.round.register_on, first="placements__valid_from", last="placements__valid_to"),
        grouping=grouping,
        code=code,
        placements__organisation=OuterRef("organisation"),
    )
    return Q(Exists(placed))


def list_unit_rows(submission: Submission) -> QuerySet[SubmissionUnit]:
    """The units of a submission, in order. One query."""
    return SubmissionUnit.objects.filter(submission=submission).order_by("position", "pk")


@dataclass(frozen=True, slots=True)
class ComparableScores:
    """Both rounds scored on the questions that both asked, by the rules of this one: a difference is the answers'.

    compared, asked: how many scored questions can be compared, and how many there are now. now, then: by care setting
    and measure; a unit or measure that was not there then has no score then.
    """

    round_name: str
    compared: int
    asked: int
    now: Mapping[tuple[str, str], Score]
    then: Mapping[tuple[str, str], Score]


def read_comparable_scores(scores: OrganisationScores, submission: Submission) -> ComparableScores | None:
    """Return the scores on the questions that can be compared with the round before.

    None when there is no round before, nothing in it can be compared, or its rules and these don't fit together. At
    most six queries.
    """
    last = find_last_round(submission)
    if last is None:
        return None
    pairs = [
        pair
        for question, pair in last.pairs.items()
        if scores.framework.questions[question].measure and last.framework.questions[pair.previous_question].measure
    ]
    if not pairs:
        return None
    try:
        then = _score_then(last, scores.framework, frozenset(pair.previous_question for pair in pairs))
    except FrameworkMismatch:
        return None
    plan = compile_plan(scores.framework, only=frozenset(pair.question for pair in pairs))
    now = score_answers(scores.table.answers, plan)
    return ComparableScores(
        round_name=last.name,
        compared=len(pairs),
        asked=len(scores.framework.scored_questions),
        now=_by_unit(now),
        then=_by_unit(then),
    )


def _score_then(last: LastRound, framework: Framework, questions: frozenset[str]) -> ScoreTable:
    return score_answers(_table_then(last), compile_under_rules_of(last.framework, framework, only=questions))


def _table_then(last: LastRound) -> AnswerTable:
    """The answers of then as they were signed; as they stand where nobody signed."""
    signature = list_signatures(last.submission).first()
    if signature is None:
        return read_table_to_sign(last.submission)
    answers = list_answers_as_signed(last.submission, last_answer=signature.last_answer)
    return read_table_to_sign(last.submission, answers=answers)


def _by_unit(table: ScoreTable) -> Mapping[tuple[str, str], Score]:
    return {
        (unit.care_setting, measure): table.score(row, measure)
        for row, unit in enumerate(table.units)
        for measure in table.measures
    }


def is_signed(submission: Submission) -> bool:
    """Return whether the submission was ever signed. One query."""
    return submission.signatures.exists()
