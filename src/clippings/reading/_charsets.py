"""The bytes of a saved page: the HTML within MHTML, and the charset it declares."""

from __future__ import annotations

import codecs
import email
import email.policy
import re

HEAD = 4_096  # Bytes of a page, or characters, in which its charset and address stand.
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_KNOWN_CHARSET = re.compile(
    r"(?:windows-?|cp)125\d|iso-?8859-\d\d?|koi8-[ru]|us-ascii|gb2312|gbk|big5|shift_jis|euc-(?:jp|kr)"
)
# What is labeled so is Windows-1252: browsers agreed on it.
_IN_FACT = {"iso-8859-1": "cp1252", "us-ascii": "cp1252", "windows-1252": "cp1252"}


def unpacked(data: bytes) -> tuple[bytes, str, str]:
    """Return the HTML within MHTML, the charset and the address told for it; other bytes as they are."""
    head = data[:HEAD].lstrip().lower()
    if head.startswith(b"<") or b"mime-version:" not in head:
        return data, "", ""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        part = next(part for part in message.walk() if part.get_content_type() == "text/html")
        payload = part.get_payload(decode=True)
        charset = str(part.get_content_charset() or "")
        places = (message["Snapshot-Content-Location"], part["Content-Location"])
    except (StopIteration, RecursionError, LookupError, ValueError, TypeError, AttributeError):
        return data, "", ""
    address = next((str(place).strip() for place in places if place), "")
    return (payload, charset, address) if isinstance(payload, bytes) and payload else (data, "", "")


def declared(markup: bytes) -> str:
    """Return the charset that the head of a page names; empty where it names none."""
    found = _CHARSET.search(markup, 0, HEAD)
    return found[1].decode("ascii", "replace") if found else ""


def codec(charset: str) -> str:
    """Return the codec of a charset, as browsers take it; empty for one that is not known."""
    name = charset.lower().replace("iso8859", "iso-8859")
    if not _KNOWN_CHARSET.fullmatch(name):
        return ""
    try:
        return _IN_FACT.get(name) or codecs.lookup(name).name
    except LookupError:
        return ""
