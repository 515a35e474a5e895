# SPDX-License-Identifier: MIT
"""An organisation as a FHIR R4 Organization, by its ODS code."""

from __future__ import annotations

from datetime import date
from typing import Any

from trigpoint.organisations.organisation import Organisation

# The system of ODS codes, as NHS England publishes it.
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"


def build_organization(organisation: Organisation, *, on: date, part_of: str | None = None) -> dict[str, Any]:
    """Return an organisation as it stood on a day. part_of: the ODS code of what it belongs to, such as its ICB.

    Source: HL7 FHIR R4 (4.0.1), Organization; an identifier's period is that of the code.
    """
    edges = (("start", organisation.opened_on), ("end", organisation.closed_on))
    period = {name: day.isoformat() for name, day in edges if day is not None}
    resource: dict[str, Any] = {
        "resourceType": "Organization",
        "identifier": [{**code_identifier(organisation.code), **({"period": period} if period else {})}],
        "active": organisation.is_open_on(on),
        "name": organisation.name_on(on),
    }
    aliases = [*(name.text for name in organisation.earlier_names), *organisation.aliases]
    if aliases:
        resource["alias"] = aliases
    if part_of is not None:
        resource["partOf"] = {"type": "Organization", "identifier": code_identifier(part_of)}
    return resource


def code_identifier(code: str) -> dict[str, Any]:
    """Return the identifier of an ODS code."""
    return {"system": ODS_CODE, "value": str(code)}
