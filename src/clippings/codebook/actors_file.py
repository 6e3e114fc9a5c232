"""The gazetteer of a codebook: a table of actors, one row each, lists in a cell split by ``|``."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from clippings.codebook.faults import Fault, Steps, did_you_mean
from clippings.codebook.schema import Actor

NEEDED = ("short", "canonical", "kind", "surface_forms")
COLUMNS = (
    *("wikidata", "short", "canonical", "kind", "country", "surface_forms", "demonyms", "capitals"),
    *("capital_wikidata", "surnames", "case", "ambiguous", "office", "office_from", "office_to", "notes"),
    *("citation", "url", "verified", "gender"),
)
# The columns that fields of an actor are read from, where they are called otherwise.
COLUMN_OF = {"names": "surface_forms"}
_CHOICES = {"case": ("exact", "any", ""), "verified": ("yes", "no", ""), "gender": ("female", "male", "")}
LONGEST_CELL = 131_072
"""Characters of a cell: the bound of ``csv``, which holds no longer where another package has raised that one."""
_OFFICE = ("office", "office_from", "office_to")
_DAY = re.compile(r"(?:\d{4}(?:-\d\d){0,2})?")


class ActorsFile:
    """A table of actors with the place of every cell.

    Attributes:
        faults: what is wrong with its columns, rows and cells; where there is anything, there are no actors.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self._text = text
        self._header: list[str] = []
        self._lines: list[int] = []
        self._rows = list(self._read())

    def value(self) -> tuple[Actor, ...] | None:
        """Return the actors, None where the table has faults."""
        if self.faults:
            return None
        empty = dict.fromkeys(COLUMNS, "")
        cells = [empty | dict(zip(self._header, row, strict=True)) for row in self._rows]
        for index, row in enumerate(cells):
            for column, message, hint in _misfits(row):
                self.faults.append(Fault(self.name, *self.at((index, column)), message, hint))
        return None if self.faults else tuple(map(_actor, cells))

    def at(self, path: Steps) -> tuple[int, int]:
        """Return line and column of a cell, given by the number of its row and the name of its column."""
        row, column, *_ = (*path, "", "")
        line = self._lines[row] if isinstance(row, int) and row < len(self._lines) else 1
        column = COLUMN_OF.get(str(column), str(column))
        return _cell_place(self._text, line, self._header.index(column) if column in self._header else 0)

    def _read(self) -> Iterator[list[str]]:
        reader = csv.reader(io.StringIO(self._text, newline=""), strict=True)
        line = 1
        try:
            self._header = next(reader, [])
            self.faults += _header_faults(self.name, self._header)
            line = reader.line_num + 1
            for row in reader:
                if max(map(len, row), default=0) > LONGEST_CELL:
                    raise csv.Error(f"field larger than {LONGEST_CELL:,} characters")
                if len(row) == len(self._header):
                    self._lines.append(line)
                    yield row
                elif row:
                    self.faults.append(self._wrong_length(line, row))
                line = reader.line_num + 1
        except csv.Error as error:
            hint = "a quotation mark inside a cell is written twice, and such a cell stands in quotes"
            self.faults.append(Fault(self.name, line, 1, f"not a row of a CSV table: {error}", hint))

    def _wrong_length(self, line: int, row: Sequence[str]) -> Fault:
        hint = "put a cell that holds a comma in quotes" if len(row) > len(self._header) else "empty cells need commas"
        return Fault(self.name, line, 1, f"{len(row)} cells, but {len(self._header)} columns", hint)


