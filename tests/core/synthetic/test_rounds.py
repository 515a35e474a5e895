# SPDX-License-Identifier: MIT
"""Two made-up rounds have the shape of the real ones, and are the same wherever they are made."""

from __future__ import annotations

import dataclasses
import hashlib
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.core.synthetic.made import frameworks, generator, rounds, shape, small_framework, small_shape
from tests.support.shared import shared_data
from trigpoint.io.published import read_published
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions.answers import AnswerTable, check_answers
from trigpoint.submissions.missing import CODE_OF, LOWEST_MISSING_CODE, Missing
from trigpoint.synthetic import SyntheticRounds, make_rounds
from trigpoint.synthetic.shape import ProviderCounts

THEMES = ("readiness", "capabilities", "infrastructure")
Floats = NDArray[np.float64]


@cache
def scored(seed: int) -> tuple[ScoreTable, ScoreTable]:
    made = rounds(seed)
    first, second = (
        score_answers(table, compile_plan(framework))
        for table, framework in zip((made.first, made.second), frameworks(), strict=True)
    )
    return first, second


def matched(seed: int, measure: str = "overall") -> tuple[Floats, Floats]:
    """The scores of those with a score in both rounds."""
    by_code = [dict(zip((u.organisation for u in t.units), t.column(measure), strict=True)) for t in scored(seed)]
    codes = [code for code in by_code[0] if code in by_code[1]]
    both = np.array([[one[code] for one in by_code] for code in codes])
    both = both[~np.isnan(both).any(axis=1)]
    return both[:, 0], both[:, 1]


def fingerprint(made: SyntheticRounds) -> str:
    digest = hashlib.sha256()
    for table in (made.first, made.second):
        digest.update(repr([(u.organisation, u.name, u.care_settings) for u in table.units]).encode())
        digest.update(table.codes.tobytes())
        for question, numbers in sorted(table.numbers.items()):
            digest.update(question.encode() + numbers.astype("<f8").tobytes())
    digest.update(repr([(s.predecessor, s.successor, str(s.on)) for s in made.register.successions]).encode())
    digest.update(repr([(m.organisation, m.grouping, m.group) for m in made.register.memberships]).encode())
    return digest.hexdigest()


def small_rounds(seed: int) -> SyntheticRounds:
    """Rounds of the small framework, whose bytes no change of the shipped content moves."""
    one = small_shape(section_gap_share=0.05)
    small = dataclasses.replace(
        shape(),
        rounds=(one, one),
        correlations=((1.0, 0.3, 0.6, 0.2), (0.3, 1.0, 0.1, 0.5), (0.6, 0.1, 1.0, 0.4), (0.2, 0.5, 0.4, 1.0)),
        providers=ProviderCounts(40, 3, 1),
    )
    return make_rounds(generator(seed), small, (small_framework(), small_framework()))


def test_at_the_default_seed_the_two_rounds_correlate_as_the_real_ones() -> None:
    first, second = matched(20)

    assert len(first) >= 225
    assert float(np.corrcoef(first, second)[0, 1]) == pytest.approx(0.66, abs=0.04)


def test_at_the_default_seed_means_and_spreads_are_near_the_real_ones() -> None:
    tables = scored(20)

    # published: 60.4 and 70.5, standard deviations 12.5 and 11.0; one standard error of a mean is 0.8
    assert [float(np.nanmean(t.column("overall"))) for t in tables] == pytest.approx([60.4, 70.5], abs=1.0)
    assert [float(np.nanstd(t.column("overall"), ddof=1)) for t in tables] == pytest.approx([12.5, 11.0], abs=0.6)
    themes = [[float(np.nanmean(t.column(theme))) for theme in THEMES] for t in tables]
    assert themes[0] == pytest.approx([73, 40, 68], abs=2)
    assert themes[1] == pytest.approx([82, 53, 76], abs=2)


def test_over_many_seeds_the_rounds_scatter_about_the_real_ones() -> None:
    seeds = range(100, 112)
    correlations = [float(np.corrcoef(*matched(seed))[0, 1]) for seed in seeds]
    means = np.array([[float(np.nanmean(t.column("overall"))) for t in scored(seed)] for seed in seeds])
    spreads = np.array([[float(np.nanstd(t.column("overall"), ddof=1)) for t in scored(seed)] for seed in seeds])

    # the mean of 12 has a standard error of 0.04 / sqrt(12) = 0.012, 0.8 / sqrt(12) = 0.23 and 0.6 / sqrt(12) = 0.17
    assert np.mean(correlations) == pytest.approx(0.66, abs=0.04)
    assert means.mean(axis=0) == pytest.approx(np.array([60.4, 70.5]), abs=1.2)
    assert spreads.mean(axis=0) == pytest.approx(np.array([12.5, 11.0]), abs=0.7)
    assert min(correlations) > 0.5
    assert len(set(correlations)) == len(correlations)


