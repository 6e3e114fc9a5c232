"""No count, share or interval in the book's text is typed, in digits or in words, and every glued one exists."""

import ast
import builtins
import re
from collections.abc import Iterator
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
# A number in words, from two upward, with the word behind it.
NUMBER = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|dozens?|half|thirds|"
    r"fourths|fifths|sixths|sevenths|eighths|ninths|tenths|a (?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
)
# A share in words of what the book counts. Elsewhere these words are turns of phrase.
SHARE = r"most|none|(?:nearly|almost) all"
COUNTED = (
    r"(?:bodies|clippings|coders|codes|days|events|groups|mentions|members|months|others|outlets|pages|pairs|parties|"
    r"passages|people|persons|quarters|quotations|reports|rows|sentences|sources|speakers|stances|states|themes|titles|"
    r"treaties|voices|weeks|words|years|them|these|those)"
)
COUNT = re.compile(
    rf"\b(?:{NUMBER})\b(?:[ -][\w-]+)?|\b(?:{SHARE})(?: of)?(?: the| these| those)?(?: [\w-]+)? {COUNTED}\b",
    re.IGNORECASE,
)
# What a page assumes and says that it does may be typed into a cell, under this name.
ASSUMED = {"assumed"}
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


def typed_values(sources: list[str]) -> list[str]:
    """Return the glued values of a notebook, as written, that hold nothing computed."""
    trees = [ast.parse(source) for source in sources]
    typed = typed_names(trees)
    return [ast.unparse(value) for tree in trees for value in glued_values(tree) if names_of(value) <= typed]


def typed_names(trees: list[ast.Module]) -> set[str]:
    """Return the names that are only ever bound to what stands in the cell."""
    bound: dict[str, list[bool]] = {}
    for node in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Assign)):
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for name, value in pairs:
                if isinstance(name, ast.Name):
                    bound.setdefault(name.id, []).append(not names_of(value))
    return {name for name, literal in bound.items() if all(literal)} - ASSUMED


def glued_values(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the values that ``cl.glue`` is given, by name or as a dict with two stars."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "glue":
            for keyword in node.keywords:
                is_dict = keyword.arg is None and isinstance(keyword.value, ast.Dict)
                yield from keyword.value.values if is_dict else [keyword.value]


def names_of(value: ast.expr) -> set[str]:
    """Return the names that a value is made of, but for those of Python itself."""
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)} - set(dir(builtins))


def figure_words(notebook: nbformat.NotebookNode) -> Iterator[str]:
    """Yield the captions of a notebook's figures, and the words for those who do not see them."""
    for cell in notebook.cells:
        options = cell.metadata.get("mystnb", {})
        yield options.get("figure", {}).get("caption", "")
        yield options.get("image", {}).get("alt", "")


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


def test_no_number_is_typed_where_a_figure_is_described(notebook: nbformat.NotebookNode) -> None:
    for words in figure_words(notebook):
        assert not typed_numbers(words)
        assert not typed_counts(words)


def test_no_typed_value_is_glued(notebook: nbformat.NotebookNode) -> None:
    assert not typed_values([cell.source for cell in notebook.cells if cell.cell_type == "code"])


def test_every_allowance_is_used(book: Path) -> None:
    texts = [path.read_text("utf-8") for path in book.glob("*.md")]
    for notebook in (nbformat.read(path, as_version=4) for path in book.glob("*.ipynb")):
        texts += [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        texts += figure_words(notebook)
    pages = " ".join(" ".join(only_prose(text) for text in texts).split())
    assert [one["words"] for one in ALLOWED_COUNTS if one["words"] not in pages.lower()] == []
    assert [one["pattern"] for one in ALLOWED if not any(re.search(one["pattern"], text) for text in texts)] == []


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
        "The terms of START-1; the S-300.",
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
        "They stand twelve weeks before the request.",
        "They are read as four groups.",
        "NATO and two Baltic states",
        "These are two thousand of them.",
        "In about a third it is Russia, in two fifths the West.",
        "About half hear both.",
        "They carry the theme, nearly all of them from 2007.",
        "None of the {glue:text}`n` sources speaks for Poland.",
    ],
)
def test_typed_counts_are_caught(text: str) -> None:
    assert typed_counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "`two pages`",
        "In {glue:text}`rows` rows.",
        "One page, and no other.",
        "The third of 2008, and the third reader.",
    ],
)
def test_other_words_pass(text: str) -> None:
    assert not typed_counts(text)


@pytest.mark.parametrize(
    "source",
    [
        'cl.glue(first="April 2005")',
        "cl.glue(rows=len(rows), read_to=2_000)",
        'cl.glue(**{f"{name}_late": "0 of 43"})',
        'limit = "2,000"\ncl.glue(read_to=f"{limit} characters")',
        'persons = ["Putin", "Medvedev"]\ncl.glue(persons=f"{len(persons)}")',
        'low, high = 1, 2\ncl.glue(interval=f"{low} to {high}")',
    ],
)
def test_typed_values_are_caught(source: str) -> None:
    assert len(typed_values([source])) == 1


@pytest.mark.parametrize(
    "source",
    [
        'cl.glue(rows=f"{len(rows)}", first=rows["date"].min())',
        'for name in ("date", "cores"):\n    cl.glue(**{name: f"{run[name]}"})',
        'assumed = {"cores": 16}\ncl.glue(cores=f"{assumed[\'cores\']}")',
        'words = ["no", "one"]\ncl.glue(claimed=words[held.sum()])',
    ],
)
def test_computed_values_pass(source: str) -> None:
    assert not typed_values([source])
