"""Addresses of sources as pages print them: whole, odd or cut."""

from __future__ import annotations

import re
from typing import NamedTuple

_STARTS = re.compile(r"<?(?:h[tx]{2}ps?(?::|//)|ftp:|www\.) ?\S", re.IGNORECASE)
# What most addresses look like; none of the oddities below fits these.
_SOUND = re.compile(
    r"https?://(?!www\.[\w-]*(?:/|$))[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w/.~&=?+#,:;!*$@'-]*)?(?<![.,;:!'])$",
    re.IGNORECASE | re.ASCII,
)
_BEGUN = re.compile(r"h[tx]{0,2}p?s?:?/{0,2}$|www\.?$", re.IGNORECASE)
_BEGINNINGS = ("<", "ftp:", "http", "htxp", "hxtp", "hxxp", "www.")
_BARE = re.compile(r"[\w.-]+\.\w+/\S*$")
_MOST_PIECES = 4
_LONGEST_HOST = 280
_HOST = re.compile(r"<?(?:[a-z]{2,6}:?/{1,3}\s?|[a-z]{2,6}:)?(?P<host>[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
# The labels under which a country registers names, as in example.co.uk.
_SECOND = frozenset({"ac", "co", "com", "edu", "gov", "mil", "net", "or", "org"})
_COUNTRY = 2


class Oddity(NamedTuple):
    """What is odd about an address, and at which character of it."""

    reason: str
    at: int


# Tried in order; the first that is found is told. ``odd`` is where the fault stands.
_ODDITIES = tuple(
    (re.compile(form, re.IGNORECASE), reason)
    for form, reason in (
        (r".*?\S(?P<odd>\s)", "a blank stands inside"),
        (r"[^{}<>\"|\\^`]*(?P<odd>[{}<>\"|\\^`])", "{odd!r} has no place in an address"),
        (r"(?!https?://|ftp://)(?P<odd>\w+(?::|//))", "{odd!r} is no scheme such as http://"),
        (r"(?!https?://|ftp://)", "no scheme such as http:// stands before it"),
        (r"\w+://(?P<odd>[^/.]*(?:$|/)|www\.[^/.]*(?:$|/))", "{odd!r} is no whole host"),
        (r".*(?P<odd>\.\.\.|…)$", "it is cut"),
        (r".*(?P<odd>%[0-9a-f]?)$", "it is cut within a code"),
        (r"[^()]*(?P<odd>\)|\([^)]*$)", "a bracket has no partner"),
        (r".*(?P<odd>[.,;:!'’”])$", "{odd!r} stands behind it"),
    )
)


def is_address(text: str) -> bool:
    """Tell whether a line is an address, whole, odd or cut.

    >>> is_address("http://www.example.org/a b"), is_address("example.org/a"), is_address("Minsk was quiet.")
    (True, True, False)
    """
    if text[:5].lower().startswith(_BEGINNINGS) and _STARTS.match(text):
        return len(text.split(maxsplit=_MOST_PIECES)) < _MOST_PIECES
    return "/" in text and bool(_BARE.match(text))


def oddity(text: str) -> Oddity | None:
    """Return what is odd about an address, None for one that could be opened as it stands.

    >>> oddity("hxxp://example.org/a").reason
    "'hxxp:' is no scheme such as http://"
    >>> oddity("http://www.example.org/a?id=1&&b=%3f") is None
    True
    """
    if _SOUND.match(text):
        return None
    if _BEGUN.match(text):
        return Oddity("nothing stands behind its first letters", 0)
    if not is_address(text):
        return Oddity("it is no address", 0)
    for form, reason in _ODDITIES:
        found = form.match(text)
        if found:
            odd = found.groupdict().get("odd")
            return Oddity(reason.format(odd=odd), found.start("odd") if odd is not None else 0)
    return None


def host(text: str) -> tuple[int, int] | None:
    """Return where the host stands in an address, None where it names none.

    >>> host("http://en.rian.ru/russia"), host("http://")
    ((7, 17), None)
    """
    found = _HOST.match(text, 0, _LONGEST_HOST)
    return found.span("host") if found else None


def registered(host: str) -> str:
    """Return the name a host is registered under.

    >>> registered("news.bbc.co.uk"), registered("en.rian.ru"), registered("www.hurriyet.com.tr")
    ('bbc.co.uk', 'rian.ru', 'hurriyet.com.tr')
    """
    labels = host.lower().split(".")
    is_second = len(labels[-1]) == _COUNTRY and not _SECOND.isdisjoint(labels[-2:-1])
    return ".".join(labels[-3 if is_second else -2 :])
