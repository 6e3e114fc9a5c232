"""Find the mutants of a Python or YAML file, and take a sample that can be taken again."""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, takewhile
from typing import NamedTuple

import yaml
from trees import Change, Tree

KINDS = ("thresholds", "comparisons", "conditions", "lists", "order")

_CONTEXT, _SHORT = 40, 80
_WORD = re.compile(r"\S+")
_WHOLE = (ast.Constant, ast.JoinedStr, ast.Tuple, ast.List, ast.Set, ast.Dict)


class Mutant(NamedTuple):
    """One change: its kind, where it is made (offsets in code points), and what a reader is shown of it."""

    kind: str
    path: str
    line: int
    start: int
    end: int
    new: str
    before: str
    after: str

    def of(self, text: str) -> str:
        """Return the text with the change made."""
        return text[: self.start] + self.new + text[self.end :]


def find(path: str, text: str) -> list[Mutant]:
    r"""Return the mutants of a file, kind by kind, in the order of the text.

    >>> [(one.kind, one.before, one.after) for one in find("a.py", "def f(x):\n    return x < 3")]
    [('thresholds', 'x < 3', 'x < 2'), ('thresholds', 'x < 3', 'x < 4'), ('comparisons', 'x < 3', 'x <= 3')]
    """
    found = _of_python(path, text) if path.endswith(".py") else _of_yaml(path, text)
    once = {(one.start, one.end, one.new): one for one in found}
    return sorted(once.values(), key=lambda one: (KINDS.index(one.kind), one.start))


def sample(mutants: Iterable[Mutant], texts: Mapping[str, str], number: int, seed: int) -> list[Mutant]:
    """Return ``number`` mutants of each kind, or all where there are fewer.

    Those with the lowest hashes of seed, file name and change are taken, so that the sample stays as it is when
    something else in the code changes or a file moves to another folder.
    """
    seen: Counter[str] = Counter()
    ranked = []
    for one in mutants:
        name = "\n".join([one.kind, one.path.rpartition("/")[2], one.before, one.after])
        ranked.append((hashlib.sha256(f"{seed}\n{seen[name]}\n{name}".encode()).hexdigest(), one))
        seen[name] += 1
    taken: dict[str, list[Mutant]] = {kind: [] for kind in KINDS}
    for _, one in sorted(ranked):
        if len(taken[one.kind]) < number and changes(one, texts[one.path]):
            taken[one.kind].append(one)
    return [one for kind in KINDS for one in sorted(taken[kind], key=lambda one: (one.path, one.start))]


def changes(mutant: Mutant, text: str) -> bool:
    """Tell whether a mutant can be read and says something else than the file."""
    if not mutant.path.endswith(".py"):
        return bool(yaml.safe_load(mutant.of(text)) != yaml.safe_load(text))
    try:
        return ast.dump(ast.parse(mutant.of(text))) != ast.dump(ast.parse(text))
    except SyntaxError:
        return False


def _of_yaml(path: str, text: str) -> Iterator[Mutant]:
    """Leave out each word of each list of words."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, node in root.value if isinstance(root, yaml.MappingNode) else ():
        places = _words(node, text)
        words = [text[start:end].strip("\n -") for start, end in places]
        for at, word in enumerate(words):
            if len(words) > 1 and words.count(word) == 1:
                # With a word goes what parts it from the next one; with the last what parts it from the one before.
                is_last = at == len(words) - 1
                start, end = (places[at - 1][1], places[at][1]) if is_last else (places[at][0], places[at + 1][0])
                line = text.count("\n", 0, places[at][1]) + 1
                yield Mutant("lists", path, line, start, end, "", f"{key.value}: {word}", f"{key.value}: left out")


def _words(node: yaml.Node, text: str) -> list[tuple[int, int]]:
    """The places of the words of a sequence or of a folded scalar."""
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        places = [(item.start_mark.index, item.end_mark.index) for item in node.value]
        return places if node.flow_style else [(text.rindex("\n", 0, start), end) for start, end in places]
    if isinstance(node, yaml.ScalarNode) and node.style == ">":
        begin = text.index("\n", node.start_mark.index)
        return [word.span() for word in _WORD.finditer(text, begin, node.end_mark.index)]
    return []


def _of_python(path: str, text: str) -> Iterator[Mutant]:
    tree, places = Tree(ast.parse(text)), _Places(text)
    for change in tree.changes():
        start, end = places.of(change.old)
        words = ast.unparse(change.new)
        new = words if isinstance(change.new, _WHOLE) else f"({words})"
        yield Mutant(change.kind, path, text.count("\n", 0, start) + 1, start, end, new, *_shown(tree, change))
    for one, other in tree.swaps():
        (start, until), (begin, end) = places.of(one), places.of(other)
        new = text[begin:end] + text[until:begin] + text[start:until]
        first, second = (f"{' '.join(ast.unparse(part).split()):.{_SHORT}}" for part in (one, other))
        yield Mutant("order", path, one.lineno, start, end, new, f"{first}; {second}", f"{second}; {first}")


class _Places:
    """Where the nodes of a text stand: the tree counts bytes within a line, the text code points from its start."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]

    def of(self, node: ast.AST) -> tuple[int, int]:
        ends = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        start, end = (self._starts[row - 1] + len(self._lines[row - 1].encode()[:at].decode()) for row, at in ends)
        return start, end


def _shown(tree: Tree, change: Change) -> tuple[str, str]:
    """What is shown of a change: its surroundings before and after, without what is the same further away."""
    before = ast.unparse(change.shown)
    after = ast.unparse(change.new) if change.old is change.shown else _unparsed_with(tree, change)
    same = _shared(before, after)
    behind = _shared(before[same:][::-1], after[same:][::-1])
    first, last = max(0, same - _CONTEXT), max(0, behind - _CONTEXT)
    before, after = (" ".join(words[first : len(words) - last].split()) for words in (before, after))
    return before, after


def _unparsed_with(tree: Tree, change: Change) -> str:
    parent, field = tree.parents[change.old]
    value = getattr(parent, field)
    new = [change.new if one is change.old else one for one in value] if isinstance(value, list) else change.new
    setattr(parent, field, new)
    try:
        return ast.unparse(change.shown)
    finally:
        setattr(parent, field, value)


def _shared(one: str, other: str) -> int:
    """How many characters two strings begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
