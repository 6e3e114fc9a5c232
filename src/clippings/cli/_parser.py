"""How the command line is declared: its commands with their options, help and examples."""

from __future__ import annotations

import argparse

import clippings
from clippings.cli import (
    _check,
    _codebook,
    _diff,
    _export,
    _fetch,
    _output,
    _report,
    _review,
    _search,
    _settings,
    _verify,
)
from clippings.cli._shared import Parser, add_output, add_voice, added, count

_SHELLS = ("bash", "zsh", "tcsh")
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
exit status: 0 if all went well (files of kinds that are not read do not count), 1 if a file failed, 2 for wrong usage,
130 if stopped by Ctrl-C
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
The suffix of OUTPUT decides the format unless --format is given: .jsonl for JSON Lines, .csv or .parquet for one
frame, .txt for a table. In CSV a text that a spreadsheet would compute begins with an apostrophe. OUTPUT is written
whole or not at all, and never over a file that is read. Standard error says how many files were read, failed or were
left out.
"""
_ANNOTATE = """If OUTPUT ends in / or is a folder, Parquet tables are written into it, a folder for each frame.
They are written part by part, so that any number of pages fits into memory. If the run is stopped, the same command
resumes it: parts whose pages have not changed are kept. A folder with tables of other sources or another codebook is
refused; with --overwrite its tables are replaced once the new ones are complete.

"""


def parser() -> Parser:
    """Return the parser of the command line."""
    program = Parser(
        "clippings",
        description="Turn saved press clippings into evidence.",
        epilog=_EXAMPLES + _STATUS + _MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    program.add_argument("--version", action="version", version=f"clippings {clippings.__version__}")
    program.add_argument(
        "--print-completion", choices=_SHELLS, metavar="SHELL", help=f"print completion for {', '.join(_SHELLS)}"
    )
    commands = program.add_subparsers(dest="command", metavar="COMMAND")
    parse = added(commands, "parse", "read pages into fields and blocks", _EXAMPLES + _OUTPUT + _STATUS)
    annotate = added(
        commands, "annotate", "read pages and find the evidence in them", _ANNOTATE + _EXAMPLES + _OUTPUT + _STATUS
    )
    for command, frames in ((parse, "clippings (default), blocks, texts"), (annotate, "quotes (default), mentions")):
        _output.add_format(command, "parse")
        command.add_argument("--frame", metavar="FRAME", help=f"frame that csv and parquet hold: {frames} ...")
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
    return program


def _add_work(command: Parser, replaced: str) -> None:
    _add_codes(command)
    command.add_argument("--overwrite", action="store_true", help=f"replace {replaced}")


def _add_codes(command: Parser) -> None:
    command.add_argument("--codebook", metavar="NAME", help="name or folder of a codebook (security)")
    _codebook.add_extend(command)
    command.add_argument("--workers", type=count, metavar="N", help="number of processes (1); the output is the same")


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
        "--layout",
        type=_layout,
        metavar="LAYOUT",
        help="auto (default), plain for text without a head, or the name of a page form",
    )
    about = command.add_argument_group("metadata", "what you know about the pages; it overrides what they print")
    about.add_argument("--date", metavar="DATE", help="date of all pages")
    about.add_argument("--outlet", metavar="OUTLET", help="outlet of all pages")
    about.add_argument(
        "--language", metavar="CODE", help="language of all pages, such as en; only English is annotated"
    )
    about.add_argument(
        "--metadata", metavar="TABLE", help="table with a row for each file: CSV, TSV, Excel, Parquet, CSL-JSON"
    )
    about.add_argument("--key", metavar="COLUMN", help="column of TABLE that names the file (file)")
