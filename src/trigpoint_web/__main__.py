# SPDX-License-Identifier: MIT
"""Runs a command of the service: `trigpoint-web migrate`, `trigpoint-web demo`, or `python -m trigpoint_web ...`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command of the command line; `demo` sets its own surroundings, every other is a command of Django."""
    if sys.argv[1:2] == ["demo"]:
        from trigpoint_web.demonstration.command import main as demonstrate

        sys.exit(demonstrate(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    from trigpoint_web.config.log_lines import log_uncaught

    sys.excepthook = log_uncaught
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint_web.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":  # pragma: no cover: the line that a process of its own runs
    main()
