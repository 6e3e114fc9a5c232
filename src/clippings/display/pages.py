"""HTML of a clipping and its layers for notebooks: escaped, highlighted, with a legend.

Each result is one fragment that stands alone: its own style, no id that was not asked for, nothing asked of another
host. All it says is there without a script; the one of a page with marks adds switches for its layers, and at each mark
what the list below the text says of it.
It follows the light or dark theme of a Jupyter Book, JupyterLab, VS Code or the system. Marks differ by wash,
line style and a small tag, so that nothing rests on colour alone; the style draws the tags, and the text
content stays the exact source.

One character shows as one character; ``escaping`` says by what those are replaced that a page cannot carry.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise
from typing import NamedTuple

from clippings.display.escaping import attribute, inline, safe, slug, source
from clippings.display.marks import LAYERS, Mark, classes, layer_of, rank, tag_of, tag_span
from clippings.places import line_ends


@dataclass(frozen=True, slots=True)
class Page:
    """A page for a notebook: drawn as ``html`` where HTML can be shown, as ``text`` elsewhere.

    >>> Page("<p>Minsk</p>", "clipping 112007-14")
    clipping 112007-14
    """

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


class _Piece(NamedTuple):
    """A paragraph of the shown text, or the blank lines between two of them."""

    start: int
    end: int
    kind: str = ""
    gap: bool = False
    head: bool = False


_UNLABELLED_KINDS = frozenset(["", "paragraph", "blank"])
_LAYERS_BEHIND_TAGS = {"quote", "theme"}
_LABELS_SHOWN = 8
_EXCERPT = 60

_BLANK_RUN = re.compile(r"[ \t\r\n]+")


def page_html(
    text: str,
    marks: Sequence[Mark],
    *,
    title: str,
    facts: Sequence[tuple[str, str]] = (),
    blocks: Sequence[tuple[int, int, str]] | None = None,
    anchors: str = "",
    bare: bool = False,
) -> str:
    r"""Return ``text`` as an HTML fragment with its marks highlighted, a legend and a list of the marks.

    Marks may overlap and nest. Those without width are left out. A layer of unknown name is tagged with it.

    Args:
        text: The whole page. Its line breaks are kept; blank lines part its paragraphs.
        marks: What to highlight, in any order.
        title: The heading of the page.
        facts: Names and values to print below the title, such as the date and the publisher.
        blocks: ``(start, end, kind)`` of the parts of the page; each is set by its kind and named in the
            margin. What they leave uncovered is set as plain text.
        anchors: What the ids of the marks begin with, each going on ``-START-END``; without it no mark has an id.
        bare: Leave out style, legend, list of marks and script, for a document that has them once for many pages; of
            the marks only those with a ``why`` then have an id.

    Raises:
        ValueError: A mark or a block lies outside the text or ends before it starts, or two blocks overlap.

    >>> html = page_html("Mink & Co.", [Mark(0, 4, "erratum", "Minsk")], title="One <clipping>")
    >>> '<span class="cp-m l-erratum" title="misprint for Minsk">Mink</span>' in html
    True
    >>> '<span class="cp-t cp-m" data-tag="[Minsk]"></span> &amp; Co.' in html
    True
    """
    shown = _checked(marks, len(text))
    if bare:
        words = "".join(_body(text, shown, _pieces(text, blocks), anchors, lambda mark: bool(mark.why)))
        kind = "cp-text cp-blocks" if blocks else "cp-text"
        return f'<div class="clippings-page">{_header(title, facts)}<div class="{kind}">{words}</div></div>'
    return _fragment(
        f"<style>{asset('anchors.css')}</style>" if anchors else "",
        _header(title, facts),
        _legend(shown),
        f'<div class="cp-text{" cp-blocks" if blocks else ""}">',
        *_body(text, shown, _pieces(text, blocks), anchors),
        "</div>",
        *_notes(text, shown, anchors),
        *_answering(shown),
    )


def summary_html(title: str, facts: Sequence[tuple[str, str]]) -> str:
    """Return a title and facts, such as the counts of a corpus, in the look of a page.

    >>> '<dt>clippings</dt><dd>170</dd>' in summary_html("Corpus", [("clippings", "170")])
    True
    """
    return _fragment(_header(title, facts))


def _fragment(*parts: str) -> str:
    return "".join(['<div class="clippings-page"><style>', asset("pages.css"), "</style>", *parts, "</div>"])


@cache
def asset(name: str, package: str = "clippings.display") -> str:
    """Return a style or script that lies in a package, without its comments and indents.

    >>> asset("anchors.css").startswith(".clippings-page .cp-a")
    True
    """
    lines = files(package).joinpath(name).read_text("utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if not line.lstrip().startswith(("/*", "//")))


def _answering(marks: Sequence[Mark]) -> Iterator[str]:
    """Yield what makes the marks of a page answer to a reader."""
    if marks:
        # In a function, so that another page of the same notebook may carry the same names.
        yield f"<style>{asset('reading.css')}</style><script>(() => {{\n{asset('reading.js')}\n}})();</script>"


def _header(title: str, facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{inline(name)}</dt><dd>{inline(value)}</dd></div>" for name, value in facts)
    listed = f'<dl class="cp-facts">{rows}</dl>' if rows else ""
    named = f'<p class="cp-title">{inline(title)}</p>' if title else ""
    return f'<div class="cp-head">{named}{listed}</div>'


def _checked(marks: Iterable[Mark], size: int) -> list[Mark]:
    """Return the marks that have width, outer before inner; refuse those outside the text."""
    kept = []
    for mark in marks:
        if not 0 <= mark.start <= mark.end <= size:
            raise ValueError(f"{mark!r} is not within the text of {size} characters")
        if mark.start < mark.end:
            kept.append(mark)
    return sorted(kept, key=lambda mark: (mark.start, -mark.end, rank(mark.layer), mark.label))


def _filled(blocks: Iterable[tuple[int, int, str]], size: int) -> Iterator[tuple[int, int, str]]:
    """Yield the blocks in order and, as blocks without kind, what they leave uncovered."""
    at = 0
    for start, end, kind in sorted(blocks):
        if not at <= start <= end <= size:
            raise ValueError(f"block {(start, end, kind)!r} overlaps another or leaves the {size} characters")
        yield at, start, ""
        yield start, end, kind
        at = end
    yield at, size, ""


def _pieces(text: str, blocks: Sequence[tuple[int, int, str]] | None) -> list[_Piece]:
    """Cut the text at its blank lines and at the edges of blocks; the pieces partition it."""
    pieces: list[_Piece] = []
    for start, end, kind in _filled(blocks or (), len(text)):
        pieces += _block_pieces(text, start, end, kind)
    return pieces


def _block_pieces(text: str, start: int, end: int, kind: str) -> Iterator[_Piece]:
    at, head = start, kind not in _UNLABELLED_KINDS
    for gap_start, gap_end in _gaps(text, start, end):
        if at < gap_start:
            yield _Piece(at, gap_start, kind, head=head)
            head = False
        yield _Piece(gap_start, gap_end, gap=True)
        at = gap_end
    if at < end:
        yield _Piece(at, end, kind, head=head)


def _gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield blank lines, and line ends at either edge, without the indent of the line that follows."""
    for run in _BLANK_RUN.finditer(text, start, end):
        blank = run[0]
        at_edge = run.start() == start or run.end() == end
        if line_ends(blank) >= (1 if at_edge else 2):
            yield run.start(), run.start() + max(blank.rfind("\n"), blank.rfind("\r")) + 1


