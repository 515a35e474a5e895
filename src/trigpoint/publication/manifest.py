# SPDX-License-Identifier: MIT
"""What a release was made from, and the hash of every file in it: manifest.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from trigpoint.frameworks.framework import Framework
from trigpoint.publication.cohort import summary_cohort
from trigpoint.publication.definitions import describe_release
from trigpoint.publication.score_rows import basis_text
from trigpoint.publication.settings import Licence, ReleaseSettings
from trigpoint.scoring.score_table import ScoreTable

FORMAT = "trigpoint-release/1"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, order=True)
class ReleaseFile:
    """A file of a release: its name inside the folder, the SHA-256 of its bytes in hex, and how many they are."""

    path: str
    sha256: str
    size: int


def describe_file(path: str, content: bytes) -> ReleaseFile:
    """Return the manifest's line for a file."""
    return ReleaseFile(path, hashlib.sha256(content).hexdigest(), len(content))


@dataclass(frozen=True, slots=True)
class Software:
    """What worked a release out: the version of Trigpoint, and of its scoring engine."""

    version: str
    engine: str


@dataclass(frozen=True)  # no slots: the name of the release is worked out once and kept
class Manifest:
    """All that must be the same for two releases to be the same. There is no clock in it.

    software: the version of Trigpoint that wrote the files; engine: the version of the scoring rules' engine.
    units, questions: how many the answers have.
    """

    settings: ReleaseSettings
    round: str
    basis: str
    framework: str
    framework_hash: str
    answers_hash: str
    engine: str
    software: str
    units: int
    questions: int
    definitions: Mapping[str, str]

    @cached_property
    def release(self) -> str:
        """The name of the release: the same inputs have the same name, on any machine and any day."""
        canonical = json.dumps(self._parts(), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return f"{self.framework.replace('@', '-')}-{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"

    def _parts(self) -> dict[str, object]:
        licence = self.settings.licence
        return {
            "format": FORMAT,
            "title": self.settings.title,
            "date": self.settings.date,
            "synthetic": self.settings.is_synthetic,
            "licence": {"name": licence.name, "title": licence.title, "path": licence.path},
            "round": self.round,
            "basis": self.basis,
            "framework": {"name": self.framework, "hash": self.framework_hash},
            "answers": {"hash": self.answers_hash, "units": self.units, "questions": self.questions},
            "engine": self.engine,
            "software": self.software,
            "definitions": dict(self.definitions),
        }

    def text(self, files: Sequence[ReleaseFile]) -> str:
        """Return the text of manifest.json, files by name."""
        listed = [{"path": one.path, "sha256": one.sha256, "bytes": one.size} for one in sorted(files)]
        whole = {"release": self.release, **self._parts(), "files": listed}
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def build_manifest(
    table: ScoreTable, framework: Framework, settings: ReleaseSettings, *, software: Software
) -> Manifest:
    """Return the manifest of a score table that is to be released."""
    basis = basis_text(table)
    return Manifest(
        settings=settings,
        round=table.round,
        basis=basis,
        framework=str(framework.ref),
        framework_hash=table.framework_hash,
        answers_hash=table.answers.hash,
        engine=software.engine,
        software=software.version,
        units=len(table.units),
        questions=len(table.answers.questions),
        definitions=describe_release(framework, summary_cohort(table.units), basis),
    )


@dataclass(frozen=True, slots=True)
class PublishedManifest:
    """A manifest.json as somebody published it: the name of the release it gives, and the files it lists."""

    release: str
    manifest: Manifest
    files: tuple[ReleaseFile, ...]


def parse_manifest(text: str) -> PublishedManifest:
    """Return what a manifest.json says. Raises ValueError when it is not one: not JSON, or a part is not there."""
    try:
        parts = json.loads(text)
        if parts["format"] != FORMAT:
            raise ValueError(f"its format is {parts['format']!r}, not {FORMAT!r}")
        settings = ReleaseSettings(parts["title"], Licence(**parts["licence"]), parts["date"], parts["synthetic"])
        manifest = Manifest(
            settings=settings,
            round=parts["round"],
            basis=parts["basis"],
            framework=parts["framework"]["name"],
            framework_hash=parts["framework"]["hash"],
            answers_hash=parts["answers"]["hash"],
            engine=parts["engine"],
            software=parts["software"],
            units=parts["answers"]["units"],
            questions=parts["answers"]["questions"],
            definitions=dict(parts["definitions"]),
        )
        _require_texts(manifest)
        files = tuple(ReleaseFile(str(one["path"]), str(one["sha256"]), int(one["bytes"])) for one in parts["files"])
        return PublishedManifest(str(parts["release"]), manifest, files)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at line {error.lineno}, column {error.colno}") from error
    except KeyError as error:
        raise ValueError(f"the part {error} is missing") from error
    except (TypeError, OverflowError) as error:
        raise ValueError("a part is of the wrong kind") from error
    except RecursionError as error:
        raise ValueError("its parts lie too deep inside each other") from error


def _require_texts(manifest: Manifest) -> None:
    """Raise TypeError when anything that is printed is no text."""
    settings, licence = manifest.settings, manifest.settings.licence
    said = (settings.title, settings.date or "", licence.name, licence.title, licence.path, manifest.round)
    made = (manifest.basis, manifest.framework, manifest.framework_hash, manifest.answers_hash)
    with_what = (manifest.engine, manifest.software, *manifest.definitions, *manifest.definitions.values())
    for text in (*said, *made, *with_what):
        if not isinstance(text, str):
            raise TypeError(f"{text!r} is no text")
