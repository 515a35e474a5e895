# SPDX-License-Identifier: MIT
"""`python -m trigpoint` is the command `trigpoint`."""

from trigpoint.cli import main

if __name__ == "__main__":  # pragma: no cover - importing it must not run the command
    main()
