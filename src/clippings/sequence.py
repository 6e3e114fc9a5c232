"""What every sequence of clippings shares: choosing by place, id, day or condition, adding, and frames by name."""

from __future__ import annotations

import datetime
import functools
import hashlib
import operator
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, overload

from clippings import arguments, utterances
from clippings.arguments import ArgumentError
from clippings.errors import LayerError
from clippings.layers.registry import KEPT
from clippings.model import Annotated, Diagnostic
from clippings.search.index import Hit, Index, Text
from clippings.search.query import parsed
from clippings.tables.frames import SCHEMA
from clippings.utterances import Utterances
from clippings.viewing.browser import browser
from clippings.viewing.report import Report, index_of, report

if TYPE_CHECKING:
    from typing import Self

    import pandas as pd

    from clippings.display.pages import Page

One = TypeVar("One")
Key: TypeAlias = "int | str | tuple[str, int]"
Day: TypeAlias = "str | datetime.date"

HITS = {
    "id": "str", "item": "int64", "start": "int64", "end": "int64",
    "left": "str", "match": "str", "right": "str", "score": "float64",
}  # fmt: skip
_PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class ClippingSequence(ABC, Generic[One]):
    """Clippings in order, as ``Corpus``, ``AnnotatedCorpus`` and ``Tables`` hold them.

    What is chosen is of the same type and keeps the failures. Frames are attributes, each made when it is first asked
    for; ``cl.describe(name)`` says what one holds.
    """

    failures: tuple[Diagnostic, ...]

    @property
    @abstractmethod
    def frames(self) -> tuple[str, ...]:
        """The names of the frames."""

    @abstractmethod
    def __len__(self) -> int:
        """Count the clippings."""

    @abstractmethod
    def _at(self, place: int) -> One: ...

    @abstractmethod
    def take(self, places: Sequence[int]) -> Self:
        """Return the clippings at these places, counted from 0, in the order of the places.

        >>> import clippings as cl
        >>> corpus = cl.Corpus([*cl.parse("Minsk was quiet.", path="1.txt"), *cl.parse("Brest too.", path="2.txt")])
        >>> [clipping.id for clipping in corpus.take([1, 0])]
        ['2', '1']
        """

    @abstractmethod
    def _joined(self, other: Self) -> Self: ...

    @abstractmethod
    def _frame(self, name: str) -> pd.DataFrame: ...

    def __iter__(self) -> Iterator[One]:
        """Iterate the clippings in order."""
        return map(self._at, range(len(self)))

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a frame; it is made once."""
        if name.startswith("_") or (name not in self.frames and name not in SCHEMA):
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        if name not in self.frames:
            raise LayerError(name, [layer for layer in self.frames if layer in KEPT])
        found = self.__dict__[name] = self._frame(name)
        return found

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.frames]

    @overload
    def __getitem__(self, key: Key) -> One: ...

    @overload
    def __getitem__(self, key: slice) -> Self: ...

    def __getitem__(self, key: Key | slice) -> One | Self:
        """Return the clipping at a place, with an id, or with an id and item; for a slice, the clippings in it.

        Raises:
            IndexError: there is no such place.
            KeyError: no clipping has this id, or several items of a page have it.

        >>> import clippings as cl
        >>> corpus = cl.Corpus([*cl.parse("Minsk was quiet.", path="1.txt"), *cl.parse("Brest too.", path="2.txt")])
        >>> corpus["2"].text, corpus["2", 0].id, corpus[-1].id, len(corpus[:1])
        ('Brest too.', '2', '2', 1)
        """
        if isinstance(key, slice):
            return self.take(range(len(self))[key])
        if isinstance(key, (str, tuple)):
            return self._at(self._place(key))
        try:
            place = operator.index(key)
        except TypeError:
            raise ArgumentError(f"[{key!r}]: give a place, an id, or an id and item") from None
        if not -len(self) <= place < len(self):
            raise IndexError(f"no clipping {place}; there are {len(self):,}, counted from 0")
        return self._at(place % len(self))

    def __add__(self, other: Self) -> Self:
        """Return the clippings of both.

        Raises:
            ValueError: a key, ``id`` and ``item``, is in both, so that frames could no longer be joined on it; or the
                two were not annotated with the same codebook and layers.

        >>> import clippings as cl
        >>> first, second = (cl.Corpus(cl.parse("Minsk was quiet.", path=path)) for path in ("1.txt", "2.txt"))
        >>> [clipping.id for clipping in first + second]
        ['1', '2']
        """
        if type(other) is not type(self):
            return NotImplemented
        theirs = set(other._keys)
        shared = [key for key in self._keys if key in theirs]
        if shared:
            name, item = shared[0]
            raise ValueError(
                f"{len(shared):,} clippings are in both, such as {name!r}, item {item}; read both sources in one call, "
                "which gives each an id of its own, or filter one of them"
            )
        return self._joined(other)

    def filter(self, keep: Callable[[One], object] | Iterable[bool]) -> Self:
        """Return the clippings that meet a condition.

        Args:
            keep: a function that is given each clipping, or a truth value for each, such as a condition on
                ``corpus.clippings``.

        Raises:
            ValueError: there is not one truth value for each clipping, or they are in another order.

        >>> import clippings as cl
        >>> corpus = cl.Corpus([*cl.parse("Minsk was quiet.", path="1.txt"), *cl.parse("Brest too.", path="2.txt")])
        >>> [clipping.id for clipping in corpus.filter(lambda clipping: "Brest" in clipping.text)]
        ['2']
        >>> [clipping.id for clipping in corpus.filter(corpus.clippings["characters"] > 10)]
        ['1']
        """
        if not callable(keep) and not isinstance(keep, Iterable):
            raise ArgumentError(f"keep must be a function or a list of truth values, not {type(keep).__name__}")
        flags = [bool(keep(one)) for one in self] if callable(keep) else self._flags(keep)
        return self.take([place for place, flag in enumerate(flags) if flag])

    def between(self, first: Day | None = None, last: Day | None = None) -> Self:
        """Return the clippings dated from one day to another, both included.

        A clipping of which only the month is known is kept where the whole month is; one without a date never is.

        Args:
            first: a day, month or year as ISO 8601 writes it, or a date; from the beginning if not given.
            last: likewise; to the end if not given. A month or year counts to its end.

        Raises:
            ValueError: that is not a day, month or year, or the first is after the last.

        >>> import clippings as cl
        >>> pages = [cl.parse("Talks", path=f"{month:02}2007-1.txt")[0] for month in (1, 6, 11)]
        >>> [clipping.id for clipping in cl.Corpus(pages).between("2007-06")]
        ['062007-1', '112007-1']
        """
        begin, end = _bound("first", first, "0000-01-01"), _bound("last", last, "9999-12-31")
        if begin > end:
            raise ValueError(f"first is {first!r}, after last, which is {last!r}; give the earlier day first")
        days = self.clippings["date"].dt.strftime("%Y-%m-%d")
        known = enumerate(zip(days, self.clippings["date_precision"], strict=True))
        dated = [
            (place, day, f"{day[:8]}31" if precision == "month" else day)
            for place, (day, precision) in known
            if isinstance(day, str)
        ]
        return self.take([place for place, day, until in dated if begin <= day and until <= end])

    def search(
        self, query: str, *, near: int | None = None, window: int = 8, index: str | Path | None = None
    ) -> pd.DataFrame:
        r"""Return the places in titles, outlets and texts where a full-text query is met, the best clippings first.

        Join words with AND, OR and NOT in capitals, and with brackets; without any of these, all words are needed.
        ``"missile shield"`` is an exact phrase, ``missil*`` the beginning of a word. Case, diacritics (Lukasenka finds
        Łukašenka), hyphens, the form of apostrophes, line breaks, soft hyphens and words cut at the end of a line make
        no difference; ``Russia`` is found in ``Russia's``. A phrase is not found across two paragraphs.

        Args:
            query: what to look for.
            near: how many other words may stand between the first and the last word of the query, which may be in any
                order; a place then goes from the first to the last.
            window: how many words to show on either side, at least 0.
            index: a file that keeps the index; it is made again if the clippings changed. In memory if not given.

        Returns:
            One row per place: ``id``, ``item``, ``start``, ``end`` (code points of the page), ``left``, ``match``,
            ``right``, ``score`` (BM25 of the clipping, higher is better). Sorted by score, then by the order of the
            corpus and of the page.

        Raises:
            ArgumentError: an argument has another type or size.
            SearchError: the query is not clear, the file is no index, or SQLite has no full-text search.

        >>> import clippings as cl
        >>> corpus = cl.Corpus(cl.parse("Russia’s missile\nshield waits.", layout="plain"))
        >>> corpus.search('"russia\'s missile shield"')[["start", "end", "match"]].values.tolist()
        [[0, 23, 'Russia’s missile shield']]
        """
        import pandas as pd

        asked = parsed(query, near)
        arguments.whole("window", window, 0)
        if index is not None:
            arguments.path("index", index, "give the file that keeps the index")
        asks = self._index if index is None else Index.kept(Path(index), self._searched(), self._fingerprint())
        hits: list[Hit] = list(asks.find(asked, window))
        return pd.DataFrame(hits, columns=list(HITS)).astype(HITS)

    @functools.cached_property
    def _index(self) -> Index:
        return Index.of(self._searched())

    def report(self, path: str | Path | None = None) -> Report:
        """Return a report on what was read and found, as HTML that needs no network and no script.

        It has the account of the files, a timeline, who is quoted on what, what is named, the quotations, each with a
        link to its words on the page, and the diagnostics. More than 2 MB become an index and parts.

        Args:
            path: where to write it: an .html file, or a folder; parts lie in a folder beside the index. Not written if
                not given.

        Raises:
            OSError: it cannot be written.
            ValueError: ``path`` is neither.

        >>> import clippings as cl
        >>> cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate().report()
        <Report: 1 clipping, 1 quotation, 1 name; .write('report.html') keeps it>
        """
        if path is not None:
            arguments.path("path", path, "give an .html file or a folder")
            index_of(path)  # A name that is none is told before the work.
        made = report(self)
        if path is not None:
            made.write(path)
        return made

    def browse(self) -> Page:
        """Return the evidence to search, filter by layer, speaker, theme and date, and step through, for a notebook.

        It needs no kernel and no network, and holds about 2 MB of clippings; where there are more, it says how many.
        Where no script runs, its pages unfold one by one; as plain text it says what ``show`` would.

        >>> import clippings as cl
        >>> cl.Corpus(cl.parse("Minsk waits.", path="a.txt", layout="plain")).browse()
        1 clipping to browse; where no frame is drawn, [0].show() shows one: clipping a
        """
        return browser(self, lambda: self[0].show())  # type: ignore[attr-defined]

    def _searched(self) -> Iterator[Text]:
        for some in self._texts():
            yield from map(Text, *(some[name].tolist() for name in Text._fields))

    def _texts(self) -> Iterable[pd.DataFrame]:
        return [self.texts]

    def _fingerprint(self) -> str:
        """What differs where the texts do."""
        seal = hashlib.sha256()
        for text in self._searched():
            seal.update(repr(text).encode("utf-8", "surrogatepass"))
        return seal.hexdigest()

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the index, which cannot travel to another process."""
        return {name: value for name, value in self.__dict__.items() if name != "_index"}

    @functools.cached_property
    def _keys(self) -> list[tuple[str, int]]:
        return list(zip(self.clippings["id"].tolist(), self.clippings["item"].tolist(), strict=True))

    def _place(self, key: str | tuple[str, int]) -> int:
        wanted = {key} if isinstance(key, tuple) else {one for one in self._keys if one[0] == key}
        places = [place for place, one in enumerate(self._keys) if one in wanted]
        if not places:
            raise KeyError(f"no clipping {key!r}; the column id of clippings lists those there are")
        if len(places) > 1:
            raise KeyError(f"{key!r} has {len(places):,} items; give one as [{key!r}, 0], or filter")
        return places[0]

    def _flags(self, keep: Iterable[bool]) -> list[bool]:
        flags = list(keep.tolist() if hasattr(keep, "tolist") else keep)
        if len(flags) != len(self):
            raise ValueError(f"keep has {len(flags):,} values for {len(self):,} clippings; give one for each")
        index = getattr(keep, "index", None)
        if index is not None and not callable(index) and list(index) != list(range(len(self))):
            raise ValueError("keep is not in the order of the clippings; give a condition on their frame as it is")
        wrong = [flag for flag in flags if not isinstance(flag, bool)]
        if wrong:
            raise ValueError(f"keep holds {wrong[0]!r}; give True or False for each clipping")
        return flags


