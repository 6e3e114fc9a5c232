"""Pages that say they are not there, though the server says that all is well."""

from __future__ import annotations

import html
import re

from clippings.reading.source import SourceError, decode

LONGEST = 1_500
"""Characters of text; an error page says less, an article nearly always more."""
SPOKEN = 300
"""Characters at the head of the text within which an error page says what it is."""
PHRASES = (
    "404 not found",
    "error 404",
    "404 error",
    "page not found",
    "file not found",
    "page cannot be found",
    "page could not be found",
    "page you requested",
    "page you are looking for",
    "no longer available",
    "has not archived that url",
    "this url has been excluded",
    "account suspended",
    "domain is for sale",
    "403 forbidden",
    "access denied",
    "service unavailable",
    "internal server error",
)
_HIDDEN = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PDF = b"%PDF"


def says(body: bytes, title: str) -> str:
    r"""Return the words by which a short page says that it is an error page, empty for any other.

    A page that holds the title one looks for is none.

    Args:
        body: of the page.
        title: that the page should have; empty where it is not known.

    >>> says(b"<title>404 Not Found</title>", "Harbor towns sign"), says(b"<p>Minsk was quiet.</p>", "")
    ('404 not found', '')
    """
    text = _text(body)
    if len(text) > LONGEST or (title and has(body, title)):
        return ""
    return next((phrase for phrase in PHRASES if phrase in text[:SPOKEN]), "")


def has(body: bytes, title: str) -> bool:
    """Tell whether a page has the letters of a title; one whose text is not to be seen in its bytes is believed.

    >>> has(b"<h1>Harbor <b>towns</b> sign &ldquo;pact&rdquo;</h1>", 'Harbor towns sign "pact"')
    True
    """
    return body.startswith(_PDF) or squeezed(title) in squeezed(_text(body))


def _text(body: bytes) -> str:
    try:
        text = decode(body).text
    except SourceError:
        text = body.decode("latin-1")
    return " ".join(html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", text))).split()).lower()


def squeezed(text: str) -> str:
    """Return the letters and figures of a text, small."""
    return "".join(filter(str.isalnum, text.lower()))
