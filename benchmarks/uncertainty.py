# SPDX-License-Identifier: MIT
"""How long doubt takes: every step in a process of its own, on a made-up nation of 230 providers and 175 questions.

Usage: script/bench uncertainty [--runs N]
Prints the least and the middle time of each, imports and making of the nation left out, and the peak memory of the
process with everything in it.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

STEPS = {
    "variants": "7,168 ways of making the score, all ranks kept, Sobol's indices with intervals",
    "bootstrap": "1,000 draws of questions for every unit",
    "ranks": "sets of ranks and pairs told apart, 2,000 draws of all pairs",
    "report": "every analysis that applies to two rounds, as a page",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Times the analyses that draw by chance.")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run, in a process of its own")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.step:
        print(*_measure(given.step))
        return 0
    print(f"{'what':<80} {'least s':>8} {'middle s':>9} {'peak MB':>8}")
    for step, what in STEPS.items():
        found = [_in_a_process(step) for _ in range(given.runs)]
        seconds = [one for one, _ in found]
        peak = max(one for _, one in found)
        print(f"{what:<80} {min(seconds):>8.2f} {statistics.median(seconds):>9.2f} {peak:>8.0f}")
    return 0


def _in_a_process(step: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.uncertainty", "--step", step]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak = ended.stdout.split()
    return float(seconds), float(peak)


def _measure(step: str) -> tuple[float, float]:
    run = _prepare(step)
    began = time.perf_counter()
    run()
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _prepare(step: str) -> Callable[[], Any]:
    import numpy as np

    from trigpoint.analysis.change import RoundOfAnswers
    from trigpoint.analysis.ranks import analyse_ranks
    from trigpoint.analysis.report import ReportBasis, report_round
    from trigpoint.analysis.scored_units import list_scored_units
    from trigpoint.analysis.sensitivity import analyse_sensitivity
    from trigpoint.analysis.uncertainty import analyse_uncertainty
    from trigpoint.io.content import read_framework
    from trigpoint.io.methods import read_methods
    from trigpoint.io.synthetic_shape import read_shape_texts
    from trigpoint.publication.analysis_page import AnalysisPage, render_analysis_page
    from trigpoint.scoring import compile_plan, score_answers
    from trigpoint.synthetic import DEFAULT_SEED, make_rounds, parse_shape

    frameworks = read_framework("nhs-dma@2015-16"), read_framework("nhs-dma@2017")
    shape = parse_shape(read_shape_texts(), frameworks)
    made = make_rounds(np.random.Generator(np.random.PCG64(DEFAULT_SEED)), shape, frameworks)
    plan, rng = compile_plan(frameworks[1]), np.random.default_rng(1)
    if step == "variants":
        return lambda: analyse_sensitivity(made.second, plan, "overall", rng=rng)
    if step == "bootstrap":
        return lambda: analyse_uncertainty(made.second, plan, "overall", rng=rng)
    if step == "ranks":
        units = list_scored_units(score_answers(made.second, plan), "overall")
        return lambda: analyse_ranks(units, dict.fromkeys(units.keys, 3.0), rng=rng)
    first, second = (RoundOfAnswers(made.first, frameworks[0]), RoundOfAnswers(made.second, frameworks[1]))

    def report() -> str:
        found = report_round(second, ReportBasis("overall", first), rng_of=np.random.default_rng)
        return render_analysis_page(AnalysisPage("Made up", "Made up.", found.results, read_methods(), found.not_done))

    return report


if __name__ == "__main__":
    sys.exit(main())
