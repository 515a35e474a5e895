# SPDX-License-Identifier: MIT
from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.shared import REPOSITORY
from trigpoint.analysis.claims.computations import TITLES, MeanScore, UnitScores
from trigpoint.errors import ClaimsProblems, FileTrouble, TooLarge
from trigpoint.io.claims import list_claims_files, parse_claims, parse_cohorts, read_claims, read_cohorts
from trigpoint.io.content import content_folder
from trigpoint.organisations.cohort import CohortStatus

HEAD = "source: {id: a-paper, title: A paper, where: page 3}\nclaims:\n"
GOOD = f"""{HEAD}  - id: P-1
    statement: A mean.
    stated: [70, 70.0, null, RGT]
    definition: {{compute: mean_score, round: "2", groups: [{{lowest: 5}}]}}
    alternatives:
      - {{reading: cut, compare: {{rounding: cut}}}}
      - {{reading: the highest, change: {{groups: [{{highest: 5}}]}}}}
      - {{reading: another, definition: {{compute: unit_scores, round: "1", units: [A]}}, compare: {{digits: 2}}}}
    slips:
      - {{reading: the first round, change: {{round: "1"}}}}
    comment: As printed.
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(ClaimsProblems) as found:
        parse_claims(text, file="c.yaml")
    return [str(problem) for problem in found.value.problems]


def claim(body: str) -> str:
    return f"{HEAD}  - id: P-1\n    statement: A mean.\n    stated: [70]\n{body}"


def test_a_stated_number_keeps_the_decimals_it_was_printed_with() -> None:
    stated = parse_claims(GOOD, file="c.yaml").claims[0].stated

    assert stated == (70, Decimal("70.0"), None, "RGT")
    assert [str(number) for number in stated] == ["70", "70.0", "None", "RGT"]


def test_a_claim_knows_its_source() -> None:
    found = parse_claims(GOOD, file="c.yaml")

    assert (found.source.id, found.claims[0].source, found.claims[0].comment) == ("a-paper", "a-paper", "As printed.")


def test_an_alternative_says_only_what_differs() -> None:
    found = parse_claims(GOOD, file="c.yaml").claims[0]

    plain = found.definition.computation
    cut, highest, another = found.alternatives
    assert isinstance(plain, MeanScore)
    assert plain.groups[0].lowest == 5
    assert (cut.computation, cut.comparison.rounding) == (plain, "cut")
    assert isinstance(highest.computation, MeanScore)
    assert (highest.computation.round, highest.computation.groups[0].highest) == ("2", 5)
    assert isinstance(another.computation, UnitScores)
    assert another.comparison.digits == 2


def test_a_slip_is_kept_apart_from_the_alternatives() -> None:
    found = parse_claims(GOOD, file="c.yaml").claims[0]

    slip = found.slips[0]
    assert (slip.reading, len(found.alternatives)) == ("the first round", 3)
    assert isinstance(slip.computation, MeanScore)
    assert slip.computation.round == "1"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("    definition: {compute: mean_score}\n", "c.yaml:6:5: 'round' is missing."),
        (
            '    definition: {compute: mean_score, round: "2", group: 5}\n',
            "c.yaml:6:51: 'group' is not a key that belongs here.",
        ),
        ('    definition: {compute: mean_scor, round: "2"}\n', "c.yaml:6:5: there is no such computation; "),
        ('    definition: {round: "2"}\n', "c.yaml:6:5: 'definition' has no 'compute', which says what is worked out."),
        (
            '    definition: {compute: mean_score, round: "2"}\n    verdict: yes\n',
            "c.yaml:7:14: YAML reads yes as true",
        ),
        (
            '    definition: {compute: mean_score, round: "2"}\n    verdict: right\n',
            "c.yaml:7:5: 'verdict' is not a key that belongs here.",
        ),
        (
            '    definition: {compute: mean_score, round: "2", groups: [{lowest: 5, highest: 5}]}\n',
            "c.yaml:6:60: a group is given by one of units, cohorts, highest and lowest, not by highest and lowest.",
        ),
        (
            '    definition: {compute: mean_score, round: "2", groups: [{lowest: 0}]}\n',
            "c.yaml:6:61: 'lowest': input should be greater than or equal to 1; found 0.",
        ),
        (
            '    definition: {compute: mean_score, round: "2", groups: []}\n',
            "c.yaml:6:51: 'groups' must not be empty.",
        ),
        ('    definition: {compute: unit_scores, round: "2", units: []}\n', "c.yaml:6:52: 'units' must not be empty."),
        ("    definition: {compute: count_returns, rounds: []}\n", "c.yaml:6:42: 'rounds' must not be empty."),
        (
            "    definition: {compute: mean_score, round: 2017}\n",
            "c.yaml:6:39: 'round' must be text; put it in quotes if it looks like a number or yes/no.",
        ),
        (
            '    definition: {compute: mean_change, rounds: ["1"]}\n',
            "c.yaml:6:40: this list is too short: it needs 2 values.",
        ),
        (
            '    definition: {compute: ranking, round: "2", end: lowest, size: ten}\n',
            "c.yaml:6:61: 'size' must be a whole number.",
        ),
        (
            '    definition: {compute: change_of_units, rounds: ["1", "2"], units: [A], times: half}\n',
            "c.yaml:6:76: 'times' must be a number.",
        ),
        (
            '    definition: {compute: mean_score, round: "2"}\n    compare: {digits: 1000000}\n',
            "c.yaml:7:15: 'digits': input should be less than or equal to 9; found 1000000.",
        ),
        (
            (
                '    definition: {compute: mean_score, round: "2"}\n    alternatives:\n'
                "      - {reading: other, change: {measures: overall}}\n"
            ),
            "c.yaml:8:35: 'measures' must be a list.",
        ),
        (
            (
                '    definition: {compute: mean_score, round: "2"}\n    alternatives:\n'
                "      - {reading: other, change: {compute: unit_scores}}\n"
            ),
            "c.yaml:8:26: 'units' is missing.",
        ),
        (
            (
                '    definition: {compute: mean_score, round: "2"}\n    slips:\n'
                '      - {reading: other, change: {round: "1"}, definition: {compute: mean_score, round: "1"}}\n'
            ),
            "c.yaml:8:9: either change some keys of the plain definition or give a definition, not both.",
        ),
        (
            '    definition: {compute: mean_score, round: "2"}\n    compare: {criterion: {}}\n',
            "c.yaml:7:15: a criterion is one of all, most, any, each and order.",
        ),
    ],
)
def test_a_problem_is_told_with_its_line_and_column(body: str, problem: str) -> None:
    found = problems_of(claim(body))

    assert found[0].startswith(problem)
    assert len(found) <= 2


def test_a_claim_that_states_nothing_is_refused() -> None:
    text = GOOD.replace("[70, 70.0, null, RGT]", "[]")

    assert problems_of(text) == ["c.yaml:5:5: 'stated' must not be empty."]


def test_all_problems_are_told_at_once() -> None:
    second = GOOD.removeprefix(HEAD).replace("mean_score", "mean_scores")
    text = claim("    definition: {compute: mean_score}\n") + second

    assert problems_of(text) == [
        "c.yaml:6:5: 'round' is missing.",
        "c.yaml:7:5: the claim 'P-1' stands twice. Give each its own id.",
        "c.yaml:10:5: there is no such computation; docs/how-to/check-a-claim.md lists them.",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "c.yaml:1:1: the file is empty."),
        ("claims: [", "c.yaml:1:10: not valid YAML"),
        ("claims: []\n", "c.yaml:1:1: 'source' is missing."),
        ("- 1\n", "c.yaml:1:1: "),
    ],
)
def test_a_file_that_is_not_of_claims_is_refused(text: str, problem: str) -> None:
    assert problems_of(text)[0].startswith(problem)


COHORTS = """cohorts:
  - id: early
    name: Early ones
    began: 2016-09-01
    source: a paper
    members: [A, B, C]
    dropped: {C: 2018-01-01}
  - {id: maybe, name: Proposed ones, status: proposed, source: a paper, members: [D]}
