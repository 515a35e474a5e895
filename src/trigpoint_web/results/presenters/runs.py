# SPDX-License-Identifier: MIT
"""The page on which the results of a round are computed and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from trigpoint_web.audit.models import Event
from trigpoint_web.design_system.parts import Colour, Column, Link, Progress, Status, Table
from trigpoint_web.results.models import ScoreRun
from trigpoint_web.rounds.models import Round
from trigpoint_web.rounds.presenters.moments import say_moment
from trigpoint_web.rounds.presenters.round_frame import round_links

_STATUS = {
    ScoreRun.State.WAITING: Status("Waiting", Colour.GREY),
    ScoreRun.State.RUNNING: Status("Being computed", Colour.BLUE),
    ScoreRun.State.FINISHED: Status("Finished", None),
    ScoreRun.State.FAILED: Status("Failed", Colour.RED),
}


@dataclass(frozen=True, slots=True)
class RunsParts:
    """What the page is made of. last_check: of the run that is shown to others."""

    round: Round
    runs: Sequence[ScoreRun]
    shown: ScoreRun | None
    last_check: Event | None
    why_not: str | None


@dataclass(frozen=True, slots=True)
class RunsPage:
    """Ready text. progress: while a run is going; then the page looks again by itself."""

    title: str
    caption: str
    back: Link
    links: tuple[Link, ...]
    progress: Progress | None
    progress_url: str
    why_not: str | None
    results: Link | None
    check_text: str | None
    can_check: bool
    runs: Table


def present_runs(parts: RunsParts, *, at: datetime) -> RunsPage:
    """Return the page."""
    going = next((one for one in parts.runs if one.state in (ScoreRun.State.WAITING, ScoreRun.State.RUNNING)), None)
    where = {"round_slug": parts.round.slug}
    return RunsPage(
        title="Compute the results",
        caption=parts.round.title,
        back=Link("Rounds", reverse("rounds")),
        links=round_links(parts.round, current="results_run", may_manage=True),
        progress=None if going is None else present_progress(going),
        progress_url=reverse("results_progress", kwargs=where),
        why_not=parts.why_not,
        results=None
        if parts.shown is None
        else Link("See the results of the round", reverse("national_results", kwargs=where)),
        check_text=None if parts.last_check is None else _say_check(parts.last_check, at),
        can_check=parts.shown is not None,
        runs=_runs_table(parts, at),
    )


def present_progress(run: ScoreRun) -> Progress:
    """Return how far a run is."""
    return Progress(f"{_STATUS[ScoreRun.State(run.state)].text}: {int(100 * run.share_done)}% done", run.share_done)


def _say_check(event: Event, at: datetime) -> str:
    when = say_moment(event.at, now=at)
    if event.details["agrees"]:
        return f"Recomputed and compared on {when}: every score is the same, and so are the hashes."
    return (
        f"Recomputed and compared on {when}: it does not agree. {event.details['differences']} differences in scores; "
        f"answers {'agree' if event.details['answers_agree'] else 'differ'}; stored scores "
        f"{'agree with their hash' if event.details['scores_agree'] else 'differ from their hash'}; "
        f"engine {event.details['engine']}."
    )


def _runs_table(parts: RunsParts, at: datetime) -> Table:
    return Table(
        caption="Every computation, newest first",
        columns=(
            Column("Asked for"),
            Column("By"),
            Column("State"),
            Column("Units", is_numeric=True),
            Column("Hashes"),
        ),
        rows=tuple(
            (
                say_moment(run.asked_at, now=at),
                "The service" if run.asked_by is None else run.asked_by.name,
                _STATUS[ScoreRun.State(run.state)],
                str(run.units) if run.state == ScoreRun.State.FINISHED else "",
                _say_hashes(run),
            )
            for run in parts.runs
        ),
        empty_text="The results have not been computed yet.",
    )


def _say_hashes(run: ScoreRun) -> str:
    if run.state == ScoreRun.State.FAILED:
        return run.failure
    if run.state != ScoreRun.State.FINISHED:
        return ""
    return (
        f"framework {run.framework_hash[:12]}, answers {run.answers_hash[:12]}, scores {run.scores_hash[:12]}, "
        f"engine {run.engine}"
    )