def _legend(marks: Sequence[Mark]) -> str:
    counts = Counter(mark.layer for mark in marks)
    drawn = {mark.layer for mark in marks if not mark.quiet}
    items = "".join(_legend_item(name, counts[name], name in drawn) for name in sorted(counts, key=rank))
    return f'<ul class="cp-legend" aria-label="Legend">{items}</ul>' if items else ""


def _legend_item(name: str, count: int, is_drawn: bool) -> str:
    layer = layer_of(name)
    tag = tag_span(inline(layer.tag.format("…")) if name in LAYERS else "", ())
    word = f'<span class="{classes([name])}">{inline(layer.word)}</span>'
    hidden = "" if is_drawn else " hidden"
    return f'<li data-layer="{slug(name)}"{hidden}>{word}{tag} <span class="cp-n">{count}</span></li>'


def _drawn(marks: Iterable[Mark], pieces: Iterable[_Piece]) -> Iterator[tuple[Mark, Mark]]:
    """Yield each mark, and the same less the blank lines at its edges, where there is nothing to draw on."""
    gaps = [piece for piece in pieces if piece.gap]
    starts = [gap.start for gap in gaps]
    for mark in marks:
        start, end = mark.start, mark.end
        before = bisect_right(starts, start) - 1
        if before >= 0 and start < gaps[before].end:
            start = gaps[before].end
        after = bisect_left(starts, end) - 1
        if after >= 0 and end <= gaps[after].end:
            end = gaps[after].start
        if start < end:
            yield mark, mark._replace(start=start, end=end)


def _places(pairs: Iterable[tuple[Mark, Mark]], anchors: str) -> dict[int, str]:
    """Return the elements to jump to, by the place they stand at: one for each stretch that is marked."""
    places: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for mark, drawn in pairs if anchors else ():
        places[drawn.start][f'<span class="cp-a" id="{safe(anchors)}-{mark.start}-{mark.end}"></span>'] = None
    return {place: "".join(elements) for place, elements in places.items()}


