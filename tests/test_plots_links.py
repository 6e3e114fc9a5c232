"""Marks of a figure lead where their rows say, and the image map has each where it is drawn."""

import functools
import html
import io
import re
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from clippings import plots
from clippings.arguments import ArgumentError, MissingColumn
from clippings.plots import image_map
from test_plots_gallery import GALLERY

AREA = re.compile(r'<area shape="rect" coords="([\d,-]+)" href="([^"]*)" alt="([^"]*)">')
SIZE = re.compile(r'data-width="(\d+)" data-height="(\d+)"')
UNLINKED = {"agreement_by_theme", "growth", "throughput"}
LINKED = sorted(set(GALLERY) - UNLINKED)
POINTS = pd.DataFrame(
    {
        "date": ["2007-08-27", "2007-08-27", "2008-11"],
        "country": ["RU", "RU", "US"],
        "stance": ["opposes", "opposes", "supports"],
        "link": ["items/1.html", "items/2.html", "items/3.html"],
        "link_name": ["One", 'Two & "a half"', "Three"],
    }
)


@functools.cache
def linked(name: str) -> Figure:
    frame, given = GALLERY[name]
    numbers = [str(at) for at in range(len(frame))]
    links = {"link": [f"items/{at}.html" for at in numbers], "link_name": [f"mark {at}" for at in numbers]}
    return getattr(plots, name)(frame.assign(**links), **given)


def areas(figure: Figure) -> list[tuple[list[int], str, str]]:
    return [
        ([int(edge) for edge in place.split(",")], href, html.unescape(alt))
        for place, href, alt in AREA.findall(image_map(figure).html)
    ]


def picture(figure: Figure) -> Image.Image:
    """What a notebook shows, brought to the pixels of the map."""
    held = io.BytesIO()
    figure.savefig(held, format="png", dpi=figure.dpi, bbox_inches="tight")
    shown = Image.open(held).convert("RGBA")
    return shown.resize([round(edge * 96 / figure.dpi) for edge in shown.size], Image.Resampling.BOX)


@pytest.mark.parametrize("name", LINKED)
def test_every_row_leads_from_its_mark(name: str) -> None:
    found = areas(linked(name))
    assert sorted(href for _, href, _ in found) == sorted(f"items/{at}.html" for at in range(len(GALLERY[name][0])))
    assert all(alt == f"mark {href[6:-5]}" for _, href, alt in found)


@pytest.mark.parametrize("name", LINKED)
def test_the_map_has_the_size_of_the_picture_and_its_areas_lie_in_it(name: str) -> None:
    figure = linked(name)
    [(width, height)] = SIZE.findall(image_map(figure).html)
    size = picture(figure).size
    assert abs(int(width) - size[0]) <= 1
    assert abs(int(height) - size[1]) <= 1
    for (left, top, right, bottom), _, _ in areas(figure):
        assert 0 <= left < right <= int(width)
        assert 0 <= top < bottom <= int(height)


@pytest.mark.parametrize("name", ["stance_ladder", "outlets_by_year", "dot_list", "evidence_strip"])
def test_there_is_ink_under_each_area(name: str) -> None:
    figure = linked(name)
    found, drawn = areas(figure), np.asarray(picture(figure))[:, :, 3]
    assert found
    for (left, top, right, bottom), href, _ in found:
        assert drawn[top:bottom, left:right].max() > 200, href


def test_points_of_one_time_have_areas_of_their_own() -> None:
    figure = plots.stance_ladder(POINTS)
    boxes = {href: place for place, href, _ in areas(figure)}
    one, two = boxes["items/1.html"], boxes["items/2.html"]
    assert one[::2] == two[::2]
    assert one[3] <= two[1] + 1 or two[3] <= one[1] + 1


def test_a_name_is_escaped_and_kept() -> None:
    page = image_map(plots.stance_ladder(POINTS))
    assert 'alt="Two &amp; &quot;a half&quot;"' in page.html
    assert repr(page) == "map of 3 links"


@pytest.mark.parametrize("name", ["evidence_strip", "outlets_by_year", "stance_ladder"])
def test_a_figure_looks_the_same_with_links(name: str) -> None:
    frame, given = GALLERY[name]
    settled = frame.assign(link=None, link_name="a mark")
    bare = getattr(plots, name)(settled, **given)
    assert np.array_equal(np.asarray(picture(bare)), np.asarray(picture(linked(name))))


def test_a_point_lies_in_the_middle_of_its_area_however_often_the_figure_is_drawn() -> None:
    """Beside events and headings each drawing would make the axes narrower."""
    told = pd.DataFrame({"date": ["2007-03-09", "2007-05-08"], "label": ["Talks on a common air defense", "A summit"]})
    days = ["2007-01-05", "2007-06-01", "2008-08-20"]
    given = {"panels": "country", "rows": "stance", "events": told, "between": ("2007-01", "2008-09")}
    figure = plots.stance_ladder(POINTS.assign(date=days, country="a coding"), **given)
    drawn = np.asarray(picture(figure).convert("HSV").split()[1])
    for _ in range(3):
        for (left, top, right, bottom), href, _name in areas(figure):
            saturated = np.flatnonzero(drawn[top:bottom, left - 8 : right + 8].max(axis=0) > 120) + left - 8
            assert abs(saturated.mean() - (left + right - 1) / 2) <= 1.5, href
        figure.canvas.draw()


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_row_without_a_link_has_no_area(missing: object) -> None:
    links = pd.Series(["items/1.html", missing, "items/3.html"], dtype=object)
    names = pd.Series(["One", None, "Three"], dtype=object)
    found = areas(plots.stance_ladder(POINTS.assign(link=links, link_name=names)))
    assert [href for _, href, _ in found] == ["items/1.html", "items/3.html"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//elsewhere.example", "java\tscript:1", "ftp://a.example", "", 3]
)
def test_an_address_that_could_run_or_hide_something_is_refused(address: object) -> None:
    with pytest.raises(ArgumentError, match=r"link.*row 0, where an address of http or https"):
        plots.stance_ladder(POINTS.assign(link=pd.Series([address, None, None], dtype=object)))


def test_a_link_needs_a_name() -> None:
    with pytest.raises(ArgumentError, match=r"link_name.*row 1, where the name of the link must be"):
        plots.stance_ladder(POINTS.assign(link_name=["One", " ", "Three"]))
    with pytest.raises(MissingColumn, match="link_name"):
        plots.stance_ladder(POINTS.drop(columns="link_name"))


def test_a_figure_without_links_has_no_map() -> None:
    with pytest.raises(ArgumentError, match="no mark with a link; give its frame the columns link and link_name"):
        image_map(plots.stance_ladder(POINTS.drop(columns=["link", "link_name"])))


def test_an_svg_of_the_figure_has_the_links_too() -> None:
    held = io.StringIO()
    plots.stance_ladder(POINTS).savefig(held, format="svg")
    assert re.findall(r'xlink:href="(items/\d\.html)"', held.getvalue()) == list(POINTS["link"])


@pytest.fixture(autouse=True)
def _no_figure_stays_open() -> Any:
    yield
    plt.close("all")


def test_what_is_no_figure_has_no_links():
    with pytest.raises(ArgumentError, match="figure must be a Figure, not NoneType"):
        plots.image_map(None)
