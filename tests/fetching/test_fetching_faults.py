"""Fetching: what a site can answer, and what becomes of it."""

from __future__ import annotations

import gzip

import pytest

from clippings.diagnostics import FETCHED
from clippings.fetching import _bodies
from clippings.fetching.outside import FetchError, Limits
from one_press import tree
from press_runs import LIMITS, PAGE, PLACE, one
from press_site import HTML, SITE, Reply

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
