"""What is known of pages beside what they print: for a whole source, by columns of a frame, or by a table of files."""

from __future__ import annotations

import datetime
import math
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from clippings import arguments, diagnostics
from clippings.model import Diagnostic, Field
from clippings.page import fields
from clippings.places import position
from clippings.reading import _csl, keys, separated, source
from clippings.reading.archives import RawPage, refused

if TYPE_CHECKING:
    import pandas as pd

FIELDS = {"title": "title", "date": "date", "outlet": "outlet", "byline": "byline", "url": "source_url"}
"""What can be given, and the field it becomes; ``language`` can too."""
_OF_ONE = ("title", "byline", "url")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](?!.*\d{4}-\d\d)\d.*)?")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_NEAR = datetime.timedelta(days=3)
_MISSING = ("NAType", "NaTType")  # Of pandas, which takes long to import.
_GAPS = {"date": "CLP201", "title": "CLP203", "url": "CLP205", "outlet": "CLP217"}
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Table(NamedTuple):
    """Rows about files: by the name each gives its file, and where it stands in the table.

    ``place`` is the absolute path of the table, empty where it is a frame.
    """

    name: str
    place: str
    rows: Mapping[str, Mapping[str, Any]]
    numbers: Mapping[str, int]
    notes: tuple[Diagnostic, ...]


