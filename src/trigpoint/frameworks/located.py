# SPDX-License-Identifier: MIT
"""YAML read so that every value still knows the line and column it came from.

Numbers with a point become `Decimal`, so 0.1 is a tenth; lists become tuples, so what is read can be frozen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import yaml

from trigpoint.errors import Problem

Path = tuple[str | int, ...]

_INTEGER = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_BOOLEAN = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"

# The loader in C is eight times quicker; not every build of PyYAML has it, and both mark places alike.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Plain decimal notation only: YAML 1.1 would also read 1_000, 0x10, 017, 1:30 and 1.5e+3 as numbers, which surprises
# authors. Fifteen digits are all that a spreadsheet keeps, and they bound what scoring has to hold exactly.
_PLAIN_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
_PLAIN_DECIMAL = re.compile(r"[-+]?(?=[0-9.]{2,16}$)[0-9]*\.[0-9]*")

# A framework of 200 questions has about 4,000 values. Aliases of aliases could ask for more than any memory holds.
MOST_VALUES = 200_000
# The measures tree of the largest shipped framework is nested eight deep.
MOST_NESTED = 50

_IN_DIGITS = "Write it in digits, 15 at most, or in quotes if it is a word."


@dataclass(frozen=True, slots=True)
class Located:
    """A YAML document as plain values, with the place of each.

    value:  mappings are dicts, lists are tuples, numbers are int or Decimal; None for an empty document.
    places: path of keys and positions → (line, column), both from 1. A mapping's key has the place of the key.
    problems: what was wrong with the YAML itself; `value` is None when it could not be read at all.
    """

    file: str
    value: object
    places: Mapping[Path, tuple[int, int]]
    problems: tuple[Problem, ...] = ()

    def problem(self, path: Path, message: str) -> Problem:
        """Return a problem at `path`, or at the nearest place above it that exists in the file."""
        for length in range(len(path), -1, -1):
            if place := self.places.get(path[:length]):
                return Problem(self.file, *place, message)
        return Problem(self.file, None, None, message)


@dataclass(slots=True)
class _Reader:
    file: str
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, node: yaml.Node, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, message))

    def read(self, node: yaml.Node, path: Path) -> object:
        self.places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.read(child, (*path, position)) for position, child in enumerate(node.value))
        return self._scalar(node)

    def _pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, object]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.complain(key_node, "a key must be a single word, not a list or a mapping.")
                continue
            key = str(key_node.value)
            if key in seen:
                self.complain(key_node, f"the key {key!r} stands twice; the first is on line {seen[key]}. Keep one.")
                continue
            seen[key] = key_node.start_mark.line + 1
            self.places[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            yield key, self.read(value_node, (*path, key))

    def _scalar(self, node: yaml.Node) -> object:
        text = str(node.value)
        if node.tag == _INTEGER:
            return self._integer(node, text)
        if node.tag == _FLOAT:
            return self._decimal(node, text)
        if node.tag == _BOOLEAN:
            return self._boolean(node, text)
        return None if node.tag == _NULL else text

    def _integer(self, node: yaml.Node, text: str) -> object:
        if _PLAIN_INTEGER.fullmatch(text):
            return int(text)
        self.complain(node, f"{_short(text)} is not a plain whole number. {_IN_DIGITS}")
        return None

    def _decimal(self, node: yaml.Node, text: str) -> object:
        if _PLAIN_DECIMAL.fullmatch(text):
            return Decimal(text)
        self.complain(node, f"{_short(text)} is not a plain number. {_IN_DIGITS}")
        return None

    def _boolean(self, node: yaml.Node, text: str) -> object:
        if text in {"true", "false"}:
            return text == "true"
        self.complain(node, f"YAML reads {text} as true or false. Write {text!r} in quotes, or true or false.")
        return None


def parse_yaml(text: str, *, file: str) -> Located:
    """Return the document in `text` with the place of each value, and what is wrong with it as YAML.

    Duplicate keys, anchors that point at themselves, aliases that grow without end and words that YAML takes for
    numbers or truth values are problems, not surprises. Never raises for bad input.
    """
    try:
        deep = _too_deep(text)
        if deep is not None:
            return Located(file, None, {}, (Problem(file, *deep, "values are nested too deeply. Write them flatter."),))
        return _read(yaml.compose(text, Loader=_LOADER), file)
    except yaml.YAMLError as error:
        return Located(file, None, {}, (_syntax_problem(_plainer(error, text), text, file),))


def _too_deep(text: str) -> tuple[int, int] | None:
    """Where the nesting passes MOST_NESTED; the loader in C would run out of stack further down, without a word."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_NESTED and event.start_mark is not None:
            return event.start_mark.line + 1, event.start_mark.column + 1
    return None


def _plainer(error: yaml.YAMLError, text: str) -> yaml.YAMLError:
    """What the loader in Python says is wrong, if it agrees that something is: it says it more plainly."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as plainer:
        return plainer
    return error


def _read(node: yaml.Node | None, file: str) -> Located:
    if node is None:
        return Located(file, None, {}, (Problem(file, 1, 1, "the file is empty."),))
    reader = _Reader(file)
    extent = _measure_extent(node, {})
    if extent is None:
        reader.complain(node, "an alias (*) refers to what contains it. Write the value out.")
    elif extent.values > MOST_VALUES:
        reader.complain(node, f"with its aliases (*) this has {extent.values} values; {MOST_VALUES} is the most.")
    elif extent.depth > MOST_NESTED:
        reader.complain(node, "with its aliases (*) values are nested too deeply. Write them flatter.")
    if reader.problems:
        return Located(file, None, {}, tuple(reader.problems))
    value = reader.read(node, ())
    return Located(file, value, reader.places, tuple(sorted(reader.problems, key=_position)))


def _position(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0


@dataclass(frozen=True, slots=True)
class _Extent:
    """How many values a node holds, itself included, and how deep lists and mappings are nested in it."""

    values: int
    depth: int


def _measure_extent(node: yaml.Node, known: dict[int, _Extent | None]) -> _Extent | None:
    """The extent of a node with every alias written out; None when it contains itself.

    known: what was measured before, by identity, so that measuring is quick; None while being measured. An anchor
    stands before its aliases, so this goes no deeper than the text itself is nested.
    """
    if isinstance(node, yaml.ScalarNode):
        return _Extent(1, 0)
    if id(node) not in known:
        known[id(node)] = None
        children = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
        within = [_measure_extent(child, known) for child in children]
        whole = [extent for extent in within if extent is not None]
        if len(whole) == len(within):
            depth = 1 + max((extent.depth for extent in whole), default=0)
            known[id(node)] = _Extent(1 + sum(extent.values for extent in whole), depth)
    return known[id(node)]


def _short(text: str) -> str:
    return repr(text) if len(text) <= 40 else f"{text[:20]!r}… ({len(text)} characters)"


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it can't be read"
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        line, column = error.problem_mark.line + 1, error.problem_mark.column + 1
    else:  # a character that may not stand in YAML: only its position is told
        before = text[: getattr(error, "position", 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(file, line, column, f"not valid YAML: {said}. Check indentation, quotes and brackets here.")
