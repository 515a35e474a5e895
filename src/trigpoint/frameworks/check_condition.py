# SPDX-License-Identifier: MIT
"""Can a condition on an answer be met? Routing and contradictions are made of such conditions."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.errors import Problem
from trigpoint.frameworks.located import Located, Path
from trigpoint.frameworks.missing import Missing
from trigpoint.frameworks.model import Scale, ShownWhen
from trigpoint.frameworks.suggest import no_such

# Missing answers that may meet a condition: people who don't know how many are still asked how well.
MET_WHILE_MISSING = (Missing.DONT_KNOW.value, Missing.NOT_APPLICABLE.value)


def check_condition(rule: ShownWhen, scale: Scale, text: Located, *, at: Path, what: str) -> Iterator[Problem]:
    """Yield every problem of a condition on the answer to a question with this scale.

    at: where the condition stands. what: "routing" or "a contradiction", for the messages.
    """
    if (rule.at_least is None) == (not rule.answers) or (rule.at_least is None) == (scale.number is not None):
        wanted = "`at_least`, as it is a number" if scale.number is not None else "`answers`, some of its scale"
        yield text.problem(at, f"{what} on {rule.question!r} needs {wanted}, and nothing else.")
        return
    known = (*scale.codes, *MET_WHILE_MISSING)
    for spot, code in enumerate(rule.answers):
        if code not in known:
            yield text.problem((*at, "answers", spot), no_such(f"answer of {rule.question!r}", code, known))
