"""Fetching: what a site, an archive and a bad day can do to it, and what is then in the folder and in the table."""

from __future__ import annotations

import functools
import gzip
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

import clippings as cl
from clippings.diagnostics import FETCHED
from clippings.fetching import _bodies, _error_pages, _pace, _rows, manifest, runs
from clippings.fetching.outside import FetchError, Limits, is_public
from clippings.store import lock
from press_site import ARCHIVE, BEGIN, CONTACT, EXAMPLES, GATE, HTML, SITE, Reply, Site, catalogue, publish, running

BODY = "<p>A page of some words, and of no more than a page needs.</p>"
PAGE = Reply(200, BODY.encode())
PLACE = "/112031/9.html"


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        yield one


@pytest.fixture
def press(tmp_path: Path) -> Path:
    return tmp_path / "press"


def listed(folder: Path, *rows: tuple[str, str], extra: str = "") -> Path:
    """Write a catalogue of ids and addresses; ``extra`` is a date for all of them."""
    lines = [f"{name},{url},{extra}" for name, url in rows]
    path = folder / "list.csv"
    path.write_text("\n".join(["id,url,date", *lines]) + "\n", "utf-8")
    return path


def fetched(site: Site, table: Path, press: Path, **options: object) -> cl.Fetched:
    given: dict = {"contact": CONTACT, "archive": GATE, "outside": site.outside(), **options}
    return cl.fetch(table, press, **given)


def one(site: Site, press: Path, *, source: str = "live", path: str = PLACE, **options: object) -> dict:
    """Fetch one page, and return its row."""
    table = listed(press.parent, ("112031-9", f"http://{SITE}{path}"), extra="2031-11-02")
    return fetched(site, table, press, source=source, **options).frame.iloc[0].to_dict()


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


# What is there in the end.


def test_the_live_page_comes_first_and_the_archive_where_it_fails(site, press, tmp_path):
    publish(site)
    found = fetched(site, catalogue(tmp_path / "list") / "clippings.csv", press)
    rows = found.frame.set_index("id")
    assert rows["source"].tolist() == ["live", "live", "archive", "archive"]
    assert rows["captured"].tolist() == ["2031-11-20", "2031-11-20", "2031-11-07", "2033-01-05"]
    assert rows["days_off"].tolist()[2:] == [2, 426]
    assert rows["code"].tolist() == ["", "", "", "CLP713"]
    assert found.summary == "4 pages: 4 fetched (2 live, 2 archive)"
    assert (press / "112031-2.html").read_bytes() == EXAMPLES[1].html.encode()
    assert (press / "112031-4.txt").read_bytes() == EXAMPLES[3].text.encode()


def titled(site: Site, press: Path, source: str) -> dict:
    """Fetch a page that the catalogue gives a title."""
    table = press.parent / "list.csv"
    table.write_text(f'id,url,date,title\n9,http://{SITE}{PLACE},2031-11-02,"Towns\' “pact”"\n', "utf-8")
    return fetched(site, table, press, source=source).frame.iloc[0].to_dict()


RIGHT, WRONG = Reply(200, b"<h1>Towns&#8217; <b>pact</b></h1>"), Reply(200, b"<h1>This domain has a new owner</h1>")


@pytest.mark.parametrize(
    ("live", "captured", "source", "taken", "code"),
    [
        (RIGHT, WRONG, "any", "live", ""),
        (WRONG, RIGHT, "any", "archive", ""),
        (WRONG, WRONG, "any", "archive", "CLP716"),
        (WRONG, None, "any", "live", "CLP716"),
        (WRONG, RIGHT, "live", "live", "CLP716"),
        (RIGHT, WRONG, "archive", "archive", "CLP716"),
    ],
)
def test_a_page_without_its_title_is_taken_only_where_there_is_no_other(
    site, press, live, captured, source, taken, code
):
    site.routes[SITE + PLACE] = live
    if captured:
        site.capture(f"http://{SITE}{PLACE}", {"20311102120000": captured})
    row = titled(site, press, source)
    assert (row["state"], row["source"], row["code"]) == ("fetched", taken, code)


def test_letters_beyond_ascii_in_a_head_stay_as_they_were_sent(site, press):
    site.page(PLACE, BODY, ETag='"é"', Server="Café")
    one(site, press)
    data = gzip.decompress((press / "warc" / "112031-9.warc.gz").read_bytes())
    assert "Server: Café\r\n".encode("latin-1") in data
    assert one(site, press, refresh=True)["state"] == "kept"
    assert "if-none-match" not in site.asked[-1].headers


