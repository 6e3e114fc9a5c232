"""What every sequence of clippings shares: choosing by place, id, day or condition, adding, and frames by name."""

from __future__ import annotations

import datetime
import functools
import operator
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, overload

from clippings.arguments import ArgumentError
from clippings.errors import LayerError
from clippings.layers.registry import KEPT
from clippings.model import Diagnostic
from clippings.tables.frames import SCHEMA

if TYPE_CHECKING:
    from typing import Self

    import pandas as pd

One = TypeVar("One")
Key: TypeAlias = "int | str | tuple[str, int]"
Day: TypeAlias = "str | datetime.date"

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
        """Return the clippings at these places, counted from 0, in the order of the places."""

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
        """Return the clipping at a place, of an id, or of an id and item; of a slice the clippings in it.

        Raises:
            IndexError: there is no such place.
            KeyError: there is no clipping of this id, or several items are.
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
            ValueError: a key, ``id`` and ``item``, is in both, so that frames could not be joined on it any more; or
                they were not annotated alike.
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
            ValueError: that is not a day, month or year.

        >>> import clippings as cl
        >>> pages = [cl.parse("Talks", path=f"{month:02}2007-1.txt")[0] for month in (1, 6, 11)]
        >>> [clipping.id for clipping in cl.Corpus(pages).between("2007-06")]
        ['062007-1', '112007-1']
        """
        begin, end = _bound("first", first, "0000-01-01"), _bound("last", last, "9999-12-31")
        days = self.clippings["date"].dt.strftime("%Y-%m-%d")
        known = enumerate(zip(days, self.clippings["date_precision"], strict=True))
        dated = [
            (place, day, f"{day[:8]}31" if precision == "month" else day)
            for place, (day, precision) in known
            if isinstance(day, str)
        ]
        return self.take([place for place, day, until in dated if begin <= day and until <= end])

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
