# SPDX-License-Identifier: MIT
"""How long does one part of a page take to draw, with our macros and with those of nhsuk-frontend-jinja?

    script/bench page_parts [--times 500]

Timed: one macro, from a field in memory to markup. The least of many is given, as the rest is the machine's doing.
The radios of one question should stay below 1.5 ms: a page of a short section has ten of them.
"""

from __future__ import annotations

import argparse
import os
import timeit
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint_web.config.settings")
os.environ.setdefault("TRIGPOINT_DEBUG", "1")

import django
from django.template import engines
from jinja2 import ChainableUndefined, Environment, PackageLoader

from trigpoint_web.design_system.fields import Field, FieldKind, Option
from trigpoint_web.design_system.parts import Column, Table

QUESTION = "Can clinicians get to the digital record from wherever they work?"
ANSWERS = (
    "Disagree completely",
    "Somewhat disagree",
    "Neither",
    "Mostly agree",
    "Agree completely",
    "Don't know",
    "No",
)


def build_parts() -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    ours = engines["jinja2"].env.get_template("design_system/components.jinja").module  # type: ignore[attr-defined]
    official = Environment(loader=PackageLoader("nhsuk_frontend_jinja"), autoescape=True, undefined=ChainableUndefined)
    theirs = official.get_template("nhsuk/components/radios/macro.jinja").module
    options = tuple(Option(str(at), text) for at, text in enumerate(ANSWERS))
    field = Field("answer", QUESTION, FieldKind.ONE_OF_FEW, "Think of nights and weekends", options=options)
    parameters = {
        "name": "answer",
        "fieldset": {"legend": {"text": QUESTION, "size": "m"}},
        "hint": {"text": field.hint},
        "items": [{"value": option.value, "text": option.label} for option in options],
    }
    rows = tuple((f"Organisation {at}", *["62"] * 7) for at in range(250))
    table = Table("Round", (Column("Organisation"), *[Column("Part", is_numeric=True)] * 7), rows)
    return {
        "radios of one question, ours": lambda: ours.radios(field),
        "radios of one question, nhsuk-frontend-jinja": lambda: theirs.radios(parameters),  # type: ignore[attr-defined]
        "table of 250 rows and 8 columns, ours": lambda: ours.table(table),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="script/bench page_parts", description=(__doc__ or "").split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--times", type=int, default=500, help="how often each is drawn (500)")
    times = parser.parse_args().times
    django.setup()
    for name, draw in build_parts().items():
        taken = min(timeit.repeat(draw, number=1, repeat=times))
        print(f"{taken * 1000:8.2f} ms  {name}")


if __name__ == "__main__":
    main()
