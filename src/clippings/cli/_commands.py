"""What each command of ``clippings`` does with its options."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import clippings
from clippings.cli import (
    _check,
    _codebook,
    _diff,
    _export,
    _fetch,
    _inputs,
    _output,
    _rendering,
    _report,
    _review,
    _search,
    _settings,
    _verify,
)
from clippings.cli._output import UnwritableError
from clippings.cli._parser import parser
from clippings.cli._shared import Opened, UsageError, account, complain, completion, detail, note, say, warn
from clippings.display.escaping import for_terminal

if TYPE_CHECKING:
    from clippings.codebook import Codebook
    from clippings.corpus import AnnotatedCorpus, Corpus

_DONE, _FAILED, _USAGE, _INTERRUPTED = 0, 1, 2, 130
_OF_CATALOGUES = {"fetch": _fetch, "verify": _verify}


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: the words after the program's name.
    """
    program = parser()
    options = program.parse_args(arguments)
    try:
        if options.print_completion:
            print(completion(program, options.print_completion))
            return _DONE
        if options.command is None:
            program.print_help()
            return _USAGE
        return _run(options)
    except BrokenPipeError:
        # Whoever read our output has left; closing quietly is what a filter does.
        _hang_up()
        return _DONE
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    try:
        return _RUN.get(options.command, _run_on_pages)(options, _settings.apply(options))
    except (
        clippings.CodebookError,
        clippings.FolderError,
        clippings.ResultError,
        clippings.SearchError,
        clippings.WorkerError,
        UnwritableError,
        UsageError,
    ) as error:
        say(f"clippings: {error}")
        if isinstance(error, UnwritableError) and options.output is None:
            _hang_up()
        return _FAILED if isinstance(error, clippings.WorkerError) else _USAGE


def _run_codebook(options: argparse.Namespace, _: Sequence[str]) -> int:
    status, lines = _codebook.run(options)
    _write(options, map(_rendering.encoded, lines))
    return int(status)


def _run_diff(options: argparse.Namespace, _: Sequence[str]) -> int:
    options.format = _output.prepared("diff", options.output, options.format, (options.old, options.new))
    found = _diff.compared(*(_compared(options, path) for path in (options.old, options.new)))
    _write(options, map(_rendering.encoded, _diff.lines(options, found)))
    for line in _diff.notes(options, found):
        note(options, line)
    return _FAILED if found.counts else _DONE


def _compared(options: argparse.Namespace, path: str) -> Any:
    """A result by its path, which is read page by page; pages, and what coders decided, as annotations."""
    if _inputs.is_streamed(path) or not os.path.exists(path):  # noqa: PTH110 (False for any name)
        return path
    found = _inputs.corrected(options, _inputs.opened(options, [path], _loaded))
    if not len(found):
        raise UsageError(f"{path}: no page was read; give annotated results, or pages")
    return found


def _run_review(options: argparse.Namespace, _: Sequence[str]) -> int:
    _review.check(options)
    annotated = _inputs.opened(options, _inputs.paths(options), _loaded)
    status = _review.run(options, annotated)
    return _FAILED if annotated.failures else status


def _run_on_catalogue(options: argparse.Namespace, _: Sequence[str]) -> int:
    command = _OF_CATALOGUES[options.command]
    form = _output.prepared(options.command, options.output, options.format, command.kept(options))
    status, parts, summed = command.run(options, form)
    _write(options, parts)
    note(options, summed)
    return int(status)


def _run_on_pages(options: argparse.Namespace, settings: Sequence[str]) -> int:
    _output.check_named(options.output)
    paths = _inputs.paths(options)
    if _wants_tables(options):
        return _into_tables(options, paths)
    form = _output.format_of(options.command, options.output, options.format)
    if form == "parquet" and not (options.output or "").lower().endswith(".parquet"):
        raise UsageError("--format parquet writes one frame into a file; name it with -o, ending in .parquet")
    frame = _rendering.frame_of(options.command, form, options.frame) if "frame" in options else ""
    _output.check_writable(options.output)
    _refuse(options, settings, paths)
    _output.refuse_inside(options.output, paths)
    codebook = _loaded(options) if options.command == "annotate" else None
    if options.command == "search":
        _search.check(options)
        return _run_search(options, form, _inputs.opened(options, paths))
    corpus = _inputs.read(options, paths)
    if options.command == "check":
        return _run_check(options, form, corpus)
    return _run_render(options, form, frame, corpus, codebook)


def _run_export(options: argparse.Namespace, settings: Sequence[str]) -> int:
    _output.check_named(options.output)
    paths = _inputs.paths(options)
    _export.check(options)
    _refuse(options, settings, paths)
    found = _inputs.opened(options, paths, _loaded)
    if not len(found):
        say(f"clippings: no page was read; {options.output} is not written")
        return _FAILED
    _export.run(options, found if _export.keeps_verdicts(options) else _inputs.corrected(options, found))
    return _FAILED if found.failures else _DONE


