"""The explorer: the catalogue as a table that filters, sorts and is taken along, with everything in its page.

DataTables, as the package itables bundles it, sorts, searches and writes the CSV; ``explore.js`` ties the choices to
it. The bundle stands in the page itself, since a page opened from a file may not load a module from another. Without
scripts the table is whole, and only the choices are missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from pathlib import Path

import pandas as pd
from sphinx.application import Sphinx

import clippings as cl
from item_pages import NONE, STATES, TARGETS, THEMES, day

PAGE = "explore.html"
PLACE = '<div id="explore"></div>'
HERE = Path(__file__).parent
COLUMNS = ("Item", "Date", "Title", "Outlet", "Themes", "Countries of sources", "Stances")


def table(clippings: pd.DataFrame, speakers: pd.DataFrame, stances: pd.DataFrame) -> str:
    """Return the table of all clippings as HTML; a cell with several values has one a line.

    Args:
        clippings: that table of the catalogue, all cells text and empty where a value is missing.
        speakers: that table.
        stances: that table.
    """
    countries = speakers[speakers["country"] != ""].replace({"country": STATES}).groupby("id")["country"].unique()
    shown = (stances["target"].map(TARGETS) + ": " + stances["stance"]).groupby(stances["id"]).unique()
    rows = []
    for row in clippings.sort_values(["date", "id"]).to_dict("records"):
        themes = [label for theme, label in THEMES.items() if row[theme] == "1"]
        title = escape(row["title"] or f"{row['id']}, without a title")
        cells = [
            f'<td data-label="Item">{row["id"]}</td>',
            f'<td data-order="{row["date"]}" data-label="Date">{day(row["date"])}</td>',
            f'<th scope="row" data-label="Title"><a href="items/{row["id"]}.html">{title}</a></th>',
            _cell("Outlet", [row["publisher"]] if row["publisher"] else []),
            _cell("Themes", themes),
            _cell("Countries of sources", sorted(countries.get(row["id"], []))),
            _cell("Stances", sorted(shown.get(row["id"], []))),
        ]
        rows.append("<tr>" + "".join(cells) + "</tr>")
    head = "".join(f'<th scope="col">{column}</th>' for column in COLUMNS)
    return f'<table id="clippings"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _cell(label: str, values: Iterable[str]) -> str:
    inside = "".join(f"<span>{escape(value)}</span>" for value in values) or NONE
    return f'<td data-label="{label}">{inside}</td>'


def fill(app: Sphinx, exception: Exception | None) -> None:
    """Put the table, its scripts and its style into the page."""
    path = Path(app.outdir) / PAGE
    if exception or app.builder.format != "html" or not path.is_file():
        return
    collection = cl.collection()
    tables = (collection.table(name).astype("string").fillna("") for name in ("clippings", "speakers", "stances"))
    bundle = files("itables").joinpath("html/dt_bundle.js").read_text("utf-8").replace("</script", "<\\/script")
    style, script = ((HERE / name).read_text("utf-8") for name in ("explore.css", "explore.js"))
    parts = [
        f"<style>{style}</style>",
        '<div id="explore"><div id="choices" role="group" aria-label="Choices"></div>',
        f"{table(*tables)}</div>",
        f'<script type="text/plain" id="datatables">{bundle}</script>',
        f'<script type="module">{script}</script>',
    ]
    path.write_text(path.read_text("utf-8").replace(PLACE, "\n".join(parts)), "utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
