"""A report on clippings: one document where it is small enough to mail, else an index and a document for each part."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from clippings.display.charts import table
from clippings.display.escaping import label
from clippings.sources import counted
from clippings.viewing import _sections
from clippings.viewing._documents import document, framed
from clippings.viewing._pages import Sheet, clipping_of, evidence_table, of_pages, sheet
from clippings.viewing._sections import Section
from clippings.writing import moved_file

MOST_BYTES = 2_000_000
"""The size of a document; what is larger is cut into parts, each smaller than that."""
_TITLE, _LAYERS = "Report on clippings", ("quotes", "mentions", "themes")
_NONE = "<p>There are none.</p>"
_NAME, _PARTS = "report.html", "report_files"
_INDEX, _SUFFIXES = "index.html", (".html", ".htm")
_NAMES = ("mentions", "errata")
_HEADS = (
    *(("words", "quotation"), ("speaker", "speaker"), ("date", "date"), ("outlet", "outlet"), ("themes", "themes")),
    ("rule", "found by"),
)


@dataclass(frozen=True)
class Report:
    """A report as the HTML of its files, the index first; a notebook shows one that is a single file.

    Attributes:
        files: the HTML of each document by its path, relative to the folder of the first.
    """

    files: dict[str, str]
    summary: str

    def write(self, path: str | Path) -> Path:
        """Write the report and return the path of its index.

        Args:
            path: a file, ``.html`` or ``.htm``, or a folder. Parts lie beside the index, in a folder named after it.

        Raises:
            OSError: it cannot be written.
        """
        index = index_of(path)
        parts = index.with_name(f"{index.stem}_files")
        for old in parts.glob("part-*.html") if parts.is_dir() else ():
            old.unlink()
        for name, html in self.files.items():
            target = index if name == _NAME else parts / PurePath(name).name
            html = html.replace(f"href='{_PARTS}/", f"href='{quote(parts.name)}/")
            html = html.replace(f"href='../{_NAME}'", f"href='../{quote(index.name)}'")
            target.parent.mkdir(parents=True, exist_ok=True)
            with moved_file(target) as file:
                file.write(html.encode())
        return index

    def __repr__(self) -> str:
        """Say what the report is on, and how many documents it has."""
        parts = f", an index and {len(self.files) - 1:,} parts" if len(self.files) > 1 else ""
        return f"<Report: {self.summary}{parts}; .write('report.html') keeps it>"

    def _repr_html_(self) -> str | None:
        return framed(next(iter(self.files.values())), "Report") if len(self.files) == 1 else None


def index_of(path: str | Path) -> Path:
    """Return the file of the index for a path as a user gives it, a file or a folder.

    Raises:
        ValueError: it is a file that does not end in .html.

    >>> index_of("press/report.html").name, index_of("press/report/").name
    ('report.html', 'index.html')
    """
    given = Path(path)
    if str(path).endswith(("/", os.sep)) or given.is_dir():
        return given / _INDEX
    if given.suffix.lower() not in _SUFFIXES:
        raise ValueError(f"{path}: a report is an .html file, or a folder that ends in /; change the name")
    return given


def report(found: Any) -> Report:
    """Return a report on a corpus, annotated or not, or on tables.

    Args:
        found: what is reported on, with the frames ``sources`` and ``diagnostics``.
    """
    layers = tuple(getattr(found, "layers", ()))
    for drawn in (_NAMES, ()):
        counts, sheets, size = _sections.Counts(), list[Sheet](), 0
        for one in _sheets(found, drawn):
            counts.add(one)
            sheets.append(one)
            size += _size(one)
            if size > MOST_BYTES:
                break
        else:
            html = _whole(found, layers, counts, sheets, has_names=bool(drawn) or "mentions" not in layers)
            if len(html.encode()) <= MOST_BYTES:
                return Report({_NAME: html}, _summary(counts))
    return _parted(found, layers)


def _size(sheet: Sheet) -> int:
    """About the bytes that a page takes, drawn and as rows."""
    return len(sheet.html.encode()) + sum(len(row.words.encode()) for row in sheet.rows)


def _sheets(found: Any, drawn: Sequence[str]) -> Iterator[Sheet]:
    for number, items in enumerate(of_pages(found), start=1):
        yield sheet(number, items, ("quotes",), drawn)


def _whole(
    found: Any, layers: Sequence[str], counts: _sections.Counts, sheets: Sequence[Sheet], *, has_names: bool
) -> str:
    note = "" if has_names else "<p>To keep this file small, pages show the marks of quotations and none of names.</p>"
    return _document(found, layers, counts, list(_pages(layers, sheets, note)))


def _parted(found: Any, layers: Sequence[str]) -> Report:
    counts, files, rows = _sections.Counts(), {_NAME: ""}, []
    for number, some in enumerate(_parts(_sheets(found, _NAMES)), start=1):
        for one in some:
            counts.add(one)
        part = f"{_PARTS}/part-{number:03}.html"
        days = sorted(day for one in some for item in one.items if (day := clipping_of(item).date))
        span = f"{days[0]} to {days[-1]}" if days else "no dates"
        title = f"Part {number}: {counted(len(some), 'page')}, {span}"
        back = f"<h1>{label(title)}</h1><p><a href='../{_NAME}'>Back to the report</a></p>"
        files[part] = document(title, [back, *map(_sections.drawn, _pages(layers, some, ""))], kind="report")
        quotations = sum(len(one.rows) for one in some)
        rows.append([f"<a href='{part}'>Part {number}</a>", label(span), f"{len(some):,}", f"{quotations:,}"])
    listed = table("Pages and quotations", ["part", "dates", "pages", "quotations"], rows)
    note = "<p>Quotations are searched part by part; <code>clippings search</code> searches all pages at once.</p>"
    pages = Section("pages", "Pages and quotations", "Pages", [note, listed])
    files[_NAME] = _document(found, layers, counts, [pages])
    return Report(files, _summary(counts))


def _parts(sheets: Iterable[Sheet]) -> Iterator[list[Sheet]]:
    """Cut pages into parts of documents that are small enough; a page that is larger alone is one."""
    part, size = list[Sheet](), 0
    for one in sheets:
        more = _size(one)
        if part and size + more > MOST_BYTES // 2:
            yield part
            part, size = [], 0
        part.append(one)
        size += more
    if part:
        yield part


def _document(found: Any, layers: Sequence[str], counts: _sections.Counts, pages: Sequence[Section]) -> str:
    """The index of a report, or all of it."""
    told = Section("diagnostics", "Diagnostics", "Diagnostics", _sections.diagnostics(found))
    sections = [*_found(found, layers, counts), *pages, told]
    links = "".join(f"<li><a href='#{one.name}'>{one.short}</a></li>" for one in sections)
    head = f"<h1>{_TITLE}</h1><p>{label(_summary(counts))}.</p>{_missing(layers)}"
    nav = f"<nav aria-label='Parts'><ul>{links}</ul></nav>"
    return document(_TITLE, [head, nav, *map(_sections.drawn, sections)], kind="report")


def _missing(layers: Sequence[str]) -> str:
    """Say which layers a report is made of were not run, as none of them is not the same as none found."""
    missing = [name for name in _LAYERS if name not in layers]
    return f"<p>Not looked for: {', '.join(missing)}; annotate() looks for all.</p>" if missing else ""


def _found(found: Any, layers: Sequence[str], counts: _sections.Counts) -> Iterator[Section]:
    yield Section("read", "What was read", "What was read", _sections.read(found, counts.clippings))
    yield Section("timeline", "Timeline", "Timeline", _sections.timeline(counts))
    if counts.speakers:
        yield Section("speakers", "Who is quoted", "Speakers", _sections.speakers(counts))
        if "themes" in layers:
            yield Section("themes", "Who is quoted on which theme", "Themes", _sections.themes(counts))
    if counts.names:
        yield Section("names", "What is named", "Names", _sections.names(counts))


def _pages(layers: Sequence[str], sheets: Sequence[Sheet], note: str) -> Iterator[Section]:
    rows = [row for one in sheets for row in one.rows]
    if "quotes" in layers:
        listed = evidence_table("Quotations, each with a link to its words", rows, _HEADS) if rows else _NONE
        yield Section("quotations", f"Quotations: {len(rows):,}", "Quotations", [listed])
    yield Section(
        "pages", f"Pages: {len(sheets):,}", "Pages", [note, *(one.html for one in sheets)] if sheets else [_NONE]
    )


def _summary(counts: _sections.Counts) -> str:
    found = {"clipping": counts.clippings, "quotation": counts.speakers.total(), "name": counts.names.total()}
    return ", ".join(counted(number, noun) for noun, number in found.items())
