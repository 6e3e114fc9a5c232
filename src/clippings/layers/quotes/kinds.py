"""What a quotation is: speech, a fragment inside a reporting sentence, a name or title, or words set apart.

Only speech and fragments are attributed. A verb of saying tied to a quotation decides most; form decides the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from clippings.layers.quotes.sites import Attribution, Rule
from clippings.text.grammar_words import NAMED, SMALL
from clippings.text.quotation_marks import Marked
from clippings.text.tokens import Tokens

_SENTENCE_MARKS = (".", ",", "?", "!", "-", "–", "—", "…")
_NESTED = "'’”\""
_FEW_WORDS = 3
_SMALL_WORD = 3
_SERIES = 8
_FRAGMENT = 9
_PHRASE = 4
_TITLE = 9
_WEAK = frozenset({Rule.SUBJECT, Rule.SUBJECT_ABOVE, Rule.BARE})
_ANSWERED = frozenset({Rule.CUE_FIRST, Rule.SOURCE_FIRST, Rule.RUNNING, Rule.BELOW})


def sort(tokens: Tokens, marked: Sequence[Marked], found: Sequence[Attribution | None]) -> list[str]:
    """Return the kind of each quotation: ``speech``, ``mixed``, ``name`` or ``scare``."""
    has_double = any(not _is_single(tokens, here) for here in marked)
    rows = zip(tokens.place, marked, found, strict=True)
    return [_kind(tokens, at, here, tied, has_double) for at, here, tied in rows]


def _kind(tokens: Tokens, at: int, here: Marked, found: Attribution | None, has_double: bool) -> str:
    """Tell the kinds apart.

    Words that stop at a mark of the sentence are speech, others mixed, where a source is tied to them. A run in title
    case is a name; a fragment that no cue reports, or in single marks where speech has double ones, is set apart.
    """
    inner = here.inner.of(tokens.text).strip()
    words = inner.split(maxsplit=max(_TITLE, _FRAGMENT))
    if not here.closed:
        return "speech"
    is_title = len(words) < _TITLE and _is_title(words)
    if is_title and not _is_headline(tokens, at) and not _is_answered(tokens, at, found, inner):
        return "name"
    if has_double and _is_single(tokens, here) and len(words) < _FRAGMENT:
        return "scare"
    is_answered = found is not None and (found.rule in _ANSWERED or _is_introduced(tokens, at, found))
    ends = inner.rstrip(_NESTED).endswith(_SENTENCE_MARKS) and (is_answered or len(words) >= _FEW_WORDS)
    is_tied = is_answered or (found is not None and found.rule is Rule.ACCORDING)
    ends = ends or (is_tied and len(words) >= _FEW_WORDS and inner[0].isupper() and _is_stopped(tokens, here))
    if found is None:
        return "speech" if ends and not inner[0].islower() and inner[-1] in ".?!…" else "scare"
    if found.rule in _WEAK and len(words) < _PHRASE:
        return "speech" if ends and inner[-1] in ".?!…" and not inner[0].islower() else "scare"
    return "speech" if ends else "mixed"


def _is_headline(tokens: Tokens, at: int) -> bool:
    """Tell whether the sentence around a quotation has capitals throughout, so that those inside say nothing."""
    first, end, _ = tokens.units[tokens.home[tokens.number(at)]]
    longer = [word for word in tokens.words[first:end] if len(word) > _SMALL_WORD]
    return len(longer) >= _FEW_WORDS and not any(word[0].islower() for word in longer)


def _is_stopped(tokens: Tokens, here: Marked) -> bool:
    """``"It is late", said X``: the mark of the sentence stands outside the quotation marks."""
    return tokens.text[here.span.end : here.span.end + 1] in (",", ".", ";")


def _is_introduced(tokens: Tokens, at: int, found: Attribution) -> bool:
    """``said: "Never."``, ``said, "Never."``."""
    before = tokens.before(tokens.starts[at])
    return before == ":" or (before == "," and found.rule is Rule.BEFORE and tokens.kinds[at - 2] == "cue")


def _is_single(tokens: Tokens, here: Marked) -> bool:
    return here.inner.start - here.span.start == 1 and tokens.text[here.span.start] in "‘'`"


def _is_title(words: Sequence[str]) -> bool:
    """Every word but the small ones begins with a capital or a figure."""
    if not words or words[0][:1].islower():
        return False
    return all(not word[:1].islower() or word.lower() in SMALL for word in words)


def _is_answered(tokens: Tokens, here: int, found: Attribution | None, inner: str) -> bool:
    """Short speech such as "Never," or "Sad!" has capitals too, where a cue stands right beside it."""
    if found is None or found.cue is None or found.rule in _WEAK:
        return False
    if tokens.before(tokens.starts[here]) in NAMED:
        return False
    if found.rule is Rule.CUE_FIRST and found.cue.start == tokens.end(here) + 1 and inner[-1].isalnum():
        return True
    if inner.endswith(("!", "?")) and _is_cried(tokens, here):
        return True
    if " " not in inner and found.rule is Rule.BEFORE:
        return True
    if inner.endswith((",", "!", "?", ".")) and found.rule in _ANSWERED:
        return here == 0 or tokens.kinds[here - 1] in ("comma", "mark", "cue", "quote", "conjunction")
    return here > 0 and tokens.starts[here] - found.cue.end in (1, 2)


def _is_cried(tokens: Tokens, at: int) -> bool:
    """``shouted "Fire!"``, ``chanted "Long Live Freedom!" and "No Union!"``: a cue in front, others between."""
    for _ in range(_SERIES):
        if tokens.kinds[max(0, at - 2) : at] not in (("quote", "conjunction"), ("quote", "comma")):
            break
        at -= 2
    return at > 0 and tokens.kinds[at - 1] == "cue"
