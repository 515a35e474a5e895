# SPDX-License-Identifier: MIT
"""`trigpoint release ANSWERS` writes a release; `trigpoint release verify DIR` works one out again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from trigpoint.cli.terminal import one_line_errors, print_json, waiting
from trigpoint.errors import ReleaseDiffers

if TYPE_CHECKING:
    from trigpoint.io.release_verify import Verification
    from trigpoint.publication.manifest import Manifest, ReleaseFile


class ReleaseGroup(TyperGroup):
    """Lets `trigpoint release ANSWERS …` stand beside `trigpoint release verify DIR`.

    What begins with neither a command nor --help is the `make` command's. A file called verify is ./verify.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `make` in front of arguments that name no command."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["make", *args]
        return super().parse_args(ctx, args)


class _LicenceName(StrEnum):
    """The licences that a release can be published under."""

    OGL_UK_3_0 = "OGL-UK-3.0"
    CC_BY_4_0 = "CC-BY-4.0"
    CC0_1_0 = "CC0-1.0"


release_app = typer.Typer(
    cls=ReleaseGroup,
    no_args_is_help=True,
    help="Publish scores so that anyone can work them out again: release ANSWERS --framework NAME@VERSION --out DIR.",
)

Answers = Annotated[Path, typer.Argument(help="Answers, as `trigpoint ingest` writes them.")]
FrameworkName = Annotated[str, typer.Option("--framework", help="NAME@VERSION, or a framework's folder.")]
Out = Annotated[Path, typer.Option("--out", help="The folder to write to; made if it isn't there.")]
Title = Annotated[str, typer.Option("--title", help="Title of the page and the tables; the framework's without it.")]
On = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="Day of publication; none is printed without it."),
]
Replace = Annotated[bool, typer.Option("--replace", help="Overwrite another release in the same folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON in place of text.")]