def test_the_answers_stand_as_sent_in_records_of_their_own(site, press, tmp_path):
    publish(site)
    fetched(site, catalogue(tmp_path / "list") / "clippings.csv", press)
    with (press / "warc" / "112031-2.warc.gz").open("rb") as file:
        (record,) = [(r.rec_headers, r.http_headers, r.raw_stream.read()) for r in ArchiveIterator(file)]
    head, answer, body = record
    assert head.get_header("WARC-Target-URI") == EXAMPLES[1].url
    assert (answer.get_statuscode(), answer.get_header("Content-Encoding")) == ("200", "gzip")
    assert body == site.routes[SITE + EXAMPLES[1].path].body
    joined = b"".join(file.read_bytes() for file in sorted((press / "warc").iterdir()))
    (press.parent / "all.warc.gz").write_bytes(joined)
    with (press.parent / "all.warc.gz").open("rb") as file:
        assert len(list(ArchiveIterator(file, check_digests="raise"))) == 4


def test_the_library_reads_the_folder_and_leaves_the_records_out(site, press, tmp_path):
    publish(site)
    fetched(site, catalogue(tmp_path / "list") / "clippings.csv", press)
    corpus = cl.read(press)
    assert [page.form for page in corpus] == ["F1", "F2", "F3", "F4"]
    assert not corpus.failures


def test_a_page_that_stands_there_is_not_asked_for_again(site, press):
    site.routes[SITE + PLACE] = PAGE
    assert one(site, press)["state"] == "fetched"
    before = tree(press)
    assert one(site, press)["state"] == "kept"
    assert site.paths() == [PLACE]
    assert tree(press) == before


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda file: file.unlink(), "112031-9.html is gone"),
        (lambda file: file.write_bytes(b"x" * file.stat().st_size), "was changed since it was fetched"),
        (lambda file: file.write_bytes(b"x"), "has 1 bytes"),
        (lambda file: (file.parent / "warc" / "112031-9.warc.gz").unlink(), "warc.gz is gone"),
    ],
)
def test_what_was_harmed_is_fetched_again_and_told(site, press, harm, reason):
    site.routes[SITE + PLACE] = PAGE
    one(site, press)
    harm(press / "112031-9.html")
    row = one(site, press)
    assert (row["state"], row["code"]) == ("fetched", "CLP714")
    assert reason in row["reason"]
    assert (press / "112031-9.html").read_bytes() == PAGE.body


def test_what_was_harmed_and_cannot_be_had_again_stays_on_record(site, press):
    site.routes[SITE + PLACE] = PAGE
    one(site, press)
    (press / "112031-9.html").write_bytes(b"x")
    site.routes[SITE + PLACE] = Reply(404)
    row = one(site, press)
    assert (row["state"], row["code"]) == ("failed", "CLP702")
    assert row["reason"].startswith("answered 404; 112031-9.html has 1 bytes, not the ")
    assert isinstance(manifest.Manifest(press).entries["112031-9"], manifest.Kept)
    site.routes[SITE + PLACE] = PAGE
    assert one(site, press)["code"] == "CLP714"


def test_a_file_that_nobody_fetched_is_left_alone(site, press):
    site.routes[SITE + PLACE] = PAGE
    press.mkdir()
    (press / "112031-9.txt").write_text("mine", "utf-8")
    assert one(site, press)["code"] == "CLP712"
    assert (press / "112031-9.txt").read_text("utf-8") == "mine"


def test_an_id_of_another_address_is_refused(site, press):
    site.routes[SITE + PLACE] = PAGE
    one(site, press)
    row = one(site, press, path="/other.html")
    assert (row["code"], PLACE in row["reason"]) == ("CLP712", True)
    assert one(site, press)["state"] == "kept"


# Asking again.


