# SPDX-License-Identifier: MIT
"""A page for each question: its words, what its answers are worth, and how it was answered in each round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from trigpoint.frameworks.framework import Framework
from trigpoint.frameworks.model import Question
from trigpoint.frameworks.points import points_table
from trigpoint.publication.display import display_part, display_percent
from trigpoint.publication.markup import Markup, join, tag
from trigpoint.publication.site.frame import SitePage, address_part, grid
from trigpoint.publication.site.site_releases import Site, SiteRelease
from trigpoint.scoring.explain import missing_in_words
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE, Missing


def question_path(question: str) -> str:
    """Return where a question's page lies."""
    return f"questions/{address_part(question)}.html"


def questions_page(site: Site) -> SitePage:
    """Return the page that leads to every question of the newest round, by the measure it counts in."""
    framework = site.newest.release.framework
    parts = [
        join(tag("h2", framework.measures[measure].title), _links(questions))
        for measure, questions in _by_measure(framework).items()
        if measure
    ]
    unscored = _by_measure(framework).get("", [])
    rest = [join(tag("h2", "Asked and not scored"), _links(unscored))] if unscored else []
    about = f"{len(framework.questions)} questions of {framework.content.title}, {framework.ref}."
    return SitePage("questions/index.html", "Questions", join(tag("p", about, class_="about"), *parts, *rest))


def _by_measure(framework: Framework) -> Mapping[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in framework.content.questions:
        found.setdefault(question.measure or "", []).append(question)
    return found


def _links(questions: Sequence[Question]) -> Markup:
    entries = [tag("li", tag("a", one.short_title, href=question_path(one.id).partition("/")[2])) for one in questions]
    return tag("ul", *entries)


def question_pages(site: Site) -> Iterator[SitePage]:
    """Yield a page for each question of the newest round, with its answers in every round that asked it by that id."""
    framework = site.newest.release.framework
    for question in framework.content.questions:
        rounds = [one for one in reversed(site.current) if question.id in one.release.table.answers.questions]
        yield SitePage(question_path(question.id), question.short_title, _body(framework, question, rounds))


def _body(framework: Framework, question: Question, rounds: Sequence[SiteRelease]) -> Markup:
    counts_in = framework.measures[question.measure].title if question.measure else "no score"
    words = [tag("p", question.text)] if question.title else []
    told = [
        join(tag("h2", heading), tag("p", text))
        for heading, text in (("Why it is asked", question.why), ("What good looks like", question.good_looks_like))
        if text
    ]
    answers = [_answers(one, question.id) for one in rounds]
    return join(
        *words, tag("p", f"Counts in {counts_in}.", class_="about"), *told, tag("h2", "How it was answered"), *answers
    )


def _answers(one: SiteRelease, question: str) -> Markup:
    release = one.release
    framework, answers = release.framework, release.table.answers
    codes = answers.codes[:, answers.questions.index(question)]
    scale = framework.scale_of(question)
    asked = framework.questions[question]
    shown = int((codes != CODE_OF[Missing.NOT_SHOWN]).sum())
    lines = [
        _line(option.label, _worth(framework, asked, option.code), int((codes == at).sum()), shown)
        for at, option in enumerate(scale.answers)
    ]
    if scale.number is not None:
        lines.append(_line("a number", "by its size", int((codes < LOWEST_MISSING_CODE).sum()), shown))
    lines += [
        _line(
            missing_in_words(state.value),
            "",
            int((codes == code).sum()),
            shown if state is not Missing.NOT_SHOWN else 0,
        )
        for state, code in CODE_OF.items()
    ]
    caption = f"{release.manifest.round}: {asked.text}"
    heading = ("answer", "points", "returns", "share of those asked")
    return grid(caption, heading, lines)


def _line(label: str, worth: str, count: int, asked: int) -> tuple[str, str, str, str]:
    share = display_percent(Fraction(100 * count, asked)) if asked else ""
    return label, worth, f"{count:,}", share


def _worth(framework: Framework, question: Question, code: str) -> str:
    table = points_table(framework.scoring, question.id, question.scale)
    return display_part(Fraction(table[code])) if isinstance(table, Mapping) else ""
