"""Every figure of the library, drawn from a small frame: legible, in the palette, the reader's settings kept."""

from __future__ import annotations

import functools
import inspect
import io
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.text import Text

from clippings import plots, reference
from clippings.plots.style import LEAST, NARROW, PAPER, WIDTH

OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
# Of 0 to 1, by which a channel may lie off a color or its tint.
TOLERANCE = 0.04
# What the module exports beside figures.
HELPERS = {"image_map"}
FIGURES = [name for name in plots.__all__ if name not in HELPERS]
THEMES = ("alliances", "missile_defense", "treaty_questions")


def rows(columns: str, *values: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(values, columns=columns.split())


SHARES = [(3, 10, 0.1, 0.6), (9, 10, 0.6, 0.98), (0, 4, 0.0, 0.49)]
EVENTS = rows("date label", ("2007-12-12", "CFE suspended"), ("2008-08-08", "War in Georgia"))
STANCES = rows(
    "date country stance",
    ("2007-08-27", "RU", "opposes"),
    ("2008-11", "US", "supports"),
    ("2008-11-05", "RU", "conditional"),
    ("2008-02-21", "BY", "neutral"),
)

# One entry a figure: the frame, and further arguments. A new figure is entered here.
GALLERY: dict[str, tuple[pd.DataFrame, dict[str, Any]]] = {
    "agreement_by_theme": (
        rows(
            "theme alpha low high units agreed",
            *((theme, 0.8 + at / 10, 0.6 + at / 10, 0.9 + at / 20, 59, 54) for at, theme in enumerate(THEMES)),
        ),
        {},
    ),
    "chronology": (
        rows(
            "theme quarter clippings of",
            *((theme, f"200{year}Q{quarter}", quarter, 5) for theme in THEMES for year in (7, 8) for quarter in (1, 2)),
        ),
        {"events": EVENTS},
    ),
    "dot_list": (
        rows(
            "group label value low high note hollow",
            ("alliances: +4 (-11 to +19) in a hundred", "Belarus", 0.7, 0.6, 0.8, "70 of 98", False),
            ("alliances: +4 (-11 to +19) in a hundred", "Russia", 1.0, 0.9, 1.0, "98 of 98", True),
        ),
        {"scale": "share of the clippings in which it speaks"},
    ),
    "evidence_strip": (
        rows("layer start end", ("quotes", 10, 300), ("alliances", 0, 200), ("dates", 310, 320), ("misprints", 5, 8)),
        {},
    ),
    "growth": (
        rows(
            "group step ratio low high label",
            ("more forms", "scan", 1.1, 1.0, 1.2, "5,000"),
            ("more forms", "scan", 1.3, 1.2, 1.6, "50,000"),
            ("slow input", "marks", 0.6, 0.5, 0.7, "a million"),
        ),
        {},
    ),
    "membership_timeline": (reference.members("Union State"), {"on": "2007-11-02"}),
    "named_and_speaking": (
        rows(
            "group state named speaks low high", ("all", "Poland", 33, 3, 0.0, 0.3), ("on one", "Oman", 4, 0, 0.0, 0.5)
        ),
        {},
    ),
    "outlets_by_year": (
        rows("outlet year", *[("Reuters", 2005)] * 7, ("AFP", 2007), ("others", 2006), ("none named", 2007)),
        {"rest": "others", "unknown": "none named"},
    ),
    "robustness": (
        rows(
            "finding variant value low high",
            ("both sides speak", "all", 0.48, 0.39, 0.58),
            ("both sides speak", "without 2007", 0.7, 0.5, 0.8),
            ("support, RU less BY", "all", 0.21, 0.06, 0.37),
            ("support, RU less BY", "without 2007", 0.1, -0.1, 0.3),
        ),
        {},
    ),
    "shares_by_year": (
        rows(
            "measure year clippings of low high",
            *((name, 2005 + at, *SHARES[at]) for name in ("cut short", "printed date") for at in range(3)),
        ),
        {},
    ),
    "stance_ladder": (STANCES, {"events": EVENTS}),
    "throughput": (
        rows(
            "group step rate label",
            ("wall", "bare scan", 5e7, "50 million"),
            ("library", "parse", 2e7, "2.4 ×"),
            ("peer", "another: parse", 9e4, "206 ×"),
        ),
        {},
    ),
    "voices": (
        rows("speaker label words", ("A. Petrova", "Minsk Institute, BY", 12), ("V. Karpenko", "unknown", 40)),
        {},
    ),
}


@pytest.fixture(autouse=True)
def _no_figure_stays_open() -> Iterator[None]:
    yield
    plt.close("all")


def draw(name: str, **options: Any) -> Figure:
    """Draw a figure of the gallery, and lay it out as it would be saved."""
    frame, given = GALLERY[name]
    figure = getattr(plots, name)(frame.copy(), **given, **options)
    assert isinstance(figure, Figure)
    figure.canvas.draw()
    return figure


@functools.cache
def drawn(name: str, **options: Any) -> tuple[Figure, bytes]:
    """Return a figure drawn once for all tests that only look at it, and its picture; it is closed, and not redrawn."""
    figure = draw(name, **options)
    return figure, picture(figure)


def picture(figure: Figure) -> bytes:
    return np.asarray(figure.canvas.buffer_rgba()).tobytes()


def texts(figure: Figure) -> list[Text]:
    """Return the texts that are seen; an axis also holds labels of ticks beyond its ends, or of none drawn."""
    axes = [(one, axis) for one in figure.axes for axis in (one.xaxis, one.yaxis)]
    held = {label for _, axis in axes for label in axis.get_ticklabels(which="both")}
    ticks = [tick for one, axis in axes if one.axison for tick in axis._update_ticks()]
    beyond = held - {label for tick in ticks for label in (tick.label1, tick.label2)}
    found = [text for text in figure.findobj(Text) if text not in beyond]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def colors(artist: Artist) -> Iterator[np.ndarray]:
    """Yield the colors of an artist that are seen."""
    for name in ("get_color", "get_facecolor", "get_edgecolor", "get_markerfacecolor", "get_markeredgecolor"):
        read = getattr(artist, name, None)
        if read is not None:
            found = read()
            yield from (color for color in to_rgba_array(found if isinstance(found, str) else list(found)) if color[3])


def in_palette(color: np.ndarray) -> bool:
    """Tell whether a color is a grey, one of Okabe and Ito's, or a tint of one."""
    channels = color[:3]
    if np.ptp(channels) <= TOLERANCE:
        return True
    for name in OKABE_ITO:
        full = 1 - np.array(to_rgb(name))
        strength = float(np.dot(1 - channels, full) / np.dot(full, full))
        if 0 < strength <= 1 + TOLERANCE and np.abs(1 - channels - strength * full).max() <= TOLERANCE:
            return True
    return False


def test_every_figure_is_in_the_gallery():
    assert sorted(GALLERY) == sorted(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_takes_a_frame_then_named_options(name):
    parameters = list(inspect.signature(getattr(plots, name)).parameters.values())
    assert all(one.kind is one.KEYWORD_ONLY for one in parameters[1:])
    assert parameters[-1].name == "title"
    assert parameters[-1].default == ""


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_and_saved(name):
    buffer = io.BytesIO()
    frame, given = GALLERY[name]
    getattr(plots, name)(frame.copy(), **given).savefig(buffer, format="png")
    assert buffer.getvalue().startswith(b"\x89PNG")


def pixels(text: Text, figure: Figure) -> float:
    """Return the height of a text where the figure, with its paper, is shown in the column of a phone."""
    return text.get_fontsize() / 72 * NARROW / (figure.get_figwidth() + PAPER)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_as_wide_as_a_column(name):
    assert drawn(name)[0].get_figwidth() == WIDTH


@pytest.mark.parametrize("name", FIGURES)
def test_text_is_large_enough(name):
    figure, _ = drawn(name, title="A title")
    found = texts(figure)
    assert found
    assert "A title" in {text.get_text() for text in found}
    assert {text.get_text(): pixels(text, figure) for text in found if pixels(text, figure) < LEAST} == {}


@pytest.mark.parametrize("name", FIGURES)
def test_a_dollar_is_a_dollar(name):
    figure, _ = drawn(name)
    assert [text.get_text() for text in texts(figure) if text.get_parse_math()] == []


@pytest.mark.parametrize("name", FIGURES)
def test_text_stays_on_the_page(name):
    figure, _ = drawn(name)
    outer = figure.bbox.padded(2)
    boxes = {text.get_text(): text.get_window_extent() for text in texts(figure)}
    outside = [
        words
        for words, box in boxes.items()
        if box.x0 < outer.x0 or box.x1 > outer.x1 or box.y0 < outer.y0 or box.y1 > outer.y1
    ]
    assert outside == []


@pytest.mark.parametrize("name", FIGURES)
def test_colors_are_of_the_palette(name):
    figure, _ = drawn(name)
    wrong = {
        f"{type(artist).__name__} {mpl.colors.to_hex(color)}"
        for artist in figure.findobj()
        for color in colors(artist)
        if not in_palette(color)
    }
    assert wrong == set()


@pytest.mark.parametrize("name", FIGURES)
def test_a_readers_settings_and_frames_are_kept(name):
    frame, given = GALLERY[name]
    frames = [frame, *(one for one in given.values() if isinstance(one, pd.DataFrame))]
    before, settings = [one.copy() for one in frames], dict(mpl.rcParams)
    getattr(plots, name)(frame, **given)
    assert dict(mpl.rcParams) == settings
    for one, kept in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(one, kept)


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_frame_gives_the_same_picture(name):
    _, first = drawn(name)
    assert picture(draw(name)) == first


@pytest.mark.parametrize(("color", "known"), [("#0072B2", True), ("#d6e6f2", True), ("#8c8c8c", True), ("red", False)])
def test_the_palette_is_told_from_other_colors(color, known):
    assert in_palette(np.array([*to_rgb(color), 1.0])) is known