def test_a_refresh_sends_what_the_page_came_with(site, press):
    site.page(PLACE, BODY, ETag='"one"', **{"Last-Modified": "Sun, 02 Nov 2031 12:00:00 GMT"})
    one(site, press)
    site.routes[SITE + PLACE] = Reply(304)
    assert one(site, press, refresh=True)["state"] == "kept"
    asked = site.asked[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"one"', "Sun, 02 Nov 2031 12:00:00 GMT")


def test_a_page_that_changed_takes_the_place_of_the_old_one_whose_answer_stays(site, press):
    site.page(PLACE, BODY)
    one(site, press)
    first = (press / "warc" / "112031-9.warc.gz").read_bytes()
    site.page(PLACE, "<p>Quite other words.</p>")
    assert one(site, press, refresh=True)["state"] == "changed"
    assert (press / "112031-9.html").read_bytes() == b"<p>Quite other words.</p>"
    assert (press / "warc" / "112031-9.warc.gz").read_bytes().startswith(first)
    with (press / "warc" / "112031-9.warc.gz").open("rb") as file:
        assert len(list(ArchiveIterator(file))) == 2


def test_a_page_that_is_gone_on_a_refresh_stays_and_is_told(site, press):
    site.page(PLACE, BODY)
    one(site, press)
    site.routes[SITE + PLACE] = Reply(404)
    row = one(site, press, refresh=True)
    assert (row["state"], row["code"]) == ("kept", "CLP715")
    assert row["reason"] == "checked again: answered 404; the stored page is kept"
    assert (press / "112031-9.html").read_bytes() == BODY.encode()


# What can go wrong.

BOMB = gzip.compress(b"<p>" + b"a" * 3_000_000, mtime=0)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
FAULTS = {
    "404": (Reply(404), "CLP702", 1),
    "410": (Reply(410), "CLP702", 1),
    "403": (Reply(403), "CLP702", 1),
    "500 for ever": (Reply(500), "CLP702", 4),
    "503 for ever": (Reply(503), "CLP702", 4),
    "silent": (Reply(silent=True), "CLP701", 4),
    "cut short": (PAGE._replace(declared=10_000), "CLP701", 4),
    "endless drip": (PAGE._replace(drip=0.05), "CLP701", 4),
    "too long, as announced": (PAGE._replace(declared=30_000_000), "CLP705", 1),
    "too long": (Reply(200, b"a" * 2_000_001), "CLP705", 1),
    "a bomb": (Reply(200, BOMB, HTML | {"Content-Encoding": "gzip"}), "CLP705", 1),
    "a bomb within": (Reply(200, gzip.compress(BOMB), HTML | {"Content-Encoding": "gzip, gzip"}), "CLP705", 1),
    "not gzip": (Reply(200, b"<p>plain", HTML | {"Content-Encoding": "gzip"}), "CLP706", 4),
    "gzip cut short": (Reply(200, gzip.compress(b"<p>" * 99)[:-9], HTML | {"Content-Encoding": "gzip"}), "CLP706", 4),
    "packed as br": (Reply(200, b"x", HTML | {"Content-Encoding": "br"}), "CLP706", 1),
    "empty": (Reply(200, b" \n"), "CLP706", 1),
    "a picture": (Reply(200, PNG, {"Content-Type": "image/png"}), "CLP709", 1),
    "a picture called a page": (Reply(200, PNG), "CLP709", 1),
    "a PDF called a page": (Reply(200, b"%PDF-1.4 ..."), "CLP709", 1),
    "a page called a PDF": (Reply(200, b"<p>x", {"Content-Type": "application/pdf"}), "CLP709", 1),
    "an error page that says 200": (Reply(200, b"<title>404 Not Found</title><h1>Not Found</h1>"), "CLP707", 1),
    "to a circle": (Reply(302, b"", {"Location": PLACE}), "CLP705", 1),
    "to a file": (Reply(302, b"", {"Location": "file:///etc/passwd"}), "CLP704", 1),
    "to a password": (Reply(302, b"", {"Location": f"http://me:you@{SITE}/"}), "CLP704", 1),
    "to a broken address": (Reply(302, b"", {"Location": "http://a.example:port/"}), "CLP704", 1),
    "to an address in brackets": (Reply(302, b"", {"Location": "http://[::zz]/"}), "CLP704", 1),
    "to a mailbox": (Reply(302, b"", {"Location": "mailto:me@press.example"}), "CLP704", 1),
    "to no place": (Reply(302), "CLP702", 1),
}
LIMITS = {"size": 2_000_000, "seconds": 0.4, "silence": 0.3}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_by_its_code_and_nothing_is_kept(site, press, fault):
    reply, code, asked = FAULTS[fault]
    site.routes[SITE + PLACE] = reply
    row = one(site, press, outside=site.outside(**LIMITS))
    assert (row["state"], row["code"]) == ("failed", code)
    assert row["reason"]
    assert len(site.paths()) == asked
    assert [file for file in tree(press) if file.startswith(("112031", "warc"))] == []


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\xff\x00",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 999 Odd\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<p>x",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1" + b"0" * 30 + b"\r\n\r\n<p>x",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n<p>x",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>x\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>x\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000,
        b"HTTP/1.1 200 OK\r\n\x01: b\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
    ],
)
def test_what_is_not_http_is_told(site, press, raw):
    site.routes[SITE + PLACE] = Reply(raw=raw)
    row = one(site, press, outside=site.outside(**LIMITS))
    assert row["state"] == "failed"
    assert row["code"] in FETCHED


def test_chunks_are_joined_and_the_head_says_so(site, press):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.routes[SITE + PLACE] = Reply(raw=head + b"4\r\n<p>M\r\n4\r\ninsk\r\n0\r\n\r\n")
    assert one(site, press)["state"] == "fetched"
    assert (press / "112031-9.html").read_bytes() == b"<p>Minsk"
    data = gzip.decompress((press / "warc" / "112031-9.warc.gz").read_bytes())
    assert b"X-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n<p>Minsk\r\n\r\n" in data


