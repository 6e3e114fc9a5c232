"""HTML of a clipping and its layers for notebooks: escaped, highlighted, with a legend.

Each result is one fragment that stands alone: its own style, no script, no id, nothing asked of another host.
It follows the light or dark theme of a Jupyter Book, JupyterLab, VS Code or the system. Marks differ by wash,
line style and a small tag, so that nothing rests on colour alone; the style draws the tags, and the text
content stays the exact source.

One character shows as one character. Those that a page cannot carry are replaced: C0 controls but tab and
line ends by their picture (NUL by U+2400), DEL by U+2421, C1 controls and lone surrogates by U+FFFD.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import islice, pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A stretch ``[start, end)`` of the text, in code points, with the layer it belongs to and its tooltip.

    The label of an ``erratum`` is the reading expected there; it is shown in brackets after the words.
    """

    start: int
    end: int
    layer: str
    label: str


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


class _Layer(NamedTuple):
    """How a layer is named: in the legend, in the small tag after its marks, and in their tooltips."""

    word: str
    tag: str = ""
    note: str = "{}"


class _Piece(NamedTuple):
    """A paragraph of the shown text, or the blank lines between two of them."""

    start: int
    end: int
    kind: str = ""
    gap: bool = False
    head: bool = False


# The order is that of the legend. A layer without a tag is the usual one of its line style.
_LAYERS = {
    "quote": _Layer("quote"),
    "source": _Layer("source"),
    "cue": _Layer("cue"),
    "theme": _Layer("theme"),
    "country": _Layer("country"),
    "capital": _Layer("capital", "cap"),
    "demonym": _Layer("demonym", "dem"),
    "region": _Layer("region", "reg"),
    "place": _Layer("place", "pl"),
    "organization": _Layer("organization"),
    "alliance": _Layer("alliance", "all"),
    "government_body": _Layer("government body", "gov"),
    "think_tank": _Layer("think tank", "tt"),
    "media": _Layer("media", "med"),
    "person": _Layer("person"),
    "treaty": _Layer("treaty"),
    "weapon": _Layer("weapon", "wpn"),
    "date": _Layer("date"),
    "erratum": _Layer("misprint", "[{}]", "misprint for {}"),
}
_RANK = {name: rank for rank, name in enumerate(_LAYERS)}
_BLOCK_KINDS = {
    *("archive", "label", "title", "standfirst", "publisher", "byline", "dateline"),
    *("paragraph", "source_url", "furniture", "blank"),
}
_UNLABELLED_KINDS = frozenset(["", "paragraph", "blank"])
_LAYERS_BEHIND_TAGS = {"quote", "theme"}
_LABELS_SHOWN = 8
_EXCERPT = 60

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_CARRIAGE_RETURN = re.compile(r"\r(\n?)")
_BLANK_RUN = re.compile(r"[ \t\r\n]+")
_UNSLUG = re.compile(r"[^a-z0-9_-]+")


