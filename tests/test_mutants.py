"""The mutation run: which changes it makes, that a sample can be drawn again, and that mutants are judged rightly."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools" / "mutants"))

import mutations  # noqa: E402
from mutations import Mutant  # noqa: E402

import mutants  # noqa: E402

CHANGES = {
    "a named number": ("thresholds", "_NEAR = 8", {"_NEAR = 7", "_NEAR = 9"}),
    "a named fraction": ("thresholds", "_FAR = 1.5", {"_FAR = 1.4", "_FAR = 1.6"}),
    "two named numbers": ("thresholds", "A, B = 1, 2", {f"A, B = ({one})" for one in ("0, 2", "2, 2", "1, 1", "1, 3")}),
    "a number compared": ("thresholds", "x = y > 3", {"y > 2", "y > 4"}),
    "a limit": ("thresholds", "x = min(y, z + 20)", {"min(y, z + 19)", "min(y, z + 21)"}),
    "an index": ("thresholds", "x = y[3] == z[2:4]", set()),
    "the word after": ("thresholds", "x = at + 1 < end", set()),
    "a plain number": ("thresholds", "x = f(3)", set()),
    "yes": ("thresholds", "WANTED = True", set()),
    "a count": ("thresholds", "R = r'a{2,3}'", {r"'a{1,3}'", r"'a{3,3}'", r"'a{2,2}'", r"'a{2,4}'"}),
    "a count in an f-string": ("thresholds", "R = rf'{B}a{{1}}'", {"f'{B}a{{0}}'", "f'{B}a{{2}}'"}),
    "a docstring": ("thresholds", '"""a{2}"""', set()),
    "a bound": ("comparisons", "x = 0 < y <= 9", {"0 <= y <= 9", "0 < y < 9"}),
    "what is remembered": ("thresholds", "_REMEMBERED = 9", set()),
    "a bound of what is remembered": ("comparisons", "x = len(y) < _REMEMBERED", set()),
    "no bound": ("comparisons", "x = y == 1 or y in z", set()),
    "both": ("conditions", "x = a and b", {"a or b", "a", "b"}),
    "three, one in brackets": ("conditions", "x = (a) or (b) or (c)", {"a and b and c", "b or c", "a or c", "a or b"}),
    "not": ("conditions", "x = not (\n    a\n)", {"a"}),
    "an if": ("conditions", "if a:\n    b()", {"False"}),
    "an if for types": ("conditions", "if TYPE_CHECKING:\n    import a", set()),
    "a filter": ("conditions", "x = [y for y in z if y]", {"True"}),
    "a set": ("lists", "x = y in {'a', 'b'}", {"{'a'}", "{'b'}"}),
    "two words": ("lists", "x = y in ('a', 'b')", {"('a',)", "('b',)"}),
    "two words and a comma": ("lists", "x = y in ('a', 'b',)", {"('a',)", "('b',)"}),
    "starred words": ("lists", "W = [*('a', 'b'), 'c']", {"W = [*('a',), 'c']", "W = [*('b',), 'c']"}),
    "a record": ("lists", "def f():\n    return 'a', 'b'", set()),
    "unpacked": ("lists", "a, b = 'a', 'b'", set()),
    "a type": ("lists", "x: Literal['a', 'b'] = y", set()),
    "a word twice": ("lists", "W = ['a', 'a']", set()),
    "entries": ("lists", "W = {'a': 1, 'b': 2}", {"{'a': 1}", "{'b': 2}"}),
    "characters": ("lists", "x = y in '.?'", {"y in '.'", "y in '?'"}),
    "alternatives": ("lists", "R = r'(?:st|nd)\\b'", {r"'(?:st)\\b'", r"'(?:nd)\\b'"}),
    "rules": ("order", "x = a() or b() or c", {"b() or a() or c", "a() or c or b()"}),
    "a value or none": ("order", "x = a() or None", set()),
    "groups": ("order", "x = found['a'] or found['b']", set()),
    "groups of which one may be missing": ("order", "x = found['a'] or found.get('b')", set()),
    "a group and a value": ("order", "x = found['a'] or b", {"b or found['a']"}),
    "yes or no": ("order", "def f() -> bool:\n    return a() or b()", set()),
    "tests": ("order", "if a() or b():\n    c()", set()),
    "forms": ("order", "FORMS = (a, b(), *c)", {"(b(), a, *c)", "(a, *c, b())"}),
    "parts of yes": ("order", "x = a or (b and c > 1)", set()),
    "parts of a value": ("order", "x = a or (b and c)", {"b and c or a"}),
    "forms of a set": ("order", "FORMS = frozenset((*a, *b))", set()),
    "forms of a call": ("order", "FORMS = checked((*a, *b))", {"(*b, *a)"}),
    "a loop": ("order", "x = [f(y) for f in (a, b)]", {"(b, a)"}),
    "any": ("order", "x = any(f(y) for f in (a, b))", set()),
    "forms that any goes through": ("order", "_FORMS = (a, b)\nx = any(f(y) for f in _FORMS)", set()),
    "forms that any and others go through": (
        "order",
        "_FORMS = (a, b)\nx = any(f(y) for f in _FORMS)\nz = [f(y) for f in _FORMS]",
        {"(b, a)"},
    ),
    "keys of one value": ("order", "x = {y: 1 for y in (a, b)}", set()),
    "keys of their own values": ("order", "x = {f(y): y for y in (a, b)}", {"(b, a)"}),
    "a set of forms": ("order", "x = {f(y) for f in (a, b)}", set()),
    "a sequence of words": ("order", "FORMS = ('a', 'b')", set()),
    "returns": (
        "order",
        "if a:\n    return 1\nif b:\n    return 2",
        {"if b: return 2; if a: return 1"},
    ),
    "one value or another": ("order", "if a == 1:\n    return 1\nif a in (2, 3) and b:\n    return 2", set()),
    "one value or the same": (
        "order",
        "if a == 1:\n    return 1\nif a in (1, 2) and b:\n    return 2",
        {"if a in (1, 2) and b: return 2; if a == 1: return 1"},
    ),
    "one word or a listed one": (
        "order",
        "_W = frozenset(['b', 'c'])\nif a == 'd':\n    return 1\nif a in _W and e:\n    return 2",
        set(),
    ),
    "a listed word or a listed one": (
        "order",
        "_W = frozenset(['b', 'c'])\nif a in ('c', 'd'):\n    return 1\nif a in _W:\n    return 2",
        {"if a in _W: return 2; if a in ('c', 'd'): return 1"},
    ),
    "one character or others": (
        "order",
        "if a == '.':\n    return 1\nif a in '.?':\n    return 2",
        {"if a in '.?': return 2; if a == '.': return 1"},
    ),
    "yes or no in both": ("order", "if a and b:\n    return 1\nif c and not a:\n    return 2", set()),
    "below or not": ("order", "if a < b and c:\n    return 1\nif a >= b:\n    return 2", set()),
    "none or not": ("order", "if a is None:\n    return 1\nif a is not None and b:\n    return 2", set()),
    "below or above": (
        "order",
        "if a < b:\n    return 1\nif a > b:\n    return 2",
        {"if a > b: return 2; if a < b: return 1"},
    ),
    "the same returned": ("order", "if a:\n    return 1\nif b:\n    return 1", set()),
}
LISTS = """\
# words
flow: [a, 'b b',
  c]
