"""The formats of other programs, from ``formats.toml``: the command line, the book and the tests go by them."""

from __future__ import annotations

import importlib
import inspect
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from clippings.interchange._pages import Page

Parts: TypeAlias = Iterator[tuple[str, bytes]]
Direction: TypeAlias = Literal["both", "out"]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format of other programs.

    Attributes:
        name: what it is called.
        suffix: of its file; empty where it is a folder.
        meaning: what it is, in a line.
        direction: ``both`` where it is read back, else ``out``.
        write: yields the parts of its files in order, each with the name of its file in the folder. It is given a
            corpus, and ``text`` and ``network`` if it depends on them.
        read: returns the pages of a path; it is given ``corpus`` too, for what the format leaves out, if it depends on
            it. None where the format is only written.
        checked_by: the package that reads it back in the tests, and behind a colon, by what.
        loses: what the annotations lose on the way.
        extra: that it needs, if any.
        package: of that extra.
        mark: of a folder, a file by which one that was written before is known.
        without_text: whether it can be written without the text of the pages.
        keeps_verdicts: whether it holds what coders decided, or no annotations that they could decide about.
    """

    name: str
    suffix: str = ""
    meaning: str
    direction: Direction
    write: Callable[..., Parts]
    read: Callable[..., list[Page]] | None
    checked_by: str
    loses: str
    extra: str = ""
    package: str = ""
    mark: str = ""
    without_text: bool = False
    keeps_verdicts: bool = False


def _later(place: str) -> Callable[..., Any]:
    """A function of a module of this folder, imported when it is called: to list the formats costs nothing.

    Of the options it is given those that it takes.
    """
    module, _, name = place.partition(".")

    def call(given: Any, **options: Any) -> Any:
        function = getattr(importlib.import_module(f"clippings.interchange.{module}"), name)
        taken = inspect.signature(function).parameters
        return function(given, **{option: value for option, value in options.items() if option in taken})

    return call


def _format(name: str, row: dict[str, Any]) -> Format:
    write, read = row.pop("write"), row.pop("read", None)
    return Format(
        name=name,
        write=_later(write),
        read=_later(read) if read else None,
        direction="both" if read else "out",
        extra="interchange" if "package" in row else "",
        **row,
    )


BY_NAME = {
    name: _format(name, row)
    for name, row in tomllib.loads(Path(__file__).with_name("formats.toml").read_text("utf-8")).items()
}
FORMATS: tuple[Format, ...] = tuple(BY_NAME.values())
"""In the order in which they are listed.

:meta hide-value:
"""


def named(name: str) -> Format:
    """Return the format of a name; raises ValueError where there is none.

    >>> named("ris").suffix
    '.ris'
    """
    if name not in BY_NAME:
        raise ValueError(f"no format is called {name!r}; there are {', '.join(BY_NAME)}")
    return BY_NAME[name]
