"""What a quotation is: speech, a fragment inside a reporting sentence, a name or title, or words set apart.

Only speech and fragments are attributed. A verb of saying tied to a quotation decides most; form decides the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from clippings.layers.quotes.rules import WEAK, Attribution
from clippings.text.grammar_words import NAMED, SMALL
from clippings.text.quotation_marks import Marked
from clippings.text.tokens import Stream

_SENTENCE_MARKS = (".", ",", "?", "!", "-", "–", "—", "…")
_FEW_WORDS = 3
_FRAGMENT = 9
_PHRASE = 4
_TITLE = 9
_ANSWERED = frozenset({"inverted cue", "source, then cue", "running speaker"})


def kind(stream: Stream, marked: Sequence[Marked], index: int, found: Attribution | None) -> str:
    """Tell ``speech``, ``mixed``, ``name`` and ``scare`` apart.

    Words that stop at a mark of the sentence are speech, others mixed, where a source is tied to them. A run in title
    case is a name; a fragment that no cue reports, or in single marks where speech has double ones, is set apart.
    """
    here = marked[index]
    inner = here.inner.of(stream.text).strip()
    words = inner.split(maxsplit=max(_TITLE, _FRAGMENT))
    if not here.closed:
        return "speech"
    if len(words) < _TITLE and _is_title(words) and not _is_answered(stream, index, found, inner):
        return "name"
    if _is_single(stream, here) and len(words) < _FRAGMENT and _has_double(stream, marked):
        return "scare"
    is_answered = found is not None and (found.rule in _ANSWERED or _before(stream, stream.place[index]) == ":")
    ends = inner.endswith(_SENTENCE_MARKS) and (is_answered or len(words) >= _FEW_WORDS)
    if found is None:
        return "speech" if ends and not inner[0].islower() and inner[-1] in ".?!…" else "scare"
    if found.rule in WEAK and len(words) < _PHRASE:
        return "speech" if ends and inner[-1] in ".?!…" and not inner[0].islower() else "scare"
    return "speech" if ends else "mixed"


def _is_single(stream: Stream, here: Marked) -> bool:
    return here.inner.start - here.span.start == 1 and stream.text[here.span.start] in "‘'`"


def _has_double(stream: Stream, marked: Sequence[Marked]) -> bool:
    if stream.has_double is None:
        stream.has_double = any(not _is_single(stream, other) for other in marked)
    return stream.has_double


def _is_title(words: Sequence[str]) -> bool:
    """Every word but the small ones begins with a capital or a figure."""
    if not words or words[0][:1].islower():
        return False
    return all(not word[:1].islower() or word.lower() in SMALL for word in words)


def _is_answered(stream: Stream, index: int, found: Attribution | None, inner: str) -> bool:
    """Short speech such as "Never," or "Sad!" has capitals too, where a cue stands right beside it."""
    if found is None or found.cue is None or found.rule in WEAK:
        return False
    here = stream.place[index]
    if _before(stream, here) in NAMED:
        return False
    if " " not in inner and found.rule == "cue before":
        return True
    if inner.endswith((",", "!", "?", ".")) and found.rule in _ANSWERED:
        return here == 0 or stream.kinds[here - 1] in ("comma", "mark", "cue", "quote", "conjunction")
    return here > 0 and stream.starts[here] - found.cue.end in (1, 2)


def _before(stream: Stream, at: int) -> str:
    return stream.words[at - 1].lower() if at else ""