@release_app.command()
def make(
    answers: Answers,
    framework: FrameworkName,
    out: Out,
    title: Title = "",
    licence: Annotated[_LicenceName, typer.Option("--licence", help="Licence.")] = _LicenceName.OGL_UK_3_0,
    date: On = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Score answers and write a release: tables, a page, a spreadsheet, and all that is needed to recompute them."""
    from trigpoint.io.answers import read_answers
    from trigpoint.io.content import framework_folder, read_framework
    from trigpoint.io.release import SOFTWARE, write_release
    from trigpoint.publication.release import build_release
    from trigpoint.publication.settings import LICENCES, ReleaseSettings
    from trigpoint.publication.synthetic_mark import is_synthetic

    with one_line_errors(), waiting(f"Releasing {answers.name}"):
        own = read_framework(framework)
        table = read_answers(answers, framework=own)
        settings = ReleaseSettings(
            title=title or f"{own.content.title}: national summary",
            licence=LICENCES[licence.value],
            date=date.date().isoformat() if date else None,
            is_synthetic=is_synthetic(table),
        )
        release = build_release(table, own, settings, software=SOFTWARE)
        files = write_release(release, framework_folder(framework), out, replace=replace)
    _print_made(release.manifest, files, out, as_json=as_json)


def _print_made(manifest: Manifest, files: tuple[ReleaseFile, ...], out: Path, *, as_json: bool) -> None:
    if as_json:
        listed = [{"path": one.path, "sha256": one.sha256, "bytes": one.size} for one in files]
        print_json({"release": manifest.release, "folder": str(out), "files": listed})
        return
    made_up = " (synthetic)" if manifest.settings.is_synthetic else ""
    typer.echo(f"{manifest.release}{made_up}: {manifest.units} units, {len(files) + 1} files -> {out}")
    typer.echo(f"Read {out / 'index.html'}; check it with: trigpoint release verify {out}")


@release_app.command()
def site(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Releases, in the order of publication.")],
    out: Out,
    title: Annotated[str, typer.Option("--title", help="Title of the site; the last release's without it.")] = "",
    address: Annotated[
        str, typer.Option("--address", help="Where it will stand, such as https://…; for the feed.")
    ] = "",
    why: Annotated[
        list[str] | None, typer.Option("--why", help="What a correction mends: NUMBER=REASON, such as 2017.2=….")
    ] = None,
    groups: Annotated[
        Path | None, typer.Option("--groups", help="A CSV file of organisation, system and, if known, type.")
    ] = None,
) -> None:
    """Make a public site of some releases: pages, data, feed. A second release of a round corrects the first."""
    from trigpoint.cli.analyse_one_round import seeded
    from trigpoint.io.site import read_site, write_site

    with one_line_errors():
        reasons = dict(_reason(one) for one in why or [])
        with waiting("Verifying the releases"):
            read = read_site(folders, title=title, address=address, reasons=reasons, groups=groups)
        with waiting("Making the site"):
            pages = write_site(read, folders, out, rng_of=seeded)
        typer.echo(f"{', '.join(one.number for one in read.releases)}: {pages:,} pages -> {out}")
        typer.echo(f"Read {out / 'index.html'}; check it with: trigpoint release verify {out}")


def _reason(text: str) -> tuple[str, str]:
    number, sign, reason = text.partition("=")
    if not sign or not reason.strip():
        raise typer.BadParameter(f"{text!r} is not NUMBER=REASON", param_hint="--why")
    return number.strip(), reason.strip()


@release_app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a release, or of a site.")],
    as_json: AsJson = False,
) -> None:
    """Check a release or a site before it goes out: files, hidden content, definitions, small numbers, links.

    Ends with 0 when every check passed, else lists all that was found.
    """
    from trigpoint.errors import Problem, ReleaseProblems
    from trigpoint.io.release_checks import check_folder

    with one_line_errors():
        with waiting(f"Checking {folder.name}"):
            checks = check_folder(folder)
        if as_json:
            print_json({"checks": [{"title": one.title, "problems": list(one.problems)} for one in checks]})
        else:
            for one in checks:
                typer.echo(f"{'passed' if one.passed else 'FAILED'}  {one.title}")
        problems = [Problem(one.title, None, None, found) for one in checks for found in one.problems]
        if problems:
            raise ReleaseProblems(problems)


@release_app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a release, or of a site.")],
    as_json: AsJson = False,
) -> None:
    """Work a release or a site out again from its own folder. Ends with 0 when all is equal, else lists differences."""
    from trigpoint.io.release_verify import verify_release
    from trigpoint.io.site import is_site

    with one_line_errors():
        if is_site(folder):
            _verify_site(folder, as_json=as_json)
            return
        with waiting(f"Verifying {folder.name}"):
            found = verify_release(folder)
        if as_json:
            print_json(_as_json(found))
        else:
            _print_found(found)
        if found.differences:
            count = "1 difference" if len(found.differences) == 1 else f"{len(found.differences)} differences"
            raise ReleaseDiffers(f"{folder}: {count}. This is not what was computed.")


def _verify_site(folder: Path, *, as_json: bool) -> None:
    from dataclasses import asdict

    from trigpoint.cli.analyse_one_round import seeded
    from trigpoint.io.site import verify_site

    with waiting(f"Verifying {folder.name}"):
        found = verify_site(folder, rng_of=seeded)
    if as_json:
        print_json({"equal": not found.differences, **asdict(found)})
    else:
        for difference in found.differences:
            typer.echo(str(difference))
        if not found.differences:
            typer.echo(
                f"equal: {found.releases} releases with {found.scores:,} scores, {found.pages:,} files of the site"
            )
    if found.differences:
        raise ReleaseDiffers(f"{folder}: {len(found.differences)} differences. This is not what was computed.")


def _as_json(found: Verification) -> dict[str, object]:
    from dataclasses import asdict

    return {"equal": not found.differences, **asdict(found)}


def _print_found(found: Verification) -> None:
    for note in found.notes:
        typer.echo(f"note: {note}")
    for difference in found.differences:
        typer.echo(str(difference))
    if not found.differences:
        counts = f"{found.scores:,} scores, {found.answers:,} answers, {found.numbers:,} summary numbers"
        typer.echo(f"equal: {found.release}: {counts}, {found.files} files")
