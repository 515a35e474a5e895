# SPDX-License-Identifier: MIT
"""The methods of analysis in words, which are shipped as content: methods/NAME.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml
from pydantic import TypeAdapter

from trigpoint.analysis.method import Method
from trigpoint.io.content import content_folder

_METHOD = TypeAdapter(Method)


@cache
def read_methods() -> Mapping[str, Method]:
    """Return every method by the name of its analysis, in order of names."""
    files = sorted(content_folder("methods").glob("*.yaml"))
    methods = [_METHOD.validate_python(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files]
    return {method.name: method for method in methods}
