# SPDX-License-Identifier: MIT
"""Running the commands on answers to the small framework of points, whose sums can be done by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from trigpoint.cli import app
from trigpoint.io.answers import write_answers
from trigpoint.io.content import read_framework
from trigpoint.submissions import Missing, Unit
from trigpoint.submissions.questionnaire import build_answers

FRAMEWORK = "example-points@1"
WHOLE = {
    "sees_gp_record": "mostly_agree",
    "sees_images": "neither",
    "record_in_context": "all",
    "sharing_agreement": "agree_completely",
    "discharge_summaries": "over_half",
    "alerts_to_gp": "none",
}


def run(*arguments: object) -> Result:
    """Run the command line as a person would, on a terminal wide enough for its tables."""
    return CliRunner().invoke(app, [str(one) for one in arguments])


def printed(*arguments: object) -> str:
    """Return what a command that must do well prints."""
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def json_of(*arguments: object) -> Any:
    """Return the value that a command prints under --json."""
    return json.loads(printed(*arguments, "--json"))


def answers_file(folder: Path) -> Path:
    """Write the answers of three made-up units: X01 acute, X02 with two returns, the second without answers."""
    framework = read_framework(FRAMEWORK)
    answers = build_answers(
        framework,
        [
            (Unit("X01", name="First [Trust]", care_settings=("acute",)), WHOLE),
            (Unit("X02", "Acute", "Second Trust", ("acute",)), {"sees_gp_record": Missing.DONT_KNOW}),
            (Unit("X02", "Community", "Second Trust"), dict.fromkeys(framework.questions, Missing.NOT_APPLICABLE)),
        ],
    )
    path = folder / "answers.parquet"
    write_answers(answers, framework, path)
    return path