def test_every_code_of_a_fault_is_described():
    assert {code for _, code, _ in FAULTS.values()} <= set(FETCHED)


def test_a_broken_name_is_no_answer(site, press):
    def unknown(*_):
        raise OSError("unknown host")

    row = one(site, press, outside=site.outside()._replace(resolve=unknown))
    assert (row["code"], "has no address" in row["reason"]) == ("CLP701", True)


def test_redirects_are_followed_up_to_the_limit(site, press):
    limit = Limits().redirects
    for number in range(limit):
        site.routes[f"{SITE}/{number}"] = Reply(302, b"", {"Location": f"/{number + 1}"})
    site.routes[f"{SITE}/{limit}"] = PAGE
    assert one(site, press, path="/0")["address"] == f"http://{SITE}/{limit}"
    site.routes[f"{SITE}/{limit}"] = Reply(302, b"", {"Location": "/end"})
    row = one(site, press.parent / "other", path="/0")
    assert (row["code"], str(limit) in row["reason"]) == ("CLP705", True)


@pytest.mark.parametrize(
    ("sent", "headers", "file"),
    [
        (b"Minsk was quiet.", {"Content-Type": "text/plain"}, "112031-9.txt"),
        (b"<p>Minsk", {}, "112031-9.html"),
        (b"Minsk", {}, "112031-9.txt"),
        (b"%PDF-1.4", {"Content-Type": "application/pdf"}, "112031-9.pdf"),
        ("<p>Минск".encode("cp1251"), {"Content-Type": "text/html; charset=windows-1251"}, "112031-9.html"),
        ("<p>Минск".encode("cp1251"), {"Content-Type": "TEXT/HTML ; charset=no-such"}, "112031-9.html"),
    ],
)
def test_a_type_gives_the_suffix_and_the_bytes_stay(site, press, sent, headers, file):
    site.routes[SITE + PLACE] = Reply(200, sent, headers)
    assert one(site, press)["file"] == file
    assert (press / file).read_bytes() == sent


def test_all_ways_of_deflate_are_unpacked():
    import zlib

    raw = zlib.compressobj(wbits=-15)
    for packed in (zlib.compress(b"Minsk"), raw.compress(b"Minsk") + raw.flush()):
        assert _bodies.unpacked(packed, "deflate", 5) == b"Minsk"
    assert _bodies.unpacked(gzip.compress(b"Min") + gzip.compress(b"sk"), "x-gzip", 5) == b"Minsk"
    with pytest.raises(FetchError):
        _bodies.unpacked(gzip.compress(b"Min") + gzip.compress(b"sk"), "gzip", 4)


# Patience.


def test_a_busy_server_is_asked_again_later_and_later(site, press):
    site.routes[SITE + PLACE] = [Reply(503), Reply(500), PAGE]
    assert one(site, press)["state"] == "fetched"
    times = [asked.at for asked in site.asked if asked.path == PLACE]
    assert [later - earlier for earlier, later in itertools.pairwise(times)] == [2.0, 4.0]


def test_some_of_a_wait_is_left_to_chance(site, press):
    site.routes[SITE + PLACE] = [Reply(503), PAGE]
    one(site, press, outside=site.outside()._replace(chance=lambda: 0.0))
    times = [asked.at for asked in site.asked if asked.path == PLACE]
    assert times[1] - times[0] == 1.0


@pytest.mark.parametrize("asked", ["90", format_datetime(BEGIN + timedelta(seconds=91), usegmt=True)])
def test_a_server_that_asks_for_patience_gets_it(site, press, asked):
    site.routes[SITE + PLACE] = [Reply(429, b"", {"Retry-After": asked}), PAGE]
    assert one(site, press)["state"] == "fetched"
    times = [one_asked.at for one_asked in site.asked if one_asked.path == PLACE]
    assert times[1] - times[0] == 90.0


@pytest.mark.parametrize(("asked", "code"), [("120", ""), ("121", "CLP710")])
def test_more_patience_than_there_is_leaves_the_host_alone(site, press, asked, code):
    site.routes[f"{SITE}/1"] = [Reply(429, b"", {"Retry-After": asked}), PAGE]
    site.routes[f"{SITE}/2"] = PAGE
    table = listed(press.parent, ("1", f"http://{SITE}/1"), ("2", f"http://{SITE}/2"))
    found = fetched(site, table, press, source="live")
    assert found.frame["code"].tolist() == [code, code]
    assert site.paths() == (["/1"] if code else ["/1", "/1", "/2"])


