# SPDX-License-Identifier: MIT
"""People, how they sign in, and what each role may do."""
