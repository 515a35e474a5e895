# SPDX-License-Identifier: MIT
"""Style sheets and scripts under names that change with their content, so that a browser may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Also renames what a script imports, which Django leaves alone unless it is asked."""

    support_js_module_import_aggregation = True