def _header_faults(name: str, header: Sequence[str]) -> Iterator[Fault]:
    if not header:
        yield Fault(name, 1, 1, "the file is empty", f"the first line names the columns: {', '.join(NEEDED)}")
        return
    other = next((mark for mark in ";\t" if len(header) == 1 and mark in header[0]), None)
    if other:
        yield Fault(name, 1, 1, f"the cells are split by {other!r}", "save the table with commas")
        return
    line = ",".join(header)
    guessed = set()
    for index, column in enumerate(header):
        place = _cell_place(line, 1, index)
        if column not in COLUMNS:
            hint = did_you_mean(column, (word for word in COLUMNS if word not in header))
            guessed |= {word for word in NEEDED if hint and repr(word) in hint}
            yield Fault(name, *place, f"unknown column {column!r}", hint or f"known are {', '.join(COLUMNS)}")
        elif column in header[:index]:
            yield Fault(name, *place, f"the column {column!r} stands twice", "keep one of them")
    for column in NEEDED:
        if column not in header and column not in guessed:
            yield Fault(name, 1, 1, f"there is no column {column!r}", f"needed are {', '.join(NEEDED)}")


def _cell_place(text: str, line: int, number: int) -> tuple[int, int]:
    """Line and column of the cell ``number`` in the row that begins on ``line``; a quoted cell may run over lines."""
    lines = text.split("\n")
    column, quoted = 1, False
    for at in range(line, len(lines) + 1):
        for column, char in enumerate(lines[at - 1] + "\n", start=1):
            if number == 0:
                return at, column
            quoted ^= char == '"'
            number -= char == "," and not quoted
    return line, 1


def _misfits(row: Mapping[str, str]) -> Iterator[tuple[str, str, str | None]]:
    """Column, message and hint of each cell that cannot be read."""
    for column, words in _CHOICES.items():
        if row[column] not in words:
            told = f"{column} {row[column]!r} is none of {', '.join(filter(None, words))}"
            yield column, told, did_you_mean(row[column], words[:-1])
    if any(row[column] for column in _OFFICE):
        yield from _misfits_of_offices([[part.strip() for part in row[column].split(";")] for column in _OFFICE])


def _misfits_of_offices(lists: Sequence[Sequence[str]]) -> Iterator[tuple[str, str, str | None]]:
    """Column, message and hint of what cannot be read of the offices, and from when to when they were held."""
    for column, found in zip(_OFFICE[1:], lists[1:], strict=True):
        if len(found) != len(lists[0]):
            told = f"{len(found)} in {column}, but {len(lists[0])} in office"
            yield column, told, "the lists run in parallel, split by ';'; a part that is not known is blank"
        for day in found:
            if not _is_day(day):
                yield column, f"{day!r} is no day", "write 2007, 2007-11 or 2007-11-02, or leave it blank"
    for office, since, until in zip(*lists, strict=False):
        if (since or until) and not office:
            yield "office", f"no office is held from {since!r} to {until!r}", "name it, or leave the dates out"
        if until and until[: len(since)] < since[: len(until)]:
            yield "office_to", f"{until} lies before {since} in office_from", "exchange the two, or correct one"


def _is_day(cell: str) -> bool:
    """Tell whether a cell holds a day of the calendar, a month, a year or nothing."""
    try:
        datetime.date.fromisoformat(cell + "2000-01-01"[len(cell) :])
    except ValueError:
        return False
    return bool(_DAY.fullmatch(cell))


def _actor(row: Mapping[str, str]) -> Actor:
    return Actor(
        short=row["short"],
        canonical=row["canonical"],
        kind=row["kind"],
        country=row["country"] or None,
        names=_split(row["surface_forms"]),
        demonyms=_split(row["demonyms"]),
        capitals=_split(row["capitals"]),
        surnames=_split(row["surnames"]),
        exact=row["case"] == "exact",
        ambiguous=frozenset(_split(row["ambiguous"])),
        offices=_offices(row) if row["office"] else (),
        wikidata=row["wikidata"] or None,
        gender=row["gender"] or None,
    )


def _offices(row: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    lists = [[part.strip() for part in row[name].split(";")] for name in _OFFICE]
    return tuple((office, since, until) for office, since, until in zip(*lists, strict=True) if office)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
