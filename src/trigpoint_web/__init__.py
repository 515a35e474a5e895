# SPDX-License-Identifier: MIT
"""The service: people fill in a round here and a national team runs it. It stands on the core and holds no scoring."""
