"""A clipping, and a clipping with the evidence found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from clippings import arguments
from clippings.display.marks import Mark
from clippings.display.pages import Page, page_html
from clippings.display.passages import anchor, passage
from clippings.errors import LayerError
from clippings.model._parts import Block, Diagnostic, Field, Span, blocks_in


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
        """Return the value of a field, None where the clipping has none."""
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
        return tuple(block for block in blocks_in(self.blocks, self.body) if block.kind == "paragraph")

    def render(self) -> str:
        """Join the blocks to the text of the page; always equal to ``text``."""
        return "".join(block.of(self.text) for block in self.blocks)

    def show(self) -> Page:
        """Return the page with its blocks marked, for a notebook."""
        return self.marked(())

    def _repr_html_(self) -> str:
        return self.show().html

    def marked(self, marks: Sequence[Mark], *facts: tuple[str, str], anchored: bool = False) -> Page:
        """Return the page with marks of one's own, and further facts beside its fields.

        With ``anchored``, tables of evidence can link to its marks; show a page so only once in a notebook.
        """
        blocks = [(block.start, block.end, block.kind) for block in self.blocks]
        html = page_html(
            self.text,
            marks,
            title=self.title or self.id,
            facts=[*self._facts(), *facts],
            blocks=blocks,
            anchors=anchor(self.id) if anchored else "",
        )
        return Page(html, f"clipping {self.id}")

    def passage(self, span: Span, *, anchored: bool = False) -> Page:
        """Return the words of a span as a quotation that says where it stands, for a notebook.

        With ``anchored``, tables of evidence can link to it; show a passage so only once in a notebook.
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
        text = self.clipping.text
        if layers is not None:
            arguments.several("layers", layers, str, "give names of layers, as of annotate")
        found = [one for name in (self.found if layers is None else layers) for one in getattr(self, name)]
        shown = [(one, one.why(text)) for one in found if isinstance(one, Span)]
        codebook = ("codebook", f"{self.codebook.name} {self.codebook.version}")
        marks = [
            mark._replace(why=why, quiet=layers is None and one.is_whole_sentence)
            for one, why in shown
            for mark in one.marks()
        ]
        return self.clipping.marked(marks, codebook, anchored=anchored)

    def _repr_html_(self) -> str:
        return self.show().html
