"""Every rule of attribution earns its place, its place in the order, and its thresholds: ``rules.yaml`` shows how.

Without a rule one of its examples comes out otherwise; behind another rule a sentence under ``before`` does; a
threshold moved by one spoils a sentence inside or outside.
"""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import chain, pairwise, starmap
from pathlib import Path
from types import ModuleType

import pytest

import clippings as cl
from clippings.layers.quotes import discourse, rules
from clippings.layers.quotes.sites import Attribution, Site
from test_tables_quotes import CASES, LISTS, _case, differences, table

WRITTEN = table("rules")
MODULES = {
    name: import_module(f"clippings.layers.quotes.{name}") for name in ("before", "behind", "discourse", "interviews")
}
ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "data/clippings", ROOT / "tests/zoo")
INSIDE = [rule.__name__ for rule in rules.RULES]
AROUND = [rule.__name__ for rule in discourse.AROUND]


def wrong(*sentences: dict) -> list[str]:
    """What of some sentences comes out otherwise than written."""
    found = []
    for written in sentences:
        case = _case("", written)
        (page,) = cl.Corpus(cl.parse(case.text, layout="plain")).annotate()
        found += [f"{case.text} {difference}" for difference in differences(case, page)]
    return found


def reorder(monkeypatch: pytest.MonkeyPatch, change) -> None:
    """Ask the rules in another order, those inside a sentence and those around it."""
    monkeypatch.setattr(rules, "RULES", change(list(rules.RULES)))
    monkeypatch.setattr(discourse, "AROUND", change(list(discourse.AROUND)))


def place(asked: list, name: str) -> int | None:
    return next((at for at, rule in enumerate(asked) if rule.__name__ == name), None)


def test_every_rule_is_described_in_order():
    asked = [*INSIDE, *AROUND]
    described = list(WRITTEN["rules"])
    assert sorted(described) == sorted(asked), "rules.yaml describes each rule of RULES and AROUND once"
    assert described == asked, "rules.yaml has the order of RULES and AROUND"


@pytest.mark.parametrize("name", WRITTEN["rules"])
def test_without_the_rule_an_example_comes_out_otherwise(monkeypatch, name):
    examples = WRITTEN["rules"][name]["examples"]
    assert not wrong(*examples)
    reorder(monkeypatch, lambda asked: [rule for rule in asked if rule.__name__ != name])
    assert wrong(*examples), f"every example of {name} comes out the same without it: give one that needs it"


@pytest.mark.parametrize(
    ("first", "second"), [*pairwise(INSIDE), *pairwise(AROUND)], ids=lambda name: name.replace("_", " ")
)
def test_neighbors_commute_or_a_sentence_tells_them_apart(first, second):
    entry = WRITTEN["rules"].get(first)
    assert entry, f"describe {first} in rules.yaml"
    apart = {written["rule_before"] for written in entry.get("before", ())}
    assert (second in apart) != (second in entry.get("commutes", ())), (
        f"rules.yaml: give {first} a sentence under `before` with `rule_before: {second}`, or name {second} under "
        "`commutes` where no sentence tells which was asked first; not both"
    )


ORDERED = [
    pytest.param(name, written, id=f"{name} before {written['rule_before']}")
    for name, told in WRITTEN["rules"].items()
    for written in told.get("before", ())
]


@pytest.mark.parametrize(("name", "written"), ORDERED)
def test_behind_the_other_rule_the_sentence_comes_out_otherwise(monkeypatch, name, written):
    def behind(asked: list) -> list:
        here, other = place(asked, name), place(asked, written["rule_before"])
        if here is None or other is None:
            return asked
        assert here < other
        return [*asked[:here], *asked[here + 1 : other + 1], asked[here], *asked[other + 1 :]]

    if (name in INSIDE) == (written["rule_before"] in INSIDE):
        assert not wrong(written)
        reorder(monkeypatch, behind)
        assert wrong(written), f"the sentence comes out the same with {name} behind {written['rule_before']}"


COMMUTING = [(name, other) for name, told in WRITTEN["rules"].items() for other in told.get("commutes", ())]