def _run_report(options: argparse.Namespace, settings: Sequence[str]) -> int:
    _output.check_named(options.output)
    paths = _inputs.paths(options)
    _report.check(options.output, paths)
    _refuse(options, settings, paths)
    found = _inputs.corrected(options, _inputs.opened(options, paths, _loaded))
    if said := _report.write(options.output, found.report()):
        note(options, said)
    return _FAILED if found.failures else _DONE


def _run_search(options: argparse.Namespace, form: str, found: Opened) -> int:
    hits = _search.hits(options, found)
    _write(options, _search.rendered(form, hits))
    note(options, _search.summed(hits, len(found)))
    return _FAILED if found.failures else _DONE


def _refuse(options: argparse.Namespace, settings: Sequence[str], paths: Sequence[str]) -> None:
    """Refuse an output that is a file read: a page, a list, the settings, or a part of a codebook."""
    _output.refuse(options.output, paths, itertools.chain(settings, _read_besides(options)))


def _read_besides(options: argparse.Namespace) -> Iterator[str]:
    from clippings.codebook import sources

    yield from filter(None, (options.files_from, options.metadata))
    if "codebook" in options:
        yield from (str(sources.folder(name)) for name in (options.codebook, *options.extend))


def _wants_tables(options: argparse.Namespace) -> bool:
    if options.command != "annotate":
        return False
    if not options.output:
        if options.format == "parquet":
            raise UsageError("--format parquet writes a folder of tables; name it with -o")
        return False
    is_folder = options.output.endswith(("/", os.sep)) or Path(options.output).is_dir()
    if is_folder and options.format not in (None, "parquet"):
        raise UsageError(f"{options.output}: a folder gets Parquet tables; for --format {options.format} name a file")
    is_one_file = options.output.lower().endswith(".parquet")
    if not is_folder and (options.format != "parquet" or is_one_file):
        return False
    if options.frame:
        raise UsageError(f"--frame {options.frame}: a folder gets every frame; for one name a file")
    return True


def _into_tables(options: argparse.Namespace, paths: Sequence[str]) -> int:
    codebook = _loaded(options)
    try:
        tables = clippings.annotate_to(
            _inputs.sources(paths),
            options.output,
            codebook=codebook,
            layout=options.layout,
            workers=options.workers,
            overwrite=options.overwrite,
            **_inputs.given(options),
        )
    except ValueError as error:
        if isinstance(error, clippings.ClippingsError):
            raise
        raise UsageError(str(error)) from error
    except KeyboardInterrupt:
        say(f"clippings: stopped; the same command resumes where {options.output} ends")
        return _INTERRUPTED
    except OSError as error:
        raise _output.unwritable(options.output, error) from error
    complain(tables.failures)
    account(options, tables)
    warn(options, tables)
    return _FAILED if tables.failures else _DONE


def _run_check(options: argparse.Namespace, form: str, corpus: Corpus) -> int:
    options.format = form
    status, lines, summed = _check.run(options, corpus)
    _write(options, map(_rendering.encoded, lines))
    account(options, corpus)
    note(options, summed)
    return int(status)


def _run_render(options: argparse.Namespace, form: str, frame: str, corpus: Corpus, codebook: Codebook | None) -> int:
    if codebook is None:
        _inputs.say_read(options, corpus)
    found: Corpus | AnnotatedCorpus = _inputs.annotated(options, corpus, codebook) if codebook else corpus
    failed = len(found.failures)
    if failed and not len(found) and options.output and Path(options.output).exists():
        say(f"clippings: no page was read; {options.output} is left as it was")
        return _FAILED
    _write(options, _rendering.rendered(options.command, form, frame, found))
    return _FAILED if failed else _DONE


def _write(options: argparse.Namespace, parts: Iterable[bytes]) -> None:
    is_terminal = options.output is None and sys.stdout.isatty()
    with _output.opened(options.output) as target:
        for part in parts:
            target.write(for_terminal(part) if is_terminal else part)
    if options.output:
        detail(options, f"wrote {options.output}")


def _loaded(options: argparse.Namespace) -> Codebook:
    codebook = _codebook.load(options.codebook, options.extend)
    detail(options, f"codebook {codebook.ref.name} {codebook.ref.version} ({codebook.ref.sha256[:12]})")
    return codebook


def _hang_up() -> None:
    """Give up standard output, so that its remainder is not tried again when the process ends."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


_RUN: dict[str, Callable[[argparse.Namespace, Sequence[str]], int]] = {
    "codebook": _run_codebook,
    "diff": _run_diff,
    "export": _run_export,
    "report": _run_report,
    "review": _run_review,
    **dict.fromkeys(_OF_CATALOGUES, _run_on_catalogue),
}