@pytest.mark.parametrize("words", ["soon", "", "-5", "1e9", "Sun, 99 Nov 2031 12:00:00 GMT", "9" * 5_000])
def test_an_odd_retry_after_breaks_nothing(words):
    found = _pace.seconds(words, datetime(2031, 11, 2, tzinfo=UTC))
    assert found is None or found >= 0


def test_each_host_rests_by_itself(site, press):
    hosts = (SITE, "second.example")
    rows = [(f"{number}{name[0]}", f"http://{name}/{number}") for number in range(3) for name in hosts]
    for _, url in rows:
        site.routes[url.removeprefix("http://")] = PAGE
    assert fetched(site, listed(press.parent, *rows), press).summary == "6 pages: 6 fetched (6 live)"
    for host in hosts:
        times = [asked.at for asked in site.asked if asked.host == host]
        assert len(times) == 4
        assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= runs.DELAY
    assert site.now == 4.0


# Robots.


def robots(text: str) -> Reply:
    return Reply(200, text.encode(), {"Content-Type": "text/plain"})


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (robots("User-agent: *\nDisallow: /112031/"), "CLP703"),
        (robots("User-agent: clippings\nDisallow: /\n\nUser-agent: *\nAllow: /"), "CLP703"),
        (robots("User-agent: clippings\nAllow: /\n\nUser-agent: *\nDisallow: /"), ""),
        (robots("\ufeffUser-agent: *\nDisallow: /112031/"), "CLP703"),
        (robots("User-agent: other\nDisallow: /"), ""),
        (robots("User-agent: *\nDisallow: /112031/*.htm$"), ""),
        (Reply(404), ""),
        (Reply(403), ""),
        (Reply(429), "CLP702"),
        (Reply(500), "CLP702"),
        (Reply(silent=True), "CLP701"),
        (Reply(302, b"", {"Location": "/moved.txt"}), "CLP703"),
        (robots("User-agent: *\nCrawl-delay: 121"), "CLP710"),
    ],
)
def test_robots_are_heeded_and_a_host_that_fails_is_not_asked(site, press, reply, code):
    site.routes[f"{SITE}/robots.txt"] = reply
    site.routes[f"{SITE}/moved.txt"] = robots("User-agent: *\nDisallow: /112031/")
    site.routes[SITE + PLACE] = PAGE
    assert one(site, press, outside=site.outside(**LIMITS))["code"] == code
    assert (PLACE in site.paths()) == (not code)


def test_robots_are_asked_once_a_host_and_of_every_host_a_redirect_leads_to(site, press):
    site.routes[f"{SITE}/1"] = PAGE
    site.routes[f"{SITE}/2"] = Reply(302, b"", {"Location": "http://second.example/2"})
    site.routes["second.example/robots.txt"] = robots("User-agent: *\nDisallow: /2")
    table = listed(press.parent, ("1", f"http://{SITE}/1"), ("2", f"http://{SITE}/2"))
    assert fetched(site, table, press, source="live").frame["code"].tolist() == ["", "CLP703"]
    assert [a.host for a in site.asked if a.path == "/robots.txt"] == [SITE, "second.example"]


def test_a_longer_rest_is_kept_where_robots_ask_for_it(site, press):
    site.routes[f"{SITE}/robots.txt"] = robots("User-agent: *\nCrawl-delay: 7")
    for number in range(3):
        site.routes[f"{SITE}/{number}"] = PAGE
    fetched(site, listed(press.parent, *[(str(n), f"http://{SITE}/{n}") for n in range(3)]), press)
    times = [asked.at for asked in site.asked if asked.path != "/robots.txt"]
    assert [later - earlier for earlier, later in itertools.pairwise(times)] == [7.0, 7.0]


# The archive.


def test_the_nearest_capture_is_taken_as_it_was_captured(site, press):
    far, near = (Reply(200, f"<p>{word}</p>".encode()) for word in ("far", "near"))
    site.capture(f"http://{SITE}{PLACE}", {"20300101000000": far, "20311030000000": near})
    row = one(site, press, source="archive")
    assert (row["captured"], row["days_off"], row["code"]) == ("2031-10-30", -3, "")
    assert (press / "112031-9.html").read_bytes() == near.body
    row = one(site, press.parent / "other", source="archive", near="2030-01")
    assert (row["captured"], row["days_off"]) == ("2030-01-01", 0)
    assert site.paths(SITE) == []


@pytest.mark.parametrize(("days", "code"), [(runs.FAR, ""), (runs.FAR + 1, "CLP713")])
def test_a_capture_far_from_the_day_is_told_with_the_days(site, press, days, code):
    stamp = f"{datetime(2031, 11, 2) + timedelta(days):%Y%m%d}120000"
    site.capture(f"http://{SITE}{PLACE}", {stamp: PAGE})
    row = one(site, press, source="archive")
    assert (row["state"], row["days_off"], row["code"]) == ("fetched", days, code)
    assert (str(days) in row["reason"]) == bool(code)