def whole(**named: Any) -> dict[str, Any]:
    """Return what is given for a whole source.

    Raises:
        ArgumentError: the outlet is no string.
        ValueError: a date is not one, or a language is not an ISO 639 code.

    >>> whole(date="22 June 2016", outlet=None, language="en")
    {'date': '22 June 2016', 'language': 'en'}
    """
    if named.get("outlet") is not None:
        arguments.text("outlet", named["outlet"], "give the name of the paper or agency")
    found = plain(named)
    if "date" in found and day(found["date"]) is None:
        raise ValueError(f"date must be a date such as '2016-06-22', not {named['date']!r}")
    if "language" in found and not _LANGUAGE.fullmatch(str(found["language"])):
        raise ValueError(f"language must be an ISO 639 code such as 'en', not {named['language']!r}")
    return found


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the cells of a row that hold something, dates in ISO 8601 and numbers as Python's own.

    >>> plain({"date": datetime.datetime(2016, 6, 22), "note": " ", "n": 3, "gone": float("nan")})
    {'date': '2016-06-22', 'n': 3}
    """
    return {
        str(name): value for name, value in ((name, _plain(cell)) for name, cell in row.items()) if value is not None
    }


def _plain(cell: Any) -> Any:
    if cell is None or type(cell).__name__ in _MISSING or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, datetime.datetime):
        return cell.isoformat() if cell.time() != datetime.time() else cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    value = cell.item() if hasattr(cell, "item") else cell
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, (bool, int, float)) else str(value)


def table(given: Any, key: str) -> Table:
    """Return the rows of a table of files: a frame, or the path of a CSV, TSV, Excel, Parquet or CSL-JSON file.

    Raises:
        ValueError: it cannot be read, or has no column ``key``.
    """
    name, frame, told = _frame(given)
    if key not in frame.columns:
        there = ", ".join(map(str, frame.columns)) or "none"
        raise ValueError(f"metadata needs the column {key!r}, which key names; give key= one of its columns: {there}")
    rows: dict[str, Mapping[str, Any]] = {}
    numbers: dict[str, int] = {}
    notes = list(told)
    for number, row in enumerate(frame.to_dict("records"), 1):
        cells = plain(row)
        file = _slashed(str(cells.pop(key, "")))
        if not file or file in rows:
            why = f"so does row {numbers[file]}, which is used" if file else "so no file"
            notes.append(diagnostics.make("CLP408", file=name, row=number, table=name, key=file, why=why))
        else:
            rows[file], numbers[file] = cells, number
    place = "" if given is frame else os.path.abspath(name)  # noqa: PTH100
    return Table(name, place, rows, numbers, tuple(notes))


def _frame(given: Any) -> tuple[str, pd.DataFrame, tuple[Diagnostic, ...]]:
    """The name of a table, its cells, and what was met in decoding it."""
    import pandas as pd

    if isinstance(given, pd.DataFrame):
        return "metadata", given, ()
    arguments.path("metadata", given, "give a frame, or the path of a table")
    name = os.path.expanduser(os.fspath(given))  # noqa: PTH111
    suffix = Path(name).suffix.lower()
    try:
        if suffix in (".xlsx", ".xls"):
            return name, pd.read_excel(name, dtype=object), ()
        if suffix == ".parquet":
            return name, pd.read_parquet(name), ()
        if suffix == ".json":
            return name, pd.DataFrame(_csl.rows(Path(name).read_bytes()), columns=list(_csl.COLUMNS), dtype=object), ()
        decoded = source.decode(Path(name).read_bytes(), file=name)
        return name, separated.values(decoded.text, name, missing=True), decoded.diagnostics
    except (OSError, ValueError, ImportError) as error:
        raise ValueError(f"metadata: {name} cannot be read as a table: {error}") from error


class Known:
    """Gives pages what is known of them, and notes what of the table was about none."""

    def __init__(self, found: Mapping[str, Any], rows: Table | None, names: Iterable[RawPage]) -> None:
        self._found, self._rows = found, rows
        self._used: dict[str, str] = {}
        self._alike: Counter[str] = Counter()
        if rows:
            self._alike.update(alias for page in names if page.id is not None for alias in _aliases(page)[2:])

    def about(self, pages: Iterable[RawPage]) -> Iterator[RawPage]:
        """Yield the pages with what is given for them; the table itself is not one."""
        table = self._rows.place if self._rows else ""
        for page in pages:
            if table and os.path.abspath(page.name) == table:  # noqa: PTH100
                yield refused(page.name, "CLP117", "metadata", reason="it is the table of metadata")
                continue
            if page.id is None or not (self._found or self._rows):
                yield page
                continue
            row, notes = self._row(page)
            yield page._replace(given={**self._found, **row, **page.given}, notes=(*page.notes, *notes))

    def unused(self) -> list[Diagnostic]:
        """A diagnostic for each row that was about no page, and for each that could not be used."""
        if not self._rows:
            return []
        name, _, rows, numbers, notes = self._rows
        left = [
            diagnostics.make("CLP408", file=name, row=numbers[file], table=name, key=file, why="no such file was read")
            for file in rows
            if file not in self._used
        ]
        return [*notes, *left]

    def _row(self, page: RawPage) -> tuple[Mapping[str, Any], tuple[Diagnostic, ...]]:
        if not self._rows:
            return {}, ()
        for number, alias in enumerate(_aliases(page)):
            if alias in self._rows.rows and (number < 2 or self._alike[alias] == 1):
                self._used[alias] = page.name
                return self._rows.rows[alias], ()
        return {}, (diagnostics.make("CLP409", file=page.name, table=self._rows.name),)


def _aliases(page: RawPage) -> tuple[str, ...]:
    """How a table may name a page: by its path as read, its id, its path below the source, or its file's name.

    Before the name stands its own folder, too: a library of references knows no more of where its files lie now.
    """
    path = _slashed(page.name)
    base = path.rpartition("/")[2]
    suffix = base.removeprefix(keys.without_suffix(base))
    near = "/".join(path.split("/")[-2:])
    key = _slashed(page.id or "")
    return path, key, *dict.fromkeys((f"{key}{suffix}", near, base, keys.without_suffix(base)))


def _slashed(path: str) -> str:
    """A path with the slashes of all systems: tables written under Windows have backslashes."""
    return path.replace("\\", "/").removeprefix("./")


def day(value: Any) -> tuple[str, str] | None:
    """Return a date that was given as ISO 8601 and its precision, None where it is not one.

    >>> day("22 June 2016"), day("2016-06"), day("06/07/2016"), day("soon")
    (('2016-06-22', 'day'), ('2016-06', 'month'), ('2016-07-06', 'day'), None)
    """
    words = str(value).strip()
    written = _DAY.fullmatch(words)
    try:
        if written:
            return datetime.date.fromisoformat(written[1]).isoformat(), "day"
    except ValueError:
        return None
    if _MONTH.fullmatch(words):
        return words, "month"
    if not re.search(r"\d{1,2}\D+\d{2,4}|\d{4}", words):
        return None
    import dateparser

    settings: Any = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    found = dateparser.parse(words, languages=["en"], settings=settings)
    return (found.date().isoformat(), "day") if found else None


def merged(
    text: str, printed: dict[str, Field], known: Mapping[str, Any], file: str, *, alone: bool
) -> tuple[dict[str, Field], list[Diagnostic]]:
    """Return the fields of a clipping with those given in their place, and what is to be told of them.

    What a page prints is kept beside it, as ``printed_date``. A title, byline or address is of one clipping, and is not
    given to those of a page that has several.
    """
    if not known:
        return printed, []
    found, told = dict(printed), []
    for name, field in FIELDS.items():
        if name not in known or (name in _OF_ONE and not alone):
            continue
        value, precision = str(known[name]), None
        if name == "date":
            read = day(value)
            if read is None:
                told.append(diagnostics.make("CLP407", file=file, value=value))
                continue
            value, precision = read
        own = printed.get(field)
        if own:
            found[f"printed_{field}"] = own
        found[field] = Field(value, own.span if own else None, "given", precision)
        if name == "byline":
            found.pop("authors", None)
            named = fields.persons(value)
            found |= {"authors": Field(named, None, "given")} if named else {}
    return found, [*told, *_far(text, found, file)]


def filled(known: Mapping[str, Any]) -> set[str]:
    """The codes that say a page lacks what is given for it."""
    return {code for name, code in _GAPS.items() if name in known} if known else set()


def _far(text: str, found: Mapping[str, Field], file: str) -> Iterator[Diagnostic]:
    ours, own = found.get("date"), found.get("printed_date")
    if not (ours and own):
        return
    gap = _between(ours.value, own.value)
    if gap > _NEAR:
        line, column = position(text, own.span.start) if own.span else (0, 0)
        values = {"given": ours.value, "printed": own.value, "basis": own.basis, "gap": gap.days}
        yield diagnostics.make("CLP406", file=file, line=line, column=column, **values)


def _between(one: str, other: str) -> datetime.timedelta:
    """The days between two dates; a month is near all its days."""
    (first, last), (start, end) = _spanned(one), _spanned(other)
    return max(start - last, first - end, datetime.timedelta())


def _spanned(iso: str) -> tuple[datetime.date, datetime.date]:
    if len(iso) > len("2016-06"):
        return (datetime.date.fromisoformat(iso),) * 2
    first = datetime.date.fromisoformat(f"{iso}-01")
    return first, (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
