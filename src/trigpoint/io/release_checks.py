# SPDX-License-Identifier: MIT
"""The checks of a release's folder, or of a site's with all its releases, before anybody else sees it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from trigpoint.errors import FileTrouble
from trigpoint.io.hidden_content import find_hidden_content
from trigpoint.io.release import list_paths
from trigpoint.io.release_verify import read_release, verify_release
from trigpoint.io.site import is_site
from trigpoint.publication.folder import WORKBOOK
from trigpoint.publication.release_checks import (
    NOTHING_HIDDEN,
    RECOMPUTED,
    ReleaseCheck,
    check_definitions,
    check_links,
    check_listed,
    check_small_numbers,
)
from trigpoint.publication.site.site_releases import RELEASES


def check_release(folder: Path) -> tuple[ReleaseCheck, ...]:
    """Return every check of a release. Raises FileTrouble when it can't be read at all."""
    release = read_release(folder)
    differences = verify_release(folder).differences
    return (
        check_listed(list_paths(folder)),
        ReleaseCheck(NOTHING_HIDDEN, _hidden_in(folder / WORKBOOK)),
        check_definitions(release),
        check_small_numbers(release),
        ReleaseCheck(RECOMPUTED, tuple(str(one) for one in differences)),
        check_site_links(folder),
    )


def check_folder(folder: Path) -> tuple[ReleaseCheck, ...]:
    """Return the checks of a release, or of a site: those of its links, and every check of each of its releases."""
    if not is_site(folder):
        return check_release(folder)
    checks = [check_site_links(folder)]
    for inside in sorted(one for one in (folder / RELEASES).iterdir() if one.is_dir()):
        checks += [ReleaseCheck(f"{inside.name}: {check.title}", check.problems) for check in check_release(inside)]
    return tuple(checks)


def _hidden_in(workbook: Path) -> tuple[str, ...]:
    try:
        return find_hidden_content(workbook)
    except FileNotFoundError:
        return (f"{workbook.name} is missing.",)
    except (OSError, zipfile.BadZipFile) as error:
        return (f"{workbook.name} can't be read: {error}.",)


def check_site_links(folder: Path) -> ReleaseCheck:
    """Return the check of every link between the pages and files of a folder. Raises FileTrouble."""
    paths = list_paths(folder)
    try:
        pages = {path: (folder / path).read_text(encoding="utf-8") for path in paths if path.endswith(".html")}
    except (OSError, UnicodeDecodeError) as error:
        raise FileTrouble(f"{folder}: a page can't be read: {error}.") from error
    return check_links(pages, frozenset(paths))
