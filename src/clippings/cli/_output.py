"""Where the output goes: in which format, onto no file that is read, and whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from clippings.cli._shared import Parser, UsageError
from clippings.tables import WRITTEN
from clippings.writing import moved_file

STANDARD = "-"
"""In the place of a path: standard input."""

_PAGES = {
    "": ("jsonl", "csv", "table", "parquet"),
    ".jsonl": ("jsonl",),
    ".ndjson": ("jsonl",),
    ".csv": ("csv",),
    ".parquet": ("parquet",),
    ".txt": ("table", "jsonl"),
}
_REPORTS = {
    "": ("table", "csv", "jsonl"),
    ".txt": ("table",),
    ".csv": ("csv",),
    ".jsonl": ("jsonl",),
    ".ndjson": ("jsonl",),
}
FORMATS: dict[str, dict[str, tuple[str, ...]]] = {
    "parse": _PAGES,
    "annotate": _PAGES,
    "check": {
        "": ("text", "json", "sarif", "github"),
        ".txt": ("text", "github"),
        ".json": ("json", "sarif"),
        ".sarif": ("sarif",),
    },
    "fetch": _REPORTS,
    "verify": _REPORTS,
    "search": _REPORTS,
    "diff": {"": ("text", "json"), ".txt": ("text",), ".jsonl": ("json",), ".ndjson": ("json",)},
}
"""For each command: what a file of a suffix can hold; the first is written where no format is given."""

_RESULTS = {
    ".jsonl": re.compile(rb'\{"(schema|id|change)":'),
    ".ndjson": re.compile(rb'\{"(schema|id|change)":'),
    ".csv": re.compile(WRITTEN.pattern.encode()),
    ".parquet": re.compile(rb"PAR1.*clippings\.schema", re.DOTALL),
    ".json": re.compile(rb'\[\]|\[\s*\{\s*"file":|.*"name": "clippings"', re.DOTALL),
    ".sarif": re.compile(rb'.*"name": "clippings"', re.DOTALL),
}
"""What a result of each suffix begins with; one of a frame in Parquet has its mark at the end."""
_ENDS = 65_536
_AS_PAGES = (".txt", ".html", ".htm")
"""Suffixes of outputs that a later run would read as pages; other results are known by what they begin with."""


class UnwritableError(Exception):
    """The output cannot be written."""


def add_format(command: Parser, name: str) -> None:
    """Add the format of what the command ``name`` writes, which the suffix of the output says as well."""
    choices = FORMATS[name][""]
    said = f"format of the output (by default what its suffix says, else {choices[0]})"
    command.add_argument("--format", choices=choices, help=said)


def format_of(command: str, output: str | None, asked: str | None) -> str:
    """Return the format to write: the one asked for, or the one that the suffix of the output says.

    Raises:
        UsageError: the two contradict each other, or the suffix says nothing.

    >>> format_of("annotate", "quotes.csv", None), format_of("annotate", None, None), format_of("check", "a.json", None)
    ('csv', 'jsonl', 'json')
    """
    known = FORMATS[command]
    suffix = Path(output or "").suffix.lower()
    if asked is None and suffix not in known:
        listed = ", ".join(filter(None, known))
        raise UsageError(f"{output}: no format is known by the suffix {suffix}; give --format, or one of {listed}")
    if asked is not None and asked not in known.get(suffix, (asked,)):
        raise UsageError(f"{output}: the suffix {suffix} contradicts --format {asked}; change one of them")
    return asked or known[suffix][0]


def refuse(output: str | None, sources: Iterable[str], others: Iterable[str]) -> None:
    """Refuse to write onto a file that is read.

    Args:
        output: the file to write; None for standard output.
        sources: what pages are read from; a result of an earlier run that lies among them may be written again.
        others: files and folders of which every file is kept, such as codebooks; ``-`` in both is standard input.

    Raises:
        UsageError: the output is one of them, by whatever name or link.
    """
    target = _status(output) if output else _stream_status(sys.stdout)
    if target is None or not stat.S_ISREG(target.st_mode):
        return
    kept = next(itertools.chain(_among(others, target), _among_pages(sources, target)), None)
    if kept is not None:
        what = output or "standard output"
        also = "" if output == kept else f" ({kept})"
        raise UsageError(f"{what}: is one of the files read{also} and would be lost; give another file with -o")


def refuse_inside(output: str | None, sources: Iterable[str], written: str | Path | None = None) -> None:
    """Refuse a text or page in a folder that is read: the next run would take it for a clipping.

    Args:
        output: the file or folder as the user names it; None for standard output.
        sources: what pages are read from.
        written: the file that is written, if it is not ``output``.

    Raises:
        UsageError: it lies in one of them, at whatever depth.
    """
    target = Path(written or output or "").resolve()
    if not output or target.suffix.lower() not in _AS_PAGES:
        return
    folders = (path for path in sources if path != STANDARD and os.path.isdir(path))  # noqa: PTH112 (False for any name)
    if folder := next((path for path in folders if target.is_relative_to(Path(path).resolve())), None):
        raise UsageError(f"{output}: lies in {folder}, and would be read as a page next time; write it elsewhere")


def _among(paths: Iterable[str], target: os.stat_result) -> Iterator[str]:
    """Yield the names under which the target is found at the paths, or below them."""
    for path in paths:
        if path == STANDARD and _is_same(_stream_status(sys.stdin), target):
            yield "standard input"
        below = (os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)  # noqa: PTH118
        yield from (file for file in itertools.chain([path], below) if _is_same(_status(file), target))


def _among_pages(sources: Iterable[str], target: os.stat_result) -> Iterator[str]:
    from clippings.reading import folders

    for path in sources:
        if path == STANDARD:
            yield from _among([path], target)
            continue
        for found in folders.expand(path):
            # A frame in CSV is met like a table of texts, and then left out.
            is_left_out = found.code or (found.path != path and found.path.lower().endswith(".csv"))
            if _is_same(_status(found.path), target) and not (is_left_out and _is_ours(found.path)):
                yield found.path


def _is_ours(path: str) -> bool:
    """Tell whether a file is empty, or what this program wrote in a format that the suffix says."""
    mark = _RESULTS.get(Path(path).suffix.lower())
    try:
        with Path(path).open("rb") as file:
            head = file.read(_ENDS)
            file.seek(max(0, os.fstat(file.fileno()).st_size - _ENDS))
            return mark is not None and (not head or bool(mark.match(head + file.read())))
    except OSError:
        return False


def _is_same(one: os.stat_result | None, other: os.stat_result) -> bool:
    return one is not None and os.path.samestat(one, other)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 (an empty path is not a file)
    except (OSError, ValueError):
        return None


def _stream_status(stream: object) -> os.stat_result | None:
    try:
        return os.fstat(stream.fileno())  # type: ignore[attr-defined]
    except (OSError, ValueError, AttributeError):  # A stream that is not a file, or is closed.
        return None


def check_named(output: str | None) -> None:
    """Refuse an empty name, such as a variable of a shell that is not set: it does not mean standard output.

    Raises:
        UsageError: the name is empty.
    """
    if output == "":
        raise UsageError("-o: the name of the output is empty; give one, or leave out -o for standard output")


def check_writable(output: str | None) -> None:
    """Refuse an output that could not be written in the end, or holds people's work, before the work begins.

    Raises:
        UnwritableError: it is a folder, may not be written, or its folder is not there.
        UsageError: it is a table that coders filled in.
    """
    if output is None:
        return
    if output.lower().endswith(".csv"):
        from clippings.review import stored

        if stored.held(Path(output)):
            raise UsageError(f"{output}: holds what coders decided, which would be lost; give another file with -o")
    code = 0
    try:
        if stat.S_ISDIR(os.stat(output).st_mode):  # noqa: PTH116
            code = errno.EISDIR
        elif not os.access(output, os.W_OK):
            code = errno.EACCES
    except FileNotFoundError:
        if not os.path.isdir(os.path.dirname(os.path.realpath(output))):  # noqa: PTH112, PTH120
            code = errno.ENOENT
    except OSError as error:
        raise unwritable(output, error) from error
    if code:
        raise unwritable(output, OSError(code, os.strerror(code)))


def prepared(command: str, output: str | None, asked: str | None, kept: Iterable[str]) -> str:
    """Return the format of a report, once its output is known to be writable, and none of the files kept.

    Raises:
        UsageError: the output has no name, is one of the files kept, or its suffix contradicts the format.
        UnwritableError: it could not be written.
    """
    check_named(output)
    form = format_of(command, output, asked)
    check_writable(output)
    refuse(output, (), kept)
    return form


@contextlib.contextmanager
def opened(output: str | None) -> Iterator[BinaryIO]:
    """Open the output; a file is written beside its place and moved there once it is whole.

    Raises:
        UnwritableError: it cannot be written.
    """
    try:
        with _file(output) as file:
            yield file
            file.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(output or "standard output", error) from error


def _file(output: str | None) -> contextlib.AbstractContextManager[BinaryIO]:
    if output is None:
        return contextlib.nullcontext(sys.stdout.buffer)
    status = _status(output)
    if status is None or stat.S_ISREG(status.st_mode):
        return moved_file(Path(os.path.realpath(output)))
    return Path(output).open("wb")  # A pipe or a device is nothing to put a file in the place of.


def unwritable(name: str, error: OSError) -> UnwritableError:
    """Return the error that says why an output cannot be written."""
    return UnwritableError(f"{name}: cannot be written: {error.strerror}; give another file with -o")
