"""Frozen records of the library: a clipping, its parts, and what was found in it; ``evidence`` has a record a layer.

All offsets are Unicode code points over the decoded text of one page, start inclusive, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

import msgspec

from clippings import arguments
from clippings.display.marks import Mark
from clippings.display.pages import Page, page_html
from clippings.display.passages import anchor, passage
from clippings.errors import LayerError
from clippings.places import starting_in

Severity = Literal["error", "warning", "info"]


class Span(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text, ``[start, end)`` in code points.

    >>> Span(0, 7).of("Belarus and Russia")
    'Belarus'
    """

    is_whole_sentence: ClassVar[bool] = False

    start: int
    end: int

    def marks(self) -> tuple[Mark, ...]:
        """Return what to highlight on a page; nothing for a bare span."""
        return ()

    def why(self, text: str) -> str:  # noqa: ARG002
        """Say in a sentence what the record rests on; nothing for a bare span."""
        return ""

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Return whether ``other`` lies inside this span; an equal span does.

        >>> Span(0, 9).covers(Span(0, 4))
        True
        """
        return self.start <= other.start and other.end <= self.end


class Block(Span, frozen=True, gc=False):
    r"""A part of the page; the blocks of a clipping partition its text.

    ``kind`` is one of ``archive``, ``label``, ``date``, ``second_date``, ``title``, ``rubric``, ``publisher``,
    ``credit``, ``byline``, ``dateline`` (on a line of its own in a head), ``standfirst``, ``paragraph``, ``initials``
    (that sign an item of a digest), ``source_url``, ``furniture`` and ``blank`` (white space between the others).

    >>> from clippings import parse
    >>> clipping = parse("Minsk was quiet.\n\nBrest too.", layout="plain")[0]
    >>> [(block.start, block.end, block.kind) for block in clipping.blocks]
    [(0, 16, 'paragraph'), (16, 18, 'blank'), (18, 28, 'paragraph')]
    """

    kind: str


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """A fault or gap found while reading: what, where, and what to do.

    ``severity`` is ``error`` (something could not be read or annotated), ``warning`` (it was read with a doubt) or
    ``info``. ``line`` and ``column`` count from 1; both are 0 if the fault concerns the whole file.

    >>> import clippings as cl
    >>> cl.read("no-such-folder").failures[0].message
    'no such file or folder: no-such-folder'
    """

    code: str
    severity: Severity
    message: str
    hint: str
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Render as a compiler would: ``file:line:column: severity[code]: message (hint)``."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        head = f"{where}: " if where else ""
        return f"{head}{self.severity}[{self.code}]: {self.message} ({self.hint})"


class Field(msgspec.Struct, frozen=True, gc=False):
    """A bibliographic field: its value, where it stands, and what it rests on.

    ``value`` is normalized (an ISO 8601 date, names joined by one blank); ``span`` is None where the page does not
    print it; ``basis`` is ``printed``, ``dateline``, ``path`` (the file's name), ``domain``, ``properties`` (the
    file's) or ``given``; ``precision`` (dates only) is ``day`` or ``month``.

    >>> from clippings import parse
    >>> field = parse("Minsk was quiet.", path="112007-3.txt")[0].fields["date"]
    >>> field.value, field.span, field.basis, field.precision
    ('2007-11', None, 'path', 'month')
    """

    value: str
    span: Span | None = None
    basis: str = "printed"
    precision: str | None = None


class Clipping(msgspec.Struct, frozen=True, gc=False):
    r"""One clipping: the whole page as text, the blocks that partition it, and its fields.

    Items of one page share text and blocks. ``sha256`` is of the bytes read, or of the UTF-8 bytes of a parsed text.
    ``language`` is an ISO 639-1 code, ``und`` for one that is certainly not English, None where it cannot be told.
    ``given`` is what was known of the page beside it: a field given has the basis ``given``, and what the page prints
    instead stands beside it, as ``printed_date`` beside ``date``.

    >>> from clippings import parse
    >>> clipping = parse("DATE:\n\n02/11/2007\n\nA sentence about Minsk.\n")[0]
    >>> clipping.date, clipping.body.of(clipping.text)
    ('2007-11-02', 'A sentence about Minsk.')
    """

    id: str
    text: str
    form: str
    blocks: tuple[Block, ...]
    fields: Mapping[str, Field]
    body: Span
    sha256: str
    path: str = ""
    item: int = 0
    encoding: str = "utf-8"
    bom: bytes = b""
    diagnostics: tuple[Diagnostic, ...] = ()
    language: str | None = None
    given: Mapping[str, Any] = {}

    def value(self, field: str) -> str | None:
        r"""Return the value of a field, such as ``title`` or ``byline``; None if the clipping has none.

        >>> from clippings import parse
        >>> parse("Title: Talks\nBy: Jan Novak\n\nThey met in Minsk on Tuesday.")[0].value("byline")
        'Jan Novak'
        """
        found = self.fields.get(field)
        return found.value if found else None

    @property
    def date(self) -> str | None:
        """The page's date, ISO 8601 (``2007-11-02``; ``2007-11`` where only the month is known)."""
        return self.value("date")

    @property
    def title(self) -> str | None:
        """The headline as printed."""
        return self.value("title")

    @property
    def publisher(self) -> str | None:
        """The outlet as printed."""
        return self.value("publisher")

    @property
    def outlet(self) -> str | None:
        """The outlet as printed, else the agency of the dateline, else that of the source address or its domain.

        ``fields["outlet"].basis`` says which: ``printed``, ``dateline`` or ``domain``.
        """
        return self.value("outlet")

    @property
    def authors(self) -> tuple[str, ...]:
        """The persons of the byline; empty where it names none."""
        named = self.value("authors")
        return tuple(named.split("; ")) if named else ()

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The blocks of the body that hold text, in order."""
        body = self.body
        inside = starting_in(self.blocks, body.start, body.end)
        return tuple(block for block in inside if block.kind == "paragraph")

    def render(self) -> str:
        """Join the blocks to the text of the page; always equal to ``text``."""
        return "".join(block.of(self.text) for block in self.blocks)

    def show(self) -> Page:
        """Return the page with its blocks marked, for a notebook."""
        return self.marked(())

    def _repr_html_(self) -> str:
        return self.show().html

    def marked(self, marks: Sequence[Mark], *facts: tuple[str, str], anchored: bool = False) -> Page:
        """Return the page with marks of your own, for a notebook.

        Args:
            marks: what to highlight.
            facts: pairs of a name and a value, shown beside the fields of the page.
            anchored: whether ``cl.table(frame, evidence=...)`` can link to the marks; show a page so only once.

        >>> from clippings import parse
        >>> from clippings.display.marks import Mark
        >>> clipping = parse("Minsk was quiet.", path="a.txt", layout="plain")[0]
        >>> "my own label" in clipping.marked([Mark(0, 5, "place", "my own label")]).html
        True
        """
        blocks = [(block.start, block.end, block.kind) for block in self.blocks]
        title, shown = self.title or self.id, [*self._facts(), *facts]
        anchors = anchor(self.id) if anchored else ""
        html = page_html(self.text, marks, title=title, facts=shown, blocks=blocks, anchors=anchors)
        return Page(html, f"clipping {self.id}")

    def passage(self, span: Span, *, anchored: bool = False) -> Page:
        """Return the words of a span as a quotation that says where it stands, for a notebook.

        Args:
            span: the place, in code points of the page; any record of evidence is one.
            anchored: whether ``cl.table(frame, evidence=...)`` can link to it; show a passage so only once.

        >>> from clippings import parse
        >>> clipping = parse("Minsk was quiet.", path="a.txt", layout="plain")[0]
        >>> clipping.passage(Span(0, 5))
        a, characters 0 to 5: Minsk
        """
        return passage(self.text, clipping=self.id, start=span.start, end=span.end, anchored=anchored)

    def _facts(self) -> list[tuple[str, str]]:
        named = [(name, self.value(name)) for name in ("date", "publisher", "byline", "dateline")]
        outlet = self.fields.get("outlet")
        if outlet and outlet.basis != "printed":
            named.insert(2, ("outlet", f"{outlet.value} (from the {outlet.basis})"))
        return [("id", self.id), *((name, value) for name, value in named if value), ("form", self.form)]


class CodebookRef(msgspec.Struct, frozen=True, gc=False):
    """The codebook a result was made with: name, semantic version and SHA-256 of its files."""

    name: str
    version: str
    sha256: str


class Annotated(msgspec.Struct, frozen=True, gc=False):
    """A clipping with the layers of evidence that were run, and the codebook that made them.

    Each layer is an attribute, its records sorted by position: ``sentences``, ``quotes``, ``mentions``, ``dates``,
    ``themes``, ``errata``; ``document_themes`` are the themes of the clipping as a whole.

    >>> from clippings import Corpus, parse
    >>> page = Corpus(parse("They met in Minsk.", layout="plain")).annotate(layers=["mentions"])[0]
    >>> [mention.id for mention in page.mentions]
    ['BY']
    >>> hasattr(page, "quotes")
    False
    """

    clipping: Clipping
    codebook: CodebookRef
    found: Mapping[str, tuple[Any, ...]]

    def __getattr__(self, name: str) -> tuple[Any, ...]:
        """Return the records of a layer."""
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self.found:
            raise LayerError(name, self.found)
        return self.found[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.found]

    def show(self, *, layers: Sequence[str] | None = None, anchored: bool = False) -> Page:
        """Return the page with its annotations highlighted and a legend, for a notebook.

        Args:
            layers: what to highlight; if not given all, whole sentences once a reader switches them on.
            anchored: whether tables of evidence can link to what is highlighted; show a page so only once.
        """
        if layers is not None:
            arguments.several("layers", layers, str, "give names of layers, as of annotate")
        found = [one for name in (self.found if layers is None else layers) for one in getattr(self, name)]
        shown = [(one, one.why(self.clipping.text)) for one in found if isinstance(one, Span)]
        codebook = ("codebook", f"{self.codebook.name} {self.codebook.version}")
        marks = [
            mark._replace(why=why, quiet=layers is None and one.is_whole_sentence)
            for one, why in shown
            for mark in one.marks()
        ]
        return self.clipping.marked(marks, codebook, anchored=anchored)

    def _repr_html_(self) -> str:
        return self.show().html
