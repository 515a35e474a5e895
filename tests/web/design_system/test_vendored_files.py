# SPDX-License-Identifier: MIT
"""The files of the NHS design system that we carry: they load nothing from outside, and are made again the same."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import tarfile
from pathlib import Path
from types import ModuleType

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.core.management import call_command

from tests.repository.house import REPOSITORY

FOLDER = REPOSITORY / "src/trigpoint_web/design_system/static/design_system"
ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"')]*")
NAMESPACES = {"http://www.w3.org/2000/svg"}  # a name, which nobody fetches


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor_frontend", REPOSITORY / "script/vendor_frontend.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tarball(tmp_path: Path) -> Path:
    files = {
        "package/package.json": json.dumps({"version": "1.2.3"}),
        "package/dist/nhsuk/nhsuk-frontend.min.css": '@charset "UTF-8";@font-face{src:url(https://out.example/f.woff)}'
        "a{background:url(/assets/images/nhsuk-icon-cross.svg)}\n/*# sourceMappingURL=x.min.css.map */\n",
        "package/dist/nhsuk/nhsuk-frontend.min.js": "export{a};//# sourceMappingURL=x.min.js.map\n",
        "package/dist/nhsuk/assets/images/nhsuk-icon-cross.svg": "<svg/>",
        "package/dist/nhsuk/assets/images/nhsuk-icon-180.png": "logo",
    }
    return pack(tmp_path / "nhsuk.tgz", files)


def pack(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.mark.parametrize(
    "path", [path for path in sorted(FOLDER.rglob("*")) if path.is_file()], ids=lambda path: path.name
)
def test_no_file_that_browsers_get_names_an_address_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert {found for found in ADDRESS.findall(text) if not found.startswith(tuple(NAMESPACES))} == set()
    assert "@font-face" not in text
    assert "@import" not in text
    assert "sourceMappingURL" not in text


def test_every_picture_of_the_style_sheet_is_there() -> None:
    style = (FOLDER / "nhsuk/nhsuk-frontend.min.css").read_text(encoding="utf-8")

    pictures = set(re.findall(r"url\(([^)]*)\)", style))
    assert pictures
    assert {name for name in pictures if not (FOLDER / "nhsuk" / name).is_file()} == set()


def test_the_licence_travels_with_the_files_and_no_logo_does() -> None:
    names = {path.name for path in (FOLDER / "nhsuk").rglob("*")}

    assert "LICENCE.txt" in names
    assert not {name for name in names if name.endswith((".png", ".ico", ".woff", ".woff2"))}


def test_fonts_maps_and_logos_are_left_out_and_pictures_are_found_beside_the_style(
    script: ModuleType, tarball: Path, tmp_path: Path
) -> None:
    names = script.write_files(tarball, tmp_path / "made")

    assert names == ["LICENCE.txt", "images/nhsuk-icon-cross.svg", "nhsuk-frontend.min.css", "nhsuk-frontend.min.js"]
    style = (tmp_path / "made/nhsuk-frontend.min.css").read_text()
    assert style.splitlines()[0] == '@charset "UTF-8";'
    assert "1.2.3, copyright NHS England" in style.splitlines()[1]
    assert style.splitlines()[2:] == ["a{background:url(images/nhsuk-icon-cross.svg)}"]
    assert (tmp_path / "made/nhsuk-frontend.min.js").read_text().endswith("export{a};\n")


def test_files_of_an_older_version_do_not_stay(script: ModuleType, tarball: Path, tmp_path: Path) -> None:
    first = script.write_files(tarball, tmp_path / "made")
    (tmp_path / "made/old.css").write_text("a{}")

    assert script.write_files(tarball, tmp_path / "made") == first
    assert not (tmp_path / "made/old.css").exists()


def test_what_is_no_package_is_refused_in_one_line(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, other = tmp_path / "broken.tgz", pack(tmp_path / "other.tgz", {"package/package.json": '{"version": "1"}'})
    broken.write_bytes(b"no archive")

    assert script.main([str(broken)]) == 1
    assert script.main([str(tmp_path / "absent.tgz")]) == 1
    assert script.main([str(other)]) == 1
    assert script.main([]) == 2
    said = capsys.readouterr().err
    assert "can't be read as a package" in said
    assert "is no nhsuk-frontend: it lacks" in said
    assert "script/vendor_frontend.py TARBALL" in said


def test_the_files_are_collected_under_names_of_their_content_imports_included(
    settings: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = str(tmp_path / "static")  # type: ignore[attr-defined]
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "trigpoint_web.design_system.static_files.HashedStaticFiles"},
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    collected = tmp_path / "static"
    module = collected / storages["staticfiles"].stored_name("design_system/trigpoint.js")  # type: ignore[attr-defined]
    (imported,) = re.findall(r'from "\./(nhsuk/[^"]+)"', module.read_text())
    assert re.fullmatch(r"nhsuk/nhsuk-frontend\.min\.[0-9a-f]{12}\.js", imported)
    assert (collected / "design_system" / imported).is_file()
    style = next(collected.glob("design_system/nhsuk/nhsuk-frontend.min.????????????.css")).read_text()
    assert re.search(r"images/nhsuk-icon-cross\.[0-9a-f]{12}\.svg", style)


def test_what_a_page_asks_for_is_found() -> None:
    for name in ("favicon.svg", "supported.js", "trigpoint.js", "trigpoint.css", "nhsuk/nhsuk-frontend.min.css"):
        assert finders.find(f"design_system/{name}")
