# SPDX-License-Identifier: MIT
"""What holds for every test: the same examples on every machine, and no test that fails because a machine is slow."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# derandomize: a change that breaks nothing must not turn red by luck. No deadline, no health check of speed: the
# clock of a shared machine proves nothing about the code. No database: examples are not kept between runs.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
# For a look further afield, by hand: script/test --hypothesis-profile=thorough
settings.register_profile(
    "thorough", max_examples=5000, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")
