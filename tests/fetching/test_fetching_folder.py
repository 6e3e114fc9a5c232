"""Fetching: what is then in the folder and in the table, and what a second run asks for."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

import clippings as cl
from clippings.fetching import manifest
from one_press import tree
from press_runs import BODY, PAGE, PLACE, fetched, one
from press_site import EXAMPLES, SITE, Reply, Site, catalogue, publish

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


def test_what_is_doubtful_is_told_by_each_run(site, press):
    site.routes[SITE + PLACE] = WRONG
    rows = [titled(site, press, "live") for _ in range(2)]
    assert [(row["state"], row["code"]) for row in rows] == [("fetched", "CLP716"), ("kept", "CLP716")]
    site.routes[SITE + PLACE] = RIGHT
    (press / "9.html").unlink()
    assert [titled(site, press, "live")["code"] for _ in range(2)] == ["CLP714", ""]


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
