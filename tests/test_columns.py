"""The descriptions of the frames name every column, and every value the code can write, and nothing else.

A rule of attribution that nobody described fails here: enter it under ``names`` of
``src/clippings/layers/quotes/rules.yaml``, with an example in which it is found. A new module that makes rules is named
in ``MADE_IN``.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import clippings as cl
from clippings.layers.quotes.sites import Rule
from clippings.tables.columns import described
from clippings.tables.frames import SCHEMA

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/clippings"
CLOSED = [(frame, name) for frame, told in described().items() for name, c in told.columns.items() if c.values]
# The modules that make the values of a column.
MADE_IN = {
    ("quotes", "resolved_by"): ("layers/quotes/people", "layers/quotes/posts", "layers/quotes/annotator"),
    ("quotes", "kind"): ("layers/quotes/kinds",),
    ("errata", "rule"): ("layers/errata",),
}
# Words at such places that are no values of the column.
OTHERS = {
    ("quotes", "resolved_by"): {
        " and ",
        " of government",
        " of state",
        " of the state",
        "body",
        "marks",
        "people",
        "person",
    },
}


def strings(node: ast.AST | None) -> Iterator[str]:
    """Yield the strings an expression may be: those of a choice and a tuple too, not those it compares."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from (*strings(body), *strings(other))
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from strings(part)


def is_ours(call: ast.Call) -> bool:
    """Tell a class, a function or a method of the module's own from a method of a string, list or pattern."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(call.func, ast.Name) or (isinstance(owner, ast.Name) and owner.id == "self")


def written(module: str) -> set[str]:
    """Every string that the module hands on: in a call of ours, a return value, or a value assigned."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((SOURCE / f"{module}.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and is_ours(node):
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                found.update(strings(argument))
        if isinstance(node, ast.Return | ast.Assign | ast.AnnAssign | ast.Yield):
            found.update(strings(node.value))
    return found


def values(frame: str, column: str) -> set[str]:
    return set(cl.describe(frame, column)["value"])


@pytest.fixture(scope="module")
def zoo() -> cl.AnnotatedCorpus:
    return cl.read(ROOT / "tests/zoo", ROOT / "data/clippings", ROOT / "no-such-folder").annotate()


def test_every_frame_and_column_is_described_in_order():
    columns = {frame: list(told.columns) for frame, told in described().items()}
    assert columns == {frame: list(schema) for frame, schema in SCHEMA.items()}


@pytest.mark.parametrize("frame", SCHEMA)
def test_the_type_is_that_of_the_frame(frame):
    told = cl.describe(frame)
    assert dict(zip(told["column"], told["type"], strict=True)) == SCHEMA[frame]
    assert all(meaning.endswith(".") for meaning in told["meaning"])
    assert all(told["empty"])


@pytest.mark.parametrize(("frame", "column"), MADE_IN, ids="-".join)
def test_every_value_the_code_can_write_is_described_and_no_other(frame, column):
    literals = set().union(*map(written, MADE_IN[frame, column]))
    words = {text for text in literals if any(map(str.isalpha, text))} - OTHERS.get((frame, column), set())
    known = values(frame, column)
    assert words <= known, f"describe in a file *.yaml of layers or tables, or name in OTHERS: {sorted(words - known)}"
    assert known - {"reported"} <= literals, f"no code writes: {sorted(known - literals)}"


def test_every_rule_of_attribution_is_described_in_order():
    assert list(cl.describe("quotes", "rule")["value"]) == [rule.value for rule in Rule], (
        "rules.yaml describes each Rule of sites.py under `names`, in the same order"
    )


@pytest.mark.parametrize(("frame", "column"), CLOSED, ids="-".join)
def test_every_value_on_pages_is_described(zoo, frame, column):
    found = set(getattr(zoo, frame)[column].dropna())
    assert found
    assert found <= values(frame, column), "describe in a file *.yaml of layers or tables"


EXAMPLES = [
    pytest.param(column, row["value"], row["example"], id=f"{column}-{row['value']}")
    for frame, column in CLOSED
    if frame == "quotes"
    for row in cl.describe(frame, column).to_dict("records")
]


@pytest.mark.parametrize(("column", "value", "example"), EXAMPLES)
def test_the_library_finds_in_an_example_what_it_is_an_example_of(column, value, example):
    layout = {} if "DATE:" in example else {"layout": "plain"}
    found = cl.Corpus(cl.parse(example, **layout)).annotate().quotes
    assert value in set(found[column])


@pytest.mark.parametrize("frame", SCHEMA)
def test_what_is_never_empty_is_not(zoo, frame):
    told = cl.describe(frame)
    never = list(told.loc[told["empty"] == "never", "column"])
    assert getattr(zoo, frame)[never].notna().all(axis=None)


def test_what_is_empty_together_is_so(zoo):
    told = described()["quotes"].columns
    tied = [(name, column.empty[3:]) for name, column in told.items() if column.empty.startswith("as ")]
    assert len(tied) == 13
    for name, other in tied:
        assert (zoo.quotes[name].isna() == zoo.quotes[other].isna()).all()
    assert (zoo.quotes["source"].isna() == (zoo.quotes["rule"] == "marks")).all()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("quote",), "no frame is called 'quote'; there are: clippings, blocks"),
        (("quotes", "text"), "no column of quotes with a list of values is called 'text'; there are: kind"),
        (("sentences", "text"), "there are: none"),
    ],
)
def test_an_unknown_name_is_told_what_there_is(asked, message):
    with pytest.raises(KeyError, match=message):
        cl.describe(*asked)


def test_a_rule_nobody_described_is_seen():
    code = 'def f(a):\n    return Attribution(a, None, "brand new rule" if a.kind == "not a rule" else "old rule")'
    node = next(node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    assert is_ours(node)
    assert [text for argument in node.args for text in strings(argument)] == ["brand new rule", "old rule"]
