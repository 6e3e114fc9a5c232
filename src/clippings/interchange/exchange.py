"""An annotated corpus out to another program, and what the program made of it back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from clippings import arguments, writing
from clippings.interchange import networks
from clippings.interchange._pages import pages, refuse_review
from clippings.interchange._reading import FormatError, frame, refuse_gaps, refuse_twice
from clippings.interchange._xml import package
from clippings.interchange.formats import FORMATS, Format, Parts, named
from clippings.model import Annotated, Clipping
from clippings.review import stored

if TYPE_CHECKING:
    import pandas as pd

    from clippings.corpus import AnnotatedCorpus


_OF_FILES = frozenset({".zip", ".tar", ".gz", ".tgz", ".txt", ".tsv", ".xlsx", ".xml", ".xmi", ".ann", ".html", ".pdf"})
"""Suffixes of files, which no folder has that is meant to be one."""


def write(
    annotated: AnnotatedCorpus,
    path: str | os.PathLike[str],
    *,
    format: str,  # noqa: A002
    text: bool = True,
    network: networks.Network = "speakers",
    overwrite: bool = False,
) -> Path:
    """Write an annotated corpus for another program, and return where; all of it or nothing.

    Args:
        annotated: what ``annotate`` or ``cl.load`` returns.
        path: a file, or a folder where the format is one; its own folder must exist.
        format: the name of one of ``FORMATS``.
        text: whether the texts of the pages may be in it; some formats are nothing without.
        network: of graphml and gexf: ``speakers`` quoted in one clipping, or ``entities`` named in one sentence.
        overwrite: whether what is at ``path`` may be replaced, where it holds no other files than those written.

    Raises:
        ValueError: there is no such format or network, the format cannot go without the text, or ``path`` is none.
        TypeError: the corpus is not annotated, or holds verdicts of coders that the format would lose.
        FormatError: there is something at ``path``, or its suffix is that of another format.
        ImportError: a package of the extra is not installed.
        LayerError: a network needs a layer that was not run.

    >>> import clippings as cl, tempfile
    >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write(annotated, f"{folder}/brat", format="brat")
    ...     read(made, format="brat").query("layer == 'quotes'")["speaker"].item()
    'Anna Petrova'
    """
    arguments.path("path", path, "give the file or folder to write")
    chosen, target = named(format), Path(path)
    if not hasattr(annotated, "layers"):
        raise TypeError(f"write needs an annotated corpus, not {type(annotated).__name__}; give corpus.annotate()")
    if not chosen.keeps_verdicts:
        refuse_review(annotated, f"{format} would hold what the library found, without the verdicts of coders")
    if not text and not chosen.without_text:
        able = ", ".join(one.name for one in FORMATS if one.without_text)
        raise ValueError(f"{format} is nothing without the text; text=False is for {able}")
    arguments.one_of("network", network, networks.NETWORKS)
    ready(chosen, target, overwrite=overwrite)
    parts = chosen.write(annotated, text=text, network=network)
    into = _into_file if chosen.suffix else _into_folder
    try:
        into(parts, target)
    except OSError as error:
        raise FormatError(f"{target}: cannot be written: {error.strerror}") from error
    return target


def read(path: str | os.PathLike[str], *, format: str, corpus: Iterable[Any] | None = None) -> pd.DataFrame:  # noqa: A002
    """Return the annotations that another program holds, one row each, made by people or not.

    Args:
        path: a file or folder; the zip of a project too, where the format is a folder.
        format: the name of one of ``FORMATS`` that goes both ways.
        corpus: the clippings that were exported, annotated or not. It says which clipping a file belongs to if the
            table ``documents.csv`` is missing, and gives the words if the format left out the text.

    Returns:
        ``id``, ``item``, ``layer``, ``start`` and ``end`` in code points, ``value``, ``speaker``, ``source_start``,
        ``source_end``, ``coder``, and the words with those around them: ``exact``, ``prefix``, ``suffix``. What the
        file does not say is None.

    Raises:
        ValueError: there is no such format, it is only written, or an argument is of another kind.
        FormatError: a file is damaged, of another format, too large, missing, or there twice; the message says which
            and where.
        ImportError: a package of the extra is not installed.

    >>> import clippings as cl, tempfile
    >>> annotated = cl.Corpus(cl.parse("Minsk waits.", path="a.txt", layout="plain")).annotate()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write(annotated, f"{folder}/marks.jsonld", format="w3c")
    ...     read(made, format="w3c")[["id", "layer", "start", "end", "value", "exact"]].head(1).values.tolist()
    [['a', 'mentions', 0, 5, 'BY', 'Minsk']]
    """
    arguments.path("path", path, "give the file or folder to read")
    if corpus is not None:
        arguments.several("corpus", corpus, (Clipping, Annotated), "give the clippings that were exported")
    chosen = named(format)
    if chosen.read is None:
        able = ", ".join(one.name for one in FORMATS if one.read)
        raise ValueError(f"{format} is only written; read is for {able}")
    place = Path(path)
    if not place.exists():
        raise FormatError(f"{path}: no such file or folder; check the path")
    if chosen.suffix and place.is_dir():
        raise FormatError(f"{path}: is a folder; {format} is a file, ending in {chosen.suffix}")
    known = [] if corpus is None else pages(corpus)
    found = chosen.read(place, corpus=known)
    refuse_gaps(place, found)
    refuse_twice(found)
    return frame(found, known)


def ready(chosen: Format, target: Path, *, overwrite: bool) -> None:
    """Refuse a path at which something is that was not to be replaced, and a format whose package is not installed.

    Raises:
        FormatError: the path is taken, or its suffix is that of another format.
        ImportError: the message names the extra.
    """
    if chosen.package:
        package(chosen.package)
    is_folder = target.is_dir()
    if is_folder and chosen.suffix:
        raise FormatError(f"{target}: is a folder; {chosen.name} is a file, so name one")
    if target.exists() and not is_folder and not chosen.suffix:
        raise FormatError(f"{target}: is a file; {chosen.name} is a folder, so name one")
    _refuse_suffix(chosen, target)
    if stored.held(target):
        raise FormatError(f"{target}: holds what coders decided, which would be lost; give another name")
    if target.exists() and not overwrite and not (is_folder and not any(target.iterdir())):
        raise FormatError(f"{target}: is there already; give another name, or overwrite")
    if is_folder and chosen.mark and not (target / chosen.mark).exists():
        _refuse_others(target, set())
    if not target.absolute().parent.is_dir():
        raise FormatError(f"{target}: its folder is not there; make it first")


def _refuse_suffix(chosen: Format, target: Path) -> None:
    """Refuse a name that says something else than the format."""
    suffix = target.suffix.lower()
    if chosen.suffix and suffix != chosen.suffix:
        said = f"as {suffix}" if suffix else "without a suffix"
        raise FormatError(f"{target}: {chosen.name} is not written {said}; give a name ending in {chosen.suffix}")
    if not chosen.suffix and suffix in _OF_FILES | {one.suffix for one in FORMATS if one.suffix}:
        raise FormatError(f"{target}: {chosen.name} is a folder, and no {suffix}; give the name of a folder")


def _into_file(parts: Parts, target: Path) -> None:
    with writing.moved_file(target) as file:
        for _, data in parts:
            file.write(data)


def _into_folder(parts: Parts, target: Path) -> None:
    with writing.moved_folder(target) as folder:
        made = set()
        for name, data in parts:
            file = folder / name
            made.add(PurePosixPath(name).parts[0])
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("ab") as opened:
                opened.write(data)
        _refuse_others(target, made)


def _refuse_others(target: Path, made: set[str]) -> None:
    """Refuse to replace a folder with files of somebody else."""
    kept = sorted(one.name for one in target.iterdir() if one.name not in made) if target.is_dir() else []
    if kept:
        raise FormatError(f"{target}: holds {kept[0]!r}, which would be lost; give another folder")
