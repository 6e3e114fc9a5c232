"""Runs of fetching against the site of a test: one call each, and what is then in the folder."""

from __future__ import annotations

from pathlib import Path

import clippings as cl
from clippings.fetching.outside import Outside
from press_site import BEGIN, CONTACT, GATE, SITE, Reply, Site

BODY = "<p>A page of some words, and of no more than a page needs.</p>"
PAGE = Reply(200, BODY.encode())
PLACE = "/112031/9.html"
LIMITS = {"size": 2_000_000, "seconds": 0.4, "silence": 0.3}


def listed(folder: Path, *rows: tuple[str, str], extra: str = "") -> Path:
    """Write a catalogue of ids and addresses; ``extra`` is a date for all of them."""
    lines = [f"{name},{url},{extra}" for name, url in rows]
    path = folder / "list.csv"
    path.write_text("\n".join(["id,url,date", *lines]) + "\n", "utf-8")
    return path


def fetched(site: Site, table: Path, press: Path, **options: object) -> cl.Fetched:
    given: dict = {"contact": CONTACT, "archive": GATE, "outside": site.outside(), **options}
    return cl.fetch(table, press, **given)


def one(site: Site, press: Path, *, source: str = "live", path: str = PLACE, **options: object) -> dict:
    """Fetch one page, and return its row."""
    table = listed(press.parent, ("112031-9", f"http://{SITE}{path}"), extra="2031-11-02")
    return fetched(site, table, press, source=source, **options).frame.iloc[0].to_dict()


def still(site: Site) -> Outside:
    """Return the site with a clock that stands."""
    return site.outside()._replace(now=lambda: BEGIN)
