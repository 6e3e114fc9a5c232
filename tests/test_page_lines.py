"""What single lines of a page are: ``tables/lines.yaml`` has examples on both sides of each bound and of each list.

By the function or expression of ``page/`` that is asked, and by its answer in words: ``yes`` and ``no``, a day with
the words it stands in, the parts of a head. A `` / `` ends a line of a head.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from clippings.model import Block
from clippings.page import lines as look
from clippings.page.lines import Line

LINES = msgspec.yaml.decode((Path(__file__).parent / "tables/lines.yaml").read_bytes())
KNOWN = datetime.date(2008, 1, 2)


def whole(text: str) -> Line:
    return Line(0, len(text), text)


def dateline(find: Callable[..., Any], text: str) -> str | None:
    found = find(text, [Block(0, len(text), "paragraph")], [])
    names = zip(("place", "agency"), found or (), strict=False)
    return " ".join(f"{name}={span.of(text)}" for name, span in names if span) or None


def head(read: Callable[..., Any], text: str) -> str | None:
    text = text.replace(" / ", "\n")
    found = read(look.lines(text))
    return "; ".join(f"{kind}={text[start:end]}" for start, end, kind in found.parts) if found.size else None


def dated(ask: Callable[..., Any], text: str) -> str | None:
    found = ask(text)
    return f"{found[0]}: {found[1].of(text)}" if found else None


def part(ask: Callable[..., Any], text: str) -> str | None:
    found = ask(text)
    return text[slice(*found)] if found else None


def words(ask: Callable[..., Any], text: str) -> str | None:
    found = ask(text)
    return " ".join(str(one) for one in found if one is not None) if found else None


def cited(ask: Callable[..., Any], text: str) -> str | None:
    return " ".join(f"{kind}={text[start:end]}" for start, end, kind in ask(whole(text))) or None


ASKED: dict[str, Callable[..., Any]] = {
    "_addresses.host": part,
    "_addresses.oddity": words,
    "_citations.cited": cited,
    "_citations.monitored": cited,
    "_citations.relayed": cited,
    "_datelines.find": dateline,
    "_datelines.nearest_day": lambda ask, text: ask(text, KNOWN),
    "_head_lines.is_labelled": lambda ask, text: ask(look.lines(text.replace(" / ", "\n"))),
    "_head_lines.is_note": lambda ask, text: ask(whole(text)),
    "_heads.may_stand": lambda ask, text: ask(look.lines(text.replace(" / ", "\n"))),
    "_heads.read": head,
    "nexis._is_edition": lambda ask, text: ask(text, look.lines(text)[0]),
    "printed_dates.foreign": part,
    "printed_dates.inside": part,
    "printed_dates.opening": dated,
    "printed_dates.read": words,
    "printed_dates.within": dated,
}


def said(value: object) -> str:
    return {"True": "yes", "False": "no", "None": "no", "": "no"}.get(str(value), str(value))


def answer(name: str, text: str) -> str:
    module, _, function = name.partition(".")
    ask = getattr(import_module(f"clippings.page.{module}"), function)
    if name in ASKED:
        return said(ASKED[name](ask, text))
    if isinstance(ask, re.Pattern):
        return said(bool(ask.fullmatch(text)))
    is_of_line = "Line" in ask.__annotations__.values()
    return said(ask(whole(text) if is_of_line else text))


def rows() -> Iterator[tuple[str, str, list[str]]]:
    for name, answers in LINES.items():
        for wanted, texts in answers.items():
            yield name, wanted, texts


@pytest.mark.parametrize(("name", "wanted", "texts"), [*rows()])
def test_lines(name, wanted, texts):
    found = {text: answer(name, text) for text in texts}
    assert found == dict.fromkeys(texts, str(wanted))
