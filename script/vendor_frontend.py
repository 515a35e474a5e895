#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes style sheet, script and icons of the NHS design system into the service: nothing is loaded from outside.

Usage: script/vendor_frontend.py TARBALL
TARBALL is the package nhsuk-frontend as 'npm pack nhsuk-frontend@10.6.1' writes it.

Left out: the fonts (licensed, and on somebody else's host), the maps of the sources, and every picture with the NHS's
identity, which is not ours to give. The same tarball always gives the same files.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

FOLDER = Path(__file__).resolve().parents[1] / "src/trigpoint_web/design_system/static/design_system/nhsuk"
STYLE = PurePosixPath("package/dist/nhsuk/nhsuk-frontend.min.css")
SCRIPT = PurePosixPath("package/dist/nhsuk/nhsuk-frontend.min.js")
PICTURES = PurePosixPath("package/dist/nhsuk/assets/images")
ABOUT = PurePosixPath("package/package.json")

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
SOURCE_MAP = re.compile(r"\n?(?:/\*|//)# sourceMappingURL=[^\s*]+(?: ?\*/)?")
CHARSET = '@charset "UTF-8";'
PICTURE = re.compile(r"url\(/assets/images/([a-z-]+\.svg)\)")

# The package says its licence but does not carry the words.
LICENCE = """\
nhsuk-frontend {version}
Copyright NHS England

SPDX-License-Identifier: MIT

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

Changed by script/vendor_frontend.py: fonts and source maps removed, addresses of pictures made relative.
"""


def read_package(tarball: Path) -> dict[PurePosixPath, bytes]:
    """Return the files of the package by name. Raises tarfile.TarError or OSError when it cannot be read."""
    with tarfile.open(tarball) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        opened = ((PurePosixPath(member.name), archive.extractfile(member)) for member in members)
        return {name: stream.read() for name, stream in opened if stream is not None}


def clean_style(text: str, *, note: str) -> str:
    """Return the style sheet without fonts and maps, with pictures beside it. The charset must stay its first words."""
    kept = PICTURE.sub(r"url(images/\1)", SOURCE_MAP.sub("", FONT_FACE.sub("", text)))
    return f"{CHARSET}\n/* {note} */\n{kept.removeprefix(CHARSET).strip()}\n"


def clean_script(text: str, *, note: str) -> str:
    """Return the script without the address of its map."""
    return f"/* {note} */\n{SOURCE_MAP.sub('', text).strip()}\n"


def list_pictures(style: str) -> list[str]:
    """Return the pictures that the style sheet shows."""
    return sorted(set(re.findall(r"url\(images/([a-z-]+\.svg)\)", style)))


def build_files(package: dict[PurePosixPath, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield each file to keep: its name below the folder, its content. Raises KeyError when the package lacks one."""
    version = json.loads(package[ABOUT])["version"]
    made = f"nhsuk-frontend {version}, copyright NHS England. Made by script/vendor_frontend.py."
    note = f"SPDX-License-Identifier: MIT. {made}"
    style = clean_style(package[STYLE].decode(), note=note)
    yield STYLE.name, style.encode()
    yield SCRIPT.name, clean_script(package[SCRIPT].decode(), note=note).encode()
    yield "LICENCE.txt", LICENCE.format(version=version).encode()
    for name in list_pictures(style):
        yield f"images/{name}", package[PICTURES / name].rstrip() + b"\n"


def write_files(tarball: Path, folder: Path) -> list[str]:
    """Replace the folder by the files of the package, and return their names."""
    files = dict(build_files(read_package(tarball)))
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return sorted(files)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(f"Usage: script/vendor_frontend.py TARBALL\n{(__doc__ or '').split('Usage:')[1]}", file=sys.stderr)
        return 2
    try:
        names = write_files(Path(arguments[0]), FOLDER)
    except (OSError, tarfile.TarError) as trouble:
        print(f"script/vendor_frontend.py: {arguments[0]} can't be read as a package: {trouble}", file=sys.stderr)
        return 1
    except KeyError as trouble:
        print(f"script/vendor_frontend.py: {arguments[0]} is no nhsuk-frontend: it lacks {trouble}", file=sys.stderr)
        return 1
    print("\n".join(names))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
