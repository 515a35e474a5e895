# SPDX-License-Identifier: MIT
"""Why the national mean changed: parts that add up exactly, whatever changed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.analysis.made_up_rounds import made_up_framework, made_up_round
from trigpoint.analysis.change import (
    FIRST_COMMON,
    OWN,
    OWN_COMMON,
    SECOND_COMMON,
    RoundOfAnswers,
    analyse_change,
)
from trigpoint.analysis.reliable_change import BAR, count_reliable_changes
from trigpoint.analysis.result import Outcome
from trigpoint.errors import CannotAnalyse
from trigpoint.io.content import read_framework
from trigpoint.scoring import compile_plan, score_answers
from trigpoint.scoring.trials import list_climbs
from trigpoint.submissions import Missing

TENS = st.sampled_from(range(0, 101, 10))
ROUND_1 = st.tuples(TENS, TENS)
ROUND_2 = st.tuples(TENS, TENS, st.sampled_from([None, *range(0, 101, 10)]))
ROUNDS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.tuples(ROUND_1, ROUND_2), min_size=2, max_size=8)


def round_of(version, returns):
    made = made_up_round(version, returns)
    return RoundOfAnswers(made.answers, made.framework)


def with_rule(given_round, **rules):
    """The same answers, collected with a framework that has another rule for what is missing."""
    missing = replace(given_round.framework.scoring.missing, **rules)
    framework = replace(given_round.framework, scoring=replace(given_round.framework.scoring, missing=missing))
    return RoundOfAnswers(replace(given_round.answers, framework_hash=framework.hash), framework)


def analyse(first, second, **options):
    return analyse_change(round_of("1", first), round_of("2", second), "overall", **options)


def parts(result):
    return {part.name: part.points for part in result.numbers.parts}


def test_a_change_of_answers_alone_is_all_in_the_answers():
    result = analyse({"AAA": (10, 20), "BBB": (50, 50)}, {"AAA": (30, 40, 40), "BBB": (50, 70, 70)})

    # AAA from 15 to 35, BBB from 50 to 60; the question that is new says what the others of its section say.
    assert parts(result) == {
        "who answered": 0,
        "answers to shared questions": 15,
        "rules of scoring": 0,
        "questions new or gone": 0,
    }
    assert result.numbers.published == 15


def test_a_question_that_is_new_has_a_part_of_its_own():
    result = analyse({"AAA": (10, 20)}, {"AAA": (10, 20, 80)})

    # Tooling rises from 20 to 50 by the new question; it is half of the overall.
    assert parts(result)["questions new or gone"] == 15
    assert parts(result)["answers to shared questions"] == 0


def test_who_answered_is_kept_apart_from_what_was_answered():
    result = analyse({"AAA": (10, 10), "BBB": (90, 90)}, {"AAA": (10, 10, 10), "CCC": (50, 50, 50)})

    assert result.numbers.published == -20
    assert parts(result)["who answered"] == -20
    assert dict(result.left_out) == {"BBB General": "not in 2", "CCC General": "not in 1"}
    assert (result.n, result.of) == (1, 3)


def test_the_mix_of_types_is_kept_apart_from_who_answered():
    first = {"AAA": (20, 20), "BBB": (60, 60)}
    second = {"AAA": (20, 20, 20), "BBB": (60, 60, 60), "CCC": (60, 60, 60)}
    result = analyse(first, second, type_of={"AAA": "small", "BBB": "large"})
    typed = analyse(first, second, type_of={"AAA": "small", "BBB": "large", "CCC": "large"})

    # Large from 1/2 to 2/3 of all, at 60 against 20.
    assert parts(typed)["mix of types among who answered"] == Fraction(1, 6) * 60 - Fraction(1, 6) * 20
    assert parts(typed)["who answered, types alike"] == 0
    assert parts(result)["mix of types among who answered"] == Fraction(-1, 6) * 80 + Fraction(1, 3) * 60
    check = next(one for one in typed.checked if "kinds of organisations" in one.assumption)
    assert check.outcome is Outcome.HOLDS


def test_another_rule_has_a_part_of_its_own():
    returns = {"AAA": (10, Missing.DONT_KNOW, 50), "BBB": (40, 40, 40)}
    first, second = round_of("2", returns), with_rule(round_of("2", returns), dont_know="zero")
    result = analyse_change(first, second, "overall")

    # AAA's tooling falls from 50 to (0 + 50) / 2, its overall by half of that, the mean of two by half again.
    assert parts(result)["rules of scoring"] == Fraction(-25, 4)
    assert parts(result)["answers to shared questions"] == 0
    assert result.numbers.published == Fraction(-25, 4)


def test_what_review_changed_has_a_part_of_its_own():
    first, second = round_of("1", {"AAA": (10, 10)}), round_of("2", {"AAA": (50, 50, 50)})
    looked_at = round_of("2", {"AAA": (30, 30, 30)})
    assured = score_answers(looked_at.answers, compile_plan(looked_at.framework), basis="assured")
    result = analyse_change(first, replace(second, assured=assured), "overall")

    assert result.numbers.published == 20
    assert parts(result)["answers to shared questions"] == 40
    assert parts(result)["re-assurance"] == -20


@settings(max_examples=50, deadline=None)
@given(ROUNDS, st.sets(st.sampled_from("ABCDEFGH")), st.sets(st.sampled_from("ABCDEFGH")))
def test_the_parts_add_up_exactly(both, not_first, not_second):
    first = {code: one for code, (one, _) in both.items() if code not in not_first}
    second = {code: other for code, (_, other) in both.items() if code not in not_second}
    if not set(first) & set(second):
        return
    result = analyse(first, second, type_of=dict.fromkeys("ABCD", "small"))

    assert sum(parts(result).values()) == result.numbers.published
    for part in result.numbers.parts:
        assert part.between[0] <= part.points <= part.between[1]


def test_every_basis_counts_the_same_units_and_says_how_many_fell():
    result = analyse(
        {"AAA": (50, 50), "BBB": (20, 20), "CCC": (30, 30)},
        {"AAA": (40, 40, 40), "BBB": (20, 20, 20), "CCC": (50, 50, 0)},
    )
    bases = {one.name: one for one in result.numbers.bases}

    assert {one.n for one in bases.values()} == {3}
    assert (bases[OWN].lower, bases[OWN].equal, bases[OWN].higher) == (1, 1, 1)
    assert bases[OWN_COMMON].points == bases[FIRST_COMMON].points == bases[SECOND_COMMON].points
    assert bases[OWN].points == Fraction(-10 + 0 + Fraction(15, 2), 3)


def test_predecessors_are_followed():
    result = analyse(
        {"OLD": (10, 10), "OTHER": (30, 30)}, {"NEW": (40, 40, 40)}, predecessors={"NEW": ("OLD", "OTHER")}
    )

    assert result.n == 1
    assert parts(result)["answers to shared questions"] == 20


def test_the_sentence_says_the_whole_the_part_of_answers_and_the_rest():
    result = analyse({"AAA": (10, 20)}, {"AAA": (30, 20, 80)})

    assert result.sentence.startswith(
        "The mean changed by +25.0 points from 1 to 2, of which +10.0 is in the answers to shared questions; the "
        "rest is 0.0 who answered, 0.0 rules of scoring and +15.0 questions new or gone. Of 1 units "
        "0 scored lower than before"
    )


def test_a_unit_without_a_score_on_the_shared_questions_counts_nowhere():
    result = analyse({"AAA": (10, 20), "BBB": (10, 10)}, {"AAA": (10, None, 20), "BBB": (20, 20, 20)})

    assert dict(result.left_out) == {"AAA General": "no score on the questions that both rounds share"}


def test_rounds_without_a_unit_in_common_are_refused():
    with pytest.raises(CannotAnalyse, match="No unit has a score in both"):
        analyse({"AAA": (10, 20)}, {"BBB": (10, 20, 20)})


def test_rounds_in_which_no_unit_has_a_score_on_every_basis_are_refused():
    returns = {"AAA": (10, Missing.DONT_KNOW, 50), "BBB": (10, None, 50)}
    first = with_rule(round_of("2", returns), dont_know="no_score")
    second = with_rule(round_of("2", {"AAA": (10, 10, 10), "BBB": (10, 10, 10)}), not_answered="no_score")

    with pytest.raises(CannotAnalyse, match="on the questions that they share"):
        analyse_change(first, second, "overall")


def test_frameworks_that_can_t_be_compared_and_measures_that_are_not_there_are_refused():
    one = round_of("1", {"AAA": (10, 20)})
    framework = read_framework("example-points@1")
    answers = next(iter(list_climbs(framework))).answers
    with pytest.raises(CannotAnalyse, match="can't be put on one footing"):
        analyse_change(one, RoundOfAnswers(answers, framework), "overall")
    with pytest.raises(CannotAnalyse, match="has no measure nothing"):
        analyse_change(one, one, "nothing")


def test_a_round_against_itself_changed_by_nothing():
    one = round_of("2", {"AAA": (10, 20, 30), "BBB": (40, 40, 40)})
    result = analyse_change(one, one, "overall")

    assert result.numbers.published == 0
    assert set(parts(result).values()) == {0}


def test_reliable_changes_are_beyond_root_two_errors():
    changes = [Fraction(one) for one in (-12, -11, 0, 11, 12)]
    (found,) = count_reliable_changes(changes, [4.0])

    assert found.bar == pytest.approx(1.96 * 2**0.5 * 4, abs=0.001)
    assert (found.worse, found.undecided, found.better) == (1, 3, 1)
    assert pytest.approx(2.772, abs=0.001) == BAR


@given(st.lists(st.integers(-50, 50).map(Fraction), max_size=30))
def test_a_larger_error_leaves_fewer_beyond_doubt(changes):
    counted = count_reliable_changes(changes)

    assert all(one.worse + one.undecided + one.better == len(changes) for one in counted)
    assert [one.undecided for one in counted] == sorted(one.undecided for one in counted)


def test_an_error_of_nothing_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        count_reliable_changes([Fraction(1)], [0.0])


def test_the_made_up_frameworks_share_two_questions():
    assert len(made_up_framework("2").questions) == len(made_up_framework("1").questions) + 1