folded: >
  on off
  late
block:
  - New Year
  - May Day
alone: [a]
rules:
  - name: a
  - name: b
"""
FLOW = [["b b", "c"], ["a", "c"], ["a", "b b"]]
FOLDED = ["off late\n", "on late\n", "on off\n"]
BLOCK = [["May Day"], ["New Year"]]


@pytest.mark.parametrize(("kind", "text", "after"), CHANGES.values(), ids=CHANGES)
def test_what_is_changed(kind, text, after):
    found = [one for one in mutations.find("a.py", text) if one.kind == kind]
    assert {one.after for one in found} == after
    assert all(mutations.changes(one, text) for one in found)


def test_a_word_is_left_out_of_each_list_of_a_yaml_file():
    import yaml

    whole = yaml.safe_load(LISTS)
    found = [yaml.safe_load(one.of(LISTS)) for one in mutations.find("a.yaml", LISTS)]
    changed = [("flow", FLOW), ("folded", FOLDED), ("block", BLOCK)]
    assert found == [{**whole, name: value} for name, values in changed for value in values]


def test_places_are_told_by_line_and_count_characters():
    text = 'é = "é"\nx = "é" if y in ("é", "ü") else z > 1'
    (less, more) = (one for one in mutations.find("a.py", text) if one.kind == "thresholds")
    assert (less.line, less.of(text), more.of(text)) == (2, text.replace("1", "0"), text.replace("1", "2"))


def module(number: int) -> str:
    return "\n".join(f"LIMIT_{chr(65 + at)} = {at}" for at in range(number))


def drawn(path: str, text: str, number: int, seed: int) -> list[str]:
    return [one.after for one in mutations.sample(mutations.find(path, text), {path: text}, number, seed)]


def test_a_sample_can_be_drawn_again_and_another_seed_draws_another():
    once, again, other = (drawn("a.py", module(20), 5, seed) for seed in (1, 1, 2))
    assert once == again != other
    assert len(once) == len(other) == 5


def test_a_sample_stays_when_the_file_moves_and_hardly_changes_when_code_is_added():
    before = drawn("a/rules.py", module(20), 8, 1)
    assert drawn("b/c/rules.py", module(20), 8, 1) == before
    assert len({*before} & {*drawn("a/rules.py", module(21), 8, 1)}) >= 6


def test_a_sample_holds_nothing_that_says_the_same():
    same = Mutant("order", "a.py", 1, 0, 10, "(a or b)", "a or b", "a or b")
    broken = same._replace(new="a or", after="a or")
    real = same._replace(new="b or a", after="b or a")
    text = "a or b    "
    assert mutations.sample([same, broken, real], {"a.py": text}, 9, 0) == [real]


AREA = mutants.Area("rules", ("src/tiny.py", "src/words"), ("tiny",), ())
TINY = """\
LIMIT = 3


