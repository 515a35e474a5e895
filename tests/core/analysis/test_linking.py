# SPDX-License-Identifier: MIT
"""Two versions on one scale: what a link rests on, how far off it may be, and when to break the series."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.analysis.made_up_rounds import made_up_round
from tests.core.analysis.test_every_result import result as synthetic
from tests.core.analysis.test_every_result import rounds
from trigpoint.analysis.change import RoundOfAnswers
from trigpoint.analysis.linking import (
    GRADED,
    PERCENTILE,
    Anchor,
    LinkedScore,
    Linking,
    _advise,
    _check,
    analyse_linking,
)
from trigpoint.analysis.result import Outcome
from trigpoint.errors import CannotAnalyse
from trigpoint.io.content import read_framework
from trigpoint.scoring.trials import list_climbs
from trigpoint.statistics.common_items import AnchorMethod

LINES = [method.value for method in AnchorMethod]


def rng():
    return np.random.default_rng(1)


def round_of(version, returns):
    made = made_up_round(version, returns)
    return RoundOfAnswers(made.answers, made.framework)


def linked(value, error):
    return LinkedScore(60, dict(zip(LINES, value, strict=True)), dict.fromkeys(LINES, error))


def test_a_round_linked_to_itself_stays_as_it_is():
    second = rounds()[1]
    found = analyse_linking(second, second, "overall", rng=rng()).numbers

    assert found.kept == len(found.anchors)
    for one in found.links:
        assert list(one.linked.values()) == pytest.approx([one.score] * 5, abs=0.5)
        assert one.linked[GRADED] == pytest.approx(one.score, abs=1e-3)
    assert found.correlations[0] == found.correlations[1]


def test_the_synthetic_rounds_are_linked_with_an_error_that_grows_to_the_ends():
    found = synthetic("linking").numbers
    errors = [one.errors["chained"] for one in found.links]

    assert found.kept >= 100
    assert min(errors) == min(errors[2:6])
    assert errors[0] > 1.5 * min(errors)
    for one in found.links:
        assert abs(one.linked["Tucker"] - one.linked["chained"]) < 6


def test_anchors_that_drift_are_left_out_and_named():
    result = synthetic("linking")
    drifting = [one for one in result.numbers.anchors if abs(one.drift) >= 2.7]

    assert result.numbers.kept == len(result.numbers.anchors) - len(drifting)
    check = next(one for one in result.checked if "changed alike" in one.assumption)
    assert check.outcome is (Outcome.DOUBTFUL if drifting else Outcome.HOLDS)


def test_every_anchor_has_its_means_in_both_rounds():
    lines = synthetic("linking").tables[1].lines

    for _, first, second, change, _ in lines:
        assert isinstance(first, float)
        assert isinstance(second, float)
        assert change == pytest.approx(second - first)


@pytest.mark.parametrize(
    ("kept", "correlations", "links", "advice"),
    [
        (14, (0.9, 0.9), [linked((60, 60, 60), 1)], "break the series: 14 anchors are too few"),
        (20, (0.9, 0.6), [linked((60, 60, 60), 1)], "break the series: the anchors go with the total at 0.60 only"),
        (20, (0.9, 0.9), [linked((60, 63, 61), 1)], "report the change on common questions"),
        (20, (0.9, 0.9), [linked((60, 61, 60), 1)], "a link can be used, shown with its error"),
    ],
)
def test_the_advice_follows_anchors_correlation_and_how_far_the_ways_differ(kept, correlations, links, advice):
    assert _advise(kept, correlations, links).startswith(advice)


def test_what_is_doubtful_about_a_link_is_said():
    found = Linking((Anchor("q1", 40, 90, 5.0), Anchor("q2", 40, 50, 0.0)), 1, (0.9, 0.5), (), "break the series")
    outcomes = [one.outcome for one in _check(found)]

    assert outcomes == [Outcome.DOUBTFUL, Outcome.DOUBTFUL, Outcome.DOUBTFUL, Outcome.NOT_CHECKED, Outcome.HOLDS]


def test_too_few_shared_questions_are_refused():
    first, second = round_of("1", {"AAA": (10, 20)}), round_of("2", {"AAA": (10, 20, 30)})

    with pytest.raises(CannotAnalyse, match="share 2 scored questions: a link takes 3"):
        analyse_linking(first, second, "overall", rng=rng())


def test_units_that_do_not_differ_are_refused():
    same = round_of("2", dict.fromkeys(("AAA", "BBB", "CCC", "DDD"), (10, 20, 30)))

    with pytest.raises(CannotAnalyse, match="can't be linked: scores that do not vary"):
        analyse_linking(same, same, "overall", rng=rng())


def test_a_question_that_nobody_answered_is_no_anchor():
    returns = {f"X{at:02}": (10 * at, 10 * at, None) for at in range(9)}
    found = analyse_linking(round_of("2", returns), round_of("2", returns), "overall", rng=rng()).numbers

    extra = next(one for one in found.anchors if one.question == "extra")
    assert np.isinf(extra.drift)
    assert found.kept == 2


def test_versions_without_a_crosswalk_and_measures_that_are_not_there_are_refused():
    one = round_of("2", {"AAA": (10, 20, 30)})
    framework = read_framework("example-points@1")
    answers = next(iter(list_climbs(framework))).answers
    with pytest.raises(CannotAnalyse, match="can't be linked: there is no crosswalk"):
        analyse_linking(one, RoundOfAnswers(answers, framework), "overall", rng=rng())
    with pytest.raises(CannotAnalyse, match="has no measure nothing"):
        analyse_linking(one, one, "nothing", rng=rng())


def test_where_answers_bear_no_graded_model_the_other_ways_are_told_and_why():
    returns = {f"X{at:02}": (10 * at, 10 * at, 5 * at) for at in range(9)}

    result = analyse_linking(round_of("2", returns), round_of("2", returns), "overall", rng=rng())

    assert GRADED not in result.numbers.links[0].linked
    check = next(one for one in result.checked if one.assumption == "the answers bear a graded model")
    assert check.outcome is Outcome.DOUBTFUL
    assert "takes 50 units and 3 items or more" in check.found


def test_percentiles_come_with_the_error_of_draws_and_the_graded_model_with_that_of_its_anchors():
    found = synthetic("linking").numbers
    middle = found.links[len(found.links) // 2]

    # which 100 questions are shared matters less than which 230 units answer
    assert middle.errors[GRADED] < middle.errors[PERCENTILE]
    assert middle.errors[PERCENTILE] > middle.errors["chained"] / 2
