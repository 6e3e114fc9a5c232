"""Arguments of public functions: what does not fit is refused by its name, with what to give instead."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Hashable, Iterable
from numbers import Integral, Real

from clippings.errors import ClippingsError


class ArgumentError(ClippingsError, ValueError, TypeError):
    """An argument of a function is of another kind or size than it takes; the message names it and what to give."""


class MissingColumn(ClippingsError, ValueError):  # noqa: N818
    """A frame lacks a column; the message names the column, those there are, and the nearest of them."""

    def __init__(self, frame: str, column: str, known: Iterable[Hashable]) -> None:
        names = [str(name) for name in known]
        near = difflib.get_close_matches(column, names, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        super().__init__(f"{frame} has no column {column!r}, only {', '.join(names) or 'none'}{hint}")


def whole(name: str, value: object, least: int) -> None:
    """Refuse what is no whole number, or is too small.

    >>> whole("workers", "2", 1)
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: workers must be a whole number of at least 1, not '2'
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ArgumentError(f"{name} must be a whole number of at least {least}, not {_written(value)}")


def one_of(name: str, value: object, choices: Collection[str]) -> None:
    """Refuse what is none of some words.

    >>> one_of("engine", "spark", ("local", "dask"))
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: engine must be one of local, dask, not 'spark'
    """
    if not isinstance(value, str) or value not in choices:
        raise ArgumentError(f"{name} must be one of {', '.join(choices)}, not {_written(value)}")


def text(name: str, value: object, remedy: str) -> None:
    """Refuse what is no string.

    >>> text("text", None, "for a file there is read")
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: text must be a string, not None; for a file there is read
    """
    if not isinstance(value, str):
        raise ArgumentError(f"{name} must be a string, not {_shown(value)}; {remedy}")


def path(name: str, value: object, remedy: str) -> None:
    """Refuse what is no path: neither a string nor an ``os.PathLike`` of one.

    >>> path("folder", b"out", "give the folder of the tables")
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: folder must be a path, not bytes; give the folder of the tables
    """
    written = os.fspath(value) if isinstance(value, (str, os.PathLike)) else b""
    if not written or isinstance(written, bytes):
        raise ArgumentError(f"{name} must be a path, not {_shown(value)}; {remedy}")
    if "\0" in written:
        raise ArgumentError(f"{name} holds a NUL character, which no path has; {remedy}")


def several(name: str, value: object, kind: type | tuple[type, ...], remedy: str) -> None:
    """Refuse what is not some things of a kind, such as a list of them; what can be asked only once is not looked into.

    >>> several("layers", 5, str, "give their names")
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: layers must be a list, not int; give their names
    """
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise ArgumentError(f"{name} must be a list, not {_shown(value)}; {remedy}")
    if isinstance(value, (list, tuple)) and (wrong := [one for one in value if not isinstance(one, kind)]):
        raise ArgumentError(f"{name} holds {_shown(wrong[0])}; {remedy}")


def _shown(value: object) -> str:
    """None and an empty string as they are written, else the kind: a value may be long."""
    return repr(value) if value is None or (isinstance(value, str) and not value) else type(value).__name__


def _written(value: object) -> str:
    """A short value as it is written, else the kind."""
    return repr(value) if isinstance(value, (str, Real, type(None))) and len(repr(value)) <= 60 else _shown(value)
