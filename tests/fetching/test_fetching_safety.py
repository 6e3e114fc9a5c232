"""Fetching: what is asked, where it may lead, and who asks."""

from __future__ import annotations

import pytest

import clippings as cl
from clippings.fetching.outside import is_public
from one_press import tree
from press_runs import PAGE, PLACE, fetched, listed, one
from press_site import CONTACT, SITE, Reply, Site


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


def test_a_table_without_rows(site, press, tmp_path):
    (tmp_path / "clippings.csv").write_text("id,url\n", "utf-8")
    with pytest.raises(cl.ClippingsError, match="no rows"):
        fetched(site, tmp_path / "clippings.csv", press)
    with pytest.raises(cl.ClippingsError, match="no rows"):
        cl.verify(tmp_path, tmp_path)
    assert (site.asked, press.exists()) == ([], False)


def test_a_column_that_is_there_twice(site, press, tmp_path):
    (tmp_path / "list.csv").write_text("id,url,url\n1,http://press.example/1,http://press.example/2\n", "utf-8")
    with pytest.raises(cl.ClippingsError, match="the column 'url' is there twice; keep one of them"):
        fetched(site, tmp_path / "list.csv", press)
    assert (site.asked, press.exists()) == ([], False)


@pytest.mark.parametrize("row", ["1,http://press.example/1,Towns, pact", "1,http://press.example/1,Towns,"])
def test_a_row_longer_than_the_header_moves_no_column(site, press, tmp_path, row):
    (tmp_path / "list.csv").write_text(f"id,url,title\n{row}\n", "utf-8")
    with pytest.raises(cl.ClippingsError, match="more cells than its header"):
        fetched(site, tmp_path / "list.csv", press)
    assert (site.asked, press.exists()) == ([], False)
