"""Sources to a corpus: each page becomes clippings, or a failure that says why and stops no other."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

import msgspec

from clippings import diagnostics
from clippings.corpus import Corpus
from clippings.model import Clipping, Diagnostic, Field, Span, blocks_in
from clippings.page import fields
from clippings.page import layout as layouts
from clippings.page.forms import LaidOut, Layout
from clippings.page.layout import lay_out
from clippings.reading import duplicates, inputs, keys, kinds, rows, source
from clippings.reading.archives import Page
from clippings.reading.saved import NO_FIELDS, Saved
from clippings.reading.source import Decoded, SourceError
from clippings.sources import Sources

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
    return _clippings(_of_text(text), lay_out(text, layout), Page(path, str))


def read(
    *sources: inputs.Sources,
    layout: Layout = "auto",
    on_error: OnError = "collect",
    strict: bool = False,
) -> Corpus:
    """Read files, folders, patterns, archives and open files into a corpus, sorted by path within each source.

    A folder gives its pages, those of its folders too: ``.txt``, saved HTML (``.html``, ``.htm``, ``.mht``) and the
    pages in its zip and tar files. Archives are read in memory; what could hurt in them is refused. A page that cannot
    be read is one of ``corpus.failures``, with the reason; every other page is read. ``corpus.sources`` has a row for
    every file that was seen, those of other kinds too, and ``corpus.summary`` adds them up. Exact copies of a page are
    kept, with a diagnostic that names the first; a file is read once, however many links lead to it.

    The ``id`` of a clipping is the path of its page below the source that was named, without suffix (``2007/001`` of
    ``press/2007/001.txt`` in ``read("press")``); a page named ``MMYYYY-N`` is called so wherever it lies. Where two
    pages would share an id, the later gets a number behind it and a diagnostic (CLP303).

    The text of a saved HTML page, and so what ``render()`` gives, is the text taken from it: its visible text if it is
    of this archive, else the article with its date, title, author and site. ``encoding`` and ``sha256`` are of the
    bytes. This needs the extra ``html``.

    Args:
        sources: files, folders, patterns such as ``press/**/*.txt``, archives, open files, or lists of them.
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
        id: the column of the names, which date a page as ``parse``'s path does; None takes the index. A name that an
            earlier row has gets a number behind it, and a diagnostic (CLP303).
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
    return gather(rows.pages(frame, text, id), layout, on_error)


def gather(pages: Iterable[Page], layout: Layout = "auto", on_error: OnError = "collect") -> Corpus:
    """Read pages into a corpus, whatever they come from; ``layout`` and ``on_error`` are those of ``read``."""
    layouts.check(layout)
    if on_error not in ("collect", "raise"):
        raise ValueError(f"on_error must be 'collect' or 'raise', not {on_error!r}")
    found: list[Clipping] = []
    failures: list[Diagnostic] = []
    sources = Sources()
    for page in pages:
        try:
            read = read_page(page, layout)
        except SourceError as error:
            sources.left(error.diagnostic, page.kind)
            if error.diagnostic.severity == "error":
                if on_error == "raise":
                    raise
                failures.append(error.diagnostic)
        else:
            sources.read(page.name, len(read), page.kind)
            found += read
    return Corpus(duplicates.told(found), failures, sources=sources)


def read_page(page: Page, layout: Layout) -> list[Clipping]:
    """Read one page into its clippings; raises SourceError where it can not be read."""
    data = page.read()
    if not data:
        raise SourceError(diagnostics.make("CLP103", file=page.name))
    reader = kinds.reader(page.name, data) if page.kind != "row" else None
    if reader is None:
        decoded = _of_text(data) if isinstance(data, str) else source.decode(data, file=page.name)
        return _clippings(decoded, lay_out(decoded.text, layout), page)
    encoded = data.encode("utf-8", "replace") if isinstance(data, str) else data
    taken = reader(encoded, file=page.name, layout=layout)
    read = taken if isinstance(taken, list) else [taken]
    pages = [_part(page, saved, is_first=saved is read[0]) for saved in read]
    return [_unplaced(one) for part, saved in zip(pages, read, strict=True) for one in _of_saved(saved, part)]


def _part(page: Page, saved: Saved, *, is_first: bool) -> Page:
    """The page of one text of a file that holds many: its key goes on behind that of the file, suffix included."""
    if not saved.key:
        return page
    suffix = os.path.splitext(page.name)[1]  # noqa: PTH122
    name = f"{page.id or _stem(page.name) or saved.decoded.sha256[:12]}{suffix}/{saved.key}"
    return page._replace(name=f"{page.name}/{saved.key}", id=name, notes=page.notes if is_first else ())


def _of_saved(saved: Saved, page: Page) -> list[Clipping]:
    return _clippings(saved.decoded, saved.layed, page, saved.address, saved.fallback)


def _of_text(text: str) -> Decoded:
    return Decoded(text, "utf-8", b"", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _unplaced(clipping: Clipping) -> Clipping:
    """Lines and columns of the text taken from a saved page are not those of its file."""
    told = tuple(msgspec.structs.replace(one, line=0, column=0) for one in clipping.diagnostics)
    return msgspec.structs.replace(clipping, diagnostics=told)


def _clippings(
    decoded: Decoded, laid: LaidOut, page: Page, address: str = "", fallback: Mapping[str, Field] = NO_FIELDS
) -> list[Clipping]:
    text, path = decoded.text, page.name
    told = (*decoded.diagnostics, *(msgspec.structs.replace(one, file=path) for one in laid.diagnostics), *page.notes)
    read = functools.cache(functools.partial(_fields, text, laid, f"{path} {address}"))
    clippings = []
    for number, item in enumerate(laid.items):
        parts, printed = read(item.page)
        found = {**fallback, **printed, **item.fields}
        is_told = number == 0 or item.page is not None
        missing = fields.missing(text, parts, found, laid.form, path) if is_told else ()
        clippings.append(
            Clipping(
                id=page.id or _stem(path) or decoded.sha256[:12],
                text=text,
                form=laid.form,
                blocks=laid.blocks,
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


def _fields(text: str, page: LaidOut, path: str, extent: Span | None) -> tuple[fields.Parts, dict[str, Field]]:
    """The blocks and fields of a page, or of one item of it."""
    parts = fields.by_kind(blocks_in(page.blocks, extent) if extent else page.blocks)
    return parts, fields.fields(text, parts, path, page.form)


def _stem(path: str) -> str:
    """The name of a file without its suffix; a stream such as ``<stdin>`` has none."""
    return "" if path.startswith("<") else keys.without_suffix(os.path.basename(path))  # noqa: PTH119
