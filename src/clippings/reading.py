"""Paths, folders and patterns to a corpus; a file that can not be read becomes a diagnostic and stops no other."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from clippings import diagnostics, fields, source
from clippings.corpus import Corpus
from clippings.layout import Layout, lay_out
from clippings.model import Clipping, Diagnostic
from clippings.source import Decoded, SourceError

SUFFIX = ".txt"
_WILD = frozenset("*?[")


def parse(text: str, *, path: str = "", layout: Layout = "auto") -> list[Clipping]:
    r"""Parse the text of one page into its clippings, in order.

    Args:
        text: the page; kept whole, character for character.
        path: names the clipping and, as ``MMYYYY-N``, dates a page that prints no date.
        layout: ``auto`` tells the form from the page; ``plain`` takes a text that is all body.

    >>> page = "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nTalks in Minsk\n\nThey met on Tuesday.\n"
    >>> clipping = parse(page)[0]
    >>> clipping.title, clipping.date, clipping.render() == page
    ('Talks in Minsk', '2007-11-02', True)
    """
    encoded = text.encode("utf-8", "surrogatepass")
    return _parse(Decoded(text, "utf-8", b"", hashlib.sha256(encoded).hexdigest()), path, layout)


def read(*paths: str | os.PathLike[str], layout: Layout = "auto", strict: bool = False) -> Corpus:
    """Read files, folders and patterns into a corpus, sorted by path within each argument.

    A folder gives its ``.txt`` files, those of its folders too. A file that can not be read is one of
    ``corpus.failures``, with the reason; every other file is read.

    Args:
        paths: files, folders, or patterns such as ``press/**/*.txt``.
        layout: as for ``parse``.
        strict: raise the first failure instead of keeping it.

    Raises:
        SourceError: with ``strict``, the first file that can not be read.

    >>> import clippings as cl
    >>> corpus = cl.read("no-such-folder")
    >>> len(corpus), corpus.failures[0].code
    (0, 'CLP101')
    """
    found: list[Clipping] = []
    failures: list[Diagnostic] = []
    for file in _files(paths):
        try:
            found += _read_file(file, layout)
        except SourceError as error:
            if strict:
                raise
            failures.append(error.diagnostic)
    return Corpus(found, failures)


def _files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    seen: set[str] = set()
    for path in paths:
        for file in _expand(os.fspath(path)):
            place = os.path.normpath(Path(file).absolute())
            if place not in seen:
                seen.add(place)
                yield file


def _expand(path: str) -> list[str]:
    if _WILD & set(path) and not os.path.exists(path):  # noqa: PTH110 (an empty path is none, nor is one too long)
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (patterns may be absolute)
        return [file for match in matches for file in _walk(match)] or [path]
    return _walk(path)


def _walk(path: str) -> list[str]:
    if os.path.isdir(path):  # noqa: PTH112
        found = (file for file in Path(path).rglob("*") if file.suffix.lower() == SUFFIX and not file.is_dir())
        return sorted(map(str, found)) or [path]
    return [path]


def _read_file(path: str, layout: Layout) -> list[Clipping]:
    return _parse(source.decode(_bytes(path), file=path), path, layout)


def _bytes(path: str) -> bytes:
    try:
        status = os.stat(path)  # noqa: PTH116 (an empty path is no file)
        is_page = not stat.S_ISDIR(status.st_mode) and status.st_size <= source.MAX_BYTES
        data = Path(path).read_bytes() if is_page else b""
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: no file can have this name.
        raise SourceError(diagnostics.make("CLP101", file=path, path=path)) from error
    except OSError as error:
        raise SourceError(diagnostics.make("CLP107", file=path, reason=error.strerror)) from error
    if is_page:
        return data
    if stat.S_ISDIR(status.st_mode):
        raise SourceError(diagnostics.make("CLP102", file=path, path=path))
    raise SourceError(diagnostics.make("CLP106", file=path, size=status.st_size, limit=source.MAX_BYTES))


def _parse(decoded: Decoded, path: str, layout: Layout) -> list[Clipping]:
    text = decoded.text
    page = lay_out(text, layout)
    found = fields.fields(text, page.blocks, path)
    told = fields.missing(text, page.blocks, found, page.form, path)
    return [
        Clipping(
            id=Path(path).stem or decoded.sha256[:12],
            text=text,
            form=page.form,
            blocks=page.blocks,
            fields=found,
            body=body,
            sha256=decoded.sha256,
            path=path,
            item=item,
            encoding=decoded.encoding,
            bom=decoded.bom,
            diagnostics=(*decoded.diagnostics, *told) if item == 0 else (),
        )
        for item, body in enumerate(page.items)
    ]
