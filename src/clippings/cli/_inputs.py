"""What the commands read: the paths that were named, the pages at them, or the folders of tables that they are."""

from __future__ import annotations

import argparse
import functools
import operator
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import clippings
from clippings.cli import _settings
from clippings.cli._output import STANDARD
from clippings.cli._shared import UsageError, account, complain, note

if TYPE_CHECKING:
    from clippings.codebook import Codebook
    from clippings.corpus import AnnotatedCorpus, Corpus
    from clippings.store.tables import Tables

GIVEN = ("date", "outlet", "language", "metadata", "key")
"""Options that say what is known of the pages."""


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


def read(options: argparse.Namespace, named: Sequence[str]) -> Corpus:
    """Read the pages.

    Raises:
        UsageError: what is given of them cannot be used, or one is a folder of tables.
    """
    if folders := _of_tables(named):
        said = "name the pages they were made from, or open them in Python with cl.load"
        raise UsageError(f"{folders[0]} holds tables, which are read and annotated already; {said}")
    known = given(options)
    try:
        return clippings.read(*sources(named), layout=options.layout, **known)
    except ValueError as error:
        if all(value is None for value in known.values()):
            raise
        raise UsageError(str(error)) from error


def given(options: argparse.Namespace) -> dict[str, Any]:
    """Return what is given of the pages, as ``read`` takes it."""
    return {name: getattr(options, name) for name in GIVEN}


def opened(options: argparse.Namespace, named: Sequence[str]) -> Corpus | Tables:
    """Read the pages, or load the tables where the paths are folders of them.

    Raises:
        UsageError: paths hold tables and pages, or tables are given what only pages take.
    """
    from clippings.review.stored import held
    from clippings.store.tables import unreviewed

    folders = _of_tables(named)
    if not folders:
        return read(options, named)
    if len(folders) < len(named):
        raise UsageError(f"{folders[0]} holds tables, and other paths hold pages; ask for them one after the other")
    defaults = {
        name: _settings.KEYS[name].default for name in (*GIVEN, "layout", "codebook", "extend") if name in options
    }
    other = [name for name, default in defaults.items() if (getattr(options, name) or default) != default]
    if other:
        said = f"leave out --{other[0]}, or its line in the settings"
        raise UsageError(f"{folders[0]} holds tables, which are read and annotated already; {said}")
    for folder in filter(held, map(Path, folders)):
        note(options, f"{folder} holds verdicts of coders, which are left out here: what the library found is read")
    return functools.reduce(operator.add, map(unreviewed, folders))


def _of_tables(named: Sequence[str]) -> list[str]:
    # os.path, unlike Path, answers False for a name that no file can have.
    return [path for path in named if path != STANDARD and os.path.isfile(os.path.join(path, "manifest.jsonl"))]  # noqa: PTH113, PTH118


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
