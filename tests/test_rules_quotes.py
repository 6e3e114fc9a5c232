"""Every rule of attribution earns its place, its place in the order, and its thresholds: ``rules.yaml`` shows how.

Without a rule one of its examples comes out otherwise; behind another rule a sentence under ``before`` does; a
threshold moved by one spoils a sentence inside or outside.
"""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise

import pytest

import clippings as cl
from clippings.layers.quotes import discourse, rules
from test_tables_quotes import _case, differences, table

WRITTEN = table("rules")
INSIDE = [rule.__name__ for rule in rules.RULES]
AROUND = [rule.__name__ for rule in discourse.AROUND]


def wrong(written: dict) -> list[str]:
    """What of a sentence comes out otherwise than written."""
    case = _case("", written)
    (page,) = cl.Corpus(cl.parse(case.text, layout="plain")).annotate()
    return differences(case, page)


def reorder(monkeypatch: pytest.MonkeyPatch, change) -> None:
    """Ask the rules in another order, those inside a sentence and those around it."""
    monkeypatch.setattr(rules, "RULES", change(list(rules.RULES)))
    monkeypatch.setattr(discourse, "AROUND", change(list(discourse.AROUND)))


def place(asked: list, name: str) -> int | None:
    return next((at for at, rule in enumerate(asked) if rule.__name__ == name), None)


def test_every_rule_is_described_in_order():
    assert list(WRITTEN["rules"]) == [*INSIDE, *AROUND]


@pytest.mark.parametrize("name", WRITTEN["rules"])
def test_without_the_rule_an_example_comes_out_otherwise(monkeypatch, name):
    examples = WRITTEN["rules"][name]["examples"]
    assert not any(map(wrong, examples))
    reorder(monkeypatch, lambda asked: [rule for rule in asked if rule.__name__ != name])
    assert any(map(wrong, examples))


@pytest.mark.parametrize(
    ("first", "second"), [*pairwise(INSIDE), *pairwise(AROUND)], ids=lambda name: name.replace("_", " ")
)
def test_neighbors_are_told_to_commute_or_a_sentence_tells_them_apart(first, second):
    told = WRITTEN["rules"][first]
    apart = {written["rule_before"] for written in told.get("before", ())}
    assert (second in apart) != (second in told.get("commutes", ()))


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
        assert wrong(written)


@pytest.mark.parametrize("name", WRITTEN["thresholds"])
def test_a_threshold_moved_by_one_spoils_a_sentence(monkeypatch, name):
    module, _, constant = name.partition(".")
    place = import_module(f"clippings.layers.quotes.{module}")
    written = WRITTEN["thresholds"][name]
    sentences = [*written["inside"], *written["outside"]]
    assert not any(map(wrong, sentences))
    for further in (-1, 1):
        monkeypatch.setattr(place, constant, getattr(place, constant) + further)
        assert any(map(wrong, sentences)), further
        monkeypatch.undo()


def test_every_threshold_is_written_down():
    names = ("before", "behind", "discourse", "interviews")
    modules = {name: import_module(f"clippings.layers.quotes.{name}") for name in names}
    constants = {
        f"{name}.{constant}"
        for name, module in modules.items()
        for constant, value in vars(module).items()
        if isinstance(value, int) and not constant.startswith("_")
    }
    assert constants == set(WRITTEN["thresholds"])
