# SPDX-License-Identifier: MIT
"""What may stand in an address. Importing this module makes <ods:code> and <key:...> known to Django, once."""

from __future__ import annotations

from django.urls import register_converter

LARGEST_KEY = 2**63 - 1  # as BigAutoField in both databases


class OrganisationCodeConverter:
    """An ODS code: capitals and digits. In a URL of Django it is written <ods:code>."""

    regex = "[A-Z0-9]{2,12}"

    def to_python(self, value: str) -> str:
        """Return the code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code."""
        return value


class RowKeyConverter:
    """The key of a row, or the number of a version. In a URL of Django it is written <key:name>.

    A number that no database can hold is no key, so its address is not found. Django's own <int:name> takes it, and
    asking the database for it fails.
    """

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """Return the key. Raises ValueError, which Django takes for another address, for one that is too large."""
        key = int(value)
        if key > LARGEST_KEY:
            raise ValueError(f"{value} is larger than any key")
        return key

    def to_url(self, value: int) -> str:
        """Return the key as it is written."""
        return str(value)


register_converter(OrganisationCodeConverter, "ods")
register_converter(RowKeyConverter, "key")