def _body(
    text: str,
    marks: Sequence[Mark],
    pieces: Sequence[_Piece],
    anchors: str,
    is_place: Callable[[Mark], bool] = lambda _: True,
) -> Iterator[str]:
    """Sweep once over the sorted edges of marks and pieces, one segment between each two."""
    pairs = list(_drawn(marks, pieces))
    drawn = [mark for _, mark in pairs]
    sweep, places = _Sweep(drawn), _places([pair for pair in pairs if is_place(pair[0])], anchors)
    opening = {piece.start: piece for piece in pieces}
    closing = {piece.end for piece in pieces}
    edges = {edge for mark in drawn for edge in (mark.start, mark.end)}
    gap = False
    for start, end in pairwise(sorted(edges | closing | opening.keys())):
        sweep.move(start)
        if start in opening:
            gap = opening[start].gap
            yield _open(opening[start])
        yield places.get(start, "")
        words = source(text[start:end])
        yield words if gap else sweep.wrap(words, end)
        if end in closing:
            yield "</div>"


def _open(piece: _Piece) -> str:
    if piece.gap:
        return '<div class="cp-gap">'
    kind = f" k-{slug(piece.kind)}" if piece.kind else ""
    head = attribute("data-kind", inline(piece.kind.replace("_", " ")) if piece.head else "")
    return f'<div class="cp-b{kind}"{head}>'


class _Sweep:
    """The marks in force at a place of the text, kept up to date from edge to edge."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks
        self._starting: defaultdict[int, list[int]] = defaultdict(list)
        self._ending: defaultdict[int, list[int]] = defaultdict(list)
        # Ordered by start. Unlike a dict, it finds its first keys at once after many deletions.
        self._notes: OrderedDict[int, str] = OrderedDict()
        self._layers: Counter[str] = Counter()
        self._quiet = 0
        for number, mark in enumerate(marks):
            self._starting[mark.start].append(number)
            self._ending[mark.end].append(number)

    def move(self, place: int) -> None:
        """Drop the marks that end at ``place`` and take up those that start there."""
        for number in self._ending.get(place, ()):
            del self._notes[number]
            self._count(self._marks[number], -1)
        for number in self._starting.get(place, ()):
            mark = self._marks[number]
            self._notes[number] = "" if mark.quiet else inline(layer_of(mark.layer).note.format(mark.label))
            self._count(mark, 1)

    def _count(self, mark: Mark, by: int) -> None:
        if mark.quiet:
            self._quiet += by
        else:
            self._layers[mark.layer] += by

    def wrap(self, words: str, end: int) -> str:
        """Return escaped words in the span of every mark in force; bare where there is none."""
        if not self._notes:
            return words
        layers = +self._layers  # less those whose count is back at zero
        title = attribute("title", "&#10;".join(self._labels()))
        tag = self._tag(self._ending.get(end, ()))
        span = f'<span class="{classes(layers)}"{title}>{words}</span>'
        return span + tag_span(tag, layers.keys() & _LAYERS_BEHIND_TAGS)

    def _labels(self) -> Iterator[str]:
        yield from islice((note for note in self._notes.values() if note), _LABELS_SHOWN)
        more = len(self._notes) - self._quiet - _LABELS_SHOWN
        if more > 0:
            yield f"and {more} more"

    def _tag(self, numbers: Iterable[int]) -> str:
        marks = (self._marks[number] for number in numbers)
        words = dict.fromkeys(tag_of(mark) for mark in marks if not mark.quiet)
        return inline(" ".join(filter(None, words)))


def _notes(text: str, marks: Sequence[Mark], anchors: str) -> Iterator[str]:
    """List the marks in words, with what they rest on: tooltips reach neither touch screens nor keyboards."""
    if not marks:
        return
    yield f'<details class="cp-notes"><summary>Marks in reading order: {len(marks)}</summary><ol>'
    said: dict[str, int] = {}
    for number, mark in enumerate(marks):
        first = said.setdefault(mark.why, number)
        yield from _note(text, mark, anchors, first if mark.why and first < number else None)
    yield "</ol></details>"


def _note(text: str, mark: Mark, anchors: str, said: int | None) -> Iterator[str]:
    """Describe a mark; what it rests on is said once, at the mark of the number given if that was before."""
    layer = layer_of(mark.layer)
    label = inline(layer.note.format(mark.label)) or inline(layer.word)
    places = attribute("data-as", "" if said is None else str(said)) + attribute("data-sign", inline(tag_of(mark)))
    yield f'<li data-start="{mark.start}" data-end="{mark.end}" data-layer="{slug(mark.layer)}"{places}>'
    words = _excerpt(text, mark)
    if anchors:
        yield f'<a class="cp-q" href="#{safe(anchors)}-{mark.start}-{mark.end}">{words}</a> '
    else:
        yield f'<span class="cp-q">{words}</span> '
    yield f'<span class="cp-label">{label}</span> <span class="cp-n">{mark.start}–{mark.end}</span>'
    if mark.why and said is None:
        yield f'<span class="cp-why">{inline(mark.why)}</span>'
    yield "</li>"


def _excerpt(text: str, mark: Mark) -> str:
    words = text[mark.start : min(mark.end, mark.start + _EXCERPT)]
    return inline(words) + ("…" if mark.end - mark.start > _EXCERPT else "")
