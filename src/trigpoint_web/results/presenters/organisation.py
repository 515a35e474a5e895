# SPDX-License-Identifier: MIT
"""The results of one organisation: the number first, its doubt beside it, its peers behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from django.urls import reverse

from trigpoint.analysis.peers import SMALLEST_GROUP, PeerComparison, PeerPosition, compare_with_peers
from trigpoint.frameworks.model import Measure
from trigpoint.publication.chart_peers import HOW_TO_READ, PeerBar, build_peer_chart
from trigpoint.publication.draw_peers import draw_peer_chart
from trigpoint.publication.score_range import ScoreRange, score_range
from trigpoint.scoring import Score
from trigpoint.scoring.explain import explain_score
from trigpoint_web.design_system.fields import Field
from trigpoint_web.design_system.form_fields import fields_of
from trigpoint_web.design_system.parts import Chart, Column, Content, Link, Table
from trigpoint_web.results.access import ResultsState
from trigpoint_web.results.forms import PeersForm
from trigpoint_web.results.presenters.charts import draw
from trigpoint_web.results.presenters.explanation import explanation_table, explanation_url
from trigpoint_web.results.queries.organisation import ComparableScores, OrganisationScores, PeerGroup
from trigpoint_web.rounds.models import Submission
from trigpoint_web.rounds.presenters.moments import say_day
from trigpoint_web.rounds.presenters.places import titles_of
from trigpoint_web.rounds.score_text import say_counts, say_points, say_score
from trigpoint_web.rounds.states import RoundState

POSITION_WORDS = {
    PeerPosition.BELOW: "below",
    PeerPosition.ABOUT_THE_SAME: "about the same",
    PeerPosition.ABOVE: "above",
    PeerPosition.CANT_TELL: "can’t tell",
}


@dataclass(frozen=True, slots=True)
class ResultsParts:
    """What the page is made of. peers: the scores of each unit's peers by measure, in the order of the units."""

    scores: OrganisationScores
    comparable: ComparableScores | None
    groups: tuple[PeerGroup, ...]
    chosen: PeerGroup
    peers: tuple[Mapping[str, Sequence[Fraction | None]], ...]


@dataclass(frozen=True, slots=True)
class UnitResults:
    """One unit. heading: empty where the organisation is one unit."""

    heading: str
    line: str
    counts: str
    last_round: str
    peers_line: str
    chart: Chart
    measures: Table
    against_last_round: Table | None
    explanation: Table
    explanation_link: Link


@dataclass(frozen=True, slots=True)
class OrganisationResultsPage:
    """Ready text."""

    title: str
    caption: str
    assurance: str
    notes: tuple[str, ...]
    peer_links: tuple[Link, ...]
    peer_choice: Field
    are_several_chosen: bool
    units: tuple[UnitResults, ...]
    foot: tuple[str, ...]


def present_results(parts: ResultsParts, submission: Submission, *, at: datetime) -> OrganisationResultsPage:
    """Return the page of an organisation's results."""
    return OrganisationResultsPage(
        title=f"Results of {submission.organisation.name}",
        caption=submission.round.title,
        assurance=say_assurance(parts.scores, submission, at=at),
        notes=tuple(_notes(parts.scores, submission)),
        peer_links=tuple(_peer_link(submission, group, parts.chosen) for group in parts.groups),
        peer_choice=_peer_choice(parts),
        are_several_chosen=bool(parts.chosen.together),
        units=tuple(_unit(parts, submission, row) for row in range(len(parts.scores.care_settings))),
        foot=_foot(parts),
    )


def say_assurance(scores: OrganisationScores, submission: Submission, *, at: datetime) -> str:
    """Return how sure the scores are, in words."""
    signature = scores.scored.signature
    who = f"{signature.name}, {signature.job_title}" if signature.job_title else signature.name
    was_reviewed = submission.round.state in (RoundState.REPLY, RoundState.PUBLISHED) and _is_review_planned(submission)
    review = "scores are from before any review" if was_reviewed else "not reviewed"
    return f"Self-assessed, signed on {say_day(signature.at, now=at)} by {who}, {review}."


def _is_review_planned(submission: Submission) -> bool:
    return submission.round.review_ends_at is not None


def _notes(scores: OrganisationScores, submission: Submission) -> Iterator[str]:
    if scores.scored.was_reopened:
        yield (
            "When these results were computed the answers had been opened again and not been signed since. "
            "The scores are of the answers that were signed last."
        )
    if not scores.recomputes:
        yield (
            "The answers as they were signed no longer give these scores. The scores shown are those that were stored; "
            "the explanation may not add up to them. Tell the national team."
        )
    if submission.round.is_synthetic:
        yield "This round is made up: nothing here is about a real organisation."


