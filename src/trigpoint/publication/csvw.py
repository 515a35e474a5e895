# SPDX-License-Identifier: MIT
"""csv-metadata.json: a release's CSV files described as CSV on the Web (CSVW) has it, which statistics offices read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from trigpoint.publication.manifest import Manifest
from trigpoint.publication.synthetic_mark import NOTICE
from trigpoint.publication.tables import Column, Reference, TableShape

CSVW = "csv-metadata.json"
_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]


def csvw_text(manifest: Manifest, shapes: Sequence[TableShape]) -> str:
    """Return the text of csv-metadata.json. shapes: of every CSV file of the release."""
    notice = f"{NOTICE} " if manifest.settings.is_synthetic else ""
    group = {
        "@context": _CONTEXT,
        "dc:title": manifest.settings.title,
        "dc:description": f"{notice}Scores of {manifest.framework}, round {manifest.round}.",
        "dc:identifier": manifest.release,
        "dc:license": {"@id": manifest.settings.licence.path},
        **({"dc:issued": manifest.settings.date} if manifest.settings.date else {}),
        "tables": [_table(shape) for shape in shapes],
    }
    return json.dumps(group, indent=2, ensure_ascii=False) + "\n"


def _table(shape: TableShape) -> dict[str, object]:
    schema: dict[str, object] = {
        "columns": [_column(column) for column in shape.columns],
        "primaryKey": list(shape.key),
    }
    references = [_reference(shape, one) for one in shape.references]
    return {
        "url": shape.file,
        "dc:title": shape.title,
        "tableSchema": schema | ({"foreignKeys": references} if references else {}),
    }


def _column(column: Column) -> dict[str, object]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.meaning,
        "datatype": column.kind,
        "required": column.is_required,
        "null": [""],
    }


def _reference(shape: TableShape, one: Reference) -> dict[str, object]:
    """A reference within its own table names no other."""
    resource = f"{one.table}.csv" if one.table else shape.file
    reference = {"resource": resource, "columnReference": list(one.target)}
    return {"columnReference": list(one.columns), "reference": reference}
