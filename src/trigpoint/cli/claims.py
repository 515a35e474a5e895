# SPDX-License-Identifier: MIT
"""`trigpoint claims`: numbers that somebody printed, recomputed from the answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.cli.terminal import one_line_errors, print_json, print_table, waiting

if TYPE_CHECKING:
    from trigpoint.analysis.claims import ClaimResult, ClaimsFile

claims_app = typer.Typer(no_args_is_help=True, help="Numbers that somebody printed, recomputed from the answers.")

RESULT_HEADING = ("id", "verdict", "statement", "stated", "computed")
# "not testable" on two lines, and lists of stated numbers on a few, leave room for sentences on 80 characters.
VERDICT_WIDTH, STATED_WIDTH = 8, 16

First = Annotated[
    Path | None,
    typer.Option("--answers-2015-16", help="Answers of the 2015/16 round: the published CSV, or what ingest wrote."),
]
Second = Annotated[
    Path | None,
    typer.Option("--answers-2017", help="Answers of the 2017 round: the published CSV, or what ingest wrote."),
]
Files = Annotated[
    list[Path] | None, typer.Option("--claims", help="A file of claims, in place of those shipped. May be repeated.")
]
CohortsFile = Annotated[Path | None, typer.Option("--cohorts", help="A file of cohorts, in place of the one shipped.")]
Source = Annotated[str | None, typer.Option("--source", help="Only the claims of one source, such as hsj-2019.")]
One = Annotated[str | None, typer.Option("--id", help="Only one claim, with every reading that was tried.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")]


@claims_app.command()
def check(
    first: First = None,
    second: Second = None,
    claims: Files = None,
    cohorts: CohortsFile = None,
    source: Source = None,
    claim_id: One = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Recompute claims from the answers: yes, nearly, no or not testable, with the definition that works.

    Ends with 0 whatever the verdicts are. Without one of the answer files the claims about it are not testable.
    """
    from trigpoint.analysis.claims import check_claims
    from trigpoint.io.claims import read_claims, read_cohorts
    from trigpoint.io.claims_evidence import read_evidence

    with one_line_errors():
        chosen = _choose(read_claims(claims or None), source, claim_id)
        given = {version: path for version, path in (("2015-16", first), ("2017", second)) if path is not None}
        with waiting("Reading answers and checking claims"):
            evidence = read_evidence(given, read_cohorts(cohorts))
            results = check_claims((claim for file in chosen for claim in file.claims), evidence)
        _show(results, chosen, as_json=as_json, in_full=claim_id is not None)


@claims_app.command("list")
def list_command(claims: Files = None, source: Source = None, claim_id: One = None, *, as_json: AsJson = False) -> None:
    """List claims with what was stated, without recomputing anything."""
    from trigpoint.cli.claims_view import present_claim, stated_text
    from trigpoint.io.claims import read_claims

    with one_line_errors():
        chosen = _choose(read_claims(claims or None), source, claim_id)
        if as_json:
            print_json([present_claim(claim) for file in chosen for claim in file.claims])
            return
        for file in chosen:
            rows = [(claim.id, stated_text(claim.stated), claim.statement) for claim in file.claims]
            print_table(_title(file), ("id", "stated", "statement"), rows, unbroken=[0], widest={1: STATED_WIDTH})


def _choose(files: Sequence[ClaimsFile], source: str | None, claim_id: str | None) -> tuple[ClaimsFile, ...]:
    """Keep one source, or one claim, where one is named; an unknown name is an error."""
    from dataclasses import replace

    from trigpoint.errors import ClaimsFailed
    from trigpoint.frameworks.suggest import no_such

    if source is not None:
        known = [file.source.id for file in files]
        files = [file for file in files if file.source.id == source]
        if not files:
            raise ClaimsFailed(no_such("source", source, known))
    if claim_id is None:
        return tuple(files)
    found = [replace(file, claims=tuple(one for one in file.claims if one.id == claim_id)) for file in files]
    if not any(file.claims for file in found):
        raise ClaimsFailed(no_such("claim", claim_id, [claim.id for file in files for claim in file.claims]))
    return tuple(file for file in found if file.claims)


def _show(results: Sequence[ClaimResult], files: Sequence[ClaimsFile], *, as_json: bool, in_full: bool) -> None:
    from trigpoint.cli.claims_view import count_line, detail_lines, present_result, result_row

    if as_json:
        print_json([present_result(result) for result in results])
        return
    for file in files:
        own = [result for result in results if result.source == file.source.id]
        if in_full:
            typer.echo("\n".join(line for result in own for line in detail_lines(result, file)))
        else:
            rows = [*map(result_row, own)]
            print_table(_title(file), RESULT_HEADING, rows, unbroken=[0], widest={1: VERDICT_WIDTH, 3: STATED_WIDTH})
    typer.echo(count_line(results))


def _title(file: ClaimsFile) -> str:
    return f"{file.source.id}: {file.source.title}"
