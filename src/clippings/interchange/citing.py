"""Clippings as references: BibTeX, RIS and CSL-JSON of newspaper articles, with where the page was kept.

What a clipping does not tell stays out: an author is never made of an outlet, and a date known to the month has no day.
"""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import pandas as pd

    from clippings.corpus import AnnotatedCorpus

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")
_SPECIAL = {
    **{mark: rf"\{mark}" for mark in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BREAKS = re.compile(r"\s+")
_KEY = re.compile(r"[^\w.-]+")
# The first of these columns that has a value is the field.
_COLUMNS = {
    "title": ("title",),
    "date": ("date",),
    "outlet": ("outlet", "publisher"),
    "authors": ("authors", "byline"),
    "place": ("dateline_place",),
    "address": ("source_url",),
    "kept_at": ("url",),
}


class Citation(msgspec.Struct, frozen=True):
    """A clipping as a reference.

    Attributes:
        id: the clipping's id; also the key of the entry and the number in the archive.
        title: as printed; None where the page has lost it.
        date: ISO 8601, a day, a month or a year.
        outlet: the newspaper, agency or site.
        authors: names as printed.
        place: of the dateline.
        address: the article's own address.
        kept_at: the address of the copy in an archive.
        archive: the name of that archive.
        accessed: the day on which the copy was read, ISO 8601.
    """

    id: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    place: str | None = None
    address: str | None = None
    kept_at: str | None = None
    archive: str | None = None
    accessed: str | None = None

    @property
    def parts(self) -> tuple[int, ...]:
        """Year, month and day, as far as they are known."""
        found = _DATE.fullmatch(self.date or "")
        return tuple(int(part) for part in found.groups() if part) if found else ()


def citations(frame: pd.DataFrame, *, archive: str | None = None, accessed: str | None = None) -> list[Citation]:
    """Return a reference for each row of a frame of clippings, in order.

    Args:
        frame: ``id``, and of the others what it has: ``title``, ``date`` (with ``date_precision``, where it is a
            timestamp), ``outlet`` or ``publisher``, ``authors`` (split by semicolons) or ``byline``,
            ``dateline_place``, ``source_url``, and ``url`` for the copy in an archive.
        archive: the name of the archive that keeps the copies.
        accessed: the day on which they were read, as ISO 8601.

    Raises:
        ValueError: the frame has no column ``id``, or a date or ``accessed`` is no day, month or year.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"id": ["112007-14"], "title": ["Russia & Belarus"], "date": ["2007-11-02"]})
    >>> citations(rows)[0].parts
    (2007, 11, 2)
    """
    if "id" not in frame.columns:
        raise ValueError(f"the frame needs the column id; it has {', '.join(map(str, frame.columns)) or 'none'}")
    if accessed is not None and not _is_date(accessed):
        raise ValueError(f"accessed must be a date such as 2026-11-29, not {accessed!r}")
    rows: list[dict[str, Any]] = frame.astype(object).rename(columns=str).to_dict("records")  # type: ignore[assignment]
    counts = Counter(str(row["id"]) for row in rows)
    return [_citation(row, archive, accessed, is_one_of_many=counts[str(row["id"])] > 1) for row in rows]


def bibtex(found: pd.DataFrame | Iterable[Citation]) -> str:
    r"""Return BibTeX: an ``@article`` a clipping, with the outlet as its journal.

    Args:
        found: references, as ``citations`` makes them, or a frame of clippings.

    >>> print(bibtex([Citation("112007-14", "Gas & oil", "2007-11", "Gazeta.kz")]))
    @article{112007-14,
      title = {Gas \& oil},
      journal = {Gazeta.kz},
      year = {2007},
      month = nov,
      entrysubtype = {newspaper}
    }
    <BLANKLINE>
    """
    taken: set[str] = set()
    return "\n".join(_bibtex(one, _key(one.id, taken)) for one in _all(found))


def ris(found: pd.DataFrame | Iterable[Citation]) -> str:
    r"""Return RIS: a record of the type NEWS a clipping, lines ended by CRLF as the format asks.

    Args:
        found: references, as ``citations`` makes them, or a frame of clippings.

    >>> ris([Citation("112007-14", "Gas and oil", "2007-11", "Gazeta.kz")]).split("\r\n")[:4]
    ['TY  - NEWS', 'ID  - 112007-14', 'TI  - Gas and oil', 'T2  - Gazeta.kz']
    """
    return "".join(f"{tag}  - {value}\r\n" for one in _all(found) for tag, value in _ris(one))


def csl(found: pd.DataFrame | Iterable[Citation]) -> list[dict[str, Any]]:
    """Return CSL-JSON: an item of the type article-newspaper a clipping, ready for ``json.dumps``.

    Args:
        found: references, as ``citations`` makes them, or a frame of clippings.

    >>> csl([Citation("112007-14", "Gas and oil", "2007-11", "Gazeta.kz")])[0]["issued"]
    {'date-parts': [[2007, 11]]}
    """
    return [_csl(one) for one in _all(found)]


def write_bibtex(annotated: AnnotatedCorpus) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of a file of BibTeX."""
    yield "", bibtex(annotated.clippings).encode("utf-8", "replace")


def write_ris(annotated: AnnotatedCorpus) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of a file of RIS."""
    yield "", ris(annotated.clippings).encode("utf-8", "replace")


def write_csl(annotated: AnnotatedCorpus) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of a file of CSL-JSON."""
    made = json.dumps(csl(annotated.clippings), ensure_ascii=False, indent=2)
    yield "", f"{made}\n".encode("utf-8", "replace")


def _all(found: pd.DataFrame | Iterable[Citation]) -> Iterable[Citation]:
    import pandas as pd

    return citations(found) if isinstance(found, pd.DataFrame) else found


def _citation(row: Mapping[str, Any], archive: str | None, accessed: str | None, *, is_one_of_many: bool) -> Citation:
    """An item of a page of several has its number behind the id, as no two references may have one."""
    item = row.get("item")
    key = f"{row['id']}-{item}" if is_one_of_many and item is not None else str(row["id"])
    values = {field: _first(row, columns) for field, columns in _COLUMNS.items()}
    date = _known_part(values["date"], _text(row.get("date_precision")))
    if date and not _is_date(date):
        raise ValueError(f"the date of {key} is {date!r}; write a day, month or year such as 2007-11-02, or none")
    authors = tuple(name.strip() for name in (values["authors"] or "").split(";") if name.strip())
    plain = {name: values[name] for name in ("title", "outlet", "place", "address", "kept_at")}
    kept_in = archive if values["kept_at"] else None
    return Citation(key, date=date, authors=authors, archive=kept_in, accessed=accessed, **plain)


def _is_date(text: str) -> bool:
    """Whether it is a day, month or year that there is, in ISO 8601."""
    try:
        datetime.date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None


def _first(row: Mapping[str, Any], columns: Sequence[str]) -> str | None:
    return next((text for column in columns if (text := _text(row.get(column)))), None)


def _text(value: Any) -> str | None:
    """A cell as one line of text; None where it is missing."""
    if value is None or value != value:
        return None
    return _BREAKS.sub(" ", str(value)).strip().removesuffix(" 00:00:00") or None


def _known_part(date: str | None, precision: str | None) -> str | None:
    """A month that stands as its first day, as the frames have it, is a month again."""
    length = {"month": len("2007-11"), "year": len("2007")}.get(precision or "")
    return date[:length] if date else None


def _key(key: str, taken: set[str]) -> str:
    """The key of an entry, of characters that BibTeX takes; BibTeX knows no capitals apart in keys."""
    plain = _KEY.sub("-", key)
    numbers = (plain if number == 1 else f"{plain}-{number}" for number in itertools.count(1))
    found = next(one for one in numbers if one.casefold() not in taken)
    taken.add(found.casefold())
    return found


def _bibtex(one: Citation, key: str) -> str:
    year, month, day = (*one.parts, None, None, None)[:3]
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in one.authors),
        "title": _escaped(one.title),
        "journal": _escaped(one.outlet),
        "address": _escaped(one.place),
        "year": f"{year}" if year else "",
        "month": _MONTHS[month - 1] if month else "",
        "day": f"{day}" if day else "",
        "url": _balanced(one.address or one.kept_at or ""),
        "urldate": one.accessed or "",
        "note": _escaped(_kept(one)),
        "entrysubtype": "newspaper",
    }
    # The name of a month stands without braces: styles print it their own way.
    words = {name: value if name == "month" else f"{{{value}}}" for name, value in fields.items() if value}
    lines = [f"  {name} = {value}" for name, value in words.items()]
    return f"@article{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _escaped(text: str | None) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text or "")


def _balanced(address: str) -> str:
    """Braces of an address would end the field."""
    return address.replace("{", "%7B").replace("}", "%7D")


def _kept(one: Citation) -> str | None:
    """Where the copy is kept, in words."""
    words = ", ".join(word for word in (one.archive, one.id if one.archive else None) if word)
    copy = one.kept_at if one.address else None
    return ": ".join(word for word in (words, copy) if word) or None


def _ris(one: Citation) -> Iterator[tuple[str, str]]:
    date = "/".join([f"{part:02}" for part in one.parts] + [""] * (3 - len(one.parts))) + "/" if one.parts else ""
    rows = [
        ("TY", "NEWS"),
        ("ID", one.id),
        *(("AU", name) for name in one.authors),
        ("TI", one.title),
        ("T2", one.outlet),
        ("CY", one.place),
        ("PY", f"{one.parts[0]}" if one.parts else None),
        ("DA", date),
        ("UR", one.address or one.kept_at),
        ("L2", one.kept_at if one.address else None),
        ("Y2", (one.accessed or "").replace("-", "/")),
        ("DB", one.archive),
        ("AN", one.id if one.archive else None),
    ]
    yield from ((tag, value) for tag, value in rows if value)
    yield "ER", ""


def _csl(one: Citation) -> dict[str, Any]:
    item = {
        "id": one.id,
        "type": "article-newspaper",
        "title": one.title,
        "container-title": one.outlet,
        "author": [{"literal": name} for name in one.authors],
        "issued": {"date-parts": [list(one.parts)]} if one.parts else None,
        "event-place": one.place,
        "URL": one.address or one.kept_at,
        "accessed": {"date-parts": [[int(part) for part in one.accessed.split("-")]]} if one.accessed else None,
        "archive": one.archive,
        "archive_location": one.kept_at if one.archive else None,
    }
    return {name: value for name, value in item.items() if value}
