"""The files of a codebook read into its content, with every fault at its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from clippings.codebook import checks
from clippings.codebook.actors_file import ActorsFile
from clippings.codebook.faults import Fault, Problem, Steps
from clippings.codebook.schema import Actor, Confusion, Content, Context, Cues, Head, Theme
from clippings.codebook.sources import FILES, OPTIONAL
from clippings.codebook.yaml_files import YamlFile

T = TypeVar("T")
_KINDS: dict[str, Any] = {
    "codebook.yaml": Head,
    "themes.yaml": tuple[Theme, ...],
    "cues.yaml": Cues,
    "confusions.yaml": tuple[Confusion, ...],
    "contexts.yaml": tuple[Context, ...],
}
_FIELDS = {"codebook.yaml": "head", **{name: name.partition(".")[0] for name in FILES[1:]}}


class Parsed:
    """Files read into content.

    Attributes:
        content: what they say; a file with faults says nothing.
        texts: the files decoded, their lines ended by a line feed.
        faults: all that is wrong with them, sorted by file and line.
    """

    def __init__(self, files: Mapping[str, bytes], base: Sequence[Actor] | None = None) -> None:
        """Read the files.

        Args:
            files: the files by name.
            base: the actors of the codebook they extend; None for a codebook that stands alone, which needs all files.
        """
        needed = [name for name in FILES if name not in OPTIONAL and base is None]
        hint = f"a codebook needs {', '.join(needed)}"
        self.faults = [Fault(name, 0, 0, "the file is missing", hint) for name in needed if name not in files]
        self.texts: dict[str, str] = {}
        self._read: dict[str, YamlFile | ActorsFile] = {}
        found: dict[str, Any] = {_FIELDS[name]: self._value(name, data) for name, data in files.items()}
        self.content = Content(**{field: value for field, value in found.items() if value is not None})
        self.faults += map(self._fault, checks.problems(self.content, self._known(base)))
        self.faults.sort(key=lambda fault: (FILES.index(fault.file), fault.line, fault.column))

    def at(self, file: str, path: Steps) -> tuple[int, int]:
        """Return line and column of a value."""
        return self._read[file].at(path)

    def _value(self, name: str, data: bytes) -> object:
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            self.faults.append(_not_utf8(name, data, error.start))
            return None
        self.texts[name] = text
        file: YamlFile | ActorsFile = ActorsFile(name, text) if name == "actors.csv" else YamlFile(name, text)
        self._read[name] = file
        value = file.value() if isinstance(file, ActorsFile) else file.value(_KINDS[name])
        self.faults += file.faults
        return value

    def _known(self, base: Sequence[Actor] | None) -> list[Actor] | None:
        """All actors that may be named; None where those of the file could not be read."""
        broken = {fault.file for fault in self.faults}
        return None if "actors.csv" in broken else [*(base or ()), *self.content.actors]

    def _fault(self, problem: Problem) -> Fault:
        return Fault(problem.file, *self.at(problem.file, problem.path), problem.message, problem.hint)


def of_records(content: Content, base: Sequence[Actor]) -> list[Fault]:
    """Return the faults of content made in Python; the path of a value stands for its line."""
    found = checks.problems(content, [*base, *content.actors])
    return [Fault(_spelled(row), 0, 0, row.message, row.hint) for row in found]


def _spelled(problem: Problem) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem.path)
    return _FIELDS[problem.file] + "".join(steps)


def _not_utf8(name: str, data: bytes, at: int) -> Fault:
    start = data.rfind(b"\n", 0, at) + 1
    column = len(data[start:at].decode("utf-8", "replace")) + 1
    line = data.count(b"\n", 0, at) + 1
    return Fault(name, line, column, f"not UTF-8: byte 0x{data[at]:02x}", "save the file as UTF-8")