def with_the_next(asked: Sequence[Callable], apart: dict[tuple[str, str], str]) -> tuple[Callable, ...]:
    """Rules that answer as before; where the one behind answers otherwise, ``apart`` keeps the text by the two."""

    def both(rule: Callable, behind: Callable) -> Callable:
        def ask(place: Site | discourse.Setting) -> Attribution | None:
            found = rule(place)
            if found and behind(place) not in (None, found):
                apart.setdefault((rule.__name__, behind.__name__), place.tokens.text)
            return found

        return ask

    return (*starmap(both, pairwise(asked)), *asked[-1:])


@functools.cache
def told_apart() -> dict[tuple[str, str], str]:
    """Neighbors that answer differently somewhere in the texts of the tables or on the shipped pages, with a text."""
    texts = sorted({case.text for case in (*CASES.values(), *chain.from_iterable(LISTS.values()))})
    pages = [cl.parse(text, layout="plain", path=str(at))[0] for at, text in enumerate(texts)]
    apart: dict[tuple[str, str], str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "RULES", with_the_next(rules.RULES, apart))
        patch.setattr(discourse, "AROUND", with_the_next(discourse.AROUND, apart))
        for corpus in (cl.Corpus(pages), *map(cl.read, PAGES)):
            corpus.annotate()
    return apart


@pytest.mark.parametrize(("first", "second"), COMMUTING, ids=lambda name: name.replace("_", " "))
def test_rules_that_are_said_to_commute_do(first, second):
    assert ((first, second) in pairwise(INSIDE)) != ((first, second) in pairwise(AROUND)), (
        f"rules.yaml: {second} is not asked right behind {first}; leave it out of the `commutes` of {first}"
    )
    text = told_apart().get((first, second))
    assert text is None, f"{first} and {second} do not commute: write this under `before` of {first}: {text}"


def test_neighbors_that_a_sentence_tells_apart_are_noticed():
    apart = {(name, one["rule_before"]) for name, told in WRITTEN["rules"].items() for one in told.get("before", ())}
    assert apart & {*pairwise(INSIDE), *pairwise(AROUND)} <= told_apart().keys()


@pytest.mark.parametrize("name", WRITTEN["thresholds"])
def test_a_threshold_moved_by_one_spoils_a_sentence(monkeypatch, name):
    module, _, constant = name.partition(".")
    place = import_module(f"clippings.layers.quotes.{module}")
    written = WRITTEN["thresholds"][name]
    sentences = [*written["inside"], *written["outside"]]
    assert not wrong(*sentences)
    for further in (-1, 1):
        monkeypatch.setattr(place, constant, getattr(place, constant) + further)
        assert wrong(*sentences), f"no sentence comes out otherwise with {name} moved by {further}"
        monkeypatch.undo()


def numbers(module: ModuleType) -> Iterator[tuple[str, int]]:
    """Each number above 2 in the functions of a module, with its function; indices are none."""
    for function in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(function, ast.FunctionDef):
            indices = [
                part for node in ast.walk(function) if isinstance(node, ast.Subscript) for part in ast.walk(node)
            ]
            parts = (part for part in ast.walk(function) if isinstance(part, ast.Constant) and part not in indices)
            yield from ((function.name, part.value) for part in parts if isinstance(part.value, int) and part.value > 2)


@pytest.mark.parametrize("name", MODULES)
def test_a_number_in_a_rule_has_a_name(name):
    found = [f"{value} in {function}" for function, value in numbers(MODULES[name])]
    assert not found, (
        f"{name}.py: make {', '.join(found)} a public constant, with sentences on both sides under `thresholds` of "
        "rules.yaml"
    )


def test_every_threshold_is_written_down():
    constants = {
        f"{name}.{constant}"
        for name, module in MODULES.items()
        for constant, value in vars(module).items()
        if isinstance(value, int) and not constant.startswith("_")
    }
    assert constants == set(WRITTEN["thresholds"]), "a public constant has an entry under `thresholds` of rules.yaml"


def test_a_text_cut_off_before_its_last_word_is_annotated():
    texts = sorted({case.text.rpartition(" ")[0].rstrip(".,") for case in CASES.values()})
    annotated = cl.Corpus([cl.parse(text, layout="plain", path=str(at))[0] for at, text in enumerate(texts)]).annotate()
    found = {page.clipping.path for page in annotated}
    assert [text for at, text in enumerate(texts) if str(at) not in found] == []