"""


def test_cohorts_have_members_with_dates_and_standing() -> None:
    found = parse_cohorts(COHORTS, file="c.yaml")

    early, maybe = found["early"], found["maybe"]
    assert [(one.organisation, one.status, one.until_on) for one in early.members] == [
        ("A", CohortStatus.CONFIRMED, None),
        ("B", CohortStatus.CONFIRMED, None),
        ("C", CohortStatus.DROPPED, date(2018, 1, 1)),
    ]
    assert {one.from_on for one in early.members} == {date(2016, 9, 1)}
    assert (maybe.members[0].status, maybe.members[0].from_on) == (CohortStatus.PROPOSED, None)


def test_problems_of_cohorts_are_told_with_their_line_and_column() -> None:
    text = COHORTS.replace("[A, B, C]", "[A, B, A]").replace("id: maybe", "id: early")

    with pytest.raises(ClaimsProblems) as found:
        parse_cohorts(text, file="c.yaml")

    assert [str(problem) for problem in found.value.problems] == [
        "c.yaml:6:21: A stands twice in early.",
        "c.yaml:7:15: C is dropped and is no member of early.",
        "c.yaml:8:6: the cohort 'early' stands twice. Give each its own id.",
    ]


def test_a_date_that_is_none_is_a_problem() -> None:
    with pytest.raises(ClaimsProblems, match=r"c\.yaml:4:5: 'began': "):
        parse_cohorts(COHORTS.replace("2016-09-01", "last year"), file="c.yaml")


def test_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text("claims: []\n", encoding="utf-8")

    with pytest.raises(ClaimsProblems) as found:
        read_claims([tmp_path / "one.yaml", tmp_path / "two.yaml"])

    assert [Path(problem.file).name for problem in found.value.problems] == ["one.yaml", "two.yaml"]


def test_the_shipped_files_can_be_read() -> None:
    files = read_claims()

    assert [file.source.id for file in files] == [path.stem for path in list_claims_files()]
    assert len([claim for file in files for claim in file.claims]) == 88


def test_no_claim_stands_in_two_shipped_files() -> None:
    ids = [claim.id for file in read_claims() for claim in file.claims]

    assert len(ids) == len(set(ids))


def test_the_shipped_cohorts_can_be_read() -> None:
    cohorts = read_cohorts()

    assert len(cohorts["gde_acute"].members) == 16
    assert len(cohorts["gde_mental_health"].members) == 7
    assert [one.organisation for one in cohorts["fast_followers_acute"].members if one.until_on] == ["RXL"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"none\.yaml: No such file"):
        read_claims([tmp_path / "none.yaml"])


def test_a_file_of_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "c.yaml").open("wb") as sparse:
        sparse.truncate(10_000_000_001)

    with pytest.raises(TooLarge, match="over 10 MB"):
        read_claims([tmp_path / "c.yaml"])


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_bytes("statement: größer".encode("latin-1"))

    with pytest.raises(FileTrouble, match="not UTF-8 at byte 13"):
        read_cohorts(tmp_path / "c.yaml")


def test_the_synthetic_claims_are_shipped_and_never_among_the_real_ones() -> None:
    path = content_folder("claims") / "synthetic" / "demo.yaml"

    file = read_claims([path])[0]

    assert path not in list_claims_files()
    assert file.source.id == "synthetic-demo"
    assert len(file.claims) > 4


def test_the_guide_lists_every_computation() -> None:
    guide = (REPOSITORY / "docs" / "how-to" / "check-a-claim.md").read_text(encoding="utf-8")

    table = guide.split("### Computations")[1].split("### Settings")[0]
    assert re.findall(r"^\| ([a-z_]+) \|", table, re.MULTILINE) == ["compute", *TITLES]