def few(words):
    \"\"\"Tell.

    >>> few([])
    True
    \"\"\"
    return len(words) < LIMIT


def count():
    at = 0
    while True:
        at += 1
        if at > 3:
            return at
"""
TEST = """\
import tiny


def test_few():
    assert not tiny.few("abc")
    assert tiny.few("a")
    assert tiny.count() == 4
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("src/words", "tests"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "src/tiny.py").write_text(TINY, "utf-8")
    (tmp_path / "src/words/list.yaml").write_text("small: [a, b]\n", "utf-8")
    (tmp_path / "tests/test_tiny.py").write_text(TEST, "utf-8")
    return tmp_path


def files(project: Path) -> dict[str, bytes]:
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def mutant(project: Path, after: str) -> Mutant:
    texts = mutants.sources(project, [AREA])
    found = (one for path, text in texts.items() for one in mutations.find(path, text))
    return next(one for one in found if one.after == after)


def test_a_mutant_is_killed_or_survives_and_the_project_is_left_alone(project):
    before = files(project)
    after = ["LIMIT = 4", "LIMIT = 2", "len(words) <= LIMIT", "small: left out"]
    found = mutants.judge(project, [AREA], [mutant(project, words) for words in after])
    assert [one.outcome for one in found] == ["killed", "survived", "killed", "survived"]
    assert [one.mutant.after for one in found] == after
    assert [one.tests for one in found] == ["tests/test_tiny.py", "", "tests/test_tiny.py", ""]
    assert files(project) == before


def test_what_never_ends_is_told_apart(project, monkeypatch):
    monkeypatch.setattr(mutants, "PATIENCE", 2)
    (verdict,) = mutants.judge(project, [AREA], [mutant(project, "False")])
    assert verdict.outcome == "timeout"


