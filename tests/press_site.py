"""A server that plays a site and a web archive, with a clock that nobody waits for, and a small catalogue."""

from __future__ import annotations

import csv
import datetime
import gzip
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from clippings.comparing.anchors import sentence_hash
from clippings.fetching.outside import Limits, Outside

CONTACT = "reader@university.example"
BEGIN = datetime.datetime(2031, 11, 20, 9, 0, tzinfo=datetime.UTC)
SITE, ARCHIVE = "press.example", "archive.example"
GATE = f"http://{ARCHIVE}/web/"
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Reply(NamedTuple):
    """An answer: ``declared`` is the length that it claims to have, ``raw`` what is sent in place of it all.

    ``silent`` waits for the test's end before it, ``drip`` so many seconds before each byte.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = HTML
    declared: int | None = None
    silent: bool = False
    drip: float = 0.0
    raw: bytes = b""


class Asked(NamedTuple):
    """A request, and when it came by the test's clock."""

    host: str
    path: str
    headers: Mapping[str, str]
    at: float


Route = Reply | list[Reply] | Callable[[Mapping[str, str]], Reply]


class Site:
    """Answers for every host by ``routes``; a list is answered one after the other, its last again and again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.hosts: dict[str, str] = {}
        self.now = 0.0
        self.ended = threading.Event()
        self.on_answer: Callable[[], object] = lambda: None

    def outside(self, **limits: float) -> Outside:
        """The world with this site as every host, and this clock."""
        settings = {"seconds": 5.0, "silence": 2.0, **limits}
        return Outside(
            resolve=lambda host, _: [(self.hosts.get(host, "127.0.0.1"), self.port)],
            is_allowed=lambda address: address == "127.0.0.1",
            clock=lambda: self.now,
            sleep=self.sleep,
            now=lambda: BEGIN + datetime.timedelta(seconds=int(self.now)),
            chance=lambda: 1.0,
            limits=Limits(**settings),  # type: ignore[arg-type]
        )

    def sleep(self, seconds: float) -> None:
        """Wait in no time."""
        self.now += seconds

    def paths(self, host: str = SITE) -> list[str]:
        """What a host was asked for, without its robots.txt."""
        return [one.path for one in self.asked if one.host == host and one.path != "/robots.txt"]

    def answer(self, host: str, path: str, headers: Mapping[str, str]) -> Reply:
        """Find the answer to a request."""
        self.asked.append(Asked(host, path, headers, self.now))
        route = self.routes.get(f"{host}{path}", Reply(404, b"<h1>Not Found</h1>"))
        if isinstance(route, list):
            route = route.pop(0) if len(route) > 1 else route[0]
        return route if isinstance(route, Reply) else route(headers)

    def page(self, path: str, body: str, **headers: str) -> None:
        """Publish a page on the site."""
        self.routes[f"{SITE}{path}"] = Reply(200, body.encode(), HTML | headers)

    def capture(self, address: str, captures: Mapping[str, Reply]) -> None:
        """Let the archive have captures of an address, each by its 14 digits."""
        for stamp, reply in captures.items():
            said = {"Memento-Datetime": format_datetime(_moment(stamp), usegmt=True)}
            self.routes[f"{ARCHIVE}/web/{stamp}id_/{address}"] = reply._replace(headers=dict(reply.headers) | said)

        def gate(headers: Mapping[str, str]) -> Reply:
            wanted = parsedate_to_datetime(headers["accept-datetime"])
            nearest = min(captures, key=lambda stamp: abs(_moment(stamp) - wanted))
            return Reply(302, b"", {"Location": f"{GATE}{nearest}/{address}"})

        self.routes[f"{ARCHIVE}/web/{address}"] = gate


def _moment(stamp: str) -> datetime.datetime:
    return datetime.datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=datetime.UTC)


@contextmanager
def running() -> Iterator[Site]:
    """Run a site until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = site.answer(headers["host"].partition(":")[0], self.path, headers)
            if reply.silent:
                site.ended.wait(10)
                self.close_connection = True
                return
            if reply.raw:
                self.wfile.write(reply.raw)
                self.close_connection = True
                return
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "Transfer-Encoding" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body) if reply.declared is None else reply.declared))
            self.end_headers()
            try:
                self._send(reply)
            except OSError:  # The other side has had enough.
                self.close_connection = True
            if reply.declared is not None:
                self.close_connection = True

        def _send(self, reply: Reply) -> None:
            if not reply.drip:
                self.wfile.write(reply.body)
                return
            for at in range(len(reply.body)):
                self.wfile.write(reply.body[at : at + 1])
                self.wfile.flush()
                if site.ended.wait(reply.drip):
                    return

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


# A collection of its own: pages in the four forms of the archive, invented from their first word to the last.
FULL = """BELARUS NEWS AND ANALYSIS

DATE:

02/11/2031

Ministers agree on a joint guard

Northern Wire

Russia and Belarus will guard their common border together, ministers said on Tuesday. "We support a closer \
alliance of Russia and Belarus," Defense Minister Pavel Orlov said in Minsk. Both states have a Union State treaty.

"Our alliance with Russia does not depend on the price of gas," President Igor Veras said.

Source:

http://wire.example/one

Google"""
HEADLESS = """Poland waits for the shield's radar

Poland will host interceptors of the US missile shield. "The shield is a threat to us and we will answer it," Russian \
General Oleg Stepin told reporters in Moscow. He named Iskander missiles in Kaliningrad.

Partners: Social Network"""
SINGLE = """DATE:
05/11/2031
Milk prices rose again in Brest, farmers said.
"We cannot sell below our costs," farmer Olga Kuntsevich said.
Source:
http://wire.example/three
Partners:
Face.by"""
DATED = """06/11/2031

Veras doubts the shield

By Anna Leskova

06/11/2031

The Northern Wire

President Igor Veras said that the treaty on intermediate-range missiles, the INF, had been good for Europe. "If the \
treaty falls, everybody loses," Veras said. Belarus is bound by the INF treaty."""


