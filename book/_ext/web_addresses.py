"""Where the repository and the published book are on the web: what the environment says, else git, else nothing.

Usage: web_addresses.py, which prints the addresses that a build would be given.

``REPOSITORY_URL`` is any address that git or a browser takes; without it the remote ``origin`` is asked, and where it
is set but empty there is no address. ``BOOK_URL`` is where the book is published. A password in an address is neither
kept nor printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
# The theme has buttons for these two. Many run GitLab, some GitHub, on a host of their own: gitlab.example.org.
FORGES = ("github", "gitlab")
# mybinder.org takes repositories of these hosts by owner and name.
BINDER_HOSTS = ("github.com", "gitlab.com")
SCHEMES = ("https", "http", "ssh", "git")
# git@host:owner/name.git, as ssh writes it.
SSH = re.compile(r"(?:[^@/:]+@)?(?P<host>[^@/:]+):(?!//)(?P<path>.+)")
NAME = re.compile(r"[\w.-]*\w[\w.-]*", re.ASCII)
HOST = r"[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+"
BOOK = re.compile(rf"https://(?P<place>{HOST}(?::\d{{1,5}})?(?:/(?!\.)[\w.~%-]+)*?)/*", re.ASCII)


class AddressError(ValueError):
    """A variable of the environment that holds no address of its kind; the message does not repeat what it holds."""


class Repository(NamedTuple):
    """A repository on a forge; the owner is a path of groups on GitLab, and links lead to the branch."""

    host: str
    owner: str
    name: str
    branch: str = "main"

    @property
    def url(self) -> str:
        """The address of the repository in a browser."""
        return f"https://{self.host}/{self.owner}/{self.name}"

    @property
    def forge(self) -> str:
        """The software that the host runs: one of ``FORGES``."""
        return _forge(self.host)

    @property
    def on_binder(self) -> bool:
        """Whether Binder can run the notebooks of the repository."""
        return self.host in BINDER_HOSTS and "/" not in self.owner


class Addresses(NamedTuple):
    """What a build knows: the repository, or None, and the address that the book's pages are below, or nothing."""

    repository: Repository | None = None
    book: str = ""


def given(environment: Mapping[str, str] = os.environ, root: Path = ROOT) -> Addresses:
    """Return the addresses that the environment gives, or the clone in ``root``.

    Raises:
        AddressError: a variable holds something else.
    """
    origin, branch = _clone(root)
    asked = environment.get("REPOSITORY_URL", origin).strip()
    repository = parse(asked, branch)
    if environment.get("REPOSITORY_URL") and not repository:
        raise AddressError(
            "REPOSITORY_URL is not the address of a repository on GitHub or GitLab: give https://github.com/OWNER/NAME"
        )
    return Addresses(repository, _book(environment.get("BOOK_URL", "")))


def parse(address: str, branch: str = "main") -> Repository | None:
    """Return the repository that an address of git or of a browser leads to, None where it is on no known forge.

    >>> parse("git@github.com:owner/name.git").url
    'https://github.com/owner/name'
    >>> parse("https://user:secret@gitlab.com/group/part/name/").owner
    'group/part'
    >>> parse("/srv/git/name.git") is None
    True
    """
    host, path = _split(address.strip())
    parts = path.strip("/").removesuffix(".git").split("/")
    forge = _forge(host)
    is_named = len(parts) == 2 or (forge == "gitlab" and len(parts) > 2)
    if not forge or not is_named or not all(map(NAME.fullmatch, parts)):
        return None
    return Repository(host, "/".join(parts[:-1]), parts[-1], branch)


def described(addresses: Addresses) -> list[str]:
    """Return a line on each address: what it is, or what is left out without it.

    >>> described(Addresses(parse("https://github.com/owner/name")))[0]
    'the repository is https://github.com/owner/name, branch main'
    """
    repository, book = addresses
    return [
        f"the repository is {repository.url}, branch {repository.branch}"
        if repository
        else "no address of a repository (REPOSITORY_URL): pages have no buttons to edit, report or run them",
        f"the book is published at {book}"
        if book
        else "no address of the book (BOOK_URL): pages have no canonical address, the site has no map",
    ]


def _split(address: str) -> tuple[str, str]:
    """Split an address into host and path, both empty where it is not one of a forge's."""
    ssh = None if "://" in address else SSH.fullmatch(address)
    if ssh:
        return ssh["host"].lower(), ssh["path"]
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "", ""
    # The port of ssh says nothing of the web's; another port of the web would have to be guessed for http.
    is_plain = not (parts.query or parts.fragment) and (parts.scheme == "ssh" or port is None)
    return (parts.hostname or "", parts.path) if parts.scheme in SCHEMES and is_plain else ("", "")


def _forge(host: str) -> str:
    own = (forge for forge in FORGES if host == f"{forge}.com" or re.fullmatch(rf"{forge}(?:\.[a-z0-9-]+){{2,}}", host))
    return next(own, "")


def _book(address: str) -> str:
    """Return the address of the book with one slash behind it.

    Raises:
        AddressError: it is no https address, or one of a page.
    """
    found = BOOK.fullmatch(address.strip())
    if found and not found["place"].endswith(".html"):
        return f"https://{found['place']}/"
    if address.strip():
        raise AddressError("BOOK_URL is not the https address of a folder: give https://OWNER.github.io/NAME/")
    return ""


def _clone(root: Path) -> tuple[str, str]:
    """Return the remote and the branch of a clone; a folder within another repository is not asked for that one's."""
    top = _git(root, "rev-parse", "--show-toplevel")
    if not top or Path(top).resolve() != root.resolve():
        return "", "main"
    branch = _git(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    return _git(root, "remote", "get-url", "origin"), quote(branch) or "main"


def _git(root: Path, *arguments: str) -> str:
    """Return what git prints, nothing where it fails or is not there."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def main() -> int:
    """Print the addresses, and return 2 where one is no address."""
    try:
        print("\n".join(f"book: {line}" for line in described(given())))
    except AddressError as error:
        print(f"book: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
