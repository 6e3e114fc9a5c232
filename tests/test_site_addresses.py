"""What the project ships names no address that nobody owns, and its front page leads to what it claims."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import site_addresses
from check_site import walk_faults
from web_addresses import Addresses

ROOT = Path(__file__).parents[1]
SHIPPED = {".bib", ".cff", ".css", ".csv", ".ipynb", ".json", ".md", ".py", ".svg", ".toml", ".yaml", ".yml"}


def test_what_the_project_ships_names_no_address_that_nobody_owns() -> None:
    files = [path for suffix in ("md", "cff", "toml", "yml") for path in ROOT.glob(f"*.{suffix}")]
    files += [path for pattern in ("data/*.*", "book/*.*", "book/_static/*.*") for path in ROOT.glob(pattern)]
    files += (ROOT / "src").rglob("*.*")
    texts = {path: path.read_text("utf-8") for path in files if path.suffix in SHIPPED}
    assert len(texts) > 100
    unknown = {path: list(site_addresses.unknown(text, Addresses())) for path, text in texts.items()}
    assert {path: found for path, found in unknown.items() if found} == {}
    used = "".join(texts.values())
    assert [address for address in site_addresses.OTHERS if address not in used] == []


FRONT = """<section id="what-was-found"><h2>What was found</h2>
<p>A finding. See <a class="internal" href="one.html#its-section">one</a>.</p></section>"""


@pytest.mark.parametrize(
    ("chapter", "item", "is_walked"),
    [
        ('<a href="items/1.html">1</a>', "paragraph 2, sentence 1", True),
        ('<a href="items/1.html">1</a>', "no place", False),
        ("no item", "paragraph 2, sentence 1", False),
    ],
)
def test_a_finding_is_followed_in_three_steps_to_an_anchor(
    tmp_path: Path, chapter: str, item: str, *, is_walked: bool
) -> None:
    texts = {"index.html": FRONT, "one.html": chapter, "items/1.html": f"<p>{item}</p>"}
    pages = {tmp_path / name: BeautifulSoup(text, "html.parser") for name, text in texts.items()}
    assert [fault[:46] for fault in walk_faults(tmp_path, pages)] == (
        [] if is_walked else ["index.html: a finding leads in three steps to n"[:46]]
    )
