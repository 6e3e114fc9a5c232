"""Fetching: captures of the archive, and pages that say that they are not there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clippings.fetching import _error_pages, _rows, runs
from press_runs import PAGE, PLACE, fetched, listed, one
from press_site import ARCHIVE, SITE, Reply


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


def test_the_days_of_a_kept_capture_are_those_from_the_day_wanted_now(site, press):
    site.capture(f"http://{SITE}{PLACE}", {"20311102120000": PAGE})
    rows = [one(site, press, source="archive", near=near) for near in ("2031-11", "2030-11-02", "2031-11-01")]
    told = [(row["state"], row["days_off"], row["code"]) for row in rows]
    assert told == [("fetched", 0, ""), ("kept", 365, "CLP713"), ("kept", 1, "")]


def test_an_archive_with_an_odd_clock_is_told(site, press):
    said = {"Memento-Datetime": "Sat, 02 Nov 0999 12:00:00 GMT"}
    site.routes[f"{ARCHIVE}/web/http://{SITE}{PLACE}"] = PAGE._replace(headers=said)
    for state in ("fetched", "kept"):
        row = one(site, press, source="archive")
        assert (row["state"], row["captured"], row["code"]) == (state, "0999-11-02", "CLP713")


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


@pytest.mark.parametrize(
    ("date", "why"), [("last spring", "its date 'last spring' is not one"), ("", "it has no date")]
)
def test_a_row_without_a_date_needs_one_for_the_archive(site, press, date, why):
    table = listed(press.parent, ("9", f"http://{SITE}{PLACE}"), extra=date)
    row = fetched(site, table, press, source="archive").frame.iloc[0]
    assert (row["code"], why in row["reason"]) == ("CLP711", True)
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
