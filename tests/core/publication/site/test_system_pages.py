# SPDX-License-Identifier: MIT
"""Systems on a site: whether they differ at all, plain and like for like, with n, mix and their organisations."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.core.publication.rounds import AAA, answers, release, unit
from tests.core.publication.site.sites import dated, two_rounds, words
from tests.core.publication.site.test_pages import rows_of
from trigpoint.analysis.scored_units import group_units, list_scored_units
from trigpoint.analysis.systems import analyse_systems
from trigpoint.publication.site.frame import menu_of
from trigpoint.publication.site.organisation_pages import name_organisations, organisation_path
from trigpoint.publication.site.site_files import SITE, build_site_files, parse_site_record
from trigpoint.publication.site.site_releases import Site, SiteGroups, build_site
from trigpoint.publication.site.system_pages import GROUPS, groups_text, system_path

NAMES = ("North Riding", "Ébène & Sons", "The Wolds", "West Marsh")


def grouped(*, types: bool) -> Site:
    """The made-up nation with its organisations dealt to four systems, the first two types within each."""
    site = two_rounds()
    codes = list(dict.fromkeys(one.organisation for one in site.newest.release.table.units))
    system_of = {code: NAMES[at % 4] for at, code in enumerate(codes)}
    type_of = {code: ("acute", "other")[at // 4 % 2] for at, code in enumerate(codes)} if types else {}
    return replace(site, groups=SiteGroups(system_of, type_of))


@cache
def made(types: bool) -> Mapping[str, str]:
    return build_site_files(grouped(types=types), rng_of=np.random.default_rng)


def found(*, types: bool = True):
    site = grouped(types=types)
    assert site.groups is not None
    units = list_scored_units(site.newest.release.table, "overall")
    return analyse_systems(
        group_units(units, site.groups.system_of, grouping="system"), type_of=site.groups.type_of or None
    )


@pytest.mark.parametrize("types", [True, False])
def test_the_page_begins_with_whether_systems_differ_at_all(types: bool) -> None:
    page = words(made(types)["systems/index.html"])

    assert page.index(found(types=types).sentence[:60]) < page.index("Systems by name")
    assert found(types=types).definition in page


def test_plain_and_like_for_like_means_stand_side_by_side_with_n_and_mix() -> None:
    text = made(True)["systems/index.html"]
    lines = {cells[0]: cells[1:] for cells in rows_of(text[text.index("<tbody>") : text.index("</tbody>")])}

    assert set(lines) == set(NAMES)
    for one in found().numbers.systems:
        n, plain, like, reach, mix, rate = lines[one.system]
        assert (n, plain, like) == (str(one.n), f"{one.crude:.1f}", f"{one.adjusted:.1f}")
        low, high = map(int, re.findall(r"-?\d+", reach))
        assert low <= one.adjusted <= high
        # plain less the mean of all is mix and rate together
        assert float(mix) + float(rate) == pytest.approx(one.crude - found().numbers.over_units, abs=0.11)


def test_systems_stand_by_name_and_not_by_score() -> None:
    text = made(True)["systems/index.html"]
    names = [cells[0] for cells in rows_of(text[text.index("<tbody>") : text.index("</tbody>")])]

    assert names == sorted(names)


@pytest.mark.parametrize("name", NAMES)
def test_each_system_has_a_page_with_its_doubt_and_its_organisations(name: str) -> None:
    site, page = grouped(types=True), words(made(True)[system_path(name)])
    assert site.groups is not None
    (one,) = (each for each in found().numbers.systems if each.system == name)

    assert f"The plain mean of its {one.n} returns is {one.crude:.1f}; like for like it is {one.adjusted:.1f}" in page
    assert "Of all systems: " in page
    names = name_organisations(site)
    members = [names[code] for code, system in site.groups.system_of.items() if system == name]
    assert all(member in page for member in members)
    assert f"{one.counts['acute']} acute" in page


def test_every_link_of_systems_leads_somewhere() -> None:
    for path, text in made(True).items():
        if path.startswith("systems/"):
            for target in re.findall(r'href="([^"#]+)"', text):
                if "://" not in target and not target.startswith("data:") and "releases" not in target:
                    assert posixpath.normpath(posixpath.join("systems", target)) in made(True)


def test_the_menu_leads_to_systems_only_where_there_are_any() -> None:
    assert ("systems/index.html", "Systems") in menu_of(grouped(types=True))
    assert "Systems" not in [words_ for _, words_ in menu_of(two_rounds())]
    assert ">Systems</a>" in made(True)["index.html"]


def test_groups_travel_with_the_site() -> None:
    assert parse_site_record(made(True)[SITE]).has_groups
    lines = made(True)[GROUPS].splitlines()
    assert lines[0] == "organisation,system,type"
    assert len(lines) == 41
    assert lines[1:] == sorted(lines[1:])


def test_an_organisation_of_a_type_and_no_system_is_kept_and_so_is_the_reverse() -> None:
    assert groups_text(SiteGroups({"B": "North, East"}, {"A": "acute"})) == (
        'organisation,system,type\nA,,acute\nB,"North, East",\n'
    )


def test_systems_that_the_round_can_not_bear_are_refused_with_the_reason() -> None:
    one = replace(two_rounds(), groups=SiteGroups({"nobody": "Nowhere"}, {}))
    tiny = build_site("T", "", [release(answers((unit("AAA"), AAA)), dated("2031-01-01"))], {})

    for site in (one, replace(tiny, groups=SiteGroups({"AAA": "North"}, {}))):
        page = words(build_site_files(site, rng_of=np.random.default_rng)["systems/index.html"])
        assert "Systems can’t be set side by side." in page


def test_a_framework_without_a_score_on_top_has_no_systems() -> None:
    site = grouped(types=False)
    newest = site.newest
    content = newest.release.framework.content
    framework = replace(newest.release.framework, content=replace(content, measures=content.measures[0].measures))
    several = replace(newest, release=replace(newest.release, framework=framework))

    made_ = build_site_files(replace(site, releases=(several,)), rng_of=np.random.default_rng)

    assert "no score on top of all others" in words(made_["systems/index.html"])


def test_an_organisation_says_which_system_it_is_in() -> None:
    site = grouped(types=True)
    assert site.groups is not None
    code, system = next(iter(site.groups.system_of.items()))

    assert f"In the system {system}." in words(made(True)[organisation_path(code)])


def test_without_types_no_mix_is_told() -> None:
    page = words(made(False)[system_path(NAMES[0])])

    assert "Returns with a score: 10." in page
    assert "Systems" in page
    assert "which system a unit is in" in page
