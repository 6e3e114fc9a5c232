"""The command line: where each command of ``clippings`` is declared and sent to what does it."""

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
from clippings.cli._shared import (
    Parser,
    UsageError,
    account,
    add_output,
    add_voice,
    added,
    complain,
    completion,
    count,
    detail,
    note,
    say,
    warn,
)
from clippings.display.escaping import for_terminal

if TYPE_CHECKING:
    from clippings.cli._shared import Opened
    from clippings.codebook import Codebook
    from clippings.corpus import AnnotatedCorpus, Corpus

_DONE, _FAILED, _USAGE, _INTERRUPTED = 0, 1, 2, 130
_SHELLS = ("bash", "zsh", "tcsh")
_OF_CATALOGUES = {"fetch": _fetch, "verify": _verify}

_EXAMPLES = """examples:
  clippings parse press/ --format table
  clippings parse 112007-14.txt > clipping.jsonl
  clippings annotate press/ 'more/*.txt' -o evidence.jsonl
  clippings annotate press/ -o quotes.csv
  clippings annotate press/ --frame mentions -o mentions.csv
  clippings annotate 'press/**' -o tables/ --workers 2
  clippings annotate notes.txt --layout plain --format table
  find press -name '*.txt' -newer last | clippings annotate --files-from - -o new.jsonl
  clippings export press/ --to brat -o brat/
  clippings check press/
  clippings report press/ -o report.html
  clippings search '"missile shield"' press/
  clippings diff old.jsonl new.jsonl
  clippings review write press/ -o review.csv --sample 100
  clippings codebook show security
"""
_STATUS = """
exit status: 0 all went well (files of kinds that are not read do not count), 1 a file failed, 2 wrong usage,
130 stopped by Ctrl-C
"""
_MORE = f"""
{_settings.HELP}
completion: clippings --print-completion bash prints a script for your shell to read, as in
  eval "$(clippings --print-completion bash)"
"""
_AS_FOUND = "of a folder that was reviewed: what the library found, and not what coders hold right"
_OPENING = ("report", "export", "search", "write", "read")
_RESULT = "; or results: JSON Lines, or a folder of tables, reviewed or not"
_TABLES = "the tables that the folder OUTPUT holds, of whatever run"
_OUTPUTS = {" export": _export.OUTPUT} | _review.OUTPUTS
_OUTPUT = """
The suffix of OUTPUT decides the format unless --format is given: .jsonl JSON Lines, .csv and .parquet one frame, .txt a
table. In CSV a text that a spreadsheet would compute begins with an apostrophe. An OUTPUT is written whole or not at
all, and never onto a file that is read. What became of the files is said on standard error.
"""
_ANNOTATE = """An OUTPUT that ends in / or is a folder gets Parquet tables, one folder for each: quotes, mentions, dates
and so on. They are written part by part, so that any number of pages fits into memory. The same command, started again,
resumes where it was stopped: parts whose pages and files are as they were are kept, the others are made. A folder with
the tables of other sources or another codebook is refused; with --overwrite they stay until the new are whole.

"""


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: the words after the program's name.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        if options.print_completion:
            print(completion(parser, options.print_completion))
            return _DONE
        if options.command is None:
            parser.print_help()
            return _USAGE
        return _run(options)
    except BrokenPipeError:
        # Whoever read our output has left; closing quietly is what a filter does.
        _hang_up()
        return _DONE
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser() -> Parser:
    parser = Parser(
        "clippings",
        description="Turn saved press clippings into evidence.",
        epilog=_EXAMPLES + _STATUS + _MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"clippings {clippings.__version__}")
    parser.add_argument(
        "--print-completion", choices=_SHELLS, metavar="SHELL", help=f"print completion for {', '.join(_SHELLS)}"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    parse = added(commands, "parse", "read pages into fields and blocks", _EXAMPLES + _OUTPUT + _STATUS)
    annotate = added(
        commands, "annotate", "read pages and find the evidence in them", _ANNOTATE + _EXAMPLES + _OUTPUT + _STATUS
    )
    for command in (parse, annotate):
        command.add_argument(
            "--format", choices=_output.FORMATS["parse"][""], help="of the output (as its suffix says, or jsonl)"
        )
    parse.add_argument("--frame", metavar="FRAME", help="of csv and parquet: clippings (default), blocks, texts ...")
    annotate.add_argument("--frame", metavar="FRAME", help="of csv and parquet: quotes (default), mentions, dates ...")
    report, reviewing = _report.add(commands), _review.add(commands)
    export = _export.add(commands, _STATUS)
    diff = _diff.add(commands)
    for command in (parse, annotate, report, export, _check.add(commands), _search.add(commands), *reviewing):
        _add_sources(command)
    for command, replaced in ((annotate, _TABLES), (export, "OUTPUT"), *zip(reviewing, _review.REPLACED, strict=True)):
        _add_work(command, replaced)
    for command in (report, diff):
        _add_codes(command)
    _add_about(diff)
    for command in (report, export, diff):
        command.add_argument("--as-found", action="store_true", help=_AS_FOUND)
    _codebook.add(commands)
    _fetch.add(commands)
    _verify.add(commands)
    return parser


def _add_work(command: Parser, replaced: str) -> None:
    _add_codes(command)
    command.add_argument("--overwrite", action="store_true", help=f"replace {replaced}")


def _add_codes(command: Parser) -> None:
    command.add_argument("--codebook", metavar="NAME", help="a codebook's name or folder (security)")
    _codebook.add_extend(command)
    command.add_argument(
        "--workers", type=count, metavar="N", help="processes to share the work (1); the output is the same"
    )


def _layout(word: str) -> str:
    if word not in _settings.layouts():
        raise argparse.ArgumentTypeError(f"must be one of {', '.join(_settings.layouts())}, not {word!r}")
    return word


def _add_sources(command: Parser) -> None:
    command.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file, a folder, a zip or tar file, a quoted pattern, or - for standard input"
        + _RESULT * command.prog.endswith(_OPENING),
    )
    command.add_argument(
        "--files-from", metavar="FILE", help="read also the paths in FILE, or in - for standard input, one a line"
    )
    _add_about(command)
    add_output(command, *(meaning for ending, meaning in _OUTPUTS.items() if command.prog.endswith(ending)))
    add_voice(command)


