"""No number in the book's prose is typed by hand, and every glued one exists."""

import re
from pathlib import Path

import nbformat
import pytest
import yaml

ALLOWED = yaml.safe_load((Path(__file__).parent / "allowed_digits.yaml").read_text("utf-8"))
ALLOWED_COUNTS = yaml.safe_load((Path(__file__).parent / "allowed_counts.yaml").read_text("utf-8"))

# What is not prose: code, roles (a glued number is one), addresses, labels and the options of directives.
NOT_PROSE = [
    r"\A---\n.*?\n---\n",
    r"(?ms)^(?P<fence>`{3,}|~{3,})(?!\{)[^\n]*\n.*?^(?P=fence)\s*$",
    r"(?ms)^(?P<mark>`{3,}|~{3,}|:{3,})\{(?:auto\w*|bibliography|code[\w-]*|eval-rst|image|mermaid)\}.*?^(?P=mark)\s*$",
    r"(?m)^(?:`{3,}|~{3,}|:{3,})(?:\{[^\n]*)?$",
    r"(?m)^:[\w-]+:[^\n]*$",
    r"(?m)^\([\w:-]+\)=$",
    r"(?s)<!--.*?-->|<[a-zA-Z/][^<>]*>",
    r"\{[\w:-]+\}(?P<ticks>`+).+?(?P=ticks)",
    r"(?P<tick>`+).+?(?P=tick)",
    r"(?<=\])\([^)\s]*(?: \"[^\"]*\")?\)",
    r"https?://[^\s)>]+",
]
# A number in words before what the book counts. Other number words are too common to be told from turns of phrase.
NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|most|none|(?:nearly|almost) all)"
COUNTED = (
    r"(?:bodies|clippings|coders|codes|days|events|mentions|members|others|outlets|pages|pairs|parties|passages|people|"
    r"persons|quarters|quotations|reports|rows|sentences|sources|speakers|stances|states|titles|treaties|voices|years|"
    r"them|these|those)"
)
COUNT = re.compile(rf"\b{NUMBER}(?: of)?(?: the| these| those)?(?: [\w-]+)? {COUNTED}\b", re.IGNORECASE)
GLUE_ROLE = re.compile(r"\{glue(?::\w+)?\}`([^`]+)`|^(?:`{3,}|:{3,})\{glue(?::\w+)?\} *(\S+)", re.MULTILINE)
# A glued name, the page it comes from if that is another, and its format.
GLUE_NAME = re.compile(r"(?:(?P<page>[\w/-]+\.ipynb)::)?(?P<name>[^:]+)(?::(?P<format>.+))?")
RECORD = "application/papermill.record/"


def typed_numbers(text: str) -> list[str]:
    """Return the lines of the prose that hold a digit which nothing allows."""
    text = only_prose(text)
    for allowed in ALLOWED:
        text = re.sub(allowed["pattern"], " ", text)
    return [line.strip() for line in text.splitlines() if re.search(r"\d", line)]


def typed_counts(text: str) -> list[str]:
    """Return the counts in words that nothing allows."""
    text = " ".join(only_prose(text).split())
    for allowed in ALLOWED_COUNTS:
        text = re.sub(rf"\b{allowed['words']}\b", " ", text, flags=re.IGNORECASE)
    return [count[0] for count in COUNT.finditer(text)]


def only_prose(text: str) -> str:
    for pattern in NOT_PROSE:
        text = re.sub(pattern, " ", text)
    return text


def glued_names(notebook_path: Path) -> set[str]:
    names = set()
    for cell in nbformat.read(notebook_path, as_version=4).cells:
        for output in cell.get("outputs", []):
            if any(kind.startswith(RECORD) for kind in output.get("data", {})):
                names.add(output.metadata["scrapbook"]["name"])
    return names


def test_no_number_is_typed(prose: str) -> None:
    assert not typed_numbers(prose)


def test_no_count_is_typed_in_words(prose: str) -> None:
    assert not typed_counts(prose)


def test_every_allowed_count_is_used(book: Path) -> None:
    pages = " ".join(path.read_text("utf-8") for path in [*book.glob("*.md"), *book.glob("*.ipynb")])
    pages = " ".join(re.sub(r'\\n",|"', " ", pages).split()).lower()
    assert [one["words"] for one in ALLOWED_COUNTS if one["words"] not in pages] == []


def test_every_glued_number_exists(page_path: Path, prose: str, book: Path) -> None:
    for role, directive in GLUE_ROLE.findall(prose):
        match = GLUE_NAME.fullmatch((role or directive).strip())
        assert match, f"cannot read the glued name {role or directive}"
        if match["page"]:
            assert match["format"], f"{role}: a number from another page needs a format, or it is shown as code"
        source = book / (match["page"] or page_path.name)
        assert source.suffix == ".ipynb", f"{role}: name the notebook that glues it"
        assert match["name"] in glued_names(source), f"{source.name} glues no {match['name']}"


@pytest.mark.parametrize(
    "text",
    [
        "five voices out of 7 states: 42%",
        "# The 3 findings",
        "a rate of .91 in 2007",
        "| outlet | 12 |",
        "```{note}\nAll 5 of them.\n```",
        ":::{admonition} Limits\n:class: tip-2\nOnly 59 were coded twice.\n:::",
        "<span>17</span>",
        "[the 44 parties](treaties.ipynb)",
        "> Russia has 200 of them.",
    ],
)
def test_typed_numbers_are_caught(text: str) -> None:
    assert typed_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "On 2 November 2007, and on 2007-10-30, in the 1980s.",
        "Between 2005 and 2010 ({cite:p}`abc20090917`).",
        "There are {glue:text}`voices.ipynb::total:d`, see {numref}`fig-2`.",
        "Article 6 and Articles 1, 2 and 3 of START-1; the S-300.",
        "Run `make book` with Python 3.11, or `cl.read('112007-14.txt')`.",
        "```python\nx = 5\n```",
        "```{code-block} python\nx = 5\n```",
        "[the text](https://example.org/2007/11/02/a1.html)",
        "1. Read\n2. Count",
        "(fig-12)=\n# Title",
        "Text under CC BY 4.0.",
    ],
)
def test_safe_numbers_pass(text: str) -> None:
    assert not typed_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "In two of the\nsix rows the interval holds zero.",
        "Three others show no gap.",
        "They carry the theme, nearly all of them from 2007.",
        "None of the {glue:text}`n` sources speaks for Poland.",
    ],
)
def test_typed_counts_are_caught(text: str) -> None:
    assert typed_counts(text)


@pytest.mark.parametrize("text", ["`two pages`", "In {glue:text}`rows` rows.", "One page, and no other."])
def test_other_words_pass(text: str) -> None:
    assert not typed_counts(text)
