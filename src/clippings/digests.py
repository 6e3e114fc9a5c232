"""Several items on one page: a digest, whose items open with a headline in capitals and close with initials."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clippings.lines import Line
from clippings.model import Span

_CAPITALS = r"(?:\.\.\.)?[A-Z0-9][A-Z0-9 ,.'’\"“”&/:;?!$%()-]{11,118}"
_HEADLINE = re.compile(_CAPITALS + r"[.?!…] (?=[A-Z0-9\"“])(?=\S{0,30}?[a-z]|\S [a-z])")
_HEADING = re.compile(_CAPITALS + "$")
_INITIALS = re.compile(r"(?:^|(?<=[.!?\"”'’)]) )(?P<initials>\(?[A-Z]{2,3}(?:/[A-Z]{2,3})?\)?)$")
_LONGEST_INITIALS = 12
_FEWEST, _SHORTEST = 2, 12


def signed_apart(found: Sequence[Line], kinds: Sequence[str]) -> tuple[Sequence[Line], Sequence[str]]:
    """Set the initials that sign an item apart from its paragraph; a page that is no digest stays as it is."""
    if not _is_digest([line.text for line, kind in zip(found, kinds, strict=True) if kind == "paragraph"]):
        return found, kinds
    parts = [part for line, kind in zip(found, kinds, strict=True) for part in _apart(line, kind)]
    return [line for line, _ in parts], [kind for _, kind in parts]


def items(text: str, found: Sequence[Line], kinds: Sequence[str]) -> tuple[Span, ...]:
    """Return the extent of each item, from one headline in capitals to the next; the whole body if there is none."""
    paragraphs = [line for line, kind in zip(found, kinds, strict=True) if kind == "paragraph"]
    if not paragraphs:
        return (Span(len(text), len(text)),)
    heads = _heads(paragraphs, signed="initials" in kinds)
    starts = [0, *(at for at in heads if at)] if len(heads) >= _FEWEST else [0]
    return tuple(
        Span(paragraphs[first].start, paragraphs[after - 1].end)
        for first, after in zip(starts, [*starts[1:], len(paragraphs)], strict=True)
    )


def _heads(paragraphs: Sequence[Line], *, signed: bool) -> list[int]:
    """Where the paragraphs stand that open with a headline, or are one; these alone part one text."""
    capitals = [at for at, line in enumerate(paragraphs) if _is_capital(line.text)]
    heads = [at for at in capitals if _HEADLINE.match(paragraphs[at].text)]
    if len(heads) >= _FEWEST or not signed:
        return heads
    return [at for at in capitals if _HEADING.match(paragraphs[at].text)]


def _is_digest(paragraphs: Sequence[str]) -> bool:
    capitals = [paragraph for paragraph in paragraphs if _is_capital(paragraph)]
    if len(capitals) < _FEWEST:
        return False
    if sum(bool(_HEADLINE.match(paragraph)) for paragraph in capitals) >= _FEWEST:
        return True
    headings = sum(bool(_HEADING.match(paragraph)) for paragraph in capitals)
    return headings >= _FEWEST and sum(bool(_signed(paragraph)) for paragraph in paragraphs) >= _FEWEST


def _is_capital(paragraph: str) -> bool:
    """Tell whether a paragraph may open with a headline; far fewer do than are asked."""
    opening = paragraph[:_SHORTEST]
    return opening == opening.upper()


def _apart(line: Line, kind: str) -> list[tuple[Line, str]]:
    signed = _signed(line.text) if kind == "paragraph" else None
    if not signed:
        return [(line, kind)]
    at = line.start + signed.start("initials")
    initials = Line(at, at + len(signed["initials"]), signed["initials"]), "initials"
    text = line.text[: signed.start()]
    return [(Line(line.start, at - 1, text), kind), initials] if text else [initials]


def _signed(paragraph: str) -> re.Match[str] | None:
    return _INITIALS.search(paragraph, max(0, len(paragraph) - _LONGEST_INITIALS))
