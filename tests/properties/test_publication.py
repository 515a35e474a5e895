# SPDX-License-Identifier: MIT
"""What holds of a site and of FHIR resources whatever the framework and the answers, and whatever somebody sends."""

from __future__ import annotations

import copy
import json
import posixpath
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.publication.rounds import AAA, answers, sharing, unit
from tests.core.publication.site.sites import dated
from tests.support.frameworks import Draft, Return, answer_table
from tests.support.strategies import drafts_and_returns
from trigpoint.errors import AnswersProblems
from trigpoint.io.release import SOFTWARE
from trigpoint.publication.fhir_questionnaire import GROUP, UNSCORED, WHY_MISSING, build_questionnaire
from trigpoint.publication.fhir_response import build_response, parse_response
from trigpoint.publication.folder import LED_TO
from trigpoint.publication.release import build_release
from trigpoint.publication.site.corrections import list_corrections
from trigpoint.publication.site.organisation_pages import organisation_path
from trigpoint.publication.site.site_files import build_site_files
from trigpoint.publication.site.site_releases import Site, build_site
from trigpoint.submissions import AnswerTable

BASE = "https://example.org/fhir"
Case = tuple[Draft, list[Return]]


def several(of: Draft, units: list[Return]) -> AnswerTable:
    table = answer_table(of.framework, units)
    return replace(table, units=tuple(replace(one, organisation=f"X{at}") for at, one in enumerate(table.units)))


def site_of(of: Draft, *tables: AnswerTable) -> Site:
    released = [
        build_release(table, of.framework, dated(f"2031-0{at}-01"), software=SOFTWARE)
        for at, table in enumerate(tables, 1)
    ]
    numbers = [f"2020.{at}" for at in range(2, len(tables) + 1)]
    return build_site("A site", "", released, dict.fromkeys(numbers, "Something was mended."))


@settings(max_examples=25, deadline=None)
@given(drafts_and_returns())
def test_any_framework_and_answers_make_a_site_whose_links_all_lead_somewhere(case: Case) -> None:
    of, units = case
    site = site_of(of, several(of, units))

    made = build_site_files(site, rng_of=np.random.default_rng)

    there = {*made, *(f"{site.newest.folder}/{name}" for name in (*LED_TO, "index.html"))}
    for path, text in made.items():
        if path.endswith(".html"):
            identities = re.findall(r' id="([^"]+)"', text)
            assert len(identities) == len(set(identities))
            for target in re.findall(r'href="([^"#]+)"', text):
                if "://" not in target and not target.startswith("data:"):
                    assert posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) in there
    assert all(organisation_path(one.organisation) in made for one in site.newest.release.table.units)


@settings(max_examples=40, deadline=None)
@given(drafts_and_returns(), st.data())
def test_a_correction_names_exactly_the_scores_that_differ(case: Case, chosen: st.DataObject) -> None:
    of, units = case
    first = several(of, units)
    other = chosen.draw(st.permutations(units))
    second = several(of, list(other))
    assume(first.hash != second.hash)

    (found,) = list_corrections(site_of(of, first, second))

    before, after = found.corrected.release.table, found.by.release.table
    differing = {
        (one.key, measure)
        for row, one in enumerate(before.units)
        for measure in before.measures
        if (a := before.score(row, measure)).value != (b := after.score(row, measure)).value or a.band != b.band
    }
    assert {(change.unit, change.measure) for change in found.changes} == differing


@settings(max_examples=60, deadline=None)
@given(drafts_and_returns())
def test_a_questionnaire_asks_every_question_once_and_says_when_by_what_it_asks(case: Case) -> None:
    of, _ = case
    made = build_questionnaire(of.framework, base=BASE)
    links: list[str] = []
    asked_before: list[tuple[str, int]] = []

    def walk(entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            links.append(entry["linkId"])
            asked_before.extend((one["question"], len(links)) for one in entry.get("enableWhen", []))
            walk(entry.get("item", []))

    walk(made["item"])

    assert len(links) == len(set(links))
    questions = [one for one in links if not one.startswith(GROUP) and one != UNSCORED]
    assert {one.removesuffix(WHY_MISSING) for one in questions} == set(of.framework.questions)
    assert all(question in links for question, _ in asked_before)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=6,
)
KEYS = ("resourceType", "questionnaire", "subject", "extension", "item")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, as the keys that lead to it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inside for place in places(one, (*path, key)))]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_whatever_is_sent_is_read_or_refused_with_its_problems(chosen: st.DataObject) -> None:
    sent = copy.deepcopy(build_response(answers((unit("AAA"), AAA)), 0, sharing(), base=BASE))
    *way, last = chosen.draw(st.sampled_from([place for place in places(sent) if place]))
    inside: Any = sent
    for key in way:
        inside = inside[key]
    inside[last] = chosen.draw(json_values)

    found = read_or_refused(json.loads(json.dumps(sent)))

    assert found == set(sharing().questions) or found == {"refused"}


def read_or_refused(sent: dict[str, Any]) -> set[str]:
    """The questions that were read, or that the response was refused, with problems that say something."""
    try:
        return set(parse_response(sent, sharing(), base=BASE).answers)
    except AnswersProblems as error:
        return {"refused"} if all(problem.message for problem in error.problems) else set()


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), json_values))
def test_nonsense_is_refused_and_never_breaks_the_reading(sent: dict[str, Any]) -> None:
    with pytest.raises(AnswersProblems) as refused:
        parse_response(sent, sharing(), base=BASE)
    assert refused.value.problems
