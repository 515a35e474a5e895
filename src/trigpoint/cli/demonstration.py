# SPDX-License-Identifier: MIT
"""The whole job on synthetic rounds: files of answers → intake → scores → claims → verified releases → a public site.

It uses the same readers, engine and writers as real rounds. Every step is checked against what was planted, so a
demonstration that ends well has shown something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from trigpoint.analysis.claims import ClaimResult, Evidence, RoundAnswers, check_claims
from trigpoint.errors import DemonstrationFailed, FileTrouble
from trigpoint.frameworks import Framework
from trigpoint.io.answers import read_answers, write_answers, write_csv
from trigpoint.io.claims import read_claims
from trigpoint.io.content import content_folder, framework_folder, read_framework
from trigpoint.io.published import LAYOUTS, read_published
from trigpoint.io.release import SOFTWARE, write_release
from trigpoint.io.release_verify import verify_release
from trigpoint.io.scores import write_scores
from trigpoint.io.site import read_site, write_site
from trigpoint.io.synthetic_shape import read_shape_texts
from trigpoint.organisations import Register
from trigpoint.publication.exact import MeasureMean, measure_mean
from trigpoint.publication.release import build_release
from trigpoint.publication.settings import LICENCES, ReleaseSettings
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions import AnswerTable
from trigpoint.submissions.code_findings import find_code_trouble
from trigpoint.submissions.intake_report import REPORT_COLUMNS, Finding, IntakeLine, report_cells
from trigpoint.synthetic import DEFAULT_SEED, Fault, PublishedFile, make_rounds, parse_shape, publish_rounds

STEPS = ("Making rounds", "Taking answers in", "Scoring", "Checking claims", "Releasing", "Verifying", "Publishing")

SITE = "synthetic-site"
_PUBLISHED_ON = {"2015-16": "2016-04-21", "2017": "2017-12-01"}  # made up, as all the rest

# Which finding of the intake report answers for which planted fault.
_FOUND_AS: Mapping[Fault, Finding] = {
    Fault.CONTRADICTION: Finding.CONTRADICTION,
    Fault.DATE: Finding.DAMAGED,
    Fault.SECOND_RETURN: Finding.SECOND_RETURN,
    Fault.CLOSED_CODE: Finding.CODE,
}


@dataclass(frozen=True, slots=True)
class RoundShown:
    """What the demonstration showed of one round.

    planted: faults that were planted, each of which was reported. overall: mean of all units with an overall score.
    verified: scores of the release that were recomputed and equal.
    """

    round: str
    units: int
    planted: int
    overall: MeasureMean
    verified: int
    folder: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demonstration showed: of each round, and of each claim that the made-up newspaper printed.

    pages: how many the public site has.
    """

    rounds: tuple[RoundShown, ...]
    claims: tuple[ClaimResult, ...]
    pages: int = 0


@dataclass(frozen=True, slots=True)
class _Round:
    """One synthetic round on its way."""

    layout: str
    framework: Framework
    published: PublishedFile
    folder: Path

    @property
    def name(self) -> str:
        return self.framework.content.round


def demonstrate(out: Path, *, seed: int | None = None, say: Callable[[str], None]) -> Demonstration:
    """Make two synthetic rounds in `out` and take them through the whole job; return what came out.

    say: told each of STEPS when it begins. Raises DemonstrationFailed when a planted fault is not reported, a round
    trip changes the answers, or a release does not verify; FileTrouble when `out` can't be written to.
    """
    _make_folder(out)
    say(STEPS[0])
    rounds, register = _make(out, seed)
    say(STEPS[1])
    hashes = [_take_in(one, register) for one in rounds]
    say(STEPS[2])
    tables = [_read_back(one, answers_hash) for one, answers_hash in zip(rounds, hashes, strict=True)]
    scores = [_score(one, table) for one, table in zip(rounds, tables, strict=True)]
    say(STEPS[3])
    claims = _check_claims(rounds, tables)
    say(STEPS[4])
    folders = [_release(one, table) for one, table in zip(rounds, tables, strict=True)]
    say(STEPS[5])
    verified = [_verify(folder) for folder in folders]
    say(STEPS[6])
    pages = _publish(out, folders)
    shown = zip(rounds, scores, folders, verified, strict=True)
    return Demonstration(tuple(_shown(*one) for one in shown), claims, pages)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileTrouble(f"{folder}: {error.strerror}. Name a folder that can be made.") from error


