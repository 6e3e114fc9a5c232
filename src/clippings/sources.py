"""What a read has seen: every file with its kind and what became of it, and the sum of it in one line."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from clippings.model import Clipping, Diagnostic

State = Literal["read", "failed", "not read"]

_KINDS_SHOWN = 5
SYSTEM = "system"
_OF_SYSTEM = frozenset([".ds_store", "thumbs.db", "desktop.ini"])


class Seen(NamedTuple):
    """A file that was met: its kind (mostly its suffix), what became of it, and the code that says why."""

    file: str
    kind: str
    state: State
    clippings: int = 0
    code: str | None = None


class Sources:
    """The account of a read: a row for each file, a diagnostic for each that was not read, and notes about no file.

    >>> from clippings import diagnostics
    >>> sources = Sources()
    >>> sources.read("a.txt", 2)
    >>> sources.left(diagnostics.make("CLP103", file="b.txt"))
    >>> sources.summary
    '2 files: 1 read (2 clippings), 1 failed'
    """

    def __init__(self) -> None:
        self.rows: list[Seen] = []
        self.unread: list[Diagnostic] = []
        self.notes: list[Diagnostic] = []

    @classmethod
    def of(cls, found: Sequence[Clipping], failures: Iterable[Diagnostic]) -> Sources:
        """The account of clippings and failures whose read is not known."""
        sources = cls()
        for clipping in found:
            last = sources.rows[-1] if sources.rows else None
            if last and (clipping.item or (clipping.path and clipping.path == last.file)):
                sources.rows[-1] = last._replace(clippings=last.clippings + 1)
            else:
                sources.read(clipping.path, 1)
        for failure in failures:
            sources.left(failure)
        return sources

    def joined(self, other: Sources) -> Sources:
        """The account of two reads together; what both saw stands once."""
        both = Sources()
        for name in ("rows", "unread", "notes"):
            setattr(both, name, list(dict.fromkeys([*getattr(self, name), *getattr(other, name)])))
        return both

    def read(self, file: str, clippings: int, kind_of: str = "") -> None:
        """Note a file that was read, and how many clippings it gave."""
        self.rows.append(Seen(file, kind_of or kind(file), "read", clippings))

    def left(self, why: Diagnostic, kind_of: str = "") -> None:
        """Note a file that gave nothing: it failed if ``why`` is an error, else it is of a kind that is not read."""
        state: State = "failed" if why.severity == "error" else "not read"
        what = kind_of or kind(why.file)
        self.rows.append(Seen(why.file, what, state, 0, why.code))
        # Nobody saved what a system lays beside files of one's own, such as .DS_Store.
        if state == "not read" and what != SYSTEM:
            self.unread.append(why)

    @property
    def summary(self) -> str:
        """The sum of the rows in one line."""
        return summed(self.rows)


def summed(rows: Iterable[Seen]) -> str:
    """Count files by what became of them.

    >>> summed([Seen("a.txt", ".txt", "read", 1), Seen("b.key", ".key", "not read"), Seen("c.key", ".key", "not read")])
    '3 files: 1 read (1 clipping), 2 of kinds not read (.key 2)'
    """
    states: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    clippings = 0
    for row in rows:
        states[row.state] += 1
        clippings += row.clippings
        if row.state == "not read":
            unread[row.kind] += 1
    told = [f"{states['read']:,} read ({counted(clippings, 'clipping')})"]
    if states["failed"]:
        told.append(f"{states['failed']:,} failed")
    if unread:
        ranked = sorted(unread.items(), key=lambda pair: (-pair[1], pair[0]))
        shown = [f"{name} {count:,}" for name, count in ranked[:_KINDS_SHOWN]]
        rest = ["..."] if len(ranked) > _KINDS_SHOWN else []
        told.append(f"{states['not read']:,} of kinds not read ({', '.join([*shown, *rest])})")
    return f"{counted(states.total(), 'file')}: {', '.join(told)}"


def kind(name: str) -> str:
    """The kind of a file by its name: its suffix in small letters.

    >>> kind("press/A.TXT"), kind("press/notes"), kind("press/.DS_Store"), kind("<stdin>")
    ('.txt', 'no suffix', 'system', 'open file')
    """
    if not name or name.startswith("<"):
        return "open file"
    base = os.path.basename(name).lower()  # noqa: PTH119 (called for every page, and much faster)
    if base in _OF_SYSTEM or base.startswith(("._", "~$")):
        return SYSTEM
    return os.path.splitext(name)[1].lower() or "no suffix"  # noqa: PTH122 (called for every page, and much faster)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "file"), counted(2_000, "file")
    ('1 file', '2,000 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