def _add_about(command: Parser) -> None:
    command.add_argument(
        "--layout", type=_layout, metavar="LAYOUT", help="auto (default), plain for text without a head, or a page form"
    )
    about = command.add_argument_group("metadata", "what is known of the pages; it goes before what they print")
    about.add_argument("--date", metavar="DATE", help="the date of all of them")
    about.add_argument("--outlet", metavar="OUTLET", help="the outlet of all of them")
    about.add_argument("--language", metavar="CODE", help="their language, such as en; only English is annotated")
    about.add_argument(
        "--metadata", metavar="TABLE", help="a table with a row a file: CSV, TSV, Excel, Parquet, CSL-JSON"
    )
    about.add_argument("--key", metavar="COLUMN", help="the column of TABLE that names the file (file)")


def _run(options: argparse.Namespace) -> int:
    try:
        settings = _settings.apply(options)
        if options.command == "codebook":
            return _run_codebook(options)
        if options.command == "report":
            return _run_report(options, settings)
        if options.command == "diff":
            return _run_diff(options)
        if options.command == "review":
            return _run_review(options)
        if options.command in _OF_CATALOGUES:
            return _run_on_catalogue(options)
        return (_run_export if options.command == "export" else _run_on_pages)(options, settings)
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


def _run_codebook(options: argparse.Namespace) -> int:
    status, lines = _codebook.run(options)
    _write(options, (f"{line}\n".encode("utf-8", "replace") for line in lines))
    return int(status)


