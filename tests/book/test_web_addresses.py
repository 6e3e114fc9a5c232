"""The addresses a build is given: from the environment, from git, or none; and what the theme is told of them."""

import doctest
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.docutils import docutils_namespace, patch_docutils

import web_addresses
from web_addresses import AddressError, Addresses, Repository, described, given, parse

NONE = {"REPOSITORY_URL": ""}
ON_GITHUB = {"REPOSITORY_URL": "https://github.com/owner/name", "BOOK_URL": "https://owner.github.io/name"}
Clone = Callable[..., Path]


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Make an empty repository with a remote, on a branch."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")

    def make(origin: str = "", branch: str = "main") -> Path:
        folder = tmp_path / "clone"
        folder.mkdir()
        git(folder, "init", "--quiet")
        git(folder, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
        if origin:
            git(folder, "remote", "add", "origin", origin)
        return folder

    return make


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/owner/name",
        "https://github.com/owner/name/",
        "https://github.com/owner/name.git",
        "https://github.com/owner/name.git/",
        " https://github.com/owner/name\n",
        "https://GitHub.com/owner/name",
        "http://github.com/owner/name.git",
        "git://github.com/owner/name.git",
        "ssh://git@github.com/owner/name.git",
        "ssh://git@github.com:22/owner/name.git",
        "git@github.com:owner/name.git",
        "git@github.com:owner/name",
        "github.com:owner/name.git",
        "https://user:secret@github.com/owner/name.git",
        "https://secret@github.com/owner/name",
        "https://user:p%40ss@github.com/owner/name.git",
    ],
)
def test_every_way_to_write_an_address_gives_the_one_of_the_web(address: str) -> None:
    assert parse(address, "main") == Repository("github.com", "owner", "name", "main")
    assert parse(address).url == "https://github.com/owner/name"


@pytest.mark.parametrize(
    ("address", "url", "on_binder"),
    [
        ("https://gitlab.com/owner/name", "https://gitlab.com/owner/name", True),
        ("git@gitlab.com:group/part/name.git", "https://gitlab.com/group/part/name", False),
        ("git@gitlab.example.org:owner/name.git", "https://gitlab.example.org/owner/name", False),
        ("https://github.example.org/owner/name", "https://github.example.org/owner/name", False),
        ("https://github.com/owner/name.github.io", "https://github.com/owner/name.github.io", True),
        ("https://github.com/owner/.github", "https://github.com/owner/.github", True),
        ("https://github.com/0-9/a_b.c-d", "https://github.com/0-9/a_b.c-d", True),
    ],
)
def test_other_repositories(address: str, url: str, on_binder: bool) -> None:
    found = parse(address)
    assert (found.url, found.on_binder) == (url, on_binder)
    assert found.forge in found.host


@pytest.mark.parametrize(
    "address",
    [
        *("", " ", "/srv/git/name.git", "../name", "name.git", "C:/books/name", "C:\\books\\name"),
        *("file:///srv/git/github.com/owner/name.git", "file://github.com/owner/name", "ftp://github.com/owner/name"),
        *("https://github.com", "https://github.com/owner", "https://github.com/owner/name/tree/main"),
        *("https://github.com/owner/name?a=b", "https://github.com/owner/name#readme", "https:///owner/name"),
        *("https://github.com/owner/..", "https://github.com/../name", "https://gitlab.com/owner/name/-/tree/main"),
        *("https://github.com/owner//name", 'https://github.com/owner/na"me', "https://github.com/owner/<name>"),
        *("https://github.com:8443/owner/name", "https://github.com:port/owner/name", "https://[github.com/owner/name"),
        *("https://github.io/owner/name", "https://notgithub.com/owner/name", "https://github.com.example/"),
        *("https://git.example.org/owner/name", "git@example.org:owner/name.git", "git@github.com://owner/name"),
    ],
)
def test_what_is_on_no_known_forge_is_none(address: str) -> None:
    assert parse(address) is None


def test_the_examples_of_the_module_run() -> None:
    results = doctest.testmod(web_addresses)
    assert results.attempted
    assert not results.failed


def test_the_remote_and_the_branch_come_from_git(clone: Clone) -> None:
    folder = clone("https://user:secret@github.com/owner/name.git", "drafts/one")
    assert given({}, folder) == Addresses(Repository("github.com", "owner", "name", "drafts/one"))


def test_the_environment_comes_before_the_remote(clone: Clone) -> None:
    folder = clone("git@github.com:other/other.git", "drafts")
    found = given(ON_GITHUB, folder)
    assert found == Addresses(Repository("github.com", "owner", "name", "drafts"), "https://owner.github.io/name/")


def test_an_empty_variable_leaves_the_remote_out(clone: Clone) -> None:
    assert given(NONE, clone("git@github.com:owner/name.git")) == Addresses()


@pytest.mark.parametrize("origin", ["", "/srv/git/name.git", "file:///srv/git/name.git", "git@example.org:owner/name"])
def test_a_remote_that_is_on_no_forge_gives_nothing(clone: Clone, origin: str) -> None:
    assert given({}, clone(origin)) == Addresses()


