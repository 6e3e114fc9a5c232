"""The collection that the book reads: it is part of the repository, and travels inside the installed library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from clippings.corpus import Corpus
from clippings.errors import ClippingsError
from clippings.reading import inputs, reader

if TYPE_CHECKING:
    import pandas as pd

Pages: TypeAlias = Literal["clippings", "zoo"]

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "_collection", _PACKAGE.parents[1])
"""Where a wheel carries the collection, and where a clone has it."""
_DESCRIPTOR = "data/datapackage.json"
_FOLDERS = {"clippings": "data/clippings", "zoo": "tests/zoo"}
_GOLD = ("data/gold", "tests/zoo")
_TEXT = ("string", "date")


class CollectionError(ClippingsError, ValueError):
    """The collection is not there, or lacks what was asked for; the message says what to do."""


class Collection:
    """The data of the book: pages, the tables coded from them, and what careful readers find in them.

    ``collection()`` finds it. What is whose, and under which license, stands in ``data/README.md`` and
    ``LICENSE-TEXT`` below ``path``.

    Attributes:
        path: the folder that holds it; the paths of its clippings are relative to this folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __repr__(self) -> str:
        """Count the tables."""
        return f"<Collection of {len(self.tables)} tables>"

    @property
    def tables(self) -> list[str]:
        """The names of the tables, in the order of their description, ``data/datapackage.json``."""
        return list(self._schemas())

    def read(self, pages: Pages = "clippings") -> Corpus:
        """Read the pages of the collection, sorted by path.

        Args:
            pages: ``clippings`` for the press, of which one page may be shown; ``zoo`` for the constructed pages
                that the library is tested on.

        Raises:
            CollectionError: the collection has no pages of that name.

        >>> import clippings as cl
        >>> page = cl.collection().read()[0]
        >>> page.date, page.publisher, page.path
        ('2007-11-02', 'Gazeta.kz', 'data/clippings/112007-14.txt')
        """
        if pages not in list(_FOLDERS):
            raise CollectionError(f"no pages {pages!r} in the collection; there are: {', '.join(_FOLDERS)}")
        found = inputs.pages([self._present(_FOLDERS[pages])])
        return reader.gather(page._replace(name=Path(page.name).relative_to(self.path).as_posix()) for page in found)

    def table(self, name: str) -> pd.DataFrame:
        """Read a table; the book's data dictionary says what each of its columns holds.

        An empty cell is a missing value and nothing else is, so that NA stays the code of Namibia. Text, ids and dates
        are strings: a date may be a day, a month or a year. Numbers are numbers; flags are 1 and 0, and add up.

        Args:
            name: one of ``tables``.

        Raises:
            CollectionError: the collection has no table of that name.

        >>> import clippings as cl
        >>> stances = cl.collection().table("stances")
        >>> stances.columns.tolist()
        ['id', 'speaker_no', 'speaker', 'target', 'stance']
        """
        import pandas as pd  # takes long, and reading pages needs none of it

        schemas = self._schemas()
        if name not in list(schemas):
            raise CollectionError(f"no table {name!r} in the collection; there are: {', '.join(schemas)}")
        path, fields = schemas[name]
        text = {field["name"]: "str" for field in fields if field["type"] in _TEXT}
        return pd.read_csv(self._present(f"data/{path}"), dtype=text, keep_default_na=False, na_values=[""])

    def gold(self, page: str) -> dict[str, Any]:
        """Return what a reader expects to be found in a page: quotations, mentions, dates, and more.

        Args:
            page: the id of a clipping of ``read()`` or ``read("zoo")``.

        Raises:
            CollectionError: no reader has marked a page of that id.

        >>> import clippings as cl
        >>> cl.collection().gold("112007-14")["quotes"][1]["speaker"]
        'Ruslan Pukhov'
        """
        marked = {file.stem: file for folder in _GOLD for file in sorted((self.path / folder).glob("*.json"))}
        if page not in marked:
            raise CollectionError(f"no reader has marked the page {page!r}; marked are: {', '.join(marked)}")
        found: dict[str, Any] = json.loads(marked[page].read_text("utf-8"))
        return found

    def _present(self, name: str) -> Path:
        if not (self.path / name).exists():
            raise CollectionError(
                f"{name} is missing in {self.path}; install press-clippings again, or restore the clone"
            )
        return self.path / name

    def _schemas(self) -> dict[str, tuple[str, list[dict[str, str]]]]:
        """Return path and fields of each table that the descriptor describes."""
        described = json.loads((self.path / _DESCRIPTOR).read_text("utf-8"))["resources"]
        return {one["name"]: (one["path"], one["schema"]["fields"]) for one in described if "schema" in one}


def collection() -> Collection:
    """Find the collection that the book reads: in the installed library, or in the clone that it runs from.

    Raises:
        CollectionError: it is in neither.

    >>> import clippings as cl
    >>> cl.collection().table("clippings")["date"].min()
    '2005-04-21'
    """
    for place in _PLACES:
        if (place / _DESCRIPTOR).is_file():
            return Collection(place)
    looked = " and ".join(str(place) for place in _PLACES)
    raise CollectionError(
        f"the collection of the book is missing: no {_DESCRIPTOR} in {looked}; install press-clippings again, "
        "or run from a clone of the repository"
    )
