# SPDX-License-Identifier: MIT
"""The service on a made-up nation: two rounds behind it, one open, and one person to sign in as for each role."""
