# SPDX-License-Identifier: MIT
"""The ladders of a person's own account."""

from __future__ import annotations

from tests.web.ladders import Ladder
from trigpoint_web.accounts.roles import Role

LADDERS = {
    "account": Ladder(
        works_for=Role.OBSERVER, is_of_organisation=False, posts=True, fields={"name": "A new name", "job_title": ""}
    ),
    # The tests run without a demonstration, so there is nobody to sign in as: tests/web/accounts/test_demo_sign_in.py.
    "demo_sign_in": Ladder(
        works_for=None, is_public=True, is_of_organisation=False, gets=False, posts=True, works=frozenset({404})
    ),
}
