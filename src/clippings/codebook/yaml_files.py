"""YAML files of a codebook, read with the line and column of every value.

Plain words are text: ``no``, ``on``, ``1991`` and ``0.1`` need no quotes; ``true``, ``false`` and ``null`` do. A named
list (``&name``, ``*name``) among words stands for its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec
import msgspec.inspect as shape
import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from clippings.codebook.faults import Fault, Steps, did_you_mean

T = TypeVar("T")
# The parser of lists within lists knows no limit of its own and would end the process.
_DEEP = re.compile(r"(?:[\[{]\s*){100}|(?:-[ \t]+){100}")
_TAG = "tag:yaml.org,2002:"
MOST_VALUES = 1_000_000
"""A file whose aliases unfold to more values than this is refused: a few hundred bytes can name billions."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader with two kinds of plain values besides text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (the name and type are PyYAML's)


_Loader.add_implicit_resolver(f"{_TAG}bool", re.compile(r"(?:true|false|True|False)\Z"), list("tTfF"))
_Loader.add_implicit_resolver(f"{_TAG}null", re.compile(r"(?:~|null|Null|)\Z"), ["~", "n", "N", ""])


class YamlFile:
    """A file read into nodes, each with its place, and into a value of its kind.

    Attributes:
        faults: what is wrong with its syntax or its shape; where there is anything, there is no value.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self._text = text
        self._node: Node | None = None
        try:
            if _DEEP.search(text):
                raise RecursionError
            self._loader = _Loader(text)
            self._node = self._loader.get_single_node()
            if self._node is not None and _unfolded(self._node, {}) > MOST_VALUES:
                self.faults.append(
                    Fault(name, 1, 1, f"it has more than {MOST_VALUES:,} values, aliases counted each time")
                )
        except (yaml.YAMLError, RecursionError) as error:
            self.faults.append(_syntax(name, error))

    def value(self, kind: type[T]) -> T | None:
        """Return the content as ``kind``, None where it has faults."""
        if self.faults:
            return None
        if self._node is None:
            self.faults.append(Fault(self.name, 1, 1, "the file is empty", "write [] where there is nothing to list"))
            return None
        try:
            self.faults += _doubled(self.name, self._node)
            if self.faults:
                return None
            self._splice(self._node, shape.type_info(kind))
            return msgspec.convert(self._loader.construct_document(self._node), kind)
        except msgspec.ValidationError as error:
            misfits = list(_misfits(self.name, self._node, shape.type_info(kind)))
            self.faults += misfits or [Fault(self.name, 1, 1, str(error))]
        except (yaml.YAMLError, RecursionError) as error:
            self.faults.append(_syntax(self.name, error))
        return None

    def at(self, path: Steps) -> tuple[int, int]:
        """Return line and column of the value that ``path`` leads to, or of the last one on the way."""
        node = self._node
        for step in path:
            below = _below(node, step)
            if below is None:
                break
            node = below
        return _mark(node) if node else (1, 1)

    def _splice(self, node: Node, kind: shape.Type) -> None:
        """Put the words of named lists in their place in lists of words."""
        if isinstance(kind, shape.StructType) and isinstance(node, MappingNode):
            fields = {field.encode_name: field.type for field in kind.fields}
            for key, value in node.value:
                if key.value in fields:
                    self._splice(value, fields[key.value])
        elif isinstance(kind, shape.VarTupleType) and isinstance(node, SequenceNode):
            if isinstance(kind.item_type, shape.StrType):
                node.value = self._words(node.value)
            for item in node.value:
                self._splice(item, kind.item_type)

    def _words(self, items: Sequence[Node]) -> list[Node]:
        """The items of a list with the words of named lists in their place, without those that are there already."""
        words: list[Node] = []
        there: set[str] = set()
        for item in items:
            named = isinstance(item, SequenceNode) and self._text[item.start_mark.index] == "&"
            added = [one for one in self._words(item.value) if str(one.value) not in there] if named else [item]
            words += added
            there.update(str(one.value) for one in added)
        return words


def _unfolded(node: Node, known: dict[int, int]) -> int:
    """Count the values below a node, those behind an alias each time; a value inside itself has no end."""
    if known.get(id(node)) == 0:
        raise RecursionError
    if id(node) not in known:
        known[id(node)] = 0
        below = node.value if isinstance(node, SequenceNode) else ()
        if isinstance(node, MappingNode):
            below = [one for pair in node.value for one in pair]
        known[id(node)] = 1 + sum(_unfolded(one, known) for one in below)
    return known[id(node)]


def _syntax(name: str, error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if isinstance(error, RecursionError):
        return Fault(name, line, column, "lists are nested too deep")
    context = getattr(error, "context", None)
    message = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    told = " ".join(f"{message} {context or ''}".split())
    return Fault(name, line, column, f"not YAML: {told}", _syntax_hint(told))


def _syntax_hint(message: str) -> str | None:
    if "cannot start any token" in message:
        return "put the value in quotes, and indent with spaces"
    if "mapping values are not allowed" in message:
        return "put a text that holds a colon in quotes, and indent the keys of an entry alike"
    if "expected '-' indicator" in message or "expected key" in message:
        return "indent the keys of an entry alike, and the entries of a list too"
    return None


def _mark(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _below(node: Node | None, step: int | str) -> Node | None:
    if isinstance(node, SequenceNode) and isinstance(step, int):
        found: Node | None = node.value[step] if step < len(node.value) else None
        return found
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _doubled(name: str, node: Node) -> Iterator[Fault]:
    """A key that stands twice in a mapping; YAML would keep the last in silence."""
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _doubled(name, item)
    if isinstance(node, MappingNode):
        seen: set[object] = set()
        for key, value in node.value:
            if key.value in seen:
                yield Fault(name, *_mark(key), f"the key {key.value!r} stands twice", "keep one of them")
            seen.add(key.value)
            yield from _doubled(name, value)


def _misfits(name: str, node: Node, kind: shape.Type) -> Iterator[Fault]:
    """Every value that is not of the kind its place asks for."""
    if isinstance(kind, shape.UnionType):
        kinds = [option for option in kind.types if not isinstance(option, shape.NoneType)]
        if node.tag != f"{_TAG}null" or len(kinds) == len(kind.types):
            yield from _misfits(name, node, kinds[0])
    elif isinstance(kind, shape.StructType) and isinstance(node, MappingNode):
        yield from _struct_misfits(name, node, kind)
    elif isinstance(kind, shape.VarTupleType) and isinstance(node, SequenceNode):
        for item in node.value:
            yield from _misfits(name, item, kind.item_type)
    elif isinstance(kind, shape.DictType) and isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _misfits(name, key, kind.key_type)
            yield from _misfits(name, value, kind.value_type)
    elif isinstance(kind, shape.LiteralType) and isinstance(node, ScalarNode):
        words = [str(word) for word in kind.values]
        if node.value not in words:
            message = f"{node.value!r} is none of {', '.join(words)}"
            yield Fault(name, *_mark(node), message, did_you_mean(node.value, words))
    elif not _fits(node, kind):
        yield Fault(name, *_mark(node), f"{_wanted(kind)} is needed here, not {_found(node)}", _advice(node, kind))


def _struct_misfits(name: str, node: MappingNode, kind: shape.StructType) -> Iterator[Fault]:
    fields = {field.encode_name: field for field in kind.fields}
    given = {str(key.value) for key, _ in node.value}
    missing = {key for key, field in fields.items() if field.required and key not in given}
    open_keys = [key for key in fields if key not in given]
    for key, value in node.value:
        if key.value in fields:
            yield from _misfits(name, value, fields[key.value].type)
            continue
        hint = did_you_mean(str(key.value), open_keys)
        missing -= {word for word in missing if hint and repr(word) in hint}
        yield Fault(name, *_mark(key), f"unknown key {key.value!r}", hint or f"known are {', '.join(fields)}")
    for word in fields:
        if word in missing:
            yield Fault(name, *_mark(node), f"the key {word!r} is missing", f"needed are {_needed(kind)}")


def _needed(kind: shape.StructType) -> str:
    return ", ".join(field.encode_name for field in kind.fields if field.required)


def _fits(node: Node, kind: shape.Type) -> bool:
    if isinstance(kind, shape.StrType):
        return node.tag == f"{_TAG}str" and isinstance(node, ScalarNode)
    return isinstance(kind, shape.BoolType) and node.tag == f"{_TAG}bool"


def _wanted(kind: shape.Type) -> str:
    if isinstance(kind, shape.StructType):
        return f"a set of keys ({_needed(kind) or ', '.join(field.encode_name for field in kind.fields)})"
    names = {shape.VarTupleType: "a list", shape.DictType: "a set of keys", shape.BoolType: "true or false"}
    return names.get(type(kind), "text")


def _found(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "a set of keys"
    return "nothing" if node.tag == f"{_TAG}null" else repr(node.value)


def _advice(node: Node, kind: shape.Type) -> str | None:
    if isinstance(kind, shape.VarTupleType):
        return "put it in square brackets, or behind a dash" if node.tag != f"{_TAG}null" else "write [] for none"
    if isinstance(kind, shape.StrType) and node.tag == f"{_TAG}bool":
        return "put the word in quotes"
    if isinstance(kind, shape.StrType) and isinstance(node, MappingNode):
        return "put a text that holds a colon or braces in quotes"
    return None
