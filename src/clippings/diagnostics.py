"""The table of diagnostics: one stable code for each fault, with its severity, message and hint."""

from __future__ import annotations

import re
from typing import NamedTuple

from clippings.model import Diagnostic, Severity


class Kind(NamedTuple):
    """What a code means; ``message`` and ``hint`` are format strings."""

    severity: Severity
    message: str
    hint: str


_VALUE = re.compile(r"\{(\w+)[^}]*\}")

CODES: dict[str, Kind] = {
    "CLP101": Kind(
        "error",
        "no such file or folder: {path}",
        "check the spelling, or quote a pattern such as 'press/*.txt'",
    ),
    "CLP102": Kind("error", "holds no clippings: {path}", "put .txt or .html files there, or name the files"),
    "CLP103": Kind("error", "the file is empty", "save the page again"),
    "CLP104": Kind("error", "not text: {reason}", "give the page as a text file"),
    "CLP105": Kind(
        "error",
        "byte {byte} does not fit {encoding}, which the file's first bytes announce",
        "save the page as UTF-8",
    ),
    "CLP106": Kind(
        "error",
        "{size:,} bytes, more than the {limit:,} of one page",
        "split the file into one clipping a file",
    ),
    "CLP107": Kind("error", "cannot be read: {reason}", "check the permissions of the file"),
    "CLP108": Kind(
        "error",
        "reading the {kind} needs {package}, which is not installed",
        "install what the extra {extra} needs: {install}",
    ),
    "CLP109": Kind("error", "no text to show: {reason}", "save the page again, or copy its text into a .txt file"),
    "CLP110": Kind(
        "warning",
        "not UTF-8 (byte 0x{byte:02x}); read as {encoding}",
        "check the accents, or save the page as UTF-8",
    ),
    "CLP111": Kind("error", "damaged, or cannot be unpacked: {reason}", "pack the files again, without a password"),
    "CLP112": Kind("error", "{member!r} {reason}; not read", "pack the files again, by their relative names"),
    "CLP113": Kind("error", "too large an archive: {reason}", "unpack it, look at it, and name its folder"),
    "CLP114": Kind("error", "{member!r} is an archive within the archive; not read", "unpack it and name it"),
    "CLP115": Kind("error", "the row has no text", "drop the row, or name the column that holds the text"),
    "CLP116": Kind(
        "warning",
        "files of this kind ({kind}) are not read",
        "save the page as .txt or .html; a file that is named itself is read as text",
    ),
    "CLP117": Kind("info", "not read: {reason}", "name it itself to read it"),
    "CLP118": Kind("error", "{kind}, not a page; not read", "{remedy}"),
    "CLP130": Kind(
        "error",
        "the {kind} cannot be read: {reason}",
        "open it, save it again, or copy its text into a .txt file",
    ),
    "CLP131": Kind("error", "the {kind} is locked with a password, or of an old kind", "save it without a password"),
    "CLP132": Kind(
        "error",
        "pictures without text ({pages} pages)",
        "recognize its text (OCR) with a program such as OCRmyPDF, and read the result",
    ),
    "CLP133": Kind(
        "error",
        "{size:,} bytes in {members:,} parts unpacked, more than the {limit:,} of a document",
        "look at it, and save its text by itself",
    ),
    "CLP134": Kind(
        "error",
        "no column of texts can be told: {reason}",
        "name it: cl.read_frame(pandas.read_csv(path), text='column')",
    ),
    "CLP135": Kind(
        "info", "the texts are those of the column {name!r}", "for another: cl.read_frame(..., text='column')"
    ),
    "CLP136": Kind("warning", "{what}; {done}", "compare what was read with the page"),
    "CLP137": Kind("warning", "{part} not read: {reason}", "save it by itself to read it"),
    "CLP138": Kind("warning", "rows without a text left out: {count:,}, the first is row {row:,}", "look at the table"),
    "CLP139": Kind(
        "warning",
        "not read, as no texts are in it: {reason}",
        "of a table, name the column of texts: cl.read_frame(pandas.read_csv(path), text='column')",
    ),
    "CLP201": Kind(
        "warning",
        "no date is printed",
        "the month is taken from a file name such as 112007-14.txt, if it has one",
    ),
    "CLP202": Kind("warning", "{printed!r} is not a valid date", "kept as printed; give it as dd/mm/yyyy"),
    "CLP203": Kind("info", "no title is printed", "the form {form} begins after the headline"),
    "CLP204": Kind("warning", "the page has no body", "check that the whole page was saved"),
    "CLP205": Kind("info", "no source address is printed", "the excerpt may stop before it"),
    "CLP206": Kind("warning", "the source label has no address", "check that the whole page was saved"),
    "CLP207": Kind(
        "warning",
        "the dateline's {day} is {gap} days from the page's date {date}",
        "check which of the two is meant; the page's date is used",
    ),
    "CLP208": Kind(
        "warning",
        "the source address {printed!r} is odd: {reason}",
        "kept as printed; find the original by its title",
    ),
    "CLP209": Kind(
        "warning",
        "the page form {form} failed: {reason}; the page is read by the next form",
        "mend the form; cl.parse(text, layout={form!r}) shows the page",
    ),
    "CLP210": Kind(
        "warning",
        "the name of the file says {named}, {gap} days from the printed date {date}",
        "check which of the two is meant; the printed date is used",
    ),
    "CLP211": Kind(
        "warning",
        "{printed!r} may be {first} or {second}; read with the day first",
        "check which is meant, and give the date yourself where it is the second",
    ),
    "CLP212": Kind(
        "warning",
        "{printed!r} may be the date, and cannot be read",
        "write it as 2007-11-02, or give the date yourself",
    ),
    "CLP213": Kind(
        "info",
        "{count:,} line{s} of the site left out of the text, such as {printed!r}",
        "blocks of the kind furniture hold them; cl.parse(text, layout='plain') takes all lines as text",
    ),
    "CLP214": Kind(
        "warning",
        "the text ends in {count:,} short lines that may be of the site, from {printed!r}",
        "look at the end of the page, and take off what is not of the text",
    ),
    "CLP215": Kind(
        "warning",
        "{printed!r} may be {may}, and is read as {read_as}",
        "look at the head of the page, and give the field yourself where it is wrong",
    ),
    "CLP216": Kind(
        "warning",
        "the text may hold {count:,} items, the second from {printed!r}, and is read as one",
        "cut the page into one file for each item where it is a digest",
    ),
    "CLP231": Kind(
        "warning",
        "{found:,} documents found, but the export says that it holds {printed:,}",
        "look for those that are missing, or export them again",
    ),
    "CLP301": Kind("info", "the same bytes as {first}", "drop one of the two before counting"),
    "CLP302": Kind("info", "the same text as {first} but for white space", "drop one of the two before counting"),
    "CLP303": Kind(
        "warning",
        "the id {id} is that of {first}; {so}",
        "name a folder above both pages, or give each row an id of its own",
    ),
    "CLP401": Kind(
        "warning",
        "the text is in another language ({language}), and is not annotated as if it were English",
        "corpus.clippings has the column language; read(..., language='en') annotates it all the same",
    ),
    "CLP402": Kind(
        "warning",
        "letters lost at {count:,} place{s}, such as {printed}",
        "save the page again from where it came, in UTF-8; what was lost cannot be restored",
    ),
    "CLP403": Kind(
        "warning",
        "{count:,} run{s} of letters decoded wrongly, such as {printed!r} for {meant!r}",
        "save the page again as UTF-8, or repair its text, for instance with ftfy",
    ),
    "CLP404": Kind(
        "info",
        "{count:,} invisible character{s}, such as {printed}",
        "names are found all the same; remove them before you search the text",
    ),
    "CLP405": Kind(
        "warning",
        "{count:,} code{s} of HTML in the text, such as {printed}",
        "save the page as .html, or replace the codes by what they mean",
    ),
    "CLP406": Kind(
        "warning",
        "the date given, {given}, is {gap} days from {printed}, which the page has ({basis})",
        "check which of the two is meant; the date given is used",
    ),
    "CLP407": Kind(
        "warning",
        "the date given, {value!r}, is not a date",
        "give it as year-month-day; the date of the page is used",
    ),
    "CLP408": Kind(
        "warning",
        "row {row} of {table} names {key!r}, and {why}",
        "check the column given as key: it names files by their path below the source, their name or their id",
    ),
    "CLP409": Kind("info", "no row of {table} is about this page", "add a row, or read the page without the table"),
    "CLP410": Kind(
        "info",
        "{count:,} lines begin with >, as a mail program quotes; they are read without it",
        "what stands before or behind the quoted lines may be of the mail and not of the page",
    ),
    "CLP501": Kind(
        "error", "could not be annotated: {reason}", "this is a fault of clippings: report it with the page"
    ),
    "CLP502": Kind(
        "error",
        "could not be annotated: the process that tried ended twice (exit code {exit_code})",
        "try the page alone, with memory to spare; if it ends again, report it with the page",
    ),
    "CLP503": Kind(
        "info",
        "{form!r} may be {actors}, and nothing near it decides: it is no mention",
        "decide it by a rule in contexts.yaml, or leave it open",
    ),
    "CLP504": Kind(
        "warning",
        "the same words are given to speakers that conflict: {words!r} to {speakers}",
        "read the pages: one names another speaker, one quotes the other, or the words were not told apart",
    ),
    "CLP601": Kind("error", "not an annotated clipping: {reason}", "write the line again with clippings annotate"),
    "CLP602": Kind(
        "error",
        "the text of its page is not there: {reason}",
        "put the file back as it was, or annotate it again",
    ),
    "CLP801": Kind(
        "warning",
        "row {row}: the verdict {printed!r} is not understood; the row is left out",
        "write accept, reject, change or add",
    ),
    "CLP802": Kind("warning", "row {row}: {field} {printed!r} {reason}; the row is left out", "{remedy}"),
    "CLP803": Kind("warning", "row {row}: {reason}; the row is left out", "{remedy}"),
    "CLP804": Kind("warning", "row {row} cannot be traced to an annotation: {reason}; the row is left out", "{remedy}"),
    "CLP805": Kind(
        "warning",
        "rows {rows} say different things of one annotation; none of them is taken",
        "keep the row that is meant",
    ),
    "CLP806": Kind("info", "not read: {names}, in {where}", "check the spelling of columns that hold corrections"),
    "CLP807": Kind(
        "warning",
        "row {row} is not placed: {reason}",
        "it is in the frame orphans; review these words again where they still stand",
    ),
    "CLP808": Kind(
        "info",
        "{left:,} of the {count:,} rows that were written are not in the file",
        "restore them if they hold verdicts; they count as not reviewed",
    ),
    "CLP809": Kind(
        "warning",
        "row {row}: what was rejected is not what the library finds there now; the verdict is not used",
        "review the annotation again",
    ),
    "CLP810": Kind("info", "row {row}: what was rejected is not found any more", "nothing is to be done"),
    "CLP811": Kind(
        "info",
        "{count:,} annotations of the library count as rejected: coders read their pages whole and did not mark them",
        "name the pages that were read whole: cl.review.from_frame(..., pages=[...])",
    ),
    "CLP812": Kind(
        "info",
        "{count:,} rows are of the library itself and left out",
        "these annotations count as not reviewed where no coder marked them",
    ),
    "CLP813": Kind(
        "info",
        "{coder} gives no {columns} in the layer {layer}, so that it is not compared",
        "use a format that carries it, or review it in a table",
    ),
}

