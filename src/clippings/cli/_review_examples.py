"""What each diagnostic of a review is told of: verdicts as a coder may leave them, on a page of a few words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pandas as pd

from clippings.corpus import AnnotatedCorpus, Corpus
from clippings.model import Annotated
from clippings.reading.reader import parse
from clippings.review import CuratedCorpus, from_frame, read, write

_TALKS = '"We wait," said Anna Petrova. "We went to Brest by bus," Ivan Orlov said.'
_Rows = Callable[[pd.DataFrame], pd.DataFrame]


def _set(**cells: str) -> _Rows:
    return lambda rows: pd.concat([rows.iloc[:1].assign(**cells), rows.iloc[1:]])


_FILLED: dict[str, tuple[str, _Rows]] = {
    "CLP801": ("the verdict maybe", _set(verdict="maybe")),
    "CLP802": ("the corrected kind shout", _set(verdict="change", corrected_kind="shout")),
    "CLP803": ("change, and no corrected cell", _set(verdict="change")),
    "CLP804": ("a row whose record was cleared, with another start", _set(verdict="accept", record="{", start="7")),
    "CLP805": (
        "a row twice, accept and reject",
        lambda rows: pd.concat([rows.iloc[:1].assign(verdict="accept"), rows.assign(verdict="reject")]),
    ),
    "CLP806": ("a column corected_speaker", _set(verdict="accept", corected_speaker="Ivan Orlov")),
    "CLP807": ("a page whose words changed since", _set(verdict="accept")),
    "CLP808": ("a file without its last row", lambda rows: rows.iloc[:1]),
    "CLP809": ("reject, where the library finds another speaker now", _set(verdict="reject")),
    "CLP810": ("reject, where the library finds nothing now", _set(verdict="reject")),
}
_MARKED: dict[str, tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "CLP811": ("marks of a coder without one of the library's", lambda rows: rows.iloc[1:]),
    "CLP812": ("marks of the library itself", lambda rows: rows.assign(coder="clippings")),
    "CLP813": ("marks without speakers", lambda rows: rows.assign(speaker=None)),
}
SHOWN = {code: shown for code, (shown, _) in (_FILLED | _MARKED).items()}


def curated(code: str, folder: Path) -> CuratedCorpus:
    """Return a review that has the diagnostic.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     curated("CLP801", Path(folder)).notes[0].code
    'CLP801'
    """
    annotated = _annotated(_TALKS)
    if code in _MARKED:
        marks = annotated.quotes.assign(layer="quotes", coder="anna")
        return from_frame(_MARKED[code][1](marks), annotated)
    rows = write(annotated, folder / "review.csv").astype(object)
    _FILLED[code][1](rows).to_csv(folder / "done.csv", index=False)
    now = {
        "CLP807": lambda: _annotated(_TALKS.replace("wait", "go")),
        "CLP809": lambda: _with_first(annotated, speaker="Ivan Orlov"),
        "CLP810": lambda: _with_first(annotated),
    }
    return read(folder / "done.csv", now[code]() if code in now else annotated, coder="anna")


def _annotated(text: str) -> AnnotatedCorpus:
    return Corpus(parse(text, path="page.txt", layout="plain")).annotate()


def _with_first(annotated: AnnotatedCorpus, **changes: str) -> AnnotatedCorpus:
    """The annotations with another first quotation, or without it."""
    page = annotated[0]
    first, *rest = page.found["quotes"]
    quotes = [msgspec.structs.replace(first, **changes)] * bool(changes) + rest
    found = {**page.found, "quotes": tuple(quotes)}
    return AnnotatedCorpus([Annotated(page.clipping, page.codebook, found)], annotated.corpus)
