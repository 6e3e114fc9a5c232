"""The marks of a page: what they cover, and how each layer is named, ranked and tagged."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

from clippings.display.escaping import slug


class Mark(NamedTuple):
    """A stretch ``[start, end)`` of the text, in code points, with the layer it belongs to and its tooltip.

    The label of an ``erratum`` is the reading expected there; it is shown in brackets after the words. ``why``
    says in a sentence what the mark rests on. A quiet mark is listed, and drawn once a reader switches its layer on.
    """

    start: int
    end: int
    layer: str
    label: str
    why: str = ""
    quiet: bool = False


class Layer(NamedTuple):
    """How a layer is named: in the legend, in the small tag after its marks, and in their tooltips."""

    word: str
    tag: str = ""
    note: str = "{}"


def _layers() -> dict[str, Layer]:
    rows = csv.DictReader(files(__package__).joinpath("marks.csv").read_text("utf-8").splitlines())
    return {row["name"]: Layer(row["word"], row["tag"], row["note"]) for row in rows}


LAYERS = _layers()
"""In the order of the legend. A layer without a tag is the usual one of its line style."""
_RANK = {name: place for place, name in enumerate(LAYERS)}


def rank(layer: str) -> tuple[int, str]:
    """Return what sorts layers as the legend does: those of known name first."""
    return _RANK.get(layer, len(_RANK)), layer


def layer_of(name: str) -> Layer:
    """Return how a layer is named; one of unknown name is tagged with it."""
    word = name.replace("_", " ")
    return LAYERS.get(name) or Layer(word, word)


def classes(layers: Iterable[str]) -> str:
    """Return the classes of a span in the layers given."""
    return " ".join(["cp-m", *(f"l-{slug(name)}" for name in sorted(layers, key=rank))])


def tag_span(tag: str, layers: Iterable[str]) -> str:
    """Return an empty span after which the style draws the tag, clear of the lines under the words."""
    return f'<span class="cp-t {classes(layers)}" data-tag="{tag}"></span>' if tag else ""


def tag_of(mark: Mark) -> str:
    """Return the tag drawn after a mark, empty for the usual layer of a line style."""
    return layer_of(mark.layer).tag.format(mark.label)