def _peer_link(submission: Submission, group: PeerGroup, chosen: PeerGroup) -> Link:
    where = {"round_slug": submission.round.slug, "code": submission.organisation_id}
    address = f"{reverse('organisation_results', kwargs=where)}?peers={group.key}"
    return Link(group.title, address, is_current=group.key == chosen.key)


def _peer_choice(parts: ResultsParts) -> Field:
    """Every group but everybody, those chosen ticked."""
    form = PeersForm(parts.groups, chosen=parts.chosen.together or (parts.chosen,))
    return fields_of(form)["peers"]


def _unit(parts: ResultsParts, submission: Submission, row: int) -> UnitResults:
    scores, framework = parts.scores, parts.scores.framework
    care_setting = scores.care_settings[row]
    top = framework.content.measures[0]
    score = scores.stored[care_setting, top.id]
    compared = {
        measure.id: compare_with_peers(
            scores.stored[care_setting, measure.id].value, parts.peers[row].get(measure.id, ())
        )
        for measure in framework.walk_measures()
    }
    heading = say_unit(scores, care_setting)
    return UnitResults(
        heading=heading,
        line=f"{say_score(framework, top, score)}.",
        counts=f"From {say_counts(score)}.",
        last_round=_say_last_round(parts.comparable, care_setting, top),
        peers_line=_say_peers(compared[top.id], parts.chosen),
        chart=_chart(parts, care_setting, compared),
        measures=_of_unit(heading, _measures_table(parts, submission, care_setting, compared)),
        against_last_round=_last_round_table(parts, care_setting),
        explanation=_of_unit(heading, explanation_table(explain_score(framework, scores.table, row, top.id))),
        explanation_link=Link(
            "What would lift the score to the next band", explanation_url(submission, care_setting, top.id)
        ),
    )


def say_unit(scores: OrganisationScores, care_setting: str) -> str:
    """Return the title of a unit; empty where the organisation is one unit."""
    titles = titles_of(scores.framework)
    if len(scores.care_settings) == 1 and care_setting not in titles:
        return ""
    return titles.get(care_setting, care_setting)


def _of_unit(heading: str, table: Table) -> Table:
    """The table with its unit in the caption: a page with two units has each table twice."""
    return replace(table, caption=f"{heading}: {table.caption}") if heading else table


def _say_last_round(comparable: ComparableScores | None, care_setting: str, top: Measure) -> str:
    if comparable is None:
        return "There is no earlier round that this one can be compared with."
    now, then = (scores.get((care_setting, top.id)) for scores in (comparable.now, comparable.then))
    on = f"the {comparable.compared} of {comparable.asked} questions that can be compared with {comparable.round_name}"
    if now is None or now.value is None:
        return f"On {on} there is no score now."
    if then is None or then.value is None:
        return f"{say_points(now.value)} on {on}. There was no score then."
    return f"Last round {say_points(then.value)}, now {say_points(now.value)}, on {on}."


def _say_peers(compared: PeerComparison, chosen: PeerGroup) -> str:
    peers = compared.distribution
    of = f"{compared.with_score} peers with a score ({chosen.title})"
    if peers is None:
        return f"Fewer than {SMALLEST_GROUP} peers have a score ({chosen.title}), so they are not shown."
    middle = f"the middle half of them scored {say_points(peers.lower_quartile)} to {say_points(peers.upper_quartile)}"
    if compared.position is PeerPosition.CANT_TELL:
        return f"Without a score nothing can be said about where you are among {of}; {middle}."
    return f"Against {of}: {POSITION_WORDS[compared.position]}; {middle}."


def _chart(parts: ResultsParts, care_setting: str, compared: Mapping[str, PeerComparison]) -> Chart:
    framework = parts.scores.framework
    measures = tuple(framework.walk_measures())
    ranges = [score_range(framework, measure) for measure in measures]
    axis = ScoreRange(min(one.bottom for one in ranges), max(one.top for one in ranges))
    bars = []
    for measure in measures:
        found = compared[measure.id]
        score = parts.scores.stored[care_setting, measure.id]
        bars.append(PeerBar(measure.title, say_points(score.value), score.value, found.distribution))
    top = compared[measures[0].id]
    title = f"Scores by section: {measures[0].title} {say_points(top.score)}"
    chart = build_peer_chart(bars, axis, name=f"scores-{_slug(care_setting)}", title=title)
    return Chart(
        title=title,
        svg=draw(draw_peer_chart(chart)),
        table=_of_unit(say_unit(parts.scores, care_setting), _peer_table(measures, parts, care_setting, compared)),
        subtitle=HOW_TO_READ,
        foot=f"Peers: {parts.chosen.title}, {top.peers} in all, yourself left out. Fewer than {SMALLEST_GROUP} with a "
        "score are not shown. Quartiles are of unrounded scores.",
    )


def _slug(care_setting: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in care_setting.lower())