def test_answer_shares_are_those_of_the_shape() -> None:
    """Of those shown a question; two in a thousand of all shares may stray beyond three standard errors, not more."""
    strayed = total = 0
    for table, framework, round_shape in zip(
        (rounds(20).first, rounds(20).second), frameworks(), shape().rounds, strict=True
    ):
        for column, question in enumerate(table.questions):
            wanted = round_shape.questions[question]
            if wanted.classes or question in round_shape.ticked_by:
                continue
            codes = table.codes[:, column]
            shown = codes[codes != CODE_OF[Missing.NOT_SHOWN]]
            for position, share in enumerate(wanted.answers):
                # a section left open as a whole, 1 in 200, takes from every answer
                error = max(np.sqrt(share * (1 - share) / len(shown)), 1 / len(shown))
                strayed += abs(float((shown == position).mean()) - share) > 3 * error + 0.01
                total += 1
            assert len(framework.scale_of(question).codes) == len(wanted.answers)
    assert total > 1400
    assert strayed <= 0.002 * total


def test_sections_correlate_within_and_between_rounds() -> None:
    for table in scored(20):
        themes = np.stack([table.column(theme) for theme in THEMES])
        complete = themes[:, ~np.isnan(themes).any(axis=0)]
        assert complete.shape[1] > 220
        assert all(0.3 < correlation < 0.8 for correlation in np.asarray(np.corrcoef(complete))[np.triu_indices(3, 1)])
    for theme in THEMES:
        assert 0.35 < float(np.corrcoef(*matched(20, theme))[0, 1]) < 0.8


def test_ambulance_services_are_shown_only_what_they_are_asked() -> None:
    table, framework = rounds(20).second, frameworks()[1]
    rows = [at for at, unit in enumerate(table.units) if unit.care_settings == ("ambulance",)]

    assert len(rows) > 5
    for column, question in enumerate(table.questions):
        if not framework.questions[question].is_asked_in(("ambulance",)):
            assert (table.codes[rows, column] == CODE_OF[Missing.NOT_SHOWN]).all()


def test_the_answers_are_in_order_and_say_synthetic() -> None:
    for table, framework in zip((rounds(20).first, rounds(20).second), frameworks(), strict=True):
        assert check_answers(table, framework) == []
        assert table.round == framework.content.round
        assert all("Synthetic" in unit.name for unit in table.units)
        assert [unit.organisation for unit in table.units] == sorted(unit.organisation for unit in table.units)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    once, again = (make_rounds(generator(20), shape(), frameworks()) for _ in range(2))

    assert fingerprint(once) == fingerprint(again)
    assert fingerprint(once) != fingerprint(rounds(21))


def test_the_bytes_are_these_on_every_machine() -> None:
    assert fingerprint(small_rounds(7)) == "9add8b3022cee3bfb54d7ac53636371a80c06f79cce42075f147b3a45ca52bdb"


def test_frameworks_that_the_shape_is_not_of_are_refused() -> None:
    first, second = frameworks()

    with pytest.raises(ValueError, match="the shape is of nhs-dma@2015-16, not of nhs-dma@2017"):
        make_rounds(generator(1), shape(), (second, first))


def answers_given(table: AnswerTable) -> set[bytes]:
    """Each return as bytes, those with hardly an answer left out: they are alike without being anybody's."""
    answered = (table.codes < LOWEST_MISSING_CODE).sum(axis=1) > 20
    return {row.tobytes() for row in table.codes[answered]}


def test_no_made_up_return_is_a_real_one() -> None:
    for table in (rounds(20).first, rounds(20).second):
        file = shared_data("nhs-dma", f"dma_{table.round}_answers.csv")
        real = read_published(f"nhs-dma-{table.round}", file).answers
        assert real.questions == table.questions

        assert len(answers_given(real)) > 220
        assert answers_given(real).isdisjoint(answers_given(table))


def test_no_made_up_return_is_nearer_to_a_real_one_than_real_ones_are_to_each_other() -> None:
    """Nearness is the share of equal answers, what is missing included."""
    table = rounds(20).first
    real = read_published("nhs-dma-2015-16", shared_data("nhs-dma", "dma_2015-16_answers.csv")).answers

    equal = np.array([(real.codes == row).mean(axis=1).max() for row in table.codes])
    among_real = np.array([np.delete((real.codes == row).mean(axis=1), at).max() for at, row in enumerate(real.codes)])
    assert equal.max() < among_real.max()
    assert equal.mean() < among_real.mean()
