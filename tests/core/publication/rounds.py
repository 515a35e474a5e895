# SPDX-License-Identifier: MIT
"""A small round whose sums can be done by hand, and the releases made from it.

Framework example-points@1, four acute units:
    AAA  viewing (75 + 50 + 100) / 3 = 75            sending (100 + 2·70 + 0) / 4 = 60   overall 67.5
    BBB  viewing (0 + 25) / 2 = 12.5, half up 13     sending 0                           overall 6.5
    CCC  viewing 100                                 sending 100                         overall 100
    DDD  all questions not applicable: no score
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from trigpoint.frameworks import Framework, parse_framework
from trigpoint.io.content import framework_files, framework_folder, read_framework
from trigpoint.io.release import SOFTWARE, write_release
from trigpoint.publication.release import Release, build_release
from trigpoint.publication.settings import LICENCES, ReleaseSettings
from trigpoint.publication.summary import Summary, summarise_scores
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions import AnswerTable, Missing, Unit
from trigpoint.submissions.answers import Answer
from trigpoint.submissions.questionnaire import build_answers

SETTINGS = ReleaseSettings("Sharing records, 2031", LICENCES["OGL-UK-3.0"], None, is_synthetic=False)

AAA: dict[str, Answer] = {
    "sees_gp_record": "mostly_agree",
    "sees_images": "neither",
    "record_in_context": "all",
    "sharing_agreement": "agree_completely",
    "discharge_summaries": "over_half",
    "alerts_to_gp": "none",
}
BBB: dict[str, Answer] = {
    "sees_gp_record": "disagree_completely",
    "sees_images": "somewhat_disagree",
    "sharing_agreement": "disagree_completely",
    "discharge_summaries": "none",
    "alerts_to_gp": "none",
}
CCC: dict[str, Answer] = {
    "sees_gp_record": "agree_completely",
    "sees_images": "agree_completely",
    "record_in_context": "all",
    "sharing_agreement": "agree_completely",
    "discharge_summaries": "all",
    "alerts_to_gp": "all",
}
DDD: dict[str, Answer] = dict.fromkeys(BBB, Missing.NOT_APPLICABLE)


def unit(code: str, name: str = "", care_setting: str = "General") -> Unit:
    return Unit(code, care_setting, name or f"{code} Hospitals", ("acute",))


def sharing() -> Framework:
    return read_framework("example-points@1")


def answers(*returns: tuple[Unit, dict[str, Answer]]) -> AnswerTable:
    """Return a table of some returns, or of the four of this module."""
    four = ((unit("AAA"), AAA), (unit("BBB"), BBB), (unit("CCC"), CCC), (unit("DDD"), DDD))
    return build_answers(sharing(), returns or four)


def scores(*returns: tuple[Unit, dict[str, Answer]]) -> ScoreTable:
    return score_answers(answers(*returns), compile_plan(sharing()))


def summary(*returns: tuple[Unit, dict[str, Answer]]) -> Summary:
    return summarise_scores(scores(*returns), sharing())


def release(table: AnswerTable | None = None, settings: ReleaseSettings = SETTINGS) -> Release:
    return build_release(table if table is not None else answers(), sharing(), settings, software=SOFTWARE)


def write(folder: Path, table: AnswerTable | None = None, settings: ReleaseSettings = SETTINGS) -> Path:
    """Write the release to a folder and return the folder."""
    write_release(release(table, settings), framework_folder("example-points@1"), folder)
    return folder


def file_of(framework: Framework, name: str) -> str:
    """Return the text of one of a framework's files."""
    return framework_files(framework_folder(str(framework.ref)))[name]


def with_file(framework: Framework, name: str, text: str) -> Framework:
    """Return a framework with another text for one of its files, its worked examples left out."""
    files = framework_files(framework_folder(str(framework.ref)))
    kept = {file: each for file, each in files.items() if not file.startswith("worked_examples/")}
    return parse_framework({**kept, name: text})


def called(title: str) -> ReleaseSettings:
    return replace(SETTINGS, title=title)