def page_html(
    text: str,
    marks: Sequence[Mark],
    *,
    title: str,
    facts: Sequence[tuple[str, str]] = (),
    blocks: Sequence[tuple[int, int, str]] | None = None,
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

    Raises:
        ValueError: A mark or a block lies outside the text or ends before it starts, or two blocks overlap.

    >>> html = page_html("Mink & Co.", [Mark(0, 4, "erratum", "Minsk")], title="One <clipping>")
    >>> '<span class="cp-m l-erratum" title="misprint for Minsk">Mink</span>' in html
    True
    >>> '<span class="cp-t cp-m" data-tag="[Minsk]"></span> &amp; Co.' in html
    True
    """
    shown = _checked(marks, len(text))
    return _fragment(
        _header(title, facts),
        _legend(shown),
        f'<div class="cp-text{" cp-blocks" if blocks else ""}">',
        *_body(text, shown, _pieces(text, blocks)),
        "</div>",
        *_notes(text, shown),
    )


def summary_html(title: str, facts: Sequence[tuple[str, str]]) -> str:
    """Return a title and facts, such as the counts of a corpus, in the look of a page.

    >>> '<dt>clippings</dt><dd>170</dd>' in summary_html("Corpus", [("clippings", "170")])
    True
    """
    return _fragment(_header(title, facts))


def _fragment(*parts: str) -> str:
    return "".join(['<div class="clippings-page"><style>', _style(), "</style>", *parts, "</div>"])


@cache
def _style() -> str:
    lines = files(__package__).joinpath("display.css").read_text("utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if not line.startswith("/*"))


def _safe(text: str) -> str:
    """Escape for element content and attributes, with the same number of characters once parsed."""
    return escape(_UNSHOWABLE.sub(lambda match: _picture(ord(match[0])), text))


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _source(text: str) -> str:
    """Escape source text: parsers turn a bare CR into LF, and browsers do not break a line at a lone CR."""
    return _CARRIAGE_RETURN.sub(lambda match: "&#13;\n" if match[1] else "&#13;<br>", _safe(text))


def _inline(text: str) -> str:
    return _safe(" ".join(text.split()))


def _slug(name: str) -> str:
    return _UNSLUG.sub("-", name.lower())


def _header(title: str, facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{_inline(name)}</dt><dd>{_inline(value)}</dd></div>" for name, value in facts)
    listed = f'<dl class="cp-facts">{rows}</dl>' if rows else ""
    return f'<div class="cp-head"><p class="cp-title">{_inline(title)}</p>{listed}</div>'


def _checked(marks: Iterable[Mark], size: int) -> list[Mark]:
    """Return the marks that have width, outer before inner; refuse those outside the text."""
    kept = []
    for mark in marks:
        if not 0 <= mark.start <= mark.end <= size:
            raise ValueError(f"{mark!r} is not within the text of {size} characters")
        if mark.start < mark.end:
            kept.append(mark)
    return sorted(kept, key=lambda mark: (mark.start, -mark.end, _rank(mark.layer), mark.label))


def _rank(layer: str) -> tuple[int, str]:
    return _RANK.get(layer, len(_RANK)), layer


def _layer(name: str) -> _Layer:
    word = name.replace("_", " ")
    return _LAYERS.get(name) or _Layer(word, "" if name in _BLOCK_KINDS else word)


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
        if blank.count("\n") + blank.count("\r") - blank.count("\r\n") >= (1 if at_edge else 2):
            yield run.start(), run.start() + max(blank.rfind("\n"), blank.rfind("\r")) + 1


def _legend(marks: Sequence[Mark]) -> str:
    counts = Counter(mark.layer for mark in marks)
    items = "".join(_legend_item(name, counts[name]) for name in sorted(counts, key=_rank))
    return f'<ul class="cp-legend" aria-label="Legend">{items}</ul>' if items else ""


def _legend_item(name: str, count: int) -> str:
    layer = _layer(name)
    tag = _tag_span(_inline(layer.tag.format("…")) if name in _LAYERS else "", ())
    word = f'<span class="{_classes([name])}">{_inline(layer.word)}</span>'
    return f'<li>{word}{tag} <span class="cp-n">{count}</span></li>'


def _attribute(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""


def _drawn(marks: Iterable[Mark], pieces: Iterable[_Piece]) -> Iterator[Mark]:
    """Yield the marks less the blank lines at their edges, where there is nothing to draw on."""
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
            yield mark._replace(start=start, end=end)


def _body(text: str, marks: Sequence[Mark], pieces: Sequence[_Piece]) -> Iterator[str]:
    """Sweep once over the sorted edges of marks and pieces, one segment between each two."""
    drawn = list(_drawn(marks, pieces))
    sweep = _Sweep(drawn)
    opening = {piece.start: piece for piece in pieces}
    closing = {piece.end for piece in pieces}
    edges = {edge for mark in drawn for edge in (mark.start, mark.end)}
    gap = False
    for start, end in pairwise(sorted(edges | closing | opening.keys())):
        sweep.move(start)
        if start in opening:
            gap = opening[start].gap
            yield _open(opening[start])
        words = _source(text[start:end])
        yield words if gap else sweep.wrap(words, start, end)
        if end in closing:
            yield "</div>"


def _open(piece: _Piece) -> str:
    if piece.gap:
        return '<div class="cp-gap">'
    kind = f" k-{_slug(piece.kind)}" if piece.kind else ""
    head = _attribute("data-kind", _inline(piece.kind.replace("_", " ")) if piece.head else "")
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
        for number, mark in enumerate(marks):
            self._starting[mark.start].append(number)
            self._ending[mark.end].append(number)

    def move(self, place: int) -> None:
        """Drop the marks that end at ``place`` and take up those that start there."""
        for number in self._ending.get(place, ()):
            del self._notes[number]
            self._layers[self._marks[number].layer] -= 1
        for number in self._starting.get(place, ()):
            mark = self._marks[number]
            self._notes[number] = _inline(_layer(mark.layer).note.format(mark.label))
            self._layers[mark.layer] += 1

    def wrap(self, words: str, start: int, end: int) -> str:
        """Return escaped words in the span that tells every mark in force; bare where there is none."""
        if not self._notes:
            return words
        layers = +self._layers  # less those whose count is back at zero
        title = _attribute("title", "&#10;".join(self._labels()))
        head = _attribute("data-head", self._words(_block_word, self._starting.get(start, ())))
        tag = self._words(_tag, self._ending.get(end, ()))
        span = f'<span class="{_classes(layers)}"{title}{head}>{words}</span>'
        return span + _tag_span(tag, layers.keys() & _LAYERS_BEHIND_TAGS)

    def _labels(self) -> Iterator[str]:
        yield from islice((note for note in self._notes.values() if note), _LABELS_SHOWN)
        if len(self._notes) > _LABELS_SHOWN:
            yield f"and {len(self._notes) - _LABELS_SHOWN} more"

    def _words(self, word: Callable[[Mark], str], numbers: Iterable[int]) -> str:
        words = dict.fromkeys(word(self._marks[number]) for number in numbers)
        return _inline(" ".join(filter(None, words)))


def _classes(layers: Iterable[str]) -> str:
    return " ".join(["cp-m", *(f"l-{_slug(name)}" for name in sorted(layers, key=_rank))])


def _tag_span(tag: str, layers: Iterable[str]) -> str:
    """Return an empty span after which the style draws the tag, clear of the lines under the words."""
    return f'<span class="cp-t {_classes(layers)}" data-tag="{tag}"></span>' if tag else ""


def _tag(mark: Mark) -> str:
    return _layer(mark.layer).tag.format(mark.label)


def _block_word(mark: Mark) -> str:
    return _layer(mark.layer).word if mark.layer in _BLOCK_KINDS else ""


def _notes(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """List the marks in words: tooltips reach neither touch screens nor keyboards."""
    if not marks:
        return
    yield f'<details class="cp-notes"><summary>Marks in reading order: {len(marks)}</summary><ol>'
    for mark in marks:
        layer = _layer(mark.layer)
        label = _inline(layer.note.format(mark.label)) or _inline(layer.word)
        yield f'<li><span class="cp-q">{_excerpt(text, mark)}</span> {label} '
        yield f'<span class="cp-n">{mark.start}–{mark.end}</span></li>'
    yield "</ol></details>"


def _excerpt(text: str, mark: Mark) -> str:
    words = text[mark.start : min(mark.end, mark.start + _EXCERPT)]
    return _inline(words) + ("…" if mark.end - mark.start > _EXCERPT else "")
