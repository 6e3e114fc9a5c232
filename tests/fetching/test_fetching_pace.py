"""Fetching: hosts that ask for patience, and their robots.txt."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from clippings.fetching import _pace, runs
from press_runs import LIMITS, PAGE, PLACE, fetched, listed, one
from press_site import BEGIN, SITE, Reply


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
