"""Sources to a corpus: each page becomes clippings, or a failure that says why and stops no other."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from clippings import arguments, hidden
from clippings.corpus import Corpus
from clippings.layers import running
from clippings.model import Block, Clipping, Diagnostic, Field, Span
from clippings.page import fields
from clippings.page import layout as layouts
from clippings.page.forms import LaidOut, Layout
from clippings.page.layout import lay_out
from clippings.places import starting_in
from clippings.reading import damage, duplicates, foreign, inputs, keys, kinds, languages, rows, source
from clippings.reading import metadata as given
from clippings.reading.archives import RawPage
from clippings.reading.saved import NO_FIELDS, Saved
from clippings.reading.source import Decoded, SourceError, refusal
from clippings.sources import Sources
from clippings.text import invisible

if TYPE_CHECKING:
    import pandas as pd

OnError = Literal["collect", "raise"]


def parse(text: str, *, path: str = "", layout: Layout = "auto") -> list[Clipping]:
    r"""Parse the text of one page into its clippings, in order.

    Args:
        text: the page; kept whole, character for character.
        path: names the clipping and, as ``MMYYYY-N``, dates a page that prints no date.
        layout: ``auto`` finds out the form of the page; ``plain`` reads all of it as body; or the name of a form.

    Raises:
        ArgumentError: ``text`` or ``path`` is not a string.
        ValueError: there is no such layout.

    >>> page = "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nTalks in Minsk\n\nThey met on Tuesday.\n"
    >>> clipping = parse(page)[0]
    >>> clipping.title, clipping.date, clipping.render() == page
    ('Talks in Minsk', '2007-11-02', True)
    """
    arguments.text("text", text, "for a file there is read, and bytes are decoded first")
    arguments.text("path", path, "give the name of the page, or leave it out")
    return _clippings(_of_text(text), layout, RawPage(path, str))


def read(
    *sources: inputs.Sources,
    layout: Layout = "auto",
    on_error: OnError = "collect",
    strict: bool = False,
    date: object = None,
    outlet: str | None = None,
    language: str | None = None,
    metadata: object = None,
    key: str | None = None,
) -> Corpus:
    """Read files, folders, patterns, archives and open files into a corpus, sorted by path within each source.

    A folder is read with all its subfolders: ``.txt``, saved HTML (``.html``, ``.htm``, ``.mht``), documents
    (``.docx``, ``.odt``, ``.rtf``, ``.pdf``, ``.eml``), files of many texts (``.mbox``, ``.csv``, ``.tsv``, ``.xlsx``,
    ``.epub``, ``.rss``, ``.atom``, ``.xml``), each of these also as ``.gz``, and the pages in zip and tar files. Each
    document of a press database's export becomes a clipping. Archives are unpacked in memory, up to a limit. A page
    that cannot be read does not stop the others: it is in ``corpus.failures``, with the reason. ``corpus.sources`` has
    a row for every file that was seen, also of kinds that are not read, and ``corpus.summary`` adds them up. Exact
    copies of a page are kept, with a diagnostic that names the first; a file to which several links lead is read once.

    The ``id`` of a clipping is the path of its page below the source that was named, without suffix (``2007/001`` for
    ``press/2007/001.txt`` in ``read("press")``); a page named ``MMYYYY-N`` has that name as its id in any folder. If
    two pages would have the same id, the later one gets a number after it and a diagnostic (CLP303). In a file of many
    texts, the id is the file's name and that of the text: ``press.csv/3`` is the third row. Documents of one export
    have the same id and text, and differ by ``item``.

    The text of a document, which ``render()`` also gives, is what was extracted from it; this needs the extra
    ``documents``. The text of a saved HTML page is all its visible text if the page is of this archive or an export,
    else the article with its date, title, author and site; this needs the extra ``html``. ``encoding`` and ``sha256``
    are those of the file's bytes; a row, a mail and an entry have a ``sha256`` of their own.

    What you give overrides what the page prints. The field then has the basis ``given``, and ``fields`` keeps the
    printed value too, as ``printed_date``. Diagnostics report dates that differ by more than three days (CLP406), rows
    without a file (CLP408) and files without a row (CLP409).

    Args:
        sources: files, folders, patterns such as ``press/**/*.txt``, archives, open files, or lists of them.
        layout: as for ``parse``.
        on_error: ``collect`` keeps what fails in ``corpus.failures``; ``raise`` raises the first failure.
        strict: short for ``on_error="raise"``.
        date: the date of all pages, in ISO 8601 or as the English-language press writes it, day first.
        outlet: the outlet of all pages.
        language: the ISO 639-1 code of their language, which is then not detected; only English is annotated.
        metadata: a table with one row per file: the path of a CSV, TSV, Excel or Parquet file, a frame, or the path of
            a library of references in CSL-JSON (``.json``), whose attachments are the files. Its columns ``title``,
            ``date``, ``outlet``, ``byline``, ``url`` and ``language`` override what is given for all pages; other
            columns are kept in the frame ``clippings``.
        key: the column of ``metadata`` that names the file: its path, its path below the source, its ``id``, or its
            name if no other page has it; with or without suffix. ``file`` if not given.

    Raises:
        SourceError: the first page that cannot be read, if asked for.
        ValueError: ``date`` or ``language`` is not valid; ``metadata`` cannot be read or has no column ``key``; or
            ``key`` is given without ``metadata``.

    >>> import clippings as cl
    >>> corpus = cl.read("no-such-folder")
    >>> len(corpus), corpus.failures[0].code
    (0, 'CLP101')
    >>> import io
    >>> cl.read(io.StringIO("Minsk was quiet."), layout="plain")[0].body.end
    16
    """
    listed = list(inputs.each(sources))
    told = about(listed, date=date, outlet=outlet, language=language, metadata=metadata, key=key)
    return gather(told.about(inputs.pages(listed)), layout, "raise" if strict else on_error, told.unused)


def about(
    sources: Sequence[inputs.Source],
    *,
    date: object = None,
    outlet: str | None = None,
    language: str | None = None,
    metadata: object = None,
    key: str | None = None,
) -> given.Known:
    """Return what is known of the pages of sources beforehand; the arguments and errors are those of ``read``."""
    known = given.whole(date=date, outlet=outlet, language=language)
    if metadata is None and key is not None:
        raise ValueError(f"key={key!r} names a column of metadata; give metadata= too")
    rows = None if metadata is None else given.table(metadata, key or "file")
    named = inputs.pages(source for source in sources if not hasattr(source, "read")) if rows else ()
    return given.Known(known, rows, named)


def read_frame(
    frame: pd.DataFrame,
    *,
    text: str = "text",
    id: str | None = "id",  # noqa: A002
    title: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    layout: Layout = "auto",
    on_error: OnError = "collect",
) -> Corpus:
    """Read the pages of a frame, one a row, in the order of its rows.

    The columns of title, date, outlet, byline and url override what the page prints, as with ``read``. If you do not
    name one, a column with that name is used, as is a column ``language``. Other columns are kept in the frame
    ``clippings``.

    Args:
        frame: the rows.
        text: the column of the texts; a row without one is a failure.
        id: the column of the names, which date a page as ``parse``'s path does; None takes the index. A name that an
            earlier row has gets a number behind it, and a diagnostic (CLP303).
        title: the column of the titles.
        date: the column of the dates.
        outlet: the column of the outlets.
        byline: the column of the authors.
        url: the column of the source addresses.
        layout: as for ``parse``.
        on_error: as for ``read``.

    Raises:
        KeyError: the frame has no such column.
        TypeError: it is no frame.
        ValueError: it has two such columns.
        SourceError: the first row without a text, if asked for.

    >>> import pandas as pd
    >>> corpus = read_frame(pd.DataFrame({"id": ["112007-3"], "text": ["Talks in Minsk"]}))
    >>> corpus[0].id, corpus[0].title, corpus[0].date
    ('112007-3', 'Talks in Minsk', '2007-11')
    """
    named = {"title": title, "date": date, "outlet": outlet, "byline": byline, "url": url}
    return gather(rows.pages(frame, text, id, named), layout, on_error)


def gather(
    pages: Iterable[RawPage],
    layout: Layout = "auto",
    on_error: OnError = "collect",
    notes: Callable[[], Iterable[Diagnostic]] = tuple,
) -> Corpus:
    """Read pages into a corpus, whatever they come from; ``layout`` and ``on_error`` are those of ``read``.

    ``notes`` are asked for when all pages are read.
    """
    layouts.check(layout)
    arguments.one_of("on_error", on_error, ("collect", "raise"))
    found: list[Clipping] = []
    failures: list[Diagnostic] = []
    sources = Sources()
    for page in pages:
        try:
            read = read_page(page, layout)
        except Exception as error:  # (failure is data: whatever it is, the other pages are read)
            why = error.diagnostic if isinstance(error, SourceError) else running.fault(page.name, error)
            sources.left(why, page.kind)
            if why.severity == "error":
                if on_error == "raise":
                    raise
                failures.append(why)
        else:
            sources.read(page.name, len(read), page.kind)
            found += read
    sources.notes += notes()
    return Corpus(duplicates.diagnose(found), failures, sources=sources)


def read_page(page: RawPage, layout: Layout) -> list[Clipping]:
    """Read one page into its clippings; raises SourceError where it cannot be read."""
    data = page.read()
    if not data:
        raise refusal("CLP103", page.name)
    reader = kinds.reader(page.name, data) if page.kind != "row" else None
    if reader is None:
        if page.kind != "row":
            foreign.refuse(data, page.name)
        decoded = _of_text(data) if isinstance(data, str) else source.decode(data, file=page.name)
        return _clippings(decoded, layout, page)
    encoded = data.encode("utf-8", "replace") if isinstance(data, str) else data
    taken = reader(encoded, file=page.name, layout=layout)
    read = taken if isinstance(taken, list) else [taken]
    return [_unplaced(one) for saved in read for one in _of_saved(saved, page, is_first=saved is read[0])]


def _of_saved(saved: Saved, page: RawPage, *, is_first: bool) -> list[Clipping]:
    """The clippings of a text taken from a file; one of many goes by a key behind that of the file, suffix included."""
    if saved.key:
        suffix = os.path.splitext(page.name)[1]  # noqa: PTH122
        name = f"{page.id or _stem(page.name) or saved.decoded.sha256[:12]}{suffix}/{saved.key}"
        notes, known = page.notes if is_first else (), {**page.given, **saved.given}
        page = page._replace(name=f"{page.name}/{saved.key}", id=name, notes=notes, given=known)
    return _clippings(saved.decoded, saved.laid, page, saved.address, saved.fallback)


def _of_text(text: str) -> Decoded:
    return Decoded(text, "utf-8", b"", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _unplaced(clipping: Clipping) -> Clipping:
    """Lines and columns of the text taken from a saved page are not those of its file."""
    told = tuple(msgspec.structs.replace(one, line=0, column=0) for one in clipping.diagnostics)
    return msgspec.structs.replace(clipping, diagnostics=told)


def _clippings(
    decoded: Decoded, how: LaidOut | Layout, page: RawPage, address: str = "", fallback: Mapping[str, Field] = NO_FIELDS
) -> list[Clipping]:
    """Make the clippings of a text, laid out or to be laid out, by what is visible of it."""
    view = invisible.visible(decoded.text)
    text = view.text if view else decoded.text
    if isinstance(how, LaidOut):
        laid = how._replace(blocks=view.seen(how.blocks), items=view.seen(how.items)) if view else how
    else:
        laid = lay_out(text, how)
    laid = laid._replace(blocks=_joined(laid.blocks, hidden.cuts(text)))
    found = _read_items(decoded, text, laid, page, address, fallback)
    if view is None:
        return found
    blocks = tuple(map(view.whole, laid.blocks)) or (Block(0, len(decoded.text), "blank"),)
    return [
        msgspec.structs.replace(
            one, text=decoded.text, blocks=blocks, fields=view.exact(one.fields), body=view.whole(one.body)
        )
        for one in found
    ]


def _read_items(
    decoded: Decoded, text: str, laid: LaidOut, page: RawPage, address: str, fallback: Mapping[str, Field]
) -> list[Clipping]:
    path, items = page.name, laid.items
    of_page = (msgspec.structs.replace(one, file=path) for one in laid.diagnostics)
    told = (*decoded.diagnostics, *damage.diagnose(decoded.text, path), *of_page, *page.notes)
    spoken = functools.cache(lambda start, end: page.given.get("language") or languages.language(text[start:end]))
    filled = given.filled(page.given)
    name = page.id or _stem(path) or decoded.sha256[:12]
    about: dict[str, Any] = {"path": path, "encoding": decoded.encoding, "bom": decoded.bom, "given": page.given}
    shared = Clipping(name, text, laid.form, laid.blocks, {}, Span(0, 0), decoded.sha256, **about)
    clippings: list[Clipping] = []
    for number, item in enumerate(items):
        is_first = number == 0 or item.page is not None
        if is_first:
            parts = fields.by_kind(
                starting_in(laid.blocks, item.page.start, item.page.end) if item.page else laid.blocks
            )
            printed = fields.fields(text, parts, f"{path} {address}", laid.form)
        own = {**fallback, **printed, **item.fields} if fallback or item.fields else printed
        found, differs = given.merged(text, own, page.given, path, alone=len(items) == 1)
        speech = spoken(item.start, item.end) if item.page else spoken(items[0].start, items[-1].end)
        gaps = (one for one in fields.missing(text, parts, own, laid.form, path) if one.code not in filled)
        missing = (*gaps, *languages.diagnose(speech, path)) if is_first else ()
        notes = (*(told if number == 0 else ()), *missing, *differs)
        body = Span(item.start, item.end)
        made = msgspec.structs.replace(shared, fields=found, body=body, item=number, diagnostics=notes, language=speech)
        clippings.append(made)
    return clippings


def _joined(blocks: Sequence[Block], cuts: Sequence[tuple[int, int]]) -> tuple[Block, ...]:
    """No word goes from one paragraph to another: where a hyphen cuts one at the end of a line, they are one."""
    if not cuts:
        return tuple(blocks)
    ends = {end for _, end in cuts}
    found: list[Block] = []
    for block in blocks:
        parts = [one.kind for one in (*found[-2:], block)]
        if block.start in ends and parts == ["paragraph", "blank", "paragraph"]:
            found[-2:] = [Block(found[-2].start, block.end, "paragraph")]
        else:
            found.append(block)
    return tuple(found)


def _stem(path: str) -> str:
    """The name of a file without its suffix; a stream such as ``<stdin>`` has none."""
    return "" if path.startswith("<") else keys.without_suffix(os.path.basename(path))  # noqa: PTH119
