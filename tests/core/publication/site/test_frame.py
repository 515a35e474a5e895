# SPDX-License-Identifier: MIT
"""The parts that pages of a site share, and the measures, scales and shapes of frameworks that they meet."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from tests.core.publication.site.sites import dated, files_of, first, small_site, two_rounds, words
from tests.core.publication.site.test_pages import rows_of
from trigpoint.io.content import framework_folder, list_frameworks, read_framework
from trigpoint.io.release import SOFTWARE
from trigpoint.publication.markup import tag
from trigpoint.publication.release import build_release
from trigpoint.publication.site.frame import SitePage, grid, headline, render_site_page
from trigpoint.publication.site.organisation_pages import Known, organisation_path
from trigpoint.publication.site.question_pages import question_path
from trigpoint.publication.site.site_files import build_site_files
from trigpoint.publication.site.site_numbers import SiteNumbers
from trigpoint.publication.site.site_releases import build_site
from trigpoint.scoring.trials import list_climbs
from trigpoint.statistics.quantiles import exact_quantile


def test_a_table_has_a_caption_heads_and_a_box_that_scrolls_by_itself() -> None:
    text = grid("Scores", ("who", "what", "n"), [("AAA", "good", "1"), ("BBB", "poor", "2")], text_columns=2)

    assert "<caption>Scores</caption>" in text
    assert 'tabindex="0" role="region" aria-label="Scores"' in text
    assert rows_of(text) == [["who", "what", "n"], ["AAA", "good", "1"], ["BBB", "poor", "2"]]
    assert '<th scope="row" class="text">AAA</th><td class="text">good</td><td>1</td>' in text
    assert text.count('scope="col"') == 3


def test_text_in_a_table_is_escaped_and_links_are_kept() -> None:
    text = grid("T", ("who", "n"), [(tag("a", "A & B", href="a.html"), "<5")])

    assert '<a href="a.html">A &amp; B</a>' in text
    assert "&lt;5" in text


def test_the_first_sentence_stands_large_and_the_rest_below() -> None:
    assert headline("One. Two. Three.").count("<p>") == 2
    assert headline("One.", "Two.", "Three.").count("<p>") == 3
    assert headline("Scores of 3.5 are one sentence.").count("<p>") == 1


@pytest.mark.parametrize(("path", "up"), [("index.html", ""), ("organisations/AAA.html", "../")])
def test_links_are_relative_so_that_the_folder_can_lie_anywhere(path: str, up: str) -> None:
    text = render_site_page(small_site(), SitePage(path, "A page", tag("p", "Text.")))

    assert f'href="{up}index.html"' in text
    assert f'href="{up}feed.xml"' in text
    assert 'href="/' not in text


def test_a_page_names_itself_and_the_site() -> None:
    page = render_site_page(small_site(), SitePage("table.html", "Table", tag("p", "Text.")))
    front = render_site_page(small_site(), SitePage("index.html", small_site().title, tag("p", "Text.")))

    assert "<title>Table – Sharing records</title>" in page
    assert "<title>Sharing records</title>" in front


def test_nothing_on_a_page_is_fetched_or_run() -> None:
    page = render_site_page(small_site(), SitePage("table.html", "Table", tag("p", "Text.")))

    assert "default-src &#x27;none&#x27;" in page
    assert not re.search(r"<(script|iframe|img|object|embed)\b", page)
    assert not re.search(r'<link [^>]*rel="stylesheet"', page)


def test_licence_and_day_stand_at_the_foot_of_each_page() -> None:
    page = words(render_site_page(small_site(), SitePage("table.html", "Table", tag("p", "Text."))))

    assert f"Release {small_site().newest.number}, published on 2031-06-01." in page
    assert "Licence: Open Government Licence v3.0" in page


def test_all_returns_of_a_care_setting_are_what_a_score_stands_beside() -> None:
    one = two_rounds().newest
    table = one.release.table
    known = Known(one, SiteNumbers("overall", {}, {}))
    rows = [row for row, unit in enumerate(table.units) if unit.care_setting == "General"]
    scores = sorted(s for row in rows if (s := table.score(row, "overall").value) is not None)

    found = known.spread("General", "overall")

    assert found is not None
    assert (found.n, found.lowest, found.highest) == (len(scores), scores[0], scores[-1])
    assert found.median == exact_quantile(scores, Fraction(1, 2))
    assert known.spread("Nowhere", "overall") is None
    assert known.spread("General", "overall") is found


@pytest.mark.parametrize("name", [str(one) for one in list_frameworks()])
def test_every_shipped_framework_can_stand_on_a_site(name: str) -> None:
    """Ladders, marks, statuses and numbers as well as means: pages of answers that climb from the least to the most."""
    framework = read_framework(name)
    climb = next(iter(list_climbs(framework)), None)
    if climb is None:
        pytest.skip("the framework has no trials")
    settings = replace(dated("2031-01-01"), title=f"A round of {name}")
    units = tuple(replace(unit, organisation=f"T{at}") for at, unit in enumerate(climb.answers.units))
    released = build_release(replace(climb.answers, units=units), framework, settings, software=SOFTWARE)

    made = build_site_files(build_site("T", "", [released], {}), rng_of=np.random.default_rng)

    for unit in released.table.units:
        assert organisation_path(unit.organisation) in made
    for question in framework.content.questions:
        assert question_path(question.id) in made
    for text in made.values():
        identities = re.findall(r' id="([^"]+)"', text)
        assert len(identities) == len(set(identities))
    assert framework_folder(name).is_dir()


def test_a_question_that_is_a_number_counts_numbers_given() -> None:
    newest = two_rounds().newest.release
    numbers = [one for one in newest.framework.content.questions if newest.framework.scale_of(one.id).number]
    text = files_of("nation")[question_path(numbers[0].id)]

    labels = [cells[0] for cells in rows_of(text[text.index("<tbody>") : text.index("</tbody>")])]
    assert labels[0] == "a number"


def test_a_release_of_another_day_is_another_release() -> None:
    assert first().manifest.release != small_site().releases[1].release.manifest.release
