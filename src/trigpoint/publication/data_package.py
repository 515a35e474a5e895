# SPDX-License-Identifier: MIT
"""datapackage.json: a release's tables described for software, as the Data Package standard has it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from trigpoint.publication.folder import OTHER_KINDS
from trigpoint.publication.manifest import Manifest, ReleaseFile
from trigpoint.publication.synthetic_mark import NOTICE
from trigpoint.publication.tables import TABLES, TableShape


def data_package_text(manifest: Manifest, files: Sequence[ReleaseFile]) -> str:
    """Return the text of datapackage.json. files: those written so far, with their hashes."""
    by_path = {one.path: one for one in files}
    licence = manifest.settings.licence
    package = {
        "profile": "data-package",
        "name": manifest.release,
        "id": manifest.release,
        "title": manifest.settings.title,
        "description": _description(manifest),
        "version": manifest.release.rpartition("-")[2],
        **({"created": f"{manifest.settings.date}T00:00:00Z"} if manifest.settings.date else {}),
        "licenses": [{"name": licence.name, "title": licence.title, "path": licence.path}],
        "resources": [
            *(_table(shape, by_path[shape.file]) for shape in TABLES),
            *(_other(name, by_path[name]) for name in OTHER_KINDS),
        ],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _description(manifest: Manifest) -> str:
    notice = f"{NOTICE} " if manifest.settings.is_synthetic else ""
    definitions = " ".join(
        f"{name.replace('_', ' ').capitalize()}: {text}." for name, text in manifest.definitions.items()
    )
    return f"{notice}Scores of {manifest.framework}, round {manifest.round}. {definitions}"


def _table(shape: TableShape, file: ReleaseFile) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": shape.name,
        "title": shape.title,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(shape),
    }


def _schema(shape: TableShape) -> dict[str, object]:
    fields = [
        {
            "name": column.name,
            "type": column.kind,
            "description": column.meaning,
            **({"constraints": {"required": True}} if column.is_required else {}),
        }
        for column in shape.columns
    ]
    references = [
        {"fields": list(one.columns), "reference": {"resource": one.table, "fields": list(one.target)}}
        for one in shape.references
    ]
    schema: dict[str, object] = {"fields": fields, "missingValues": [""], "primaryKey": list(shape.key)}
    return schema | ({"foreignKeys": references} if references else {})


def _other(name: str, file: ReleaseFile) -> dict[str, object]:
    kind = OTHER_KINDS[name]
    stem, _, ending = name.rpartition(".")
    return {
        "profile": "data-resource",
        # Else readers that know Parquet only with an addition would try to open it as a table, and fail.
        "type": "file",
        "name": f"{stem}-{ending}",
        "title": kind.title,
        "path": name,
        "format": ending,
        "mediatype": kind.media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
