# SPDX-License-Identifier: MIT
"""The page: its words, its markup, its drawings, and that every number on it is a line of the summary."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

import pytest

from tests.core.publication.rounds import (
    AAA,
    DDD,
    SETTINGS,
    answers,
    called,
    file_of,
    release,
    sharing,
    unit,
)
from trigpoint.frameworks import Framework, parse_framework
from trigpoint.io.content import list_frameworks, read_framework
from trigpoint.io.release import SOFTWARE
from trigpoint.publication.chart import ChartWords, PrintedNumber
from trigpoint.publication.draw import axis_text, percent, wrap_label
from trigpoint.publication.folder import PAGE
from trigpoint.publication.markup import Markup, join, tag
from trigpoint.publication.page import NationalPage, build_page, page_measures
from trigpoint.publication.page_html import draw, render_page
from trigpoint.publication.page_numbers import page_numbers
from trigpoint.publication.release import build_release
from trigpoint.submissions import AnswerTable, Missing, Unit
from trigpoint.submissions.questionnaire import build_answers


def page(table: AnswerTable | None = None) -> NationalPage:
    made = release(table)
    return build_page(made.summary, made.framework, made.manifest)


def said(built: NationalPage) -> list[str]:
    """The headline as people read it."""
    return [
        "".join(part.text if isinstance(part, PrintedNumber) else part for part in sentence)
        for sentence in built.headline
    ]


def html(table: AnswerTable | None = None) -> str:
    return render_page(page(table))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a page consists of."""

    tags: list[str]
    ids: list[str]
    attributes: list[tuple[str, str]]


def outline(text: str) -> Outline:
    """Return what a page consists of; fails when an element is not closed in its place, as XML is that strict."""
    closed = re.sub(r"<(meta|link)\b([^>]*)>", r"<\1\2/>", text)
    elements = list(ET.fromstring(closed).iter())
    attributes = [pair for one in elements for pair in one.attrib.items()]
    return Outline(
        tags=[one.tag.rpartition("}")[2] for one in elements],
        ids=[value for name, value in attributes if name == "id"],
        attributes=attributes,
    )


def all_missing(framework: Framework) -> AnswerTable:
    return build_answers(framework, [(unit("AAA"), dict.fromkeys(framework.questions, Missing.NOT_APPLICABLE))])


def test_the_headline_is_a_sentence_with_n() -> None:
    assert said(page()) == [
        "The mean Overall score was 58.0 out of 100, from 3 returns.",
        "The middle half scored between 37.0 and 83.8.",
        "1 return has no Overall score; that is not 0, and not in the mean.",
    ]


def test_several_returns_without_a_score_are_said_in_the_plural() -> None:
    table = answers((unit("AAA"), AAA), (unit("DDD"), DDD), (unit("DDE"), DDD))

    assert said(page(table))[2] == "2 returns have no Overall score; that is not 0, and not in the mean."


def test_nothing_is_said_of_missing_scores_when_there_are_none() -> None:
    assert len(said(page(answers((unit("AAA"), AAA))))) == 2


def test_a_round_without_any_score_says_so() -> None:
    nothing = page(answers((unit("DDD"), DDD)))

    assert said(nothing) == ["No return has a score for Overall. Returns counted: 1."]
    assert [section.heading for section in nothing.sections] == ["Themes"]
    assert len(nothing.sections[0].charts) == 1


def test_the_page_says_what_it_cannot_tell() -> None:
    limits = page().limits

    assert limits[0].startswith("They are self-assessed")
    assert any("no league table" in limit for limit in limits)
    assert any("another round" in limit for limit in limits)


def test_answers_on_another_basis_are_not_called_self_assessed() -> None:
    made = build_release(answers(), sharing(), SETTINGS, software=SOFTWARE, basis="assured")

    built = build_page(made.summary, made.framework, made.manifest)

    assert built.limits[0] == "They rest on answers that are: assured."
    assert built.about == "Round example, assured answers."


def test_the_date_is_printed_only_when_given() -> None:
    made = release(settings=replace(SETTINGS, date="2031-05-01"))

    assert build_page(made.summary, made.framework, made.manifest).about.endswith(" Published on 2031-05-01.")
    assert "Published" not in page().about


def test_a_tree_of_three_levels_has_themes_and_sections() -> None:
    shown = page_measures(read_framework("example-level-gate@1"))

    assert [one.id for one in shown.roots] == ["overall"]
    assert [one.id for one in shown.themes] == ["well_led", "empower_people"]
    assert [one.id for one in shown.sections] == ["digital_strategy", "digital_leadership", "personal_record"]


def test_several_roots_are_the_themes() -> None:
    shown = page_measures(two_roots())

    assert [one.id for one in shown.roots] == [one.id for one in shown.themes] == ["viewing", "sending"]
    assert shown.sections == ()


def test_each_of_several_roots_has_its_headline_and_its_histogram() -> None:
    framework = two_roots()
    made = build_release(build_answers(framework, [(unit("AAA"), AAA)]), framework, SETTINGS, software=SOFTWARE)

    built = build_page(made.summary, framework, made.manifest)

    assert [line[:35] for line in said(built)[::2]] == [
        "The mean Viewing records score was ",
        "The mean Sending records score was ",
    ]
    assert [chart.words.name for chart in built.sections[-1].charts] == ["distribution-viewing", "distribution-sending"]