def test_a_branch_is_safe_in_an_address(clone: Clone) -> None:
    assert given({}, clone("git@github.com:owner/name.git", "a#b")).repository.branch == "a%23b"


def test_without_a_branch_links_lead_to_main(clone: Clone) -> None:
    folder = clone("git@github.com:owner/name.git", "drafts")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--allow-empty", "-m", "a")
    git(folder, "checkout", "--detach")
    assert given({}, folder).repository.branch == "main"


def test_a_folder_in_another_repository_is_not_asked_for_its_remote(clone: Clone) -> None:
    inner = clone("git@github.com:owner/name.git", "drafts") / "unpacked"
    inner.mkdir()
    assert given({}, inner) == Addresses()
    assert given(ON_GITHUB, inner).repository.branch == "main"


def test_git_need_not_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert given({}, tmp_path) == Addresses()


@pytest.mark.parametrize(
    "address",
    ["https://book.example/b", "https://book.example/b/", " https://book.example/b// "],
)
def test_the_address_of_the_book_ends_in_one_slash(address: str) -> None:
    assert given({**NONE, "BOOK_URL": address}).book == "https://book.example/b/"


def test_a_book_may_have_a_host_of_its_own() -> None:
    assert given({**NONE, "BOOK_URL": "https://book.example:8443"}).book == "https://book.example:8443/"
    assert given({**NONE, "BOOK_URL": " "}).book == ""


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("REPOSITORY_URL", "https://user:secret@git.example.org/owner/name"),
        ("REPOSITORY_URL", "/srv/secret"),
        ("BOOK_URL", "http://secret.example/"),
        ("BOOK_URL", "https://user:secret@book.example/"),
        ("BOOK_URL", "https://secret.example/index.html"),
        ("BOOK_URL", "https://secret.example/?a=b"),
        ("BOOK_URL", "https://secret.example/#a"),
        ("BOOK_URL", 'https://secret.example/"'),
        ("BOOK_URL", "secret.example"),
        ("BOOK_URL", "https://secret"),
        ("BOOK_URL", "https://.."),
        ("BOOK_URL", "https://-secret.example/"),
        ("BOOK_URL", "https://secret.example:99999999/"),
        ("BOOK_URL", "https://secret.example/a/../b"),
    ],
)
def test_what_is_no_address_is_one_line_that_does_not_repeat_it(
    name: str, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AddressError, match=f"{name} is not .*: give https://"):
        given({**NONE, name: address})
    monkeypatch.setenv("REPOSITORY_URL", "")
    monkeypatch.setenv(name, address)
    assert web_addresses.main() == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"book: {name} is not ")
    assert "secret" not in printed.err
    assert printed.err.count("\n") == 1


def test_a_build_says_what_it_was_given(clone: Clone) -> None:
    found = given({"BOOK_URL": "https://book.example"}, clone("https://user:secret@github.com/owner/name.git", "a"))
    assert described(found) == [
        "the repository is https://github.com/owner/name, branch a",
        "the book is published at https://book.example/",
    ]
    missing = described(Addresses())
    assert ["REPOSITORY_URL" in missing[0], "BOOK_URL" in missing[1]] == [True, True]


def told(root: Path, out: Path) -> Any:
    """Return the configuration of a build, as the theme finds it."""
    final, _ = get_final_config(
        user_yaml=root / "_config.yml", cli_config={"latex_individualpages": False}, sourcedir=root / "book"
    )
    with patch_docutils(), docutils_namespace():
        return Sphinx(root / "book", None, out, out, "dummy", final, status=None, warning=None).config


@pytest.mark.parametrize(
    ("environment", "address", "provider", "binder", "base"),
    [
        ({**NONE, "BOOK_URL": ""}, "", "", "", ""),
        (ON_GITHUB, "https://github.com/owner/name", "github", "https://mybinder.org", "https://owner.github.io/name/"),
        (
            {"REPOSITORY_URL": "git@gitlab.com:group/part/name.git", "BOOK_URL": ""},
            *("https://gitlab.com/group/part/name", "gitlab", "", ""),
        ),
    ],
)
def test_the_theme_is_told(
    environment: dict[str, str],
    address: str,
    provider: str,
    binder: str,
    base: str,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    config = told(root, tmp_path)
    options = config.html_theme_options
    assert (options["repository_url"], options["repository_provider"]) == (address, provider)
    assert options["launch_buttons"]["binderhub_url"] == binder
    assert options["path_to_docs"] == "book"
    assert config.html_baseurl == base
    buttons = [options[f"use_{button}_button"] for button in ("edit_page", "issues", "repository", "source")]
    assert buttons == [bool(address)] * 4


def test_a_build_of_no_address_ends_before_it_begins(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPOSITORY_URL", "https://git.example.org/owner/name")
    with pytest.raises(ConfigError, match="REPOSITORY_URL is not the address of a repository"):
        told(root, tmp_path)
