"""Sources to a corpus: each page becomes clippings, or a failure that says why and stops no other."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Literal

import msgspec

from clippings import diagnostics
from clippings.corpus import Corpus
from clippings.model import Clipping, Diagnostic, Span, blocks_in
from clippings.page import fields
from clippings.page import layout as layouts
from clippings.page.forms import LaidOut, Layout
from clippings.page.layout import lay_out
from clippings.reading import duplicates, html, inputs, source
from clippings.reading.archives import Page
from clippings.reading.source import Decoded, SourceError

if TYPE_CHECKING:
    import pandas as pd

OnError = Literal["collect", "raise"]


def parse(text: str, *, path: str = "", layout: Layout = "auto") -> list[Clipping]:
    r"""Parse the text of one page into its clippings, in order.

    Args:
        text: the page; kept whole, character for character.
        path: names the clipping and, as ``MMYYYY-N``, dates a page that prints no date.
        layout: ``auto`` tells the form from the page; ``plain`` takes a text that is all body; or the name of a form.

    Raises:
        ValueError: there is no such layout.

    >>> page = "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nTalks in Minsk\n\nThey met on Tuesday.\n"
    >>> clipping = parse(page)[0]
    >>> clipping.title, clipping.date, clipping.render() == page
    ('Talks in Minsk', '2007-11-02', True)
    """
    return _clippings(_of_text(text), lay_out(text, layout), path)


def read(
    *sources: str | os.PathLike[str] | IO[bytes] | IO[str],
    layout: Layout = "auto",
    on_error: OnError = "collect",
    strict: bool = False,
) -> Corpus:
    """Read files, folders, patterns, archives and open files into a corpus, sorted by path within each source.

    A folder gives its pages, those of its folders too: ``.txt``, saved HTML (``.html``, ``.htm``, ``.mht``) and the
    pages in its zip and tar files. Archives are read in memory; what could hurt in them is refused. A page that can
    not be read is one of ``corpus.failures``, with the reason; every other page is read. Exact copies of a page are
    kept, with a diagnostic that names the first.

    The text of a saved HTML page, and so what ``render()`` gives, is the text taken from it: its visible text if it is
    of this archive, else the article with its date, title, author and site. ``encoding`` and ``sha256`` are of the
    bytes. This needs the extra ``html``.

    Args:
        sources: files, folders, patterns such as ``press/**/*.txt``, archives, or open files.
        layout: as for ``parse``.
        on_error: ``collect`` keeps what fails in ``corpus.failures``; ``raise`` raises the first failure.
        strict: short for ``on_error="raise"``.

    Raises:
        SourceError: the first page that can not be read, if asked for.

    >>> import clippings as cl
    >>> corpus = cl.read("no-such-folder")
    >>> len(corpus), corpus.failures[0].code
    (0, 'CLP101')
    >>> import io
    >>> cl.read(io.StringIO("Minsk was quiet."), layout="plain")[0].body.end
    16
    """
    return gather(inputs.pages(sources), layout, "raise" if strict else on_error)


def read_frame(
    frame: pd.DataFrame,
    *,
    text: str = "text",
    id: str | None = "id",  # noqa: A002
    layout: Layout = "auto",
    on_error: OnError = "collect",
) -> Corpus:
    """Read the pages of a frame, one a row, in the order of its rows.

    Args:
        frame: the rows.
        text: the column of the texts; a row without one is a failure.
        id: the column of the names, which date a page as ``parse``'s path does; None takes the index.
        layout: as for ``parse``.
        on_error: as for ``read``.

    Raises:
        KeyError: the frame has no such column.
        SourceError: the first row without a text, if asked for.

    >>> import pandas as pd
    >>> corpus = read_frame(pd.DataFrame({"id": ["112007-3"], "text": ["Talks in Minsk"]}))
    >>> corpus[0].id, corpus[0].title, corpus[0].date
    ('112007-3', 'Talks in Minsk', '2007-11')
    """
    names = frame.index if id is None else frame[id]
    return gather((_row(str(name), words) for name, words in zip(names, frame[text], strict=True)), layout, on_error)


def gather(pages: Iterable[Page], layout: Layout = "auto", on_error: OnError = "collect") -> Corpus:
    """Read pages into a corpus, whatever they come from; ``layout`` and ``on_error`` are those of ``read``."""
    layouts.check(layout)
    if on_error not in ("collect", "raise"):
        raise ValueError(f"on_error must be 'collect' or 'raise', not {on_error!r}")
    found: list[Clipping] = []
    failures: list[Diagnostic] = []
    for page in pages:
        try:
            found += read_page(page, layout)
        except SourceError as error:
            if on_error == "raise":
                raise
            failures.append(error.diagnostic)
    return Corpus(duplicates.told(found), failures)


def _row(name: str, words: object) -> Page:
    return Page(name, functools.partial(_words, name, words), name)


def _words(name: str, words: object) -> str:
    if not isinstance(words, str) or not words:
        raise SourceError(diagnostics.make("CLP115", file=name))
    return words


def read_page(page: Page, layout: Layout) -> list[Clipping]:
    """Read one page into its clippings; raises SourceError where it can not be read."""
    data = page.read()
    if isinstance(data, str) and not data:
        raise SourceError(diagnostics.make("CLP103", file=page.name))
    if page.id is None and inputs.is_markup(page.name):
        encoded = data.encode("utf-8", "replace") if isinstance(data, str) else data
        saved = html.read(encoded, file=page.name, layout=layout)
        return [_unplaced(one) for one in _clippings(saved.decoded, saved.layed, page.name, address=saved.address)]
    decoded = _of_text(data) if isinstance(data, str) else source.decode(data, file=page.name)
    return _clippings(decoded, lay_out(decoded.text, layout), page.name, page.id)


def _of_text(text: str) -> Decoded:
    return Decoded(text, "utf-8", b"", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _unplaced(clipping: Clipping) -> Clipping:
    """Lines and columns of the text taken from a saved page are not those of its file."""
    told = tuple(msgspec.structs.replace(one, line=0, column=0) for one in clipping.diagnostics)
    return msgspec.structs.replace(clipping, diagnostics=told)


def _clippings(
    decoded: Decoded, page: LaidOut, path: str, name: str | None = None, address: str = ""
) -> list[Clipping]:
    text = decoded.text
    told = [*decoded.diagnostics, *[msgspec.structs.replace(one, file=path) for one in page.diagnostics]]
    clippings: list[Clipping] = []
    for number, item in enumerate(page.items):
        is_first = number == 0 or item.page is not None
        if is_first:
            parts = fields.by_kind(blocks_in(page.blocks, item.page) if item.page else page.blocks)
            printed = fields.fields(text, parts, f"{path} {address}", page.form)
        found = {**printed, **item.fields} if item.fields else printed
        missing = fields.missing(text, parts, found, page.form, path) if is_first else ()
        clippings.append(
            Clipping(
                id=name or _stem(path) or decoded.sha256[:12],
                text=text,
                form=page.form,
                blocks=page.blocks,
                fields=found,
                body=Span(item.start, item.end),
                sha256=decoded.sha256,
                path=path,
                item=number,
                encoding=decoded.encoding,
                bom=decoded.bom,
                diagnostics=(*(told if number == 0 else ()), *missing),
            )
        )
    return clippings


def _stem(path: str) -> str:
    """The name of a file without its suffix; a stream such as ``<stdin>`` has none."""
    name = os.path.basename(path)  # noqa: PTH119 (called for every page, and much faster)
    at = name.rfind(".")
    return "" if path.startswith("<") else name[:at] if 0 < at < len(name) - 1 else name
