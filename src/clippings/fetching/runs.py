"""Pages of a catalogue, fetched into a folder: begun, stopped and resumed at any moment with the same end."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Sequence
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from clippings import arguments, diagnostics, progress, release
from clippings.arguments import ArgumentError
from clippings.fetching import _bodies, _error_pages, manifest
from clippings.fetching._rows import Days, Row, days, rows
from clippings.fetching.manifest import Begun, Failed, Kept, Manifest
from clippings.fetching.outside import FetchError, Outside
from clippings.sources import counted
from clippings.store import lock
from clippings.writing import write_bytes

if TYPE_CHECKING:
    import pandas as pd

    from clippings.fetching._asking import Answer, Asker

From: TypeAlias = Literal["any", "live", "archive"]

ARCHIVE = "https://web.archive.org/web/"
"""The TimeGate that is asked: an address is put behind it."""
DELAY = 1.0
"""Seconds between two requests to a host."""
_LONGEST_DELAY = 3_600
FAR = 180
"""A capture more than so many days from the day wanted is told (CLP713)."""
RIGHTS = "The pages belong to their publishers: read, search and cite them, and do not publish them."
_CONTACT = re.compile(r"(?:https?://[!-~]+\.[!-~]+|[!-~]+@[!-~]+\.[!-~]+)")
_OK, _NOT_MODIFIED = 200, 304
_BOTH = ("live", "archive")


class Fetched:
    """The pages that a run fetched, and why it did not get the others.

    Attributes:
        folder: with the pages.
        frame: a row a clipping: ``id``, ``state`` (``fetched``, ``kept`` from before, ``changed`` or ``failed``),
            ``source`` (``live`` or ``archive``), ``address``, ``captured`` (the day), ``days_off`` (from the day
            wanted), ``file``, ``code`` and ``reason``.
    """

    def __init__(self, folder: Path, frame: pd.DataFrame) -> None:
        self.folder, self.frame = folder, frame

    @property
    def summary(self) -> str:
        """The sum of it in one line."""
        states, sources = self.frame["state"].value_counts(), self.frame["source"].value_counts()
        told = [f"{states[one]:,} {one}" for one in ("fetched", "changed", "kept", "failed") if one in states]
        places = [f"{sources[one]:,} {one}" for one in ("live", "archive") if one in sources]
        more = f" ({', '.join(places)})" if places else ""
        return f"{counted(len(self.frame), 'page')}: {', '.join(told)}{more}"

    def __repr__(self) -> str:
        return f"<Fetched {self.summary}>"


def fetch(
    table: str | Path,
    folder: str | Path,
    *,
    contact: str,
    source: From = "any",
    near: str | None = None,
    archive: str | None = None,
    delay: float = DELAY,
    refresh: bool = False,
    outside: Outside | None = None,
) -> Fetched:
    r"""Fetch the pages of a catalogue into a folder, politely, and return what became of each.

    Each host is asked as its robots.txt allows, once in ``delay`` seconds, and again later where it asks for patience.
    The folder gets one file a page, named by its id, with the bytes that were sent; ``warc/`` with the answers, heads
    and all; and ``fetched.jsonl``, by which the same call resumes a run that was stopped or killed. What stands there
    whole is not asked for again. This is the only part of the library that asks a network.

    Args:
        table: a CSV file with the columns ``id`` and ``url``, and, if known, ``date`` and ``title``.
        folder: that gets the pages; made if it is not there.
        contact: an e-mail or web address at which those who run the servers reach you.
        source: ``live`` for the addresses themselves, ``archive`` for captures of the web archive, ``any`` for the
            first and, where it fails, the second.
        near: the date that a capture should be near, as 2007, 2007-11 or 2007-11-02; that of each row if not given.
        archive: the TimeGate of the archive (RFC 7089), behind which an address is put; that of the Internet Archive if
            not given.
        delay: seconds between two requests to a host, 1 at least.
        refresh: ask the live pages that stand there whether they changed; a page that did takes the place of the old
            one, whose answer stays in ``warc/``.
        outside: the world to ask, for tests; the default allows public addresses alone.

    Returns:
        What became of each page, as a frame.

    Raises:
        CatalogueError: the table cannot be used.
        ArgumentError: an argument is out of range, such as a contact that is not an address.
        FolderError: another run holds the folder, or its record is of another version.
        ImportError: the extra ``fetch`` is not installed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     table = Path(place, "list.csv")
    ...     _ = table.write_text("id,url\n112031-1,file:///etc/passwd\n")
    ...     fetch(table, Path(place, "press"), contact="you@university.edu").frame["reason"][0]
    "not asked: its address 'file:///etc/passwd' is not one of http or https alone"
    """
    arguments.path("table", table, "give a CSV file with the columns id and url")
    arguments.path("folder", folder, "give the folder that the pages go to")
    _check(contact, source, delay)
    try:
        from clippings.fetching._asking import Asker
    except ModuleNotFoundError as error:
        raise release.missing(error.name or "httpx", "fetch") from error
    wanted = None if near is None else _near(near)
    listed = rows(table, wanted)
    target = Path(folder)
    with lock.held(target):
        (target / manifest.RECORDS).mkdir(exist_ok=True)
        known = Manifest(target)
        _clear(known, listed)
        known.open()
        agent = f"clippings/{release.VERSION} (+{contact})"
        with Asker(outside or Outside(), agent, delay) as asker:
            run = _Run(known, asker, source, archive or ARCHIVE, outside or Outside(), refresh=refresh)
            told = [run.page(row) for row in progress.shown(listed, unit="page", total=len(listed))]
        known.finish(row.id for row in listed)
    return Fetched(target, _frame(told))


class _Outcome(NamedTuple):
    id: str
    state: str
    source: str
    address: str
    captured: str
    days_off: int | None
    file: str
    code: str
    reason: str


class _Asked(NamedTuple):
    """An answer that is a page, from where it is, and when it was captured."""

    answer: Answer
    source: str
    moment: datetime.datetime | None


class _Run:
    """One run: what it asks, and where it notes it."""

    def __init__(
        self, known: Manifest, asker: Asker, source: From, archive: str, outside: Outside, *, refresh: bool
    ) -> None:
        self._known, self._asker, self._source = known, asker, source
        self._archive = archive if archive.endswith("/") else f"{archive}/"
        self._outside, self._refresh = outside, refresh
        self._notes: dict[str, FetchError] = {}

    def page(self, row: Row) -> _Outcome:
        """Fetch a page unless it stands there, note it, and say what became of it."""
        before = self._known.kept(row.id)
        try:
            if row.fault:
                raise row.fault
            kept, state = self._had(row, before)
        except FetchError as error:
            noted = self._notes.pop(row.id, None)
            reason = f"{_words(error)}; {noted.values.get('reason', '')}" if noted else _words(error)
            failed = Failed(row.id, row.url, error.code, reason)
            # What was fetched before stays on record, so that it is known what the folder should have.
            if not row.fault and not before and self._known.entries.get(row.id) != failed:
                self._known.add(failed)
            return _Outcome(row.id, "failed", "", row.url, "", None, "", failed.code, failed.reason)
        # Counted from the day wanted now, which may be another than in the run that fetched the page.
        off = row.days.off(datetime.date.fromisoformat(kept.captured[:10])) if kept.captured and row.days else None
        note = self._notes.pop(row.id, None) or self._doubt(row, kept, off)
        code, reason = (note.code, _words(note)) if note else ("", "")
        day = (kept.captured or kept.fetched)[:10]
        return _Outcome(row.id, state, kept.source, kept.final, day, off, kept.file, code, reason)

    def _doubt(self, row: Row, kept: Kept, off: int | None) -> FetchError | None:
        """What may be wrong with a page that is there, told by each run, not only by the one that fetched it."""
        if row.title and not _error_pages.has((self._known.folder / kept.file).read_bytes(), row.title):
            return FetchError("CLP716")
        return FetchError("CLP713", off=abs(off)) if off is not None and abs(off) > FAR else None

    def _had(self, row: Row, before: Kept | None) -> tuple[Kept, str]:
        if before is None:
            return self._fetched(row, None), "fetched"
        fault = manifest.fault(self._known.folder, before)
        if fault:
            self._notes[row.id] = FetchError("CLP714", reason=fault)
            return self._fetched(row, before), "fetched"
        if before.url != row.url:
            raise FetchError("CLP712", reason=f"the folder has a page of this id from {before.url}")
        if not self._refresh or before.source != "live":
            return before, "kept"
        try:
            return self._refreshed(row, before)
        except FetchError as error:
            self._notes[row.id] = FetchError("CLP715", reason=_words(error))
            return before, "kept"

    def _refreshed(self, row: Row, before: Kept) -> tuple[Kept, str]:
        """Ask whether a page has changed."""
        asked = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
        answer = self._asker.ask(row.url, {name: value for name, value in asked.items() if value.isascii() and value})
        if answer.status == _NOT_MODIFIED:
            return before, "kept"
        _refuse_error(answer, row.title)
        if hashlib.sha256(answer.body).hexdigest() == before.sha256:
            return before, "kept"
        return self._stored(row, answer, "live", None, before), "changed"

    def _fetched(self, row: Row, before: Kept | None) -> Kept:
        """Ask for a page where it is to be asked for; what fails first is told with what fails last.

        A live page without its title, such as that of an address with a new owner, is taken only where the archive
        has none.
        """
        if self._source != "any":
            return self._stored(row, *self._asked(row, self._source), before)
        failed: list[str] = []
        doubtful: _Asked | None = None
        for source in _BOTH:
            try:
                found = self._asked(row, source)
                if source == _BOTH[-1] or _error_pages.has(found.answer.body, row.title):
                    return self._stored(row, *found, before)
                doubtful = found
            except FetchError as error:
                failed.append(f"{source}: {_words(error)}")
                last = error
        if doubtful:
            return self._stored(row, *doubtful, before)
        raise FetchError(last.code, told="; ".join(failed))

    def _asked(self, row: Row, source: str) -> _Asked:
        from clippings.fetching import _captures

        moment = None
        if source == "live":
            answer = self._asker.ask(row.url)
        elif row.days is None:
            raise FetchError("CLP711", reason=f"{row.dateless}, and near gives no other")
        else:
            answer, moment = _captures.nearest(self._asker, self._archive, row.url, row.days)
        _refuse_error(answer, row.title)
        return _Asked(answer, source, moment)

    def _stored(
        self, row: Row, answer: Answer, source: str, moment: datetime.datetime | None, before: Kept | None
    ) -> Kept:
        """Write the files of a page, and note it before and behind."""
        from clippings.fetching import _warc

        suffix, charset = _bodies.kind(answer.header("Content-Type"), answer.body)
        folder = self._known.folder
        file, warc = f"{row.id}{suffix}", f"{manifest.RECORDS}/{row.id}.warc.gz"
        now = _stamp(self._outside.now())
        records = manifest.records(folder, before) + _warc.record(answer, now)
        off = row.days.off(moment.date()) if moment and row.days else None
        kept = Kept(
            row.id, row.url, answer.url, source, now, _stamp(moment) if moment else "", off, charset,
            answer.header("ETag"), answer.header("Last-Modified"),
            file, len(answer.body), hashlib.sha256(answer.body).hexdigest(),
            warc, len(records), hashlib.sha256(records).hexdigest(),
        )  # fmt: skip
        self._refuse_others(row.id, answer.body)
        self._known.add(Begun(row.id, file))
        if before and before.file != file:
            (folder / before.file).unlink(missing_ok=True)
        write_bytes(folder / warc, records)
        write_bytes(folder / file, answer.body)
        self._known.add(kept)
        return kept

    def _refuse_others(self, name: str, body: bytes) -> None:
        """Refuse to write where another file stands that no run wrote."""
        kept = self._known.kept(name)
        for suffix in manifest.SUFFIXES:
            path = self._known.folder / f"{name}{suffix}"
            if (not kept or path.name != kept.file) and path.exists() and path.read_bytes() != body:
                raise FetchError("CLP712", reason=f"{name}{suffix} is there and was not fetched")


def _check(contact: str, source: str, delay: float) -> None:
    arguments.text("contact", contact, "give your e-mail or web address")
    if not _CONTACT.fullmatch(contact):
        raise ArgumentError(
            "the contact must be an address (e-mail or web) at which those who run the servers reach you, "
            f"not {contact!r}"
        )
    arguments.one_of("source", source, ("any", *_BOTH))
    if not isinstance(delay, Real) or not DELAY <= delay <= _LONGEST_DELAY:
        raise ArgumentError(f"delay must be from {DELAY:g} to {_LONGEST_DELAY:,} seconds, not {delay!r}")


def _near(date: str) -> Days:
    arguments.text("near", date, "give a date such as 2007-11-02")
    try:
        return days(date)
    except ValueError as error:
        raise ArgumentError(f"near must be a date such as 2007-11-02, not {date!r}") from error


def _clear(known: Manifest, listed: Sequence[Row]) -> None:
    """Take away what a killed run left half done: its own files, and no others."""
    for begun in known.begun.values():
        kept = known.kept(begun.id)
        if kept is None:
            (known.folder / manifest.RECORDS / f"{begun.id}.warc.gz").unlink(missing_ok=True)
        if kept is None or begun.file != kept.file or manifest.fault(known.folder, kept):
            (known.folder / begun.file).unlink(missing_ok=True)
    known.begun.clear()
    names = [f"{row.id}{suffix}" for row in listed if not row.fault for suffix in manifest.SUFFIXES]
    names += [f"{manifest.RECORDS}/{row.id}.warc.gz" for row in listed if not row.fault]
    for path in (known.folder / name for name in (*names, manifest.NAME)):
        path.with_name(f".{path.name}.tmp").unlink(missing_ok=True)


def _refuse_error(answer: Answer, title: str) -> None:
    if answer.status != _OK:
        raise FetchError("CLP702", status=answer.status)
    if not answer.body.strip():
        raise FetchError("CLP706", reason="it is empty")
    if said := _error_pages.says(answer.body, title):
        raise FetchError("CLP707", reason=f"a short page that says {said!r}")


def _words(error: FetchError) -> str:
    told = error.values.get("told")
    return str(told) if told else diagnostics.make(error.code, **error.values).message


def _stamp(moment: datetime.datetime) -> str:
    # Not strftime, whose years before 1000 have fewer digits on some systems.
    return f"{moment.astimezone(datetime.UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _frame(told: Sequence[_Outcome]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(told, columns=list(_Outcome._fields)).astype({"days_off": "Int64"})