def _peer_table(
    measures: Sequence[Measure], parts: ResultsParts, care_setting: str, compared: Mapping[str, PeerComparison]
) -> Table:
    names = ("Score", "Peers with a score", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest")
    return Table(
        caption="Your scores and the range of your peers",
        columns=(Column("Measure"), *(Column(name, is_numeric=True) for name in names), Column("You are")),
        rows=tuple(
            (
                measure.title,
                say_points(parts.scores.stored[care_setting, measure.id].value),
                *_peer_cells(compared[measure.id]),
                POSITION_WORDS[compared[measure.id].position],
            )
            for measure in measures
        ),
        is_wide=True,
    )


def _peer_cells(compared: PeerComparison) -> tuple[str, ...]:
    peers = compared.distribution
    if peers is None:
        return (f"under {SMALLEST_GROUP}", *["not shown"] * 5)
    values = (peers.lowest, peers.lower_quartile, peers.median, peers.upper_quartile, peers.highest)
    return (str(peers.n), *map(say_points, values))


def _measures_table(
    parts: ResultsParts, submission: Submission, care_setting: str, compared: Mapping[str, PeerComparison]
) -> Table:
    framework = parts.scores.framework

    def row(measure: Measure) -> tuple[Content, ...]:
        score = parts.scores.stored[care_setting, measure.id]
        return (
            Link(measure.title, explanation_url(submission, care_setting, measure.id), about="line by line"),
            say_score(framework, measure, score),
            f"{score.answered} of {score.asked}",
            _say_missing(score),
            POSITION_WORDS[compared[measure.id].position],
        )

    return Table(
        caption="Each measure",
        columns=(
            Column("Measure"),
            Column("Score"),
            Column("Questions answered"),
            Column("Without an answer"),
            Column("Against peers"),
        ),
        rows=tuple(row(measure) for measure in framework.walk_measures()),
    )


def _say_missing(score: Score) -> str:
    named = (
        (score.dont_know, "don’t know"),
        (score.not_applicable, "not applicable"),
        (score.not_answered, "not answered"),
    )
    return ", ".join(f"{count} {words}" for count, words in named if count) or "none"


def _last_round_table(parts: ResultsParts, care_setting: str) -> Table | None:
    comparable = parts.comparable
    if comparable is None or not any(setting == care_setting for setting, _ in comparable.then):
        return None
    rows = []
    for measure in parts.scores.framework.walk_measures():
        now, then = (scores.get((care_setting, measure.id)) for scores in (comparable.now, comparable.then))
        if now is not None and then is not None:
            rows.append(
                (measure.title, say_points(then.value), say_points(now.value), say_change(then.value, now.value))
            )
    return Table(
        caption=f"On the questions that can be compared: {comparable.compared} of {comparable.asked}",
        columns=(
            Column("Measure"),
            Column(f"Last round ({comparable.round_name})", is_numeric=True),
            Column("Now", is_numeric=True),
            Column("Change", is_numeric=True),
        ),
        rows=tuple(rows),
    )


def say_change(then: Fraction | None, now: Fraction | None) -> str:
    """Return the change between two scores, taken before rounding.

    >>> say_change(Fraction(50), Fraction(125, 2)), say_change(Fraction(3), Fraction(3)), say_change(None, Fraction(3))
    ('up 12.5', 'no change', 'can’t tell')
    """
    if then is None or now is None:
        return "can’t tell"
    if now == then:
        return "no change"
    return f"{'up' if now > then else 'down'} {say_points(abs(now - then))}"


def _foot(parts: ResultsParts) -> tuple[str, ...]:
    run = parts.scores.scored.run
    comparison = (
        "Both rounds are scored on the same questions, and by the rules of this round."
        if parts.comparable is not None
        else ""
    )
    basis = (
        f"Scores by {parts.scores.framework.ref}, of the organisation’s own answers as they were signed. They are "
        "rounded here and nowhere before."
    )
    hashes = (
        f"Framework {run.framework_hash[:12]}, answers of the round {run.answers_hash[:12]}, scores "
        f"{run.scores_hash[:12]}, engine {run.engine}."
    )
    return tuple(filter(None, (basis, comparison, hashes)))


@dataclass(frozen=True, slots=True)
class NotYetPage:
    """Why there is nothing to see yet."""

    title: str
    caption: str
    text: str


def present_not_yet(state: ResultsState, *, title: str, caption: str) -> NotYetPage:
    """Return the page that says why there are no results yet."""
    text = {
        ResultsState.NOT_CLOSED: "Results can be seen once the round has closed and its results are out.",
        ResultsState.NOT_SIGNED: "The answers were not signed, so they have no score in this round.",
        ResultsState.NOT_COMPUTED: "The round has closed. The national team has not computed its results yet.",
    }[state]
    return NotYetPage(title, caption, text)
