# SPDX-License-Identifier: MIT
"""`trigpoint score`: answers → scores.csv and scores.parquet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.terminal import one_line_errors, print_json, print_table, waiting
from trigpoint.errors import FrameworkMismatch

if TYPE_CHECKING:
    from trigpoint.frameworks import Framework
    from trigpoint.scoring import ScoreTable
    from trigpoint.submissions import AnswerTable


class Basis(Enum):
    """What answers are: the organisation's own, looked at by a reviewer, or changed by decisions after a review."""

    SELF = "self"
    REVIEWED = "reviewed"
    ASSURED = "assured"


Answers = Annotated[Path, typer.Argument(help="Answers, as `trigpoint ingest` writes them.")]
FrameworkName = Annotated[str, typer.Option("--framework", help="NAME@VERSION, or a framework's folder.")]
Rules = Annotated[str, typer.Option("--rules", help="Score by the rules of this other version, NAME@VERSION.")]
ComparableWith = Annotated[
    str, typer.Option("--comparable-with", help="Count only the questions shared with this version, on the same scale.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")]


def score(
    answers: Answers,
    framework: FrameworkName,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to; made if it isn't there.")],
    rules: Rules = "",
    comparable_with: ComparableWith = "",
    basis: Annotated[Basis, typer.Option("--basis", help="What the answers are.")] = Basis.SELF,
    as_json: AsJson = False,
) -> None:
    """Score answers, and write scores.csv, scores.parquet and scores.json (how they were made) to a folder."""
    from trigpoint.io.scores import write_scores

    with one_line_errors():
        with waiting(f"Scoring {answers.name}"):
            scored = score_file(answers, framework, rules=rules, comparable_with=comparable_with, basis=basis.value)
        with waiting(f"Writing {out.name}"):
            files = write_scores(scored.table, out)
        if as_json:
            print_json(_summary(scored, [str(file) for file in files]))
            return
        _print_summary(scored, out)


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores with what they were made from. framework carries the rules used; only: the questions counted, or all."""

    framework: Framework
    answers: AnswerTable
    table: ScoreTable
    only: frozenset[str] | None


def score_file(
    answers: Path, framework: str, *, rules: str = "", comparable_with: str = "", basis: str = "self"
) -> Scored:
    """Read answers and score them, by the rules of another version or on the shared questions when asked."""
    from trigpoint.frameworks.crosswalk import comparable_questions
    from trigpoint.io.answers import read_answers
    from trigpoint.io.content import read_framework
    from trigpoint.scoring import compile_plan, compile_under_rules_of, score_answers
    from trigpoint.scoring.rules import with_rules_of

    own = read_framework(framework)
    table = read_answers(answers, framework=own)
    only = None
    if comparable_with:
        only = comparable_questions(own, read_framework(comparable_with))
        basis = f"{basis}; questions comparable with {comparable_with}"
        if not only:
            raise FrameworkMismatch(f"no question of {own.ref} is comparable with {comparable_with}.")
    if not rules:
        return Scored(own, table, score_answers(table, compile_plan(own, only=only), basis=basis), only)
    other = read_framework(rules)
    plan = compile_under_rules_of(own, other, only=only)
    return Scored(with_rules_of(own, other), table, score_answers(table, plan, basis=basis), only)


def _summary(scored: Scored, files: list[str]) -> dict[str, object]:
    from trigpoint.io.scores import provenance
    from trigpoint.publication.exact import measure_mean

    measures = [asdict(measure_mean(scored.table, measure)) for measure in scored.table.measures]
    return {**provenance(scored.table), "files": files, "mean_of": _who(scored.table), "measures": measures}


def _print_summary(scored: Scored, out: Path) -> None:
    from trigpoint.publication.display import display_score
    from trigpoint.publication.exact import measure_mean

    table = scored.table
    typer.echo(f"{len(table.units)} units x {len(table.measures)} measures, {table.framework} -> {out / 'scores.csv'}")
    titles = {one.id: one.title for one in scored.framework.walk_measures()}
    means = [measure_mean(table, measure) for measure in table.measures]
    rows = [(titles[one.measure], str(one.n), display_score(one.mean)) for one in means]
    print_table(f"Plain mean of {_who(table)}", ("measure", "n", "mean"), rows, right=[1, 2])


def _who(table: ScoreTable) -> str:
    """Whom the means are of, in words: the summary of a release may count fewer."""
    from trigpoint.publication.cohort import WHOLE

    whole = sum(1 for unit in table.units if unit.care_setting == WHOLE)
    settings = len(table.units) - whole
    return f"every unit with a score, n of all {whole + settings}: {whole} as a whole, {settings} by care setting"
