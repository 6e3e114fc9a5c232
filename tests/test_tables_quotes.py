"""The tables of invented sentences that hold the attribution of quotations: rules, thresholds, lists of words.

A table is a file of ``tests/tables``, or the one beside the rules of attribution. Each of its parts maps names to
entries, and an entry says its ``meaning``:

``rules``: ``examples`` fail without the rule, ``counterexamples`` are sentences it must not take, each sentence of
    ``before`` is one that another rule (``rule_before``) would take if it were asked first; ``commutes`` names rules
    that may be asked first as well.
``thresholds``: sentences ``inside`` and ``outside``, the nearest to the threshold on both sides.
``steps``: ``examples`` and ``counterexamples`` of what is no rule with a name and no threshold.
``words``: the sentence ``listed`` comes out alike for every word of ``words``, ``unlisted`` for those of ``others``;
    ``list`` names the list of the library they are of, ``untried`` words of it that another rule knows as well.

A sentence is its ``text`` (`` ¶ `` ends a paragraph, `` ↵ `` a line), what must come out, and ``why`` it is there where
that does not go without saying. What comes out of a page: ``marks``, ``kinds`` and ``sources`` of its direct
quotations, its ``reports``, its ``speakers``, the ``persons`` and all ``mentions``, the words meant by ``errata``. Of
one quotation, the last direct one or that at place ``nth``: ``source``, ``rule``, ``cue``, ``kind``, ``speaker``,
``id``, ``resolved_by``, ``role``, ``affiliation``, ``country`` and ``source_type``, and ``via``, ``addressee`` and
``relayed_by`` with their ids. ``book`` annotates with the invented codebook.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import clippings as cl
from clippings.evidence import Quote
from clippings.model import Annotated, Span

TABLES = Path(__file__).parent / "tables"
FILES = (
    *(
        "attribution",
        "bounds",
        "clauses",
        "descriptions",
        "kinds",
        "lists",
        "marks",
        "order",
        "people",
        "phrases",
        "relays",
    ),
    *("reported", "right_persons", "rules", "sources", "subjects", "words"),
)
RULES_FILE = files("clippings.layers.quotes").joinpath("rules.yaml")
CLOSED = {
    "grammar": ("clippings.text", "grammar_words.yaml"),
    "slips": ("clippings.layers", "slips.yaml"),
    "voices": ("clippings.layers.quotes", "voices.yaml"),
}
PAGE = ("marks", "kinds", "reports", "persons", "sources", "speakers", "errata", "mentions")
ONE = (
    *("source", "rule", "cue", "kind", "content", "speaker", "id", "resolved_by", "role", "affiliation", "country"),
    *("source_type", "via", "via_id", "addressee", "addressee_id", "relayed_by", "relayed_by_id"),
)
KEYS = frozenset({"text", "why", "nth", "rule_before", "book", *PAGE, *ONE})


class Case(NamedTuple):
    """One sentence, what must come out, and what the case is there for."""

    holds: str
    text: str
    expected: dict[str, Any]
    why: str
    book: bool = False
    file: str = ""


def _text(written: str) -> str:
    return written.replace(" ¶ ", "\n\n").replace(" ↵ ", "\n")


def _case(holds: str, written: dict[str, Any], word: str = "", file: str = "") -> Case:
    filled = {key: _filled(value, word) for key, value in written.items()}
    unknown = filled.keys() - KEYS
    assert not unknown, f"{holds}: no table has the keys {sorted(unknown)}"
    expected = {key: value for key, value in filled.items() if key in (*PAGE, *ONE, "nth")}
    return Case(holds, _text(filled["text"]), expected, filled.get("why", ""), filled.get("book", False), file)


def _filled(value: Any, word: str) -> Any:
    if isinstance(value, list):
        return [_filled(one, word) for one in value]
    slip = word[:2] + word[1:]
    forms = (("{word}", word), ("{Word}", word[:1].upper() + word[1:]), ("{slip}", slip), ("{WORD}", word.upper()))
    for place, form in forms if isinstance(value, str) else ():
        value = value.replace(place, form)
    return value


@functools.cache
def table(name: str) -> dict[str, Any]:
    """Return a table as it is written."""
    file = RULES_FILE if name == "rules" else TABLES / f"{name}.yaml"
    *_, written = yaml.load_all(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return written


def _entries(kind: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for file in FILES:
        for name, entry in (table(file).get(kind) or {}).items():
            yield file, name, entry


def cases() -> Iterator[tuple[str, Case]]:
    """Yield every sentence that stands for itself, with a readable id."""
    for kind, parts in (
        ("rules", ("examples", "counterexamples", "before")),
        ("thresholds", ("inside", "outside")),
        ("steps", ("examples", "counterexamples")),
    ):
        for file, name, entry in _entries(kind):
            for part in parts:
                for number, written in enumerate(entry.get(part, ()), start=1):
                    where = f"{part} {written['rule_before']}" if part == "before" else f"{part} {number}"
                    yield f"{file}: {name}: {where}", _case(f"{entry['meaning']} ({name}, {where})", written, file=file)


def lists() -> Iterator[tuple[str, list[Case]]]:
    """Yield the sentences of every list of words, and those of the words that are not on it."""
    for file, name, entry in _entries("words"):
        holds = f"{entry['meaning']} ({name})"
        listed = [_case(f"{holds}: {word!r} is on it", entry["listed"], word, file) for word in entry["words"]]
        others = [
            _case(f"{holds}: {word!r} is not on it", entry["unlisted"], word, file) for word in entry.get("others", ())
        ]
        yield f"{file}: {name}", [*listed, *others]


@functools.cache
def pages(file: str, is_own: bool) -> dict[str, Annotated]:
    """Return the sentences of a table with their annotations; one that could not be annotated is missing."""
    cases = [*CASES.values(), *chain.from_iterable(LISTS.values())]
    texts = sorted({case.text for case in cases if (case.file, case.book) == (file, is_own)})
    clippings = [cl.parse(text, path=str(number), layout="plain")[0] for number, text in enumerate(texts)]
    annotated = cl.Corpus(clippings).annotate(TABLES / "book" if is_own else None)
    return {texts[int(page.clipping.path)]: page for page in annotated}


def _seen(page: Annotated, quote: Quote | None, key: str) -> Any:
    text = page.clipping.text
    direct = [one for one in page.quotes if one.kind != "reported"]
    if key == "marks":
        return [one.of(text) for one in direct]
    if key == "kinds":
        return [one.kind for one in direct]
    if key == "sources":
        return [one.source.of(text) if one.source else None for one in direct]
    if key == "speakers":
        return [one.speaker for one in page.quotes]
    if key == "reports":
        return [one.of(text) for one in page.quotes if one.kind == "reported"]
    if key == "persons":
        return [one.form for one in page.mentions if one.kind == "person"]
    if key == "mentions":
        return [one.id for one in page.mentions]
    if key == "errata":
        return [one.expected for one in page.errata]
    if quote is None:
        return "no quotation"
    if key == "content":
        return quote.of(text)
    found = getattr(quote, {"id": "speaker_id"}.get(key, key))
    return found.of(text) if isinstance(found, Span) else found


def _page(case: Case) -> Annotated | None:
    return pages(case.file, case.book).get(case.text)


def differences(case: Case, page: Annotated | None) -> list[str]:
    """Return what comes out otherwise than the case says; ``nth`` is a quotation's or report's place, else the last."""
    if page is None:
        return ["it could not be annotated"]
    expected = dict(case.expected)
    nth = expected.pop("nth", None)
    direct = [one for one in page.quotes if one.kind != "reported"] or list(page.quotes)
    chosen = page.quotes[nth : nth + 1] if nth is not None else direct[-1:]
    quote = chosen[0] if chosen else None
    seen = {key: _seen(page, quote, key) for key in expected}
    return [f"{key} is {seen[key]!r}, not {expected[key]!r}" for key in expected if seen[key] != expected[key]]


def _complaint(case: Case, found: list[str]) -> str:
    why = f"\nIt is there because {case.why}" if case.why else ""
    return f"{case.holds}\n{case.text}\n{'; '.join(found)}{why}"


def _without_duplicates(found: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for name, one in found:
        assert name not in named, f"{name} stands twice in the tables"
        named[name] = one
    return named


CASES = _without_duplicates(cases())
LISTS = _without_duplicates(lists())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_sentence(case):
    found = differences(case, _page(case))
    assert not found, _complaint(case, found)


@pytest.mark.parametrize("words", LISTS.values(), ids=LISTS)
def test_words(words):
    wrong = [_complaint(case, found) for case in words if (found := differences(case, _page(case)))]
    assert not wrong, "\n\n".join(wrong)


def _closed_lists() -> Iterator[tuple[str, set[str]]]:
    for name, (package, file) in CLOSED.items():
        for key, words in yaml.safe_load(files(package).joinpath(file).read_text("utf-8")).items():
            if isinstance(words, list | str):
                yield f"{name}.{key}", set(words.split() if isinstance(words, str) else words)


@pytest.mark.parametrize(("name", "words"), [*_closed_lists()])
def test_every_word_of_a_closed_list_has_its_sentence(name, words):
    told = [entry for _, _, entry in _entries("words") if entry.get("list") == name]
    tried = {word.lower() for entry in told for word in (*entry["words"], *entry.get("untried", ()))}
    assert {word.lower() for word in words} <= tried, f"give these words of {name} a sentence in the tables"


RULES = [(file, name, entry) for file, name, entry in _entries("rules")]
THRESHOLDS = {f"{file}: {name}": entry for file, name, entry in _entries("thresholds")}


@pytest.mark.parametrize(("name", "entry"), [(name, entry) for _, name, entry in RULES], ids=[x[1] for x in RULES])
def test_a_rule_has_a_meaning_examples_and_sentences_it_must_not_take(name, entry):
    known = {other for _, other, _ in RULES}
    assert entry["meaning"], name
    assert entry["examples"], name
    assert entry.get("counterexamples") or entry.get("before"), name
    assert {case["rule_before"] for case in entry.get("before", ())} | set(entry.get("commutes", ())) <= known


@pytest.mark.parametrize("entry", THRESHOLDS.values(), ids=THRESHOLDS)
def test_a_threshold_has_a_sentence_on_both_sides(entry):
    assert entry["meaning"]
    assert entry["inside"]
    assert entry["outside"]


def test_every_word_beside_a_report_has_a_sentence():
    listed = yaml.safe_load(files("clippings.layers.quotes").joinpath("relays.yaml").read_text("utf-8"))
    assert {name: sorted(words) for name, words in listed.items()} == {
        name: sorted(entry["words"]) for name, entry in table("relays")["words"].items()
    }
    assert all(entry["others"] for entry in table("relays")["words"].values())


def _twice(node: yaml.Node | None) -> Iterator[str]:
    """Yield the keys of a YAML document that stand twice beside each other: the first would be read by nobody."""
    inner = getattr(node, "value", ())
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from (f"line {key.start_mark.line + 1}: {key.value}" for key, _ in inner if keys.count(key.value) > 1)
        inner = [value for _, value in inner]
    for part in inner if isinstance(node, yaml.CollectionNode) else ():
        yield from _twice(part)


@pytest.mark.parametrize("text", ["a: 1\nb: 2", "- {a: 1}\n- {a: 1}"])
def test_a_key_that_stands_once_is_fine(text):
    assert [*_twice(yaml.compose(text))] == []


def test_a_key_that_stands_twice_is_told():
    assert [*_twice(yaml.compose("- a: 1\n  b: 2\n  a: 3"))] == ["line 1: a", "line 3: a"]


@pytest.mark.parametrize("file", sorted(TABLES.rglob("*.yaml")), ids=lambda file: file.stem)
def test_no_key_of_a_table_stands_twice(file):
    documents = yaml.compose_all(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert [told for one in documents for told in _twice(one)] == []