def captured(reply: Reply) -> Reply:
    return reply._replace(headers=dict(reply.headers) | {"Memento-Datetime": "Sun, 02 Nov 2031 12:00:00 GMT"})


@pytest.mark.parametrize(
    ("reply", "code", "words"),
    [
        (Reply(404), "CLP708", "no capture"),
        (Reply(200, b"<p>Hrm. The Machine has not archived that URL."), "CLP708", "a page of its own"),
        (captured(Reply(404)), "CLP707", "the capture of 2031-11-02 is of an answer 404"),
        (captured(Reply(503)), "CLP707", "503"),
        (captured(Reply(200, b"<h1>Error 404</h1>")), "CLP707", "error 404"),
        (Reply(403), "CLP702", "403"),
        (captured(PAGE), "", ""),
    ],
)
def test_an_error_of_the_archive_or_in_it_is_no_page(site, press, reply, code, words):
    site.routes[f"{ARCHIVE}/web/http://{SITE}{PLACE}"] = reply
    row = one(site, press, source="archive")
    assert row["code"] == code
    assert words in row["reason"]


def test_both_reasons_are_told_where_both_fail(site, press):
    row = one(site, press, source="any")
    assert row["reason"] == "live: answered 404; archive: not in the archive: it has no capture of the page"


def test_a_row_without_a_date_needs_one_for_the_archive(site, press):
    table = listed(press.parent, ("9", f"http://{SITE}{PLACE}"), extra="last spring")
    assert fetched(site, table, press, source="archive").frame["code"].tolist() == ["CLP711"]
    site.capture(f"http://{SITE}{PLACE}", {"20311102000000": PAGE})
    assert fetched(site, table, press, source="archive", near="2031").frame["days_off"].tolist() == [0]


@pytest.mark.parametrize(
    ("date", "day", "off"),
    [
        ("2031-11-02", "2031-11-02", 0),
        ("2031-11", "2031-12-01", 1),
        ("2031", "2030-12-30", -2),
        ("2032-02", "2032-02-29", 0),
        ("9999-12", "9999-12-31", 0),
    ],
)
def test_the_days_of_a_date(date, day, off):
    assert _rows.days(date).off(datetime.fromisoformat(day).date()) == off


@pytest.mark.parametrize("date", ["", "02.11.2031", "2031-13", "2031-02-30", "2031-1-1", "0000", "99999"])
def test_what_is_not_a_date(date):
    with pytest.raises(ValueError, match=r"."):
        _rows.days(date)


# Pages that say they are not there.

LONG = "word " * 400


@pytest.mark.parametrize(
    ("body", "title", "is_error"),
    [
        ("<title>404 Not Found</title>", "", True),
        ("<h1>Page&nbsp;not found</h1>", "Harbor towns sign", True),
        ("<p>The page you are looking for is no longer available.", "", True),
        ("<p>Account suspended</p>", "", True),
        ("<h1>Page not found, says minister</h1><p>He looked for it.", "Page not found, says minister", False),
        (f"<h1>Page not found</h1><p>{LONG}", "", False),
        (f"<p>{'word ' * 70}page not found", "", False),
        ("<script>'404 not found'</script><p>Minsk was quiet.", "", False),
        ("<p>Minsk was quiet.", "", False),
    ],
)
def test_an_error_page_is_short_and_says_so_at_once(body, title, is_error):
    assert bool(_error_pages.says(body.encode(), title)) == is_error


@pytest.mark.parametrize("phrase", _error_pages.PHRASES)
def test_each_phrase_counts(phrase):
    assert _error_pages.says(f"<p>{phrase}</p>".encode(), "") in phrase


def test_the_bounds_of_an_error_page():
    said = "404 not found"
    most = said + "a" * (_error_pages.LONGEST - len(said))
    assert _error_pages.says(most.encode(), "")
    assert not _error_pages.says(most.encode() + b"a", "")
    late = "a" * (_error_pages.SPOKEN - len(said)) + said
    assert _error_pages.says(late.encode(), "")
    assert not _error_pages.says(b"a" + late.encode(), "")


# Safety.


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.1.1",
        ),
        *("240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
        *(
            "ff02::1",
            "ff0e::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "2001:db8::1",
        ),
        *("no address", ""),
    ],
)
def test_an_address_that_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808"])
def test_an_address_that_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/"])
def test_the_real_world_has_no_private_addresses(press, url):
    site = Site(0)
    outside = cl.fetching.outside.Outside(sleep=lambda _: None)
    row = fetched(site, listed(press.parent, ("9", url)), press, source="live", outside=outside).frame.iloc[0]
    assert (row["code"], "not a public address" in row["reason"]) == ("CLP704", True)