def _run_diff(options: argparse.Namespace) -> int:
    options.format = _output.prepared("diff", options.output, options.format, (options.old, options.new))
    found = _diff.compared(*(_compared(options, path) for path in (options.old, options.new)))
    _write(options, (f"{line}\n".encode("utf-8", "replace") for line in _diff.lines(options, found)))
    for line in _diff.notes(options, found):
        note(options, line)
    return _FAILED if found.counts else _DONE


def _compared(options: argparse.Namespace, path: str) -> Any:
    """A result by its path, which is read page by page; pages, and what coders decided, as annotations."""
    if _inputs.is_streamed(path) or not os.path.exists(path):  # noqa: PTH110 (False for any name)
        return path
    found = _inputs.corrected(options, _inputs.opened(options, [path], _book(options)))
    if not len(found):
        raise UsageError(f"{path}: no page was read; give annotated results, or pages")
    return found


def _run_review(options: argparse.Namespace) -> int:
    _review.check(options)
    annotated = _inputs.opened(options, _inputs.paths(options), _book(options))
    status = _review.run(options, annotated)
    return _FAILED if annotated.failures else status


def _run_on_catalogue(options: argparse.Namespace) -> int:
    command = _OF_CATALOGUES[options.command]
    form = _output.prepared(options.command, options.output, options.format, command.kept(options))
    status, parts, summed = command.run(options, form)
    _write(options, parts)
    note(options, summed)
    return int(status)


def _run_on_pages(options: argparse.Namespace, settings: Sequence[str]) -> int:
    _output.check_named(options.output)
    paths = _inputs.paths(options)
    lists = [name for name in (options.files_from, options.metadata) if name]
    if _wants_tables(options):
        return _into_tables(options, paths)
    form = _output.format_of(options.command, options.output, options.format)
    if form == "parquet" and not (options.output or "").lower().endswith(".parquet"):
        raise UsageError("--format parquet writes one frame into a file; name it with -o, ending in .parquet")
    frame = _rendering.frame_of(options.command, form, options.frame) if "frame" in options else ""
    _output.check_writable(options.output)
    _output.refuse(options.output, paths, itertools.chain(settings, lists, _codebook_folders(options)))
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
    lists = filter(None, (options.files_from, options.metadata))
    _output.refuse(options.output, paths, itertools.chain(settings, lists, _codebook_folders(options)))
    found = _inputs.opened(options, paths, _book(options))
    if not len(found):
        say(f"clippings: no page was read; {options.output} is not written")
        return _FAILED
    _export.run(options, found if _export.keeps_verdicts(options) else _inputs.corrected(options, found))
    return _FAILED if found.failures else _DONE


def _run_report(options: argparse.Namespace, settings: Sequence[str]) -> int:
    _output.check_named(options.output)
    paths = _inputs.paths(options)
    _report.check(options.output, paths)
    lists = [name for name in (options.files_from, options.metadata) if name]
    _output.refuse(options.output, paths, itertools.chain(settings, lists, _codebook_folders(options)))
    found = _inputs.corrected(options, _inputs.opened(options, paths, _book(options)))
    if said := _report.write(options.output, found.report()):
        note(options, said)
    return _FAILED if found.failures else _DONE


def _run_search(options: argparse.Namespace, form: str, found: Opened) -> int:
    hits = _search.hits(options, found)
    _write(options, _search.rendered(form, hits))
    note(options, _search.summed(hits, len(found)))
    return _FAILED if found.failures else _DONE


def _codebook_folders(options: argparse.Namespace) -> Iterator[str]:
    from clippings.codebook import sources

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
    _write(options, (f"{line}\n".encode("utf-8", "replace") for line in lines))
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


def _book(options: argparse.Namespace) -> Callable[[], Codebook]:
    return lambda: _loaded(options)


def _hang_up() -> None:
    """Give up standard output, so that its remainder is not tried again when the process ends."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
