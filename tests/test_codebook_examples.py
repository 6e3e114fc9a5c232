"""Each indicator of the shipped codebook alone decides an example of its theme, and so does each of its conditions."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

import msgspec
import pytest

import clippings as cl
from clippings.codebook import Codebook, Indicator, Theme
from clippings.codebook.clues import Clues, Shown
from clippings.layers import registry

BOOK = Codebook.load()
INDICATORS = [
    pytest.param(theme, number, id=f"{theme.id}-{number}")
    for theme in BOOK.themes
    for number in range(len(theme.indicators))
]
Named = list[tuple[frozenset[str], frozenset[str]]]


class _Recorder(Clues):
    """Clues that keep what the sentences of a page and the page name."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        super().__init__(themes)
        self.asked: Named = []

    def shown(self, named: Iterable[str], page: Iterable[str] = ()) -> tuple[Shown, ...]:
        self.asked.append((frozenset(named), frozenset(page)))
        return ()


RECORDER = _Recorder(BOOK.themes)
RECORDING = Codebook.load().extend(themes=BOOK.themes)
RECORDING.clues = RECORDER


@functools.cache
def named(text: str) -> Named:
    RECORDER.asked = []
    registry.annotate(cl.parse(text, layout="plain")[0], RECORDING)
    return RECORDER.asked


def shows(theme: Theme, indicators: Iterable[Indicator], text: str) -> bool:
    clues = Clues([msgspec.structs.replace(theme, indicators=tuple(indicators))])
    return any(clues.shown(*asked) for asked in named(text))


def loosened(row: Indicator) -> Iterator[tuple[str, Indicator]]:
    """The indicator without each of its conditions."""
    for key in ("with_", "without"):
        if getattr(row, key):
            yield key, msgspec.structs.replace(row, **{key: ()})
    for key in ("and_", "page"):
        groups = getattr(row, key)
        for at in range(len(groups)):
            yield f"{key} {at}", msgspec.structs.replace(row, **{key: groups[:at] + groups[at + 1 :]})


@pytest.mark.parametrize(("theme", "number"), INDICATORS)
def test_each_indicator_alone_decides_a_positive_example(theme: Theme, number: int) -> None:
    row = theme.indicators[number]
    others = theme.indicators[:number] + theme.indicators[number + 1 :]
    decided = [text for text in theme.positive if shows(theme, [row], text) and not shows(theme, others, text)]
    assert decided, f"leave out the indicator of {row.terms[:3]}, or give an example that only it shows"


@pytest.mark.parametrize(("theme", "number"), INDICATORS)
def test_each_condition_of_an_indicator_decides_a_negative_example(theme: Theme, number: int) -> None:
    for what, row in loosened(theme.indicators[number]):
        held = [text for text in theme.negative if shows(theme, [row], text)]
        assert held, f"leave out {what} of the indicator of {row.terms[:3]}, or give an example that it holds back"
