# SPDX-License-Identifier: MIT
"""How fast is scoring, how near to what the machine can do, and how does it compare with pandas and DuckDB?

    script/bench scoring [--json] [--units 230 30000 1000000]

Timed: `score_answers` on answers in memory, from the codes to exact scores, counts and bands of 19 measures.
Not timed: importing, compiling the framework (about 10 ms, once), making the answers, the answers' hash (worked out
only when asked for). Answers are random, in the shape of nhs-dma@2017: 175 questions, 173 scored, a sixth missing.

The limit: the bytes that have to be read (the codes) and written (the results) at the speed with which this machine
copies memory, measured in the same run. The others do the same work as one would write it: answers as a long table
joined with points and grouped, level by level, with the same rounding. pandas and DuckDB get that long table ready
made, and DuckDB uses every core; ours uses one. Every measurement has a process of its own, for the sake of its memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.frameworks import Framework
from trigpoint.io.content import read_framework
from trigpoint.scoring import ScoreTable, compile_plan, score_answers
from trigpoint.submissions import AnswerTable, Unit
from trigpoint.submissions.missing import CODE_OF, Missing

FRAMEWORK = "nhs-dma@2017"
SIZES = (230, 30_000, 1_000_000)
METHODS = ("trigpoint", "pandas", "duckdb")
# A method that needs more than this is not finished: the point is made.
MOST_SECONDS = 600
# Units made at a time, so that making them doesn't take more memory than scoring them.
BLOCK = 10_000


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one method needed for one number of units. Seconds are None where it was not run; `note` says why."""

    method: str
    units: int
    least_seconds: float | None
    median_seconds: float | None
    runs: int
    peak_megabytes: float | None
    scoring_megabytes: float | None
    overall_sum: float | None
    note: str = ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    parser.add_argument("--units", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", nargs=2, metavar=("METHOD", "UNITS"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps(asdict(measure(asked.only[0], int(asked.only[1])))))
        return
    found = [_in_a_fresh_process(method, units) for units in asked.units for method in METHODS]
    _require_same_scores(found)
    bandwidth = copy_bandwidth()  # last: a process starts with the peak memory of the one that started it
    rows = [_as_row(one, bandwidth, found) for one in found]
    if asked.json:
        print(json.dumps({"copy_bytes_per_second": bandwidth, "measurements": rows}))
    else:
        _print_table(rows, bandwidth)


def copy_bandwidth(size: int = 1 << 28, runs: int = 7) -> float:
    """Return the bytes a second, read and written, of copying memory that no cache holds; the best of some runs."""
    source, target = np.ones(size, np.uint8), np.zeros(size, np.uint8)

    def copy() -> None:
        np.copyto(target, source)

    return 2 * size / min(_seconds(copy) for _ in range(runs))


def measure(method: str, units: int) -> Measurement:
    """Return what one method needs for some units. Meant to be called in a process that does nothing else."""
    framework = read_framework(FRAMEWORK)
    answers = made_up_answers(framework, units, np.random.default_rng(20_171))
    work, overall = {"trigpoint": _trigpoint, "pandas": _pandas, "duckdb": _duckdb}[method](framework, answers)
    before = _peak_megabytes()
    times = _repeat(work, runs=200 if units < 1000 else 20 if units < 100_000 else 7)
    peak = _peak_megabytes()
    return Measurement(
        method=method,
        units=units,
        least_seconds=min(times),
        median_seconds=statistics.median(times),
        runs=len(times),
        peak_megabytes=peak,
        scoring_megabytes=peak - before,
        overall_sum=overall(),
    )


def made_up_answers(framework: Framework, units: int, rng: np.random.Generator) -> AnswerTable:
    """Return random answers: each answer of a scale as likely as the next, a sixth missing, in all four ways."""
    questions = framework.content.questions
    most = np.array([max(1, len(framework.scales[question.scale].codes)) for question in questions], np.uint8)
    codes = np.empty((units, len(questions)), np.uint8)
    for start in range(0, units, BLOCK):
        block = codes[start : start + BLOCK]
        np.remainder(rng.integers(0, 256, block.shape, dtype=np.uint8), most, out=block)
        chance = rng.integers(0, 256, block.shape, dtype=np.uint8)
        for at, state in enumerate(Missing):
            block[chance // 11 == at] = CODE_OF[state]  # 11 in 256 for each of the four ways: a sixth in all
    is_number = [question.id for question in questions if framework.scale_of(question.id).number is not None]
    numbers = {question: np.floor(rng.uniform(0, 101, units)) for question in is_number}
    # One Unit that stands for all: a million different ones would take 150 MB that scoring never reads.
    return AnswerTable(
        framework=framework.ref,
        framework_hash=framework.hash,
        round=framework.content.round,
        units=(Unit("X00"),) * units,
        questions=tuple(framework.questions),
        codes=codes,
        numbers=numbers,
    )


# Each method gives the work to be timed and, once it has run, the sum of all overall scores to compare.
Work = tuple[Callable[[], object], Callable[[], float]]


def _trigpoint(framework: Framework, answers: AnswerTable) -> Work:
    plan = compile_plan(framework)
    results: list[ScoreTable] = []

    def work() -> None:
        results.clear()  # so that two results are never held at once
        results.append(score_answers(answers, plan))

    return work, lambda: float(np.nansum(results[0].column("overall")))


@dataclass(frozen=True, slots=True)
class LongAnswers:
    """Answers that have points as a long table: the unit, question and code of each; and the tables to join."""

    unit: NDArray[np.int32]
    question: NDArray[np.int16]
    code: NDArray[np.uint8]
    points: dict[str, NDArray[Any]]
    section_of: dict[int, str]
    theme_of: dict[str, str]


def long_answers(framework: Framework, answers: AnswerTable) -> LongAnswers:
    """Return the long table that pandas and DuckDB start from. Numbers have the code of their threshold."""
    scored = framework.scored_questions
    codes = answers.codes[:, [answers.questions.index(question.id) for question in scored]].copy()
    rows: list[tuple[int, int, float]] = []
    for at, question in enumerate(scored):
        scale, table = framework.scales[question.scale], framework.scoring.points[question.scale]
        if isinstance(table, tuple):
            given = codes[:, at] < 252
            lows = [float(low) for low, _ in table]
            codes[given, at] = np.searchsorted(lows, answers.numbers[question.id][given], side="right") - 1
            rows += [(at, code, float(points)) for code, (_, points) in enumerate(table)]
        else:
            rows += [(at, code, float(table[option])) for code, option in enumerate(scale.codes)]
    unit, column = np.nonzero(codes < 252)
    theme_of = {child.id: measure.id for measure in framework.walk_measures() for child in measure.measures}
    return LongAnswers(
        unit=unit.astype(np.int32),
        question=column.astype(np.int16),
        code=codes[unit, column],
        points={
            "question": np.array([row[0] for row in rows], np.int16),
            "code": np.array([row[1] for row in rows], np.uint8),
            "points": np.array([row[2] for row in rows]),
        },
        section_of={at: question.measure or "" for at, question in enumerate(scored)},
        theme_of=theme_of,
    )


def _pandas(framework: Framework, answers: AnswerTable) -> Work:
    import pandas as pd

    long = long_answers(framework, answers)
    given = pd.DataFrame({"unit": long.unit, "question": long.question, "code": long.code})
    worth = pd.DataFrame(long.points)
    worth["section"] = worth["question"].map(long.section_of).astype("category")
    sections = pd.Series(long.theme_of, name="theme").astype("category")
    results: list[Any] = []

    def half_up(scores: Any) -> Any:
        # exact: a mean of whole points is off a half by more than any rounding error, or not at all
        return np.floor(scores + 0.5)

    def work() -> None:
        results.clear()
        joined = given.merge(worth, on=["question", "code"])
        section = half_up(joined.groupby(["unit", "section"], observed=True)["points"].mean()).reset_index()
        section["theme"] = section["section"].astype(object).map(sections)
        theme = half_up(section.groupby(["unit", "theme"], observed=True)["points"].mean())
        by_unit = theme.groupby("unit")
        results.append(by_unit.mean().where(by_unit.size() == 3))

    return work, lambda: float(results[0].sum())


DUCKDB_STEPS = """
    WITH section AS (
        SELECT unit, section, floor(avg(points) + 0.5) AS score
        FROM given JOIN worth USING (question, code) GROUP BY unit, section
    ), theme AS (
        SELECT unit, theme, floor(avg(score) + 0.5) AS score
        FROM section JOIN parent USING (section) GROUP BY unit, theme
    )
    SELECT unit, avg(score) AS score FROM theme GROUP BY unit HAVING count(*) = 3
"""


def _duckdb(framework: Framework, answers: AnswerTable) -> Work:
    import duckdb
    import pandas as pd

    long = long_answers(framework, answers)
    base = duckdb.connect(":memory:")
    frames = {
        "given": pd.DataFrame({"unit": long.unit, "question": long.question, "code": long.code}, copy=False),
        "worth": pd.DataFrame(long.points).assign(section=[long.section_of[int(at)] for at in long.points["question"]]),
        "parent": pd.DataFrame(list(long.theme_of.items()), columns=["section", "theme"]),
    }
    for name, frame in frames.items():
        base.register("frame", frame)
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
        base.unregister("frame")
    frames.clear()

    def work() -> None:
        base.execute(f"CREATE OR REPLACE TEMP TABLE overall AS {DUCKDB_STEPS}")

    return work, lambda: float((base.execute("SELECT sum(score) FROM overall").fetchone() or (0,))[0])


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _repeat(work: Callable[[], object], runs: int) -> list[float]:
    """Times of some runs, fewer where one takes long. The first warms caches and is counted only when it is alone."""
    first = _seconds(work)
    if first > 20:
        return [first]
    return [_seconds(work) for _ in range(min(runs, max(2, int(20 / first))))]


def _peak_megabytes() -> float:
    """The most memory this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _in_a_fresh_process(method: str, units: int) -> Measurement:
    command = [sys.executable, "-m", "benchmarks.scoring", "--only", method, str(units)]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return _not_run(method, units, f"not finished in {MOST_SECONDS} s")
    if said.returncode != 0:
        last = (said.stderr.strip().splitlines() or [f"ended with {said.returncode}, probably out of memory"])[-1]
        return _not_run(method, units, f"failed: {last}")
    return Measurement(**json.loads(said.stdout))


def _not_run(method: str, units: int, note: str) -> Measurement:
    return Measurement(method, units, None, None, 0, None, None, None, note)


def _require_same_scores(found: list[Measurement]) -> None:
    """Stop if two methods that ran do not agree on the overall scores."""
    for units in {one.units for one in found}:
        sums = [one.overall_sum for one in found if one.units == units and one.overall_sum is not None]
        if sums and not np.allclose(sums, sums[0], rtol=1e-12):
            sys.exit(f"the methods disagree on {units} units: the overall scores sum to {sums}")


def ideal_seconds(units: int, bandwidth: float) -> float:
    """Return the time to read 175 codes and write the results of 19 measures for each unit, at copying speed."""
    framework = read_framework(FRAMEWORK)
    numerator, denominator, band, counts = 8, 8, 1, 5 * 2
    written = len(framework.measures) * (numerator + denominator + band + counts)
    return units * (len(framework.questions) + written) / bandwidth


def _as_row(one: Measurement, bandwidth: float, found: list[Measurement]) -> dict[str, Any]:
    ours = next(other for other in found if other.units == one.units and other.method == "trigpoint")
    ideal = ideal_seconds(one.units, bandwidth)
    least = one.least_seconds
    return {
        **asdict(one),
        "ideal_seconds": ideal,
        "times_ideal": None if least is None else least / ideal,
        "times_ours": None if least is None or ours.least_seconds is None else least / ours.least_seconds,
    }


def _print_table(rows: list[dict[str, Any]], bandwidth: float) -> None:
    print(f"Scoring answers to {FRAMEWORK}. This machine copies {bandwidth / 1e9:.1f} GB/s (read and written).\n")
    heads = ("units", "method", "least ms", "median ms", "runs", "x limit", "x ours", "peak MB", "added MB")
    print(" ".join(f"{head:>10}" for head in heads))
    for row in rows:
        print(f"{row['units']:>10,} {row['method']:>10} {row['note'] or _cells(row)}")
    print(
        "\nx limit: times the time to copy the answers in and the results out. x ours: times our least time.\n"
        "Peak memory is the whole process: interpreter, libraries, answers (for the others as a long table) and work;\n"
        "added is what the work itself put on top. The overall scores of all methods that ran are equal.\n"
        "Timed from answers in memory to scores in memory: ours with exact fractions, counts and bands of every\n"
        "measure, the others with the overall score alone."
    )


def _cells(row: dict[str, Any]) -> str:
    numbers = (
        f"{row['least_seconds'] * 1e3:,.2f}",
        f"{row['median_seconds'] * 1e3:,.2f}",
        f"{row['runs']}",
        f"{row['times_ideal']:,.0f}",
        f"{row['times_ours']:,.1f}",
        f"{row['peak_megabytes']:,.0f}",
        f"{row['scoring_megabytes']:,.0f}",
    )
    return " ".join(f"{number:>10}" for number in numbers)


if __name__ == "__main__":
    main()
