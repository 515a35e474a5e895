# SPDX-License-Identifier: MIT
"""What may stand in an address. Importing this module makes <ods:code> known to Django, once."""

from __future__ import annotations

from django.urls import register_converter


class OrganisationCodeConverter:
    """An ODS code: capitals and digits. In a URL of Django it is written <ods:code>."""

    regex = "[A-Z0-9]{2,12}"

    def to_python(self, value: str) -> str:
        """Return the code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code."""
        return value


register_converter(OrganisationCodeConverter, "ods")