def two_roots() -> Framework:
    """The small framework without its overall measure."""
    sections = "\n".join(f"  - {{id: {name}, title: {name.title()} records, level: section}}" for name in SECTIONS)
    content = re.sub(
        r"\nmeasures:.*?(?=\n# Answer scales)",
        f"\nmeasures:\n{sections}\n",
        file_of(sharing(), "framework.yaml"),
        flags=re.DOTALL,
    )
    scoring = re.sub(r"\n  overall: \{.*?\}", "", file_of(sharing(), "scoring.yaml"))
    return parse_framework({"framework.yaml": content, "scoring.yaml": scoring})


SECTIONS = ("viewing", "sending")


def test_every_number_of_the_page_is_a_line_of_the_summary() -> None:
    made = release()

    numbers = page_numbers(made.texts[PAGE])

    assert len(numbers) > 50
    assert all(made.summary.line(one.measure, one.statistic).text == one.text for one in numbers)


def test_the_page_is_well_formed_with_one_h1_and_no_id_twice() -> None:
    found = outline(html())

    assert found.tags.count("h1") == 1
    assert len(found.ids) == len(set(found.ids))


def test_each_chart_has_title_description_and_a_table() -> None:
    found = outline(html())

    assert found.tags.count("svg") == 3
    assert found.tags.count("desc") == found.tags.count("details") == found.tags.count("table") == 3
    assert found.tags.count("title") == 3 + 1  # and the page's own


def test_the_page_runs_nothing_and_fetches_nothing() -> None:
    text = html()
    found = outline(text)

    assert "script" not in found.tags
    assert not [name for name, _ in found.attributes if name.startswith("on") or name in {"src", "style"}]
    assert "url(" not in text
    assert "@import" not in text


def test_a_title_can_not_become_markup() -> None:
    made = release(settings=called("<script>alert(1)</script> & more"))

    assert "<script" not in made.texts[PAGE]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in made.texts[PAGE]


def test_synthetic_answers_are_called_so_first_and_in_the_title() -> None:
    text = release(settings=replace(SETTINGS, is_synthetic=True)).texts[PAGE]

    assert text.index("made-up organisations") < text.index("<h1>")
    assert "<title>Synthetic: Sharing records, 2031</title>" in text


def test_real_answers_are_not_called_synthetic() -> None:
    assert "ynthetic" not in html()


@pytest.mark.parametrize("framework", [str(ref) for ref in list_frameworks()])
def test_every_framework_has_a_page_even_without_a_single_score(framework: str) -> None:
    read = read_framework(framework)
    made = build_release(all_missing(read), read, SETTINGS, software=SOFTWARE)

    assert outline(made.texts[PAGE]).tags.count("h1") == 1


def test_a_value_that_is_no_chart_can_not_be_drawn() -> None:
    with pytest.raises(TypeError, match="no drawing for ChartWords"):
        draw(ChartWords("", "", "", "", ""))  # type: ignore[arg-type]


def test_text_and_attributes_are_escaped_and_markup_is_not() -> None:
    made = tag("p", "a < b ", tag("b", '"'), title='say "no"', data_n=0.5)

    assert made == '<p title="say &quot;no&quot;" data-n="0.5">a &lt; b <b>&quot;</b></p>'
    assert join("<", Markup("<br>")) == "&lt;<br>"


def test_an_empty_element_is_not_closed() -> None:
    assert tag("meta", charset="utf-8") == '<meta charset="utf-8">'


def test_an_attribute_without_a_value_stands_alone() -> None:
    assert tag("details", "", open="") == "<details open></details>"


def test_lengths_are_short_and_plain() -> None:
    assert (percent(0), percent(1 / 3), percent(1)) == ("0%", "33.33%", "100%")
    assert tag("rect", y=0, height=12.50) == '<rect y="0" height="12.5"></rect>'


def test_a_long_label_is_broken_so_that_it_fits_a_phone() -> None:
    assert wrap_label("Medicines management and optimisation") == ("Medicines management", "and optimisation")


@pytest.mark.parametrize(("place", "anchor"), [(0, "start"), (0.5, "middle"), (1, "end")])
def test_a_number_at_the_end_of_an_axis_stays_inside(place: float, anchor: str) -> None:
    assert f'text-anchor="{anchor}"' in axis_text("50", place, 10)


def test_a_page_with_thousands_of_returns_leaves_long_numbers_to_the_table() -> None:
    many = answers(*((unit(f"A{at:04}"), AAA) for at in range(1200)))
    text = html(many)
    drawn = text[text.index('aria-labelledby="distribution-overall') :].partition("</svg>")[0]

    assert "1,200" not in drawn.replace("1,200 from 60", "")
    assert "1,200" in text


def test_numbers_are_read_back_with_their_line_of_the_summary() -> None:
    text = (
        '<p>The mean was <span data-measure="overall" data-statistic="mean">58.0</span>.</p>'
        '<b class="x" data-measure="x" data-statistic="under &lt; 1">&lt;1</b>'
    )

    assert page_numbers(text) == (PrintedNumber("overall", "mean", "58.0"), PrintedNumber("x", "under < 1", "<1"))


@pytest.mark.parametrize(("name", "is_ladder"), [("example-stage-gate@1", True), ("example-points@1", False)])
def test_a_mean_of_stages_is_said_to_rest_on_steps_of_equal_length(name: str, is_ladder: bool) -> None:
    framework = read_framework(name)
    made = build_release(build_answers(framework, [(Unit("RA0"), {})]), framework, SETTINGS, software=SOFTWARE)

    limits = build_page(made.summary, framework, made.manifest).limits

    assert any("every step as equally long" in limit for limit in limits) is is_ladder
