# SPDX-License-Identifier: MIT
"""Sites for tests: of a small round whose sums can be done by hand, and of forty organisations in two rounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from html import unescape

import numpy as np

from tests.core.analysis.test_every_result import rounds
from tests.core.publication.rounds import AAA, BBB, CCC, DDD, SETTINGS, answers, release, unit
from trigpoint.io.release import SOFTWARE
from trigpoint.publication.release import Release, build_release
from trigpoint.publication.settings import LICENCES, ReleaseSettings
from trigpoint.publication.site.site_files import build_site_files
from trigpoint.publication.site.site_releases import Site, build_site

WHY = {"2031.2": "One answer of AAA had been read wrongly."}


def dated(date: str | None) -> ReleaseSettings:
    return replace(SETTINGS, date=date)


def first() -> Release:
    return release(settings=dated("2031-05-01"))


def mended() -> Release:
    """The same round with another answer of AAA: alerts to the GP are sent by all, so sending is 85 and overall 80."""
    better = {**AAA, "alerts_to_gp": "all"}
    table = answers((unit("AAA"), better), (unit("BBB"), BBB), (unit("CCC"), CCC), (unit("DDD"), DDD))
    return release(table, dated("2031-06-01"))


@cache
def small_site() -> Site:
    """A round and its correction."""
    round_name = first().manifest.round
    return build_site("Sharing records", "https://example.org/sharing/", [first(), mended()], reasons(round_name))


def reasons(round_name: str) -> Mapping[str, str]:
    return {number.replace("2031", re.sub(r"[^A-Za-z0-9-]+", "-", round_name)): why for number, why in WHY.items()}


@cache
def two_rounds() -> Site:
    """Forty organisations of the synthetic nation in both rounds."""
    made = [
        build_release(
            given.answers.only(slice(0, 40)),
            given.framework,
            ReleaseSettings(f"Round {year}", LICENCES["CC-BY-4.0"], f"{year}-12-01", is_synthetic=True),
            software=SOFTWARE,
        )
        for given, year in zip(rounds(), (2016, 2017), strict=True)
    ]
    return build_site("A made-up nation", "", made, {})


@cache
def files_of(which: str) -> Mapping[str, str]:
    """The files of a site: "small" or "nation"."""
    site = small_site() if which == "small" else two_rounds()
    return build_site_files(site, rng_of=np.random.default_rng)


def words(text: str) -> str:
    """What a reader sees of a page, white space joined."""
    shown = re.sub(r"<style>.*?</style>", " ", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", shown))).replace(" .", ".").replace(" ,", ",")
