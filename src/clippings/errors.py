"""The error above all others of the library, where every floor can reach it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading bytes as JSON raises: where they are none, hold what is no UTF-8, or are too deep within one another."""


class ClippingsError(Exception):
    """The base of every error that the library raises itself; each also derives from the built-in error that fits it.

    >>> from clippings import SourceError
    >>> issubclass(SourceError, ClippingsError), issubclass(SourceError, ValueError)
    (True, True)
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Come whole from another process, where pickle would call the class with the message alone."""
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[ClippingsError], args: tuple[Any, ...]) -> ClippingsError:
    return kind.__new__(kind, *args)


class LayerError(ClippingsError, AttributeError):
    """A layer of annotations was asked for that was not run, or that there is not; the message says which ran."""

    def __init__(self, name: str, ran: Iterable[str]) -> None:
        listed = ", ".join(ran) or "none"
        super().__init__(f"no layer {name!r} here; these ran: {listed}. Ask for it with annotate(layers=[{name!r}])")