class AnnotatedSequence(ClippingSequence[Annotated]):
    """Annotated clippings in order, as ``AnnotatedCorpus`` and ``Tables`` hold them."""

    def utterances(self) -> Utterances:
        """Return the same words on several pages: where they stand first, in which outlets, and who is said to speak.

        Quotations are grouped by near-equal words, as ``measures.same_words`` does, which takes seven words at least;
        reports without marks and names between marks are left out. Speakers that conflict are reported, each with
        a diagnostic (CLP504); somebody unnamed, or another spelling of a name, is no conflict.

        Returns:
            ``table`` (one row an utterance), ``quotes`` (one row a quotation) and ``diagnostics``.

        Raises:
            LayerError: the layer ``quotes`` was not run.

        >>> import clippings as cl
        >>> said = '"We shall sign the treaty with them before the winter," said Anna Petrova.'
        >>> pages = [cl.parse(said, path=f"{number}.txt", layout="plain")[0] for number in (1, 2)]
        >>> cl.Corpus(pages).annotate().utterances()
        <Utterances: 1 of 2 quotations on several pages, 0 with speakers that conflict>
        """
        return utterances.of(self.quotes, self.clippings)


def _bound(name: str, day: Day | None, outermost: str) -> str:
    """A day, month or year as the first or last day of it."""
    if day is None:
        return outermost
    text = day.isoformat()[:10] if isinstance(day, datetime.date) else str(day)
    try:
        if not _PERIOD.fullmatch(text):
            raise ValueError
        datetime.date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        raise ValueError(f"{name} must be a day, month or year such as 2007-11-02 or 2007-11, not {day!r}") from None
    return text + outermost[len(text) :]
