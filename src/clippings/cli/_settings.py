"""Defaults of a folder: ``[tool.clippings]`` in its ``pyproject.toml``, or its ``clippings.toml``."""

from __future__ import annotations

import argparse
import datetime
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from clippings.cli._shared import UsageError, detail


def layouts() -> tuple[str, ...]:
    """Return the layouts there are, those of page forms that are registered among them."""
    from clippings.page import layout

    return layout.choices()


class _Key(NamedTuple):
    default: Any
    is_valid: Callable[[Any], bool]
    wanted: Callable[[], str]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


KEYS: Mapping[str, _Key] = {
    "codebook": _Key("security", _is_text, lambda: "the name or folder of a codebook"),
    "extend": _Key(
        (),
        lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
        lambda: "a list of folders",
    ),
    "layout": _Key("auto", lambda value: value in layouts(), lambda: f"one of {', '.join(layouts())}"),
    "date": _Key(None, lambda value: isinstance(value, (str, datetime.date)), lambda: "a date"),
    "outlet": _Key(None, _is_text, lambda: "the name of an outlet"),
    "language": _Key(None, _is_text, lambda: "the ISO 639-1 code of a language"),
    "metadata": _Key(None, _is_text, lambda: "the name of a table"),
    "key": _Key(None, _is_text, lambda: "the name of a column"),
    "workers": _Key(1, lambda value: type(value) is int and value >= 1, lambda: "a whole number, 1 or more"),
}
"""What a folder may set, each by the name of its option."""

HELP = """settings: the working directory may have a file clippings.toml with any of these lines, or a pyproject.toml
with them below [tool.clippings]. Options on the command line override them; -v says which file is used.
  codebook = "mycodes"
  extend = ["moreverbs"]
  layout = "plain"
  workers = 2
  date = 2007-11-02
  outlet = "Gazeta.kz"
  language = "en"
  metadata = "index.csv"
  key = "file"
"""
_OWN, _SHARED = "clippings.toml", "pyproject.toml"


def apply(options: argparse.Namespace) -> list[str]:
    """Give each option that was not given the value of the folder's settings, or its default.

    Returns:
        the file with the settings, or nothing.

    Raises:
        UsageError: the settings cannot be read, or hold a key or value that is not known.
    """
    wanted = [name for name in KEYS if name in options]
    file, values = _found() if wanted else ("", {})
    given = [name for name in wanted if getattr(options, name) is not None]
    for name in wanted:
        if name not in given:
            setattr(options, name, values.get(name, KEYS[name].default))
    if file:
        used = ", ".join(f"{name} {values[name]}" for name in wanted if name in values and name not in given)
        detail(options, f"settings of {file}: {used or 'none used'}")
    return [file] if file else []


def _found() -> tuple[str, Mapping[str, Any]]:
    own, shared = _read(_OWN), _read(_SHARED)
    tool = shared.get("tool") if shared else None
    table = tool.get("clippings") if isinstance(tool, dict) else None
    if own is not None and table is not None:
        raise UsageError(f"{_OWN} and [tool.clippings] in {_SHARED} both have settings; keep one of them")
    if table is not None:
        return _SHARED, _checked(f"{_SHARED}: [tool.clippings]", table)
    return (_OWN, _checked(_OWN, own)) if own is not None else ("", {})


def _read(name: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(Path(name).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{name}: is not TOML: {error}") from error


def _checked(place: str, table: object) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise UsageError(f"{place}: is not a table of settings")
    for key, value in table.items():
        if key not in KEYS:
            from clippings.codebook import nearest

            near = nearest(key, KEYS)
            advice = f"did you mean {near!r}?" if near else f"known are {', '.join(KEYS)}"
            raise UsageError(f"{place}: unknown key {key!r}; {advice}")
        if not KEYS[key].is_valid(value):
            raise UsageError(f"{place}: {key} must be {KEYS[key].wanted()}, not {value!r}")
    return {key: value.isoformat() if isinstance(value, datetime.date) else value for key, value in table.items()}