class Example(NamedTuple):
    """A page of the small catalogue, with its codes and the stances that the blind coding has."""

    id: str
    date: str
    title: str
    text: str
    codes: str
    stances: tuple[tuple[str, str, str, str, str], ...] = ()

    @property
    def path(self) -> str:
        return f"/belarusnews/{self.id[:6]}/{self.id[7:]}.html"

    @property
    def url(self) -> str:
        return f"http://{SITE}{self.path}"

    @property
    def html(self) -> str:
        paragraphs = "\n".join(f"<p>{line}</p>" for line in re.split(r"\n+", self.text))
        return f"<html><head><title>{self.title}</title></head><body>\n{paragraphs}\n</body></html>\n"


SHIELD, CLOSER, TREATY = "us_missile_defense", "closer_ru_by_alliance", "arms_control_treaty"
EXAMPLES = (
    Example(
        *("112031-1", "2031-11-02", "Ministers agree on a joint guard", FULL, "101"),
        (
            ("Pavel Orlov", CLOSER, "supports", "1.2", '"We support a closer alliance of Russia and Belarus," Defense '
             "Minister Pavel Orlov said in Minsk."),
            ("Igor Veras", CLOSER, "supports", "2.1", '"Our alliance with Russia does not depend on the price of gas," '
             "President Igor Veras said."),
        ),
    ),
    Example(
        *("112031-2", "2031-11", "Poland waits for the shield's radar", HEADLESS, "010"),
        (
            ("Oleg Stepin", SHIELD, "opposes", "1.2", '"The shield is a threat to us and we will answer it," Russian '
             "General Oleg Stepin told reporters in Moscow."),
        ),
    ),
    Example("112031-3", "2031-11-05", "", SINGLE, "000"),
    Example(
        *("112031-4", "2031-11-06", "Veras doubts the shield", DATED, "001"),
        (("Igor Veras", TREATY, "supports", "1.2", '"If the treaty falls, everyone loses," Veras said.'),),
    ),
)  # fmt: skip
"""The last sentence is coded from another copy ("everyone"), so that its hash is not found."""
THEMES = ("alliances", "missile_defense", "treaty_questions")
_COLUMNS = {
    "clippings": "id url date date_basis title publisher publisher_basis byline dateline_place source_url truncated "
    "alliances missile_defense treaty_questions other_topic",
    "speakers": "id speaker_no speaker role country direct_quotes reported_statements",
    "stances": "id speaker_no speaker target stance",
    "mentions": "id kind value",
    "event_dates": "id date expression what",
    "second_coding": "id alliances missile_defense treaty_questions speakers direct_quotes",
    "blind_pages": "id read alliances missile_defense treaty_questions treaty",
    "blind_speakers": "id speaker_no speaker role country kind direct_quotes reported_statements",
    "blind_stances": "id speaker_no target stance paragraph sentence sentence_sha256",
}


def catalogue(folder: Path) -> Path:
    """Write the small catalogue into a folder, and return it."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in _COLUMNS}
    for one in EXAMPLES:
        codes = dict(zip(THEMES, one.codes, strict=True))
        rows["clippings"].append(
            {
                "id": one.id,
                "url": one.url,
                "date": one.date,
                "title": one.title,
                "truncated": 0,
                "date_basis": "printed",
            }
            | codes
        )
        rows["blind_pages"].append({"id": one.id, "read": "whole"} | codes)
        for number, (speaker, target, stance, place, sentence) in enumerate(one.stances, start=1):
            named = {
                "id": one.id,
                "speaker_no": number,
                "speaker": speaker,
                "direct_quotes": 1,
                "reported_statements": 0,
            }
            paragraph, _, at = place.partition(".")
            where = {"paragraph": paragraph, "sentence": at, "sentence_sha256": sentence_hash(sentence)}
            rows["speakers"].append(named)
            rows["blind_speakers"].append(named | {"kind": "person"})
            rows["stances"].append(
                {"id": one.id, "speaker_no": number, "speaker": speaker, "target": target, "stance": stance}
            )
            rows["blind_stances"].append(
                {"id": one.id, "speaker_no": number, "target": target, "stance": stance} | where
            )
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in _COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, columns.split(), restval="", lineterminator="\n")
            table.writeheader()
            table.writerows(rows[name])
    return folder


def publish(site: Site) -> None:
    """Put the pages where they are found: two on the site, the others in the archive alone."""
    site.routes[f"{SITE}/robots.txt"] = Reply(
        200, b"User-agent: *\nDisallow: /private/\n", {"Content-Type": "text/plain"}
    )
    first, second, third, fourth = EXAMPLES
    site.page(first.path, first.html, ETag='"one"')
    packed = gzip.compress(second.html.encode(), mtime=0)
    site.routes[SITE + second.path] = Reply(200, packed, HTML | {"Content-Encoding": "gzip"})
    site.routes[SITE + third.path] = Reply(410)
    site.capture(third.url, {"20311107120000": Reply(200, third.html.encode())})
    site.capture(fourth.url, {"20330105120000": Reply(200, fourth.text.encode(), {"Content-Type": "text/plain"})})
