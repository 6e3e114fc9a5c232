"""What the commands read: the paths that were named, with the pages or the results of earlier runs at them."""

from __future__ import annotations

import argparse
import functools
import operator
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import clippings
from clippings.cli import _settings
from clippings.cli._output import STANDARD
from clippings.cli._shared import Opened, UsageError, account, complain, note, warn

if TYPE_CHECKING:
    from clippings.codebook import Codebook
    from clippings.corpus import AnnotatedCorpus, Corpus
    from clippings.review import CuratedCorpus
    from clippings.store.tables import Tables

GIVEN = ("date", "outlet", "language", "metadata", "key")
"""Options that say what is known of the pages."""
_APART = "ask for them one after the other"
_BEGINS = b'{"schema":'
"""The first bytes of annotated clippings as JSON Lines."""


def paths(options: argparse.Namespace) -> list[str]:
    """Return the paths that were named; those of a list come last, and are paths all of them.

    Raises:
        UsageError: there are none, or the list cannot be read.
    """
    if options.files_from is None:
        if not options.paths:
            raise UsageError("the following arguments are required: PATH, or --files-from FILE")
        return list(options.paths)
    if options.files_from == STANDARD and STANDARD in options.paths:
        raise UsageError("standard input cannot be both a page and the list of --files-from; name one as a file")
    try:
        data = sys.stdin.buffer.read() if options.files_from == STANDARD else Path(options.files_from).read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise UsageError(f"--files-from {options.files_from}: cannot be read: {said}") from error
    lines = data.split(b"\0") if b"\0" in data else data.removeprefix(b"\xef\xbb\xbf").splitlines()
    listed = [os.fsdecode(line) for line in lines if line]
    if not listed and not options.paths:
        raise UsageError(f"--files-from {options.files_from}: names no file")
    return [*options.paths, *(os.path.join(os.curdir, one) if one == STANDARD else one for one in listed)]  # noqa: PTH118


def sources(named: Iterable[str]) -> list[str | BinaryIO]:
    """Return paths as ``read`` takes them, with standard input for its sign."""
    return [sys.stdin.buffer if path == STANDARD else path for path in named]


def given(options: argparse.Namespace) -> dict[str, Any]:
    """Return what is given of the pages, as ``read`` takes it."""
    return {name: getattr(options, name) for name in GIVEN}


def read(options: argparse.Namespace, named: Sequence[str]) -> Corpus:
    """Read the pages.

    Raises:
        UsageError: what is given of them cannot be used, or one is a folder of tables.
    """
    if folder := next(filter(_is_folder_of_tables, named), None):
        said = "name the pages they were made from; clippings report, export, search, diff and review open tables"
        raise UsageError(f"{folder} holds tables, which are read and annotated already; {said}")
    known = given(options)
    try:
        return clippings.read(*sources(named), layout=options.layout, **known)
    except ValueError as error:
        if all(value is None for value in known.values()):
            raise
        raise UsageError(str(error)) from error


def opened(
    options: argparse.Namespace, named: Sequence[str], book: Callable[[argparse.Namespace], Codebook] | None = None
) -> Opened:
    """Return what the paths hold, once it was said what became of the files: every command opens its inputs so.

    Args:
        options: those of the command.
        named: files and folders of pages; or results of earlier runs, that is JSON Lines, folders of tables, or one
            folder of tables with what coders decided.
        book: gives the codebook of the options, that pages are annotated with; they are read alone if not given.

    Raises:
        UsageError: paths hold results and pages, results of two kinds, or what cannot be joined or read; or results
            are given what only pages take.
    """
    results = [path for path in named if _is_result(path)]
    if not results:
        codebook = book(options) if book else None
        corpus = read(options, named)
        if codebook:
            return annotated(options, corpus, codebook)
        say_read(options, corpus)
        return corpus
    if len(results) < len(named):
        raise UsageError(f"{results[0]} holds annotated clippings, and other paths hold pages; {_APART}")
    defaults = {
        name: _settings.KEYS[name].default for name in (*GIVEN, "layout", "codebook", "extend") if name in options
    }
    other = [name for name, default in defaults.items() if (getattr(options, name) or default) != default]
    if other:
        said = f"leave out --{other[0]}, or its line in the settings"
        raise UsageError(f"{results[0]} holds clippings that are read and annotated already; {said}")
    found = _results(results)
    complain(found.failures)
    account(options, found)
    return found


def corrected(options: argparse.Namespace, found: Opened) -> Corpus | AnnotatedCorpus | Tables:
    """Return annotations as coders hold them right, or with ``--as-found`` as the library found them, and say which."""
    if not isinstance(found, clippings.review.CuratedCorpus):
        return found
    if options.as_found:
        note(options, "what the library found is taken, without the verdicts of coders")
        return found.annotated  # type: ignore[return-value]
    note(options, "what coders hold right is taken; for what the library found give --as-found")
    return found.corrected()


def _results(paths: Sequence[str]) -> AnnotatedCorpus | Tables | CuratedCorpus:
    from clippings.review import stored

    folders = [path for path in paths if _is_folder_of_tables(path)]
    if folders and len(folders) < len(paths):
        raise UsageError(f"{folders[0]} holds tables, and other paths are JSON Lines; {_APART}")
    reviewed = next((path for path in folders if stored.held(Path(path))), None)
    if reviewed and len(paths) > 1:
        raise UsageError(f"{reviewed} holds what coders decided, which is not joined with others; {_APART}")
    try:
        return functools.reduce(operator.add, map(clippings.load if folders else clippings.read_jsonl, paths))
    except (clippings.FolderError, clippings.ResultError):
        raise
    except (OSError, ValueError) as error:
        raise UsageError(str(error)) from error


def is_streamed(path: str) -> bool:
    """Tell whether a path is a result without what coders decided, which need not be read whole."""
    from clippings.review import stored

    return _is_result(path) and not stored.held(Path(path))


def _is_folder_of_tables(path: str) -> bool:
    # os.path, unlike Path, answers False for a name that no file can have.
    return path != STANDARD and os.path.isfile(os.path.join(path, "manifest.jsonl"))  # noqa: PTH113, PTH118


def _is_result(path: str) -> bool:
    """Tell whether a path is what an earlier run wrote: by its name, or as it begins so."""
    if _is_folder_of_tables(path):
        return True
    if path == STANDARD or not os.path.isfile(path):  # noqa: PTH113
        return False
    if path.lower().endswith((".jsonl", ".ndjson")):
        return True
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_BEGINS)) == _BEGINS
    except OSError:
        return False  # Reading it says why.


def annotated(options: argparse.Namespace, corpus: Corpus, codebook: Codebook) -> AnnotatedCorpus:
    """Return the corpus annotated, once it was said what became of its files, and what could not be annotated."""
    say_read(options, corpus)
    found = corpus.annotate(codebook, workers=options.workers)
    complain(found.failures[len(corpus.failures) :])
    return found


def say_read(options: argparse.Namespace, corpus: Corpus) -> None:
    """Say what became of the files of a corpus."""
    complain(corpus.failures)
    if not options.quiet:
        complain(corpus.notes)
    account(options, corpus)
    warn(options, corpus)