def _make(out: Path, seed: int | None) -> tuple[list[_Round], Register]:
    layouts = tuple(LAYOUTS)
    frameworks = (read_framework(LAYOUTS[layouts[0]][0]), read_framework(LAYOUTS[layouts[1]][0]))
    rng = np.random.Generator(np.random.PCG64(DEFAULT_SEED if seed is None else seed))
    shape = parse_shape(read_shape_texts(), frameworks)
    made = make_rounds(rng, shape, frameworks)
    files = publish_rounds(rng, made, shape, frameworks, with_faults=True)
    rounds = [_Round(*one, out) for one in zip(layouts, frameworks, files, strict=True)]
    for one in rounds:
        write_csv(_path(one, "synthetic-published", "csv"), one.published.rows[0], one.published.rows[1:])
    return rounds, made.register


def _path(one: _Round, name: str, ending: str) -> Path:
    return one.folder / f"{name}-{one.name}.{ending}"


def _take_in(one: _Round, register: Register) -> str:
    """Read the file, write the answers and the report; return the hash of the answers."""
    intake = read_published(one.layout, _path(one, "synthetic-published", "csv"))
    day = date.fromisoformat(one.framework.content.reference_date or "")
    report = (*intake.report, *find_code_trouble(intake.answers.units, register, day))
    _require_all_reported(one, report)
    write_answers(intake.answers, one.framework, _path(one, "synthetic-answers", "parquet"))
    write_csv(_path(one, "synthetic-intake-report", "csv"), REPORT_COLUMNS, [report_cells(line) for line in report])
    return intake.answers.hash


def _read_back(one: _Round, answers_hash: str) -> AnswerTable:
    path = _path(one, "synthetic-answers", "parquet")
    back = read_answers(path)
    if back.hash != answers_hash:
        raise DemonstrationFailed(f"{path}: the answers are not what was written.")
    return back


def _require_all_reported(one: _Round, report: Sequence[IntakeLine]) -> None:
    found = {(line.finding, line.organisation, line.question) for line in report}
    for fault in one.published.faults:
        question = fault.question if _FOUND_AS[fault.fault] in {Finding.CONTRADICTION, Finding.DAMAGED} else None
        if (_FOUND_AS[fault.fault], fault.organisation, question) not in found:
            planted = f"{fault.fault.value} of {fault.organisation}"
            raise DemonstrationFailed(f"{one.name}, line {fault.line}: {planted} was planted and not reported.")


def _score(one: _Round, answers: AnswerTable) -> ScoreTable:
    table = score_answers(answers, compile_plan(one.framework))
    write_scores(table, one.folder / f"synthetic-scores-{one.name}")
    return table


def _check_claims(rounds: Sequence[_Round], tables: Sequence[AnswerTable]) -> tuple[ClaimResult, ...]:
    evidence = Evidence(
        {
            one.framework.ref.version: RoundAnswers(table, one.framework)
            for one, table in zip(rounds, tables, strict=True)
        }
    )
    files = read_claims([content_folder("claims") / "synthetic" / "demo.yaml"])
    claims = [claim for file in files for claim in file.claims]
    return check_claims(claims, evidence)


def _release(one: _Round, answers: AnswerTable) -> Path:
    name = str(one.framework.ref)
    settings = ReleaseSettings(
        title=f"{one.framework.content.title}: synthetic round",
        licence=LICENCES["CC0-1.0"],
        date=_PUBLISHED_ON[one.name],
        is_synthetic=True,
    )
    release = build_release(answers, one.framework, settings, software=SOFTWARE)
    folder = one.folder / f"synthetic-release-{one.name}"
    write_release(release, framework_folder(name), folder, replace=True)
    return folder


def _verify(folder: Path) -> int:
    found = verify_release(folder)
    if found.differences:
        raise DemonstrationFailed(f"{folder} does not verify: {found.differences[0]}")
    return found.scores


def _publish(out: Path, folders: Sequence[Path]) -> int:
    site = read_site(folders, title="Digital maturity: synthetic rounds", address="", reasons={})
    return write_site(site, folders, out / SITE, rng_of=np.random.default_rng)


def _shown(one: _Round, table: ScoreTable, folder: Path, verified: int) -> RoundShown:
    return RoundShown(
        round=one.name,
        units=len(table.units),
        planted=len(one.published.faults),
        overall=measure_mean(table, table.measures[0]),
        verified=verified,
        folder=folder.name,
    )