def test_a_redirect_to_a_private_address_is_not_followed(site, press):
    site.routes[SITE + PLACE] = Reply(302, b"", {"Location": "http://inside.example/secret"})
    site.hosts["inside.example"] = "10.0.0.7"
    row = one(site, press)
    assert (row["code"], "10.0.0.7" in row["reason"]) == ("CLP704", True)


def test_a_name_is_resolved_once_a_connection_and_that_address_is_used(site, press):
    """A name that is public when it is checked and private when it is connected to gains nothing."""
    site.routes[SITE + PLACE] = PAGE
    answers = iter(["127.0.0.1"])
    outside = site.outside()._replace(resolve=lambda *_: [(next(answers, "10.0.0.7"), site.port)])
    assert one(site, press, outside=outside)["state"] == "fetched"


def test_one_private_address_among_others_is_enough(site, press):
    outside = site.outside()._replace(resolve=lambda *_: [("127.0.0.1", site.port), ("10.0.0.7", site.port)])
    assert one(site, press, outside=outside)["code"] == "CLP704"


@pytest.mark.parametrize(
    "name", ["", "../up", "a/b", "a\\b", ".hidden", "a.b", "nul", "CON", "lpt1", "a" * 101, "ä", "a b"]
)
def test_an_id_that_cannot_name_a_file(site, press, name):
    table = press.parent / "list.csv"
    table.write_text(f'id,url\n"{name}",http://{SITE}{PLACE}\n', "utf-8")
    assert fetched(site, table, press).frame["code"].tolist() == ["CLP711"]
    assert site.asked == []
    assert [file for file in tree(press.parent) if file not in ("list.csv", "press/fetched.jsonl")] == []


def test_two_rows_of_one_id_are_told_whatever_the_case(site, press):
    site.routes[SITE + PLACE] = PAGE
    table = listed(press.parent, ("a9", f"http://{SITE}{PLACE}"), ("A9", f"http://{SITE}{PLACE}"))
    assert fetched(site, table, press).frame["code"].tolist() == ["", "CLP711"]


@pytest.mark.parametrize(
    "url", ["", "ftp://press.example/1", "file:///etc/passwd", "press.example/1", "http://", "http://a:b@c.d/"]
)
def test_only_addresses_of_the_web_are_asked(site, press, url):
    assert fetched(site, listed(press.parent, ("9", url)), press).frame["code"].tolist() == ["CLP711"]
    assert site.asked == []


# Who asks.


def test_every_request_says_who_asks(site, press):
    site.routes[SITE + PLACE] = PAGE
    one(site, press)
    assert {asked.headers["user-agent"] for asked in site.asked} == {f"clippings/{cl.__version__} (+{CONTACT})"}


@pytest.mark.parametrize("contact", ["", "me", "me@here", "a@b.c\r\nX: y", "http://", "ftp://a.b", "a @b.c", "ä@b.cd"])
def test_without_a_contact_nothing_is_asked(site, press, contact):
    site.routes[SITE + PLACE] = PAGE
    with pytest.raises(cl.ClippingsError, match="contact"):
        one(site, press, contact=contact)
    assert (site.asked, press.exists()) == ([], False)


@pytest.mark.parametrize(
    "options",
    [
        {"source": "moon"},
        {"delay": 0.5},
        {"delay": float("nan")},
        {"near": "soon"},
        {"near": ""},
        {"near": 2007},
        {"delay": "1"},
    ],
)
def test_options_out_of_range(site, press, options):
    with pytest.raises(ValueError, match=r"^(source|delay|near) must be"):
        one(site, press, **options)
    assert not press.exists()


def test_a_table_without_addresses(site, press, tmp_path):
    (tmp_path / "list.csv").write_text("id,title\n1,A\n", "utf-8")
    with pytest.raises(cl.ClippingsError, match="url missing"):
        fetched(site, tmp_path / "list.csv", press)


# Two runs, and one that ends early.


def test_two_runs_do_not_share_a_folder(site, press):
    press.mkdir()
    with lock.held(press), pytest.raises(cl.ClippingsError, match="another run"):
        one(site, press)
    site.routes[SITE + PLACE] = PAGE
    assert one(site, press)["state"] == "fetched"


@pytest.mark.parametrize("data", [b"[1]\n", b'{"record":"fetched","format":2}\n', b"\xff\n", b'{"record":"run"}\n'])
def test_a_record_of_another_kind_is_not_written_over(site, press, data):
    press.mkdir()
    (press / manifest.NAME).write_bytes(data)
    with pytest.raises(cl.ClippingsError, match="not a record"):
        one(site, press)
    assert (press / manifest.NAME).read_bytes() == data