def test_tests_that_fail_anyway_judge_nothing(project):
    (project / "tests/test_tiny.py").write_text(TEST.replace("4", "5"), "utf-8")
    with pytest.raises(mutants.RunError, match=r"the tests fail without a mutant:\n"):
        mutants.judge(project, [AREA], [])


def test_a_file_that_has_moved_is_told(project):
    (project / "src/tiny.py").unlink()
    with pytest.raises(mutants.RunError, match=r"^src/tiny.py is not there; change AREAS in tools/mutants/mutants.py"):
        mutants.sources(project, [AREA])


def verdicts() -> list[mutants.Verdict]:
    outcomes = ["killed", "killed", "timeout", "survived"]
    made = [(kind, outcome) for kind in mutations.KINDS for outcome in outcomes]
    return [
        mutants.Verdict(
            Mutant(kind, "a.py", at, 0, 1, "b", f"before {at}", f"after {at}"),
            outcome,
            "tests/test_a.py" if outcome == "killed" else "",
        )
        for at, (kind, outcome) in enumerate(made)
    ]


def test_survivors_are_listed_and_counted():
    lines = "\n".join(mutants.report(verdicts())).splitlines()
    assert lines[0] == "survived thresholds a.py:3: before 3 -> after 3"
    assert sum(line.startswith("survived ") for line in lines) == len(mutations.KINDS)
    assert [line.split() for line in lines[-6:]] == [
        [],
        ["mutants", "killed", "timeout", "survived", "path"],
        ["20", "10", "5", "5", "a.py"],
        [],
        ["killed", "tests"],
        ["10", "tests/test_a.py"],
    ]
    assert ["4", "2", "1", "1", "order"] in [line.split() for line in lines]


def test_the_share_killed_is_a_score_of_each_kind():
    rows = mutants.scores(verdicts(), [one.mutant for one in verdicts()])
    assert rows["measure"].tolist() == [f"mutants killed, {kind}" for kind in mutations.KINDS]
    assert set(rows["value"]) == {0.75}
    assert set(rows["n"]) == {4}
    assert set(rows["note"]) == {f"drawn from 4 with seed 5; {mutants.READ}; 1 of them killed by a time limit"}


def test_the_quick_tests_come_first_then_those_named_like_the_file():
    area = mutants.Area("rules", ("src/a", "src/b.py"), ("tables", "gold"), ("lines", "dates", "dates_anchors"))
    quick = [["tests/test_tables.py"], ["tests/test_gold.py"]]
    dates, lines = ["tests/test_dates.py", "tests/test_dates_anchors.py"], ["tests/test_lines.py"]
    assert area.stages("src/a/_date_forms.py") == [*quick, dates, lines, ["src/a", "src/b.py"]]
    assert area.stages("") == [*quick, [*lines, *dates], ["src/a", "src/b.py"]]
    assert area.holds("src/a/date_forms.py")
    assert not area.holds("src/ab.py")


def test_what_is_changed_and_what_is_run_is_there():
    assert mutants.sources(ROOT, mutants.AREAS)
    tests = {name: ROOT / f"tests/test_{name}.py" for area in mutants.AREAS for name in (*area.quick, *area.others)}
    assert [name for name, path in tests.items() if not path.exists()] == []
    text = "\n".join(path.read_text("utf-8") for path in tests.values())
    assert [name for name in mutants.TIMED if f"def {name}(" not in text] == []


def test_a_test_file_that_imports_what_is_changed_is_run():
    modules = "|".join(Path(path).stem for area in mutants.AREAS for path in area.paths)
    imports = re.compile(rf"^from clippings(?: import (?:.*, )?|\.)(?:{modules})\b", re.MULTILINE)
    known = {path.stem for path in (ROOT / "tests").glob("test_*.py") if imports.search(path.read_text("utf-8"))}
    listed = {f"test_{name}" for area in mutants.AREAS for name in (*area.quick, *area.others)}
    left_out = {f"test_{name}" for name in mutants.DISTANT}
    assert known - listed - left_out == set(), "enter them in AREAS of tools/mutants/mutants.py"
