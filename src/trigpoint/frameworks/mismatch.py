# SPDX-License-Identifier: MIT
"""What is said when answers were collected with something else than what they are to be scored with."""

from __future__ import annotations

from trigpoint.frameworks.framework import FrameworkRef


def collected_with_another(collected: str, framework: FrameworkRef) -> str:
    """Return what to say of answers collected with another framework or version, and what to do."""
    return (
        f"these answers were collected with {collected}, not {framework}. "
        f"Score them with --framework {collected}; to use another version's rules add --rules {framework}."
    )


def collected_with_other_content(collected_hash: str, framework: FrameworkRef, framework_hash: str) -> str:
    """Return what to say of answers collected with the same version before or after its files changed."""
    return (
        f"these answers were collected with other content of {framework} (hash {collected_hash[:12]}, not "
        f"{framework_hash[:12]}). Use the framework files they were collected with, or ingest them again."
    )