FETCHED: dict[str, Kind] = {
    "CLP701": Kind("error", "not reached: {reason}", "try again later, or from the archive"),
    "CLP702": Kind("error", "answered {status}", "try again later, or from the archive"),
    "CLP703": Kind("error", "robots.txt does not allow it", "ask those who run the server, or save the page by hand"),
    "CLP704": Kind("error", "not asked: {reason}", "correct the address in the catalogue, or save the page by hand"),
    "CLP705": Kind("error", "given up: {reason}", "look at it in a browser, and save it by hand"),
    "CLP706": Kind("error", "damaged: {reason}", "try again later, or from the archive"),
    "CLP707": Kind("error", "an error page: {reason}", "try another date, or save the page by hand"),
    "CLP708": Kind("error", "not in the archive: {reason}", "try another archive, or save the page by hand"),
    "CLP709": Kind("error", "not a page: {reason}", "look at it in a browser, and save it by hand"),
    "CLP710": Kind(
        "error",
        "the host asks to wait {seconds:,.0f} seconds, longer than the limit of {limit:,.0f}",
        "run the same command again later",
    ),
    "CLP711": Kind("error", "not asked: {reason}", "correct the row of the catalogue"),
    "CLP712": Kind("error", "not written: {reason}", "move that file away, or give another folder"),
    "CLP713": Kind("warning", "the capture is {off:,} days from the day wanted", "compare it with another copy"),
    "CLP714": Kind("warning", "{reason}; fetched again", "keep what you change in another folder"),
    "CLP715": Kind("warning", "checked again: {reason}; the stored page is kept", "look at the page in a browser"),
    "CLP716": Kind("warning", "the title of the catalogue is not on the page", "check that it is the right page"),
    "CLP721": Kind("error", "missing", "fetch it, or save it by hand under its id"),
    "CLP722": Kind("error", "damaged: {reason}", "fetch it again"),
    "CLP723": Kind("error", "cannot be read: {reason}", "save the page again by hand"),
    "CLP724": Kind("error", "the title of the catalogue is not on the page", "check that it is the right page"),
    "CLP725": Kind("warning", "read as {used}, but its sender says {named}", "check the letters of the page"),
    "CLP726": Kind("error", "more than one file for the page: {files}", "keep one of them"),
    "CLP727": Kind("error", "another row of the catalogue has the id {id}", "give each page an id of its own"),
    "CLP728": Kind(
        "error", "was fetched from {url}, not from the address of the catalogue", "fetch it into a new folder"
    ),
}
"""Codes of the pages of a catalogue: why one was not fetched, or is not what it should be."""


def make(code: str, *, file: str = "", line: int = 0, column: int = 0, **values: object) -> Diagnostic:
    """Fill in the message and hint of ``code``.

    >>> print(make("CLP103", file="a.txt"))
    a.txt: error[CLP103]: the file is empty (save the page again)
    """
    kind = CODES.get(code) or FETCHED[code]
    message, hint = (writable(words.format(**values)) for words in (kind.message, kind.hint))
    return Diagnostic(code, kind.severity, message, hint, file, line, column)


def described(code: str) -> tuple[str, str]:
    """Return the message and hint of ``code`` with a name in braces for each value.

    >>> described("CLP110")[0]
    'not UTF-8 (byte 0x{byte}); read as {encoding}'
    """
    kind = CODES.get(code) or FETCHED[code]
    return _VALUE.sub(r"{\1}", kind.message), _VALUE.sub(r"{\1}", kind.hint)


def writable(words: str) -> str:
    r"""Return words that can be written as UTF-8: what is none in the name of a file is shown as a question mark.

    >>> writable("caf\udce9.txt")
    'caf?.txt'
    """
    return words.encode("utf-8", "replace").decode()
