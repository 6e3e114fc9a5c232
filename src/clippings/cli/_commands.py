"""The command line: ``clippings parse``, ``annotate``, ``check``, ``diff`` and ``codebook``."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import clippings
from clippings.cli import _check, _codebook, _diff

if TYPE_CHECKING:
    from clippings.codebook import Codebook
    from clippings.corpus import Corpus
    from clippings.model import Annotated, Clipping, Diagnostic

_DONE, _FAILED, _USAGE, _INTERRUPTED = 0, 1, 2, 130

_EXAMPLES = """examples:
  clippings parse press/ --format table
  clippings parse 112007-14.txt > clipping.jsonl
  clippings annotate press/ 'more/*.txt' -o evidence.jsonl
  clippings annotate 'press/**' -o tables/ --workers 2
  clippings annotate notes.txt --layout plain --format table
  clippings check press/
  clippings diff old.jsonl new.jsonl
  clippings codebook show security

exit status: 0 all files read, 1 a file failed, 2 wrong usage, 130 stopped by Ctrl-C
"""
_ANNOTATE = """An OUTPUT that ends in / or is a folder gets Parquet tables, one folder for each: quotes, mentions, dates
and so on. They are written part by part, so that any number of pages fits into memory. The same command started again
goes on where it was stopped: parts whose pages and files are as they were are kept, the others are made.

"""


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: the words after the program's name.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return _USAGE
    try:
        return _run(options)
    except BrokenPipeError:
        # Whoever read our output has left; closing quietly is what a filter does.
        _hang_up()
        return _DONE
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "clippings",
        description="Turn saved press clippings into evidence.",
        epilog=_EXAMPLES,
        formatter_class=layout,
    )
    parser.add_argument("--version", action="version", version=f"clippings {clippings.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    parse = commands.add_parser(
        "parse", help="read pages into fields and blocks", epilog=_EXAMPLES, formatter_class=layout
    )
    annotate = commands.add_parser(
        "annotate",
        help="read pages and find the evidence in them",
        epilog=_ANNOTATE + _EXAMPLES,
        formatter_class=layout,
    )
    told = "one JSON object a clipping (default), or a table to read"
    parse.add_argument("--format", choices=("jsonl", "table"), default="jsonl", help=told)
    told = f"{told}, or Parquet tables in the folder OUTPUT"
    annotate.add_argument("--format", choices=("jsonl", "table", "parquet"), help=told)
    for command in (parse, annotate, _check.add(commands)):
        _add_shared(command)
    _add_work(annotate)
    _diff.add(commands)
    _codebook.add(commands)
    return parser


def _add_work(annotate: argparse.ArgumentParser) -> None:
    annotate.add_argument(
        "--codebook", default="security", metavar="NAME", help="a codebook's name or folder (security)"
    )
    _codebook.add_extend(annotate)
    annotate.add_argument(
        "--workers", type=_count, default=1, metavar="N", help="processes to share the work (1); the output is the same"
    )
    annotate.add_argument(
        "--overwrite", action="store_true", help="begin anew where the folder OUTPUT has tables of another run"
    )


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of processes, which is 1 or more")
    return int(word)


def _add_shared(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a file, a folder, a zip or tar file, a quoted pattern, or - for standard input",
    )
    command.add_argument(
        "--layout",
        choices=("auto", "plain"),
        default="auto",
        help="plain: the text is all body, without page furniture",
    )
    command.add_argument("-o", "--output", metavar="OUTPUT", help="write to a file instead of standard output")


def _run(options: argparse.Namespace) -> int:
    try:
        if options.command == "codebook":
            return _run_codebook(options)
        if options.command == "diff":
            return _run_diff(options)
        return _into_tables(options) if _wants_tables(options) else _read(options)
    except (
        clippings.CodebookError,
        clippings.FolderError,
        clippings.ResultError,
        clippings.WorkerError,
        _UnwritableError,
    ) as error:
        _say(f"clippings: {error}")
        if isinstance(error, _UnwritableError) and options.output is None:
            _hang_up()
        return _FAILED if isinstance(error, clippings.WorkerError) else _USAGE


def _run_codebook(options: argparse.Namespace) -> int:
    status, lines = _codebook.run(options)
    with _target(options.output) as target:
        target.writelines(f"{line}\n".encode("utf-8", "replace") for line in lines)
    return status


def _run_diff(options: argparse.Namespace) -> int:
    found = _diff.compared(options)
    with _target(None) as target:
        for line in _diff.lines(options, found):
            target.write(f"{line}\n".encode("utf-8", "replace"))
    for note in _diff.notes(options, found):
        _say(f"clippings: {note}")
    return _FAILED if found.counts else _DONE


def _wants_tables(options: argparse.Namespace) -> bool:
    if options.command != "annotate" or options.format not in (None, "parquet"):
        return False
    if options.format and not options.output:
        raise clippings.FolderError("--format parquet writes a folder of tables; name it with -o")
    if not options.output:
        return False
    return bool(options.format) or options.output.endswith(("/", os.sep)) or Path(options.output).is_dir()


def _into_tables(options: argparse.Namespace) -> int:
    try:
        tables = clippings.annotate_to(
            _sources(options),
            options.output,
            codebook=_loaded(options),
            layout=options.layout,
            workers=options.workers,
            overwrite=options.overwrite,
        )
    except KeyboardInterrupt:
        _say(f"clippings: stopped; the same command goes on where {options.output} ends")
        return _INTERRUPTED
    except OSError as error:
        raise _unwritable(options.output, error) from error
    _complain(tables.failures)
    return _FAILED if tables.failures else _DONE


def _sources(options: argparse.Namespace) -> list[str | BinaryIO]:
    return [sys.stdin.buffer if path == "-" else path for path in options.paths]


def _read(options: argparse.Namespace) -> int:
    corpus = clippings.read(*_sources(options), layout=options.layout)
    if options.output and Path(options.output).resolve() in {Path(clipping.path).resolve() for clipping in corpus}:
        _say(f"clippings: {options.output}: is one of the pages read and would be lost; give another file with -o")
        return _USAGE
    if options.command == "check":
        return _run_check(options, corpus)
    _complain(corpus.failures)
    found: Iterable[Clipping | Annotated] = corpus
    failed = len(corpus.failures)
    if options.command == "annotate":
        found = annotated = corpus.annotate(_loaded(options), workers=options.workers)
        _complain(annotated.failures[failed:])
        failed = len(annotated.failures)
    with _target(options.output) as target:
        for line in _LINES[options.command, options.format or "jsonl"](found):
            target.write(line)
    return _FAILED if failed else _DONE


def _run_check(options: argparse.Namespace, corpus: Corpus) -> int:
    status, lines, summed = _check.run(options, corpus)
    with _target(options.output) as target:
        target.writelines(f"{line}\n".encode("utf-8", "replace") for line in lines)
    _say(f"clippings: {summed}")
    return status


def _loaded(options: argparse.Namespace) -> Codebook:
    return _codebook.load(options.codebook, options.extend)


def _hang_up() -> None:
    """Give up standard output, so that its remainder is not tried again when the process ends."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


