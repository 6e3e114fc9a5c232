"""Saved mails: one (``.eml``) or a mailbox of many (``.mbox``), each a clipping that begins with its head."""

from __future__ import annotations

import email
import email.policy
import functools
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from clippings import diagnostics
from clippings.model import Diagnostic
from clippings.page.forms import Layout
from clippings.reading import html
from clippings.reading.guards import guarded, refuse_empty
from clippings.reading.saved import Saved, read_each, taken
from clippings.reading.source import refusal

KIND = "mail"
_HEAD = ("Subject", "From", "Date")
_STARTS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\r?\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LONGEST_STUB, _AS_LONG = 200, 2
"""A plain part of no more characters may only say that the mail is to be seen in a browser."""
_BEFORE_HEAD = re.compile(rb"\A(?:\s*From [^\n]*\r?\n)?")


def read(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    r"""Read the bytes of a mail: its head, and its text, or the visible text of its HTML.

    Raises:
        SourceError: the mail holds no words.

    >>> mail = b"Subject: Talks\nDate: Fri, 14 Mar 2008 10:00:00 +0200\nX-Spam: no\n\nThey met.\n"
    >>> read(mail, layout="plain")[0].decoded.text
    'Subject: Talks\nDate: Fri, 14 Mar 2008 10:00:00 +0200\n\nThey met.'
    """
    return [_mail(_BEFORE_HEAD.sub(b"", data, count=1), file, layout)]


def read_box(data: bytes, *, file: str = "", layout: Layout = "auto") -> list[Saved]:
    """Read the bytes of a mailbox; a mail without words is told by the first that has some.

    Raises:
        SourceError: no mail holds words, or the file is no mailbox.
    """
    starts = list(_STARTS.finditer(data))
    if not starts:
        raise refusal("CLP130", file, kind="mailbox", reason="no line begins a mail")
    ends = [*(found.start() for found in starts[1:]), len(data)]
    mails = (_QUOTED.sub(rb"\1", data[found.end() : end]) for found, end in zip(starts, ends, strict=True))
    return read_each((functools.partial(_mail, mail, file, layout) for mail in mails), file, KIND)


def _mail(data: bytes, file: str, layout: Layout) -> Saved:
    with guarded(file, KIND):
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        head = [f"{name}: {' '.join(str(message[name]).split())}" for name in _HEAD if message[name]]
        if not head:
            raise ValueError(f"it has no {', '.join(_HEAD)}")
        body = refuse_empty(_body(message, file), file, KIND)
        text = "\n".join(head) + "\n\n" + body.strip()
        return taken(data, text, layout, told=tuple(_attached(message, file)))


def _body(message: EmailMessage, file: str) -> str:
    plain, marked = message.get_body(("plain",)), message.get_body(("html",))
    words = _content(plain).replace("\r\n", "\n") if plain else ""
    if not marked or len(words.strip()) > _LONGEST_STUB:
        return words
    shown = html.seen(_content(marked), file)
    return shown if len(shown) > _AS_LONG * len(words) else words


def _content(part: Any) -> str:
    """The text of a part; one that declares an encoding nobody knows is taken as Latin-1."""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return bytes(part.get_payload(decode=True)).decode("latin-1")


def _attached(message: EmailMessage, file: str) -> Iterator[Diagnostic]:
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if names:
        yield diagnostics.make("CLP137", file=file, part=", ".join(map(str, names)), reason="attached to the mail")