@pytest.mark.parametrize(
    "line",
    [
        '{"record":"begun","id":"../mine","file":"../mine.txt"}',
        '{"record":"begun","id":"9","file":"../mine.txt"}',
        '{"record":"begun","id":"9","file":"8.html"}',
    ],
)
def test_a_record_that_names_files_elsewhere_is_refused(site, press, line):
    press.mkdir()
    (press.parent / "mine.txt").write_text("mine", "utf-8")
    (press / manifest.NAME).write_text('{"record":"fetched","format":1}\n' + line + "\n", "utf-8")
    with pytest.raises(cl.FolderError, match="a file of another folder"):
        one(site, press)
    assert (press.parent / "mine.txt").read_text("utf-8") == "mine"


class Killed(BaseException):
    """Ends a run where it is, as a kill does."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[Path, dict[str, bytes]]:
    """A catalogue, and the files of a run that nothing stopped, at an hour that does not change."""
    root = tmp_path_factory.mktemp("whole")
    with running() as site:
        publish(site)
        table = catalogue(root / "list") / "clippings.csv"
        fetched(site, table, root / "press", outside=still(site))
    return table, tree(root / "press")


def still(site: Site):
    return site.outside()._replace(now=lambda: BEGIN)


# For each page a line, its records, its file and a line, two of them put in place; then the manifest.
STEPS = 4 * 6 + 2 * 2


def step_by_step(patch: pytest.MonkeyPatch, step: int) -> list[str]:
    """Stop at a step: each time that bytes are brought to the disk, or a file is put in its place."""
    taken: list[str] = []

    def stopping(real, *given):
        if len(taken) == step:
            raise Killed
        taken.append(str(real))
        return real(*given)

    for name in ("fsync", "replace"):
        patch.setattr(os, name, functools.partial(stopping, getattr(os, name)))
    return taken


def stopped(site: Site, table: Path, press: Path, step: int, **options: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        step_by_step(patch, step)
        with pytest.raises(Killed):
            fetched(site, table, press, outside=still(site), **options)


@pytest.mark.parametrize("step", range(STEPS))
def test_a_run_stopped_at_any_step_ends_with_the_same_bytes(site, press, whole, step):
    table, expected = whole
    publish(site)
    stopped(site, table, press, step)
    fetched(site, table, press, outside=still(site))
    assert tree(press) == expected


def test_these_are_all_the_steps(site, press, whole, monkeypatch):
    publish(site)
    taken = step_by_step(monkeypatch, STEPS)
    fetched(site, whole[0], press, outside=still(site))
    assert len(taken) == STEPS


@pytest.mark.parametrize("length", [1, 30, 200])
def test_a_line_that_was_cut_short_does_not_count(site, press, whole, length):
    table, expected = whole
    publish(site)
    fetched(site, table, press, outside=still(site))
    path = press / manifest.NAME
    path.write_bytes(path.read_bytes()[:-length])
    fetched(site, table, press, outside=still(site))
    assert tree(press) == expected


RUN = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
import press_site
import clippings as cl
steps = [int(sys.argv[5])]
def replaced(*given, real=os.replace):
    steps[0] -= 1
    if steps[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*given)
os.replace = replaced
site = press_site.Site(int(sys.argv[4]))
outside = site.outside()._replace(now=lambda: press_site.BEGIN)
cl.fetch(sys.argv[2], sys.argv[3], contact=press_site.CONTACT, archive=press_site.GATE, outside=outside)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [1, 4, 7])
def test_a_process_that_was_killed_is_resumed(site, press, whole, step):
    table, expected = whole
    publish(site)
    command = [sys.executable, "-c", RUN, str(Path(__file__).parent), str(table), str(press), str(site.port), str(step)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -9
    publish(site)
    fetched(site, table, press, outside=still(site))
    assert tree(press) == expected


@pytest.mark.parametrize("step", range(9))
def test_a_stopped_refresh_loses_no_answer(site, press, step):
    table = listed(press.parent, ("9", f"http://{SITE}{PLACE}"))
    site.page(PLACE, BODY)
    fetched(site, table, press, outside=still(site))
    first = (press / "warc" / "9.warc.gz").read_bytes()
    site.page(PLACE, "<p>Quite other words.</p>")
    stopped(site, table, press, step, refresh=True)
    assert (press / "warc" / "9.warc.gz").read_bytes().startswith(first)
    fetched(site, table, press, outside=still(site), refresh=True)
    assert (press / "9.html").read_bytes() == b"<p>Quite other words.</p>"
    with (press / "warc" / "9.warc.gz").open("rb") as file:
        assert len(list(ArchiveIterator(file))) == 2
    assert fetched(site, table, press).frame["state"].tolist() == ["kept"]