class _UnwritableError(Exception):
    """The output file can not be written."""


@contextlib.contextmanager
def _target(path: str | None) -> Iterator[BinaryIO]:
    try:
        with contextlib.nullcontext(sys.stdout.buffer) if path is None else Path(path).open("wb") as file:
            yield file
            file.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(path or "standard output", error) from error


def _unwritable(name: str, error: OSError) -> _UnwritableError:
    return _UnwritableError(f"{name}: can not be written: {error.strerror}; give another file with -o")


def _complain(failures: Iterable[Diagnostic]) -> None:
    for failure in failures:
        _say(str(failure))


def _say(line: str) -> None:
    """Print one line, whatever a file's name holds."""
    print(" ".join(line.encode("utf-8", "replace").decode("utf-8").splitlines()), file=sys.stderr)


def _jsonl(found: Iterable[Clipping | Annotated]) -> Iterator[bytes]:
    from clippings.tables import jsonl

    return map(jsonl.line, found)


def _parsed_table(found: Iterable[Clipping]) -> Iterator[bytes]:
    head = ("id", "form", "date", "publisher", "paragraphs", "diagnostics", "title")
    rows = (
        (
            c.id,
            c.form,
            c.date,
            c.publisher,
            len(c.paragraphs),
            " ".join(d.code for d in c.diagnostics),
            c.title,
        )
        for c in found
    )
    return _table(head, rows)


def _annotated_table(found: Iterable[Annotated]) -> Iterator[bytes]:
    head = ("id", "date", "quotes", "mentions", "dates", "errata", "themes", "speakers")
    rows = (
        (p.clipping.id, p.clipping.date, len(p.quotes), len(p.mentions), len(p.dates), len(p.errata),
         " ".join(p.document_themes), ", ".join(dict.fromkeys(q.speaker for q in p.quotes if q.speaker)))
        for p in found
    )  # fmt: skip
    return _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Align the columns to their widest cell; the last one runs free."""
    cells = [tuple(head), *(tuple("-" if cell in (None, "") else str(cell) for cell in row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield (line.rstrip() + "\n").encode("utf-8", "replace")


_LINES: dict[tuple[str, str], Callable[[Any], Iterator[bytes]]] = {
    ("parse", "jsonl"): _jsonl,
    ("annotate", "jsonl"): _jsonl,
    ("parse", "table"): _parsed_table,
    ("annotate", "table"): _annotated_table,
}
