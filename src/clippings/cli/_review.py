"""The command ``clippings review``: annotations out to a spreadsheet, and the verdicts of a coder back."""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from clippings.cli._output import check_named, unwritable
from clippings.cli._shared import Commands, Parser, UsageError, added, note, say
from clippings.display.escaping import printable
from clippings.interchange.formats import FORMATS

if TYPE_CHECKING:
    from clippings.review import CuratedCorpus

OUTPUTS = {
    " review write": "the file to write, which ends in .csv",
    " review read": "the folder to write tables into, with what was decided",
}
_READ = [one.name for one in FORMATS if one.read]
REPLACED = ("a review without verdicts that OUTPUT holds", "the tables that the folder OUTPUT holds")
_EXAMPLES = """examples:
  clippings review write press/ -o review.csv --sample 100 --seed 1 --by rule
  clippings review read press/ --verdicts review.csv --coder anna
  clippings review read press/ --verdicts review.csv --coder anna -o reviewed/
  clippings review read reviewed/ --verdicts other.csv --coder ben -o both/
  clippings review read tables/ --verdicts project.zip --from xmi

"write" makes a table with a row an annotation. Open it in a spreadsheet, write accept, reject or change into the column
verdict, what is right into the columns that begin with corrected_, and save it. A table that has verdicts is never
written over. "read" prints how often each rule is right, with Wilson's interval; with -o it writes the tables of the
pages and what was decided into a folder; with --from it reads what was corrected in another program. What is not
understood, or cannot be placed in a text that changed since, is said on standard error.

exit status: 0 all went well, 1 a page failed or a row was not understood, 2 wrong usage
"""


def add(commands: Commands) -> list[Parser]:
    """Add the command and its actions to those of the program, and return the actions."""
    command = added(
        commands, "review", "correct annotations in a spreadsheet, and see how often they are right", _EXAMPLES
    )
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    write = added(actions, "write", "write annotations as a table to be judged row by row", _EXAMPLES)
    write.add_argument("--layer", default="quotes", metavar="LAYER", help="which annotations (quotes)")
    write.add_argument("--sample", type=int, metavar="N", help="how many of them, drawn at random (all)")
    write.add_argument("--seed", type=int, default=0, metavar="N", help="of the draw (0)")
    write.add_argument(
        "--by", action="append", metavar="COLUMN", help="equal shares of the sample for each value, as of rule"
    )
    read = added(actions, "read", "read the verdicts of a coder", _EXAMPLES)
    read.add_argument(
        "--verdicts", required=True, metavar="TABLE", help="the table that was filled in, as CSV or .xlsx"
    )
    read.add_argument("--coder", metavar="CODER", help="the name of who filled it in, where FORMAT names nobody")
    read.add_argument(
        "--from",
        dest="source",
        choices=_READ,
        metavar="FORMAT",
        help=f"TABLE is a file, folder or project of another program: {', '.join(_READ)}",
    )
    return [write, read]


def check(options: argparse.Namespace) -> None:
    """Refuse, before pages are read, what cannot be done.

    Raises:
        UsageError: there is no file to write.
    """
    check_named(options.output)
    if options.action == "write" and not options.output:
        raise UsageError("review write needs a file; name it with -o review.csv")
    if options.action == "read" and options.coder is None and options.source is None:
        raise UsageError("review read needs the name of the coder; give --coder NAME")


def run(options: argparse.Namespace, annotated: Any) -> int:
    """Run the action, print what it found and what was not understood, and return the exit status.

    Raises:
        UsageError: the table or folder cannot be written or read.
    """
    import clippings

    if not len(annotated):
        say("clippings: no page was read; there is nothing to review")
        return 1
    try:
        if options.action == "write":
            note(options, f"wrote {options.output}: {_written(options, annotated):,} rows")
            return 0
        curated = _read(options, annotated)
        if options.output:
            clippings.save(curated, options.output, overwrite=options.overwrite)
    except OSError as error:
        if options.action == "read" and not options.output:
            raise UsageError(f"{options.verdicts}: cannot be read: {error.strerror}") from error
        raise unwritable(error.filename or options.output, error) from error
    except (ImportError, ValueError) as error:
        raise UsageError(str(error)) from error
    for layer in curated.reviewed:
        for line in _lines(layer, curated):
            print(printable(line))
    for one in curated.notes:
        say(str(one))
    note(options, repr(curated)[1:-1])
    return int(any(one.severity == "warning" for one in curated.notes))


def _read(options: argparse.Namespace, annotated: Any) -> CuratedCorpus:
    from clippings import interchange, review

    if options.source is None:
        return review.read(options.verdicts, annotated, coder=options.coder)
    found = interchange.read(options.verdicts, format=options.source, corpus=annotated)
    return review.from_frame(found, annotated, coder=options.coder)


def _written(options: argparse.Namespace, annotated: Any) -> int:
    from clippings.review import write

    settings = {"layer": options.layer, "sample": options.sample, "seed": options.seed, "by": options.by}
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", UserWarning)
        rows = write(annotated, options.output, overwrite=options.overwrite, **settings)
    for one in told:
        note(options, str(one.message))
    return len(rows)


def _lines(layer: str, curated: CuratedCorpus) -> Iterator[str]:
    """How often the library was right, by rule, or by kind where a layer has no rules; nothing of sentences."""
    columns = getattr(curated, layer).columns
    by = next((name for name in ("rule", "kind") if name in columns), None)
    if by is None:
        return
    found = curated.precision(by=by, layer=layer)
    yield f"precision  interval      accepted  changed  rejected  {by} of {layer}"
    for row in found[found["worth"] > 0].to_dict("records"):
        counts = f"{row['accepted']:8}  {row['changed']:7}  {row['rejected']:8}"
        yield f"{row['precision']:9.2f}  {row['low']:.2f} to {row['high']:.2f}  {counts}  {row[by]}"
